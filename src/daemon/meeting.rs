//! What the documents of one meeting have to do with each other: the same minutes as PDF and DOCX are one, a draft does not
//! replace approved minutes, and an agenda names the items that the minutes should have.

use chrono::NaiveDate;

use crate::digest::{TextMark, item_words};
use crate::minutes::{ApprovalState, Item, Kind, Minutes};
use crate::store::{CommitteeId, ContentHash, DocumentKind, Finality, MeetingDocument, MeetingItem};
use crate::text::fold::fold_text;

/// What a file tells of its meeting. Titles are told to people where minutes lack an item of the agenda, so a closed or
/// private one is not kept: such an item is known by its number alone.
#[must_use]
pub fn document(
    minutes: &Minutes,
    committee: &CommitteeId,
    date: NaiveDate,
    is_private: &dyn Fn(&str) -> bool,
) -> MeetingDocument {
    let title = |item: &Item| if item.closed || is_private(&item.title) { String::new() } else { item.title.clone() };
    MeetingDocument {
        source: ContentHash(minutes.source.sha256.clone()),
        committee: committee.clone(),
        date,
        kind: if minutes.kind == Kind::Dagsorden { DocumentKind::Agenda } else { DocumentKind::Minutes },
        finality: match minutes.approval.state {
            ApprovalState::Approved => Finality::Approved,
            ApprovalState::Draft => Finality::Draft,
            ApprovalState::Unknown => Finality::Unknown,
        },
        words: words(minutes),
        items: minutes
            .items
            .iter()
            .map(|item| MeetingItem {
                number: item.printed.clone(),
                title: title(item),
                case: item.case.clone(),
                matter: TextMark::of_matter(item),
                words: Some(item_words(item)),
            })
            .collect(),
    }
}

/// Names what the meeting decided by letters and digits alone: hyphens, line ends, markup and page furniture differ between
/// formats of the same minutes. One other letter is another decision, so nothing like a distance is taken.
fn words(minutes: &Minutes) -> ContentHash {
    let mut bytes = String::new();
    for item in minutes.items.iter().filter(|item| !item.closed) {
        letters(&item.title, &mut bytes);
        bytes.push('|');
        for entry in item.own_entries() {
            letters(&entry.text, &mut bytes);
        }
        bytes.push('|');
    }
    ContentHash::of(bytes.as_bytes())
}

fn letters(text: &str, into: &mut String) {
    into.extend(fold_text(text).chars().filter(|letter| letter.is_alphanumeric()));
}

/// The earlier documents that are the same minutes.
pub fn twins<'d>(new: &'d MeetingDocument, others: &'d [MeetingDocument]) -> impl Iterator<Item = &'d MeetingDocument> {
    earlier_minutes(new, others).filter(|other| other.words == new.words)
}

/// Whether more final minutes of the meeting came before.
#[must_use]
pub fn is_less_final(new: &MeetingDocument, others: &[MeetingDocument]) -> bool {
    earlier_minutes(new, others).any(|other| other.finality > new.finality)
}

fn earlier_minutes<'d>(
    new: &'d MeetingDocument,
    others: &'d [MeetingDocument],
) -> impl Iterator<Item = &'d MeetingDocument> {
    others.iter().filter(|other| other.source != new.source && other.kind == DocumentKind::Minutes)
}

/// The items of `one` that `other` has neither by number nor by title, as people read them. Titles are edited and numbers
/// move between agenda and minutes, but hardly both at once.
#[must_use]
pub fn items_missing(one: &MeetingDocument, other: &MeetingDocument) -> Vec<String> {
    let key = |title: &str| {
        let mut key = String::new();
        letters(title, &mut key);
        key
    };
    let there = |item: &MeetingItem| {
        let wanted = key(&item.title);
        other.items.iter().any(|other| {
            (!item.number.is_empty() && other.number == item.number)
                || (!wanted.is_empty() && key(&other.title) == wanted)
        })
    };
    let missing = one.items.iter().filter(|item| !there(item));
    let shown = |item: &MeetingItem| match item.title.as_str() {
        "" => item.number.clone(),
        title => format!("{} »{title}«", item.number).trim().to_owned(),
    };
    missing.map(shown).filter(|shown| !shown.is_empty()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(kind: DocumentKind, items: &[(&str, &str)]) -> MeetingDocument {
        MeetingDocument {
            source: ContentHash::of(b"a"),
            committee: CommitteeId("a".into()),
            date: NaiveDate::from_ymd_opt(2026, 9, 16).unwrap(),
            kind,
            finality: Finality::Unknown,
            words: ContentHash::of(b""),
            items: items
                .iter()
                .map(|(number, title)| MeetingItem {
                    number: (*number).into(),
                    title: (*title).into(),
                    case: None,
                    matter: vec![],
                    words: None,
                })
                .collect(),
        }
    }

    #[test]
    fn an_item_is_there_by_its_number_or_by_its_title() {
        let agenda = of(DocumentKind::Agenda, &[("1", "Budget"), ("2", "Ferie"), ("3", "Ny chef")]);
        let minutes = of(DocumentKind::Minutes, &[("1", "Budget for 2027"), ("3", "FERIE")]);
        assert!(items_missing(&agenda, &minutes).is_empty());
        let short = of(DocumentKind::Minutes, &[("1", "Budget"), ("2", "Ferie")]);
        assert_eq!(items_missing(&agenda, &short), ["3 »Ny chef«"]);
        assert!(items_missing(&short, &agenda).is_empty());
    }
}
