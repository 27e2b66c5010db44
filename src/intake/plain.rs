//! Plain text and Markdown, as a person or a PDF converter writes them.

use super::builder::{RawLine, build};
use super::{Document, Format, LineKind, Position, Source, Warning, lists, markup};

/// Reads a decoded text; `source.format` is set to what it turns out to be.
pub(super) fn read(mut source: Source, text: &str, warnings: Vec<Warning>) -> Document {
    let markdown = markup::is_markdown(text);
    source.format = if markdown { Format::Markdown } else { Format::Text };
    let paged = text.contains('\u{c}');
    let mut page = 1_u32;
    let mut line_number = 0_u32;
    let mut gap_before = false;
    let mut raw = Vec::new();
    for physical in text.split('\n') {
        line_number += 1;
        for (piece, content) in physical.split('\u{c}').enumerate() {
            if piece > 0 {
                page += 1;
                line_number = 1;
                gap_before = true;
            }
            let position = Position { page: paged.then_some(page), line: line_number };
            match raw_line(content, markdown, position, gap_before) {
                Some(line) => {
                    raw.push(line);
                    gap_before = false;
                }
                None => gap_before = true,
            }
        }
    }
    build(source, raw, warnings)
}

fn raw_line(content: &str, markdown: bool, position: Position, gap_before: bool) -> Option<RawLine> {
    let content = normalise(content);
    let indent =
        content.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum::<usize>();
    // A row keeps the empty cell it begins with; everything else loses its indent.
    let body = content.trim();
    if body.is_empty() || (markdown && is_rule(body)) {
        return None;
    }
    let (mut kind, mut body) = (LineKind::Plain, body.to_owned());
    let mut emphasised = false;
    if markdown {
        if let Some((level, rest)) = markup::heading(&body) {
            kind = LineKind::Heading(level);
            body = markup::strip(rest).0;
        } else if let Some(cells) = pipe_row(&body) {
            kind = LineKind::Row;
            body = markup::strip(&cells).0;
        }
    }
    if kind == LineKind::Plain && body.contains('\t') {
        let cells = body.split('\t').filter(|cell| !cell.trim().is_empty()).count();
        if cells > 1 && lists::marker(&body).is_none() {
            kind = LineKind::Row;
        }
        if markdown {
            body = markup::strip(&body).0;
        }
    } else if kind == LineKind::Plain {
        match lists::marker(&body) {
            Some(marker) => {
                let (mark, rest) = body.split_at_checked(marker)?;
                let (rest, all) = if markdown { markup::strip(rest) } else { (rest.to_owned(), false) };
                emphasised = all;
                let level = u8::try_from(indent.min(12).div_ceil(2)).unwrap_or_default();
                kind = LineKind::ListItem { marker: mark.len(), level };
                body = format!("{mark}{rest}");
            }
            None if markdown => (body, emphasised) = markup::strip(&body),
            None => {}
        }
    }
    let text = body.trim_end().to_owned();
    (!text.is_empty()).then_some(RawLine { text, kind, emphasised, position, gap_before })
}

/// "---", "***": a line across the page.
fn is_rule(body: &str) -> bool {
    body.len() >= 3 && body.chars().all(|c| matches!(c, '-' | '*' | '_' | ' '))
}

/// The cells of `| a | b |`, separated by tabs; the line under the head is nothing.
fn pipe_row(body: &str) -> Option<String> {
    let inside = body.strip_prefix('|')?.strip_suffix('|')?;
    if inside.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
        return Some(String::new());
    }
    Some(inside.split('|').map(str::trim).collect::<Vec<_>>().join("\t"))
}

/// One blank for every kind of blank, no invisible characters, ligatures as letters.
pub(super) fn normalise(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}' | '\u{2003}' | '\u{2002}' => out.push(' '),
            '\r' | '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            other => out.push(other),
        }
    }
    out
}
