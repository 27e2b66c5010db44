//! Claims about letters and their templates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::Path;

use super::*;
use crate::diagnostic::{Language, Problem};

fn shipped() -> Templates {
    let mut problems = Vec::new();
    let templates = Templates::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut problems);
    assert!(problems.is_empty(), "{}", told(&problems));
    templates.unwrap()
}

fn told(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.to_terminal(Language::Danish)).collect()
}

#[test]
fn dump() {
    let letter = shipped().render(&sample_digest(), "Til medarbejdere", "3f9a1c07d2e4").unwrap();
    std::fs::write("/tmp/letter.html", &letter.html).unwrap();
    println!("{}\n{}", letter.subject, letter.text);
}
