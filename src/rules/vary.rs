//! The same rules with something changed, to ask what would be without it: for explanations and figures only.
//!
//! What a rule is worth is asked by scoring with and without it, through the one scorer, and never by a shorter
//! calculation that leaves out combinations and replacements.

use std::collections::BTreeSet;

use super::model::{Effect, Kind};
use super::score::{Hints, ItemContext, Scorer, SentenceContext};
use super::set::RuleSet;
use super::trace::{Hit, HitState, Trace};
use crate::minutes::{Item, Minutes};

impl ItemContext {
    /// What rules may ask about an item of minutes.
    #[must_use]
    pub fn of(minutes: &Minutes, item: &Item) -> Self {
        Self {
            title: item.title.clone(),
            committee: minutes.committee.clone(),
            outcome: item.outcome,
            stories: item.stories,
        }
    }
}

impl RuleSet {
    /// Switches a rule off or on. Only for a copy that somebody asks questions: a set in use never changes.
    pub(crate) fn switch(&mut self, rule: usize, on: bool) {
        if let Some(rule) = self.rules.get_mut(rule) {
            rule.enabled = on;
        }
    }

    /// The trace as it would be if only the hits that `keep` takes were there. A rule that was replaced by one that is gone
    /// counts again. Combinations are hits of their own: whoever drops their parts decides about them too.
    #[must_use]
    pub fn recount(&self, trace: &Trace, keep: &dyn Fn(&Hit) -> bool) -> Trace {
        let mut hits: Vec<Hit> = trace.hits.iter().filter(|hit| keep(hit)).cloned().collect();
        let counting: BTreeSet<usize> = hits.iter().filter(|hit| hit.counts()).map(|hit| hit.rule).collect();
        let replaced =
            |rule: usize| counting.iter().filter_map(|by| self.rule(*by)).any(|by| by.instead_of.contains(&rule));
        for hit in &mut hits {
            if matches!(hit.state, HitState::Replaced { .. }) && !replaced(hit.rule) {
                hit.state = HitState::Counted;
            }
        }
        Trace::sum_up(self, trace.id, &trace.text, hits, trace.leans_on)
    }

    /// Scores the sentences of an item with one rule and what it is built on, or with none: for measuring its time.
    #[must_use]
    pub fn score_alone(
        &self,
        item: &ItemContext,
        sentences: &[SentenceContext],
        hints: &dyn Hints,
        rule: Option<usize>,
    ) -> Vec<Trace> {
        let only = rule.map(|rule| self.built_on(rule)).unwrap_or_default();
        Scorer::new(self).score_only(item, sentences, hints, Some(&only))
    }

    /// Whether a hit of this rule adds to the score.
    #[must_use]
    pub fn is_weighted(&self, rule: usize) -> bool {
        self.rule(rule).is_some_and(|rule| matches!(rule.effect, Effect::Weight(_)))
    }

    /// Whether a rule finds words that somebody chose, and not signs, numbers or the form of a sentence.
    #[must_use]
    pub fn is_about_words(&self, rule: usize) -> bool {
        self.rule(rule).is_some_and(|rule| matches!(rule.kind, Kind::Phrases(_) | Kind::Near { .. }))
    }

    /// Whether a rule needs all the words it marks at once, as a pair of words does; of phrases any one suffices.
    #[must_use]
    pub fn needs_every_word(&self, rule: usize) -> bool {
        self.rule(rule).is_some_and(|rule| matches!(rule.kind, Kind::Near { .. }))
    }
}
