//! What the daemon remembers of its own work: embargoes, notices, traces, runs of schedules, signs of life, the ledger.

use chrono::{DateTime, Utc};

use super::letter::text_enum;
use super::{Adopted, ContentHash, Edition, EditionId, LedgerState, StoreError, Trace, TraceKey};

text_enum! {
    /// What an edition is. Notices go out the same way as letters, so a crash neither loses nor repeats them.
    pub enum EditionKind {
        /// The letter of a meeting to an audience.
        Letter = "letter",
        /// What changed in minutes of which letters went out.
        Correction = "correction",
        /// The letter about a coming meeting.
        Agenda = "agenda",
        /// Tells those who approve that a letter waits.
        Waiting = "waiting-notice",
        /// Asks those who got a letter to delete it.
        Deletion = "deletion-letter",
    }
}

impl EditionKind {
    /// Whether it is about a letter and none itself: it keeps no order and quotes nothing.
    #[must_use]
    pub fn is_notice(self) -> bool {
        matches!(self, Self::Waiting | Self::Deletion)
    }

    /// What is added to the audience of the letter in the key of a notice; no configured audience can have it.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Letter | Self::Correction | Self::Agenda => "",
            Self::Waiting => ".godkend",
            Self::Deletion => ".slet",
        }
    }
}

/// A notice about an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// What it is.
    pub kind: EditionKind,
    /// The edition it is about.
    pub about: EditionId,
    /// Tells one occasion from another: the same occasion is the same notice.
    pub occasion: ContentHash,
    /// The subject of its letter.
    pub subject: String,
    /// Why it is held, as every new edition is at first.
    pub reason: String,
}

text_enum! {
    /// A part of the daemon that can be dead while the rest works.
    pub enum Part {
        /// The folder in which minutes arrive.
        Inbox = "inbox",
        /// The way out.
        Relay = "relay",
        /// The look at what is due.
        Schedule = "schedule",
    }
}

/// When a part last worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The part.
    pub part: Part,
    /// When it last worked.
    pub ok_at: Option<DateTime<Utc>>,
    /// Since when it has not.
    pub failing_since: Option<DateTime<Utc>>,
    /// What is wrong.
    pub problem: Option<String>,
}

/// A time of a schedule that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRun {
    /// The schedule.
    pub schedule: String,
    /// The time.
    pub due_at: DateTime<Utc>,
    /// When the daemon saw to it.
    pub ran_at: DateTime<Utc>,
    /// Times missed before it, which it stands for as well.
    pub missed: usize,
    /// Editions that were due.
    pub editions: usize,
}

/// An edition that quotes what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Traced {
    /// The edition.
    pub edition: EditionId,
    /// What was found of it.
    pub trace: Trace,
}

/// The part of the state that is about the daemon's work. As with [`super::Store`], each method is one transaction.
pub trait Operation: Send {
    /// The notice of this occasion: made, held, where it is new.
    fn notice_for(&mut self, new: &NewNotice, now: DateTime<Utc>) -> Result<Edition, StoreError>;

    /// Sets or lifts an embargo, with an entry in the audit log where that changes something.
    fn embargo(
        &mut self,
        id: EditionId,
        until: Option<DateTime<Utc>>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Remembers what an edition quotes, instead of what was remembered before.
    fn trace(&mut self, id: EditionId, traces: &[Trace]) -> Result<(), StoreError>;

    /// Where any of these is quoted, in a fixed order.
    fn traced(&mut self, keys: &[TraceKey]) -> Result<Vec<Traced>, StoreError>;

    /// The items that an edition quotes, as printed.
    fn traced_items(&mut self, id: EditionId) -> Result<Vec<String>, StoreError>;

    /// Forgets what editions quoted that came to an end before this; how many editions.
    fn forget_traces(&mut self, before: DateTime<Utc>) -> Result<usize, StoreError>;

    /// Notes that a part works, or what is wrong with it.
    fn beat(&mut self, part: Part, problem: Option<&str>, now: DateTime<Utc>) -> Result<(), StoreError>;

    /// All parts that were ever heard of.
    fn beats(&mut self) -> Result<Vec<Beat>, StoreError>;

    /// Notes a time of a schedule; says whether it was new.
    fn record_run(&mut self, run: &ScheduleRun) -> Result<bool, StoreError>;

    /// The latest time of each schedule.
    fn last_runs(&mut self) -> Result<Vec<ScheduleRun>, StoreError>;

    /// How the ledger agrees; a state without one always does.
    fn ledger(&mut self) -> Result<LedgerState, StoreError>;

    /// A person's word that the ledger is right: what it knows beyond this state is taken over.
    fn adopt_ledger(&mut self, who: &str, now: DateTime<Utc>) -> Result<Adopted, StoreError>;

    /// Whether the ledger said, when it was taken over, that a letter unknown here had been handed over.
    fn handed_over_elsewhere(&mut self, message_id: &str) -> Result<bool, StoreError>;
}
