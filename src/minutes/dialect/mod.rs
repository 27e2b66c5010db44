//! How minutes are laid out, as data: headings, keys and set phrases of `rules/dialekt/referater.toml`.
//!
//! A secretary adds a heading there; nothing in the parser names a Danish word of the layout.

use std::path::Path;

mod decision_headings;
mod form;
mod known;
mod needs;
mod topics;
mod wording;

pub(super) use form::{Found as HeadingFound, HeadingForm, TitlePlace};
pub(super) use known::Known;
use topics::WordingLetters;
pub(super) use topics::{Topic, Topics};
pub(super) use wording::{Patterns, Wording, any_of};

use super::model::{Outcome, SectionKind};
use crate::diagnostic::{Problem, SourceFile};
use crate::minutes::messages;
use crate::tables::{self, Located, Reader, Table};

/// The text shipped with the program, for when no rules folder is at hand.
const SHIPPED: &str = include_str!("../../../rules/dialekt/referater.toml");

/// Headings, keys and phrases, ready for use.
#[derive(Debug, Default)]
pub struct Dialect {
    pub(super) minutes_words: Vec<String>,
    pub(super) agenda_words: Vec<String>,
    pub(super) draft_words: Vec<String>,
    /// "Godkendt", before the word for minutes.
    pub(super) final_words: Vec<String>,
    pub(super) contents: Vec<String>,
    /// The same, to ask for whole lines.
    pub(super) contents_headings: Known,
    pub(super) attachment_lists: Known,
    /// The first words of contents, agendas and lists of attachments; a line that begins otherwise heads none.
    pub(super) list_words: Known,
    /// Pages of signatures and the like: they belong to no item.
    pub(super) back_matter: Known,
    pub(super) title_words: Vec<String>,
    pub(super) bodies: Vec<String>,
    /// "Kommune", as it stands behind a place's name.
    pub(super) municipality: Vec<String>,
    pub(super) header: Header,
    /// Lines of web pages that say nothing of the meeting: "Til toppen".
    pub(super) noise: Known,
    pub(super) forms: Vec<HeadingForm>,
    /// Titles that most meetings have: "godkendelse af dagsorden".
    pub(super) usual_titles: Vec<String>,
    /// Labels below a heading, such as "Sagsbehandler"; what stands behind them is no part of the case.
    pub(super) labels: Known,
    /// The labels among them that hold the title.
    pub(super) title_labels: Known,
    /// Headings over several items that close none: "Sager til afgørelse".
    pub(super) groups: Known,
    pub(super) case_numbers: Patterns,
    pub(super) closed: Closed,
    pub(super) story_titles: Known,
    pub(super) attendance_headings: Known,
    pub(super) attendance: Wording,
    /// Lines that are the name of an attachment.
    pub(super) attachment: Wording,
    pub(super) approval_patterns: Patterns,
    /// Beside the title these say the same without a name.
    pub(super) approval_marks: Patterns,
    /// The minutes say that they are not final.
    pub(super) draft_patterns: Wording,
    pub(super) approval_roles: Known,
    pub(super) sections: Known<SectionHeading>,
    /// The heading of a body's decision, the body as `body`.
    pub(super) decision_headings: Patterns,
    /// The words that such a heading has, as letters in a row.
    decision_words: Wording,
    /// What a line must have to speak of anything that is asked for.
    topics: WordingLetters,
    /// Whatever a line may be, alone or up to its colon: hardly any line begins as one of these.
    listed: Known,
    /// The same words, whole.
    whole_decision_words: Known,
    /// Words for the committee without its name: "mødet".
    pub(super) own_meeting: Vec<String>,
    /// Words that no body's name has.
    pub(super) not_in_name: Vec<String>,
    pub(super) verbs: Known,
    pub(super) outcomes: Vec<(Outcome, Wording)>,
    /// The letters that any of the outcomes needs.
    outcome_words: Wording,
    /// The letters that each of them needs.
    outcome_letters: WordingLetters,
    pub(super) clauses: Clauses,
    pub(super) amended: Wording,
    /// Sentences that only look like it.
    pub(super) not_amended: Wording,
}

/// Keys of the lines before the first item.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub date: Vec<String>,
    pub place: Vec<String>,
    pub start: Vec<String>,
    pub end: Vec<String>,
    pub participants: Vec<String>,
    /// All labels of the meeting itself.
    pub labels: Known,
    pub columns: Known,
    /// What stands in a table or behind a name for those who came.
    pub came: Known,
    pub away: Known,
    pub committee: Vec<String>,
    /// Labels whose people or dates are not the meeting's.
    pub ignored: Vec<String>,
    pub place_prepositions: Vec<String>,
}

