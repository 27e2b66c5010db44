//! From a document to minutes: head, items, sections, decisions, outcome, approval.

use std::sync::Arc;

use super::dialect::{Dialect, key};
use super::layout::Layout;
use super::model::{Entry, EntryId, Item, Kind, Minutes, Section, SectionKind};
use super::sections::{OwnMeeting, RawSection, body_key};
use super::{approval, decision, header, items, outcome, sections};
use crate::intake::{Document, Line, LineKind, Warning};
use crate::text::Span;
use crate::text::sentences::WordClasses;

/// A committee by all its names, so that its own decisions are known under each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitteeNames(pub Vec<String>);

/// Reads a document. `committees` are the committees of the configuration: a name that belongs to one of them stands
/// for all names of that one.
#[must_use]
pub fn parse(document: &Document, dialect: &Dialect, classes: &WordClasses, committees: &[CommitteeNames]) -> Minutes {
    let text = &*document.text;
    let split = items::split(document, dialect);
    let head_lines: Vec<&str> = split.head.iter().map(|line| line.span.of(text)).collect();
    let head = header::read(&head_lines, dialect);
    let own_names = own_names(head.committee.as_deref(), committees);
    let own = OwnMeeting { names: &own_names, date: head.date };
    let mut warnings = document.warnings.clone();
    let items: Vec<Item> =
        split.items.iter().map(|raw| item(raw, document, dialect, classes, own, &mut warnings)).collect();
    let has_decisions = items.iter().any(|item| item.own_entries().next().is_some());
    let kind = match head.kind {
        Some(kind) => kind,
        None if has_decisions => Kind::Referat,
        None => Kind::Unknown,
    };
    if items.is_empty() {
        warnings.push(Warning { code: "no-items", message: "no item heading was found".into(), line: None });
    } else if kind == Kind::Referat && !has_decisions {
        warnings.push(Warning {
            code: "no-decisions",
            message: "minutes without a decision section".into(),
            line: None,
        });
    }
    if head.committee.is_none() {
        warnings.push(Warning {
            code: "no-committee",
            message: "the committee is not named in the head".into(),
            line: None,
        });
    }
    if head.date.is_none() {
        warnings.push(Warning {
            code: "no-date",
            message: "the date of the meeting is not in the head".into(),
            line: None,
        });
    }
    let sentences = items.iter().flat_map(Item::own_entries).map(|entry| entry.text.as_str());
    let approval = approval::read(head_lines.iter().copied().chain(sentences), head.draft, dialect);
    Minutes {
        source: document.source.clone(),
        text: Arc::clone(&document.text),
        kind,
        committee: head.committee,
        date: head.date,
        start: head.start,
        end: head.end,
        place: head.place,
        participants: head.participants,
        approval,
        layout: layout_of(document, &items),
        items,
        warnings,
    }
}

/// The forms that the sections show.
fn layout_of(document: &Document, items: &[Item]) -> Layout {
    let mut layout = Layout::default();
    layout.note(format!("format: {:?}", document.source.format).to_lowercase());
    for section in items.iter().flat_map(|item| &item.sections) {
        if section.kind == SectionKind::Decision {
            layout.note(format!("decision: {}", section.heading.split_whitespace().next().unwrap_or_default()));
        }
    }
    layout
}

fn own_names(committee: Option<&str>, committees: &[CommitteeNames]) -> Vec<String> {
    let Some(own) = committee.map(body_key) else { return Vec::new() };
    let same = committees.iter().find(|names| names.0.iter().any(|name| body_key(name) == own));
    let mut names: Vec<String> =
        same.map(|names| names.0.iter().map(|name| body_key(name)).collect()).unwrap_or_default();
    names.push(own);
    names
}

/// Whether two names mean the same committee, letters and digits alone compared.
#[must_use]
pub fn same_committee(one: &str, other: &str) -> bool {
    body_key(one) == body_key(other)
}

