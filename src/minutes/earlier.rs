//! What minutes say of earlier minutes: approved as they were, or approved with a change.
//!
//! A letter quotes minutes that may later be corrected: "godkendt med en præcisering af punkt 4". Whether the letter that
//! went out is still right only a person can say, so this merely finds the sentence. In the items that deal with earlier
//! minutes every sentence counts; elsewhere only those that name minutes themselves. The wording is data,
//! `rules/dialekt/tidligere-referater.toml`; where a sentence can be read both ways, it is a change.

use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use regex::Regex;

use super::dialect::{any_of, keys};
use super::model::{EntryKind, Item, ItemNumber, Minutes};
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::form::{Form, Key, Value};
use crate::tables::{self, Reader, Table};
use crate::text::dates::{PrintedDate, dates};
use crate::text::fold::fold_text;

/// The text shipped with the program, for when no rules folder is at hand.
const SHIPPED: &str = include_str!("../../rules/dialekt/tidligere-referater.toml");

/// `dialekt/tidligere-referater.toml`.
pub static EARLIER_FILE: Form = Form::new(
    "Hvad et referat siger om et tidligere referat.",
    &[
        Key::new("item", Value::Table(&ITEM), "Punkter om tidligere referater."),
        Key::new("sentence", Value::Table(&SENTENCE), "Ord i sætninger om tidligere referater."),
        Key::new("changed", Value::Table(&CHANGED), "Sætninger, der siger, at et referat blev rettet."),
        Key::new("approved", Value::Table(&APPROVED), "Sætninger, der siger, at det blev godkendt, som det var."),
    ],
);

static ITEM: Form =
    Form::new("Punkter om tidligere referater.", &[Key::new("titles", Value::Texts, "Ord i deres titler.")]);

static SENTENCE: Form = Form::new(
    "Ord i sætninger om tidligere referater.",
    &[
        Key::new("words", Value::Texts, "Ord for et referat."),
        Key::new("others", Value::Texts, "Ord for andet, som samme punkt kan godkende: dagsorden."),
    ],
);

static CHANGED: Form = Form::new(
    "Sætninger, der siger, at et referat blev rettet.",
    &[
        Key::new("patterns", Value::Texts, "Mønstre for sådanne sætninger."),
        Key::new("not", Value::Texts, "Mønstre for det, der kun ligner; det tages ud af sætningen først."),
    ],
);

static APPROVED: Form = Form::new(
    "Sætninger, der siger, at det blev godkendt, som det var.",
    &[Key::new("patterns", Value::Texts, "Mønstre for sådanne sætninger.")],
);

/// How minutes speak of earlier ones.
#[derive(Debug, Default)]
pub struct EarlierWording {
    titles: Vec<String>,
    words: Vec<String>,
    others: Vec<String>,
    changed: Option<Regex>,
    unchanged: Option<Regex>,
    approved: Option<Regex>,
}

/// What became of the earlier minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// Approved as they were.
    Approved,
    /// Corrected, remarked upon or refused.
    Changed,
}

/// One statement about earlier minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierMinutes {
    /// What became of them.
    pub said: Said,
    /// The item that says it.
    pub item: ItemNumber,
    /// The sentence, word for word.
    pub text: String,
    /// The day of the earlier meeting, where sentence or title name one.
    pub date: Option<NaiveDate>,
}

impl EarlierWording {
    /// The wording as shipped.
    #[must_use]
    pub fn shipped() -> Self {
        let file = SourceFile::new("rules/dialekt/tidligere-referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        Self::from_table(&table, &mut problems)
    }

    /// Reads `dialekt/tidligere-referater.toml` of a rules folder; the shipped one where the folder has none.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("dialekt").join("tidligere-referater.toml");
        if !path.exists() {
            return Self::shipped();
        }
        tables::read_file(&path, problems).map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }

    fn from_table(table: &Table, problems: &mut Vec<Problem>) -> Self {
        let mut wording = Self::default();
        let mut root = Reader::of(&EARLIER_FILE, table, problems);
        if let Some(item) = root.table_of("item") {
            let mut reader = Reader::of(&ITEM, item, root.problems);
            wording.titles = keys(&reader.strings("titles"));
            reader.finish();
        }
        if let Some(sentence) = root.table_of("sentence") {
            let mut reader = Reader::of(&SENTENCE, sentence, root.problems);
            wording.words = keys(&reader.strings("words"));
            wording.others = keys(&reader.strings("others"));
            reader.finish();
        }
        if let Some(changed) = root.table_of("changed") {
            let mut reader = Reader::of(&CHANGED, changed, root.problems);
            let (patterns, not) = (reader.strings("patterns"), reader.strings("not"));
            wording.changed = any_of(&patterns, reader.problems);
            wording.unchanged = any_of(&not, reader.problems);
            reader.finish();
        }
        if let Some(approved) = root.table_of("approved") {
            let mut reader = Reader::of(&APPROVED, approved, root.problems);
            let patterns = reader.strings("patterns");
            wording.approved = any_of(&patterns, reader.problems);
            reader.finish();
        }
        root.finish();
        wording
    }

    /// What these minutes say of earlier ones, in their order; closed items say nothing.
    #[must_use]
    pub fn statements(&self, minutes: &Minutes) -> Vec<EarlierMinutes> {
        let mut found = Vec::new();
        for item in &minutes.items {
            let title = fold_text(&item.title);
            let about = self.titles.iter().any(|words| title.contains(words.as_str()));
            let entries = item.own_entries().filter(|entry| entry.kind != EntryKind::Attendance);
            for entry in entries {
                let Some(said) = self.said(&entry.text, about) else { continue };
                let date = day(&entry.text, minutes.date).or_else(|| about.then(|| named_in(item, minutes.date))?);
                // The minutes' own approval speaks of no earlier meeting.
                if about || date.is_some_and(|date| Some(date) != minutes.date) {
                    found.push(EarlierMinutes { said, item: item.number, text: entry.text.clone(), date });
                }
            }
        }
        found
    }

