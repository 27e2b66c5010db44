//! What became of an item, in the two or three words a letter prints beside its title.

use serde::Serialize;

use crate::minutes::Outcome;

/// The words, and the kind by which the style sheet colours them. The words alone must say it: colour is lost in the
/// plain text part and on many readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// "Godkendt".
    #[serde(rename = "tekst")]
    pub text: &'static str,
    /// `godt`, `venter`, `afvist` or `roligt`.
    #[serde(rename = "slags")]
    pub kind: &'static str,
}

/// The badge of an outcome; none where the minutes do not say what became of it, since silence is not a decision.
pub fn badge(outcome: Outcome, amended: bool) -> Option<Badge> {
    let (text, kind) = match (outcome, amended) {
        (Outcome::Postponed, _) => ("Udsat", "venter"),
        (Outcome::Withdrawn, _) => ("Taget af dagsordenen", "venter"),
        (Outcome::Referred, _) => ("Sendt videre", "venter"),
        (Outcome::Rejected, _) => ("Forkastet", "afvist"),
        (Outcome::Recommended, false) => ("Anbefalet", "godt"),
        (Outcome::Recommended, true) => ("Anbefalet med ændringer", "godt"),
        (Outcome::Approved, false) => ("Godkendt", "godt"),
        (Outcome::Approved, true) => ("Godkendt med ændringer", "godt"),
        (Outcome::Noted, _) => ("Til efterretning", "roligt"),
        (Outcome::Discussed, _) => ("Drøftet", "roligt"),
        (Outcome::None, _) => return None,
    };
    Some(Badge { text, kind })
}
