//! How minutes are laid out, as data: headings, keys and set phrases of `rules/dialekt/referater.toml`.
//!
//! A secretary adds a heading there; nothing in the parser names a Danish word of the layout.

use std::collections::BTreeMap;
use std::path::Path;

use regex::{Regex, RegexBuilder};

use super::model::{Outcome, SectionKind};
use crate::diagnostic::{Place, Problem, SourceFile};
use crate::minutes::messages;
use crate::tables::{self, Located, Reader, Table};

/// The text shipped with the program, for when no rules folder is at hand.
const SHIPPED: &str = include_str!("../../rules/dialekt/referater.toml");

/// Headings, keys and phrases, ready for use.
#[derive(Debug, Default)]
pub struct Dialect {
    pub(super) minutes_words: Vec<String>,
    pub(super) agenda_words: Vec<String>,
    pub(super) draft_words: Vec<String>,
    pub(super) contents: Vec<String>,
    pub(super) title_words: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) header: Header,
    pub(super) item_headings: Vec<Regex>,
    pub(super) bare_item_headings: Vec<Regex>,
    pub(super) marked_item_headings: Vec<Regex>,
    pub(super) case_numbers: Vec<Regex>,
    pub(super) closed_titles: Vec<String>,
    pub(super) closed_title_pattern: Option<Regex>,
    pub(super) closed_lines: Vec<String>,
    pub(super) open_lines: Vec<String>,
    pub(super) closed_groups: Vec<String>,
    pub(super) open_groups: Vec<String>,
    pub(super) story_titles: Vec<String>,
    pub(super) attendance_headings: Vec<String>,
    pub(super) attendance: Wording,
    pub(super) approval_patterns: Vec<Regex>,
    pub(super) approval_roles: Vec<String>,
    pub(super) sections: BTreeMap<String, SectionHeading>,
    pub(super) other_decisions: Vec<Regex>,
    pub(super) verbs: Vec<String>,
    pub(super) outcomes: Vec<(Outcome, Wording)>,
    pub(super) amended: Option<Regex>,
}

/// Keys of the lines before the first item.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub date: Vec<String>,
    pub place: Vec<String>,
    pub start: Vec<String>,
    pub end: Vec<String>,
    pub participants: Vec<String>,
    pub columns: Vec<String>,
    pub committee: Vec<String>,
}

/// How something is worded.
#[derive(Debug, Default)]
pub(super) struct Wording {
    /// One of these letters in a row must be there before the pattern is tried: most sentences have none, and a pattern
    /// with word boundaries is slow on Danish letters.
    pub words: Vec<String>,
    pub pattern: Option<Regex>,
}

impl Wording {
    /// Whether a sentence says it; `lower` is the sentence in lower case.
    pub(super) fn tells(&self, sentence: &str, lower: &str) -> bool {
        self.words.iter().any(|word| lower.contains(word.as_str()))
            && self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(sentence))
    }
}

/// What a section heading opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionHeading {
    pub kind: SectionKind,
    /// It opens a section even inside a decision; a weak one, such as "Økonomi", is a sub-heading there.
    pub strong: bool,
}

impl Dialect {
    /// The dialect as shipped.
    #[must_use]
    pub fn shipped() -> Self {
        let file = SourceFile::new("rules/dialekt/referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        Self::from_table(&table, &mut problems)
    }

    /// Reads `dialekt/referater.toml` of a rules folder; the shipped one where the folder has none.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("dialekt").join("referater.toml");
        if !path.exists() {
            return Self::shipped();
        }
        tables::read_file(&path, problems).map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }

    fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut dialect = Self::default();
        let mut root = Reader::new(table, problems);
        if let Some(document) = root.table_of("document") {
            let mut reader = Reader::new(document, root.problems);
            dialect.minutes_words = keys(&reader.strings("minutes"));
            dialect.agenda_words = keys(&reader.strings("agenda"));
            dialect.draft_words = keys(&reader.strings("draft"));
            dialect.contents = keys(&reader.strings("contents"));
            dialect.title_words = keys(&reader.strings("title_words"));
            dialect.bodies = reader.strings("bodies").into_iter().map(|body| body.value).collect();
            reader.finish();
        }
        if let Some(header) = root.table_of("header") {
            let mut reader = Reader::new(header, root.problems);
            dialect.header = Header {
                date: keys(&reader.strings("date")),
                place: keys(&reader.strings("place")),
                start: keys(&reader.strings("start")),
                end: keys(&reader.strings("end")),
                participants: keys(&reader.strings("participants")),
                columns: keys(&reader.strings("columns")),
                committee: keys(&reader.strings("committee")),
            };
            reader.finish();
        }
        if let Some(item) = root.table_of("item") {
            let mut reader = Reader::new(item, root.problems);
            let (plain, marked) = (reader.strings("headings"), reader.strings("marked_headings"));
            let bare = reader.strings("bare_headings");
            dialect.bare_item_headings = bare.iter().filter_map(|text| template(text, reader.problems)).collect();
            dialect.item_headings = plain.iter().filter_map(|text| template(text, reader.problems)).collect();
            dialect.marked_item_headings = marked.iter().filter_map(|text| template(text, reader.problems)).collect();
            let cases = reader.strings("case_numbers");
            dialect.case_numbers = patterns(&cases, reader.problems);
            reader.finish();
        }
        if let Some(closed) = root.table_of("closed") {
            let mut reader = Reader::new(closed, root.problems);
            dialect.closed_titles = keys(&reader.strings("titles"));
            dialect.closed_lines = keys(&reader.strings("lines"));
            dialect.open_lines = keys(&reader.strings("open_lines"));
            dialect.closed_groups = keys(&reader.strings("groups"));
            dialect.open_groups = keys(&reader.strings("open_groups"));
            let found = reader.strings("title_patterns");
            dialect.closed_title_pattern = any_of(&found, reader.problems);
            reader.finish();
        }
        if let Some(stories) = root.table_of("stories") {
            let mut reader = Reader::new(stories, root.problems);
            dialect.story_titles = keys(&reader.strings("titles"));
            reader.finish();
        }
        if let Some(attendance) = root.table_of("attendance") {
            let mut reader = Reader::new(attendance, root.problems);
            dialect.attendance_headings = keys(&reader.strings("headings"));
            let found = reader.strings("patterns");
            let pattern = any_of(&found, reader.problems);
            dialect.attendance = Wording { words: keys(&reader.strings("words")), pattern };
            reader.finish();
        }
        if let Some(approval) = root.table_of("approval") {
            let mut reader = Reader::new(approval, root.problems);
            dialect.approval_roles = keys(&reader.strings("roles"));
            let found = reader.strings("patterns");
            dialect.approval_patterns = patterns(&found, reader.problems);
            reader.finish();
        }
        for section in root.tables("section") {
            let mut reader = Reader::new(section, root.problems);
            let strong = reader.boolean("strong").is_none_or(|strong| strong.value);
            if let Some(kind) = reader.required_string("kind") {
                match section_kind(&kind.value) {
                    Some(kind) => {
                        for heading in keys(&reader.strings("headings")) {
                            dialect.sections.insert(heading, SectionHeading { kind, strong });
                        }
                    }
                    None => unknown_value("kind", kind, SECTION_KINDS.iter().map(|(name, _)| *name), reader.problems),
                }
            }
            reader.node("headings");
            reader.finish();
        }
        if let Some(other) = root.table_of("other_decision") {
            let mut reader = Reader::new(other, root.problems);
            let (words, prepositions) = (reader.strings("words"), reader.strings("prepositions"));
            dialect.other_decisions = other_decision(&words, &prepositions);
            reader.finish();
        }
        if let Some(subheading) = root.table_of("subheading") {
            let mut reader = Reader::new(subheading, root.problems);
            dialect.verbs = keys(&reader.strings("verbs"));
            reader.finish();
        }
        for outcome in root.tables("outcome") {
            let mut reader = Reader::new(outcome, root.problems);
            let found = reader.strings("patterns");
            let pattern = any_of(&found, reader.problems);
            let words = keys(&reader.strings("words"));
            if let Some(name) = reader.required_string("outcome") {
                match OUTCOMES.iter().find(|(known, _)| *known == name.value) {
                    Some((_, outcome)) => dialect.outcomes.push((*outcome, Wording { words, pattern })),
                    None => unknown_value("outcome", name, OUTCOMES.iter().map(|(known, _)| *known), reader.problems),
                }
            }
            reader.finish();
        }
        if let Some(amended) = root.table_of("amended") {
            let mut reader = Reader::new(amended, root.problems);
            let found = reader.strings("patterns");
            dialect.amended = any_of(&found, reader.problems);
            reader.finish();
        }
        root.finish();
        dialect.outcomes.sort_by_key(|(outcome, _)| *outcome);
        dialect
    }
}

