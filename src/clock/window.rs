//! The hours in which letters may be handed over: nobody is to be woken by a letter that was due while the daemon was down.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Europe::Copenhagen;

use super::calendar::{Calendar, instant};

/// How many days ahead an opening is looked for.
const FURTHEST: usize = 3_660;

/// When letters may be handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendWindow {
    /// From and until, on one day; none is around the clock.
    pub hours: Option<(NaiveTime, NaiveTime)>,
    /// Only on working days of the calendar.
    pub working_days: bool,
}

impl SendWindow {
    /// This moment where letters may go, else the next at which they may; none where the window never opens.
    #[must_use]
    pub fn opens(&self, at: DateTime<Utc>, calendar: &Calendar) -> Option<DateTime<Utc>> {
        let civil = at.with_timezone(&Copenhagen).naive_local();
        for day in civil.date().iter_days().take(FURTHEST) {
            if self.working_days && !calendar.is_working_day(day) {
                continue;
            }
            let (from, until) = match self.hours {
                Some((from, until)) => (day.and_time(from), day.and_time(until)),
                None => (day.and_time(NaiveTime::MIN), day.succ_opt()?.and_time(NaiveTime::MIN)),
            };
            if civil < from {
                return instant(from);
            }
            if civil < until {
                return Some(at);
            }
        }
        None
    }

    /// Whether letters may go now.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>, calendar: &Calendar) -> bool {
        self.opens(at, calendar) == Some(at)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    #[test]
    fn a_closed_window_opens_on_the_next_working_morning() {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let window = SendWindow { hours: Some((hour(7), hour(18))), working_days: true };
        let calendar = Calendar::default();
        let opens = |text| window.opens(at(text), &calendar).unwrap();
        assert_eq!(opens("2027-03-24T17:59:59+01:00"), at("2027-03-24T17:59:59+01:00"));
        assert_eq!(opens("2027-03-24T18:00:00+01:00"), at("2027-03-30T07:00:00+02:00"), "over Easter");
        assert_eq!(opens("2027-03-31T03:00:00+02:00"), at("2027-03-31T07:00:00+02:00"));
        assert!(SendWindow::default().is_open(at("2027-12-25T03:00:00+01:00"), &calendar));
    }

    #[test]
    fn an_opening_in_the_hour_that_spring_skips_comes_right_after_it() {
        let time = |minutes| NaiveTime::from_hms_opt(2, minutes, 0).unwrap();
        let window = SendWindow { hours: Some((time(10), time(50))), working_days: false };
        let opens = window.opens(at("2027-03-28T01:00:00+01:00"), &Calendar::default()).unwrap();
        assert_eq!(opens, at("2027-03-28T03:00:00+02:00"));
    }
}
