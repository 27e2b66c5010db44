//! What a letter shows: the names that templates may use, filled from a digest by a pure function.
//!
//! The names are Danish because the people who edit templates are; the Rust fields beside them are English like all
//! code. Reasons for holding something back are not here: they are for the person who approves, not for the reader.

use std::collections::BTreeSet;

use serde::Serialize;

use super::badge::{Badge, badge};
use super::dates;
use super::error::RenderError;
use super::head::Head;
use super::passages::{Line, Passage, passages};
use crate::digest::{AnswerWanted, By, DateKind, Digest, DigestDate, DigestItem, Objections, OpenKind, OpenMatter};
use crate::minutes::{EntryId, ItemNumber};

/// The line every letter carries.
pub const EXTRACT_LINE: &str =
    "Brevet er et uddrag. Sætningerne står ord for ord, som de står i referatet; det er referatet, der gælder.";

/// The mark of left-out text.
pub const GAP_MARK: &str = "[…]";

/// All a template sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterContext {
    /// Whose meeting, when, and who is greeted.
    #[serde(flatten)]
    pub head: Head,
    /// What the committee itself wants passed on.
    #[serde(rename = "historier")]
    pub stories: Vec<StoryContext>,
    /// Items in document order.
    #[serde(rename = "punkter")]
    pub items: Vec<ItemContext>,
    /// What is asked of local bodies.
    #[serde(rename = "bestillinger")]
    pub requests: Vec<TodoContext>,
    /// Who takes what on.
    #[serde(rename = "opgaver")]
    pub tasks: Vec<TodoContext>,
    /// Dates and deadlines.
    #[serde(rename = "datoer")]
    pub dates: Vec<DateContext>,
    /// What of earlier meetings is still open.
    #[serde(rename = "aabne")]
    pub open: Vec<OpenContext>,
    /// "12 sætninger", or none where nothing is left out.
    #[serde(rename = "udeladt")]
    pub left_out: Option<String>,
    /// That the letter is an extract and the minutes apply.
    #[serde(rename = "uddrag")]
    pub extract: &'static str,
    /// Which rules chose the sentences: a short hash.
    #[serde(rename = "regler")]
    pub rules: String,
}

/// A story with the sentences that tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryContext {
    /// Its words.
    #[serde(rename = "tekst")]
    pub text: String,
    /// The items it comes from, each with its sentences.
    #[serde(rename = "kilder")]
    pub sources: Vec<ItemContext>,
}

/// An item, or as much of it as belongs to a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemContext {
    /// Its number as printed.
    #[serde(rename = "nummer")]
    pub number: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// What became of it.
    #[serde(rename = "resultat")]
    pub outcome: Option<Badge>,
    /// Its quotes.
    #[serde(rename = "afsnit")]
    pub passages: Vec<Passage>,
    /// That the employee side objected, where no quote says so.
    #[serde(rename = "bemaerkning")]
    pub remark: Option<String>,
}

/// A date or deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateContext {
    /// "15. oktober 2026", or a period; none where the minutes name no day.
    #[serde(rename = "dato")]
    pub date: Option<String>,
    /// The minutes' own words, where they say more than the date.
    #[serde(rename = "tekst")]
    pub text: Option<String>,
    /// "Frist" or "Møde".
    #[serde(rename = "maerke")]
    pub mark: Option<&'static str>,
    /// The number of its item.
    #[serde(rename = "nummer")]
    pub number: String,
    /// The title of its item; empty where the letter does not quote it or a date above has told it.
    #[serde(rename = "titel")]
    pub title: String,
}

/// A request or a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TodoContext {
    /// Who, in the minutes' own words.
    #[serde(rename = "hvem")]
    pub who: String,
    /// "Svar ønskes"; none for a task.
    #[serde(rename = "svar")]
    pub answer: Option<&'static str>,
    /// By when, in the minutes' own words.
    #[serde(rename = "frist")]
    pub by: Option<String>,
    /// The number of its item.
    #[serde(rename = "nummer")]
    pub number: String,
    /// The title of its item.
    #[serde(rename = "titel")]
    pub title: String,
    /// The sentences; none where they stand with the item or under a story.
    #[serde(rename = "afsnit")]
    pub passages: Vec<Passage>,
    /// As with items.
    #[serde(rename = "bemaerkning")]
    pub remark: Option<String>,
}

