//! What is known of word forms met so far: which words of phrases each of them satisfies.
//!
//! A text says the same few thousand forms over and over. Each is stemmed, looked up and run through the stars once, and
//! from then on costs one look into a table, also when nothing asks for it, which is what most words come to. The table
//! is a value of its own that whoever reads a text carries along, so that a [`PhraseBook`] never changes and can be shared;
//! what is found never depends on it.

use std::collections::HashMap;

use super::{AtomNumber, PhraseBook};
use crate::text::words::{Words, lacks_beginning, lacks_end};

/// Forms that are kept; then the table starts anew. Danish minutes of a year have some 60,000.
const MOST_FORMS: usize = 1 << 16;
/// Bytes up to which a form is kept: longer ones are no words that come again.
const LONGEST_KEPT: usize = 64;

/// The forms met so far, for one book.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    // Only ever asked for a given form, so its order shows nowhere.
    numbers: HashMap<Box<str>, FormNumber>,
    /// Which stretch of `atoms` belongs to a form.
    entries: Vec<(usize, usize)>,
    atoms: Vec<AtomNumber>,
    /// How many of `entries` and `atoms` outlive the text at hand.
    kept: (usize, usize),
    /// The form of each word of the text at hand.
    here: Vec<FormNumber>,
    work: Work,
}

/// What was done so far, for those who measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Words read.
    pub words: u64,
    /// Of these, words whose form had to be analysed.
    pub new_forms: u64,
    /// Phrases tried at a word.
    pub phrases_tried: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FormNumber(u32);

/// The form of all words that nothing asks for.
const NOTHING: FormNumber = FormNumber(0);
/// The most words between the halves of a cut compound: "løn-, ferie-, pensions- og barselsregler".
const CUT_REACH: usize = 6;
/// The fewest letters that a completed half borrows.
const LEAST_BORROWED: usize = 3;
/// Bytes up to which a word can be half a compound, or lend to one.
const LONGEST_COMPOUND: usize = 128;

impl Forms {
    /// What was done so far.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    pub(super) fn count_tried(&mut self, phrases: usize) {
        self.work.phrases_tried += phrases as u64;
    }

    /// Reads the forms of a text; the words that may satisfy anything are added to `touched`.
    pub(super) fn read(&mut self, book: &PhraseBook, words: &Words, touched: &mut Vec<usize>) {
        self.begin();
        let mut passing = Vec::new();
        for (index, folded) in words.forms().enumerate() {
            let form = match self.numbers.get(folded) {
                Some(known) => *known,
                None if folded.len() > LONGEST_KEPT || lacks_end(folded) || lacks_beginning(folded) => {
                    passing.push(index);
                    NOTHING
                }
                None => {
                    let form = self.enter(book, [folded]);
                    self.numbers.insert(folded.into(), form);
                    form
                }
            };
            self.here.push(form);
            if form != NOTHING {
                touched.push(index);
            }
        }
        self.work.words += words.len() as u64;
        self.kept = (self.entries.len(), self.atoms.len());
        // What holds for this text only comes last, so that it can be forgotten.
        for index in passing {
            let whole = completed(words, index);
            let form = self.enter(book, std::iter::once(words.folded(index)).chain(whole.iter().map(String::as_str)));
            if let Some(here) = self.here.get_mut(index).filter(|_| form != NOTHING) {
                *here = form;
                touched.push(index);
            }
        }
    }

    /// The numbers of what the word at `index` of the text at hand satisfies, sorted.
    pub(super) fn atoms_at(&self, index: usize) -> &[AtomNumber] {
        let entry = self.here.get(index).and_then(|form| self.entries.get(form.0 as usize));
        entry.and_then(|(start, end)| self.atoms.get(*start..*end)).unwrap_or_default()
    }

    /// Forgets what belonged to the text before.
    fn begin(&mut self) {
        self.here.clear();
        if self.numbers.len() >= MOST_FORMS || self.entries.is_empty() {
            self.numbers.clear();
            self.kept = (1, 0);
            self.entries = vec![(0, 0)];
        }
        self.entries.truncate(self.kept.0);
        self.atoms.truncate(self.kept.1);
    }

    /// Enters what one form satisfies, or all that half a compound may be in full.
    fn enter<'f>(&mut self, book: &PhraseBook, forms: impl IntoIterator<Item = &'f str>) -> FormNumber {
        self.work.new_forms += 1;
        let mut atoms = Vec::new();
        for folded in forms {
            book.collect(folded, &mut atoms);
        }
        if atoms.is_empty() {
            return NOTHING;
        }
        atoms.sort_unstable();
        atoms.dedup();
        let number = FormNumber(u32::try_from(self.entries.len()).unwrap_or(NOTHING.0));
        let start = self.atoms.len();
        self.atoms.append(&mut atoms);
        self.entries.push((start, self.atoms.len()));
        number
    }
}

/// What the word at `index` may be in full when it is half a compound: every way to borrow the missing half. Where the
/// lender must be divided is not known, and need not be: a wrong division gives a word that no phrase asks for.
pub(super) fn completed(words: &Words, index: usize) -> Vec<String> {
    let word = words.folded(index);
    // Longer than any compound; the ways to divide it would grow with its square.
    let lends = |form: &&str| form.len() <= LONGEST_COMPOUND && is_whole(form);
    if word.len() > LONGEST_COMPOUND {
        return Vec::new();
    }
    if lacks_end(word) {
        let half = word.trim_end_matches('-');
        let after = (index + 1..words.len()).take(CUT_REACH).map(|at| words.folded(at));
        let Some(whole) = after.into_iter().find(lends) else { return Vec::new() };
        return boundaries(whole)
            .filter(|(_, rest)| rest.chars().count() >= LEAST_BORROWED)
            .map(|(_, rest)| format!("{half}{}", rest.trim_start_matches('-')))
            .collect();
    }
    if lacks_beginning(word) {
        let half = word.trim_start_matches('-');
        let before = (0..index).rev().take(CUT_REACH).map(|at| words.folded(at));
        let Some(whole) = before.into_iter().find(lends) else { return Vec::new() };
        return boundaries(whole)
            .filter(|(start, _)| start.chars().count() >= LEAST_BORROWED)
            .map(|(start, _)| format!("{}{half}", start.trim_end_matches('-')))
            .collect();
    }
    Vec::new()
}

/// Whether a word can lend what another one lacks.
fn is_whole(folded: &str) -> bool {
    !lacks_end(folded) && !lacks_beginning(folded) && !matches!(folded, "og" | "eller" | "samt" | "både")
}

/// All ways to cut a word in two parts, neither empty.
fn boundaries(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.char_indices().skip(1).filter_map(|(at, _)| word.split_at_checked(at))
}
