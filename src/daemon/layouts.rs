//! Whether a person has seen how documents of this layout are read.
//!
//! Knowing many layouts serves reading, not guessing: the first document of a layout that is new for a committee waits, in
//! every release mode, until a person has confirmed its reading, and one that departs from what was confirmed waits again.
//! A confirmation is for the reading: `digest confirm` says it without a word on the letters, `digest approve` says it
//! along with its yes to one letter. Where a person confirms a reading, letters go that waited for nothing else.

use chrono::{DateTime, Utc};

use super::judge::hopeless;
use super::prepare::{Obstacle, prepare};
use super::workspace::Workspace;
use super::{reasons, release};
use crate::clock::danish_day;
use crate::config::Committee;
use crate::minutes::{Layout, Minutes};
use crate::store::{CommitteeId, ConfirmedLayout, ContentHash, Edition, EditionState, Store, StoreError};

/// Why the layout of these minutes keeps them from going by themselves; none where it is confirmed.
#[must_use]
pub fn objection(committee: &Committee, minutes: &Minutes, known: &[ConfirmedLayout]) -> Option<String> {
    let seen = committee.confirmed.iter().any(|hash| hash.0 == minutes.source.sha256);
    let confirmed: Vec<Layout> =
        known.iter().filter(|known| known.committee == committee.id).map(|known| known.layout.clone()).collect();
    if seen {
        return None;
    }
    let departure = minutes.layout.departure_from(&confirmed)?;
    Some(if confirmed.is_empty() { reasons::new_layout() } else { reasons::departs(&departure) })
}

/// Why a reading cannot be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is nothing to confirm; in Danish.
    #[error("{0}")]
    Reason(String),
    /// The state.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a confirmation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// For this committee.
    pub committee: CommitteeId,
    /// Whether the layout was not confirmed before.
    pub new: bool,
    /// Editions that waited for nothing else and were released, with the time they go out.
    pub released: Vec<(Edition, DateTime<Utc>)>,
    /// Editions that still wait for something else.
    pub waiting: Vec<Edition>,
}

/// Takes a person's word that these minutes were read right, and lets go what waited for that alone. Saying it again does
/// again what an interrupted first time left undone.
///
/// # Errors
/// [`Refusal`]: minutes that are not understood, or of no committee of the configuration, cannot be confirmed.
pub fn confirm(
    workspace: &Workspace,
    store: &mut dyn Store,
    minutes: &Minutes,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Confirmed, Refusal> {
    let committee = release::committee_of(&workspace.config, minutes).ok_or_else(|| {
        let name = minutes.committee.as_deref().unwrap_or("uden navn");
        Refusal::Reason(release::unmapped(name))
    })?;
    let scored = workspace.score(minutes);
    for audience in workspace.config.audiences.iter().take(1) {
        if let Some(reason) = hopeless(&workspace.digest(minutes, &scored, audience).digest) {
            return Err(Refusal::Reason(reason));
        }
    }
    let new = remember(store, &committee.id, minutes, by, now)?;
    let mut done = Confirmed { committee: committee.id.clone(), new, released: Vec::new(), waiting: Vec::new() };
    let mut editions = store.editions()?;
    editions.retain(|edition| edition.key.committee == committee.id && edition.state == EditionState::Held);
    editions.sort_by_key(|edition| edition.id);
    for edition in editions {
        let Some(rest) = edition.reason.as_deref().and_then(reasons::without_layout) else { continue };
        let fits = match prepare(workspace, store, &edition, danish_day(now)) {
            Ok(prepared) => prepared.unconfirmed.is_none(),
            Err(Obstacle::Reason(_)) => false,
            Err(Obstacle::Store(error)) => return Err(error.into()),
        };
        let due = committee.schedule.first_at_or_after(now);
        match due.filter(|_| fits && rest.is_empty()) {
            Some(due) => {
                store.release(edition.id, due, by, now)?;
                done.released.push((edition, due));
            }
            None => {
                if fits && !rest.is_empty() {
                    store.hold(edition.id, &rest, by, now)?;
                }
                done.waiting.push(store.edition(edition.id)?);
            }
        }
    }
    Ok(done)
}

/// Writes a confirmation down; says whether it was new.
pub(super) fn remember(
    store: &mut dyn Store,
    committee: &CommitteeId,
    minutes: &Minutes,
    by: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    store.confirm_layout(&ConfirmedLayout {
        committee: committee.clone(),
        layout: minutes.layout.clone(),
        source: ContentHash(minutes.source.sha256.clone()),
        by: by.to_owned(),
        at,
    })
}
