//! Finds many phrases in a sentence at once, word by word, in any inflection.
//!
//! # How a phrase is written
//!
//! - `uden løn`: these words beside one another, each in any form; over line breaks, soft hyphens and blanks of any
//!   kind, but not over a comma, colon, dash or bracket unless the phrase has one there.
//! - `sygefravær*`, `*fridag*`, `*fridag`, `syge*dag`: a star stands for any letters, or none, of the same word; where no star
//!   stands at the end, any inflection may.
//! - `=ledelse`: this form only, no inflection. With a capital in it (`=Ledelse`) the capitals count too.
//! - `MED`, `TR`: a word of nothing but capitals finds only words that begin with the same capitals, so "MED" is not "med".
//!
//! A cut compound is completed first: in "ansættelses- og indkøbsstop" the phrase `ansættelsesstop` is found.
//!
//! # Why so
//!
//! Words are looked up by key in one table for all phrases, so a sentence costs the same whether there are ten phrases
//! or ten thousand; only stars need an automaton, run over single words. A phrase is tried where its longest word
//! stands. One automaton over the raw text was rejected: it would have to be fed every form of every word.

mod parse;
mod star;

use std::collections::BTreeMap;

use self::star::Stars;
use super::stem::{Inflection, comparable};
use super::words::{Word, words};

pub use self::parse::PhraseError;

/// The number of a phrase in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(usize);

/// Words found side by side, by their place in the list of words, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordRange {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
}

/// One test of one word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Test {
    /// Any form of the word with this key.
    Key(String),
    /// This folded form.
    Form(String),
    /// A pattern with stars; the place in [`Stars`].
    Star(star::Star),
}

/// A test with the capitals the source must show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Atom {
    test: Test,
    capitals: Capitals,
}

/// What the letters of the source must look like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Capitals {
    /// As they like.
    Any,
    /// The word begins with these.
    Begin(String),
    /// These stand together somewhere in the word: "*MED" is "KommuneMED" and not "hermed".
    Contain(String),
    /// The word is exactly this.
    Exactly(String),
}

#[derive(Clone, Debug)]
struct Phrase {
    atoms: Vec<usize>,
    /// For each gap between two words: whether a comma or the like may stand in it.
    open_gaps: Vec<bool>,
    /// The word at which the phrase is tried.
    anchor: usize,
}

/// All phrases of a rule set.
#[derive(Clone, Debug, Default)]
pub struct PhraseBook {
    inflection: Inflection,
    atoms: Vec<Atom>,
    numbers: BTreeMap<Atom, usize>,
    by_key: BTreeMap<String, Vec<usize>>,
    by_form: BTreeMap<String, Vec<usize>>,
    stars: Stars,
    phrases: Vec<Phrase>,
    known: BTreeMap<String, PhraseId>,
    /// Phrases to try where this atom stands.
    anchored: BTreeMap<usize, Vec<PhraseId>>,
}

impl PhraseBook {
    /// An empty book that inflects by this table.
    #[must_use]
    pub fn new(inflection: Inflection) -> Self {
        Self { inflection, ..Self::default() }
    }

    /// Adds a phrase; the same text again gives the same number.
    ///
    /// # Errors
    ///
    /// When the phrase has no words, or a star that would find nearly every word.
    pub fn add(&mut self, text: &str) -> Result<PhraseId, PhraseError> {
        if let Some(known) = self.known.get(text) {
            return Ok(*known);
        }
        let parsed = parse::parse(text, &self.inflection)?;
        let lengths: Vec<usize> = parsed.iter().map(|word| word.weight).collect();
        let anchor =
            lengths.iter().enumerate().max_by_key(|(at, length)| (**length, usize::MAX - at)).map_or(0, |(at, _)| at);
        let open_gaps = parsed.iter().skip(1).map(|word| word.open_gap_before).collect();
        let atoms: Vec<usize> = parsed.into_iter().map(|word| self.atom(word.atom)).collect();
        let id = PhraseId(self.phrases.len());
        if let Some(atom) = atoms.get(anchor) {
            self.anchored.entry(*atom).or_default().push(id);
        }
        self.phrases.push(Phrase { atoms, open_gaps, anchor });
        self.known.insert(text.to_owned(), id);
        Ok(id)
    }

    fn atom(&mut self, atom: Atom) -> usize {
        if let Some(number) = self.numbers.get(&atom) {
            return *number;
        }
        let number = self.atoms.len();
        match &atom.test {
            Test::Key(key) => self.by_key.entry(key.clone()).or_default().push(number),
            Test::Form(form) => self.by_form.entry(form.clone()).or_default().push(number),
            Test::Star(star) => self.stars.add(star.clone(), number),
        }
        self.numbers.insert(atom.clone(), number);
        self.atoms.push(atom);
        number
    }

    /// Every phrase as it was written, with its number.
    pub fn texts(&self) -> impl Iterator<Item = (PhraseId, &str)> {
        self.known.iter().map(|(text, id)| (*id, text.as_str()))
    }

    /// Makes the book ready after the last [`PhraseBook::add`]; a book that is not finished finds no stars.
    pub fn finish(&mut self) {
        self.stars.build();
    }

