//! What comes after a candidate.

/// What the first telling character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The text ends.
    Nothing,
    /// A small letter.
    Small,
    /// Any other letter.
    Capital,
    /// A digit.
    Digit,
    /// A mark that ties to what went before: a comma, another terminator, a closing bracket …
    Joining,
    /// Anything else, as `§`.
    Symbol,
}

/// The text behind a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next<'t> {
    /// What its first telling character is.
    pub kind: Kind,
    /// Whether a dash was passed over.
    pub dash: bool,
    /// From the telling character on.
    pub rest: &'t str,
}

/// Whether `c` cannot begin a sentence, so the one before it goes on.
pub(super) fn joins(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | ')' | '%' | '/' | '.' | '!' | '?' | '…')
}

/// Passed over on the way: opening quotation marks and brackets, bullets, Markdown emphasis.
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '“'
            | '„'
            | '»'
            | '«'
            | '\''
            | '’'
            | '‘'
            | '‚'
            | '('
            | '['
            | '{'
            | '•'
            | '·'
            | '‣'
            | '▪'
            | '◦'
            | '●'
            | '*'
            | '_'
    )
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‐' | '‑' | '−')
}

/// Whether a line begins with `before`: nothing but blanks, openers and dashes after the last newline.
pub(super) fn opens_line(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c != '\n' && (c.is_whitespace() || is_opener(c) || is_dash(c)));
    rest.is_empty() || rest.ends_with('\n')
}

impl<'t> Next<'t> {
    /// Reads on to the first character that tells something.
    pub(super) fn read(right: &'t str) -> Self {
        let mut dash = false;
        let rest = right.trim_start_matches(|c: char| {
            dash |= is_dash(c);
            c.is_whitespace() || is_opener(c) || is_dash(c)
        });
        let kind = match rest.chars().next() {
            None => Kind::Nothing,
            Some(c) if c.is_lowercase() => Kind::Small,
            Some(c) if c.is_alphabetic() => Kind::Capital,
            // "3F" is a union and no number.
            Some('3') if rest.starts_with("3F ") => Kind::Capital,
            Some(c) if c.is_ascii_digit() => Kind::Digit,
            Some(c) if joins(c) => Kind::Joining,
            Some(_) => Kind::Symbol,
        };
        Self { kind, dash, rest }
    }

    /// The first word, without what is tied to it by a hyphen.
    pub(super) fn word(self) -> &'t str {
        letters(self.rest)
    }

    /// Whether it begins with a number that counts something: "44 medarbejdere", but not "44", "2026 bliver",
    /// "250 kr" (a group of thousands) or "6 og 14".
    pub(super) fn counts(self) -> bool {
        let behind = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = self.rest.get(..self.rest.len() - behind.len()).unwrap_or_default();
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        if digits.is_empty() || digits.len() == 3 || year || !behind.starts_with(char::is_whitespace) {
            return false;
        }
        let word = letters(behind.trim_start());
        word.starts_with(char::is_lowercase) && !matches!(word, "og" | "eller" | "til")
    }
}

/// The letters `text` begins with.
pub(super) fn letters(text: &str) -> &str {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}
