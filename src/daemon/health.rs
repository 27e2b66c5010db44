//! Whether the daemon does its work: for a monitoring system, which asks from outside and must not need the daemon to answer.
//!
//! It fails when something has been dead for longer than it may be, and only then. A relay that is away for ten minutes or a
//! letter that waits for a person is no alarm: a check that cries every week is one that nobody reads.

use chrono::{DateTime, Duration, Utc};

use super::order::{Clearance, clearance};
use super::restored::halted;
use crate::clock::danish_time;
use crate::config::Config;
use crate::store::{Beat, EditionState, LetterState, Part, Store, StoreError};

/// What a look at the state gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// What is dead; empty where all is well.
    pub faults: Vec<String>,
    /// Editions that wait for a person.
    pub held: usize,
    /// Letters of which nobody knows whether they arrived.
    pub unknown: u64,
    /// Letters to be sent.
    pub waiting: u64,
}

impl std::fmt::Display for Health {
    /// One line.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.faults.as_slice() {
            [] => formatter.write_str("OK")?,
            faults => write!(formatter, "CRITICAL - {}", faults.join("; "))?,
        }
        write!(formatter, " | held={} unknown={} waiting={}", self.held, self.unknown, self.waiting)
    }
}

/// Judges the state.
///
/// # Errors
/// The state's, which is a fault of its own.
pub fn health(config: &Config, store: &mut dyn Store, now: DateTime<Utc>) -> Result<Health, StoreError> {
    let limits = config.health;
    let beats = store.beats()?;
    let mut health = Health::default();
    if let Some(why) = halted(store)? {
        health.faults.push(format!("nothing is sent: {why}"));
    }
    for (part, limit) in [(Part::Inbox, limits.inbox), (Part::Schedule, limits.schedule)] {
        let beat = beats.iter().find(|beat| beat.part == part);
        let last = beat.and_then(|beat| beat.ok_at);
        if last.is_none_or(|last| now - last > limit) {
            health.faults.push(told(part, last, beat));
        }
    }
    let relay = beats.iter().find(|beat| beat.part == Part::Relay);
    if let Some(beat) = relay.filter(|beat| beat.failing_since.is_some_and(|since| now - since > limits.relay)) {
        health.faults.push(told(Part::Relay, beat.ok_at, Some(beat)));
    }
    let mut overdue = 0;
    for edition in store.editions()? {
        let balance = store.balance(edition.id)?;
        health.unknown += balance.count(LetterState::Unknown);
        health.waiting += balance.count(LetterState::Waiting);
        match edition.state {
            EditionState::Held => health.held += 1,
            EditionState::Released => {
                let ready = clearance(config, store, &edition, false)?;
                overdue += usize::from(matches!(ready, Clearance::At(ready) if now - ready > limits.schedule));
            }
            _ => {}
        }
    }
    if overdue > 0 {
        health.faults.push(format!("{overdue} editions should have gone out and have not"));
    }
    let waits = store.next_due()?.and_then(|due| config.sending.window.opens(due, &config.calendar));
    if let Some(since) = waits.filter(|since| now - *since > limits.relay) {
        health.faults.push(format!("a letter has waited for the relay since {}", danish_time(since)));
    }
    Ok(health)
}

fn told(part: Part, last: Option<DateTime<Utc>>, beat: Option<&Beat>) -> String {
    let last = last.map_or_else(|| "never".to_owned(), |last| format!("not since {}", danish_time(last)));
    let problem = beat.and_then(|beat| beat.problem.as_deref()).map(|problem| format!(" ({problem})"));
    format!("the {part} worked {last}{}", problem.unwrap_or_default())
}

/// How often a sign of life is written at most: each is a commit, and minutes are what the check looks at.
pub(super) const BEAT_EVERY: Duration = Duration::seconds(20);
