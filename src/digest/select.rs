//! Which sentences a letter quotes: an explicit optimisation under the budget of words.
//!
//! A pick is worth a base and what its score is above the audience's least one, less a little for each word;
//! what it needs comes with it, costs its words and brings what it tells itself; the third pick of a matter and each
//! further one is worth less; so is what the audience was told before; two picks that say the same lose the share they have
//! in common. Nothing below the least score is a pick, so a short letter is never filled up. All but the last is solved
//! exactly by [`super::knapsack`]. Sentences alike are few, so the penalty for them is settled by branch and bound on top:
//! each pair the best choice so far holds is tried without the one, without the other, and with both at the price. The
//! search ends with the best choice of all, or, on a text made to defeat it, with a choice and how far from the best it can
//! be at most.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::candidates::Candidate;
use super::knapsack::{Choice, best};
use super::similar::Similar;
use super::units::quotable;

/// What selection needs to know beside the candidates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'t> {
    pub candidates: &'t [Candidate],
    /// Pairs that say the same.
    pub similar: &'t [Similar],
    /// Most words of all quotes.
    pub budget: usize,
    /// Least score of a pick.
    pub least_score: i32,
    /// Sentences that are in by all means, as stories are.
    pub forced: &'t BTreeSet<usize>,
    /// Sentences that privacy rules keep out count as open, to find out what would have been chosen.
    pub ignore_withholding: bool,
}

/// What was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    /// Places of the chosen candidates. Context is among them: what is in without being worth it.
    pub chosen: BTreeSet<usize>,
    /// What it is worth, in thousandths of a point.
    pub worth: i64,
    /// How much better a choice could be at most, in thousandths of a point; 0 means that there is none.
    pub gap: i64,
}

/// What a sentence is worth that just reaches the least score, in points. An audience with a lower bar wants more of
/// everything, so what just passes its bar is worth as much to it as to the others.
const LEAST_WORTH: i64 = 4;

/// What a sentence is worth whose every further point counts half.
const FULL_WORTH: i64 = 15;

/// What a sentence counts for on top that must not be missing, such as the loss of a day off. More weight would not do it:
/// its group has a cap, and many points count half. It is no `must`: ten such sentences would burst the letter, so the best
/// of them are to be in, and the approver is told of the others.
const ESSENTIAL_WORTH: i64 = 10;

/// Subproblems the search for the best choice among sentences alike may solve.
const MOST_BRANCHES: usize = 60;

/// A part of all choices: some sentences are settled.
#[derive(Clone, Debug, Default)]
struct Branch {
    inside: BTreeSet<usize>,
    outside: BTreeSet<usize>,
    /// Pairs, by place, whose penalty is paid.
    paid: BTreeSet<usize>,
    penalty: i64,
}

/// The best choice.
pub(super) fn select(task: Task<'_>) -> Selection {
    let choices = choices(task);
    let penalties: Vec<i64> = task.similar.iter().map(|pair| penalty(&choices, pair)).collect();
    let solve = |branch: &Branch| -> Option<(i64, BTreeSet<usize>)> {
        let mut choices = choices.clone();
        for (index, choice) in choices.iter_mut().enumerate() {
            choice.must |= branch.inside.contains(&index);
            choice.may &= !branch.outside.contains(&index);
        }
        best(&choices, task.budget).map(|(worth, chosen)| (worth - branch.penalty, chosen))
    };
    // Best bound first; among equals the older branch, so that every run goes the same way.
    let mut open: BinaryHeap<(i64, Reverse<usize>)> = BinaryHeap::new();
    let mut branches: Vec<(Branch, BTreeSet<usize>)> = Vec::new();
    let mut known: Option<(i64, BTreeSet<usize>)> = None;
    let push = |branch: Branch, open: &mut BinaryHeap<_>, branches: &mut Vec<_>| {
        if let Some((bound, chosen)) = solve(&branch) {
            open.push((bound, Reverse(branches.len())));
            branches.push((branch, chosen));
        }
    };
    push(Branch::default(), &mut open, &mut branches);
    while let Some((bound, Reverse(place))) = open.pop() {
        let Some((branch, chosen)) = branches.get(place).cloned() else { break };
        let unpaid: Vec<(i64, usize)> = penalties
            .iter()
            .enumerate()
            .zip(task.similar)
            .filter(|((pair, _), similar)| {
                !branch.paid.contains(pair) && chosen.contains(&similar.first) && chosen.contains(&similar.second)
            })
            .map(|((pair, penalty), _)| (*penalty, pair))
            .filter(|(penalty, _)| *penalty > 0)
            .collect();
        let real = bound - unpaid.iter().map(|(penalty, _)| penalty).sum::<i64>();
        if known.as_ref().is_none_or(|(worth, _)| real > *worth) {
            known = Some((real, chosen));
        }
        let worth = known.as_ref().map_or(i64::MIN, |(worth, _)| *worth);
        if worth >= bound {
            break;
        }
        if branches.len() >= MOST_BRANCHES {
            let chosen = known.map(|(_, chosen)| chosen).unwrap_or_default();
            return Selection { chosen, worth, gap: bound - worth };
        }
        let Some((penalty, pair)) = unpaid.into_iter().max_by_key(|(penalty, pair)| (*penalty, Reverse(*pair))) else {
            break;
        };
        let Some(similar) = task.similar.get(pair) else { break };
        let mut without_first = branch.clone();
        without_first.outside.insert(similar.first);
        let mut without_second = branch.clone();
        without_second.inside.insert(similar.first);
        without_second.outside.insert(similar.second);
        let mut with_both = branch;
        with_both.inside.extend([similar.first, similar.second]);
        with_both.paid.insert(pair);
        with_both.penalty += penalty;
        for next in [without_second, without_first, with_both] {
            push(next, &mut open, &mut branches);
        }
    }
    let (worth, chosen) = known.unwrap_or_default();
    Selection { chosen, worth, gap: 0 }
}

