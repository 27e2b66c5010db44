//! What stands around the quotes in the minutes and is missing in the letter: restrictions, other halves, the other side.

use std::collections::BTreeSet;

use super::rendered::Body;
use super::words::{
    BEGINNING, CONTRASTS, EMPLOYEES, MANAGEMENT, NOT_OBJECTING, OBJECTING, RESTRICTING, RESTRICTING_OPENERS, has,
    opens, plain,
};
use super::{Finding, Finished, Harm};
use crate::minutes::{Entry, EntryId, EntryKind, Item, SectionKind};

/// How many sentences further on the other half of a contrast may stand.
const REACH: usize = 5;
/// Letters at the beginning of a word that tell what it is about; shorter words tell nothing.
const STEM: usize = 6;

/// Sentences of running text under one sub-heading, with the words of each.
struct Stretch<'m> {
    entries: Vec<(&'m Entry, String)>,
}

fn stretches(item: &Item) -> Vec<Stretch<'_>> {
    let mut found: Vec<Stretch<'_>> = Vec::new();
    for section in item.sections.iter().filter(|section| section.kind == SectionKind::Decision) {
        found.push(Stretch { entries: Vec::new() });
        for entry in &section.entries {
            match (entry.kind, found.last_mut()) {
                (EntryKind::Subheading | EntryKind::Attendance, _) => found.push(Stretch { entries: Vec::new() }),
                (_, Some(stretch)) => stretch.entries.push((entry, plain(&entry.text))),
                (_, None) => {}
            }
        }
    }
    found
}

/// All that is missing beside the quotes.
pub(super) fn missing(finished: &Finished<'_>, bodies: &[Body]) -> Vec<Finding> {
    let quoted: BTreeSet<EntryId> =
        finished.digest.items.iter().flat_map(|item| &item.sentences).map(|quote| quote.id).collect();
    let mut found = Vec::new();
    for item in finished.minutes.items.iter().filter(|item| !item.closed) {
        for stretch in stretches(item) {
            let is_quoted = |entry: &Entry| entry.id.is_some_and(|id| quoted.contains(&id));
            found.extend(orphans(&stretch, &is_quoted));
            found.extend(halves(&stretch, &is_quoted));
            found.extend(one_sided(item, &stretch, &is_quoted, bodies));
        }
    }
    found
}

fn finding(harm: Harm, entry: &Entry) -> Finding {
    Finding { harm, place: entry.id.map(|id| id.to_string()).unwrap_or_default() }
}

/// A rule without the sentence that restricts it, and the other way round.
fn orphans(stretch: &Stretch<'_>, quoted: &dyn Fn(&Entry) -> bool) -> Vec<Finding> {
    let pairs = stretch.entries.iter().zip(stretch.entries.iter().skip(1));
    pairs
        .filter(|((one, _), (other, words))| restricts(words) && quoted(one) != quoted(other))
        .map(|((one, _), (other, _))| finding(Harm::OrphanedRestriction, if quoted(one) { one } else { other }))
        .collect()
}

fn restricts(words: &str) -> bool {
    let looks_back = words.split_whitespace().take(BEGINNING).any(|word| word == "dog");
    opens(words, RESTRICTING_OPENERS) || has(words, RESTRICTING) || looks_back
}

/// One half of a contrast without the other that stands near it and is about the same.
fn halves(stretch: &Stretch<'_>, quoted: &dyn Fn(&Entry) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, (one, words)) in stretch.entries.iter().enumerate() {
        let behind = stretch.entries.iter().skip(index + 1).take(REACH);
        let other = behind.into_iter().find(|(_, other)| contrast(words, other) && same_matter(words, other));
        if let Some((other, _)) = other.filter(|(other, _)| quoted(one) != quoted(other)) {
            found.push(finding(Harm::HalfContrast, if quoted(one) { one } else { other }));
        }
    }
    found
}

fn contrast(one: &str, other: &str) -> bool {
    CONTRASTS.iter().any(|(first, second)| {
        let sides = |words: &str| (has(words, first) && !has(words, second), has(words, second));
        let whole = |words: &str| has(words, first) && has(words, second);
        let ((one_first, one_second), (other_first, other_second)) = (sides(one), sides(other));
        (one_first && other_second || one_second && other_first) && !whole(one) && !whole(other)
    })
}

fn same_matter(one: &str, other: &str) -> bool {
    let halves = |stem: &str| {
        CONTRASTS.iter().any(|(first, second)| {
            first.iter().chain(*second).any(|words| words.split_whitespace().any(|word| word.starts_with(stem)))
        })
    };
    let stems = |words: &str| -> BTreeSet<String> {
        let long = words.split_whitespace().filter(|word| word.chars().count() >= STEM);
        long.map(|word| word.chars().take(STEM).collect::<String>()).filter(|stem| !halves(stem)).collect()
    };
    stems(one).intersection(&stems(other)).next().is_some()
}

/// The management's word on a matter without the employee side's concern or a word that there was one.
fn one_sided(item: &Item, stretch: &Stretch<'_>, quoted: &dyn Fn(&Entry) -> bool, bodies: &[Body]) -> Vec<Finding> {
    let objects = |words: &str| has(words, EMPLOYEES) && has(words, OBJECTING) && !has(words, NOT_OBJECTING);
    let mut objections = stretch.entries.iter().filter(|(_, words)| objects(words)).peekable();
    if objections.peek().is_none() || objections.any(|(entry, _)| quoted(entry)) {
        return Vec::new();
    }
    let printed = if item.printed.trim().is_empty() { item.number.to_string() } else { item.printed.clone() };
    let remark = format!("Medarbejdersiden havde bemærkninger (punkt {printed})");
    let cut = bodies.iter().any(|body| !body.text.contains(&remark));
    let management = stretch.entries.iter().find(|(entry, words)| quoted(entry) && has(words, MANAGEMENT));
    management.filter(|_| cut).map(|(entry, _)| finding(Harm::OneSided, entry)).into_iter().collect()
}
