//! `digest hold`: stop an edition; letters not yet begun wait with it.

use std::io::Write;

use clap::Args;

use super::{Exit, state, workspace};
use crate::store::{Store as _, StoreError};

/// Arguments of `digest hold`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Editions, by number or as committee/audience/date/revision; "digest status" lists them.
    #[arg(required = true, value_name = "EDITION")]
    editions: Vec<String>,
    /// Who holds them; without it, the user who is signed in.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why, for whoever decides later.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let opened = workspace::config(arguments)
        .and_then(|config| Ok((state::open(&config, now)?, state::person(command.by.as_deref())?)));
    let (mut store, by) = match opened {
        Ok(opened) => opened,
        Err(exit) => return Ok(exit),
    };
    let reason = command.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        eprintln!("digest: say why with --reason TEXT");
        return Ok(Exit::Argument);
    }
    let (editions, mut exit) = state::editions(&mut store, &command.editions)?;
    for edition in editions {
        match store.hold(edition.id, &reason, &by, now) {
            Ok(()) => {
                writeln!(out, "edition {} {} is held by {by}", edition.id, edition.key)?;
                let balance = store.balance(edition.id)?;
                if balance.planned > 0 {
                    writeln!(out, "  {balance}; what waits stays until \"digest approve\"")?;
                }
            }
            Err(error @ StoreError::EditionState { .. }) => {
                eprintln!("digest: {error}");
                exit = exit.max(Exit::Argument);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(exit)
}
