//! What a sentence of a decision says became of its item: every wording in `data/outcomes.txt`, and those that only sound so.

use std::fs;

use crate::support::{minutes_of, root};

#[test]
fn every_wording_of_an_outcome_is_read_and_nothing_else() {
    let list = fs::read_to_string(root().join("tests/data/outcomes.txt")).unwrap();
    let mut wrong = String::new();
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for line in lines {
        let (expected, sentence) = line.split_once(" | ").unwrap();
        let minutes =
            minutes_of(&format!("REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Løn\n\nBeslutning\n\n{sentence}\n"));
        let item = &minutes.items[0];
        let outcome = serde_json::to_value(item.outcome).unwrap();
        let amended = if item.amended { " amended" } else { "" };
        let found = format!("{}{amended}", outcome.as_str().unwrap());
        if found != expected {
            wrong += &format!("{expected}, not {found}: {sentence}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
