//! Texts of rules and lists become terms: phrases of the book, features, and the terms of lists behind `@`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::feature::Feature;
use super::super::messages;
use super::super::model::Term;
use super::super::set::RuleSet;
use crate::diagnostic::Problem;
use crate::language::lexicon::{Lexicon, WordList};
use crate::tables::Located;
use crate::text::phrases::{PhraseBook, PhraseError};
use crate::text::stem::Inflection;

/// All lists and the growing phrase book.
#[derive(Debug)]
pub(super) struct Terms {
    book: PhraseBook,
    lists: BTreeMap<String, WordList>,
    resolved: BTreeMap<String, Vec<Term>>,
    used: BTreeSet<String>,
}

impl Terms {
    /// With these lists; the first of a name holds.
    pub(super) fn new(lists: Vec<WordList>, inflection: Inflection) -> Self {
        let mut by_id = BTreeMap::new();
        for list in lists {
            by_id.entry(list.id.value.clone()).or_insert(list);
        }
        Self { book: PhraseBook::new(inflection), lists: by_id, resolved: BTreeMap::new(), used: BTreeSet::new() }
    }

    /// The terms of texts; `wordless` allows features that point at no words.
    pub(super) fn resolve(
        &mut self,
        texts: &[Located<String>],
        wordless: bool,
        problems: &mut Vec<Problem>,
    ) -> Vec<Term> {
        super::sorted(self.read(texts, wordless, &mut Vec::new(), problems))
    }

    /// The terms of a list by name; empty where there is none.
    pub(super) fn of_list(&mut self, id: &str, problems: &mut Vec<Problem>) -> Vec<Term> {
        self.list(id, &mut Vec::new(), problems)
    }

    fn read(
        &mut self,
        texts: &[Located<String>],
        wordless: bool,
        open: &mut Vec<String>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for text in texts {
            match text.value.trim().strip_prefix('@') {
                Some(name) => terms.extend(self.reference(name, text, wordless, open, problems)),
                None => match self.book.add(&text.value) {
                    Ok(phrase) => terms.push(Term::Phrase(phrase)),
                    Err(error) => problems.push(phrase_problem(error, text)),
                },
            }
        }
        terms
    }

    fn reference(
        &mut self,
        name: &str,
        text: &Located<String>,
        wordless: bool,
        open: &mut Vec<String>,
        problems: &mut Vec<Problem>,
    ) -> Vec<Term> {
        if let Some(feature) = Feature::named(name) {
            if let Some(list) = RuleSet::plain_list_of(feature) {
                return self.list(list, open, problems);
            }
            if !feature.has_words() && (!wordless || feature.counts()) {
                problems.push(Problem::new(&messages::WORDLESS_REFERENCE).with("name", name).at(&text.place));
                return Vec::new();
            }
            return vec![Term::Feature(feature)];
        }
        if !self.lists.contains_key(name) {
            let known = self.lists.keys().map(String::as_str).chain(Feature::ALL.iter().map(|(name, _)| *name));
            let problem = Problem::new(&messages::UNKNOWN_REFERENCE).with("name", name).at(&text.place);
            problems.push(problem.did_you_mean(name, known));
            return Vec::new();
        }
        if open.iter().any(|id| id == name) {
            problems.push(Problem::new(&messages::REFERENCE_CYCLE).with("id", name).at(&text.place));
            return Vec::new();
        }
        self.list(name, open, problems)
    }

    fn list(&mut self, id: &str, open: &mut Vec<String>, problems: &mut Vec<Problem>) -> Vec<Term> {
        self.used.insert(id.to_owned());
        if let Some(known) = self.resolved.get(id) {
            return known.clone();
        }
        let Some(list) = self.lists.get(id).cloned() else { return Vec::new() };
        open.push(id.to_owned());
        let terms = self.read(&list.phrases, false, open, problems);
        open.pop();
        self.resolved.insert(id.to_owned(), terms.clone());
        terms
    }

    /// Tells of lists of rule files that nothing uses, after checking what stands in them.
    pub(super) fn warn_unused(&mut self, lexicon: &Lexicon, problems: &mut Vec<Problem>) {
        let unused: Vec<String> = self.lists.keys().filter(|id| !self.used.contains(*id)).cloned().collect();
        for id in unused {
            let Some(place) = self.lists.get(&id).map(|list| list.id.place.clone()) else { continue };
            self.of_list(&id, problems);
            if !lexicon.lists.iter().any(|list| list.id.value == id) {
                problems.push(Problem::new(&messages::UNUSED_LIST).with("id", &id).at(&place));
            }
        }
    }

    /// The finished book.
    pub(super) fn into_book(mut self) -> PhraseBook {
        self.book.finish();
        self.book
    }
}

fn phrase_problem(error: PhraseError, text: &Located<String>) -> Problem {
    let message = match error {
        PhraseError::Empty => &messages::PHRASE_EMPTY,
        PhraseError::StarTooShort => &messages::PHRASE_STAR,
        PhraseError::LooseExact => &messages::PHRASE_EXACT,
    };
    Problem::new(message).with("phrase", &text.value).at(&text.place)
}
