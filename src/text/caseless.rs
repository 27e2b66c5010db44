//! Text in which letters that a case-insensitive pattern takes for one another are one letter.
//!
//! It only serves to leave texts out: a pattern that needs "overtid" cannot match where this form of the text lacks this
//! form of "overtid". So it may be coarse, and is: what Danish does not write becomes one and the same sign, which spares
//! the tables of all other scripts.

/// Stands for every character that is not told apart.
const OTHER: char = '\u{1}';

/// The caseless form of a text.
#[must_use]
pub fn caseless(text: &str) -> String {
    text.chars().map(one).collect()
}

/// Small letters of Danish and its neighbours, digits and everyday signs are told apart.
fn one(character: char) -> char {
    match character {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        '\u{212b}' => 'å',
        '\u{1e9e}' => 'ß',
        '\u{178}' => 'ÿ',
        'µ' => OTHER,
        '\0'..='\u{7f}' => character.to_ascii_lowercase(),
        '×' => character,
        'À'..='Þ' => character.to_lowercase().next().unwrap_or(character),
        '\u{80}'..='\u{ff}' | '\u{2010}'..='\u{2027}' | '\u{20ac}' => character,
        _ => OTHER,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::text::words::Words;
    use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

    #[test]
    fn what_a_pattern_takes_for_one_letter_is_one() {
        for character in '\0'..=char::MAX {
            let mut orbit = ClassUnicode::new([ClassUnicodeRange::new(character, character)]);
            orbit.try_case_fold_simple().expect("tables are compiled in");
            for range in orbit.ranges() {
                for other in range.start()..=range.end() {
                    assert_eq!(one(other), one(character), "{other:?} and {character:?}");
                }
            }
        }
    }

    #[test]
    fn the_small_letters_of_plain_words_are_the_caseless_form() {
        for character in '\0'..='\u{2fff}' {
            let text = format!("Ab{character}c");
            if let Some(lowered) = Words::new(&text).lowered() {
                assert_eq!(lowered, caseless(&text));
            }
        }
    }
}
