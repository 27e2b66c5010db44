//! The outbox: planning, taking up, and what is in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{add_to_audit, editions, instant, number, optional_instant, seconds};
use crate::store::{
    Balance, ClaimedLetter, ContentHash, EditionId, EditionState, LetterId, LetterRow, LetterState, Plan, Planned,
    PlannedLetters, RecipientKind, StoreError,
};

pub(super) fn state_of(text: &str) -> Result<LetterState, StoreError> {
    LetterState::from_text(text).ok_or_else(|| StoreError::Corrupt(format!("the state {text} of a letter")))
}

/// Head and body as the relay gets them.
fn joined(head: &[u8], body: &[u8]) -> Vec<u8> {
    [head, body].concat()
}

pub(super) fn plan(
    transaction: &Transaction<'_>,
    id: EditionId,
    body: &[u8],
    letters: PlannedLetters<'_>,
    now: DateTime<Utc>,
) -> Result<Planned, StoreError> {
    let edition = editions::one(transaction, id)?;
    match edition.state {
        EditionState::Released => {}
        EditionState::Planned | EditionState::Complete => return Ok(Planned { already: true, ..Planned::default() }),
        state => return Err(StoreError::EditionState { edition: id, state, wanted: "planned" }),
    }
    transaction.execute(
        "INSERT INTO bodies (edition, sha256, bytes) VALUES (?1, ?2, ?3)",
        params![id.0, ContentHash::of(body).0, body],
    )?;
    let body_id = transaction.last_insert_rowid();
    let mut add = transaction.prepare(
        "INSERT INTO letters (edition, address, name, kind, message_id, sha256, state, next_attempt_at, last_reply, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (edition, address) DO NOTHING",
    )?;
    let mut add_head = transaction.prepare("INSERT INTO heads (letter, body, bytes) VALUES (?1, ?2, ?3)")?;
    let mut planned = Planned::default();
    for letter in letters {
        let letter = letter?;
        let (state, head, due, reason) = match &letter.plan {
            Plan::Send { head, due } => (LetterState::Waiting, Some(head), Some(seconds(*due)), None),
            Plan::Suppress(reason) => (LetterState::Suppressed, None, None, Some(reason)),
        };
        let sha256 = head.map(|head| ContentHash::of(&joined(head, body)).0);
        let added = add.execute(params![
            id.0,
            letter.address,
            letter.name,
            letter.kind.as_str(),
            letter.message_id,
            sha256,
            state.as_str(),
            due,
            reason,
            seconds(now)
        ])?;
        if let Some(head) = head.filter(|_| added > 0) {
            add_head.execute(params![transaction.last_insert_rowid(), body_id, head])?;
        }
        match state {
            LetterState::Waiting => planned.waiting += added,
            _ => planned.suppressed += added,
        }
    }
    let total = i64::try_from(planned.waiting + planned.suppressed).unwrap_or(i64::MAX);
    transaction.execute("UPDATE editions SET state = 'planned', planned = ?2 WHERE id = ?1", params![id.0, total])?;
    Ok(planned)
}

pub(super) fn claim_due(
    transaction: &Transaction<'_>,
    most: usize,
    holder: &str,
    now: DateTime<Utc>,
) -> Result<Vec<ClaimedLetter>, StoreError> {
    // One edition at a time: a question over all of them would sort every letter that is due at each call.
    let first: Option<i64> = transaction
        .prepare_cached(
            "SELECT id FROM (
                 SELECT id, (SELECT MIN(next_attempt_at) FROM letters WHERE edition = editions.id AND state = 'waiting') AS due
                 FROM editions WHERE state = 'planned'
             ) WHERE due <= ?1 ORDER BY due, id LIMIT 1",
        )?
        .query_row([seconds(now)], |row| row.get(0))
        .optional()?;
    let Some(edition) = first else { return Ok(Vec::new()) };
    let key = editions::one(transaction, EditionId(edition))?.key;
    let mut statement = transaction.prepare_cached(
        "SELECT id, address, message_id, sha256, attempts, first_attempt_at, heads.bytes AS head, heads.body AS body
         FROM letters LEFT JOIN heads ON heads.letter = letters.id
         WHERE edition = ?1 AND state = 'waiting' AND next_attempt_at <= ?2 ORDER BY next_attempt_at, id LIMIT ?3",
    )?;
    let mut take = transaction
        .prepare_cached("UPDATE letters SET state = 'claimed', holder = ?2, updated_at = ?3 WHERE id = ?1")?;
    let mut bodies = BTreeMap::new();
    let mut claimed = Vec::new();
    let mut rows = statement.query(params![edition, seconds(now), i64::try_from(most).unwrap_or(i64::MAX)])?;
    while let Some(row) = rows.next()? {
        let id = LetterId(row.get("id")?);
        let head: Option<Vec<u8>> = row.get("head")?;
        let first: Option<i64> = row.get("first_attempt_at")?;
        claimed.push(ClaimedLetter {
            id,
            edition: EditionId(edition),
            key: key.clone(),
            address: row.get("address")?,
            message_id: row.get("message_id")?,
            head: head.ok_or_else(|| StoreError::Corrupt(format!("waiting letter {id} has no bytes")))?,
            body: body(transaction, row.get("body")?, &mut bodies)?,
            sha256: row.get::<_, Option<String>>("sha256")?.map(ContentHash),
            attempt: number(row.get("attempts")?)?.saturating_add(1),
            first_attempt_at: first.map_or(Ok(now), instant)?,
        });
    }
    for letter in &claimed {
        take.execute(params![letter.id.0, holder, seconds(now)])?;
    }
    Ok(claimed)
}

