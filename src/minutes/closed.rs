//! Whether an item may be made public. In doubt it may not.
//!
//! A word such as "lukket" anywhere in a title closes the item, unless the title says with it that something else is
//! closed ("holder lukket i uge 29"). So do a line of its own, a status behind a colon, a heading over several items and
//! a sentence that says so, also where a decision is printed.

use super::dialect::{Dialect, key};
use super::lines;
use crate::intake::{Line, LineKind};

/// How many lines below the heading hold labels and status.
const TOP: usize = 8;

/// Whether the title says it.
pub(super) fn is_closed_title(title: &str, dialect: &Dialect) -> bool {
    let mut lower = key(title);
    for phrase in &dialect.closed.open_phrases {
        lower = lower.replace(phrase.as_str(), "");
    }
    dialect.closed.lines.contains(&lower)
        || words(&lower).any(|word| dialect.closed.words.contains(word))
        || dialect.closed.phrases.iter().any(|phrase| lower.contains(phrase.as_str()))
}

/// Whether the item's lines say it.
pub(super) fn is_closed_by(lines: &[&Line], text: &str, dialect: &Dialect) -> bool {
    let top = || lines.iter().take(TOP).take_while(|line| !lines::opens_section(line.span.of(text), dialect));
    let status = top().any(|line| {
        let content = line.span.of(text);
        let value = content.split_once(':').map_or(content, |(_, value)| value);
        line.kind != LineKind::Row
            && (dialect.closed.lines.contains(&key(content)) || dialect.closed.lines.contains(&key(value)))
    });
    status
        || crossed(lines, text, dialect)
        || lines.iter().filter(|line| line.kind != LineKind::Row).any(|line| {
            let content = line.span.of(text);
            let lower = content.to_lowercase();
            dialect.closed.sentences.tells(content, &lower)
        })
}

/// A small table with a column for closed items, and a cross in it.
fn crossed(lines: &[&Line], text: &str, dialect: &Dialect) -> bool {
    let rows = || lines.iter().take(TOP).filter(|line| line.kind == LineKind::Row).map(|line| line.span.of(text));
    let column = rows().find_map(|row| row.split('\t').position(|cell| dialect.closed.lines.contains(&key(cell))));
    let Some(column) = column else { return false };
    rows()
        .any(|row| row.split('\t').nth(column).is_some_and(|cell| matches!(key(cell).as_str(), "x" | "☒" | "ja" | "✓")))
}

/// A short line such as "3. Lukket punkt: Køb af ejendom" in the middle of an item.
pub(super) fn is_closed_mark(line: &Line, text: &str, dialect: &Dialect) -> bool {
    let content = line.span.of(text);
    if line.kind == LineKind::Row || content.ends_with('.') || content.chars().count() > 160 {
        return false;
    }
    let title =
        content.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ')' | ' ' | '-' | '–'));
    is_closed_title(title, dialect) && !lines::has_verb(title, dialect)
}

/// Whether the line is the heading of a group of items, and whether of closed ones: "B. LUKKEDE SAGER".
pub(super) fn group(content: &str, dialect: &Dialect) -> Option<bool> {
    if content.len() > 80 {
        return None;
    }
    let own = key(content);
    // "B. Lukkede sager", "II. Lukkede punkter".
    let bare = own.split_once(['.', ')', ':']).filter(|(mark, _)| mark.len() <= 3).map_or("", |(_, rest)| rest.trim());
    let is_in = |groups: &std::collections::BTreeSet<String>| groups.contains(&own) || groups.contains(bare);
    if is_in(&dialect.closed.groups) {
        Some(true)
    } else if is_in(&dialect.closed.open_groups) {
        Some(false)
    } else {
        None
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
