//! From scored minutes to the content of one letter.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidate, collect};
use super::guard::Guard;
use super::model::{Audience, Digest, DigestItem, Held, LeftOut, Meeting, Missing, Objections, Quote, Role, SideWords};
use super::privacy::cpr_numbers;
use super::reason::Reason;
use super::select::{Selection, Task, select};
use super::sides;
use super::similar::{Similar, similar};
use super::told::{self, Told};
use super::units::{LONGEST_UNIT, unit};
use super::{ScoredMeeting, tell};
use crate::diagnostic::Language;
use crate::language::topic::Topic;
use crate::minutes::{Confidence, EntryId, ItemNumber, Kind, Minutes, Outcome};
use crate::rules::RuleSet;

/// Why a sentence is in the letter or not, for `digest score` and the approver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The sentence.
    pub id: EntryId,
    /// Whether the letter quotes it.
    pub kept: bool,
    /// The reason.
    pub reason: Reason,
    /// What must come with it: the sentences it leans on and the lead-in above it.
    pub needs: Vec<EntryId>,
}

/// A digest and what was decided about every sentence.
#[derive(Clone, Debug)]
pub struct Built {
    /// The content of the letter.
    pub digest: Digest,
    /// One per own decision sentence, in document order.
    pub verdicts: Vec<Verdict>,
    /// How much better another choice could be at most, in thousandths of a point; 0 where this one is proven the best.
    pub gap: i64,
}

/// Builds the letter of `audience`.
#[must_use]
pub fn build(minutes: &Minutes, rules: &RuleSet, scored: &ScoredMeeting, audience: &Audience) -> Built {
    build_after(minutes, rules, scored, audience, &[])
}

/// The same for an audience that was told something before.
#[must_use]
pub fn build_after(
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
    told: &[Told],
) -> Built {
    let guard = guard(rules, scored, audience);
    let Some(reason) = unreadable(minutes, &guard) else { return assemble(minutes, rules, scored, audience, told) };
    let mut digest = empty(minutes, audience);
    let candidates = candidates(minutes, rules, scored, audience);
    digest.left_out.sentences = candidates.len();
    let why = Reason::NoLetter(reason.clone());
    let verdicts = (0..candidates.len()).filter_map(|index| verdict(&candidates, index, false, why.clone())).collect();
    digest.held.push(Held { reason, item: None });
    Built { digest, verdicts, gap: 0 }
}

/// The same of some items only, as if the meeting had no others: for figures over held-out items. Whether the document is
/// understood is asked of whole documents and not of these.
#[must_use]
pub fn build_part(
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
    items: &BTreeSet<ItemNumber>,
) -> Built {
    let mut part = minutes.clone();
    part.items.retain(|item| items.contains(&item.number));
    assemble(&part, rules, scored, audience, &[])
}

fn empty(minutes: &Minutes, audience: &Audience) -> Digest {
    Digest {
        audience: audience.id.clone(),
        meeting: Meeting { committee: minutes.committee.clone(), date: minutes.date },
        held: Vec::new(),
        stories: Vec::new(),
        items: Vec::new(),
        dates: Vec::new(),
        requests: Vec::new(),
        tasks: Vec::new(),
        open: Vec::new(),
        words: 0,
        sides: SideWords::default(),
        left_out: LeftOut::default(),
    }
}

pub(super) fn guard<'g>(rules: &'g RuleSet, scored: &'g ScoredMeeting, audience: &Audience) -> Guard<'g> {
    Guard::new(rules, &scored.hints, rules.audience(&audience.id.0).unwrap_or(usize::MAX))
}

pub(super) fn candidates(
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
) -> Vec<Candidate> {
    let place = rules.audience(&audience.id.0).unwrap_or(usize::MAX);
    collect(minutes, rules, scored, &guard(rules, scored, audience), place)
}

