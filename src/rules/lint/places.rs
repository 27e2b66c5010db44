//! Titles in `where` that no example shows: a misspelt one would never be noticed.

use super::super::condition::comparable_title;
use super::super::messages;
use super::super::model::{Example, TitlePattern};
use super::super::read::{RawFile, RawRule};
use crate::diagnostic::Problem;

pub(super) fn lint(files: &[RawFile], problems: &mut Vec<Problem>) {
    for rule in files.iter().flat_map(|file| &file.rules).filter(|rule| rule.enabled && !rule.hits.is_empty()) {
        untested(rule, problems);
    }
}

fn untested(rule: &RawRule, problems: &mut Vec<Problem>) {
    let item = |example: &Example| Some(example.item.clone());
    let subheading = |example: &Example| example.subheading.clone();
    let committee = |example: &Example| example.committee.clone();
    let title: [(&str, _, fn(&Example) -> Option<String>); 3] = [
        ("item", &rule.condition.item, item),
        ("subheading", &rule.condition.subheading, subheading),
        ("committee", &rule.condition.committee, committee),
    ];
    for (key, patterns, of) in title {
        for written in patterns {
            let pattern = TitlePattern::new(&written.value);
            let shown = rule.hits.iter().filter_map(of).any(|title| pattern.fits(&comparable_title(&title)));
            if !shown {
                let problem = Problem::new(&messages::WHERE_UNTESTED).with("pattern", &written.value);
                problems.push(problem.with("key", key).at(&written.place));
            }
        }
    }
}
