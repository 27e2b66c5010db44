//! `digest follow-up`: a person's word on what a committee has to come back to.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::state::Decider;
use super::{Exit, state, workspace};
use crate::clock::danish_time;
use crate::store::{FollowUp, FollowUpDecision, FollowUpId, FollowUpState, Store, StoreError};

/// Arguments of `digest follow-up`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Matters, by number; without any, those that are open are listed.
    #[arg(value_name = "MATTER")]
    matters: Vec<i64>,
    /// They are open: letters may say so, until they come back.
    #[arg(long, conflicts_with = "close", required_unless_present_any = ["close", "list"])]
    confirm: bool,
    /// They are not open, or no longer.
    #[arg(long)]
    close: bool,
    /// Only list what is open.
    #[arg(long, conflicts_with_all = ["confirm", "close", "matters"])]
    list: bool,
    #[command(flatten)]
    decider: Decider,
    /// Why, for the log of decisions.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let mut store = state::open(&workspace::config(arguments)?, now)?;
    if command.list {
        table(&open(&mut store)?, out)?;
        return Ok(Exit::Fine);
    }
    if command.matters.is_empty() {
        eprintln!("digest: which matters? \"digest follow-up --list\" lists those that are open");
        return Ok(Exit::Argument);
    }
    let by = command.decider.name()?;
    let decision = if command.close { FollowUpDecision::Close } else { FollowUpDecision::Confirm };
    let mut exit = Exit::Fine;
    for matter in &command.matters {
        match store.decide_follow_up(FollowUpId(*matter), decision, command.note.as_deref(), &by, now) {
            Ok(FollowUp { decided: Some(done), state, .. })
                if done.at.timestamp() != now.timestamp() || done.by != by =>
            {
                writeln!(out, "matter {matter} was {state} {} by {}; nothing changed", danish_time(done.at), done.by)?;
            }
            Ok(matter) => writeln!(out, "matter {} is {}, by {by}", matter.id, matter.state)?,
            Err(error @ StoreError::NoFollowUp(_)) => {
                eprintln!("digest: {error}; \"digest status --open\" lists them");
                exit = Exit::Argument;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(exit)
}

/// What is not closed.
pub(super) fn open(store: &mut dyn Store) -> Result<Vec<FollowUp>, StoreError> {
    let mut all = store.follow_ups()?;
    all.retain(|matter| matter.state != FollowUpState::Closed);
    Ok(all)
}

/// For people, by committee.
pub(super) fn table(matters: &[FollowUp], out: &mut dyn Write) -> std::io::Result<()> {
    if matters.is_empty() {
        return writeln!(out, "nothing is open");
    }
    let mut committee = None;
    for matter in matters {
        let found = &matter.found;
        if committee != Some(&found.committee) {
            writeln!(out, "{}", found.committee)?;
            committee = Some(&found.committee);
        }
        let state = matter.state.as_str();
        writeln!(
            out,
            "  {:>3}  {state:<9} {:<9} since {}, item {}: {}",
            matter.id.0,
            found.kind.as_str(),
            found.since,
            found.number,
            found.title
        )?;
        writeln!(out, "       »{}«", found.said)?;
        if let Some(returned) = &matter.returned {
            writeln!(out, "       came back {} as item {}? then close it", returned.on, returned.number)?;
        }
        if let Some(done) = &matter.decided {
            let note = done.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            writeln!(out, "       {state} {} by {}{note}", danish_time(done.at), done.by)?;
        }
    }
    writeln!(
        out,
        "\nlook at the minutes, then: digest follow-up MATTER --confirm or --close --by NAME; only confirmed ones are mailed"
    )
}

/// For programs.
pub(super) fn to_json(matters: &[FollowUp]) -> Value {
    let one = |matter: &FollowUp| {
        let found = &matter.found;
        json!({
            "id": matter.id.0, "committee": found.committee.0, "since": found.since.to_string(), "item": found.number,
            "title": found.title, "case": found.case, "kind": found.kind.as_str(), "said": found.said,
            "source": found.source.0, "state": matter.state.as_str(),
            "returned": matter.returned.as_ref().map(|returned| json!({ "on": returned.on.to_string(), "item": returned.number })),
            "decided": matter.decided.as_ref().map(|done| json!({ "at": done.at.to_rfc3339(), "by": done.by, "note": done.note })),
        })
    };
    matters.iter().map(one).collect()
}
