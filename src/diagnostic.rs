//! Problems in files that people edit: all of them in one run, each with place, excerpt, a plain sentence and a hint.
//!
//! A layer keeps its sentences as [`Message`] values in a `messages` module of its own, so Danish and English stand side
//! by side and neither can be forgotten: the type demands both.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

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

    /// Line and column (in characters) of a byte, both from 1.
    #[must_use]
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let mut at = byte.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = self.text.get(..at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        (before.matches('\n').count() + 1, column)
    }
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

/// A problem as the JSON output has it.
#[derive(Serialize)]
struct ProblemJson<'p> {
    severity: Severity,
    code: &'p str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
    hint: Option<String>,
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

    fn file(&self) -> Option<&Path> {
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

    /// As the terminal shows it: severity, sentence, place, the line with a caret, hint.
    #[must_use]
    pub fn to_terminal(&self, language: Language) -> String {
        let severity = match (self.message.severity, language) {
            (Severity::Error, Language::Danish) => "fejl",
            (Severity::Warning, Language::Danish) => "advarsel",
            (Severity::Error, Language::English) => "error",
            (Severity::Warning, Language::English) => "warning",
        };
        let mut out = format!("{severity}[{}]: {}\n", self.message.code, self.sentence(language));
        if let Some(place) = &self.place {
            let (line, column) = place.file.line_and_column(place.span.start());
            let _ = writeln!(out, "  --> {}:{line}:{column}", place.file.path().display());
            let shown = place.file.text().lines().nth(line - 1).unwrap_or_default().trim_end();
            let gutter = line.to_string();
            let indent: String =
                shown.chars().take(column - 1).map(|character| if character == '\t' { '\t' } else { ' ' }).collect();
            let first_line = place.span.of(place.file.text()).lines().next().unwrap_or_default();
            let carets = "^".repeat(first_line.trim_end().chars().count().max(1));
            let _ = writeln!(out, "{gutter} | {shown}\n{} | {indent}{carets}", " ".repeat(gutter.len()));
        } else if let Some(path) = &self.path {
            let _ = writeln!(out, "  --> {}", path.display());
        }
        if let Some(hint) = self.hint(language) {
            let label = if language == Language::Danish { "råd" } else { "hint" };
            let _ = writeln!(out, "  = {label}: {hint}");
        }
        out
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

/// The list as JSON: `[{"severity","code","file","line","column","message","hint"}]`.
#[must_use]
pub fn to_json(problems: &[Problem], language: Language) -> serde_json::Value {
    let rows: Vec<ProblemJson<'_>> = problems
        .iter()
        .map(|problem| {
            let at = problem.place.as_ref().map(|place| place.file.line_and_column(place.span.start()));
            ProblemJson {
                severity: problem.severity(),
                code: problem.code(),
                file: problem.file().map(|path| path.display().to_string()),
                line: at.map(|(line, _)| line),
                column: at.map(|(_, column)| column),
                message: problem.sentence(language),
                hint: problem.hint(language),
            }
        })
        .collect();
    serde_json::to_value(rows).unwrap_or_default()
}

/// The word of `known` that a typing error of at most a third of the letters away from `given` would explain.
fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = (given.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (edit_distance(given, word), word))
        .filter(|(distance, word)| *distance <= limit && *word != given)
        .min()
        .map(|(_, word)| word)
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn edit_distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let cell =
                |r: usize, c: usize| rows.get(r).and_then(|cells| cells.get(c)).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cell(i, j) + usize::from(a != b)).min(cell(i, j + 1) + 1);
            best = best.min(row.last().copied().unwrap_or(usize::MAX / 2) + 1);
            if i > 0 && j > 0 && left.get(i - 1) == Some(b) && right.get(j - 1) == Some(a) {
                best = best.min(cell(i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(usize::MAX)
}
