//! Letters into the outbox, and out of it.
//!
//! [`plan()`] freezes one message per recipient in one transaction. [`deliver_due`] takes letters through claimed → prepared →
//! written down as "may be handed over" → handed over → settled, over several connections. Whatever moment the process dies
//! at, the row says what is certain: before the mark nobody can have the letter, after it nobody can know.
//!
//! One side alone touches the state ([`pass`](self)), one task per connection alone touches the network (`line`): what is
//! waiting to be written goes to the disk together, while all connections go on with what was written down before. So
//! durability costs one synced commit for as many letters as happen to be ready, not two for each.
//!
//! When the relay is away or refuses us, a pass ends: trying all the others would only tell it louder.

mod line;
mod pass;
mod plan;
mod policy;
#[cfg(test)]
mod tests;

use crate::store::{Decided, EditionId, Recovered, StoreError};

use super::message::MessageError;

pub use pass::{Pass, deliver_due};
pub use plan::plan;
pub use policy::Policy;

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
    /// Of unknown fate: the policy or a person decides.
    pub unknown: usize,
    /// Stopped by the allow-list after all.
    pub suppressed: usize,
    /// What the policies did with letters of unknown fate before the pass.
    pub decided: Decided,
    /// What an earlier pass, or another process, left behind.
    pub recovered: Recovered,
    /// Why the pass ended early, if it did.
    pub stopped: Option<String>,
    /// Editions that are held from now on, because the relay refuses us.
    pub held: Vec<EditionId>,
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
