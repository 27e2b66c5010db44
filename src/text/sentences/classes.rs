//! The word lists of the sentence scanner, read from `rules/sprog/saetninger.toml`.
//!
//! Two classes of abbreviations are what other tools' lists lack: "jf." never ends a sentence, "mv." does before a
//! capital. With one class, either every "osv." glues two sentences together or every "jf. Rammeaftalen" is cut in two.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::messages;
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::{Reader, Table, parse};

/// The shipped file, so that the scanner works without any.
const SHIPPED: &str = include_str!("../../../rules/sprog/saetninger.toml");

/// Words that decide whether a full stop ends a sentence. Each list stands under the name of its field in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordClasses {
    /// Abbreviations that never end a sentence: jf, nr, pga.
    pub never_end: WordList,
    /// Abbreviations that end one before a capital: mv, kr, pct.
    pub may_end: WordList,
    /// Those of `may_end` that end one before a number as well.
    pub may_end_before_number: WordList,
    /// Nouns that take a letter for a name: "valggruppe B".
    pub label_nouns: WordList,
    /// Towns that may have a letter behind them: "Nykøbing F".
    pub towns: WordList,
    /// Nouns that take a number for a name or an amount: "bilag 3".
    pub cardinal_nouns: WordList,
    /// Words that make the number behind them an ordinal: "den 5."
    pub ordinal_words: WordList,
    /// Words that begin sentences and are no names: after an initial or a date they show that a new one has begun.
    pub function_words: WordList,
}

impl WordClasses {
    /// Reads the lists; what is wrong with them is added to `problems`, and what can be used is returned.
    #[must_use]
    pub fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut reader = Reader::new(table, problems);
        let classes = Self {
            never_end: read_list(&mut reader, "never_end"),
            may_end: read_list(&mut reader, "may_end"),
            may_end_before_number: read_list(&mut reader, "may_end_before_number"),
            label_nouns: read_list(&mut reader, "label_nouns"),
            towns: read_list(&mut reader, "towns"),
            cardinal_nouns: read_list(&mut reader, "cardinal_nouns"),
            ordinal_words: read_list(&mut reader, "ordinal_words"),
            function_words: read_list(&mut reader, "function_words"),
        };
        for entry in reader.strings("may_end") {
            if classes.never_end.contains(&entry.value) {
                reader.problems.push(Problem::new(&messages::IN_BOTH).with("word", &entry.value).at(&entry.place));
            }
        }
        for entry in reader.strings("may_end_before_number") {
            if !classes.may_end.contains(&entry.value) {
                reader.problems.push(Problem::new(&messages::NOT_MAY_END).with("word", &entry.value).at(&entry.place));
            }
        }
        reader.finish();
        classes
    }

    /// The lists that come with the program. A test proves them free of problems; if they were not, what can be read of
    /// them would still be used.
    #[must_use]
    pub fn shipped() -> Self {
        let file = SourceFile::new("rules/sprog/saetninger.toml", SHIPPED);
        Self::from_table(&parse(&file, &mut Vec::new()), &mut Vec::new())
    }
}

fn read_list(reader: &mut Reader<'_, '_>, key: &'static str) -> WordList {
    reader.require(key);
    let mut words = Vec::new();
    for entry in reader.strings(key) {
        let bare: String = entry.value.trim().trim_end_matches('.').split_whitespace().collect();
        let problem = if bare.is_empty() {
            Problem::new(&messages::EMPTY_WORD).with("list", key)
        } else if bare != entry.value {
            Problem::new(&messages::FULL_STOP).with("word", &entry.value).with("bare", &bare)
        } else if words.contains(&bare.to_lowercase()) {
            Problem::new(&messages::TWICE).with("word", &bare).with("list", key)
        } else {
            words.push(bare.to_lowercase());
            continue;
        };
        reader.problems.push(problem.at(&entry.place));
    }
    WordList::new(words)
}

/// A set of words that is asked in any case. It is asked at every full stop, so a question in small letters is not copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordList {
    /// In the order of [`compare`].
    words: Vec<String>,
    longest: usize,
}

impl WordList {
    /// The words, in any order and case.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_lowercase()).collect();
        words.sort_by(|left, right| compare(left, right));
        words.dedup();
        let longest = words.iter().map(String::len).max().unwrap_or(0);
        Self { words, longest }
    }

    /// Whether `word`, in any case, is among them.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        // A letter may take more bytes as a capital than as a small letter, but never more than three times as many.
        !word.is_empty() && word.len() <= 3 * self.longest && {
            let small = small(word);
            self.words.binary_search_by(|entry| compare(entry, &small)).is_ok()
        }
    }

    /// The words in small letters, short ones first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// Shorter words first: most searches end on the lengths alone, which halves the time of the whole scanner.
fn compare(left: &str, right: &str) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

/// The word in small letters; most are already.
fn small(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}
