//! Problems in files that people edit: all of them in one run, each with place, excerpt, a plain sentence and a hint.
//!
//! A layer keeps its sentences as [`Message`] values in a `messages` module of its own, so Danish and English stand side
//! by side and neither can be forgotten: the type demands both.

mod nearest;
mod show;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

pub use self::nearest::nearest;
pub use self::show::{Style, to_json};
use crate::text::Span;

/// The language in which problems of edited files are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Danish, as shipped.
    #[default]
    Danish,
    /// English.
    English,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing that uses this file goes on.
    Error,
    /// Worth a look; everything goes on.
    Warning,
}

/// One kind of problem, in both languages. `{name}` is filled in by [`Problem::with`].
#[derive(Debug)]
pub struct Message {
    /// Stable, kebab-case, for searching and for tests.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in Danish.
    pub danish: &'static str,
    /// What to do, in Danish; empty where the sentence says it.
    pub danish_hint: &'static str,
    /// What is wrong, in English.
    pub english: &'static str,
    /// What to do, in English; empty where the sentence says it.
    pub english_hint: &'static str,
}

/// A text file that was read, kept for excerpts.
#[derive(Debug)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
}

impl SourceFile {
    /// `path` is shown as given; `text` is what was read from it.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// The path as the user named it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, both from 1. Columns count characters as an editor shows them: an å that is stored as
    /// two characters is one, and so is a tab.
    #[must_use]
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let mut at = byte.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let start = self.line_start(at);
        let column = self.text.get(start..at).unwrap_or_default().graphemes(true).count() + 1;
        (line_ends(self.text.get(..start).unwrap_or_default()) + 1, column)
    }

    /// The line that holds a byte, without its end.
    #[must_use]
    pub fn line_at(&self, byte: usize) -> &str {
        let rest = self.text.get(self.line_start(byte)..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }

    fn line_start(&self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }
}

/// How many lines end in a text: by a line feed, a carriage return (as on old Macs), or both.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let returns = bytes.iter().enumerate().filter(|(at, byte)| **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    feeds + returns.count()
}

/// Where a problem is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes in it.
    pub span: Span,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct Problem {
    message: &'static Message,
    arguments: BTreeMap<&'static str, String>,
    place: Option<Place>,
    path: Option<PathBuf>,
    suggestion: Option<String>,
}

impl Problem {
    /// A problem of this kind, not yet placed.
    #[must_use]
    pub fn new(message: &'static Message) -> Self {
        Self { message, arguments: BTreeMap::new(), place: None, path: None, suggestion: None }
    }

    /// Fills `{name}` of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.insert(name, value.to_string());
        self
    }

    /// Points at bytes of a file.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Names a file as a whole, for one that could not be read.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds "did you mean" where one of `known` is close to `given`.
    #[must_use]
    pub fn did_you_mean<'k>(mut self, given: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        self.suggestion = nearest(given, known).map(str::to_owned);
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.message.severity
    }

    /// Where it is, where it has a place inside a file.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The stable name of its kind.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.message.code
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        self.fill(match language {
            Language::Danish => self.message.danish,
            Language::English => self.message.english,
        })
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self, language: Language) -> Option<String> {
        let hint = self.fill(match language {
            Language::Danish => self.message.danish_hint,
            Language::English => self.message.english_hint,
        });
        let meant = self.suggestion.as_ref().map(|word| match language {
            Language::Danish => format!("Mente du »{word}«?"),
            Language::English => format!("Did you mean \"{word}\"?"),
        });
        let parts: Vec<String> = meant.into_iter().chain(Some(hint).filter(|text| !text.is_empty())).collect();
        Some(parts.join(" ")).filter(|text| !text.is_empty())
    }

    fn fill(&self, template: &str) -> String {
        self.arguments
            .iter()
            .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The file it is in.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.file.path()).or(self.path.as_deref())
    }

    fn sort_key(&self) -> (Option<PathBuf>, usize, &'static str, String) {
        (
            self.file().map(Path::to_path_buf),
            self.place.as_ref().map_or(0, |place| place.span.start()),
            self.message.code,
            self.fill(self.message.english),
        )
    }
}

/// Sorted by file and place, so two runs print alike; one problem told twice is told once.
pub fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by_key(Problem::sort_key);
    problems.dedup_by_key(|problem| problem.sort_key());
}

/// Whether anything in the list is an error.
#[must_use]
pub fn any_error(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity() == Severity::Error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn at(text: &str, needle: &str) -> (usize, usize) {
        SourceFile::new("a.toml", text).line_and_column(text.find(needle).unwrap())
    }

    #[test]
    fn columns_count_what_an_editor_shows_as_one_character() {
        assert_eq!(at("æøå x", "x"), (1, 5));
        assert_eq!(at("a\u{30a} x", "x"), (1, 3), "an å of two characters is one");
        assert_eq!(at("\tx", "x"), (1, 2));
    }

    #[test]
    fn lines_end_as_windows_unix_or_an_old_mac_ends_them() {
        for text in ["a\nb\nø x", "a\r\nb\r\nø x", "a\rb\rø x"] {
            assert_eq!(at(text, "x"), (3, 3), "{text:?}");
            assert_eq!(SourceFile::new("a", text).line_at(text.find('x').unwrap()), "ø x");
        }
    }
}
