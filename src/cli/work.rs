//! The part of `digest status` that is about the daemon's own work: schedules, signs of life, what waits for what.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use crate::clock::danish_time;
use crate::config::Config;
use crate::daemon::order::{Clearance, clearance};
use crate::daemon::restored::halted;
use crate::store::{Beat, EditionId, EditionState, ScheduleRun, Store, StoreError};

/// What is shown.
#[derive(Debug, Default)]
pub(super) struct Work {
    halted: Option<String>,
    runs: Vec<ScheduleRun>,
    beats: Vec<Beat>,
    waits: BTreeMap<EditionId, String>,
}

impl Work {
    pub(super) fn read(config: &Config, store: &mut dyn Store) -> Result<Self, StoreError> {
        let mut waits = BTreeMap::new();
        for edition in store.editions()?.iter().filter(|edition| edition.state == EditionState::Released) {
            let text = match clearance(config, store, edition, false)? {
                Clearance::At(ready) => format!("goes from {} on", danish_time(ready)),
                Clearance::Waits(audience) if audience == edition.key.audience => {
                    "waits for its meeting's other letters".into()
                }
                Clearance::Waits(audience) => format!("waits for the letter to {audience}"),
                Clearance::Ask(reason) => reason,
            };
            waits.insert(edition.id, text);
        }
        Ok(Self { halted: halted(store)?, runs: store.last_runs()?, beats: store.beats()?, waits })
    }

    /// Until when, or for whom, a released edition waits.
    pub(super) fn waits(&self, id: EditionId) -> Option<&str> {
        self.waits.get(&id).map(String::as_str)
    }

    pub(super) fn table(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if let Some(why) = &self.halted {
            writeln!(out, "\nNOTHING IS SENT: {why} (\"digest ledger\")")?;
        }
        if !self.runs.is_empty() {
            writeln!(out, "\nSCHEDULES")?;
        }
        for run in &self.runs {
            let missed =
                if run.missed > 0 { format!(", {} times missed before it", run.missed) } else { String::new() };
            let (name, due, ran) = (&run.schedule, danish_time(run.due_at), danish_time(run.ran_at));
            writeln!(out, "  {name}  {due}, seen to {ran}, {} editions{missed}", run.editions)?;
        }
        for beat in self.beats.iter().filter(|beat| beat.failing_since.is_some()) {
            let since = beat.failing_since.map_or_else(String::new, danish_time);
            writeln!(out, "\nthe {} fails since {since}: {}", beat.part, beat.problem.as_deref().unwrap_or_default())?;
        }
        Ok(())
    }

    pub(super) fn schedules(&self) -> Value {
        let run = |run: &ScheduleRun| {
            json!({
                "schedule": run.schedule, "due_at": run.due_at.to_rfc3339(), "ran_at": run.ran_at.to_rfc3339(),
                "missed": run.missed, "editions": run.editions,
            })
        };
        Value::Array(self.runs.iter().map(run).collect())
    }

    pub(super) fn parts(&self) -> Value {
        let beat = |beat: &Beat| {
            json!({
                "part": beat.part.as_str(), "ok_at": beat.ok_at.map(|at| at.to_rfc3339()),
                "failing_since": beat.failing_since.map(|at| at.to_rfc3339()), "problem": beat.problem,
            })
        };
        Value::Array(self.beats.iter().map(beat).collect())
    }

    pub(super) fn halted(&self) -> Option<&str> {
        self.halted.as_deref()
    }
}