/// The candidates as the optimisation sees them.
fn choices(task: Task<'_>) -> Vec<Choice> {
    let quotable = quotable(task.candidates, task.ignore_withholding);
    let matters = matters(task.candidates);
    let mut choices: Vec<Choice> = task
        .candidates
        .iter()
        .zip(quotable.into_iter().zip(matters))
        .enumerate()
        .map(|(index, (candidate, (may, matter)))| {
            let pick = candidate.score >= task.least_score && !candidate.is_lead_in;
            Choice {
                words: candidate.words,
                worth: worth(candidate, pick, task.least_score),
                pick,
                matter,
                needs: candidate.needs.clone(),
                may,
                must: task.forced.contains(&index),
            }
        })
        .collect();
    credit_context(&mut choices, task);
    choices
}

/// Lets context count for what it tells: of two picks that each bring a neighbour along, the one with the better neighbour
/// gives the reader more. No sentence below the bar may get in for that by itself, so it asks in turn for the pick that
/// asks for it; what several ask for brings nothing, since any one of them would do. What must be in, as stories must, asks
/// for nobody: were its pick withheld, there would be no letter.
fn credit_context(choices: &mut [Choice], task: Task<'_>) {
    let mut asked_by: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in task.candidates.iter().enumerate() {
        for need in candidate.needs.iter().filter(|need| **need != index) {
            asked_by.entry(*need).or_default().push(index);
        }
    }
    for (index, asking) in asked_by {
        let ([asking], Some(candidate)) = (asking.as_slice(), task.candidates.get(index)) else { continue };
        let for_a_pick = choices.get(*asking).is_some_and(|choice| choice.pick);
        let tells = new_share(candidate) * points(candidate, task.least_score);
        let counts = for_a_pick && tells > 0 && !candidate.is_lead_in;
        if let Some(choice) = choices.get_mut(index).filter(|choice| counts && !choice.pick && !choice.must) {
            choice.worth += tells;
            choice.needs.insert(*asking);
        }
    }
}

/// A number for each candidate that changes with the item and with the sub-heading: "Orientering fra forpersonen" holds
/// ten matters, each of which may have its place.
pub(super) fn matters(candidates: &[Candidate]) -> Vec<u32> {
    let mut matter = 0;
    let mut before: Option<&Candidate> = None;
    candidates
        .iter()
        .map(|candidate| {
            let same =
                |before: &Candidate| before.id.item == candidate.id.item && before.subheading == candidate.subheading;
            matter += u32::from(!before.is_some_and(same));
            before = Some(candidate);
            matter
        })
        .collect()
}

/// In points: a base, and what the score is above the bar; so context just under it is worth hardly less than a pick.
fn points(candidate: &Candidate, least_score: i32) -> i64 {
    LEAST_WORTH + i64::from(candidate.score.saturating_sub(least_score))
}

/// What of a sentence the audience was not told before, in thousandths.
fn new_share(candidate: &Candidate) -> i64 {
    1_000 - i64::from(candidate.told.map_or(0, |(_, share)| share))
}

/// In thousandths of a point. Context costs a little, so that none is taken along for nothing. Points above
/// [`FULL_WORTH`] count half: who has three good subjects in a sentence is seldom three times as glad of it, and a long one
/// leaves no room for two short ones. What local bodies are asked for counts whole: who has to answer must hear of it. A cap
/// instead was tried: it gave up the most wanted sentences for short ones.
fn worth(candidate: &Candidate, pick: bool, least_score: i32) -> i64 {
    let words = i64::try_from(candidate.words).unwrap_or(i64::MAX / 2);
    let points = points(candidate, least_score);
    let full = if candidate.is_request { points } else { points.min(FULL_WORTH) };
    let essential = if candidate.essential.is_some() { ESSENTIAL_WORTH } else { 0 };
    if pick { new_share(candidate) * (full + points + 2 * essential) / 2 - words } else { -100 - words }
}

/// What a pair loses together: the share in common of what the lesser one brings.
fn penalty(choices: &[Choice], pair: &Similar) -> i64 {
    match (choices.get(pair.first), choices.get(pair.second)) {
        (Some(first), Some(second)) if first.pick && second.pick => {
            first.worth.min(second.worth).max(0) * i64::from(pair.share) / 1000
        }
        _ => 0,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests;
