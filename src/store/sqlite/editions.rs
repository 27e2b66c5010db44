//! Editions, their states and approvals.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{add_to_audit, instant, number, optional_instant, seconds};
use crate::digest::AudienceId;
use crate::store::{
    Approval, CommitteeId, ContentHash, Edition, EditionId, EditionKey, EditionKind, EditionState, NewEdition,
    StoreError,
};

fn read(row: &Row<'_>) -> Result<Edition, StoreError> {
    let (state, kind): (String, String) = (row.get("state")?, row.get("kind")?);
    Ok(Edition {
        id: EditionId(row.get("id")?),
        key: key(row)?,
        source: ContentHash(row.get("source")?),
        state: EditionState::from_text(&state)
            .ok_or_else(|| StoreError::Corrupt(format!("the state {state} of an edition")))?,
        reason: row.get("reason")?,
        released_at: optional_instant(row.get("released_at")?)?,
        due_at: optional_instant(row.get("due_at")?)?,
        not_before: optional_instant(row.get("not_before")?)?,
        completed_at: optional_instant(row.get("completed_at")?)?,
        kind: EditionKind::from_text(&kind).ok_or_else(|| StoreError::Corrupt(format!("the kind {kind}")))?,
        about: row.get::<_, Option<i64>>("about")?.map(EditionId),
        subject: row.get("subject")?,
        created_at: instant(row.get("created_at")?)?,
    })
}

/// The key, from any row that has the four columns.
pub(super) fn key(row: &Row<'_>) -> Result<EditionKey, StoreError> {
    let date: String = row.get("meeting_date")?;
    Ok(EditionKey {
        committee: CommitteeId(row.get("committee")?),
        audience: AudienceId(row.get("audience")?),
        meeting_date: NaiveDate::parse_from_str(&date, "%Y-%m-%d")
            .map_err(|_| StoreError::Corrupt(format!("the date {date}")))?,
        revision: number(row.get("revision")?)?,
    })
}

pub(super) fn one(connection: &Connection, id: EditionId) -> Result<Edition, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM editions WHERE id = ?1")?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map_or(Err(StoreError::NoEdition(id)), read)
}

pub(super) fn all(connection: &Connection) -> Result<Vec<Edition>, StoreError> {
    let mut statement =
        connection.prepare("SELECT * FROM editions ORDER BY meeting_date DESC, committee, audience, revision DESC")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

pub(super) fn find_or_create(
    transaction: &Transaction<'_>,
    new: &NewEdition,
    now: DateTime<Utc>,
) -> Result<Edition, StoreError> {
    let date = new.meeting_date.format("%Y-%m-%d").to_string();
    let known: Option<i64> = transaction
        .query_row(
            "SELECT id FROM editions WHERE committee = ?1 AND audience = ?2 AND meeting_date = ?3 AND source = ?4",
            params![new.committee.0, new.audience.0, date, new.source.0],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        return one(transaction, EditionId(id));
    }
    transaction.execute(
        "INSERT INTO editions (committee, audience, meeting_date, revision, source, state, reason, subject, created_at,
         kind, about)
         SELECT ?1, ?2, ?3, COALESCE(MAX(revision), 0) + 1, ?4, 'held', ?5, ?6, ?7, ?8, ?9
         FROM editions WHERE committee = ?1 AND audience = ?2 AND meeting_date = ?3",
        params![
            new.committee.0,
            new.audience.0,
            date,
            new.source.0,
            new.reason,
            new.subject,
            seconds(now),
            new.kind.as_str(),
            new.about.map(|about| about.0)
        ],
    )?;
    one(transaction, EditionId(transaction.last_insert_rowid()))
}

fn set_state(
    transaction: &Transaction<'_>,
    id: EditionId,
    state: EditionState,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE editions SET state = ?2, reason = ?3 WHERE id = ?1", params![id.0, state.as_str(), reason])?;
    Ok(())
}

