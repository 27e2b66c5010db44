//! When a letter goes once it is released: at the next time of a cron expression, or so many working days later.

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Utc};

use super::calendar::{Calendar, instant};
use super::danish_day;
use super::schedule::Schedule;

/// The schedule of a committee.
#[derive(Clone, Debug)]
pub enum Timing {
    /// At the times of a cron expression.
    Cron(Schedule),
    /// So many working days after the release.
    AfterRelease {
        /// How many; with none, the day itself.
        days: u32,
        /// At this time of the day.
        at: NaiveTime,
        /// What counts as a working day.
        calendar: Arc<Calendar>,
    },
}

impl Timing {
    /// When a letter goes that is released now.
    #[must_use]
    pub fn first_at_or_after(&self, released: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Cron(schedule) => schedule.first_at_or_after(released),
            Self::AfterRelease { days, at, calendar } => {
                let day = calendar.working_days_after(danish_day(released), *days)?;
                let due = instant(day.and_time(*at))?;
                if due >= released {
                    return Some(due);
                }
                // Released on that very day after the hour: not at once, but at the hour of the next working day.
                instant(calendar.working_days_after(day, 1)?.and_time(*at))
            }
        }
    }

    /// The cron expression, where it is one: only that has times of its own, which can be missed.
    #[must_use]
    pub fn cron(&self) -> Option<&Schedule> {
        match self {
            Self::Cron(schedule) => Some(schedule),
            Self::AfterRelease { .. } => None,
        }
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
    fn so_many_working_days_after_the_release_at_its_hour() {
        let timing = |days| Timing::AfterRelease {
            days,
            at: NaiveTime::from_hms_opt(8, 0, 0).unwrap(),
            calendar: Arc::new(Calendar::default()),
        };
        let due = |days, released| timing(days).first_at_or_after(at(released)).unwrap();
        assert_eq!(due(2, "2027-03-23T11:00:00+01:00"), at("2027-03-30T08:00:00+02:00"), "over Easter");
        assert_eq!(due(0, "2027-03-23T07:00:00+01:00"), at("2027-03-23T08:00:00+01:00"));
        assert_eq!(due(0, "2027-03-24T11:00:00+01:00"), at("2027-03-30T08:00:00+02:00"));
    }
}
