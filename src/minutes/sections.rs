//! The sections of an item, by their headings, and whose decision a decision is.

use super::bodies::{OwnMeeting, Owned, names_body};
use super::dialect::{Dialect, SectionHeading, Topic, key};
use super::known_line::KnownLine;
use super::lines;
use super::model::SectionKind;
use crate::intake::LineKind;
use crate::text::Span;
use crate::text::dates::{PrintedDate, dates};

/// A section: its heading and its lines.
#[derive(Debug)]
pub(super) struct RawSection<'d> {
    pub kind: SectionKind,
    pub heading: String,
    pub body: Option<String>,
    /// The line of its heading.
    pub heading_line: Option<&'d KnownLine<'d>>,
    /// Text that stands behind the heading on its own line.
    pub inline: Option<Span>,
    pub lines: Vec<&'d KnownLine<'d>>,
    pub reason: SectionReason,
}

/// Why a section is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectionReason {
    /// Its heading stands in the dialect.
    Heading,
    /// Its heading names this committee and this day.
    OwnBody,
    /// Its heading names the day alone, or the committee by initials or in general.
    OwnLoosely,
    /// Its heading names another body.
    OtherBody,
    /// Its heading names this committee on another day.
    OtherDay,
    /// The item has another that is more likely the own one.
    OtherOfSeveral,
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
    /// Decisions have formal headings: "Konklusion" in a case is then no decision.
    pub formal: bool,
}

/// The longest line that can be a heading.
const HEADING_LENGTH: usize = 120;

