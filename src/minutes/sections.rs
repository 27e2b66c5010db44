//! The sections of an item, by their headings, and whose decision a decision is.

use chrono::NaiveDate;

use super::dialect::{Dialect, SectionHeading, key};
use super::model::SectionKind;
use crate::intake::{Line, LineKind};
use crate::text::Span;
use crate::text::dates::dates;

/// A section: its heading and its lines.
#[derive(Debug)]
pub(super) struct RawSection<'d> {
    pub kind: SectionKind,
    pub heading: String,
    pub body: Option<String>,
    pub heading_span: Option<Span>,
    /// Text that stands behind the heading on its own line.
    pub inline: Option<Span>,
    pub lines: Vec<&'d Line>,
}

/// The meeting whose minutes these are: its decisions are the own ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnMeeting<'m> {
    /// The committee's names and abbreviations, folded by [`body_key`].
    pub names: &'m [String],
    pub date: Option<NaiveDate>,
}

/// The longest line that can be a heading.
const HEADING_LENGTH: usize = 120;

/// Splits the lines of an item at the headings of sections.
pub(super) fn split<'d>(lines: &[&'d Line], text: &str, dialect: &Dialect, own: OwnMeeting<'_>) -> Vec<RawSection<'d>> {
    let mut sections: Vec<RawSection<'d>> = Vec::new();
    for line in lines {
        let current = sections.last().map(|section| section.kind);
        let in_decision = current.is_some_and(SectionKind::has_sentences);
        match heading(line, text, dialect, own, in_decision) {
            Some(found) => sections.push(found),
            None => match sections.last_mut() {
                Some(section) => section.lines.push(line),
                None => sections.push(RawSection {
                    kind: SectionKind::Other,
                    heading: String::new(),
                    body: None,
                    heading_span: None,
                    inline: None,
                    lines: vec![line],
                }),
            },
        }
    }
    sections
}

fn heading<'d>(
    line: &Line,
    text: &str,
    dialect: &Dialect,
    own: OwnMeeting<'_>,
    in_decision: bool,
) -> Option<RawSection<'d>> {
    let content = line.span.of(text);
    if !matches!(line.kind, LineKind::Plain | LineKind::Heading(_)) || content.len() > HEADING_LENGTH * 4 {
        return None;
    }
    // Where headings are set in capitals, a line in capitals is one.
    let marked = matches!(line.kind, LineKind::Heading(_)) || is_shouted(content);
    let opens = |found: &SectionHeading| found.strong || !in_decision || marked;
    let section = |kind, heading: &str, body: Option<String>, inline| {
        Some(RawSection {
            kind,
            heading: heading.trim().to_owned(),
            body,
            heading_span: Some(line.span),
            inline,
            lines: Vec::new(),
        })
    };
    // "Afbud:" below a list of those present belongs to that list.
    if in_decision && !marked && dialect.attendance_headings.contains(&key(content)) {
        return None;
    }
    if let Some(found) = dialect.sections.get(&key(content)).filter(|found| opens(found)) {
        return section(found.kind, content, None, None);
    }
    if let Some((kind, body)) = decision_of(content, dialect, own) {
        return section(kind, content, body, None);
    }
    // "BeslutningGodkendt.": the line end between heading and text was lost.
    if let Some((word, found)) = glued(content, dialect) {
        let inline = Span::new(line.span.start() + word.len(), line.span.end());
        return section(found.kind, word, None, Some(inline));
    }
    // "Beslutning: Godkendt." has its text on the heading's line.
    let (word, rest) = content.split_once(':')?;
    if in_decision && dialect.attendance_headings.contains(&key(word)) {
        return None;
    }
    let found = dialect.sections.get(&key(word)).filter(|found| found.strong && !rest.trim().is_empty())?;
    let inline = Span::new(line.span.start() + word.len() + 1, line.span.end()).trimmed(text);
    section(found.kind, word, None, Some(inline))
}

fn is_shouted(content: &str) -> bool {
    content.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !content.chars().any(char::is_lowercase)
}

/// A decision heading in small letters with a capital directly behind it.
fn glued<'c>(content: &'c str, dialect: &Dialect) -> Option<(&'c str, SectionHeading)> {
    let cut = content.char_indices().skip(1).find(|(at, c)| {
        c.is_uppercase() && content.get(..*at).is_some_and(|before| before.ends_with(char::is_lowercase))
    });
    let word = content.get(..cut?.0)?;
    let found = dialect.sections.get(&key(word)).filter(|found| found.kind == SectionKind::Decision)?;
    Some((word, *found))
}

/// "Beslutning fra Direktionen, 1. september 2026, pkt. 4:": another body's decision, or this meeting's with its name.
fn decision_of(content: &str, dialect: &Dialect, own: OwnMeeting<'_>) -> Option<(SectionKind, Option<String>)> {
    if content.chars().count() > HEADING_LENGTH {
        return None;
    }
    let found = dialect.other_decisions.iter().find_map(|pattern| pattern.captures(content))?;
    let body = found.name("body")?.as_str().trim().trim_end_matches([',', ':', '.']);
    let printed = dates(content);
    // A sentence may begin so too ("Beslutning i sagen træffes på næste møde."); a heading has a date or no full stop.
    if printed.is_empty() && content.trim_end().ends_with('.') {
        return None;
    }
    if !body.starts_with(char::is_uppercase) && printed.is_empty() {
        return None;
    }
    let name = body_key(body);
    let own_body = own.names.iter().any(|own| name == *own || name.strip_suffix('s') == Some(own.as_str()));
    let own_date = own.date.is_none_or(|date| printed.iter().all(|printed| printed.may_be(date)));
    if own_body && own_date {
        return Some((SectionKind::Decision, None));
    }
    Some((SectionKind::OtherDecision, Some(body.to_owned())))
}

/// How names of committees are compared: letters and digits alone, "og" and "&" alike.
pub(super) fn body_key(name: &str) -> String {
    name.to_lowercase().replace('&', " og ").chars().filter(|c| c.is_alphanumeric()).collect()
}
