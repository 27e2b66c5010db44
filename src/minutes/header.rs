//! The lines before the first item: which committee met, when, where and who came.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use regex::Regex;

use super::dialect::{Dialect, key};
use super::model::{Kind, Participant};
use crate::text::dates::dates;

/// What the head of a document says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub kind: Option<Kind>,
    pub committee: Option<String>,
    pub date: Option<NaiveDate>,
    pub start: Option<NaiveTime>,
    pub end: Option<NaiveTime>,
    pub place: Option<String>,
    pub participants: Vec<Participant>,
    pub draft: bool,
}

/// Reads the head from its lines (texts without markup, table of contents left out).
pub(super) fn read(lines: &[&str], dialect: &Dialect) -> Head {
    let mut head = Head::default();
    for line in lines {
        read_title(line, dialect, &mut head);
        read_key(line, dialect, &mut head);
        let words = key(line);
        head.draft |= dialect.draft_words.iter().any(|draft| {
            words.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ").contains(draft.as_str())
        });
    }
    head
}

/// "REFERAT KommuneMED d. 02-03-2022": kind, committee and date in one line.
fn read_title(line: &str, dialect: &Dialect, head: &mut Head) {
    if head.kind.is_some() {
        return;
    }
    let line = without_draft(line, dialect);
    let lower = line.to_lowercase();
    let starts = |words: &[String]| {
        words
            .iter()
            .filter(|word| lower.starts_with(word.as_str()))
            .map(String::len)
            .max()
            .filter(|length| lower.get(*length..).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    let (kind, length) = match (starts(&dialect.minutes_words), starts(&dialect.agenda_words)) {
        (Some(length), _) => (Kind::Referat, length),
        (None, Some(length)) => (Kind::Dagsorden, length),
        (None, None) => return,
    };
    head.kind = Some(kind);
    let Some(rest) = line.get(length..) else { return };
    let found = dates(rest);
    let date = found.iter().find(|date| date.full().is_some());
    head.date = head.date.or_else(|| date.and_then(|date| date.full()));
    let name = rest.get(..date.map_or(rest.len(), |date| date.span.start())).unwrap_or_default();
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–'));
    let name = name.strip_suffix(" den").or_else(|| name.strip_suffix(" d.")).unwrap_or(name);
    let name = ["fra ordinært møde i ", "fra møde i ", "fra mødet i ", "af møde i ", "møde i ", "for ", "fra "]
        .iter()
        .find_map(|lead| name.strip_prefix(lead))
        .unwrap_or(name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–'));
    if !name.is_empty() {
        head.committee = Some(name.to_owned());
    }
}

/// "UDKAST: Referat …" and "Foreløbigt referat …" are titles of minutes; that they are a draft is read elsewhere.
fn without_draft<'l>(line: &'l str, dialect: &Dialect) -> &'l str {
    let mut rest = line;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | ',' | '(' | ')');
    while let Some((word, after)) = rest.split_once(is_mark) {
        if !word.is_empty() && !dialect.draft_words.contains(&key(word)) && key(word) != "til" {
            break;
        }
        rest = after;
    }
    rest.trim_start_matches(is_mark)
}

fn read_key(line: &str, dialect: &Dialect, head: &mut Head) {
    let keys = &dialect.header;
    if let Some(value) = value_of(line, &keys.date) {
        head.date = dates(value).iter().find_map(|date| date.full()).or(head.date);
        let times = times(value);
        head.start = head.start.or(times.first().copied());
        head.end = head.end.or(times.get(1).copied());
    } else if let Some(value) = value_of(line, &keys.start) {
        head.start = times(value).first().copied().or(head.start);
    } else if let Some(value) = value_of(line, &keys.end) {
        head.end = times(value).first().copied().or(head.end);
    } else if let Some(value) = value_of(line, &keys.place) {
        head.place.get_or_insert_with(|| value.to_owned());
    } else if let Some(value) = value_of(line, &keys.participants) {
        if head.participants.is_empty() {
            head.participants = split_people(value).iter().filter_map(|person| participant(person)).collect();
        }
    } else if let Some(value) = value_of(line, &keys.committee) {
        head.committee.get_or_insert_with(|| value.to_owned());
    }
}

/// What stands behind one of the keys at the beginning of a line.
fn value_of<'l>(line: &'l str, keys: &[String]) -> Option<&'l str> {
    let lower = line.to_lowercase();
    keys.iter().find_map(|name| {
        let rest = lower.strip_prefix(name.as_str())?;
        // The lower-cased line has the same length for every letter Danish uses; otherwise nothing is read.
        let value = line.get(line.len().checked_sub(rest.len())?..)?;
        let value = value.strip_prefix(':').unwrap_or(value);
        (value.starts_with([' ', '\t'])).then(|| value.trim()).filter(|value| !value.is_empty())
    })
}

