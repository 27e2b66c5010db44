//! A digest, as `digest preview --format json` prints it and the templates see it.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::minutes::{EntryId, ItemNumber, Outcome};
use crate::rules::Statement;

/// The name of an audience, as in the configuration and in the weights of rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct AudienceId(pub String);

impl fmt::Display for AudienceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Who a letter is for and how long it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Its name.
    pub id: AudienceId,
    /// What a letter calls it: "Til dig, der er medarbejder".
    pub label: String,
    /// The most words the quotes of one letter may have, counted as runs of non-white-space.
    pub words: usize,
    /// The least score with which a sentence is worth quoting for its own sake.
    pub least_score: i32,
    /// Which further sections its letter has.
    pub sections: Sections,
    /// Whether the letter tells where the employee side objected to what it quotes. Switched off, the log of decisions
    /// says so for every letter.
    pub both_sides: bool,
}

/// Sections that a letter may have beside its items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// What is asked of local bodies.
    pub requests: bool,
    /// Who takes what on.
    pub tasks: bool,
    /// What of earlier meetings is still open.
    pub open: bool,
}

/// The meeting a letter tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meeting {
    /// The committee as printed.
    pub committee: Option<String>,
    /// The day.
    pub date: Option<NaiveDate>,
}

/// Why something that would have been mailed is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The reason, in Danish.
    pub reason: String,
    /// The item it concerns; none for the whole letter.
    pub item: Option<ItemNumber>,
}

/// Why a sentence is in a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Chosen for its own sake.
    Pick,
    /// A chosen one leans on it.
    Context,
    /// Tells a story.
    Story,
}

/// One quoted sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Its name.
    pub id: EntryId,
    /// Word for word.
    pub text: String,
    /// Why it is here.
    pub role: Role,
    /// It does not follow the quote before it in the minutes, and the letter shows that.
    pub gap_before: bool,
    /// The sub-heading it stands under.
    pub subheading: Option<String>,
    /// It is a list item or row: shown as a bullet.
    pub bullet: bool,
    /// What kind of statement it is, where a rule knows.
    pub statement: Option<Statement>,
}

/// What a letter has of the employee side's objections to what it quotes of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Objections {
    /// There are none to what is quoted.
    #[default]
    None,
    /// It quotes them.
    Quoted,
    /// It says that there were some.
    Noted,
}

/// How many words of a letter each side has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SideWords {
    /// The management.
    pub management: usize,
    /// The employee side.
    pub employees: usize,
    /// Nobody in particular.
    pub others: usize,
}

/// An item with its quotes, in document order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestItem {
    /// Its number.
    pub number: ItemNumber,
    /// Its number as printed.
    pub printed: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub outcome: Outcome,
    /// "Godkendt med …".
    pub amended: bool,
    /// What of the employee side's objections it tells.
    pub objections: Objections,
    /// The quotes.
    pub sentences: Vec<Quote>,
}

/// What the committee itself wants passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Its words.
    pub text: String,
    /// The items it belongs to.
    pub items: Vec<ItemNumber>,
    /// The sentences that tell it.
    pub sentences: Vec<EntryId>,
}

/// What a date asks of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// Something must be done by then.
    Deadline,
    /// A meeting.
    Meeting,
    /// Something happens then.
    Date,
}

/// A date or deadline named in a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestDate {
    /// The day, or the first day; none where the words name none.
    pub date: Option<NaiveDate>,
    /// The last day of a period.
    pub until: Option<NaiveDate>,
    /// The source's own words.
    pub text: String,
    /// The item.
    pub item: ItemNumber,
    /// The sentence.
    pub sentence: EntryId,
    /// What it is.
    pub kind: DateKind,
}

/// Whether those who are asked have to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerWanted {
    /// They have.
    Yes,
    /// It is said that they need not.
    No,
}

/// By when, in the source's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct By {
    /// The last day; none where the words name none.
    pub date: Option<NaiveDate>,
    /// The words.
    pub text: String,
}

/// What a quote asks of a local body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestRequest {
    /// The item.
    pub item: ItemNumber,
    /// The sentence that asks.
    pub sentence: EntryId,
    /// That sentence with all that cannot be told apart from it, where the section holds them; empty where it only names
    /// the item.
    pub sentences: Vec<EntryId>,
    /// Who is asked, in the source's own words.
    pub who: String,
    /// Whether they have to answer; none where nothing is said of it.
    pub answer: Option<AnswerWanted>,
    /// By when.
    pub by: Option<By>,
}

/// What somebody takes on in a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestTask {
    /// The item.
    pub item: ItemNumber,
    /// The sentence that says it.
    pub sentence: EntryId,
    /// As in [`DigestRequest::sentences`].
    pub sentences: Vec<EntryId>,
    /// Who, in the source's own words.
    pub who: String,
    /// By when.
    pub by: Option<By>,
}

/// Why something of an earlier meeting is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OpenKind {
    /// The item was put off.
    Postponed,
    /// Somebody said they would come back to it.
    Promise,
}

/// Something of an earlier meeting that a person confirmed as open, and that has not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenMatter {
    /// The day of the meeting.
    pub since: NaiveDate,
    /// The number of its item there, as printed.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Why it is open.
    pub kind: OpenKind,
    /// The sentence that says so, word for word; none where the letter has no room for it.
    pub text: Option<String>,
}

/// What is not in the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Own decision sentences that are not quoted.
    pub sentences: usize,
    /// Those of them that by the rules must not be missing, in document order: a person should look at them.
    pub essential: Vec<Missing>,
}

/// A sentence that must not be missing and for which there was no room. Its words stay in the minutes: this is told in
/// mails about mails, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The sentence.
    pub id: EntryId,
    /// What it is, by the labels of the rules that say so.
    pub label: String,
}

/// The content of one letter for one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// The audience.
    pub audience: AudienceId,
    /// The meeting.
    pub meeting: Meeting,
    /// What is held back, and why.
    pub held: Vec<Held>,
    /// Told first.
    pub stories: Vec<Story>,
    /// Every quoted sentence once, in document order.
    pub items: Vec<DigestItem>,
    /// Dates and deadlines in the quotes.
    pub dates: Vec<DigestDate>,
    /// What the quotes ask of local bodies.
    pub requests: Vec<DigestRequest>,
    /// Who takes what on.
    pub tasks: Vec<DigestTask>,
    /// What of earlier meetings is still open.
    pub open: Vec<OpenMatter>,
    /// Words of all quotes, those of earlier meetings too.
    pub words: usize,
    /// The words of each side in the quotes of this meeting.
    pub sides: SideWords,
    /// What is not in the letter.
    pub left_out: LeftOut,
}

impl Digest {
    /// The quote with this name.
    #[must_use]
    pub fn quote(&self, id: EntryId) -> Option<&Quote> {
        self.items.iter().flat_map(|item| &item.sentences).find(|quote| quote.id == id)
    }
}
