//! HTML: a web page, walked block by block.
//!
//! Converters to plain text and readability scores were rejected: the first lose headings and rows, the second throw away
//! agenda lines. The tree is the one browsers build, so faulty pages are read as people see them.

mod decode;
mod elements;
#[cfg(test)]
mod tests;

use std::path::Path;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

pub(super) use decode::is_html;

use super::builder::{RawLine, build_paragraphs};
use super::flow::{Flow, Shape, Words};
use super::{Document, IntakeError, Source, Warning};

/// Browsers nest no deeper either; the time to build a tree grows with its depth.
const DEEPEST: usize = 512;

/// Reads a page.
pub(super) fn read(source: Source, path: &Path, bytes: &[u8]) -> Result<Document, IntakeError> {
    let (text, warning) = decode::decode_page(path, bytes)?;
    let (lines, gone_seen) = blocks(&text).map_err(|reason| {
        let path = path.to_path_buf();
        IntakeError::Damaged { path, format: "HTML", reason }
    })?;
    let mut warnings: Vec<Warning> = warning.into_iter().collect();
    if gone_seen {
        let message = "hidden, struck-out or deleted text is not read".to_owned();
        warnings.push(Warning { code: "hidden-text", message, line: None });
    }
    if lines.is_empty() {
        return Err(IntakeError::Empty(path.to_path_buf()));
    }
    Ok(build_paragraphs(source, lines, warnings))
}

/// The lines of a page or of a piece of one, and whether anything on it was hidden or struck out.
///
/// # Errors
/// Where elements nest too deep.
pub(super) fn blocks(text: &str) -> Result<(Vec<RawLine>, bool), String> {
    if nests_too_deep(text) {
        return Err(format!("elements nested deeper than {DEEPEST}"));
    }
    let page = Html::parse_document(text);
    let mut walk = Walk::default();
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => walk.open(node),
            Edge::Close(node) => walk.close(node),
        }
    }
    walk.end_paragraph();
    Ok((walk.flow.finish(), walk.gone_seen))
}

