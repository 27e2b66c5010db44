//! Where the width of the page ended a line, learned from the document itself.
//!
//! A line that goes on in small letters was surely cut, and what would not fit any more (the line and the first word of
//! the next) tells the width. Another line was cut only if it was as full: the title "Ny retningslinje for vold, trusler
//! og chikane" above "Beslutning" was not, however long it is. A fixed length was tried first and took headings for
//! sentences.

use super::document::LineKind;
use crate::text::months::MONTHS;

/// How full a line must be before the page may have cut it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wraps {
    /// Characters of a line, a blank and the next word that did not fit.
    full: usize,
    /// Characters of the longest line that was cut: a longer one is a paragraph that nobody cut.
    widest: usize,
}

/// A line shorter than this was not cut, whatever follows.
const SHORTEST: usize = 40;

impl Wraps {
    /// Learns from the lines of a document.
    ///
    /// Each is its text, what it is, and whether a gap stands before it.
    pub fn of<'t>(lines: impl Iterator<Item = (&'t str, LineKind, bool)>) -> Self {
        let mut cuts: Vec<usize> = Vec::new();
        let mut widest = 0;
        let mut last = "";
        for (text, kind, gap_before) in lines {
            let open = last.len() >= SHORTEST && !last.ends_with(['.', ':', ';', '!', '?', ',']);
            let goes_on = text.starts_with(char::is_lowercase) && !text.starts_with("at ");
            if open && goes_on && !gap_before && kind == LineKind::Plain {
                let length = last.chars().count();
                cuts.push(length + 1 + first_word(text));
                widest = widest.max(length);
            }
            last = text;
        }
        cuts.sort_unstable();
        // The tenth part may be lines that the writer ended. Without a sure cut no width is known: guessing it from the longest
        // line was tried and took a long heading for the width, and what stood below it for its rest.
        let full = cuts.get(cuts.len() / 10).copied().unwrap_or(usize::MAX);
        Self { full, widest }
    }

    /// Whether a line of `length` characters had no room for the first word of `next`.
    pub fn is_cut(self, length: usize, next: &str) -> bool {
        (SHORTEST..=self.widest).contains(&length) && length + 1 + first_word(next) >= self.full
    }
}

fn first_word(text: &str) -> usize {
    text.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Words that no line ends with of its own accord: something must follow.
const DANGLING: &[&str] = &[
    "den", "det", "de", "en", "et", "i", "på", "af", "til", "fra", "for", "med", "og", "eller", "at", "som", "der",
    "om", "ved", "efter", "under", "mellem", "mindst", "højst", "senest", "inden", "siden", "samt", "over", "omkring",
    "både",
];

/// Abbreviations that something follows, also behind their full stop.
const OPEN_ABBREVIATIONS: &[&str] = &[
    "pr.", "kl.", "ca.", "nr.", "d.", "jf.", "evt.", "f.eks.", "fx", "ifm.", "ift.", "iht.", "bl.a.", "hhv.", "inkl.",
    "ekskl.", "pkt.", "§",
];

/// Words that no line ends with before a number: the number is theirs and marks no list item.
const NUMBERED: &[&str] = &["uge", "kapitel", "paragraf", "afsnit", "bilag", "fase", "trin", "stk.", "side", "lokale"];

/// The longest of them, in bytes; most lines end with a longer word.
const LONGEST_OPEN: usize = 8;

/// Whether `next` begins with the number of the word that `line` ends with: "… i uge" / "2. Derefter …".
pub(super) fn is_numbered(line: &str, next: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    NUMBERED.contains(&last) && next.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line ends in the middle of a phrase that `next` goes on with: "… træder i kraft den", "… kl.", "… den 1.".
pub(super) fn dangles(line: &str, next: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(last) = words.next_back() else { return false };
    let ordinal = last
        .strip_suffix('.')
        .is_some_and(|number| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let month = || next.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| MONTHS.contains(&word));
    let open = last.len() <= LONGEST_OPEN
        && (OPEN_ABBREVIATIONS.contains(&last) || DANGLING.contains(&last) || is_numbered(last, next));
    // One word alone, such as the "til" of a title set over several lines, is no cut sentence. Few lines are so open that
    // their words are counted.
    (open || ordinal && month()) && words.nth(2).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_that_leaves_a_line_open_is_longer_than_the_longest() {
        let words = || DANGLING.iter().chain(OPEN_ABBREVIATIONS).chain(NUMBERED);
        assert_eq!(words().map(|word| word.len()).max(), Some(LONGEST_OPEN));
    }
}
