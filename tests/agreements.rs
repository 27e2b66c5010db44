//! Requests, tasks and promises: every sentence in `data/requests.txt` and `data/promises.txt` is read as it says.

use std::fs;

use chrono::NaiveDate;
use med_digest::digest::requests::by_when;
use med_digest::language::agreements::{Agreements, Answer, Open};
use med_digest::language::lexicon::Lexicon;
use med_digest::language::when::DateWords;

use crate::support::{held_out, root};

fn agreements() -> Agreements {
    Agreements::shipped(&Lexicon::shipped().inflection)
}

#[test]
fn every_request_is_read_as_the_list_says() {
    let (agreements, dates) = (agreements(), DateWords::shipped());
    let meeting = NaiveDate::from_ymd_opt(2026, 9, 16).unwrap();
    let list = fs::read_to_string(root().join("tests/data/requests.txt")).unwrap();
    held_out(&list, 0.8, |line| {
        let (expected, sentence) = line.split_once(" | ").unwrap();
        let found = agreements.request(sentence).map_or_else(
            || "none".to_owned(),
            |request| {
                let answer = match request.answer {
                    Answer::Wanted => "yes",
                    Answer::NotWanted => "no",
                    Answer::NotSaid => "-",
                };
                let mentions = dates.mentions(sentence, meeting);
                let by = by_when(&mentions, request.answer).map_or("-", |mention| mention.span.of(sentence));
                format!("{}, {answer}, {by}", request.who.of(sentence))
            },
        );
        (found != expected).then(|| format!("{found}, not {expected}: {sentence}"))
    });
}

#[test]
fn every_promise_is_read_as_the_list_says() {
    let agreements = agreements();
    let list = fs::read_to_string(root().join("tests/data/promises.txt")).unwrap();
    held_out(&list, 0.8, |line| {
        let (expected, sentence) = line.split_once(" | ").unwrap();
        let found = match agreements.open(sentence) {
            Some(Open::Promise) => "promise",
            Some(Open::Postponed) => "postponed",
            None => "none",
        };
        (found != expected).then(|| format!("{found}, not {expected}: {sentence}"))
    });
}

#[test]
fn somebody_takes_something_on_when_they_do_it_now_or_soon() {
    let agreements = agreements();
    let members = vec!["Karin Østermark".to_owned(), "Tina Klosterby".to_owned()];
    let who = |text: &str| agreements.task(text, &members).map(|who| who.of(text).to_owned());
    for (expected, text) in [
        ("HR", "HR følger op."),
        ("Ledelsen", "Ledelsen vender tilbage på næste møde."),
        ("ledelsen", "I november vender ledelsen tilbage."),
        ("HR & Løn", "Ledelsen medgav det, og HR & Løn udarbejder en vejledning inden den 1. november."),
        ("Karin Østermark", "Karin Østermark undersøger, om åbningstiden kan ændres."),
        ("Tina Klosterby", "Det blev aftalt, at Tina Klosterby kontakter skolerne."),
        ("Kommunaldirektøren", "Kommunaldirektøren lovede at følge op."),
        ("HR", "Spørgsmålet undersøges af HR."),
        ("Karin Østermark og Tina Klosterby", "Karin Østermark og Tina Klosterby sørger for, at planen bliver kendt."),
        ("Referencegruppen", "Referencegruppen skal udarbejde et forslag."),
    ] {
        assert_eq!(who(text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "HR fulgte op.",
        "HR følger ikke op.",
        "Medarbejdersiden ønskede, at ledelsen følger op.",
        "Der blev spurgt, om HR følger op.",
        "HR er samlet i ét hus.",
        "Ledelsen fastholdt, at ordningen er god.",
        "Hvis ledelsen vender tilbage, ses der på det igen.",
    ] {
        assert_eq!(who(text), None, "{text}");
    }
}
