//! What every line of a document was taken as, and why: for `digest parse --explain` and for the layout.
//!
//! The parser notes its reasons while it decides, so that what a person is told is what happened and not a second guess.

use std::borrow::Cow;

use serde::Serialize;

use super::items::{Evidence, RawItem, Split, StartReason};
use super::known_line::KnownLine;
use super::layout::Layout;
use super::model::SectionKind;
use super::sections::{RawSection, SectionReason};
use crate::intake::{Document, Format, Line, Position};
use crate::text::Span;

/// What a line was taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineRole {
    /// Before the first item.
    Head,
    /// Table of contents or list of attachments.
    Contents,
    /// The heading of an item, or its title.
    Item,
    /// Case number.
    Case,
    /// Status or label below a heading.
    Label,
    /// A heading over several items, or a button of a web page.
    Aside,
    /// The heading of a section.
    Section(SectionKind),
    /// The text of a section.
    Text(SectionKind),
    /// Left out because it is or may be closed.
    Closed,
}

/// A line of the parsed text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineReading {
    /// Its bytes.
    pub span: Span,
    /// Where it began in the file.
    pub at: Option<Position>,
    /// What it was taken as.
    pub role: LineRole,
    /// Why, where there was a choice; English.
    pub why: Cow<'static, str>,
}

/// Notes taken while a document is read.
#[derive(Debug)]
pub(super) struct Readings {
    /// One for every line; of several notes the last counts.
    lines: Vec<LineReading>,
    layout: Layout,
}

impl Readings {
    pub fn begin(document: &Document, split: &Split<'_>) -> Self {
        let unread = |line: &Line| LineReading {
            span: line.span,
            at: line.origins.first().map(|(_, position)| *position),
            role: LineRole::Head,
            why: Cow::Borrowed(""),
        };
        let mut readings = Self { lines: document.lines.iter().map(unread).collect(), layout: Layout::default() };
        for line in &split.contents {
            readings.note(line, LineRole::Contents, "");
        }
        for item in &split.items {
            readings.item(item);
        }
        readings
    }

    fn note(&mut self, line: &KnownLine<'_>, role: LineRole, why: impl Into<Cow<'static, str>>) {
        if let Some(reading) = self.lines.get_mut(line.index) {
            (reading.role, reading.why) = (role, why.into());
        }
    }

    fn item(&mut self, item: &RawItem<'_>) {
        let why = match &item.reason {
            StartReason::Form(form, evidence) => {
                // Closed items have forms of their own and are not in every meeting.
                if !evidence.contains(&Evidence::Closed) {
                    self.layout.note(format!("item: {form}"));
                }
                let words: Vec<&str> = evidence.iter().map(|each| each.word()).collect();
                format!("has the form \"{form}\"; {}", words.join(", "))
            }
            StartReason::HeadingLevel(level) => {
                self.layout.note("item: overskrift i filen");
                format!("headings of level {level} have sections below them")
            }
            StartReason::Recurring => {
                self.layout.note("item: titel over det første afsnit");
                "a case number or section comes again below it".to_owned()
            }
            StartReason::SetApart => {
                self.layout.note("item: fed eller store bogstaver");
                "bold or in capitals, with text below it".to_owned()
            }
        };
        for line in &item.heading {
            self.note(line, LineRole::Item, why.clone());
        }
    }

    pub fn case(&mut self, line: &KnownLine<'_>) {
        self.note(line, LineRole::Case, "");
    }

    pub fn label(&mut self, line: &KnownLine<'_>) {
        self.note(line, LineRole::Label, "");
    }

    pub fn aside(&mut self, line: &KnownLine<'_>) {
        self.note(line, LineRole::Aside, "");
    }

    pub fn closed(&mut self, line: &KnownLine<'_>) {
        self.note(line, LineRole::Closed, "");
    }

    pub fn section(&mut self, section: &RawSection<'_>) {
        let why = match section.reason {
            SectionReason::Heading => "the heading stands in rules/dialekt/referater.toml",
            SectionReason::OwnBody => "the heading names this committee and day",
            SectionReason::OwnLoosely => "the heading names this committee in short, or the day alone",
            SectionReason::OtherOfSeveral => "the item has a decision that is more likely this committee's",
            SectionReason::OtherBody => "the heading names another body",
            SectionReason::OtherDay => "the heading names this committee on another day",
            SectionReason::NoHeading => "no known heading stands above it",
            SectionReason::Unlabelled => {
                "no decision in these minutes has a heading, so what follows a title is the decision"
            }
        };
        if section.kind == SectionKind::Decision {
            let form = match section.reason {
                SectionReason::OwnBody | SectionReason::OwnLoosely => "med udvalgets navn eller dagen".to_owned(),
                SectionReason::Unlabelled => "uden overskrift".to_owned(),
                _ => section.heading.trim_end_matches(':').to_lowercase(),
            };
            self.layout.note(format!("decision: {form}"));
        }
        if let Some(line) = section.heading_line {
            self.note(line, LineRole::Section(section.kind), why);
        }
        for line in &section.lines {
            let why = if section.heading_line.is_none() { why } else { "" };
            self.note(line, LineRole::Text(section.kind), why);
        }
    }

    /// The forms found so far.
    pub fn layout(&mut self, document: &Document, decision_first: bool) -> Layout {
        // A bold word makes a plain text Markdown; nobody would call that another layout.
        let format = match document.source.format {
            Format::Markdown => Format::Text,
            format => format,
        };
        self.layout.note(format!("format: {format:?}").to_lowercase());
        self.layout.note(if decision_first {
            "order: beslutningen før sagen"
        } else {
            "order: beslutningen efter sagen"
        });
        self.layout.clone()
    }

    /// One reading for every line of the document.
    pub fn finish(self) -> Vec<LineReading> {
        self.lines
    }
}
