//! A pattern with the words without which it cannot match.
//!
//! A regular expression is hundreds of times slower than a look into a table, and nearly every pattern has letters that
//! must stand in whatever it matches. They lie inside some word of the text, and what each word has in it is known from
//! the last time it was met, so a pattern costs nothing where its letters are not, and is not even built for a document that
//! never has them. One automaton over the text for the
//! literals of all patterns was built first, and took a sixth of all the time.

use memchr::memmem::Finder;
use regex::{Match, Regex};

use super::analysis::{Analysis, Found};
use crate::text::Span;
use crate::text::expression::Expression;
use crate::text::phrases::PhraseId;

/// A pattern, ready to be sought.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub expression: Expression,
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
    /// What it finds in a sentence. Should there be no engine, the whole sentence counts as found: nobody misses that in a
    /// letter, and what is to keep a sentence back keeps it back.
    pub(super) fn find(&self, sentence: &Analysis<'_>) -> Vec<Found> {
        let text = sentence.context.text.as_str();
        let Some(engine) = self.expression.engine() else {
            let span = Span::new(0, text.len());
            return vec![Found { span, words: sentence.range(span) }];
        };
        let spans = match sentence.words.lowered().filter(|_| !self.needs.is_empty()) {
            Some(lowered) => self.find_near_needs(engine, text, lowered),
            None => engine.find_iter(text).map(span_of).collect(),
        };
        let spans = spans.into_iter().filter(|span| !span.is_empty());
        spans.map(|span| Found { span, words: sentence.range(span) }).collect()
    }

    /// The same as searching all of the text, which `lowered` is byte for byte: no match begins further before the first thing
    /// that the pattern needs than the longest is long, and behind the last of them there is none.
    fn find_near_needs(&self, engine: &Regex, text: &str, lowered: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(rest) = lowered.as_bytes().get(at..) {
            let Some(near) = self.needs.iter().filter_map(|need| need.literal.find(rest)).min() else { break };
            let from = at + self.longest.map_or(0, |longest| near.saturating_sub(longest));
            let from = (at..=from).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(at);
            let Some(found) = engine.find_at(text, from).filter(|found| !found.is_empty()) else { break };
            spans.push(span_of(found));
            at = found.end();
        }
        spans
    }
}

fn span_of(found: Match<'_>) -> Span {
    Span::new(found.start(), found.end())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::text::expression::longest;
    use crate::text::phrases::PhraseBook;
    use crate::text::stem::Inflection;
    use crate::text::words::Words;
    use proptest::prelude::*;

    fn pattern(text: &str, literals: &[&str]) -> Pattern {
        let (expression, parsed) = Expression::read(text).expect("a good pattern");
        let mut book = PhraseBook::new(Inflection::default());
        let need = |literal: &&str| Need { part: book.add_part(literal), literal: Finder::new(literal).into_owned() };
        Pattern { expression, longest: longest(&parsed), needs: literals.iter().map(need).collect() }
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
                let engine = pattern.expression.engine().expect("an engine");
                let all: Vec<Span> = engine.find_iter(&text).map(span_of).collect();
                let near = pattern.find_near_needs(engine, &text, lowered);
                prop_assert_eq!(near, all, "{} in {:?}", engine, text);
            }
        }
    }
}
