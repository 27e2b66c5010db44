//! From judged minutes to editions: which of them are new, which replace earlier ones, and what has to be looked at.
//!
//! Editions first, then what the document tells of its meeting, then (by the caller) the file: a pass that is cut off in
//! between is done again from the file, and a document that is not noted yet cannot keep another one from being mailed.

use chrono::{DateTime, NaiveDate, Utc};

use super::judge::Draft;
use super::pass::{DAEMON, Daemon, due_text};
use super::{corrections, follow_ups, layouts, meeting, prepare, reasons, release};
use crate::digest::AudienceId;
use crate::minutes::{Minutes, Said};
use crate::store::{
    CommitteeId, ContentHash, Disposition, DocumentKind, Edition, EditionId, EditionKey, EditionKind, EditionState,
    MeetingDocument, NewEdition, NewTask, Store, StoreError,
};

/// Who confirmed the documents that the configuration names.
const CONFIGURATION: &str = "config.toml";

/// Minutes of which letters can be made.
pub(super) struct Found<'f> {
    /// The file.
    pub name: &'f str,
    /// What is in it.
    pub minutes: &'f Minutes,
    /// Whose they are.
    pub committee: CommitteeId,
    /// The day of the meeting.
    pub date: NaiveDate,
    /// One letter per audience that has something to read.
    pub drafts: Vec<Draft>,
    /// Audiences with nothing to read.
    pub silent: Vec<(AudienceId, String)>,
    /// The file was there before the program could use it.
    pub late: bool,
}

/// Where an edition comes from.
pub(super) struct Origin<'o> {
    /// The committee.
    pub committee: &'o CommitteeId,
    /// The day of the meeting.
    pub date: NaiveDate,
    /// The document.
    pub source: &'o ContentHash,
    /// It was there before the program could use it.
    pub late: bool,
    /// More final minutes of the meeting came before.
    pub less_final: bool,
    /// Why every letter of these minutes waits, beside what the judgement says.
    pub doubts: Vec<String>,
}

impl<S: Store> Daemon<S> {
    /// Notes whose agenda it is, so that its minutes can be compared with it.
    pub(super) fn note_agenda(&mut self, minutes: &Minutes) -> Result<(), StoreError> {
        let committee = release::committee_of(&self.workspace.config, minutes).map(|committee| committee.id.clone());
        match committee.zip(minutes.date) {
            Some((committee, date)) => self.store.record_document(&self.document(minutes, &committee, date)),
            None => Ok(()),
        }
    }

    fn document(&self, minutes: &Minutes, committee: &CommitteeId, date: NaiveDate) -> MeetingDocument {
        meeting::document(minutes, committee, date, &|title| self.workspace.is_private_title(minutes, title))
    }

    /// Makes the editions of minutes, and says what the file is and what a person should know of it.
    pub(super) fn make_editions(
        &mut self,
        found: &Found<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Disposition, Option<String>), StoreError> {
        let document = self.document(found.minutes, &found.committee, found.date);
        let others = self.store.documents(&found.committee, found.date)?;
        let twins: Vec<&MeetingDocument> = meeting::twins(&document, &others).collect();
        let editions = self.store.editions()?;
        let mut covered = Vec::new();
        let mut mailed = Vec::new();
        for draft in &found.drafts {
            for edition in editions.iter().filter(|edition| edition.key.audience == draft.audience) {
                let Some(twin) = twins.iter().find(|twin| twin.source == edition.source) else { continue };
                let begun = self.store.balance(edition.id)?.planned > 0;
                let waits = matches!(edition.state, EditionState::Held | EditionState::Released);
                let alive = !waits || prepare::source(&self.workspace, &mut self.store, &edition.source)?.is_some();
                if begun {
                    mailed.push(&draft.audience);
                }
                if begun || (alive && twin.finality >= document.finality) {
                    covered.push(&draft.audience);
                }
            }
        }
        if let Some(twin) = twins.first()
            && found.drafts.iter().all(|draft| covered.contains(&&draft.audience))
        {
            let name =
                self.store.file(&twin.source)?.map_or_else(|| "et tidligere dokument".to_owned(), |file| file.path);
            tracing::info!("{} holds the same minutes as {name}", found.name);
            self.store.record_document(&document)?;
            return Ok((Disposition::Same, Some(reasons::same_as(&name))));
        }
        let agenda = others.iter().rfind(|other| other.kind == DocumentKind::Agenda);
        let missing = agenda.map(|agenda| meeting::items_missing(agenda, &document)).unwrap_or_default();
        let origin = Origin {
            committee: &found.committee,
            date: found.date,
            source: &document.source,
            late: found.late,
            less_final: meeting::is_less_final(&document, &others),
            doubts: if missing.is_empty() { Vec::new() } else { vec![reasons::not_in_minutes(&missing)] },
        };
        let mut notes = Vec::new();
        let mut corrected: Vec<&AudienceId> = Vec::new();
        let silent = || found.silent.iter().map(|(audience, _)| audience);
        for audience in found.drafts.iter().map(|draft| &draft.audience).chain(silent()) {
            let key = self.next_key(&origin, audience, &editions);
            if mailed.contains(&audience) {
                continue;
            }
            if let Some(sent) = corrections::sent(&mut self.store, &key)? {
                corrected.push(audience);
                notes.extend(self.correct(&origin, found.minutes, audience, &sent, now)?);
            }
        }
        for draft in &found.drafts {
            if !mailed.contains(&&draft.audience) && !corrected.contains(&&draft.audience) {
                self.enter(&origin, draft, now)?;
            }
        }
        for (audience, why) in found.silent.iter().filter(|(audience, _)| !corrected.contains(&audience)) {
            tracing::info!("{} has nothing to tell {audience}. {why}", found.name);
            self.supersede(&origin, audience, now)?;
            notes.push(format!("Intet til {audience}. {why}").trim_end().to_owned());
        }
        notes.extend(self.note_earlier(found, &document.source, &editions, now)?);
        self.call_back(found.minutes, &document.source, &found.committee, found.date, now)?;
        self.store.record_document(&document)?;
        follow_ups::note(&self.workspace, &mut self.store, found.minutes, &found.committee, found.date, now)?;
        let committee = self.workspace.config.committees.iter().find(|committee| committee.id == found.committee);
        if committee.is_some_and(|committee| committee.confirmed.contains(&document.source)) {
            layouts::remember(&mut self.store, &found.committee, found.minutes, CONFIGURATION, now)?;
        }
        let disposition = if found.drafts.is_empty() { Disposition::Empty } else { Disposition::Edition };
        Ok((disposition, Some(notes.join(" ")).filter(|notes| !notes.is_empty())))
    }

