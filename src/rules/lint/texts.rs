//! Which phrases find each other: all texts of all rules in one phrase book, asked about one another.
//!
//! Whether a phrase finds whatever another one finds cannot be read off their letters: it depends on inflection, stars,
//! compounds. So the matcher itself is asked, on the other phrase in all its forms. What it finds in every one of them, it
//! finds always.

use std::collections::{BTreeMap, BTreeSet};

use super::super::feature::Feature;
use super::super::read::{RawFile, RawKind};
use super::super::set::RuleSet;
use crate::diagnostic::Place;
use crate::language::lexicon::{Lexicon, WordList};
use crate::tables::Located;
use crate::text::phrases::{Forms, PhraseBook, PhraseId};
use crate::text::stem::Inflection;
use crate::text::words::Words;

/// Letters that no Danish word has, in the place of what a star stands for.
const FILLER: &str = "xqxz";
/// Endings that are tried on a word; only those count that the stemmer takes for the same word.
const ENDINGS: [&str; 16] =
    ["n", "en", "et", "er", "e", "s", "t", "erne", "ene", "ne", "r", "ens", "ets", "ede", "te", "ende"];

/// A phrase where it is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'t> {
    /// As written.
    pub text: &'t str,
    /// Where it is written, or where the list is named that has it.
    pub place: &'t Place,
    /// The list it is written in, where it is not written in the rule.
    pub list: Option<&'t str>,
}

/// All phrases, and what finds what.
pub(super) struct Texts<'t> {
    lists: BTreeMap<&'t str, &'t WordList>,
    book: PhraseBook,
    inflection: &'t Inflection,
    ids: BTreeMap<String, PhraseId>,
    /// For each phrase, the phrases that find all it finds; itself is one of them.
    finders: BTreeMap<String, BTreeSet<PhraseId>>,
}

impl<'t> Texts<'t> {
    pub(super) fn new(files: &'t [RawFile], lexicon: &'t Lexicon) -> Self {
        let mut lists = BTreeMap::new();
        for list in lexicon.lists.iter().chain(files.iter().flat_map(|file| &file.lists)) {
            lists.entry(list.id.value.as_str()).or_insert(list);
        }
        let mut texts = Self {
            book: PhraseBook::new(lexicon.inflection.clone()),
            inflection: &lexicon.inflection,
            lists,
            ids: BTreeMap::new(),
            finders: BTreeMap::new(),
        };
        let listed: Vec<&WordList> = texts.lists.values().copied().collect();
        for phrase in listed.iter().flat_map(|list| &list.phrases) {
            texts.add(&phrase.value);
        }
        for rule in files.iter().flat_map(|file| &file.rules) {
            for phrase in used(rule.kind.as_ref()).into_iter().flatten() {
                texts.add(&phrase.value);
            }
            for exception in &rule.unless {
                texts.add(&exception.phrase.value);
            }
        }
        texts.book.finish();
        let all: Vec<String> = texts.ids.keys().cloned().collect();
        for text in all {
            let found = texts.finders_of(&text);
            texts.finders.insert(text, found);
        }
        texts
    }

    fn add(&mut self, text: &str) {
        if !text.trim().starts_with('@')
            && let Ok(id) = self.book.add(text)
        {
            self.ids.insert(text.to_owned(), id);
        }
    }

