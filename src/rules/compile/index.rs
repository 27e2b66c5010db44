//! Which rules to try on which sentences.
//!
//! A rule is tried where something stands without which it cannot hit: a phrase, a literal of its pattern, a part of a
//! combination that hit. Only what has no such thing is tried everywhere.

use std::collections::BTreeSet;

use super::super::feature::Feature;
use super::super::model::{Kind, Part, Rule, Scope, Term};
use super::super::prefilter::Prefilter;
use super::super::set::{Index, RuleSet};

/// The index of a set whose rules, lists and order are known.
pub(super) fn index(set: &RuleSet) -> Index {
    let mut index = Index {
        by_phrase: vec![Vec::new(); set.book.len()],
        parents: vec![Vec::new(); set.rules.len()],
        ..Index::default()
    };
    let mut literals: Vec<(&str, usize)> = Vec::new();
    for (rank, place) in set.order.iter().enumerate() {
        let Some(rule) = set.rules.get(*place).filter(|rule| rule.enabled) else { continue };
        let mut needs = Needs::default();
        needs.of(set, rule);
        for child in needs.rules {
            if let Some(parents) = index.parents.get_mut(child) {
                parents.push(rank);
            }
        }
        // Who is tried everywhere need not be found anywhere.
        if needs.always {
            index.always.push(rank);
            continue;
        }
        for phrase in needs.phrases {
            if let Some(rules) = index.by_phrase.get_mut(phrase) {
                rules.push(rank);
            }
        }
        if let Kind::Pattern(pattern) = &rule.kind {
            literals.extend(pattern.needs.iter().map(|literal| (literal.as_str(), rank)));
        }
    }
    index.patterns = Prefilter::new(literals);
    index
}

/// What must stand in a sentence before a rule can hit; any of it will do.
#[derive(Default)]
struct Needs {
    /// Places of phrases.
    phrases: BTreeSet<usize>,
    rules: BTreeSet<usize>,
    always: bool,
}

impl Needs {
    fn of(&mut self, set: &RuleSet, rule: &Rule) {
        match &rule.kind {
            Kind::Phrases(terms) => self.terms(set, terms),
            Kind::Near { of, and, .. } => {
                let has_feature = of.iter().any(|term| matches!(term, Term::Feature(_)));
                // Of a pair across sentences either half may be the one that stands here; else one side suffices, and
                // the one that needs no feature leaves more sentences out.
                if rule.scope == Scope::Unit || !has_feature {
                    self.terms(set, of);
                }
                if rule.scope == Scope::Unit || has_feature {
                    self.terms(set, and);
                }
            }
            Kind::Pattern(pattern) => self.always |= pattern.needs.is_empty(),
            Kind::Feature { feature, .. } => self.feature(set, *feature),
            Kind::Combination { all, any, .. } => {
                for part in all.iter().chain(any) {
                    match part {
                        Part::Rule(child) => {
                            self.rules.insert(*child);
                        }
                        Part::Terms(terms) => self.terms(set, terms),
                    }
                }
            }
        }
    }

    fn terms(&mut self, set: &RuleSet, terms: &[Term]) {
        for term in terms {
            match term {
                Term::Phrase(phrase) => {
                    self.phrases.insert(phrase.place());
                }
                Term::Feature(feature) => self.feature(set, *feature),
            }
        }
    }

    fn feature(&mut self, set: &RuleSet, feature: Feature) {
        let lists = RuleSet::lists_of(feature);
        self.always |= lists.is_empty();
        for list in lists {
            for term in set.list(list) {
                match term {
                    Term::Phrase(phrase) => {
                        self.phrases.insert(phrase.place());
                    }
                    // A list that leans on features may lean on itself through them.
                    Term::Feature(_) => self.always = true,
                }
            }
        }
    }
}
