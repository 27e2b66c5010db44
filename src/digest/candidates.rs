//! The sentences a letter may choose from, with what each costs, what it is worth and what must come with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ScoredMeeting;
use super::bonds::bind;
use super::guard::Guard;
use crate::digest::model::Audience;
use crate::minutes::{Entry, EntryId, EntryKind, Item, Minutes, SectionKind};
use crate::rules::{Rule, RuleSet, ScoredMinutes, Statement, Voice};

/// One own decision sentence as selection sees it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub id: EntryId,
    pub text: String,
    /// Runs of non-white-space.
    pub words: usize,
    pub score: i32,
    /// What must be quoted with it, by place among the candidates: the sentence it leans on, the lead-in of its list.
    pub needs: BTreeSet<usize>,
    /// A privacy rule keeps it back; the labels of the rules.
    pub withheld: Option<String>,
    /// Nothing stands between it and the candidate before, apart from a sub-heading.
    pub follows_previous: bool,
    pub subheading: Option<String>,
    pub bullet: bool,
    /// What kind of statement it is, where a rule knows.
    pub statement: Option<Statement>,
    /// Whose word it gives, where a rule knows.
    pub voice: Option<Voice>,
    /// When it was told before, and how much of it, in thousandths.
    pub told: Option<(NaiveDate, u32)>,
    /// It announces a list: quoted with an item of it or not at all.
    pub is_lead_in: bool,
    /// It asks local bodies for something.
    pub is_request: bool,
    /// It must not be missing; the labels of the rules that say so.
    pub essential: Option<String>,
}

/// How many words a text has, as budgets count: runs of non-white-space.
pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The labels of rules, each once.
pub(super) fn labels(rules: &RuleSet, places: &[usize]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for rule in places.iter().filter_map(|place| rules.rule(*place)) {
        if !labels.contains(&rule.label.as_str()) {
            labels.push(&rule.label);
        }
    }
    labels.join(", ")
}

/// All candidates of minutes in document order. Closed items have no sections, other bodies' decisions are no own ones,
/// and the stories item is told at the top: none of their sentences is a candidate.
pub(super) fn collect(
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    guard: &Guard<'_>,
    place: usize,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for item in minutes.items.iter().filter(|item| !item.closed && !item.stories) {
        collect_item(item, rules, &scored.sentences, guard, place, &mut candidates);
    }
    bind(&mut candidates, rules, scored);
    candidates
}

fn collect_item(
    item: &Item,
    rules: &RuleSet,
    scored: &ScoredMinutes,
    guard: &Guard<'_>,
    place: usize,
    candidates: &mut Vec<Candidate>,
) {
    // What stands below a private title or sub-heading speaks of the same person, mostly without a name.
    let private =
        |text: &str| guard.objection_to_heading(text).filter(|objection| objection.from_all).map(|found| found.labels);
    let title = private(&item.title);
    for section in item.sections.iter().filter(|section| section.kind == SectionKind::Decision) {
        let mut subheading: Option<String> = None;
        let mut above: Option<String> = title.clone();
        let mut lead_in: Option<usize> = None;
        let mut previous: Option<&Entry> = None;
        let mut follows = false;
        for entry in &section.entries {
            let in_list = matches!(entry.kind, EntryKind::ListItem | EntryKind::Row);
            match entry.kind {
                EntryKind::Subheading => {
                    above = title.clone().or_else(|| private(&entry.text));
                    // A name that only this audience must not see is left out, and the sentences may stay.
                    subheading = Some(entry.text.clone()).filter(|text| guard.objection_to_heading(text).is_none());
                    (lead_in, previous) = (None, None);
                    continue;
                }
                EntryKind::Attendance => {
                    (lead_in, previous, follows) = (None, None, false);
                    continue;
                }
                EntryKind::LeadIn => lead_in = None,
                // Of running text only what follows at once is announced: a motion or a statement that is entered.
                _ if !in_list && previous.is_none_or(|before| before.kind != EntryKind::LeadIn) => lead_in = None,
                _ => {}
            }
            let (Some(id), Some(trace)) = (entry.id, entry.id.and_then(|id| scored.trace(id))) else {
                (previous, follows) = (None, false);
                continue;
            };
            let hits = |asked: &dyn Fn(&Rule) -> bool| -> Vec<usize> {
                let counted = trace.hits.iter().filter(|hit| hit.counts()).map(|hit| hit.rule);
                counted.filter(|rule| rules.rule(*rule).is_some_and(asked)).collect()
            };
            let essential = hits(&|rule| rule.is_essential_to(place));
            let leans = previous.is_some_and(|before| before.id.is_some() && trace.leans_on == before.id);
            candidates.push(Candidate {
                id,
                text: entry.text.clone(),
                words: count_words(&entry.text),
                score: trace.total(place),
                needs: lead_in.into_iter().chain(candidates.len().checked_sub(1).filter(|_| leans)).collect(),
                withheld: Some(trace.withheld_from(rules, place))
                    .filter(|found| !found.is_empty())
                    .map(|found| labels(rules, &found))
                    .or_else(|| above.clone()),
                follows_previous: follows,
                subheading: subheading.clone(),
                bullet: in_list,
                statement: trace.statement,
                voice: trace.voice,
                told: None,
                is_lead_in: entry.kind == EntryKind::LeadIn,
                is_request: !hits(&Rule::finds_requests).is_empty(),
                essential: Some(essential).filter(|found| !found.is_empty()).map(|found| labels(rules, &found)),
            });
            if entry.kind == EntryKind::LeadIn {
                lead_in = Some(candidates.len() - 1);
            }
            previous = Some(entry);
            follows = true;
        }
    }
}

impl Candidate {
    /// Whether it is worth quoting for its own sake.
    pub(super) fn is_worth(&self, audience: &Audience) -> bool {
        self.score >= audience.least_score && self.withheld.is_none() && !self.is_lead_in
    }
}
