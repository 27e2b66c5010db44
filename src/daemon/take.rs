//! Taking files in: each new one is read, judged and written down, with the editions it makes.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::enter::Found;
use super::judge::{Judgement, Known, judge};
use super::pass::{Daemon, DaemonError, name_of};
use super::scan::{Fingerprint, Scan};
use super::stop::Stop;
use super::{memory, release};
use crate::clock::danish_day;
use crate::digest::Memory;
use crate::intake::{self, IntakeError};
use crate::minutes::Minutes;
use crate::store::{ContentHash, Disposition, Store};

/// What a look did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Files that were new, or are understood anew.
    pub taken: usize,
    /// Files that may still be written.
    pub unsettled: usize,
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
        let (minutes, judgement) = match read.and_then(|bytes| self.workspace.reading.minutes_of(path, &bytes)) {
            Ok(minutes) => {
                let committee = release::committee_of(&self.workspace.config, &minutes).map(|found| found.id.clone());
                let (memory, due) = match committee.zip(minutes.date) {
                    Some((committee, date)) => {
                        (memory::of(&self.workspace, &mut self.store, &committee, date)?, self.due_at(&committee, now))
                    }
                    None => (Memory::default(), None),
                };
                let layouts = self.store.layouts()?;
                let beside = Known { layouts: &layouts, memory: &memory, day: danish_day(due.unwrap_or(now)) };
                let judgement = judge(&self.workspace, &minutes, beside);
                if known.is_none() {
                    tracing::info!("read {name}: {}", described(&minutes));
                }
                (Some(minutes), judgement)
            }
            Err(error) => {
                let reason = error.to_string();
                (None, Judgement::Nothing { disposition: Disposition::Unreadable, reason })
            }
        };
        let late = known.is_some();
        let (disposition, reason) = match (judgement, &minutes) {
            (Judgement::Nothing { disposition, reason }, minutes) => {
                let same = known.as_ref().is_some_and(|known| {
                    known.disposition == disposition && known.reason.as_deref() == Some(reason.as_str())
                });
                if same {
                    if !again {
                        self.scanner.done(path, fingerprint);
                    }
                    return Ok(false);
                }
                match minutes.as_ref().filter(|_| disposition == Disposition::Agenda) {
                    Some(minutes) => {
                        let made = self.announce(minutes, late, now)?;
                        match made {
                            0 => tracing::info!("{name} is never mailed: {reason}"),
                            _ => {
                                tracing::info!("{name} is an agenda and makes {made} letters about the coming meeting")
                            }
                        }
                        self.note_agenda(minutes)?;
                    }
                    None => tracing::warn!("held {name} ({disposition}): {reason}"),
                }
                (disposition, Some(reason).filter(|reason| !reason.is_empty()))
            }
            (Judgement::Letters { committee, date, drafts, silent }, Some(minutes)) => {
                let found = Found { name: &name, minutes, committee, date, drafts, silent, late };
                self.make_editions(&found, now)?
            }
            // Letters come from minutes alone.
            (Judgement::Letters { .. }, None) => return Ok(false),
        };
        // Last: a file that is not recorded is taken in again, and makes the same editions.
        self.record(path, hash, disposition, reason, now)?;
        if !again {
            self.scanner.done(path, fingerprint);
        }
        Ok(true)
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
