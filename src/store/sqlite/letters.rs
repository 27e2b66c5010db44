//! The outbox. Every change of a letter asks [`LetterState::after`] first, inside the same transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{add_to_audit, editions, instant, number, optional_instant, seconds};
use crate::store::letter::Plan;
use crate::store::{
    Balance, ClaimedLetter, EditionId, EditionState, LetterEvent, LetterId, LetterRow, LetterState, Planned,
    PlannedLetter, Recovered, StoreError, mask,
};

fn state_of(text: &str) -> Result<LetterState, StoreError> {
    LetterState::from_text(text).ok_or_else(|| StoreError::Corrupt(format!("the state {text} of a letter")))
}

pub(super) fn plan(
    transaction: &Transaction<'_>,
    id: EditionId,
    letters: &[PlannedLetter],
    now: DateTime<Utc>,
) -> Result<Planned, StoreError> {
    let edition = editions::one(transaction, id)?;
    match edition.state {
        EditionState::Released => {}
        EditionState::Planned | EditionState::Complete => return Ok(Planned { already: true, ..Planned::default() }),
        state => return Err(StoreError::EditionState { edition: id, state, wanted: "planned" }),
    }
    let mut planned = Planned::default();
    for letter in letters {
        let (state, bytes, due, reason) = match &letter.plan {
            Plan::Send { bytes, due } => (LetterState::Waiting, Some(bytes), Some(seconds(*due)), None),
            Plan::Suppress(reason) => (LetterState::Suppressed, None, None, Some(reason)),
        };
        let added = transaction.execute(
            "INSERT INTO letters (edition, address, name, message_id, state, bytes, next_attempt_at, last_reply, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (edition, address) DO NOTHING",
            params![
                id.0,
                letter.address,
                letter.name,
                letter.message_id,
                state.as_str(),
                bytes,
                due,
                reason,
                seconds(now)
            ],
        )?;
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
    now: DateTime<Utc>,
) -> Result<Option<ClaimedLetter>, StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT letters.id, letters.edition, address, message_id, bytes, attempts, first_attempt_at,
                committee, audience, meeting_date, revision
         FROM letters JOIN editions ON editions.id = letters.edition
         WHERE letters.state = 'waiting' AND editions.state = 'planned' AND next_attempt_at <= ?1
         ORDER BY next_attempt_at, letters.id LIMIT 1",
    )?;
    let mut rows = statement.query([seconds(now)])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let id = LetterId(row.get("id")?);
    let bytes: Option<Vec<u8>> = row.get("bytes")?;
    let first: Option<i64> = row.get("first_attempt_at")?;
    let letter = ClaimedLetter {
        id,
        edition: EditionId(row.get("edition")?),
        key: editions::key(row)?,
        address: row.get("address")?,
        message_id: row.get("message_id")?,
        bytes: bytes.ok_or_else(|| StoreError::Corrupt(format!("waiting letter {id} has no bytes")))?,
        attempt: number(row.get("attempts")?)?.saturating_add(1),
        first_attempt_at: first.map_or(Ok(now), instant)?,
    };
    transaction.execute(
        "UPDATE letters SET state = 'claimed', attempts = ?2, first_attempt_at = ?3, updated_at = ?4 WHERE id = ?1",
        params![id.0, letter.attempt, seconds(letter.first_attempt_at), seconds(now)],
    )?;
    Ok(Some(letter))
}

