//! What is removed when its time is over, so that nothing of it can be found afterwards.
//!
//! `secure_delete` writes zeros over what is deleted, but the log beside the database and the parts of pages that moved still
//! have it: so the file is written anew (`VACUUM`) and the log cut to nothing. A note that this is due is stored with the
//! deletion itself, so that a power failure in between leaves it for the next time.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction};

use super::{StoreError, seconds};
use crate::store::{Purged, Retention};

/// The fact that the file has to be written anew.
const VACUUM_DUE: &str = "vacuum-due";
/// States in which a letter needs its bytes no more.
const SETTLED: &str = "('sent', 'rejected', 'expired', 'suppressed', 'cancelled', 'bounced')";

pub(super) fn purge(
    transaction: &Transaction<'_>,
    retention: Retention,
    now: DateTime<Utc>,
) -> Result<Purged, StoreError> {
    let bytes = transaction.execute(
        &format!(
            "DELETE FROM heads WHERE letter IN (SELECT id FROM letters WHERE state IN {SETTLED} AND updated_at <= ?1)"
        ),
        [seconds(now - retention.bytes)],
    )?;
    let bodies = transaction
        .execute("DELETE FROM bodies WHERE id NOT IN (SELECT body FROM heads WHERE body IS NOT NULL)", [])?;
    // The wording of what was told goes with the letters that told it.
    let told = transaction.execute(
        "UPDATE told SET text = NULL WHERE text IS NOT NULL
         AND edition IN (SELECT id FROM editions WHERE state IN ('complete', 'cancelled'))
         AND edition NOT IN (SELECT edition FROM letters JOIN heads ON heads.letter = letters.id)",
        [],
    )?;
    let limit = seconds(now - retention.status);
    // Only of editions that are over: what is still under way counts its letters one by one.
    let over = format!(
        "FROM letters WHERE state IN {SETTLED} AND updated_at <= ?1
         AND edition IN (SELECT id FROM editions WHERE state IN ('complete', 'cancelled'))"
    );
    transaction.execute(
        &format!(
            "INSERT INTO tallies (edition, state, letters, resends)
             SELECT edition, state, COUNT(*), SUM(resends) {over} GROUP BY edition, state
             ON CONFLICT (edition, state) DO UPDATE
             SET letters = letters + excluded.letters, resends = resends + excluded.resends"
        ),
        [limit],
    )?;
    transaction.execute(&format!("DELETE FROM heads WHERE letter IN (SELECT id {over})"), [limit])?;
    let letters = transaction.execute(&format!("DELETE {over}"), [limit])?;
    let mut others = told;
    others += transaction.execute(
        "UPDATE editions SET subject = '' WHERE subject <> '' AND state IN ('complete', 'cancelled') AND created_at <= ?1
         AND NOT EXISTS (SELECT 1 FROM letters WHERE edition = editions.id)",
        [limit],
    )?;
    others += transaction.execute(
        "DELETE FROM told WHERE edition IN (SELECT id FROM editions WHERE state IN ('complete', 'cancelled')
         AND created_at <= ?1 AND NOT EXISTS (SELECT 1 FROM letters WHERE edition = editions.id))",
        [limit],
    )?;
    // What minutes said, where nobody has to do anything with it any more.
    others += transaction.execute("DELETE FROM tasks WHERE done_at <= ?1", [limit])?;
    others += transaction.execute("DELETE FROM follow_ups WHERE state = 'closed' AND decided_at <= ?1", [limit])?;
    let day = (now - retention.status).date_naive().format("%Y-%m-%d").to_string();
    others +=
        transaction.execute("UPDATE documents SET items = '[]' WHERE items <> '[]' AND meeting_date <= ?1", [day])?;
    if bytes + bodies + letters + others > 0 {
        transaction.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, 'yes')", [VACUUM_DUE])?;
    }
    Ok(Purged { bytes, letters })
}

/// Writes the file anew where that is due, and empties the log beside it.
pub(super) fn clean(connection: &Connection) -> Result<(), StoreError> {
    let due: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?1)", [VACUUM_DUE], |row| row.get(0))?;
    if !due {
        return Ok(());
    }
    connection.execute_batch("VACUUM")?;
    // Says "busy" while a command reads beside us; then the note stays, and it is done the next time.
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        connection.execute("DELETE FROM meta WHERE key = ?1", [VACUUM_DUE])?;
    }
    Ok(())
}
