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
pub(super) fn pairs(firsts: &[Numbered], seconds: &[Numbered], distance: Distance) -> Matches {
    let mut found = Matches::default();
    let longest = seconds.iter().map(|second| second.words.last - second.words.first).max().unwrap_or_default();
    for first in firsts {
        if let Some(second) = nearest(first, seconds, distance, longest) {
            found.push(&[first.spot, second.spot]);
        }
    }
    found
}

fn nearest<'s>(first: &Numbered, seconds: &'s [Numbered], distance: Distance, longest: usize) -> Option<&'s Numbered> {
    let Distance { within, forward, own } = distance;
    let belongs = |second: &Numbered| first.spot.sentence == own || second.spot.sentence == own;
    let from = seconds.partition_point(|second| second.words.first <= first.words.last);
    let ahead = seconds
        .get(from..)
        .unwrap_or_default()
        .iter()
        .map(|second| (second.words.first - first.words.last, second))
        .take_while(|(gap, _)| *gap <= within)
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
