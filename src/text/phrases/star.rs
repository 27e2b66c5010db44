//! Words with stars: parts of compounds, found by one automaton over each word.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::text::stem::{Inflection, comparable};

/// Letters that a pattern must have at least.
const LEAST_LETTERS: usize = 2;

/// A pattern with stars, for the comparable form of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Star {
    /// What stands between the stars, in order. The first part begins the word unless `open_start`; the last one ends
    /// it, in some inflection, unless `open_end`.
    parts: Vec<String>,
    open_start: bool,
    open_end: bool,
    /// What the last part may look like at the end of a word: itself and its listed forms.
    endings: Vec<String>,
    /// The key of the last part: a word whose key ends in it ends in some form of the part.
    ending_key: String,
}

impl Star {
    /// Reads a folded pattern; none where it has too few letters to mean anything.
    pub(super) fn new(pattern: &str, inflection: &Inflection) -> Option<Self> {
        let parts: Vec<String> = pattern.split('*').map(comparable).filter(|part| !part.is_empty()).collect();
        let longest = parts.iter().map(|part| part.chars().count()).max()?;
        let last = parts.last()?.clone();
        if longest < LEAST_LETTERS {
            return None;
        }
        let mut endings = inflection.forms(&last).to_vec();
        endings.push(last.clone());
        endings.sort();
        endings.dedup();
        let ending_key = inflection.key(&last).trim_end_matches('~').to_owned();
        Some(Self {
            parts,
            open_start: pattern.starts_with('*'),
            open_end: pattern.ends_with('*'),
            endings,
            ending_key,
        })
    }

    /// What the automaton looks for: one of these is in every word that fits.
    fn literals(&self) -> Vec<&str> {
        let inner = if self.open_end {
            self.parts.as_slice()
        } else {
            self.parts.split_last().map_or(&[][..], |(_, rest)| rest)
        };
        match inner.iter().max_by_key(|part| part.len()).filter(|part| part.chars().count() >= LEAST_LETTERS) {
            Some(part) => vec![part],
            None => self.endings.iter().map(String::as_str).chain([self.ending_key.as_str()]).collect(),
        }
    }

    /// Whether a word fits, given its comparable form and its key.
    pub(super) fn fits(&self, word: &str, key: &str) -> bool {
        let Some((last, inner)) = self.parts.split_last() else { return false };
        let mut rest = word;
        for (index, part) in inner.iter().enumerate() {
            let found =
                if index == 0 && !self.open_start { rest.strip_prefix(part.as_str()) } else { after(rest, part) };
            match found {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        let at_start = inner.is_empty() && !self.open_start;
        if self.open_end {
            return if at_start { rest.starts_with(last.as_str()) } else { rest.contains(last.as_str()) };
        }
        if self.endings.iter().any(|form| if at_start { rest == form } else { rest.ends_with(form.as_str()) }) {
            return true;
        }
        // The stemmer cuts a compound where it cuts its last part, so the key of the word ends in the key of the part;
        // it must do so within what is left of the word.
        let taken = word.len() - rest.len();
        let long_enough = self.ending_key.chars().count() > LEAST_LETTERS;
        long_enough
            && key
                .trim_end_matches('~')
                .strip_suffix(self.ending_key.as_str())
                .is_some_and(|head| head.len() >= taken && (!at_start || head.is_empty()))
    }
}

/// What follows the first `part` in `text`.
fn after<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    text.split_once(part).map(|(_, behind)| behind)
}

/// All patterns with stars of a book.
#[derive(Clone, Debug, Default)]
pub(super) struct Stars {
    stars: Vec<(Star, usize)>,
    /// For each literal of the automaton, the place of its star.
    owners: Vec<usize>,
    automaton: Option<AhoCorasick>,
}

impl Stars {
    /// Adds a pattern that answers with `number`.
    pub(super) fn add(&mut self, star: Star, number: usize) {
        self.stars.push((star, number));
        self.automaton = None;
    }

    /// Builds the automaton over all of them.
    pub(super) fn build(&mut self) {
        let mut literals: Vec<String> = Vec::new();
        self.owners.clear();
        for (place, (star, _)) in self.stars.iter().enumerate() {
            for literal in star.literals() {
                literals.push(literal.to_owned());
                self.owners.push(place);
            }
        }
        // Each form of a word is looked at once, so what counts is how soon the automaton is built: a DFA of ten thousand
        // literals takes half a second.
        let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&literals);
        self.automaton = if literals.is_empty() { None } else { built.ok() };
    }

    /// Adds the numbers of all patterns that fit a word, given its comparable form and its key.
    pub(super) fn find(&self, word: &str, key: &str, numbers: &mut Vec<usize>) {
        let Some(automaton) = &self.automaton else { return };
        // Each pattern is tried once, however often its literal stands in the word.
        let places: BTreeSet<usize> = automaton
            .find_overlapping_iter(word)
            .filter_map(|hit| self.owners.get(hit.pattern().as_usize()).copied())
            .collect();
        let fitting = places.iter().filter_map(|place| self.stars.get(*place)).filter(|(star, _)| star.fits(word, key));
        numbers.extend(fitting.map(|(_, number)| *number));
    }
}
