//! The entries of a decision: sentences, list items, rows, sub-headings, lead-ins and who was there.

use super::dialect::{Dialect, Topic};
use super::known_line::KnownLine;
use super::model::{Entry, EntryKind};
use super::{lines, votes};
use crate::intake::LineKind;
use crate::text::Span;
use crate::text::sentences::{WordClasses, sentences};

/// A paragraph, item or row of a decision.
struct Block<'d> {
    /// The line that holds it.
    line: &'d KnownLine<'d>,
    /// It is all of its line but for the marker, and not the text behind a heading.
    whole: bool,
    /// Without the list marker.
    span: Span,
    kind: LineKind,
    emphasised: bool,
}

impl Block<'_> {
    /// Whether it may be a known heading; a list item, which has its marker before it, always may.
    fn may_be_listed(&self) -> bool {
        self.kind != LineKind::Plain || !self.whole || self.line.may_be_listed
    }
}

/// The longest sub-heading, in words.
const SUBHEADING_WORDS: usize = 12;
/// The longest line that can be the name of somebody present, in words.
const NAME_WORDS: usize = 14;

/// The entries of a decision, and the line of each.
pub(super) struct Told<'d> {
    pub entries: Vec<Entry>,
    pub lines: Vec<&'d KnownLine<'d>>,
}

/// Splits the lines of a decision; `inline` is text that stood on the heading's line. Names (`id`) are given later.
pub(super) fn entries<'d>(
    text: &str,
    inline: Option<(&'d KnownLine<'d>, Span)>,
    lines: &[&'d KnownLine<'d>],
    dialect: &Dialect,
    classes: &WordClasses,
) -> Told<'d> {
    let first = inline.map(|(line, span)| Block { line, whole: false, span, kind: LineKind::Plain, emphasised: false });
    let mut blocks: Vec<Block<'d>> = Vec::with_capacity(lines.len() + 1);
    blocks.extend(first.into_iter().chain(lines.iter().map(|line| block(line, text))));
    let mut entries: Vec<Entry> = Vec::with_capacity(blocks.len() + blocks.len() / 2);
    let mut told_in: Vec<&'d KnownLine<'d>> = Vec::with_capacity(entries.capacity());
    let mut after_attendance_heading = false;
    for (index, block) in blocks.iter().enumerate() {
        let content = block.span.of(text);
        let previous = index.checked_sub(1).and_then(|before| blocks.get(before));
        let next = blocks.get(index + 1);
        let mut push = |kind: EntryKind, span: Span| {
            let at = block.line.positions(span);
            let text = with_single_blanks(span.of(text), block.line);
            entries.push(Entry { id: None, kind, text, span, at, paragraph: index });
            told_in.push(block.line);
        };
        if block.may_be_listed() && is_attendance_heading(content, dialect) {
            after_attendance_heading = true;
            push(EntryKind::Attendance, block.span);
            continue;
        }
        if after_attendance_heading && is_name_line(content, dialect) {
            push(EntryKind::Attendance, block.span);
            continue;
        }
        after_attendance_heading = false;
        if block.kind == LineKind::Row {
            push(EntryKind::Row, block.span);
            continue;
        }
        if is_subheading(block, previous, next, text, dialect) {
            push(EntryKind::Subheading, block.span);
            continue;
        }
        let may_attend = block.line.may_tell(Topic::Attendance);
        let mut spans = sentences(content, classes).map(|span| span.shifted(block.span.start())).peekable();
        while let Some(span) = spans.next() {
            let sentence = span.of(text);
            let kind = if may_attend && dialect.attendance.tells(sentence) {
                EntryKind::Attendance
            } else if is_item(block, text) {
                EntryKind::ListItem
            } else if spans.peek().is_none() && is_lead_in(sentence, next, text) {
                EntryKind::LeadIn
            } else {
                EntryKind::Sentence
            };
            push(kind, span);
        }
    }
    Told { entries, lines: told_in }
}

