//! Text made comparable, with the way back to the source.
//!
//! The same word reaches us in capitals, with a soft hyphen inside, with a decomposed "å", between non-breaking blanks.
//! Everything that compares text compares the folded form; everything that is shown or stored is a span of the source,
//! found again through [`Folded::source_span`]. A general Unicode normalisation was not taken: it would bring tables for
//! all the scripts of the world, and the few compositions that occur in Danish fit in one function.

use super::Span;

/// A text lower-cased and smoothed, byte by byte tied to its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the source bytes of the character it came from.
    origins: Vec<(usize, usize)>,
}

impl Folded {
    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that a span of the folded text came from; what was dropped inside it is included, what was
    /// dropped at its ends is not.
    #[must_use]
    pub fn source_span(&self, folded: Span) -> Span {
        let after = self.origins.last().map_or(0, |(_, end)| *end);
        let start = self.origins.get(folded.start()).map_or(after, |(start, _)| *start);
        let end = match folded.end().checked_sub(1) {
            Some(last) if !folded.is_empty() => self.origins.get(last).map_or(after, |(_, end)| *end),
            _ => start,
        };
        Span::new(start, end.max(start))
    }

    fn push(&mut self, character: char, start: usize, end: usize) {
        self.text.push(character);
        self.origins.extend(std::iter::repeat_n((start, end), character.len_utf8()));
    }

    /// Replaces the last character, when `mark` joins with it, by the joined one.
    fn join(&mut self, mark: char, end: usize) -> bool {
        let Some(joined) = self.text.chars().next_back().and_then(|base| composed(base, mark)) else {
            return false;
        };
        let base_length = self.text.pop().map_or(0, char::len_utf8);
        let start = self.origins.len().checked_sub(base_length).and_then(|first| self.origins.get(first));
        let start = start.map_or(end, |(start, _)| *start);
        self.origins.truncate(self.text.len());
        self.push(joined, start, end);
        true
    }
}

/// Folds `text`: lower case; soft hyphens and other invisible characters dropped; runs of white space, also
/// non-breaking, become one blank; hyphens, dashes, quotation marks and ligatures become the plain ones.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
    let mut after_blank = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        if is_invisible(character) || folded.join(character, end) {
            continue;
        }
        if character.is_whitespace() {
            if after_blank {
                if let Some(origin) = folded.origins.last_mut() {
                    origin.1 = end;
                }
            } else {
                folded.push(' ', start, end);
            }
            after_blank = true;
            continue;
        }
        after_blank = false;
        match ligature(character) {
            Some(letters) => letters.chars().for_each(|letter| folded.push(letter, start, end)),
            None => plain(character).to_lowercase().for_each(|lower| folded.push(lower, start, end)),
        }
    }
    folded
}

/// Only the folded text, for words and names that need no way back.
#[must_use]
pub fn fold_text(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) { text.to_owned() } else { fold(text).text }
}

/// Whether the character shows nothing: soft hyphen, zero-width blanks and joiners, byte order mark.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn plain(character: char) -> char {
    match character {
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{2012}'..='\u{2015}' => '–',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '´' | '`' | '′' => '\'',
        'ſ' => 's',
        other => other,
    }
}

fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        _ => return None,
    })
}

/// The letter that a base and a combining mark make; `base` is lower-cased already.
fn composed(base: char, mark: char) -> Option<char> {
    Some(match (base, mark) {
        ('a', '\u{30a}') => 'å',
        ('a', '\u{308}') => 'ä',
        ('o', '\u{308}') => 'ö',
        ('u', '\u{308}') => 'ü',
        ('a', '\u{301}') => 'á',
        ('e', '\u{301}') => 'é',
        ('i', '\u{301}') => 'í',
        ('o', '\u{301}') => 'ó',
        ('u', '\u{301}') => 'ú',
        ('å', '\u{301}') => 'ǻ',
        ('a', '\u{300}') => 'à',
        ('e', '\u{300}') => 'è',
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// The source text behind the first occurrence of `needle` in the folded text.
    fn behind<'t>(source: &'t str, needle: &str) -> &'t str {
        let folded = fold(source);
        let start = folded.text().find(needle).expect("the needle is there");
        folded.source_span(Span::new(start, start + needle.len())).of(source)
    }

    #[test]
    fn danish_capitals_become_small() {
        assert_eq!(fold("ÆBLEGRØD PÅ ØEN").text(), "æblegrød på øen");
    }

    #[test]
    fn a_soft_hyphen_is_dropped_and_still_part_of_its_source_word() {
        let source = "Ny syge\u{ad}fraværs\u{ad}politik";
        assert_eq!(fold(source).text(), "ny sygefraværspolitik");
        assert_eq!(behind(source, "sygefraværspolitik"), "syge\u{ad}fraværs\u{ad}politik");
    }

    #[test]
    fn white_space_of_any_kind_and_length_is_one_blank() {
        let source = "uden\u{a0} \n\tløn";
        assert_eq!(fold(source).text(), "uden løn");
        assert_eq!(behind(source, "uden løn"), source);
        assert_eq!(behind(source, " "), "\u{a0} \n\t");
    }

    #[test]
    fn typographic_signs_become_plain() {
        assert_eq!(fold("TR‑møde ”nu” – ﬁnt ’s").text(), "tr-møde \"nu\" – fint 's");
    }

    #[test]
    fn a_decomposed_å_is_an_å() {
        let source = "Pa\u{30a} A\u{30a}ret";
        assert_eq!(fold(source).text(), "på året");
        assert_eq!(behind(source, "året"), "A\u{30a}ret");
    }

    #[test]
    fn an_empty_or_foreign_span_gives_an_empty_one() {
        let folded = fold("løn");
        assert!(folded.source_span(Span::new(2, 2)).is_empty());
        assert!(folded.source_span(Span::new(40, 50)).is_empty());
        assert!(fold("").source_span(Span::new(0, 3)).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn every_folded_character_lies_in_the_source(source in "\\PC*") {
            let folded = fold(&source);
            for (start, character) in folded.text().char_indices() {
                let span = folded.source_span(Span::new(start, start + character.len_utf8()));
                proptest::prop_assert!(source.get(span.start()..span.end()).is_some_and(|text| !text.is_empty()));
            }
        }
    }
}
