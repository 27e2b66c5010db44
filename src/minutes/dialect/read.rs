//! Reads the dialect from its tables; what is at fault is told with its place, and the rest is read all the same.

use super::form::{FormsByFirst, HeadingForm};
use super::topics::WordingLetters;
use super::{Clauses, Closed, Dialect, Header, Known, Patterns, SectionHeading, Wording, keys};
use super::{decision_headings, file};
use crate::diagnostic::Problem;
use crate::minutes::model::{Outcome, SectionKind};
use crate::minutes::{messages, votes};
use crate::tables::{Located, Reader, Table};

impl Dialect {
    pub(super) fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut dialect = Self::default();
        let mut root = Reader::of(&file::DIALECT_FILE, table, problems);
        if let Some(document) = root.table_of("document") {
            let mut reader = Reader::of(&file::DOCUMENT, document, root.problems);
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
            let mut reader = Reader::of(&file::HEADER, header, root.problems);
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
            let mut reader = Reader::of(&file::ITEM, item, root.problems);
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
            let mut reader = Reader::of(&file::CLOSED, closed, root.problems);
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
            let mut reader = Reader::of(&file::STORIES, stories, root.problems);
            dialect.story_titles = known(&reader.strings("titles"));
            reader.finish();
        }
        if let Some(attendance) = root.table_of("attendance") {
            let mut reader = Reader::of(&file::ATTENDANCE, attendance, root.problems);
            dialect.attendance_headings = known(&reader.strings("headings"));
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            dialect.attendance = Wording::read_with(&words, &found, reader.problems);
            reader.finish();
        }
        if let Some(attachment) = root.table_of("attachment") {
            let mut reader = Reader::of(&file::ATTACHMENT, attachment, root.problems);
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            dialect.attachment = Wording::read_with(&words, &found, reader.problems);
            reader.finish();
        }
        if let Some(approval) = root.table_of("approval") {
            let mut reader = Reader::of(&file::APPROVAL, approval, root.problems);
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
            let mut reader = Reader::of(&file::SECTION, section, root.problems);
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
            let mut reader = Reader::of(&file::OTHER_DECISION, other, root.problems);
            let (words, prepositions) = (reader.strings("words"), reader.strings("prepositions"));
            dialect.not_in_name = keys(&reader.strings("not_in_name"));
            dialect.own_meeting = keys(&reader.strings("own_meeting"));
            dialect.decision_headings = decision_headings::patterns(&words, &prepositions, &dialect.bodies);
            dialect.whole_decision_words = known(&words);
            dialect.decision_words = Wording::of(keys(&words));
            reader.finish();
        }
        if let Some(subheading) = root.table_of("subheading") {
            let mut reader = Reader::of(&file::SUBHEADING, subheading, root.problems);
            dialect.verbs = known(&reader.strings("verbs"));
            reader.finish();
        }
        if let Some(clause) = root.table_of("clause") {
            let mut reader = Reader::of(&file::CLAUSE, clause, root.problems);
            let (subordinate, opening) = (keys(&reader.strings("subordinate")), keys(&reader.strings("opening")));
            let apart = keys(&reader.strings("apart"));
            dialect.clauses = Clauses { apart, subordinate, opening };
            reader.finish();
        }
        for outcome in root.tables("outcome") {
            let mut reader = Reader::of(&file::OUTCOME, outcome, root.problems);
            let found = reader.strings("patterns");
            let words = reader.strings("words");
            let wording = Wording::read_with(&words, &found, reader.problems);
            if let Some(name) = reader.required_string("outcome") {
                match OUTCOMES.iter().find(|(known, _)| *known == name.value) {
                    Some((_, outcome)) => dialect.outcomes.push((*outcome, wording)),
                    None => unknown_value("outcome", name, OUTCOMES.iter().map(|(known, _)| *known), reader.problems),
                }
            }
            reader.finish();
        }
        if let Some(amended) = root.table_of("amended") {
            let mut reader = Reader::of(&file::AMENDED, amended, root.problems);
            let found = reader.strings("patterns");
            dialect.amended = Wording::read(&found, reader.problems);
            let found = reader.strings("unless");
            dialect.not_amended = Wording::read(&found, reader.problems);
            reader.finish();
        }
        root.finish();
        dialect.outcomes.sort_by_key(|(outcome, _)| *outcome);
        let outcome_words = dialect.outcomes.iter().map(|(_, wording)| wording.words()).collect::<Option<Vec<_>>>();
        let outcome_words = outcome_words.map(|words| words.concat());
        let vote_words = votes::WORDS.map(str::to_owned);
        dialect.topics = WordingLetters::of(dialect.topic_words(outcome_words.as_deref(), &vote_words).into_iter());
        dialect.outcome_letters = WordingLetters::of(dialect.outcomes.iter().map(|(_, wording)| wording.words()));
        dialect.listed = dialect.all_listed();
        dialect.forms_by_first = FormsByFirst::of(&dialect.forms);
        dialect
    }

    /// The words of all topics, in the order of `Topic`.
    fn topic_words<'w>(&'w self, outcomes: Option<&'w [String]>, votes: &'w [String]) -> [Option<&'w [String]>; 9] {
        [
            self.attendance.words(),
            self.attachment.words(),
            self.closed.letters.words(),
            self.closed.sentences.words(),
            self.decision_words.words(),
            self.approval_patterns.words(),
            self.draft_patterns.words(),
            outcomes,
            Some(votes),
        ]
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
}

pub(super) const SECTION_KINDS: &[(&str, SectionKind)] = &[
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

pub(super) const OUTCOMES: &[(&str, Outcome)] = &[
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
