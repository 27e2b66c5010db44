//! What the daemon tells people about editions it does not send: in Danish, because `digest status` shows it to the
//! secretary who decides.

use crate::digest::{Digest, Held};

/// An edition that was just made and not yet judged; only such a one is ever released without a person.
pub const NEW: &str = "Ny; endnu ikke vurderet.";
/// Minutes that came again after letters were made of them.
pub const EARLIER_LETTER: &str =
    "Der er allerede lavet breve om samme møde; et menneske skal afgøre, om der skal sendes endnu et.";
/// Minutes that came again before letters were made of them.
pub const SUPERSEDED: &str = "Afløst af et nyere referat fra samme møde.";
/// Minutes that lay there for some time before the program could use them.
pub const LATE: &str =
    "Filen lå i indbakken, før programmet kunne bruge den; et menneske skal afgøre, om den stadig er aktuel.";
/// The inbox no longer has the minutes.
pub const SOURCE_GONE: &str = "Referatet ligger ikke længere uændret i indbakken.";
/// The configuration changed under an edition.
pub const COMMITTEE_CHANGED: &str = "Referatet hører ikke længere til udvalget, som config.toml nu er.";
/// The configuration changed under an edition.
pub const NO_LIST: &str = "Udvalget har ikke længere en modtagerliste til målgruppen.";
/// Rules or configuration changed under an edition.
pub const NOTHING_TO_TELL: &str = "Med de nuværende regler er der intet at fortælle målgruppen.";
/// A committee without lists.
pub const NO_LISTS: &str = "Udvalget har ingen modtagerlister i config.toml.";
/// A schedule with a year that is over.
pub const NEVER_DUE: &str = "Udvalgets tidsplan har ikke flere tidspunkter.";

/// The content is not the approved one.
#[must_use]
pub fn changed_since(by: &str) -> String {
    format!("Brev, modtagere eller referat er ændret, siden {by} godkendte; se det igen og godkend på ny.")
}

/// A list that cannot be used.
#[must_use]
pub fn bad_list(name: &str, first: &str) -> String {
    format!("Modtagerlisten {name} kan ikke bruges: {first} (»digest check« viser alle fejl)")
}

/// A letter that the templates cannot make.
#[must_use]
pub fn no_letter(error: &dyn std::fmt::Display) -> String {
    format!("Brevet kunne ikke laves: {error}")
}

/// All reasons that keep the letter of `digest` from going by itself, and what in it is held back, in one text.
#[must_use]
pub fn joined(reasons: &[Held], digest: &Digest) -> String {
    let mut parts: Vec<String> = reasons.iter().map(|held| held.reason.clone()).collect();
    for held in &digest.held {
        parts.push(match held.item {
            Some(item) => format!("Punkt {item}: {}", held.reason),
            None => held.reason.clone(),
        });
    }
    parts.dedup();
    parts.join(" ")
}
