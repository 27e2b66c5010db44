//! Whether an item may be made public. In doubt it may not.
//!
//! A word such as "lukket" anywhere in a title closes the item, unless the title says with it that something else is
//! closed ("holder lukket i uge 29"). So do a line of its own, a status behind a colon, a heading over several items and
//! a sentence that says so, also where a decision is printed.

use super::dialect::{Dialect, Topic, key};
use super::known_line::KnownLine;
use super::lines;
use crate::intake::LineKind;

/// Ends of the nouns that a mark closes, alone or in a compound: "fortrolige lejesager".
const MARKED: [&str; 10] =
    ["sag", "sager", "sagen", "sagerne", "punkt", "punkter", "punkterne", "møde", "døre", "forhandlinger"];
/// How many lines below the heading hold labels and status.
const TOP: usize = 8;

/// Whether the title says it.
pub(super) fn is_closed_title(title: &str, dialect: &Dialect) -> bool {
    // "L u k k e t"
    let letters = |text: &str| text.split(' ').all(|letter| letter.chars().count() == 1);
    if !may_be_spaced(title) && !dialect.closed.letters.tells(title) {
        return false;
    }
    let mut lower = key(title);
    for phrase in &dialect.closed.open_phrases {
        if lower.contains(phrase.as_str()) {
            lower = lower.replace(phrase.as_str(), "");
        }
    }
    dialect.closed.lines.has(&lower)
        || (letters(&lower) && dialect.closed.lines.has(&lower.split(' ').collect::<String>()))
        || words(&lower).any(|word| dialect.closed.words.has(word))
        || dialect.closed.phrases.iter().any(|phrase| lower.contains(phrase.as_str()))
}

/// Whether the title may be set wide: each of its first words is a letter.
fn may_be_spaced(title: &str) -> bool {
    let is_letter = |word: &str| word.trim_end_matches([':', '.']).chars().nth(1).is_none();
    title.split_whitespace().take(3).all(is_letter)
}

/// Whether the first two characters are letters.
fn begins_with_word(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_some_and(char::is_alphabetic)
}

/// The title as the item itself may have it: without "(lukket)" or "– Lukket punkt".
pub(super) fn without_mark(title: &str, dialect: &Dialect) -> String {
    let closing = |part: &str| is_closed_title(part, dialect);
    let part = title
        .split(['(', ')', '–', '[', ']'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(": "))
        .find(|part| !part.trim().is_empty() && !closing(part));
    key(part.unwrap_or(title).trim())
}

/// Whether the item's lines say it.
pub(super) fn is_closed_by(lines: &[&KnownLine<'_>], dialect: &Dialect) -> bool {
    let top = || lines.iter().take(TOP).take_while(|line| !line.opens_section());
    // A line that says nothing else says it wherever it stands; behind a case number only at the top.
    let first_of_section = |index: usize| {
        index < TOP
            || index.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|before| before.opens_section())
    };
    let labelled = |line: &KnownLine<'_>| line.has_colon;
    let status = lines.iter().enumerate().any(|(index, line)| {
        // Below a decision such a line may be the heading of another item, which cuts this one.
        says_closed(line, dialect) && (labelled(line) || first_of_section(index))
    }) || top().any(|line| {
        line.case.is_some() && lines::status_behind(line.content, dialect).is_some_and(|(_, closed)| closed)
    });
    status
        || crossed(lines, dialect)
        || lines
            .iter()
            .filter(|line| line.may_tell(Topic::Closed) && line.kind != LineKind::Row)
            .any(|line| dialect.closed.sentences.tells(line.content))
}

/// "Lukket", "Status: Lukket", "Offentlighed: Nej", alone on a line.
fn says_closed(line: &KnownLine<'_>, dialect: &Dialect) -> bool {
    let content = line.content;
    if line.kind == LineKind::Row || content.len() > 80 || !(line.may_be_listed || line.has_colon) {
        return false;
    }
    let closed = &dialect.closed;
    let Some((label, value)) = content.split_once(':') else { return closed.lines.has(content) };
    closed.lines.has(value)
        || (closed.open_labels.has(label) && closed.no.has(value))
        || (closed.lines.has(label) && (closed.yes.has(value) || key(value).is_empty()))
}

/// A small table with a column for closed items, and a cross in it.
fn crossed(lines: &[&KnownLine<'_>], dialect: &Dialect) -> bool {
    let rows = || lines.iter().take(TOP).filter(|line| line.kind == LineKind::Row).map(|line| line.content);
    let column = rows().find_map(|row| row.split('\t').position(|cell| dialect.closed.lines.has(cell)));
    let Some(column) = column else { return false };
    rows().any(|row| row.split('\t').nth(column).is_some_and(|cell| dialect.closed.yes.has(cell)))
}

/// A short line such as "3. Lukket punkt: Køb af ejendom" in the middle of an item; `told`: the item is a list of what
/// shall be told of the meeting.
pub(super) fn is_closed_mark(line: &KnownLine<'_>, told: bool, dialect: &Dialect) -> bool {
    let content = line.content;
    if told && only_describes(content, dialect) {
        return false;
    }
    // A word of more than one letter, as nearly every line has it first.
    if !line.may_tell(Topic::ClosedTitle) && begins_with_word(content) {
        return false;
    }
    let title =
        content.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ')' | ' ' | '-' | '–'));
    let may_close = line.may_tell(Topic::ClosedTitle) || may_be_spaced(title);
    if !may_close || line.kind == LineKind::Row || content.chars().count() > 160 {
        return false;
    }
    if content.ends_with('.') {
        return dialect.closed.lines.has(content);
    }
    is_closed_title(title, dialect) && !lines::has_verb(title, dialect)
}

