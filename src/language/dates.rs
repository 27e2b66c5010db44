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

static PATTERN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&SOURCE.replace("MONTH", MONTH).replace("SHORT", SHORT)).ok());

/// Word boundaries are tested on the neighbours of a match: `\b` would make the engine slow on Danish letters.
const SOURCE: &str = r"(?xi)
    (?P<iso>(?P<iy>[0-9]{4})-(?P<im>[0-9]{2})-(?P<id>[0-9]{2}))
  | (?P<period>(?P<d1>[0-9]{1,2})\.?
      (?:\s?(?P<m1>MONTH)(?:\s(?P<y1>[0-9]{4}))?)?
      (?:\s?[-–]\s?|\stil\s(?:og\smed\s)?(?:den\s|d\.\s?)?|(?P<and>\sog\s(?:den\s|d\.\s?)?))
      (?P<d2>[0-9]{1,2})\.?\s?(?P<m2>MONTH|SHORT\.)(?:\s(?P<y2>[0-9]{4}))?)
  | (?P<words>(?P<d>[0-9]{1,2})\.?\s?(?P<m>MONTH|SHORT\.)(?:\s(?P<y>[0-9]{4}))?)
  | (?P<dotted>(?P<dd>[0-9]{1,2})\.(?P<dm>[0-9]{1,2})\.(?P<dy>[0-9]{4}|[0-9]{2}))
  | (?P<slashed>(?P<sd>[0-9]{1,2})/(?P<sm>[0-9]{1,2})(?:\s?[-–/]\s?|\s)(?P<sy>[0-9]{4}|[0-9]{2}))
  | (?P<dashed>(?P<hd>[0-9]{1,2})-(?P<hm>[0-9]{1,2})-(?P<hy>[0-9]{4}))
  | (?P<loose>uge(?:rne)?\s[0-9]{1,2}(?:\s?[-–]\s?[0-9]{1,2})?
      | [0-9]\.\s?(?:kvartal|halvår)(?:\s(?:i\s)?[0-9]{4})?
      | (?:primo|medio|ultimo)\s(?:MONTH|[0-9]{4})(?:\s[0-9]{4})?
      | (?:MONTH)\s[0-9]{4})
";

const MONTH: &str = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december";
const SHORT: &str = "(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)";

/// The dates of `text`, in order. Two days joined by "og" are a period when they are neighbours, and two dates otherwise.
#[must_use]
pub fn dates(text: &str) -> Vec<DateMention> {
    let Some(pattern) = PATTERN.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    // Most sentences name no date, and to see that is a hundred times cheaper than to seek one.
    if !may_name_a_date(text) {
        return found;
    }
    let mut from = 0;
    while let Some(captures) = text.get(from..).and_then(|rest| pattern.captures(rest)) {
        let Some(whole) = captures.get(0) else { break };
        let span = Span::new(from + whole.start(), from + whole.end());
        let days = if stands_alone(text, span) { read(&captures) } else { Vec::new() };
        // Where the start was no date, the next character may begin one.
        let first = text.get(span.start()..).and_then(|rest| rest.chars().next());
        from = if days.is_empty() { span.start() + first.map_or(1, char::len_utf8) } else { span.end() };
        found.extend(days.into_iter().map(|(day, until)| DateMention { span, day, until }));
    }
    found
}

/// Every form of a date has a digit, but for one.
fn may_name_a_date(text: &str) -> bool {
    static WITHOUT_DIGIT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("(?i)(?:primo|medio|ultimo)").ok());
    text.bytes().any(|byte| byte.is_ascii_digit())
        || WITHOUT_DIGIT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// The days of a match with their ends; none where it is no date of the calendar.
fn read(captures: &Captures<'_>) -> Vec<(Option<Day>, Option<Day>)> {
    let number = |name: &str| captures.name(name).and_then(|text| text.as_str().parse::<u32>().ok());
    let year =
        |name: &str| number(name).and_then(|year| i32::try_from(if year < 100 { 2000 + year } else { year }).ok());
    let month = |name: &str| captures.name(name).and_then(|text| month_number(text.as_str()));
    let day = |day: Option<u32>, month: Option<u32>, year: Option<i32>| {
        let (day, month) = (day?, month?);
        // A leap year, so that 29 February without a year is one.
        NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day).map(|_| Day { day, month, year })
    };
    if captures.name("loose").is_some() {
        return vec![(None, None)];
    }
    if captures.name("period").is_none() {
        let single = day(number("id"), number("im"), year("iy"))
            .or_else(|| day(number("d"), month("m"), year("y")))
            .or_else(|| day(number("dd"), number("dm"), year("dy")))
            .or_else(|| day(number("sd"), number("sm"), year("sy")))
            .or_else(|| day(number("hd"), number("hm"), year("hy")));
        return single.map(|day| (Some(day), None)).into_iter().collect();
    }
    let last = day(number("d2"), month("m2"), year("y2"));
    let first_month = month("m1").or(month("m2"));
    // A period without a year of its own at the beginning is shorter than a year: "24. december til 2. januar 2026".
    let first_year = year("y1").or_else(|| year("y2").map(|year| year - i32::from(first_month > month("m2"))));
    let first = day(number("d1"), first_month, first_year);
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let neighbours = first.month == last.month && first.day + 1 == last.day;
    if captures.name("and").is_some() && !neighbours {
        return vec![(Some(first), None), (Some(last), None)];
    }
    vec![(Some(first), Some(last))]
}

fn month_number(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    MONTHS.iter().zip(1..).find(|(short, _)| lower.starts_with(**short)).map(|(_, number)| number)
}

/// Whether no letter, digit or part of a longer number touches the span: "11.15-11.25" is a time, "P35-1-24" a case.
fn stands_alone(text: &str, span: Span) -> bool {
    let mut before = text.get(..span.start()).unwrap_or_default().chars().rev();
    let mut after = text.get(span.end()..).unwrap_or_default().chars();
    let joins = |sign: Option<char>, behind: Option<char>| match sign {
        Some('-' | '/' | '.' | ',' | ':') => behind.is_some_and(char::is_alphanumeric),
        Some(other) => other.is_alphanumeric(),
        None => false,
    };
    let (sign, behind) = (before.next(), before.next());
    // "d.25.12.2010": the point of an abbreviation is no part of the number.
    let abbreviation = sign == Some('.') && behind.is_some_and(char::is_alphabetic);
    (abbreviation || !joins(sign, behind)) && (span.of(text).ends_with('.') || !joins(after.next(), after.next()))
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
        assert!(texts("kl. 11.15-11.25, nr. 2-6-14 og 17.8-14").is_empty());
    }

    #[test]
    fn a_period_has_two_ends() {
        let found = dates("24. december til 2. januar 2026");
        assert_eq!(found[0].until, Some(Day { day: 2, month: 1, year: Some(2026) }));
    }

    #[test]
    fn two_days_joined_by_og_are_a_period_only_when_they_are_neighbours() {
        let ends = |text: &str| dates(text).iter().map(|found| found.until.is_some()).collect::<Vec<_>>();
        assert_eq!(ends("29. og 30. august 2024"), [true]);
        assert_eq!(ends("24. december og 31. december"), [false, false]);
        assert_eq!(ends("fra 1. juni 2025 til 31. maj 2027"), [true]);
    }

    #[test]
    fn a_period_over_new_year_begins_the_year_before() {
        let found = dates("24. december til 2. januar 2026");
        assert_eq!(found[0].day, Some(Day { day: 24, month: 12, year: Some(2025) }));
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
