//! Notices about letters: to those who approve, that one waits; to those who got one that they should not have, to delete it.
//!
//! A notice is an edition with the same way out as a letter, so that a crash neither loses nor repeats it. It never quotes:
//! who approves gets counts, item numbers and the names of rules, and sees the text where it lies.

use chrono::{DateTime, NaiveDate, Utc};

use super::pass::{DAEMON, Daemon, name_of};
use super::prepare::{self, Obstacle, Prepared};
use super::reasons;
use super::workspace::Workspace;
use crate::clock::danish_day;
use crate::config::Committee;
use crate::mail::{Mailbox, Sender};
use crate::render::{DeletionNotice, Letter, WaitingNotice, WaitingReason};
use crate::store::{
    ContentHash, Edition, EditionId, EditionKind, EditionState, LetterState, NewNotice, Store, StoreError,
};

impl<S: Store> Daemon<S> {
    /// Makes a notice for every letter that waits for a person, once for each reason; how many new ones.
    pub(super) fn notify(&mut self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut made = 0;
        let mut log = None;
        for edition in self.store.editions()? {
            let waits = !edition.kind.is_notice() && edition.state == EditionState::Held;
            let to = committee(&self.workspace, &edition).map(|committee| &committee.approvers);
            if !waits || to.is_none_or(Vec::is_empty) {
                continue;
            }
            if log.is_none() {
                log = Some(self.store.audit_log()?);
            }
            // Who held it knows.
            let held = format!("hold {}: ", edition.key);
            let last = log.iter().flatten().rfind(|entry| entry.what.starts_with(&held));
            if last.is_some_and(|entry| entry.who != DAEMON) {
                continue;
            }
            let reason = edition.reason.as_deref().unwrap_or_default();
            let new = NewNotice {
                kind: EditionKind::Waiting,
                about: edition.id,
                occasion: ContentHash::of(format!("waiting\0{}\0{reason}", edition.id).as_bytes()),
                subject: reasons::WAITING_SUBJECT.to_owned(),
                reason: reasons::NEW.to_owned(),
            };
            let notice = self.store.notice_for(&new, now)?;
            if notice.state == EditionState::Held && notice.reason.as_deref() == Some(reasons::NEW) {
                self.store.release(notice.id, now, DAEMON, now)?;
                made += 1;
            }
        }
        Ok(made)
    }
}

/// Makes the letter that asks those who got an edition to delete it, held until a person says yes, and stops what is
/// still to be sent of that edition.
///
/// # Errors
/// The state's.
pub fn ask_for_deletion(
    store: &mut dyn Store,
    edition: &Edition,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Edition, StoreError> {
    if matches!(edition.state, EditionState::Released | EditionState::Planned) {
        store.hold(edition.id, reasons::BEING_RECALLED, by, now)?;
    }
    let new = NewNotice {
        kind: EditionKind::Deletion,
        about: edition.id,
        occasion: ContentHash::of(format!("deletion\0{}", edition.id).as_bytes()),
        subject: reasons::DELETION_SUBJECT.to_owned(),
        reason: reasons::DELETION_WAITS.to_owned(),
    };
    let notice = store.notice_for(&new, now)?;
    store.audit(now, &format!("ask for the deletion of {} with {}", edition.key, notice.key), by)?;
    Ok(notice)
}

/// Who got an edition, or may have.
///
/// # Errors
/// The state's.
pub fn reached(store: &mut dyn Store, edition: EditionId) -> Result<Vec<Mailbox>, StoreError> {
    let got = |state| matches!(state, LetterState::Sent | LetterState::AtDot | LetterState::Unknown);
    let rows = store.letters(edition)?;
    let reached = rows.iter().filter(|row| got(row.state));
    Ok(reached
        .filter_map(|row| Some(Mailbox::new(row.name.as_deref(), crate::mail::Address::parse(&row.address).ok()?)))
        .collect())
}

/// Makes what would be sent for a notice.
pub(super) fn prepare(
    workspace: &Workspace,
    store: &mut dyn Store,
    edition: &Edition,
    day: NaiveDate,
) -> Result<Prepared, Obstacle> {
    let gone = || Obstacle::Reason(reasons::COMMITTEE_CHANGED.to_owned());
    let about = store.edition(edition.about.ok_or_else(gone)?)?;
    let committee = committee(workspace, &about).ok_or_else(gone)?;
    let (letter, recipients) = match edition.kind {
        EditionKind::Waiting => (waiting(workspace, store, &about, committee, day)?, committee.approvers.clone()),
        _ => {
            let reached = reached(store, about.id)?;
            if reached.is_empty() {
                return Err(Obstacle::Reason(reasons::NOBODY_REACHED.to_owned()));
            }
            (deletion(workspace, store, &about, committee)?, reached)
        }
    };
    let mail = &workspace.config.mail;
    let sender = Sender { from: mail.from.clone(), reply_to: mail.reply_to.clone(), list_id: None };
    let content = prepare::content(workspace, &letter, &sender, &recipients, &edition.source, &[]);
    Ok(Prepared {
        letter,
        sender,
        recipients,
        content,
        held: None,
        told: Vec::new(),
        both_sides: true,
        unconfirmed: None,
        digest: None,
    })
}

fn committee<'w>(workspace: &'w Workspace, edition: &Edition) -> Option<&'w Committee> {
    workspace.config.committees.iter().find(|committee| committee.id == edition.key.committee)
}

