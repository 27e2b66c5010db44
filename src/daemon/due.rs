//! Planning what is due: released editions become letters in the outbox, or are held again with the reason.

use chrono::{DateTime, Utc};

use super::order::{Clearance, clearance};
use super::pass::{DAEMON, Daemon, DaemonError};
use super::prepare::{Obstacle, Prepared, prepare, traces};
use super::reasons;
use super::stop::Stop;
use crate::clock::danish_day;
use crate::mail::outbox::{self, OutboxError};
use crate::mail::{Mailbox, MessageId};
use crate::store::{Edition, EditionState, Store, StoreError};

impl<S: Store> Daemon<S> {
    /// Puts the letters of every released edition whose time has come into the outbox; how many editions.
    ///
    /// # Errors
    /// The state's. An edition is planned whole or not at all.
    pub fn plan_due(&mut self, stop: &Stop) -> Result<usize, DaemonError> {
        if self.halted()? {
            return Ok(0);
        }
        let mut editions = self.store.editions()?;
        editions.retain(|edition| edition.state == EditionState::Released);
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
        match clearance(&self.workspace.config, &mut self.store, edition, self.immediate)? {
            Clearance::Waits(_) => return Ok(false),
            Clearance::Ask(reason) => return Ok(self.hold_again(edition, &reason, now)?),
            Clearance::At(ready) if ready > now => return Ok(false),
            Clearance::At(ready) => {
                let late = now - ready > self.workspace.config.sending.catch_up;
                if late && !self.immediate && !edition.kind.is_notice() {
                    return Ok(self.hold_again(edition, &reasons::missed(ready), now)?);
                }
            }
        }
        let prepared = match prepare(&self.workspace, &mut self.store, edition, danish_day(now)) {
            Ok(prepared) => prepared,
            Err(Obstacle::Reason(reason)) => return Ok(self.hold_again(edition, &reason, now)?),
            Err(Obstacle::Store(error)) => return Err(error.into()),
        };
        if let Some(reason) = self.objection(edition, &prepared)? {
            return Ok(self.hold_again(edition, &reason, now)?);
        }
        // Before the letters: traces without letters name nobody.
        if let Some(digest) = &prepared.digest {
            self.store.trace(edition.id, &traces(digest))?;
        }
        let due = edition.due_at.map_or(now, |due| due.min(now));
        let due_now = Edition { due_at: Some(due), ..edition.clone() };
        let recipients = &self.not_handed_over_elsewhere(edition, &prepared)?;
        let gate = &self.workspace.config.gate;
        let Prepared { letter, sender, .. } = &prepared;
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
            Err(OutboxError::Message(error)) => Ok(self.hold_again(edition, &reasons::no_letter(&error), now)?),
            // Held by a person a moment ago.
            Err(OutboxError::Store(StoreError::EditionState { .. })) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// What speaks against planning: after a person's yes only another content than the approved, else all that would have
    /// held it on the first day.
    fn objection(&mut self, edition: &Edition, prepared: &Prepared) -> Result<Option<String>, StoreError> {
        if let Some(last) = self.store.last_approval(edition.id)? {
            let Some(yes) = self.store.approval(edition.id, &prepared.content)? else {
                return Ok(Some(reasons::changed_since(&last.by)));
            };
            let over = self.clock.now() - yes.at > self.workspace.config.approval.expires;
            return Ok(over.then(|| reasons::expired(&yes.by, yes.at)));
        }
        Ok(prepared.held.clone())
    }

    /// The recipients without those whose letter another copy of the state handed over, as a ledger said that was taken over.
    fn not_handed_over_elsewhere(
        &mut self,
        edition: &Edition,
        prepared: &Prepared,
    ) -> Result<Vec<Mailbox>, StoreError> {
        let domain = prepared.sender.from.address().domain();
        let mut recipients = Vec::with_capacity(prepared.recipients.len());
        for recipient in &prepared.recipients {
            let id = MessageId::of_letter(&edition.key, recipient.address(), domain);
            if !self.store.handed_over_elsewhere(id.as_str())? {
                recipients.push(recipient.clone());
            }
        }
        let left_out = prepared.recipients.len() - recipients.len();
        if left_out > 0 {
            let what = format!("leave {left_out} recipients of {} out: the ledger says they have it", edition.key);
            self.store.audit(self.clock.now(), &what, DAEMON)?;
        }
        Ok(recipients)
    }

    pub(super) fn hold_again(
        &mut self,
        edition: &Edition,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        match self.store.hold(edition.id, reason, DAEMON, now) {
            Ok(()) => tracing::warn!("held edition {} {}: {reason}", edition.id, edition.key),
            // Cancelled by a person a moment ago.
            Err(StoreError::EditionState { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(false)
    }
}
