//! `digest status`: what was read, what goes out when, what is held and why.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::work::Work;
use super::{Exit, done, follow_up, state, workspace};
use crate::clock::danish_time;
use crate::config::Config;
use crate::daemon::meeting::items_missing;
use crate::daemon::order::next_due;
use crate::daemon::pass::FIRST_START;
use crate::store::{
    Balance, ConfirmedLayout, DocumentKind, Edition, FollowUp, FollowUpState, LetterRow, LetterState, MeetingDocument,
    RecipientKind, SeenFile, Store, StoreError, Task, mask,
};

/// Arguments of `digest status`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Also every letter, with its address masked.
    #[arg(long)]
    letters: bool,
    /// Only what committees have to come back to.
    #[arg(long)]
    open: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object.
    Json,
}

/// All that is shown.
#[derive(Default)]
struct Status {
    first_start: Option<DateTime<Utc>>,
    next_due: Option<DateTime<Utc>>,
    files: Vec<SeenFile>,
    editions: Vec<(Edition, Balance, Vec<LetterRow>)>,
    layouts: Vec<ConfirmedLayout>,
    tasks: Vec<(Task, Vec<Edition>)>,
    meetings: Vec<Meeting>,
    follow_ups: Vec<FollowUp>,
    work: Work,
}

/// A meeting of which several documents came, or an agenda.
struct Meeting {
    committee: String,
    date: String,
    /// File, agenda or minutes, how final.
    documents: Vec<(String, &'static str, &'static str)>,
    /// Items of the agenda that the minutes do not have.
    missing: Vec<String>,
    /// Items of the minutes that the agenda does not have.
    extra: Vec<String>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = workspace::config(arguments)?;
    let now = arguments.clock().now();
    // Asking must not make a state: the first start would no longer be the first.
    let status = if config.database.exists() {
        read(&config, &mut state::open(&config, now)?, Asked { letters: command.letters, now })?
    } else {
        Status::default()
    };
    let format = if command.json { Format::Json } else { command.format };
    match format {
        Format::Table if command.open => follow_up::table(&status.follow_ups, out)?,
        Format::Json if command.open => {
            serde_json::to_writer(&mut *out, &json!({ "follow_ups": follow_up::to_json(&status.follow_ups) }))?;
            writeln!(out)?;
        }
        Format::Table => table(&status, command.letters, out)?,
        Format::Json => {
            serde_json::to_writer(&mut *out, &to_json(&status, command.letters))?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Fine)
}

/// What is asked for, and when.
#[derive(Clone, Copy)]
struct Asked {
    letters: bool,
    now: DateTime<Utc>,
}

fn read(config: &Config, store: &mut dyn Store, asked: Asked) -> Result<Status, StoreError> {
    let Asked { letters, now } = asked;
    let first_start = store.meta(FIRST_START)?.and_then(|text| state::instant(&text).ok());
    let mut editions = Vec::new();
    for edition in store.editions()? {
        let balance = store.balance(edition.id)?;
        // There may be a hundred thousand of them.
        let rows = if letters { store.letters(edition.id)? } else { Vec::new() };
        editions.push((edition, balance, rows));
    }
    Ok(Status {
        first_start,
        next_due: next_due(config, store, now)?,
        meetings: meetings(store)?,
        layouts: store.layouts()?,
        tasks: done::open(store)?,
        follow_ups: follow_up::open(store)?,
        files: store.files()?,
        work: Work::read(config, store)?,
        editions,
    })
}

/// The latest meeting first; one of which only its minutes came is left out, since its edition tells all.
fn meetings(store: &mut dyn Store) -> Result<Vec<Meeting>, StoreError> {
    let mut all: BTreeMap<_, Vec<MeetingDocument>> = BTreeMap::new();
    for document in store.all_documents()? {
        let key = (std::cmp::Reverse(document.date), document.committee.clone());
        all.entry(key).or_default().push(document);
    }
    let mut found = Vec::new();
    for ((date, committee), documents) in all {
        let of = |kind| documents.iter().rfind(|document| document.kind == kind);
        let (agenda, minutes) = (of(DocumentKind::Agenda), of(DocumentKind::Minutes));
        if documents.len() < 2 && agenda.is_none() {
            continue;
        }
        let (missing, extra) = match agenda.zip(minutes) {
            Some((agenda, minutes)) => (items_missing(agenda, minutes), items_missing(minutes, agenda)),
            None => Default::default(),
        };
        let mut named = Vec::new();
        for document in &documents {
            let file = store.file(&document.source)?.map(|file| file.path).unwrap_or_default();
            named.push((file, document.kind.as_str(), document.finality.as_str()));
        }
        found.push(Meeting { committee: committee.0, date: date.0.to_string(), documents: named, missing, extra });
    }
    Ok(found)
}

fn table(status: &Status, letters: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let shown = |instant: Option<DateTime<Utc>>| instant.map_or_else(|| "-".to_owned(), danish_time);
    writeln!(out, "first start  {}", status.first_start.map_or_else(|| "not yet".to_owned(), danish_time))?;
    writeln!(out, "next due     {}", shown(status.next_due))?;
    writeln!(out, "\nFILES")?;
    for file in &status.files {
        writeln!(out, "  {:<18} {}  {}", file.disposition.as_str(), danish_time(file.seen_at), file.path)?;
        if let Some(reason) = &file.reason {
            writeln!(out, "  {:18} {reason}", "")?;
        }
    }
    writeln!(out, "\nEDITIONS")?;
    for (edition, balance, rows) in &status.editions {
        writeln!(out, "  {:>3}  {:<9} {}  {}", edition.id.0, edition.state.as_str(), edition.key, edition.subject)?;
        if edition.due_at.is_some() {
            let waits = status.work.waits(edition.id).map(|waits| format!(", {waits}")).unwrap_or_default();
            writeln!(out, "       due {}{waits}", shown(edition.due_at))?;
        }
        if edition.not_before.is_some() {
            writeln!(out, "       embargo until {}", shown(edition.not_before))?;
        }
        if let Some(reason) = &edition.reason {
            writeln!(out, "       {reason}")?;
        }
        if balance.planned > 0 {
            writeln!(out, "       {balance}")?;
        }
        for letter in rows.iter().filter(|_| letters) {
            let reply = letter.last_reply.as_deref().unwrap_or_default();
            let next = letter.next_attempt_at.map(|next| format!(", next {}", danish_time(next))).unwrap_or_default();
            let (id, state, address) = (letter.id.0, letter.state.as_str(), mask(&letter.address));
            writeln!(out, "         {id:>5}  {state:<10} {address}  tried {}{next}  {reply}", letter.attempts)?;
            if let Some(said) = about_list(letter) {
                writeln!(out, "                {said}")?;
            }
        }
    }
    rest(status, out)?;
    status.work.table(out)?;
    let unknown: u64 = status.editions.iter().map(|(_, balance, _)| balance.count(LetterState::Unknown)).sum();
    if unknown > 0 {
        writeln!(out, "\n{unknown} letters may or may not have arrived; \"digest resolve\" asks for your decision")?;
    }
    Ok(())
}

/// What can be said of the people behind a distribution list: nothing more than of the list itself.
fn about_list(letter: &LetterRow) -> Option<&'static str> {
    (letter.kind == RecipientKind::List).then_some(match letter.state {
        LetterState::Sent => {
            "a distribution list: the relay took one letter; which members got it, the mail system knows"
        }
        LetterState::Bounced | LetterState::Rejected => "a distribution list: none of its members got it",
        _ => "a distribution list: one letter for all its members",
    })
}

