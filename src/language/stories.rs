//! Which item a story belongs to, by the words alone.
//!
//! "Præcisering af bremseplanen" means the item "Handleplan for opbremsning": no word is the same, but parts of compounds
//! are; and where even the parts differ, a table of words for the same matter helps (`same`). Words that stand in many items say little, so each is weighed by how few items have it. All arithmetic is in
//! thousandths, in whole numbers, so the same minutes give the same links everywhere.

mod same;

use std::collections::BTreeSet;

use crate::text::stem::{Inflection, comparable};
use crate::text::words::words;

/// The words of a text that carry its meaning, each as its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    keys: BTreeSet<String>,
    /// Rows of `SAME`; they link stories to titles and count for nothing else, for a link is a guess that a reader can see.
    same: BTreeSet<&'static str>,
    /// Whether it joins two matters: "Valg af TR og AMR".
    joins: bool,
}

/// Words that join two matters.
const JOINTS: &[&str] = &["og", "samt", "eller"];

/// Shorter words are articles, prepositions and the like.
const SHORTEST: usize = 4;
/// Letters that two compounds must share at one end.
const SHARED: usize = 5;
/// What a shared part of a compound is worth beside the whole word, in thousandths.
const PART: u32 = 700;

/// What a shared beginning of two compounds is worth: "sundhedsråd" and "sundhedsreform" are two matters of one field.
const BEGINNING: u32 = 400;
/// So many letters behind a shared beginning are an ending: "afskedigelse" and "afskedige" are one matter.
const ENDING: usize = 4;

/// What a row of `SAME` in story and title is worth beside a whole word, in thousandths.
const SAME_MATTER: u32 = 500;

/// Words of more than three letters that carry no meaning of their own.
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
];

/// Words of a story that say nothing of where it belongs: "Du må godt gå, når du er utryg" is no matter of the item in which
/// "samarbejdet går godt".
const IDLE: &[&str] = &["godt", "ikke", "alle", "flere", "mere", "hvordan", "hvornår"];

impl Topic {
    /// The words of `text`; a hyphenated compound gives its parts too.
    #[must_use]
    pub fn of(text: &str, inflection: &Inflection) -> Self {
        let mut topic = Self::default();
        for word in words(text) {
            topic.joins = topic.joins || JOINTS.contains(&word.folded.as_str());
            let shown = word.span.of(text);
            let parts = word.folded.split('-').zip(shown.split('-'));
            for (part, shown) in parts.chain([(word.folded.as_str(), shown)]) {
                let part = comparable(part);
                topic.same.extend(same::rows(shown, &part));
                let known = part.chars().count() >= SHORTEST && !EMPTY.contains(&part.as_str());
                if known && part.chars().all(char::is_alphabetic) {
                    topic.keys.insert(inflection.key(&part));
                }
            }
        }
        topic
    }

    /// The words of a story.
    #[must_use]
    pub fn of_story(text: &str, inflection: &Inflection) -> Self {
        let mut topic = Self::of(text, inflection);
        for word in IDLE {
            topic.keys.remove(&inflection.key(word));
        }
        topic
    }

    /// The keys of its words, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// Whether it has this very word.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.keys.contains(word)
    }

    /// Whether it has the word, whole or in part of a compound.
    #[must_use]
    pub fn finds(&self, word: &str) -> bool {
        Self::found_in(word, self) > 0
    }

    /// With the words of another one.
    #[must_use]
    pub fn with(mut self, other: Option<&Self>) -> Self {
        self.keys.extend(other.into_iter().flat_map(|other| other.keys.iter().cloned()));
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

    /// How well this topic's word is found in `other`, in thousandths.
    fn found_in(word: &str, other: &Self) -> u32 {
        if other.keys.contains(word) {
            return 1000;
        }
        other.keys.iter().map(|candidate| shares_part(word, candidate)).max().unwrap_or_default()
    }

    /// How many words of this topic are found in `other`, whole or in part.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> u32 {
        u32::try_from(self.keys.iter().filter(|word| Self::found_in(word, other) > 0).count()).unwrap_or(u32::MAX)
    }

    /// How much of this topic is found in `other`; each word counts `weights` thousandths.
    #[must_use]
    pub fn overlap(&self, other: &Self, weights: &[u32]) -> u32 {
        self.keys.iter().zip(weights).map(|(word, weight)| Self::found_in(word, other) * weight / 1000).sum()
    }

    /// What each word of this topic is worth, in thousandths: the fewer of `texts` have it, the more.
    #[must_use]
    pub fn weights(&self, texts: &[Self]) -> Vec<u32> {
        let count = |word: &String| texts.iter().filter(|text| Self::found_in(word, text) > 0).count();
        self.keys.iter().map(|word| 1000 / u32::try_from(count(word).max(1)).unwrap_or(u32::MAX)).collect()
    }
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
    // "opbremsningsplan" and "opbremsning" contain one another, "afskedigelse" and "afskedige" begin alike.
    if contained {
        PART
    } else if common >= SHARED + 3 {
        let rest = one.chars().count().max(other.chars().count()) - common;
        if rest <= ENDING { PART } else { BEGINNING }
    } else {
        0
    }
}

