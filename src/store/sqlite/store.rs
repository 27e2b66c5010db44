//! The state's operations, each handed to the file of its table.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::{
    SqliteStore, add_to_audit, advance, change, editions, follow_ups, instant, letters, readings, retention, seconds,
    told,
};
use crate::digest::ToldSentence;
use crate::store::{
    Advanced, Approval, AuditEntry, Balance, ClaimedLetter, CommitteeId, ConfirmedLayout, ContentHash, Decided,
    Disposition, Edition, EditionId, FollowUp, FollowUpDecision, FollowUpId, LetterEvent, LetterId, LetterRow,
    LetterState, MeetingDocument, NewEdition, NewFollowUp, NewTask, Planned, PlannedLetters, Purged, Recovered,
    Retention, Return, SeenFile, Step, Store, StoreError, Task, TaskId, UnknownPolicies,
};

fn seen_file(row: &Row<'_>) -> Result<SeenFile, StoreError> {
    let disposition: String = row.get("disposition")?;
    Ok(SeenFile {
        hash: ContentHash(row.get("sha256")?),
        path: row.get("path")?,
        seen_at: instant(row.get("seen_at")?)?,
        disposition: Disposition::from_text(&disposition)
            .ok_or_else(|| StoreError::Corrupt(format!("the disposition {disposition}")))?,
        reason: row.get("reason")?,
    })
}

