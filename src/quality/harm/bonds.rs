//! What stands around the quotes in the minutes and is missing in the letter: restrictions, other halves, the other side.

use std::collections::BTreeSet;

use super::rendered::Body;
use super::words::{
    BEGINNING, CONTRASTS, ELECTED, EMPLOYEES, MANAGEMENT, NOT_ELECTED, NOT_OBJECTING, OBJECTING, RESTRICTING,
    RESTRICTING_OPENERS, has, opens, plain,
};
use super::{Finding, Finished, Harm};
use crate::minutes::{Entry, EntryId, EntryKind, Item, Minutes, SectionKind};

/// How many sentences further on the other half of a contrast may stand.
const REACH: usize = 5;
/// Letters at the beginning of a word that tell what it is about; shorter words tell nothing.
const STEM: usize = 5;

/// A sentence of so many words says little by itself.
const SHORT: usize = 8;
/// Neighbours that share so many words of a hundred are built alike.
const ALIKE: usize = 60;
/// And no fewer than these.
const LEAST_SHARED: usize = 4;

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
            found.extend(unannounced(&stretch, &is_quoted));
            found.extend(halves(&stretch, &is_quoted));
            found.extend(one_sided(finished.minutes, item, &stretch, &is_quoted, bodies));
        }
    }
    found
}

fn finding(harm: Harm, entry: &Entry) -> Finding {
    Finding { harm, place: entry.id.map(|id| id.to_string()).unwrap_or_default() }
}

/// A rule without the sentence that restricts it, and a restriction that needs the rule without it.
fn orphans(stretch: &Stretch<'_>, quoted: &dyn Fn(&Entry) -> bool) -> Vec<Finding> {
    let pairs = stretch.entries.iter().zip(stretch.entries.iter().skip(1));
    pairs
        .filter_map(|((one, before), (other, words))| {
            match (restriction(before, words, &other.text)?, quoted(one), quoted(other)) {
                (_, true, false) => Some(finding(Harm::OrphanedRestriction, one)),
                (Restriction::Leaning, false, true) => Some(finding(Harm::OrphanedRestriction, other)),
                _ => None,
            }
        })
        .collect()
}

/// What follows a sentence that announces it and stands in the letter without: a motion reads like a rule then.
fn unannounced(stretch: &Stretch<'_>, quoted: &dyn Fn(&Entry) -> bool) -> Vec<Finding> {
    let pairs = stretch.entries.iter().zip(stretch.entries.iter().skip(1));
    pairs
        .filter(|((one, _), (other, _))| one.text.ends_with(':') && quoted(other) && !quoted(one))
        .map(|(_, (other, _))| finding(Harm::OrphanedRestriction, other))
        .collect()
}

/// A sentence that restricts the one before.
enum Restriction {
    /// It says nothing alone.
    Leaning,
    /// A whole sentence on the same matter: true and plain alone, as "Timerne kan kun tages som frihed" is.
    Whole,
}

fn restriction(before: &str, words: &str, text: &str) -> Option<Restriction> {
    // "Papiret godkendt, dog uden bilag" takes something back of what it says itself; only that "dog" is meant, not another.
    let printed: Vec<&str> = text.split_whitespace().take(BEGINNING).collect();
    let own = printed.windows(2).any(|pair| matches!(pair, [before, "dog"] if before.ends_with(',')));
    let looks_back = words.split_whitespace().take(BEGINNING).any(|word| word == "dog") && !own;
    // "Aftenvagten er undtaget": so short a sentence names no matter of its own.
    let leans = words.split_whitespace().count() <= SHORT;
    if opens(words, RESTRICTING_OPENERS) || looks_back || has(words, RESTRICTING) && leans {
        return Some(Restriction::Leaning);
    }
    (has(words, RESTRICTING) && same_matter(before, words)).then_some(Restriction::Whole)
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
    let neighbours = stretch.entries.iter().zip(stretch.entries.iter().skip(1));
    let alike = neighbours.filter(|((one, words), (other, others))| {
        let running = one.kind == EntryKind::Sentence && other.kind == EntryKind::Sentence;
        running && quoted(one) != quoted(other) && built_alike(words, others)
    });
    found
        .extend(alike.map(|((one, _), (other, _))| finding(Harm::HalfContrast, if quoted(one) { one } else { other })));
    found
}

/// Whether two sentences differ in little: "Ferie i juli skal meldes inden den 1. marts. Ferie i efteråret skal …". Small words
/// alone make no likeness: "Det kan og skal de" shares most of its own with any long sentence.
fn built_alike(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let names_something = one.intersection(&other).any(|word| word.chars().count() >= STEM);
    names_something && shared >= LEAST_SHARED && shared * 100 >= one.len().min(other.len()) * ALIKE
}

fn contrast(one: &str, other: &str) -> bool {
    CONTRASTS.iter().any(|(first, second)| {
        let half = |words: &str| (has(words, first), has(words, second));
        matches!((half(one), half(other)), ((true, false), (false, true)) | ((false, true), (true, false)))
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
fn one_sided(
    minutes: &Minutes,
    item: &Item,
    stretch: &Stretch<'_>,
    quoted: &dyn Fn(&Entry) -> bool,
    bodies: &[Body],
) -> Vec<Finding> {
    // Members of that side speak by name too.
    let elected = minutes.participants.iter().filter(|person| {
        let role = plain(person.role.as_deref().unwrap_or_default());
        has(&role, ELECTED) && !has(&role, NOT_ELECTED)
    });
    let names: Vec<String> = elected.map(|person| plain(&person.name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let speaks = |words: &str| has(words, EMPLOYEES) || has(words, &names);
    let objects = |words: &str| speaks(words) && has(words, OBJECTING) && !has(words, NOT_OBJECTING);
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
