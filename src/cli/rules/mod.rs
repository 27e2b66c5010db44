//! `digest rules`: what a person who writes rules needs beside `digest check`.

mod begin;
mod diff;
mod list;
mod revision;
mod stats;

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::Exit;
use super::workspace::Workspace;
use crate::daemon::inbox;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// All rules with weights, state and place.
    List(list::Arguments),
    /// How often each rule hits, what that is worth, and what is lost without it.
    Stats(stats::Arguments),
    /// Which sentences enter or leave each letter, compared with other rules.
    Diff(diff::Arguments),
    /// Begin a new rule: all keys, to be filled in.
    New(begin::Arguments),
}

pub(super) fn run(arguments: &super::Arguments, command: &Command, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match command {
        Command::List(command) => list::run(arguments, command, out),
        Command::Stats(command) => stats::run(arguments, command, out),
        Command::Diff(command) => diff::run(arguments, command, out),
        Command::New(command) => begin::run(arguments, command, out),
    }
}

/// The named files, or those in the configured inbox: as shipped, the example minutes.
fn files(workspace: &Workspace, named: &[PathBuf]) -> Result<Vec<PathBuf>, Exit> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let folder = &workspace.config.inbox.folder;
    inbox::files(folder).map_err(|error| {
        eprintln!("digest: {}: the inbox cannot be read: {error}", folder.display());
        Exit::Argument
    })
}

/// Text cut to a width, so that a table keeps its columns.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}
