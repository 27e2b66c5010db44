//! Dates and deadlines in the quotes, in the order of the calendar, and those that are over when the letter goes.

use chrono::NaiveDate;

use super::model::{DateKind, DigestDate, DigestItem};
use crate::language::when::{DateWords, Kind};
use crate::minutes::{Item, Minutes};

/// The times that the quotes name, in order; those without a day at their place where one can be guessed, else last. Without
/// the day of the meeting a date without a year means nothing, and what was over when the committee met is background.
pub(super) fn dates(items: &[DigestItem], minutes: &Minutes, words: &DateWords) -> Vec<DigestDate> {
    let Some(meeting) = minutes.date else { return Vec::new() };
    let next_meeting = next_meeting(minutes, words, meeting);
    let mut found: Vec<(NaiveDate, DigestDate)> = Vec::new();
    for (item, quote) in items.iter().flat_map(|item| item.sentences.iter().map(move |quote| (item, quote))) {
        for mention in words.mentions(&quote.text, meeting) {
            let date = mention.day.or_else(|| next_meeting.filter(|_| mention.next_meeting));
            let row = DigestDate {
                date,
                until: mention.until,
                text: mention.span.of(&quote.text).trim().to_owned(),
                item: item.number,
                sentence: quote.id,
                kind: match mention.kind {
                    Kind::Deadline => DateKind::Deadline,
                    Kind::Meeting => DateKind::Meeting,
                    Kind::Date => DateKind::Date,
                },
            };
            let known = |(_, other): &(NaiveDate, DigestDate)| {
                let same =
                    (other.date, other.until, other.item, other.kind) == (row.date, row.until, row.item, row.kind);
                same && (row.date.is_some() || other.text.eq_ignore_ascii_case(&row.text))
            };
            // A period that has begun stands with what is next, not with what is over.
            let order = row.date.or(mention.around).unwrap_or(NaiveDate::MAX).max(meeting);
            if !found.iter().any(known) {
                found.push((order, row));
            }
        }
    }
    found.sort_by(|(a_order, a), (b_order, b)| {
        (a_order, a.date, a.until, a.item, &a.text).cmp(&(b_order, b.date, b.until, b.item, &b.text))
    });
    found.into_iter().map(|(_, row)| row).collect()
}

/// The day of the next meeting, where the open minutes tell it and always the same.
fn next_meeting(minutes: &Minutes, words: &DateWords, meeting: NaiveDate) -> Option<NaiveDate> {
    let entries = minutes.items.iter().filter(|item| !item.closed).flat_map(Item::own_entries);
    let mut days: Vec<NaiveDate> = entries.filter_map(|entry| words.next_meeting(&entry.text, meeting)).collect();
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        [day] => Some(*day),
        _ => None,
    }
}

/// The dates that are over when a letter goes on `day`.
#[must_use]
pub fn passed(dates: &[DigestDate], day: NaiveDate) -> Vec<DigestDate> {
    let over = |date: &&DigestDate| date.until.or(date.date).is_some_and(|last| last < day);
    dates.iter().filter(over).cloned().collect()
}
