//! What a letter shows: the names that templates may use, filled from a digest by a pure function.
//!
//! The names are Danish because the people who edit templates are; the Rust fields beside them are English like all
//! code. Reasons for holding something back are not here: they are for the person who approves, not for the reader.

use std::collections::BTreeSet;

use serde::Serialize;

use super::badge::{Badge, badge};
use super::dates;
use super::error::RenderError;
use super::passages::{Line, Passage, passages};
use crate::digest::{Digest, DigestItem};
use crate::minutes::{EntryId, ItemNumber};

/// The line every letter carries.
pub const EXTRACT_LINE: &str =
    "Brevet er et uddrag. Sætningerne står ord for ord, som de står i referatet; det er referatet, der gælder.";

/// The mark of left-out text.
pub const GAP_MARK: &str = "[…]";

/// All a template sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterContext {
    /// The committee as printed.
    #[serde(rename = "udvalg")]
    pub committee: Option<String>,
    /// "16. september 2026".
    #[serde(rename = "dato")]
    pub date: Option<String>,
    /// "onsdag".
    #[serde(rename = "ugedag")]
    pub weekday: Option<String>,
    /// The greeting that names the audience: "Til medarbejdere".
    #[serde(rename = "hilsen")]
    pub greeting: String,
    /// What the committee itself wants passed on.
    #[serde(rename = "historier")]
    pub stories: Vec<StoryContext>,
    /// Items in document order.
    #[serde(rename = "punkter")]
    pub items: Vec<ItemContext>,
    /// Dates and deadlines.
    #[serde(rename = "datoer")]
    pub dates: Vec<DateContext>,
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
}

/// A date or deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateContext {
    /// "15. oktober 2026", or a period.
    #[serde(rename = "dato")]
    pub date: String,
    /// The minutes' own words, where they say more than the date.
    #[serde(rename = "tekst")]
    pub text: Option<String>,
    /// The number of its item.
    #[serde(rename = "nummer")]
    pub number: String,
    /// The title of its item; empty where the letter does not quote it.
    #[serde(rename = "titel")]
    pub title: String,
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
        let told: BTreeSet<EntryId> = digest.stories.iter().flat_map(|story| story.sentences.iter().copied()).collect();
        Ok(Self {
            committee: digest.meeting.committee.clone(),
            date: digest.meeting.date.map(dates::long_date),
            weekday: digest.meeting.date.map(|date| dates::weekday(date).to_owned()),
            greeting: greeting.to_owned(),
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
                // Told whole under the stories already. An item the digest lists without any quote is news by its
                // outcome alone, and stays.
                .zip(&digest.items)
                .filter(|(context, item)| !context.passages.is_empty() || item.sentences.is_empty())
                .map(|(context, _)| context)
                .collect(),
            dates: digest
                .dates
                .iter()
                .map(|entry| {
                    let date = dates::long_period(entry.date, entry.until);
                    let item = digest.items.iter().find(|item| item.number == entry.item);
                    let says_more = entry.text != date && entry.text != format!("den {date}");
                    DateContext {
                        date,
                        text: Some(entry.text.clone()).filter(|text| says_more && !text.is_empty()),
                        number: item.map_or_else(|| entry.item.to_string(), printed),
                        title: item.map_or_else(String::new, |item| item.title.clone()),
                    }
                })
                .collect(),
            left_out: match digest.left_out.sentences {
                0 => None,
                1 => Some("1 sætning".to_owned()),
                count => Some(format!("{count} sætninger")),
            },
            extract: EXTRACT_LINE,
            rules: rules_version.to_owned(),
        })
    }

    /// All paragraphs and bullets, stories first.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.stories
            .iter()
            .flat_map(|story| &story.sources)
            .chain(&self.items)
            .flat_map(|item| &item.passages)
            .flat_map(|passage| &passage.blocks)
            .flat_map(|block| &block.lines)
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
    }
}

/// The number readers find in the minutes; the internal one where none is printed.
fn printed(item: &DigestItem) -> String {
    if item.printed.trim().is_empty() { item.number.to_string() } else { item.printed.clone() }
}
