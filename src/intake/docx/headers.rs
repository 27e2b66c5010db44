//! What running headers and footers say that the text does not.
//!
//! Some templates print committee, date or "UDKAST" there and nowhere else. Such a line is put above the text once; page
//! numbers, and what the text says itself, are not.

use crate::intake::LineKind;
use crate::intake::builder::RawLine;

/// So many lines at most: they stand where the parser looks for the title.
const MOST: usize = 4;
/// Longer lines are addresses and disclaimers.
const LONGEST: usize = 80;

/// The lines of headers and footers that are not in the text, each once.
pub(super) fn missing(found: Vec<RawLine>, body: &[RawLine]) -> Vec<RawLine> {
    let key = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut known: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for mut line in found {
        // Cells of a header are the left, the middle and the right of one line.
        line.text = line.text.replace('\t', " ").trim().to_owned();
        let words = key(&line.text);
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 3 || words.chars().count() > LONGEST || is_page_number(&words) || known.contains(&words) {
            continue;
        }
        if body.iter().any(|line| key(&line.text).contains(&words)) {
            continue;
        }
        line.kind = LineKind::Plain;
        line.gap_before = true;
        known.push(words);
        lines.push(line);
        if lines.len() == MOST {
            break;
        }
    }
    lines
}

/// "side af", "side 1 af 3": what is left of a page number, with or without what its fields last showed.
fn is_page_number(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| matches!(word, "side" | "page" | "af" | "of") || word.bytes().all(|byte| byte.is_ascii_digit()))
}
