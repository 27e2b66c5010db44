//! The database's side of the ledger: every letter that may be handed over from now on gets the next number, in the
//! transaction that says so.
//!
//! Triggers do it, so that no way of marking a letter can forget it. They are made anew at every open where they are
//! missing, since a later step of the schema may replace the table they hang on.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{add_to_audit, advance};
use crate::store::{Adopted, Advanced, HandOver, LetterEvent, LetterId, LetterState, Step, StoreError};

/// Numbers kept in the database: far more than can be on their way into the ledger at once.
const KEPT: u64 = 65_536;

/// Makes the triggers where they are missing.
pub(super) fn watch(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let (at_dot, waiting) = (LetterState::AtDot, LetterState::Waiting);
    transaction.execute_batch(&format!(
        "CREATE TRIGGER IF NOT EXISTS letters_are_handed_over AFTER UPDATE OF state ON letters
         WHEN new.state = '{at_dot}' AND old.state <> '{at_dot}'
         BEGIN
             INSERT INTO hand_overs (message_id, returned) VALUES (new.message_id, 0);
             DELETE FROM hand_overs WHERE number < last_insert_rowid() - {KEPT};
         END;
         CREATE TRIGGER IF NOT EXISTS letters_are_returned AFTER UPDATE OF state ON letters
         WHEN new.state = '{waiting}' AND old.state = '{at_dot}'
         BEGIN
             INSERT INTO hand_overs (message_id, returned) VALUES (new.message_id, 1);
         END;"
    ))?;
    Ok(())
}

/// What was handed over or returned after this number.
pub(super) fn after(connection: &Connection, number: u64) -> Result<Vec<HandOver>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT number, message_id, returned FROM hand_overs WHERE number > ?1 ORDER BY number")?;
    let mut rows = statement.query([stored(number)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        found.push(HandOver {
            number: u64::try_from(number).map_err(|_| StoreError::Corrupt(format!("the number {number}")))?,
            message_id: row.get(1)?,
            returned: row.get(2)?,
        });
    }
    Ok(found)
}

/// The number of the last one, 0 where there was none.
pub(super) fn last(connection: &Connection) -> Result<u64, StoreError> {
    let last: Option<i64> = connection
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'hand_overs'", [], |row| row.get(0))
        .optional()?;
    Ok(last.and_then(|last| u64::try_from(last).ok()).unwrap_or_default())
}

/// Takes over what the ledger knows and the database does not: letters that still wait here become of unknown fate, the
/// others are remembered for the day their edition is made again; numbers go on behind the ledger's.
pub(super) fn adopt(
    transaction: &Transaction<'_>,
    known: &BTreeSet<String>,
    last: u64,
    who: &str,
    now: DateTime<Utc>,
) -> Result<Adopted, StoreError> {
    let mut adopted = Adopted::default();
    for id in known {
        let letter: Option<i64> =
            transaction.query_row("SELECT id FROM letters WHERE message_id = ?1", [id], |row| row.get(0)).optional()?;
        match letter {
            Some(letter) => {
                let note = "the ledger says that it was handed over after the copy of the database was made";
                let event = LetterEvent::FoundInLedger;
                let step = Step { letter: LetterId(letter), event, note: Some(note.to_owned()) };
                // Where it is kept, it is as far as the ledger says already.
                let advanced = advance::advance(transaction, &step, who, now)?;
                adopted.unknown += usize::from(matches!(advanced, Advanced::To(_)));
            }
            None => {
                adopted.remembered += transaction
                    .execute("INSERT OR IGNORE INTO handed_over_elsewhere (message_id) VALUES (?1)", [id])?;
            }
        }
    }
    // A row makes the sequence exist; the rows themselves are in the ledger.
    transaction.execute("INSERT INTO hand_overs (message_id, returned) VALUES ('', 1)", [])?;
    transaction.execute("DELETE FROM hand_overs", [])?;
    let next = last.max(self::last(transaction)?);
    transaction.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'hand_overs'", [stored(next)])?;
    let (unknown, remembered) = (adopted.unknown, adopted.remembered);
    let what = format!("adopt the ledger: {unknown} letters of unknown fate, {remembered} not in the database");
    add_to_audit(transaction, now, &what, who)?;
    Ok(adopted)
}

/// Whether another copy of this database handed a letter over.
pub(super) fn is_elsewhere(connection: &Connection, message_id: &str) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM handed_over_elsewhere WHERE message_id = ?1")?;
    Ok(statement.exists(params![message_id])?)
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
