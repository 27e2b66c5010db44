//! The best choice of sentences that fits the budget, exactly.
//!
//! A knapsack in which a sentence may demand the one before it and the lead-in above it. Both demands reach back only one
//! step along the document, so going through the sentences once with three facts (words used, previous one in, lead-in in)
//! finds the best choice of all; a greedy choice was rejected because it wastes the last lines of the budget on whatever
//! still fits. Ties go to fewer words, then to the earlier sentence, so the result is the same on every run.

use std::collections::BTreeSet;

use super::candidates::Candidate;

/// What selection needs to know beside the candidates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'t> {
    pub candidates: &'t [Candidate],
    /// Most words of all quotes.
    pub budget: usize,
    /// Least score of a pick.
    pub least_score: i32,
    /// Sentences that are in by all means, as stories are.
    pub forced: &'t BTreeSet<usize>,
    /// Sentences that privacy rules keep out count as open, to find out what would have been chosen.
    pub ignore_withholding: bool,
}

/// From this score on one sentence is worth as much room as any other. Scores rank sentences; as a price they overrate the
/// one that touches three subjects, and two good sentences tell more than one that is very good twice over.
pub(super) const FULL_SCORE: i32 = 8;

/// The most sentences one unit may have, with everything it leans on.
pub(super) const LONGEST_UNIT: usize = 4;

/// How the best way to a place of a layer came there, packed: one number for each sentence, state and word count is what
/// the whole choice costs in memory.
#[derive(Clone, Copy)]
struct Step(u32);

impl Step {
    const NONE: Self = Self(u32::MAX);

    fn new(taken: bool, from_place: usize) -> Self {
        u32::try_from(from_place << 1 | usize::from(taken)).map_or(Self::NONE, Self)
    }

    fn taken(self) -> bool {
        self.0 & 1 == 1
    }

    fn origin(self) -> usize {
        usize::try_from(self.0 >> 1).unwrap_or(usize::MAX)
    }
}

/// Places of the chosen candidates, ascending. Context is among them: what is in without being worth it.
pub(super) fn select(task: Task<'_>) -> BTreeSet<usize> {
    let width = task.budget + 1;
    let mut layers: Vec<Vec<Step>> = Vec::with_capacity(task.candidates.len());
    // A place is state × words. States: bit 0, the candidate before is in; bit 1, the lead-in above is in.
    let mut before: Vec<Option<i64>> = vec![None; 4 * width];
    if let Some(start) = before.first_mut() {
        *start = Some(0);
    }
    for (index, candidate) in task.candidates.iter().enumerate() {
        let starts_list = task.candidates.get(index + 1).is_some_and(|next| next.lead_in == Some(index));
        let may = may_enter(task, index);
        let value = value(task, index);
        let mut steps = vec![Step::NONE; 4 * width];
        let mut after: Vec<Option<i64>> = vec![None; 4 * width];
        for (place, so_far) in before.iter().enumerate().filter_map(|(place, value)| value.map(|value| (place, value)))
        {
            let (state, words) = (place / width, place % width);
            let (previous_in, lead_in_in) = (state & 1 == 1, state & 2 == 2);
            let mut put = |taken: bool, value: i64, words: usize| {
                let lead = if starts_list { taken } else { candidate.lead_in.is_some() && lead_in_in };
                let target = (usize::from(taken) | usize::from(lead) << 1) * width + words;
                if let (Some(best), Some(step)) = (after.get_mut(target), steps.get_mut(target))
                    && best.is_none_or(|best| value > best)
                {
                    *best = Some(value);
                    *step = Step::new(taken, place);
                }
            };
            if !task.forced.contains(&index) {
                put(false, so_far, words);
            }
            let needs_met = (!candidate.needs_previous || previous_in) && (candidate.lead_in.is_none() || lead_in_in);
            if may && needs_met && words + candidate.words <= task.budget {
                put(true, so_far + value, words + candidate.words);
            }
        }
        before = after;
        layers.push(steps);
    }
    walk_back(&layers, &before)
}

/// A withheld sentence never enters, nor one that would drag too many others along.
fn may_enter(task: Task<'_>, index: usize) -> bool {
    let open = |candidate: &Candidate| task.ignore_withholding || candidate.withheld.is_none();
    task.candidates.get(index).is_some_and(open) && unit(task.candidates, index).len() <= LONGEST_UNIT
}

/// The sentence with everything it leans on, ascending.
pub(super) fn unit(candidates: &[Candidate], index: usize) -> BTreeSet<usize> {
    let mut members = BTreeSet::from([index]);
    let mut at = index;
    while let Some(candidate) = candidates.get(at) {
        members.extend(candidate.lead_in);
        if !candidate.needs_previous || at == 0 {
            break;
        }
        at -= 1;
        members.insert(at);
    }
    members
}

