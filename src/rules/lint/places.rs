//! Titles in `where` that no example shows: a misspelt one would never be noticed.

use super::super::condition::comparable_title;
use super::super::messages;
use super::super::model::TitlePattern;
use super::super::read::{RawFile, RawRule};
use crate::diagnostic::Problem;

pub(super) fn lint(files: &[RawFile], problems: &mut Vec<Problem>) {
    for rule in files.iter().flat_map(|file| &file.rules).filter(|rule| rule.enabled && !rule.hits.is_empty()) {
        untested(rule, problems);
    }
}

fn untested(rule: &RawRule, problems: &mut Vec<Problem>) {
    let hits = || rule.hits.iter();
    let items: Vec<String> = hits().map(|example| example.item.clone()).collect();
    let subheadings: Vec<String> = hits().filter_map(|example| example.subheading.clone()).collect();
    let committees: Vec<String> = hits().filter_map(|example| example.committee.clone()).collect();
    for (key, patterns, titles) in [
        ("item", &rule.condition.item, items),
        ("subheading", &rule.condition.subheading, subheadings),
        ("committee", &rule.condition.committee, committees),
    ] {
        for written in patterns {
            let pattern = TitlePattern::new(&written.value);
            if !titles.iter().any(|title| pattern.fits(&comparable_title(title))) {
                let problem = Problem::new(&messages::WHERE_UNTESTED).with("pattern", &written.value);
                problems.push(problem.with("key", key).at(&written.place));
            }
        }
    }
}
