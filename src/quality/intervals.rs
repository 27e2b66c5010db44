//! How far the figures of one document can be trusted: bootstrap intervals over its items.
//!
//! Sentences of one item rise and fall together (a reader who cares for the subject wants them all), so items are drawn
//! and not sentences; drawing sentences would give intervals half as wide as they are. The letter and the best letter stay
//! those of the whole document: what is asked is how much the figures hang on which items a meeting happens to have, and
//! not what a letter of other items would have been. So mass and must can exceed 1 in a draw.

use std::collections::BTreeSet;

use serde::Serialize;

use super::figures::{Figures, Marked, figures};
use super::random::Random;
use crate::minutes::ItemNumber;

/// Draws. More move no second digit.
const DRAWS: usize = 1_000;
/// Any number does, as long as it stays.
const SEED: u64 = 20_260_301;
/// Of a hundred draws, so many lie inside.
pub const INSIDE: usize = 95;

/// Both ends of an interval; none where there is nothing to draw from.
pub type Interval = Option<(f64, f64)>;

/// The intervals of the figures that have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Intervals {
    /// Quality of the whole ranking.
    #[serde(rename = "nDCG")]
    pub ndcg: Interval,
    /// Grades in the letter.
    pub mass: Interval,
    /// Must-haves in the letter.
    pub must: Interval,
    /// Picks that readers want.
    pub precision: Interval,
    /// Picks that no reader wants.
    pub junk: Interval,
}

/// The intervals of the figures of these sentences. A single item says nothing about others.
pub(super) fn intervals(marked: &[Marked]) -> Intervals {
    let numbers: BTreeSet<ItemNumber> = marked.iter().map(|sentence| sentence.item).collect();
    if numbers.len() < 2 {
        return Intervals::default();
    }
    let items: Vec<Vec<Marked>> = numbers
        .iter()
        .map(|number| marked.iter().filter(|sentence| sentence.item == *number).copied().collect())
        .collect();
    let mut random = Random(SEED);
    let draws: Vec<Figures> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<Marked> =
                (0..items.len()).filter_map(|_| items.get(random.below(items.len()))).flatten().copied().collect();
            figures(&drawn)
        })
        .collect();
    let of = |figure: &dyn Fn(&Figures) -> Option<f64>| ends(draws.iter().filter_map(figure).collect());
    let junk = |figures: &Figures| u32::try_from(figures.junk).ok().map(f64::from);
    Intervals {
        ndcg: of(&|figures| figures.ndcg),
        mass: of(&|figures| figures.mass),
        must: of(&|figures| figures.must),
        precision: of(&|figures| figures.precision),
        junk: of(&junk),
    }
}

/// The ends between which the middle values lie.
fn ends(mut values: Vec<f64>) -> Interval {
    values.sort_by(f64::total_cmp);
    let outside = values.len() * (100 - INSIDE) / 200;
    Some((*values.get(outside)?, *values.get(values.len().checked_sub(1 + outside)?)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::digest::Role;

    fn sentence(item: u32, grade: f64, score: i32, quoted: bool) -> Marked {
        Marked {
            item: ItemNumber(item),
            grade,
            words: 10,
            private: false,
            score: Some(score),
            role: quoted.then_some(Role::Pick),
            in_best: grade >= 1.0,
            in_most: grade >= 1.5,
        }
    }

    #[test]
    fn an_interval_holds_its_figure_and_is_the_same_every_time() {
        let marked: Vec<Marked> = (0..12)
            .flat_map(|item| [sentence(item, 2.0, 9, item % 3 > 0), sentence(item, 0.0, 5, item % 2 > 0)])
            .collect();
        let (whole, found) = (figures(&marked), intervals(&marked));
        let (low, high) = found.precision.unwrap();
        let precision = whole.precision.unwrap();
        assert!(low < precision && precision < high, "{low} {precision} {high}");
        let (low, high) = found.mass.unwrap();
        assert!(low < whole.mass.unwrap() && whole.mass.unwrap() < high);
        assert_eq!(found, intervals(&marked));
    }

    #[test]
    fn items_that_are_alike_leave_no_doubt_and_one_item_leaves_all_of_it() {
        let alike: Vec<Marked> = (0..5).map(|item| sentence(item, 2.0, 9, true)).collect();
        assert_eq!(intervals(&alike).mass, Some((1.0, 1.0)));
        let one: Vec<Marked> = alike.into_iter().take(1).collect();
        assert_eq!(intervals(&one), Intervals::default());
    }

    #[test]
    fn the_middle_of_two_hundred_values_leaves_five_out_at_each_end() {
        assert_eq!(ends((0..200).map(f64::from).collect()), Some((5.0, 194.0)));
        assert_eq!(ends(Vec::new()), None);
    }
}