/// A pick is worth its score, in thousandths; context costs a little, so that none is taken along for nothing.
fn value(task: Task<'_>, index: usize) -> i64 {
    task.candidates.get(index).map_or(0, |candidate| {
        let words = i64::try_from(candidate.words).unwrap_or(i64::MAX / 2);
        if candidate.score >= task.least_score && !candidate.is_lead_in {
            1000 * i64::from(candidate.score.min(FULL_SCORE)) - words
        } else {
            -100 - words
        }
    })
}

fn walk_back(layers: &[Vec<Step>], last: &[Option<i64>]) -> BTreeSet<usize> {
    let mut chosen = BTreeSet::new();
    let ends =
        last.iter().enumerate().filter_map(|(place, value)| value.map(|value| (value, std::cmp::Reverse(place))));
    let Some((_, std::cmp::Reverse(mut place))) = ends.max() else { return chosen };
    for (index, layer) in layers.iter().enumerate().rev() {
        let Some(step) = layer.get(place) else { break };
        if step.taken() {
            chosen.insert(index);
        }
        place = step.origin();
    }
    chosen
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::minutes::{EntryId, ItemNumber};

    fn candidate(index: usize, words: usize, score: i32, needs_previous: bool) -> Candidate {
        Candidate {
            id: EntryId { item: ItemNumber(1), index },
            text: String::new(),
            words,
            score,
            needs_previous,
            lead_in: None,
            withheld: None,
            follows_previous: true,
            subheading: None,
            bullet: false,
            is_lead_in: false,
        }
    }

    fn chosen(candidates: &[Candidate], budget: usize) -> Vec<usize> {
        let forced = BTreeSet::new();
        select(Task { candidates, budget, least_score: 2, forced: &forced, ignore_withholding: false })
            .into_iter()
            .collect()
    }

    #[test]
    fn the_best_choice_is_found_where_greed_fails() {
        let all = [candidate(0, 60, 7, false), candidate(1, 50, 5, false), candidate(2, 50, 5, false)];
        assert_eq!(chosen(&all, 100), [1, 2]);
    }

    #[test]
    fn a_leaning_sentence_brings_its_predecessor_or_stays_out() {
        let all = [candidate(0, 30, 0, false), candidate(1, 30, 6, true)];
        assert_eq!(chosen(&all, 60), [0, 1]);
        assert_eq!(chosen(&all, 59), [] as [usize; 0]);
    }

    #[test]
    fn a_list_item_brings_its_lead_in_but_not_its_neighbours() {
        let mut all = [candidate(0, 5, 0, false), candidate(1, 10, 0, false), candidate(2, 10, 6, false)];
        (all[1].lead_in, all[2].lead_in) = (Some(0), Some(0));
        assert_eq!(chosen(&all, 100), [0, 2]);
    }

    #[test]
    fn nothing_that_leans_on_a_withheld_sentence_is_chosen() {
        let mut all = [candidate(0, 5, 9, false), candidate(1, 5, 9, true), candidate(2, 5, 9, false)];
        all[0].withheld = Some("Privat".into());
        assert_eq!(chosen(&all, 100), [2]);
    }

    proptest! {
        #[test]
        fn the_budget_holds_the_needs_are_met_and_no_other_choice_is_worth_more(
            rows in proptest::collection::vec((1_usize..12, -3_i32..8, any::<bool>()), 1..10),
            budget in 5_usize..40,
        ) {
            let all: Vec<Candidate> = rows
                .iter()
                .enumerate()
                .map(|(index, (words, score, leans))| candidate(index, *words, *score, index > 0 && *leans))
                .collect();
            let forced = BTreeSet::new();
            let task = Task { candidates: &all, budget, least_score: 2, forced: &forced, ignore_withholding: false };
            let valid = |set: &BTreeSet<usize>| {
                set.iter().map(|index| all[*index].words).sum::<usize>() <= budget
                    && set.iter().all(|index| !all[*index].needs_previous || set.contains(&(index - 1)))
                    && set.iter().all(|index| unit(&all, *index).len() <= LONGEST_UNIT)
            };
            let worth = |set: &BTreeSet<usize>| set.iter().map(|index| value(task, *index)).sum::<i64>();
            let found = select(task);
            prop_assert!(valid(&found));
            for mask in 0_u32..1 << all.len() {
                let set: BTreeSet<usize> = (0..all.len()).filter(|index| mask >> index & 1 == 1).collect();
                prop_assert!(!valid(&set) || worth(&set) <= worth(&found));
            }
        }
    }
}
