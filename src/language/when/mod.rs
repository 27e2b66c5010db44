//! When something is to happen, in the source's own words: "senest den 15. oktober", "uge 44", "primo december", "på næste
//! ordinære møde", with the day where the words name one.
//!
//! [`super::dates`] finds the forms that rules ask about; a list of dates for readers must know more: which day is meant,
//! whether it is a deadline, and what is over. No day is ever invented. "Efter sommerferien" has a place in the order and
//! no date, and what may be told of the past ("i maj blev der holdt …") is no date to note down. The words behind such
//! decisions are data, `rules/sprog/datoer.toml`; the forms of numbers are code, in `forms`.

mod forms;

use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use regex::Regex;

use crate::diagnostic::{Problem, SourceFile};
use crate::language::messages;
use crate::tables::{self, Located, Reader, Table};
use crate::text::Span;

const SHIPPED: &str = include_str!("../../../rules/sprog/datoer.toml");

/// What a reader has to do with a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something must be done by then.
    Deadline,
    /// A meeting.
    Meeting,
    /// Something happens then.
    #[default]
    Date,
}

/// A time named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The source's own words, with "senest", "fra", "den" before them.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The day, or the first of a period; none where the words name none.
    pub day: Option<NaiveDate>,
    /// The last day of a period.
    pub until: Option<NaiveDate>,
    /// About when, for the order alone, where no day is named.
    pub around: Option<NaiveDate>,
    /// The next meeting of the committee, whose day may be told elsewhere in the minutes.
    pub next_meeting: bool,
}

/// A fixed phrase with a day of the year.
#[derive(Debug)]
struct Named {
    pattern: Regex,
    month: u32,
    day: u32,
    /// Only for the order.
    vague: bool,
}

/// The words that tell deadlines, meetings and the past.
#[derive(Debug, Default)]
pub struct DateWords {
    deadline_before: Option<Regex>,
    deadline_words: Option<Regex>,
    deadline_after: Option<Regex>,
    until: Option<Regex>,
    until_with: Option<Regex>,
    meeting_before: Option<Regex>,
    next_meeting: Option<Regex>,
    other_meeting: Option<Regex>,
    past: Option<Regex>,
    ahead: Option<Regex>,
    named: Vec<Named>,
}

impl DateWords {
    /// The words as shipped.
    #[must_use]
    pub fn shipped() -> Self {
        Self::load(Path::new(""), &mut Vec::new())
    }

