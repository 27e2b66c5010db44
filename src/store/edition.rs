//! An edition: the letter of one meeting to one audience of one committee, in one revision.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::ContentHash;
use super::letter::text_enum;
use super::operation::EditionKind;
use crate::digest::AudienceId;

/// The number of an edition, as commands name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub i64);

impl fmt::Display for EditionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The name of a committee in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitteeId(pub String);

impl fmt::Display for CommitteeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

text_enum! {
    /// How far an edition has come.
    pub enum EditionState {
        /// Waits for a person, or for what its reason says.
        Held = "held",
        /// May go; its letters are not made yet.
        Released = "released",
        /// Its letters are in the outbox.
        Planned = "planned",
        /// Every letter has come to an end.
        Complete = "complete",
        /// Ended by a person.
        Cancelled = "cancelled",
    }
}

/// What makes an edition unique.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditionKey {
    /// The committee.
    pub committee: CommitteeId,
    /// The audience.
    pub audience: AudienceId,
    /// The day of the meeting.
    pub meeting_date: NaiveDate,
    /// From 1; corrected minutes make the next one.
    pub revision: u32,
}

impl fmt::Display for EditionKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}/{}", self.committee, self.audience, self.meeting_date, self.revision)
    }
}

/// An edition to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEdition {
    /// The committee.
    pub committee: CommitteeId,
    /// The audience.
    pub audience: AudienceId,
    /// The day of the meeting.
    pub meeting_date: NaiveDate,
    /// The minutes it comes from.
    pub source: ContentHash,
    /// What it is.
    pub kind: EditionKind,
    /// The edition that it corrects or is about.
    pub about: Option<EditionId>,
    /// The subject of its letter.
    pub subject: String,
    /// Why it is held, as every new edition is at first.
    pub reason: String,
}

/// An edition as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number.
    pub id: EditionId,
    /// What makes it unique.
    pub key: EditionKey,
    /// The minutes it comes from.
    pub source: ContentHash,
    /// How far it has come.
    pub state: EditionState,
    /// Why it is held or cancelled.
    pub reason: Option<String>,
    /// When it was let go.
    pub released_at: Option<DateTime<Utc>>,
    /// When its letters are to go.
    pub due_at: Option<DateTime<Utc>>,
    /// An embargo: not before this, whatever the schedule says.
    pub not_before: Option<DateTime<Utc>>,
    /// When the last of its letters was settled.
    pub completed_at: Option<DateTime<Utc>>,
    /// A letter, or a notice about one.
    pub kind: EditionKind,
    /// The edition that a notice is about or a correction corrects.
    pub about: Option<EditionId>,
    /// The subject of its letter.
    pub subject: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A person's yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// To this edition.
    pub edition: EditionId,
    /// With exactly this content; what the hash covers is the daemon's affair.
    pub content: ContentHash,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What they added.
    pub note: Option<String>,
}

/// One entry of the log of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// What was decided.
    pub what: String,
    /// By whom.
    pub who: String,
}