impl Store for SqliteStore {
    fn meta(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()?)
    }

    fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }

    fn record_file(&mut self, file: &SeenFile) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO files (sha256, path, seen_at, disposition, reason) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (sha256) DO UPDATE SET path = excluded.path, disposition = excluded.disposition,
                                                reason = excluded.reason",
            params![file.hash.0, file.path, seconds(file.seen_at), file.disposition.as_str(), file.reason],
        )?;
        Ok(())
    }

    fn file(&mut self, hash: &ContentHash) -> Result<Option<SeenFile>, StoreError> {
        let mut statement = self.connection.prepare("SELECT * FROM files WHERE sha256 = ?1")?;
        let mut rows = statement.query([&hash.0])?;
        rows.next()?.map(seen_file).transpose()
    }

    fn files(&mut self) -> Result<Vec<SeenFile>, StoreError> {
        let mut statement = self.connection.prepare("SELECT * FROM files ORDER BY seen_at DESC, path, sha256")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(seen_file(row)?);
        }
        Ok(found)
    }

    fn edition_for(&mut self, new: &NewEdition, now: DateTime<Utc>) -> Result<Edition, StoreError> {
        self.change(|transaction| editions::find_or_create(transaction, new, now))
    }

    fn edition(&mut self, id: EditionId) -> Result<Edition, StoreError> {
        editions::one(&self.connection, id)
    }

    fn editions(&mut self) -> Result<Vec<Edition>, StoreError> {
        editions::all(&self.connection)
    }

    fn hold(&mut self, id: EditionId, reason: &str, who: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|transaction| editions::hold(transaction, id, reason, who, now))
    }

    fn release(&mut self, id: EditionId, due: DateTime<Utc>, who: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|transaction| editions::release(transaction, id, due, who, now))
    }

    fn cancel(&mut self, id: EditionId, reason: &str, who: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|transaction| editions::cancel(transaction, id, reason, who, now))
    }

    fn approve(&mut self, approval: &Approval) -> Result<(), StoreError> {
        self.change(|transaction| editions::approve(transaction, approval))
    }

    fn approval(&mut self, id: EditionId, content: &ContentHash) -> Result<Option<Approval>, StoreError> {
        editions::approval(&self.connection, id, content)
    }

    fn last_approval(&mut self, id: EditionId) -> Result<Option<Approval>, StoreError> {
        editions::last_approval(&self.connection, id)
    }

    fn audit_log(&mut self) -> Result<Vec<AuditEntry>, StoreError> {
        let mut statement = self.connection.prepare("SELECT at, what, who FROM audit ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(AuditEntry { at: instant(row.get(0)?)?, what: row.get(1)?, who: row.get(2)? });
        }
        Ok(found)
    }

    fn audit(&mut self, at: DateTime<Utc>, what: &str, who: &str) -> Result<(), StoreError> {
        self.change(|transaction| add_to_audit(transaction, at, what, who))
    }

    fn plan(
        &mut self,
        id: EditionId,
        body: &[u8],
        planned: PlannedLetters<'_>,
        now: DateTime<Utc>,
    ) -> Result<Planned, StoreError> {
        self.change(|transaction| letters::plan(transaction, id, body, planned, now))
    }

    fn claim_due(&mut self, most: usize, now: DateTime<Utc>) -> Result<Vec<ClaimedLetter>, StoreError> {
        self.change_held(|transaction, lease| letters::claim_due(transaction, most, &lease.holder, now))
    }

    fn advance(&mut self, steps: &[Step], now: DateTime<Utc>) -> Result<Vec<Advanced>, StoreError> {
        self.change_held(|transaction, lease| {
            steps.iter().map(|step| advance::advance(transaction, step, &lease.holder, now)).collect()
        })
    }

    fn lease(&self) -> Duration {
        self.lease.length
    }

    fn renew(&mut self) -> Result<(), StoreError> {
        let Self { connection, lease, .. } = self;
        change(connection, |transaction| lease.renew(transaction))
    }

    fn resolve(
        &mut self,
        id: LetterId,
        event: LetterEvent,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<LetterState, StoreError> {
        self.change(|transaction| advance::resolve(transaction, id, event, None, who, now))
    }

    fn recover(&mut self, now: DateTime<Utc>) -> Result<Recovered, StoreError> {
        let Self { connection, lease, .. } = self;
        change(connection, |transaction| lease.recover(transaction, now))
    }

    fn decide_unknown(&mut self, policies: &UnknownPolicies, now: DateTime<Utc>) -> Result<Decided, StoreError> {
        self.change(|transaction| advance::decide_unknown(transaction, policies, now))
    }

    fn no_later(&mut self, latest: DateTime<Utc>) -> Result<usize, StoreError> {
        self.change(|transaction| letters::no_later(transaction, latest))
    }

    fn purge(&mut self, retention: Retention, now: DateTime<Utc>) -> Result<Purged, StoreError> {
        let purged = self.change(|transaction| retention::purge(transaction, retention, now))?;
        retention::clean(&self.connection)?;
        Ok(purged)
    }

    fn close_settled(&mut self, now: DateTime<Utc>) -> Result<Vec<EditionId>, StoreError> {
        self.change(|transaction| letters::close_settled(transaction, now))
    }

    fn letters(&mut self, id: EditionId) -> Result<Vec<LetterRow>, StoreError> {
        letters::of_edition(&self.connection, id)
    }

    fn letter_bytes(&mut self, id: LetterId) -> Result<Option<Vec<u8>>, StoreError> {
        letters::bytes(&self.connection, id)
    }

    fn balance(&mut self, id: EditionId) -> Result<Balance, StoreError> {
        letters::balance(&self.connection, id)
    }

    fn tried_since(&mut self, time: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, StoreError> {
        letters::tried_since(&self.connection, time)
    }

    fn next_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        letters::next_due(&self.connection)
    }

    fn record_told(&mut self, id: EditionId, told: &[ToldSentence]) -> Result<(), StoreError> {
        self.change(|transaction| told::record(transaction, id, told))
    }

    fn told(&mut self, id: EditionId) -> Result<Vec<ToldSentence>, StoreError> {
        told::of(&self.connection, id)
    }

    fn confirm_layout(&mut self, confirmed: &ConfirmedLayout) -> Result<bool, StoreError> {
        self.change(|transaction| readings::confirm_layout(transaction, confirmed))
    }

    fn layouts(&mut self) -> Result<Vec<ConfirmedLayout>, StoreError> {
        readings::layouts(&self.connection)
    }

    fn forget_layouts(&mut self, committee: &CommitteeId, who: &str, now: DateTime<Utc>) -> Result<usize, StoreError> {
        self.change(|transaction| readings::forget_layouts(transaction, committee, who, now))
    }

    fn record_document(&mut self, document: &MeetingDocument) -> Result<(), StoreError> {
        self.change(|transaction| readings::record_document(transaction, document))
    }

    fn documents(&mut self, committee: &CommitteeId, date: NaiveDate) -> Result<Vec<MeetingDocument>, StoreError> {
        readings::documents(&self.connection, committee, date)
    }

    fn all_documents(&mut self) -> Result<Vec<MeetingDocument>, StoreError> {
        readings::all_documents(&self.connection)
    }

    fn add_task(&mut self, task: &NewTask, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.change(|transaction| readings::add_task(transaction, task, now))
    }

    fn tasks(&mut self) -> Result<Vec<Task>, StoreError> {
        readings::tasks(&self.connection)
    }

    fn finish_task(
        &mut self,
        id: TaskId,
        note: Option<&str>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Task, StoreError> {
        self.change(|transaction| readings::finish_task(transaction, id, note, who, now))
    }

    fn add_follow_up(&mut self, new: &NewFollowUp, now: DateTime<Utc>) -> Result<bool, StoreError> {
        self.change(|transaction| follow_ups::add(transaction, new, now))
    }

    fn follow_ups(&mut self) -> Result<Vec<FollowUp>, StoreError> {
        follow_ups::all(&self.connection)
    }

    fn propose_return(&mut self, id: FollowUpId, returned: &Return) -> Result<bool, StoreError> {
        self.change(|transaction| follow_ups::propose_return(transaction, id, returned))
    }

    fn decide_follow_up(
        &mut self,
        id: FollowUpId,
        decision: FollowUpDecision,
        note: Option<&str>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<FollowUp, StoreError> {
        self.change(|transaction| follow_ups::decide(transaction, id, decision, note, who, now))
    }
}