/// What closes an item, and what only sounds like it.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// Words that close an item wherever they stand in its title.
    pub words: Known,
    /// Several words together that do the same, in lower case.
    pub phrases: Vec<String>,
    /// Phrases with such a word that do not: "holder lukket".
    pub open_phrases: Vec<String>,
    /// A line of its own, or behind a colon, near the top of an item.
    pub lines: Known,
    /// The same and those that say the opposite; whether one closes.
    pub statuses: Known<bool>,
    /// Questions whose "no" closes: "Offentlighed".
    pub open_labels: Known,
    pub no: Known,
    pub yes: Known,
    /// Headings over several items.
    pub groups: Known<bool>,
    /// Letters that a title has which any of these closes or keeps open; a cheap no.
    pub letters: Wording,
    /// Sentences anywhere in the item.
    pub sentences: Wording,
}

/// Words behind which a clause no longer says what was decided.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    /// Sentences that begin so speak of something else than the item.
    pub apart: Vec<String>,
    /// Behind a comma they begin a clause of their own.
    pub subordinate: Vec<String>,
    /// A sentence that begins so says what was decided behind its first comma.
    pub opening: Vec<String>,
}

/// What a section heading opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionHeading {
    pub kind: SectionKind,
    /// It opens a section even inside a decision; a weak one, such as "Økonomi", is a sub-heading there.
    pub strong: bool,
    /// Its text may stand behind it on the same line: "Konklusion: Godkendt."
    pub inline: bool,
    /// The line below is its value and no heading: "Punkttype" / "Beslutning".
    pub value_below: bool,
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
            dialect.final_words = keys(&reader.strings("final"));
            dialect.draft_words = keys(&reader.strings("draft"));
            let contents = reader.strings("contents");
            dialect.contents = keys(&contents);
            dialect.contents_headings = known(&contents);
            let attachment_lists = reader.strings("attachment_lists");
            dialect.attachment_lists = known(&attachment_lists);
            let lists = [&dialect.contents, &dialect.agenda_words, &keys(&attachment_lists)];
            let first = |text: &'_ String| text.split_whitespace().next().map(str::to_owned);
            let first: Vec<String> = lists.into_iter().flatten().filter_map(first).collect();
            dialect.list_words = first.iter().map(String::as_str).collect();
            dialect.back_matter = known(&reader.strings("back_matter"));
            dialect.noise = known(&reader.strings("noise"));
            dialect.title_words = keys(&reader.strings("title_words"));
            dialect.municipality = reader.strings("municipality").into_iter().map(|word| word.value).collect();
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
                columns: known(&reader.strings("columns")),
                came: known(&reader.strings("came")),
                away: known(&reader.strings("away")),
                committee: keys(&reader.strings("committee")),
                ignored: keys(&reader.strings("ignored")),
                place_prepositions: keys(&reader.strings("place_prepositions")),
                labels: Known::default(),
            };
            let header = &dialect.header;
            let own =
                [&header.date, &header.place, &header.start, &header.end, &header.participants, &header.committee];
            dialect.header.labels = own.into_iter().flatten().map(String::as_str).collect();
            reader.finish();
        }
        if let Some(item) = root.table_of("item") {
            let mut reader = Reader::new(item, root.problems);
            let (headings, above) = (reader.strings("headings"), reader.strings("title_above"));
            dialect.forms = headings
                .iter()
                .map(|text| (text, false))
                .chain(above.iter().map(|text| (text, true)))
                .filter_map(|(text, above)| HeadingForm::read(text, above, reader.problems))
                .collect();
            dialect.usual_titles = keys(&reader.strings("usual_titles"));
            dialect.groups = known(&reader.strings("groups"));
            dialect.labels = known(&reader.strings("labels"));
            dialect.title_labels = known(&reader.strings("title_labels"));
            let cases = reader.strings("case_numbers");
            dialect.case_numbers = Patterns::read(&cases, reader.problems);
            reader.finish();
        }
        if let Some(closed) = root.table_of("closed") {
            let mut reader = Reader::new(closed, root.problems);
            let headings = reader.strings("headings");
            let closing = headings.iter().filter_map(|text| HeadingForm::read(text, false, reader.problems));
            dialect.forms.extend(closing.map(HeadingForm::closing));
            let (found, sentence_words) = (reader.strings("sentences"), reader.strings("sentence_words"));
            let sentences = Wording::read_with(&sentence_words, &found, reader.problems);
            let (words, lines) = (reader.strings("words"), reader.strings("lines"));
            let (phrases, open_phrases) = (keys(&reader.strings("phrases")), keys(&reader.strings("open_phrases")));
            let telling =
                keys(&words).into_iter().chain(keys(&lines)).chain(phrases.clone()).chain(open_phrases.clone());
            dialect.closed = Closed {
                letters: Wording::of_longest_words(telling),
                sentences,
                words: known(&words),
                phrases,
                open_phrases,
                lines: known(&lines),
                statuses: told_apart(&lines, &reader.strings("open_lines")),
                open_labels: known(&reader.strings("open_labels")),
                no: known(&reader.strings("no")),
                yes: known(&reader.strings("yes")),
                groups: told_apart(&reader.strings("groups"), &reader.strings("open_groups")),
            };
            reader.finish();
        }
        if let Some(stories) = root.table_of("stories") {
            let mut reader = Reader::new(stories, root.problems);
            dialect.story_titles = known(&reader.strings("titles"));
            reader.finish();
        }
        if let Some(attendance) = root.table_of("attendance") {
            let mut reader = Reader::new(attendance, root.problems);
            dialect.attendance_headings = known(&reader.strings("headings"));
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            dialect.attendance = Wording::read_with(&words, &found, reader.problems);
            reader.finish();
        }
        if let Some(attachment) = root.table_of("attachment") {
            let mut reader = Reader::new(attachment, root.problems);
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            dialect.attachment = Wording::read_with(&words, &found, reader.problems);
            reader.finish();
        }
        if let Some(approval) = root.table_of("approval") {
            let mut reader = Reader::new(approval, root.problems);
            dialect.approval_roles = known(&reader.strings("roles"));
            let found = reader.strings("patterns");
            dialect.approval_patterns = Patterns::read(&found, reader.problems);
            let found = reader.strings("head_patterns");
            dialect.approval_marks = Patterns::read(&found, reader.problems);
            let found = reader.strings("draft_patterns");
            dialect.draft_patterns = Wording::read(&found, reader.problems);
            reader.finish();
        }
        for section in root.tables("section") {
            let mut reader = Reader::new(section, root.problems);
            let strong = reader.boolean("strong").is_none_or(|strong| strong.value);
            let inline = reader.boolean("inline").map_or(strong, |inline| inline.value);
            let value_below = reader.boolean("value_below").is_some_and(|below| below.value);
            if let Some(kind) = reader.required_string("kind") {
                match section_kind(&kind.value) {
                    Some(kind) => {
                        for heading in reader.strings("headings") {
                            dialect
                                .sections
                                .insert(&heading.value, SectionHeading { kind, strong, inline, value_below });
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
            dialect.not_in_name = keys(&reader.strings("not_in_name"));
            dialect.own_meeting = keys(&reader.strings("own_meeting"));
            dialect.decision_headings = decision_headings::patterns(&words, &prepositions, &dialect.bodies);
            dialect.whole_decision_words = known(&words);
            dialect.decision_words = Wording::of(keys(&words));
            reader.finish();
        }
        if let Some(subheading) = root.table_of("subheading") {
            let mut reader = Reader::new(subheading, root.problems);
            dialect.verbs = known(&reader.strings("verbs"));
            reader.finish();
        }
        if let Some(clause) = root.table_of("clause") {
            let mut reader = Reader::new(clause, root.problems);
            let (subordinate, opening) = (keys(&reader.strings("subordinate")), keys(&reader.strings("opening")));
            let apart = keys(&reader.strings("apart"));
            dialect.clauses = Clauses { apart, subordinate, opening };
            reader.finish();
        }
        let mut outcome_words = Vec::new();
        for outcome in root.tables("outcome") {
            let mut reader = Reader::new(outcome, root.problems);
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            let wording = Wording::read_with(&words, &found, reader.problems);
            outcome_words.extend(keys(&words));
            if let Some(name) = reader.required_string("outcome") {
                match OUTCOMES.iter().find(|(known, _)| *known == name.value) {
                    Some((_, outcome)) => dialect.outcomes.push((*outcome, wording)),
                    None => unknown_value("outcome", name, OUTCOMES.iter().map(|(known, _)| *known), reader.problems),
                }
            }
            reader.finish();
        }
        if let Some(amended) = root.table_of("amended") {
            let mut reader = Reader::new(amended, root.problems);
            let found = reader.strings("patterns");
            dialect.amended = Wording::read(&found, reader.problems);
            let found = reader.strings("unless");
            dialect.not_amended = Wording::read(&found, reader.problems);
            reader.finish();
        }
        root.finish();
        dialect.outcomes.sort_by_key(|(outcome, _)| *outcome);
        dialect.outcome_words = Wording::of(outcome_words);
        dialect.topics = WordingLetters::of(dialect.topic_words().into_iter());
        dialect.outcome_letters = WordingLetters::of(dialect.outcomes.iter().map(|(_, wording)| wording.words()));
        dialect.listed = dialect.all_listed();
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
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.to_lowercase());
    }
    folded.truncate(folded.trim_end_matches([':', '.', ' ']).len());
    folded
}

/// Whether two texts have the same key.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    let begins = |text: &str| text.trim_start().bytes().next().filter(u8::is_ascii_alphabetic);
    // Nearly always the first letters differ.
    match (begins(one), begins(other)) {
        (Some(one), Some(other)) if !one.eq_ignore_ascii_case(&other) => false,
        _ => key(one) == key(other),
    }
}

