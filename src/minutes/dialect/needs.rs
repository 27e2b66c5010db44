//! What a text must have for a pattern to match it, read off the pattern: letters in a row, or the byte it begins with.
//!
//! Nearly every line and sentence is told apart by these, at a byte a step; an engine of patterns costs fifty times that
//! before it has looked at the first letter. Asking the writer of the dialect for such words as well was tried and holds
//! only as long as nobody forgets one.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Shorter letters are in every other sentence and tell nothing.
const SHORTEST: usize = 3;

/// Letters in lower case of which any text that `pattern` matches has some, be it in capitals; none where nothing is sure.
pub(super) fn letters(pattern: &str) -> Option<Vec<String>> {
    // Without regard to case every letter would be a class of two.
    let hir = parse(pattern, false)?;
    required(&hir).filter(|letters| shortest(letters) >= SHORTEST)
}

fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(|text| vec![text.to_lowercase()]),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|letters| shortest(letters)),
        HirKind::Alternation(parts) => Some(parts.iter().map(required).collect::<Option<Vec<_>>>()?.concat()),
        _ => None,
    }
}

fn shortest(letters: &[String]) -> usize {
    letters.iter().map(String::len).min().unwrap_or_default()
}

fn parse(pattern: &str, case_insensitive: bool) -> Option<Hir> {
    ParserBuilder::new().case_insensitive(case_insensitive).build().parse(pattern).ok()
}

/// The bytes that texts begin with which match one of several patterns, each tied to the beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstBytes {
    /// A bit for each byte of ASCII.
    ascii: u128,
    /// Any byte of other letters.
    other: bool,
}

impl FirstBytes {
    /// None where a pattern may match in the middle, or nothing.
    pub fn of<'p>(patterns: impl Iterator<Item = &'p str>, case_insensitive: bool) -> Option<Self> {
        let mut bytes = Self { ascii: 0, other: false };
        for pattern in patterns {
            let hir = parse(pattern, case_insensitive)?;
            let tied = hir.properties().look_set_prefix().contains(Look::Start);
            if !tied || bytes.add(&hir) {
                return None;
            }
        }
        Some(bytes)
    }

    /// Whether `text` begins with one of them.
    pub fn has(self, text: &str) -> bool {
        text.bytes().next().is_some_and(|first| self.has_byte(first))
    }

    fn has_byte(self, byte: u8) -> bool {
        if byte.is_ascii() { self.ascii & bit(byte) != 0 } else { self.other }
    }

    /// Adds what `hir` begins with; whether it may be nothing, so that what follows it counts too.
    fn add(&mut self, hir: &Hir) -> bool {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => true,
            HirKind::Literal(literal) => {
                let first = literal.0.first().copied();
                self.add_range(first.unwrap_or(0), first.unwrap_or(u8::MAX));
                false
            }
            HirKind::Class(Class::Unicode(class)) => {
                for range in class.iter() {
                    let byte = |letter: char| u8::try_from(letter).unwrap_or(u8::MAX);
                    self.add_range(byte(range.start()), byte(range.end()));
                }
                false
            }
            HirKind::Class(Class::Bytes(class)) => {
                class.iter().for_each(|range| self.add_range(range.start(), range.end()));
                false
            }
            HirKind::Repetition(repetition) => self.add(&repetition.sub) || repetition.min == 0,
            HirKind::Capture(capture) => self.add(&capture.sub),
            HirKind::Concat(parts) => parts.iter().all(|part| self.add(part)),
            HirKind::Alternation(parts) => {
                let mut empty = false;
                for part in parts {
                    empty |= self.add(part);
                }
                empty
            }
        }
    }

    fn add_range(&mut self, start: u8, end: u8) {
        (start..=end.min(0x7f)).for_each(|byte| self.ascii |= bit(byte));
        self.other |= !end.is_ascii();
    }
}

fn bit(byte: u8) -> u128 {
    1_u128.checked_shl(u32::from(byte)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_letters_that_must_be_there_are_read_off_the_pattern() {
        let needed = |pattern: &str| letters(pattern).unwrap_or_default();
        assert_eq!(needed(r"\bafventer godkendelse\b"), ["afventer godkendelse"]);
        assert_eq!(needed(r"\b(?:sendt|er) til Godkendelse\b"), [" til godkendelse"]);
        assert_eq!(needed(r"^udgår\b|^udgik\b").len(), 2);
        assert_eq!(needed(r"(?:udsat)?|x"), [""; 0]);
        assert_eq!(needed(r"(?:udsat)*"), [""; 0]);
        assert_eq!(needed(r"^(?:sagen|er)$"), [""; 0]);
    }

    #[test]
    fn the_bytes_a_pattern_begins_with_are_read_off_it() {
        let bytes = FirstBytes::of([r"^(?:Sag\s*)?(?P<case>[0-9]{2})$", r"^(?:å|x+y*)b"].into_iter(), true);
        for text in ["sag 12", "Sag", "12", "Åb", "åb", "XB"] {
            assert!(bytes.is_some_and(|bytes| bytes.has(text)), "{text}");
        }
        for text in ["", "a", "yb", " 12"] {
            assert!(!bytes.is_some_and(|bytes| bytes.has(text)), "{text}");
        }
        for pattern in ["sag", "^x|y", "^x?$", "^(?:x|)y*"] {
            assert!(FirstBytes::of([pattern].into_iter(), true).is_none(), "{pattern}");
        }
    }
}
