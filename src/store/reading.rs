//! What is remembered of readings: layouts that a person confirmed, what each file tells of its meeting, and what a person
//! has to look at because of it.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::letter::text_enum;
use super::{CommitteeId, ContentHash};
use crate::digest::TextMark;
use crate::minutes::Layout;

/// A layout whose reading a person has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedLayout {
    /// It counts for this committee alone.
    pub committee: CommitteeId,
    /// Its forms.
    pub layout: Layout,
    /// The document that was seen.
    pub source: ContentHash,
    /// Who confirmed.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

text_enum! {
    /// What a document of a meeting is.
    pub enum DocumentKind {
        /// Minutes.
        Minutes = "minutes",
        /// An agenda.
        Agenda = "agenda",
    }
}

text_enum! {
    /// How final minutes say they are. A later document replaces an earlier one only where it is not less final.
    pub enum Finality {
        /// A draft.
        Draft = "draft",
        /// They do not say.
        Unknown = "unknown",
        /// Approved.
        Approved = "approved",
    }
}

/// What a file tells of its meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingDocument {
    /// The file.
    pub source: ContentHash,
    /// The committee.
    pub committee: CommitteeId,
    /// The day of the meeting.
    pub date: NaiveDate,
    /// Minutes or agenda.
    pub kind: DocumentKind,
    /// How final it says it is.
    pub finality: Finality,
    /// Names the letters of its decisions, whatever the format; what it covers is the daemon's affair.
    pub words: ContentHash,
    /// Its items.
    pub items: Vec<MeetingItem>,
}

/// What is remembered of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingItem {
    /// The number as printed.
    pub number: String,
    /// The title; empty for a closed item.
    pub title: String,
    /// The case number.
    pub case: Option<String>,
    /// What names the case, without its words.
    pub matter: Vec<TextMark>,
    /// Names the letters of its title and decision; none for an agenda.
    pub words: Option<TextMark>,
}

/// The number of a task, as commands name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub i64);

impl fmt::Display for TaskId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Something a person has to look at: later minutes correct earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// The committee.
    pub committee: CommitteeId,
    /// The day of the meeting whose minutes say it.
    pub told_on: NaiveDate,
    /// The day of the earlier meeting, where it is known.
    pub about: Option<NaiveDate>,
    /// The minutes that say it.
    pub source: ContentHash,
    /// Their sentence, word for word.
    pub said: String,
}

/// A task as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub id: TaskId,
    /// What it is.
    pub task: NewTask,
    /// When it came up.
    pub created_at: DateTime<Utc>,
    /// How it ended; none while it is open.
    pub done: Option<Done>,
}

/// A person's end to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// What they found.
    pub note: Option<String>,
}
