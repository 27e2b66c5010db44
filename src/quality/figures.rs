//! The figures of a ranking and a letter, as the readers' labels give them.
//!
//! The definitions are those of the shared measuring script, so that both print the same numbers: nDCG with gains
//! 2^grade − 1 and tied places shared; mass, the grades in the letter against the most that fits the budget; must, the same
//! for sentences of grade 1.5 and more; precision and junk over the picks alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::labels::{Label, key};
use crate::digest::Role;
use crate::minutes::ItemNumber;

/// A sentence of the ranking: its item, its text and its score.
pub type Ranked = (ItemNumber, String, i32);
/// A sentence of the letter: its item, its text and why it is there.
pub type Quoted = (ItemNumber, String, Role);

/// Figures of one document for one audience; none where there is nothing to measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Quality of the whole ranking.
    #[serde(rename = "nDCG")]
    pub ndcg: Option<f64>,
    /// Grades in the letter against the best letter of the same length.
    pub mass: Option<f64>,
    /// Must-haves in the letter against the most that fit.
    pub must: Option<f64>,
    /// Share of the picks that readers want.
    pub precision: Option<f64>,
    /// Picks that no reader wants.
    pub junk: usize,
    /// Context and story sentences that no reader wants.
    pub junk_other: usize,
    /// Sentences in the letter that readers marked as private.
    pub private: usize,
    /// Words of the quoted sentences that are labelled.
    pub words: usize,
    /// Labelled sentences that the ranking does not have.
    pub missing: usize,
}

const MUST: f64 = 1.5;
const WANTED: f64 = 1.0;
const JUNK: f64 = 0.5;

/// Measures a ranking and the letter made of it.
#[must_use]
pub fn measure(labels: &[Label], audience: &str, ranking: &[Ranked], letter: &[Quoted], budget: usize) -> Figures {
    let scores: BTreeMap<(ItemNumber, String), i32> =
        ranking.iter().map(|(item, text, score)| ((*item, key(text)), *score)).collect();
    let places: BTreeMap<(ItemNumber, String), usize> =
        labels.iter().enumerate().map(|(index, label)| ((label.item, key(&label.text)), index)).collect();
    let grade: Vec<f64> = labels.iter().map(|label| label.grades.get(audience).copied().unwrap_or_default()).collect();
    let words: Vec<usize> = labels.iter().map(|label| label.text.split_whitespace().count()).collect();
    let score: Vec<Option<i32>> =
        labels.iter().map(|label| scores.get(&(label.item, key(&label.text))).copied()).collect();
    let mut roles: BTreeMap<usize, Role> = BTreeMap::new();
    for (item, text, role) in letter {
        if let Some(place) = places.get(&(*item, key(text))) {
            roles.insert(*place, *role);
        }
    }
    let at = |values: &[f64], index: &usize| values.get(*index).copied().unwrap_or_default();
    let picks: Vec<usize> = roles.iter().filter(|(_, role)| **role == Role::Pick).map(|(index, _)| *index).collect();
    let others: Vec<usize> = roles.iter().filter(|(_, role)| **role != Role::Pick).map(|(index, _)| *index).collect();
    let must: BTreeSet<usize> =
        grade.iter().enumerate().filter(|(_, grade)| **grade >= MUST).map(|(index, _)| index).collect();
    let must_values: Vec<f64> = (0..labels.len()).map(|index| f64::from(u8::from(must.contains(&index)))).collect();
    let (best_mass, most_must) = (knapsack(&grade, &words, budget), knapsack(&must_values, &words, budget));
    let junk = |places: &[usize]| places.iter().filter(|index| at(&grade, index) < JUNK).count();
    Figures {
        ndcg: ndcg(&grade, &score),
        mass: (best_mass > 0.0).then(|| roles.keys().map(|index| at(&grade, index)).sum::<f64>() / best_mass),
        must: (most_must > 0.0)
            .then(|| ratio(roles.keys().filter(|index| must.contains(index)).count(), 1) / most_must),
        precision: (!picks.is_empty())
            .then(|| ratio(picks.iter().filter(|index| at(&grade, index) >= WANTED).count(), picks.len())),
        junk: junk(&picks),
        junk_other: junk(&others),
        private: roles.keys().filter(|index| labels.get(**index).is_some_and(|label| label.private)).count(),
        words: roles.keys().filter_map(|index| words.get(*index)).sum(),
        missing: score.iter().filter(|score| score.is_none()).count(),
    }
}

