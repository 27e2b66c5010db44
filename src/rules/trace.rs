//! What the rules found in a sentence, and what it adds up to.

use std::collections::BTreeMap;

use super::model::{Effect, Statement, Voice};
use super::set::RuleSet;
use crate::minutes::EntryId;
use crate::text::Span;

/// Whether a hit counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HitState {
    /// It counts.
    Counted,
    /// The rule is on trial: shown, not counted.
    Trial,
    /// An exception silences it.
    Silenced {
        /// The exception, by its place in [`super::Rule::unless`].
        exception: usize,
        /// Its words in the sentence; empty where they stand in the sentence it leans on, or have none.
        words: Span,
    },
    /// Another rule counts instead.
    Replaced {
        /// That rule, by its place.
        by: usize,
    },
}

/// One rule that found something in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule, by its place: see [`RuleSet::rule`].
    pub rule: usize,
    /// The words it found, as spans of the sentence's text; none for features without words.
    pub words: Vec<Span>,
    /// How often it counts, at most `max_hits`.
    pub times: u32,
    /// Whether it counts.
    pub state: HitState,
}

impl Hit {
    /// Whether it counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.state == HitState::Counted
    }
}

/// The sum of a group, or of the rules without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSum {
    /// The group, by its place; none for rules without one.
    pub group: Option<usize>,
    /// What its hits add up to, for each audience.
    pub sums: Vec<i32>,
    /// What counts of it after cap and floor.
    pub clipped: Vec<i32>,
}

/// All that the rules have to say about a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The sentence.
    pub id: EntryId,
    /// Its text, as the hits' spans count.
    pub text: String,
    /// Every rule that found something, in the order of the rules, also those that do not count.
    pub hits: Vec<Hit>,
    /// Sums of the groups that are touched, those without a group last.
    pub groups: Vec<GroupSum>,
    /// The score for each audience.
    pub totals: Vec<i32>,
    /// Rules that say it is private, for some audience at least: see [`Trace::withheld_from`].
    pub withheld: Vec<usize>,
    /// Rules that say it leans on the sentence before.
    pub leans_by: Vec<usize>,
    /// The sentence it leans on.
    pub leans_on: Option<EntryId>,
    /// Rules that say it restricts the sentence it leans on.
    pub restricts_by: Vec<usize>,
    /// Rules that say it takes something from the sentence before and can stand alone.
    pub qualifies_by: Vec<usize>,
    /// Rules that say it promises something.
    pub promises_by: Vec<usize>,
    /// Rules that say it limits what a sentence before promises.
    pub limits_by: Vec<usize>,
    /// The halves of contrasts it is, with the rules that say so.
    pub sides: Vec<usize>,
    /// What kind of statement it is, where a rule knows.
    pub statement: Option<Statement>,
    /// Whose word it gives, where a rule knows.
    pub voice: Option<Voice>,
}

impl Trace {
    /// Sums up. First all hits of a group, then cap and floor, so the order of rules never matters.
    pub(super) fn sum_up(rules: &RuleSet, id: EntryId, text: &str, hits: Vec<Hit>, leans_on: Option<EntryId>) -> Self {
        let audiences = rules.audiences().len();
        let mut groups: BTreeMap<usize, GroupSum> = BTreeMap::new();
        let (mut withheld, mut leans_by) = (Vec::new(), Vec::new());
        let (mut restricts_by, mut qualifies_by, mut sides) = (Vec::new(), Vec::new(), Vec::new());
        let (mut promises_by, mut limits_by) = (Vec::new(), Vec::new());
        let (mut statement, mut voice): (Option<Statement>, Option<Voice>) = (None, None);
        for hit in hits.iter().filter(|hit| hit.counts()) {
            let Some(rule) = rules.rule(hit.rule) else { continue };
            match &rule.effect {
                Effect::Withhold(_) => withheld.push(hit.rule),
                Effect::Leans => leans_by.push(hit.rule),
                Effect::Restricts => {
                    leans_by.push(hit.rule);
                    restricts_by.push(hit.rule);
                }
                Effect::Qualifies => qualifies_by.push(hit.rule),
                Effect::Promises => promises_by.push(hit.rule),
                Effect::Limits => limits_by.push(hit.rule),
                Effect::Side { .. } => sides.push(hit.rule),
                Effect::Statement(kind) => statement = Some(statement.map_or(*kind, |known| known.min(*kind))),
                Effect::Voice(whose) => voice = Some(voice.map_or(*whose, |known| known.min(*whose))),
                Effect::Part => {}
                Effect::Weight(weights) => {
                    let times = i32::try_from(hit.times).unwrap_or(i32::MAX);
                    let sum = groups.entry(rule.group.unwrap_or(usize::MAX)).or_insert_with(|| GroupSum {
                        group: rule.group,
                        sums: vec![0; audiences],
                        clipped: Vec::new(),
                    });
                    for (sum, weight) in sum.sums.iter_mut().zip(weights) {
                        *sum = sum.saturating_add(weight.saturating_mul(times));
                    }
                }
            }
        }
        let mut groups: Vec<GroupSum> = groups.into_values().collect();
        let mut totals = vec![0_i32; audiences];
        for sum in &mut groups {
            let bounds = sum.group.and_then(|group| rules.groups().get(group));
            let cap = bounds.and_then(|group| group.cap).unwrap_or(i32::MAX);
            let floor = bounds.and_then(|group| group.floor).unwrap_or(i32::MIN);
            sum.clipped = sum.sums.iter().map(|value| (*value).min(cap).max(floor)).collect();
            for (total, clipped) in totals.iter_mut().zip(&sum.clipped) {
                *total = total.saturating_add(*clipped);
            }
        }
        let statement = statement.filter(|kind| *kind != Statement::None);
        let text = text.to_owned();
        Self {
            id,
            text,
            hits,
            groups,
            totals,
            withheld,
            leans_by,
            leans_on,
            restricts_by,
            qualifies_by,
            promises_by,
            limits_by,
            sides,
            statement,
            voice,
        }
    }

    /// The score for an audience, by its place.
    #[must_use]
    pub fn total(&self, audience: usize) -> i32 {
        self.totals.get(audience).copied().unwrap_or(0)
    }

    /// Whether a privacy rule keeps it out of some letter.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        !self.withheld.is_empty()
    }

    /// The rules that keep it out of the letter of an audience, by its place.
    #[must_use]
    pub fn withheld_from(&self, rules: &RuleSet, audience: usize) -> Vec<usize> {
        let keeps = |rule: &usize| rules.rule(*rule).is_some_and(|rule| rule.withholds_from(audience));
        self.withheld.iter().copied().filter(keeps).collect()
    }

    /// The words of a hit, as they stand in the sentence.
    #[must_use]
    pub fn words_of(&self, hit: &Hit) -> Vec<&str> {
        hit.words.iter().map(|span| span.of(&self.text)).collect()
    }
}
