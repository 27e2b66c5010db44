//! What names a sentence after its text is gone.
//!
//! A hash of its letters and digits, whatever the capitals, hyphens and line ends: so a sentence copied out of a letter, a
//! PDF or a newspaper is found. A part of one is found by runs of a few words, each with a hash of its own.
//!
//! Whoever has the database and guesses a sentence can test the guess, as `digest trace` does; it is no secret-keeping, it
//! only does without the text.

use sha2::{Digest as _, Sha256};

use super::followup::sentence_key;

/// How many words a run has: enough to be rare, few enough for half a sentence.
pub const RUN: usize = 5;

/// Half a SHA-256: two sentences with the same one will not be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TraceKey(pub [u8; 16]);

impl TraceKey {
    /// Of a whole sentence; none where it has neither letter nor digit.
    #[must_use]
    pub fn of_sentence(text: &str) -> Option<Self> {
        let key = sentence_key(text);
        (!key.is_empty()).then(|| Self::hash("sentence", &key))
    }

    /// Of every run of `RUN` words.
    #[must_use]
    pub fn of_runs(text: &str) -> Vec<Self> {
        let words: Vec<String> = text.split_whitespace().map(sentence_key).filter(|word| !word.is_empty()).collect();
        words.windows(RUN).map(|run| Self::hash("run", &run.join(" "))).collect()
    }

    fn hash(kind: &str, text: &str) -> Self {
        let mut key = [0; 16];
        let hash = Sha256::digest(format!("{kind}\0{text}").as_bytes());
        key.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
        Self(key)
    }
}

/// One thing that an edition quotes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// Its name.
    pub key: TraceKey,
    /// The item as printed.
    pub item: String,
    /// A whole sentence; else a run of its words.
    pub whole: bool,
}

impl Trace {
    /// All that a quoted sentence is found by.
    #[must_use]
    pub fn of(text: &str, item: &str) -> Vec<Self> {
        let whole = TraceKey::of_sentence(text).map(|key| Self { key, item: item.to_owned(), whole: true });
        let runs = TraceKey::of_runs(text).into_iter().map(|key| Self { key, item: item.to_owned(), whole: false });
        whole.into_iter().chain(runs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_known_in_any_capitals_and_line_ends() {
        let one = TraceKey::of_sentence("Ferie søges senest den 1. maj.");
        assert_eq!(one, TraceKey::of_sentence("FERIE søges\n senest den 1. maj"));
        assert_ne!(one, TraceKey::of_sentence("Ferie søges senest den 2. maj."));
        assert_eq!(TraceKey::of_sentence(" – "), None);
    }

    #[test]
    fn a_part_of_a_sentence_has_only_runs_that_the_whole_has() {
        let whole = TraceKey::of_runs("Udvalget besluttede, at ferie søges senest den 1. maj hvert år.");
        let part = TraceKey::of_runs("at ferie søges senest den 1. maj");
        assert_eq!(part.len(), 3);
        assert!(part.iter().all(|key| whole.contains(key)));
        assert!(TraceKey::of_runs("fire ord er for få".get(..11).unwrap_or_default()).is_empty());
    }
}
