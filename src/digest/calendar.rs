//! Dates and deadlines in the quotes, in the order of the calendar.

use chrono::NaiveDate;

use super::model::{DigestDate, DigestItem};
use crate::language::dates;

/// The days from the meeting on that the quotes name. Without the day of the meeting a date without a year means nothing,
/// and a day that was over when the committee met is background, not something to note down.
pub(super) fn dates(items: &[DigestItem], meeting: Option<NaiveDate>) -> Vec<DigestDate> {
    let Some(meeting) = meeting else { return Vec::new() };
    let mut found: Vec<DigestDate> = Vec::new();
    for (item, quote) in items.iter().flat_map(|item| item.sentences.iter().map(move |quote| (item, quote))) {
        for mention in dates::dates(&quote.text) {
            let Some(date) = mention.day.and_then(|day| day.resolve(meeting)).filter(|date| *date >= meeting) else {
                continue;
            };
            let until = mention.until.and_then(|day| day.resolve(meeting)).filter(|until| *until > date);
            let text = mention.span.of(&quote.text).trim().to_owned();
            let row = DigestDate { date, until, text, item: item.number };
            if !found.contains(&row) {
                found.push(row);
            }
        }
    }
    found.sort_by(|a, b| (a.date, a.until, a.item, &a.text).cmp(&(b.date, b.until, b.item, &b.text)));
    found
}
