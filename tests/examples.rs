//! The project's own minutes: how they are read and what letters they give, as stored pictures.

use std::fmt::Write as _;

use crate::support::{json, stdout};

const HOVEDMED: &str = "examples/referat-hovedmed-2026-09-16.txt";
const AFDELINGSMED: &str = "examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt";
const AGENDA: &str = "examples/dagsorden-hovedmed-2026-12-09.md";

/// The parse, a line per item, section and entry; spans are shown as what they cover.
fn outline(file: &str) -> String {
    let text = stdout(&["parse", "--format", "text", file]);
    let parsed = json(&["parse", "--format", "json", file]).remove(0);
    let mut out = String::new();
    for key in ["kind", "committee", "date", "start", "end", "place", "participants", "approval"] {
        let _ = writeln!(out, "{key}: {}", parsed[key]);
    }
    for item in parsed["items"].as_array().unwrap() {
        let facts = ["case", "closed", "stories", "outcome", "amended", "outcomes", "votes"];
        let facts: Vec<String> = facts.iter().map(|key| format!("{key}={}", item[key])).collect();
        let _ = writeln!(out, "\n{} {} {}\n   {}", item["number"], item["printed"], item["title"], facts.join(" "));
        for section in item["sections"].as_array().unwrap() {
            let _ = writeln!(out, "   {} {} {}", section["kind"], section["heading"], section["body"]);
            for entry in section["sentences"].as_array().unwrap() {
                let span = &entry["span"];
                let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
                let covered = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(entry["text"], covered, "the text is the span with white space folded");
                let lines: Vec<String> =
                    entry["at"].as_array().unwrap().iter().map(|at| at["line"].to_string()).collect();
                let _ = writeln!(out, "      {} {} @{} {covered}", entry["id"], entry["kind"], lines.join("+"));
            }
        }
    }
    out
}

#[test]
fn the_examples_are_read_as_stored() {
    insta::assert_snapshot!("hovedmed_parse", outline(HOVEDMED));
    insta::assert_snapshot!("afdelingsmed_parse", outline(AFDELINGSMED));
    insta::assert_snapshot!("agenda_parse", outline(AGENDA));
}

#[test]
fn the_letters_of_the_examples_are_as_stored() {
    for (name, file) in [("hovedmed", HOVEDMED), ("afdelingsmed", AFDELINGSMED)] {
        for audience in ["medarbejdere", "tillidsvalgte"] {
            let letter = |format| stdout(&["preview", "--audience", audience, "--format", format, file]);
            insta::assert_snapshot!(format!("{name}_{audience}_text"), without_version(&letter("text")));
            insta::assert_snapshot!(format!("{name}_{audience}_html"), without_version(&letter("html")));
        }
    }
}

/// The hash of the rules changes with every rule; the letters should not have to.
fn without_version(letter: &str) -> String {
    let version = json_version();
    assert!(letter.contains(&version), "the letter names the rules it was made with");
    letter.replace(&version, "«regler»")
}

fn json_version() -> String {
    let letter = stdout(&["preview", "--audience", "medarbejdere", "--format", "text", HOVEDMED]);
    letter.lines().find_map(|line| line.strip_prefix("Regler: ")).expect("the footer").trim().to_owned()
}

#[test]
fn previews_are_the_same_on_every_run() {
    for format in ["json", "html", "text", "eml", "terminal"] {
        let run = || stdout(&["preview", "--format", format, HOVEDMED, AFDELINGSMED]);
        assert_eq!(run(), run(), "{format}");
    }
}

#[test]
fn the_stories_are_linked_to_their_items_and_told() {
    for preview in json(&["preview", "--format", "json", HOVEDMED]) {
        let stories = preview["stories"].as_array().unwrap();
        let items: Vec<String> = stories.iter().map(|story| story["items"].to_string()).collect();
        assert_eq!(items, ["[6]", "[9]"]);
        assert!(stories.iter().all(|story| !story["sentences"].as_array().unwrap().is_empty()));
    }
}

#[test]
fn an_agenda_gives_no_letter_and_says_why() {
    for preview in json(&["preview", "--format", "json", AGENDA]) {
        assert_eq!(preview["items"], serde_json::json!([]));
        assert_eq!(preview["subject"], serde_json::Value::Null);
        let reasons = preview["held"].to_string();
        assert!(reasons.contains("dagsorden"), "{reasons}");
    }
}
