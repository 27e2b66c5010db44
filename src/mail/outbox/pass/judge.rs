//! What the relay's answer to a letter means for it, for its edition and for its connection.

use super::Desk;
use crate::mail::transport::Delivery;
use crate::store::{Advanced, ClaimedLetter, EditionId, LetterEvent};

/// Who holds an edition that the relay refuses.
const WHO: &str = "daemon";
/// A relay that has lost its list of mailboxes says of everybody that there is no such person. From so many in a row on it is
/// not believed: the rest wait until somebody has looked.
const MOST_REFUSED_IN_A_ROW: usize = 20;

/// Which number of the summary a step adds to.
#[derive(Clone, Copy)]
pub(super) enum Count {
    Sent,
    Rejected,
    Expired,
    Postponed,
    Unknown,
    Suppressed,
}

impl Desk<'_> {
    /// Says what is to be written down about a letter.
    pub(super) fn judge(&mut self, line: usize, letter: &ClaimedLetter, delivery: Delivery) {
        let now = (self.pass.now)();
        let policy = self.pass.policy;
        let (again, again_count) = if policy.gives_up(now - letter.first_attempt_at, letter.attempt) {
            (LetterEvent::Expire, Count::Expired)
        } else {
            (LetterEvent::Retry(now + policy.pause_after(letter.attempt)), Count::Postponed)
        };
        let proven = !matches!(delivery, Delivery::Unreachable { .. } | Delivery::RejectedSystem { .. });
        if let Some(line) = self.lines.get_mut(line) {
            line.proven |= proven;
        }
        match delivery {
            Delivery::RejectedRecipient { .. } => self.refused_in_a_row += 1,
            Delivery::Accepted { .. } => self.refused_in_a_row = 0,
            _ => {}
        }
        let (event, note, count) = match delivery {
            Delivery::RejectedRecipient { reply } if self.refused_in_a_row >= MOST_REFUSED_IN_A_ROW => {
                let reason = format!("{MOST_REFUSED_IN_A_ROW} modtagere i træk blev afvist, senest: {reply}");
                self.hold(letter.edition, &reason);
                self.halt_for(&reason);
                (LetterEvent::Retry(now), reply, Count::Postponed)
            }
            Delivery::Accepted { reply } => (LetterEvent::Accept, reply, Count::Sent),
            Delivery::RejectedRecipient { reply } => (LetterEvent::Refuse, reply, Count::Rejected),
            Delivery::Unknown { reason } => (LetterEvent::LoseTrack, reason, Count::Unknown),
            Delivery::Temporary { reply } => (again, reply, again_count),
            Delivery::RejectedSystem { reply } => {
                // Nobody is to suffer for what we did: the letter waits as it was, behind an edition that a person lets go.
                self.hold(letter.edition, &format!("Postserveren afviser os: {reply}"));
                self.halt_for(&reply);
                (LetterEvent::Retry(now), reply, Count::Postponed)
            }
            Delivery::Unreachable { reason } => {
                if self.retire(line) {
                    (LetterEvent::Retry(now), reason, Count::Postponed)
                } else {
                    self.halt_for(&reason);
                    (again, reason, again_count)
                }
            }
        };
        self.note(letter.id, event, Some(note), Some(count));
    }

    /// Lets a connection go that the relay does not want beside the others; not the last one that is of use.
    fn retire(&mut self, number: usize) -> bool {
        let others =
            self.lines.iter().enumerate().any(|(each, line)| each != number && line.jobs.is_some() && line.proven);
        if !others || self.lines.get(number).is_none_or(|line| line.proven) {
            return false;
        }
        if let Some(line) = self.lines.get_mut(number) {
            line.jobs = None;
            line.halt();
        }
        true
    }

    /// Keeps the letters of an edition from going on until a person says so.
    pub(super) fn hold(&mut self, edition: EditionId, reason: &str) {
        if self.summary.held.contains(&edition) {
            return;
        }
        match self.store.hold(edition, reason, WHO, (self.pass.now)()) {
            Ok(()) => self.summary.held.push(edition),
            // Held or cancelled by a person a moment ago.
            Err(error) => tracing::debug!("edition {edition} is not held: {error}"),
        }
    }

    /// Adds what was written down to the summary.
    pub(super) fn count(&mut self, outcome: &[Advanced]) {
        for (count, outcome) in std::mem::take(&mut self.counts).into_iter().zip(outcome) {
            let (Some(count), Advanced::To(_)) = (count, outcome) else { continue };
            let counter = match count {
                Count::Sent => &mut self.summary.sent,
                Count::Rejected => &mut self.summary.rejected,
                Count::Expired => &mut self.summary.expired,
                Count::Postponed => &mut self.summary.postponed,
                Count::Unknown => &mut self.summary.unknown,
                Count::Suppressed => &mut self.summary.suppressed,
            };
            *counter += 1;
        }
    }
}
