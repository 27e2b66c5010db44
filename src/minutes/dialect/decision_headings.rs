//! How the heading of a body's decision looks.
//!
//! Eight wordings are met, with the word "beslutning" before or behind the body or not at all; the words and the bodies come
//! from the dialect, the order of the parts stands here.

use super::{Known, Patterns};
use crate::tables::Located;
use crate::text::months::month;

/// "Beslutning fra Direktionen, 1. september 2026, pkt. 4:", "Beslutning Byrådet den 3-5-2026", "Byrådets beslutning i mødet
/// den …", "Økonomiudvalget, 14. maj 2026, pkt. 88:" and "Beslutning den 3. maj 2026", with the body as `body`.
pub(super) fn patterns(words: &[Located<String>], prepositions: &[Located<String>], bodies: &[String]) -> Patterns {
    let alternatives =
        |texts: &[Located<String>]| texts.iter().map(|text| regex::escape(&text.value)).collect::<Vec<_>>().join("|");
    // Capitals tell the body's name, so the words are given in both forms instead of folding the whole pattern.
    let (words, prepositions) =
        (format!("(?i:{})", alternatives(words)), format!("(?i:{})", alternatives(prepositions)));
    let bodies = bodies.iter().map(|body| regex::escape(body)).collect::<Vec<_>>().join("|");
    let day = r"(?:(?i:mandag|tirsdag|onsdag|torsdag|fredag)\s+)?(?i:den\s+|d\.\s*)?\b[0-9]{1,2}(?:\s*[./-]\s*|\s+)(?:[0-9]{1,2}\b|(?i:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøåA-ZÆØÅ]*)";
    let patterns = [
        format!(r"^(?:{words})\s+(?:{day})"),
        format!(
            r"^(?:{words})\s+(?:{prepositions})\s+(?P<body>\S.*?)(?:\s*[,–-]?\s*(?:{day})|\s*,\s*(?:pkt|punkt)\b|\s*:?\s*$)"
        ),
        format!(r"^(?:{words})\s+(?P<body>\p{{Lu}}\S.*?)\s*[,–-]?\s+{day}"),
        format!(r"^(?P<body>\p{{Lu}}\S.*?)(?i:s)\s+(?:{words})(?:\s+(?:i|på)\s+(?:mødet|møde)\b|\s+{day}|\s*:?\s*$)"),
        format!(r"^(?P<body>\p{{Lu}}[^.:]*?)\s*[,–-]?\s*{day}.*\b(?:pkt|punkt|sag)\.?\s*(?:nr\.\s*)?[0-9]+\s*:?$"),
        format!(r"^(?P<body>(?:\p{{Lu}}[^,.:]*)?(?i:{bodies}))\s*[,–-]?\s+{day}[0-9./ -]*:?$"),
        format!(r"^(?P<body>\p{{Lu}}{{2,6}})\s*[,–-]?\s+{day}[0-9./ -]*:?$"),
    ];
    Patterns::new(&patterns)
}

/// Whether one of the patterns may match a line that begins with a capital: it begins with one of the words and more, has one
/// behind a genitive, or ends with a day or a number. The patterns themselves cost fifty times as much, and every line is asked.
pub(super) fn may_match(line: &str, words: &Known) -> bool {
    words.begins(line, |behind| behind.starts_with(char::is_whitespace))
        || has_word_behind_genitive(line, words)
        || ends_with_number_or_day(line)
}

/// "Byrådets beslutning …"
fn has_word_behind_genitive(line: &str, words: &Known) -> bool {
    let bytes = line.as_bytes();
    let is_whole = |behind: &str| behind.is_empty() || behind.starts_with(|c: char| c == ':' || c.is_whitespace());
    // The last is the second byte of a long s, which is one in either case too.
    memchr::memchr3_iter(b's', b'S', 0xBF, bytes).any(|at| {
        bytes.get(at + 1).is_some_and(|next| !next.is_ascii_alphanumeric())
            && line
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(char::is_whitespace) && words.begins(rest.trim_start(), is_whole))
    })
}

/// "…, pkt. 88:", "… 14-05-2026", "… den 3. maj:"
fn ends_with_number_or_day(line: &str) -> bool {
    let numbers = numbers(line);
    if numbers == 0 {
        return false;
    }
    let end = line.strip_suffix(':').unwrap_or(line).trim_end();
    let before = end.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | ' ' | '-'));
    let name = before.trim_end_matches(|c: char| c.is_alphabetic());
    // A day in figures is two of them: "Punkt 3" has none.
    (numbers > 1 && end.get(before.len()..).is_some_and(|tail| tail.bytes().any(|byte| byte.is_ascii_digit())))
        || before.get(name.len()..).is_some_and(|name| month(name).is_some())
}

/// How many numbers a line has.
fn numbers(line: &str) -> usize {
    let mut before = false;
    line.bytes()
        .filter(|byte| {
            let begins = byte.is_ascii_digit() && !before;
            before = byte.is_ascii_digit();
            begins
        })
        .count()
}
