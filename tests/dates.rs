//! Times in Danish minutes: every phrase in `data/dates.txt` is read as it says, and no day is invented.

use std::fs;
use std::sync::LazyLock;

use chrono::NaiveDate;
use med_digest::daemon::prepare::prepare;
use med_digest::language::when::{DateWords, Kind, Mention};

use crate::installation::{Installation, at};
use crate::support::{held_out, json, root};

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

const MINUTES: &str = "examples/referat-hovedmed-2026-09-16.txt";

fn flags(at: &str) -> (Vec<String>, usize) {
    let arguments = ["preview", "--audience", "tillidsvalgte", "--format", "json", "--at", at, MINUTES];
    let preview = json(&arguments).remove(0);
    let held = preview["held"].as_array().unwrap();
    let whole = held.iter().filter(|held| held["item"].is_null());
    let over = whole
        .map(|held| held["reason"].as_str().unwrap().to_owned())
        .filter(|reason| reason.contains("når det sendes"));
    (over.collect(), preview["items"].as_array().unwrap().len())
}

#[test]
fn a_date_that_is_over_when_the_letter_goes_is_a_flag_and_does_not_empty_the_preview() {
    let (before, items) = flags("2026-09-17T07:00:00+02:00");
    assert!(before.is_empty() && items > 0, "{before:?}");
    // The last day of a deadline is not over yet.
    assert!(flags("2026-09-28T07:00:00+02:00").0.is_empty());
    let (after, kept) = flags("2026-09-29T07:00:00+02:00");
    assert_eq!(kept, items);
    assert_eq!(after.len(), 1, "{after:?}");
    assert!(after[0].contains("en frist, der er overskredet") && after[0].contains("28. september 2026"), "{after:?}");
}

#[test]
fn a_yes_from_before_a_deadline_is_none_to_a_letter_from_after_it() {
    let installation = Installation::shipped();
    installation.pass(at("2026-09-17T12:00:00+02:00"), false, true);
    let workspace = installation.workspace();
    let mut store = installation.store();
    let edition =
        installation.editions().into_iter().find(|edition| edition.key.audience.0 == "tillidsvalgte").unwrap();
    let mut prepared = |month, day| {
        prepare(&workspace, &mut store, &edition, NaiveDate::from_ymd_opt(2026, month, day).unwrap()).unwrap()
    };
    let (first, last, late) = (prepared(9, 17), prepared(9, 18), prepared(12, 24));
    assert_eq!(first.content, last.content, "another day alone changes nothing");
    assert_ne!(first.content, late.content);
    assert!(late.held.unwrap().contains("når det sendes 2026-12-24"));
}

#[test]
fn dates_are_told_in_the_words_of_the_quotes_and_in_order() {
    for preview in json(&["preview", "--format", "json", "--at", "2026-09-17T07:00:00+02:00", MINUTES]) {
        let quotes: Vec<&str> = preview["items"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|item| item["sentences"].as_array().unwrap())
            .map(|quote| quote["text"].as_str().unwrap())
            .collect();
        let dates = preview["dates"].as_array().unwrap();
        assert!(!dates.is_empty());
        for date in dates {
            assert!(quotes.iter().any(|quote| quote.contains(date["text"].as_str().unwrap())), "{date}");
            assert!(["deadline", "meeting", "date"].contains(&date["kind"].as_str().unwrap()));
        }
        let days: Vec<&str> = dates.iter().filter_map(|date| date["date"].as_str()).collect();
        assert!(days.is_sorted(), "{days:?}");
    }
}
