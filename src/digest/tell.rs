//! Stories: what the committee itself wants passed on, and the sentences of its items that tell it.

use std::collections::BTreeSet;

use super::candidates::Candidate;
use super::model::Story;
use super::select::{FULL_SCORE, LONGEST_UNIT, unit};
use crate::language::stories::{Topic, link};
use crate::minutes::{Item, ItemNumber, Minutes};
use crate::text::stem::Inflection;

/// A story may take this share of the budget, in percent; the rest belongs to the other items.
const SHARE: usize = 40;
/// Points a sentence gains when it speaks of the whole story, beside its score.
const RELEVANCE: i64 = 8;

/// A story with the places of the candidates that tell it.
#[derive(Debug)]
pub(super) struct Told {
    pub text: String,
    pub items: Vec<ItemNumber>,
    pub candidates: BTreeSet<usize>,
}

impl Told {
    /// As the digest has it.
    pub(super) fn into_story(self, candidates: &[Candidate]) -> Story {
        let sentences =
            self.candidates.iter().filter_map(|index| candidates.get(*index)).map(|found| found.id).collect();
        Story { text: self.text, items: self.items, sentences }
    }
}

/// Every story of the minutes, told within the budget. A story without an item, or whose item has nothing that may be
/// quoted, stands for itself.
pub(super) fn tell(minutes: &Minutes, candidates: &[Candidate], budget: usize, inflection: &Inflection) -> Vec<Told> {
    let phrases: Vec<&str> = minutes
        .items
        .iter()
        .filter(|item| item.stories && !item.closed)
        .flat_map(Item::own_entries)
        .filter(|entry| entry.kind.is_scored())
        .map(|entry| entry.text.as_str())
        .collect();
    if phrases.is_empty() {
        return Vec::new();
    }
    let items: Vec<&Item> = minutes.items.iter().filter(|item| !item.stories && !item.closed).collect();
    let titles: Vec<Topic> = items.iter().map(|item| Topic::of(&item.title, inflection)).collect();
    let texts: Vec<Vec<Topic>> =
        items.iter().map(|item| item.own_entries().map(|entry| Topic::of(&entry.text, inflection)).collect()).collect();
    let mut left = budget * SHARE / 100;
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut told = Vec::new();
    for phrase in phrases {
        let topic = Topic::of(phrase, inflection);
        let linked: Vec<ItemNumber> = link(&topic, &titles, &texts)
            .into_iter()
            .filter_map(|place| items.get(place))
            .map(|item| item.number)
            .collect();
        let chosen = best(&topic, &linked, candidates, left, &used, inflection);
        left = left.saturating_sub(chosen.iter().filter_map(|index| candidates.get(*index)).map(|c| c.words).sum());
        used.extend(&chosen);
        told.push(Told { text: phrase.to_owned(), items: linked, candidates: chosen });
    }
    told
}

/// The unit that tells the story best, and a second one where it is good too and there is room.
fn best(
    topic: &Topic,
    items: &[ItemNumber],
    candidates: &[Candidate],
    budget: usize,
    used: &BTreeSet<usize>,
    inflection: &Inflection,
) -> BTreeSet<usize> {
    let texts: Vec<Topic> = candidates.iter().map(|candidate| Topic::of(&candidate.text, inflection)).collect();
    let weights = topic.weights(&texts);
    let whole: i64 = weights.iter().map(|weight| i64::from(*weight)).sum::<i64>().max(1);
    let mut ranked: Vec<(i64, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| items.contains(&candidate.id.item) && candidate.score > 0 && !candidate.is_lead_in)
        .map(|(index, candidate)| {
            let shared = texts.get(index).map_or(0, |text| i64::from(topic.overlap(text, &weights)));
            (1000 * i64::from(candidate.score.min(FULL_SCORE)) + 1000 * RELEVANCE * shared / whole, index)
        })
        .collect();
    ranked.sort_by_key(|(worth, index)| (std::cmp::Reverse(*worth), *index));
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut left = budget;
    let mut first: Option<i64> = None;
    for (worth, index) in ranked {
        let members = unit(candidates, index);
        let open = members.iter().all(|member| candidates.get(*member).is_some_and(|member| member.withheld.is_none()));
        let new: Vec<usize> = members.iter().copied().filter(|member| !chosen.contains(member)).collect();
        let words: usize = new.iter().filter_map(|member| candidates.get(*member)).map(|member| member.words).sum();
        let good = first.is_none_or(|first| worth * 10 >= first * 7);
        if !open
            || members.len() > LONGEST_UNIT
            || words > left
            || used.contains(&index)
            || chosen.contains(&index)
            || !good
        {
            continue;
        }
        chosen.extend(new);
        left -= words;
        if first.is_some() {
            break;
        }
        first = Some(worth);
    }
    chosen
}
