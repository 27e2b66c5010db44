//! People who can be known, and text that must not leave the minutes.

use std::collections::BTreeSet;

use super::rendered::{blocks, folded};
use super::words::{GENERAL, OF_MANY, ONE, PRIVATE, has, plain};
use super::{Finding, Finished, Harm};
use crate::minutes::{Item, Minutes};

/// So many words in a row are a quotation and no turn of phrase.
const QUOTATION: usize = 6;

/// Strings of the letter in which one person and a private matter meet, and quotes that readers marked as private.
pub(super) fn identifiable(finished: &Finished<'_>) -> Vec<Finding> {
    let letter = finished.letter;
    let mut found = Vec::new();
    let strings = std::iter::once(letter.subject.clone()).chain(blocks(&letter.html));
    let sentences: BTreeSet<String> =
        strings.flat_map(|block| block.split(". ").map(str::to_owned).collect::<Vec<_>>()).collect();
    for sentence in &sentences {
        let words = OF_MANY.iter().fold(plain(sentence), |words, of_many| words.replace(of_many, " "));
        let people = (finished.people)(sentence);
        let known = !people.named.is_empty()
            || has(&words, ONE)
            || (!people.one.is_empty() || !people.few.is_empty()) && !has(&words, GENERAL);
        if known && has(&words, PRIVATE) {
            found.push(Finding { harm: Harm::IdentifiablePerson, place: "letter".into() });
        }
    }
    let quotes = finished.digest.items.iter().flat_map(|item| &item.sentences);
    found.extend(
        quotes
            .filter(|quote| finished.private.contains(&quote.id))
            .map(|quote| Finding { harm: Harm::IdentifiablePerson, place: quote.id.to_string() }),
    );
    found
}

/// Withheld sentences, or six words of one in a row, in the letter or in what else is told of the minutes.
pub(super) fn leaks(finished: &Finished<'_>) -> Vec<Finding> {
    let letter = finished.letter;
    let html = folded(&blocks(&letter.html).join(" "));
    let held = finished.digest.held.iter().map(|held| ("held", held.reason.as_str()));
    let parts = [("subject", letter.subject.as_str()), ("text", &letter.text), ("html", &html)];
    let told = finished.told.iter().map(|told| ("told", told.as_str()));
    let open = open_texts(finished.minutes, finished.withheld);
    let is_open = |words: &str| open.iter().any(|text| text.contains(words));
    let mut found = Vec::new();
    for (place, text) in parts.into_iter().chain(held).chain(told) {
        let words = plain(text);
        for withheld in finished.withheld {
            let own = plain(withheld);
            let whole = own.split_whitespace().count() > 2 && words.contains(&own) && !is_open(&own);
            let mut parts = quotations(&own).into_iter().filter(|part| words.contains(part));
            if whole || parts.any(|part| !is_open(&part)) {
                found.push(Finding { harm: Harm::WithheldText, place: place.into() });
            }
        }
    }
    found
}

/// What the minutes say elsewhere, where nothing is withheld.
fn open_texts(minutes: &Minutes, withheld: &[String]) -> Vec<String> {
    let items = minutes.items.iter().filter(|item| !item.closed);
    let entries = items.clone().flat_map(Item::own_entries).map(|entry| &entry.text);
    let titles = items.map(|item| &item.title);
    entries.chain(titles).filter(|text| !withheld.contains(text)).map(|text| plain(text)).collect()
}

/// All runs of so many words.
fn quotations(plain: &str) -> Vec<String> {
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.windows(QUOTATION).map(|run| format!(" {} ", run.join(" "))).collect()
}
