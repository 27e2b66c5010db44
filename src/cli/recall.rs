//! `digest recall`: stop a letter that should not have gone, and ask those who have it to delete it, once a person says yes.

use std::io::Write;

use clap::Args;

use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_day;
use crate::daemon::notices::{ask_for_deletion, reached};
use crate::daemon::prepare::{Obstacle, prepare};
use crate::store::EditionKind;

/// Arguments of `digest recall`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Editions, by number or as committee/audience/date/revision; "digest trace" finds them.
    #[arg(required = true, value_name = "EDITION")]
    editions: Vec<String>,
    /// Who asks; without it, the user who is signed in.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let opened = Workspace::open(arguments).and_then(|workspace| {
        let store = state::open(&workspace.config, now)?;
        Ok((workspace, store, state::person(command.by.as_deref())?))
    });
    let (workspace, mut store, by) = match opened {
        Ok(opened) => opened,
        Err(exit) => return Ok(exit),
    };
    let (editions, mut exit) = state::editions(&mut store, &command.editions)?;
    for edition in editions {
        let (id, key) = (edition.id, &edition.key);
        if edition.kind != EditionKind::Letter {
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
