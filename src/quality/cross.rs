//! Cross-validated figures of rules that people wrote.
//!
//! Rules have no training that could be repeated on a part of the items, so what is held out must be taken away from the
//! rules instead. The labelled items are dealt at random into folds, and of each fold it is asked what the rules would
//! have known without it. Two answers, both by what hits in the *other* items:
//!
//! - `rules`: a rule that adds to the score takes part only if it hits there at all. One that knows nothing but the held-out
//!   text would not have been written without it.
//! - `words`: stricter. Of a rule that looks for words, a hit counts only if that rule finds the same word there, in any
//!   form. A rule is rarely written for one sentence, but its list of words is often lengthened for one; and this also takes
//!   away words that anyone would have thought of, so it says too little rather than too much.
//!
//! The truth for minutes of the same committee lies between the two. What no split can take away: the weights were set with
//! all items in view, and all items come from the committees that are named beside the figures. Rules that withhold
//! or lean always take part; they guard the letter and do not rank it.
//!
//! A fold is smaller than a document, and rankings of few sentences are easier. So the figures of all rules on the same
//! folds stand beside them; only those compare.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::corpus::{Document, figures};
use super::labels::Label;
use super::random::Random;
use super::stats::{Mean, committees, count, hit_rules};
use crate::digest::{Audience, ScoredMeeting, build, build_part};
use crate::minutes::ItemNumber;
use crate::rules::{Hit, RuleSet, ScoredMinutes, Trace};
use crate::text::fold::fold_text;
use crate::text::stem::Inflection;
use crate::text::words::words;

/// What the rules may know of the held-out items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Knowledge {
    /// Everything, on whole documents.
    Whole,
    /// Everything, on the folds.
    Fitted,
    /// Rules that hit elsewhere too.
    Rules,
    /// Words that the rule finds elsewhere too.
    Words,
}

impl Knowledge {
    /// From the most to the least.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Fitted, Self::Rules, Self::Words];
}

/// A figure over the seeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: Option<f64>,
    /// The standard deviation; none for a single value.
    pub deviation: Option<f64>,
    /// The least.
    pub least: Option<f64>,
    /// The greatest.
    pub most: Option<f64>,
}

/// The figures of one audience.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The audience.
    pub audience: String,
    /// What the rules knew.
    pub knowledge: Knowledge,
    /// Quality of the ranking.
    #[serde(rename = "nDCG")]
    pub ndcg: Spread,
    /// Grades in the letter against the best letter of that length.
    pub mass: Spread,
    /// Must-haves among those that would fit.
    pub must: Spread,
    /// Picks that readers want.
    pub precision: Spread,
}

/// All figures.
#[derive(Clone, Debug, Serialize)]
pub struct Cross {
    /// Parts the items are dealt into.
    pub folds: usize,
    /// How often they are dealt.
    pub seeds: u64,
    /// Labelled items.
    pub items: usize,
    /// Labelled sentences.
    pub sentences: usize,
    /// The committees they come from.
    pub committees: Vec<String>,
    /// The figures.
    pub rows: Vec<Row>,
}

/// What is known of one labelled item.
struct Known {
    document: usize,
    item: ItemNumber,
    rules: BTreeSet<usize>,
    words: BTreeSet<(usize, String)>,
}

/// The four figures of one split, or of several together.
type Four = [Mean; 4];

