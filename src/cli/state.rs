//! What the commands that touch the state have in common: the database, editions by name, who is asking.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::workspace::Workspace;
use super::{Arguments, Exit};
use crate::clock::{Clock, danish_day};
use crate::config::Config;
use crate::daemon::{approval, memory, release};
use crate::digest::Memory;
use crate::minutes::Minutes;
use crate::store::{ConfirmedLayout, Edition, SqliteStore, Store, StoreError};

impl Arguments {
    /// The clock of this run: the machine's, unless a test says what time it is.
    pub(super) fn clock(&self) -> Clock {
        self.at.map_or(Clock::System, Clock::Fixed)
    }
}

/// Reads the hidden `--at`.
pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, chrono::ParseError> {
    DateTime::parse_from_rfc3339(text).map(|instant| instant.to_utc())
}

/// Reads a time as Danish clocks show it; one with a zone of its own is taken as it is.
pub(super) fn danish_instant(text: &str) -> Result<DateTime<Utc>, String> {
    instant(text)
        .ok()
        .or_else(|| crate::clock::from_danish_time(text))
        .ok_or_else(|| "write it as 2026-09-18T10:00".into())
}

/// The state beside a running daemon, which must have been started once.
pub(super) fn open(config: &Config, now: DateTime<Utc>) -> Result<SqliteStore, Exit> {
    if !config.database.exists() {
        eprintln!(
            "digest: {}: there is no such database yet; \"digest run\" makes it at its first start",
            config.database.display()
        );
        return Err(Exit::Argument);
    }
    SqliteStore::open_shared(&config.database, now).map_err(|error| unusable(config, &error))
}

/// What a command that must not touch the state knows of it; nothing where it cannot be read.
pub(super) struct Glance {
    /// The confirmed layouts.
    pub layouts: Vec<ConfirmedLayout>,
    store: Option<SqliteStore>,
}

impl Glance {
    /// Looks once.
    pub fn at(config: &Config) -> Self {
        let looked = SqliteStore::peek(&config.database).and_then(|store| {
            let Some(mut store) = store else { return Ok(Self { layouts: Vec::new(), store: None }) };
            Ok(Self { layouts: store.layouts()?, store: Some(store) })
        });
        looked.unwrap_or_else(|error| {
            eprintln!("digest: {}: {error}; no layout counts as confirmed here", config.database.display());
            Self { layouts: Vec::new(), store: None }
        })
    }

    /// What is known of earlier meetings of the committee of these minutes.
    pub fn memory(&mut self, workspace: &Workspace, minutes: &Minutes) -> Memory {
        let committee = release::committee_of(&workspace.config, minutes);
        let (Some(store), Some(committee), Some(date)) = (&mut self.store, committee, minutes.date) else {
            return Memory::default();
        };
        memory::of(workspace, store, &committee.id, date).unwrap_or_else(|error| {
            eprintln!("digest: {}: {error}; nothing counts as known here", workspace.config.database.display());
            Memory::default()
        })
    }
}

/// The day a letter about these minutes would go if it were let go at `now`.
pub(super) fn sending_day(config: &Config, minutes: &Minutes, now: DateTime<Utc>) -> NaiveDate {
    let due = release::committee_of(config, minutes).and_then(|committee| committee.schedule.first_at_or_after(now));
    danish_day(due.unwrap_or(now))
}

/// Tells that the state cannot be used.
pub(super) fn unusable(config: &Config, error: &StoreError) -> Exit {
    match error {
        StoreError::Locked(_) => {
            eprintln!("digest: {error}, or end it with SIGTERM and start again");
            Exit::Argument
        }
        StoreError::Io { .. } => {
            eprintln!(
                "digest: {error}\n  --> {}: database\n  = hint: let the user who runs digest write there, or name another place",
                config.file.display()
            );
            Exit::Content
        }
        _ => {
            eprintln!("digest: {}: {error}", config.database.display());
            Exit::Content
        }
    }
}

/// The editions that are named by number or key; those that do not exist are told, and the others are still dealt with.
pub(super) fn editions(store: &mut dyn Store, names: &[String]) -> Result<(Vec<Edition>, Exit), StoreError> {
    let mut exit = Exit::Fine;
    let mut found = Vec::new();
    for name in names {
        match approval::find(store, name)? {
            Some(edition) => found.push(edition),
            None => {
                eprintln!("digest: there is no edition {name}; \"digest status\" lists them");
                exit = Exit::Argument;
            }
        }
    }
    Ok((found, exit))
}

/// Whoever decides something that is to stand in the log of decisions.
#[derive(Debug, Args)]
pub(super) struct Decider {
    /// Who says so; without it, the user who is signed in.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl Decider {
    /// The one named, else the user who is signed in.
    pub fn name(&self) -> Result<String, Exit> {
        let of_system = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let who = self.by.clone().or_else(of_system);
        let who = who.map(|who| who.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|who| !who.is_empty());
        who.ok_or_else(|| {
            eprintln!("digest: who decides? say --by NAME");
            Exit::Argument
        })
    }
}