/// Something of an earlier meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenContext {
    /// The day of that meeting.
    #[serde(rename = "dato")]
    pub date: String,
    /// The number of its item there.
    #[serde(rename = "nummer")]
    pub number: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// "Udsat" or "Ikke vendt tilbage".
    #[serde(rename = "maerke")]
    pub mark: &'static str,
    /// The sentence that says it is open.
    #[serde(rename = "tekst")]
    pub text: Option<String>,
}

impl LetterContext {
    /// What the letter of this digest shows. `greeting` names the audience, `rules_version` is the short hash of the
    /// rules that chose the sentences.
    ///
    /// # Errors
    /// [`RenderError::Empty`] where no sentence is quoted.
    pub fn new(digest: &Digest, greeting: &str, rules_version: &str) -> Result<Self, RenderError> {
        if digest.items.iter().all(|item| item.sentences.is_empty()) {
            return Err(RenderError::Empty);
        }
        // Told in a section of their own.
        let told: BTreeSet<EntryId> = digest
            .stories
            .iter()
            .map(|story| &story.sentences)
            .chain(digest.requests.iter().map(|request| &request.sentences))
            .chain(digest.tasks.iter().map(|task| &task.sentences))
            .flatten()
            .copied()
            .collect();
        let mut letter = Self {
            head: Head::new(&digest.meeting, greeting),
            stories: digest
                .stories
                .iter()
                .map(|story| StoryContext {
                    text: story.text.clone(),
                    sources: sources(digest, &story.items, &story.sentences),
                })
                .collect(),
            items: digest
                .items
                .iter()
                .map(|item| context_of(item, passages(item, |quote| !told.contains(&quote.id))))
                // Told whole in other sections already. An item the digest lists without any quote is news by its
                // outcome alone, and stays.
                .zip(&digest.items)
                .filter(|(context, item)| !context.passages.is_empty() || item.sentences.is_empty())
                .map(|(context, _)| context)
                .collect(),
            requests: digest
                .requests
                .iter()
                .map(|request| {
                    let answer = match request.answer {
                        Some(AnswerWanted::Yes) => "Svar ønskes",
                        Some(AnswerWanted::No) => "Svar er ikke nødvendigt",
                        None => "Svar ikke nævnt",
                    };
                    let by = request.by.as_ref();
                    todo(digest, request.item, &request.sentences, &request.who, Some(answer), by)
                })
                .collect(),
            tasks: digest
                .tasks
                .iter()
                .map(|task| todo(digest, task.item, &task.sentences, &task.who, None, task.by.as_ref()))
                .collect(),
            dates: date_rows(digest),
            open: digest.open.iter().map(open_row).collect(),
            left_out: match digest.left_out.sentences {
                0 => None,
                1 => Some("1 sætning".to_owned()),
                count => Some(format!("{count} sætninger")),
            },
            extract: EXTRACT_LINE,
            rules: rules_version.to_owned(),
        };
        letter.remark(digest);
        Ok(letter)
    }

    /// Says once for each item where the employee side objected to what is quoted and no quote tells it: with the item, or
    /// where the first of its quotes stands.
    fn remark(&mut self, digest: &Digest) {
        for item in digest.items.iter().filter(|item| item.objections == Objections::Noted) {
            let number = printed(item);
            let sources = self.stories.iter_mut().flat_map(|story| &mut story.sources);
            let todos = self.requests.iter_mut().chain(&mut self.tasks);
            let places = self
                .items
                .iter_mut()
                .chain(sources)
                .map(|item| (&item.number, &item.passages, &mut item.remark))
                .chain(todos.map(|todo| (&todo.number, &todo.passages, &mut todo.remark)));
            let mut here = places.filter(|(own, passages, _)| **own == number && !passages.is_empty());
            if let Some((_, _, place)) = here.next() {
                *place = Some(remark(item));
            }
        }
    }

    /// All paragraphs and bullets, stories first.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        let items = self.stories.iter().flat_map(|story| &story.sources).chain(&self.items).map(|item| &item.passages);
        let todos = self.requests.iter().chain(&self.tasks).map(|todo| &todo.passages);
        items.chain(todos).flatten().flat_map(|passage| &passage.blocks).flat_map(|block| &block.lines)
    }
}

