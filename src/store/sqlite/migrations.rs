//! The schema, step by step. A step that has been released is never edited: the next change is a further step.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{StoreError, seconds};
use crate::store::ContentHash;

/// Every step in order; the version of a database is the number of steps it has taken.
const STEPS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
    include_str!("schema-5.sql"),
];

/// Brings a database to the newest version, each step with its record in one transaction.
pub(super) fn apply(connection: &mut Connection, now: DateTime<Utc>) -> Result<(), StoreError> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;",
    )?;
    let found: i64 = transaction.query_row("SELECT COALESCE(MAX(version), 0) FROM migrations", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    for (version, step) in (1_i64..).zip(STEPS) {
        if version > found {
            transaction.execute_batch(step)?;
            transaction.execute(
                "INSERT INTO migrations (version, applied_at) VALUES (?1, ?2)",
                params![version, seconds(now)],
            )?;
        }
    }
    if found < known {
        name_letters(&transaction)?;
    }
    super::hand_overs::watch(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Gives letters of before schema 4 the hash of their bytes, which SQL cannot compute.
fn name_letters(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut statement = transaction.prepare(
        "SELECT letters.id, bytes FROM letters JOIN heads ON heads.letter = letters.id WHERE sha256 IS NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        transaction.execute("UPDATE letters SET sha256 = ?2 WHERE id = ?1", params![id, ContentHash::of(&bytes).0])?;
    }
    Ok(())
}

/// Whether a database has exactly the tables that this version works with.
pub(super) fn is_known(connection: &Connection) -> Result<bool, StoreError> {
    let there: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'follow_ups')
            AND EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'migrations')",
        [],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(false);
    }
    let found: i64 = connection.query_row("SELECT COALESCE(MAX(version), 0) FROM migrations", [], |row| row.get(0))?;
    Ok(usize::try_from(found) == Ok(STEPS.len()))
}
