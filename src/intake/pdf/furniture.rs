//! Removes what is printed on every page: running headers and footers, page numbers.
//!
//! A line goes only where it runs: the same words at the same place in the margin of most pages, nothing of the page
//! further out, its numbers the same on all pages or counting them. "Punkt 3" or "Godkendt." at the top of many pages is
//! no furniture. What a running line says and the document says nowhere else (whose minutes, of which day, a draft?) is
//! kept, once, before everything else.

use std::collections::BTreeMap;

use super::counting::{Course, Pattern, course};
use super::lines::Line;
use crate::intake::Position;

/// A header or footer lies within this share of the page's height from its edge.
const EDGE: f64 = 0.16;
/// Lines at most this many points apart from page to page stand at the same place.
const SAME_PLACE: f64 = 3.0;
/// More text across the pages than this is a drawing's, not a stamp's.
const ASIDES: usize = 40;

/// One page's lines, its height, and what stands across it.
pub(super) struct PageLines {
    pub lines: Vec<Line>,
    pub height: f64,
    pub asides: Vec<String>,
}

/// A line in a margin.
struct Candidate {
    page: usize,
    line: usize,
    pattern: Pattern,
    text: String,
    top: bool,
    /// From the edge of the page.
    distance: f64,
    running: bool,
}

/// Takes running lines away; gives those that say what nothing else says, in the order of the page.
pub(super) fn remove(pages: &mut [PageLines]) -> Vec<(String, Position)> {
    let candidates = candidates(pages);
    let mut goes = vec![false; candidates.len()];
    for place in places(&candidates) {
        let members: Vec<&Candidate> = place.iter().filter_map(|index| candidates.get(*index)).collect();
        let runs = runs(&members, pages.len());
        for (index, member) in place.iter().zip(&members) {
            if let Some(goes) = goes.get_mut(*index) {
                *goes = runs || member.running;
            }
        }
    }
    // Only from the edge inwards: where text of the page's own stands further out, nothing behind it runs.
    let mut by_page: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        by_page.entry((candidate.page, candidate.top)).or_default().push(index);
    }
    for inwards in by_page.values_mut() {
        let distance = |index: &usize| candidates.get(*index).map_or(0.0, |candidate| candidate.distance);
        inwards.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
        let mut barrier = f64::INFINITY;
        for index in inwards.iter() {
            let (Some(candidate), Some(goes)) = (candidates.get(*index), goes.get_mut(*index)) else { continue };
            if !*goes {
                barrier = barrier.min(candidate.distance);
            } else if candidate.distance > barrier + SAME_PLACE && !candidate.running {
                *goes = false;
            }
        }
    }
    let mut heads: Vec<(bool, f64, &Candidate)> = Vec::new();
    let mut taken: Vec<Vec<usize>> = pages.iter().map(|_| Vec::new()).collect();
    for (candidate, _) in candidates.iter().zip(&goes).filter(|(_, goes)| **goes) {
        heads.push((!candidate.top, if candidate.top { candidate.distance } else { -candidate.distance }, candidate));
        if let Some(taken) = taken.get_mut(candidate.page) {
            taken.push(candidate.line);
        }
    }
    heads.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.page.cmp(&b.2.page)).then(a.1.total_cmp(&b.1)));
    let mut said: Vec<(String, Position)> = Vec::new();
    for (number, page) in (1_u32..).zip(pages.iter()) {
        for aside in &page.asides {
            if said.len() < ASIDES && said.iter().all(|(text, _)| text != aside) {
                said.push((aside.clone(), Position { page: Some(number), line: 1 }));
            }
        }
    }
    for (.., candidate) in heads {
        let text = without_page_number(&candidate.text);
        let place = pages.get(candidate.page).and_then(|page| page.lines.get(candidate.line));
        if let Some(line) = place
            && text.chars().any(char::is_alphabetic)
            && said.iter().all(|(other, _)| !same_words(other, &text))
        {
            said.push((text, Position { page: Some(line.page), line: line.number }));
        }
    }
    for (page, taken) in pages.iter_mut().zip(taken) {
        let mut number = 0;
        page.lines.retain(|_| {
            number += 1;
            !taken.contains(&(number - 1))
        });
    }
    if !said.is_empty() {
        let body: Vec<String> = pages.iter().flat_map(|page| &page.lines).map(|line| plain(&line.text())).collect();
        let body = body.join(" ");
        said.retain(|(text, _)| !body.contains(&plain(text)));
    }
    said
}

