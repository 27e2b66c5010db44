//! How the heading of a body's decision looks.
//!
//! Eight wordings are met, with the word "beslutning" before or behind the body or not at all; the words and the bodies come
//! from the dialect, the order of the parts stands here.

use super::Patterns;
use crate::tables::Located;

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
