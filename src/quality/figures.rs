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

/// A labelled sentence with what was made of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked {
    pub item: ItemNumber,
    /// What readers of the audience gave it.
    pub grade: f64,
    pub words: usize,
    /// A reader marked it as private.
    pub private: bool,
    /// None where the ranking does not have it.
    pub score: Option<i32>,
    /// None where the letter does not quote it.
    pub role: Option<Role>,
    /// In the letter with the highest grades that fits the budget.
    pub in_best: bool,
    /// In the letter with the most must-haves that fits the budget.
    pub in_most: bool,
}

impl Marked {
    /// A sentence that a letter should not be without.
    pub fn is_must(&self) -> bool {
        self.grade >= MUST
    }

    pub fn is_pick(&self) -> bool {
        self.role == Some(Role::Pick)
    }

    pub fn is_wanted(&self) -> bool {
        self.grade >= WANTED
    }

    pub fn is_junk(&self) -> bool {
        self.grade < JUNK
    }
}

/// The labels with the places that ranking and letter give them.
#[must_use]
pub(super) fn marked(
    labels: &[Label],
    audience: &str,
    ranking: &[Ranked],
    letter: &[Quoted],
    budget: usize,
) -> Vec<Marked> {
    let scores: BTreeMap<(ItemNumber, String), i32> =
        ranking.iter().map(|(item, text, score)| ((*item, key(text)), *score)).collect();
    // Where the minutes say the same twice under one item, the last label is the one that counts.
    let places: BTreeMap<(ItemNumber, String), usize> =
        labels.iter().enumerate().map(|(index, label)| ((label.item, key(&label.text)), index)).collect();
    let mut roles: BTreeMap<usize, Role> = BTreeMap::new();
    for (item, text, role) in letter {
        if let Some(place) = places.get(&(*item, key(text))) {
            roles.insert(*place, *role);
        }
    }
    let grade = |label: &Label| label.grades.get(audience).copied().unwrap_or_default();
    let grades: Vec<f64> = labels.iter().map(grade).collect();
    let words: Vec<usize> = labels.iter().map(|label| label.text.split_whitespace().count()).collect();
    let musts: Vec<f64> = grades.iter().map(|grade| f64::from(u8::from(*grade >= MUST))).collect();
    let (best, most) = (knapsack(&grades, &words, budget), knapsack(&musts, &words, budget));
    labels
        .iter()
        .enumerate()
        .map(|(index, label)| Marked {
            item: label.item,
            grade: grade(label),
            words: label.text.split_whitespace().count(),
            private: label.private,
            score: scores.get(&(label.item, key(&label.text))).copied(),
            role: roles.get(&index).copied(),
            in_best: best.contains(&index),
            in_most: most.contains(&index),
        })
        .collect()
}

/// The figures of labelled sentences.
pub(super) fn figures(marked: &[Marked]) -> Figures {
    let count = |is: &dyn Fn(&Marked) -> bool| marked.iter().filter(|sentence| is(sentence)).count();
    let grades = |is: &dyn Fn(&Marked) -> bool| -> f64 {
        // Summing nothing would give −0, which people would read.
        marked.iter().filter(|sentence| is(sentence)).fold(0.0, |sum, sentence| sum + sentence.grade)
    };
    let (best, most) = (grades(&|sentence| sentence.in_best), count(&|sentence| sentence.in_most));
    let picks = count(&Marked::is_pick);
    let quoted = |sentence: &Marked| sentence.role.is_some();
    Figures {
        ndcg: ndcg(marked),
        mass: (best > 0.0).then(|| grades(&quoted) / best),
        must: (most > 0).then(|| ratio(count(&|sentence| quoted(sentence) && sentence.is_must()), most)),
        precision: (picks > 0).then(|| ratio(count(&|sentence| sentence.is_pick() && sentence.is_wanted()), picks)),
        junk: count(&|sentence| sentence.is_pick() && sentence.is_junk()),
        junk_other: count(&|sentence| quoted(sentence) && !sentence.is_pick() && sentence.is_junk()),
        private: count(&|sentence| quoted(sentence) && sentence.private),
        words: marked.iter().filter(|sentence| quoted(sentence)).map(|sentence| sentence.words).sum(),
        missing: count(&|sentence| sentence.score.is_none()),
    }
}

/// Numbers of sentences are small: nothing is lost in a float.
#[allow(clippy::cast_precision_loss)]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Discounted gain of the ranking against the ideal one; sentences with equal scores share the mean gain of their places,
/// sentences without a score share the last.
fn ndcg(marked: &[Marked]) -> Option<f64> {
    let gain = |sentence: &Marked| sentence.grade.exp2() - 1.0;
    let mut order: Vec<&Marked> = marked.iter().collect();
    order.sort_by_key(|sentence| std::cmp::Reverse(sentence.score));
    let mut gains: Vec<f64> = Vec::with_capacity(order.len());
    for tied in order.chunk_by(|a, b| a.score == b.score) {
        let sum: f64 = tied.iter().map(|sentence| gain(sentence)).sum();
        gains.extend(std::iter::repeat_n(sum / ratio(tied.len(), 1), tied.len()));
    }
    let discounted = |gains: &[f64]| -> f64 {
        gains.iter().enumerate().map(|(place, gain)| gain / ratio(place + 2, 1).log2()).sum()
    };
    let mut ideal: Vec<f64> = marked.iter().map(gain).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best = discounted(&ideal);
    (best > 0.0).then(|| discounted(&gains) / best)
}

/// The places of the values with the best sum whose weights fit the budget.
fn knapsack(values: &[f64], weights: &[usize], budget: usize) -> BTreeSet<usize> {
    let mut best = vec![0.0_f64; budget + 1];
    // For each value, at which room it was worth taking.
    let mut taken: Vec<Vec<bool>> = Vec::with_capacity(values.len());
    for (value, weight) in values.iter().zip(weights) {
        let mut row = vec![false; budget + 1];
        for room in (*weight..=budget).rev().filter(|_| *value > 0.0) {
            let with = best.get(room - weight).copied().unwrap_or_default() + value;
            if let (Some(slot), Some(mark)) = (best.get_mut(room).filter(|slot| with > **slot), row.get_mut(room)) {
                (*slot, *mark) = (with, true);
            }
        }
        taken.push(row);
    }
    let (mut room, mut chosen) = (budget, BTreeSet::new());
    for (index, (row, weight)) in taken.iter().zip(weights).enumerate().rev() {
        if row.get(room).copied().unwrap_or_default() {
            chosen.insert(index);
            room -= weight;
        }
    }
    chosen
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn measure(labels: &[Label], ranking: &[Ranked], letter: &[Quoted]) -> Figures {
        figures(&marked(labels, "alle", ranking, letter, 5))
    }

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
        let found = measure(&labels, &ranking, &letter);
        assert_eq!(
            (found.ndcg, found.mass, found.must, found.precision, found.junk),
            (Some(1.0), Some(1.0), Some(1.0), Some(1.0), 0)
        );
    }

    #[test]
    fn equal_scores_share_their_places_and_missing_ones_come_last() {
        let labels = [label(1, "a", 2.0), label(1, "b", 0.0)];
        let tied: Vec<Ranked> = vec![(ItemNumber(1), "a".into(), 1), (ItemNumber(1), "b".into(), 1)];
        let found = measure(&labels, &tied, &[]).ndcg.unwrap();
        assert!((found - (1.5 + 1.5 / 3.0_f64.log2()) / 3.0).abs() < 1e-12, "{found}");
        assert_eq!(measure(&labels, &[], &[]).missing, 2);
    }
}
