//! What a correction shows: item by item what no longer counts and what the minutes say now.

use serde::Serialize;

use super::badge::{Badge, badge};
use super::context::{EXTRACT_LINE, remark};
use super::error::RenderError;
use super::head::Head;
use super::passages::{Line, Passage, passages};
use crate::digest::{Change, CorrectedItem, Correction, Objections};

/// All that the templates of a correction see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionContext {
    /// Whose meeting, when, and who is greeted.
    #[serde(flatten)]
    pub head: Head,
    /// The items of which something changed.
    #[serde(rename = "punkter")]
    pub items: Vec<CorrectedContext>,
    /// That the letter is an extract and the minutes apply.
    #[serde(rename = "uddrag")]
    pub extract: &'static str,
    /// Which rules chose the sentences: a short hash.
    #[serde(rename = "regler")]
    pub rules: String,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectedContext {
    /// Its number as printed.
    #[serde(rename = "nummer")]
    pub number: String,
    /// Its title; empty where it is withdrawn.
    #[serde(rename = "titel")]
    pub title: String,
    /// What became of it.
    #[serde(rename = "resultat")]
    pub outcome: Option<Badge>,
    /// Whether what was told of it counts no more, without a word of why.
    #[serde(rename = "trukket")]
    pub withdrawn: bool,
    /// Whether it was not in the last letter.
    #[serde(rename = "nyt")]
    pub added: bool,
    /// What stood in the last letter and was replaced.
    #[serde(rename = "foer")]
    pub before: Vec<String>,
    /// Whether something of the last letter was taken out.
    #[serde(rename = "udtaget")]
    pub taken_out: bool,
    /// What the minutes say now.
    #[serde(rename = "afsnit")]
    pub passages: Vec<Passage>,
    /// That the employee side objected, where no quote says so.
    #[serde(rename = "bemaerkning")]
    pub remark: Option<String>,
}

impl CorrectionContext {
    /// What the letter of this correction shows.
    ///
    /// # Errors
    /// [`RenderError::Empty`] where it corrects nothing.
    pub fn new(correction: &Correction, greeting: &str, rules_version: &str) -> Result<Self, RenderError> {
        if correction.items.is_empty() {
            return Err(RenderError::Empty);
        }
        Ok(Self {
            head: Head::new(&correction.digest.meeting, greeting),
            items: correction.items.iter().map(context_of).collect(),
            extract: EXTRACT_LINE,
            rules: rules_version.to_owned(),
        })
    }

    /// All paragraphs and bullets.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items
            .iter()
            .flat_map(|item| &item.passages)
            .flat_map(|passage| &passage.blocks)
            .flat_map(|block| &block.lines)
    }
}

fn context_of(item: &CorrectedItem) -> CorrectedContext {
    let now = item.now.as_ref();
    CorrectedContext {
        number: item.printed.clone(),
        title: item.title.clone(),
        outcome: now.and_then(|now| badge(now.outcome, now.amended)),
        withdrawn: item.change == Change::Withdrawn,
        added: item.change == Change::Added,
        before: item.before.clone(),
        taken_out: item.taken_out,
        passages: now.map(|now| passages(now, |_| true)).unwrap_or_default(),
        remark: now.filter(|now| now.objections == Objections::Noted).map(remark),
    }
}
