//! What DOCX and HTML have in common: paragraphs, list items and tables become the raw lines of the builder.
//!
//! A paragraph comes whole here, so its end is the writer's; a line break inside one is a line of its own. Tables serve two
//! ends: one with short cells is data and gives rows, one with whole paragraphs in its cells (or one cell a row) only places
//! text on the page and gives that text, cell by cell.

use super::builder::RawLine;
use super::plain::normalise;
use super::{LineKind, Position, lists};

/// Tables within tables deeper than this are read as running text: no writer nests so, and each level costs a move.
const DEEPEST_TABLE: usize = 16;

/// A cell no longer than this, beside one of at least [`SHORTEST_TEXT`] letters, is the heading of that text.
const LONGEST_LABEL: usize = 40;
const SHORTEST_TEXT: usize = 200;

/// What a paragraph is by its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text.
    Plain,
    /// A heading, with the number that the file format keeps apart from its words (or nothing).
    Heading { level: u8, marker: String },
    /// A list item with its marker ("-", "1."), nesting from 0.
    Item { marker: String, level: u8 },
    /// A line of a table of contents.
    Contents,
}

/// The words of a paragraph so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    emphasised: bool,
    plain: bool,
}

impl Words {
    /// Appends text; a newline in it is a line break.
    pub fn push(&mut self, text: &str, emphasised: bool) {
        if text.chars().any(|character| !character.is_whitespace()) {
            if emphasised {
                self.emphasised = true;
            } else {
                self.plain = true;
            }
        }
        self.text.push_str(text);
    }

    /// Whether there is nothing to see yet.
    pub fn is_blank(&self) -> bool {
        !self.emphasised && !self.plain
    }

    /// Whether a blank may be appended without doubling one.
    pub fn wants_blank(&self) -> bool {
        self.text.chars().last().is_some_and(|last| !last.is_whitespace())
    }

    fn all_emphasised(&self) -> bool {
        self.emphasised && !self.plain
    }
}

#[derive(Debug, Default)]
struct Table {
    /// The cells of the row that is open, each with its lines.
    cells: Vec<Vec<RawLine>>,
}

/// Collects the lines of a document in order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    lines: Vec<RawLine>,
    tables: Vec<Table>,
    too_deep: usize,
}

impl Flow {
    /// A paragraph ends; `number` counts the paragraphs of the file from 1.
    pub fn paragraph(&mut self, words: &Words, shape: &Shape, number: u32) {
        if words.is_blank() {
            return;
        }
        let emphasised = words.all_emphasised();
        let position = Position { page: None, line: number };
        let (mut first, mut gap_before) = (true, true);
        for piece in words.text.split('\n') {
            let piece = normalise(piece);
            let body = piece.trim();
            if body.is_empty() {
                // An empty line within a paragraph is how many pages part two of them.
                gap_before = true;
                continue;
            }
            let (text, kind) = line(body, shape, first);
            self.target().push(RawLine { text, kind, emphasised, position, pieces: Vec::new(), gap_before });
            (first, gap_before) = (false, false);
        }
    }

    pub fn open_table(&mut self) {
        if self.tables.len() >= DEEPEST_TABLE {
            self.too_deep += 1;
        } else {
            self.tables.push(Table::default());
        }
    }

    pub fn open_cell(&mut self) {
        if self.too_deep == 0
            && let Some(table) = self.tables.last_mut()
        {
            table.cells.push(Vec::new());
        }
    }

    pub fn close_row(&mut self) {
        if self.too_deep > 0 {
            return;
        }
        let Some(table) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        let lines = row(cells);
        // The row belongs to what is around its table.
        let depth = self.tables.len().saturating_sub(2);
        let outer = if self.tables.len() > 1 { self.tables.get_mut(depth) } else { None };
        match outer.and_then(|table| table.cells.last_mut()) {
            Some(cell) => cell.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    pub fn close_table(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.close_row();
        self.tables.pop();
    }

    /// All lines; tables that a damaged file left open are closed.
    pub fn finish(mut self) -> Vec<RawLine> {
        self.too_deep = 0;
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.lines
    }

    fn target(&mut self) -> &mut Vec<RawLine> {
        match self.tables.last_mut().and_then(|table| table.cells.last_mut()) {
            Some(cell) => cell,
            None => &mut self.lines,
        }
    }
}

/// Text and kind of one line of a paragraph.
fn line(body: &str, shape: &Shape, first: bool) -> (String, LineKind) {
    let prefixed = |marker: &str, text: &str| {
        if marker.is_empty() || !first { text.to_owned() } else { format!("{marker} {text}") }
    };
    match shape {
        Shape::Heading { level, marker } => (prefixed(marker, &one_line(body)), LineKind::Heading(*level)),
        Shape::Contents => (contents(body), LineKind::Plain),
        Shape::Item { marker, level } if first => {
            let text = one_line(body);
            // "<li>1. at …": the writer's own marker says more than a bullet.
            if let Some(own) = lists::marker(&text).filter(|_| marker == "-") {
                return (text, LineKind::ListItem { marker: own, level: *level });
            }
            let marker_bytes = if marker.is_empty() { 0 } else { marker.len() + 1 };
            (prefixed(marker, &text), LineKind::ListItem { marker: marker_bytes, level: *level })
        }
        Shape::Plain | Shape::Item { .. } => {
            let text = one_line(body);
            if let Some(marker) = lists::marker(&text) {
                (text, LineKind::ListItem { marker, level: 0 })
            } else if body.contains('\t') {
                let cells: Vec<&str> = body.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
                (cells.join("\t"), if cells.len() > 1 { LineKind::Row } else { LineKind::Plain })
            } else {
                (text, LineKind::Plain)
            }
        }
    }
}

/// Text and kind of a line that nothing is known of but its words.
pub(super) fn plain_line(text: &str) -> (String, LineKind) {
    line(normalise(text).trim(), &Shape::Plain, true)
}

/// Tabs become blanks.
fn one_line(body: &str) -> String {
    body.split('\t').map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "Budget⇥7" becomes "Budget.....7", as a table of contents is printed.
fn contents(body: &str) -> String {
    match body.rsplit_once(['\t', ' ']) {
        Some((title, page))
            if !super::is_contents_line(body) && !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{}.....{page}", one_line(title))
        }
        _ => one_line(body),
    }
}

/// Whether a row of two cells only places a heading beside its text.
fn is_label_and_text(cells: &[Vec<RawLine>]) -> bool {
    let [label, text] = cells else { return false };
    let ([label], [text]) = (label.as_slice(), text.as_slice()) else { return false };
    let heading = label.text.chars().count() <= LONGEST_LABEL && label.text.chars().any(char::is_alphabetic);
    heading && text.text.chars().count() >= SHORTEST_TEXT
}

/// The lines of one row.
fn row(cells: Vec<Vec<RawLine>>) -> Vec<RawLine> {
    let cells: Vec<Vec<RawLine>> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    let label_and_text = is_label_and_text(&cells);
    let data = cells.len() > 1 && cells.iter().all(|cell| cell.len() == 1) && !label_and_text;
    let mut lines: Vec<RawLine> = cells.into_iter().flatten().collect();
    if label_and_text && let Some(label) = lines.first_mut() {
        label.emphasised = true;
    }
    if !data {
        return lines;
    }
    let text = lines.iter().map(|line| one_line(&line.text)).collect::<Vec<_>>().join("\t");
    let emphasised = lines.iter().all(|line| line.emphasised);
    lines.truncate(1);
    for line in &mut lines {
        line.text.clone_from(&text);
        line.kind = LineKind::Row;
        line.emphasised = emphasised;
    }
    lines
}
