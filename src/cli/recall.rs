//! `digest recall`: stop a letter that should not have gone, and ask those who have it to delete it, once a person says yes.

use std::io::Write;

use clap::Args;

use super::state::Decider;
use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_day;
use crate::daemon::notices::{ask_for_deletion, reached};
use crate::daemon::prepare::{Obstacle, prepare};

/// Arguments of `digest recall`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Editions, by number or as committee/audience/date/revision; "digest trace" finds them.
    #[arg(required = true, value_name = "EDITION")]
    editions: Vec<String>,
    #[command(flatten)]
    decider: Decider,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let workspace = Workspace::open(arguments)?;
    let mut store = state::open(&workspace.config, now)?;
    let by = command.decider.name()?;
    let (editions, mut exit) = state::editions(&mut store, &command.editions)?;
    for edition in editions {
        let (id, key) = (edition.id, &edition.key);
        if edition.kind.is_notice() {
            eprintln!("digest: edition {id} {key} is a notice, not a letter");
            exit = exit.max(Exit::Argument);
            continue;
        }
        let count = reached(&mut store, id)?.len();
        if count == 0 {
            eprintln!("digest: nobody got edition {id} {key}; \"digest hold\" stops it");
            exit = exit.max(Exit::Argument);
            continue;
        }
        let notice = ask_for_deletion(&mut store, &edition, &by, now)?;
        writeln!(out, "edition {} asks the {count} people who got edition {id} {key} to delete it", notice.id)?;
        match prepare(&workspace, &mut store, &notice, danish_day(now)) {
            Ok(prepared) => writeln!(out, "\n{}\n\n{}\n", prepared.letter.subject, prepared.letter.text.trim_end())?,
            Err(Obstacle::Reason(reason)) => {
                eprintln!("digest: {reason}");
                exit = exit.max(Exit::Content);
            }
            Err(Obstacle::Store(error)) => return Err(error.into()),
        }
        writeln!(out, "it goes when somebody says \"digest approve {}\"", notice.id)?;
    }
    Ok(exit)
}
