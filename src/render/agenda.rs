//! What the letter about a coming meeting shows: when, where, and the titles of its open items.

use chrono::NaiveDate;
use serde::Serialize;

use super::dates;
use super::error::RenderError;
use crate::digest::Agenda;

/// The line every such letter carries.
pub const AGENDA_LINE: &str = "Punkterne står, som de står i dagsordenen. Den kan blive ændret inden mødet.";

/// All that the templates of such a letter see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaContext {
    /// The committee as printed.
    #[serde(rename = "udvalg")]
    pub committee: Option<String>,
    /// The day of the meeting: "16. september 2026".
    #[serde(rename = "dato")]
    pub date: Option<String>,
    /// "onsdag".
    #[serde(rename = "ugedag")]
    pub weekday: Option<String>,
    /// "9.30".
    #[serde(rename = "klokken")]
    pub time: Option<String>,
    /// Where.
    #[serde(rename = "sted")]
    pub place: Option<String>,
    /// The greeting that names the audience: "Til medarbejdere".
    #[serde(rename = "hilsen")]
    pub greeting: String,
    /// The open items.
    #[serde(rename = "punkter")]
    pub items: Vec<AgendaItemContext>,
    /// That the agenda applies.
    #[serde(rename = "forbehold")]
    pub extract: &'static str,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaItemContext {
    /// Its number as printed.
    #[serde(rename = "nummer")]
    pub number: String,
    /// Its title, word for word.
    #[serde(rename = "titel")]
    pub title: String,
}

impl AgendaContext {
    /// What the letter of this agenda shows.
    ///
    /// # Errors
    /// [`RenderError::Empty`] where it has no open item.
    pub fn new(agenda: &Agenda, greeting: &str) -> Result<Self, RenderError> {
        if agenda.items.is_empty() {
            return Err(RenderError::Empty);
        }
        let day = |of: fn(NaiveDate) -> String| agenda.meeting.date.map(of);
        Ok(Self {
            committee: agenda.meeting.committee.clone(),
            date: day(dates::long_date),
            weekday: day(|date| dates::weekday(date).to_owned()),
            time: agenda.start.map(|start| start.format("%-H.%M").to_string()),
            place: agenda.place.clone(),
            greeting: greeting.to_owned(),
            items: agenda
                .items
                .iter()
                .map(|(number, title)| AgendaItemContext { number: number.clone(), title: title.clone() })
                .collect(),
            extract: AGENDA_LINE,
        })
    }
}
