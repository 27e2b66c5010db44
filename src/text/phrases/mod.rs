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
//! or ten thousand; only stars need an automaton, run over single words. Both are done once for each form of a word: see
//! [`Forms`]. A phrase is tried where its longest word stands. One automaton over the raw text was rejected: it would have
//! to be fed every form of every word.

mod forms;
mod parse;
mod parts;
mod star;

use std::collections::BTreeMap;

use self::parts::Parts;
use self::star::Stars;
use super::stem::{Inflection, comparable};
use super::words::Words;

pub use self::forms::{Forms, Work};
pub use self::parse::PhraseError;

/// The number of a phrase in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(usize);

impl PhraseId {
    /// Its place among the phrases of its book, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        self.0
    }
}

/// Words found side by side, by their place in the list of words, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordRange {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
}

/// A phrase found, by its number, and where.
pub type Occurrence = (PhraseId, WordRange);

/// The number of an [`Atom`] in its book.
type AtomNumber = usize;

/// One test of one word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Test {
    /// Any form of the word with this key.
    Key(String),
    /// This folded form.
    Form(String),
    /// A pattern with stars.
    Star(star::Star),
    /// These letters anywhere in the folded form.
    Part(String),
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
    atoms: Vec<AtomNumber>,
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
    /// For each of them, whether it asks for capitals: few do, and all are asked at every word.
    wants_capitals: Vec<bool>,
    numbers: BTreeMap<Atom, AtomNumber>,
    by_key: BTreeMap<String, Vec<AtomNumber>>,
    by_form: BTreeMap<String, Vec<AtomNumber>>,
    stars: Stars,
    parts: Parts,
    phrases: Vec<Phrase>,
    known: BTreeMap<String, PhraseId>,
    /// For each atom, the phrases to try where it stands.
    anchored: Vec<Vec<PhraseId>>,
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
        let text = text.trim_start();
        if let Some(known) = self.known.get(text) {
            return Ok(*known);
        }
        let parsed = parse::parse(text, &self.inflection)?;
        let lengths: Vec<usize> = parsed.iter().map(|word| word.weight).collect();
        let anchor =
            lengths.iter().enumerate().max_by_key(|(at, length)| (**length, usize::MAX - at)).map_or(0, |(at, _)| at);
        let open_gaps = parsed.iter().skip(1).map(|word| word.open_gap_before).collect();
        // Collected in place they would keep the room of what was parsed, fifty times their own.
        let mut atoms: Vec<AtomNumber> = Vec::with_capacity(parsed.len());
        atoms.extend(parsed.into_iter().map(|word| self.atom(word.atom)));
        let id = PhraseId(self.phrases.len());
        if let Some(anchored) = atoms.get(anchor).and_then(|atom| self.anchored.get_mut(*atom)) {
            anchored.push(id);
        }
        self.phrases.push(Phrase { atoms, open_gaps, anchor });
        self.known.insert(text.to_owned(), id);
        Ok(id)
    }

    /// Adds letters to be found in any word that has them, as they are printed but for capitals.
    pub fn add_part(&mut self, letters: &str) -> PhraseId {
        // No phrase begins with a blank, so the two kinds cannot be taken for one another.
        let name = format!(" {letters}");
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        let atom = self.atom(Atom { test: Test::Part(letters.to_owned()), capitals: Capitals::Any });
        let id = PhraseId(self.phrases.len());
        if let Some(anchored) = self.anchored.get_mut(atom) {
            anchored.push(id);
        }
        self.phrases.push(Phrase { atoms: vec![atom], open_gaps: Vec::new(), anchor: 0 });
        self.known.insert(name, id);
        id
    }

    fn atom(&mut self, atom: Atom) -> AtomNumber {
        if let Some(number) = self.numbers.get(&atom) {
            return *number;
        }
        let number = self.atoms.len();
        match &atom.test {
            Test::Key(key) => self.by_key.entry(key.clone()).or_default().push(number),
            Test::Form(form) => self.by_form.entry(form.clone()).or_default().push(number),
            Test::Star(star) => self.stars.add(star.clone(), number),
            Test::Part(letters) => self.parts.add(letters, number),
        }
        self.wants_capitals.push(atom.capitals != Capitals::Any);
        self.numbers.insert(atom.clone(), number);
        self.atoms.push(atom);
        self.anchored.push(Vec::new());
        number
    }

    /// Every phrase as it was written, with its number.
    pub fn texts(&self) -> impl Iterator<Item = (PhraseId, &str)> {
        self.known.iter().map(|(text, id)| (*id, text.as_str()))
    }

    /// Makes the book ready after the last [`PhraseBook::add`]; a book that is not finished finds no stars.
    pub fn finish(&mut self) {
        self.stars.build();
        self.parts.build();
    }

    /// How many phrases there are; their places are below that.
    #[must_use]
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Every occurrence of every phrase in the words of `text`, sorted by phrase and place. `forms` remembers the words
    /// met so far and must not have served another book.
    #[must_use]
    pub fn find(&self, text: &str, words: &Words, forms: &mut Forms) -> Vec<Occurrence> {
        forms.read(self, words);
        let mut found: Vec<Occurrence> = Vec::new();
        let mut tried = 0;
        let read = Read { book: self, text, words, forms };
        for index in read.forms.touched().iter().copied() {
            for (atom, phrases) in
                read.forms.atoms_at(index).iter().filter_map(|atom| Some((atom, self.anchored.get(*atom)?)))
            {
                if phrases.is_empty() || !read.capitals_agree(index, *atom) {
                    continue;
                }
                tried += phrases.len();
                let ranges = phrases.iter().filter_map(|id| Some((*id, read.fits(self.phrases.get(id.0)?, index)?)));
                found.extend(ranges);
            }
        }
        forms.count_tried(tried);
        found.sort_unstable();
        found
    }

    /// Adds the numbers of all atoms that a folded form satisfies, capitals left aside.
    fn collect(&self, folded: &str, numbers: &mut Vec<AtomNumber>) {
        let key = self.inflection.key(folded);
        numbers.extend(self.by_key.get(&key).into_iter().flatten());
        numbers.extend(self.by_form.get(folded).into_iter().flatten());
        self.stars.find(&comparable(folded), &key, numbers);
        self.parts.find(folded, numbers);
    }
}

