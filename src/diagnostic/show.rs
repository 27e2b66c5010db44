//! How problems are shown: to people on a terminal, to editors as one line each, to programs as JSON.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Language, Problem, Severity};

/// How a terminal is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub colour: bool,
    /// How many characters a line may have; none: as many as it takes.
    pub width: Option<usize>,
}

/// The narrowest terminal that is written for; below it, lines are cut by the terminal itself.
const LEAST_WIDTH: usize = 40;
const BOLD: &str = "1";
const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BLUE: &str = "34";
const CYAN: &str = "36";

impl Style {
    fn paint(self, colour: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Breaks a text between words so that no line is wider than allowed, given how much stands before it.
    fn wrap(self, text: &str, before: usize, indent: &str) -> Vec<String> {
        let Some(width) = self.width.map(|width| width.max(LEAST_WIDTH)) else { return vec![text.to_owned()] };
        let mut lines = vec![String::new()];
        let mut used = before;
        for word in text.split(' ') {
            let length = word.graphemes(true).count();
            let Some(line) = lines.last_mut() else { continue };
            if used + 1 + length > width && !line.is_empty() {
                used = indent.len() + length;
                lines.push(format!("{indent}{word}"));
            } else {
                if !line.is_empty() {
                    line.push(' ');
                    used += 1;
                }
                line.push_str(word);
                used += length;
            }
        }
        lines
    }
}

impl Problem {
    /// As a terminal without colours and of any width shows it.
    #[must_use]
    pub fn to_terminal(&self, language: Language) -> String {
        self.to_styled(language, Style::default())
    }

    /// As a terminal shows it: severity, sentence, place, the line with a caret, hint.
    #[must_use]
    pub fn to_styled(&self, language: Language, style: Style) -> String {
        let (severity, colour) = match (self.severity(), language) {
            (Severity::Error, Language::Danish) => ("fejl", RED),
            (Severity::Warning, Language::Danish) => ("advarsel", YELLOW),
            (Severity::Error, Language::English) => ("error", RED),
            (Severity::Warning, Language::English) => ("warning", YELLOW),
        };
        let head = format!("{severity}[{}]", self.code());
        let sentence = style.wrap(&self.sentence(language), head.graphemes(true).count() + 2, "  ");
        let sentence = sentence.iter().map(|line| style.paint(BOLD, line)).collect::<Vec<_>>().join("\n");
        let mut out = format!("{}: {sentence}\n", style.paint(colour, &head));
        let arrow = style.paint(BLUE, "-->");
        if let Some(place) = self.place() {
            let (line, column) = place.file.line_and_column(place.span.start());
            let _ = writeln!(out, "  {arrow} {}:{line}:{column}", place.file.path().display());
            let gutter = line.to_string();
            let pad = " ".repeat(gutter.len());
            let marked = place.span.of(place.file.text()).split(['\n', '\r']).next().unwrap_or_default().trim_end();
            let room = style.width.map(|width| width.max(LEAST_WIDTH).saturating_sub(gutter.len() + 3));
            let shown = place.file.line_at(place.span.start()).trim_end();
            let excerpt = excerpt(shown, column, marked.graphemes(true).count().max(1), room);
            let bar = style.paint(BLUE, "|");
            let caret = style.paint(colour, &excerpt.carets);
            let gutter = style.paint(BLUE, &gutter);
            let _ = writeln!(out, "{gutter} {bar} {}\n{pad} {bar} {}{caret}", excerpt.line, excerpt.indent);
        } else if let Some(path) = self.file() {
            let _ = writeln!(out, "  {arrow} {}", path.display());
        }
        if let Some(hint) = self.hint(language) {
            let label = if language == Language::Danish { "råd" } else { "hint" };
            let indent = " ".repeat(label.chars().count() + 6);
            let lines = style.wrap(&hint, indent.len(), &indent).join("\n");
            let _ = writeln!(out, "  = {}: {lines}", style.paint(CYAN, label));
        }
        out
    }