const SECTION_KINDS: &[(&str, SectionKind)] = &[
    ("occasion", SectionKind::Occasion),
    ("summary", SectionKind::Summary),
    ("case", SectionKind::Case),
    ("supplement", SectionKind::Supplement),
    ("recommendation", SectionKind::Recommendation),
    ("decision", SectionKind::Decision),
    ("history", SectionKind::History),
    ("finances", SectionKind::Finances),
    ("legal", SectionKind::Legal),
    ("attachments", SectionKind::Attachments),
    ("absence", SectionKind::Absence),
    ("other", SectionKind::Other),
];

const OUTCOMES: &[(&str, Outcome)] = &[
    ("postponed", Outcome::Postponed),
    ("withdrawn", Outcome::Withdrawn),
    ("referred", Outcome::Referred),
    ("rejected", Outcome::Rejected),
    ("recommended", Outcome::Recommended),
    ("approved", Outcome::Approved),
    ("noted", Outcome::Noted),
    ("discussed", Outcome::Discussed),
];

fn section_kind(name: &str) -> Option<SectionKind> {
    SECTION_KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

fn unknown_value<'k>(
    key: &'static str,
    given: &Located<String>,
    known: impl Iterator<Item = &'k str> + Clone,
    problems: &mut Vec<Problem>,
) {
    problems.push(
        Problem::new(&messages::UNKNOWN_VALUE)
            .with("key", key)
            .with("value", &given.value)
            .with("known", known.clone().collect::<Vec<_>>().join(", "))
            .at(&given.place)
            .did_you_mean(&given.value, known),
    );
}

/// How headings and keys are compared: lower case, single blanks, no colon or full stop at the end.
pub(super) fn key(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    folded.trim_end_matches([':', '.', ' ']).to_owned()
}

pub(super) fn keys(texts: &[Located<String>]) -> Vec<String> {
    texts.iter().map(|text| key(&text.value)).collect()
}

/// One pattern for each text, for those whose named parts are read.
fn patterns(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Vec<Regex> {
    texts.iter().filter_map(|text| compile(&text.value, &text.place, problems)).collect()
}

/// One pattern for all texts, for those that only say yes or no: building engines is what reading the dialect costs. Where
/// a text is at fault, each is compiled alone to find out which.
pub(super) fn any_of(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Option<Regex> {
    let first = texts.first()?;
    let joined = texts.iter().map(|text| format!("(?:{})", text.value)).collect::<Vec<_>>().join("|");
    let mut own = Vec::new();
    let compiled = compile(&joined, &first.place, &mut own);
    if compiled.is_none() {
        let known = problems.len();
        patterns(texts, problems);
        if problems.len() == known {
            problems.append(&mut own);
        }
    }
    compiled
}

fn compile(pattern: &str, place: &Place, problems: &mut Vec<Problem>) -> Option<Regex> {
    match RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 20).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
            problems.push(Problem::new(&messages::BAD_PATTERN).with("error", reason).at(place));
            None
        }
    }
}