/// The places of the items that the story belongs to, best first; empty where nothing fits.
///
/// `titles` are the items' titles, `sentences` the sentences of their decisions. A word in the title counts three times;
/// in the decision it counts the more the more sentences have it, up to three: an item is about what it keeps naming.
#[must_use]
pub fn link(story: &Topic, titles: &[Topic], sentences: &[Vec<Topic>]) -> Vec<usize> {
    let whole: Vec<Topic> = titles
        .iter()
        .zip(sentences)
        .map(|(title, own)| own.iter().fold(title.clone(), |all, one| all.with(Some(one))))
        .collect();
    let weights = story.weights(&whole);
    let mut scored: Vec<(u32, usize)> = titles
        .iter()
        .zip(sentences)
        .enumerate()
        .map(|(index, (title, own))| {
            let words = story.keys.iter().zip(&weights).map(|(word, weight)| {
                let named: u32 = own.iter().map(|sentence| Topic::found_in(word, sentence)).sum();
                (3 * Topic::found_in(word, title) + named.min(3000) / 3) * weight / 1000
            });
            let same = story.same.intersection(&title.same).map(|row| {
                let count = titles.iter().filter(|title| title.same.contains(row)).count();
                let worth = if same::is_abbreviation(row) { 1000 } else { SAME_MATTER };
                3 * worth / u32::try_from(count.max(1)).unwrap_or(u32::MAX)
            });
            (words.sum::<u32>() + same.sum::<u32>(), index)
        })
        .collect();
    scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
    let best = scored.first().map_or(0, |(score, _)| *score);
    // A single word that many items share is no link.
    let least = 300.max(best * 9 / 10);
    // "Valg af TR og AMR" belongs to two items: what one of them lacks, the other has. A story that joins nothing speaks of
    // one matter, and what else shares a word with it misleads.
    let first = scored.first().and_then(|(_, index)| titles.get(*index));
    let adds = |index: usize| {
        let (Some(first), Some(title)) = (first, titles.get(index)) else { return false };
        story.keys.iter().any(|word| Topic::found_in(word, title) > 0 && Topic::found_in(word, first) == 0)
            || story.same.iter().any(|row| title.same.contains(row) && !first.same.contains(row))
    };
    let fits = |score: u32, index: usize| score >= least || (score >= 300.max(best / 3) && story.joins && adds(index));
    scored.into_iter().filter(|(score, index)| fits(*score, *index)).map(|(_, index)| index).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(texts: &[&str]) -> Vec<Topic> {
        texts.iter().map(|text| Topic::of(text, &Inflection::default())).collect()
    }

    #[test]
    fn a_story_finds_its_item_through_parts_of_compounds() {
        let titles =
            topics(&["Status på budget", "Opfølgning på handleplan for opbremsning", "Egne undervisere på MED-kursus"]);
        let texts: Vec<Vec<Topic>> = ["Budgettet er stramt.", "Planen er ikke et stop.", "Kurserne holdes internt."]
            .iter()
            .map(|text| topics(&[text]))
            .collect();
        let story = |text: &str| link(&Topic::of_story(text, &Inflection::default()), &titles, &texts);
        assert_eq!(story("Præcisering af opbremsningsplanen"), [1]);
        assert_eq!(story("Interne MED-kurser i foråret"), [2]);
    }

    #[test]
    fn words_of_every_talk_link_no_story() {
        let titles = topics(&["Samarbejde med skolen", "Alenearbejde"]);
        let texts = [topics(&["Samarbejdet går godt."]), topics(&["Man kan gå, når man er utryg."])];
        let story = Topic::of_story("Du må godt gå, når du er utryg", &Inflection::default());
        assert_eq!(link(&story, &titles, &texts), [1]);
    }

    #[test]
    fn a_story_of_one_matter_gets_one_item_and_one_that_joins_two_gets_both() {
        let titles = topics(&["Seniorklubbens udflugt", "Aftale om seniordage", "Nye cykler"]);
        let texts = vec![Vec::new(); 3];
        let linked = |text: &str| link(&Topic::of_story(text, &Inflection::default()), &titles, &texts);
        assert_eq!(linked("Flere seniordage næste år"), [1]);
        assert_eq!(linked("Seniordage og nye cykler"), [2, 1]);
    }

    #[test]
    fn an_abbreviation_is_worth_the_word_it_stands_for() {
        let titles = topics(&["Vilkår for TR", "Arbejdsmiljøets dag", "Vilkår for AMR"]);
        let story = Topic::of_story("Mere tid til arbejdsmiljørepræsentanter", &Inflection::default());
        assert_eq!(link(&story, &titles, &vec![Vec::new(); 3]), [2]);
    }

    #[test]
    fn a_story_without_an_item_is_linked_to_none() {
        let (titles, texts) = (topics(&["Status på budget"]), vec![topics(&["Budgettet er stramt."])]);
        assert_eq!(
            link(&Topic::of("Sommerfest på rådhuset", &Inflection::default()), &titles, &texts),
            [] as [usize; 0]
        );
    }
}
