//! Dates as Danish minutes write them: "den 1. marts 2025", "30.06.25", "1.-3. maj", "uge 42", "2. kvartal 2026", "ultimo juni".
//!
//! A bare year or a clock time is no date: both stand in half of all sentences and tell a reader nothing to note down.

use std::sync::LazyLock;

use chrono::{Datelike as _, Months, NaiveDate};
use regex::{Captures, Regex};

use crate::text::Span;

/// A date named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The source's own words.
    pub span: Span,
    /// The day, where one is named.
    pub day: Option<Day>,
    /// The last day of a period, where one is named.
    pub until: Option<Day>,
}

/// A day of a month, with the year where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// 1 to 31.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    /// Four digits.
    pub year: Option<i32>,
}

impl Day {
    /// The calendar day. Where no year is written, the one that lies nearest after `meeting`, or up to three months
    /// before it: minutes of January speak of the December behind them.
    #[must_use]
    pub fn resolve(self, meeting: NaiveDate) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return NaiveDate::from_ymd_opt(year, self.month, self.day);
        }
        let earliest = meeting.checked_sub_months(Months::new(3))?;
        (earliest.year()..=earliest.year() + 4)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, self.month, self.day))
            .find(|date| *date >= earliest)
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SOURCE).ok());

/// Word boundaries are tested on the neighbours of a match: `\b` would make the engine slow on Danish letters.
const SOURCE: &str = r"(?xi)
    (?P<iso>(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2}))
  | (?P<words>(?P<d1>\d{1,2})\.?(?:\s(?P<m0>januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december))?
      (?:\s?[-–]\s?|\s(?:til|og)\s(?:og\smed\s)?(?:den\s|d\.\s?)?)?(?P<d2>\d{1,2}\.)?\s?
      (?P<m>januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.)
      (?:\s(?P<y>\d{4}))?)
  | (?P<digits>(?P<nd>\d{1,2})[./-](?P<nm>\d{1,2})(?:[./-]\s?|\s)(?P<ny>\d{4}|\d{2}))
  | (?P<loose>uge(?:rne)?\s\d{1,2}(?:\s?[-–]\s?\d{1,2})?(?:\s(?:og|i)\s\d+)?
      | \d\.\s?(?:kvartal|halvår)(?:\s(?:i\s)?\d{4})?
      | (?:primo|medio|ultimo)\s(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|\d{4})(?:\s\d{4})?
      | (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\s\d{4})
";

/// The dates of `text`, in order.
#[must_use]
pub fn dates(text: &str) -> Vec<DateMention> {
    let Some(pattern) = PATTERN.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(captures) = text.get(from..).and_then(|rest| pattern.captures(rest)) {
        let Some(whole) = captures.get(0) else { break };
        let span = Span::new(from + whole.start(), from + whole.end());
        match stands_alone(text, span).then(|| read(&captures)).flatten() {
            Some((day, until)) => {
                found.push(DateMention { span, day, until });
                from = span.end();
            }
            // The start was no date; the next character may begin one.
            None => {
                from = span.start()
                    + text.get(span.start()..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
            }
        }
    }
    found
}

fn read(captures: &Captures<'_>) -> Option<(Option<Day>, Option<Day>)> {
    let number =
        |name: &str| captures.name(name).and_then(|text| text.as_str().trim_end_matches('.').parse::<u32>().ok());
    let year =
        |name: &str| number(name).and_then(|year| i32::try_from(if year < 100 { 2000 + year } else { year }).ok());
    let month = |name: &str| captures.name(name).and_then(|text| month_number(text.as_str()));
    let valid = |day: u32, month: u32, year: Option<i32>| {
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day).map(|_| Day { day, month, year })
    };
    if captures.name("iso").is_some() {
        return Some((Some(valid(number("id")?, number("im")?, year("iy"))?), None));
    }
    if captures.name("digits").is_some() {
        return Some((Some(valid(number("nd")?, number("nm")?, year("ny"))?), None));
    }
    if captures.name("words").is_some() {
        let last_month = month("m")?;
        let first = valid(number("d1")?, month("m0").unwrap_or(last_month), year("y"))?;
        let until = match number("d2") {
            Some(day) => Some(valid(day, last_month, year("y"))?),
            None => None,
        };
        return Some((Some(first), until));
    }
    Some((None, None))
}

fn month_number(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    MONTHS.iter().zip(1..).find(|(short, _)| lower.starts_with(**short)).map(|(_, number)| number)
}

/// Whether no letter or digit touches the span.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start()).and_then(|before| before.chars().next_back());
    let after = text.get(span.end()..).and_then(|after| after.chars().next());
    let ends_in_point = span.of(text).ends_with('.');
    !before.is_some_and(|character| character.is_alphanumeric() || matches!(character, '-' | '/'))
        && (ends_in_point || !after.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        dates(text).iter().map(|mention| mention.span.of(text)).collect()
    }

    #[test]
    fn dates_are_found_as_minutes_write_them() {
        assert_eq!(texts("Frist er den 1. marts 2025 kl. 9.30."), ["1. marts 2025"]);
        assert_eq!(texts("Senest 30.06.2025 eller 1/7-25, se 2025-08-01."), ["30.06.2025", "1/7-25", "2025-08-01"]);
        assert_eq!(
            texts("Kurset er 1.-3. maj og 24. december til 2. januar 2026."),
            ["1.-3. maj", "24. december til 2. januar 2026"]
        );
        assert_eq!(
            texts("I uge 42, i 2. kvartal 2026, ultimo juni og i marts 2027"),
            ["uge 42", "2. kvartal 2026", "ultimo juni", "marts 2027"]
        );
        assert_eq!(texts("d. 15. sept. 2025"), ["15. sept. 2025"]);
    }

    #[test]
    fn years_clock_times_numbers_and_case_numbers_are_no_dates() {
        assert!(texts("I 2026 er budgettet 5,3 mio. kr., se sag 81.38.04-P35-1-24 kl. 12.30.").is_empty());
        assert!(texts("45. marts 99/99-2025 § 3.6.4").is_empty());
    }

    #[test]
    fn a_period_has_two_ends() {
        let found = dates("24. december til 2. januar 2026");
        assert_eq!(found[0].day, Some(Day { day: 24, month: 12, year: Some(2026) }));
        assert_eq!(found[0].until, Some(Day { day: 2, month: 1, year: Some(2026) }));
    }

    #[test]
    fn a_missing_year_is_the_one_ahead() {
        let meeting = NaiveDate::from_ymd_opt(2025, 12, 10).unwrap();
        let day = |day, month| Day { day, month, year: None }.resolve(meeting).unwrap();
        assert_eq!(day(1, 3), NaiveDate::from_ymd_opt(2026, 3, 1).unwrap());
        assert_eq!(day(1, 12), NaiveDate::from_ymd_opt(2025, 12, 1).unwrap());
        assert_eq!(Day { day: 31, month: 2, year: None }.resolve(meeting), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[0-9./ \\-a-zæøå]{0,40}") {
            let _ = dates(&text);
        }
    }
}
