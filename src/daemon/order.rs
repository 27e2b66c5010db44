//! When a released edition may go: its time, its embargo, the audience it waits for, the hours in which letters go at all.
//!
//! Leaders and representatives hear of a decision before the staff does. What that rests on is stored: the other edition's
//! state and the moment it was complete; so a restart in the middle of Easter changes nothing.

use chrono::{DateTime, Utc};

use super::reasons;
use crate::config::{After, Config};
use crate::digest::AudienceId;
use crate::store::{Edition, EditionKind, EditionState, Store, StoreError};

/// Whether an edition may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clearance {
    /// From then on.
    At(DateTime<Utc>),
    /// When the letter to this audience is complete.
    Waits(AudienceId),
    /// A person has to say; in Danish.
    Ask(String),
}

/// Whether a released edition may go. `immediate` passes over schedules and hours, never over order and embargo.
///
/// # Errors
/// The state's.
pub fn clearance(
    config: &Config,
    store: &mut dyn Store,
    edition: &Edition,
    immediate: bool,
) -> Result<Clearance, StoreError> {
    let scheduled = edition.due_at.filter(|_| !immediate);
    let mut ready = scheduled.max(edition.not_before).unwrap_or(edition.created_at);
    if !edition.kind.is_notice()
        && let Some(after) = config.order.get(&edition.key.audience)
    {
        match turn(config, store, edition, after)? {
            Clearance::At(turn) => ready = ready.max(turn),
            other => return Ok(other),
        }
    }
    let never = || Clearance::Ask(reasons::NEVER_DUE.to_owned());
    Ok(match immediate {
        true => Clearance::At(ready),
        false => config.sending.window.opens(ready, &config.calendar).map_or_else(never, Clearance::At),
    })
}

/// When it is the turn of an edition whose audience comes after another.
fn turn(config: &Config, store: &mut dyn Store, edition: &Edition, after: &After) -> Result<Clearance, StoreError> {
    let never = || Clearance::Ask(reasons::NEVER_DUE.to_owned());
    let mut editions = store.editions()?;
    editions.retain(|other| {
        let comes = |edition: &Edition| edition.kind == EditionKind::Agenda;
        !other.kind.is_notice()
            && comes(other) == comes(edition)
            && other.key.committee == edition.key.committee
            && other.key.meeting_date == edition.key.meeting_date
    });
    let mut after = Some(after);
    let mut hours = 0;
    // The configuration has no circle; each audience is looked at once all the same.
    for _ in 0..=config.order.len() {
        let Some(step) = after else { break };
        hours += step.working_hours;
        let before = || editions.iter().filter(|other| other.key.audience == step.audience);
        let mut alive = before().filter(|other| other.state != EditionState::Cancelled).peekable();
        if alive.peek().is_some() {
            let mut last = None;
            for other in alive {
                match other.state {
                    EditionState::Complete => last = last.max(other.completed_at.or(other.due_at)),
                    _ => return Ok(Clearance::Waits(step.audience.clone())),
                }
            }
            let start = last.unwrap_or(edition.created_at);
            let turn = config.calendar.working_hours_after(start, hours);
            return Ok(turn.map_or_else(never, Clearance::At));
        }
        if before().next().is_some() && store.last_approval(edition.id)?.is_none() {
            return Ok(Clearance::Ask(reasons::turn_cancelled(&step.audience.0)));
        }
        // Nothing to tell them, or no list: then it is for the one after the next.
        after = config.order.get(&step.audience);
    }
    // The document is noted last, so without it an edition of another audience may still be to come.
    let whole = store.file(&edition.source)?.is_some();
    Ok(if whole { Clearance::At(edition.created_at) } else { Clearance::Waits(edition.key.audience.clone()) })
}

/// When the next released edition or waiting letter may go; none where nothing waits for the time alone.
///
/// # Errors
/// The state's.
pub fn next_due(config: &Config, store: &mut dyn Store) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut next = match store.next_due()? {
        Some(due) => config.sending.window.opens(due, &config.calendar),
        None => None,
    };
    for edition in store.editions()?.iter().filter(|edition| edition.state == EditionState::Released) {
        if let Clearance::At(due) = clearance(config, store, edition, false)? {
            next = Some(next.map_or(due, |next| next.min(due)));
        }
    }
    Ok(next)
}