/// What stands behind a word at the beginning of a text, the word being in lower case.
pub(super) fn behind_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let mut lower = rest.by_ref().flat_map(char::to_lowercase);
    word.chars().all(|wanted| lower.next() == Some(wanted)).then_some(())?;
    drop(lower);
    Some(rest.as_str())
}

pub(super) fn keys(texts: &[Located<String>]) -> Vec<String> {
    texts.iter().map(|text| key(&text.value)).collect()
}

/// What closes and what does not; a text in both lists closes.
fn told_apart(closing: &[Located<String>], open: &[Located<String>]) -> Known<bool> {
    let mut known = Known::default();
    open.iter().for_each(|text| known.insert(&text.value, false));
    closing.iter().for_each(|text| known.insert(&text.value, true));
    known
}

fn known(texts: &[Located<String>]) -> Known {
    texts.iter().map(|text| text.value.as_str()).collect()
}

impl Dialect {
    /// The words of all topics, in the order of [`Topic`].
    fn topic_words(&self) -> [Option<&[String]>; 7] {
        [
            self.attendance.words(),
            self.attachment.words(),
            self.closed.letters.words(),
            self.closed.sentences.words(),
            self.decision_words.words(),
            self.approval_patterns.words(),
            self.draft_patterns.words(),
        ]
    }

