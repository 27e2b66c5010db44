//! Who may go on with claimed letters, and for how long.
//!
//! A claim does not end because another process was started: it ends when its holder has not renewed its lease, by the clock of
//! the database, which all holders share. The file lock of the embedded store is stricter where it works; this holds for any
//! store, and where a lock does not reach.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::advance::advance;
use crate::store::{Advanced, LetterEvent, LetterId, LetterState, Recovered, Step};

/// The database's clock in milliseconds.
const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/// The lease of one open store.
#[derive(Debug)]
pub(super) struct Lease {
    /// The holder's name, drawn at random when the store was opened.
    pub holder: String,
    /// How long claims outlive the last sign of life.
    pub length: Duration,
}

impl Lease {
    /// Under a new name.
    pub(super) fn new(connection: &Connection, length: Duration) -> Result<Self, StoreError> {
        let holder = connection.query_row("SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?;
        Ok(Self { holder, length })
    }

    fn milliseconds(&self) -> i64 {
        i64::try_from(self.length.as_millis()).unwrap_or(i64::MAX / 4)
    }

    /// A sign of life.
    pub(super) fn renew(&self, connection: &Connection) -> Result<(), StoreError> {
        connection
            .prepare_cached(&format!(
                "INSERT INTO holders (id, lease_until) VALUES (?1, {NOW} + ?2)
                 ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until"
            ))?
            .execute(params![self.holder, self.milliseconds()])?;
        Ok(())
    }

    /// Ends what is over, and what is our own: who asks is about to begin anew.
    pub(super) fn recover(&self, transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<Recovered, StoreError> {
        // A lease that runs for longer than any can was given before the clock was set back: it is cut, and whoever lives will
        // renew it in time.
        transaction.execute(
            &format!("UPDATE holders SET lease_until = {NOW} + ?1 WHERE lease_until > {NOW} + 2 * ?1"),
            [self.milliseconds()],
        )?;
        transaction.execute(&format!("DELETE FROM holders WHERE id = ?1 OR lease_until <= {NOW}"), [&self.holder])?;
        let ended: Vec<i64> = transaction
            .prepare(
                "SELECT id FROM letters WHERE state IN ('claimed', 'at_dot')
                 AND (holder IS NULL OR holder NOT IN (SELECT id FROM holders)) ORDER BY id",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut recovered = Recovered::default();
        for id in ended {
            let note = Some("interrupted".to_owned());
            let step = Step { letter: LetterId(id), event: LetterEvent::Interrupted, note };
            match advance(transaction, &step, &self.holder, now)? {
                Advanced::To(LetterState::Unknown) => recovered.unknown += 1,
                _ => recovered.waiting += 1,
            }
        }
        let (leased, left): (i64, Option<i64>) = transaction.query_row(
            &format!(
                "SELECT COUNT(*), MAX(lease_until) - {NOW} FROM letters JOIN holders ON holders.id = letters.holder
                 WHERE state IN ('claimed', 'at_dot')"
            ),
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        recovered.leased = usize::try_from(leased).unwrap_or(usize::MAX);
        recovered.lease_left = left.map(|left| Duration::from_millis(u64::try_from(left).unwrap_or(0)));
        Ok(recovered)
    }
}
