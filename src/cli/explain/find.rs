//! Which sentence is meant: by its id, its item, or any words of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::marks;
use crate::diagnostic::Language;
use crate::digest::ScoredMeeting;
use crate::minutes::{EntryId, Item, ItemNumber, Minutes};
use crate::text::fold::fold_text;
use crate::text::words::words;

/// How many sentences are named when none fits.
const NEAREST: usize = 3;

/// What was found.
pub(super) enum Found {
    /// One sentence, or all of an item.
    Sentences(Vec<EntryId>),
    /// Several sentences have these words.
    Several(Vec<EntryId>),
    /// None has; these have the most of them.
    Nothing { nearest: Vec<EntryId> },
    /// It is there, but no rule ever looks at it.
    NotScored(NotScored),
}

/// Why no rule looks at something.
pub(super) enum NotScored {
    /// The entry is a sub-heading or names who came.
    Entry(EntryId),
    /// There is no entry of this number.
    NoEntry(EntryId),
    /// The item is closed.
    Closed(ItemNumber),
    /// The item has no decision of its own with sentences in it.
    NoDecision(ItemNumber),
    /// There is no such item.
    NoItem(u32),
}

impl NotScored {
    pub(super) fn text(&self, language: Language) -> String {
        let danish = language == Language::Danish;
        match self {
            Self::Entry(id) if danish => format!("{id} er en underoverskrift eller fremmødet; den får ingen score."),
            Self::Entry(id) => format!("{id} is a sub-heading or tells who came; it is not scored."),
            Self::NoEntry(id) if danish => format!("Der er ingen sætning {id} i beslutningen til punkt {}.", id.item),
            Self::NoEntry(id) => format!("There is no sentence {id} in the decision of item {}.", id.item),
            Self::Closed(item) if danish => format!("Punkt {item} er lukket; ingen regel ser på det."),
            Self::Closed(item) => format!("Item {item} is closed; no rule looks at it."),
            Self::NoDecision(item) if danish => format!("Punkt {item} har ingen beslutning med sætninger."),
            Self::NoDecision(item) => format!("Item {item} has no decision with sentences."),
            Self::NoItem(item) if danish => format!("Der er intet punkt {item}."),
            Self::NoItem(item) => format!("There is no item {item}."),
        }
    }
}

/// Finds what `what` names.
pub(super) fn find(minutes: &Minutes, scored: &ScoredMeeting, what: &str) -> Found {
    let what = what.trim();
    if let Some((item, index)) = what.split_once('/')
        && let (Ok(item), Ok(index)) = (item.trim().parse(), index.trim().parse())
    {
        return by_id(minutes, scored, EntryId { item: ItemNumber(item), index });
    }
    if let Ok(number) = what.parse() {
        return by_item(minutes, scored, number);
    }
    by_words(scored, what)
}

fn by_id(minutes: &Minutes, scored: &ScoredMeeting, id: EntryId) -> Found {
    if scored.trace(id).is_some() {
        return Found::Sentences(vec![id]);
    }
    Found::NotScored(match minutes.item(id.item) {
        None => NotScored::NoItem(id.item.0),
        Some(item) if item.closed => NotScored::Closed(item.number),
        Some(item) if item.own_entries().any(|entry| entry.id == Some(id)) => NotScored::Entry(id),
        Some(_) => NotScored::NoEntry(id),
    })
}

fn by_item(minutes: &Minutes, scored: &ScoredMeeting, number: u32) -> Found {
    let Some(item) = minutes.item(ItemNumber(number)) else { return Found::NotScored(NotScored::NoItem(number)) };
    let ids: Vec<EntryId> =
        Item::own_entries(item).filter_map(|entry| entry.id).filter(|id| scored.trace(*id).is_some()).collect();
    match ids.is_empty() {
        false => Found::Sentences(ids),
        true if item.closed => Found::NotScored(NotScored::Closed(item.number)),
        true => Found::NotScored(NotScored::NoDecision(item.number)),
    }
}

fn by_words(scored: &ScoredMeeting, what: &str) -> Found {
    let folded = |text: &str| words(text).into_iter().map(|word| word.folded).collect::<Vec<String>>();
    let asked = folded(what);
    let traces: Vec<(EntryId, Vec<String>)> =
        scored.sentences.traces.values().map(|trace| (trace.id, folded(&trace.text))).collect();
    let in_a_row: Vec<EntryId> = traces
        .iter()
        .filter(|(_, words)| !asked.is_empty() && words.windows(asked.len()).any(|window| window == asked))
        .map(|(id, _)| *id)
        .collect();
    // Part of a word, or words that stand apart: second choice.
    let has = |words: &[String], word: &String| words.iter().any(|own| own.contains(word.as_str()));
    let apart = || -> Vec<EntryId> {
        let fits = |words: &Vec<String>| !asked.is_empty() && asked.iter().all(|word| has(words, word));
        traces.iter().filter(|(_, words)| fits(words)).map(|(id, _)| *id).collect()
    };
    let found = if in_a_row.is_empty() { apart() } else { in_a_row };
    match found.as_slice() {
        [] => Found::Nothing { nearest: nearest(&traces, &asked) },
        [_] => Found::Sentences(found),
        _ => Found::Several(found),
    }
}

/// The sentences that share most words with the question; words that stand in fewer sentences say more.
fn nearest(traces: &[(EntryId, Vec<String>)], asked: &[String]) -> Vec<EntryId> {
    let asked: BTreeSet<String> = asked.iter().map(|word| fold_text(word)).collect();
    let rarity = |word: &String| {
        let holders = traces.iter().filter(|(_, words)| words.contains(word)).count();
        1000_usize.checked_div(holders).unwrap_or_default()
    };
    let mut ranked: Vec<(usize, EntryId)> = traces
        .iter()
        .map(|(id, words)| (asked.iter().filter(|word| words.contains(*word)).map(rarity).sum(), *id))
        .filter(|(shared, _)| *shared > 0)
        .collect();
    ranked.sort_by_key(|(shared, id)| (Reverse(*shared), *id));
    ranked.into_iter().take(NEAREST).map(|(_, id)| id).collect()
}

/// Says that nothing fits, and what comes nearest.
pub(super) fn tell(what: &str, nearest: &[EntryId], scored: &ScoredMeeting, language: Language) {
    let (none, near) = match language {
        Language::Danish => (format!("Ingen sætning i beslutningerne har ordene »{what}«."), "Nærmest er:"),
        Language::English => (format!("No sentence of the decisions has the words \"{what}\"."), "The nearest are:"),
    };
    eprintln!("digest: {none}");
    if !nearest.is_empty() {
        eprintln!("{near}");
    }
    for trace in nearest.iter().filter_map(|id| scored.trace(*id)) {
        eprint!("{}", marks::hanging(&format!("  {:<8}", trace.id.to_string()), &trace.text));
    }
}
