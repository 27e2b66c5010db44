//! Working days and working hours in Denmark.
//!
//! The statutory holidays are computed: a list would end one day, and nobody notices a list that ended until a letter goes out
//! on Good Friday. What is no holiday by law but a day off in a municipality (Christmas Eve, 1 May, Constitution Day) differs
//! from place to place, so it comes from the configuration.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Copenhagen;

use super::schedule::moments;

/// From this year on store bededag is a working day.
const WITHOUT_BEDEDAG: i32 = 2024;
/// No search for a working day goes further than this: a calendar without one is a mistake, not a reason to hang.
const FURTHEST: usize = 3_660;

/// A day off that comes every year, or once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LocalDay {
    /// Month and day.
    EveryYear(u32, u32),
    /// This one day.
    Once(NaiveDate),
}

impl LocalDay {
    /// `12-24` for every year, `2027-05-07` for one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(Self::Once(date));
        }
        // 29 February is a day, if only in some years.
        let date = NaiveDate::parse_from_str(&format!("2024-{text}"), "%Y-%m-%d").ok()?;
        Some(Self::EveryYear(date.month(), date.day()))
    }

    fn is(self, day: NaiveDate) -> bool {
        match self {
            Self::EveryYear(month, date) => (day.month(), day.day()) == (month, date),
            Self::Once(date) => day == date,
        }
    }
}

/// Which days and hours count as working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Days off beside weekends and statutory holidays.
    pub closed: BTreeSet<LocalDay>,
    /// Days that end early.
    pub half: BTreeSet<LocalDay>,
    /// When a working day begins.
    pub begins: NaiveTime,
    /// When it ends.
    pub ends: NaiveTime,
    /// When half a day ends.
    pub half_ends: NaiveTime,
}

impl Default for Calendar {
    /// Statutory holidays alone, from 8 to 16, half days until 12.
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { closed: BTreeSet::new(), half: BTreeSet::new(), begins: hour(8), ends: hour(16), half_ends: hour(12) }
    }
}

impl Calendar {
    /// Whether anybody works on this day, be it half of it.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !is_statutory_holiday(day)
            && !self.closed.iter().any(|closed| closed.is(day))
    }

    /// The working day that is `count` working days after `day`; with none, `day` itself or the next working day.
    #[must_use]
    pub fn working_days_after(&self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        let working = |later: &NaiveDate| self.is_working_day(*later);
        if count == 0 {
            return day.iter_days().take(FURTHEST).find(working);
        }
        let nth = usize::try_from(count).ok()?.checked_sub(1)?;
        day.checked_add_days(Days::new(1))?.iter_days().take(FURTHEST).filter(working).nth(nth)
    }

    /// The moment at which `hours` working hours have gone by since `start`. What is short of an hour counts too; with no
    /// hours it is `start` itself, at whatever time of the day.
    #[must_use]
    pub fn working_hours_after(&self, start: DateTime<Utc>, hours: u32) -> Option<DateTime<Utc>> {
        let mut left = Duration::hours(i64::from(hours));
        if left.is_zero() {
            return Some(start);
        }
        let civil = start.with_timezone(&Copenhagen).naive_local();
        for day in civil.date().iter_days().take(FURTHEST).filter(|day| self.is_working_day(*day)) {
            let ends = if self.half.iter().any(|half| half.is(day)) { self.half_ends } else { self.ends };
            let (opens, closes) = (day.and_time(self.begins), day.and_time(ends));
            let from = opens.max(civil);
            let there = closes - from;
            if there >= left {
                return instant(from + left);
            }
            left -= there.max(Duration::zero());
        }
        None
    }
}

/// The first moment at which Danish clocks show this.
pub(super) fn instant(civil: NaiveDateTime) -> Option<DateTime<Utc>> {
    Copenhagen.from_local_datetime(&civil).earliest().map(|found| found.to_utc()).or_else(|| Some(moments(civil)?.0))
}