/// Meetings, confirmed layouts and tasks, where there are any.
fn rest(status: &Status, out: &mut dyn Write) -> std::io::Result<()> {
    if !status.meetings.is_empty() {
        writeln!(out, "\nMEETINGS")?;
    }
    for meeting in &status.meetings {
        writeln!(out, "  {} {}", meeting.committee, meeting.date)?;
        for (file, kind, finality) in &meeting.documents {
            let finality = if *kind == DocumentKind::Agenda.as_str() { "" } else { finality };
            writeln!(out, "       {kind:<8} {finality:<9} {file}")?;
        }
        for (what, items) in [("only in the agenda", &meeting.missing), ("only in the minutes", &meeting.extra)] {
            if !items.is_empty() {
                writeln!(out, "       {what}: {}", items.join(", "))?;
            }
        }
    }
    if !status.layouts.is_empty() {
        writeln!(out, "\nCONFIRMED LAYOUTS")?;
    }
    for confirmed in &status.layouts {
        let forms: Vec<&str> = confirmed.layout.forms().collect();
        writeln!(out, "  {}  by {} {}", confirmed.committee, confirmed.by, danish_time(confirmed.at))?;
        writeln!(out, "       {}", forms.join("; "))?;
    }
    if !status.tasks.is_empty() {
        writeln!(out, "\nTO LOOK AT (\"digest done\" ends one)")?;
    }
    for (task, editions) in &status.tasks {
        done::tell(task, editions, out)?;
    }
    if !status.follow_ups.is_empty() {
        let proposed = status.follow_ups.iter().filter(|matter| matter.state == FollowUpState::Proposed).count();
        let count = status.follow_ups.len();
        writeln!(out, "\nOPEN MATTERS {count}, {proposed} of them not looked at (\"digest status --open\")")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct EditionJson<'e> {
    id: i64,
    key: String,
    committee: &'e str,
    audience: &'e str,
    meeting_date: String,
    revision: u32,
    state: &'static str,
    reason: Option<&'e str>,
    released_at: Option<String>,
    due_at: Option<String>,
    not_before: Option<String>,
    completed_at: Option<String>,
    kind: &'static str,
    about: Option<i64>,
    subject: &'e str,
    source: &'e str,
    balance: Value,
    /// Letters that went again because their fate was unknown.
    resent: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    letters: Option<Vec<Value>>,
}

fn to_json(status: &Status, letters: bool) -> Value {
    let time = |instant: Option<DateTime<Utc>>| instant.map(|instant| instant.to_rfc3339());
    let files: Vec<Value> = status
        .files
        .iter()
        .map(|file| {
            json!({
                "file": file.path, "sha256": file.hash.0, "seen_at": file.seen_at.to_rfc3339(),
                "disposition": file.disposition.as_str(), "reason": file.reason,
            })
        })
        .collect();
    let letter = |row: &LetterRow| {
        json!({
            "id": row.id.0, "address": mask(&row.address), "kind": row.kind.as_str(), "state": row.state.as_str(), "attempts": row.attempts, "resends": row.resends,
            "message_id": row.message_id, "sha256": row.sha256.as_ref().map(|hash| &hash.0),
            "next_attempt_at": time(row.next_attempt_at), "last_reply": row.last_reply,
            "updated_at": row.updated_at.to_rfc3339(),
        })
    };
    let editions: Vec<EditionJson<'_>> = status
        .editions
        .iter()
        .map(|(edition, balance, rows)| EditionJson {
            id: edition.id.0,
            key: edition.key.to_string(),
            committee: &edition.key.committee.0,
            audience: &edition.key.audience.0,
            meeting_date: edition.key.meeting_date.to_string(),
            revision: edition.key.revision,
            state: edition.state.as_str(),
            reason: edition.reason.as_deref(),
            released_at: time(edition.released_at),
            due_at: time(edition.due_at),
            not_before: time(edition.not_before),
            completed_at: time(edition.completed_at),
            kind: edition.kind.as_str(),
            about: edition.about.map(|about| about.0),
            subject: &edition.subject,
            source: &edition.source.0,
            balance: balance_json(balance),
            resent: balance.resent,
            letters: letters.then(|| rows.iter().map(letter).collect()),
        })
        .collect();
    let layouts: Vec<Value> = status
        .layouts
        .iter()
        .map(|known| {
            json!({
                "committee": known.committee.0, "layout": known.layout, "source": known.source.0, "by": known.by,
                "at": known.at.to_rfc3339(),
            })
        })
        .collect();
    let tasks: Vec<Value> = status
        .tasks
        .iter()
        .map(|(task, editions)| {
            json!({
                "id": task.id.0, "committee": task.task.committee.0, "told_on": task.task.told_on.to_string(),
                "about": task.task.about.map(|about| about.to_string()), "said": task.task.said,
                "source": task.task.source.0, "created_at": task.created_at.to_rfc3339(),
                "editions": editions.iter().map(|edition| edition.id.0).collect::<Vec<_>>(),
            })
        })
        .collect();
    let meetings: Vec<Value> = status
        .meetings
        .iter()
        .map(|meeting| {
            let document = |(file, kind, finality): &(String, &str, &str)| {
                json!({ "file": file, "kind": kind, "approval": finality })
            };
            json!({
                "committee": meeting.committee, "date": meeting.date,
                "documents": meeting.documents.iter().map(document).collect::<Vec<_>>(),
                "only_in_agenda": meeting.missing, "only_in_minutes": meeting.extra,
            })
        })
        .collect();
    json!({
        "first_start": time(status.first_start), "next_due": time(status.next_due), "files": files, "editions": editions,
        "meetings": meetings, "layouts": layouts, "tasks": tasks,
        "follow_ups": follow_up::to_json(&status.follow_ups), "halted": status.work.halted(),
        "schedules": status.work.schedules(), "parts": status.work.parts(),
    })
}

/// `{"planned":5,"sent":5}`: states without letters are left out.
fn balance_json(balance: &Balance) -> Value {
    let mut counts = Map::new();
    counts.insert("planned".to_owned(), balance.planned.into());
    for (state, count) in balance.states.iter().filter(|(_, count)| *count > 0) {
        counts.insert(state.as_str().to_owned(), (*count).into());
    }
    Value::Object(counts)
}
