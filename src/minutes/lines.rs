//! What a single line looks like, asked by several steps of the reading: a case number, a label, a status, a title.

use super::dialect::{Dialect, without_blanks_before};
use super::{closed, sections};
use crate::intake::Landmarks;

/// A case number alone on its line, perhaps with the status behind it: "26/118 Åben sag".
pub(super) fn case_number<'c>(content: &'c str, dialect: &Dialect) -> Option<&'c str> {
    let content = content.trim();
    if content.len() > LONGEST_CASE
        || !dialect.case_numbers.may_begin(content)
        || !content.bytes().any(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let content = status_behind(content, dialect).map_or(content, |(before, _)| before);
    let found = dialect.case_numbers.captures(content)?;
    found.name("case").map(|case| case.as_str().trim_end_matches(['.', ',']))
}

/// What stands before a status such as "Åben sag" at the end of a line, and whether that closes.
pub(super) fn status_behind<'l>(content: &'l str, dialect: &Dialect) -> Option<(&'l str, bool)> {
    let marks = content.bytes().enumerate().filter_map(|(at, byte)| match byte {
        b' ' | b'\t' | b'-' | b',' => Some((at, at + 1)),
        // The last byte of a dash.
        0x93 => content.get(..=at)?.ends_with('–').then_some((at + 1 - '–'.len_utf8(), at + 1)),
        _ => None,
    });
    for (end, start) in marks {
        let status = content.get(start..)?;
        if let Some(closed) = dialect.closed.statuses.get(status) {
            return Some((content.get(..end)?.trim_end_matches([' ', '-', '–', ',', '\t']), *closed));
        }
    }
    None
}

/// The longest line with nothing but a case number, in bytes.
const LONGEST_CASE: usize = 120;

/// A case number on the title's own line: "26/1047 - Ny skolestruktur", "Ny skolestruktur (2026-118243)".
pub(super) fn case_in_title<'t>(title: &'t str, dialect: &Dialect) -> Option<&'t str> {
    let behind = title.trim_end().strip_suffix(')').and_then(|title| title.rsplit_once('('));
    if let Some(found) = behind.and_then(|(_, inside)| case_number(inside, dialect)) {
        return Some(found);
    }
    let (first, _) = title.split_once(" - ").or_else(|| title.split_once(": "))?;
    case_number(first, dialect)
}

pub(super) fn is_case(content: &str, dialect: &Dialect) -> bool {
    case_number(content, dialect).is_some()
}

/// "Åbent punkt", "Status: Lukket".
pub(super) fn is_status(content: &str, dialect: &Dialect) -> bool {
    let value = content.split_once(':').map_or("", |(_, value)| value);
    [content, value].iter().any(|each| dialect.closed.statuses.has(each))
}

/// "Sagsbehandler: ab", or the label alone.
pub(super) fn is_label(content: &str, dialect: &Dialect) -> bool {
    let label = content.split_once(':').map_or(content, |(label, _)| label);
    label.len() < 40 && dialect.labels.has(label)
}

/// A label of the document's head: "Mødedato", "Sted: …".
pub(super) fn is_head_label(content: &str, dialect: &Dialect) -> bool {
    dialect.header.labels.has(content.split_once(':').map_or(content, |(label, _)| label))
}

/// The heading of a section, alone or with its text behind a colon, or the heading of a body's decision.
pub(super) fn opens_section(content: &str, dialect: &Dialect) -> bool {
    dialect.sections.has(content)
        || sections::names_decision(content, dialect)
        || content.split_once(':').is_some_and(|(word, _)| dialect.sections.get(word).is_some_and(|found| found.strong))
}

/// Short, begins as a title does and ends as none does: no full stop, no verb.
pub(super) fn is_titular(content: &str, dialect: &Dialect) -> bool {
    let content = content.trim();
    content.chars().count() <= 200
        && content
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '(' | '"' | '”' | '»' | '\''))
        && !content.ends_with(['.', ':', ';', ','])
        && !has_verb(content, dialect)
}

/// Whether a short line says what was decided: "Godkendt", "Udsat".
pub(super) fn tells_outcome(content: &str, dialect: &Dialect) -> bool {
    dialect.outcome_of(content, || Some(content)).is_some()
}

/// Whether a short line holds a word that only sentences have.
pub(super) fn has_verb(content: &str, dialect: &Dialect) -> bool {
    content.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| dialect.verbs.has(word))
}

/// Whether the line may begin with a mark such as "B." before the heading of a group; a cheap no.
pub(super) fn may_be_marked(content: &str) -> bool {
    without_blanks_before(content).bytes().take(LONGEST_MARK + 1).any(|byte| matches!(byte, b'.' | b')' | b':'))
}

/// The longest mark before the heading of a group, in bytes.
pub(super) const LONGEST_MARK: usize = 3;

/// The heading over a group of items: "A. Sager til afgørelse".
pub(super) fn is_group(content: &str, dialect: &Dialect) -> bool {
    if content.len() > 80 {
        return false;
    }
    let bare = content.trim_start().split_once(['.', ')', ':']).filter(|(mark, _)| mark.len() <= LONGEST_MARK);
    dialect.groups.has(content) || bare.is_some_and(|(_, bare)| dialect.groups.has(bare))
}

impl Landmarks for Dialect {
    fn begins(&self, line: &str) -> bool {
        if line.len() > LONGEST_LANDMARK {
            return false;
        }
        let worded = line.starts_with(char::is_uppercase)
            && self.forms.iter().filter(|form| form.worded).any(|form| {
                // "Punkt 4 behandles på næste møde." goes on a sentence.
                form.find(line)
                    .is_some_and(|found| found.title.is_none_or(|title| title.starts_with(char::is_uppercase)))
            });
        worded
            || self.is_whole(line)
            || opens_section(line, self)
            || line.split_once(':').is_some_and(|(label, _)| self.attendance_headings.has(label))
    }

    fn is_whole(&self, line: &str) -> bool {
        if line.len() > LONGEST_LANDMARK {
            return false;
        }
        let listed = self.may_list(line)
            && (self.sections.has(line)
                || self.contents_headings.has(line)
                || self.attachment_lists.has(line)
                || self.attendance_headings.has(line));
        listed
            || closed::group(line, self).is_some()
            || is_case(line, self)
            || is_status(line, self)
            || sections::decision_heading(line, self).is_some_and(|heading| heading.length == line.len())
    }
}

/// The longest line that is a heading, in bytes.
const LONGEST_LANDMARK: usize = 200;
