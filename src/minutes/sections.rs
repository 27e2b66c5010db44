//! The sections of an item, by their headings, and whose decision a decision is.

use super::bodies::OwnMeeting;
use super::dialect::{Dialect, SectionHeading, key};
use super::lines;
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
    pub reason: SectionReason,
}

/// Why a section is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectionReason {
    /// Its heading stands in the dialect.
    Heading,
    /// Its heading names this committee and this day, or no other.
    OwnBody,
    /// Its heading names another body.
    OtherBody,
    /// Its heading names this committee on another day.
    OtherDay,
    /// Nothing stands above it.
    NoHeading,
    /// Nothing stands above it, and these minutes label no decision: what follows a title is the decision.
    Unlabelled,
}

/// What the parser knows of the document when it splits an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner<'m> {
    pub own: &'m OwnMeeting,
    /// Decisions stand before the case: a heading such as "Baggrund" then ends one.
    pub decision_first: bool,
}

/// The longest line that can be a heading.
const HEADING_LENGTH: usize = 120;

/// Splits the lines of an item at the headings of sections.
pub(super) fn split<'d>(lines: &[&'d Line], text: &str, dialect: &Dialect, manner: Manner<'_>) -> Vec<RawSection<'d>> {
    let mut sections: Vec<RawSection<'d>> = Vec::new();
    let mut value_below = false;
    for line in lines {
        let found = if value_below { None } else { heading(line, text, dialect, manner, sections.last()) };
        value_below = found.as_ref().is_some_and(|found| {
            dialect.sections.get(&key(&found.heading)).is_some_and(|known| known.value_below && found.inline.is_none())
        });
        match found {
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
                    reason: SectionReason::NoHeading,
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
    manner: Manner<'_>,
    current: Option<&RawSection<'_>>,
) -> Option<RawSection<'d>> {
    let content = line.span.of(text);
    let in_decision = current.is_some_and(|section| section.kind.has_sentences());
    if !matches!(line.kind, LineKind::Plain | LineKind::Heading(_)) {
        return None;
    }
    // Where headings are set in capitals, a line in capitals is one.
    let marked = matches!(line.kind, LineKind::Heading(_)) || is_shouted(content);
    // A decision that stands first ends with "Baggrund", unless it has sub-headings of its own.
    let ends_decision = || {
        manner.decision_first
            && !current.is_some_and(|section| {
                section.lines.iter().skip(1).any(|line| is_short_title(line.span.of(text), dialect))
            })
    };
    let opens = |found: &SectionHeading| found.strong || !in_decision || marked || ends_decision();
    let section = |kind, heading: Span, body: Option<String>, inline: Option<Span>, reason| {
        Some(RawSection {
            kind,
            heading: heading.of(text).trim().to_owned(),
            body,
            heading_span: Some(line.span),
            inline: inline.map(|span| span.trimmed(text)).filter(|span| !span.is_empty()),
            lines: Vec::new(),
            reason,
        })
    };
    let behind = |length: usize| Span::new(line.span.start() + length, line.span.end());
    let before = |length: usize| Span::new(line.span.start(), line.span.start() + length);
    if content.len() <= HEADING_LENGTH * 2 {
        let own = key(content);
        // "Afbud:" below a list of those present belongs to that list.
        if in_decision && !marked && dialect.attendance_headings.contains(&own) {
            return None;
        }
        if let Some(found) = dialect.sections.get(&own).filter(|found| opens(found)) {
            if in_decision && found.kind == SectionKind::Absence && !matches!(line.kind, LineKind::Heading(_)) {
                return None;
            }
            return section(found.kind, line.span, None, None, SectionReason::Heading);
        }
    }
    if let Some(found) = decision_heading(content, dialect) {
        let (kind, body, reason) = whose(&found, dialect, manner.own);
        let inline = (found.length < content.len()).then(|| behind(found.length));
        return section(kind, before(found.length), body, inline, reason);
    }
    // "BeslutningGodkendt.": the line end between heading and text was lost.
    if let Some((word, found)) = glued(content, dialect) {
        return section(found.kind, before(word.len()), None, Some(behind(word.len())), SectionReason::Heading);
    }
    // "Beslutning: Godkendt." has its text on the heading's line.
    let (word, rest) = content.split_once(':')?;
    let own = key(word);
    if word.len() > HEADING_LENGTH || (in_decision && dialect.attendance_headings.contains(&own)) {
        return None;
    }
    let found = dialect.sections.get(&own).filter(|found| found.inline && !rest.trim().is_empty())?;
    if in_decision && found.kind == SectionKind::Absence {
        return None;
    }
    section(found.kind, before(word.len()), None, Some(behind(word.len() + 1)), SectionReason::Heading)
}

fn is_short_title(content: &str, dialect: &Dialect) -> bool {
    content.split_whitespace().count() <= 6
        && lines::is_titular(content, dialect)
        && !lines::tells_outcome(content, dialect)
}

pub(super) fn is_shouted(content: &str) -> bool {
    content.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !content.chars().any(char::is_lowercase)
}

/// A decision heading in small letters with a capital directly behind it.
pub(super) fn glued<'c>(content: &'c str, dialect: &Dialect) -> Option<(&'c str, SectionHeading)> {
    let first = content.get(..content.len().min(HEADING_LENGTH)).unwrap_or_default();
    let first = if first.is_empty() { content.get(..HEADING_LENGTH - 1).unwrap_or_default() } else { first };
    let cut = first.char_indices().skip(1).find(|(at, c)| {
        c.is_uppercase() && content.get(..*at).is_some_and(|before| before.ends_with(char::is_lowercase))
    });
    let word = content.get(..cut?.0)?;
    let found = dialect.sections.get(&key(word)).filter(|found| found.kind == SectionKind::Decision)?;
    Some((word, *found))
}

