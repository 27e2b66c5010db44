//! Letters sought anywhere in a word, as they are printed: what a pattern needs, found by the words that have it.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::AtomNumber;

/// All stretches of letters of a book.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    letters: Vec<String>,
    /// What each answers with.
    numbers: Vec<AtomNumber>,
    automaton: Option<AhoCorasick>,
}

impl Parts {
    /// Adds letters that answer with `number`.
    pub(super) fn add(&mut self, letters: &str, number: AtomNumber) {
        self.letters.push(letters.to_owned());
        self.numbers.push(number);
        self.automaton = None;
    }

    /// Builds the automaton over all of them; the kind for the reason that [`super::star::Stars`] gives.
    pub(super) fn build(&mut self) {
        let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&self.letters);
        self.automaton = if self.letters.is_empty() { None } else { built.ok() };
    }

    /// Adds the numbers of all letters that stand in a folded form.
    pub(super) fn find(&self, folded: &str, numbers: &mut Vec<AtomNumber>) {
        let Some(automaton) = &self.automaton else { return };
        let found: BTreeSet<usize> =
            automaton.find_overlapping_iter(folded).map(|hit| hit.pattern().as_usize()).collect();
        numbers.extend(found.iter().filter_map(|place| self.numbers.get(*place)));
    }
}
