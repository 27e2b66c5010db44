//! Where a sentence names a person.
//!
//! Without a dictionary of all names three signs are used: a first name that people bear here, a participant of the same
//! meeting, and two capitalised words side by side that belong to no organisation. In doubt a name is a person: a sentence
//! held back is looked at by somebody, a private matter mailed is not to be called back.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{self, Reader, Table};
use crate::text::Span;
use crate::text::words::{Word, words};

const SHIPPED: &str = include_str!("../../rules/sprog/navne.toml");

/// `sprog/navne.toml`.
pub static NAMES_FILE: Form = Form::new(
    "Sådan kendes en person i en sætning.",
    &[
        Key::new("first_names", Value::Texts, "Fornavne, der bruges her."),
        Key::new("not_names", Value::Texts, "Ord, der står med stort uden at være navne på personer."),
        Key::new("organisation_endings", Value::Texts, "Endelser på ord, der hører til en organisation."),
    ],
);

/// Names and words that look like names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    first_names: BTreeSet<String>,
    not_names: BTreeSet<String>,
    organisation_endings: Vec<String>,
    /// Words of the names of the meeting's participants.
    participants: BTreeSet<String>,
}

impl Names {
    /// Reads `sprog/navne.toml` below the rules folder, or the shipped one where it is not there.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("sprog").join("navne.toml");
        if !path.exists() {
            return Self::shipped();
        }
        tables::read_file(&path, problems).map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }

    /// The shipped names.
    #[must_use]
    pub fn shipped() -> Self {
        let mut problems = Vec::new();
        let table = tables::parse(&SourceFile::new("rules/sprog/navne.toml", SHIPPED), &mut problems);
        Self::from_table(&table, &mut problems)
    }

    fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut reader = Reader::of(&NAMES_FILE, table, problems);
        let lower = |reader: &mut Reader<'_, '_>, key| {
            reader.strings(key).into_iter().map(|located| located.value.to_lowercase()).collect::<Vec<_>>()
        };
        let names = Self {
            first_names: lower(&mut reader, "first_names").into_iter().collect(),
            not_names: lower(&mut reader, "not_names").into_iter().collect(),
            organisation_endings: lower(&mut reader, "organisation_endings"),
            participants: BTreeSet::new(),
        };
        reader.finish();
        names
    }

    /// The same, knowing who took part in a meeting.
    #[must_use]
    pub fn with_participants<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut known = self.clone();
        for name in names {
            let parts = words(name).into_iter().filter(|word| starts_upper(word.span.of(name)));
            known.participants.extend(parts.map(|word| word.span.of(name).to_lowercase()));
        }
        known
    }

    /// The names in a text, as spans of it.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        let all = words(text);
        let mut found = Vec::new();
        let mut index = 0;
        while let Some(first) = all.get(index) {
            let run = self.run(&all, index, text);
            let length = run.len();
            if length > 0 && self.is_person(&run, first, text, index == 0) {
                let end = run.last().map_or(first.span.end(), |last| last.span.end());
                found.push(Span::new(first.span.start(), end));
            }
            index += length.max(1);
        }
        found
    }

    /// Capitalised words from here on that can be one name: side by side, with an initial between.
    fn run<'w>(&self, all: &'w [Word], from: usize, text: &str) -> Vec<&'w Word> {
        let mut run: Vec<&Word> = Vec::new();
        for word in all.iter().skip(from) {
            let shown = word.span.of(text);
            let between = run.last().map(|last| Span::new(last.span.end(), word.span.start()).of(text));
            let adjacent = between.is_none_or(|between| between == " " || between == ". ");
            if !adjacent || !self.can_be_name(shown) {
                break;
            }
            run.push(word);
        }
        run
    }

    fn can_be_name(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let letters = shown.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        let shouted = shown.chars().count() > 1 && shown.chars().all(char::is_uppercase);
        let known = self.first_names.contains(&lower) || self.participants.contains(&lower);
        let organisation = !known && self.organisation_endings.iter().any(|ending| lower.ends_with(ending.as_str()));
        starts_upper(shown) && letters && !shouted && !organisation && (known || !self.not_names.contains(&lower))
    }

    fn is_person(&self, run: &[&Word], first: &Word, text: &str, opens_sentence: bool) -> bool {
        let lower = first.span.of(text).to_lowercase();
        if self.first_names.contains(&lower) || self.participants.contains(lower.trim_end_matches('s')) {
            return true;
        }
        if self.first_names.contains(lower.trim_end_matches('s')) || self.participants.contains(&lower) {
            return true;
        }
        // The first word of a sentence is capitalised anyway: it needs two more beside it.
        let full = run.iter().filter(|word| word.span.len() > 1).count();
        full >= if opens_sentence { 3 } else { 2 }
    }
}

fn starts_upper(shown: &str) -> bool {
    shown.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn persons(text: &str) -> Vec<&str> {
        let names = Names::shipped().with_participants(["Gry Vandborg"]);
        names.find(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn persons_are_found_by_first_name_participants_and_shape() {
        assert_eq!(persons("Lars Holm oplyste, at Mette følger op."), ["Lars Holm", "Mette"]);
        assert_eq!(persons("I stedet kommer Sükran Tasali."), ["Sükran Tasali"]);
        assert_eq!(persons("Opgaven gives til Gry."), ["Gry"]);
        assert_eq!(persons("Notatet er skrevet af Per B. Lund."), ["Per B. Lund"]);
    }

    #[test]
    fn departments_places_and_bodies_are_no_persons() {
        for text in [
            "HR & Løn følger op sammen med Ældre, Sundhed & Social.",
            "Solvig Kommune har spurgt Plejehjemmet Birkely.",
            "Sagen går til Økonomiudvalget og Byrådet.",
            "Mødet holdes i Nørre Solvig.",
            "Reglerne er beskrevet af HovedMED.",
        ] {
            assert_eq!(persons(text), [] as [&str; 0], "{text}");
        }
    }
}
