//! Taking files in: each new one is read, judged and written down, with the editions it makes.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::judge::{Draft, Judgement, judge};
use super::pass::{DAEMON, Daemon, DaemonError, due_text, name_of};
use super::reasons;
use super::scan::{Fingerprint, Scan};
use super::stop::Stop;
use crate::digest::AudienceId;
use crate::intake::{self, IntakeError};
use crate::minutes::Minutes;
use crate::store::{CommitteeId, ContentHash, Disposition, Edition, EditionState, NewEdition, Store, StoreError};

/// What a look did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Files that were new, or are understood anew.
    pub taken: usize,
    /// Files that may still be written.
    pub unsettled: usize,
}

/// Where an edition comes from.
struct Origin<'o> {
    committee: &'o CommitteeId,
    date: chrono::NaiveDate,
    source: &'o ContentHash,
    /// The file was there before the program could use it.
    late: bool,
}

impl<S: Store> Daemon<S> {
    /// Looks at the inbox and takes in what is new, until it is asked to stop.
    ///
    /// # Errors
    /// The state's and the inbox's. Files taken in before stay so.
    pub fn look(&mut self, stop: &Stop) -> Result<Looked, DaemonError> {
        let now = self.clock.now();
        let scan = self.scan(self.trust_age, now)?;
        let mut looked = Looked { taken: 0, unsettled: scan.unsettled.len() };
        for (path, fingerprint) in scan.ready {
            if stop.is_asked() {
                break;
            }
            looked.taken += usize::from(self.take(&path, fingerprint, now)?);
        }
        Ok(looked)
    }

    pub(super) fn scan(&mut self, trust_age: bool, now: DateTime<Utc>) -> Result<Scan, DaemonError> {
        let inbox = &self.workspace.config.inbox;
        self.scanner
            .scan(&inbox.folder, inbox.settle, trust_age, now)
            .map_err(|error| DaemonError::Inbox { folder: inbox.folder.clone(), error })
    }

    /// Takes in one file; a file that cannot be read goes by its name, size and the limit, so that it is told once and tried
    /// again when any of them changes. Says whether there was anything new about it.
    fn take(&mut self, path: &Path, fingerprint: Fingerprint, now: DateTime<Utc>) -> Result<bool, DaemonError> {
        let limit = self.workspace.reading.max_bytes();
        let read = intake::bytes(path, limit);
        if matches!(read, Err(IntakeError::Missing(_))) {
            // Gone since the look.
            return Ok(false);
        }
        // What the system refuses today it may give tomorrow without any change to the file.
        let again = matches!(read, Err(IntakeError::Unreadable { .. }));
        if read.is_ok() && Fingerprint::of(path).ok() != Some(fingerprint) {
            // Written while it was read: the next look sees another fingerprint.
            return Ok(false);
        }
        let hash = match &read {
            Ok(bytes) => ContentHash::of(bytes),
            Err(_) => stand_in(path, fingerprint, limit),
        };
        let known = self.store.file(&hash)?;
        let useless = |found: Disposition| {
            matches!(found, Disposition::Unmapped | Disposition::NotUnderstood | Disposition::Unreadable)
        };
        if known.as_ref().is_some_and(|known| !useless(known.disposition)) {
            self.scanner.done(path, fingerprint);
            return Ok(false);
        }
        let name = name_of(path);
        if known.is_none() && self.was_there_at_first_start(&name)? {
            if read.is_ok() {
                self.record(path, hash, Disposition::SeenBeforeStart, None, now)?;
                self.forget_from_first_start(&name)?;
            }
            self.scanner.done(path, fingerprint);
            return Ok(false);
        }
        let judgement = match read.and_then(|bytes| self.workspace.reading.minutes_of(path, &bytes)) {
            Ok(minutes) => {
                let judgement = judge(&self.workspace, &minutes);
                if known.is_none() {
                    tracing::info!("read {name}: {}", described(&minutes));
                }
                judgement
            }
            Err(error) => Judgement::Nothing { disposition: Disposition::Unreadable, reason: error.to_string() },
        };
        let late = known.is_some();
        let (disposition, reason) = match judgement {
            Judgement::Nothing { disposition, reason } => {
                let same = known.as_ref().is_some_and(|known| {
                    known.disposition == disposition && known.reason.as_deref() == Some(reason.as_str())
                });
                if same {
                    if !again {
                        self.scanner.done(path, fingerprint);
                    }
                    return Ok(false);
                }
                match disposition {
                    Disposition::Agenda => tracing::info!("{name} is never mailed: {reason}"),
                    _ => tracing::warn!("held {name} ({disposition}): {reason}"),
                }
                (disposition, Some(reason).filter(|reason| !reason.is_empty()))
            }
            Judgement::Letters { committee, date, drafts, silent } => {
                let origin = Origin { committee: &committee, date, source: &hash, late };
                for draft in &drafts {
                    self.enter(&origin, draft, now)?;
                }
                for (audience, why) in &silent {
                    tracing::info!("{name} has nothing to tell {audience}. {why}");
                    self.supersede(&origin, audience, now)?;
                }
                let nothing = silent.iter().map(|(audience, why)| format!("Intet til {audience}. {why}"));
                let reason = nothing.map(|each| each.trim_end().to_owned()).collect::<Vec<_>>().join(" ");
                let disposition = if drafts.is_empty() { Disposition::Empty } else { Disposition::Edition };
                (disposition, Some(reason).filter(|reason| !reason.is_empty()))
            }
        };
        // Last: a file that is not recorded is taken in again, and makes the same editions.
        self.record(path, hash, disposition, reason, now)?;
        if !again {
            self.scanner.done(path, fingerprint);
        }
        Ok(true)
    }