/// A text with one blank for all white space between two words.
fn with_single_blanks(text: &str, line: &KnownLine<'_>) -> String {
    if line.has_single_blanks {
        return text.trim().to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn block<'d>(line: &'d KnownLine<'d>, text: &str) -> Block<'d> {
    let skip = if let LineKind::ListItem { marker, .. } = line.kind { marker } else { 0 };
    let span = Span::new((line.span.start() + skip).min(line.span.end()), line.span.end()).trimmed(text);
    Block { line, whole: true, span, kind: line.kind, emphasised: line.emphasised }
}

/// List items, and the clauses "at …" that continue "Udvalget besluttede,".
fn is_item(block: &Block<'_>, text: &str) -> bool {
    matches!(block.kind, LineKind::ListItem { .. }) || block.span.of(text).starts_with("at ")
}

fn is_lead_in(sentence: &str, next: Option<&Block<'_>>, text: &str) -> bool {
    match sentence.trim_end_matches(['"', '”', '»', ')']).chars().last() {
        Some(':' | ';') => true,
        Some('.' | '!' | '?' | '…') | None => false,
        // "Udvalget besluttede," and "Udvalget besluttede, at" announce the items below.
        Some(_) => {
            next.is_some_and(|next| is_item(next, text)) && (sentence.ends_with(',') || sentence.ends_with(" at"))
        }
    }
}

fn is_attendance_heading(content: &str, dialect: &Dialect) -> bool {
    dialect.attendance_headings.has(content) && content.split_whitespace().count() <= 3
}

/// A line that names a person: short, no sentence, no verb.
fn is_name_line(content: &str, dialect: &Dialect) -> bool {
    let words = content.split_whitespace().count();
    words <= NAME_WORDS
        && !content.ends_with(['.', '!', '?', ':'])
        && content.starts_with(char::is_uppercase)
        && !lines::has_verb(content, dialect)
}

fn is_subheading(
    block: &Block<'_>,
    previous: Option<&Block<'_>>,
    next: Option<&Block<'_>>,
    text: &str,
    dialect: &Dialect,
) -> bool {
    let content = block.span.of(text);
    let bare = content.trim_end_matches(['"', '”', '»', ')']);
    if bare.ends_with(['.', '!', '…', ';', ',']) {
        return false;
    }
    // A heading has text below it that is no further line of its own sort.
    let Some(next) = next else { return false };
    let words = content.split_whitespace().take(SUBHEADING_WORDS + 1).count();
    if words == 0 || words > SUBHEADING_WORDS || (block.line.has_digit && votes::tells(content)) {
        return false;
    }
    let is_list = |block: &Block<'_>| matches!(block.kind, LineKind::ListItem { .. });
    // "Referent: Lis Holm" heads nothing.
    if block.line.may_tell(Topic::Attendance) && dialect.attendance.tells(content) {
        return false;
    }
    match block.kind {
        LineKind::Heading(_) => true,
        LineKind::Row => false,
        _ if content.ends_with([':', '?']) => {
            block.emphasised && !is_list(next) && content.ends_with(':') && words <= 6
        }
        LineKind::ListItem { .. } => {
            // "- Fridage" with prose below it, outside a list.
            let alone = !previous.is_some_and(is_list) || block.emphasised;
            !is_list(next)
                && next.kind != LineKind::Row
                && alone
                && !lines::has_verb(content, dialect)
                && !previous.is_some_and(|previous| previous.span.of(text).trim_end().ends_with([':', ';', ',']))
        }
        LineKind::Plain => {
            let starts_well = content
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"' || c == '”')
                && !content
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start()
                    .starts_with(char::is_lowercase);
            let longer_below = next.kind != LineKind::Plain || ends_as_prose(next.span.of(text));
            starts_well && longer_below && (block.emphasised || !lines::has_verb(content, dialect))
        }
    }
}

fn ends_as_prose(content: &str) -> bool {
    content.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '!', '?', ':', ';', '…'])
        || content.split_whitespace().count() > SUBHEADING_WORDS
}
