//! What every reader of a format produces.

use std::sync::Arc;

use serde::Serialize;

use crate::text::Span;
use crate::text::few::Few;

/// The format a file turned out to have, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, as PDF converters write it.
    Markdown,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// A word processor's file.
    Docx,
    /// The export of a committee system.
    Xml,
}

/// The file a document was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file as the user named it.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// SHA-256 of its bytes, in hexadecimal: the same file is the same document, whatever its name.
    pub sha256: String,
}

/// A place in the source file, both counted from 1; the page is unknown in formats without pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Page.
    pub page: Option<u32>,
    /// Line on the page, or of the file where there are no pages.
    pub line: u32,
}

/// What a reader knows of a line from its layout, before anybody asks what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Running text.
    Plain,
    /// Marked as a heading of this level, 1 the highest.
    Heading(u8),
    /// A list item; its marker is the first `marker` bytes of the line.
    ListItem {
        /// Bytes of the marker and the blanks behind it.
        marker: usize,
        /// Nesting, 0 the outermost.
        level: u8,
    },
    /// A table row, cells separated by tabs.
    Row,
}

/// One line of the parsed text: a paragraph, heading, list item or row, whole, however many lines the file spread it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in the parsed text, without the newline.
    pub span: Span,
    /// What the layout says.
    pub kind: LineKind,
    /// Whether all of it is bold or italic.
    pub emphasised: bool,
    /// Where its pieces stood: parsed-text offset from which each place holds, ascending.
    pub origins: Few<(usize, Position)>,
}

impl Line {
    /// The places in the file that `span`, a part of this line, came from.
    #[must_use]
    pub fn positions(&self, span: Span) -> Few<Position> {
        if let [(offset, position)] = *self.origins
            && offset <= span.start()
        {
            return Few::one(position);
        }
        let mut found = Few::new();
        self.add_positions(span, &mut found);
        found
    }

    fn add_positions(&self, span: Span, found: &mut Few<Position>) {
        let before = self.origins.iter().rev().find(|(offset, _)| *offset <= span.start());
        let inside = self.origins.iter().filter(|(offset, _)| *offset > span.start() && *offset < span.end());
        for (_, position) in before.into_iter().chain(inside) {
            if found.last() != Some(position) {
                found.push(*position);
            }
        }
    }
}

/// Something a reader repaired or doubted, for the person who watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// What and where, in English.
    pub message: String,
    /// Line of the file, from 1.
    pub line: Option<u32>,
}

/// A file, read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it came from.
    pub source: Source,
    /// The parsed text: the source of all spans.
    pub text: Arc<str>,
    /// Its lines that are not blank, in order.
    pub lines: Vec<Line>,
    /// What was repaired or doubted.
    pub warnings: Vec<Warning>,
    /// Whether the file holds what may be a CPR number where the text is not taken from: running headers, comments,
    /// properties, hidden text.
    pub cpr_elsewhere: bool,
}

impl Document {
    /// The places in the file that `span` came from: where it begins and, for a sentence that was joined over lines
    /// or pages, each further piece.
    #[must_use]
    pub fn positions(&self, span: Span) -> Few<Position> {
        let mut found = Few::new();
        // Lines lie in order: a search for the first keeps the whole document from being read for every sentence.
        let first = self.lines.partition_point(|line| line.span.end() <= span.start());
        for line in self.lines.iter().skip(first).take_while(|line| line.span.start() < span.end()) {
            line.add_positions(span, &mut found);
        }
        found
    }
}