fn assemble(
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
    told_before: &[Told],
) -> Built {
    let mut digest = empty(minutes, audience);
    let mut candidates = candidates(minutes, rules, scored, audience);
    told::mark(&mut candidates, minutes, scored, told_before);
    let guard = guard(rules, scored, audience);
    let (told, kept_back) = tell::tell(&scored.topics, &candidates, audience.words, &guard);
    let forced: BTreeSet<usize> = told.iter().flat_map(|story| story.candidates.iter().copied()).collect();
    let topics: Vec<Topic> =
        candidates.iter().map(|found| scored.topics.sentences.get(&found.id).cloned().unwrap_or_default()).collect();
    let similar = similar(&candidates, &topics, audience.least_score);
    let task = Task {
        candidates: &candidates,
        similar: &similar,
        budget: audience.words,
        least_score: audience.least_score,
        forced: &forced,
        ignore_withholding: false,
    };
    let Selection { chosen, gap, .. } = if audience.both_sides { sides::balanced(task) } else { select(task) };
    digest.held = withheld(task, minutes);
    digest.items = items(minutes, Selected { candidates: &candidates, chosen: &chosen, forced: &forced }, audience);
    digest.words = chosen.iter().filter_map(|index| candidates.get(*index)).map(|found| found.words).sum();
    digest.sides = sides::words(&candidates, &chosen);
    let stories = minutes.items.iter().find(|item| item.stories).map(|item| item.number);
    digest
        .held
        .extend(kept_back.iter().map(|labels| Held { reason: held_reason("En historie", labels), item: stories }));
    for item in &mut digest.items {
        if let Some(objection) = guard.objection_to_heading(&item.title) {
            item.title.clear();
            digest
                .held
                .push(Held { reason: held_reason("Punktets titel", &objection.labels), item: Some(item.number) });
        }
    }
    let verdicts = verdicts(task, &chosen, audience);
    let essential = missing(&candidates, &verdicts);
    digest.left_out = LeftOut { sentences: candidates.len() - chosen.len(), essential };
    digest.stories = told.into_iter().map(|story| story.into_story(&candidates)).collect();
    Built { digest, verdicts, gap }
}

/// What lets no letter be made at all.
fn unreadable(minutes: &Minutes, guard: &Guard<'_>) -> Option<String> {
    if let Some(reason) = cpr_numbers(minutes) {
        return Some(reason);
    }
    if minutes.kind == Kind::Dagsorden {
        return Some("Dokumentet er en dagsorden og indeholder ingen beslutninger.".into());
    }
    let confidence = Confidence::of(minutes);
    if !confidence.is_enough() {
        return Some(confidence.refusal(Language::Danish));
    }
    // The head alone is at fault, which is easier to put right than a layout.
    match (&minutes.committee, minutes.date) {
        (None, _) => Some("Referatet nævner ikke, hvilket udvalg det er fra. Skriv det i referatets hoved.".into()),
        (_, None) => Some("Referatet nævner ikke mødets dato. Skriv den i referatets hoved.".into()),
        // It stands in the subject and on top of the letter.
        (Some(committee), _) => {
            guard.objection_to_heading(committee).map(|found| held_reason("Udvalgets navn", &found.labels))
        }
    }
}

/// That something is held back, and why, without a word of it.
fn held_reason(what: &str, labels: &str) -> String {
    format!("{what} er tilbageholdt: {labels}.")
}

/// What would be in the letter if no privacy rule held it back.
fn withheld(task: Task<'_>, minutes: &Minutes) -> Vec<Held> {
    if task.candidates.iter().all(|candidate| candidate.withheld.is_none()) {
        return Vec::new();
    }
    let open = select(Task { ignore_withholding: true, ..task });
    let mut reasons: BTreeMap<ItemNumber, BTreeSet<&str>> = BTreeMap::new();
    for candidate in open.chosen.iter().filter_map(|index| task.candidates.get(*index)) {
        if let Some(reason) = &candidate.withheld {
            reasons.entry(candidate.id.item).or_default().insert(reason);
        }
    }
    let order = minutes.items.iter().map(|item| item.number);
    order
        .filter_map(|number| reasons.get(&number).map(|labels| (number, labels)))
        .flat_map(|(number, labels)| {
            labels.iter().map(move |label| Held { reason: format!("Tilbageholdt: {label}."), item: Some(number) })
        })
        .collect()
}

/// Candidates that are quoted, by place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selected<'s> {
    pub candidates: &'s [Candidate],
    pub chosen: &'s BTreeSet<usize>,
    /// Those of them that tell a story.
    pub forced: &'s BTreeSet<usize>,
}

