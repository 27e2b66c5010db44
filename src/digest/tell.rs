//! Stories: what the committee itself wants passed on, and the sentences of its items that tell it.

use std::collections::BTreeSet;

use super::MeetingTopics;
use super::candidates::Candidate;
use super::guard::Guard;
use super::model::Story;
use super::units::{LONGEST_UNIT, unit};
use crate::language::stories::{Sought, link};
use crate::language::topic::Topic;
use crate::minutes::ItemNumber;
use crate::rules::{Statement, Voice};

/// A story may take this share of the budget, in percent; the rest belongs to the other items.
const SHARE: usize = 40;
/// Points a sentence gains when it speaks of the whole story, beside its score.
const RELEVANCE: i64 = 8;
/// Points a sentence gains when it says what was decided: that is what people will ask about.
const DECIDED: i64 = 4;
/// Points an objection loses: a story is what the committee agreed to pass on.
const OPPOSED: i64 = 4;

/// From this score on one sentence tells a story as well as any other: then it counts how much of the story it speaks of.
const FULL_SCORE: i32 = 10;

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

/// Every story of the meeting, told within the budget, and why others are kept back. A story without an item, or whose item
/// has nothing that may be quoted, stands for itself.
pub(super) fn tell(
    topics: &MeetingTopics,
    candidates: &[Candidate],
    budget: usize,
    guard: &Guard<'_>,
) -> (Vec<Told>, Vec<String>) {
    let sought: Vec<&Sought> = topics.items.iter().map(|(_, sought)| sought).collect();
    let texts: Vec<Topic> = candidates.iter().map(|candidate| topics.placed(candidate.id)).collect();
    let mut left = budget * SHARE / 100;
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let (mut told, mut kept_back) = (Vec::new(), Vec::new());
    for (phrase, named) in &topics.stories {
        if let Some(objection) = guard.objection(phrase) {
            kept_back.push(objection.labels);
            continue;
        }
        let places = link(named, &sought);
        let items: Vec<ItemNumber> =
            places.into_iter().filter_map(|place| topics.items.get(place)).map(|(item, _)| *item).collect();
        let chosen = best(&named.topic, &items, candidates, &texts, left, &used);
        left = left.saturating_sub(chosen.iter().filter_map(|index| candidates.get(*index)).map(|c| c.words).sum());
        used.extend(&chosen);
        told.push(Told { text: phrase.clone(), items, candidates: chosen });
    }
    (told, kept_back)
}

/// The unit that tells the story best, and a second one where it is good too and there is room.
fn best(
    topic: &Topic,
    items: &[ItemNumber],
    candidates: &[Candidate],
    texts: &[Topic],
    budget: usize,
    used: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let weights = topic.weights(texts);
    let whole: i64 = weights.iter().map(|weight| i64::from(*weight)).sum::<i64>().max(1);
    let mut ranked: Vec<(i64, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| items.contains(&candidate.id.item) && candidate.score > 0 && !candidate.is_lead_in)
        .map(|(index, candidate)| {
            let shared = texts.get(index).map_or(0, |text| i64::from(topic.overlap(text, &weights)));
            let decided = if candidate.statement == Some(Statement::Decided) { 1000 * DECIDED } else { 0 };
            let opposed = if candidate.voice == Some(Voice::Objection) { 1000 * OPPOSED } else { 0 };
            (worth(candidates, index) + 1000 * RELEVANCE * shared / whole + decided - opposed, index)
        })
        .collect();
    ranked.sort_by_key(|(worth, index)| (std::cmp::Reverse(*worth), *index));
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut left = budget;
    let mut first: Option<i64> = None;
    let mut said = Topic::default();
    for (worth, index) in ranked {
        let members = unit(candidates, index);
        let open = members.iter().all(|member| candidates.get(*member).is_some_and(|member| member.withheld.is_none()));
        let new: Vec<usize> = members.iter().copied().filter(|member| !chosen.contains(member)).collect();
        let words: usize = new.iter().filter_map(|member| candidates.get(*member)).map(|member| member.words).sum();
        let text = texts.get(index).cloned().unwrap_or_default();
        // One sentence is enough, unless another one says more of the story.
        let good = first.is_none_or(|first| worth * 10 >= first * 7) && (chosen.is_empty() || topic.adds(&text, &said));
        if !open
            || members.len() > LONGEST_UNIT
            || words > left
            || used.contains(&index)
            || chosen.contains(&index)
            || !good
        {
            continue;
        }
        for member in &new {
            said = said.with(texts.get(*member));
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

/// What a sentence and all it needs say, a word at a time, in thousandths of a point: one good sentence among three that it only
/// leans on tells a story worse than a plain one that stands alone.
fn worth(candidates: &[Candidate], index: usize) -> i64 {
    let members = || unit(candidates, index).into_iter().filter_map(|member| candidates.get(member));
    let words = |member: &Candidate| i64::try_from(member.words.max(1)).unwrap_or(i64::MAX);
    let all: i64 = members().map(words).sum();
    members().map(|member| 1000 * i64::from(member.score.min(FULL_SCORE)) * words(member)).sum::<i64>() / all.max(1)
}
