//! What the commands that touch the state have in common: the database, editions by name, who is asking.

use chrono::{DateTime, Utc};

use super::{Arguments, Exit};
use crate::clock::Clock;
use crate::config::Config;
use crate::daemon::approval;
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

/// The confirmed layouts, for commands that must not touch the state; none where it cannot be read.
pub(super) fn known_layouts(config: &Config) -> Vec<ConfirmedLayout> {
    SqliteStore::peek_layouts(&config.database).unwrap_or_else(|error| {
        eprintln!("digest: {}: {error}; no layout counts as confirmed here", config.database.display());
        Vec::new()
    })
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

/// Who decides: the one named, else the user who is signed in.
pub(super) fn person(named: Option<&str>) -> Result<String, Exit> {
    let of_system = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let who = named.map(str::to_owned).or_else(of_system);
    let who = who.map(|who| who.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|who| !who.is_empty());
    who.ok_or_else(|| {
        eprintln!("digest: who decides? say --by NAME");
        Exit::Argument
    })
}
