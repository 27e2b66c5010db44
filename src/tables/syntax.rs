//! One mistake in a statement becomes one sentence.
//!
//! The parser says what it expected next; a person wants to know what is missing. So the common mistakes are looked for in
//! the tokens first, and the parser's message, which is English and speaks of grammar, only chooses among the rest.

use super::tokens::{Kind, Token, tokens};
use super::{Located, Source, messages};
use crate::diagnostic::{Place, Problem};

/// Whether the parser only missed or minded a comma in a list: it goes on well after that.
pub(super) fn is_comma_in_array(message: &str) -> bool {
    message.starts_with("missing comma between array elements") || message.starts_with("extra comma")
}

/// Whether every quotation mark of a piece has its second one.
pub(super) fn is_quoted_well(piece: &str) -> bool {
    Statement { piece, tokens: &tokens(piece) }.quotes().is_none()
}

/// A key that was there already.
pub(super) fn key_twice(key: &Located<String>, first: Option<&Place>) -> Problem {
    let line =
        first.map_or_else(|| "?".to_owned(), |place| place.file.line_and_column(place.span.start()).0.to_string());
    Problem::new(&messages::KEY_TWICE).with("key", &key.value).with("line", line).at(&key.place)
}

/// What is wrong with a statement. `source` is the file from the statement on, `piece` the statement, `message` and `span`
/// what the parser says.
pub(super) fn diagnose(source: &Source<'_>, piece: &str, message: &str, span: (usize, usize)) -> Problem {
    let all = tokens(piece);
    let found = Statement { piece, tokens: &all };
    let (problem, (start, end)) = found
        .quotes()
        .or_else(|| is_comma_in_array(message).then(|| found.comma(message, span)))
        .or_else(|| found.key_side())
        .or_else(|| found.by_message(message, span))
        .or_else(|| found.brackets())
        .unwrap_or_else(|| found.rest(message, span));
    problem.at(&source.place(start, end))
}

type Fault = (Problem, (usize, usize));

struct Statement<'p> {
    piece: &'p str,
    tokens: &'p [Token],
}

