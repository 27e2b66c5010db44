//! The only reader of the time, and when things are due.
//!
//! Everything else is handed an instant, so the same input gives the same bytes and a test can stand on any day.

pub mod calendar;
pub mod messages;
pub mod schedule;
pub mod timing;
pub mod window;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// As clocks in Denmark show it: `2026-09-17 08:00`.
#[must_use]
pub fn danish_time(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&chrono_tz::Europe::Copenhagen).format("%Y-%m-%d %H:%M").to_string()
}

/// The same with seconds, for logs.
#[must_use]
pub fn danish_time_to_the_second(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&chrono_tz::Europe::Copenhagen).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The moment at which clocks in Denmark show `2026-09-17T08:00`.
#[must_use]
pub fn from_danish_time(text: &str) -> Option<DateTime<Utc>> {
    let civil = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    calendar::instant(civil)
}

/// The day it is in Denmark.
#[must_use]
pub fn danish_day(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&chrono_tz::Europe::Copenhagen).date_naive()
}

/// Where the present moment comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still at one instant: for tests and for repeating a run.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(instant) => *instant,
        }
    }
}

/// Measures how long something takes. Never in output that is compared.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    #[must_use]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Seconds since the start.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
