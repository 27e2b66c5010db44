//! What each rule does: how often it hits, whether readers want what it hits, which rule it doubles, and what the
//! letters would be without it.
//!
//! "Without it" is asked of the scorer and the digest themselves, with the rule switched off, because a rule can work
//! through combinations, caps and the room in the letter. Figures against labels that the rules were written with are
//! fitted; see [`super::cross`] for those that are not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::corpus::{Document, quoted};
use super::figures::Figures;
use crate::clock::Stopwatch;
use crate::digest::{Audience, Built, ScoredMeeting, build};
use crate::minutes::{EntryId, Minutes};
use crate::rules::{Hints, HitState, ItemContext, RuleSet, Trace, sentence_contexts};

/// From this grade on readers want a sentence.
pub const WANTED: f64 = 1.0;
/// How often each rule is timed; the fastest run counts.
const TIMED_RUNS: usize = 3;

/// Scores minutes by other rules than the ones in use.
pub type ScoreBy<'s> = &'s dyn Fn(&RuleSet, &Minutes) -> ScoredMeeting;

/// The figures of all rules.
#[derive(Clone, Debug, Serialize)]
pub struct Stats {
    /// The documents.
    pub documents: Vec<String>,
    /// The committees they come from.
    pub committees: Vec<String>,
    /// Scored sentences in them.
    pub sentences: usize,
    /// Those with labels.
    pub labelled: usize,
    /// The share of labelled sentences that each audience wants.
    pub base: BTreeMap<String, Option<f64>>,
    /// The rules, in the order of the files.
    pub rules: Vec<RuleFigures>,
}

/// The figures of one rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleFigures {
    /// Its id.
    pub rule: String,
    /// Its label.
    pub label: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// Sentences it hits, silenced hits left out.
    pub hits: usize,
    /// Their share of all scored sentences.
    pub share: Option<f64>,
    /// How many of them have labels.
    pub labelled: usize,
    /// What its hits are worth to each audience.
    pub worth: BTreeMap<String, Worth>,
    /// The rule it shares most hits with.
    pub overlap: Option<Overlap>,
    /// What is lost without it, for each audience.
    pub without: BTreeMap<String, Without>,
    /// Its share of the time that confirming all rules one by one takes; only where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
}

/// What the hits of a rule are worth to an audience.
#[derive(Clone, Debug, Serialize)]
pub struct Worth {
    /// The share of its labelled sentences that are wanted.
    pub precision: Option<f64>,
    /// That against the share of all labelled sentences.
    pub lift: Option<f64>,
}

/// Two rules that hit the same sentences.
#[derive(Clone, Debug, Serialize)]
pub struct Overlap {
    /// The other one.
    pub rule: String,
    /// Sentences that both hit against those that either hits.
    pub jaccard: f64,
}

/// What becomes of the letters of an audience without a rule.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Without {
    /// Sentences that would come in.
    pub enter: Vec<String>,
    /// Sentences that would drop out.
    pub leave: Vec<String>,
    /// Change of nDCG.
    #[serde(rename = "nDCG")]
    pub ndcg: Option<f64>,
    /// Change of mass.
    pub mass: Option<f64>,
}

/// The letter of each audience of a document, and what it measures.
#[derive(Clone)]
struct Letters {
    quoted: Vec<BTreeSet<EntryId>>,
    figures: Vec<Option<Figures>>,
}

