//! Both sides: where a letter tells of a matter on which the employee side raised an objection, it quotes the objection or
//! says that there was one.
//!
//! Whose word a sentence gives is found by editable rules (`rules/sider.toml`). Which quotes are the management's is not
//! asked: minutes report its plans mostly as plain facts, and a reader of those is owed the objection as well. A matter is
//! an item, or what stands under one sub-heading of it.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidate;
use super::model::{Objections, SideWords};
use super::select::{Selection, Task, matters, select};
use crate::minutes::ItemNumber;
use crate::rules::Voice;

/// An objection may cost a letter so much of what else it could tell, in thousandths of a point: the room of one sentence
/// that is barely worth its words. What costs more is not quoted but pointed at, with the number of the item.
const PRICE: i64 = 1_000;

/// The best choice that lets the other side speak where it can at that price.
pub(super) fn balanced(task: Task<'_>) -> Selection {
    let plain = select(task);
    let matters = matters(task.candidates);
    let mut forced = task.forced.clone();
    let mut found = plain.clone();
    let mut asked: BTreeSet<u32> = BTreeSet::new();
    // Letting one side speak can bring a matter in that was left out before, so each is looked at once in turn.
    while let Some((matter, objections)) =
        one_sided(task.candidates, &matters, &found.chosen).into_iter().find(|(matter, _)| asked.insert(*matter))
    {
        let least = plain.worth - PRICE;
        let better = objections
            .into_iter()
            .filter_map(|objection| {
                let with: BTreeSet<usize> = forced.iter().copied().chain([objection]).collect();
                let choice = select(Task { forced: &with, ..task });
                let holds = choice.chosen.contains(&objection) && choice.worth >= least;
                // A choice that drops the matter instead has no need of the objection.
                let told = holds && choice.chosen.iter().any(|index| tells(task.candidates, &matters, *index, matter));
                told.then_some((choice.worth, objection, choice))
            })
            .max_by_key(|(worth, objection, _)| (*worth, std::cmp::Reverse(*objection)));
        if let Some((_, objection, choice)) = better {
            forced.insert(objection);
            found = choice;
        }
    }
    found
}

/// Matters of which something is quoted but no objection, with the places of their objections.
fn one_sided(candidates: &[Candidate], matters: &[u32], chosen: &BTreeSet<usize>) -> BTreeMap<u32, Vec<usize>> {
    let mut objections: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, _) in candidates.iter().enumerate().filter(|(_, found)| found.voice == Some(Voice::Objection)) {
        objections.entry(matters.get(index).copied().unwrap_or_default()).or_default().push(index);
    }
    objections.retain(|matter, places| {
        chosen.iter().any(|index| tells(candidates, matters, *index, *matter))
            && !places.iter().any(|place| chosen.contains(place))
    });
    objections
}

/// Whether a candidate tells of a matter as somebody else than the employee side.
fn tells(candidates: &[Candidate], matters: &[u32], index: usize, matter: u32) -> bool {
    let other = |candidate: &Candidate| !matches!(candidate.voice, Some(Voice::Objection | Voice::Employees));
    matters.get(index) == Some(&matter) && candidates.get(index).is_some_and(other)
}

/// What the letter has of the objections of each item: none where there is nothing to say of it.
pub(super) fn objections(candidates: &[Candidate], chosen: &BTreeSet<usize>) -> BTreeMap<ItemNumber, Objections> {
    let matters = matters(candidates);
    let mut found: BTreeMap<ItemNumber, Objections> = BTreeMap::new();
    for candidate in chosen.iter().filter_map(|index| candidates.get(*index)) {
        if candidate.voice == Some(Voice::Objection) {
            found.insert(candidate.id.item, Objections::Quoted);
        }
    }
    for place in one_sided(candidates, &matters, chosen).into_values().flatten() {
        if let Some(candidate) = candidates.get(place) {
            // One matter without its objection is enough to say so.
            found.insert(candidate.id.item, Objections::Noted);
        }
    }
    found
}

/// How many words each side has in the letter.
pub(super) fn words(candidates: &[Candidate], chosen: &BTreeSet<usize>) -> SideWords {
    let mut words = SideWords::default();
    for candidate in chosen.iter().filter_map(|index| candidates.get(*index)) {
        let side = match candidate.voice {
            Some(Voice::Objection | Voice::Employees) => &mut words.employees,
            Some(Voice::Management) => &mut words.management,
            Some(Voice::Continued) | None => &mut words.others,
        };
        *side += candidate.words;
    }
    words
}
