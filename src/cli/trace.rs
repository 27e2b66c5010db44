//! `digest trace`: who was sent a sentence, when, in which letter.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_time;
use crate::daemon::trace::{Found, FoundLetter, find, report};
use crate::store::{LetterRow, LetterState, mask};

/// Arguments of `digest trace`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The sentence, or at least five words in a row of it.
    #[arg(value_name = "SENTENCE")]
    sentence: String,
    /// Show whole addresses.
    #[arg(long)]
    addresses: bool,
    /// Write a page about it, for whoever judges the breach.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object.
    Json,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let workspace = Workspace::open(arguments)?;
    let mut store = state::open(&workspace.config, now)?;
    let found = find(&mut store, &command.sentence)?;
    if let Some(path) = &command.report {
        let page = report(&workspace, &found, now)?;
        if let Err(error) = std::fs::write(path, page) {
            eprintln!("digest: {}: {error}", path.display());
            return Ok(Exit::Argument);
        }
        eprintln!("digest: the report is in {}", path.display());
    }
    match command.format {
        Format::Table => table(&found, command.addresses, out)?,
        Format::Json => {
            serde_json::to_writer(&mut *out, &to_json(&found, command.addresses))?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Fine)
}

fn address(row: &LetterRow, whole: bool) -> String {
    if whole { row.address.clone() } else { mask(&row.address) }
}

fn table(found: &Found, addresses: bool, out: &mut dyn Write) -> std::io::Result<()> {
    if found.letters.is_empty() {
        return writeln!(out, "no letter had that sentence, as far as is still known");
    }
    if !found.whole {
        writeln!(out, "not found as a whole sentence; these letters have all its words in a row")?;
    }
    for FoundLetter { edition, items, deletion, .. } in &found.letters {
        writeln!(out, "edition {} {} ({}), item {}", edition.id, edition.key, edition.state, items.join(", "))?;
        if let Some((request, sent)) = deletion {
            writeln!(out, "  asked to delete it: edition {} is {}, {sent} sent", request.id, request.state)?;
        }
    }
    for letter in &found.letters {
        writeln!(
            out,
            "\nedition {}: {} of {} have it, or may",
            letter.edition.id,
            letter.reached().count(),
            letter.rows.len()
        )?;
        for row in letter.reached() {
            let (state, time) = (row.state.as_str(), danish_time(row.updated_at));
            writeln!(out, "  {state:<8} {time}  {}  <{}>", address(row, addresses), row.message_id)?;
        }
    }
    Ok(())
}

fn to_json(found: &Found, addresses: bool) -> Value {
    let letters: Vec<Value> = found
        .letters
        .iter()
        .map(|letter| {
            let rows: Vec<Value> = letter
                .reached()
                .map(|row| {
                    json!({
                        "address": address(row, addresses), "state": row.state.as_str(),
                        "at": row.updated_at.to_rfc3339(), "message_id": row.message_id,
                        "sure": row.state != LetterState::Unknown && row.state != LetterState::AtDot,
                    })
                })
                .collect();
            json!({
                "edition": letter.edition.id.0, "key": letter.edition.key.to_string(), "items": letter.items,
                "state": letter.edition.state.as_str(), "planned": letter.rows.len(), "reached": rows,
                "deletion": letter.deletion.as_ref().map(|(edition, sent)| {
                    json!({ "edition": edition.id.0, "state": edition.state.as_str(), "sent": sent })
                }),
            })
        })
        .collect();
    json!({ "key": found.key, "whole": found.whole, "letters": letters })
}
