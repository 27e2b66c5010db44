//! The memory of committees between meetings: what was left open is noted when minutes come, seen again when a later meeting
//! takes it up, and told in a letter once a person has confirmed it.
//!
//! A letter never trusts the stored sentence. Minutes may have been corrected and rules made stricter since, so the latest
//! minutes of that meeting are read and scored again, and what is not in them, or may not be mailed today, stays out.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::prepare;
use super::workspace::Workspace;
use crate::digest::followups::{LaterItem, LaterMeeting, Matter, left_open};
use crate::digest::{OpenKind, OpenMatter, ScoredMeeting};
use crate::language::agreements::Agreements;
use crate::minutes::Minutes;
use crate::store::{
    CommitteeId, ContentHash, DocumentKind, FollowUp, FollowUpKind, FollowUpState, MeetingDocument, NewFollowUp,
    Return, Store, StoreError, sentence_key,
};

/// Notes what minutes leave open, and which open matters they or other known minutes take up again. Doing it again
/// changes nothing.
///
/// # Errors
/// The state's.
pub fn note(
    workspace: &Workspace,
    store: &mut dyn Store,
    minutes: &Minutes,
    committee: &CommitteeId,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let agreements = &workspace.follow_words().agreements;
    let mut added = 0_usize;
    for open in left_open(minutes, &workspace.score(minutes), agreements) {
        let new = NewFollowUp {
            committee: committee.clone(),
            since: date,
            source: ContentHash(minutes.source.sha256.clone()),
            number: open.number,
            title: open.title,
            subheading: open.subheading,
            case: open.case,
            kind: match open.kind {
                OpenKind::Postponed => FollowUpKind::Postponed,
                OpenKind::Promise => FollowUpKind::Promise,
            },
            said: open.text,
        };
        added += usize::from(store.add_follow_up(&new, now)?);
    }
    if added > 0 {
        tracing::info!(
            "{added} open matters of {committee} {date} wait for a look: \"digest status --open\" lists them"
        );
    }
    // Minutes come in any order: the new ones may take up older matters, and what they leave open may have been taken up long
    // ago. All other pairs were looked at when the later of the two came, or the years would cost their square.
    let open: Vec<FollowUp> = store.follow_ups()?;
    let concerns = |matter: &&FollowUp| matter.found.committee == *committee && matter.state != FollowUpState::Closed;
    let (own, older): (Vec<&FollowUp>, Vec<&FollowUp>) = open
        .iter()
        .filter(concerns)
        .filter(|matter| matter.found.since <= date)
        .partition(|matter| matter.found.since == date);
    let documents = if own.is_empty() { store.documents(committee, date)? } else { store.all_documents()? };
    for document in &documents {
        let later = document.committee == *committee && document.kind == DocumentKind::Minutes && document.date >= date;
        let asking = if document.date == date { &older } else { &own };
        if later && !asking.is_empty() {
            propose(store, document, asking, agreements)?;
        }
    }
    Ok(())
}

/// Notes which of these matters a later meeting takes up, and in which item.
fn propose(
    store: &mut dyn Store,
    document: &MeetingDocument,
    matters: &[&FollowUp],
    agreements: &Agreements,
) -> Result<(), StoreError> {
    let items = document.items.iter().map(|item| LaterItem { title: &item.title, case: item.case.as_deref() });
    let meeting = LaterMeeting::new(items, agreements);
    for matter in matters {
        let found = &matter.found;
        let asked =
            Matter { title: &found.title, subheading: found.subheading.as_deref(), case: found.case.as_deref() };
        if let Some(item) = meeting.taking_up(asked).and_then(|place| document.items.get(place)) {
            store.propose_return(matter.id, &Return { on: document.date, number: item.number.clone() })?;
        }
    }
    Ok(())
}

/// What a letter about a meeting of this day may tell as still open: confirmed, older than the meeting, not taken up by it or
/// before it, and mailable today.
///
/// # Errors
/// The state's.
pub fn open_for(
    workspace: &Workspace,
    store: &mut dyn Store,
    committee: &CommitteeId,
    date: NaiveDate,
) -> Result<Vec<OpenMatter>, StoreError> {
    let mut read: BTreeMap<NaiveDate, Option<(Minutes, ScoredMeeting)>> = BTreeMap::new();
    let mut open = Vec::new();
    for matter in store.follow_ups()? {
        let found = &matter.found;
        let is_open = found.committee == *committee
            && matter.state == FollowUpState::Confirmed
            && found.since < date
            && matter.returned.as_ref().is_none_or(|returned| returned.on > date);
        if !is_open {
            continue;
        }
        if let std::collections::btree_map::Entry::Vacant(entry) = read.entry(found.since) {
            entry.insert(latest(workspace, store, committee, found.since)?);
        }
        let Some(Some((minutes, scored))) = read.get(&found.since) else { continue };
        let agreements = &workspace.follow_words().agreements;
        let key = sentence_key(&found.said);
        // The same reading that found it leaves out closed items and withheld sentences.
        let told = left_open(minutes, scored, agreements);
        let Some(told) = told.into_iter().find(|one| sentence_key(&one.text) == key) else { continue };
        open.push(OpenMatter {
            since: found.since,
            number: told.number,
            title: told.title,
            kind: told.kind,
            text: Some(told.text),
        });
    }
    Ok(open)
}

/// The latest minutes of a meeting that are still in the inbox, read and scored.
fn latest(
    workspace: &Workspace,
    store: &mut dyn Store,
    committee: &CommitteeId,
    date: NaiveDate,
) -> Result<Option<(Minutes, ScoredMeeting)>, StoreError> {
    let documents = store.documents(committee, date)?;
    let minutes = documents.iter().filter(|document| document.kind == DocumentKind::Minutes);
    // Of equally final ones the later.
    let Some(document) = minutes.max_by_key(|document| document.finality) else { return Ok(None) };
    let Some((path, bytes)) = prepare::source(workspace, store, &document.source)? else { return Ok(None) };
    let Ok(minutes) = workspace.reading.minutes_of(&path, &bytes) else { return Ok(None) };
    let scored = workspace.score(&minutes);
    Ok(Some((minutes, scored)))
}
