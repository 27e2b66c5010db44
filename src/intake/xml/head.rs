//! What an export says of the meeting: kind, committee, day, time and place, as the lines that other formats have on top.

use super::tree::Element;
use super::vocabulary::{Role, is_draft, kind, role};
use crate::intake::LineKind;

/// The lines above the first item.
pub(super) fn lines(root: &Element) -> Vec<(String, LineKind)> {
    let mut found = Vec::new();
    let mut facts = Vec::new();
    head_facts(root, "", &mut facts);
    let value = |wanted: Role| facts.iter().find(|(role, _)| *role == wanted).map(|(_, value)| value.as_str());
    let date = value(Role::Date).map(date_and_time);
    let end = value(Role::EndDate).map(date_and_time);
    let states: Vec<&str> =
        facts.iter().filter(|(role, _)| *role == Role::Kind).map(|(_, value)| value.as_str()).collect();
    if let Some(kind) = states.iter().find_map(|state| kind(state)) {
        found.push((kind.to_owned(), LineKind::Heading(1)));
    }
    if states.iter().any(|state| is_draft(state)) {
        found.push(("Udkast".to_owned(), LineKind::Plain));
    }
    let (day, begins) = date.unwrap_or_default();
    let start = value(Role::Start).map(str::to_owned).or(begins);
    let end = value(Role::End).map(str::to_owned).or(end.unwrap_or_default().1);
    for (label, value) in [
        ("Udvalg", value(Role::Committee).map(str::to_owned)),
        ("Mødedato", day),
        ("Starttidspunkt", start),
        ("Sluttidspunkt", end),
        ("Mødested", value(Role::Place).map(str::to_owned)),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            found.push((format!("{label}: {value}"), LineKind::Plain));
        }
    }
    found
}

/// What the elements outside the items say of the meeting, in order.
fn head_facts(element: &Element, parent: &str, facts: &mut Vec<(Role, String)>) {
    for child in element.elements() {
        match role(&child.name) {
            Some(Role::Item | Role::Skipped) => continue,
            Some(
                found @ (Role::Committee
                | Role::Date
                | Role::Start
                | Role::EndDate
                | Role::End
                | Role::Place
                | Role::Kind),
            ) => {
                let value = child.value();
                if !value.is_empty() {
                    facts.push((found, value));
                }
            }
            // The name of a committee is a field of the committee.
            Some(Role::Title) if parent == "committee" || parent == "udvalg" => {
                facts.push((Role::Committee, child.value()));
            }
            _ => {}
        }
        let below = if child.name == "fields" { parent } else { &child.name };
        head_facts(child, below, facts);
    }
}

/// "2026-08-27T16:00:00" is "27-08-2026" and "16:00"; Danish dates stay as they are.
fn date_and_time(value: &str) -> (Option<String>, Option<String>) {
    let (day, time) = value.split_once(['T', ' ']).unwrap_or((value, ""));
    let parts: Vec<&str> = day.split('-').collect();
    let number = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day] if number(year, 4) && number(month, 2) && number(day, 2) => {
            (Some(format!("{day}-{month}-{year}")), clock_time(time))
        }
        [first, _, third] if number(first, 2) && number(third, 4) => (Some(day.to_owned()), clock_time(time)),
        _ => (Some(value.to_owned()), None),
    }
}

fn clock_time(time: &str) -> Option<String> {
    // Midnight is what an export writes where it knows the day alone.
    let time = time.get(..5)?;
    (time.as_bytes().get(2) == Some(&b':') && time != "00:00").then(|| time.to_owned())
}
