//! A person's part: yes to exactly this content, or stop. A yes to the letter of minutes whose layout is new confirms their
//! reading as well; two commands for the first letter of every committee would teach people not to read either.

use chrono::{DateTime, Utc};

use super::prepare::{Obstacle, prepare};
use super::workspace::Workspace;
use super::{layouts, reasons, restored};
use crate::clock::danish_day;
use crate::digest::SideWords;
use crate::store::{Approval, ContentHash, Edition, EditionState, Store, StoreError};

/// What a yes did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approved {
    /// The edition goes out then.
    Released {
        /// When.
        due: DateTime<Utc>,
        /// The yes also confirmed the reading of minutes whose layout was new.
        confirmed: bool,
        /// How many words each side has in the letter; none where its letters were frozen before.
        sides: Option<SideWords>,
    },
    /// It was on its way before; nothing changed.
    Already {
        /// How far it is.
        state: EditionState,
        /// When it goes or went out.
        due: Option<DateTime<Utc>>,
    },
}

/// Why a yes could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The edition was ended.
    #[error("it was cancelled{}", .0.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default())]
    Cancelled(Option<String>),
    /// There is no letter that could be approved; in Danish.
    #[error("{0}")]
    Reason(String),
    /// The state.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Obstacle> for Refusal {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Reason(reason) => Self::Reason(reason),
            Obstacle::Store(error) => Self::Store(error),
        }
    }
}

/// Who says yes, and how.
#[derive(Clone, Copy, Debug)]
pub struct Yes<'y> {
    /// The person.
    pub by: &'y str,
    /// What they add.
    pub note: Option<&'y str>,
    /// Do not wait for the schedule.
    pub immediate: bool,
    /// An embargo: not before this. Without one, an earlier embargo stays.
    pub not_before: Option<DateTime<Utc>>,
    /// When it is said.
    pub now: DateTime<Utc>,
}

/// Takes a person's yes to what would be sent for an edition now, and lets it go.
///
/// # Errors
/// [`Refusal`]; then nothing changed.
pub fn approve(
    workspace: &Workspace,
    store: &mut dyn Store,
    edition: &Edition,
    yes: Yes<'_>,
) -> Result<Approved, Refusal> {
    let (id, now) = (edition.id, yes.now);
    let already = Approved::Already { state: edition.state, due: edition.due_at };
    match edition.state {
        EditionState::Cancelled => return Err(Refusal::Cancelled(edition.reason.clone())),
        EditionState::Planned | EditionState::Complete => return Ok(already),
        EditionState::Held | EditionState::Released => {}
    }
    let committee = workspace.config.committees.iter().find(|committee| committee.id == edition.key.committee);
    let committee = committee.ok_or_else(|| Refusal::Reason(reasons::COMMITTEE_CHANGED.to_owned()))?;
    if restored::halted(store)?.is_some() {
        return Err(Refusal::Reason(reasons::RESTORED.to_owned()));
    }
    // Nobody says a schedule for a notice.
    let embargo = yes.not_before.or(edition.not_before).unwrap_or(now).max(now);
    let at_once = yes.immediate || edition.kind.is_notice();
    let due = if at_once { Some(embargo) } else { committee.schedule.first_at_or_after(embargo) };
    let due = due.ok_or_else(|| Refusal::Reason(reasons::NEVER_DUE.to_owned()))?;
    let expires = workspace.config.approval.expires;
    if due - now > expires {
        return Err(Refusal::Reason(reasons::would_expire(due, expires.num_days())));
    }
    let planned = store.balance(id)?.planned > 0;
    let (content, unconfirmed, sides) = if planned {
        (frozen(store, edition)?, None, None)
    } else {
        let prepared = prepare(workspace, store, edition, danish_day(due)).map_err(Refusal::from)?;
        (prepared.content, prepared.unconfirmed, prepared.digest.map(|digest| digest.sides))
    };
    let approval = Approval { edition: id, content, by: yes.by.to_owned(), at: now, note: yes.note.map(str::to_owned) };
    if edition.state == EditionState::Released {
        let moved = yes.not_before.is_some_and(|until| edition.not_before != Some(until));
        let sooner = moved || (yes.immediate && edition.due_at.is_none_or(|due| due > now));
        let outdated = store.last_approval(id)?.is_some() && store.approval(id, &approval.content)?.is_none();
        if !sooner && !outdated {
            return Ok(already);
        }
        store.approve(&approval)?;
        if !sooner {
            return Ok(Approved::Released { due: edition.due_at.unwrap_or(due), confirmed: false, sides });
        }
        // The only way to another due time; should it be cut off in the middle, the edition is held.
        store.hold(id, "sættes til et andet tidspunkt", yes.by, now)?;
    } else {
        store.approve(&approval)?;
    }
    // Before the letter goes: a yes to it is a yes to how its minutes were read. The committee's other letters stay held,
    // since this yes was not about them.
    let confirmed = match &unconfirmed {
        Some(minutes) => layouts::remember(store, &edition.key.committee, minutes, yes.by, now)?,
        None => false,
    };
    if yes.not_before.is_some() {
        store.embargo(id, yes.not_before, yes.by, now)?;
    }
    store.release(id, due, yes.by, now)?;
    Ok(Approved::Released { due, confirmed, sides })
}

/// Names letters that were frozen before the edition was held.
fn frozen(store: &mut dyn Store, edition: &Edition) -> Result<ContentHash, StoreError> {
    let mut bytes = Vec::new();
    for row in store.letters(edition.id)? {
        bytes.extend_from_slice(row.message_id.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(row.sha256.map(|hash| hash.0).unwrap_or_default().as_bytes());
    }
    Ok(ContentHash::of(&bytes))
}

/// The edition that a person names by its number or its key.
///
/// # Errors
/// The state's.
pub fn find(store: &mut dyn Store, name: &str) -> Result<Option<Edition>, StoreError> {
    let editions = store.editions()?;
    Ok(editions.into_iter().find(|edition| edition.id.to_string() == name || edition.key.to_string() == name))
}
