//! What goes into the outbox of the store and comes out of it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::letter::text_enum;
use super::{ContentHash, EditionId, EditionKey, LetterEvent, LetterId, LetterState, mask};
use crate::digest::AudienceId;

/// How long claims usually outlive the last sign of life of their holder.
pub const LEASE: std::time::Duration = std::time::Duration::from_secs(60);

text_enum! {
    /// Who is behind an address.
    pub enum RecipientKind {
        /// One person.
        Person = "person",
        /// A distribution list of the mail system: one letter and one answer of the relay for all its members. Whether a member
        /// got it, only the mail system can say.
        List = "list",
    }
}

/// What is planned for one recipient.
#[derive(Clone, PartialEq, Eq)]
pub enum Plan {
    /// This head before the text of the edition, from `due` on.
    Send {
        /// Up to and with the empty line behind it, frozen.
        head: Vec<u8>,
        /// Not before this.
        due: DateTime<Utc>,
    },
    /// Nothing, for this reason.
    Suppress(String),
}

/// A letter to be put into the outbox.
#[derive(Clone, PartialEq, Eq)]
pub struct PlannedLetter {
    /// The recipient's address.
    pub address: String,
    /// The recipient's name.
    pub name: Option<String>,
    /// One person, or a distribution list.
    pub kind: RecipientKind,
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// What is planned.
    pub plan: Plan,
}

/// The letters of a plan, made one by one while they are stored, so that a hundred thousand never lie in memory together. An
/// error takes the whole plan back.
pub type PlannedLetters<'p> = &'p mut dyn Iterator<Item = Result<PlannedLetter, super::StoreError>>;

/// What planning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// Letters that wait now.
    pub waiting: usize,
    /// Letters that are never to be sent.
    pub suppressed: usize,
    /// The edition had been planned before, and nothing changed.
    pub already: bool,
}

/// A letter taken up for sending.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimedLetter {
    /// Its number.
    pub id: LetterId,
    /// Its edition.
    pub edition: EditionId,
    /// What makes the edition unique.
    pub key: EditionKey,
    /// The recipient's address.
    pub address: String,
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// Its own head, frozen.
    pub head: Vec<u8>,
    /// The text it shares with the other letters of its edition, frozen.
    pub body: Arc<[u8]>,
    /// Of head and text joined, as they were frozen.
    pub sha256: Option<ContentHash>,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// When it was first tried.
    pub first_attempt_at: DateTime<Utc>,
}

/// One change of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub letter: LetterId,
    /// What happens to it.
    pub event: LetterEvent,
    /// The relay's reply or the reason, kept for `digest status`.
    pub note: Option<String>,
}

/// What a [`Step`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advanced {
    /// It is in this state now.
    To(LetterState),
    /// It stays in this state: what was asked cannot follow on it, or the claim is another's by now, or its edition is held.
    Kept(LetterState),
}

/// A letter as `digest status` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Its number.
    pub id: LetterId,
    /// Its edition.
    pub edition: EditionId,
    /// The recipient's address; show it with [`mask`].
    pub address: String,
    /// The recipient's name.
    pub name: Option<String>,
    /// One person, or a distribution list.
    pub kind: RecipientKind,
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// Of the whole message, also when its bytes are purged; none for one that was never to be sent.
    pub sha256: Option<ContentHash>,
    /// Where it is.
    pub state: LetterState,
    /// How often it was tried.
    pub attempts: u32,
    /// How often it went again because its fate was unknown.
    pub resends: u32,
    /// When it is tried next, while it waits.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// The relay's last reply, or the reason.
    pub last_reply: Option<String>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

// Addresses and names are personal: what is printed for debugging must not carry them into a log.
macro_rules! masked_debug {
    ($($name:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, concat!(stringify!($name), "({}, {})"), mask(&self.address), self.message_id)
            }
        })*
    };
}
masked_debug!(PlannedLetter, ClaimedLetter, LetterRow);

/// Claims whose time was over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Provably not handed over: they wait again.
    pub waiting: usize,
    /// May have been handed over.
    pub unknown: usize,
    /// Still claimed by another holder.
    pub leased: usize,
    /// How long until the last of those claims ends by itself, unless it is renewed.
    pub lease_left: Option<std::time::Duration>,
}

/// What is to become of letters of unknown fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownPolicy {
    /// They wait for a person.
    #[default]
    Hold,
    /// They go once more, the same bytes, and are counted; the second time they wait for a person.
    ResendOnce,
    /// They count as sent.
    AssumeSent,
}

/// The policies of all audiences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPolicies {
    /// For every audience that is not named.
    pub usual: UnknownPolicy,
    /// For these.
    pub of_audience: Vec<(AudienceId, UnknownPolicy)>,
    /// How long a letter rests before anything is done with it: an answer may still come, and a person may look.
    pub after: Duration,
}

impl Default for UnknownPolicies {
    fn default() -> Self {
        Self { usual: UnknownPolicy::default(), of_audience: Vec::new(), after: Duration::minutes(15) }
    }
}

impl UnknownPolicies {
    /// The policy for an audience.
    #[must_use]
    pub fn of(&self, audience: &AudienceId) -> UnknownPolicy {
        self.of_audience.iter().find(|(each, _)| each == audience).map_or(self.usual, |(_, policy)| *policy)
    }
}

/// What the policies did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Letters that go once more.
    pub resent: usize,
    /// Letters that count as sent.
    pub assumed: usize,
}

/// How long what was sent is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The bytes of letters, after their edition came to an end.
    pub bytes: Duration,
    /// Who got what.
    pub status: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        Self { bytes: Duration::days(30), status: Duration::days(365) }
    }
}

/// What was removed because its time was over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Letters whose bytes are gone.
    pub bytes: usize,
    /// Letters of which only their number is left.
    pub letters: usize,
}