fn waiting(
    workspace: &Workspace,
    store: &mut dyn Store,
    about: &Edition,
    committee: &Committee,
    day: NaiveDate,
) -> Result<Letter, Obstacle> {
    let name = store.file(&about.source)?.map(|file| name_of(std::path::Path::new(&file.path))).unwrap_or_default();
    let mut notice = WaitingNotice {
        edition: about.id.to_string(),
        committee: committee.names.0.first().cloned().unwrap_or_default(),
        audience: about.key.audience.0.clone(),
        meeting: about.key.meeting_date,
        file: String::new(),
        recipients: 0,
        items: 0,
        sentences: 0,
        words: 0,
        reasons: Vec::new(),
    };
    match super::prepare::prepare(workspace, store, about, day) {
        Ok(prepared) => {
            notice.recipients = prepared.recipients.len();
            if let Some(digest) = &prepared.digest {
                notice.items = digest.items.len();
                notice.sentences = digest.items.iter().map(|item| item.sentences.len()).sum();
                notice.words = digest.words;
                let held = digest.held.iter().filter(|held| held.item.is_some());
                notice.reasons = held
                    .map(|held| WaitingReason {
                        item: held.item.map(|item| item.to_string()),
                        text: held.reason.clone(),
                    })
                    .chain(digest.left_out.essential.iter().map(|missing| WaitingReason {
                        item: Some(missing.id.item.to_string()),
                        text: reasons::missing(missing),
                    }))
                    .collect();
            }
            notice.reasons.dedup();
            // A name of a file may say what its text may not.
            let minutes = super::prepare::minutes(workspace, store, about)?;
            notice.file = workspace.tellable(&minutes, name);
        }
        Err(Obstacle::Reason(_)) => {}
        Err(store @ Obstacle::Store(_)) => return Err(store),
    }
    // What speaks against the whole letter; what speaks against an item is told for itself, with its number.
    let mut whole = about.reason.clone().unwrap_or_default();
    for told in notice.reasons.iter().filter_map(|told| Some(format!("Punkt {}: {}", told.item.as_ref()?, told.text))) {
        whole = whole.replace(&told, "");
    }
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    if !whole.is_empty() {
        notice.reasons.insert(0, WaitingReason { item: None, text: whole });
    }
    workspace.notices.waiting(&notice).map_err(|error| Obstacle::Reason(reasons::no_letter(&error)))
}

fn deletion(
    workspace: &Workspace,
    store: &mut dyn Store,
    about: &Edition,
    committee: &Committee,
) -> Result<Letter, Obstacle> {
    let rows = store.letters(about.id)?;
    let sent = rows.iter().filter(|row| row.state == LetterState::Sent).map(|row| row.updated_at);
    let (first, last) = (sent.clone().min(), sent.max());
    let from = &workspace.config.mail.from;
    let notice = DeletionNotice {
        committee: committee.names.0.first().cloned().unwrap_or_default(),
        meeting: about.key.meeting_date,
        first_sent: first.map(danish_day),
        last_sent: last.map(danish_day),
        sender: from.name().map_or_else(|| from.address().as_str().to_owned(), str::to_owned),
    };
    workspace.notices.deletion(&notice).map_err(|error| Obstacle::Reason(reasons::no_letter(&error)))
}