/// A text whose forms are read.
struct Read<'r> {
    book: &'r PhraseBook,
    text: &'r str,
    words: &'r Words,
    forms: &'r Forms,
}

impl Read<'_> {
    /// Where `phrase` stands when its anchor, which fits, is the word at `index`.
    fn fits(&self, phrase: &Phrase, index: usize) -> Option<WordRange> {
        let first = index.checked_sub(phrase.anchor)?;
        let last = first + phrase.atoms.len().checked_sub(1)?;
        let satisfied = |(atom, at): (&AtomNumber, usize)| {
            at == index || self.forms.atoms_at(at).binary_search(atom).is_ok() && self.capitals_agree(at, *atom)
        };
        let every_word = last < self.words.len() && phrase.atoms.iter().zip(first..).all(satisfied);
        let every_gap = || phrase.open_gaps.iter().zip(first..).all(|(open, left)| *open || self.is_plain_gap(left));
        (every_word && every_gap()).then_some(WordRange { first, last })
    }

    fn is_plain_gap(&self, left: usize) -> bool {
        let (Some(left), Some(right)) = (self.words.span(left), self.words.span(left + 1)) else { return true };
        is_plain_gap(self.text.get(left.end()..right.start()).unwrap_or_default())
    }

    /// Whether the word shows the capitals that an atom asks for.
    fn capitals_agree(&self, index: usize, atom: AtomNumber) -> bool {
        if self.book.wants_capitals.get(atom) == Some(&false) {
            return true;
        }
        let Some(capitals) = self.book.atoms.get(atom).map(|atom| &atom.capitals) else { return false };
        let shown = || self.words.span(index).unwrap_or_default().of(self.text).replace('\u{ad}', "");
        match capitals {
            Capitals::Any => true,
            Capitals::Begin(letters) => shown().starts_with(letters.as_str()),
            Capitals::Contain(letters) => shown().contains(letters.as_str()),
            Capitals::Exactly(form) => shown() == *form,
        }
    }
}

/// Whether nothing but blanks, the point of an abbreviation, quotation marks or a hyphen stands between two words.
fn is_plain_gap(gap: &str) -> bool {
    !gap.contains([',', ':', ';', '!', '?', '(', ')', '[', ']', '–', '—', '|', '\t'])
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
    let found = book.find(text, &Words::new(text), &mut Forms::default());
    Ok(found.into_iter().filter(|(phrase, _)| *phrase == id).map(|(_, range)| range).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