fn todo(
    digest: &Digest,
    number: ItemNumber,
    sentences: &[EntryId],
    who: &str,
    answer: Option<&'static str>,
    by: Option<&By>,
) -> TodoContext {
    let item = digest.items.iter().find(|item| item.number == number);
    TodoContext {
        who: if answer.is_some() { within_a_line(who) } else { at_its_beginning(who) },
        answer,
        by: by.map(|by| by.text.clone()),
        number: item.map_or_else(|| number.to_string(), printed),
        title: item.map(|item| item.title.clone()).unwrap_or_default(),
        passages: item.map(|item| passages(item, |quote| sentences.contains(&quote.id))).unwrap_or_default(),
        remark: None,
    }
}

/// "De lokale udvalg" opens a sentence in the minutes and stands behind "Til" here; "AfdelingsMED" is a name.
fn within_a_line(who: &str) -> String {
    let first = who.split_whitespace().next().unwrap_or_default();
    let name = first.chars().skip(1).any(char::is_uppercase);
    let mut letters = who.chars();
    match letters.next() {
        Some(letter) if !name => letter.to_lowercase().chain(letters).collect(),
        _ => who.to_owned(),
    }
}

fn at_its_beginning(who: &str) -> String {
    let mut letters = who.chars();
    letters.next().map(|letter| letter.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Each title once: on a telephone one long title three times over is a screen of nothing.
fn date_rows(digest: &Digest) -> Vec<DateContext> {
    let mut titled: BTreeSet<ItemNumber> = BTreeSet::new();
    let mut row = |entry: &DigestDate| {
        let date = entry.date.map(|day| dates::long_period(day, entry.until));
        let item = digest.items.iter().find(|item| item.number == entry.item);
        // "Senest den 1. december 2026" tells the day itself; "senest 1/12" needs it beside.
        let whole = date.as_ref().is_some_and(|date| entry.text.contains(date.as_str()));
        let date = if whole { Some(at_its_beginning(&entry.text)) } else { date };
        // "I oktober" beside "oktober 2026" says no more.
        let month = entry.date.is_some()
            && date.as_ref().is_some_and(|date| !date.starts_with(|sign: char| sign.is_ascii_digit()));
        let says_more = !whole && !month;
        let date = date.map(|date| at_its_beginning(&date));
        let title = item.filter(|_| titled.insert(entry.item)).map(|item| item.title.clone());
        DateContext {
            date,
            text: Some(entry.text.clone()).filter(|text| says_more && !text.is_empty()),
            mark: match entry.kind {
                DateKind::Deadline => Some("Frist"),
                DateKind::Meeting => Some("Møde"),
                DateKind::Date => None,
            },
            number: item.map_or_else(|| entry.item.to_string(), printed),
            title: title.unwrap_or_default(),
        }
    };
    digest.dates.iter().map(&mut row).collect()
}

fn open_row(matter: &OpenMatter) -> OpenContext {
    OpenContext {
        date: dates::long_date(matter.since),
        number: matter.number.clone(),
        title: matter.title.clone(),
        mark: match matter.kind {
            OpenKind::Postponed => "Udsat",
            OpenKind::Promise => "Ikke vendt tilbage",
        },
        text: matter.text.clone(),
    }
}

/// The items a story comes from, in document order, with those of its sentences that each holds.
fn sources(digest: &Digest, items: &[ItemNumber], sentences: &[EntryId]) -> Vec<ItemContext> {
    digest
        .items
        .iter()
        .map(|item| (item, passages(item, |quote| sentences.contains(&quote.id))))
        .filter(|(item, passages)| items.contains(&item.number) || !passages.is_empty())
        .map(|(item, passages)| context_of(item, passages))
        .collect()
}

fn context_of(item: &DigestItem, passages: Vec<Passage>) -> ItemContext {
    ItemContext {
        number: printed(item),
        title: item.title.clone(),
        outcome: badge(item.outcome, item.amended),
        passages,
        remark: None,
    }
}

/// What a letter says instead of an objection it has no room for.
pub(super) fn remark(item: &DigestItem) -> String {
    format!("Medarbejdersiden havde bemærkninger (punkt {}).", printed(item))
}

/// The number readers find in the minutes; the internal one where none is printed.
fn printed(item: &DigestItem) -> String {
    if item.printed.trim().is_empty() { item.number.to_string() } else { item.printed.clone() }
}