    /// Reads `sprog/datoer.toml` of a rules folder; the shipped one where the folder has none.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("sprog").join("datoer.toml");
        let table = if !rules.as_os_str().is_empty() && path.exists() {
            tables::read_file(&path, problems)
        } else {
            Some(tables::parse(&SourceFile::new("rules/sprog/datoer.toml", SHIPPED), problems))
        };
        table.map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }

    fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut words = Self::default();
        let mut root = Reader::new(table, problems);
        if let Some(deadline) = root.table_of("deadline") {
            let mut reader = Reader::new(deadline, root.problems);
            words.deadline_before = any_of(&reader.strings("before"));
            words.deadline_words = any_of(&reader.strings("words"));
            words.deadline_after = any_of(&reader.strings("after"));
            words.until = any_of(&reader.strings("until"));
            words.until_with = any_of(&reader.strings("until_with"));
            reader.finish();
        }
        if let Some(meeting) = root.table_of("meeting") {
            let mut reader = Reader::new(meeting, root.problems);
            words.meeting_before = ends_with(&reader.strings("before"));
            words.next_meeting = any_of(&reader.strings("next"));
            words.other_meeting = any_of(&reader.strings("other"));
            reader.finish();
        }
        if let Some(past) = root.table_of("past") {
            let mut reader = Reader::new(past, root.problems);
            words.past = any_of(&reader.strings("words"));
            words.ahead = any_of(&reader.strings("ahead"));
            reader.finish();
        }
        let (days, seasons) = (root.tables("day"), root.tables("season"));
        for (tables, key, vague) in [(days, "day", false), (seasons, "around", true)] {
            for table in tables {
                words.named.extend(named(table, key, vague, root.problems));
            }
        }
        root.finish();
        words
    }

    /// The times that `text`, a sentence of minutes of a meeting on this day, names and that are not over by then, in the
    /// order of the text.
    #[must_use]
    pub fn mentions(&self, text: &str, meeting: NaiveDate) -> Vec<Mention> {
        let mut found: Vec<(Span, forms::When)> = forms::find(text);
        for (pattern, next) in [(&self.next_meeting, true), (&self.other_meeting, false)] {
            let hits = pattern.iter().flat_map(|pattern| pattern.find_iter(text));
            found.extend(hits.map(|hit| (Span::new(hit.start(), hit.end()), forms::When::Meeting { next })));
        }
        for phrase in &self.named {
            for hit in phrase.pattern.find_iter(text) {
                let span = forms::with_year(text, Span::new(hit.start(), hit.end()));
                if let Some(when) = forms::of_year(span.of(text), phrase.month, phrase.day, phrase.vague, meeting) {
                    found.push((span, when));
                }
            }
        }
        // The longest reading of a place is the right one: "9. december" in "28. og 9. december", "uge 8" in "uge 8-9".
        found.sort_by_key(|(span, _)| (std::cmp::Reverse(span.end() - span.start()), span.start()));
        let mut kept: Vec<(Span, forms::When)> = Vec::new();
        for (span, when) in found {
            let overlaps = |(other, _): &(Span, forms::When)| {
                span.start() < other.end() && other.start() < span.end() && span != *other
            };
            if !kept.iter().any(overlaps) {
                kept.push((span, when));
            }
        }
        // Stable, so that several days of one phrase keep their order.
        kept.sort_by_key(|(span, _)| span.start());
        let mut mentions: Vec<Mention> = Vec::new();
        for (span, when) in kept {
            let new = self.mention(text, span, &when, meeting);
            mentions.extend(new.filter(|new| !mentions.contains(new)));
        }
        // "Næste møde er den 9. december" names one meeting, not two.
        if mentions.iter().any(|one| one.kind == Kind::Meeting && one.day.is_some()) {
            mentions.retain(|one| !one.next_meeting);
        }
        mentions
    }

    fn mention(&self, text: &str, core: Span, when: &forms::When, meeting: NaiveDate) -> Option<Mention> {
        let before = text.get(..core.start())?;
        let own_start = forms::lead_start(before);
        // A vague phrase brings its own preposition, and a deadline its "senest".
        let span = Span::new(own_start, core.end());
        let lead = span.of(text).get(..core.start() - own_start).unwrap_or_default().trim_end();
        let matches = |pattern: &Option<Regex>, text: &str| pattern.as_ref().is_some_and(|one| one.is_match(text));
        let clause = clause_around(text, span);
        let over = matches(&self.past, clause) && !matches(&self.ahead, clause);
        let resolved = when.resolve(lead, over, meeting)?;
        if resolved.last_day().is_some_and(|last| last <= meeting) {
            return None;
        }
        let after = text.get(core.end()..).unwrap_or_default();
        // The phrase itself may begin with "inden", as "inden jul" does.
        let own = span.of(text);
        let deadline = matches(&self.deadline_before, own)
            || (matches(&self.until, lead) && matches(&self.until_with, text))
            || matches(&self.deadline_words, before)
            || matches(&self.deadline_after, after);
        let told_before = before.get(..own_start).unwrap_or_default().trim_end().trim_end_matches([':', ',']);
        let kind = if resolved.meeting || matches(&self.meeting_before, told_before) {
            Kind::Meeting
        } else if deadline {
            Kind::Deadline
        } else {
            Kind::Date
        };
        Some(Mention {
            span,
            kind,
            day: resolved.day,
            until: resolved.until,
            around: resolved.around,
            next_meeting: resolved.next_meeting,
        })
    }

    /// The day of the next meeting, where a sentence tells it: "Næste ordinære møde er den 9. december 2026".
    #[must_use]
    pub fn next_meeting(&self, text: &str, meeting: NaiveDate) -> Option<NaiveDate> {
        let named = self.next_meeting.as_ref()?.find(text)?;
        let mentions = self.mentions(text, meeting);
        let of_meeting = mentions.iter().filter(|mention| mention.span.start() >= named.end());
        of_meeting.filter(|mention| mention.kind == Kind::Meeting && mention.until.is_none()).find_map(|one| one.day)
    }
}

/// The text between the commas, colons and full stops around a span.
fn clause_around(text: &str, span: Span) -> &str {
    let ends = [',', ';', ':', '(', ')'];
    let start = text.get(..span.start()).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let end = text.get(span.end()..).and_then(|after| after.find(ends)).map_or(text.len(), |at| span.end() + at);
    text.get(start..end).unwrap_or(text)
}

fn alternatives(phrases: &[Located<String>]) -> Option<String> {
    let each = |phrase: &Located<String>| {
        let words: Vec<String> =
            phrase.value.split_whitespace().map(|word| regex::escape(word).replace(r"\*", r"[\p{L}-]*")).collect();
        words.join(r"\s+")
    };
    let mut all: Vec<String> = phrases.iter().map(each).filter(|one| !one.is_empty()).collect();
    // The longer first: an alternation takes the first that fits.
    all.sort_by_key(|one| std::cmp::Reverse(one.len()));
    (!all.is_empty()).then(|| all.join("|"))
}

/// Finds any of the phrases as whole words.
fn any_of(phrases: &[Located<String>]) -> Option<Regex> {
    Regex::new(&format!(r"(?i)\b(?:{})(?:\b|$)", alternatives(phrases)?)).ok()
}

/// Finds any of the phrases at the end.
fn ends_with(phrases: &[Located<String>]) -> Option<Regex> {
    Regex::new(&format!(r"(?i)\b(?:{})(?:\s+(?:i|den|d\.))?$", alternatives(phrases)?)).ok()
}

/// `[[day]]` or `[[season]]`.
fn named(table: &Table, key: &'static str, vague: bool, problems: &mut Vec<Problem>) -> Option<Named> {
    let mut reader = Reader::new(table, problems);
    reader.require("phrases");
    let pattern = any_of(&reader.strings("phrases"));
    let day = reader.required_string(key);
    let read = day.and_then(|day| {
        let parsed = NaiveDate::parse_from_str(&format!("2024-{}", day.value), "%Y-%m-%d").ok();
        if parsed.is_none() {
            reader.problems.push(Problem::new(&messages::NO_DAY).with("text", &day.value).at(&day.place));
        }
        parsed
    });
    reader.finish();
    let (pattern, day) = (pattern?, read?);
    Some(Named { pattern, month: day.month(), day: day.day(), vague })
}