fn item(
    raw: &items::RawItem<'_>,
    document: &Document,
    dialect: &Dialect,
    classes: &WordClasses,
    own: OwnMeeting<'_>,
    warnings: &mut Vec<Warning>,
) -> Item {
    let text = &*document.text;
    let mut case = None;
    let mut lines: Vec<&Line> = raw
        .lines
        .iter()
        .enumerate()
        .filter(|(index, line)| {
            // The case number stands among the first lines, alone.
            let found = (*index < 4 && case.is_none()).then(|| case_number(line.span.of(text), dialect)).flatten();
            let content = key(line.span.of(text));
            let group = dialect.closed_groups.contains(&content) || dialect.open_groups.contains(&content);
            let status = *index < 4 && dialect.open_lines.contains(&content);
            let taken = found.is_some() || group || status;
            case = found.or(case.take());
            !taken
        })
        .map(|(_, line)| line)
        .collect();
    let closed = raw.in_closed_group || is_closed(&raw.title, &lines, text, dialect);
    // The heading of a closed item that was not seen as one: what follows it may be closed, so it is left out.
    if !closed && let Some(cut) = lines.iter().position(|line| is_closed_mark(line, text, dialect)) {
        let message =
            format!("item {} holds a line that closes something; it and what follows is left out", raw.printed);
        let line = lines.get(cut).and_then(|line| line.origins.first()).map(|(_, position)| position.line);
        warnings.push(Warning { code: "closed-mark-inside", message, line });
        lines.truncate(cut);
    }
    let stories = is_stories(&raw.title, dialect);
    let mut sections: Vec<Section> = if closed {
        Vec::new()
    } else {
        sections::split(&lines, text, dialect, own)
            .iter()
            .map(|section| finish(section, document, dialect, classes))
            .collect()
    };
    let own_entries = sections.iter_mut().filter(|section| section.kind == SectionKind::Decision);
    for (index, entry) in own_entries.flat_map(|section| &mut section.entries).enumerate() {
        entry.id = Some(EntryId { item: raw.number, index });
    }
    let own_decisions = sections.iter().filter(|section| section.kind == SectionKind::Decision);
    let decided: Vec<&Entry> = own_decisions.flat_map(|section| &section.entries).collect();
    let found = outcome::read(&decided, text, dialect);
    Item {
        number: raw.number,
        printed: raw.printed.clone(),
        title: raw.title.clone(),
        case,
        closed,
        stories,
        outcome: found.outcome,
        amended: found.amended,
        outcomes: found.outcomes,
        votes: found.votes,
        sections,
    }
}

/// The standing item of stories, also behind the code of a committee ("CF - …") or with a time ("… (10.00-10.15)").
fn is_stories(title: &str, dialect: &Dialect) -> bool {
    let title = title.split_once(" (").map_or(title, |(title, _)| title);
    let names =
        [Some(title), title.split_once(" - ").map(|(_, name)| name), title.split_once(": ").map(|(_, name)| name)];
    names.into_iter().flatten().any(|name| dialect.story_titles.contains(&key(name)))
}

fn case_number(content: &str, dialect: &Dialect) -> Option<String> {
    let found = dialect.case_numbers.iter().find_map(|pattern| pattern.captures(content.trim()))?;
    found.name("case").map(|case| case.as_str().to_owned())
}

/// In doubt, closed: by the title, or by a line of its own among the first lines.
fn is_closed(title: &str, lines: &[&Line], text: &str, dialect: &Dialect) -> bool {
    let by_title = dialect.closed_titles.contains(&key(title))
        || dialect.closed_title_pattern.as_ref().is_some_and(|pattern| pattern.is_match(title));
    let by_line = lines
        .iter()
        .take(4)
        .filter(|line| matches!(line.kind, LineKind::Plain | LineKind::Heading(_)))
        .any(|line| dialect.closed_lines.iter().any(|closed| key(closed) == key(line.span.of(text))));
    by_title || by_line
}

/// A short line such as "3. Lukket punkt: Køb af ejendom" in the middle of an item.
fn is_closed_mark(line: &Line, text: &str, dialect: &Dialect) -> bool {
    let content = line.span.of(text);
    if line.kind == LineKind::Row || content.ends_with('.') || content.chars().count() > 160 {
        return false;
    }
    let title =
        content.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ')' | ' ' | '-' | '–'));
    let lower = key(content);
    // Two words such as "lukket punkt" are enough wherever they stand in such a line.
    let named = dialect.closed_titles.iter().any(|title| title.contains(' ') && lower.contains(title.as_str()));
    named
        || dialect.closed_titles.contains(&key(title))
        || dialect.closed_title_pattern.as_ref().is_some_and(|pattern| pattern.is_match(title))
}

fn finish(raw: &RawSection<'_>, document: &Document, dialect: &Dialect, classes: &WordClasses) -> Section {
    let first = raw.heading_span.or_else(|| raw.lines.first().map(|line| line.span));
    let last = raw.lines.last().map(|line| line.span).or(raw.heading_span);
    let span = Span::new(first.map_or(0, Span::start), last.map_or(0, Span::end));
    let entries = if raw.kind.has_sentences() {
        decision::entries(document, raw.inline, &raw.lines, dialect, classes)
    } else {
        Vec::new()
    };
    Section { kind: raw.kind, heading: raw.heading.clone(), body: raw.body.clone(), span, entries }
}
