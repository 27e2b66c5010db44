//! What each edition told.

use rusqlite::{Connection, Transaction, params};

use super::readings::{from_json, to_json};
use crate::digest::{Gist, TextMark, ToldSentence};
use crate::store::{EditionId, StoreError};

/// Notes it anew: an edition is planned from what was prepared last.
pub(super) fn record(transaction: &Transaction<'_>, id: EditionId, told: &[ToldSentence]) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM told WHERE edition = ?1", [id.0])?;
    for (position, one) in (0_i64..).zip(told) {
        let (matter, words, numbers) = (to_json(&one.matter)?, to_json(&one.gist.words)?, to_json(&one.gist.numbers)?);
        transaction.execute(
            "INSERT INTO told (edition, position, item, matter, sentence, words, numbers, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![id.0, position, one.item, matter, one.sentence.0, words, numbers, one.text],
        )?;
    }
    Ok(())
}

pub(super) fn of(connection: &Connection, id: EditionId) -> Result<Vec<ToldSentence>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM told WHERE edition = ?1 ORDER BY position")?;
    let mut rows = statement.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (matter, words, numbers): (String, String, String) =
            (row.get("matter")?, row.get("words")?, row.get("numbers")?);
        found.push(ToldSentence {
            item: row.get("item")?,
            matter: from_json(&matter)?,
            sentence: TextMark(row.get("sentence")?),
            gist: Gist { words: from_json(&words)?, numbers: from_json(&numbers)? },
            text: row.get("text")?,
        });
    }
    Ok(found)
}