pub(super) fn hold(
    transaction: &Transaction<'_>,
    id: EditionId,
    reason: &str,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let edition = one(transaction, id)?;
    match edition.state {
        EditionState::Held if edition.reason.as_deref() == Some(reason) => Ok(()),
        EditionState::Held | EditionState::Released | EditionState::Planned => {
            set_state(transaction, id, EditionState::Held, Some(reason))?;
            add_to_audit(transaction, now, &format!("hold {}: {reason}", edition.key), who)
        }
        state => Err(StoreError::EditionState { edition: id, state, wanted: "held" }),
    }
}

pub(super) fn release(
    transaction: &Transaction<'_>,
    id: EditionId,
    due: DateTime<Utc>,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let edition = one(transaction, id)?;
    if edition.state != EditionState::Held {
        return Err(StoreError::EditionState { edition: id, state: edition.state, wanted: "released" });
    }
    let planned: Option<i64> =
        transaction.query_row("SELECT planned FROM editions WHERE id = ?1", [id.0], |row| row.get(0))?;
    let state = if planned.is_some() { EditionState::Planned } else { EditionState::Released };
    set_state(transaction, id, state, None)?;
    transaction.execute(
        "UPDATE editions SET released_at = ?2, due_at = ?3 WHERE id = ?1",
        params![id.0, seconds(now), seconds(due)],
    )?;
    // The time for giving up runs anew: while it was held nobody tried.
    transaction.execute(
        "UPDATE letters SET first_attempt_at = NULL, next_attempt_at = ?2 WHERE edition = ?1 AND state = 'waiting'",
        params![id.0, seconds(due)],
    )?;
    add_to_audit(transaction, now, &format!("release {}", edition.key), who)
}

pub(super) fn cancel(
    transaction: &Transaction<'_>,
    id: EditionId,
    reason: &str,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let edition = one(transaction, id)?;
    match edition.state {
        EditionState::Cancelled => Ok(()),
        EditionState::Complete => {
            Err(StoreError::EditionState { edition: id, state: edition.state, wanted: "cancelled" })
        }
        _ => {
            set_state(transaction, id, EditionState::Cancelled, Some(reason))?;
            transaction.execute(
                "UPDATE letters SET state = 'cancelled', last_reply = ?2, next_attempt_at = NULL, updated_at = ?3
                 WHERE edition = ?1 AND state = 'waiting'",
                params![id.0, reason, seconds(now)],
            )?;
            add_to_audit(transaction, now, &format!("cancel {}: {reason}", edition.key), who)
        }
    }
}

pub(super) fn approve(transaction: &Transaction<'_>, approval: &Approval) -> Result<(), StoreError> {
    let edition = one(transaction, approval.edition)?;
    let added = transaction.execute(
        "INSERT INTO approvals (edition, content, by, at, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (edition, content) DO UPDATE SET by = excluded.by, at = excluded.at, note = excluded.note
         WHERE excluded.at > at",
        params![approval.edition.0, approval.content.0, approval.by, seconds(approval.at), approval.note],
    )?;
    if added == 0 {
        return Ok(());
    }
    let what = format!("approve {} with content {}", edition.key, approval.content);
    add_to_audit(transaction, approval.at, &what, &approval.by)
}

pub(super) fn approval(
    connection: &Connection,
    id: EditionId,
    content: &ContentHash,
) -> Result<Option<Approval>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM approvals WHERE edition = ?1 AND content = ?2")?;
    let mut rows = statement.query(params![id.0, content.0])?;
    rows.next()?.map(read_approval).transpose()
}

pub(super) fn last_approval(connection: &Connection, id: EditionId) -> Result<Option<Approval>, StoreError> {
    let mut statement =
        connection.prepare("SELECT * FROM approvals WHERE edition = ?1 ORDER BY at DESC, rowid DESC LIMIT 1")?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map(read_approval).transpose()
}

fn read_approval(row: &Row<'_>) -> Result<Approval, StoreError> {
    Ok(Approval {
        edition: EditionId(row.get("edition")?),
        content: ContentHash(row.get("content")?),
        by: row.get("by")?,
        at: instant(row.get("at")?)?,
        note: row.get("note")?,
    })
}
