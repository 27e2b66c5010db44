//! What an exception silences.

use super::super::analysis::Analysis;
use super::super::model::Reach;
use super::matches::Spot;

/// The words of one exception in a unit, ready to be asked for match after match.
pub(super) struct Silence<'u> {
    reach: Reach,
    /// In order.
    spots: &'u [Spot],
    sentences: &'u [&'u Analysis<'u>],
    /// For each spot, the furthest end of it and all before it in its sentence.
    furthest: Vec<usize>,
    /// The first spot without a place in its sentence, which holds for all of it.
    everywhere: Option<usize>,
}

impl<'u> Silence<'u> {
    pub(super) fn new(reach: Reach, spots: &'u [Spot], sentences: &'u [&'u Analysis<'u>]) -> Self {
        let mut furthest: Vec<usize> = Vec::with_capacity(spots.len());
        let mut before: Option<(usize, usize)> = None;
        for spot in spots {
            let end = spot.found.span.end();
            let end = before.filter(|(sentence, _)| *sentence == spot.sentence).map_or(end, |(_, far)| far.max(end));
            before = Some((spot.sentence, end));
            furthest.push(end);
        }
        let everywhere = match reach {
            Reach::Sentence => (!spots.is_empty()).then_some(0),
            Reach::Match | Reach::Clause => spots.iter().position(|spot| spot.found.words.is_none()),
        };
        Self { reach, spots, sentences, furthest, everywhere }
    }

    /// The first spot that silences a match.
    pub(super) fn of(&self, found: &[Spot]) -> Option<usize> {
        let nearby = found.iter().filter_map(|spot| match self.reach {
            Reach::Sentence => None,
            Reach::Match => self.overlapping(spot),
            Reach::Clause => self.in_clause_of(spot),
        });
        nearby.chain(self.everywhere).min()
    }

    fn overlapping(&self, spot: &Spot) -> Option<usize> {
        let begins_before =
            |other: &Spot, furthest: usize| (other.sentence, furthest) <= (spot.sentence, spot.found.span.start());
        // Ends grow within a sentence, so the first that reaches past the beginning is found by halving.
        let (mut from, mut to) = (0, self.spots.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match (self.spots.get(middle), self.furthest.get(middle)) {
                (Some(other), Some(furthest)) if begins_before(other, *furthest) => from = middle + 1,
                _ => to = middle,
            }
        }
        let other = self.spots.get(from).filter(|other| other.sentence == spot.sentence)?;
        super::matches::overlaps(other.found.span, spot.found.span).then_some(from)
    }

    fn in_clause_of(&self, spot: &Spot) -> Option<usize> {
        let clause = |spot: &Spot| {
            let sentence = self.sentences.get(spot.sentence)?;
            Some((spot.sentence, sentence.clause(spot.found.span.start())))
        };
        let wanted = clause(spot)?;
        let first = self.spots.partition_point(|other| clause(other) < Some(wanted));
        (self.spots.get(first).and_then(clause) == Some(wanted)).then_some(first)
    }
}