/// Numbers of sentences are small: nothing is lost in a float.
#[allow(clippy::cast_precision_loss)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Discounted gain of the ranking against the ideal one; sentences with equal scores share the mean gain of their places,
/// sentences without a score share the last.
fn ndcg(grades: &[f64], scores: &[Option<i32>]) -> Option<f64> {
    let gain = |grade: f64| grade.exp2() - 1.0;
    let mut order: Vec<usize> = (0..grades.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(scores.get(*index).copied().flatten()));
    let mut gains: Vec<f64> = Vec::with_capacity(order.len());
    for tied in order.chunk_by(|a, b| scores.get(*a) == scores.get(*b)) {
        let sum: f64 = tied.iter().filter_map(|index| grades.get(*index)).map(|grade| gain(*grade)).sum();
        gains.extend(std::iter::repeat_n(sum / ratio(tied.len(), 1), tied.len()));
    }
    let discounted = |gains: &[f64]| -> f64 {
        gains.iter().enumerate().map(|(place, gain)| gain / ratio(place + 2, 1).log2()).sum()
    };
    let mut ideal: Vec<f64> = grades.iter().map(|grade| gain(*grade)).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best = discounted(&ideal);
    (best > 0.0).then(|| discounted(&gains) / best)
}

/// The best sum of values whose weights fit the budget.
fn knapsack(values: &[f64], weights: &[usize], budget: usize) -> f64 {
    let mut best = vec![0.0_f64; budget + 1];
    for (value, weight) in values.iter().zip(weights).filter(|(value, weight)| **value > 0.0 && **weight <= budget) {
        for room in (*weight..=budget).rev() {
            let with = best.get(room - weight).copied().unwrap_or_default() + value;
            if let Some(slot) = best.get_mut(room).filter(|slot| with > **slot) {
                *slot = with;
            }
        }
    }
    best.last().copied().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn label(item: u32, text: &str, grade: f64) -> Label {
        Label {
            item: ItemNumber(item),
            text: text.into(),
            grades: BTreeMap::from([("alle".into(), grade)]),
            private: false,
        }
    }

    #[test]
    fn a_perfect_ranking_and_letter_have_full_marks() {
        let labels = [label(1, "et to tre", 2.0), label(1, "fire fem", 1.0), label(2, "seks", 0.0)];
        let ranking: Vec<Ranked> = vec![
            (ItemNumber(1), "et to tre".into(), 9),
            (ItemNumber(1), "fire fem".into(), 5),
            (ItemNumber(2), "seks".into(), 0),
        ];
        let letter =
            [(ItemNumber(1), "et to tre".to_owned(), Role::Pick), (ItemNumber(1), "fire fem".to_owned(), Role::Pick)];
        let found = measure(&labels, "alle", &ranking, &letter, 5);
        assert_eq!(
            (found.ndcg, found.mass, found.must, found.precision, found.junk),
            (Some(1.0), Some(1.0), Some(1.0), Some(1.0), 0)
        );
    }

    #[test]
    fn equal_scores_share_their_places_and_missing_ones_come_last() {
        let labels = [label(1, "a", 2.0), label(1, "b", 0.0)];
        let tied: Vec<Ranked> = vec![(ItemNumber(1), "a".into(), 1), (ItemNumber(1), "b".into(), 1)];
        let found = measure(&labels, "alle", &tied, &[], 5).ndcg.unwrap();
        assert!((found - (1.5 + 1.5 / 3.0_f64.log2()) / 3.0).abs() < 1e-12, "{found}");
        assert_eq!(measure(&labels, "alle", &[], &[], 5).missing, 2);
    }
}
