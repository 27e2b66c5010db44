//! The rule set: what the rest of the house holds on to.

use std::collections::{BTreeMap, BTreeSet};

use super::feature::Feature;
use super::model::{Group, Rule, Term};
use super::prefilter::Prefilter;
use crate::text::phrases::PhraseBook;

/// All rules, checked and ready to score; never changed once it is made.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    pub(super) audiences: Vec<String>,
    pub(super) rules: Vec<Rule>,
    pub(super) groups: Vec<Group>,
    pub(super) version: String,
    pub(super) book: PhraseBook,
    /// Word lists that features stand on.
    pub(super) feature_lists: BTreeMap<String, Vec<Term>>,
    /// Rules so that the parts of a combination come before it.
    pub(super) order: Vec<usize>,
    pub(super) index: Index,
    /// Rules that say that a sentence leans, and the rules they are made of.
    pub(super) leaning: BTreeSet<usize>,
}

/// Which rules to try on a sentence, all named by their rank: their place in the order in which rules are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Rules to try where a phrase stands, by the place of the phrase.
    pub by_phrase: Vec<Vec<usize>>,
    /// Rules to try where a pattern may match.
    pub patterns: Prefilter,
    /// Combinations to try when a rule hits, by the place of the rule.
    pub parents: Vec<Vec<usize>>,
    /// Rules to try on every sentence.
    pub always: Vec<usize>,
}

impl RuleSet {
    /// The audiences of the weights, in their order.
    #[must_use]
    pub fn audiences(&self) -> &[String] {
        &self.audiences
    }

    /// The place of an audience.
    #[must_use]
    pub fn audience(&self, name: &str) -> Option<usize> {
        self.audiences.iter().position(|known| known == name)
    }

    /// All rules, in the order of the files and in them.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of a hit.
    #[must_use]
    pub fn rule(&self, index: usize) -> Option<&Rule> {
        self.rules.get(index)
    }

    /// All groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Twelve hexadecimal digits that name the content of the rules folder.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The terms of the word list behind a feature.
    pub(super) fn list(&self, id: &str) -> &[Term] {
        self.feature_lists.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether the word list of this name is a feature as it stands: `@negation` and `feature = "negation"` are one.
    pub(super) fn plain_list_of(feature: Feature) -> Option<&'static str> {
        Some(match feature {
            Feature::Negation => "negation",
            Feature::EmployeeSide => "employee-side",
            Feature::ManagementSide => "management-side",
            Feature::DecisionVerb => "decision-verb",
            Feature::Outcome => "outcome",
            _ => return None,
        })
    }

    /// The word lists without a word of which a feature finds nothing; empty for a feature that needs no word.
    pub(super) fn lists_of(feature: Feature) -> &'static [&'static str] {
        match feature {
            Feature::Negation => &["negation"],
            Feature::EmployeeSide => &["employee-side"],
            Feature::ManagementSide => &["management-side"],
            Feature::DecisionVerb => &["decision-verb"],
            Feature::Outcome => &["outcome"],
            Feature::Deadline => &["deadline", "deadline-before-date"],
            Feature::ActorBody => &["body"],
            Feature::RequestToBody => &["request-verb"],
            _ => &[],
        }
    }
}
