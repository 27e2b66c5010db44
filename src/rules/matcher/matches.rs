//! The matches of one rule in one sentence, and how many of them count.

use super::super::analysis::Found;
use crate::text::Span;

/// Something found, with the sentence of the unit it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Place in the unit; the sentence itself is the last.
    pub sentence: usize,
    pub found: Found,
}

/// What a rule found, time after time, each the spots that made it hit once. Kept flat: a match is mostly one spot.
#[derive(Clone, Debug, Default)]
pub(super) struct Matches {
    spots: Vec<Spot>,
    /// For each match, where its spots end; none where each spot is a match.
    ends: Option<Vec<usize>>,
}

impl Matches {
    /// Each spot as a match of its own.
    pub(super) fn singles(spots: Vec<Spot>) -> Self {
        Self { spots, ends: None }
    }

    pub(super) fn push(&mut self, spots: &[Spot]) {
        let singles = self.spots.len();
        self.spots.extend_from_slice(spots);
        match &mut self.ends {
            Some(ends) => ends.push(self.spots.len()),
            None if spots.len() == 1 => {}
            None => self.ends = Some((1..=singles).chain([self.spots.len()]).collect()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn len(&self) -> usize {
        self.ends.as_ref().map_or(self.spots.len(), Vec::len)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[Spot]> {
        let end = |place: usize| self.ends.as_ref().map_or(Some(place + 1), |ends| ends.get(place).copied());
        let start = move |place: usize| place.checked_sub(1).map_or(Some(0), end);
        (0..self.len()).map(move |place| {
            start(place).zip(end(place)).and_then(|(start, end)| self.spots.get(start..end)).unwrap_or_default()
        })
    }

    pub(super) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Leaves out the matches that are not to be kept.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&[Spot]) -> bool) {
        let verdicts: Vec<bool> = self.iter().map(&mut keep).collect();
        if verdicts.iter().all(|kept| *kept) {
            return;
        }
        let old = std::mem::take(self);
        for (found, _) in old.iter().zip(verdicts).filter(|(_, kept)| *kept) {
            self.push(found);
        }
    }

    /// How many there are when those that share words count as one, counted up to `most`.
    pub(super) fn count(&self, most: u32) -> u32 {
        // Nearly every rule counts once.
        if most <= 1 || self.len() <= 1 {
            return u32::try_from(self.len()).unwrap_or(u32::MAX).min(most);
        }
        let mut clusters: Vec<Cluster> = Vec::new();
        for found in self.iter() {
            if clusters.len() as u64 >= u64::from(most) {
                break;
            }
            let cluster = match clusters.iter_mut().find(|cluster| found.iter().any(|spot| cluster.shares(spot))) {
                Some(cluster) => cluster,
                None => {
                    clusters.push(Cluster::default());
                    let Some(cluster) = clusters.last_mut() else { break };
                    cluster
                }
            };
            found.iter().for_each(|spot| cluster.add(spot));
        }
        u32::try_from(clusters.len()).unwrap_or(u32::MAX)
    }
}

/// The words of matches that share some, as stretches that do not overlap: however many matches there are, one look
/// tells whether another one joins them.
#[derive(Default)]
struct Cluster {
    stretches: Vec<(usize, Span)>,
    sentences: Vec<usize>,
}

impl Cluster {
    fn shares(&self, spot: &Spot) -> bool {
        if spot.found.span.is_empty() {
            return self.sentences.contains(&spot.sentence);
        }
        let at = self.first_ending_behind(spot);
        self.stretches
            .get(at)
            .is_some_and(|(sentence, span)| *sentence == spot.sentence && overlaps(*span, spot.found.span))
    }

    fn add(&mut self, spot: &Spot) {
        if self.sentences.last() != Some(&spot.sentence) && !self.sentences.contains(&spot.sentence) {
            self.sentences.push(spot.sentence);
        }
        if spot.found.span.is_empty() {
            return;
        }
        let from = self.first_ending_behind(spot);
        let mut whole = spot.found.span;
        let mut to = from;
        while let Some((_, span)) =
            self.stretches.get(to).filter(|(sentence, span)| *sentence == spot.sentence && overlaps(*span, whole))
        {
            whole = Span::new(whole.start().min(span.start()), whole.end().max(span.end()));
            to += 1;
        }
        self.stretches.splice(from..to, [(spot.sentence, whole)]);
    }

    /// The first stretch that ends behind the beginning of a spot.
    fn first_ending_behind(&self, spot: &Spot) -> usize {
        let begin = (spot.sentence, spot.found.span.start());
        self.stretches.partition_point(|(sentence, span)| (*sentence, span.end()) <= begin)
    }
}

pub(super) fn overlaps(left: Span, right: Span) -> bool {
    left.start() < right.end() && right.start() < left.end()
}
