//! What the quotes of a letter ask of local bodies, and who takes what on: the letter's own sentences, seen once more from
//! the side of those who have to act.
//!
//! Nothing new is quoted. A sentence that stands here stands nowhere else in the letter, together with all that it leans on
//! and that leans on it: a request without its restriction would be another one. Where that would carry half an item
//! along, or a story tells it, the section names the item instead.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidate;
use super::model::{AnswerWanted, By, Digest, DigestRequest, DigestTask};
use super::units::{LONGEST_UNIT, unit};
use crate::language::agreements::{Agreements, Answer};
use crate::language::when::{DateWords, Kind, Mention};
use crate::minutes::{EntryId, Minutes};

/// The time by which an answer is wanted: a deadline, or any time where an answer is asked for.
#[must_use]
pub fn by_when(mentions: &[Mention], answer: Answer) -> Option<&Mention> {
    let deadline = mentions.iter().find(|mention| mention.kind == Kind::Deadline);
    deadline.or_else(|| mentions.first().filter(|_| answer == Answer::Wanted))
}

/// What the sections are made from.
pub(super) struct Sources<'s> {
    pub minutes: &'s Minutes,
    pub candidates: &'s [Candidate],
    pub agreements: &'s Agreements,
    pub dates: &'s DateWords,
}

/// Requests and tasks in the quotes of `digest`, in document order, those that want an answer first. `told` are the sentences that stories tell.
pub(super) fn find(
    sources: &Sources<'_>,
    digest: &Digest,
    told: &BTreeSet<EntryId>,
) -> (Vec<DigestRequest>, Vec<DigestTask>) {
    let members: Vec<String> = sources.minutes.participants.iter().map(|one| one.name.clone()).collect();
    let places: BTreeMap<EntryId, usize> =
        sources.candidates.iter().enumerate().map(|(place, candidate)| (candidate.id, place)).collect();
    let quoted: BTreeSet<usize> = digest
        .items
        .iter()
        .flat_map(|item| &item.sentences)
        .filter_map(|quote| places.get(&quote.id).copied())
        .collect();
    let (mut requests, mut tasks): (Vec<DigestRequest>, Vec<DigestTask>) = (Vec::new(), Vec::new());
    let mut taken: BTreeSet<EntryId> = told.clone();
    for item in &digest.items {
        for quote in &item.sentences {
            let by = |answer| {
                let mentions = sources.minutes.date.map(|day| sources.dates.mentions(&quote.text, day));
                let mentions = mentions.unwrap_or_default();
                by_when(&mentions, answer).map(|mention| By {
                    date: mention.until.or(mention.day),
                    text: mention.span.of(&quote.text).to_owned(),
                })
            };
            let mut whole = || {
                let unit = places.get(&quote.id).and_then(|place| together(sources.candidates, &quoted, *place));
                let ids: Vec<EntryId> = unit
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|place| sources.candidates.get(place))
                    .map(|candidate| candidate.id)
                    .collect();
                if ids.iter().any(|id| taken.contains(id)) {
                    return Vec::new();
                }
                taken.extend(&ids);
                ids
            };
            if let Some(request) = sources.agreements.request(&quote.text) {
                let answer = match request.answer {
                    Answer::Wanted => Some(AnswerWanted::Yes),
                    Answer::NotWanted => Some(AnswerWanted::No),
                    Answer::NotSaid => None,
                };
                requests.push(DigestRequest {
                    item: item.number,
                    sentence: quote.id,
                    sentences: whole(),
                    who: request.who.of(&quote.text).to_owned(),
                    answer,
                    by: by(request.answer),
                });
            } else if let Some(who) = sources.agreements.task(&quote.text, &members) {
                tasks.push(DigestTask {
                    item: item.number,
                    sentence: quote.id,
                    sentences: whole(),
                    who: who.of(&quote.text).to_owned(),
                    by: by(Answer::Wanted),
                });
            }
        }
    }
    // Those who have a minute must see first what they have to answer.
    requests.sort_by_key(|request| request.answer != Some(AnswerWanted::Yes));
    (requests, tasks)
}

/// The quoted sentences that cannot be told apart from this one: what it leans on, and what leans on any of them. None where
/// these are too many for a section that is to be short.
fn together(candidates: &[Candidate], quoted: &BTreeSet<usize>, place: usize) -> Option<BTreeSet<usize>> {
    let subheading = candidates.get(place).and_then(|candidate| candidate.subheading.clone());
    let mut whole = unit(candidates, place);
    loop {
        let leaning = quoted
            .iter()
            .filter(|other| !whole.contains(other))
            .find(|other| !unit(candidates, **other).is_disjoint(&whole));
        let Some(other) = leaning else { break };
        whole.extend(unit(candidates, *other));
        if whole.len() > LONGEST_UNIT {
            return None;
        }
    }
    // What reads on from here would lose what it reads on from, even where no rule sees that it leans.
    let reads_on = whole.last().map(|last| last + 1).filter(|next| quoted.contains(next));
    if reads_on
        .and_then(|next| candidates.get(next))
        .is_some_and(|next| next.follows_previous && next.subheading == subheading)
    {
        return None;
    }
    // Something a quote leans on may be missing only where the letter is wrong already; then nothing is moved.
    (whole.len() <= LONGEST_UNIT && whole.iter().all(|member| quoted.contains(member))).then_some(whole)
}