/// Whether the law on public holidays closes this day.
#[must_use]
pub fn is_statutory_holiday(day: NaiveDate) -> bool {
    if matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26)) {
        return true;
    }
    let Some(easter) = easter_sunday(day.year()) else { return false };
    let after = day.signed_duration_since(easter).num_days();
    // Thursday, Friday, Sunday, Monday; store bededag; Ascension; Whit Sunday and Monday.
    matches!(after, -3 | -2 | 0 | 1 | 39 | 49 | 50) || (after == 26 && day.year() < WITHOUT_BEDEDAG)
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31 + 1).ok()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn local() -> Calendar {
        Calendar {
            closed: ["12-24", "2027-05-07"].iter().filter_map(|text| LocalDay::parse(text)).collect(),
            half: ["06-05", "05-01"].iter().filter_map(|text| LocalDay::parse(text)).collect(),
            ..Calendar::default()
        }
    }

    #[test]
    fn the_holidays_are_those_of_the_almanac() {
        let of_2026 = [
            "2026-01-01",
            "2026-04-02",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-14",
            "2026-05-24",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26",
        ];
        let found: Vec<String> = day("2026-01-01")
            .iter_days()
            .take(365)
            .filter(|day| is_statutory_holiday(*day))
            .map(|day| day.to_string())
            .collect();
        assert_eq!(found, of_2026);
        let easters =
            ["1961-04-02", "2000-04-23", "2024-03-31", "2025-04-20", "2027-03-28", "2038-04-25", "2285-03-22"];
        for easter in easters {
            assert_eq!(easter_sunday(day(easter).year()), Some(day(easter)), "{easter}");
        }
    }

    #[test]
    fn store_bededag_is_a_holiday_up_to_2023_and_none_since() {
        assert!(is_statutory_holiday(day("2023-05-05")));
        assert!(!is_statutory_holiday(day("2024-04-26")));
        assert!(!is_statutory_holiday(day("2027-04-23")));
    }

    #[test]
    fn working_days_step_over_weekends_holidays_and_local_days() {
        let calendar = local();
        // Easter 2027: Wednesday 24 March, then Tuesday 30 March.
        assert_eq!(calendar.working_days_after(day("2027-03-24"), 1), Some(day("2027-03-30")));
        // Ascension is Thursday 6 May 2027, the Friday after it is a local day off.
        assert_eq!(calendar.working_days_after(day("2027-05-05"), 2), Some(day("2027-05-11")));
        assert_eq!(calendar.working_days_after(day("2027-12-23"), 1), Some(day("2027-12-27")));
        assert_eq!(calendar.working_days_after(day("2027-03-27"), 0), Some(day("2027-03-30")));
        assert_eq!(calendar.working_days_after(day("2027-03-31"), 0), Some(day("2027-03-31")));
    }

    #[test]
    fn working_hours_stop_overnight_on_holidays_and_on_half_days() {
        let calendar = local();
        let after = |start, hours| calendar.working_hours_after(at(start), hours).unwrap();
        assert_eq!(after("2027-03-24T15:00:00+01:00", 4), at("2027-03-30T11:00:00+02:00"), "over Easter and the clock");
        assert_eq!(after("2027-03-31T06:12:00+02:00", 2), at("2027-03-31T10:00:00+02:00"));
        assert_eq!(after("2027-03-31T14:00:00+02:00", 2), at("2027-03-31T16:00:00+02:00"));
        // Constitution Day 2028 is a Monday and half a day here.
        assert_eq!(after("2028-06-02T15:30:00+02:00", 6), at("2028-06-06T09:30:00+02:00"));
        assert_eq!(after("2027-03-27T23:00:00+01:00", 0), at("2027-03-27T23:00:00+01:00"));
    }

    #[test]
    fn a_calendar_without_a_working_day_gives_none_instead_of_hanging() {
        let never = Calendar {
            closed: (1..=12).flat_map(|month| (1..=31).map(move |day| LocalDay::EveryYear(month, day))).collect(),
            ..Calendar::default()
        };
        assert_eq!(never.working_days_after(day("2027-03-24"), 1), None);
        assert_eq!(never.working_hours_after(at("2027-03-24T10:00:00+01:00"), 1), None);
    }

    #[test]
    fn a_local_day_is_written_with_or_without_a_year() {
        assert_eq!(LocalDay::parse("12-24"), Some(LocalDay::EveryYear(12, 24)));
        assert_eq!(LocalDay::parse("2027-05-07"), Some(LocalDay::Once(day("2027-05-07"))));
        for wrong in ["24-12", "13-01", "jul", "2027-02-29", ""] {
            assert_eq!(LocalDay::parse(wrong), None, "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn working_hours_add_up(
            from in 1_700_000_000_i64..2_000_000_000, one in 0_u32..60, two in 0_u32..60,
        ) {
            let start = DateTime::from_timestamp(from, 0).unwrap();
            let calendar = local();
            let first = calendar.working_hours_after(start, one).unwrap();
            let whole = calendar.working_hours_after(start, one + two).unwrap();
            proptest::prop_assert_eq!(calendar.working_hours_after(first, two).unwrap(), whole);
            proptest::prop_assert!(whole >= start);
            let civil = whole.with_timezone(&Copenhagen).date_naive();
            proptest::prop_assert!(one + two == 0 || calendar.is_working_day(civil));
        }
    }
}
