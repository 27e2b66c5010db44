//! Two things at most so many words apart.

use super::matches::{Matches, Spot};
use crate::text::phrases::WordRange;

/// A spot with the numbers of its words, counted through the unit.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    pub spot: Spot,
    pub words: WordRange,
}

/// What makes a pair.
#[derive(Clone, Copy)]
pub(super) struct Distance {
    /// Words from the end of one to the beginning of the other, at most.
    pub within: usize,
    /// Whether the second must stand behind the first.
    pub forward: bool,
    /// The sentence in which one of the two must stand: a pair that stands in the sentence before belongs to that one.
    pub own: usize,
}

/// Each of `firsts` with the nearest of `seconds` that is near enough; of two as near, the one that stands first. Both in
/// order.
///
/// Only the words within reach are looked at, so a word that a text repeats a hundred thousand times costs no square.
pub(super) fn pairs(firsts: &[Numbered], seconds: &[Numbered], barriers: &[Numbered], distance: Distance) -> Matches {
    let mut found = Matches::default();
    let longest =
        |all: &[Numbered]| all.iter().map(|each| each.words.last - each.words.first).max().unwrap_or_default();
    let (longest_second, longest_barrier) = (longest(seconds), longest(barriers));
    for first in firsts {
        let open = Gap::around(first, barriers, distance.within, longest_barrier);
        if let Some(second) = nearest(first, seconds, open, distance, longest_second) {
            found.push(&[first.spot, second.spot]);
        }
    }
    found
}

/// How far one may look from a spot before a barrier stands in the way, as numbers of words, both still to be reached.
#[derive(Clone, Copy)]
struct Gap {
    from: usize,
    to: usize,
}

impl Gap {
    /// `longest` is how many words the longest barrier has beside its first. A barrier out of reach stands in nobody's way,
    /// so only those within reach are looked at.
    fn around(first: &Numbered, barriers: &[Numbered], within: usize, longest: usize) -> Self {
        let behind = barriers.partition_point(|barrier| barrier.words.first < first.words.first);
        let near = barriers.get(..behind).unwrap_or_default().iter().rev();
        let near = near.take_while(|barrier| barrier.words.first + longest + within >= first.words.first);
        let ahead = barriers.partition_point(|barrier| barrier.words.first <= first.words.last);
        Self {
            from: near.map(|barrier| barrier.words.last).filter(|last| *last < first.words.first).max().unwrap_or(0),
            to: barriers.get(ahead).map_or(usize::MAX, |barrier| barrier.words.first),
        }
    }
}

fn nearest<'s>(
    first: &Numbered,
    seconds: &'s [Numbered],
    open: Gap,
    distance: Distance,
    longest: usize,
) -> Option<&'s Numbered> {
    let Distance { within, forward, own } = distance;
    let belongs = |second: &Numbered| first.spot.sentence == own || second.spot.sentence == own;
    let from = seconds.partition_point(|second| second.words.first <= first.words.last);
    let ahead = seconds
        .get(from..)
        .unwrap_or_default()
        .iter()
        .map(|second| (second.words.first - first.words.last, second))
        .take_while(|(gap, second)| *gap <= within && second.words.first <= open.to)
        .find(|(_, second)| belongs(second));
    if forward {
        return ahead.map(|(_, second)| second);
    }
    let to = seconds.partition_point(|second| second.words.first < first.words.first);
    let mut behind: Option<(usize, &Numbered)> = None;
    for second in seconds.get(..to).unwrap_or_default().iter().rev() {
        // What begins further back ends out of reach, however long it is.
        if second.words.first + longest + within < first.words.first {
            break;
        }
        let gap = first.words.first.checked_sub(second.words.last).filter(|gap| *gap > 0 && *gap <= within);
        let gap = gap.filter(|_| second.words.last >= open.from);
        if let Some(gap) = gap.filter(|gap| belongs(second) && behind.is_none_or(|(best, _)| *gap <= best)) {
            behind = Some((gap, second));
        }
    }
    match (behind, ahead) {
        (Some((back, second)), Some((fore, _))) if back <= fore => Some(second),
        (Some((_, second)), None) => Some(second),
        (_, ahead) => ahead.map(|(_, second)| second),
    }
}
