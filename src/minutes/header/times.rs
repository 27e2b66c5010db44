//! Times of the day in the head: "kl. 08:00", "9.30-11.00".

use std::sync::LazyLock;

use chrono::NaiveTime;
use regex::Regex;

use crate::text::dates::dates;

/// The times in a line, in order.
pub(super) fn times(text: &str) -> Vec<NaiveTime> {
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