/// The text of a letter, read once for all that share it; empty for one that was stored whole.
fn body(
    connection: &Connection,
    id: Option<i64>,
    known: &mut BTreeMap<i64, Arc<[u8]>>,
) -> Result<Arc<[u8]>, StoreError> {
    let Some(id) = id else { return Ok(Arc::from([])) };
    if let Some(bytes) = known.get(&id) {
        return Ok(Arc::clone(bytes));
    }
    let bytes: Vec<u8> =
        connection.prepare_cached("SELECT bytes FROM bodies WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
    let bytes: Arc<[u8]> = bytes.into();
    known.insert(id, Arc::clone(&bytes));
    Ok(bytes)
}

pub(super) fn close_settled(transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<Vec<EditionId>, StoreError> {
    let ids: Vec<i64> = transaction
        .prepare_cached(
            "SELECT id FROM editions WHERE state = 'planned' AND NOT EXISTS (
                 SELECT 1 FROM letters WHERE edition = editions.id
                 AND letters.state IN ('waiting', 'claimed', 'at_dot', 'unknown')
             ) ORDER BY id",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &ids {
        transaction.execute(
            "UPDATE editions SET state = 'complete', reason = NULL, completed_at = ?2 WHERE id = ?1",
            params![id, seconds(now)],
        )?;
        let edition = editions::one(transaction, EditionId(*id))?;
        let balance = balance(transaction, edition.id)?;
        add_to_audit(transaction, now, &format!("complete {}: {balance}", edition.key), "daemon")?;
    }
    Ok(ids.into_iter().map(EditionId).collect())
}

fn read(row: &Row<'_>) -> Result<LetterRow, StoreError> {
    let state = state_of(&row.get::<_, String>("state")?)?;
    let kind: String = row.get("kind")?;
    let next = optional_instant(row.get("next_attempt_at")?)?;
    Ok(LetterRow {
        id: LetterId(row.get("id")?),
        edition: EditionId(row.get("edition")?),
        address: row.get("address")?,
        name: row.get("name")?,
        kind: RecipientKind::from_text(&kind)
            .ok_or_else(|| StoreError::Corrupt(format!("the kind {kind} of a recipient")))?,
        message_id: row.get("message_id")?,
        sha256: row.get::<_, Option<String>>("sha256")?.map(ContentHash),
        state,
        attempts: number(row.get("attempts")?)?,
        resends: number(row.get("resends")?)?,
        next_attempt_at: next.filter(|_| state == LetterState::Waiting),
        last_reply: row.get("last_reply")?,
        updated_at: instant(row.get("updated_at")?)?,
    })
}

pub(super) fn of_edition(connection: &Connection, id: EditionId) -> Result<Vec<LetterRow>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM letters WHERE edition = ?1 ORDER BY address, id")?;
    let mut rows = statement.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

pub(super) fn bytes(connection: &Connection, id: LetterId) -> Result<Option<Vec<u8>>, StoreError> {
    let there: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM letters WHERE id = ?1)", [id.0], |row| row.get(0))?;
    if !there {
        return Err(StoreError::NoLetter(id));
    }
    let found: Option<(Vec<u8>, Option<i64>)> = connection
        .query_row("SELECT bytes, body FROM heads WHERE letter = ?1", [id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((head, body_id)) = found else { return Ok(None) };
    let body = body(connection, body_id, &mut BTreeMap::new())?;
    Ok(Some(joined(&head, &body)))
}

/// Letters that are there, and the number of those whose rows were removed after their time.
pub(super) fn balance(connection: &Connection, id: EditionId) -> Result<Balance, StoreError> {
    let planned: Option<i64> = connection
        .query_row("SELECT planned FROM editions WHERE id = ?1", [id.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoEdition(id))?;
    let count = |value: i64| u64::try_from(value).map_err(|_| StoreError::Corrupt(format!("the count {value}")));
    let mut states: Vec<(LetterState, u64)> = LetterState::ALL.iter().map(|state| (*state, 0)).collect();
    let mut resent = 0;
    let mut statement = connection.prepare_cached(
        "SELECT state, COUNT(*), SUM(resends) FROM letters WHERE edition = ?1 GROUP BY state
         UNION ALL SELECT state, letters, resends FROM tallies WHERE edition = ?1",
    )?;
    let mut rows = statement.query([id.0])?;
    while let Some(row) = rows.next()? {
        let state = state_of(&row.get::<_, String>(0)?)?;
        let number = count(row.get(1)?)?;
        resent += count(row.get(2)?)?;
        states.iter_mut().filter(|(each, _)| *each == state).for_each(|(_, sum)| *sum += number);
    }
    Ok(Balance { planned: count(planned.unwrap_or(0))?, states, resent })
}

pub(super) fn tried_since(connection: &Connection, time: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT updated_at FROM letters WHERE attempts > 0 AND state <> 'claimed' AND updated_at > ?1 ORDER BY updated_at",
    )?;
    let times = statement.query_map([seconds(time)], |row| row.get(0))?;
    times.map(|time| instant(time?)).collect()
}

pub(super) fn next_due(connection: &Connection) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next: Option<i64> = connection.query_row(
        "SELECT MIN((SELECT MIN(next_attempt_at) FROM letters WHERE edition = editions.id AND state = 'waiting'))
         FROM editions WHERE state = 'planned'",
        [],
        |row| row.get(0),
    )?;
    optional_instant(next)
}

/// Removes the hour that a clock set back would add to a pause.
pub(super) fn no_later(transaction: &Transaction<'_>, latest: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(transaction.execute(
        "UPDATE letters SET next_attempt_at = ?1 WHERE state = 'waiting' AND attempts > 0 AND next_attempt_at > ?1",
        [seconds(latest)],
    )?)
}
