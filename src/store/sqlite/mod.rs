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
mod store;
#[cfg(test)]
mod tests;
mod told;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};

use leases::Lease;

use super::outbox::LEASE;
use super::{Ledger, StoreError};

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