/// Splits the lines of an item at the headings of sections.
pub(super) fn split<'d>(
    lines: &[&'d KnownLine<'d>],
    text: &str,
    dialect: &Dialect,
    manner: Manner<'_>,
) -> Vec<RawSection<'d>> {
    let mut sections: Vec<RawSection<'d>> = Vec::new();
    let mut value_below = false;
    for line in lines {
        let found = if value_below { None } else { heading(line, text, dialect, manner, sections.last()) };
        value_below = found.as_ref().is_some_and(|found| {
            dialect.sections.get(&found.heading).is_some_and(|known| known.value_below && found.inline.is_none())
        });
        match found {
            Some(found) => sections.push(found),
            None => match sections.last_mut() {
                Some(section) => section.lines.push(line),
                None => sections.push(RawSection {
                    kind: SectionKind::Other,
                    heading: String::new(),
                    body: None,
                    heading_line: None,
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
    line: &'d KnownLine<'d>,
    text: &str,
    dialect: &Dialect,
    manner: Manner<'_>,
    current: Option<&RawSection<'_>>,
) -> Option<RawSection<'d>> {
    let content = line.content;
    let in_decision = current.is_some_and(|section| section.kind.has_sentences());
    if let LineKind::ListItem { marker, .. } = line.kind {
        return listed_heading(line, marker, dialect, current);
    }
    if line.kind == LineKind::Row {
        return None;
    }
    // "Bilag 1 - Lokaleplan.pdf" below a decision ends it.
    if in_decision && line.may_tell(Topic::Attachment) && content.len() < 200 && dialect.attachment.tells(content) {
        return Some(RawSection {
            kind: SectionKind::Attachments,
            heading: String::new(),
            body: None,
            heading_line: Some(line),
            inline: None,
            lines: Vec::new(),
            reason: SectionReason::NoHeading,
        });
    }
    // Where headings are set in capitals, a line in capitals is one.
    let marked = matches!(line.kind, LineKind::Heading(_)) || is_shouted(content);
    // A decision that stands first ends with "Baggrund", unless it has sub-headings of its own.
    let ends_decision = || {
        manner.decision_first
            && !current
                .is_some_and(|section| section.lines.iter().skip(1).any(|line| is_short_title(line.content, dialect)))
    };
    let opens = |found: &SectionHeading| found.strong || !in_decision || marked || ends_decision();
    let section = |kind, heading: Span, body: Option<String>, inline: Option<Span>, reason| {
        Some(RawSection {
            kind,
            heading: heading.of(text).trim().to_owned(),
            body,
            heading_line: Some(line),
            inline: inline.map(|span| span.trimmed(text)).filter(|span| !span.is_empty()),
            lines: Vec::new(),
            reason,
        })
    };
    let behind = |length: usize| Span::new(line.span.start() + length, line.span.end());
    let before = |length: usize| Span::new(line.span.start(), line.span.start() + length);
    if line.may_be_listed && content.len() <= HEADING_LENGTH * 2 {
        // "Afbud:" below a list of those present belongs to that list.
        if in_decision && !marked && dialect.attendance_headings.has(content) {
            return None;
        }
        let known = line.section.or_else(|| dated_heading(content, dialect).copied());
        if let Some(found) = known.filter(|found| opens(found) && !is_informal(found, manner)) {
            if in_decision && found.kind == SectionKind::Absence && !matches!(line.kind, LineKind::Heading(_)) {
                return None;
            }
            return section(found.kind, line.span, None, None, SectionReason::Heading);
        }
    }
    // "Referat af HovedMED 24-03-2026" is the name of an attachment.
    let attachment = current.is_some_and(|section| section.kind == SectionKind::Attachments);
    let decides =
        |found: &DecisionHeading<'_>| !attachment || (dialect.says_decision(found.text) && !found.dates.is_empty());
    if let Some(found) = line.decision.as_deref().filter(|found| decides(found)) {
        let (kind, body, reason) = whose(found, manner.own);
        let inline = (found.length < content.len()).then(|| behind(found.length));
        return section(kind, before(found.length), body, inline, reason);
    }
    // "BeslutningGodkendt.": the line end between heading and text was lost.
    if let Some((length, found)) = line.glued {
        return section(found.kind, before(length), None, Some(behind(length)), SectionReason::Heading);
    }
    // "Beslutning: Godkendt." has its text on the heading's line.
    let (word, rest) = if line.has_colon { content.split_once(':') } else { None }.unwrap_or((content, ""));
    if word.len() > HEADING_LENGTH || (in_decision && line.may_be_listed && dialect.attendance_headings.has(word)) {
        return None;
    }
    let found = line.labelled.filter(|found| found.inline && !rest.trim().is_empty() && !is_informal(found, manner));
    // "Beslutning: Socialudvalget den 5. maj 2026"
    if found.is_some_and(|found| found.kind == SectionKind::Decision) && is_body_and_day(rest.trim(), dialect) {
        let body = body_before_day(rest.trim());
        let heading = DecisionHeading { body, text: content, length: content.len(), dates: dates(content) };
        let (kind, body, reason) = whose(&heading, manner.own);
        return section(kind, line.span, body, None, reason);
    }
    if found.is_none() && in_decision && names_other(line, dialect, manner.own) {
        let body = Some(body_before_day(content).to_owned());
        return section(SectionKind::OtherDecision, line.span, body, None, SectionReason::OtherBody);
    }
    let found = found?;
    if in_decision && found.kind == SectionKind::Absence {
        return None;
    }
    section(found.kind, before(word.len()), None, Some(behind(word.len() + 1)), SectionReason::Heading)
}

/// "3. Beslutning", "- Sagsfremstilling": a heading set as the item of a list. Not inside a decision, where such an item is
/// one of its points, unless it is the heading of the decision itself.
fn listed_heading<'d>(
    line: &'d KnownLine<'d>,
    marker: usize,
    dialect: &Dialect,
    current: Option<&RawSection<'_>>,
) -> Option<RawSection<'d>> {
    let content = line.content.get(marker..)?;
    let in_decision = current.is_some_and(|section| section.kind.has_sentences());
    let found = dialect.sections.get(content).filter(|found| found.strong)?;
    (!in_decision || found.kind == SectionKind::Decision).then(|| RawSection {
        kind: found.kind,
        heading: content.trim().to_owned(),
        body: None,
        heading_line: Some(line),
        inline: None,
        lines: Vec::new(),
        reason: SectionReason::Heading,
    })
}

/// "Supplerende sagsfremstilling til mødet den 18. maj 2026": a known heading and a day.
fn dated_heading<'x>(content: &str, dialect: &'x Dialect) -> Option<&'x SectionHeading> {
    if content.ends_with('.')
        || !content.bytes().any(|byte| byte.is_ascii_digit())
        || content.split_whitespace().count() > 10
    {
        return None;
    }
    let mut beginnings = content.rmatch_indices(char::is_whitespace).filter_map(|(end, _)| content.get(..end));
    let known = beginnings.find_map(|beginning| dialect.sections.get(beginning))?;
    let fits = known.strong && known.kind != SectionKind::Decision;
    (fits && dates(content).iter().any(|date| date.full().is_some())).then_some(known)
}

/// "Konklusion" where decisions are headed "Beslutning".
fn is_informal(found: &SectionHeading, manner: Manner<'_>) -> bool {
    manner.formal && found.kind == SectionKind::Decision && !found.strong
}

/// Whether a short line inside a decision names another body, and says with a day, a colon or a word such as "beslutning"
/// that what follows is that body's. In doubt it is.
fn names_other(line: &KnownLine<'_>, dialect: &Dialect, own: &OwnMeeting) -> bool {
    let content = line.content;
    let short = || content.split_whitespace().count() <= 12;
    let may_say = || {
        content.ends_with(':') || line.may_tell(Topic::Decision) || content.bytes().any(|byte| byte.is_ascii_digit())
    };
    if !content.starts_with(char::is_uppercase)
        || content.ends_with(['.', '!', '?', ',', ';'])
        || !may_say()
        || !short()
        || lines::has_verb(content, dialect)
        || !names_body(content, dialect)
    {
        return false;
    }
    let label = content.ends_with(':') && content.split_whitespace().count() <= 5;
    let says = !dates(content).is_empty() || label || dialect.says_decision(content);
    let acts = dates(content).is_empty() && own.acts(content);
    says && own.owns(body_before_day(content)) == Owned::No && !acts
}

