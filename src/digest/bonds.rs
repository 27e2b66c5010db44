//! Sentences that must not be parted, though each can stand: a rule and its restriction, the two halves of a contrast.
//!
//! "Alle får fri den 5. juni" is true and misleads without "Døgntilbuddene er undtaget". What restricts and what
//! contrasts is found by editable rules, and so is what promises something and what, behind a promise, is its limit ("Man
//! kan låne en bil. Brændstof betales af låneren"). Two neighbours built alike ("Ferie i juli skal meldes inden den 1. marts. Ferie i
//! efteråret …") are a contrast without any rule: whoever reads only one takes it for the whole.

use super::ScoredMeeting;
use super::candidates::Candidate;
use super::units::LONGEST_UNIT;
use crate::language::topic::Topic;
use crate::minutes::EntryId;
use crate::rules::{Effect, Half, RuleSet};

/// How many sentences further on the other half of a contrast may stand.
const CONTRAST_REACH: usize = 5;
/// The most words of a limit without a word of its own for it ("Fraværet er uden løn"), and of what it limits. Of 150 such
/// pairs written by people who did not know the program none is longer. In twelve whole minutes the rules found 63, of which
/// some seven were true; the longer ones were two matters side by side, each complete with its own subject and condition.
const LONGEST_LIMIT: usize = 18;
const LONGEST_PROMISE: usize = 24;
/// A limit of so few words ("Fraværet er uden løn") says too little alone to be quoted without what it limits.
const SHORT_LIMIT: usize = 10;
/// The share of the shorter one's words that two neighbours built alike have in common, in thousandths.
const ALIKE: usize = 500;
/// The fewest words they share.
const LEAST_SHARED: usize = 2;

/// Adds to each candidate's needs what it must not be parted from.
pub(super) fn bind(candidates: &mut [Candidate], rules: &RuleSet, scored: &ScoredMeeting) {
    // What leans on its neighbour carries it on ("Det kan f.eks. være akut tandpine") and sets nothing against it.
    let leans = |one: &Candidate, other: &Candidate| {
        one.needs.iter().any(|need| candidates.get(*need).is_some_and(|needed| needed.id == other.id))
    };
    let is_alike = |one: &Candidate, other: &Candidate| !leans(one, other) && alike(one, other, scored);
    let mut bonds = neighbours(candidates, is_alike);
    let mut limited = neighbours(candidates, |limit, promise| {
        let short = limit.words <= LONGEST_LIMIT && promise.words <= LONGEST_PROMISE;
        short && limits(scored, limit.id) && !limit.bullet && promises(scored, promise.id)
    });
    for (index, candidate) in candidates.iter().enumerate() {
        let pairs = || restricted(candidates, index, scored).into_iter().map(|before| (before, index));
        if restricts(scored, candidate.id) {
            bonds.extend(pairs());
        } else if qualifies(scored, candidate.id) {
            limited.extend(pairs());
        }
        let other_half = candidates
            .iter()
            .enumerate()
            .skip(index + 1)
            .take(CONTRAST_REACH)
            .find(|(_, other)| same_place(candidate, other) && contrast(candidate.id, other.id, rules, scored));
        bonds.extend(other_half.map(|(other, _)| (index, other)));
    }
    // What is promised misleads without its limit. A limit that is a whole sentence misleads nobody alone.
    let is_short = |limit: usize| candidates.get(limit).is_some_and(|candidate| candidate.words <= SHORT_LIMIT);
    let back = bonds.iter().chain(limited.iter().filter(|(_, limit)| is_short(*limit)));
    let back: Vec<(usize, usize)> = back.map(|(one, other)| (*other, *one)).collect();
    for (holder, need) in bonds.into_iter().chain(limited).chain(back) {
        if let Some(candidate) = candidates.get_mut(holder) {
            candidate.needs.insert(need);
        }
    }
}

/// Neighbours that belong together. More of them in a row than one unit may have are no contrast but an enumeration, of
/// which a letter may quote some and mark the gaps; bound together none of them could ever be quoted.
fn neighbours(candidates: &[Candidate], together: impl Fn(&Candidate, &Candidate) -> bool) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut row: Vec<(usize, usize)> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let before = previous(candidates, index);
        let before = before.filter(|before| candidates.get(*before).is_some_and(|other| together(candidate, other)));
        match before {
            Some(before) => row.push((before, index)),
            None => end_row(&mut row, &mut pairs),
        }
    }
    end_row(&mut row, &mut pairs);
    pairs
}

fn end_row(row: &mut Vec<(usize, usize)>, pairs: &mut Vec<(usize, usize)>) {
    if row.len() < LONGEST_UNIT {
        pairs.append(row);
    }
    row.clear();
}

