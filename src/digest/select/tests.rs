use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::units::{LONGEST_UNIT, unit};
use super::*;
use crate::minutes::{EntryId, ItemNumber};

fn candidate(item: u32, index: usize, words: usize, score: i32, needs: &[usize]) -> Candidate {
    Candidate {
        id: EntryId { item: ItemNumber(item), index },
        text: String::new(),
        words,
        score,
        needs: needs.iter().copied().collect(),
        withheld: None,
        follows_previous: true,
        subheading: None,
        bullet: false,
        voice: None,
        told: None,
        statement: None,
        is_lead_in: false,
        is_request: false,
        essential: None,
    }
}

fn task<'t>(
    candidates: &'t [Candidate],
    similar: &'t [Similar],
    budget: usize,
    forced: &'t BTreeSet<usize>,
) -> Task<'t> {
    Task { candidates, similar, budget, least_score: 2, forced, ignore_withholding: false }
}

fn chosen(candidates: &[Candidate], similar: &[Similar], budget: usize) -> Vec<usize> {
    select(task(candidates, similar, budget, &BTreeSet::new())).chosen.into_iter().collect()
}

#[test]
fn the_best_choice_is_found_where_greed_fails() {
    let all = [candidate(1, 0, 60, 7, &[]), candidate(1, 1, 50, 5, &[]), candidate(1, 2, 50, 5, &[])];
    assert_eq!(chosen(&all, &[], 100), [1, 2]);
}

#[test]
fn points_above_the_full_worth_count_half() {
    let worth = |score| super::worth(&candidate(1, 0, 0, score, &[]), true, 2);
    assert_eq!([worth(2), worth(13), worth(14), worth(15)], [4_000, 15_000, 15_500, 16_000]);
    let request = Candidate { is_request: true, ..candidate(1, 0, 0, 15, &[]) };
    assert_eq!(super::worth(&request, true, 2), 17_000);
}

#[test]
fn what_must_not_be_missing_goes_before_what_is_a_little_better() {
    let plain = candidate(1, 0, 50, 8, &[]);
    let lost = candidate(1, 1, 50, 5, &[]);
    assert_eq!(chosen(&[plain.clone(), lost.clone()], &[], 50), [0]);
    let lost = Candidate { essential: Some("En fridag falder bort".to_owned()), ..lost };
    assert_eq!(chosen(&[plain, lost], &[], 50), [1]);
}

#[test]
fn a_leaning_sentence_brings_its_predecessor_or_stays_out() {
    let all = [candidate(1, 0, 30, 0, &[]), candidate(1, 1, 30, 6, &[0])];
    assert_eq!(chosen(&all, &[], 60), [0, 1]);
    assert_eq!(chosen(&all, &[], 59), [] as [usize; 0]);
}

#[test]
fn of_two_equal_picks_the_one_whose_context_tells_more_is_quoted() {
    let all = [
        candidate(1, 0, 10, -5, &[]),
        candidate(1, 1, 10, 6, &[0]),
        candidate(2, 0, 11, 1, &[]),
        candidate(2, 1, 10, 6, &[2]),
    ];
    assert_eq!(chosen(&all, &[], 21), [2, 3]);
}

#[test]
fn context_never_gets_in_without_the_pick_that_asks_for_it() {
    let all = [candidate(1, 0, 10, 1, &[]), candidate(1, 1, 30, 6, &[0])];
    assert_eq!(chosen(&all, &[], 39), [] as [usize; 0]);
    let asked_by_context = [candidate(1, 0, 10, 1, &[]), candidate(1, 1, 10, 1, &[0])];
    assert_eq!(chosen(&asked_by_context, &[], 39), [] as [usize; 0]);
    let asked_by_two = [candidate(1, 0, 10, 1, &[]), candidate(1, 1, 10, 2, &[0]), candidate(1, 2, 10, 6, &[0])];
    assert_eq!(chosen(&asked_by_two, &[], 20), [0, 2]);
    let told = Candidate { told: Some((chrono::NaiveDate::MIN, 1_000)), ..candidate(1, 0, 10, 1, &[]) };
    let worth = |context: Candidate| {
        let all = [context, candidate(1, 1, 10, 6, &[0])];
        choices(task(&all, &[], 20, &BTreeSet::new())).iter().map(|choice| choice.worth).collect::<Vec<_>>()
    };
    assert_eq!(worth(candidate(1, 0, 10, 1, &[])), [2_890, 7_990]);
    assert_eq!(worth(told), [-110, 7_990]);
}

#[test]
fn a_story_below_the_bar_is_told_also_where_the_pick_that_leans_on_it_is_withheld() {
    let pick = Candidate { withheld: Some("privat".into()), ..candidate(1, 1, 10, 6, &[0]) };
    let all = [candidate(1, 0, 10, 1, &[]), pick, candidate(2, 0, 10, 5, &[])];
    let forced = BTreeSet::from([0]);
    assert_eq!(select(task(&all, &[], 30, &forced)).chosen, BTreeSet::from([0, 2]));
}

#[test]
fn a_rule_and_its_restriction_come_together_or_not_at_all() {
    let all = [candidate(1, 0, 30, 8, &[1]), candidate(1, 1, 30, 0, &[0])];
    assert_eq!(chosen(&all, &[], 60), [0, 1]);
    assert_eq!(chosen(&all, &[], 59), [] as [usize; 0]);
}

