//! What every rule finds in example minutes: nothing at all, or nearly everything.

use super::super::messages;
use super::super::model::Effect;
use super::super::score::ScoredMinutes;
use super::super::set::RuleSet;
use super::super::trace::HitState;
use crate::diagnostic::Problem;

/// Below so many sentences nothing is said: that a rule is missing from one page means nothing.
const LEAST_SENTENCES: usize = 30;
/// A rule that hits more than this share of all sentences, in percent, singles nothing out.
const MOST_PERCENT: usize = 50;

/// How often each rule hits in some minutes.
#[derive(Clone, Debug)]
pub struct Tally {
    sentences: usize,
    hits: Vec<usize>,
}

impl Tally {
    /// No minutes so far.
    #[must_use]
    pub fn new(rules: &RuleSet) -> Self {
        Self { sentences: 0, hits: vec![0; rules.rules().len()] }
    }

    /// Adds the sentences of scored minutes.
    pub fn add(&mut self, scored: &ScoredMinutes) {
        for trace in scored.traces.values() {
            self.sentences += 1;
            for hit in trace.hits.iter().filter(|hit| !matches!(hit.state, HitState::Silenced { .. })) {
                if let Some(count) = self.hits.get_mut(hit.rule) {
                    *count += 1;
                }
            }
        }
    }

    /// How many sentences there were.
    #[must_use]
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// Adds a warning for every rule that hits nothing, or nearly everything. Parts of combinations, rules that are switched
    /// off and, where nothing is found, those that say they are for something rare are left out.
    pub fn judge(&self, rules: &RuleSet, problems: &mut Vec<Problem>) {
        if self.sentences < LEAST_SENTENCES {
            return;
        }
        for (rule, hits) in rules.rules().iter().zip(&self.hits) {
            if !rule.enabled || rule.effect == Effect::Part {
                continue;
            }
            let message = match hits * 100 > self.sentences * MOST_PERCENT {
                true => &messages::HITS_NEARLY_ALL,
                false if *hits == 0 && !rule.rare => &messages::HITS_NOTHING,
                false => continue,
            };
            let problem = Problem::new(message).with("id", &rule.id).with("hits", hits);
            problems.push(problem.with("sentences", self.sentences).at(&rule.place));
        }
    }
}
