//! Where Danish sentences begin and end: byte spans into the untouched text, in one pass and linear time.
//!
//! Written here because no crate is good enough: the best of them, with LanguageTool's rules, loses one sentence end in
//! thirty on municipal minutes, and UAX #29 never breaks before "3 enheder" or a dash. The one rule that matters most
//! needs no list: a small letter follows, so the sentence goes on. The rest is in three places:
//!
//! - this scanner finds the candidates (`.`, `!`, `?`, `…` and what closes behind them) and hands each to
//! - `decision`, one function of what stands before and after it, which asks
//! - [`WordClasses`], the word lists of `rules/sprog/saetninger.toml`.
//!
//! When in doubt nothing is cut: two sentences kept together do less harm in a letter than half of one. Quotations are
//! cut inside, and quotation marks are never paired: in real minutes every tenth lacks its partner. Round brackets are
//! kept whole where they close within 600 bytes.
//!
//! No decision looks back over the beginning of its own sentence. So a sentence that is cut out and segmented alone
//! stays one sentence, and what is quoted in a letter can be checked without its surroundings.

mod before;
mod brackets;
mod classes;
mod decision;
pub mod messages;
mod next;
mod stops;

pub use classes::{CLASSES_FILE, WordClasses, WordList};

use crate::text::Span;
use brackets::Brackets;
use next::{Kind, Next};
use stops::{Stop, Stops};

/// The sentences of one paragraph, as byte spans into it without white space at their ends, in order.
///
/// Between two spans lies only white space, or nothing where the blank after a full stop is missing. A single newline
/// counts as a blank; blank lines do too, so divide a whole text with [`crate::text::blocks`] first.
#[must_use]
pub fn sentences<'t>(paragraph: &'t str, classes: &'t WordClasses) -> Sentences<'t> {
    let start = paragraph.len() - paragraph.trim_start().len();
    Sentences { text: paragraph, classes, start, stops: Stops::new(paragraph), brackets: Brackets::new(paragraph) }
}

/// Iterator over the sentences of a paragraph; made by [`sentences`].
#[derive(Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    classes: &'t WordClasses,
    /// First byte of the sentence under way; the end of the text when there is none left.
    start: usize,
    stops: Stops<'t>,
    brackets: Brackets<'t>,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.start >= self.text.len() {
            return None;
        }
        let mut end = self.text.len();
        while let Some(stop) = self.stops.next() {
            if let Some(boundary) = self.boundary(&stop) {
                end = boundary;
                break;
            }
        }
        let span = Span::new(self.start, end).trimmed(self.text);
        let rest = self.text.get(end..).unwrap_or_default();
        self.start = end + (rest.len() - rest.trim_start().len());
        // What was found before the new start lies in a bracket that was taken along.
        self.stops.skip_to(self.start);
        Some(span)
    }
}

impl Sentences<'_> {
    /// Where the sentence under way ends, if it does at this candidate.
    fn boundary(&mut self, stop: &Stop) -> Option<usize> {
        let left = self.text.get(self.start..stop.start)?;
        let right = self.text.get(stop.end..)?;
        if right.starts_with(char::is_whitespace) {
            if !decision::ends(left, stop, right, self.classes) || self.brackets.enclose(stop.end) {
                return None;
            }
            return self.with_note(stop.end, right);
        }
        (decision::ends_without_blank(left, stop, right, self.classes) && !self.brackets.enclose(stop.end))
            .then_some(stop.end)
    }

    /// Moves a sentence end behind a bracketed note that belongs to the sentence: `… hertil." (Håndbogen, s. 30)`.
    ///
    /// A bracket with a full stop of its own is a sentence; one that is followed by a small letter, as the party letter
    /// in "(V) stemte imod.", opens the next. `None`: the sentence goes on behind the note.
    fn with_note(&mut self, end: usize, right: &str) -> Option<usize> {
        let open = end + (right.len() - right.trim_start().len());
        let Some(close) = self.brackets.closing(open) else { return Some(end) };
        let inside = self.text.get(open + 1..close).unwrap_or_default();
        if inside.trim_end_matches(|c: char| c.is_whitespace() || stops::is_closer(c)).ends_with(stops::is_stop) {
            return Some(end);
        }
        let behind = self.text.get(close + 1..).unwrap_or_default();
        match behind.chars().next() {
            Some(c) if stops::is_stop(c) || next::joins(c) => return None,
            Some(c) if !c.is_whitespace() => return Some(end),
            _ => {}
        }
        match Next::read(behind).kind {
            Kind::Small => Some(end),
            Kind::Nothing | Kind::Joining => None,
            Kind::Capital | Kind::Digit | Kind::Symbol => Some(close + 1),
        }
    }
}
