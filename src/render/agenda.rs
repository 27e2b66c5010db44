//! What the letter about a coming meeting shows: when, where, and the titles of its open items.

use serde::Serialize;

use super::error::RenderError;
use super::head::Head;
use crate::digest::Agenda;

/// The line every such letter carries.
pub const AGENDA_LINE: &str = "Punkterne står, som de står i dagsordenen. Den kan blive ændret inden mødet.";

/// All that the templates of such a letter see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaContext {
    /// Whose meeting, when, and who is greeted.
    #[serde(flatten)]
    pub head: Head,
    /// "9.30".
    #[serde(rename = "klokken")]
    pub time: Option<String>,
    /// Where.
    #[serde(rename = "sted")]
    pub place: Option<String>,
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
        Ok(Self {
            head: Head::new(&agenda.meeting, greeting),
            time: agenda.start.map(|start| start.format("%-H.%M").to_string()),
            place: agenda.place.clone(),
            items: agenda
                .items
                .iter()
                .map(|(number, title)| AgendaItemContext { number: number.clone(), title: title.clone() })
                .collect(),
            extract: AGENDA_LINE,
        })
    }
}
