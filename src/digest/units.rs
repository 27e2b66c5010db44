//! Sentences that need each other, as one unit with one price.
//!
//! A sentence may need any others: the one it leans on, the lead-in above it, the restriction behind it, the other half of
//! a contrast. Whatever these need is needed too. A unit that is too long, or that holds something withheld, is never
//! quoted, not even in part: half of it would say something else than the minutes.

use std::collections::BTreeSet;

use super::candidates::Candidate;

/// The most sentences one unit may have.
pub(super) const LONGEST_UNIT: usize = 4;

/// The sentence with everything it needs, ascending.
pub(super) fn unit(candidates: &[Candidate], index: usize) -> BTreeSet<usize> {
    let mut members = BTreeSet::new();
    let mut open = vec![index];
    while let Some(next) = open.pop() {
        if let (true, Some(candidate)) = (members.insert(next), candidates.get(next)) {
            open.extend(candidate.needs.iter().filter(|need| !members.contains(*need)));
        }
    }
    members
}

/// For each candidate, whether its unit can be quoted at all.
pub(super) fn quotable(candidates: &[Candidate], ignore_withholding: bool) -> Vec<bool> {
    let open = |member: &usize| {
        candidates.get(*member).is_some_and(|candidate| ignore_withholding || candidate.withheld.is_none())
    };
    (0..candidates.len())
        .map(|index| {
            let unit = unit(candidates, index);
            unit.len() <= LONGEST_UNIT && unit.iter().all(open)
        })
        .collect()
}