/// "Socialudvalget den 5. maj 2026" and nothing else.
fn is_body_and_day(content: &str, dialect: &Dialect) -> bool {
    let dated = dates(content);
    let last = dated.last().map(|date| date.span.end());
    names_body(content, dialect)
        && last.is_some_and(|end| content.get(end..).is_some_and(|rest| rest.trim_matches([' ', ':', '.']).is_empty()))
}

/// A body's name without the day behind it.
fn body_before_day(content: &str) -> &str {
    let end = dates(content).first().map_or(content.len(), |date| date.span.start());
    let name = content.get(..end).unwrap_or(content).trim();
    let name = name
        .strip_suffix(" den")
        .or_else(|| name.strip_suffix(" d."))
        .or_else(|| name.strip_suffix(" DEN"))
        .unwrap_or(name);
    name.trim_end_matches([',', ':', '.', '-', '–', ' '])
}

fn is_short_title(content: &str, dialect: &Dialect) -> bool {
    content.split_whitespace().count() <= 6
        && lines::is_titular(content, dialect)
        && !lines::tells_outcome(content, dialect)
}

pub(super) fn is_shouted(content: &str) -> bool {
    !content.chars().any(char::is_lowercase) && content.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// A decision heading in small letters with a capital directly behind it.
pub(super) fn glued<'c>(content: &'c str, dialect: &Dialect) -> Option<(&'c str, SectionHeading)> {
    let (length, found) = dialect.sections.glued_to(content)?;
    let fits = length < HEADING_LENGTH && found.strong && found.kind != SectionKind::Absence;
    fits.then_some((content.get(..length)?, *found))
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
    /// The days it names.
    pub dates: Vec<PrintedDate>,
}

/// Whether the line is the heading of a body's decision.
pub(super) fn names_decision(content: &str, dialect: &Dialect) -> bool {
    decision_heading(content, dialect).is_some()
}

/// Where two bytes of ASCII stand together; the search of the standard library prepares itself for long needles each time.
pub(super) fn find_pair(text: &str, pair: [u8; 2]) -> Option<usize> {
    pairs(text, pair).next()
}

/// All places where two bytes of ASCII stand together.
pub(super) fn pairs(text: &str, [first, second]: [u8; 2]) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(first, text.as_bytes()).filter(move |at| text.as_bytes().get(at + 1) == Some(&second))
}

/// The heading of a body's decision that the line is or begins with.
pub(super) fn decision_heading<'c>(content: &'c str, dialect: &Dialect) -> Option<DecisionHeading<'c>> {
    // The part before a colon may be the heading and the rest the decision.
    let cut = find_pair(content, *b": ").and_then(|cut| content.get(..cut));
    let text = cut.unwrap_or(content);
    let long = || text.len() > HEADING_LENGTH && text.chars().count() > HEADING_LENGTH;
    if !text.starts_with(char::is_uppercase) || long() || !dialect.may_head_decision(text) {
        return None;
    }
    let found = dialect.decision_headings.captures(text)?;
    let body = found.name("body").map_or("", |body| body.as_str());
    let body = body.trim().trim_end_matches([',', ':', '.', '-', '–', ' ']);
    let printed = dates(text);
    // A sentence may begin so too ("Beslutning i sagen træffes på næste møde."); a heading has a date or no full stop.
    let sentence = printed.is_empty() && text.trim_end().ends_with('.');
    let vague = !body.starts_with(char::is_uppercase) && printed.is_empty();
    // "Beslutning træffes i Byrådet den …", "Referat af HovedMED …", "Udtalelse fra HovedMED til budget 2027"
    let first = body.split_whitespace().next().map(key).unwrap_or_default();
    let speaks = [&dialect.minutes_words, &dialect.agenda_words].iter().any(|words| words.contains(&first))
        || (!first.is_empty() && dialect.is_decision_word(&first) && body.contains(' '));
    let of_something =
        printed.is_empty() && body.split_whitespace().any(|word| dialect.not_in_name.contains(&word.to_lowercase()));
    if speaks || of_something {
        return None;
    }
    let length = if cut.is_some() { text.len() + 1 } else { content.len() };
    (!sentence && !vague).then_some(DecisionHeading { body, text, length, dates: printed })
}

/// Another body's decision, an earlier one, or this meeting's under its own name.
fn whose(heading: &DecisionHeading<'_>, own: &OwnMeeting) -> (SectionKind, Option<String>, SectionReason) {
    let named = || Some(heading.body.to_owned()).filter(|body| !body.is_empty());
    let owned = if heading.body.is_empty() { Owned::Loosely } else { own.owns(heading.body) };
    if owned == Owned::No {
        return (SectionKind::OtherDecision, named(), SectionReason::OtherBody);
    }
    if !own.may_be_on(&heading.dates) {
        return (SectionKind::OtherDecision, named(), SectionReason::OtherDay);
    }
    let reason = if owned == Owned::ByName { SectionReason::OwnBody } else { SectionReason::OwnLoosely };
    (SectionKind::Decision, None, reason)
}
