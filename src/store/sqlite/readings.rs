//! Confirmed layouts, documents of meetings, and tasks.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::{add_to_audit, instant, optional_instant, seconds};
use crate::minutes::Layout;
use crate::store::{
    CommitteeId, ConfirmedLayout, ContentHash, DocumentKind, Done, Finality, MeetingDocument, NewTask, StoreError,
    Task, TaskId, sentence_key,
};

pub(super) fn date(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("the date {text}")))
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(super) fn confirm_layout(transaction: &Transaction<'_>, confirmed: &ConfirmedLayout) -> Result<bool, StoreError> {
    let ConfirmedLayout { committee, layout, source, by, at } = confirmed;
    let known = layouts(transaction)?;
    if known.iter().any(|known| known.committee == *committee && known.layout == *layout) {
        return Ok(false);
    }
    transaction.execute(
        "INSERT INTO layouts (committee, forms, source, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![committee.0, to_json(layout)?, source.0, by, seconds(*at)],
    )?;
    add_to_audit(transaction, *at, &format!("confirm the layout of {source} for {committee}"), by)?;
    Ok(true)
}

pub(super) fn layouts(connection: &Connection) -> Result<Vec<ConfirmedLayout>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM layouts WHERE ended_at IS NULL ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let forms: String = row.get("forms")?;
        found.push(ConfirmedLayout {
            committee: CommitteeId(row.get("committee")?),
            layout: from_json::<Layout>(&forms)?,
            source: ContentHash(row.get("source")?),
            by: row.get("by")?,
            at: instant(row.get("at")?)?,
        });
    }
    Ok(found)
}

pub(super) fn forget_layouts(
    transaction: &Transaction<'_>,
    committee: &CommitteeId,
    who: &str,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let ended = transaction.execute(
        "UPDATE layouts SET ended_at = ?2 WHERE committee = ?1 AND ended_at IS NULL",
        params![committee.0, seconds(now)],
    )?;
    if ended > 0 {
        add_to_audit(transaction, now, &format!("forget {ended} confirmed layouts of {committee}"), who)?;
    }
    Ok(ended)
}

pub(super) fn record_document(transaction: &Transaction<'_>, document: &MeetingDocument) -> Result<(), StoreError> {
    let MeetingDocument { source, committee, date, kind, finality, words, items } = document;
    transaction.execute(
        "INSERT INTO documents (source, committee, meeting_date, kind, approval, words, items)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (source) DO UPDATE SET committee = ?2, meeting_date = ?3, kind = ?4, approval = ?5, words = ?6,
         items = ?7",
        params![source.0, committee.0, date.to_string(), kind.as_str(), finality.as_str(), words.0, to_json(items)?],
    )?;
    Ok(())
}

fn document(row: &Row<'_>) -> Result<MeetingDocument, StoreError> {
    let (kind, finality): (String, String) = (row.get("kind")?, row.get("approval")?);
    let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of a document"));
    let (day, items): (String, String) = (row.get("meeting_date")?, row.get("items")?);
    Ok(MeetingDocument {
        source: ContentHash(row.get("source")?),
        committee: CommitteeId(row.get("committee")?),
        date: date(&day)?,
        kind: DocumentKind::from_text(&kind).ok_or_else(|| corrupt(&kind))?,
        finality: Finality::from_text(&finality).ok_or_else(|| corrupt(&finality))?,
        words: ContentHash(row.get("words")?),
        items: from_json(&items)?,
    })
}

pub(super) fn documents(
    connection: &Connection,
    committee: &CommitteeId,
    day: NaiveDate,
) -> Result<Vec<MeetingDocument>, StoreError> {
    let mut statement =
        connection.prepare("SELECT * FROM documents WHERE committee = ?1 AND meeting_date = ?2 ORDER BY id")?;
    let mut rows = statement.query(params![committee.0, day.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(document(row)?);
    }
    Ok(found)
}

pub(super) fn all_documents(connection: &Connection) -> Result<Vec<MeetingDocument>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM documents ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(document(row)?);
    }
    Ok(found)
}

pub(super) fn add_task(transaction: &Transaction<'_>, task: &NewTask, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let key = sentence_key(&task.said);
    let added = transaction.execute(
        "INSERT INTO tasks (committee, told_on, about, source, said, said_key, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        params![
            task.committee.0,
            task.told_on.to_string(),
            task.about.map(|about| about.to_string()),
            task.source.0,
            task.said,
            key,
            seconds(now)
        ],
    )?;
    Ok(added > 0)
}

fn read_task(row: &Row<'_>) -> Result<Task, StoreError> {
    let (told_on, about): (String, Option<String>) = (row.get("told_on")?, row.get("about")?);
    let (at, by): (Option<i64>, Option<String>) = (row.get("done_at")?, row.get("done_by")?);
    let note = row.get("note")?;
    let done = optional_instant(at)?.zip(by).map(|(at, by)| Done { at, by, note });
    Ok(Task {
        id: TaskId(row.get("id")?),
        task: NewTask {
            committee: CommitteeId(row.get("committee")?),
            told_on: date(&told_on)?,
            about: about.as_deref().map(date).transpose()?,
            source: ContentHash(row.get("source")?),
            said: row.get("said")?,
        },
        created_at: instant(row.get("created_at")?)?,
        done,
    })
}

pub(super) fn tasks(connection: &Connection) -> Result<Vec<Task>, StoreError> {
    let mut statement = connection.prepare("SELECT * FROM tasks ORDER BY id DESC")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_task(row)?);
    }
    Ok(found)
}

pub(super) fn finish_task(
    transaction: &Transaction<'_>,
    id: TaskId,
    note: Option<&str>,
    who: &str,
    now: DateTime<Utc>,
) -> Result<Task, StoreError> {
    let open: Option<bool> = transaction
        .query_row("SELECT done_at IS NULL FROM tasks WHERE id = ?1", [id.0], |row| row.get(0))
        .optional()?;
    if open.ok_or(StoreError::NoTask(id))? {
        transaction.execute(
            "UPDATE tasks SET done_at = ?2, done_by = ?3, note = ?4 WHERE id = ?1",
            params![id.0, seconds(now), who, note],
        )?;
        let added = note.map(|note| format!(": {note}")).unwrap_or_default();
        add_to_audit(transaction, now, &format!("done with task {id}{added}"), who)?;
    }
    let mut statement = transaction.prepare("SELECT * FROM tasks WHERE id = ?1")?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map_or(Err(StoreError::NoTask(id)), read_task)
}