/// Whether the line calls things closed and closes nothing: "Fortrolige kontaktpersoner mod krænkelser" is a story, where
/// "Fortrolige sager" and "Lukket: Køb af ejendom" are marks.
///
/// The layout's marks speak of one item ("lukket", "fortroligt") or name what they close. So only words in the plural or
/// definite form describe, each in front of a noun that no mark has.
fn only_describes(content: &str, dialect: &Dialect) -> bool {
    let closed = &dialect.closed;
    let parts: Vec<&str> = words(content).collect();
    let describes = |index: usize, word: &str| {
        let noun = parts.get(index + 1).filter(|noun| noun.starts_with(char::is_lowercase));
        let is_mark = |noun: &str| {
            let pair = format!("{word} {noun}");
            closed.lines.has(&pair) || closed.groups.has(&pair) || MARKED.iter().any(|end| noun.ends_with(end))
        };
        word.ends_with('e') && noun.is_some_and(|noun| !is_mark(noun))
    };
    let closing = || parts.iter().enumerate().filter(|(_, word)| closed.words.has(&key(word)));
    !content.contains([':', '(', '[', '–'])
        && closing().next().is_some()
        && closing().all(|(index, word)| describes(index, &key(word)))
        && !closed.phrases.iter().any(|phrase| key(content).contains(phrase.as_str()))
}

/// Whether the line is the heading of a group of items, and whether of closed ones: "B. LUKKEDE SAGER".
pub(super) fn group(content: &str, dialect: &Dialect) -> Option<bool> {
    if content.len() > 80 {
        return None;
    }
    // "B. Lukkede sager", "II. Lukkede punkter".
    let letters = |mark: &str| mark.len() <= lines::LONGEST_MARK && mark.chars().all(char::is_alphabetic);
    let bare = content.trim_start().split_once(['.', ')', ':']).filter(|(mark, _)| letters(mark)).map(|(_, rest)| rest);
    let groups = &dialect.closed.groups;
    let (whole, bare) = (groups.get(content).copied(), bare.and_then(|bare| groups.get(bare)).copied());
    // In doubt it is closed.
    whole.max(bare)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
