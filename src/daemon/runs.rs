//! The memory of schedules: each of their times is noted once, also when nothing was due, and times missed while nobody ran
//! are seen to in one go.
//!
//! What a letter waits for is its own due time, which is stored with it; so nothing here decides whether a letter goes. It is
//! for people and for the health check: a schedule whose times pass without a trace is dead.

use chrono::{DateTime, Duration, Utc};

use super::pass::{Daemon, FIRST_START};
use crate::store::{CommitteeId, EditionState, ScheduleRun, Store, StoreError};

/// How far back missed times are counted.
const LOOK_BACK: Duration = Duration::days(7);

impl<S: Store> Daemon<S> {
    /// Notes the times of schedules that have come since the last look.
    pub(super) fn note_runs(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let first = self.store.meta(FIRST_START)?;
        let first = first.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()).map_or(now, |first| first.to_utc());
        let last = self.store.last_runs()?;
        let released: Vec<_> = self
            .store
            .editions()?
            .into_iter()
            .filter(|edition| edition.state == EditionState::Released && edition.due_at.is_some_and(|due| due <= now))
            .collect();
        for (name, timing) in &self.workspace.config.schedules {
            let Some(schedule) = timing.cron() else { continue };
            let known = last.iter().find(|run| run.schedule == *name).map(|run| run.due_at);
            // After a clock was set back, its times come again and are known.
            let mut at = known.unwrap_or(first).max(now - LOOK_BACK);
            let mut times = Vec::new();
            while let Some(next) = schedule.next_after(at).filter(|next| *next <= now) {
                times.push(next);
                at = next;
            }
            let Some((due_at, missed)) = times.split_last() else { continue };
            let committees = &self.workspace.config.committees;
            let uses = |id: &CommitteeId| {
                let committee = committees.iter().find(|committee| committee.id == *id);
                committee.and_then(|committee| committee.schedule.cron()).map(|own| own.expression())
                    == Some(schedule.expression())
            };
            let editions = released.iter().filter(|edition| uses(&edition.key.committee)).count();
            let run =
                ScheduleRun { schedule: name.clone(), due_at: *due_at, ran_at: now, missed: missed.len(), editions };
            if self.store.record_run(&run)? && !missed.is_empty() {
                tracing::warn!("schedule {name}: {} times were missed and are seen to now", missed.len());
            }
        }
        Ok(())
    }
}
