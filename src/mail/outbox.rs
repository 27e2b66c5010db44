//! Letters into the outbox, and out of it.
//!
//! Planning freezes one message per recipient in one transaction. Delivering takes one letter at a time through
//! claimed → prepared → written down as "may be handed over" → handed over → settled. Whatever moment the process dies at,
//! the row says what is certain: before the mark nobody can have the letter, after it only a person can tell.
//!
//! When the relay is away or refuses us, a pass ends at the first letter: trying all the others would only tell it louder.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::address::{Address, Mailbox};
use super::allow::Gate;
use super::message::{self, MessageError, MessageId, Sender};
use super::transport::{Delivery, Outgoing, Transport};
use crate::render::Letter;
use crate::store::{
    ClaimedLetter, Edition, EditionId, EditionKey, LetterEvent, Plan, Planned, PlannedLetter, Store, StoreError,
};

/// How long and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Pause after the first failed try; it doubles each time.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// A letter is given up when it was first tried this long ago.
    pub give_up_after: Duration,
    /// The most letters of one pass, so that signals and the inbox are looked at in between.
    pub most_letters: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            first_pause: Duration::minutes(5),
            longest_pause: Duration::minutes(60),
            give_up_after: Duration::hours(48),
            most_letters: 500,
        }
    }
}

impl Policy {
    /// The pause after this try, counted from 1.
    #[must_use]
    pub fn pause_after(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(16);
        let factor = 1_i32.checked_shl(doublings).unwrap_or(i32::MAX);
        self.first_pause.checked_mul(factor).unwrap_or(self.longest_pause).min(self.longest_pause)
    }
}

/// What one pass did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Taken over.
    pub sent: usize,
    /// Refused for the recipient's sake.
    pub rejected: usize,
    /// Given up.
    pub expired: usize,
    /// To be tried again.
    pub postponed: usize,
    /// Of unknown fate: a person decides.
    pub unknown: usize,
    /// Stopped by the allow-list after all.
    pub suppressed: usize,
    /// Why the pass ended early, if it did.
    pub stopped: Option<String>,
    /// Editions whose last letter was settled.
    pub completed: Vec<EditionId>,
}

/// Why letters could not be planned or sent. What was settled before stays settled.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A message could not be made; then no letter of the edition was planned.
    #[error(transparent)]
    Message(#[from] MessageError),
}

/// Puts the letters of a released edition into the outbox: one frozen message per recipient, due when the edition is.
/// Recipients that the gate does not let through get a row that says so.
///
/// # Errors
/// [`OutboxError`]; then nothing was planned.
pub fn plan(
    store: &mut dyn Store,
    edition: &Edition,
    letter: &Letter,
    sender: &Sender,
    recipients: &[Mailbox],
    gate: &Gate,
    now: DateTime<Utc>,
) -> Result<Planned, OutboxError> {
    let domain = sender.from.address().domain();
    let due = edition.due_at.unwrap_or(now);
    let mut letters = Vec::with_capacity(recipients.len());
    let mut seen = BTreeSet::new();
    // Several lists may name the same person.
    for recipient in recipients.iter().filter(|recipient| seen.insert(recipient.address().key())) {
        let id = MessageId::of_letter(&edition.key, recipient.address(), domain);
        let plan = if gate.permits(recipient.address()) {
            Plan::Send { bytes: message::build(letter, sender, recipient, &id, due)?, due }
        } else {
            Plan::Suppress(NOT_ALLOWED.to_owned())
        };
        letters.push(PlannedLetter {
            address: recipient.address().as_str().to_owned(),
            name: recipient.name().map(str::to_owned),
            message_id: id.as_str().to_owned(),
            plan,
        });
    }
    Ok(store.plan(edition.id, &letters, now)?)
}

/// The note of a letter that the gate stops.
const NOT_ALLOWED: &str = "not production, and the address is not on the allow-list";

