//! The word lists of the sentence scanner, read from `rules/sprog/saetninger.toml`.
//!
//! Two classes of abbreviations are what other tools' lists lack: "jf." never ends a sentence, "mv." does before a
//! capital. With one class, either every "osv." glues two sentences together or every "jf. Rammeaftalen" is cut in two.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::messages;
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{Reader, Table, parse};

/// The shipped file, so that the scanner works without any.
const SHIPPED: &str = include_str!("../../../rules/sprog/saetninger.toml");

/// `sprog/saetninger.toml`.
pub static CLASSES_FILE: Form = Form::new(
    "De ord, der afgør, hvor en sætning slutter; skrevet med små bogstaver og uden det sidste punktum.",
    &[
        Key::required("never_end", Value::Texts, "Forkortelser, der aldrig slutter en sætning: jf, nr, pga."),
        Key::required(
            "may_end",
            Value::Texts,
            "Forkortelser, der slutter en sætning foran et stort bogstav: mv, kr, pct.",
        ),
        Key::required("may_end_before_number", Value::Texts, "De af »may_end«, der også gør det foran et tal."),
        Key::required("label_nouns", Value::Texts, "Navneord, der har et bogstav som navn: valggruppe B."),
        Key::required("towns", Value::Texts, "Byer, der kan have et bogstav efter sig: Nykøbing F."),
        Key::required("cardinal_nouns", Value::Texts, "Navneord, der har et tal efter sig: bilag 3."),
        Key::required("ordinal_words", Value::Texts, "Ord, der gør tallet efter til et ordenstal: den 5."),
        Key::required("function_words", Value::Texts, "Ord, der begynder sætninger og ikke er navne."),
    ],
);

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
        let mut reader = Reader::of(&CLASSES_FILE, table, problems);
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::tables::Node;

    /// The shipped file with one change, and what is then wrong with it.
    fn codes(from: &str, to: &str) -> Vec<&'static str> {
        assert!(SHIPPED.contains(from));
        let mut problems = Vec::new();
        let file = SourceFile::new("saetninger.toml", SHIPPED.replacen(from, to, 1));
        let _ = WordClasses::from_table(&parse(&file, &mut problems), &mut problems);
        problems.iter().map(Problem::code).collect()
    }

    #[test]
    fn the_shipped_lists_are_without_problems_and_full() {
        assert!(codes("", "").is_empty(), "{:?}", codes("", ""));
        let classes = WordClasses::shipped();
        for list in [&classes.never_end, &classes.may_end, &classes.function_words] {
            assert!(list.iter().count() > 80);
        }
        for list in [&classes.may_end_before_number, &classes.label_nouns, &classes.towns] {
            assert!(list.iter().count() > 10);
        }
        assert!(classes.cardinal_nouns.contains("§") && classes.ordinal_words.contains("den"));
    }

    #[test]
    fn the_shipped_lists_are_in_alphabetical_order() {
        let letter = |c: char| match c {
            'æ' => '\u{fffd}',
            'ø' => '\u{fffe}',
            'å' => '\u{ffff}',
            other => other,
        };
        let file = SourceFile::new("saetninger.toml", SHIPPED);
        for (key, node) in parse(&file, &mut Vec::new()).entries {
            let Node::Array(array) = node else { panic!("{} is no list", key.value) };
            let words: Vec<String> = array
                .value
                .iter()
                .map(|entry| match entry {
                    Node::String(word) => word.value.to_lowercase().chars().map(letter).collect(),
                    other => panic!("{other:?}"),
                })
                .collect();
            assert!(words.is_sorted(), "{} is not sorted: {words:?}", key.value);
        }
    }

    #[test]
    fn each_slip_in_the_lists_is_told() {
        assert_eq!(codes("\"adm\"", "\"adm.\""), ["word-never-found"]);
        assert_eq!(codes("\"bd\"", "\"b. d\""), ["word-never-found"]);
        assert_eq!(codes("\"adm\"", "\"\""), ["empty-word"]);
        assert_eq!(codes("\"adm\"", "\"ADR\""), ["word-twice"]);
        assert_eq!(codes("\"adm\"", "\"mv\""), ["word-in-both-lists"]);
        assert_eq!(codes("may_end_before_number = [", "may_end_before_number = [\"xyz\","), ["word-not-in-may-end"]);
        assert_eq!(codes("towns =", "byer ="), ["missing-key", "unknown-key"]);
        assert_eq!(codes("\"adm\"", "7"), ["wrong-type"]);
    }

    #[test]
    fn words_are_found_in_any_case() {
        let list = WordList::new(["Årh", "jf", "længere"]);
        for word in ["årh", "ÅRH", "jf", "JF", "Længere"] {
            assert!(list.contains(word), "{word}");
        }
        for word in ["", "j", "jfr", "et meget langt ord som ikke er på listen"] {
            assert!(!list.contains(word), "{word}");
        }
    }

    #[test]
    fn every_message_has_both_languages() {
        for message in messages::ALL {
            assert!(!message.danish.is_empty() && !message.english.is_empty(), "{}", message.code);
            assert_eq!(message.danish_hint.is_empty(), message.english_hint.is_empty(), "{}", message.code);
        }
    }
}
