//! `digest confirm`: a person has seen how minutes are read, and that they are read right.
//!
//! It names a file or an edition, since a secretary has the one at hand and `digest status` shows the other. It says
//! nothing of the letters: those that waited for this alone go out as their committee's rules say, others wait on.

use std::io::Write;
use std::path::Path;

use clap::Args;

use super::state::Decider;
use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_time;
use crate::daemon::layouts::{Confirmed, Refusal, confirm};
use crate::daemon::{approval, prepare, reasons};
use crate::minutes::Minutes;
use crate::store::{EditionState, SqliteStore, Store, StoreError};

/// Arguments of `digest confirm`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files of minutes, or editions by number or key; without any, what waits for a confirmation is listed.
    #[arg(value_name = "FILE|EDITION")]
    documents: Vec<String>,
    /// Take back everything that was confirmed for a committee: its next minutes wait again.
    #[arg(long, value_name = "COMMITTEE", conflicts_with = "documents")]
    forget: Option<String>,
    #[command(flatten)]
    decider: Decider,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let workspace = Workspace::open(arguments)?;
    // The first reading may be confirmed before the daemon ever ran; asking alone makes no state.
    let mut store = if command.documents.is_empty() {
        state::open(&workspace.config, now)?
    } else {
        let opened = SqliteStore::open_shared(&workspace.config.database, now);
        opened.map_err(|error| state::unusable(&workspace.config, &error))?
    };
    if command.documents.is_empty() && command.forget.is_none() {
        return list(&mut store, out);
    }
    let by = command.decider.name()?;
    if let Some(name) = &command.forget {
        let Some(committee) = workspace.config.committees.iter().find(|committee| committee.id.0 == *name) else {
            let known: Vec<&str> =
                workspace.config.committees.iter().map(|committee| committee.id.0.as_str()).collect();
            eprintln!("digest: there is no committee \"{name}\"; the configuration has: {}", known.join(", "));
            return Ok(Exit::Argument);
        };
        let ended = store.forget_layouts(&committee.id, &by, now)?;
        writeln!(out, "{ended} confirmed layouts of {name} are forgotten by {by}; its next minutes wait for a look")?;
        return Ok(Exit::Fine);
    }
    let mut exit = Exit::Fine;
    for name in &command.documents {
        let minutes = match read(&workspace, &mut store, name)? {
            Ok(minutes) => minutes,
            Err(reason) => {
                eprintln!("digest: {reason}");
                exit = exit.max(Exit::Argument);
                continue;
            }
        };
        match confirm(&workspace, &mut store, &minutes, &by, now) {
            Ok(done) => tell(name, &minutes, &done, &by, out)?,
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(Refusal::Reason(reason)) => {
                eprintln!("digest: {name} cannot be confirmed: {reason}");
                exit = exit.max(Exit::Content);
            }
        }
    }
    Ok(exit)
}

/// The minutes that a name means: those of an edition, else those in a file.
fn read(workspace: &Workspace, store: &mut dyn Store, name: &str) -> Result<Result<Minutes, String>, StoreError> {
    if let Some(edition) = approval::find(store, name)? {
        return match prepare::minutes(workspace, store, &edition) {
            Ok(minutes) => Ok(Ok(minutes)),
            Err(prepare::Obstacle::Reason(reason)) => Ok(Err(format!("edition {name}: {reason}"))),
            Err(prepare::Obstacle::Store(error)) => Err(error),
        };
    }
    if !Path::new(name).exists() {
        return Ok(Err(format!("there is no file and no edition {name}; \"digest confirm\" lists what waits")));
    }
    Ok(workspace.reading.minutes(Path::new(name)).map_err(|error| error.to_string()))
}

fn tell(name: &str, minutes: &Minutes, done: &Confirmed, by: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let committee = &done.committee;
    if done.new {
        writeln!(out, "{name}: the layout is confirmed for {committee} by {by}; minutes laid out alike need no look")?;
        for form in minutes.layout.forms() {
            writeln!(out, "   {form}")?;
        }
    } else {
        writeln!(out, "{name}: the layout was confirmed for {committee} before")?;
    }
    for (edition, due) in &done.released {
        writeln!(
            out,
            "edition {} {} waited for nothing else and goes out {}",
            edition.id,
            edition.key,
            danish_time(*due)
        )?;
    }
    for edition in &done.waiting {
        let reason = edition.reason.as_deref().unwrap_or_default();
        writeln!(out, "edition {} {} still waits: {reason}", edition.id, edition.key)?;
    }
    Ok(())
}

/// What waits for a confirmation.
fn list(store: &mut dyn Store, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut editions = store.editions()?;
    editions.retain(|edition| {
        edition.state == EditionState::Held && edition.reason.as_deref().and_then(reasons::without_layout).is_some()
    });
    editions.sort_by_key(|edition| edition.id);
    if editions.is_empty() {
        writeln!(out, "no reading waits for a confirmation")?;
    }
    for edition in &editions {
        let file = store.file(&edition.source)?.map(|file| file.path).unwrap_or_default();
        writeln!(out, "edition {} {} from {file}", edition.id, edition.key)?;
        writeln!(out, "  {}", edition.reason.as_deref().unwrap_or_default())?;
    }
    if !editions.is_empty() {
        writeln!(out, "\nlook at the file with \"digest parse FILE\", then: digest confirm EDITION --by NAME")?;
    }
    Ok(Exit::Fine)
}