/// Measures with the labelled items of all documents dealt into `folds` parts, once for each seed from 1.
#[must_use]
pub fn cross(
    rules: &RuleSet,
    documents: &[Document],
    audiences: &[Audience],
    inflection: &Inflection,
    folds: usize,
    seeds: u64,
) -> Cross {
    let known: Vec<Known> = known(rules, documents, inflection);
    let mut samples: BTreeMap<(usize, Knowledge), Vec<Four>> = BTreeMap::new();
    for (at, audience) in audiences.iter().enumerate() {
        samples.insert((at, Knowledge::Whole), vec![whole(rules, documents, audience)]);
    }
    for seed in 1..=seeds {
        let dealt = deal(known.len(), folds, seed);
        let mut sums: BTreeMap<(usize, Knowledge), Four> = BTreeMap::new();
        for fold in 0..folds {
            let (held, others): (Vec<usize>, Vec<usize>) =
                (0..known.len()).partition(|item| dealt.get(*item) == Some(&fold));
            let seen = |place: &usize| known.get(*place);
            let rules_seen: BTreeSet<usize> =
                others.iter().filter_map(seen).flat_map(|known| known.rules.clone()).collect();
            let words_seen: BTreeSet<(usize, String)> =
                others.iter().filter_map(seen).flat_map(|known| known.words.clone()).collect();
            for (place, document) in documents.iter().enumerate() {
                let items: BTreeSet<ItemNumber> = held
                    .iter()
                    .filter_map(seen)
                    .filter(|known| known.document == place)
                    .map(|known| known.item)
                    .collect();
                let part = Part { rules, document, items: &items };
                for knowledge in [Knowledge::Fitted, Knowledge::Rules, Knowledge::Words] {
                    let scored = part.score(|trace, hit| match knowledge {
                        Knowledge::Whole | Knowledge::Fitted => true,
                        _ if !rules.is_weighted(hit.rule) => true,
                        _ if !rules_seen.contains(&hit.rule) => false,
                        Knowledge::Rules => true,
                        Knowledge::Words => is_known(rules, trace, hit, &words_seen, inflection),
                    });
                    for (at, audience) in audiences.iter().enumerate() {
                        part.measure(&scored, audience, sums.entry((at, knowledge)).or_default());
                    }
                }
            }
        }
        for (key, sum) in sums {
            samples.entry(key).or_default().push(sum);
        }
    }
    let sentences = documents.iter().map(|document| document.labels.as_ref().map_or(0, Vec::len)).sum();
    let rows = samples.iter().filter_map(|((at, knowledge), samples)| row(audiences.get(*at)?, *knowledge, samples));
    Cross { folds, seeds, items: known.len(), sentences, committees: committees(documents), rows: rows.collect() }
}

/// Every labelled item, with what hits in it.
fn known(rules: &RuleSet, documents: &[Document], inflection: &Inflection) -> Vec<Known> {
    let mut all = Vec::new();
    for (document, found) in documents.iter().enumerate() {
        let mut items: BTreeMap<ItemNumber, Known> = BTreeMap::new();
        for id in found.labelled().into_keys() {
            let item = id.item;
            let known = items.entry(item).or_insert_with(|| Known {
                document,
                item,
                rules: BTreeSet::new(),
                words: BTreeSet::new(),
            });
            let Some(trace) = found.scored.trace(id) else { continue };
            known.rules.extend(hit_rules(trace));
            for hit in trace.hits.iter().filter(|hit| rules.is_about_words(hit.rule)) {
                known.words.extend(keys(trace, hit, inflection).map(|key| (hit.rule, key)));
            }
        }
        all.extend(items.into_values());
    }
    all
}

/// The words of a hit, each match by the keys of its words, any digits alike.
fn keys<'t>(trace: &'t Trace, hit: &'t Hit, inflection: &'t Inflection) -> impl Iterator<Item = String> + 't {
    hit.words.iter().map(move |span| {
        let keys: Vec<String> = words(span.of(&trace.text)).iter().map(|word| inflection.key(&word.folded)).collect();
        let joined = if keys.is_empty() { fold_text(span.of(&trace.text)) } else { keys.join(" ") };
        joined.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
    })
}

/// Whether the rule finds these words elsewhere too: all of a pair, any of phrases that it may choose from.
fn is_known(
    rules: &RuleSet,
    trace: &Trace,
    hit: &Hit,
    seen: &BTreeSet<(usize, String)>,
    inflection: &Inflection,
) -> bool {
    if !rules.is_about_words(hit.rule) {
        return true;
    }
    let mut found = keys(trace, hit, inflection).map(|key| seen.contains(&(hit.rule, key)));
    if rules.needs_every_word(hit.rule) { found.all(|known| known) } else { found.any(|known| known) }
}

/// The held-out items of one document.
struct Part<'p> {
    rules: &'p RuleSet,
    document: &'p Document,
    items: &'p BTreeSet<ItemNumber>,
}

