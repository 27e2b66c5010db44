//! The embedded store: SQLite in WAL mode, synced at every commit.
//!
//! `synchronous = FULL` is not a matter of taste: with NORMAL a power failure may take back a committed row, and a lost
//! "this one may have been handed over" is a letter sent twice without anybody knowing. So it is read back at open.
//!
//! The daemon opens it exclusively: a lock file beside the database, locked by the operating system, which lets go of it
//! when the process dies however it dies. Commands such as `status` and `approve` open it beside a running daemon; each of
//! their changes is one short transaction.

mod advance;
mod editions;
mod follow_ups;
mod hand_overs;
mod leases;
mod letters;
mod migrations;
mod operation;
mod readings;
mod retention;
#[cfg(test)]
mod tests;
mod told;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use leases::Lease;

use super::outbox::LEASE;
use super::{
    Advanced, Approval, AuditEntry, Balance, ClaimedLetter, CommitteeId, ConfirmedLayout, ContentHash, Decided,
    Disposition, Edition, EditionId, FollowUp, FollowUpDecision, FollowUpId, Ledger, LetterEvent, LetterId, LetterRow,
    LetterState, MeetingDocument, NewEdition, NewFollowUp, NewTask, Planned, PlannedLetters, Purged, Recovered,
    Retention, Return, SeenFile, Step, Store, StoreError, Task, TaskId, UnknownPolicies,
};
use crate::digest::ToldSentence;

/// How often, and how far apart, the lock is asked for.
const LOCK_TRIES: u32 = 40;
const LOCK_PAUSE: Duration = Duration::from_millis(25);
/// How long a change waits for another process to finish its own: a hundred thousand letters are planned in one transaction,
/// which takes ten seconds and more.
const BUSY: Duration = Duration::from_secs(60);

/// State in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    ledger: Option<Ledger>,
    lease: Lease,
    /// Held for as long as the store lives; the daemon's only.
    _lock: Option<File>,
}

impl SqliteStore {
    /// For the daemon: refuses when another one has it. The folder is made where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another daemon runs; else what file, settings or schema say.
    pub fn open_exclusive(path: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        make_folder(path)?;
        let lock = lock(path)?;
        Self::over(connect(path, now)?, Some(lock))
    }

    /// For commands, beside a running daemon or without one.
    ///
    /// # Errors
    /// What file, settings or schema say.
    pub fn open_shared(path: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        make_folder(path)?;
        Self::over(connect(path, now)?, None)
    }

    fn over(connection: Connection, lock: Option<File>) -> Result<Self, StoreError> {
        connection.set_prepared_statement_cache_capacity(64);
        let lease = Lease::new(&connection, LEASE)?;
        Ok(Self { connection, ledger: None, lease, _lock: lock })
    }

    /// With another lease.
    #[must_use]
    pub fn with_lease(mut self, length: Duration) -> Self {
        self.lease.length = length;
        self
    }

    /// The state to look at, without touching anything: for the preview, which must leave no trace. None where there is no
    /// state yet, or one that another version wrote; every change of it fails.
    ///
    /// # Errors
    /// What file and content say.
    pub fn peek(path: &Path) -> Result<Option<Self>, StoreError> {
        if !path.exists() {
            return Ok(None);
        }
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        // Even reading makes files beside a database in WAL mode, unless it is said to stand still, as it does while
        // nobody has it open.
        let resting = !Path::new(&wal).exists();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let escaped = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let uri = format!("file:{escaped}{}", if resting { "?immutable=1" } else { "" });
        let connection = Connection::open_with_flags(uri, flags)?;
        connection.busy_timeout(BUSY)?;
        let known = migrations::is_known(&connection)?;
        if known { Self::over(connection, None).map(Some) } else { Ok(None) }
    }

    /// With a ledger apart from the database, in which every hand-over is written before it may happen.
    #[must_use]
    pub fn with_ledger(mut self, ledger: Ledger) -> Self {
        self.ledger = Some(ledger);
        self
    }

    fn change<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let result = change(&mut self.connection, work)?;
        self.catch_up()?;
        Ok(result)
    }

    /// Whoever waits for a change hands over next: the ledger has to have it before.
    fn catch_up(&mut self) -> Result<(), StoreError> {
        match &mut self.ledger {
            Some(ledger) => operation::catch_up(&self.connection, ledger),
            None => Ok(()),
        }
    }

    /// A change by the holder of letters, and a sign of life with it.
    fn change_held<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>, &Lease) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Self { connection, lease, .. } = self;
        let result = change(connection, |transaction| {
            lease.keep(transaction)?;
            work(transaction, lease)
        })?;
        self.catch_up()?;
        Ok(result)
    }
}

/// Takes the write lock at once, so that two processes can never both read before either writes.
fn change<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = work(&transaction)?;
    transaction.commit()?;
    Ok(result)
}

fn make_folder(path: &Path) -> Result<(), StoreError> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::Io { path: folder.to_path_buf(), error })
        }
        None => Ok(()),
    }
}

/// Takes the lock or refuses. It is asked for a second's time before it refuses: a daemon that is just ending still has it,
/// and so, for a moment, does a process that some other thread started while the lock was held.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock_path = PathBuf::from(name);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(|error| StoreError::Io { path: lock_path.clone(), error })?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) => return Err(StoreError::Io { path: lock_path, error }),
        }
    }
    Err(StoreError::Locked(path.to_path_buf()))
}

fn connect(path: &Path, now: DateTime<Utc>) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // What is deleted is overwritten: letters hold names.
    connection.pragma_update(None, "secure_delete", "ON")?;
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Durability { setting: "journal_mode", found: mode, wanted: "wal" });
    }
    for (setting, wanted, number) in
        [("synchronous", "FULL", 2_i64), ("foreign_keys", "ON", 1), ("secure_delete", "ON", 1)]
    {
        let found: i64 = connection.pragma_query_value(None, setting, |row| row.get(0))?;
        if found != number {
            return Err(StoreError::Durability { setting, found: found.to_string(), wanted });
        }
    }
    migrations::apply(&mut connection, now)?;
    Ok(connection)
}

fn seconds(instant: DateTime<Utc>) -> i64 {
    instant.timestamp()
}

fn instant(seconds: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| StoreError::Corrupt(format!("the time {seconds}")))
}

fn optional_instant(seconds: Option<i64>) -> Result<Option<DateTime<Utc>>, StoreError> {
    seconds.map(instant).transpose()
}

fn number(value: i64) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Corrupt(format!("the number {value}")))
}

fn add_to_audit(transaction: &Transaction<'_>, at: DateTime<Utc>, what: &str, who: &str) -> Result<(), StoreError> {
    transaction.execute("INSERT INTO audit (at, what, who) VALUES (?1, ?2, ?3)", params![seconds(at), what, who])?;
    Ok(())
}

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
