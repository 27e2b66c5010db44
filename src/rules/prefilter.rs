//! Which patterns may match a sentence at all, told by one automaton over the words that they need.
//!
//! A regular expression is two hundred times slower than an automaton over literals, and nearly every pattern contains
//! words that must stand in whatever it matches. The same shape as in grep tools: find the literal, then confirm.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use crate::text::caseless::caseless;
use crate::text::words::Words;

/// A pattern, compiled.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub regex: Regex,
    /// One of these is in the caseless form of every text it matches; empty where there is no such thing.
    pub needs: Vec<String>,
}

/// The literals of all patterns.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each literal, who needs it.
    owners: Vec<Vec<usize>>,
}

impl Prefilter {
    /// From literals with the number of who needs each.
    pub(super) fn new<'l>(literals: impl IntoIterator<Item = (&'l str, usize)>) -> Self {
        let mut by_literal: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (literal, owner) in literals {
            by_literal.entry(literal).or_default().push(owner);
        }
        if by_literal.is_empty() {
            return Self::default();
        }
        // A DFA is three times as fast as the other kinds; should it grow past the crate's own limits, the crate's choice
        // of kind finds the same.
        let dfa = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(by_literal.keys());
        let automaton = dfa.or_else(|_| AhoCorasick::new(by_literal.keys())).ok();
        Self { automaton, owners: by_literal.into_values().collect() }
    }

    /// Adds everybody whose literal stands in the text; some may come twice.
    pub(super) fn find(&self, text: &str, words: &Words, found: &mut Vec<usize>) {
        let Some(automaton) = &self.automaton else { return };
        let mut scan = |text: &str| {
            for hit in automaton.find_overlapping_iter(text) {
                found.extend(self.owners.get(hit.pattern().as_usize()).into_iter().flatten());
            }
        };
        match words.lowered() {
            Some(lowered) => scan(lowered),
            None => scan(&caseless(text)),
        }
    }
}
