//! When and how the daemon works: calendar, send window, approval, retention, health.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveTime};

use super::{After, ApprovalRules, Health, Retention, Sending, form_operation as form, messages};
use crate::clock::calendar::{Calendar, LocalDay};
use crate::clock::messages::{DAY, TIME_OF_DAY};
use crate::clock::window::SendWindow;
use crate::diagnostic::Problem;
use crate::digest::AudienceId;
use crate::tables::{Located, Reader};

use super::mail::mailbox;
use super::read::unknown;

/// A number of `unit`s, or so many where the key is missing.
fn duration(
    reader: &mut Reader<'_, '_>,
    key: &'static str,
    unit: fn(i64) -> Option<Duration>,
    default: i64,
) -> Duration {
    let count = reader.number(key).map_or(default, |given| given.value);
    unit(count).unwrap_or(Duration::MAX)
}

fn time_of_day(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<NaiveTime> {
    let given = reader.string(key)?;
    let time = parse_time(given);
    if time.is_none() {
        reader.problems.push(Problem::new(&TIME_OF_DAY).with("value", &given.value).at(&given.place));
    }
    time
}

/// `08:00`.
pub(super) fn parse_time(given: &Located<String>) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(&given.value, "%H:%M").ok()
}

pub(super) fn calendar(root: &mut Reader<'_, '_>) -> Calendar {
    let mut calendar = Calendar::default();
    let Some(table) = root.table_of("calendar") else { return calendar };
    let mut reader = Reader::of(&form::CALENDAR, table, root.problems);
    for (key, days) in [("closed", &mut calendar.closed), ("half", &mut calendar.half)] {
        for given in reader.strings(key) {
            match LocalDay::parse(&given.value) {
                Some(day) => {
                    days.insert(day);
                }
                None => reader.problems.push(Problem::new(&DAY).with("value", &given.value).at(&given.place)),
            }
        }
    }
    for (key, time) in [
        ("day_begins", &mut calendar.begins),
        ("day_ends", &mut calendar.ends),
        ("half_day_ends", &mut calendar.half_ends),
    ] {
        *time = time_of_day(&mut reader, key).unwrap_or(*time);
    }
    if (calendar.ends <= calendar.begins || calendar.half_ends <= calendar.begins)
        && let Some(given) = reader.string("day_ends").or_else(|| reader.string("half_day_ends"))
    {
        reader.problems.push(Problem::new(&messages::ENDS_BEFORE).with("value", &given.value).at(&given.place));
    }
    reader.finish();
    calendar
}

pub(super) fn sending(root: &mut Reader<'_, '_>) -> Sending {
    let Some(table) = root.table_of("sending") else { return Sending::default() };
    let mut reader = Reader::of(&form::SENDING, table, root.problems);
    let (from, until) = (time_of_day(&mut reader, "from"), time_of_day(&mut reader, "until"));
    let hours = from.zip(until);
    match (reader.string("from"), reader.string("until")) {
        (Some(_), None) => drop(reader.require("until")),
        (None, Some(_)) => drop(reader.require("from")),
        (_, Some(given)) if hours.is_some_and(|(from, until)| until <= from) => {
            reader.problems.push(Problem::new(&messages::ENDS_BEFORE).with("value", &given.value).at(&given.place));
        }
        _ => {}
    }
    let working_days = reader.boolean("working_days").is_some_and(|given| given.value);
    let standard = Sending::default();
    let catch_up = duration(&mut reader, "catch_up_hours", Duration::try_hours, standard.catch_up.num_hours());
    let oldest_meeting = reader.number("oldest_meeting_days").map_or(standard.oldest_meeting, |given| given.value);
    reader.finish();
    Sending { window: SendWindow { hours, working_days }, catch_up, oldest_meeting }
}

pub(super) fn approval(root: &mut Reader<'_, '_>) -> ApprovalRules {
    let Some(table) = root.table_of("approval") else { return ApprovalRules::default() };
    let mut reader = Reader::of(&form::APPROVAL, table, root.problems);
    let to = reader.strings("to").iter().filter_map(|given| mailbox(given, reader.problems)).collect();
    let standard = ApprovalRules::default().expires.num_days();
    let expires = duration(&mut reader, "expires_days", Duration::try_days, standard);
    reader.finish();
    ApprovalRules { to, expires }
}

pub(super) fn retention(root: &mut Reader<'_, '_>) -> Retention {
    let Some(table) = root.table_of("retention") else { return Retention::default() };
    let mut reader = Reader::of(&form::RETENTION, table, root.problems);
    let standard = Retention::default();
    let bytes = duration(&mut reader, "letters_days", Duration::try_days, standard.bytes.num_days());
    let status = duration(&mut reader, "status_days", Duration::try_days, standard.status.num_days());
    reader.finish();
    Retention { bytes, status }
}

pub(super) fn health(root: &mut Reader<'_, '_>) -> Health {
    let Some(table) = root.table_of("health") else { return Health::default() };
    let mut reader = Reader::of(&form::HEALTH, table, root.problems);
    let standard = Health::default();
    let mut minutes =
        |key, standard: Duration| duration(&mut reader, key, Duration::try_minutes, standard.num_minutes());
    let health = Health {
        inbox: minutes("inbox_minutes", standard.inbox),
        relay: minutes("relay_minutes", standard.relay),
        schedule: minutes("schedule_minutes", standard.schedule),
    };
    reader.finish();
    health
}

/// What an audience waits for, as written.
pub(super) struct Wait {
    /// The audience that waits.
    pub of: AudienceId,
    /// The audience it waits for.
    pub after: Located<String>,
    /// Working hours in between.
    pub hours: u32,
}

/// The order of release; an unknown audience and a circle, in which everybody waits for ever, are told.
pub(super) fn order(
    waits: Vec<Wait>,
    known: &[AudienceId],
    problems: &mut Vec<Problem>,
) -> BTreeMap<AudienceId, After> {
    let mut order = BTreeMap::new();
    for wait in &waits {
        if known.iter().any(|audience| audience.0 == wait.after.value) {
            let after = After { audience: AudienceId(wait.after.value.clone()), working_hours: wait.hours };
            order.insert(wait.of.clone(), after);
        } else {
            let known = known.iter().map(|audience| audience.0.as_str());
            problems.push(unknown(&wait.after, ("målgruppe", "audience"), known));
        }
    }
    for wait in &waits {
        let mut at = &wait.of;
        let circle = (0..waits.len()).any(|_| match order.get(at) {
            Some(after) => {
                at = &after.audience;
                *at == wait.of
            }
            None => false,
        });
        if circle {
            problems.push(Problem::new(&messages::CIRCLE).with("value", &wait.after.value).at(&wait.after.place));
        }
    }
    order
}
