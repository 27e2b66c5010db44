//! Page numbers and running headers in text that was made from pages.
//!
//! As in PDF, a line goes only where it repeats and counts: "Side 3 af 12" after "Side 2 af 12". What stands beside those
//! lines, and nowhere else, is the running header or footer; it is kept once, before everything else, as it may be all
//! that tells the committee and the date. Bare numbers go only at a form feed: elsewhere they may be the cells of a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::plain::TextLine;

/// Page lines are short.
const LONGEST: usize = 160;
/// A running header stands at most so many lines from the page number.
const NEAR: usize = 2;
/// Shorter lines beside the page number may be headings that happen to stand there.
const SHORTEST_HEADER: usize = 12;

/// Takes running lines away.
pub(super) fn remove(raw: &mut Vec<TextLine<'_>>) {
    let breaks: Vec<usize> = (1..raw.len()).filter(|index| page(raw, *index) != page(raw, index - 1)).collect();
    let mut goes = page_numbers(raw, &breaks);
    if goes.is_empty() && breaks.len() < 2 {
        return;
    }
    let headers = headers(raw, &goes, &breaks);
    let said = said_once(raw, &headers);
    goes.extend(headers);
    goes.sort_unstable();
    let mut gone = goes.iter().peekable();
    let mut index = 0;
    let mut gap = false;
    raw.retain_mut(|line| {
        let goes = gone.next_if(|gone| **gone == index).is_some();
        while gone.next_if(|gone| **gone == index).is_some() {}
        index += 1;
        line.gap_before |= std::mem::replace(&mut gap, goes) || (goes && line.gap_before);
        !goes
    });
    raw.splice(0..0, said);
}

/// The first of each header that nothing else in the text says.
fn said_once<'t>(raw: &[TextLine<'t>], headers: &[usize]) -> Vec<TextLine<'t>> {
    let mut said: Vec<&TextLine<'t>> = Vec::new();
    for line in headers.iter().filter_map(|index| raw.get(*index)) {
        if said.iter().all(|other| other.text != line.text) {
            said.push(line);
        }
    }
    said.retain(|line| !raw.iter().any(|other| other.text.len() > line.text.len() && other.text.contains(&*line.text)));
    said.into_iter().cloned().collect()
}

fn page(raw: &[TextLine<'_>], index: usize) -> Option<u32> {
    raw.get(index).and_then(|line| line.position.page)
}

/// The lines that count the pages.
fn page_numbers(raw: &[TextLine<'_>], breaks: &[usize]) -> Vec<usize> {
    let mut groups: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    for (index, line) in raw.iter().enumerate() {
        if let Some((words, number)) = page_number(&line.text) {
            groups.entry(words).or_default().push((index, number));
        } else if let Some(number) = roman(&line.text) {
            groups.entry("roman".to_owned()).or_default().push((index, number));
        }
    }
    for at in breaks.iter().flat_map(|at| [at - 1, *at]) {
        let bare = raw.get(at).and_then(|line| line.text.trim_matches([' ', '-', '–']).parse::<u32>().ok());
        if let Some(number) = bare.filter(|number| *number < 10_000) {
            groups.entry("#".to_owned()).or_default().push((at, number));
        }
    }
    let counts = |found: &[(usize, u32)]| {
        let on = |pair: &[(usize, u32)]| match pair {
            [(_, before), (_, after)] => *after == before.saturating_add(1) || *after == 1,
            _ => false,
        };
        // The conversion may lose the number of a page here and there.
        let nearly = |pair: &[(usize, u32)]| match pair {
            [(_, before), (_, after)] => (1..=3).contains(&after.saturating_sub(*before)),
            _ => false,
        };
        found.len() >= 2 && found.windows(2).all(on) || found.len() >= 4 && found.windows(2).all(nearly)
    };
    groups.into_values().filter(|found| counts(found)).flatten().map(|(index, _)| index).collect()
}

/// The number of a line that is a Roman one, up to 99.
fn roman(text: &str) -> Option<u32> {
    let digits = text.trim_matches([' ', '-', '–']);
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let value = |digit: u8| match digit.to_ascii_lowercase() {
        b'i' => Some(1_u32),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    let values: Vec<u32> = digits.bytes().map(value).collect::<Option<_>>()?;
    let sum = values.iter().enumerate().fold(0_i64, |sum, (index, own)| {
        let smaller = values.get(index + 1).is_some_and(|next| next > own);
        sum + if smaller { -i64::from(*own) } else { i64::from(*own) }
    });
    u32::try_from(sum).ok()
}

/// The words around a page number, and the number.
fn page_number(text: &str) -> Option<(String, u32)> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^(?P<before>(?:.*[\s|•·,;–-])?)(?:side|sidenr\.?|page)[\s:]*(?P<number>[0-9]{1,4})(?P<after>(?:\s*(?:af|of|/)\s*[0-9]{1,4})?(?:\W.*)?)$|^(?P<edge>[-–|\s]*)(?P<bare>[0-9]{1,4})(?P<total>\s*(?:af|of|/)\s*[0-9]{1,4}[-–|\s]*)$",
        )
        .ok()
    });
    if text.len() > LONGEST {
        return None;
    }
    let bytes = text.as_bytes();
    let bare = || bytes.iter().all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'-' | b'/' | b'|' | b'a' | b'f' | b'o'));
    if !follows_word(bytes) && !bare() {
        return None;
    }
    let found = NUMBER.as_ref()?.captures(text)?;
    let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
    let number = found.name("number").or_else(|| found.name("bare"))?.as_str().parse().ok()?;
    Some((format!("{}{}#{}{}", part("before"), part("edge"), part("after"), part("total")), number))
}

