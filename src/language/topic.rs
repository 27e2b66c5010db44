//! What a text is about: its words that carry meaning, without their endings.
//!
//! Compounds share parts with one another ("bremseplanen", "handleplan for opbremsning"), so two topics can be compared by
//! whole words and by parts. All arithmetic is in thousandths, in whole numbers, so the same minutes give the same letters
//! everywhere.

use std::collections::BTreeMap;

use crate::text::stem::{Inflection, comparable};
use crate::text::words::words;

/// The words of a text that carry its meaning, each as its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Each key with the word as it was first met: the stemmer leaves too little of some words to find them in a compound.
    keys: BTreeMap<String, String>,
}

/// Shorter words are articles, prepositions and the like.
const SHORTEST: usize = 4;
/// Capitals alone are an abbreviation from so many letters on: "GPS" says what it is about, "MED" stands everywhere.
const SHORTEST_ABBREVIATION: usize = 3;
/// Letters that two compounds must share at one end.
const SHARED: usize = 5;
/// Letters that two words must share to be made of the same stem: the whole of a compound and not its first part alone.
const LONG: usize = 11;
/// Letters of a word that begins a compound: "skol" of "skoler" begins "skolestruktur".
const FIRST_PART: usize = 4;
/// What a shared part of a compound is worth beside the whole word, in thousandths.
const PART: u32 = 700;
/// What a word is worth beside another one made of the same stem: "praktikvejleder" and "praktikvejledning". One that an
/// item names once is then enough for a link.
const DERIVED: u32 = 900;
/// What a shared beginning of two compounds is worth: "sundhedsråd" and "sundhedsreform" are two matters of one field.
const BEGINNING: u32 = 400;
/// So many letters behind a shared beginning are an ending: "afskedigelse" and "afskedige" are one matter.
const ENDING: usize = 4;

/// Words of more than three letters, and abbreviations, that carry no meaning of their own.
const EMPTY: &[&str] = &[
    "eller",
    "efter",
    "under",
    "over",
    "samt",
    "fra",
    "vedrørende",
    "omkring",
    "gennem",
    "blandt",
    "uden",
    "inden",
    "denne",
    "dette",
    "disse",
    "deres",
    "blev",
    "bliver",
    "have",
    "skulle",
    "ville",
    "kunne",
    "også",
    "orientering",
    "status",
    "drøftelse",
    "med",
];

impl Topic {
    /// The words of `text`; a hyphenated compound gives its parts too.
    #[must_use]
    pub fn of(text: &str, inflection: &Inflection) -> Self {
        let mut topic = Self::default();
        for word in words(text) {
            let shown = word.span.of(text);
            let parts = word.folded.split('-').zip(shown.split('-'));
            for (part, shown) in parts.chain([(word.folded.as_str(), shown)]) {
                let part = comparable(part);
                let length = part.chars().count();
                let abbreviates = length >= SHORTEST_ABBREVIATION && shown.chars().all(char::is_uppercase);
                let known = (length >= SHORTEST || abbreviates) && !EMPTY.contains(&part.as_str());
                if known && part.chars().all(char::is_alphabetic) {
                    topic.keys.entry(inflection.key(&part)).or_insert(part);
                }
            }
        }
        topic
    }

    /// Its words as they were first met, in the order of their keys.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.keys.values().map(String::as_str)
    }

    /// The keys of its words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// Whether it has this very word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.keys.contains_key(word)
    }

    /// With the words of another one.
    #[must_use]
    pub fn with(mut self, other: Option<&Self>) -> Self {
        for (key, word) in other.into_iter().flat_map(|other| &other.keys) {
            self.keys.entry(key.clone()).or_insert_with(|| word.clone());
        }
        self
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.keys.len()).unwrap_or(u32::MAX)
    }

    /// Whether no word of the text carries meaning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How well each of its words, in order, is found in `other`, in thousandths.
    pub fn found_in(&self, other: &Self) -> impl Iterator<Item = u32> {
        self.keys.iter().map(|word| found_in(word, other))
    }

    /// How many words of this topic are found in `other`, whole or in part.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> u32 {
        u32::try_from(self.found_in(other).filter(|found| *found > 0).count()).unwrap_or(u32::MAX)
    }

    /// How much of this topic is found in `other`; each word counts `weights` thousandths.
    #[must_use]
    pub fn overlap(&self, other: &Self, weights: &[u32]) -> u32 {
        self.found_in(other).zip(weights).map(|(found, weight)| found * weight / 1000).sum()
    }

    /// Whether `other` has a word of this topic that `said` lacks.
    #[must_use]
    pub fn adds(&self, other: &Self, said: &Self) -> bool {
        self.found_in(other).zip(self.found_in(said)).any(|(found, before)| found > 0 && before == 0)
    }

    /// What each word of this topic is worth, in thousandths: the fewer of `texts` have it, the more.
    #[must_use]
    pub fn weights(&self, texts: &[Self]) -> Vec<u32> {
        let count = |word| texts.iter().filter(|text| found_in(word, text) > 0).count();
        self.keys.iter().map(|word| 1000 / u32::try_from(count(word).max(1)).unwrap_or(u32::MAX)).collect()
    }
}

/// How well a word is found in `other`, in thousandths.
fn found_in(word: (&String, &String), other: &Topic) -> u32 {
    if other.keys.contains_key(word.0) {
        return 1000;
    }
    other
        .keys
        .iter()
        .map(|candidate| shares_part(word.0, candidate.0).max(begins(word, candidate)))
        .max()
        .unwrap_or_default()
}

/// Whether one word begins or ends with the other, or both begin alike, as compounds on the same thing do.
fn shares_part(one: &str, other: &str) -> u32 {
    let (one, other) = (one.trim_end_matches('~'), other.trim_end_matches('~'));
    let shorter = one.chars().count().min(other.chars().count());
    if shorter < SHARED {
        return 0;
    }
    let contained = one.starts_with(other) || other.starts_with(one) || one.ends_with(other) || other.ends_with(one);
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let rest = one.chars().count().max(other.chars().count()) - common;
    // "opbremsningsplan" and "opbremsning" contain one another, "afskedigelse" and "afskedige" begin alike.
    if common >= LONG && rest <= ENDING {
        DERIVED
    } else if contained {
        PART
    } else if common >= SHARED + 3 {
        if rest <= ENDING { PART } else { BEGINNING }
    } else {
        0
    }
}

/// What a word is worth where it begins the other, as a compound does: "rådighed" in "rådighedsvagt", "skoler" in
/// "skolestruktur".
fn begins(one: (&String, &String), other: (&String, &String)) -> u32 {
    let (short, long) = if one.1.len() <= other.1.len() { (one, other) } else { (other, one) };
    let part = short.0.trim_end_matches('~');
    let whole = short.1.chars().count() >= SHARED && long.1.starts_with(short.1.as_str());
    let stem = part.chars().count() >= FIRST_PART && long.1.starts_with(part);
    let rest = long.1.chars().count().saturating_sub(short.1.chars().count());
    if (whole || stem) && rest >= FIRST_PART { PART } else { 0 }
}
