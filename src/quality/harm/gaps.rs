//! Quotes that read on though something stands between them in the minutes, and intentions that look like decisions: what
//! only the finished letter shows.

use super::rendered::{Body, placed};
use super::words::{INTENDING, SETTLING, has, plain};
use super::{Finding, Finished, Harm};
use crate::minutes::{EntryId, Item, Minutes, Outcome};
use crate::text::Span;

/// The mark of left-out text.
const MARK: &str = "[…]";
/// Words a letter prints behind a quote for the kind of statement it is.
const KINDS: &[&str] = &["besluttet", "påtænkt", "forventet", "drøftet", "synspunkt"];
/// The one that says it is settled.
const DECIDED: &str = "besluttet";

/// Neighbouring quotes without a mark that are no neighbours in the minutes.
pub(super) fn unmarked_gaps(finished: &Finished<'_>, body: &Body) -> Vec<Finding> {
    let places = placed(body, finished.digest);
    let mut found = Vec::new();
    for (one, other) in places.iter().zip(places.iter().skip(1)) {
        let between = body.text.get(one.end..other.start).unwrap_or_default();
        if !reads_on(between) {
            continue;
        }
        let neighbours = one.ids.iter().any(|one| other.ids.iter().any(|other| follow(finished.minutes, *one, *other)));
        if !neighbours {
            let place = other.ids.first().map(|id| format!("{id} ({})", body.name)).unwrap_or_default();
            found.push(Finding { harm: Harm::UnmarkedGap, place });
        }
    }
    found
}

/// Whether nothing between two quotes tells a reader that they are not running text: a kind of statement and a bullet do
/// not.
fn reads_on(between: &str) -> bool {
    if between.contains(MARK) {
        return false;
    }
    let words = between.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.into_iter().all(|word| KINDS.contains(&word))
}

/// Whether two sentences stand side by side in the minutes: nothing but blanks, list markers ("b)") and signs between them.
fn follow(minutes: &Minutes, one: EntryId, other: EntryId) -> bool {
    let (Some(one), Some(other)) = (span(minutes, one), span(minutes, other)) else { return false };
    let is_marker = |word: &str| word.chars().filter(|sign| sign.is_alphabetic()).count() <= 1;
    one.end() <= other.start()
        && minutes.text.get(one.end()..other.start()).is_some_and(|between| between.split_whitespace().all(is_marker))
}

fn span(minutes: &Minutes, id: EntryId) -> Option<Span> {
    minutes.item(id.item)?.own_entries().find(|entry| entry.id == Some(id)).map(|entry| entry.span)
}

/// Quotes shown as decided that tell of an intention or of no decision at all.
pub(super) fn false_decisions(finished: &Finished<'_>, body: &Body) -> Vec<Finding> {
    let mut found = Vec::new();
    for quote in placed(body, finished.digest) {
        let behind = body.text.get(quote.end..).unwrap_or_default();
        if !behind.trim_start_matches([' ', '(', '\u{a0}']).starts_with(DECIDED) {
            continue;
        }
        let words = plain(body.text.get(quote.start..quote.end).unwrap_or_default());
        if has(&words, INTENDING) || !has(&words, SETTLING) || words.starts_with(" hvis ") {
            let place = quote.ids.first().map(|id| format!("{id} ({})", body.name)).unwrap_or_default();
            found.push(Finding { harm: Harm::IntentionAsDecision, place });
        }
    }
    found
}

/// Items called approved of whose approval the minutes say nothing.
pub(super) fn false_badges(finished: &Finished<'_>) -> Vec<Finding> {
    let settled = |item: &Item| item.own_entries().any(|entry| has(&plain(&entry.text), SETTLING));
    let approved = finished.digest.items.iter().filter(|item| item.outcome == Outcome::Approved);
    approved
        .filter(|item| !finished.minutes.item(item.number).is_some_and(settled))
        .map(|item| Finding { harm: Harm::IntentionAsDecision, place: format!("item {}", item.number) })
        .collect()
}