/// The items of which something is quoted.
pub(super) fn items(minutes: &Minutes, selected: Selected<'_>, audience: &Audience) -> Vec<DigestItem> {
    let Selected { candidates, chosen, forced } = selected;
    let mut items = Vec::new();
    let objections = sides::objections(candidates, chosen);
    let told = |objections: &Objections| audience.both_sides || *objections == Objections::Quoted;
    for item in minutes.items.iter().filter(|item| !item.closed && !item.stories) {
        let mut sentences: Vec<Quote> = Vec::new();
        let mut last: Option<usize> = None;
        for index in chosen {
            let Some(candidate) = candidates.get(*index).filter(|found| found.id.item == item.number) else { continue };
            let contiguous = candidate.follows_previous && last.is_some_and(|last| last + 1 == *index);
            let role = match (forced.contains(index), candidate.is_worth(audience)) {
                (true, _) => Role::Story,
                (false, true) => Role::Pick,
                (false, false) => Role::Context,
            };
            sentences.push(Quote {
                id: candidate.id,
                text: candidate.text.clone(),
                role,
                gap_before: last.is_some() && !contiguous,
                subheading: candidate.subheading.clone(),
                bullet: candidate.bullet,
                statement: candidate.statement,
            });
            last = Some(*index);
        }
        // A postponed item is news by its title alone only where something of it is quoted; an empty one is left out.
        if !sentences.is_empty() {
            items.push(DigestItem {
                number: item.number,
                printed: item.printed.clone(),
                title: item.title.clone(),
                outcome: item.outcome,
                amended: item.amended && item.outcome == Outcome::Approved,
                objections: objections.get(&item.number).copied().filter(told).unwrap_or_default(),
                sentences,
            });
        }
    }
    items
}

fn verdict(candidates: &[Candidate], index: usize, kept: bool, reason: Reason) -> Option<Verdict> {
    let others = unit(candidates, index).into_iter().filter(|member| *member != index);
    let needs = others.filter_map(|member| candidates.get(member)).map(|member| member.id).collect();
    Some(Verdict { id: candidates.get(index)?.id, kept, reason, needs })
}

fn verdicts(task: Task<'_>, chosen: &BTreeSet<usize>, audience: &Audience) -> Vec<Verdict> {
    let (candidates, forced) = (task.candidates, task.forced);
    candidates
        .iter()
        .enumerate()
        .filter_map(|(index, candidate)| {
            let kept = chosen.contains(&index);
            let private = |member: &usize| candidates.get(*member).is_some_and(|found| found.withheld.is_some());
            let reason = match &candidate.withheld {
                _ if forced.contains(&index) => Reason::Story,
                _ if kept && candidate.is_worth(audience) => Reason::Chosen,
                _ if kept => Reason::Context,
                Some(label) => Reason::Withheld(label.clone()),
                None if candidate.is_lead_in => Reason::LeadIn,
                None if candidate.score < audience.least_score => Reason::UnderLeast(audience.least_score),
                None if unit(candidates, index).iter().any(private) => Reason::LeansOnWithheld,
                None if unit(candidates, index).len() > LONGEST_UNIT => Reason::BringsTooMany,
                None => match candidate.told.map(|(on, _)| Reason::ToldBefore(on)) {
                    Some(told) => told,
                    None => match told_by(task.similar, chosen, index).and_then(|other| candidates.get(other)) {
                        Some(other) => Reason::SaysTheSame(other.id),
                        None => Reason::NoRoom,
                    },
                },
            };
            verdict(candidates, index, kept, reason)
        })
        .collect()
}

/// What must not be missing and is. What is kept back is told as that, and what the audience knows is not missing.
fn missing(candidates: &[Candidate], verdicts: &[Verdict]) -> Vec<Missing> {
    let without_room =
        |verdict: &&Verdict| matches!(verdict.reason, Reason::NoRoom | Reason::BringsTooMany | Reason::UnderLeast(_));
    let found = verdicts.iter().filter(without_room).filter_map(|verdict| {
        let candidate = candidates.iter().find(|candidate| candidate.id == verdict.id)?;
        Some(Missing { id: verdict.id, label: candidate.essential.clone()? })
    });
    found.collect()
}

/// The quoted sentence that says the same.
fn told_by(similar: &[Similar], chosen: &BTreeSet<usize>, index: usize) -> Option<usize> {
    similar.iter().find_map(|pair| match (pair.first == index, pair.second == index) {
        (true, _) => Some(pair.second).filter(|other| chosen.contains(other)),
        (_, true) => Some(pair.first).filter(|other| chosen.contains(other)),
        _ => None,
    })
}