    /// Makes the edition of a draft, held or released.
    fn enter(&mut self, origin: &Origin<'_>, draft: &Draft, now: DateTime<Utc>) -> Result<(), StoreError> {
        let begun = self.supersede(origin, &draft.audience, now)?;
        let mut why: Vec<&str> = draft.held.as_deref().into_iter().collect();
        if begun {
            why.push(reasons::EARLIER_LETTER);
        }
        if origin.late {
            why.push(reasons::LATE);
        }
        let due = self.due_at(origin.committee, now);
        if due.is_none() {
            why.push(reasons::NEVER_DUE);
        }
        let reason = if why.is_empty() { reasons::NEW.to_owned() } else { why.join(" ") };
        let new = NewEdition {
            committee: origin.committee.clone(),
            audience: draft.audience.clone(),
            meeting_date: origin.date,
            source: origin.source.clone(),
            subject: draft.subject.clone(),
            reason,
        };
        let edition = self.store.edition_for(&new, now)?;
        let (id, key) = (edition.id, &edition.key);
        // An edition from an interrupted pass that a person held in the meantime has another reason and stays held.
        let fresh = edition.state == EditionState::Held && edition.reason.as_deref() == Some(reasons::NEW);
        match due.filter(|_| fresh) {
            Some(due) => {
                self.store.release(id, due, DAEMON, now)?;
                tracing::info!("edition {id} {key} is released and goes out {}", due_text(Some(due)));
            }
            None => {
                let reason = edition.reason.as_deref().unwrap_or_default();
                tracing::info!("edition {id} {key} is {}: {reason}", edition.state);
            }
        }
        Ok(())
    }

    /// When a letter of this committee goes out that is released now.
    pub(super) fn due_at(&self, committee: &CommitteeId, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.immediate {
            return Some(now);
        }
        let committee = self.workspace.config.committees.iter().find(|known| known.id == *committee)?;
        committee.schedule.first_at_or_after(now)
    }

    /// Cancels earlier revisions of which no letter was made yet, before the later one exists: nothing outdated can slip
    /// out in between. Says whether letters of another revision were made.
    fn supersede(
        &mut self,
        origin: &Origin<'_>,
        audience: &AudienceId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let editions = self.store.editions()?;
        let same: Vec<&Edition> = editions
            .iter()
            .filter(|each| {
                each.key.committee == *origin.committee
                    && each.key.audience == *audience
                    && each.key.meeting_date == origin.date
            })
            .collect();
        let own = same.iter().find(|each| each.source == *origin.source).map(|each| each.key.revision);
        let mut begun = false;
        for each in same.iter().filter(|each| own.is_none_or(|own| each.key.revision < own)) {
            if self.store.balance(each.id)?.planned > 0 {
                begun = true;
            } else if !origin.late && matches!(each.state, EditionState::Held | EditionState::Released) {
                self.store.cancel(each.id, reasons::SUPERSEDED, DAEMON, now)?;
                tracing::info!("edition {} {} is cancelled: newer minutes of the meeting came", each.id, each.key);
            }
        }
        Ok(begun)
    }
}

/// Names a file that could not be read by what is known of it.
fn stand_in(path: &Path, fingerprint: Fingerprint, limit: u64) -> ContentHash {
    ContentHash::of(format!("unread\0{}\0{fingerprint:?}\0{limit}", name_of(path)).as_bytes())
}

/// "HovedMED 2026-09-16, approved, 12 items".
fn described(minutes: &Minutes) -> String {
    let committee = minutes.committee.as_deref().unwrap_or("no committee");
    let date = minutes.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let kind = format!("{:?}", minutes.kind).to_lowercase();
    let approval = format!("{:?}", minutes.approval.state).to_lowercase();
    format!("{kind} of {committee}, {date}, approval {approval}, {} items", minutes.items.len())
}
