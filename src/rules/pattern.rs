//! A pattern with the words without which it cannot match.
//!
//! A regular expression is hundreds of times slower than a look into a table, and nearly every pattern has letters that
//! must stand in whatever it matches. They lie inside some word of the text, and what each word has in it is known from
//! the last time it was met, so a pattern costs nothing where its letters are not. One automaton over the text for the
//! literals of all patterns was built first, and took a sixth of all the time.

use memchr::memmem::Finder;
use regex::Regex;

use super::analysis::{Analysis, Found};
use crate::text::Span;
use crate::text::phrases::PhraseId;

/// A pattern, compiled.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub regex: Regex,
    /// Bytes of the longest plain text it matches, where letters have as many in either case; none where it matches any number.
    pub longest: Option<usize>,
    /// One of these is in every text it matches; empty where there is no such thing.
    pub needs: Vec<Need>,
}

/// Something that a pattern needs.
#[derive(Clone, Debug)]
pub(super) struct Need {
    /// Letters of it that lie in one word.
    pub part: PhraseId,
    /// All of it, in caseless form.
    pub literal: Finder<'static>,
}

impl Pattern {
    /// What it finds in a sentence.
    pub(super) fn find(&self, sentence: &Analysis<'_>) -> Vec<Found> {
        let text = sentence.context.text.as_str();
        let spans = match sentence.words.lowered().filter(|_| !self.needs.is_empty()) {
            Some(lowered) => self.find_near_needs(text, lowered),
            None => self.regex.find_iter(text).map(|found| Span::new(found.start(), found.end())).collect(),
        };
        let spans = spans.into_iter().filter(|span| !span.is_empty());
        spans.map(|span| Found { span, words: sentence.range(span) }).collect()
    }

    /// The same as searching all of the text, which `lowered` is byte for byte: no match begins further before the first thing
    /// that the pattern needs than the longest is long, and behind the last of them there is none.
    fn find_near_needs(&self, text: &str, lowered: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(rest) = lowered.as_bytes().get(at..) {
            let Some(near) = self.needs.iter().filter_map(|need| need.literal.find(rest)).min() else { break };
            let from = at + self.longest.map_or(0, |longest| near.saturating_sub(longest));
            let from = (at..=from).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(at);
            let Some(found) = self.regex.find_at(text, from).filter(|found| !found.is_empty()) else { break };
            spans.push(Span::new(found.start(), found.end()));
            at = found.end();
        }
        spans
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::text::phrases::PhraseBook;
    use crate::text::stem::Inflection;
    use crate::text::words::Words;
    use proptest::prelude::*;
    use regex::RegexBuilder;

    fn pattern(text: &str, literals: &[&str]) -> Pattern {
        let parsed = regex_syntax::Parser::new().parse(text).expect("a good pattern");
        let mut book = PhraseBook::new(Inflection::default());
        let need = |literal: &&str| Need { part: book.add_part(literal), literal: Finder::new(literal).into_owned() };
        Pattern {
            regex: RegexBuilder::new(text).case_insensitive(true).build().expect("a good pattern"),
            longest: parsed.properties().maximum_len(),
            needs: literals.iter().map(need).collect(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_search_near_what_a_pattern_needs_finds_what_a_search_of_all_does(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["løn", "LØN", "ferie", " ", ", ", "12", "å", "en", " i dag", "–", "§", "l", "Æ"]),
                0..12,
            ),
        ) {
            let text = pieces.concat();
            let lowered = Words::new(&text);
            let lowered = lowered.lowered().expect("plain signs");
            for pattern in [
                pattern(r"\bløn(?:en|ferie)?\b", &["løn"]),
                pattern(r"(?:[0-9]+ løn|ferie) i dag", &[" løn", "ferie"]),
                pattern(r"[^,]+løn", &["løn"]),
                pattern(r".{0,3}(?:løn|ferie)å?", &["løn", "ferie"]),
            ] {
                let all: Vec<Span> =
                    pattern.regex.find_iter(&text).map(|found| Span::new(found.start(), found.end())).collect();
                prop_assert_eq!(pattern.find_near_needs(&text, lowered), all, "{} in {:?}", pattern.regex, text);
            }
        }
    }
}
