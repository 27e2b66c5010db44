//! One row of the outbox and the state machine it obeys.
//!
//! The machine is a pure function ([`LetterState::after`]), so a test can walk all of it without a database, and the
//! database asks it before every change. What it guards: a letter is handed over only from `at_dot`, and nothing leads
//! from `at_dot` or `unknown` back to `waiting` unless the letter was not begun, the relay said that it did not take it, or
//! somebody decided: a person, or the policy that a person chose.

use std::fmt;

use chrono::{DateTime, Utc};

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
        /// May have been handed over: written down before the relay is given anything.
        AtDot = "at_dot",
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
        /// It may have been handed over, and no answer came: nobody knows. The policy or a person decides.
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
    /// Its holder's lease ended in the middle.
    Interrupted,
    /// Surely not begun, at the end of a pass that was cut short: as if it had never been taken up.
    GiveBack,
    /// Must not go to this address.
    Suppress,
    /// Its edition was cancelled.
    Cancel,
    /// Came back.
    Bounce,
    /// A person, or the policy, wants it sent again.
    ResolveResend,
    /// A person knows that it arrived, or the policy takes it so.
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
            Self::GiveBack => "give back",
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
            (Self::Claimed, Event::Interrupted) | (Self::Claimed | Self::AtDot, Event::GiveBack) => Some(Self::Waiting),
            // From unknown: the answer that came after its holder's lease had ended.
            (Self::AtDot | Self::Unknown, Event::Accept) => Some(Self::Sent),
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
            Event::GiveBack,
            Event::Suppress,
            Event::Cancel,
            Event::Bounce,
            Event::ResolveResend,
            Event::ResolveSent,
            Event::FoundInLedger,
        ]
    }

    #[test]
    fn sent_is_reached_only_by_an_answer_to_the_text_or_by_a_decision() {
        for state in LetterState::ALL {
            for event in events() {
                if state.after(event) == Some(LetterState::Sent) {
                    assert!(
                        matches!(
                            (state, event),
                            (LetterState::AtDot | LetterState::Unknown, LetterEvent::Accept)
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
        assert_eq!(onward, [LetterEvent::Accept, LetterEvent::ResolveResend, LetterEvent::ResolveSent]);
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