    /// Makes a task for a person of every correction of earlier minutes; says which waiting letters are of minutes that
    /// these call approved, without letting any go: who approves is a person.
    fn note_earlier(
        &mut self,
        found: &Found<'_>,
        source: &ContentHash,
        editions: &[Edition],
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, StoreError> {
        let own = || editions.iter().filter(|edition| edition.key.committee == found.committee);
        let before = own().map(|edition| edition.key.meeting_date).filter(|date| *date < found.date).max();
        let mut notes = Vec::new();
        for statement in self.workspace.said_of_earlier(found.minutes) {
            let about = statement.date.or(before);
            match statement.said {
                Said::Changed => {
                    let task = NewTask {
                        committee: found.committee.clone(),
                        told_on: found.date,
                        about,
                        source: source.clone(),
                        said: self.workspace.tellable(found.minutes, statement.text),
                    };
                    if self.store.add_task(&task, now)? {
                        let day = about.map_or_else(|| "an earlier meeting".to_owned(), |day| day.to_string());
                        tracing::warn!(
                            "{} corrects the minutes of {day}: is the letter about them still right? \"digest done\" lists it",
                            found.name
                        );
                    }
                }
                Said::Approved => {
                    let waits = |edition: &Edition| edition.state == EditionState::Held;
                    let held =
                        |day: &NaiveDate| own().any(|edition| edition.key.meeting_date == *day && waits(edition));
                    notes.extend(about.filter(held).map(reasons::says_approved));
                }
            }
        }
        notes.dedup();
        Ok(notes)
    }

    /// The key that an edition of these minutes has, or would have if it were made now.
    fn next_key(&self, origin: &Origin<'_>, audience: &AudienceId, editions: &[Edition]) -> EditionKey {
        let (committee, audience) = (origin.committee.clone(), audience.clone());
        let key = EditionKey { committee, audience, meeting_date: origin.date, revision: u32::MAX };
        let same = |edition: &&Edition| {
            edition.source == *origin.source && EditionKey { revision: u32::MAX, ..edition.key.clone() } == key
        };
        editions.iter().find(same).map_or(key.clone(), |edition| edition.key.clone())
    }

    /// Makes the correction of what an audience was sent of these minutes; says why there is none.
    fn correct(
        &mut self,
        origin: &Origin<'_>,
        minutes: &Minutes,
        audience: &AudienceId,
        sent: &corrections::Sent,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let Some((_, audience)) = self.workspace.config.audience(&audience.0) else { return Ok(None) };
        let audience = audience.clone();
        let found = corrections::correction(&self.workspace, minutes, &audience, sent);
        let Some(correction) = found else {
            self.supersede(origin, &audience.id, now)?;
            return Ok(Some(reasons::nothing_to_correct(&audience.id)));
        };
        let mut held = reasons::corrects(&correction.items);
        let subject = match self.workspace.correction_letter(&correction, &audience) {
            Ok(letter) => letter.map(|letter| letter.subject).unwrap_or_default(),
            Err(error) => {
                held = format!("{} {held}", reasons::no_letter(&error));
                format!("{} {}", origin.committee, origin.date)
            }
        };
        let draft = Draft { audience: audience.id, subject, held: Some(held) };
        self.enter_as(origin, &draft, EditionKind::Correction, Some(sent.last), now)?;
        Ok(None)
    }

    /// Makes the edition of a draft, held or released.
    fn enter(&mut self, origin: &Origin<'_>, draft: &Draft, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.enter_as(origin, draft, EditionKind::Letter, None, now)
    }

    pub(super) fn enter_as(
        &mut self,
        origin: &Origin<'_>,
        draft: &Draft,
        kind: EditionKind,
        about: Option<EditionId>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.supersede(origin, &draft.audience, now)?;
        let mut why: Vec<&str> = draft.held.as_deref().into_iter().collect();
        why.extend(origin.doubts.iter().map(String::as_str));
        if origin.less_final {
            why.push(reasons::LESS_FINAL);
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
            kind,
            about,
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
    /// out in between. Less final minutes cancel nothing.
    fn supersede(&mut self, origin: &Origin<'_>, audience: &AudienceId, now: DateTime<Utc>) -> Result<(), StoreError> {
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
        let replaces = !origin.late && !origin.less_final;
        for each in same.iter().filter(|each| own.is_none_or(|own| each.key.revision < own)) {
            let waits = matches!(each.state, EditionState::Held | EditionState::Released);
            if replaces && waits && self.store.balance(each.id)?.planned == 0 {
                self.store.cancel(each.id, reasons::SUPERSEDED, DAEMON, now)?;
                tracing::info!("edition {} {} is cancelled: newer minutes of the meeting came", each.id, each.key);
            }
        }
        Ok(())
    }
}
