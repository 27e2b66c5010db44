//! `digest health`: one line for a monitoring system, with the exit codes that such systems know.

use std::io::Write;

use super::{Exit, state, workspace};
use crate::daemon::health::health;

pub(super) fn run(arguments: &super::Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = workspace::config(arguments)?;
    let now = arguments.clock().now();
    let found = match state::open(&config, now) {
        Ok(mut store) => health(&config, &mut store, now),
        Err(_) => {
            writeln!(out, "CRITICAL - there is no state; was the daemon ever started?")?;
            return Ok(Exit::Argument);
        }
    };
    match found {
        Ok(health) => {
            writeln!(out, "{health}")?;
            Ok(if health.faults.is_empty() { Exit::Fine } else { Exit::Argument })
        }
        Err(error) => {
            writeln!(out, "CRITICAL - {error}")?;
            Ok(Exit::Argument)
        }
    }
}