/// Whether a number stands behind "side" or "page": asked of every line with a digit, so no pattern is tried for it.
fn follows_word(bytes: &[u8]) -> bool {
    let mut in_number = false;
    bytes.iter().enumerate().any(|(at, byte)| {
        let begins = byte.is_ascii_digit() && !in_number;
        in_number = byte.is_ascii_digit();
        begins && {
            let before = bytes.get(..at).unwrap_or_default().trim_ascii_end();
            let before = before.strip_suffix(b":").unwrap_or(before);
            let before = before.strip_suffix(b".").unwrap_or(before);
            // The last letter of the words below; before most numbers stands another.
            if !matches!(before.last(), Some(b'e' | b'E' | b'r' | b'R')) {
                return false;
            }
            let ends = |word: &[u8]| {
                before.get(before.len().saturating_sub(word.len())..).is_some_and(|end| end.eq_ignore_ascii_case(word))
            };
            ends(b"side") || ends(b"page") || ends(b"sidenr")
        }
    })
}

/// Lines that stand beside page numbers or page breaks again and again, and nowhere else; the first of each stays.
fn headers(raw: &[TextLine<'_>], numbers: &[usize], breaks: &[usize]) -> Vec<usize> {
    let mut near: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let edges = numbers.iter().copied().chain(breaks.iter().copied());
    for at in edges.clone() {
        let around = at.saturating_sub(NEAR)..(at + NEAR + 1).min(raw.len());
        for index in around.filter(|index| numbers.binary_search(index).is_err()) {
            if let Some(line) = raw.get(index).filter(|line| line.text.chars().count() >= SHORTEST_HEADER) {
                near.entry(&*line.text).or_default().push(index);
            }
        }
    }
    let pages = numbers.len().max(breaks.len());
    let wanted = (pages * 3).div_ceil(5).max(3);
    near.retain(|text, places| {
        places.sort_unstable();
        places.dedup();
        let lower = text.to_lowercase();
        places.len() >= wanted && !["punkt", "pkt", "sag ", "ad "].iter().any(|word| lower.starts_with(word))
    });
    if near.is_empty() {
        return Vec::new();
    }
    let mut everywhere: BTreeMap<&str, usize> = BTreeMap::new();
    for line in raw {
        if let Some((text, _)) = near.get_key_value(&*line.text) {
            *everywhere.entry(text).or_default() += 1;
        }
    }
    // One of them may be the title itself, far from any page number.
    near.retain(|text, places| everywhere.get(text).is_some_and(|all| *all <= places.len() + 1));
    let mut found: Vec<usize> = near.into_values().flatten().collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::intake::read_bytes;

    fn text(source: &str) -> String {
        read_bytes(std::path::Path::new("f.txt"), source.as_bytes(), &crate::intake::NoLandmarks)
            .map(|read| read.text.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn page_numbers_that_count_go_and_sentences_over_them_are_joined() {
        let source = "Referat\nUdvalget besluttede efter en længere drøftelse\nSide 1 af 3\n\nat sagen udsættes til\nforåret.\n\nSide 2 af 3\nSlut.\nSide 3 af 3";
        assert_eq!(
            text(source),
            "Referat\n\nUdvalget besluttede efter en længere drøftelse at sagen udsættes til foråret.\n\nSlut.\n"
        );
    }

    #[test]
    fn a_header_beside_the_page_numbers_stays_once() {
        let mut source = String::new();
        for number in 1..=4 {
            let _ = write!(
                source,
                "Referat fra HovedMED\nTekst nummer {number}.\n\nHovedMED 16-09-2026 | Side {number}\n\n"
            );
        }
        assert_eq!(
            text(&source),
            "Referat fra HovedMED\n\nTekst nummer 1.\n\nTekst nummer 2.\n\nTekst nummer 3.\n\nTekst nummer 4.\n"
        );
    }

    #[test]
    fn what_repeats_without_counting_or_counts_without_repeating_stays() {
        for source in [
            "Se side 3\n\nSe side 3\n",
            "Notat, side 4\n\nSlut\n",
            "Punkt 1\n\nPunkt 2\n\nPunkt 3\n",
            "1\n\n2\n\n3\n",
            "Afstemning 1/2\n\nAfstemning 2/2\n",
        ] {
            assert_eq!(text(source), source);
        }
    }

    #[test]
    fn bare_numbers_go_at_page_breaks_only() {
        assert_eq!(text("Et\n1\n\u{c}To\n2\n\u{c}Tre\n3\n"), "Et\n\nTo\n\nTre\n\n3\n");
    }
}
