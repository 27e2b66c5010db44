//! `digest ledger`: whether the database knows all that was handed over, and what to do where it does not.

use std::io::Write;

use clap::Args;

use super::state::Decider;
use super::{Exit, state, workspace};
use crate::daemon::restored::{adopt, halted};
use crate::store::{Ledger, LedgerState, Operation as _};

/// Arguments of `digest ledger`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Take the ledger's word: letters it knows are not sent again, and work goes on.
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    decider: Decider,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let config = workspace::config(arguments)?;
    let store = state::open(&config, now)?;
    let ledger = Ledger::open(&config.ledger).map_err(|error| state::unusable(&config, &error))?;
    let mut store = store.with_ledger(ledger);
    let by = command.decider.name()?;
    if command.accept {
        let adopted = adopt(&mut store, &by, now)?;
        writeln!(
            out,
            "the ledger is accepted by {by}: {} letters may have been sent (\"digest resolve\"), {} more are unknown here \
             and will not be sent again",
            adopted.unknown, adopted.remembered
        )?;
        writeln!(out, "held editions go on with \"digest approve\"")?;
        return Ok(Exit::Fine);
    }
    writeln!(out, "ledger  {}", config.ledger.display())?;
    match store.ledger()? {
        LedgerState::Agrees => writeln!(out, "  the database knows all of it")?,
        LedgerState::Ahead { entries } => {
            writeln!(out, "  it has {entries} entries that the database does not know; was a copy restored?")?;
        }
        LedgerState::Lost => writeln!(out, "  it is gone, though letters were handed over")?,
    }
    match halted(&mut store)? {
        Some(why) => {
            writeln!(out, "nothing is sent: {why}")?;
            writeln!(out, "  \"digest ledger --accept\" takes the ledger's word and lets work go on")?;
            Ok(Exit::Content)
        }
        None => Ok(Exit::Fine),
    }
}
