//! `digest hold`: stop an edition; letters not yet begun wait with it.

use std::io::Write;

use clap::Args;

use super::state::Decider;
use super::{Exit, state, workspace};
use crate::store::{Store as _, StoreError};

/// Arguments of `digest hold`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Editions, by number or as committee/audience/date/revision; "digest status" lists them.
    #[arg(required = true, value_name = "EDITION")]
    editions: Vec<String>,
    #[command(flatten)]
    decider: Decider,
    /// Why, for whoever decides later.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let mut store = state::open(&workspace::config(arguments)?, now)?;
    let by = command.decider.name()?;
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
