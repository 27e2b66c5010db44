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
        let possible = match sentence.words.lowered() {
            Some(lowered) if !self.needs.is_empty() => {
                self.needs.iter().any(|need| need.literal.find(lowered.as_bytes()).is_some())
            }
            _ => true,
        };
        if !possible {
            return Vec::new();
        }
        let found = self.regex.find_iter(&sentence.context.text).filter(|found| !found.is_empty());
        let spans = found.map(|found| Span::new(found.start(), found.end()));
        spans.map(|span| Found { span, words: sentence.range(span) }).collect()
    }
}