pub(super) fn settle(
    transaction: &Transaction<'_>,
    id: LetterId,
    event: LetterEvent,
    note: Option<&str>,
    now: DateTime<Utc>,
) -> Result<LetterState, StoreError> {
    let found: Option<(String, String)> = transaction
        .query_row(
            "SELECT letters.state, editions.state FROM letters JOIN editions ON editions.id = letters.edition
             WHERE letters.id = ?1",
            [id.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (state, edition_state) = found.ok_or(StoreError::NoLetter(id))?;
    let state = state_of(&state)?;
    let next = state.after(event).ok_or(StoreError::Transition { letter: id, state, event: event.name() })?;
    // A letter that was under way when its edition was cancelled must not start to wait for ever.
    let cancelled = next == LetterState::Waiting && edition_state == EditionState::Cancelled.as_str();
    let next = if cancelled { LetterState::Cancelled } else { next };
    let due = match event {
        _ if next != LetterState::Waiting => None,
        LetterEvent::Retry(at) => Some(seconds(at)),
        _ => Some(seconds(now)),
    };
    transaction.execute(
        "UPDATE letters SET state = ?2, next_attempt_at = ?3, last_reply = COALESCE(?4, last_reply), updated_at = ?5
         WHERE id = ?1",
        params![id.0, next.as_str(), due, note, seconds(now)],
    )?;
    if event == LetterEvent::ResolveResend {
        transaction.execute("UPDATE letters SET first_attempt_at = NULL WHERE id = ?1", [id.0])?;
    }
    Ok(next)
}

pub(super) fn resolve(
    transaction: &Transaction<'_>,
    id: LetterId,
    event: LetterEvent,
    who: &str,
    now: DateTime<Utc>,
) -> Result<LetterState, StoreError> {
    let row: Option<(String, i64, String)> = transaction
        .query_row("SELECT address, edition, state FROM letters WHERE id = ?1", [id.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let (address, edition, state) = row.ok_or(StoreError::NoLetter(id))?;
    if !matches!(event, LetterEvent::ResolveResend | LetterEvent::ResolveSent) {
        return Err(StoreError::Transition { letter: id, state: state_of(&state)?, event: event.name() });
    }
    let next = settle(transaction, id, event, None, now)?;
    let key = editions::one(transaction, EditionId(edition))?.key;
    add_to_audit(transaction, now, &format!("{} letter {id} to {} of {key}", event.name(), mask(&address)), who)?;
    Ok(next)
}

pub(super) fn recover(transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<Recovered, StoreError> {
    let ids: Vec<i64> = transaction
        .prepare("SELECT id FROM letters WHERE state IN ('claimed', 'at-dot') ORDER BY id")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut recovered = Recovered::default();
    for id in ids {
        match settle(transaction, LetterId(id), LetterEvent::Interrupted, Some("interrupted by a restart"), now)? {
            LetterState::Unknown => recovered.unknown += 1,
            _ => recovered.waiting += 1,
        }
    }
    Ok(recovered)
}

pub(super) fn close_settled(transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<Vec<EditionId>, StoreError> {
    let ids: Vec<i64> = transaction
        .prepare(
            "SELECT id FROM editions WHERE state = 'planned' AND NOT EXISTS (
                 SELECT 1 FROM letters WHERE edition = editions.id
                 AND letters.state IN ('waiting', 'claimed', 'at-dot', 'unknown')
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
    let state: String = row.get("state")?;
    Ok(LetterRow {
        id: LetterId(row.get("id")?),
        edition: EditionId(row.get("edition")?),
        address: row.get("address")?,
        name: row.get("name")?,
        message_id: row.get("message_id")?,
        state: state_of(&state)?,
        attempts: number(row.get("attempts")?)?,
        next_attempt_at: optional_instant(row.get("next_attempt_at")?)?,
        last_reply: row.get("last_reply")?,
        updated_at: instant(row.get("updated_at")?)?,
    })
}

pub(super) fn of_edition(connection: &Connection, id: EditionId) -> Result<Vec<LetterRow>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT id, edition, address, name, message_id, state, attempts, next_attempt_at, last_reply, updated_at
         FROM letters WHERE edition = ?1 ORDER BY address, id",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

pub(super) fn balance(connection: &Connection, id: EditionId) -> Result<Balance, StoreError> {
    let planned: Option<i64> = connection
        .query_row("SELECT planned FROM editions WHERE id = ?1", [id.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoEdition(id))?;
    let count = |value: i64| u64::try_from(value).map_err(|_| StoreError::Corrupt(format!("the count {value}")));
    let mut states: Vec<(LetterState, u64)> = LetterState::ALL.iter().map(|state| (*state, 0)).collect();
    let mut statement = connection.prepare("SELECT state, COUNT(*) FROM letters WHERE edition = ?1 GROUP BY state")?;
    let mut rows = statement.query([id.0])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        let state = state_of(&text)?;
        let number = count(row.get(1)?)?;
        states.iter_mut().filter(|(each, _)| *each == state).for_each(|(_, sum)| *sum = number);
    }
    Ok(Balance { planned: count(planned.unwrap_or(0))?, states })
}

pub(super) fn next_due(connection: &Connection) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next: Option<i64> = connection.query_row(
        "SELECT MIN(next_attempt_at) FROM letters JOIN editions ON editions.id = letters.edition
         WHERE letters.state = 'waiting' AND editions.state = 'planned'",
        [],
        |row| row.get(0),
    )?;
    optional_instant(next)
}
