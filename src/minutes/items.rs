//! Where each item begins: the headings of the document, not its table of contents.

use std::collections::BTreeSet;

use super::dialect::{Dialect, key};
use super::model::ItemNumber;
use crate::intake::{Document, Line, LineKind, is_contents_line};

/// A heading of an item and the lines that belong to it.
#[derive(Debug)]
pub(super) struct RawItem<'d> {
    pub number: ItemNumber,
    pub printed: String,
    pub title: String,
    /// It stands under a heading that closes all items below it.
    pub in_closed_group: bool,
    pub lines: &'d [Line],
}

/// The head of the document and its items.
#[derive(Debug)]
pub(super) struct Split<'d> {
    pub head: Vec<&'d Line>,
    pub items: Vec<RawItem<'d>>,
}

/// Splits a document at its item headings.
pub(super) fn split<'d>(document: &'d Document, dialect: &Dialect) -> Split<'d> {
    let text = &*document.text;
    let mut head = Vec::new();
    let mut starts: Vec<(usize, String, String)> = Vec::new();
    let mut in_contents = false;
    for (index, line) in document.lines.iter().enumerate() {
        let content = line.span.of(text);
        let contents_line = is_contents_line(content) || (in_contents && ends_in_page_number(content));
        if let Some((printed, title)) = heading(line, content, dialect).filter(|_| !contents_line) {
            in_contents = false;
            starts.push((index, printed, title));
        } else if dialect.contents.contains(&key(content)) {
            in_contents = true;
        } else if starts.is_empty() && !in_contents && !contents_line {
            head.push(line);
        }
    }
    if starts.is_empty() {
        starts = super::bare_headings::find(document, dialect);
        if let Some((first, ..)) = starts.first() {
            head = document.lines.iter().take(*first).filter(|line| !is_contents_line(line.span.of(text))).collect();
        }
    }
    let groups = closed_groups(document, dialect);
    let ends = starts.iter().skip(1).map(|(index, ..)| *index).chain([document.lines.len()]);
    let items: Vec<Found<'_>> = starts
        .iter()
        .zip(ends)
        .map(|((start, printed, title), end)| Found {
            printed: printed.clone(),
            title: title.clone(),
            in_closed_group: groups.get(*start).copied().unwrap_or(false),
            lines: document.lines.get(start + 1..end).unwrap_or_default(),
        })
        .collect();
    Split { head, items: number(items) }
}

/// An item before it has its number.
struct Found<'d> {
    printed: String,
    title: String,
    in_closed_group: bool,
    lines: &'d [Line],
}

/// For each line, whether it stands under a heading such as "LUKKEDE SAGER".
fn closed_groups(document: &Document, dialect: &Dialect) -> Vec<bool> {
    let mut closed = false;
    let mut lines = Vec::with_capacity(document.lines.len());
    for line in &document.lines {
        let content = key(line.span.of(&document.text));
        if dialect.closed_groups.contains(&content) {
            closed = true;
        } else if dialect.open_groups.contains(&content) {
            closed = false;
        }
        lines.push(closed);
    }
    lines
}

/// Number and title, when the line is the heading of an item.
fn heading(line: &Line, content: &str, dialect: &Dialect) -> Option<(String, String)> {
    let marked = matches!(line.kind, LineKind::Heading(_));
    if !marked && line.kind != LineKind::Plain {
        return None;
    }
    let patterns =
        dialect.item_headings.iter().chain(marked.then_some(&dialect.marked_item_headings).into_iter().flatten());
    let found = patterns.filter_map(|pattern| pattern.captures(content)).next()?;
    let title = found.name("title")?.as_str().trim();
    // "Punkt 3 blev udsat til næste møde." is a sentence about an item.
    let sentence = !marked && title.ends_with('.') && title.starts_with(char::is_lowercase);
    (!sentence).then(|| (found.name("number").map(|n| n.as_str().to_owned()).unwrap_or_default(), title.to_owned()))
}

/// "Informationsmøde (11.25-11.4\t15": the line of a table of contents without its leaders.
fn ends_in_page_number(content: &str) -> bool {
    content.rsplit(['\t', ' ']).next().is_some_and(|last| !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
}

/// The printed whole numbers where they are unique; otherwise the position, for all items.
fn number(items: Vec<Found<'_>>) -> Vec<RawItem<'_>> {
    let printed: Vec<Option<u32>> = items.iter().map(|item| item.printed.parse().ok()).collect();
    let unique = printed.iter().flatten().collect::<BTreeSet<_>>().len() == items.len();
    items
        .into_iter()
        .zip(printed)
        .enumerate()
        .map(|(index, (found, whole))| {
            let position = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let number = ItemNumber(if unique { whole.unwrap_or(position) } else { position });
            let Found { printed, title, in_closed_group, lines } = found;
            RawItem { number, printed, title, in_closed_group, lines }
        })
        .collect()
}