/// "Punkt {number}: {title}" as a pattern; a colon, full stop or dash after the number may be any of them.
fn template(text: &Located<String>, problems: &mut Vec<Problem>) -> Option<Regex> {
    if !text.value.contains("{number}") || !text.value.contains("{title}") {
        problems.push(Problem::new(&messages::BAD_TEMPLATE).at(&text.place));
        return None;
    }
    let mut pattern = String::from("^");
    let mut rest = text.value.as_str();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("{number}") {
            // "3a" has a letter; "38Godkendelse" has none.
            let letter = if after.starts_with('{') { "" } else { "[a-zæøå]?" };
            pattern.push_str(&format!(r"(?P<number>[0-9]+(?:\.[0-9]+)*{letter})"));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{title}") {
            pattern.push_str(r"(?P<title>\S.*)");
            rest = after;
        } else if let Some(after) = rest.strip_prefix(' ') {
            pattern.push_str(r"\s+");
            rest = after;
        } else if let Some(after) = rest.strip_prefix(": ") {
            pattern.push_str(r"\s*[:.–-]\s+");
            rest = after;
        } else {
            let mut characters = rest.chars();
            pattern.push_str(&regex::escape(&characters.next().map(String::from).unwrap_or_default()));
            rest = characters.as_str();
        }
    }
    pattern.push('$');
    compile(&pattern, &text.place, problems)
}

/// "Beslutning fra Direktionen, 1. september 2026, pkt. 4:", "Beslutning Byrådet den 3-5-2026", "Byrådets beslutning i mødet
/// den …" and "Økonomiudvalget, 14. maj 2026, pkt. 88:", with the body as `body`.
fn other_decision(words: &[Located<String>], prepositions: &[Located<String>]) -> Vec<Regex> {
    let alternatives =
        |texts: &[Located<String>]| texts.iter().map(|text| regex::escape(&text.value)).collect::<Vec<_>>().join("|");
    // Capitals tell the body's name, so the words are given in both forms instead of folding the whole pattern.
    let (words, prepositions) =
        (format!("(?i:{})", alternatives(words)), format!("(?i:{})", alternatives(prepositions)));
    let day = r"(?:den\s+|d\.\s*)?[0-9]{1,2}\s*[./-]?\s*(?:[0-9]{1,2}|[a-zæøå]{3,9})";
    let patterns = [
        format!(r"^(?:{words})\s+(?:{prepositions})\s+(?P<body>\S.*?)(?:\s*[,:]|\s+(?:den|d\.)\s*[0-9]|\s+[0-9]|$)"),
        format!(r"^(?:{words})\s+(?P<body>\p{{Lu}}\S.*?)\s*,?\s+{day}"),
        format!(r"^(?P<body>\p{{Lu}}\S.*?)s\s+(?:{words})\s+(?:i|på)\s+(?:mødet|møde)\b"),
        format!(r"^(?P<body>\p{{Lu}}[^,.:]*?)\s*,\s*{day}.*\b(?:pkt|punkt)\.?\s*[0-9]+\s*:?$"),
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_dialect_has_no_problem() {
        let file = SourceFile::new("referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        let dialect = Dialect::from_table(&table, &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(dialect.sections.len() > 20);
    }

    #[test]
    fn a_misspelt_kind_is_told_with_its_place_and_the_right_word() {
        let file = SourceFile::new("d.toml", "[[section]]\nkind = \"decison\"\nheadings = [\"Beslutning\"]\n");
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        Dialect::from_table(&table, &mut problems);
        let shown = problems.first().unwrap().to_terminal(crate::diagnostic::Language::Danish);
        assert!(shown.contains("d.toml:2:8") && shown.contains("Mente du »decision«?"), "{shown}");
    }
}
