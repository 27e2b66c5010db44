//! The lines before the first item: which committee met, when, where and who came.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};
use regex::Regex;

use super::dialect::{Dialect, key};
use super::model::{Kind, Participant};
use crate::text::Span;
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

/// How many lines at the top can be the title.
const TITLE_LINES: usize = 6;

/// Reads the head from its lines (texts without markup, table of contents left out).
pub(super) fn read(lines: &[&str], dialect: &Dialect) -> Head {
    let mut head = Head::default();
    let mut rest = lines.iter().peekable();
    while let Some(line) = rest.next() {
        read_title(line, dialect, &mut head);
        if dialect.header.participants.contains(&key(line)) {
            let people = std::iter::from_fn(|| rest.next_if(|line| !has_label(line, dialect)));
            let people: Vec<Participant> = people.flat_map(|line| people_in(line, dialect)).collect();
            if head.participants.is_empty() {
                head.participants = people;
            }
            continue;
        }
        // "Mødedato" may stand alone, its value on the next line.
        let labelled = is_label(line, dialect).then(|| rest.peek().map(|value| format!("{line} {value}"))).flatten();
        read_key(labelled.as_deref().unwrap_or(line), dialect, &mut head);
        let words = key(line);
        head.draft |= dialect.draft_words.iter().any(|draft| {
            words.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ").contains(draft.as_str())
        });
    }
    if head.committee.is_none() && head.kind.is_some() {
        // The body stands on a line of its own, the word "Referat" on another.
        let own_lines = lines.iter().take(TITLE_LINES).filter(|line| names_body(line, dialect));
        head.committee = own_lines.filter_map(|line| committee_in(line, dialect)).next();
    }
    if head.date.is_none() {
        // The date stands on a line of its own, without a label.
        let dated = lines
            .iter()
            .take(TITLE_LINES)
            .find_map(|line| Some((line, dates(line).iter().find_map(|date| date.full())?)));
        if let Some((line, date)) = dated {
            head.date = Some(date);
            head.start = head.start.or(times(line).first().copied());
            head.end = head.end.or(times(line).get(1).copied());
        }
    }
    head
}

/// Whether a line is, or begins with, a label of the head.
fn has_label(line: &str, dialect: &Dialect) -> bool {
    let keys = &dialect.header;
    let labels = [&keys.date, &keys.place, &keys.start, &keys.end, &keys.participants, &keys.committee];
    is_label(line, dialect) || labels.iter().any(|known| value_of(line, known).is_some())
}

/// Those that a line of a list or table of participants names; the head of the table names nobody.
fn people_in(line: &str, dialect: &Dialect) -> Vec<Participant> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    match cells.as_slice() {
        [] => Vec::new(),
        [first, ..] if dialect.header.columns.contains(&key(first)) => Vec::new(),
        [name, role, ..] => {
            let found = participant(name);
            let both = found.map(|found| {
                let role = found.role.map_or_else(|| (*role).to_owned(), |group| format!("{group} ({role})"));
                Participant { name: found.name, role: Some(role) }
            });
            both.into_iter().collect()
        }
        [one] => {
            split_people(one.trim_start_matches(['-', '•', '–', ' '])).into_iter().filter_map(participant).collect()
        }
    }
}

fn is_label(line: &str, dialect: &Dialect) -> bool {
    let keys = &dialect.header;
    let label = key(line);
    [&keys.date, &keys.place, &keys.start, &keys.end, &keys.participants, &keys.committee]
        .iter()
        .any(|known| known.contains(&label))
}

/// Whether a short line has a word such as "udvalg" in it. One in capitals, such as "MED", wants capitals in the line.
fn names_body(line: &str, dialect: &Dialect) -> bool {
    let has = |word: &str, body: &str| {
        let word = if body.chars().all(char::is_uppercase) { word.to_owned() } else { word.to_lowercase() };
        word.starts_with(body) || word.ends_with(body)
    };
    line.split_whitespace().count() <= 8
        && line.split(|c: char| !c.is_alphanumeric()).any(|word| dialect.bodies.iter().any(|body| has(word, body)))
}

