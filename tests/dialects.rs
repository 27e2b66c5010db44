//! Minutes in the layouts of other publishers, all invented, each with its whole reading beside it.
//!
//! An expectation file (`.expected`) has, separated by " | ":
//!
//! - first line: kind, committee, date, start, end, place; second: approval state and by whom; third: `participants:` with
//!   all names and roles, separated by ";";
//! - a line per item: printed number, title, `open`, `closed` or `stories`, outcome with `amended` and votes
//!   (for-against-abstained, `?` where untold), case number;
//! - below it, indented by two, a line per section: kind, heading as printed, other body;
//! - below that, indented by four, a line per entry of a decision: its kind and its text.
//!
//! What is missing is written "-".
//!
//! Six of them stand in `dialects/kontor` too, as PDF, DOCX and HTML files of word processors and typesetters, each with
//! the reading of its text: a secretary's file and its print must not differ by a word.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use med_digest::intake;
use med_digest::minutes::SectionKind;

use crate::support::{json, minutes_of, root, shipped};

/// The readings of files as expectation files have them; the program starts once for all.
fn readings(files: &[PathBuf]) -> Vec<String> {
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let mut arguments = vec!["parse", "--format", "json"];
    arguments.extend(names.iter().map(String::as_str));
    let parsed = json(&arguments);
    assert_eq!(parsed.len(), files.len());
    files.iter().zip(parsed).map(|(file, parsed)| reading(file, &parsed)).collect()
}

/// The reading of a file as an expectation file has it.
fn reading(path: &Path, parsed: &Value) -> String {
    let file = path.display().to_string();
    let text = intake::read(path, u64::MAX, &shipped().0).unwrap().text;
    let mut lines =
        vec![["kind", "committee", "date", "start", "end", "place"].map(|key| plain(&parsed[key])).join(" | ")];
    let approval = &parsed["approval"];
    lines.push(format!("{} | {}", plain(&approval["state"]), joined(&approval["by"], plain)));
    let people = joined(&parsed["participants"], |person| match plain(&person["role"]).as_str() {
        "-" => plain(&person["name"]),
        role => format!("{} ({role})", plain(&person["name"])),
    });
    lines.push(format!("participants: {people}"));
    let mut last_end = 0;
    for item in parsed["items"].as_array().unwrap() {
        lines.push(item_line(item));
        for section in item["sections"].as_array().unwrap() {
            let section_line = ["kind", "heading", "body"].map(|key| plain(&section[key])).join(" | ");
            lines.push(format!("  {}", section_line.trim_end_matches(" | -")));
            for entry in section["sentences"].as_array().unwrap() {
                let (start, end) = (number(&entry["span"][0]), number(&entry["span"][1]));
                let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(words, entry["text"].as_str().unwrap(), "{file}: the text of an entry is its span");
                assert!(start >= last_end, "{file}: entries lie in the order of the document: {words}");
                last_end = end;
                lines.push(format!("    {} | {words}", plain(&entry["kind"])));
            }
        }
    }
    lines.join("\n") + "\n"
}

fn item_line(item: &Value) -> String {
    let state = match (item["closed"] == true, item["stories"] == true) {
        (true, _) => "closed",
        (false, true) => "stories",
        (false, false) => "open",
    };
    let mut outcome = plain(&item["outcome"]);
    if item["amended"] == true {
        outcome += " amended";
    }
    if item["votes"].is_object() {
        let vote = |key: &str| item["votes"][key].as_u64().map_or_else(|| "?".to_owned(), |count| count.to_string());
        outcome += &format!(" {}-{}-{}", vote("for"), vote("against"), vote("abstained"));
    }
    [plain(&item["printed"]), plain(&item["title"]), state.into(), outcome, plain(&item["case"])].join(" | ")
}

fn plain(value: &Value) -> String {
    value.as_str().filter(|text| !text.is_empty()).unwrap_or("-").to_owned()
}