/// The neighbour before, where nothing stands between.
fn previous(candidates: &[Candidate], index: usize) -> Option<usize> {
    let candidate = candidates.get(index).filter(|candidate| candidate.follows_previous)?;
    let before = index.checked_sub(1)?;
    candidates.get(before).filter(|other| same_place(candidate, other)).map(|_| before)
}

/// What a restriction restricts: the sentence before, or the one before that where only it is about the same matter
/// ("Alle kan få ferie overført. HR laver en vejledning. Overførsel kræver dog en aftale"). What stands between the two is
/// held as well if it promises something or is one side's word: "derimod" may mean it, in other words than its own.
fn restricted(candidates: &[Candidate], index: usize, scored: &ScoredMeeting) -> Vec<usize> {
    let Some(nearest) = previous(candidates, index) else { return Vec::new() };
    let related = |other: usize| {
        let (own, other) = (candidates.get(index)?, candidates.get(other)?);
        Some(same_matter(topic(scored, own.id)?, topic(scored, other.id)?))
    };
    let promise = |other: usize| candidates.get(other).is_some_and(|other| promises(scored, other.id));
    let further = previous(candidates, nearest)
        .filter(|further| related(*further) == Some(true) || !promise(nearest) && promise(*further));
    let speaks = candidates.get(nearest).is_some_and(|candidate| candidate.voice.is_some());
    match further.filter(|_| related(nearest) != Some(true)) {
        Some(further) if related(further) != Some(true) || promise(nearest) || speaks => vec![further, nearest],
        Some(further) => vec![further],
        None => vec![nearest],
    }
}

/// Whether two sentences share a matter. That both name the meeting says nothing: "Efter mødet er tallet rettet" corrects
/// the figure before it and not a sentence about another meeting.
fn same_matter(one: &Topic, other: &Topic) -> bool {
    let mut whole = one.words().zip(one.forms()).filter(|(key, _)| other.has(key)).peekable();
    one.shared_with(other) > 0 && (whole.peek().is_none() || whole.any(|(_, form)| !form.starts_with("møde")))
}

/// Whether a sentence says what somebody may, gets or has, so that a limit behind it changes its meaning.
fn promises(scored: &ScoredMeeting, id: EntryId) -> bool {
    scored.trace(id).is_some_and(|trace| !trace.promises_by.is_empty())
}

fn limits(scored: &ScoredMeeting, id: EntryId) -> bool {
    scored.trace(id).is_some_and(|trace| !trace.limits_by.is_empty())
}

/// Whether both stand in the same item under the same sub-heading.
fn same_place(one: &Candidate, other: &Candidate) -> bool {
    one.id.item == other.id.item && one.subheading == other.subheading
}

fn qualifies(scored: &ScoredMeeting, id: EntryId) -> bool {
    scored.trace(id).is_some_and(|trace| !trace.qualifies_by.is_empty())
}

fn restricts(scored: &ScoredMeeting, id: EntryId) -> bool {
    scored.trace(id).is_some_and(|trace| !trace.restricts_by.is_empty())
}

/// Whether two sentences are the halves of one contrast on the same matter. One that is both halves by itself needs no
/// other.
fn contrast(one: EntryId, other: EntryId, rules: &RuleSet, scored: &ScoredMeeting) -> bool {
    let (ones, others) = (sides(one, rules, scored), sides(other, rules, scored));
    let whole =
        |sides: &[(&str, Half)], name: &str| [Half::One, Half::Other].iter().all(|half| sides.contains(&(name, *half)));
    let met = ones.iter().any(|(name, half)| {
        let opposite = others.iter().any(|(same, other)| same == name && other != half);
        opposite && !whole(&ones, name) && !whole(&others, name)
    });
    let matter = topic(scored, one).zip(topic(scored, other)).is_some_and(|(one, other)| one.shared_with(other) > 0);
    met && matter
}

fn sides<'r>(id: EntryId, rules: &'r RuleSet, scored: &ScoredMeeting) -> Vec<(&'r str, Half)> {
    let found = scored.trace(id).map_or(&[][..], |trace| &trace.sides);
    found
        .iter()
        .filter_map(|rule| match &rules.rule(*rule)?.effect {
            Effect::Side { contrast, half } => Some((contrast.as_str(), *half)),
            _ => None,
        })
        .collect()
}

/// Whether two neighbours are built alike. Items of a list are held together by their lead-in.
fn alike(one: &Candidate, other: &Candidate, scored: &ScoredMeeting) -> bool {
    if one.bullet || other.bullet || one.is_lead_in || other.is_lead_in {
        return false;
    }
    let (Some(one), Some(other)) = (topic(scored, one.id), topic(scored, other.id)) else { return false };
    let shared = one.words().filter(|word| other.has(word)).count();
    let shorter = one.words().count().min(other.words().count());
    shared >= LEAST_SHARED && shared * 1_000 >= shorter * ALIKE
}

fn topic(scored: &ScoredMeeting, id: EntryId) -> Option<&Topic> {
    scored.topics.sentences.get(&id)
}
