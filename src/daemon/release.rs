//! Whether a letter may go without asking, and if not, why.
//!
//! Deny by default: minutes of a committee that is not in the map, of a layout that nobody confirmed, minutes that do not
//! say they are approved, and letters with anything held back wait for a person. `automatic` waives what the minutes say
//! and what the letter withholds; that the minutes were read right it cannot waive. Pure, so that the preview says the very same as the daemon.

use chrono::NaiveDate;

use super::layouts;
use crate::config::{Committee, Config, Release};
use crate::digest::{Digest, Held, passed};
use crate::minutes::{ApprovalState, Minutes};
use crate::store::ConfirmedLayout;

/// The committee of these minutes, if the map has it.
#[must_use]
pub fn committee_of<'c>(config: &'c Config, minutes: &Minutes) -> Option<&'c Committee> {
    config.committee_named(minutes.committee.as_deref()?)
}

/// Why minutes of a committee that is not in the map are never mailed.
#[must_use]
pub fn unmapped(name: &str) -> String {
    format!("Udvalget »{name}« står ikke i config.toml; dets referater bliver ikke sendt.")
}

/// What keeps the letter of `digest` from going by itself; empty when it may go. `committee` is [`committee_of`],
/// `known` are the confirmed layouts of all committees, `day` is the day the letter goes.
#[must_use]
pub fn reasons(
    committee: Option<&Committee>,
    minutes: &Minutes,
    digest: &Digest,
    known: &[ConfirmedLayout],
    day: NaiveDate,
) -> Vec<Held> {
    let held = |reason: String| Held { reason, item: None };
    let Some(committee) = committee else {
        let name = minutes.committee.as_deref().unwrap_or("uden navn");
        return vec![held(unmapped(name))];
    };
    let mut reasons = Vec::new();
    if !committee.lists.iter().any(|list| list.audience == digest.audience) {
        reasons.push(held(format!("Udvalget har ingen modtagere i målgruppen »{}«.", digest.audience)));
    }
    reasons.extend(layouts::objection(committee, minutes, known).map(held));
    // Old letters read as such are the one doubt that changes no word.
    let doubts = minutes.warnings.iter().filter(|warning| warning.code != "windows-1252").count();
    if doubts > 0 {
        let warnings = if doubts == 1 { "advarsel" } else { "advarsler" };
        reasons.push(held(format!("Læsningen gav {doubts} {warnings}; se med »digest parse«.")));
    }
    // Readers would be asked for what they can no longer do; that no release mode waives, nor that the news is old.
    reasons.extend(passed(&digest.dates, day).iter().map(|date| held(super::reasons::date_passed(date, day))));
    if let Some(age) = minutes.date.map(|date| day.signed_duration_since(date).num_days())
        && age > committee.oldest_meeting
    {
        reasons.push(held(super::reasons::old_meeting(age)));
    }
    match committee.release {
        Release::Automatic => {}
        Release::AlwaysAsk => reasons.push(held("Udvalgets breve skal altid godkendes, før de sendes.".into())),
        Release::WhenApprovedAndClean => {
            match minutes.approval.state {
                ApprovalState::Approved => {}
                ApprovalState::Draft => reasons.push(held("Referatet er mærket som udkast.".into())),
                ApprovalState::Unknown => reasons.push(held("Referatet siger ikke, at det er godkendt.".into())),
            }
            if !digest.held.is_empty() {
                reasons.push(held("Noget i brevet er holdt tilbage og skal ses af et menneske.".into()));
            }
            if !digest.left_out.essential.is_empty() {
                reasons.push(held(super::reasons::MISSING.to_owned()));
            }
        }
    }
    reasons
}

/// What keeps the letter about a coming meeting from going by itself.
#[must_use]
pub fn agenda_reasons(committee: &Committee, minutes: &Minutes) -> Vec<Held> {
    let waits = committee.release != Release::Automatic || !minutes.warnings.is_empty();
    if waits { vec![Held { reason: super::reasons::AGENDA_WAITS.to_owned(), item: None }] } else { Vec::new() }
}
