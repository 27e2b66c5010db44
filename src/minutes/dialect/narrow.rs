//! A pattern with word boundaries for texts in which Danish letters are written as plain ones.
//!
//! The fast engine of the `regex` crate knows word boundaries of ASCII alone and gives up where another one meets "å". So
//! each of æ, ø and å is written as a letter of ASCII that neither pattern nor text has otherwise: what matches then is
//! exactly what matched before. A text that has these letters, or others beyond ASCII, is left to the pattern as it was.

use regex::{Regex, RegexBuilder};

/// Each letter and what it is written as, in both cases.
const WRITTEN: [(char, char); 6] = [('æ', 'q'), ('ø', 'w'), ('å', 'x'), ('Æ', 'Q'), ('Ø', 'W'), ('Å', 'X')];

/// A pattern for rewritten texts.
#[derive(Debug)]
pub(super) struct Narrow(Regex);

impl Narrow {
    /// The same pattern, in either case; none where the letters it is written with would change what it matches.
    pub fn of(pattern: &str) -> Option<Self> {
        if !means_the_same(pattern) {
            return None;
        }
        let rewritten: String = pattern.chars().map(|letter| written(letter).unwrap_or(letter)).collect();
        let rewritten = rewritten.replace(r"\b", r"(?-u:\b)");
        RegexBuilder::new(&rewritten).case_insensitive(true).size_limit(1 << 20).build().ok().map(Self)
    }

    /// Whether it matches a text; none where the text cannot be rewritten.
    pub fn is_match(&self, text: &str) -> Option<bool> {
        let mut rewritten = String::with_capacity(text.len());
        let mut rest = text;
        loop {
            // Nearly all letters are of ASCII, and stand there together.
            let plain = rest.bytes().take_while(|byte| byte.is_ascii() && !is_stand_in(char::from(*byte))).count();
            let (before, behind) = rest.split_at_checked(plain)?;
            rewritten.push_str(before);
            let mut letters = behind.chars();
            let Some(letter) = letters.next() else { break };
            rest = letters.as_str();
            rewritten.push(match written(letter) {
                Some(new) => new,
                None if is_everyday_sign(letter) => letter,
                None => return None,
            });
        }
        Some(self.0.is_match(&rewritten))
    }
}

/// Whether nothing in a pattern takes an old letter but not the new one, or the other way round. In doubt not: ranges but
/// those of digits, classes such as `\w`, flags and whatever else can say anything.
fn means_the_same(pattern: &str) -> bool {
    let (mut escaped, mut in_class) = (false, false);
    let mut before = ' ';
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let same = if std::mem::take(&mut escaped) {
            is_known_escape(letter) && !(letter == 'b' && next == Some('{'))
        } else {
            escaped = letter == '\\';
            let is_range = in_class && letter == '-';
            let digits = before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit());
            let nested = in_class && matches!(letter, '[' | '&' | '~');
            in_class = if in_class { letter != ']' } else { letter == '[' };
            !is_stand_in(letter)
                && (!is_range || digits)
                && !nested
                && (before, letter, next == Some(':')) != ('(', '?', false)
        };
        if !same || !(letter.is_ascii() || !letter.is_alphanumeric() || written(letter).is_some()) {
            return false;
        }
        before = letter;
    }
    true
}

fn written(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    WRITTEN.iter().find(|(old, _)| *old == letter).map(|(_, new)| *new)
}

fn is_stand_in(letter: char) -> bool {
    matches!(letter, 'q' | 'w' | 'x' | 'Q' | 'W' | 'X')
}

/// Escapes that take old and new letters alike.
fn is_known_escape(letter: char) -> bool {
    matches!(letter, 'b' | 's' | 'S' | 'd' | 'D') || (letter.is_ascii_punctuation() && letter != '\\')
}

/// Signs beyond ASCII that are parts of no word.
fn is_everyday_sign(letter: char) -> bool {
    matches!(letter, '–' | '”' | '“' | '»' | '«' | '’' | '…' | '§' | '•' | '\u{a0}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rewritten_pattern_matches_what_the_pattern_does() {
        let narrow = Narrow::of(r"\b(?:drøftet|på|indstillingen)\b[^,;]*\bændres\b").unwrap();
        assert_eq!(narrow.is_match("DRØFTET – skal ændres."), Some(true));
        assert_eq!(narrow.is_match("Drøftet, ændres"), Some(false));
        assert_eq!(narrow.is_match("opå det ændres"), Some(false));
        assert_eq!(narrow.is_match("på det uændres"), Some(false));
        assert_eq!(narrow.is_match("på wienerbrød ændres"), None);
        assert_eq!(narrow.is_match("på café ændres"), None);
    }

    #[test]
    fn a_pattern_that_would_change_its_meaning_is_not_rewritten() {
        for pattern in [
            r"punkt [a-z]+",
            r"\w+",
            r"x",
            r"\p{Lu}",
            r"é",
            r"(?-i:a)",
            r"[æ-å]",
            r"\x41",
            r"[c-y]",
            r"[+-~]",
            r"(?s-i:a)",
            r"\\b",
            r"a\b{start}",
        ] {
            assert!(Narrow::of(pattern).is_none(), "{pattern}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn where_a_text_can_be_rewritten_both_agree(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["på", "Æ", "ø", "å", " ", ", ", "–", "ikke", "IKKE", "2", "\u{a0}", "§", "_", "w", "é", "."]),
                0..12,
            ),
        ) {
            let text = pieces.concat();
            for pattern in [r"\bpå\b", r"^[^,;]*\bikke\b", r"\bæ\S*\b[^,]*\bikke ?på\b", r"\bø\b|\bå$", r"(?:på ){0,2}æ\b"] {
                let strict = RegexBuilder::new(pattern).case_insensitive(true).build().unwrap();
                let narrow = Narrow::of(pattern).unwrap().is_match(&text);
                prop_assert!(narrow.is_none_or(|narrow| narrow == strict.is_match(&text)), "{pattern} in {text:?}");
            }
        }
    }
}
