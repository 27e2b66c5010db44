//! Which rules cannot be judged, because of an error in them or in what they are made of.
//!
//! A misspelt key in a word list would otherwise be told once for itself and once more for every example of every rule that
//! uses the list, and the one mistake would be lost among the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::set::RuleSet;
use crate::diagnostic::{Place, Problem, Severity};

/// Switches off the rules in which an error stands, those that use a word list with one, and those built on them.
pub(super) fn switch_off_broken(set: &mut RuleSet, problems: &[Problem]) {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let errors: Vec<&Place> = errors.filter_map(Problem::place).collect();
    let own_places = set.rules.iter().map(|rule| &rule.place);
    let texts: BTreeMap<&Path, &str> =
        own_places.chain(errors.iter().copied()).map(|place| (place.file.path(), place.file.text())).collect();
    let tables: Vec<&str> = texts.values().flat_map(|text| tables(text)).map(|(_, table)| table).collect();
    let mut lists: BTreeSet<&str> = errors.iter().filter_map(|place| list_id(table_of(place).1)).collect();
    loop {
        // A list may be made of another one.
        let built_on = tables.iter().filter(|table| lists.iter().any(|list| names(table, list)));
        let more: BTreeSet<&str> = built_on.filter_map(|table| list_id(table)).collect();
        if more.is_subset(&lists) {
            break;
        }
        lists.extend(more);
    }
    let wrong: BTreeSet<(&Path, usize)> = errors.iter().map(|place| (place.file.path(), table_of(place).0)).collect();
    let off: Vec<bool> = set
        .rules
        .iter()
        .map(|rule| {
            let (start, table) = table_of(&rule.place);
            wrong.contains(&(rule.place.file.path(), start)) || lists.iter().any(|list| names(table, list))
        })
        .collect();
    for (rule, off) in set.rules.iter_mut().zip(off) {
        rule.enabled &= !off;
    }
    // Parts come before what is built on them.
    for index in set.order.clone() {
        let parts = set.rules.get(index).map(super::model::Rule::parts).unwrap_or_default();
        let off = parts.iter().any(|part| set.rules.get(*part).is_some_and(|part| !part.enabled));
        if let Some(rule) = set.rules.get_mut(index).filter(|_| off) {
            rule.enabled = false;
        }
    }
}

/// The tables of a file as written, each from its heading to the next one's, with where it begins. By the lines, because an
/// error may be just what keeps the parser from a table.
fn tables(text: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("[[") {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).filter_map(|ends| Some((*ends.first()?, text.get(*ends.first()?..*ends.last()?)?))).collect()
}

/// The table in which a place lies.
fn table_of(place: &Place) -> (usize, &str) {
    let before = |(start, _): &(usize, &str)| *start <= place.span.start();
    tables(place.file.text()).into_iter().take_while(before).last().unwrap_or_default()
}

/// The id of a table that is a word list.
fn list_id(table: &str) -> Option<&str> {
    let line = table.strip_prefix("[[list]]")?.lines().find(|line| line.trim_start().starts_with("id"))?;
    line.split('"').nth(1)
}

/// Whether a table uses the list.
fn names(table: &str, list: &str) -> bool {
    table.contains(&format!("\"@{list}\""))
}
