//! Words that a story and an agenda use for the same matter.
//!
//! People say "lukning" and "frokost til jul", the title says "lukkedage" and "julefrokoster"; abbreviations stand for
//! words they share no letter with. The lists lie in `rules/sprog/samme-sag.toml`, for every workplace has words of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::WordList;
use super::messages;
use crate::diagnostic::Problem;
use crate::text::phrases::{Forms, Occurrence, PhraseBook, PhraseId};
use crate::text::stem::Inflection;
use crate::text::words::Words;

/// A list, by its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter(usize);

/// The list of words that stand in any title and say little: the only one the program knows by its name.
pub const SAYS_LITTLE: &str = "siger-lidt";

/// How near to one another two texts are that name the same matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// Two things of one field: "ferie" and "fridage".
    Field,
    /// A name and its abbreviation: "TR" is no less than "tillidsrepræsentant".
    Name,
}

/// The lists, ready to be sought.
#[derive(Clone, Debug, Default)]
pub struct SameMatters {
    phrases: PhraseBook,
    matters: BTreeMap<PhraseId, Vec<(Matter, Nearness)>>,
    slight: BTreeSet<PhraseId>,
}

impl SameMatters {
    /// Of these lists; a phrase that would find nothing, or every word, is a problem.
    #[must_use]
    pub fn new(lists: &[WordList], inflection: &Inflection, problems: &mut Vec<Problem>) -> Self {
        let mut same = Self { phrases: PhraseBook::new(inflection.clone()), ..Self::default() };
        for (place, list) in lists.iter().enumerate() {
            let abbreviates = list.phrases.iter().any(|phrase| is_abbreviation(&phrase.value));
            let nearness = if abbreviates { Nearness::Name } else { Nearness::Field };
            for phrase in &list.phrases {
                match same.phrases.add(&phrase.value) {
                    Ok(id) if list.id.value == SAYS_LITTLE => {
                        same.slight.insert(id);
                    }
                    Ok(id) => same.matters.entry(id).or_default().push((Matter(place), nearness)),
                    Err(_) => {
                        problems.push(Problem::new(&messages::BAD_PHRASE).with("text", &phrase.value).at(&phrase.place))
                    }
                }
            }
        }
        same.phrases.finish();
        same
    }

    /// The matters that a text names.
    #[must_use]
    pub fn of(&self, text: &str) -> BTreeMap<Matter, Nearness> {
        // "AMR-dage" names the AMR, though it is one word.
        let apart = text.replace('-', " ");
        let found = [self.find(text), self.find(&apart)].concat();
        found.iter().filter_map(|(phrase, _)| self.matters.get(phrase)).flatten().copied().collect()
    }

    /// Whether the word stands in any title and says little.
    #[must_use]
    pub fn says_little(&self, word: &str) -> bool {
        self.find(word).iter().any(|(phrase, _)| self.slight.contains(phrase))
    }

    fn find(&self, text: &str) -> Vec<Occurrence> {
        self.phrases.find(text, &Words::new(text), &mut Forms::default())
    }
}

/// Capitals alone, and more than one.
fn is_abbreviation(phrase: &str) -> bool {
    phrase.chars().count() > 1 && phrase.chars().all(char::is_uppercase)
}
