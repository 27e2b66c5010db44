//! What a committee has to come back to: found by the program, confirmed and closed by persons.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use super::letter::text_enum;
use super::{CommitteeId, ContentHash, Done};

/// The number of an open matter, as commands name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FollowUpId(pub i64);

impl fmt::Display for FollowUpId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

text_enum! {
    /// Why it is open.
    pub enum FollowUpKind {
        /// The item was put off.
        Postponed = "postponed",
        /// Somebody said they would come back to it.
        Promise = "promise",
    }
}

text_enum! {
    /// What persons have said of it. Only a confirmed one is ever mailed.
    pub enum FollowUpState {
        /// Found by the program; nobody has looked.
        Proposed = "proposed",
        /// A person says it is open.
        Confirmed = "confirmed",
        /// A person says it is not, or no longer.
        Closed = "closed",
    }
}

/// Something found in minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFollowUp {
    /// The committee.
    pub committee: CommitteeId,
    /// The day of the meeting.
    pub since: NaiveDate,
    /// The minutes.
    pub source: ContentHash,
    /// The number of the item as printed.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The sub-heading the sentence stands under.
    pub subheading: Option<String>,
    /// The case number, where no other item of the meeting has it.
    pub case: Option<String>,
    /// Why it is open.
    pub kind: FollowUpKind,
    /// The sentence, word for word.
    pub said: String,
}

/// An item of a later meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The day of that meeting.
    pub on: NaiveDate,
    /// The number of the item as printed.
    pub number: String,
}

/// An open matter as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Its number.
    pub id: FollowUpId,
    /// What it is.
    pub found: NewFollowUp,
    /// What persons have said.
    pub state: FollowUpState,
    /// Where it seems to have come back: proposed as closed, until a person says so.
    pub returned: Option<Return>,
    /// When it was found.
    pub created_at: DateTime<Utc>,
    /// The last word of a person.
    pub decided: Option<Done>,
}

/// What a person can say of an open matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUpDecision {
    /// It is open, also where it seemed to have come back.
    Confirm,
    /// It is not.
    Close,
}

/// What names a sentence in any format of the same minutes: its letters and digits.
#[must_use]
pub fn sentence_key(said: &str) -> String {
    crate::text::fold::fold_text(said).chars().filter(|letter| letter.is_alphanumeric()).collect()
}
