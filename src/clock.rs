//! The only reader of the time, and when things are due.
//!
//! Everything else is handed an instant, so the same input gives the same bytes and a test can stand on any day.

pub mod messages;
pub mod schedule;

use chrono::{DateTime, Utc};

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
