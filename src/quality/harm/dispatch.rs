//! What must not go at all, or not any more: other bodies' words, minutes that are not released, deadlines that are over.

use chrono::{Days, Months, NaiveDate};

use super::rendered::{Body, folded};
use super::words::{BODIES, DRAFT, has, plain};
use super::{Finding, Finished, Harm};
use crate::minutes::{ApprovalState, Item, Minutes, Section, SectionKind};
use crate::text::dates::dates;

/// Words of another body's sentence, from which on it is told by them.
const TELLING: usize = 5;
/// Words before a date without a year that make it a deadline.
const BEFORE: usize = 24;
/// A day without a year is one of these many months after the meeting.
const AHEAD: u32 = 9;
/// What makes a date a deadline.
const DEADLINE: &[&str] = &[" senest ", " inden ", " frist", " til og med ", " tilmelding "];

/// Quotes that are no own decision of an open item, sentences of others in the letter, and letters of committees that the
/// configuration does not know.
pub(super) fn foreign(finished: &Finished<'_>, bodies: &[Body]) -> Vec<Finding> {
    let minutes = finished.minutes;
    let mut found = Vec::new();
    let mut tell = |place: String| found.push(Finding { harm: Harm::ForeignCommittee, place });
    for quote in finished.digest.items.iter().flat_map(|item| &item.sentences) {
        let own = minutes.item(quote.id.item).filter(|item| !item.closed).is_some_and(|item| {
            item.sections
                .iter()
                .filter(|section| is_own(section, minutes))
                .flat_map(|section| &section.entries)
                .any(|entry| entry.id == Some(quote.id) && folded(entry.span.of(&minutes.text)) == folded(&quote.text))
        });
        if !own {
            tell(quote.id.to_string());
        }
    }
    let own: Vec<&str> = minutes.items.iter().flat_map(Item::own_entries).map(|entry| entry.text.as_str()).collect();
    let others = minutes.items.iter().flat_map(|item| &item.sections);
    let others =
        others.filter(|section| section.kind == SectionKind::OtherDecision).flat_map(|section| &section.entries);
    for entry in others.filter(|entry| entry.text.split_whitespace().count() >= TELLING) {
        let repeated = own.iter().any(|text| text.contains(&entry.text));
        if !repeated && bodies.iter().any(|body| body.text.contains(&entry.text)) {
            tell("other body".into());
        }
    }
    if finished.unmapped_goes {
        tell("committee".into());
    }
    found
}

/// Whether a section is the meeting's own: no heading that names somebody else.
fn is_own(section: &Section, minutes: &Minutes) -> bool {
    let committee = plain(minutes.committee.as_deref().unwrap_or_default());
    let heading = plain(&section.heading);
    let other = |body: &&&str| heading.contains(**body) && !committee.contains(**body);
    section.kind == SectionKind::Decision && !BODIES.iter().any(|body| other(&body))
}

/// The day after the meeting: before that no deadline in the letter is over.
fn goes_at_once(finished: &Finished<'_>) -> bool {
    finished.minutes.date.and_then(|day| day.checked_add_days(Days::new(1))).is_some_and(finished.goes)
}

/// A letter that goes by itself though the minutes do not say that they are final.
pub(super) fn unreleased(finished: &Finished<'_>) -> Vec<Finding> {
    if finished.unapproved_allowed || !goes_at_once(finished) || says_final(finished.minutes) {
        return Vec::new();
    }
    vec![Finding { harm: Harm::Unreleased, place: "minutes".into() }]
}

/// Whether the minutes say so themselves, in a line that is not about earlier ones.
fn says_final(minutes: &Minutes) -> bool {
    let says = |line: &str| {
        let words = plain(line);
        let days: Vec<NaiveDate> = dates(line).iter().filter_map(|date| date.full()).collect();
        let earlier = days.iter().any(|day| minutes.date.is_none_or(|date| *day < date));
        let later = days.iter().any(|day| minutes.date.is_some_and(|date| *day >= date));
        let named = words.contains(" referat") && has(&words, &[" godkendt", " underskrevet", " underskrift"]);
        (named && !earlier) || (words.starts_with(" godkendt ") && later)
    };
    minutes.approval.state == ApprovalState::Approved
        && minutes.text.lines().any(says)
        && !has(&plain(&minutes.text), DRAFT)
}

/// Days named in the letter on whose morrow it would still go by itself.
pub(super) fn past_deadlines(finished: &Finished<'_>, body: &Body) -> Vec<Finding> {
    let Some(meeting) = finished.minutes.date else { return Vec::new() };
    let mut days: Vec<NaiveDate> = dates(&body.text)
        .iter()
        .filter_map(|date| match date.year {
            Some(_) => date.full(),
            None => {
                let before: String = body.text.get(..date.span.start())?.chars().rev().take(BEFORE).collect();
                let before: String = before.chars().rev().collect();
                let ahead = |year| NaiveDate::from_ymd_opt(year, date.month, date.day).filter(|day| *day > meeting);
                let year = chrono::Datelike::year(&meeting);
                let day = ahead(year).or_else(|| ahead(year + 1))?;
                (has(&plain(&before), DEADLINE) && day < meeting.checked_add_months(Months::new(AHEAD))?).then_some(day)
            }
        })
        .filter(|day| *day > meeting)
        .collect();
    days.sort_unstable();
    days.dedup();
    let late = |day: &NaiveDate| day.checked_add_days(Days::new(1)).is_some_and(finished.goes);
    days.iter()
        .filter(|day| late(day))
        .map(|day| Finding { harm: Harm::PastDeadline, place: day.to_string() })
        .collect()
}