impl Statement<'_> {
    fn text(&self, token: &Token) -> &str {
        self.piece.get(token.start..token.end).unwrap_or_default()
    }

    /// The token at or behind a byte.
    fn token_from(&self, at: usize) -> Option<&Token> {
        self.tokens.iter().find(|token| token.end > at)
    }

    /// What is wrong up to the equals sign, or with it.
    fn key_side(&self) -> Option<Fault> {
        let first = self.tokens.first()?;
        let equals = self.tokens.iter().position(|token| token.kind == Kind::Equals);
        let first_line = self.piece.lines().next().map_or(0, |line| line.trim_end().len());
        let Some(equals) = equals.filter(|at| self.tokens.get(*at).is_some_and(|token| token.start < first_line))
        else {
            if first.kind == Kind::Word && self.text(first).ends_with(':')
                || self.tokens.get(1).is_some_and(|t| self.text(t) == ":")
            {
                let key = self.text(first).trim_end_matches(':');
                return Some((Problem::new(&messages::EQUALS_MISSING).with("key", key), (first.start, first.end)));
            }
            let word = matches!(first.kind, Kind::Word | Kind::Text { closed: true });
            if word && self.tokens.iter().any(|token| token.kind == Kind::Close(']')) && self.tokens.len() <= 3 {
                let name = self.text(first);
                let problem = Problem::new(&messages::HEADING).with("meant", format!("[[{name}]]"));
                return Some((problem, (first.start, first_line)));
            }
            if first.kind == Kind::Word && self.tokens.get(1).is_some_and(|next| next.start < first_line) {
                let problem = Problem::new(&messages::EQUALS_MISSING).with("key", self.text(first));
                return Some((problem, (first.start, first.end)));
            }
            // Text that belongs to nothing: the end of a list that was closed too early, or a word alone.
            return Some((Problem::new(&messages::LOOSE_LINE), (first.start, first_line.max(first.end))));
        };
        let sign = self.tokens.get(equals)?;
        let key = self.piece.get(first.start..sign.start).unwrap_or_default().trim_end();
        let plain = key.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '-'))
        });
        if equals == 0 {
            return Some((Problem::new(&messages::KEY_MISSING), (sign.start, sign.end)));
        }
        if !plain && !key.starts_with(['"', '\'']) {
            let problem = Problem::new(&messages::KEY_LETTERS).with("key", key);
            return Some((problem, (first.start, first.start + key.len())));
        }
        if self.tokens.len() == equals + 1 {
            return Some((Problem::new(&messages::VALUE_MISSING).with("key", key), (first.start, sign.end)));
        }
        None
    }

    /// A quotation mark too few or too many.
    fn quotes(&self) -> Option<Fault> {
        for (index, token) in self.tokens.iter().enumerate() {
            let Kind::Text { closed } = token.kind else { continue };
            let text = self.text(token);
            let inner = text.get(1..text.len().saturating_sub(usize::from(closed))).unwrap_or_default();
            let next = self.tokens.get(index + 1);
            let touches = closed
                && next
                    .is_some_and(|next| next.start == token.end && matches!(next.kind, Kind::Word | Kind::Text { .. }));
            // `["løn, "ferie"]`: the string that reaches to the next one's first mark ends in a comma.
            let swallowed = inner.trim_end().strip_suffix(',').map(|before| before.trim_end().len());
            if let (true, Some(length)) = (touches || next.is_some_and(|next| next.kind == Kind::Word), swallowed)
                && closed
            {
                let span = (token.start, token.start + 1 + length);
                return Some((Problem::new(&messages::QUOTE_OPEN), span));
            }
            if touches {
                let end = next.map_or(token.end, |next| next.end);
                return Some((Problem::new(&messages::QUOTE_INSIDE), (token.end.saturating_sub(1), end)));
            }
            if !closed {
                if text.starts_with("\"\"\"") || text.starts_with("'''") {
                    return Some((Problem::new(&messages::QUOTE_OPEN), (token.start, token.start + 3)));
                }
                // Brackets at the end of the line belong to the list, not to the text.
                let shown = text.trim_end_matches([']', '}', ',', ' ']);
                return Some((Problem::new(&messages::QUOTE_OPEN), (token.start, token.start + shown.len().max(1))));
            }
        }
        None
    }

    /// What the parser's own message makes clear.
    fn by_message(&self, message: &str, span: (usize, usize)) -> Option<Fault> {
        let word = self.piece.get(span.0..span.1).unwrap_or_default();
        if message.contains("escape") {
            return Some((Problem::new(&messages::BACKSLASH), self.backslash(span)));
        }
        if message.starts_with("duplicate key") {
            let key = word.trim_matches('"');
            return Some((Problem::new(&messages::KEY_TWICE_INSIDE).with("key", key), span));
        }
        if message.starts_with("extra assignment") || message.starts_with("missing comma between key") {
            // The parser points behind the key that should have followed a comma.
            let before = self.tokens.iter().rev().find(|token| token.end <= span.0 && token.kind == Kind::Word);
            return Some(
                before.map_or_else(|| self.comma(message, span), |token| self.comma(message, (token.start, token.end))),
            );
        }
        if (message.starts_with("string values must be quoted") || message.starts_with("invalid boolean"))
            && !word.is_empty()
        {
            let first = word.split_whitespace().next().unwrap_or(word);
            if first.starts_with(|next: char| next.is_ascii_digit() || "+-".contains(next)) {
                let more = word.get(first.len()..).unwrap_or_default();
                return Some(match more.trim_start().len() {
                    0 => (Problem::new(&messages::VALUE_FORM).with("value", first), span),
                    length => (Problem::new(&messages::AFTER_VALUE), (span.1 - length, span.1)),
                });
            }
            let message = match first.to_lowercase().as_str() {
                "ja" | "nej" | "sand" | "falsk" | "yes" | "no" | "on" | "off" => &messages::YES_NO,
                _ => &messages::WORD_UNQUOTED,
            };
            return Some((Problem::new(message).with("word", word), span));
        }
        None
    }

    /// The backslash that a parser minds, and the letter behind it.
    fn backslash(&self, span: (usize, usize)) -> (usize, usize) {
        let before = self.piece.get(..span.0).unwrap_or_default();
        let start = before.rfind('\\').unwrap_or(span.0);
        let letter = self.piece.get(start + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (start, start + 1 + letter)
    }

    /// A bracket too few or too many.
    fn brackets(&self) -> Option<Fault> {
        let mut open: Vec<&Token> = Vec::new();
        for token in self.tokens {
            match token.kind {
                Kind::Open(_) => open.push(token),
                Kind::Close(close) => {
                    let wanted = if close == ']' { '[' } else { '{' };
                    match open.pop() {
                        Some(last) if last.kind == Kind::Open(wanted) => {}
                        Some(last) => return Some(self.unclosed(last)),
                        None => {
                            let problem = Problem::new(&messages::BRACKET_EXTRA).with("bracket", close);
                            return Some((problem, (token.start, token.end)));
                        }
                    }
                }
                _ => {}
            }
        }
        open.first().map(|token| self.unclosed(token))
    }

    fn unclosed(&self, token: &Token) -> Fault {
        let (open, close) = if token.kind == Kind::Open('{') { ('{', '}') } else { ('[', ']') };
        let problem = Problem::new(&messages::BRACKET_OPEN).with("open", open).with("close", close);
        (problem, (token.start, token.end))
    }

    /// A comma too few or too many.
    fn comma(&self, message: &str, span: (usize, usize)) -> Fault {
        let token = self.token_from(span.0);
        if message.starts_with("extra comma") {
            return (Problem::new(&messages::COMMA_EXTRA), span);
        }
        let (start, end) = token.map_or(span, |token| (token.start, token.end));
        let shown = self.piece.get(start..end).unwrap_or_default();
        (Problem::new(&messages::COMMA_MISSING).with("next", shown), (start, end))
    }

    /// What is left: something behind the value, or a value of no kind.
    fn rest(&self, message: &str, span: (usize, usize)) -> Fault {
        let end_of_line = |from: usize| {
            let rest = self.piece.get(from..).unwrap_or_default();
            from + rest.find('\n').map_or(rest, |end| rest.get(..end).unwrap_or_default()).trim_end().len()
        };
        if message.starts_with("unexpected key or value") {
            let start = self.token_from(span.0).map_or(span.0, |token| token.start);
            return (Problem::new(&messages::AFTER_VALUE), (start, end_of_line(start)));
        }
        let token = self.token_from(span.0).filter(|token| token.kind == Kind::Word);
        if let Some(token) = token.filter(|_| !message.starts_with("extra")) {
            let problem = Problem::new(&messages::VALUE_FORM).with("value", self.text(token));
            return (problem, (token.start, token.end));
        }
        (Problem::new(&messages::SYNTAX), (span.0, span.1.max(span.0)))
    }
}