/// Measures all rules on these documents.
#[must_use]
pub fn stats(rules: &RuleSet, documents: &[Document], audiences: &[Audience], score: ScoreBy<'_>) -> Stats {
    let hits = hits_of(rules, documents);
    let labelled: BTreeMap<(usize, EntryId), &super::labels::Label> = documents
        .iter()
        .enumerate()
        .flat_map(|(at, document)| document.labelled().into_iter().map(move |(id, label)| ((at, id), label)))
        .collect();
    let wanted = |place: &(usize, EntryId), audience: &Audience| {
        labelled.get(place).is_some_and(|label| label.grades.get(&audience.id.0).is_some_and(|grade| *grade >= WANTED))
    };
    let rate = |places: &[&(usize, EntryId)], audience: &Audience| {
        ratio(places.iter().filter(|place| wanted(place, audience)).count(), places.len())
    };
    let all: Vec<&(usize, EntryId)> = labelled.keys().collect();
    let base: BTreeMap<String, Option<f64>> =
        audiences.iter().map(|audience| (audience.id.0.clone(), rate(&all, audience))).collect();
    let sentences = documents.iter().map(|document| document.scored.sentences.traces.len()).sum();
    let before: Vec<Letters> =
        documents.iter().map(|document| letters(rules, document, &document.scored, audiences)).collect();
    let mut probe = rules.clone();
    let mut figures = Vec::with_capacity(rules.rules().len());
    for (index, rule) in rules.rules().iter().enumerate() {
        let own = hits.get(index).cloned().unwrap_or_default();
        let marked: Vec<&(usize, EntryId)> = own.iter().filter(|place| labelled.contains_key(*place)).collect();
        let worth = audiences.iter().map(|audience| {
            let precision = rate(&marked, audience);
            let base = base.get(&audience.id.0).copied().flatten().filter(|base| *base > 0.0);
            (audience.id.0.clone(), Worth { precision, lift: precision.zip(base).map(|(own, base)| own / base) })
        });
        figures.push(RuleFigures {
            rule: rule.id.clone(),
            label: rule.label.clone(),
            file: rule.file(),
            line: rule.line(),
            hits: own.len(),
            share: ratio(own.len(), sentences),
            labelled: marked.len(),
            worth: worth.collect(),
            overlap: overlap(rules, &hits, index),
            without: without(&mut probe, index, documents, audiences, &before, score),
            time: None,
        });
    }
    Stats {
        documents: documents.iter().map(|document| document.name.clone()).collect(),
        committees: committees(documents),
        sentences,
        labelled: labelled.len(),
        base,
        rules: figures,
    }
}

/// The committees of documents, each once.
#[must_use]
pub fn committees(documents: &[Document]) -> Vec<String> {
    let names: BTreeSet<String> = documents.iter().filter_map(|document| document.minutes.committee.clone()).collect();
    names.into_iter().collect()
}