/// "REFERAT KommuneMED d. 02-03-2022", "Byrådet – Referat", "24. juni 2025 - referat fra Økonomiudvalget": kind, committee
/// and date in one line.
fn read_title(line: &str, dialect: &Dialect, head: &mut Head) {
    if head.kind.is_some() {
        return;
    }
    let line = without_draft(line, dialect);
    let kind = match (kind_words(line, &dialect.minutes_words), kind_words(line, &dialect.agenda_words)) {
        // "Dagsorden med vedtagelser" are minutes: the longer words win.
        (Some(minutes), Some(agenda)) if agenda.len() > minutes.len() => Kind::Dagsorden,
        (Some(_), _) => Kind::Referat,
        (None, Some(_)) => Kind::Dagsorden,
        (None, None) => return,
    };
    head.kind = Some(kind);
    if let Some(date) = dates(line).iter().find_map(|date| date.full()) {
        head.date = head.date.or(Some(date));
        head.start = head.start.or(times(line).first().copied());
        head.end = head.end.or(times(line).get(1).copied());
    }
    head.committee = head.committee.take().or_else(|| committee_in(line, dialect));
}

/// Whether the line says what sort of document this is: "Referat fra møde i …".
pub(super) fn is_title(line: &str, dialect: &Dialect) -> bool {
    let line = without_draft(line, dialect);
    kind_words(line, &dialect.minutes_words).or_else(|| kind_words(line, &dialect.agenda_words)).is_some()
}

/// The bytes of the longest of the words that stands in a title line: at its beginning, its end, or behind a date.
fn kind_words(line: &str, words: &[String]) -> Option<Span> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || line.split_whitespace().count() > 16 {
        return None;
    }
    let alone = |span: Span| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(lower.get(..span.start()).and_then(|before| before.chars().next_back()))
            && edge(lower.get(span.end()..).and_then(|after| after.chars().next()))
    };
    let found = words.iter().filter_map(|word| {
        let start = lower.find(word.as_str())?;
        Some(Span::new(start, start + word.len()))
    });
    // In the middle of a sentence the word means other minutes: "Godkendelse af referat fra sidste møde".
    let placed = |span: &Span| {
        let before = lower.get(..span.start()).unwrap_or_default().trim_end();
        span.start() == 0
            || before.ends_with(['-', '–', '/', '•', ':', '|', ','])
            || span.end() == lower.trim_end().len()
    };
    found.filter(|span| alone(*span)).filter(placed).max_by_key(|span| span.len())
}

/// What remains of a title line without kind, date, time and the small words between.
fn committee_in(line: &str, dialect: &Dialect) -> Option<String> {
    let mut rest = line.to_owned();
    for date in dates(line).iter().rev() {
        rest.replace_range(date.span.start()..date.span.end(), "\u{0}");
    }
    let kind = kind_words(&rest, &dialect.minutes_words).or_else(|| kind_words(&rest, &dialect.agenda_words));
    if let Some(kind) = kind {
        rest.replace_range(kind.start()..kind.end(), "\u{0}");
    }
    rest.split(['\u{0}', '•', '|', '/'])
        .map(|part| without_small_words(part, dialect))
        .find(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .map(str::to_owned)
}

/// "fra ordinært møde i HovedMED den" is "HovedMED".
fn without_small_words<'p>(part: &'p str, dialect: &Dialect) -> &'p str {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '.' | '(' | ')');
    let mut part = part.trim_matches(is_mark);
    loop {
        let lower = part.to_lowercase();
        let front = dialect.title_words.iter().find(|word| {
            lower.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_mark))
        });
        let back = dialect.title_words.iter().find(|word| {
            lower.strip_suffix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(is_mark))
        });
        let shorter = match (front, back) {
            _ if lower.len() != part.len() => part,
            (Some(word), _) => part.get(word.len()..).unwrap_or_default(),
            (None, Some(word)) => part.get(..part.len() - word.len()).unwrap_or_default(),
            (None, None) => part,
        };
        let shorter = shorter.trim_matches(is_mark);
        if shorter.len() == part.len() {
            return part;
        }
        part = shorter;
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
