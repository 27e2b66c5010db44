//! The quick way to words, for text of Danish letters and everyday signs: the boundaries of the Unicode standard (UAX 29) for
//! those characters only, and none at all for a text that has any other.

use super::{Joiner, Words};
use crate::text::Span;

/// What a byte is to the boundaries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Ends a word.
    Break,
    /// A word of its own: "%".
    Single,
    Hyphen,
    Letter,
    Digit,
    /// Joins letters with letters and digits with digits: "." and "'".
    JoinsBoth,
    /// Joins letters: ":".
    JoinsLetters,
    /// Joins digits: "," and ";".
    JoinsDigits,
    /// "_", which joins with anything.
    Underscore,
    /// Opens a character of two bytes of which all but two are letters: "æ", "é".
    Latin,
    /// Opens a sign of two bytes: "§", a non-breaking blank.
    Sign,
    /// Opens a sign of three bytes: "–", "”".
    Typographic,
    /// Anything else.
    Foreign,
}

static CLASSES: [Class; 256] = classes();

#[allow(clippy::indexing_slicing, reason = "runs while compiling, where a wrong place stops the build")]
const fn classes() -> [Class; 256] {
    let mut all = [Class::Foreign; 256];
    let mut byte = 0;
    while byte < 128 {
        all[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'.' | b'\'' => Class::JoinsBoth,
            b':' => Class::JoinsLetters,
            b',' | b';' => Class::JoinsDigits,
            b'_' => Class::Underscore,
            b'-' => Class::Hyphen,
            b'%' => Class::Single,
            _ => Class::Break,
        };
        byte += 1;
    }
    all[0xc3] = Class::Latin;
    all[0xc2] = Class::Sign;
    all[0xe2] = Class::Typographic;
    all
}

/// What the last character of a growing word was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Letter,
    Digit,
    Underscore,
}

/// The words of `text`; none where a character in it needs more than is known here.
pub(super) fn read(text: &str) -> Option<Words> {
    let bytes = text.as_bytes();
    // A word and a blank are seldom less than four bytes.
    let mut joiner = Joiner { spans: Vec::with_capacity(bytes.len() / 4), hyphen: None };
    let mut capitals = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let length = match class(*byte) {
            Class::Break | Class::JoinsBoth | Class::JoinsLetters | Class::JoinsDigits => {
                joiner.sign(text, Span::new(at, at + 1), false);
                1
            }
            Class::Hyphen => {
                joiner.sign(text, Span::new(at, at + 1), true);
                1
            }
            Class::Single => {
                joiner.word(text, Span::new(at, at + 1));
                1
            }
            Class::Letter | Class::Digit | Class::Underscore | Class::Latin => {
                let (end, has_letters) = word_end(bytes, at, &mut capitals)?;
                let span = Span::new(at, end);
                if has_letters {
                    joiner.word(text, span);
                } else {
                    joiner.sign(text, span, false);
                }
                end - at
            }
            Class::Sign => {
                let span = Span::new(at, at + 2);
                match bytes.get(at + 1)? {
                    // §
                    0xa7 => joiner.word(text, span),
                    // Non-breaking blank, « and ».
                    0xa0 | 0xab | 0xbb => joiner.sign(text, span, false),
                    _ => return None,
                }
                2
            }
            Class::Typographic => {
                match (bytes.get(at + 1)?, bytes.get(at + 2)?) {
                    // – — “ ” „ • … and €.
                    (0x80, 0x93 | 0x94 | 0x9c..=0x9e | 0xa2 | 0xa6) | (0x82, 0xac) => {
                        joiner.sign(text, Span::new(at, at + 3), false);
                    }
                    _ => return None,
                }
                3
            }
            Class::Foreign => return None,
        };
        at += length;
    }
    Some(Words { folded: lowered(text, capitals)?, spans: joiner.finish(text), places: None })
}

#[inline]
fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Foreign)
}

/// Where the piece that begins at `start` ends, and whether it is more than underscores.
#[inline]
fn word_end(bytes: &[u8], start: usize, capitals: &mut bool) -> Option<(usize, bool)> {
    let mut at = start;
    let mut last = Last::Underscore;
    let mut has_letters = false;
    loop {
        // Nearly all of every word, without a look at what each letter is to its neighbours.
        let run = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if run > 0 {
            (last, has_letters) = (Last::Letter, true);
            at += run;
        }
        let Some(byte) = bytes.get(at) else { break };
        // So nearly every word ends.
        if *byte == b' ' {
            break;
        }
        let next = || bytes.get(at + 1).map(|byte| class(*byte));
        let before_letter = || match next() {
            Some(Class::Letter) => true,
            Some(Class::Latin) => bytes.get(at + 2).is_some_and(|byte| is_latin_letter(*byte)),
            _ => false,
        };
        match class(*byte) {
            Class::Latin => {
                let second = *bytes.get(at + 1)?;
                if !is_latin_letter(second) {
                    return None;
                }
                *capitals |= second < 0x9f;
                (last, has_letters) = (Last::Letter, true);
                at += 2;
            }
            Class::Digit => {
                (last, has_letters) = (Last::Digit, true);
                at += 1;
            }
            Class::Underscore => {
                last = Last::Underscore;
                at += 1;
            }
            Class::JoinsBoth | Class::JoinsLetters if last == Last::Letter && before_letter() => at += 1,
            Class::JoinsBoth | Class::JoinsDigits if last == Last::Digit && next() == Some(Class::Digit) => at += 1,
            _ => break,
        }
    }
    Some((at, has_letters))
}

/// Whether this second byte makes a letter: all do but × and ÷.
fn is_latin_letter(second: u8) -> bool {
    !matches!(second, 0x97 | 0xb7)
}

/// The text in small letters. The capitals À to Þ are their small letters less one bit of the second byte.
fn lowered(text: &str, capitals: bool) -> Option<String> {
    let lowered = text.to_ascii_lowercase();
    if !capitals {
        return Some(lowered);
    }
    let mut bytes = lowered.into_bytes();
    let mut after_lead = false;
    for byte in &mut bytes {
        if after_lead && (0x80..=0x9e).contains(byte) {
            *byte |= 0x20;
        }
        after_lead = *byte == 0xc3;
    }
    String::from_utf8(bytes).ok()
}
