//! The words of the language that are data: forms of irregular words and the word lists behind the built-in features.
//!
//! They lie in `rules/sprog/`, where a secretary can add to them. A rules folder without them gets the shipped ones,
//! which are compiled in: somebody who tries three rules of their own must not first copy our grammar.

use std::collections::BTreeMap;
use std::path::Path;

use super::messages;
use super::same::{SAYS_LITTLE, SameMatters};
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{self, Located, Reader, Table};
use crate::text::stem::Inflection;

/// The shipped table of forms.
static FORMS: &str = include_str!("../../rules/sprog/boejning.toml");
/// The shipped word lists.
static LISTS: &str = include_str!("../../rules/sprog/ordlister.toml");
/// The shipped words for the same matter.
static SAME: &str = include_str!("../../rules/sprog/samme-sag.toml");

/// The lists that built-in features stand on.
pub const NEEDED_LISTS: [&str; 10] = [
    "negation",
    "employee-side",
    "management-side",
    "body",
    "local-body",
    "request-verb",
    "decision-verb",
    "outcome",
    "deadline",
    "deadline-before-date",
];

/// `sprog/boejning.toml`.
pub static FORMS_FILE: Form = Form::new(
    "Ord, der bøjes uregelmæssigt, og korte ord.",
    &[Key::new("words", Value::Texts, "En linje for hvert ord: grundformen, kolon og de andre former.")],
);
/// `sprog/ordlister.toml`.
pub static LISTS_FILE: Form = Form::new(
    "Ordlisterne bag de indbyggede kendetegn.",
    &[Key::new("list", Value::Tables(&LIST), "En ordliste; de medfølgende navne bruges af programmet.")],
);
/// One `[[list]]`, here and in rule files.
pub static LIST: Form = Form::new(
    "En ordliste, som regler kan bruge med @ foran navnet.",
    &[
        Key::required("id", Value::Text, "Listens navn: små bogstaver, tal og bindestreger."),
        Key::new("label", Value::Text, "Hvad listen er, for den, der læser den."),
        Key::required("phrases", Value::Texts, "Ord og vendinger, skrevet som i regler; @ for en anden liste."),
    ],
);

/// A named list of phrases.
#[derive(Clone, Debug)]
pub struct WordList {
    /// What `@id` refers to.
    pub id: Located<String>,
    /// Its phrases, unread.
    pub phrases: Vec<Located<String>>,
}

/// The words of the language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Forms of irregular words.
    pub inflection: Inflection,
    /// Word lists, in the order of the file.
    pub lists: Vec<WordList>,
    /// Words for the same matter.
    pub same: SameMatters,
}

impl Lexicon {
    /// Reads `sprog/boejning.toml`, `sprog/ordlister.toml` and `sprog/samme-sag.toml` below the rules folder, or the shipped
    /// copy of the one that is not there.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let forms = read("boejning.toml", FORMS, rules, problems);
        let inflection = forms.map(|table| read_forms(&table, problems)).unwrap_or_default();
        let mut lists = |name: &str, shipped: &str, needed: &[&str]| {
            read(name, shipped, rules, problems).map(|table| read_lists(&table, needed, problems)).unwrap_or_default()
        };
        let general = lists("ordlister.toml", LISTS, &NEEDED_LISTS);
        let same = lists("samme-sag.toml", SAME, &[SAYS_LITTLE]);
        let same = SameMatters::new(&same, &inflection, problems);
        Self { inflection, lists: general, same }
    }

    /// The shipped words.
    #[must_use]
    pub fn shipped() -> Self {
        Self::load(Path::new(""), &mut Vec::new())
    }
}

fn read(name: &str, shipped: &str, rules: &Path, problems: &mut Vec<Problem>) -> Option<Table> {
    let path = rules.join("sprog").join(name);
    if !rules.as_os_str().is_empty() && path.exists() {
        return tables::read_file(&path, problems);
    }
    Some(tables::parse(&SourceFile::new(Path::new("sprog").join(name), shipped), problems))
}

