//! What an audience was told at earlier meetings: who has read something of a case need not read it again.
//!
//! Told sentences are known by hashes of their words, because the wording of a letter is not kept for ever. A sentence
//! repeats one that was told of the same case (by its case number or its title) when it shares most of its words and
//! names no number that was not told: the same reminder with another date is news.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::ScoredMeeting;
use super::candidates::Candidate;
use super::model::{AudienceId, Digest, OpenMatter};
use crate::language::topic::Topic;
use crate::minutes::{Item, Minutes};
use crate::text::fold::fold_text;
use crate::text::stem::Inflection;

/// Names a word or a number without holding it. Only ever compared with others of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WordMark(u64);

/// Names a sentence by its letters and digits, or a case by its number or its title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextMark(pub String);

/// What a sentence says, without its wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    /// The words that carry its meaning.
    pub words: BTreeSet<WordMark>,
    /// The numbers it names.
    pub numbers: BTreeSet<WordMark>,
}

/// One quote of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldSentence {
    /// The number of its item as printed.
    pub item: String,
    /// What names the case: its case number, its title.
    pub matter: Vec<TextMark>,
    /// Names its letters and digits.
    pub sentence: TextMark,
    /// What it says.
    pub gist: Gist,
    /// Word for word; none once the letters' bytes are gone.
    pub text: Option<String>,
}

/// A sentence that an audience was told of an earlier meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The day of that meeting.
    pub on: NaiveDate,
    /// The sentence.
    pub sentence: ToldSentence,
}

/// What is known of earlier meetings when a letter is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What is still open.
    pub open: Vec<OpenMatter>,
    /// What each audience was told.
    pub told: BTreeMap<AudienceId, Vec<Told>>,
}

/// Share of its words from which a sentence says what was told, in thousandths.
const LEAST_SHARE: usize = 600;
/// Sentences with fewer words that carry meaning are too thin to compare.
const LEAST_WORDS: usize = 4;

impl TextMark {
    /// Of the letters and digits of a text: hyphens, line ends and markup differ between formats of the same minutes.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let letters: String = fold_text(text).chars().filter(|letter| letter.is_alphanumeric()).collect();
        Self(Sha256::digest(letters.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What names the case of an item.
    #[must_use]
    pub fn of_matter(item: &Item) -> Vec<Self> {
        let case = item.case.as_ref().map(|case| Self::of(&format!("case {case}")));
        let title = (!item.title.trim().is_empty()).then(|| Self::of(&format!("title {}", item.title)));
        case.into_iter().chain(title).collect()
    }
}

impl Gist {
    /// Of this text.
    #[must_use]
    pub fn of(text: &str, inflection: &Inflection) -> Self {
        Self::new(&Topic::of(text, inflection), text)
    }

    fn new(topic: &Topic, text: &str) -> Self {
        let mark = |word: &str| {
            let hash = Sha256::digest(word.as_bytes());
            WordMark(hash.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
        };
        let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
        Self { words: topic.words().map(mark).collect(), numbers: numbers.map(mark).collect() }
    }

    /// How much of this was told by `other`, in thousandths; 0 where it says something else or more.
    fn told_by(&self, other: &Self) -> u32 {
        let shorter = self.words.len().min(other.words.len());
        let shared = self.words.intersection(&other.words).count();
        let repeats = shorter >= LEAST_WORDS
            && shared * 1_000 >= self.words.len() * LEAST_SHARE
            && self.numbers.is_subset(&other.numbers);
        if repeats { u32::try_from(shared * 1_000 / self.words.len()).unwrap_or(1_000).min(1_000) } else { 0 }
    }
}

/// The day a sentence of an item was told before, and how much of it, in thousandths; none where it is news.
fn told_before(gist: &Gist, matter: &[TextMark], told: &[Told]) -> Option<(NaiveDate, u32)> {
    told.iter()
        .filter(|told| told.sentence.matter.iter().any(|mark| matter.contains(mark)))
        .map(|told| (told.on, gist.told_by(&told.sentence.gist)))
        .filter(|(_, share)| *share > 0)
        .max_by_key(|(on, share)| (*share, *on))
}

/// Notes on each candidate whether the audience was told it before.
pub(super) fn mark(candidates: &mut [Candidate], minutes: &Minutes, scored: &ScoredMeeting, told: &[Told]) {
    if told.is_empty() {
        return;
    }
    for item in &minutes.items {
        let matter = TextMark::of_matter(item);
        for candidate in candidates.iter_mut().filter(|candidate| candidate.id.item == item.number) {
            let topic = scored.topics.sentences.get(&candidate.id);
            let gist = topic.map(|topic| Gist::new(topic, &candidate.text)).unwrap_or_default();
            candidate.told = told_before(&gist, &matter, told);
        }
    }
}

/// What a letter tells, for the memory of its audience.
#[must_use]
pub fn told_by(digest: &Digest, minutes: &Minutes, inflection: &Inflection) -> Vec<ToldSentence> {
    let mut told = Vec::new();
    for item in &digest.items {
        let source = minutes.items.iter().find(|source| source.number == item.number);
        let matter = source.map(TextMark::of_matter).unwrap_or_default();
        told.extend(item.sentences.iter().map(|quote| ToldSentence {
            item: item.printed.clone(),
            matter: matter.clone(),
            sentence: TextMark::of(&quote.text),
            gist: Gist::of(&quote.text, inflection),
            text: Some(quote.text.clone()),
        }));
    }
    told
}