    /// One line, as editors and their problem matchers read it: `file:line:column: error: sentence hint [code]`. The words
    /// »error« and »warning« stay English in both languages, since editors look for them.
    #[must_use]
    pub fn to_editor(&self, language: Language) -> String {
        let severity = match self.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (line, column) = self.place().map_or((1, 1), |place| place.file.line_and_column(place.span.start()));
        let file = self.file().map(|path| path.display().to_string()).unwrap_or_default();
        let said: Vec<String> = std::iter::once(self.sentence(language)).chain(self.hint(language)).collect();
        let said = said.join(" ").replace(['\n', '\r'], " ");
        format!("{file}:{line}:{column}: {severity}: {said} [{}]", self.code())
    }
}

/// A line with the mark below it.
struct Excerpt {
    line: String,
    indent: String,
    carets: String,
}

/// The part of a line that fits into `room` with the marked characters in it, »…« where something was left out.
fn excerpt(line: &str, column: usize, marked: usize, room: Option<usize>) -> Excerpt {
    const CUT: &str = "…";
    let all: Vec<&str> = line.graphemes(true).collect();
    let first = column - 1;
    let room = room.unwrap_or(usize::MAX).max(8);
    let mut from = 0;
    let mut to = all.len();
    if all.len() > room {
        // A third of the room for what stands before, so that the eye sees where it is.
        from = first.saturating_sub(room / 3);
        to = from.saturating_add(room).min(all.len());
        from = to.saturating_sub(room).min(from);
    }
    let (cut_before, cut_behind) = (from > 0, to < all.len());
    let inner_from = from + usize::from(cut_before);
    let inner_to = to.saturating_sub(usize::from(cut_behind)).max(inner_from);
    let mut shown = String::new();
    let mut indent = String::new();
    if cut_before {
        shown.push_str(CUT);
        indent.push(' ');
    }
    for (at, character) in all.iter().enumerate().take(inner_to).skip(inner_from) {
        shown.push_str(character);
        if at < first {
            indent.push(if *character == "\t" { '\t' } else { ' ' });
        }
    }
    if cut_behind {
        shown.push_str(CUT);
    }
    let carets = if cut_behind { marked.min(inner_to.saturating_sub(first).max(1)) } else { marked };
    Excerpt { line: shown, indent, carets: "^".repeat(carets) }
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

/// The list as JSON: `[{"severity","code","file","line","column","message","hint"}]`.
#[must_use]
pub fn to_json(problems: &[Problem], language: Language) -> serde_json::Value {
    let rows: Vec<ProblemJson<'_>> = problems
        .iter()
        .map(|problem| {
            let at = problem.place().map(|place| place.file.line_and_column(place.span.start()));
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::{Message, Place, SourceFile};
    use crate::text::Span;

    static WRONG: Message = Message {
        code: "wrong",
        severity: Severity::Error,
        danish: "Det er »{what}«, som ikke kan stå her, og det skal derfor rettes, før reglerne kan bruges igen.",
        danish_hint: "Skriv noget andet, og kør så kontrollen en gang til, så du ser, om det hjalp.",
        english: "It is wrong: {what}.",
        english_hint: "Write something else.",
    };

    fn problem(text: &str, needle: &str) -> Problem {
        let start = text.find(needle).unwrap();
        let file = SourceFile::new("rules/a.toml", text);
        let span = Span::new(start, start + needle.len());
        Problem::new(&WRONG).with("what", needle).at(&Place { file, span })
    }

    #[test]
    fn the_caret_stands_under_the_word_also_behind_tabs_and_danish_letters() {
        let shown = problem("x = 1\n\tæblegrød = 2\n", "= 2").to_terminal(Language::English);
        assert_eq!(
            shown,
            "error[wrong]: It is wrong: = 2.\n  --> rules/a.toml:2:11\n2 | \tæblegrød = 2\n  | \t         ^^^\n  = hint: Write something else.\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let long = format!("phrases = [{} \"fejl\", {}]", "\"ord\", ".repeat(30), "\"mere\", ".repeat(30));
        for width in [40, 60, 80, 100] {
            let style = Style { colour: false, width: Some(width) };
            let shown = problem(&long, "\"fejl\"").to_styled(Language::Danish, style);
            for line in shown.lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
            let line = shown.lines().find(|line| line.starts_with("1 | ")).unwrap();
            let carets = shown.lines().find(|line| line.contains("^^^^^^")).unwrap();
            let under: String = line.chars().skip(carets.find('^').unwrap()).take(6).collect();
            assert_eq!(under, "\"fejl\"", "{shown}");
        }
    }

    #[test]
    fn colours_are_used_only_when_asked_for() {
        let problem = problem("x", "x");
        let coloured = problem.to_styled(Language::Danish, Style { colour: true, width: None });
        assert!(coloured.contains("\u{1b}[1;31mfejl[wrong]"));
        assert!(!problem.to_terminal(Language::Danish).contains('\u{1b}'));
    }

    #[test]
    fn an_editor_gets_one_line_with_file_line_column_and_severity() {
        let line = problem("x\nø y", "y").to_editor(Language::English);
        assert_eq!(line, "rules/a.toml:2:3: error: It is wrong: y. Write something else. [wrong]");
    }
}
