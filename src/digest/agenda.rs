//! What may be told of a coming meeting: its open items by their titles. Nothing of an agenda is decided, so nothing else of
//! it is quoted.

use chrono::NaiveTime;

use super::ScoredMeeting;
use super::build::guard;
use super::model::{Audience, Meeting};
use super::privacy::cpr_numbers;
use crate::minutes::Minutes;
use crate::rules::RuleSet;

/// The content of a letter about a coming meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// The meeting.
    pub meeting: Meeting,
    /// When it begins.
    pub start: Option<NaiveTime>,
    /// Where.
    pub place: Option<String>,
    /// Number as printed and title of every item that may be named.
    pub items: Vec<(String, String)>,
}

/// What an agenda has to tell an audience; none where a number in it could be a CPR number, or nothing may be told.
#[must_use]
pub fn agenda(minutes: &Minutes, rules: &RuleSet, scored: &ScoredMeeting, audience: &Audience) -> Option<Agenda> {
    let guard = guard(rules, scored, audience);
    let may_be_shown = |text: &String| !text.trim().is_empty() && guard.objection_to_heading(text).is_none();
    let committee = minutes.committee.clone().filter(may_be_shown)?;
    let items: Vec<(String, String)> = minutes
        .items
        .iter()
        .filter(|item| !item.closed && may_be_shown(&item.title))
        .map(|item| (item.printed.clone(), item.title.clone()))
        .collect();
    (cpr_numbers(minutes).is_none() && !items.is_empty()).then(|| Agenda {
        meeting: Meeting { committee: Some(committee), date: minutes.date },
        start: minutes.start,
        place: minutes.place.clone().filter(may_be_shown),
        items,
    })
}