fn candidates(pages: &[PageLines]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (page, sheet) in pages.iter().enumerate() {
        for (number, line) in sheet.lines.iter().enumerate() {
            let (top, bottom) = (line.y - line.size, sheet.height - line.y);
            let edge = EDGE * sheet.height;
            if top.min(bottom) > edge && !line.running {
                continue;
            }
            let text = line.text();
            found.push(Candidate {
                page,
                line: number,
                pattern: Pattern::of(&text),
                text,
                top: top < bottom,
                distance: top.min(bottom),
                running: line.running,
            });
        }
    }
    found
}

/// Candidates with the same words at the same place, by page.
fn places(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut by_words: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        by_words.entry((&candidate.pattern.words, candidate.top)).or_default().push(index);
    }
    let distance = |index: usize| candidates.get(index).map_or(0.0, |candidate| candidate.distance);
    let mut places = Vec::new();
    for mut same in by_words.into_values() {
        same.sort_by(|a, b| distance(*a).total_cmp(&distance(*b)));
        for place in same.chunk_by(|a, b| distance(*b) - distance(*a) <= SAME_PLACE) {
            let mut place = place.to_vec();
            place.sort_unstable();
            places.extend(split(candidates, place));
        }
    }
    places
}

/// Lines whose numbers neither stay nor count are the same only where their numbers are the same.
fn split(candidates: &[Candidate], place: Vec<usize>) -> Vec<Vec<usize>> {
    let members: Vec<&Candidate> = place.iter().filter_map(|index| candidates.get(*index)).collect();
    if course_of(&members) != Course::Free {
        return vec![place];
    }
    let mut by_text: BTreeMap<&[u64], Vec<usize>> = BTreeMap::new();
    for index in place {
        if let Some(candidate) = candidates.get(index) {
            by_text.entry(&candidate.pattern.numbers).or_default().push(index);
        }
    }
    by_text.into_values().collect()
}

fn course_of(members: &[&Candidate]) -> Course {
    let numbers: Vec<(u32, &[u64])> = members
        .iter()
        .map(|member| (u32::try_from(member.page).unwrap_or(u32::MAX), member.pattern.numbers.as_slice()))
        .collect();
    course(&numbers)
}

/// Whether lines with the same words at the same place run through a document of so many pages.
fn runs(members: &[&Candidate], pages: usize) -> bool {
    let Some(first) = members.first() else { return false };
    let mut on: Vec<usize> = members.iter().map(|member| member.page).collect();
    on.dedup();
    if first.pattern.is_page_number() {
        let own = |member: &&&Candidate| {
            let page = member.page as u64 + 1;
            member.pattern.numbers.first() == Some(&page)
                && member.pattern.numbers.get(1).is_none_or(|all| *all == pages as u64)
        };
        // "Side 2 af 2" tells what it is even where it stands once; a bare number must count.
        let says = first.pattern.names_pages() || first.pattern.numbers.len() == 2;
        let last = pages > 1 && on.len() == 1;
        return course_of(members) == Course::Counting && on.len() >= 2
            || members.iter().filter(own).count() == members.len() && (says || last);
    }
    if is_content(&first.text) {
        return false;
    }
    // The first page is often different, and so are left and right pages.
    let share = |wanted: &dyn Fn(usize) -> bool| {
        let all = (0..pages).filter(|page| wanted(*page)).count();
        let found = on.iter().filter(|page| wanted(**page)).count();
        found >= 2 && found * 10 >= all * 7
    };
    let rest = pages > 3 || on.len() >= 2;
    share(&|_| true)
        || rest && share(&|page| page > 0)
        || pages >= 6 && (share(&|page| page > 0 && page % 2 == 0) || share(&|page| page % 2 == 1))
}

