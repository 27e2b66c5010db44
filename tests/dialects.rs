//! Minutes in the layouts of other publishers, all invented, each with its whole reading beside it.
//!
//! A line of an expectation file: number | title | open, closed or stories | outcome | sections in order, decisions with
//! the number of their entries. The first line: kind | committee | date | start | end.

use std::fs;
use std::path::PathBuf;

use crate::support::{json, root};

fn reading(file: &str) -> String {
    let parsed = json(&["parse", "--format", "json", file]).remove(0);
    let plain = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let mut lines = vec![["kind", "committee", "date", "start", "end"].map(|key| plain(&parsed[key])).join(" | ")];
    for item in parsed["items"].as_array().unwrap() {
        let state = match (item["closed"] == true, item["stories"] == true) {
            (true, _) => "closed",
            (false, true) => "stories",
            (false, false) => "open",
        };
        let sections: Vec<String> = item["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|section| match (plain(&section["kind"]), section["sentences"].as_array().unwrap().len()) {
                (kind, 0) => kind,
                (kind, count) => format!("{kind} {count}"),
            })
            .collect();
        let line = [
            plain(&item["printed"]),
            plain(&item["title"]),
            state.into(),
            plain(&item["outcome"]),
            sections.join(", "),
        ];
        lines.push(line.join(" | ").trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_dialect_is_read_as_expected() {
    let folder = root().join("tests/dialects");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    let mut count = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let expected = fs::read_to_string(file.with_extension("expected")).unwrap();
        let found = reading(&file.display().to_string());
        count += 1;
        if found != expected {
            wrong += &format!("{}\nexpected:\n{expected}found:\n{found}\n", file.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 5);
}
