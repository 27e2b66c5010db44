//! The signs of everyday Danish text as numbers, and sets of them.

use crate::text::Span;

/// Signs that are written as three bytes, by their numbers from 128.
const TYPOGRAPHIC: [char; 8] = ['–', '—', '“', '”', '„', '•', '…', '€'];

/// The number of a sign; none for one that is not of every day.
pub(super) fn number(sign: char) -> Option<u8> {
    match sign {
        '\0'..='\u{7f}' | '\u{a0}' | '§' | '«' | '»' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => {
            u8::try_from(sign).ok()
        }
        _ => TYPOGRAPHIC.iter().zip(128..).find(|(known, _)| **known == sign).map(|(_, number)| number),
    }
}

/// Every sign with its number.
pub(super) fn signs() -> impl Iterator<Item = (char, u8)> {
    let latin = (0..=u8::MAX).map(char::from).chain(TYPOGRAPHIC);
    latin.filter_map(|sign| Some((sign, number(sign)?)))
}

/// The same letter in the other case; none where there is no other of every day.
pub(super) fn other_case(number: u8) -> Option<u8> {
    match number {
        b'a'..=b'z' | 0xe0..=0xf6 | 0xf8..=0xfe => Some(number - 0x20),
        b'A'..=b'Z' | 0xc0..=0xd6 | 0xd8..=0xde => Some(number + 0x20),
        _ => None,
    }
}

/// Whether a sign belongs to a word.
pub(super) fn is_word(number: u8) -> bool {
    number.is_ascii_alphanumeric() || number == b'_' || number >= 0xc0
}

/// The bits of A to Z among the numbers from 64 on, and of À to Þ among those from 192 on.
const ASCII_CAPITALS: u64 = 0x07ff_fffe;
const LATIN_CAPITALS: u64 = 0x7f7f_ffff;

/// A set of signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs([u64; 4]);

impl Signs {
    /// The signs that pass.
    pub fn of(passes: impl Fn(u8) -> bool) -> Self {
        let mut set = Self::default();
        (0..=u8::MAX).filter(|number| passes(*number)).for_each(|number| set.insert(number));
        set
    }

    pub fn insert(&mut self, number: u8) {
        if let Some(word) = self.0.get_mut(usize::from(number >> 6)) {
            *word |= 1 << (number & 63);
        }
    }

    pub fn has(&self, number: u8) -> bool {
        self.0.get(usize::from(number >> 6)).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    /// With those of another set.
    pub fn with(self, other: Self) -> Self {
        let Self([a, b, c, d]) = self;
        let Self([e, f, g, h]) = other;
        Self([a | e, b | f, c | g, d | h])
    }

    /// All others.
    pub fn inverted(self) -> Self {
        Self(self.0.map(|word| !word))
    }

    /// With each letter in the other case too: small letters stand 32 behind their capitals.
    pub fn in_either_case(self) -> Self {
        let Self([a, ascii, c, latin]) = self;
        let both = |word: u64, capitals: u64| word | (word & capitals) << 32 | word >> 32 & capitals;
        Self([a, both(ascii, ASCII_CAPITALS), c, both(latin, LATIN_CAPITALS)])
    }
}

/// A text of everyday signs.
#[derive(Clone, Debug)]
pub(in super::super) struct EverydayText {
    numbers: Vec<u8>,
    /// Where each sign begins in the text, and where the last one ends; none where each is one byte.
    starts: Option<Vec<usize>>,
}

impl EverydayText {
    /// None where it has any other sign.
    pub fn new(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return Some(Self { numbers: text.as_bytes().to_vec(), starts: None });
        }
        let mut numbers = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len() + 1);
        for (start, sign) in text.char_indices() {
            numbers.push(number(sign)?);
            starts.push(start);
        }
        starts.push(text.len());
        Some(Self { numbers, starts: Some(starts) })
    }

    pub(super) fn numbers(&self) -> &[u8] {
        &self.numbers
    }

    /// The place among the signs of a byte at which one begins, or of the first behind it.
    pub(super) fn place(&self, byte: usize) -> usize {
        self.starts.as_ref().map_or(byte, |starts| starts.partition_point(|start| *start < byte))
    }

    /// The bytes of the signs between two places.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let Some(starts) = &self.starts else { return Some(Span::new(from, to)) };
        Some(Span::new(*starts.get(from)?, *starts.get(to)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Words;

    #[test]
    fn signs_are_cased_and_belong_to_words_as_unicode_says() {
        for (sign, own) in signs() {
            assert_eq!(is_word(own), sign.is_alphanumeric() || sign == '_', "{sign}");
            let lower: Vec<char> = sign.to_lowercase().collect();
            let upper: Vec<char> = sign.to_uppercase().collect();
            for other in [lower.as_slice(), upper.as_slice()] {
                if let [other] = other
                    && *other != sign
                    && let Some(other) = number(*other)
                {
                    assert_eq!(other_case(own), Some(other), "{sign}");
                }
            }
        }
    }

    #[test]
    fn a_set_has_the_other_case_of_each_of_its_letters() {
        for (sign, own) in signs() {
            let both = Signs::of(|number| number == own).in_either_case();
            assert_eq!(both, Signs::of(|number| number == own || other_case(own) == Some(number)), "{sign}");
        }
    }

    #[test]
    fn what_words_take_for_plain_is_of_every_day() {
        for sign in '\0'..='\u{2fff}' {
            let text = format!("Ab{sign}c");
            assert!(Words::new(&text).lowered().is_none() || EverydayText::new(&text).is_some(), "{sign:?}");
        }
    }
}