fn joined(list: &Value, each: impl Fn(&Value) -> String) -> String {
    let all: Vec<String> = list.as_array().unwrap().iter().map(each).collect();
    if all.is_empty() { "-".into() } else { all.join("; ") }
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Where two readings part, line by line, for a person.
pub fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut told = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        told += &format!("- {line}\n");
    }
    for line in found.iter().filter(|line| !expected.contains(line)) {
        told += &format!("+ {line}\n");
    }
    if told.is_empty() { "the same lines in another order\n".into() } else { told }
}

/// Every `.txt` of a folder below `tests/` is read as its `.expected` says; how many there are.
fn read_as_expected(folder: &str) -> usize {
    let folder = root().join("tests").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    let mut count = 0;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    for (file, found) in files.iter().zip(readings(&files)) {
        let expected = fs::read_to_string(file.with_extension("expected")).unwrap();
        count += 1;
        if found != expected {
            wrong += &format!("{}\n{}\n", file.display(), difference(&expected, &found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    count
}

#[test]
fn every_dialect_is_read_as_expected() {
    assert!(read_as_expected("dialects") >= 35);
}

#[test]
fn nothing_closed_foreign_or_left_over_is_read_as_the_meetings_decision() {
    assert!(read_as_expected("traps") >= 40);
}

#[test]
fn the_heading_of_a_decision_tells_whose_it_is() {
    let list = fs::read_to_string(root().join("tests/data/decision-headings.txt")).unwrap();
    let mut wrong = String::new();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let [expected, committee, date, heading] = line.splitn(4, " | ").collect::<Vec<_>>().try_into().unwrap();
        let text = format!(
            "REFERAT {committee} d. {date}\n\nPunkt 1: Løn\n\nSagsfremstilling\n\nTekst.\n\n{heading}\n\nOrdene her.\n"
        );
        let minutes = minutes_of(&text);
        let has = |kind: SectionKind| {
            let sections =
                || minutes.items.iter().flat_map(|item| &item.sections).filter(move |section| section.kind == kind);
            sections().flat_map(|section| &section.entries).any(|entry| entry.text == "Ordene her.")
        };
        let found = match (has(SectionKind::Decision), has(SectionKind::OtherDecision)) {
            (true, _) => "own",
            (false, true) => "other",
            (false, false) => "none",
        };
        if found != expected {
            wrong += &format!("{expected}, not {found}: {committee} {date}: {heading}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_title_line_names_committee_and_day() {
    let list = fs::read_to_string(root().join("tests/data/titles.txt")).unwrap();
    let mut wrong = String::new();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let [kind, committee, date, title] = line.splitn(4, " | ").collect::<Vec<_>>().try_into().unwrap();
        let minutes = minutes_of(&format!("{title}\n\nPunkt 1: Løn\n\nBeslutning\n\nGodkendt.\n"));
        let found = [
            serde_json::to_value(minutes.kind).unwrap().as_str().unwrap().to_owned(),
            minutes.committee.unwrap_or_else(|| "-".into()),
            minutes.date.map_or_else(|| "-".into(), |date| date.to_string()),
        ];
        // The decision below makes minutes of what no title calls so.
        let kind = if kind == "unknown" { "referat" } else { kind };
        if found != [kind, committee, date] {
            wrong += &format!("{kind} | {committee} | {date}, not {}: {title}\n", found.join(" | "));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn office_files_are_read_as_the_text_they_were_made_from() {
    let folder = root().join("tests/dialects");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("kontor")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut wrong, mut count) = (String::new(), 0);
    files.retain(|file| {
        file.extension().is_some_and(|extension| ["pdf", "docx", "html"].iter().any(|office| extension == *office))
    });
    for (file, found) in files.iter().zip(readings(&files)) {
        let expected = folder.join(file.file_stem().unwrap()).with_extension("expected");
        let expected = fs::read_to_string(expected).unwrap();
        count += 1;
        if found != expected {
            wrong += &format!("{}\n{}\n", file.display(), difference(&expected, &found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(count, 18, "six samples in three formats");
}
