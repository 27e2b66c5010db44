//! Every change of a letter. Each asks [`LetterState::after`] first, inside the same transaction.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

use super::letters::state_of;
use super::{add_to_audit, editions, seconds};
use crate::digest::AudienceId;
use crate::store::{
    Advanced, Decided, EditionId, EditionState, LetterEvent, LetterId, LetterState, Step, StoreError, UnknownPolicies,
    UnknownPolicy, mask,
};

/// Who decides when the policy does.
const POLICY: &str = "daemon";

/// A letter as it is before a step.
struct Before {
    state: LetterState,
    held_by_us: bool,
    edition: String,
}

fn before(transaction: &Transaction<'_>, id: LetterId, holder: &str) -> Result<Before, StoreError> {
    let found: Option<(String, Option<String>, String)> = transaction
        .prepare_cached(
            "SELECT letters.state, holder, editions.state FROM letters JOIN editions ON editions.id = letters.edition
             WHERE letters.id = ?1",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (state, held_by, edition) = found.ok_or(StoreError::NoLetter(id))?;
    Ok(Before { state: state_of(&state)?, held_by_us: held_by.as_deref() == Some(holder), edition })
}

impl Before {
    /// What an answer of the relay or the start of a text asks of the holder; a person's decisions ask nothing.
    fn permits(&self, event: LetterEvent) -> bool {
        match event {
            LetterEvent::ReachDot => self.held_by_us && self.edition == EditionState::Planned.as_str(),
            LetterEvent::GiveBack => self.held_by_us,
            LetterEvent::Accept if self.state == LetterState::Unknown => self.held_by_us,
            _ => {
                !matches!(self.state, LetterState::Claimed | LetterState::AtDot)
                    || self.held_by_us
                    || matches!(event, LetterEvent::Interrupted | LetterEvent::FoundInLedger)
            }
        }
    }
}

pub(super) fn advance(
    transaction: &Transaction<'_>,
    step: &Step,
    holder: &str,
    now: DateTime<Utc>,
) -> Result<Advanced, StoreError> {
    let (id, event) = (step.letter, step.event);
    let before = before(transaction, id, holder)?;
    let Some(next) = before.state.after(event).filter(|_| before.permits(event)) else {
        return Ok(Advanced::Kept(before.state));
    };
    // A letter that was under way when its edition was cancelled must not start to wait for ever.
    let cancelled = next == LetterState::Waiting && before.edition == EditionState::Cancelled.as_str();
    let next = if cancelled { LetterState::Cancelled } else { next };
    // The old time stays where the letter was not tried.
    let due = match event {
        LetterEvent::Retry(at) => Some(seconds(at)),
        LetterEvent::ResolveResend => Some(seconds(now)),
        _ => None,
    };
    let tried = match (before.state, event) {
        (_, LetterEvent::ReachDot) => 1,
        (LetterState::Claimed, LetterEvent::Retry(_) | LetterEvent::Refuse | LetterEvent::Expire) => 1,
        (LetterState::AtDot, LetterEvent::GiveBack) => -1,
        _ => 0,
    };
    transaction
        .prepare_cached(
            "UPDATE letters SET state = ?2, next_attempt_at = COALESCE(?3, next_attempt_at),
                    last_reply = COALESCE(?4, last_reply), attempts = attempts + ?5,
                    first_attempt_at = CASE WHEN attempts + ?5 > 0 THEN COALESCE(first_attempt_at, ?6) END,
                    unknowns = unknowns + (?2 = 'unknown'),
                    holder = CASE WHEN ?2 IN ('claimed', 'at_dot', 'unknown') THEN holder END, updated_at = ?6
             WHERE id = ?1",
        )?
        .execute(params![id.0, next.as_str(), due, step.note, tried, seconds(now)])?;
    if event == LetterEvent::ResolveResend {
        transaction
            .execute("UPDATE letters SET first_attempt_at = NULL, resends = resends + 1 WHERE id = ?1", [id.0])?;
    }
    Ok(Advanced::To(next))
}

/// A decision about a letter of unknown fate, by a person or the policy.
pub(super) fn resolve(
    transaction: &Transaction<'_>,
    id: LetterId,
    event: LetterEvent,
    note: Option<&str>,
    who: &str,
    now: DateTime<Utc>,
) -> Result<LetterState, StoreError> {
    let row: Option<(String, i64, String)> = transaction
        .query_row("SELECT address, edition, state FROM letters WHERE id = ?1", [id.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let (address, edition, state) = row.ok_or(StoreError::NoLetter(id))?;
    let refused = |state| StoreError::Transition { letter: id, state, event: event.name() };
    if !matches!(event, LetterEvent::ResolveResend | LetterEvent::ResolveSent) {
        return Err(refused(state_of(&state)?));
    }
    let step = Step { letter: id, event, note: note.map(str::to_owned) };
    let next = match advance(transaction, &step, "", now)? {
        Advanced::To(next) => next,
        Advanced::Kept(state) => return Err(refused(state)),
    };
    let key = editions::one(transaction, EditionId(edition))?.key;
    add_to_audit(transaction, now, &format!("{} letter {id} to {} of {key}", event.name(), mask(&address)), who)?;
    Ok(next)
}

pub(super) fn decide_unknown(
    transaction: &Transaction<'_>,
    policies: &UnknownPolicies,
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT letters.id, audience, unknowns FROM letters JOIN editions ON editions.id = letters.edition
         WHERE editions.state = 'planned' AND letters.state = 'unknown' AND updated_at <= ?1 ORDER BY letters.id",
    )?;
    let rested = seconds(now - policies.after);
    let found: Vec<(i64, String, i64)> =
        statement.query_map([rested], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    let mut decided = Decided::default();
    for (id, audience, unknowns) in found {
        let (event, note) = match policies.of(&AudienceId(audience)) {
            UnknownPolicy::ResendOnce if unknowns == 1 => (LetterEvent::ResolveResend, "sent again; nobody knew"),
            UnknownPolicy::AssumeSent => (LetterEvent::ResolveSent, "taken as sent; nobody knew"),
            UnknownPolicy::ResendOnce | UnknownPolicy::Hold => continue,
        };
        resolve(transaction, LetterId(id), event, Some(note), POLICY, now)?;
        match event {
            LetterEvent::ResolveResend => decided.resent += 1,
            _ => decided.assumed += 1,
        }
    }
    Ok(decided)
}