    /// What a list of texts stands for, lists opened; features, which are no texts, are left out.
    pub(super) fn open(&self, written: &'t [Located<String>]) -> Vec<Entry<'t>> {
        let mut found = Vec::new();
        for text in written {
            self.entry(text, &text.place, None, &mut Vec::new(), &mut found);
        }
        found
    }

    fn entry(
        &self,
        text: &'t Located<String>,
        place: &'t Place,
        list: Option<&'t str>,
        opened: &mut Vec<&'t str>,
        found: &mut Vec<Entry<'t>>,
    ) {
        let Some(name) = text.value.trim().strip_prefix('@') else {
            if self.ids.contains_key(&text.value) {
                found.push(Entry { text: &text.value, place, list });
            }
            return;
        };
        let name = match Feature::named(name) {
            Some(feature) => RuleSet::plain_list_of(feature),
            None => Some(name),
        };
        let Some(inner) = name.and_then(|name| self.lists.get(name)) else { return };
        let id = inner.id.value.as_str();
        if opened.contains(&id) {
            return;
        }
        opened.push(id);
        for phrase in &inner.phrases {
            self.entry(phrase, place, Some(id), opened, found);
        }
        opened.pop();
    }

    /// Whether texts name a feature, which may stand anywhere.
    pub(super) fn names_feature(&self, written: &[Located<String>]) -> bool {
        written.iter().any(|text| {
            let name = text.value.trim().strip_prefix('@');
            name.is_some_and(|name| match self.lists.get(name) {
                Some(list) => list.phrases.iter().any(|phrase| phrase.value.starts_with('@')),
                None => Feature::named(name).is_none_or(|feature| RuleSet::plain_list_of(feature).is_none()),
            })
        })
    }

    /// Whether `finder` stands in everything that `text` finds.
    pub(super) fn finds_all(&self, finder: &str, text: &str) -> bool {
        let id = self.ids.get(finder);
        id.is_some_and(|id| self.finders.get(text).is_some_and(|finders| finders.contains(id)))
    }

    /// Whether two phrases find the same.
    pub(super) fn same(&self, left: &str, right: &str) -> bool {
        self.finds_all(left, right) && self.finds_all(right, left)
    }

    /// Whether some word may satisfy a word of both.
    pub(super) fn may_share(&self, left: &str, right: &str) -> bool {
        left.split_whitespace().any(|left| right.split_whitespace().any(|right| self.may_be_one(left, right)))
    }

    fn may_be_one(&self, left: &str, right: &str) -> bool {
        // Halves of compounds and two stars can meet in words that stand in neither.
        if [left, right].iter().any(|word| word.starts_with('-') || word.ends_with('-')) {
            return true;
        }
        if left.contains('*') && right.contains('*') {
            return true;
        }
        let finds = |phrase: &str, word: &str| {
            self.forms(word).iter().any(|form| {
                crate::text::phrases::find_one(phrase, form, self.inflection).is_ok_and(|found| !found.is_empty())
            })
        };
        finds(left, right) || finds(right, left)
    }

    /// The phrases that stand in every form of a text.
    fn finders_of(&self, text: &str) -> BTreeSet<PhraseId> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let forms: Vec<Vec<String>> = words.iter().map(|word| self.forms(word)).collect();
        let base: Vec<&str> = forms.iter().filter_map(|forms| forms.first()).map(String::as_str).collect();
        let mut common = self.found_in(&base.join(" "));
        for (at, forms) in forms.iter().enumerate() {
            for form in forms.iter().skip(1) {
                let mut varied = base.clone();
                if let Some(word) = varied.get_mut(at) {
                    *word = form;
                }
                let found = self.found_in(&varied.join(" "));
                common.retain(|id| found.contains(id));
            }
        }
        common
    }

    fn found_in(&self, text: &str) -> BTreeSet<PhraseId> {
        let found = self.book.find(text, &Words::new(text), &mut Forms::default());
        found.into_iter().map(|(phrase, _)| phrase).collect()
    }

    /// The forms in which a word of a phrase may stand in a text: at least one.
    fn forms(&self, word: &str) -> Vec<String> {
        if let Some(exact) = word.strip_prefix('=') {
            return vec![exact.to_owned()];
        }
        if word.contains('*') {
            let filled = word.replace('*', FILLER);
            let mut forms = vec![filled.clone(), word.replace('*', "")];
            if !word.ends_with('*') {
                forms.extend(self.inflected(&filled));
            }
            return forms;
        }
        let mut forms = vec![word.to_owned()];
        let shouted = word.chars().filter(|next| next.is_alphabetic()).all(char::is_uppercase);
        if !shouted {
            let lower = word.to_lowercase();
            forms.extend(self.inflected(&lower));
            forms.push(lower);
        }
        forms.dedup();
        forms
    }

    /// Other forms of a word in small letters, as far as the table or the stemmer takes them for the same word.
    fn inflected(&self, word: &str) -> Vec<String> {
        let bare = word.trim_end_matches(|next: char| !next.is_alphanumeric());
        let key = self.inflection.key(bare);
        let mut forms: Vec<String> = self.inflection.forms(bare).to_vec();
        let mut tries: Vec<String> = ENDINGS.iter().map(|ending| format!("{bare}{ending}")).collect();
        if let Some(stem) = bare.strip_suffix("el").or_else(|| bare.strip_suffix("er")) {
            // regel, regler; nummer, numre
            tries.extend([format!("{stem}ler"), format!("{stem}lerne"), format!("{stem}re"), format!("{stem}rene")]);
        }
        forms.extend(tries.into_iter().filter(|form| self.inflection.key(form) == key));
        forms
    }
}

/// The texts that a rule looks for, as far as it looks for any: one list for phrases, two for near.
pub(super) fn used(kind: Option<&RawKind>) -> Vec<&[Located<String>]> {
    match kind {
        Some(RawKind::Phrases(phrases)) => vec![phrases],
        Some(RawKind::Near { of, and, .. }) => vec![of, and],
        _ => Vec::new(),
    }
}
