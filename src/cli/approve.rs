//! `digest approve`: a person's yes to what would be sent now.

use std::io::Write;

use chrono::{DateTime, Utc};
use clap::Args;

use super::state::Decider;
use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_time;
use crate::daemon::approval::{Approved, Refusal, Yes, approve};
use crate::digest::SideWords;

/// Arguments of `digest approve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Editions, by number or as committee/audience/date/revision; "digest status" lists them.
    #[arg(required = true, value_name = "EDITION")]
    editions: Vec<String>,
    #[command(flatten)]
    decider: Decider,
    /// A note for the log of decisions.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Do not wait for the schedule.
    #[arg(long)]
    now: bool,
    /// An embargo: not before this time in Denmark, such as 2026-09-18T10:00; it also holds back who comes after.
    #[arg(long, value_name = "TIME", value_parser = state::danish_instant)]
    not_before: Option<DateTime<Utc>>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let workspace = Workspace::open(arguments)?;
    let mut store = state::open(&workspace.config, now)?;
    let by = command.decider.name()?;
    let (editions, mut exit) = state::editions(&mut store, &command.editions)?;
    let yes =
        Yes { by: &by, note: command.note.as_deref(), immediate: command.now, not_before: command.not_before, now };
    for edition in &editions {
        let (id, key) = (edition.id, &edition.key);
        match approve(&workspace, &mut store, edition, yes) {
            Ok(Approved::Released { due, confirmed, sides }) => {
                writeln!(out, "edition {id} {key} is approved by {by} and goes out {}", danish_time(due))?;
                if let Some(SideWords { management, employees, others }) = sides {
                    writeln!(
                        out,
                        "  words: management {management}, employee side {employees}, nobody in particular {others}"
                    )?;
                }
                if confirmed {
                    writeln!(out, "  this also confirms how its minutes are read: those laid out alike need no look")?;
                }
            }
            Ok(Approved::Already { state, due }) => {
                let when = due.map(|due| format!(" for {}", danish_time(due))).unwrap_or_default();
                writeln!(out, "edition {id} {key} is {state} already{when}; nothing changed")?;
            }
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(refusal @ Refusal::Cancelled(_)) => {
                eprintln!("digest: edition {id} {key} cannot be approved; {refusal}");
                exit = exit.max(Exit::Argument);
            }
            Err(refusal) => {
                eprintln!("digest: edition {id} {key} cannot be approved: {refusal}");
                exit = exit.max(Exit::Content);
            }
        }
    }
    Ok(exit)
}
