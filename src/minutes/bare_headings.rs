//! Item headings without the word "punkt": "49. Godkendelse af dagsorden", "16 Udpegning", "38Godkendelse".
//!
//! Every numbered list looks like an agenda, so a line counts only with evidence: its title stands in the table of
//! contents, or what follows directly is what follows a heading (a case number, a known section heading). Numbers may
//! begin anywhere and jump, but the list of points under a recommendation, which begins again at 1, is none.

use std::collections::BTreeSet;

use super::dialect::{Dialect, key};
use super::model::SectionKind;
use crate::intake::{Document, Line, LineKind, is_contents_line};

/// How many lines below a heading may stand before the first sign that it is one: labels, a repeated title.
const REACH: usize = 4;
/// The longest title, in characters.
const LONGEST: usize = 200;

/// A line that may be a heading.
struct Candidate {
    index: usize,
    number: u32,
    printed: String,
    title: String,
    /// It is part of what layout calls a list.
    in_list: bool,
}

/// Places, numbers and titles of the headings.
pub(super) fn find(document: &Document, dialect: &Dialect) -> Vec<(usize, String, String)> {
    let text = &*document.text;
    let contents = contents_titles(document, dialect);
    let first_line = contents.last_line.map_or(0, |line| line + 1);
    let mut found: Vec<(usize, String, String)> = Vec::new();
    let mut last_number: Option<u32> = None;
    let mut section: Option<SectionKind> = None;
    for (index, line) in document.lines.iter().enumerate().skip(first_line) {
        let content = line.span.of(text);
        if let Some(heading) = dialect.sections.get(&key(content)) {
            section = Some(heading.kind);
            continue;
        }
        let Some(candidate) = candidate(index, line, content, dialect) else { continue };
        let listed = contents.titles.iter().any(|title| {
            let own = key(&candidate.title);
            own == *title || (title.chars().count() > 12 && own.starts_with(title.as_str()))
        });
        let opens = opens_item(document, index, dialect);
        let grows = last_number.is_none_or(|last| candidate.number > last);
        let asked = section == Some(SectionKind::Recommendation) && candidate.in_list;
        if listed || (grows && opens && !asked) {
            last_number = Some(candidate.number);
            section = None;
            found.push((candidate.index, candidate.printed, candidate.title));
        }
    }
    found
}

fn candidate(index: usize, line: &Line, content: &str, dialect: &Dialect) -> Option<Candidate> {
    if line.kind == LineKind::Row || content.chars().count() > LONGEST || is_contents_line(content) {
        return None;
    }
    let found = dialect.bare_item_headings.iter().find_map(|pattern| pattern.captures(content))?;
    let (printed, title) = (found.name("number")?.as_str(), found.name("title")?.as_str().trim());
    let number: u32 = printed.trim_end_matches(char::is_alphabetic).parse().ok()?;
    let begins = title.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '"' | '”' | '»'));
    let sentence = title.ends_with(['.', ':', ';', ',']) && title.split_whitespace().count() > 3;
    // "31 12 2025", "8.00 Morgenmad": a date or a time.
    let counts = title.starts_with(|c: char| c.is_ascii_digit());
    (begins && !sentence && !counts).then(|| Candidate {
        index,
        number,
        printed: printed.to_owned(),
        title: title.to_owned(),
        in_list: matches!(line.kind, LineKind::ListItem { .. }),
    })
}

/// Whether what stands below is what stands below the heading of an item.
fn opens_item(document: &Document, index: usize, dialect: &Dialect) -> bool {
    let below = document.lines.iter().skip(index + 1).take(REACH).map(|line| line.span.of(&document.text));
    for content in below {
        let known = dialect.sections.contains_key(&key(content))
            || dialect.other_decisions.iter().any(|pattern| pattern.is_match(content))
            || dialect.case_numbers.iter().any(|pattern| pattern.is_match(content.trim()))
            || dialect.closed_lines.iter().any(|closed| key(closed) == key(content))
            || content
                .split_once(':')
                .is_some_and(|(word, _)| dialect.sections.get(&key(word)).is_some_and(|found| found.strong));
        if known {
            return true;
        }
        // Running text, or the next point of a list: no heading above it.
        if content.ends_with('.') || content.chars().count() > LONGEST {
            return false;
        }
    }
    false
}

/// The titles that the table of contents has, and its last line.
struct Contents {
    titles: BTreeSet<String>,
    last_line: Option<usize>,
}

fn contents_titles(document: &Document, dialect: &Dialect) -> Contents {
    let mut contents = Contents { titles: BTreeSet::new(), last_line: None };
    for (index, line) in document.lines.iter().enumerate() {
        let content = line.span.of(&document.text);
        if !is_contents_line(content) {
            continue;
        }
        contents.last_line = Some(index);
        let title =
            content.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '…' | '_' | '\u{a0}'));
        let bare = dialect.bare_item_headings.iter().find_map(|pattern| pattern.captures(title));
        let title = bare.as_ref().and_then(|found| found.name("title")).map_or(title, |title| title.as_str());
        contents.titles.insert(key(title));
    }
    contents
}
