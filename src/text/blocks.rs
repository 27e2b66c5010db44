//! The paragraphs of any plain text, for texts that no reader of minutes has taken apart.
//!
//! A blank line parts paragraphs, a single newline inside one is a blank. Lists and tables are the exception: their
//! lines mostly end without a full stop, so joining them would make one endless sentence of a whole list.

use crate::text::Span;
use crate::text::sentences::{WordClasses, sentences};

/// The blocks of `text`, in order, without white space at their ends: paragraphs, list items with the lines that go on
/// with them, rows of tables.
#[must_use]
pub fn blocks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut under_way: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at = span.end();
        let content = line.trim();
        let row = content.contains('\t');
        if content.is_empty() || row || begins_item(content) {
            found.extend(under_way.take());
        }
        if row {
            found.push(span);
        } else if !content.is_empty() {
            let start = under_way.map_or(span.start(), Span::start);
            under_way = Some(Span::new(start, span.end()));
        }
    }
    found.extend(under_way);
    found.into_iter().map(|span| span.trimmed(text)).collect()
}

/// The sentences of all blocks, as spans in bytes of the whole text.
#[must_use]
pub fn text_sentences(text: &str, classes: &WordClasses) -> Vec<Span> {
    blocks(text)
        .into_iter()
        .flat_map(|block| sentences(block.of(text), classes).map(move |span| span.shifted(block.start())))
        .collect()
}

/// Whether a line begins with the mark of a list item or a heading: `-`, `•`, `1.`, `1)`, `a)`, `#`. A number before a
/// small letter is none: "1. stedfortræder", "24. april".
fn begins_item(line: &str) -> bool {
    let (mark, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    if matches!(mark, "-" | "•" | "·" | "*" | "▪" | "●" | "◦" | "–") {
        // A dash inside a wrapped sentence goes on with a small letter; in a list both occur, but the "-" is used there.
        return mark != "–" || !rest.trim_start().starts_with(char::is_lowercase);
    }
    if !mark.is_empty() && mark.bytes().all(|byte| byte == b'#') {
        return true;
    }
    let Some(label) = mark.strip_suffix(['.', ')']) else { return false };
    let numbered = (1..=2).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic()) && mark.ends_with(')');
    lettered || (numbered && (mark.ends_with(')') || !rest.trim_start().starts_with(char::is_lowercase)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        blocks(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_blank_line_parts_paragraphs_and_a_newline_does_not() {
        assert_eq!(texts("Første linje\nog anden.\n \t\n\nNæste.\r\n"), ["Første linje\nog anden.", "Næste."]);
        assert!(texts("").is_empty());
        assert!(texts(" \n\u{a0}\n").is_empty());
    }

    #[test]
    fn a_list_item_takes_its_further_lines_along() {
        assert_eq!(
            texts("Punkter:\n- et punkt\n  går videre\n• et til\n1. Tredje\n2) fjerde\na) femte"),
            ["Punkter:", "- et punkt\n  går videre", "• et til", "1. Tredje", "2) fjerde", "a) femte"]
        );
    }

    #[test]
    fn a_row_of_a_table_stands_alone() {
        assert_eq!(
            texts("Tid\tEmne\n8.10\tPraktik\nDerefter frokost."),
            ["Tid\tEmne", "8.10\tPraktik", "Derefter frokost."]
        );
    }

    #[test]
    fn a_wrapped_line_that_begins_with_an_ordinal_or_a_dash_is_no_item() {
        for text in [
            "Mødet er den\n24. april kl. 9.",
            "Planen er god\n– men dyr.",
            "Beløbet er\n1.250 kr.",
            "Se\nwww.fjordby.dk",
        ] {
            assert_eq!(texts(text), [text]);
        }
    }

    #[test]
    fn sentences_of_a_text_are_spans_of_the_whole_text() {
        let text = "Første. Anden\ndel.\n\n- Tredje. Fjerde";
        let found: Vec<&str> =
            text_sentences(text, &WordClasses::shipped()).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["Første.", "Anden\ndel.", "- Tredje.", "Fjerde"]);
    }
}