/// What a pass goes by.
#[derive(Clone, Copy)]
pub struct Pass<'a> {
    /// The envelope's sender.
    pub from: &'a Address,
    /// Who may get mail now.
    pub gate: &'a Gate,
    /// How long and how often.
    pub policy: &'a Policy,
    /// The time, asked anew for each letter: a pass over a slow relay takes a while.
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// Whether to end after the letter under way. Dropping the future instead leaves that letter of unknown fate.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// Sends what is due, until nothing is, the policy's number is reached, the relay is out of reach or the pass is stopped.
///
/// # Errors
/// The store's; the letter under way stays as far as it was written down, and [`Store::recover`] sorts it out.
pub async fn deliver_due(
    store: &mut dyn Store,
    transport: &mut Transport,
    pass: Pass<'_>,
) -> Result<Summary, OutboxError> {
    let mut summary = Summary::default();
    let result = deliver_letters(store, transport, pass, &mut summary).await;
    transport.finish().await;
    result?;
    summary.completed = store.close_settled((pass.now)())?;
    Ok(summary)
}

async fn deliver_letters(
    store: &mut dyn Store,
    transport: &mut Transport,
    pass: Pass<'_>,
    summary: &mut Summary,
) -> Result<(), StoreError> {
    for _ in 0..pass.policy.most_letters {
        if summary.stopped.is_some() || (pass.stop)() {
            break;
        }
        let Some(claimed) = store.claim_due((pass.now)())? else { break };
        let Some(to) = Address::parse(&claimed.address).ok().filter(|address| pass.gate.permits(address)) else {
            // The gate may have been closed since planning.
            store.settle(claimed.id, LetterEvent::Suppress, Some(NOT_ALLOWED), (pass.now)())?;
            summary.suppressed += 1;
            continue;
        };
        let outgoing = Outgoing {
            label: label(&claimed.key),
            message_id: claimed.message_id.clone(),
            from: pass.from.clone(),
            to,
            bytes: claimed.bytes.clone(),
        };
        let delivery = match transport.prepare(&outgoing).await {
            Ok(()) => {
                store.settle(claimed.id, LetterEvent::ReachDot, None, (pass.now)())?;
                transport.hand_over(&outgoing).await
            }
            Err(delivery) => delivery,
        };
        settle(store, &claimed, delivery, pass.policy, (pass.now)(), summary)?;
    }
    Ok(())
}

/// Writes down what became of a letter.
fn settle(
    store: &mut dyn Store,
    letter: &ClaimedLetter,
    delivery: Delivery,
    policy: &Policy,
    now: DateTime<Utc>,
    summary: &mut Summary,
) -> Result<(), StoreError> {
    let again = || {
        if now - letter.first_attempt_at >= policy.give_up_after {
            LetterEvent::Expire
        } else {
            LetterEvent::Retry(now + policy.pause_after(letter.attempt))
        }
    };
    let (event, note) = match delivery {
        Delivery::Accepted { reply } => (LetterEvent::Accept, reply),
        Delivery::RejectedRecipient { reply } => (LetterEvent::Refuse, reply),
        Delivery::Unknown { reason } => (LetterEvent::LoseTrack, reason),
        Delivery::Temporary { reply } => (again(), reply),
        Delivery::RejectedSystem { reply } | Delivery::Unreachable { reason: reply } => {
            summary.stopped = Some(reply.clone());
            (again(), reply)
        }
    };
    store.settle(letter.id, event, Some(&note), now)?;
    let counter = match event {
        LetterEvent::Accept => &mut summary.sent,
        LetterEvent::Refuse => &mut summary.rejected,
        LetterEvent::LoseTrack => &mut summary.unknown,
        LetterEvent::Expire => &mut summary.expired,
        _ => &mut summary.postponed,
    };
    *counter += 1;
    Ok(())
}

/// An edition in file names: `2027-03-04-hovedudvalg-medarbejdere`, with the revision where there is more than one.
fn label(key: &EditionKey) -> String {
    let revision = if key.revision > 1 { format!("-{}", key.revision) } else { String::new() };
    format!("{}-{}-{}{revision}", key.meeting_date, key.committee, key.audience)
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