/// Times of the day: "kl. 08:00", "9.30-11.00".
fn times(text: &str) -> Vec<NaiveTime> {
    static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:kl\.?\s*|[-–]\s*|til\s+)([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:[^0-9]|$)|(?:^|\s)([0-9]{1,2})[:.]([0-9]{2})(?:[^0-9]|$)",
        )
        .ok()
    });
    let Some(pattern) = TIME.as_ref() else { return Vec::new() };
    // Dates look like times: take them out first, one blank for each byte.
    let mut rest = text.to_owned();
    for date in dates(text).iter().filter(|date| date.full().is_some()).rev() {
        rest.replace_range(date.span.start()..date.span.end(), &" ".repeat(date.span.len()));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(time) = rest.get(at..).and_then(|tail| pattern.captures(tail)) {
        let number = |group: usize| time.get(group).and_then(|part| part.as_str().parse::<u32>().ok());
        let hour = number(1).or_else(|| number(3));
        let minute = number(2).or_else(|| number(4)).unwrap_or_default();
        found.extend(hour.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, 0)));
        let last = (1..=4).filter_map(|group| time.get(group)).map(|part| part.end()).max().unwrap_or(1);
        at += last;
    }
    found
}

/// Splits at commas and semicolons outside brackets.
pub(super) fn split_people(text: &str) -> Vec<&str> {
    let mut people = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth <= 0 => {
                people.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    people.push(text.get(start..).unwrap_or_default().trim());
    people.retain(|person| !person.is_empty());
    people
}

/// "Name (post)", "Name - Valggruppe B (HK)": the name and the rest.
pub(super) fn participant(text: &str) -> Option<Participant> {
    let cut = [" - ", " – ", " (", ", "].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(cut)?;
    let role = rest.trim_start_matches([' ', '-', '–', ',']).trim();
    let inside =
        role.strip_prefix('(').and_then(|role| role.strip_suffix(')')).filter(|role| !role.contains(['(', ')']));
    let role = inside.unwrap_or(role);
    let name = name.trim();
    (!name.is_empty())
        .then(|| Participant { name: name.to_owned(), role: Some(role.to_owned()).filter(|role| !role.is_empty()) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_title_line_gives_kind_committee_and_date() {
        for (line, kind, committee) in [
            ("REFERAT HovedMED d. 16-09-2026", Kind::Referat, "HovedMED"),
            ("DAGSORDEN AfdelingsMED Børn & Unge d. 16-09-2026", Kind::Dagsorden, "AfdelingsMED Børn & Unge"),
            ("Referat fra møde i HovedMED den 16. september 2026", Kind::Referat, "HovedMED"),
        ] {
            let head = read(&[line], &Dialect::shipped());
            assert_eq!(head.kind, Some(kind), "{line}");
            assert_eq!(head.committee.as_deref(), Some(committee), "{line}");
            assert_eq!(head.date, NaiveDate::from_ymd_opt(2026, 9, 16), "{line}");
        }
    }

    #[test]
    fn times_are_read_beside_dates() {
        let head =
            read(&["REFERAT HovedMED", "Mødedato Onsdag d. 2. marts 2026 kl. 08:00 - 10.30"], &Dialect::shipped());
        assert_eq!(head.start, NaiveTime::from_hms_opt(8, 0, 0));
        assert_eq!(head.end, NaiveTime::from_hms_opt(10, 30, 0));
    }

    #[test]
    fn participants_are_split_outside_brackets() {
        let head = read(
            &["Mødedeltagere Asta Bruun (Direktør By, Kultur & Miljø), Bo Friis - Valggruppe B (HK), Carl Dam - AMR"],
            &Dialect::shipped(),
        );
        let people: Vec<_> = head.participants.iter().map(|p| (p.name.as_str(), p.role.as_deref().unwrap())).collect();
        assert_eq!(
            people,
            [("Asta Bruun", "Direktør By, Kultur & Miljø"), ("Bo Friis", "Valggruppe B (HK)"), ("Carl Dam", "AMR")]
        );
    }

    #[test]
    fn a_draft_says_so_anywhere_in_the_head() {
        for line in ["UDKAST: Referat HovedMED d. 16-09-2026", "Foreløbigt referat HovedMED d. 16-09-2026"] {
            let head = read(&[line], &Dialect::shipped());
            assert!(head.draft && head.committee.as_deref() == Some("HovedMED"), "{head:?}");
        }
        assert!(read(&["UDKAST", "Referat af møde"], &Dialect::shipped()).draft);
        assert!(read(&["Foreløbigt referat"], &Dialect::shipped()).draft);
        assert!(!read(&["REFERAT HovedMED d. 16-09-2026"], &Dialect::shipped()).draft);
    }
}
