//! One row of the outbox and the state machine it obeys.
//!
//! The machine is a pure function ([`LetterState::after`]), so a test can walk all of it without a database, and the
//! database asks it before every change. What it guards: a letter is handed over only from `at-dot`, and nothing leads
//! from `at-dot` or `unknown` back to `waiting` unless the relay said that it did not take the letter, or a person decided.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{EditionId, EditionKey};

/// An enum that is stored and printed as text, with the way back.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// As stored and printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one stored as this.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}
pub(super) use text_enum;

/// The number of a letter, as `digest resolve` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId(pub i64);

impl fmt::Display for LetterId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

text_enum! {
    /// Where a letter is.
    pub enum LetterState {
        /// Not begun, or to be tried again.
        Waiting = "waiting",
        /// Taken up; surely not handed over yet.
        Claimed = "claimed",
        /// May have been handed over.
        AtDot = "at-dot",
        /// The relay took it.
        Sent = "sent",
        /// The relay refuses this recipient.
        Rejected = "rejected",
        /// Given up after many tries.
        Expired = "expired",
        /// Never to be sent: the reason is in its note.
        Suppressed = "suppressed",
        /// Its edition was cancelled before it was begun.
        Cancelled = "cancelled",
        /// The connection broke after the text was handed over: nobody knows. A person decides.
        Unknown = "unknown",
        /// Sent, and came back.
        Bounced = "bounced",
    }
}

/// What happens to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterEvent {
    /// Taken up.
    Claim,
    /// From here on it may have been handed over.
    ReachDot,
    /// The relay took it.
    Accept,
    /// The relay refuses this recipient for good.
    Refuse,
    /// Surely not taken; to be tried again then.
    Retry(DateTime<Utc>),
    /// Surely not taken, and tried long enough.
    Expire,
    /// Nobody can say whether it was taken.
    LoseTrack,
    /// The process ended in the middle.
    Interrupted,
    /// Must not go to this address.
    Suppress,
    /// Its edition was cancelled.
    Cancel,
    /// Came back.
    Bounce,
    /// A person wants it sent again.
    ResolveResend,
    /// A person knows that it arrived.
    ResolveSent,
    /// The ledger knows of a hand-over that the database does not.
    FoundInLedger,
}

impl LetterEvent {
    /// Its name in problems.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::ReachDot => "reach dot",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Retry(_) => "retry",
            Self::Expire => "expire",
            Self::LoseTrack => "lose track",
            Self::Interrupted => "interrupted",
            Self::Suppress => "suppress",
            Self::Cancel => "cancel",
            Self::Bounce => "bounce",
            Self::ResolveResend => "resolve: resend",
            Self::ResolveSent => "resolve: sent",
            Self::FoundInLedger => "found in the ledger",
        }
    }
}

impl LetterState {
    /// The state that follows, or none where the event cannot happen here.
    #[must_use]
    pub fn after(self, event: LetterEvent) -> Option<Self> {
        use LetterEvent as Event;
        match (self, event) {
            (Self::Waiting, Event::Claim) => Some(Self::Claimed),
            (Self::Waiting, Event::Cancel) => Some(Self::Cancelled),
            (Self::Waiting | Self::Claimed, Event::Suppress) => Some(Self::Suppressed),
            (Self::Waiting | Self::Claimed | Self::AtDot, Event::Expire) => Some(Self::Expired),
            (Self::Claimed, Event::ReachDot) => Some(Self::AtDot),
            (Self::Claimed | Self::AtDot, Event::Retry(_)) => Some(Self::Waiting),
            (Self::Claimed | Self::AtDot, Event::Refuse) => Some(Self::Rejected),
            (Self::Claimed, Event::Interrupted) => Some(Self::Waiting),
            (Self::AtDot, Event::Accept) => Some(Self::Sent),
            (Self::AtDot, Event::LoseTrack | Event::Interrupted) => Some(Self::Unknown),
            (Self::Unknown, Event::ResolveResend) => Some(Self::Waiting),
            (Self::Unknown, Event::ResolveSent) => Some(Self::Sent),
            (Self::Sent, Event::Bounce) => Some(Self::Bounced),
            (Self::Waiting | Self::Claimed, Event::FoundInLedger) => Some(Self::Unknown),
            _ => None,
        }
    }