    /// Every occurrence of every phrase in the words of `text`, sorted by phrase and place.
    #[must_use]
    pub fn find(&self, text: &str, words: &[Word]) -> BTreeMap<PhraseId, Vec<WordRange>> {
        let at: Vec<Vec<usize>> = (0..words.len()).map(|index| self.atoms_at(text, words, index)).collect();
        let mut found: BTreeMap<PhraseId, Vec<WordRange>> = BTreeMap::new();
        for (index, atoms) in at.iter().enumerate() {
            for id in atoms.iter().filter_map(|atom| self.anchored.get(atom)).flatten() {
                if let Some(range) = self.phrases.get(id.0).and_then(|phrase| fits(phrase, index, &at, text, words)) {
                    found.entry(*id).or_default().push(range);
                }
            }
        }
        found
    }

    /// The numbers of all atoms that the word at `index` satisfies.
    fn atoms_at(&self, text: &str, all: &[Word], index: usize) -> Vec<usize> {
        let Some(word) = all.get(index) else { return Vec::new() };
        let mut numbers = Vec::new();
        self.collect(&word.folded, &mut numbers);
        for whole in completed(all, index) {
            self.collect(&whole, &mut numbers);
        }
        numbers.retain(|number| self.atoms.get(*number).is_some_and(|atom| capitals_agree(&atom.capitals, word, text)));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn collect(&self, folded: &str, numbers: &mut Vec<usize>) {
        let key = self.inflection.key(folded);
        numbers.extend(self.by_key.get(&key).into_iter().flatten());
        numbers.extend(self.by_form.get(folded).into_iter().flatten());
        self.stars.find(&comparable(folded), &key, numbers);
    }
}

/// Where `phrase` stands when its anchor is the word at `index`.
fn fits(phrase: &Phrase, index: usize, at: &[Vec<usize>], text: &str, words: &[Word]) -> Option<WordRange> {
    let first = index.checked_sub(phrase.anchor)?;
    let last = first + phrase.atoms.len().checked_sub(1)?;
    let every_word = phrase.atoms.iter().zip(at.get(first..=last)?).all(|(atom, here)| here.contains(atom));
    let gaps = phrase.open_gaps.iter().zip(words.get(first..=last)?.windows(2));
    let every_gap = gaps.into_iter().all(|(open, pair)| match pair {
        [left, right] => *open || is_plain_gap(text.get(left.span.end()..right.span.start()).unwrap_or_default()),
        _ => true,
    });
    (every_word && every_gap).then_some(WordRange { first, last })
}

/// Whether nothing but blanks, the point of an abbreviation, quotation marks or a hyphen stands between two words.
fn is_plain_gap(gap: &str) -> bool {
    !gap.contains([',', ':', ';', '!', '?', '(', ')', '[', ']', '–', '—', '|', '\t'])
}

fn capitals_agree(capitals: &Capitals, word: &Word, text: &str) -> bool {
    let shown = || word.span.of(text).replace('\u{ad}', "");
    match capitals {
        Capitals::Any => true,
        Capitals::Begin(letters) => shown().starts_with(letters.as_str()),
        Capitals::Contain(letters) => shown().contains(letters.as_str()),
        Capitals::Exactly(form) => shown() == *form,
    }
}

/// The most words between the halves of a cut compound: "løn-, ferie-, pensions- og barselsregler".
const CUT_REACH: usize = 6;
/// The fewest letters that a completed half borrows.
const LEAST_BORROWED: usize = 3;

/// What the word at `index` may be in full when it is half a compound: every way to borrow the missing half. Where the
/// lender must be divided is not known, and need not be: a wrong division gives a word that no phrase asks for.
fn completed(all: &[Word], index: usize) -> Vec<String> {
    let Some(word) = all.get(index) else { return Vec::new() };
    if word.lacks_end() {
        let half = word.folded.trim_end_matches('-');
        let after = all.iter().skip(index + 1).take(CUT_REACH);
        let Some(whole) = after.into_iter().find(|next| is_whole(next)) else { return Vec::new() };
        return boundaries(&whole.folded)
            .filter(|(_, rest)| rest.chars().count() >= LEAST_BORROWED)
            .map(|(_, rest)| format!("{half}{}", rest.trim_start_matches('-')))
            .collect();
    }
    if word.lacks_beginning() {
        let half = word.folded.trim_start_matches('-');
        let before = all.get(..index).unwrap_or_default();
        let Some(whole) = before.iter().rev().take(CUT_REACH).find(|word| is_whole(word)) else { return Vec::new() };
        return boundaries(&whole.folded)
            .filter(|(start, _)| start.chars().count() >= LEAST_BORROWED)
            .map(|(start, _)| format!("{}{half}", start.trim_end_matches('-')))
            .collect();
    }
    Vec::new()
}

/// Whether a word can lend what another one lacks.
fn is_whole(word: &Word) -> bool {
    !word.lacks_end() && !word.lacks_beginning() && !matches!(word.folded.as_str(), "og" | "eller" | "samt" | "både")
}

/// All ways to cut a word in two parts, neither empty.
fn boundaries(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.char_indices().skip(1).filter_map(|(at, _)| word.split_at_checked(at))
}

/// Finds one phrase in one text, for tests and single questions.
///
/// # Errors
///
/// As [`PhraseBook::add`].
pub fn find_one(phrase: &str, text: &str, inflection: &Inflection) -> Result<Vec<WordRange>, PhraseError> {
    let mut book = PhraseBook::new(inflection.clone());
    let id = book.add(phrase)?;
    book.finish();
    Ok(book.find(text, &words(text)).remove(&id).unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