    fn said(&self, sentence: &str, about: bool) -> Option<Said> {
        let folded = fold_text(sentence);
        let names = |words: &[String]| words.iter().any(|word| folded.contains(word.as_str()));
        if !names(&self.words) && (!about || names(&self.others)) {
            return None;
        }
        let plain = match &self.unchanged {
            Some(pattern) => pattern.replace_all(&folded, " ").into_owned(),
            None => folded,
        };
        let tells = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(&plain));
        match (tells(&self.changed), tells(&self.approved)) {
            (true, _) => Some(Said::Changed),
            (false, true) => Some(Said::Approved),
            (false, false) => None,
        }
    }
}

/// The day that title or case of an item name: "Godkendelse af referat fra mødet den 3. marts".
fn named_in(item: &Item, meeting: Option<NaiveDate>) -> Option<NaiveDate> {
    day(&item.title, meeting).or_else(|| item.own_entries().find_map(|entry| day(&entry.text, meeting)))
}

/// The first day before the meeting that a text names; without a year it is the last such day.
fn day(text: &str, meeting: Option<NaiveDate>) -> Option<NaiveDate> {
    dates(text)
        .iter()
        .filter_map(|date| latest(date, meeting))
        .find(|date| meeting.is_none_or(|meeting| *date < meeting))
}

fn latest(date: &PrintedDate, meeting: Option<NaiveDate>) -> Option<NaiveDate> {
    date.full().or_else(|| {
        let meeting = meeting?;
        let in_year = |year| NaiveDate::from_ymd_opt(year, date.month, date.day);
        in_year(meeting.year()).filter(|found| *found < meeting).or_else(|| in_year(meeting.year() - 1))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::minutes::{Dialect, parse};
    use crate::text::sentences::WordClasses;

    fn statements(title: &str, decision: &str) -> Vec<EarlierMinutes> {
        let text = format!(
            "REFERAT HovedMED d. 01-06-2026\n\nPunkt 1: {title}\n\nBeslutning\n\n{decision}\n\nPunkt 2: Ferie\n\nBeslutning\n\n\
             Godkendt.\n"
        );
        let document = intake::read_bytes(Path::new("a.txt"), text.as_bytes(), &intake::NoLandmarks).unwrap();
        let minutes = parse(&document, &Dialect::shipped(), &WordClasses::shipped(), &[]);
        EarlierWording::shipped().statements(&minutes)
    }

    fn said(title: &str, decision: &str) -> Vec<Said> {
        statements(title, decision).iter().map(|statement| statement.said).collect()
    }

    #[test]
    fn the_shipped_wording_has_no_problem() {
        let file = SourceFile::new("tidligere-referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        EarlierWording::from_table(&table, &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
    }

    #[test]
    fn a_change_of_earlier_minutes_is_found_in_many_wordings() {
        let title = "Godkendelse af referat fra mødet den 3. marts 2026";
        for decision in [
            "Godkendt med en præcisering af punkt 4.",
            "Referatet blev godkendt med følgende rettelse:",
            "Referatet godkendes med den bemærkning, at Asta Bruun deltog i mødet.",
            "Godkendt, dog med rettelse af punkt 2.",
            "Der var en bemærkning til punkt 3.",
            "Punkt 5 skal være: Lokalaftalen fortsætter.",
            "Referatet rettes, så det fremgår, at sagen blev udsat.",
            "Referatet kunne ikke godkendes.",
        ] {
            let found = statements(title, decision);
            assert_eq!(found.iter().map(|found| found.said).collect::<Vec<_>>(), [Said::Changed], "{decision}");
            assert_eq!(found[0].date, NaiveDate::from_ymd_opt(2026, 3, 3), "{decision}");
        }
    }

    #[test]
    fn a_plain_approval_is_no_change() {
        let title = "Godkendelse af dagsorden og referat";
        for decision in [
            "Godkendt.",
            "Dagsorden og referat blev godkendt uden bemærkninger.",
            "Referatet fra mødet den 3. marts blev godkendt.",
            "Der var ingen bemærkninger til referatet, som blev godkendt.",
            "Referatet blev godkendt uden yderligere rettelser.",
        ] {
            assert_eq!(said(title, decision), [Said::Approved], "{decision}");
        }
    }

    #[test]
    fn a_change_of_the_agenda_is_no_change_of_the_minutes() {
        let decision = "Dagsordenen blev godkendt med en tilføjelse til punkt 4. Referatet blev godkendt.";
        assert_eq!(said("Godkendelse af dagsorden og referat", decision), [Said::Approved]);
    }

    #[test]
    fn a_sentence_elsewhere_counts_only_where_it_names_minutes_and_their_day() {
        assert_eq!(said("Eventuelt", "Referatet fra den 3. marts rettes i punkt 4."), [Said::Changed]);
        assert_eq!(said("Eventuelt", "Punkt 4 rettes."), []);
        assert_eq!(said("Retningslinje for ferie", "Godkendt med en tilføjelse til punkt 4."), []);
    }

    #[test]
    fn a_day_without_year_is_the_last_one_before_the_meeting() {
        let found = statements("Referat fra mødet den 12. december", "Godkendt med en rettelse.");
        assert_eq!(found[0].date, NaiveDate::from_ymd_opt(2025, 12, 12));
        assert_eq!(statements("Godkendelse af referat", "Godkendt med en rettelse.")[0].date, None);
    }
}