    /// Whether nothing more will happen to it by itself and no person is asked.
    #[must_use]
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Waiting | Self::Claimed | Self::AtDot | Self::Unknown)
    }
}

/// An address as logs and status show it: `a***@domain`.
#[must_use]
pub fn mask(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

/// What is planned for one recipient.
#[derive(Clone, PartialEq, Eq)]
pub enum Plan {
    /// These bytes, from `due` on.
    Send {
        /// The whole message, frozen.
        bytes: Vec<u8>,
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
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// What is planned.
    pub plan: Plan,
}

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
    /// The whole message, frozen.
    pub bytes: Vec<u8>,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// When it was first taken up.
    pub first_attempt_at: DateTime<Utc>,
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
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// Where it is.
    pub state: LetterState,
    /// How often it was tried.
    pub attempts: u32,
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

/// What a start found unfinished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Provably not handed over: they wait again.
    pub waiting: usize,
    /// May have been handed over: a person decides.
    pub unknown: usize,
}

/// How many letters of an edition are in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// How many were planned, counted when they were.
    pub planned: u64,
    /// One entry for every state, in the order of [`LetterState::ALL`].
    pub states: Vec<(LetterState, u64)>,
}

impl Balance {
    /// The number in one state.
    #[must_use]
    pub fn count(&self, state: LetterState) -> u64 {
        self.states.iter().filter(|(each, _)| *each == state).map(|(_, count)| count).sum()
    }

    /// Whether every planned letter is in exactly one state.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.planned == self.states.iter().map(|(_, count)| count).sum::<u64>()
    }

    /// Whether every letter has come to an end.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.states.iter().all(|(state, count)| *count == 0 || state.is_settled())
    }
}

impl fmt::Display for Balance {
    /// `planned 5 = waiting 1 + sent 4`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "planned {} =", self.planned)?;
        let mut shown = self.states.iter().filter(|(_, count)| *count > 0).peekable();
        if shown.peek().is_none() {
            return formatter.write_str(" 0");
        }
        for (index, (state, count)) in shown.enumerate() {
            write!(formatter, "{} {state} {count}", if index == 0 { "" } else { " +" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events() -> Vec<LetterEvent> {
        use LetterEvent as Event;
        vec![
            Event::Claim,
            Event::ReachDot,
            Event::Accept,
            Event::Refuse,
            Event::Retry(DateTime::UNIX_EPOCH),
            Event::Expire,
            Event::LoseTrack,
            Event::Interrupted,
            Event::Suppress,
            Event::Cancel,
            Event::Bounce,
            Event::ResolveResend,
            Event::ResolveSent,
            Event::FoundInLedger,
        ]
    }

    #[test]
    fn sent_is_reached_only_from_the_dot_or_by_a_person() {
        for state in LetterState::ALL {
            for event in events() {
                if state.after(event) == Some(LetterState::Sent) {
                    assert!(
                        matches!(
                            (state, event),
                            (LetterState::AtDot, LetterEvent::Accept)
                                | (LetterState::Unknown, LetterEvent::ResolveSent)
                        ),
                        "{state} {}",
                        event.name()
                    );
                }
            }
        }
    }

    #[test]
    fn an_unknown_letter_never_goes_out_again_by_itself() {
        let onward: Vec<_> =
            events().into_iter().filter(|event| LetterState::Unknown.after(*event).is_some()).collect();
        assert_eq!(onward, [LetterEvent::ResolveResend, LetterEvent::ResolveSent]);
    }

    #[test]
    fn what_is_settled_stays_unless_it_bounces() {
        for state in LetterState::ALL.iter().filter(|state| state.is_settled()) {
            for event in events() {
                assert!(state.after(event).is_none() || event == LetterEvent::Bounce, "{state} {}", event.name());
            }
        }
    }

    #[test]
    fn a_masked_address_shows_one_letter_and_the_domain() {
        assert_eq!(mask("anna.and@example.dk"), "a***@example.dk");
        assert_eq!(mask("no address"), "***");
    }
}