/// Whether the line is or begins with the heading of a decision, this committee's or another's.
pub(super) fn begins_decision(content: &str, dialect: &Dialect) -> bool {
    names_decision(content, dialect) || glued(content, dialect).is_some()
}

/// A heading such as "Beslutning i Byrådet den 3. maj 2026".
#[derive(Debug)]
pub(super) struct DecisionHeading<'c> {
    /// The body as printed; empty where none is named.
    pub body: &'c str,
    /// The heading alone.
    pub text: &'c str,
    /// Its bytes with the colon behind it; what follows is the decision.
    pub length: usize,
}

/// Whether the line is the heading of a body's decision.
pub(super) fn names_decision(content: &str, dialect: &Dialect) -> bool {
    decision_heading(content, dialect).is_some()
}

/// The heading of a body's decision that the line is or begins with.
pub(super) fn decision_heading<'c>(content: &'c str, dialect: &Dialect) -> Option<DecisionHeading<'c>> {
    // The part before a colon may be the heading and the rest the decision.
    let cut = content.find(": ").and_then(|cut| content.get(..cut));
    let text = cut.unwrap_or(content);
    if text.chars().count() > HEADING_LENGTH || !dialect.may_head_decision(text) {
        return None;
    }
    let found = dialect.decision_headings.iter().find_map(|pattern| pattern.captures(text))?;
    let body = found.name("body").map_or("", |body| body.as_str());
    let body = body.trim().trim_end_matches([',', ':', '.', '-', '–', ' ']);
    let printed = dates(text);
    // A sentence may begin so too ("Beslutning i sagen træffes på næste møde."); a heading has a date or no full stop.
    let sentence = printed.is_empty() && text.trim_end().ends_with('.');
    let vague = !body.starts_with(char::is_uppercase) && printed.is_empty();
    let length = if cut.is_some() { text.len() + 1 } else { content.len() };
    (!sentence && !vague).then_some(DecisionHeading { body, text, length })
}

/// Another body's decision, an earlier one, or this meeting's under its own name.
fn whose(
    heading: &DecisionHeading<'_>,
    dialect: &Dialect,
    own: &OwnMeeting,
) -> (SectionKind, Option<String>, SectionReason) {
    let own_body = heading.body.is_empty() || own.is_own(heading.body, dialect);
    let named = || Some(heading.body.to_owned()).filter(|body| !body.is_empty());
    if !own_body {
        return (SectionKind::OtherDecision, named(), SectionReason::OtherBody);
    }
    if own.may_be_on(&dates(heading.text)) {
        (SectionKind::Decision, None, SectionReason::OwnBody)
    } else {
        (SectionKind::OtherDecision, named(), SectionReason::OtherDay)
    }
}
