//! Why a sentence is in a letter or not.

use chrono::NaiveDate;

use crate::diagnostic::Language;
use crate::minutes::EntryId;

/// What decided about a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It tells a story.
    Story,
    /// Chosen for its own sake.
    Chosen,
    /// A chosen one leans on it.
    Context,
    /// A privacy rule keeps it back; the labels of the rules.
    Withheld(String),
    /// It only announces what follows.
    LeadIn,
    /// Its score is under this one.
    UnderLeast(i32),
    /// It leans on a sentence that is kept back.
    LeansOnWithheld,
    /// A quoted sentence says the same.
    SaysTheSame(EntryId),
    /// It was told of an earlier meeting, on this day.
    ToldBefore(NaiveDate),
    /// It would bring so many others along that it would be no quote any more.
    BringsTooMany,
    /// Others are worth more in the same room.
    NoRoom,
    /// There is no letter at all, for this reason.
    NoLetter(String),
}

impl Reason {
    /// As people read it.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let (danish, english) = match self {
            Self::Story => ("fortæller en historie", "tells a story"),
            Self::Chosen => ("valgt", "chosen"),
            Self::Context => {
                ("med, fordi en valgt sætning støtter sig på den", "in, because a chosen sentence leans on it")
            }
            Self::LeadIn => ("indleder kun det, der følger", "only announces what follows"),
            Self::LeansOnWithheld => {
                ("støtter sig på en sætning, der er tilbageholdt", "leans on a sentence that is kept back")
            }
            Self::BringsTooMany => (
                "kan ikke forstås uden mere, end brevet må citere i træk",
                "cannot be understood without more than the letter may quote in a row",
            ),
            Self::NoRoom => ("ikke plads", "no room"),
            Self::Withheld(label) => {
                return match language {
                    Language::Danish => format!("tilbageholdt: {label}"),
                    Language::English => format!("kept back: {label}"),
                };
            }
            Self::SaysTheSame(other) => {
                return match language {
                    Language::Danish => format!("siger det samme som {other}"),
                    Language::English => format!("says the same as {other}"),
                };
            }
            Self::ToldBefore(on) => {
                return match language {
                    Language::Danish => format!("fortalt før, i brevet om mødet {on}"),
                    Language::English => format!("told before, in the letter about the meeting of {on}"),
                };
            }
            Self::UnderLeast(least) => {
                return match language {
                    Language::Danish => format!("under mindste score {least}"),
                    Language::English => format!("under the least score {least}"),
                };
            }
            Self::NoLetter(reason) => return reason.clone(),
        };
        match language {
            Language::Danish => danish,
            Language::English => english,
        }
        .to_owned()
    }
}
