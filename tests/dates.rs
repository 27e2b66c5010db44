//! Times in Danish minutes: every phrase in `data/dates.txt` is read as it says, and no day is invented.

use std::fs;
use std::sync::LazyLock;

use chrono::NaiveDate;
use med_digest::language::when::{DateWords, Kind, Mention};

use crate::support::{held_out, root};

static WORDS: LazyLock<DateWords> = LazyLock::new(DateWords::shipped);

fn meeting() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 16).unwrap()
}

/// "deadline 2026-10-15 senest den 15. oktober 2026".
fn told(text: &str, mention: &Mention) -> String {
    let kind = match mention.kind {
        Kind::Deadline => "deadline",
        Kind::Meeting => "meeting",
        Kind::Date => "date",
    };
    let day = match (mention.day, mention.until) {
        (Some(day), Some(until)) => format!("{day}..{until}"),
        (Some(day), None) => day.to_string(),
        (None, _) => "?".to_owned(),
    };
    format!("{kind} {day} {}", mention.span.of(text))
}

#[test]
fn every_phrase_is_read_as_the_list_says() {
    let words = DateWords::shipped();
    let list = fs::read_to_string(root().join("tests/data/dates.txt")).unwrap();
    held_out(&list, 0.9, |line| {
        let (expected, sentence) = line.split_once(" | ").unwrap();
        let found: Vec<String> =
            words.mentions(sentence, meeting()).iter().map(|mention| told(sentence, mention)).collect();
        let found = if found.is_empty() { "none".to_owned() } else { found.join(" ; ") };
        (found != expected).then(|| format!("{found}, not {expected}: {sentence}"))
    });
}

#[test]
fn the_next_meeting_has_the_day_that_the_minutes_tell_and_no_other() {
    let words = DateWords::shipped();
    let day = |text: &str| words.next_meeting(text, meeting()).map(|day| day.to_string());
    assert_eq!(day("Næste ordinære møde er den 9. december 2026.").as_deref(), Some("2026-12-09"));
    assert_eq!(day("Næste møde holdes onsdag den 9/12.").as_deref(), Some("2026-12-09"));
    assert_eq!(day("Punktet er udsat til næste møde, og svar sendes senest den 1. oktober."), None);
    assert_eq!(day("Mødet den 9. december 2026 holdes på rådhuset."), None);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_quoted_from_it(text in "(?:uge|den|i|senest|primo|møde|[0-9./,æøå -]|maj|om|to|dage){0,20}") {
        for mention in WORDS.mentions(&text, meeting()) {
            proptest::prop_assert!(!mention.span.of(&text).trim().is_empty());
            proptest::prop_assert!(mention.until.is_none_or(|until| mention.day.is_some_and(|day| day < until)));
        }
    }
}
