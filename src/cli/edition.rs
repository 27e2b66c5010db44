//! `digest preview --edition`: exactly the letter that would be sent for an edition now, a correction or a letter about a
//! coming meeting too, which no file alone can show.

use std::io::Write;

use serde_json::json;

use super::workspace::Workspace;
use super::{Exit, state};
use crate::clock::danish_day;
use crate::daemon::prepare::{Obstacle, prepare};
use crate::store::Edition;

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Terminal,
    Html,
    Text,
    Json,
}

pub(super) fn run(
    arguments: &super::Arguments,
    workspace: &Workspace,
    names: &[String],
    shape: Shape,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let mut store = state::open(&workspace.config, now)?;
    let (editions, mut exit) = state::editions(&mut store, names)?;
    for edition in &editions {
        let Edition { id, key, kind, .. } = edition;
        let prepared = match prepare(workspace, &mut store, edition, danish_day(now)) {
            Ok(prepared) => prepared,
            Err(Obstacle::Reason(reason)) => {
                eprintln!("digest: edition {id} {key} has no letter now: {reason}");
                exit = exit.max(Exit::Content);
                continue;
            }
            Err(Obstacle::Store(error)) => return Err(error.into()),
        };
        let letter = &prepared.letter;
        match shape {
            Shape::Html => out.write_all(letter.html.as_bytes())?,
            Shape::Text => out.write_all(letter.text.as_bytes())?,
            Shape::Terminal => {
                writeln!(out, "── {id} {key} · {kind} · {} modtagere\n", prepared.recipients.len())?;
                if let Some(held) = &prepared.held {
                    writeln!(out, "   ! {held}")?;
                }
                writeln!(out, "\n   {}\n\n{}", letter.subject, letter.text)?;
            }
            Shape::Json => {
                let told = json!({
                    "edition": id.0, "key": key.to_string(), "kind": kind.as_str(), "subject": letter.subject,
                    "held": prepared.held, "recipients": prepared.recipients.len(), "text": letter.text,
                    "html": letter.html, "content": prepared.content.0,
                });
                serde_json::to_writer(&mut *out, &told)?;
                writeln!(out)?;
            }
        }
    }
    Ok(exit)
}
