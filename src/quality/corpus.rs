//! Minutes with the marks of their readers, on which rules are measured and compared.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{Figures, Marked, Quoted, Ranked, figures as measured, marked};
use super::intervals::{Intervals, intervals};
use super::labels::{Label, key};
use crate::digest::{Audience, Built, ScoredMeeting};
use crate::minutes::{EntryId, Item, ItemNumber, Minutes};

/// One document.
#[derive(Debug)]
pub struct Document {
    /// Its file.
    pub name: String,
    /// As it was read.
    pub minutes: Minutes,
    /// As the rules score it.
    pub scored: ScoredMeeting,
    /// What readers say about its sentences; none where nobody did.
    pub labels: Option<Vec<Label>>,
}

impl Document {
    /// The figures of a letter made of this document; none without labels.
    #[must_use]
    pub fn figures(&self, scored: &ScoredMeeting, built: &Built, audience: &Audience, place: usize) -> Option<Figures> {
        self.labels.as_ref().map(|labels| figures(labels, &self.minutes, scored, built, audience, place))
    }

    /// The labels by the sentences they belong to.
    #[must_use]
    pub fn labelled(&self) -> BTreeMap<EntryId, &Label> {
        let Some(labels) = &self.labels else { return BTreeMap::new() };
        let by_key: BTreeMap<(ItemNumber, String), &Label> =
            labels.iter().map(|label| ((label.item, key(&label.text)), label)).collect();
        let entries = self.minutes.items.iter().flat_map(Item::own_entries);
        entries
            .filter_map(|entry| {
                let id = entry.id?;
                Some((id, *by_key.get(&(id.item, key(&entry.text)))?))
            })
            .collect()
    }
}

/// The figures of a letter against labels. What the scored meeting does not have is not in the ranking.
#[must_use]
pub fn figures(
    labels: &[Label],
    minutes: &Minutes,
    scored: &ScoredMeeting,
    built: &Built,
    audience: &Audience,
    place: usize,
) -> Figures {
    measured(&sentences(labels, minutes, scored, built, audience, place))
}

/// The same with the intervals.
#[must_use]
pub fn figures_with_intervals(
    labels: &[Label],
    minutes: &Minutes,
    scored: &ScoredMeeting,
    built: &Built,
    audience: &Audience,
    place: usize,
) -> (Figures, Intervals) {
    let marked = sentences(labels, minutes, scored, built, audience, place);
    (measured(&marked), intervals(&marked))
}

/// The labelled sentences with their places in ranking and letter.
fn sentences(
    labels: &[Label],
    minutes: &Minutes,
    scored: &ScoredMeeting,
    built: &Built,
    audience: &Audience,
    place: usize,
) -> Vec<Marked> {
    let ranking: Vec<Ranked> = minutes
        .items
        .iter()
        .flat_map(Item::own_entries)
        .filter_map(|entry| Some((entry.id?.item, entry.text.clone(), scored.trace(entry.id?)?.total(place))))
        .collect();
    let letter: Vec<Quoted> = built
        .digest
        .items
        .iter()
        .flat_map(|item| item.sentences.iter().map(|quote| (item.number, quote.text.clone(), quote.role)))
        .collect();
    marked(labels, &audience.id.0, &ranking, &letter, audience.words)
}

/// The sentences that letters quote.
#[must_use]
pub fn quoted(built: &Built) -> BTreeSet<EntryId> {
    built.verdicts.iter().filter(|verdict| verdict.kept).map(|verdict| verdict.id).collect()
}