#[test]
fn the_halves_of_a_contrast_come_together_also_over_a_sentence_between() {
    let all = [candidate(1, 0, 10, 8, &[2]), candidate(1, 1, 10, 0, &[]), candidate(1, 2, 10, 1, &[0])];
    assert_eq!(chosen(&all, &[], 100), [0, 2]);
    assert_eq!(chosen(&all, &[], 19), [] as [usize; 0]);
}

#[test]
fn a_list_item_brings_its_lead_in_but_not_its_neighbours() {
    let mut all = [candidate(1, 0, 5, 0, &[]), candidate(1, 1, 10, 0, &[0]), candidate(1, 2, 10, 6, &[0])];
    all[0].is_lead_in = true;
    assert_eq!(chosen(&all, &[], 100), [0, 2]);
}

#[test]
fn nothing_that_needs_a_withheld_sentence_is_chosen() {
    let mut all = [candidate(1, 0, 5, 9, &[]), candidate(1, 1, 5, 9, &[0]), candidate(1, 2, 5, 9, &[])];
    all[0].withheld = Some("Privat".into());
    assert_eq!(chosen(&all, &[], 100), [2]);
}

#[test]
fn of_two_sentences_that_say_the_same_one_is_quoted() {
    let all = [candidate(1, 0, 10, 8, &[]), candidate(2, 0, 10, 8, &[]), candidate(3, 0, 10, 5, &[])];
    let same = [Similar { first: 0, second: 1, share: 900 }];
    assert_eq!(chosen(&all, &same, 20), [0, 2]);
    assert_eq!(chosen(&all, &[], 20), [0, 1]);
}

#[test]
fn equal_sentences_are_taken_from_several_items() {
    let mut all: Vec<Candidate> = (0..4).map(|index| candidate(1, index, 10, 6, &[])).collect();
    all.extend((0..2).map(|index| candidate(2, index, 10, 6, &[])));
    assert_eq!(chosen(&all, &[], 40), [0, 1, 4, 5]);
}

#[test]
fn a_tangle_of_demands_is_settled_without_breaking_one() {
    let all: Vec<Candidate> = (0..60).map(|index| candidate(1, index, 3, 4, &[(index + 17) % 60])).collect();
    let found = select(task(&all, &[], 100, &BTreeSet::new())).chosen;
    assert!(found.iter().all(|index| all[*index].needs.is_subset(&found)), "{found:?}");
}

/// What a choice is worth, worked out from the definition.
fn value(task: Task<'_>, set: &BTreeSet<usize>) -> i64 {
    let all = choices(task);
    let mut sum = 0;
    let mut matter = None;
    let mut picks = 0;
    for index in set {
        if matter != Some(all[*index].matter) {
            (matter, picks) = (Some(all[*index].matter), 0);
        }
        sum += all[*index].worth;
        if all[*index].pick {
            sum -= match picks {
                0 | 1 => 0,
                2 => 500,
                _ => 1000,
            };
            picks += 1;
        }
    }
    let alike = task.similar.iter().filter(|pair| set.contains(&pair.first) && set.contains(&pair.second));
    sum - alike.map(|pair| penalty(&all, pair)).sum::<i64>()
}

proptest! {
    #[test]
    fn the_budget_holds_the_needs_are_met_and_no_other_choice_is_worth_more(
        rows in proptest::collection::vec((1_usize..12, -3_i32..9, 0_u32..3, proptest::option::weighted(0.4, 0_usize..10)), 1..10),
        pairs in proptest::collection::vec((0_usize..10, 0_usize..10, 200_u32..1000), 0..4),
        budget in 5_usize..40,
    ) {
        let count = rows.len();
        let mut item = 1;
        let all: Vec<Candidate> = rows
            .iter()
            .enumerate()
            .map(|(index, (words, score, step, need))| {
                item += step / 2;
                let needs: Vec<usize> = need.iter().map(|need| need % count).filter(|need| *need != index).collect();
                candidate(item, index, *words, *score, &needs)
            })
            .collect();
        let similar: Vec<Similar> = pairs
            .iter()
            .map(|(first, second, share)| (first % count, second % count, *share))
            .filter(|(first, second, _)| first < second)
            .map(|(first, second, share)| Similar { first, second, share })
            .collect();
        let forced = BTreeSet::new();
        let task = task(&all, &similar, budget, &forced);
        let asked = choices(task);
        let valid = |set: &BTreeSet<usize>| {
            set.iter().map(|index| all[*index].words).sum::<usize>() <= budget
                && set.iter().all(|index| asked[*index].needs.is_subset(set))
                && set.iter().all(|index| unit(&all, *index).len() <= LONGEST_UNIT)
        };
        let found = select(task);
        prop_assert!(valid(&found.chosen));
        let asked_for = |index: usize| found.chosen.iter().any(|other| all[*other].needs.contains(&index));
        prop_assert!(found.chosen.iter().all(|index| (all[*index].needs.is_subset(&found.chosen))
            && (asked[*index].pick || asked_for(*index))));
        for mask in 0_u32..1 << all.len() {
            let set: BTreeSet<usize> = (0..all.len()).filter(|index| mask >> index & 1 == 1).collect();
            prop_assert!(!valid(&set) || value(task, &set) <= value(task, &found.chosen) + found.gap);
        }
        prop_assert_eq!(found.gap, 0);
    }
}
