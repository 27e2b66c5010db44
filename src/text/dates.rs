//! Dates as Danish minutes print them, where they stand and which day they mean.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{Span, months};

/// A day of the calendar as printed; the year is often left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// The bytes that hold it.
    pub span: Span,
    /// Day of the month.
    pub day: u32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Year with four digits, where printed.
    pub year: Option<i32>,
}

impl PrintedDate {
    /// The day, when the year is printed and the day exists.
    #[must_use]
    pub fn full(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }

    /// Whether it can mean `date`: same day and month, and the same year where one is printed.
    #[must_use]
    pub fn may_be(&self, date: NaiveDate) -> bool {
        use chrono::Datelike as _;
        self.day == date.day() && self.month == date.month() && self.year.is_none_or(|year| year == date.year())
    }
}

/// The months of "March 3, 2026", as web pages set to English print it, by their first letters.
const ENGLISH_MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

// The boundary is that of ASCII, as the fast engine knows no other; a letter behind it is looked for below.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{1,2})-(?P<iso_day>[0-9]{1,2})",
        r"|(?P<day>[0-9]{1,2})\s*[./-]\s*(?P<month>[0-9]{1,2})(?:\s*[./ -]\s*(?P<year>[0-9]{4}|[0-9]{2}))?",
        r"|(?P<english>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\s+(?P<english_day>[0-9]{1,2}),\s*(?P<english_year>[0-9]{4})",
        r"|(?P<named_day>[0-9]{1,2})\.?\s*(?P<name>januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|(?:jan|febr?|mar|apr|jun|jul|aug|sept?|okt|nov|dec)(?-u:\b)\.?),?(?:\s+(?P<named_year>[0-9]{4}))?",
    ))
    .ok()
});

/// All dates in a text, in order. A number such as "3.6.4" or "14,3" is none.
#[must_use]
pub fn dates(text: &str) -> Vec<PrintedDate> {
    // Every date has a figure; most lines that are asked have none.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let Some(pattern) = DATE.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let before = text.get(..whole.start()).and_then(|before| before.chars().next_back());
            let mut after = text.get(whole.end()..).unwrap_or_default().chars();
            let next = after.next();
            let glued = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            // "d.23.8" is a date, "§ 3.6.4" and "kl. 12.30" are none.
            let number_goes_on = matches!(next, Some('.' | ',' | '-' | '/')) && glued(after.next());
            if glued(next) || number_goes_on || before.is_some_and(|c| c.is_numeric() || matches!(c, ',' | '/' | '-')) {
                return None;
            }
            let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
            let (day, month, year) = if let Some(year) = number("iso_year") {
                (number("iso_day")?, number("iso_month")?, i32::try_from(year).ok())
            } else if let Some(name) = found.name("english") {
                let letters: String = name.as_str().to_lowercase().chars().take(3).collect();
                let month = ENGLISH_MONTHS.iter().position(|month| *month == letters)?;
                let year = number("english_year").and_then(|year| i32::try_from(year).ok());
                (number("english_day")?, u32::try_from(month).ok()? + 1, year)
            } else if let Some(name) = found.name("name") {
                let year = number("named_year").and_then(|year| i32::try_from(year).ok());
                (number("named_day")?, months::month(name.as_str())?, year)
            } else {
                let year = number("year").map(|year| if year < 100 { year + 2000 } else { year });
                let clock = text.get(..whole.start()).unwrap_or_default().trim_end().ends_with("kl.");
                if clock || (year.is_none() && before.is_some_and(char::is_alphabetic)) {
                    return None;
                }
                (number("day")?, number("month")?, year.and_then(|year| i32::try_from(year).ok()))
            };
            let exists = NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day).is_some();
            exists.then(|| PrintedDate { span: Span::new(whole.start(), whole.end()), day, month, year })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<String> {
        dates(text)
            .iter()
            .map(|date| {
                format!("{}-{}-{}", date.day, date.month, date.year.map_or("?".into(), |year| year.to_string()))
            })
            .collect()
    }

    #[test]
    fn every_printed_form_is_read() {
        assert_eq!(days("REFERAT d. 25-06-2025"), ["25-6-2025"]);
        assert_eq!(days("Onsdag d. 02. marts 2022 kl. 08:00"), ["2-3-2022"]);
        assert_eq!(days("den 26/5 og pr. 1/12 2021"), ["26-5-?", "1-12-2021"]);
        assert_eq!(days("Direktørforum d.23.8"), ["23-8-?"]);
        assert_eq!(days("2026-09-16"), ["16-9-2026"]);
        assert_eq!(days("den 24. december"), ["24-12-?"]);
    }

    #[test]
    fn numbers_clocks_and_impossible_days_are_no_dates() {
        for text in ["kl. 12.30", "punkt 3.6.4", "14,3 dage", "31.2.2025", "45.13", "5,3 mio. kr."] {
            assert_eq!(days(text), Vec::<String>::new(), "{text}");
        }
    }
}