/// Counts open tags roughly, before a tree is built: tags that pages leave open by custom do not count.
fn nests_too_deep(text: &str) -> bool {
    const OPEN_BY_CUSTOM: &[&str] = &[
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "br",
        "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "source", "track", "embed", "param",
    ];
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        if name.is_empty() || OPEN_BY_CUSTOM.iter().any(|open| open.eq_ignore_ascii_case(name)) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

#[derive(Debug)]
struct List {
    /// The number of the next item; none in a list with bullets.
    next: Option<i64>,
    letters: bool,
}

#[derive(Debug, Default)]
struct Walk {
    flow: Flow,
    words: Words,
    count: u32,
    skipped: usize,
    emphasis: usize,
    preformatted: usize,
    lists: Vec<List>,
    /// The marker of the list item that has begun, until its first words take it.
    marker: Option<(String, u8)>,
    headings: Vec<u8>,
    gone_seen: bool,
    /// A label has ended: what follows without a blank is parted from it by the looks of the page.
    after_label: bool,
}

impl Walk {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) if self.skipped == 0 => self.text(text),
            Node::Element(element) => {
                if self.skipped > 0 || is_skipped(node, element) {
                    self.gone_seen |= self.skipped == 0 && elements::is_gone(element) && has_words(node);
                    self.skipped += 1;
                } else {
                    self.open_element(element);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else { return };
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let name = element.name();
        if elements::is_block(element) || elements::heading(element).is_some() {
            self.end_paragraph();
        }
        if elements::is_emphasis(element) {
            self.emphasis = self.emphasis.saturating_sub(1);
        }
        if elements::heading(element).is_some() {
            self.headings.pop();
        }
        if elements::is_label(element) {
            self.after_label = true;
        }
        match name {
            "table" | "dl" => self.flow.close_table(),
            "tr" => self.flow.close_row(),
            "ol" | "ul" | "menu" => {
                self.lists.pop();
            }
            "li" => self.marker = None,
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            _ => {}
        }
    }

    fn open_element(&mut self, element: &Element) {
        let name = element.name();
        let heading = elements::heading(element);
        if elements::is_block(element) || heading.is_some() {
            self.end_paragraph();
        }
        self.headings.extend(heading);
        if elements::is_emphasis(element) {
            self.emphasis += 1;
        }
        match name {
            "br" => self.words.push("\n", false),
            "table" | "dl" => self.flow.open_table(),
            "td" | "th" | "dd" => self.flow.open_cell(),
            // A term begins a row of its own, its meanings are the cells behind it.
            "dt" => {
                self.flow.close_row();
                self.flow.open_cell();
            }
            "ul" | "menu" => self.lists.push(List { next: None, letters: false }),
            "ol" => {
                let start = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push(List { next: Some(start), letters: matches!(element.attr("type"), Some("a")) });
            }
            "li" => self.begin_item(element),
            "pre" => self.preformatted += 1,
            _ => {}
        }
    }

    fn begin_item(&mut self, element: &Element) {
        let level = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let marker = match self.lists.last_mut() {
            Some(List { next: Some(next), letters }) => {
                let number = element.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
                *next = number.saturating_add(1);
                let letter = u8::try_from(number).ok().filter(|number| *letters && (1..=26).contains(number));
                letter.map_or_else(|| format!("{number}."), |number| format!("{}.", char::from(b'a' + number - 1)))
            }
            _ => "-".to_owned(),
        };
        self.marker = Some((marker, level));
    }

    /// White space of any length is one blank, as a browser shows it; no-break spaces stay for the normaliser.
    fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.after_label) && self.words.wants_blank() && text.starts_with(char::is_alphanumeric)
        {
            self.words.push(" ", false);
        }
        if self.preformatted > 0 {
            self.words.push(text, self.emphasis > 0);
            return;
        }
        let mut collapsed = String::with_capacity(text.len());
        let mut after_blank = !self.words.wants_blank();
        for character in text.chars() {
            let blank = character.is_ascii_whitespace();
            if !blank {
                collapsed.push(character);
            } else if !after_blank {
                collapsed.push(' ');
            }
            after_blank = blank;
        }
        self.words.push(&collapsed, self.emphasis > 0);
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.is_blank() {
            return;
        }
        self.count = self.count.saturating_add(1);
        let marker = self.marker.take();
        // A button within a heading is no heading below it.
        let shape = match (self.headings.iter().min(), marker) {
            (Some(level), marker) => {
                let marker = marker.map(|(marker, _)| marker).filter(|marker| marker != "-").unwrap_or_default();
                Shape::Heading { level: *level, marker }
            }
            (None, Some((marker, level))) => Shape::Item { marker, level },
            (None, None) => Shape::Plain,
        };
        self.flow.paragraph(&words, &shape, self.count);
    }
}

/// Whether a node holds nothing but the name of a sign, such as "expand_more": other words in it are text.
fn names_sign(node: NodeRef<'_, Node>) -> bool {
    let texts = node.descendants().filter_map(|below| below.value().as_text());
    texts
        .flat_map(|text| text.trim().chars())
        .all(|c| c.is_ascii_lowercase() || c == '_' || !c.is_alphanumeric() && c != ' ')
}

/// Whether anything is written in a node, at any depth.
fn has_words(node: NodeRef<'_, Node>) -> bool {
    node.descendants().any(|below| below.value().as_text().is_some_and(|text| text.chars().any(char::is_alphanumeric)))
}

/// Furniture, what is gone, and the page's own head and foot; the head and foot of an article belong to it.
fn is_skipped(node: NodeRef<'_, Node>, element: &Element) -> bool {
    if elements::is_furniture(element) || (elements::is_icon(element) && names_sign(node)) {
        return true;
    }
    if elements::is_gone(element) {
        let on_ground = || node.ancestors().filter_map(|above| above.value().as_element()).any(elements::has_ground);
        return !(elements::is_white_only(element) && on_ground());
    }
    let name = element.name();
    if name != "header" && name != "footer" {
        return false;
    }
    let named = |node: NodeRef<'_, Node>, names: &[&str]| {
        node.value().as_element().is_some_and(|element| names.contains(&element.name()))
    };
    let of_article = node.ancestors().any(|above| named(above, &["article", "section", "main"]));
    // Some pages keep the title of the meeting in their head.
    let titled = name == "header"
        && node.descendants().any(|below| named(below, &["h1", "h2"]))
        && !node.descendants().any(|below| named(below, &["nav"]));
    !of_article && !titled
}
