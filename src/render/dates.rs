//! Dates as a Danish letter writes them. Own code: twelve names and seven are less than a locale library.

use chrono::{Datelike, NaiveDate, Weekday};

/// "16. september 2026".
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    format!("{}. {} {}", date.day(), month(date), date.year())
}

/// "onsdag".
#[must_use]
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "mandag",
        Weekday::Tue => "tirsdag",
        Weekday::Wed => "onsdag",
        Weekday::Thu => "torsdag",
        Weekday::Fri => "fredag",
        Weekday::Sat => "lørdag",
        Weekday::Sun => "søndag",
    }
}

/// A day or a period, saying month and year once where they are the same: "1.–19. marts 2027". A whole month is "marts 2027".
#[must_use]
pub fn long_period(first: NaiveDate, last: Option<NaiveDate>) -> String {
    match last {
        Some(last) if is_whole_month(first, last) => format!("{} {}", month(first), first.year()),
        Some(last) if last != first && last.year() == first.year() && last.month() == first.month() => {
            format!("{}.–{}", first.day(), long_date(last))
        }
        Some(last) if last != first && last.year() == first.year() => {
            format!("{}. {} – {}", first.day(), month(first), long_date(last))
        }
        Some(last) if last != first => format!("{} – {}", long_date(first), long_date(last)),
        _ => long_date(first),
    }
}

fn is_whole_month(first: NaiveDate, last: NaiveDate) -> bool {
    let next = last.succ_opt();
    first.day() == 1
        && (first.year(), first.month()) == (last.year(), last.month())
        && next.is_some_and(|next| next.day() == 1)
}

fn month(date: NaiveDate) -> &'static str {
    match date.month() {
        1 => "januar",
        2 => "februar",
        3 => "marts",
        4 => "april",
        5 => "maj",
        6 => "juni",
        7 => "juli",
        8 => "august",
        9 => "september",
        10 => "oktober",
        11 => "november",
        _ => "december",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_date_is_written_out_in_danish() {
        assert_eq!(long_date(day(2026, 9, 16)), "16. september 2026");
        assert_eq!(weekday(day(2026, 9, 16)), "onsdag");
        assert_eq!(weekday(day(2026, 9, 19)), "lørdag");
    }

    #[test]
    fn a_period_says_month_and_year_once() {
        assert_eq!(long_period(day(2027, 3, 1), Some(day(2027, 3, 19))), "1.–19. marts 2027");
        assert_eq!(long_period(day(2026, 10, 28), Some(day(2026, 11, 3))), "28. oktober – 3. november 2026");
        assert_eq!(long_period(day(2026, 12, 28), Some(day(2027, 1, 3))), "28. december 2026 – 3. januar 2027");
        assert_eq!(long_period(day(2026, 10, 28), Some(day(2026, 10, 28))), "28. oktober 2026");
        assert_eq!(long_period(day(2026, 10, 28), None), "28. oktober 2026");
        assert_eq!(long_period(day(2027, 2, 1), Some(day(2027, 2, 28))), "februar 2027");
    }
}
