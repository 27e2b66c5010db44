//! A database that is older than the ledger: somebody restored a copy, and letters sent since would go again.
//!
//! Then nothing goes until a person has looked: what had been let go is held, and a mark in the state keeps everything else
//! back, new editions too, over any number of restarts.

use chrono::{DateTime, Utc};

use super::pass::{DAEMON, Daemon};
use super::reasons;
use crate::store::{Adopted, EditionState, LedgerState, Store, StoreError};

/// The mark.
const HALTED: &str = "ledger-disagrees";

/// Why nothing may be sent, for people; none where it may.
///
/// # Errors
/// The state's.
pub fn halted(store: &mut dyn Store) -> Result<Option<String>, StoreError> {
    Ok(store.meta(HALTED)?.filter(|why| !why.is_empty()))
}

/// Takes a person's word that the ledger is right and everything may go on.
///
/// # Errors
/// The state's.
pub fn adopt(store: &mut dyn Store, by: &str, now: DateTime<Utc>) -> Result<Adopted, StoreError> {
    let adopted = store.adopt_ledger(by, now)?;
    store.set_meta(HALTED, "")?;
    Ok(adopted)
}

impl<S: Store> Daemon<S> {
    /// Whether nothing may be sent.
    pub(super) fn halted(&mut self) -> Result<bool, StoreError> {
        Ok(halted(&mut self.store)?.is_some())
    }

    /// Compares the state with the ledger, before anything else.
    pub(super) fn compare_with_ledger(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let why = match self.store.ledger()? {
            LedgerState::Agrees => {
                if let Some(why) = halted(&mut self.store)? {
                    tracing::error!("nothing is sent: {why}; see \"digest ledger\"");
                }
                return Ok(());
            }
            LedgerState::Ahead { entries } => {
                format!("the ledger has {entries} entries that the database does not know; was a copy restored?")
            }
            LedgerState::Lost => "the ledger of handed-over letters is gone".to_owned(),
        };
        // The mark first: whatever happens to the rest, nothing goes.
        self.store.set_meta(HALTED, &why)?;
        tracing::error!("nothing is sent: {why}; see \"digest ledger\"");
        for edition in self.store.editions()? {
            if matches!(edition.state, EditionState::Released | EditionState::Planned) {
                self.hold_again(&edition, reasons::RESTORED, now)?;
            }
        }
        self.store.audit(now, &format!("halt: {why}"), DAEMON)
    }
}
