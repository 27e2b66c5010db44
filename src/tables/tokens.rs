//! What a broken TOML text is made of, as far as a person would see it: strings, brackets, words.
//!
//! The parser's own events are of no use where a quotation mark is missing: to TOML all that follows is then inside out.
//! Here a string ends at the latest with its line, as it does for whoever wrote it.

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string with its quotation marks; without the second one where it is missing.
    Text { closed: bool },
    /// `[` or `{`.
    Open(char),
    /// `]` or `}`.
    Close(char),
    /// `=`.
    Equals,
    /// `,`.
    Comma,
    /// Anything else without blanks.
    Word,
}

/// The tokens of a text; blanks and comments are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.find('\n').unwrap_or(rest.len());
        let mut push = |kind, length: usize| {
            found.push(Token { kind, start: at, end: at + length });
            length
        };
        at += match next {
            '#' => line,
            '"' | '\'' => {
                let (length, closed) = string(rest, next, line);
                push(Kind::Text { closed }, length)
            }
            '[' | '{' => push(Kind::Open(next), 1),
            ']' | '}' => push(Kind::Close(next), 1),
            '=' => push(Kind::Equals, 1),
            ',' => push(Kind::Comma, 1),
            _ if next.is_whitespace() => next.len_utf8(),
            _ => {
                let ends = |next: char| next.is_whitespace() || "#\"'[]{}=,".contains(next);
                push(Kind::Word, rest.find(ends).unwrap_or(rest.len()))
            }
        };
    }
    found
}

/// The length of the string that `rest` begins with, and whether it is closed.
fn string(rest: &str, mark: char, line: usize) -> (usize, bool) {
    let triple: String = [mark; 3].iter().collect();
    if let Some(inside) = rest.strip_prefix(triple.as_str()) {
        return inside.find(&triple).map_or((line, false), |end| (end + 6, true));
    }
    let mut escaped = false;
    for (at, next) in rest.get(..line).unwrap_or_default().char_indices().skip(1) {
        if next == mark && !escaped {
            return (at + 1, true);
        }
        escaped = mark == '"' && next == '\\' && !escaped;
    }
    (rest.get(..line).unwrap_or_default().trim_end().len(), false)
}

/// The tokens line by line, for lines that begin with one.
pub(super) fn lines<'t>(text: &str, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let mut found = Vec::new();
    let mut first = 0;
    for index in 1..=tokens.len() {
        let between = match (tokens.get(index - 1), tokens.get(index)) {
            (Some(left), Some(right)) => text.get(left.end..right.start).unwrap_or_default(),
            _ => "\n",
        };
        if between.contains('\n') {
            found.extend(tokens.get(first..index));
            first = index;
        }
    }
    found.retain(|line| !line.is_empty());
    found
}

/// Whether a line of tokens is a heading, also one with a bracket too few or too many: `[[rule]]`.
pub(super) fn is_heading(text: &str, line: &[Token]) -> bool {
    let brackets = |token: &Token| matches!(token.kind, Kind::Open('[') | Kind::Close(']'));
    let named = |token: &Token| match token.kind {
        Kind::Word => text.get(token.start..token.end).is_some_and(|word| word.contains(char::is_alphabetic)),
        Kind::Text { closed } => closed,
        _ => false,
    };
    let opened = line.first().is_some_and(|token| token.kind == Kind::Open('['));
    let opens = line.iter().take_while(|token| token.kind == Kind::Open('[')).count();
    let names = line.iter().filter(|token| named(token)).count();
    let only_names = line.iter().all(|token| brackets(token) || named(token));
    let is_array_of_texts = line.iter().any(|token| matches!(token.kind, Kind::Text { .. })) && opens < 2;
    opened && names > 0 && only_names && !is_array_of_texts
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn a_string_ends_with_its_line_when_nothing_else_ends_it() {
        assert_eq!(shown("a = [\"x, 'y']\nb = 1 # \"z\n"), ["a", "=", "[", "\"x, 'y']", "b", "=", "1"]);
        assert_eq!(shown("a = \"\"\"x\ny\"\"\"\nb"), ["a", "=", "\"\"\"x\ny\"\"\"", "b"]);
    }

    #[test]
    fn headings_are_known_also_with_a_bracket_too_few() {
        let is = |text: &str| is_heading(text, &tokens(text));
        assert!(is("[[rule]]") && is("[[rule]") && is("[rule]]") && is("[[rule") && is("[mail.smtp] # x"));
        assert!(!is("[\"a\"]") && !is("[1, 2]") && !is("[\"a\", \"b\"],") && !is("{ a = 1 }"));
    }
}