impl Part<'_> {
    fn score(&self, keep: impl Fn(&Trace, &Hit) -> bool) -> ScoredMeeting {
        let traces = self.document.scored.sentences.traces.iter();
        let traces = traces
            .filter(|(id, _)| self.items.contains(&id.item))
            .map(|(id, trace)| (*id, self.rules.recount(trace, &|hit| keep(trace, hit))))
            .collect();
        ScoredMeeting {
            sentences: ScoredMinutes { traces },
            topics: self.document.scored.topics.clone(),
            hints: self.document.scored.hints.clone(),
        }
    }

    /// Adds the figures of the letter of these items, with as much room as their share of the document.
    fn measure(&self, scored: &ScoredMeeting, audience: &Audience, sums: &mut Four) {
        let all = self.document.labels.as_deref().unwrap_or_default();
        let own: Vec<Label> = all.iter().filter(|label| self.items.contains(&label.item)).cloned().collect();
        let length = |labels: &[Label]| labels.iter().map(|label| label.text.split_whitespace().count()).sum::<usize>();
        let Some(budget) = (audience.words * length(&own)).checked_div(length(all)) else { return };
        let audience = Audience { words: budget, ..audience.clone() };
        let place = self.rules.audience(&audience.id.0).unwrap_or(usize::MAX);
        let built = build_part(&self.document.minutes, self.rules, scored, &audience, self.items);
        let found = figures(&own, &self.document.minutes, scored, &built, &audience, place);
        add(sums, &found, own.len());
    }
}

fn whole(rules: &RuleSet, documents: &[Document], audience: &Audience) -> Four {
    let mut sums = Four::default();
    let place = rules.audience(&audience.id.0).unwrap_or(usize::MAX);
    for document in documents {
        let built = build(&document.minutes, rules, &document.scored, audience);
        if let Some(figures) = document.figures(&document.scored, &built, audience, place) {
            add(&mut sums, &figures, document.labels.as_ref().map_or(0, Vec::len));
        }
    }
    sums
}

fn add(sums: &mut Four, figures: &super::figures::Figures, weight: usize) {
    for (sum, value) in sums.iter_mut().zip([figures.ndcg, figures.mass, figures.must, figures.precision]) {
        sum.add(value, weight);
    }
}

fn row(audience: &Audience, knowledge: Knowledge, samples: &[Four]) -> Option<Row> {
    let spread = |at: usize| spread(samples.iter().filter_map(|four| four.get(at)?.value()).collect());
    (!samples.is_empty()).then(|| Row {
        audience: audience.id.0.clone(),
        knowledge,
        ndcg: spread(0),
        mass: spread(1),
        must: spread(2),
        precision: spread(3),
    })
}

fn spread(values: Vec<f64>) -> Spread {
    if values.is_empty() {
        return Spread::default();
    }
    let mean = values.iter().sum::<f64>() / count(values.len());
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Spread {
        mean: Some(mean),
        deviation: (values.len() > 1).then(|| (squares / count(values.len() - 1)).sqrt()),
        least: values.iter().copied().reduce(f64::min),
        most: values.iter().copied().reduce(f64::max),
    }
}

/// The fold of each item: shuffled, then dealt in turn, so that folds differ by one item at most.
fn deal(items: usize, folds: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items).collect();
    let mut random = Random(seed);
    for last in (1..items).rev() {
        order.swap(last, random.below(last + 1));
    }
    let mut dealt = vec![0; items];
    for (turn, item) in order.into_iter().enumerate() {
        if let Some(fold) = dealt.get_mut(item) {
            *fold = turn % folds.max(1);
        }
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_held_out_once_and_folds_are_alike() {
        for seed in 1..20 {
            let dealt = deal(17, 5, seed);
            let sizes: Vec<usize> = (0..5).map(|fold| dealt.iter().filter(|own| **own == fold).count()).collect();
            assert_eq!(sizes.iter().sum::<usize>(), 17);
            assert!(sizes.iter().all(|size| (3..=4).contains(size)), "{sizes:?}");
        }
        assert_ne!(deal(17, 5, 1), deal(17, 5, 2));
    }

    #[test]
    fn the_spread_of_one_value_is_none() {
        assert_eq!(spread(vec![0.5]).deviation, None);
        assert_eq!(spread(vec![1.0, 3.0]).deviation, Some(2.0_f64.sqrt()));
    }
}
