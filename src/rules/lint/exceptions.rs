//! Exceptions that never silence anything, and phrases that are always silenced.

use super::super::messages;
use super::super::model::Reach;
use super::super::read::{RawException, RawFile};
use super::texts::{Entry, Texts, used};
use crate::diagnostic::Problem;

pub(super) fn lint<'t>(texts: &Texts<'t>, files: &'t [RawFile], problems: &mut Vec<Problem>) {
    for rule in files.iter().flat_map(|file| &file.rules) {
        let sides = used(rule.kind.as_ref());
        if sides.is_empty() {
            continue;
        }
        let found: Vec<Entry<'t>> = sides.iter().flat_map(|side| texts.open(side)).collect();
        let anywhere = sides.iter().any(|side| texts.names_feature(side));
        for exception in &rule.unless {
            let entries = texts.open(std::slice::from_ref(&exception.phrase));
            always_silenced(texts, &found, &entries, exception, problems);
            if exception.reach == Reach::Match && !anywhere && !found.is_empty() {
                never_meets(texts, &found, &entries, exception, problems);
            }
        }
    }
}

/// A phrase in which the exception stands itself.
fn always_silenced(
    texts: &Texts<'_>,
    found: &[Entry<'_>],
    entries: &[Entry<'_>],
    exception: &RawException,
    problems: &mut Vec<Problem>,
) {
    for entry in found {
        if entries.iter().any(|unless| texts.finds_all(unless.text, entry.text)) {
            // What stands in a shared list counts in other rules; the exception is what is wrong here.
            let place = if entry.list.is_some() { &exception.phrase.place } else { entry.place };
            let problem = Problem::new(&messages::ALWAYS_SILENCED).with("phrase", entry.text);
            problems.push(problem.with("text", &exception.phrase.value).at(place));
        }
    }
}

/// An exception that must share a word with the match, and has none to share.
fn never_meets(
    texts: &Texts<'_>,
    found: &[Entry<'_>],
    entries: &[Entry<'_>],
    exception: &RawException,
    problems: &mut Vec<Problem>,
) {
    let shares = |unless: &Entry<'_>| found.iter().any(|entry| texts.may_share(unless.text, entry.text));
    if !entries.is_empty() && !entries.iter().any(shares) {
        let problem = Problem::new(&messages::EXCEPTION_APART).with("text", &exception.phrase.value);
        problems.push(problem.at(&exception.phrase.place));
    }
}
