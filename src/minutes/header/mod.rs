//! The lines before the first item: which committee met, when, where and who came.
//!
//! Labels come in three shapes: "Mødedato: …", "Mødedato …" and the label alone with its value below. What stands above
//! or beside them is the title. A list of people lasts until the next label.

mod people;
mod times;
mod title;

use chrono::{NaiveDate, NaiveTime};

use super::dialect::Dialect;
use super::model::{Kind, Participant};
use crate::text::dates::dates;
use people::People;
use times::times;
pub(super) use title::{is_agenda_title, is_title};

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

/// What a label of the head announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Date,
    Place,
    Start,
    End,
    Participants,
    Committee,
    /// People who were not there, or only belong; and dates that are not the meeting's.
    Ignored,
}

/// Reads the head from its lines (texts without markup, table of contents left out).
pub(super) fn read(lines: &[&str], dialect: &Dialect) -> Head {
    let mut head = Head { draft: lines.iter().any(|line| is_draft(line, dialect)), ..Head::default() };
    let titles = title::joined(lines, dialect);
    for line in &titles {
        if !matches!(label_of(line, dialect), Some((Label::Ignored, _))) {
            title::read_title(line, dialect, &mut head);
        }
    }
    read_labels(lines, dialect, &mut head);
    if head.committee.is_none() {
        // "Hovedudvalget" rather than "Solvig Kommune  Hovedudvalget", wherever they stand.
        let named = titles.iter().filter_map(|line| title::committee_line(line, dialect));
        head.committee = named.min_by_key(|name| name.split_whitespace().count());
    }
    // The day stands on a line of its own, or in a sentence: "Mødet blev holdt tirsdag den 9. juni 2026 i Mødelokale C."
    for line in titles.iter().filter(|line| label_of(line, dialect).is_none() && !has_other_label(line)) {
        if head.date.is_some() && (head.start.is_some() || head.place.is_some()) {
            break;
        }
        let own_day = dates(line).iter().find_map(|date| date.full());
        if head.date.is_none() || own_day == head.date {
            title::read_when_and_where(line, dialect, &mut head);
        }
    }
    head
}

fn read_labels(lines: &[&str], dialect: &Dialect, head: &mut Head) {
    let mut list: Option<People> = None;
    let mut away = People::default();
    let mut in_away = false;
    let mut in_ignored = false;
    let mut waiting: Option<Label> = None;
    for line in lines {
        // A value may begin with a word that is a label elsewhere: "Lokale 3, rådhuset".
        let found =
            label_of(line, dialect).filter(|(_, value)| waiting.is_none() || value.is_empty() || line.contains(": "));
        let Some((label, value)) = found else {
            if let Some(label) = waiting.take() {
                take_value(label, line, head);
            } else if People::is_head_of_those_who_came(line, dialect) {
                // A table of all members with a cross for those who came.
                in_ignored = false;
                list.get_or_insert_with(People::default).line(line, dialect);
            } else if in_away {
                away.line(line, dialect);
            } else if let Some(people) = list.as_mut().filter(|_| !in_ignored) {
                people.line(line, dialect);
            }
            continue;
        };
        waiting = None;
        in_ignored = label == Label::Ignored;
        let label_text = line.strip_suffix(value).unwrap_or(line);
        in_away = in_ignored && dialect.header.away.get(label_text).is_some();
        match label {
            Label::Participants => {
                let people = list.get_or_insert_with(People::default);
                people.text(value, dialect);
            }
            Label::Ignored if in_away => away.text(value, dialect),
            Label::Ignored => {}
            _ if value.is_empty() => {
                waiting = Some(label);
                in_ignored = true;
            }
            _ => {
                take_value(label, value, head);
                in_ignored = true;
            }
        }
    }
    // Some lists have all members, and those who were away again below.
    let away: Vec<String> = away.into_found().into_iter().map(|person| person.name).collect();
    head.participants = list.map(People::into_found).unwrap_or_default();
    head.participants.retain(|person| !away.contains(&person.name));
}

fn take_value(label: Label, value: &str, head: &mut Head) {
    let times = times(value);
    match label {
        Label::Date => {
            head.date = dates(value).iter().find_map(|date| date.full()).or(head.date);
            head.start = head.start.or(times.first().copied());
            head.end = head.end.or(times.get(1).copied());
        }
        Label::Start => {
            head.date = head.date.or(dates(value).iter().find_map(|date| date.full()));
            head.start = times.first().copied().or(head.start);
            head.end = head.end.or(times.get(1).copied());
        }
        Label::End => head.end = times.first().copied().or(head.end),
        Label::Place => {
            head.place.get_or_insert_with(|| value.to_owned());
        }
        Label::Committee => head.committee = Some(value.to_owned()),
        Label::Participants | Label::Ignored => {}
    }
}

/// The label a line begins with, and what stands behind it.
fn label_of<'l>(line: &'l str, dialect: &Dialect) -> Option<(Label, &'l str)> {
    let header = &dialect.header;
    let kinds = [
        (Label::Date, &header.date),
        (Label::Place, &header.place),
        (Label::Start, &header.start),
        (Label::End, &header.end),
        (Label::Participants, &header.participants),
        (Label::Committee, &header.committee),
        (Label::Ignored, &header.ignored),
    ];
    let found = kinds.into_iter().flat_map(|(label, words)| words.iter().map(move |word| (label, word)));
    // The longest: "Mødet slut" rather than "Mødet".
    found
        .filter_map(|(label, word)| Some((label, word.len(), value_of(line, word)?)))
        .max_by_key(|(_, length, _)| *length)
        .map(|(label, _, value)| (label, value))
}

/// Whether the line is a label of the head with a day, a time or a colon behind it: "Mødet slut kl. 14.55".
pub(super) fn is_filled_label(line: &str, dialect: &Dialect) -> bool {
    label_of(line, dialect).is_some_and(|(_, value)| {
        !value.is_empty() && (line.contains(": ") || !times(value).is_empty() || !dates(value).is_empty())
    })
}

/// What stands behind a label at the beginning of a line; empty where the label is all.
fn value_of<'l>(line: &'l str, label: &str) -> Option<&'l str> {
    let rest = line
        .get(label.len()..)
        .filter(|_| line.get(..label.len()).is_some_and(|start| start.to_lowercase() == label))?;
    let rest = rest.trim_start_matches('.');
    match rest.strip_prefix(':') {
        Some(value) => Some(value.trim()),
        None if rest.trim().is_empty() => Some(""),
        // "Mødedato torsdag …", but not "Sted for …" in a sentence of the head.
        None => {
            rest.starts_with([' ', '\t']).then(|| rest.trim_start_matches([' ', '\t']).trim_start_matches(':').trim())
        }
    }
}

/// "Dannet den: 16. marts 2026": a label that is not known.
fn has_other_label(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(label, _)| label.split_whitespace().count() <= 4)
}

/// "UDKAST", "Foreløbigt referat" anywhere in a line of the head.
fn is_draft(line: &str, dialect: &Dialect) -> bool {
    let words = line.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
    dialect.draft_words.iter().any(|draft| {
        words.match_indices(draft.as_str()).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(words.get(..at).and_then(|before| before.chars().next_back()))
                && edge(words.get(at + draft.len()..).and_then(|after| after.chars().next()))
        })
    })
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
