//! Removes what is printed on every page: running headers and footers, page numbers.
//!
//! A line goes only where it stands at the edge of most pages, at the same height, with the same words and numbers that
//! do not change or count the pages. "Punkt 3" at the top of many pages is not furniture.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::lines::Line;

/// A header or footer lies within this share of the page's height from its edge.
const EDGE: f64 = 0.13;

/// One page's lines and its height.
pub(super) struct PageLines {
    pub lines: Vec<Line>,
    pub height: f64,
}

/// Takes running lines away.
pub(super) fn remove(pages: &mut [PageLines]) {
    let mut places: BTreeMap<(String, i64), BTreeSet<u32>> = BTreeMap::new();
    for page in pages.iter() {
        for line in page.lines.iter().filter(|line| at_edge(line, page.height)) {
            for height in heights(line) {
                places.entry((masked(line), height)).or_default().insert(line.page);
            }
        }
    }
    let needed = (pages.len() * 2).div_ceil(5).max(2);
    for page in pages.iter_mut() {
        let height = page.height;
        page.lines.retain(|line| {
            if !at_edge(line, height) {
                return true;
            }
            let repeated = heights(line)
                .into_iter()
                .any(|height| places.get(&(masked(line), height)).is_some_and(|found| found.len() >= needed));
            !(repeated || is_page_number(&line.text()))
        });
    }
}

fn at_edge(line: &Line, height: f64) -> bool {
    line.y < EDGE * height || line.y > (1.0 - EDGE) * height
}

/// Two overlapping raster cells, so that rounding never parts two lines of the same height.
#[allow(clippy::cast_possible_truncation)]
fn heights(line: &Line) -> [i64; 2] {
    let cell = (line.y / 3.0).floor() as i64;
    [2 * cell, 2 * (((line.y + 1.5) / 3.0).floor() as i64) + 1]
}

/// Its words; numbers that count the pages are masked, others stay.
fn masked(line: &Line) -> String {
    let text = line.text().to_lowercase();
    if text.starts_with("punkt") || text.starts_with("sag ") || text.starts_with("pkt") {
        return text;
    }
    text.chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect::<String>()
        .replace("##", "#")
        .replace("##", "#")
}

/// "3", "- 3 -", "3/29", "Side 3 af 29".
fn is_page_number(text: &str) -> bool {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^[-–—|\s]*(?:(?:side|page|s\.)\s*)?\d{1,4}\s*(?:(?:/|af|of)\s*\d{1,4})?[-–—|\s]*$").ok()
    });
    NUMBER.as_ref().is_some_and(|number| number.is_match(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::lines::{lines, tests::set};
    use super::*;

    fn page(number: u32, texts: &[(&str, f64)]) -> PageLines {
        let glyphs: Vec<_> = texts.iter().flat_map(|(text, y)| set(text, 50.0, *y)).collect();
        PageLines { lines: lines(&glyphs, number), height: 842.0 }
    }

    fn left(pages: &mut [PageLines]) -> Vec<String> {
        remove(pages);
        pages.iter().flat_map(|page| page.lines.iter().map(Line::text)).collect()
    }

    #[test]
    fn headers_footers_and_page_numbers_go() {
        let mut pages: Vec<PageLines> = (1..=4)
            .map(|number| {
                let footer = format!("Side {number} af 4");
                let body = format!("Tekst {number}");
                page(number, &[("Referat fra Lokaludvalget", 40.0), (&body, 300.0), (&footer, 810.0)])
            })
            .collect();
        assert_eq!(left(&mut pages), ["Tekst 1", "Tekst 2", "Tekst 3", "Tekst 4"]);
    }

    #[test]
    fn item_headings_at_the_top_of_every_page_stay() {
        let mut pages: Vec<PageLines> =
            (1..=3).map(|number| page(number, &[(&format!("Punkt {number}"), 60.0), ("Sagen", 300.0)])).collect();
        assert_eq!(left(&mut pages).len(), 6);
    }

    #[test]
    fn a_year_in_the_middle_of_a_page_is_no_page_number() {
        assert_eq!(left(&mut [page(1, &[("2026", 400.0)])]), ["2026"]);
        assert!(is_page_number("- 3 -") && is_page_number("Side 3 af 29") && !is_page_number("3 enheder"));
    }
}
