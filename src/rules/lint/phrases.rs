//! Phrases that another phrase of the same rule finds already.

use std::path::Path;

use super::super::messages;
use super::super::read::{RawFile, RawKind};
use super::texts::{Entry, Texts, used};
use crate::diagnostic::Problem;
use crate::language::lexicon::Lexicon;
use crate::tables::Located;

/// Each list and each side of each rule by itself. A phrase of a shared list is told where the list is written, not at
/// every rule that uses it.
pub(super) fn lint<'t>(
    texts: &Texts<'t>,
    files: &'t [RawFile],
    lexicon: &'t Lexicon,
    folder: &Path,
    problems: &mut Vec<Problem>,
) {
    // Lists that are compiled in, for a folder without its own, are nobody's to mend.
    let own = lexicon.lists.iter().filter(|list| list.id.place.file.path().starts_with(folder));
    for list in own.chain(files.iter().flat_map(|file| &file.lists)) {
        // A list may be one side of a pair.
        redundant(texts, &list.phrases, true, problems);
    }
    for rule in files.iter().flat_map(|file| &file.rules) {
        // Of a pair of words, a longer phrase reaches a word further, though it finds nothing new.
        let reaches = matches!(rule.kind, Some(RawKind::Near { .. }));
        for side in used(rule.kind.as_ref()) {
            redundant(texts, side, reaches, problems);
        }
    }
}

/// Tells phrases that others find; where it counts how far a phrase `reaches`, only those of as many words.
fn redundant<'t>(texts: &Texts<'t>, written: &'t [Located<String>], reaches: bool, problems: &mut Vec<Problem>) {
    let all = texts.open(written);
    for (index, entry) in all.iter().enumerate().filter(|(_, entry)| entry.list.is_none()) {
        let finds = |(other, finder): &(usize, &Entry<'_>)| {
            let is_first = *other < index || finder.list.is_some();
            *other != index
                && texts.finds_all(finder.text, entry.text)
                && (!reaches || length(finder) == length(entry))
                // Of two that find the same, the later one is told.
                && (is_first || !texts.finds_all(entry.text, finder.text))
        };
        let Some((_, finder)) = all.iter().enumerate().find(finds) else { continue };
        let message = match texts.same(entry.text, finder.text) {
            true => &messages::PHRASE_TWICE,
            false => &messages::PHRASE_INSIDE,
        };
        let other = match finder.list {
            Some(list) => format!("{} (@{list})", finder.text),
            None => finder.text.to_owned(),
        };
        problems.push(Problem::new(message).with("phrase", entry.text).with("other", other).at(entry.place));
    }
}

fn length(entry: &Entry<'_>) -> usize {
    entry.text.split_whitespace().count()
}