    /// The strongest outcome that a text tells: they are kept sorted, the strongest first.
    pub(super) fn outcome_of(&self, text: &str) -> Option<Outcome> {
        let may = self.outcome_letters.of_text(text);
        let outcomes = self.outcomes.iter().enumerate().filter(|(place, _)| may & (1 << place) != 0);
        outcomes.map(|(_, known)| known).find(|(_, wording)| wording.tells(text)).map(|(outcome, _)| *outcome)
    }

    /// Whether a text has any word that an outcome needs.
    pub(super) fn may_tell_outcome(&self, text: &str) -> bool {
        self.outcome_words.tells(text)
    }

    fn all_listed(&self) -> Known {
        let mut all = Known::default();
        for list in [
            &self.contents_headings,
            &self.attachment_lists,
            &self.back_matter,
            &self.noise,
            &self.labels,
            &self.groups,
            &self.closed.lines,
            &self.closed.open_labels,
            &self.attendance_headings,
        ] {
            all.extend(list);
        }
        all.extend(&self.closed.statuses);
        all.extend(&self.closed.groups);
        all.extend(&self.sections);
        all
    }

    /// Which topics a text may speak of.
    pub(super) fn topics(&self, text: &str) -> Topics {
        Topics(self.topics.of_text(text))
    }

    /// Whether a line may stand in one of the lists that whole lines, or what is before their colon, are looked up in: section
    /// headings, labels, groups, statuses, noise, contents. A cheap no.
    pub(super) fn may_list(&self, line: &str) -> bool {
        self.listed.may_have(line)
    }

    /// Whether it is a word such as "beslutning".
    pub(super) fn is_decision_word(&self, word: &str) -> bool {
        self.whole_decision_words.get(word).is_some()
    }

    /// Whether the line has a word such as "beslutning".
    pub(super) fn says_decision(&self, line: &str) -> bool {
        self.decision_words.tells(line)
    }

    /// Whether the line may be the heading of a body's decision; a cheap no.
    pub(super) fn may_head_decision(&self, line: &str) -> bool {
        line.starts_with(char::is_uppercase) && decision_headings::may_match(line, &self.whole_decision_words)
    }
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
        assert!(dialect.sections.has("Beslutning") && dialect.forms.len() > 10 && dialect.decision_headings.len() == 7);
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
