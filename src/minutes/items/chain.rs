//! The headings that together make the best agenda: numbers that count on, in one form, with evidence behind them.
//!
//! Numbers begin anywhere (many publishers count through the year), jump and now and then go back, so order is evidence
//! and no law. The best chain is found exactly, by the sum of what speaks for each heading and for each step from one to
//! the next; a list inside an item loses because going back to the items' own numbers costs more than the list brings.

use super::candidate::Candidate;

/// A step to the next whole number.
const COUNTS_ON: i32 = 2;
/// A step over left-out numbers.
const JUMPS: i32 = -1;
/// A step back, or the same number again.
const GOES_BACK: i32 = -6;
/// The same where the table of contents has both, or both are headings without doubt.
const GOES_BACK_SURELY: i32 = -1;
/// A step to another form of heading.
const OTHER_FORM: i32 = -3;
/// How many candidates back a step may reach. Between two items of one agenda lie fewer numbered lines than this; without a
/// bound, reading would take the square of the length.
const REACH: usize = 200;

/// The places, in `candidates`, of those that are headings.
pub(super) fn best(candidates: &[Candidate]) -> Vec<usize> {
    // The best sum of a chain that ends here, and the link before.
    let mut sums: Vec<(i32, Option<usize>)> = Vec::with_capacity(candidates.len());
    // The best chain that ended beyond the reach: it may still be gone on with.
    let mut far: Option<(i32, usize)> = None;
    // The greatest sum up to each place.
    let mut greatest: Vec<i32> = Vec::with_capacity(candidates.len());
    let traits: Vec<Traits> = candidates.iter().map(Traits::of).collect();
    for (index, (candidate, own)) in candidates.iter().zip(&traits).enumerate() {
        if let Some(gone) = index.checked_sub(REACH + 1)
            && let Some((sum, _)) = sums.get(gone)
            && far.is_none_or(|(best, _)| *sum > best)
        {
            far = Some((*sum, gone));
        }
        // Of equal sums the longer chain, so from the end. No step brings more than one to the next number: what lies lower
        // by as much needs no look.
        let mut before: Option<(i32, usize)> = None;
        for (place, ((sum, _), greatest)) in sums.iter().zip(&greatest).enumerate().rev().take(REACH) {
            if before.is_some_and(|(best, _)| greatest + COUNTS_ON <= best) {
                break;
            }
            if before.is_none_or(|(best, _)| sum + COUNTS_ON > best)
                && let Some(from) = traits.get(place)
            {
                let reached = sum + step(from, own);
                if before.is_none_or(|(best, _)| reached > best) {
                    before = Some((reached, place));
                }
            }
        }
        if let Some((sum, place)) = far
            && let Some(from) = traits.get(place)
            && before.is_none_or(|(best, _)| sum + step(from, own) > best)
        {
            before = Some((sum + step(from, own), place));
        }
        let before = before.filter(|(sum, _)| *sum > 0);
        let own = candidate.weight();
        let (sum, link) = before.map_or((own, None), |(sum, link)| (sum + own, Some(link)));
        greatest.push(greatest.last().map_or(sum, |greatest| sum.max(*greatest)));
        sums.push((sum, link));
    }
    let best = sums.iter().enumerate().max_by_key(|(index, (sum, _))| (*sum, std::cmp::Reverse(*index)));
    let mut chain = Vec::new();
    let mut at = best.filter(|(_, (sum, _))| *sum > 0).map(|(index, _)| index);
    while let Some(index) = at {
        chain.push(index);
        at = sums.get(index).and_then(|(_, link)| *link);
    }
    chain.reverse();
    chain
}

/// What of a candidate matters to a step, looked up once: each is the end of many.
struct Traits {
    number: Option<u32>,
    form: usize,
    of_closed_form: bool,
    listed: bool,
    certain: bool,
}

impl Traits {
    fn of(candidate: &Candidate) -> Self {
        Self {
            number: candidate.number,
            form: candidate.form,
            of_closed_form: candidate.is_of_closed_form(),
            listed: candidate.is_listed(),
            certain: candidate.is_certain(),
        }
    }
}

fn step(from: &Traits, to: &Traits) -> i32 {
    // Closed items are numbered by themselves, in a form of their own.
    if from.of_closed_form || to.of_closed_form {
        return 0;
    }
    let number = match (from.number, to.number) {
        (Some(from), Some(to)) if from + 1 == to => COUNTS_ON,
        // The further a jump, the less it is the same agenda; closed items that begin again at 101 are met.
        (Some(from), Some(to)) if to > from => JUMPS - i32::try_from((to - from).ilog2()).unwrap_or_default().min(2),
        // Some meetings take their items in another order; then the contents have them too.
        // A heading that says "Punkt" with a section below it is one wherever it stands.
        (Some(_), Some(_)) if from.listed && to.listed || from.certain && to.certain => GOES_BACK_SURELY,
        (Some(_), Some(_)) => GOES_BACK,
        _ => 0,
    };
    number + if from.form == to.form { 0 } else { OTHER_FORM }
}
