//! Sentences that say the same, by the words they share.
//!
//! Words that many sentences of the meeting have say little, so each is weighed by how few have it. What two sentences
//! share is measured against the shorter one: a short sentence that a longer one says too is worth nothing beside it.
//! Whole numbers throughout, so that the same minutes give the same letter everywhere.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::units::unit;
use crate::language::topic::Topic;

/// Two candidates that say the same in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Similar {
    /// The earlier one, by place.
    pub first: usize,
    /// The later one.
    pub second: usize,
    /// What they share, in thousandths.
    pub share: u32,
}

/// Below this share two sentences are about the same matter and say different things of it.
const LEAST_SHARE: u32 = 600;
/// Sentences with fewer words that carry meaning are too thin to compare.
const LEAST_WORDS: usize = 4;

/// All pairs alike among the candidates that may be picks. `topics` are theirs, in the same order. A sentence repeats words
/// of the one it needs: that is one statement in two sentences and no repetition.
pub(super) fn similar(candidates: &[Candidate], topics: &[Topic], least_score: i32) -> Vec<Similar> {
    let mut texts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in topics.iter().flat_map(Topic::words) {
        *texts.entry(word).or_default() += 1;
    }
    let weight = |word: &str| 1_000 / texts.get(word).copied().unwrap_or(1).max(1);
    let picks: Vec<(usize, &Topic, u32)> = candidates
        .iter()
        .zip(topics)
        .enumerate()
        .filter(|(_, (candidate, topic))| {
            candidate.score >= least_score && !candidate.is_lead_in && topic.words().count() >= LEAST_WORDS
        })
        .map(|(index, (_, topic))| (index, topic, topic.words().map(weight).sum()))
        .collect();
    let mut pairs = Vec::new();
    for (place, (first, topic, whole)) in picks.iter().enumerate() {
        for (second, other, other_whole) in picks.iter().skip(place + 1) {
            let shared: u32 = topic.words().filter(|word| other.has(word)).map(weight).sum();
            let share = shared * 1_000 / (*whole.min(other_whole)).max(1);
            if share >= LEAST_SHARE
                && !unit(candidates, *first).contains(second)
                && !unit(candidates, *second).contains(first)
            {
                pairs.push(Similar { first: *first, second: *second, share: share.min(1_000) });
            }
        }
    }
    pairs
}
