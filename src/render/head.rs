//! What every letter about a meeting begins with: whose meeting, which day, and who is greeted.

use serde::Serialize;

use super::dates;
use crate::digest::Meeting;

/// The head of a letter, in the names that its templates use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The committee as printed.
    #[serde(rename = "udvalg")]
    pub committee: Option<String>,
    /// The day of the meeting: "16. september 2026".
    #[serde(rename = "dato")]
    pub date: Option<String>,
    /// "onsdag".
    #[serde(rename = "ugedag")]
    pub weekday: Option<String>,
    /// The greeting that names the audience: "Til medarbejdere".
    #[serde(rename = "hilsen")]
    pub greeting: String,
}

impl Head {
    pub(super) fn new(meeting: &Meeting, greeting: &str) -> Self {
        Self {
            committee: meeting.committee.clone(),
            date: meeting.date.map(dates::long_date),
            weekday: meeting.date.map(|date| dates::weekday(date).to_owned()),
            greeting: greeting.to_owned(),
        }
    }
}
