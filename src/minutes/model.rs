//! The model of minutes, as `digest parse --format json` prints it and every later step reads it.

use std::fmt;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize, Serializer};

use super::explain::LineReading;
use super::layout::Layout;
use crate::intake::{Position, Source, Warning};
use crate::text::Span;
use crate::text::few::Few;

/// Whether the document tells what was decided or what will be discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Minutes, with decisions.
    Referat,
    /// An agenda, without.
    Dagsorden,
    /// Neither could be told.
    Unknown,
}

/// Somebody named as taking part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// The name alone.
    pub name: String,
    /// Post, group or organisation as printed beside it.
    pub role: Option<String>,
}

/// Whether the minutes say of themselves that they are final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ApprovalState {
    /// "Referatet er godkendt af …".
    Approved,
    /// "UDKAST", "foreløbigt", "til godkendelse".
    Draft,
    /// Nothing said.
    #[default]
    Unknown,
}

/// The approval as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// The state.
    pub state: ApprovalState,
    /// Who approved, as printed.
    pub by: Vec<String>,
    /// When, where it is said.
    pub date: Option<NaiveDate>,
}

/// The number of an item, unique in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemNumber(pub u32);

impl fmt::Display for ItemNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The name of an own decision entry: `number/n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The item.
    pub item: ItemNumber,
    /// Its place among all entries of the item's own decision, from 0.
    pub index: usize,
}

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.item, self.index)
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What an entry of a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// A sentence of running text.
    Sentence,
    /// A sentence of a list item.
    ListItem,
    /// A table row.
    Row,
    /// A heading inside the decision.
    Subheading,
    /// A sentence that announces what follows: it ends in ":" or ";".
    LeadIn,
    /// Who came, was away, came later or wrote the minutes.
    Attendance,
}

impl EntryKind {
    /// Whether rules score it and letters may quote it.
    #[must_use]
    pub fn is_scored(self) -> bool {
        !matches!(self, Self::Subheading | Self::Attendance)
    }
}

/// One entry of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its name; none outside the meeting's own decisions.
    pub id: Option<EntryId>,
    /// What it is.
    pub kind: EntryKind,
    /// The span's text with white space folded.
    pub text: String,
    /// Bytes of the parsed text, without list markers.
    pub span: Span,
    /// Where it stands in the file.
    pub at: Few<Position>,
    /// The paragraph, item or row it belongs to, counted within its section: entries with the same number are one
    /// piece of running text.
    #[serde(skip)]
    pub paragraph: usize,
}

/// What a section of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Why the item is on.
    Occasion,
    /// Summary.
    Summary,
    /// The case put to the committee.
    Case,
    /// Case text added later.
    Supplement,
    /// What the committee is asked to decide.
    Recommendation,
    /// What this meeting decided: the source of the digest.
    Decision,
    /// What another body, or an earlier meeting, decided.
    OtherDecision,
    /// Earlier treatment.
    History,
    /// Finances.
    Finances,
    /// Legal basis.
    Legal,
    /// Attachments.
    Attachments,
    /// Apologies.
    Absence,
    /// Anything else.
    Other,
}

impl SectionKind {
    /// Whether its text is split into sentences.
    #[must_use]
    pub fn has_sentences(self) -> bool {
        matches!(self, Self::Decision | Self::OtherDecision)
    }
}

/// One section of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Its heading as printed, without markup; empty for text under none.
    pub heading: String,
    /// The other body that decided, where it is named.
    pub body: Option<String>,
    /// Heading and text, in bytes of the parsed text.
    pub span: Span,
    /// Its entries, for decisions.
    #[serde(rename = "sentences")]
    pub entries: Vec<Entry>,
}

/// What became of an item or of one of its points, the strongest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// "Udsat", "udskudt", or not reached.
    Postponed,
    /// "Udgår", taken off.
    Withdrawn,
    /// Sent on to another body.
    Referred,
    /// "Forkastet".
    Rejected,
    /// "Anbefales".
    Recommended,
    /// "Godkendt", "tiltrådt".
    Approved,
    /// "Til efterretning".
    Noted,
    /// "Drøftet".
    Discussed,
    /// Nothing that says so.
    #[default]
    None,
}

/// What became of one numbered point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointOutcome {
    /// The number of the point as printed, where there is one.
    pub point: Option<u32>,
    /// What became of it.
    pub outcome: Outcome,
}

/// A vote, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Votes {
    /// Votes for.
    #[serde(rename = "for")]
    pub in_favour: Option<u32>,
    /// Votes against.
    pub against: Option<u32>,
    /// Abstentions.
    pub abstained: Option<u32>,
}

/// One item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Unique in the document.
    pub number: ItemNumber,
    /// The number as printed.
    pub printed: String,
    /// The heading's title, without number and markup.
    pub title: String,
    /// Case number.
    pub case: Option<String>,
    /// Must not be made public; then there are no sections.
    pub closed: bool,
    /// The standing item that names what to pass on.
    pub stories: bool,
    /// The strongest outcome.
    pub outcome: Outcome,
    /// "Godkendt med …".
    pub amended: bool,
    /// One per point.
    pub outcomes: Vec<PointOutcome>,
    /// A vote, where one is told.
    pub votes: Option<Votes>,
    /// The sections in the document's order.
    pub sections: Vec<Section>,
}

impl Item {
    /// The entries of the meeting's own decision, in order: the n-th has the id `number/n`.
    pub fn own_entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections
            .iter()
            .filter(|section| section.kind == SectionKind::Decision)
            .flat_map(|section| &section.entries)
    }
}

/// Minutes, read and understood.
#[derive(Clone, Debug)]
pub struct Minutes {
    /// The file.
    pub source: Source,
    /// The parsed text.
    pub text: Arc<str>,
    /// Minutes or agenda.
    pub kind: Kind,
    /// The committee as printed.
    pub committee: Option<String>,
    /// The day of the meeting.
    pub date: Option<NaiveDate>,
    /// When it began.
    pub start: Option<NaiveTime>,
    /// When it ended.
    pub end: Option<NaiveTime>,
    /// Where it was held.
    pub place: Option<String>,
    /// Who is named as taking part.
    pub participants: Vec<Participant>,
    /// Whether the minutes are final.
    pub approval: Approval,
    /// The items in the document's order.
    pub items: Vec<Item>,
    /// The forms in which headings and decisions stand.
    pub layout: Layout,
    /// What each line was taken as, and why.
    pub lines: Vec<LineReading>,
    /// What was repaired or doubted.
    pub warnings: Vec<Warning>,
    /// Whether the file holds what may be a CPR number outside of its text.
    pub cpr_elsewhere: bool,
}

impl Minutes {
    /// Whether anything was decided or noted that a letter could quote.
    #[must_use]
    pub fn has_decisions(&self) -> bool {
        self.items.iter().any(|item| item.own_entries().next().is_some())
    }

    /// The item with this number.
    #[must_use]
    pub fn item(&self, number: ItemNumber) -> Option<&Item> {
        self.items.iter().find(|item| item.number == number)
    }
}