/// Each rule's share of the time that matching all rules one by one takes. What every sentence costs, whatever the rules,
/// is left out.
#[must_use]
pub fn times(rules: &RuleSet, documents: &[Document], hints: &dyn Fn(&Minutes) -> Box<dyn Hints>) -> Vec<f64> {
    let mut scenes = Vec::new();
    for document in documents {
        let hints = hints(&document.minutes);
        for item in &document.minutes.items {
            scenes.push((ItemContext::of(&document.minutes, item), sentence_contexts(item, hints.as_ref())));
        }
    }
    let time = |rule: Option<usize>| {
        let run = || {
            let watch = Stopwatch::start();
            for (item, sentences) in &scenes {
                let _ = rules.score_alone(item, sentences, &crate::rules::NoHints, rule);
            }
            watch.seconds()
        };
        (0..TIMED_RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
    };
    let idle = time(None);
    let own: Vec<f64> = (0..rules.rules().len()).map(|rule| (time(Some(rule)) - idle).max(0.0)).collect();
    let sum: f64 = own.iter().sum();
    own.into_iter().map(|seconds| if sum > 0.0 { seconds / sum } else { 0.0 }).collect()
}

/// The sentences that each rule hits.
fn hits_of(rules: &RuleSet, documents: &[Document]) -> Vec<BTreeSet<(usize, EntryId)>> {
    let mut hits = vec![BTreeSet::new(); rules.rules().len()];
    for (at, document) in documents.iter().enumerate() {
        for trace in document.scored.sentences.traces.values() {
            for rule in hit_rules(trace) {
                if let Some(places) = hits.get_mut(rule) {
                    places.insert((at, trace.id));
                }
            }
        }
    }
    hits
}

/// The rules that hit a sentence, silenced ones left out.
pub(super) fn hit_rules(trace: &Trace) -> impl Iterator<Item = usize> {
    trace.hits.iter().filter(|hit| !matches!(hit.state, HitState::Silenced { .. })).map(|hit| hit.rule)
}

/// The first of the rules that share most with this one.
fn overlap(rules: &RuleSet, hits: &[BTreeSet<(usize, EntryId)>], index: usize) -> Option<Overlap> {
    let own = hits.get(index)?;
    let mut best: Option<(usize, f64)> = None;
    for (other, places) in hits.iter().enumerate().filter(|(other, _)| *other != index) {
        let both = own.intersection(places).count();
        let Some(jaccard) = ratio(both, own.len() + places.len() - both).filter(|jaccard| *jaccard > 0.0) else {
            continue;
        };
        if best.is_none_or(|(_, known)| jaccard > known) {
            best = Some((other, jaccard));
        }
    }
    best.and_then(|(other, jaccard)| Some(Overlap { rule: rules.rule(other)?.id.clone(), jaccard }))
}

fn letters(rules: &RuleSet, document: &Document, scored: &ScoredMeeting, audiences: &[Audience]) -> Letters {
    let built: Vec<Built> =
        audiences.iter().map(|audience| build(&document.minutes, rules, scored, audience)).collect();
    let figures = audiences.iter().zip(&built).map(|(audience, built)| {
        document.figures(scored, built, audience, rules.audience(&audience.id.0).unwrap_or(usize::MAX))
    });
    Letters { figures: figures.collect(), quoted: built.iter().map(quoted).collect() }
}

/// What the letters are without a rule. A rule that is switched off in the file changes nothing.
fn without(
    probe: &mut RuleSet,
    index: usize,
    documents: &[Document],
    audiences: &[Audience],
    before: &[Letters],
    score: ScoreBy<'_>,
) -> BTreeMap<String, Without> {
    let enabled = probe.rule(index).is_some_and(|rule| rule.enabled);
    probe.switch(index, false);
    let mut found: BTreeMap<String, Without> =
        audiences.iter().map(|audience| (audience.id.0.clone(), Without::default())).collect();
    let mut changes: BTreeMap<&str, (Mean, Mean)> = BTreeMap::new();
    for (document, before) in documents.iter().zip(before) {
        // Without a single hit, not even a silenced one, there is nothing to take away.
        let traces = &document.scored.sentences.traces;
        let hits = traces.values().any(|trace| trace.hits.iter().any(|hit| hit.rule == index));
        let after = if hits {
            let scored = score(probe, &document.minutes);
            letters(probe, document, &scored, audiences)
        } else {
            before.clone()
        };
        let weight = document.labels.as_ref().map_or(0, Vec::len);
        for (at, audience) in audiences.iter().enumerate() {
            let (Some(old), Some(new)) = (before.quoted.get(at), after.quoted.get(at)) else { continue };
            let name = |id: &EntryId| format!("{}:{id}", document.name);
            if let Some(without) = found.get_mut(&audience.id.0) {
                without.enter.extend(new.difference(old).map(name));
                without.leave.extend(old.difference(new).map(name));
            }
            if let (Some(Some(old)), Some(Some(new))) = (before.figures.get(at), after.figures.get(at)) {
                let (ndcg, mass) = changes.entry(&audience.id.0).or_default();
                ndcg.add(new.ndcg.zip(old.ndcg).map(|(new, old)| new - old), weight);
                mass.add(new.mass.zip(old.mass).map(|(new, old)| new - old), weight);
            }
        }
    }
    for (audience, (ndcg, mass)) in changes {
        if let Some(without) = found.get_mut(audience) {
            (without.ndcg, without.mass) = (ndcg.value(), mass.value());
        }
    }
    probe.switch(index, enabled);
    found
}

/// A mean of what there is, weighted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    sum: f64,
    weight: usize,
}

impl Mean {
    /// Adds a value, where there is one.
    pub(super) fn add(&mut self, value: Option<f64>, weight: usize) {
        if let Some(value) = value {
            self.sum += value * count(weight);
            self.weight += weight;
        }
    }

    /// The mean; none of nothing.
    pub(super) fn value(self) -> Option<f64> {
        (self.weight > 0).then(|| self.sum / count(self.weight))
    }
}

/// Numbers of sentences are small: nothing is lost in a float.
#[allow(clippy::cast_precision_loss)]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| count(part) / count(whole))
}
