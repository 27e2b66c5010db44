//! Planning what is due: released editions become letters in the outbox, or are held again with the reason.

use super::pass::{DAEMON, Daemon, DaemonError};
use super::prepare::{Obstacle, Prepared, prepare};
use super::reasons;
use super::stop::Stop;
use crate::clock::danish_day;
use crate::mail::outbox::{self, OutboxError};
use crate::store::{Edition, EditionState, Store, StoreError};

impl<S: Store> Daemon<S> {
    /// Puts the letters of every released edition whose time has come into the outbox; how many editions.
    ///
    /// # Errors
    /// The state's. An edition is planned whole or not at all.
    pub fn plan_due(&mut self, stop: &Stop) -> Result<usize, DaemonError> {
        let now = self.clock.now();
        let mut editions = self.store.editions()?;
        editions.retain(|edition| {
            edition.state == EditionState::Released && (self.immediate || edition.due_at.is_none_or(|due| due <= now))
        });
        // In the order they were made, so that two runs do the same.
        editions.sort_by_key(|edition| edition.id);
        let mut planned = 0;
        for edition in &editions {
            if stop.is_asked() {
                break;
            }
            planned += usize::from(self.plan_one(edition)?);
        }
        Ok(planned)
    }

    fn plan_one(&mut self, edition: &Edition) -> Result<bool, DaemonError> {
        let now = self.clock.now();
        let prepared = match prepare(&self.workspace, &mut self.store, edition, danish_day(now)) {
            Ok(prepared) => prepared,
            Err(Obstacle::Reason(reason)) => return self.hold_again(edition, &reason),
            Err(Obstacle::Store(error)) => return Err(error.into()),
        };
        if let Some(reason) = self.objection(edition, &prepared)? {
            return self.hold_again(edition, &reason);
        }
        let due = edition.due_at.map_or(now, |due| due.min(now));
        let due_now = Edition { due_at: Some(due), ..edition.clone() };
        let gate = &self.workspace.config.gate;
        let Prepared { letter, sender, recipients, .. } = &prepared;
        // First, so that no letter is in the outbox that nobody could correct.
        self.store.record_told(edition.id, &prepared.told)?;
        match outbox::plan(&mut self.store, &due_now, letter, sender, recipients, gate, now) {
            Ok(done) => {
                let (id, key) = (edition.id, &edition.key);
                tracing::info!("edition {id} {key} is planned: {} letters", done.waiting);
                if !prepared.both_sides {
                    let what =
                        format!("edition {id} {key} goes out without remarks of the employee side: both_sides = false");
                    self.store.audit(now, &what, DAEMON)?;
                }
                if done.suppressed > 0 {
                    tracing::warn!(
                        "edition {id} {key}: {} recipients get no letter; the environment is not \"production\" and \
                         they are not on the allow-list",
                        done.suppressed
                    );
                }
                Ok(true)
            }
            Err(OutboxError::Message(error)) => self.hold_again(edition, &reasons::no_letter(&error)),
            // Held by a person a moment ago.
            Err(OutboxError::Store(StoreError::EditionState { .. })) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What speaks against planning: after a person's yes only another content than the approved, else all that would have
    /// held it on the first day.
    fn objection(&mut self, edition: &Edition, prepared: &Prepared) -> Result<Option<String>, StoreError> {
        if let Some(last) = self.store.last_approval(edition.id)? {
            let approved = self.store.approval(edition.id, &prepared.content)?.is_some();
            return Ok((!approved).then(|| reasons::changed_since(&last.by)));
        }
        Ok(prepared.held.clone())
    }

    fn hold_again(&mut self, edition: &Edition, reason: &str) -> Result<bool, DaemonError> {
        match self.store.hold(edition.id, reason, DAEMON, self.clock.now()) {
            Ok(()) => tracing::warn!("held edition {} {}: {reason}", edition.id, edition.key),
            // Cancelled by a person a moment ago.
            Err(StoreError::EditionState { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(false)
    }
}