/// Words that a line of minutes begins with, and a running line does not.
const CONTENT: &[&str] = &[
    "punkt",
    "pkt",
    "pkt.",
    "sag",
    "sager",
    "beslutning",
    "beslutninger",
    "beslutning:",
    "indstilling",
    "indstilling:",
    "indstillinger",
    "vedtagelse",
    "afgørelse",
    "konklusion",
    "godkendt",
    "fraværende",
    "fraværende:",
    "afbud",
    "afbud:",
    "sagsfremstilling",
    "resumé",
    "resume",
    "bilag",
    "bilag:",
    "drøftet",
    "udsat",
    "tiltrådt",
    "anledning",
    "økonomi",
    "opfølgning",
    "deltagere",
    "deltagere:",
    "taget",
    "ad",
    "referat:",
    "bemærkninger",
    "anbefales",
];

/// Whether a line says something of its own wherever it stands: a heading of minutes, or a whole sentence.
fn is_content(text: &str) -> bool {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let sentence = text.ends_with('.') && !text.ends_with("..") && text.starts_with(char::is_uppercase);
    CONTENT.contains(&first.as_str()) || sentence && !text.chars().any(|c| c.is_ascii_digit())
}

/// "Lokaludvalget – Side 3 af 12" is "Lokaludvalget".
fn without_page_number(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let separator = |word: &&&str| word.chars().all(|c| !c.is_alphanumeric());
    for length in (1..=words.len().min(6)).rev() {
        let ends = [words.split_at(words.len() - length), {
            let (start, rest) = words.split_at(length);
            (rest, start)
        }];
        for (rest, number) in ends {
            if Pattern::of(&number.join(" ")).is_page_number()
                && (number.len() > 1 || !rest.is_empty() || words.len() == 1)
            {
                let from = rest.iter().take_while(separator).count();
                let to = rest.len() - rest.iter().rev().take_while(separator).count();
                return rest.get(from..to).unwrap_or_default().join(" ");
            }
        }
    }
    words.join(" ")
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn same_words(a: &str, b: &str) -> bool {
    Pattern::of(a).words == Pattern::of(b).words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::lines::{lines, tests::set};
    use super::*;

    fn page(number: u32, texts: &[(&str, f64)]) -> PageLines {
        let glyphs: Vec<_> = texts.iter().flat_map(|(text, y)| set(text, 50.0, *y)).collect();
        PageLines { lines: lines(&glyphs, &[], number), height: 842.0, asides: Vec::new() }
    }

    /// The lines that stay, the kept ones first, and how many of those there are.
    fn left(pages: &mut [PageLines]) -> (Vec<String>, usize) {
        let kept = remove(pages);
        let count = kept.len();
        let kept = kept.into_iter().map(|(text, _)| text);
        (kept.chain(pages.iter().flat_map(|page| page.lines.iter().map(Line::text))).collect(), count)
    }

    #[test]
    fn headers_and_page_numbers_go_and_the_header_is_kept_once() {
        let mut pages: Vec<PageLines> = (1..=4)
            .map(|number| {
                let footer = format!("Side {number} af 4");
                let body = format!("Tekst {number}");
                page(number, &[("Referat fra Lokaludvalget", 40.0), (&body, 300.0), (&footer, 810.0)])
            })
            .collect();
        let (lines, kept) = left(&mut pages);
        assert_eq!(lines, ["Referat fra Lokaludvalget", "Tekst 1", "Tekst 2", "Tekst 3", "Tekst 4"]);
        assert_eq!(kept, 1);
    }

    #[test]
    fn what_the_document_says_elsewhere_is_not_said_twice() {
        let mut pages: Vec<PageLines> = (1..=3)
            .map(|number| page(number, &[("Lokaludvalget Side 7", 40.0), ("Møde i lokaludvalget", 300.0)]))
            .collect();
        for (number, page) in (7..).zip(&mut pages) {
            let text = &mut page.lines.first_mut().unwrap().cells.first_mut().unwrap().text;
            *text = text.replace('7', &number.to_string());
        }
        assert_eq!(left(&mut pages), (vec!["Møde i lokaludvalget".to_owned(); 3], 0));
    }

    #[test]
    fn item_headings_and_decisions_at_the_top_of_every_page_stay() {
        for text in ["Punkt 1", "Beslutning", "Godkendt.", "Fraværende: Ida Holm", "Taget til efterretning."] {
            let mut pages: Vec<PageLines> =
                (1..=5).map(|number| page(number, &[(text, 60.0), ("Sagen", 300.0)])).collect();
            assert_eq!(left(&mut pages).0.len(), 10, "{text}");
        }
        let mut pages: Vec<PageLines> =
            (1..=3).map(|number| page(number, &[(&format!("Punkt {number}"), 60.0), ("Sagen", 300.0)])).collect();
        assert_eq!(left(&mut pages).0.len(), 6);
    }

    #[test]
    fn numbers_that_do_not_count_the_pages_stay() {
        assert_eq!(left(&mut [page(1, &[("2026", 820.0)])]).0, ["2026"]);
        let amounts = ["120", "80", "95"];
        let mut pages: Vec<PageLines> =
            (1..).zip(amounts).map(|(number, text)| page(number, &[("Beløb", 300.0), (text, 810.0)])).collect();
        assert_eq!(left(&mut pages).0.len(), 6);
    }

    #[test]
    fn page_numbers_go_whatever_they_look_like_and_from_where_they_count() {
        for texts in [["3", "4"], ["iii", "iv"], ["sidenr. 1043", "sidenr. 1044"], ["- 1 -", "- 2 -"]] {
            let mut pages: Vec<PageLines> =
                (1..).zip(texts).map(|(number, text)| page(number, &[("Sagen", 300.0), (text, 810.0)])).collect();
            assert_eq!(left(&mut pages).0, ["Sagen", "Sagen"], "{texts:?}");
        }
    }

    #[test]
    fn a_line_behind_the_text_of_the_page_does_not_run() {
        let mut pages: Vec<PageLines> = (1..=4)
            .map(|number| {
                page(number, &[(&"abcdefg".repeat(number as usize), 40.0), ("Ida Holm", 60.0), ("Sagen", 300.0)])
            })
            .collect();
        assert_eq!(left(&mut pages).0.len(), 12);
    }

    #[test]
    fn left_and_right_pages_may_differ() {
        let mut pages: Vec<PageLines> = (1..=8)
            .map(|number| {
                let text = if number % 2 == 0 { "Kommunen" } else { "Lokaludvalget" };
                page(number, &[(text, 40.0), ("Sagen", 300.0)])
            })
            .collect();
        assert_eq!(left(&mut pages).0.len(), 10);
    }

    #[test]
    fn a_stamp_across_the_pages_is_kept_once() {
        let mut pages: Vec<PageLines> = (1..=3).map(|number| page(number, &[("Sagen", 300.0)])).collect();
        pages.iter_mut().for_each(|page| page.asides.push("UDKAST".to_owned()));
        assert_eq!(left(&mut pages).0, ["UDKAST", "Sagen", "Sagen", "Sagen"]);
    }

    #[test]
    fn the_page_number_is_cut_off_a_running_line() {
        for text in ["Lokaludvalget – Side 3 af 12", "3 Lokaludvalget", "Lokaludvalget | 3", "Side 3 Lokaludvalget"] {
            assert_eq!(without_page_number(text), "Lokaludvalget", "{text}");
        }
        assert_eq!(without_page_number("Møde 12. marts"), "Møde 12. marts");
    }
}