fn read_forms(table: &Table, problems: &mut Vec<Problem>) -> Inflection {
    let mut reader = Reader::of(&FORMS_FILE, table, problems);
    let lines = reader.strings("words");
    reader.finish();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut lists: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let Some((lemma, others)) = line.value.split_once(':') else {
            problems.push(Problem::new(&messages::NO_COLON).with("line", &line.value).at(&line.place));
            continue;
        };
        let mut forms: Vec<String> = Vec::new();
        for form in std::iter::once(lemma).chain(others.split(',')).map(str::trim).filter(|form| !form.is_empty()) {
            match owners.get(form).filter(|owner| *owner != lemma.trim()) {
                Some(owner) => problems
                    .push(Problem::new(&messages::FORM_TWICE).with("form", form).with("other", owner).at(&line.place)),
                None => forms.push(form.to_owned()),
            }
            owners.entry(form.to_owned()).or_insert_with(|| lemma.trim().to_owned());
        }
        lists.push(forms);
    }
    Inflection::new(lists)
}

fn read_lists(table: &Table, needed: &[&str], problems: &mut Vec<Problem>) -> Vec<WordList> {
    let mut reader = Reader::of(&LISTS_FILE, table, problems);
    let tables = reader.tables("list");
    reader.finish();
    let mut lists: Vec<WordList> = Vec::new();
    for list in tables {
        let Some(read) = read_list(list, problems) else { continue };
        if lists.iter().any(|known| known.id.value == read.id.value) {
            problems.push(Problem::new(&messages::LIST_TWICE).with("id", &read.id.value).at(&read.id.place));
        } else {
            lists.push(read);
        }
    }
    for id in needed.iter().copied().filter(|_| !table.broken) {
        if !lists.iter().any(|list| list.id.value == id) {
            problems.push(Problem::new(&messages::LIST_MISSING).with("id", id).at(&table.place));
        }
    }
    lists
}

/// Reads one `[[list]]`: `id`, `phrases`, and a `label` for people.
pub fn read_list(table: &Table, problems: &mut Vec<Problem>) -> Option<WordList> {
    let mut reader = Reader::of(&LIST, table, problems);
    let id = reader.required_string("id").cloned();
    let _ = reader.string("label");
    reader.require("phrases");
    let phrases = reader.strings("phrases");
    reader.finish();
    Some(WordList { id: id?, phrases })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn the_shipped_words_are_in_order() {
        let mut problems = Vec::new();
        let lexicon = Lexicon::load(Path::new(""), &mut problems);
        let told: Vec<String> = problems.iter().map(|problem| problem.to_terminal(Language::English)).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert_eq!(lexicon.inflection.key("opsagt"), lexicon.inflection.key("opsige"));
        assert_eq!(lexicon.inflection.key("lønninger"), lexicon.inflection.key("løn"));
        assert_ne!(lexicon.inflection.key("så"), lexicon.inflection.key("ser"), "»så« er mest et biord");
    }

    #[test]
    fn a_form_of_two_words_and_a_line_without_a_colon_are_told() {
        let mut problems = Vec::new();
        let table = tables::parse(&SourceFile::new("b.toml", "words = [\"a: b, c\", \"d: c\", \"e\"]"), &mut problems);
        read_forms(&table, &mut problems);
        let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes, ["form-twice", "no-colon"]);
    }

    #[test]
    fn a_word_for_the_same_matter_that_would_find_everything_is_an_error() {
        let mut problems = Vec::new();
        let text =
            "[[list]]\nid = \"siger-lidt\"\nphrases = [\"nyt\"]\n[[list]]\nid = \"jul\"\nphrases = [\"jul*\", \"*\"]\n";
        let table = tables::parse(&SourceFile::new("s.toml", text), &mut problems);
        let lists = read_lists(&table, &[SAYS_LITTLE], &mut problems);
        let same = SameMatters::new(&lists, &Inflection::default(), &mut problems);
        let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes, ["bad-language-phrase"]);
        assert_eq!((same.of("julefrokost").len(), same.says_little("nyt")), (1, true));
    }

    #[test]
    fn a_file_without_a_needed_list_is_an_error() {
        let mut problems = Vec::new();
        let table = tables::parse(&SourceFile::new("o.toml", ""), &mut problems);
        read_lists(&table, &NEEDED_LISTS, &mut problems);
        assert_eq!(problems.len(), NEEDED_LISTS.len());
    }
}
