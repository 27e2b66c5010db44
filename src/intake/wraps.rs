//! Where the width of the page ended a line, learned from the document itself.
//!
//! A line that goes on in small letters was surely cut, and what would not fit any more (the line and the first word of
//! the next) tells the width. Another line was cut only if it was as full: the title "Ny retningslinje for vold, trusler
//! og chikane" above "Beslutning" was not, however long it is. A fixed length was tried first and took headings for
//! sentences.

use super::document::LineKind;

/// How full a line must be before the page may have cut it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wraps {
    /// Characters of a line, a blank and the next word that did not fit.
    full: usize,
    /// Characters of the longest line that was cut: a longer one is a paragraph that nobody cut.
    widest: usize,
}

/// So many sure cuts tell the width; fewer may be something else.
const ENOUGH: usize = 3;
/// The longest line of a text that somebody wrapped; beyond it every paragraph is one line.
const WIDEST: usize = 160;
/// A line shorter than this was not cut, whatever follows.
const SHORTEST: usize = 40;

impl Wraps {
    /// Learns from the lines of a document.
    ///
    /// Each is its text, what it is, and whether a gap stands before it.
    pub fn of<'t>(lines: impl Iterator<Item = (&'t str, LineKind, bool)>) -> Self {
        let mut cuts: Vec<usize> = Vec::new();
        let (mut longest, mut widest) = (0, 0);
        let mut last = "";
        for (text, kind, gap_before) in lines {
            let open = last.len() >= SHORTEST && !last.ends_with(['.', ':', ';', '!', '?', ',']);
            let goes_on = text.starts_with(char::is_lowercase) && !text.starts_with("at ");
            if open && goes_on && !gap_before && kind == LineKind::Plain {
                let length = last.chars().count();
                cuts.push(length + 1 + first_word(text));
                widest = widest.max(length);
            }
            longest = longest.max(text.len());
            last = text;
        }
        cuts.sort_unstable();
        // The tenth part may be lines that the writer ended.
        let learned = cuts.get(cuts.len() / 10).copied().filter(|_| cuts.len() >= ENOUGH);
        let guessed = if longest <= WIDEST { longest.max(SHORTEST) } else { usize::MAX };
        let widest = if learned.is_some() { widest } else { WIDEST };
        Self { full: learned.unwrap_or(guessed), widest }
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
    "om", "ved", "efter", "under", "mellem", "mindst", "højst", "senest", "inden", "siden", "samt", "pr.", "kl.",
    "ca.", "nr.", "d.", "over", "omkring", "både",
];

/// Whether a line ends in the middle of a phrase: "… træder i kraft den".
pub(super) fn dangles(line: &str) -> bool {
    let mut words = line.split_whitespace();
    // One word alone, such as the "til" of a title set over several lines, is no cut sentence.
    words.next_back().is_some_and(|last| DANGLING.contains(&last)) && words.count() >= 3
}
