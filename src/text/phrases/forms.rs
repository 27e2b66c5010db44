//! What is known of word forms met so far: which words of phrases each of them satisfies.
//!
//! A text says the same few thousand forms over and over. Each is stemmed, looked up and run through the stars once, and
//! from then on costs one look into a table, also when nothing asks for it, which is what most words come to. The table
//! is a value of its own that whoever reads a text carries along, so that a [`PhraseBook`] never changes and can be shared;
//! what is found never depends on it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{AtomNumber, PhraseBook};
use crate::text::words::{Words, lacks_beginning, lacks_end};

/// Forms that are kept; then the table starts anew. Danish minutes of a year have some 60,000.
const MOST_FORMS: usize = 1 << 16;
/// Bytes up to which a form is kept: longer ones are no words that come again.
const LONGEST_KEPT: usize = 64;

/// The forms met so far, for one book.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    // Only ever asked for a given form, so their order shows nowhere. Nearly all forms are short, and a number is found without
    // a second look elsewhere.
    short: HashMap<u128, FormNumber, RandomState>,
    long: HashMap<Box<str>, FormNumber, RandomState>,
    /// Which stretch of `atoms` belongs to a form.
    entries: Vec<(usize, usize)>,
    atoms: Vec<AtomNumber>,
    /// How many of `entries` and `atoms` outlive the text at hand.
    kept: (usize, usize),
    /// The form of each word of the text at hand.
    here: Vec<FormNumber>,
    /// The words of the text at hand that may satisfy anything.
    touched: Vec<usize>,
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

impl Forms {
    /// What was done so far.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    pub(super) fn count_tried(&mut self, phrases: usize) {
        self.work.phrases_tried += phrases as u64;
    }

    /// Reads the forms of a text.
    pub(super) fn read(&mut self, book: &PhraseBook, words: &Words) {
        self.begin();
        let mut passing = Vec::new();
        for (index, (folded, rest)) in words.forms_with_rest().enumerate() {
            let key = short(folded, rest);
            let known = match key {
                Some(key) => self.short.get(&key),
                None => self.long.get(folded),
            };
            let form = match known.copied() {
                Some(known) => known,
                None if folded.len() > LONGEST_KEPT => {
                    passing.push(index);
                    NOTHING
                }
                None if lacks_end(folded) || lacks_beginning(folded) => self.half(book, words, index),
                None => {
                    let form = self.enter(book, [folded]);
                    match key {
                        Some(key) => self.short.insert(key, form),
                        None => self.long.insert(folded.into(), form),
                    };
                    form
                }
            };
            self.here.push(form);
            if form != NOTHING {
                self.touched.push(index);
            }
        }
        self.work.words += words.len() as u64;
        self.kept = (self.entries.len(), self.atoms.len());
        // What holds for this text only comes last, so that it can be forgotten.
        for index in passing {
            let form = self.enter(book, [words.folded(index)]);
            if let Some(here) = self.here.get_mut(index).filter(|_| form != NOTHING) {
                *here = form;
                self.touched.push(index);
            }
        }
    }

    /// The form of half a compound, kept together with the word that lends the other half.
    fn half(&mut self, book: &PhraseBook, words: &Words, index: usize) -> FormNumber {
        let half = words.folded(index);
        let lender = lender(words, index).unwrap_or_default();
        // No form has a blank in it.
        let name = format!("{half} {lender}");
        if let Some(known) = self.long.get(name.as_str()) {
            return *known;
        }
        let whole = completed(half, lender);
        let form = self.enter(book, std::iter::once(half).chain(whole.iter().map(String::as_str)));
        self.long.insert(name.into(), form);
        form
    }

    /// The words of the text at hand that satisfy anything.
    pub(super) fn touched(&self) -> &[usize] {
        &self.touched
    }

    /// The numbers of what the word at `index` of the text at hand satisfies, sorted.
    pub(super) fn atoms_at(&self, index: usize) -> &[AtomNumber] {
        let entry = self.here.get(index).and_then(|form| self.entries.get(form.0 as usize));
        entry.and_then(|(start, end)| self.atoms.get(*start..*end)).unwrap_or_default()
    }

    /// Forgets what belonged to the text before.
    fn begin(&mut self) {
        self.here.clear();
        self.touched.clear();
        if self.short.len() + self.long.len() >= MOST_FORMS || self.entries.is_empty() {
            self.short.clear();
            self.long.clear();
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

/// A form of at most fifteen bytes as a number, its length behind them; `rest` is what the form begins.
fn short(form: &str, rest: &[u8]) -> Option<u128> {
    let length = u32::try_from(form.len()).ok().filter(|length| *length < 16)?;
    let first = match rest.first_chunk::<16>() {
        Some(sixteen) => u128::from_le_bytes(*sixteen),
        // Only the last words of a text have fewer bytes behind them.
        None => form.bytes().rev().fold(0, |number, byte| number << 8 | u128::from(byte)),
    };
    let own = (1_u128 << (8 * length)) - 1;
    Some(first & own | u128::from(length) << 120)
}

/// The word that lends half a compound what it lacks.
pub(super) fn lender(words: &Words, index: usize) -> Option<&str> {
    // What is longer is no word, and the ways to divide it would grow with its square.
    let lends = |form: &&str| form.len() <= LONGEST_KEPT && is_whole(form);
    if lacks_end(words.folded(index)) {
        let after = (index + 1..words.len()).take(CUT_REACH).map(|at| words.folded(at));
        return after.into_iter().find(lends);
    }
    let before = (0..index).rev().take(CUT_REACH).map(|at| words.folded(at));
    before.into_iter().find(lends)
}

/// What half a compound may be in full: every way to borrow the missing half. Where the lender must be divided is not
/// known, and need not be: a wrong division gives a word that no phrase asks for.
pub(super) fn completed(word: &str, lender: &str) -> Vec<String> {
    if lacks_end(word) {
        let half = word.trim_end_matches('-');
        return boundaries(lender)
            .filter(|(_, rest)| rest.chars().count() >= LEAST_BORROWED)
            .map(|(_, rest)| format!("{half}{}", rest.trim_start_matches('-')))
            .collect();
    }
    let half = word.trim_start_matches('-');
    boundaries(lender)
        .filter(|(start, _)| start.chars().count() >= LEAST_BORROWED)
        .map(|(start, _)| format!("{}{half}", start.trim_end_matches('-')))
        .collect()
}

/// Whether a word can lend what another one lacks.
fn is_whole(folded: &str) -> bool {
    !lacks_end(folded) && !lacks_beginning(folded) && !matches!(folded, "og" | "eller" | "samt" | "både")
}

/// All ways to cut a word in two parts, neither empty.
fn boundaries(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.char_indices().skip(1).filter_map(|(at, _)| word.split_at_checked(at))
}
