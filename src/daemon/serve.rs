//! The loop: look at the inbox, plan and deliver what is due, sleep until the next of it.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::pass::{Daemon, DaemonError, is_idle};
use super::stop::Stop;
use crate::store::Store;

/// How long the relay is left alone after it was out of reach. Each letter keeps its own, longer pauses; this one keeps the
/// others from being tried in its place at once.
const RELAY_PAUSE: Duration = Duration::from_secs(60);
/// Never less than this between two looks, whatever clock and state say.
const LEAST_PAUSE: Duration = Duration::from_millis(50);
/// How often a single pass waits for files that are still being written.
const MOST_WAITS: usize = 3;

/// How a single pass ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files taken in.
    pub taken: usize,
    /// Files still being written, left for the next pass.
    pub unsettled: usize,
    /// Editions planned.
    pub planned: usize,
    /// Letters sent.
    pub sent: usize,
    /// Why letters that are due could not be handed over.
    pub stopped: Option<String>,
}

impl<S: Store> Daemon<S> {
    /// Does what is due now and ends. Files that were put there a moment ago are waited for.
    ///
    /// # Errors
    /// [`DaemonError`]; nothing already stored is lost.
    pub async fn once(&mut self, stop: &Stop) -> Result<Report, DaemonError> {
        let mut report = Report::default();
        for wait in 0..=MOST_WAITS {
            let looked = self.look(stop)?;
            report.taken += looked.taken;
            report.unsettled = looked.unsettled;
            if looked.unsettled == 0 || wait == MOST_WAITS {
                break;
            }
            tokio::select! {
                () = sleep(self.workspace().config.inbox.settle) => {}
                () = stop.wait() => break,
            }
        }
        if report.unsettled > 0 {
            tracing::warn!("{} files are still being written and wait for the next pass", report.unsettled);
        }
        loop {
            let planned = self.plan(stop)?;
            report.planned += planned;
            let summary = self.deliver(stop).await?;
            report.sent += summary.sent;
            report.stopped = summary.stopped.clone();
            if stop.is_asked() || summary.stopped.is_some() {
                return Ok(report);
            }
            // A letter that is complete may be what the next one waits for.
            if is_idle(&summary) && planned == 0 {
                // Letters that a process before this one had in its hands when it died are free when its lease ends.
                let Some(left) = summary.recovered.lease_left else { break };
                tracing::info!("letters of an earlier run are free in {} seconds", left.as_secs() + 1);
                tokio::select! {
                    () = sleep(left + LEAST_PAUSE) => {}
                    () = stop.wait() => return Ok(report),
                }
            }
        }
        self.tidy()?;
        Ok(report)
    }

    /// Plans what is due, notices too; how many editions.
    fn plan(&mut self, stop: &Stop) -> Result<usize, DaemonError> {
        let now = self.clock.now();
        self.note_runs(now)?;
        let planned = self.plan_due(stop)?;
        // After that, since planning may hold; the notices go with the same pass.
        if self.notify(now)? > 0 { Ok(planned + self.plan_due(stop)?) } else { Ok(planned) }
    }

    /// Goes on until it is asked to stop, which it does between two letters.
    ///
    /// # Errors
    /// The state's. An inbox that is away for a while is told and tried again.
    pub async fn serve(&mut self, stop: &Stop) -> Result<(), DaemonError> {
        let mut inbox_away = false;
        let mut relay_again = Instant::now();
        while !stop.is_asked() {
            self.refresh();
            let mut pause = self.workspace().config.inbox.every;
            match self.look(stop) {
                Ok(looked) => {
                    if inbox_away {
                        tracing::info!("the inbox can be read again");
                    }
                    inbox_away = false;
                    if looked.unsettled > 0 {
                        pause = pause.min(self.workspace().config.inbox.settle.max(Duration::from_secs(1)));
                    }
                }
                Err(error @ DaemonError::Inbox { .. }) => {
                    if !inbox_away {
                        tracing::error!("{error}; trying again");
                    }
                    inbox_away = true;
                }
                Err(error) => return Err(error),
            }
            self.plan(stop)?;
            if Instant::now() >= relay_again {
                let summary = self.deliver(stop).await?;
                if summary.stopped.is_some() {
                    relay_again = Instant::now() + RELAY_PAUSE;
                } else if !is_idle(&summary) {
                    // More may be due than one pass sends.
                    continue;
                }
                if let Some(left) = summary.recovered.lease_left {
                    pause = pause.min(left + LEAST_PAUSE);
                }
                self.tidy()?;
            }
            let now = self.clock.now();
            let until_due = match self.next_due()? {
                Some(due) => (due - now).to_std().unwrap_or_default(),
                None => pause,
            };
            let until_due = until_due.max(relay_again.saturating_duration_since(Instant::now())).max(LEAST_PAUSE);
            tokio::select! {
                () = sleep(pause.min(until_due)) => {}
                () = stop.wait() => {}
            }
        }
        tracing::info!("asked to stop; ended between two letters");
        Ok(())
    }
}
