//! What committees have to come back to.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::readings::date;
use super::{add_to_audit, instant, optional_instant, seconds};
use crate::store::{
    CommitteeId, ContentHash, Done, FollowUp, FollowUpDecision, FollowUpId, FollowUpKind, FollowUpState, NewFollowUp,
    Return, StoreError, sentence_key,
};

pub(super) fn add(transaction: &Transaction<'_>, new: &NewFollowUp, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let added = transaction.execute(
        "INSERT INTO follow_ups (committee, since, source, number, title, subheading, case_number, kind, said, said_key, state,
                                 created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'proposed', ?11) ON CONFLICT DO NOTHING",
        params![
            new.committee.0,
            new.since.to_string(),
            new.source.0,
            new.number,
            new.title,
            new.subheading,
            new.case,
            new.kind.as_str(),
            new.said,
            sentence_key(&new.said),
            seconds(now)
        ],
    )?;
    Ok(added > 0)
}

fn read(row: &Row<'_>) -> Result<FollowUp, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of an open matter"));
    let (since, kind, state): (String, String, String) = (row.get("since")?, row.get("kind")?, row.get("state")?);
    let (on, number): (Option<String>, Option<String>) = (row.get("returned_on")?, row.get("returned_in")?);
    let returned =
        on.zip(number).map(|(on, number)| Ok::<_, StoreError>(Return { on: date(&on)?, number })).transpose()?;
    let (at, by): (Option<i64>, Option<String>) = (row.get("decided_at")?, row.get("decided_by")?);
    let note = row.get("note")?;
    Ok(FollowUp {
        id: FollowUpId(row.get("id")?),
        found: NewFollowUp {
            committee: CommitteeId(row.get("committee")?),
            since: date(&since)?,
            source: ContentHash(row.get("source")?),
            number: row.get("number")?,
            title: row.get("title")?,
            subheading: row.get("subheading")?,
            case: row.get("case_number")?,
            kind: FollowUpKind::from_text(&kind).ok_or_else(|| corrupt(&kind))?,
            said: row.get("said")?,
        },
        state: FollowUpState::from_text(&state).ok_or_else(|| corrupt(&state))?,
        returned,
        created_at: instant(row.get("created_at")?)?,
        decided: optional_instant(at)?.zip(by).map(|(at, by)| Done { at, by, note }),
    })
}

pub(super) fn all(connection: &Connection) -> Result<Vec<FollowUp>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM follow_ups ORDER BY committee, since, id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

/// Proposes to close it. The earliest return counts, and a person's word after it stays.
pub(super) fn propose_return(
    transaction: &Transaction<'_>,
    id: FollowUpId,
    returned: &Return,
) -> Result<bool, StoreError> {
    let changed = transaction.execute(
        "UPDATE follow_ups SET returned_on = ?2, returned_in = ?3
         WHERE id = ?1 AND state <> 'closed' AND (returned_on IS NULL OR returned_on > ?2)
           AND (kept_until IS NULL OR kept_until < ?2)",
        params![id.0, returned.on.to_string(), returned.number],
    )?;
    Ok(changed > 0)
}

pub(super) fn decide(
    transaction: &Transaction<'_>,
    id: FollowUpId,
    decision: FollowUpDecision,
    note: Option<&str>,
    who: &str,
    now: DateTime<Utc>,
) -> Result<FollowUp, StoreError> {
    let (state, what) = match decision {
        FollowUpDecision::Confirm => (FollowUpState::Confirmed, "confirm"),
        FollowUpDecision::Close => (FollowUpState::Closed, "close"),
    };
    let before = one(transaction, id)?;
    // "Still open" is an answer to the return that was proposed, and to none that comes later.
    let kept = before.returned.as_ref().filter(|_| decision == FollowUpDecision::Confirm);
    if before.state != state || kept.is_some() {
        transaction.execute(
            "UPDATE follow_ups SET state = ?2, decided_at = ?3, decided_by = ?4, note = ?5 WHERE id = ?1",
            params![id.0, state.as_str(), seconds(now), who, note],
        )?;
        if let Some(returned) = kept {
            transaction.execute(
                "UPDATE follow_ups SET returned_on = NULL, returned_in = NULL, kept_until = ?2 WHERE id = ?1",
                params![id.0, returned.on.to_string()],
            )?;
        }
        let added = note.map(|note| format!(": {note}")).unwrap_or_default();
        add_to_audit(transaction, now, &format!("{what} open matter {id}{added}"), who)?;
    }
    one(transaction, id)
}

fn one(connection: &Connection, id: FollowUpId) -> Result<FollowUp, StoreError> {
    let known: Option<i64> =
        connection.query_row("SELECT id FROM follow_ups WHERE id = ?1", [id.0], |row| row.get(0)).optional()?;
    known.ok_or(StoreError::NoFollowUp(id))?;
    let mut statement = connection.prepare("SELECT * FROM follow_ups WHERE id = ?1")?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map_or(Err(StoreError::NoFollowUp(id)), read)
}
