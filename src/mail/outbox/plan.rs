//! From a rendered letter and a list of people to frozen letters in the outbox.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::OutboxError;
use crate::mail::address::Mailbox;
use crate::mail::allow::Gate;
use crate::mail::message::{MessageError, MessageId, Sender, Template};
use crate::mail::recipients::Recipient;
use crate::render::Letter;
use crate::store::{Edition, Plan, Planned, PlannedLetter, Store, StoreError};

/// The note of a letter that the gate stops.
pub(super) const NOT_ALLOWED: &str = "not production, and the address is not on the allow-list";

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
    recipients: &[Recipient],
    gate: &Gate,
    now: DateTime<Utc>,
) -> Result<Planned, OutboxError> {
    let domain = sender.from.address().domain();
    let due = edition.due_at.unwrap_or(now);
    let template = Template::new(letter, sender, due)?;
    let mut seen = BTreeSet::new();
    let mut failed: Option<MessageError> = None;
    // Several lists may name the same person.
    let people = recipients.iter().filter(|recipient| seen.insert(recipient.address().key()));
    let mut letters = people.map(|recipient: &Mailbox| {
        let id = MessageId::of_letter(&edition.key, recipient.address(), domain);
        let plan = if gate.permits(recipient.address()) {
            match template.head(recipient, &id) {
                Ok(head) => Plan::Send { head, due },
                Err(error) => {
                    failed = Some(error);
                    return Err(StoreError::Withdrawn);
                }
            }
        } else {
            Plan::Suppress(NOT_ALLOWED.to_owned())
        };
        Ok(PlannedLetter {
            address: recipient.address().as_str().to_owned(),
            name: recipient.name().map(str::to_owned),
            kind: recipient.kind(),
            message_id: id.as_str().to_owned(),
            plan,
        })
    });
    let planned = store.plan(edition.id, template.body(), &mut letters, now);
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(planned?),
    }
}
