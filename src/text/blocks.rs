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
