//! Plain text and Markdown, as a person or a PDF converter writes them.

use std::borrow::Cow;

use super::builder::{RawLine, build_lines};
use super::hyphens::Vocabulary;
use super::wraps::Wraps;
use super::{Document, Format, Landmarks, LineKind, Position, Source, Warning, lists, markup, running};
use crate::text::signs::Signs;

/// A line before it is joined to others; its text is still that of the file where nothing had to be changed.
#[derive(Clone)]
pub(super) struct TextLine<'t> {
    pub text: Cow<'t, str>,
    pub kind: LineKind,
    pub emphasised: bool,
    pub position: Position,
    pub gap_before: bool,
}

/// Reads a decoded text; `source.format` is set to what it turns out to be.
pub(super) fn read(mut source: Source, text: &str, warnings: Vec<Warning>, landmarks: &dyn Landmarks) -> Document {
    let text = one_kind_of_line_end(text);
    let markdown = markup::is_markdown(&text);
    source.format = if markdown { Format::Markdown } else { Format::Text };
    let paged = memchr::memchr(b'\x0c', text.as_bytes()).is_some();
    let mut page = 1_u32;
    let mut line_number = 0_u32;
    let mut gap_before = false;
    let mut raw = Vec::new();
    for physical in lines(&text) {
        line_number += 1;
        let (mut next, mut behind) = page_break(physical, paged);
        while let Some(content) = next {
            let position = Position { page: paged.then_some(page), line: line_number };
            match raw_line(content, markdown, position, gap_before) {
                Some(line) => {
                    raw.push(line);
                    gap_before = false;
                }
                None => gap_before = true,
            }
            (next, behind) = behind.map_or((None, None), |rest| page_break(rest, paged));
            if next.is_some() {
                page += 1;
                line_number = 1;
                gap_before = true;
            }
        }
    }
    running::remove(&mut raw);
    lost_markers(&mut raw);
    lettered(&mut raw);
    let wraps = Wraps::of(raw.iter().map(|line| (&*line.text, line.kind, line.gap_before)));
    let words = words_where_cut(&raw);
    let lines = raw.into_iter().map(|line| RawLine {
        text: line.text.into_owned(),
        kind: line.kind,
        emphasised: line.emphasised,
        position: line.position,
        pieces: Vec::new(),
        gap_before: line.gap_before,
    });
    build_lines(source, lines, text.len() + text.len() / 16, wraps, words, warnings, landmarks)
}

/// The lines of a text as `split('\n')` gives them; a byte search is several times faster than one for characters.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.scan(0, |start, end| {
        let line = text.get(*start..end);
        *start = end + 1;
        line
    })
}

/// What stands before a form feed, and what behind it, if there is one.
fn page_break(text: &str, paged: bool) -> (Option<&str>, Option<&str>) {
    match if paged { text.split_once('\u{c}') } else { None } {
        Some((before, behind)) => (Some(before), Some(behind)),
        None => (Some(text), None),
    }
}

/// A byte that begins what [`normalise`] changes.
const UNUSUAL: u8 = 1;
const TAB: u8 = 2;
/// A byte that any mark of Markdown has but a line across the page.
const MARK: u8 = 4;

const SIGNS: Signs = Signs::new(&[
    (b'\t', b'\t', TAB),
    (b'*', b'*', MARK),
    (b'[', b'\\', MARK),
    (b'_', b'_', MARK),
    (b'<', b'<', MARK),
    (b'>', b'>', MARK),
    (b'~', b'~', MARK),
    (b'#', b'#', MARK),
    (b'|', b'|', MARK),
    // Danish letters begin with another.
    (0xC2, 0xC2, UNUSUAL),
    (0xE2, 0xE2, UNUSUAL),
    (0xEF, 0xEF, UNUSUAL),
    (b'\r', b'\r', UNUSUAL),
]);

/// Old Macintosh files end lines with a carriage return alone, word processors break them with a vertical tab, web pages
/// with separators of their own; files put together from several have all.
fn one_kind_of_line_end(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
    let separators = ["\u{85}", "\u{2028}", "\u{2029}", "\u{b}"];
    let separated = separators.iter().any(|mark| memchr::memmem::find(bytes, mark.as_bytes()).is_some());
    if !lone && !separated {
        return Cow::Borrowed(text);
    }
    let mut out = text.replace("\r\n", "\n").replace('\r', "\n");
    if separated {
        out = out.replace(['\u{85}', '\u{2028}', '\u{2029}', '\u{b}'], "\n");
    }
    Cow::Owned(out)
}

fn raw_line(content: &str, markdown: bool, position: Position, gap_before: bool) -> Option<TextLine<'_>> {
    if content.is_empty() {
        return None;
    }
    let signs = SIGNS.of_text(content);
    let content = if signs & UNUSUAL == 0 { Cow::Borrowed(content) } else { normalise(content) };
    // A row keeps the empty cell it begins with; everything else loses its indent.
    let mut body = trimmed(content.clone());
    if body.is_empty() || (markdown && is_rule(&body)) {
        return None;
    }
    let markdown = markdown && signs & MARK != 0;
    let (mut kind, mut emphasised) = (LineKind::Plain, false);
    if let Some(word) = spaced_out(&body) {
        body = Cow::Owned(word);
    }
    if markdown {
        match markup::without_marks(&body) {
            Some(Cow::Owned(bare)) => body = Cow::Owned(bare),
            Some(Cow::Borrowed(_)) => {}
            None => return None,
        }
        if let Some((level, rest)) = markup::heading(&body) {
            kind = LineKind::Heading(level);
            body = Cow::Owned(markup::strip(rest).0.into_owned());
        } else if let Some(cells) = pipe_row(&body) {
            kind = LineKind::Row;
            body = Cow::Owned(markup::strip(&cells).0.into_owned());
        }
    }
    if kind == LineKind::Plain && signs & TAB != 0 && memchr::memchr(b'\t', body.as_bytes()).is_some() {
        let cells = body.split('\t').filter(|cell| !cell.trim().is_empty()).count();
        if cells > 1 && lists::marker(&body).is_none() {
            kind = LineKind::Row;
        }
        if markdown {
            (body, _) = stripped(body);
        }
    } else if kind == LineKind::Plain {
        match lists::marker(&body) {
            Some(marker) => {
                kind = LineKind::ListItem { marker, level: level(&content) };
                if markdown {
                    let (mark, rest) = body.split_at_checked(marker)?;
                    let (rest, all) = markup::strip(rest);
                    emphasised = all;
                    if rest.len() + mark.len() < body.len() {
                        body = Cow::Owned(format!("{mark}{rest}"));
                    }
                }
            }
            None if markdown => (body, emphasised) = stripped(body),
            None => {}
        }
    }
    let text = trimmed_end(body);
    (!text.is_empty()).then_some(TextLine { text, kind, emphasised, position, gap_before })
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn trimmed_end(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end()),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end().len());
            Cow::Owned(text)
        }
    }
}

fn stripped(body: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    match body {
        Cow::Borrowed(text) => markup::strip(text),
        Cow::Owned(text) => {
            let (text, all) = markup::strip(&text);
            (Cow::Owned(text.into_owned()), all)
        }
    }
}

/// How deep a list item is nested, by its indent.
fn level(content: &str) -> u8 {
    let indent: usize = content.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    u8::try_from(indent.min(12).div_ceil(2)).unwrap_or_default()
}

/// "R e f e r a t" is "Referat": a whole line of single letters is a word set wide, two blanks or more part two words.
fn spaced_out(body: &str) -> Option<String> {
    const LONGEST: usize = 120;
    // Nearly every line is told apart by its first letters.
    let mut first = body.chars();
    if body.len() > LONGEST || !first.next()?.is_alphabetic() || first.next()? != ' ' {
        return None;
    }
    let mut out = String::with_capacity(body.len());
    let mut letters = 0_usize;
    let mut alphabet = true;
    for word in body.split("  ").map(str::trim).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut before: Option<char> = None;
        for piece in word.split(' ') {
            let mut characters = piece.chars();
            let letter = characters.next().filter(|c| c.is_alphabetic())?;
            if characters.next().is_some() {
                return None;
            }
            letters += 1;
            alphabet &= before.is_none_or(|before| u32::from(before) + 1 == u32::from(letter));
            before = Some(letter);
            out.push(letter);
        }
    }
    // "A B C" are the names of columns.
    (letters >= 3 && !alphabet).then_some(out)
}

/// Converters turn a bullet they do not know into "?" or a bare stroke. A question never begins with its mark, so several
/// such lines near each other are a list.
fn lost_markers(raw: &mut [TextLine<'_>]) {
    const NEAR: usize = 3;
    let marker = |line: &TextLine<'_>| {
        let rest = line.text.strip_prefix(['?', '\u{335}', '\u{fffd}']).filter(|_| line.kind == LineKind::Plain)?;
        let text = rest.trim_start();
        (text.len() < rest.len() && text.starts_with(char::is_alphabetic)).then(|| line.text.len() - text.len())
    };
    let found: Vec<(usize, usize)> =
        raw.iter().enumerate().filter_map(|(index, line)| Some((index, marker(line)?))).collect();
    for (place, (index, marker)) in found.iter().enumerate() {
        let near = |other: Option<&(usize, usize)>| other.is_some_and(|(other, _)| other.abs_diff(*index) <= NEAR);
        if (near(found.get(place + 1)) || near(place.checked_sub(1).and_then(|before| found.get(before))))
            && let Some(line) = raw.get_mut(*index)
        {
            line.kind = LineKind::ListItem { marker: *marker, level: 0 };
        }
    }
}

/// The words of the text, where words were cut at line ends; most texts have none, and need no list of theirs.
fn words_where_cut(raw: &[TextLine<'_>]) -> Option<Vocabulary> {
    let cut = raw.windows(2).any(|pair| match pair {
        [last, next] => {
            last.text.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
                && next.text.starts_with(char::is_lowercase)
        }
        _ => false,
    });
    cut.then(|| Vocabulary::of_text(&raw.iter().map(|line| line.text.clone().into_owned()).collect::<Vec<_>>()))
}

/// "A. …", "B. …", "C. …": one alone is an initial, a row of them is a list.
fn lettered(raw: &mut [TextLine<'_>]) {
    const NEAR: usize = 6;
    let letter = |line: &TextLine<'_>| {
        let mut bytes = line.text.bytes();
        let letter = bytes.next().filter(u8::is_ascii_uppercase)?;
        (line.kind == LineKind::Plain && bytes.next() == Some(b'.') && bytes.next() == Some(b' ')).then_some(letter)
    };
    let found: Vec<(usize, u8)> =
        raw.iter().enumerate().filter_map(|(index, line)| Some((index, letter(line)?))).collect();
    let follows = |one: &(usize, u8), other: &(usize, u8)| one.1 + 1 == other.1 && other.0 - one.0 <= NEAR;
    let mut run: Vec<usize> = Vec::new();
    let mut lists: Vec<usize> = Vec::new();
    for (place, each) in found.iter().enumerate() {
        let goes_on =
            place.checked_sub(1).and_then(|before| found.get(before)).is_some_and(|before| follows(before, each));
        if !goes_on || run.is_empty() {
            run.clear();
            if each.1 != b'A' {
                continue;
            }
        }
        run.push(each.0);
        if run.len() >= 2 {
            lists.extend(&run);
        }
    }
    for index in lists {
        if let Some(line) = raw.get_mut(index) {
            line.kind = LineKind::ListItem { marker: 3, level: 0 };
        }
    }
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
pub(super) fn normalise(line: &str) -> Cow<'_, str> {
    if SIGNS.of_text(line) & UNUSUAL == 0 {
        return Cow::Borrowed(line);
    }
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
    Cow::Owned(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        read(
            Source { file: "f".into(), format: Format::Text, sha256: String::new() },
            text,
            Vec::new(),
            &crate::intake::NoLandmarks,
        )
    }

    #[test]
    fn all_kinds_of_line_ends_end_lines() {
        assert_eq!(
            &*document("Et\rTo\r\nTre\u{b}Fire\u{2028}Fem\nSeks").text,
            "Et\n\nTo\n\nTre\n\nFire\n\nFem\n\nSeks\n"
        );
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        assert_eq!(&*document("Et\rTo\r\nTre").text, "Et\n\nTo\n\nTre\n");
    }

    #[test]
    fn words_set_wide_are_words_and_columns_are_columns() {
        assert_eq!(
            &*document("R e f e r a t\n\nK K R\n\nR e f e r a t   f r a   M E D").text,
            "Referat\n\nKKR\n\nReferat fra MED\n"
        );
        assert_eq!(&*document("A B C D\n\nI a f t e n kom han\n\nA B").text, "A B C D\n\nI a f t e n kom han\n\nA B\n");
    }

    #[test]
    fn bullets_lost_to_a_question_mark_are_bullets_where_there_are_several() {
        let list = document("Vi talte om\n? Løn og\nvilkår\n? Ferie\n\u{335} Kurser");
        let markers: Vec<bool> = list.lines.iter().map(|line| matches!(line.kind, LineKind::ListItem { .. })).collect();
        assert_eq!(markers, [false, true, false, true, true]);
        assert_eq!(document("? Hvad sker der").lines[0].kind, LineKind::Plain);
    }

    #[test]
    fn blank_lines_may_hold_no_break_spaces_and_words_soft_hyphens() {
        assert_eq!(&*document("Et\n\u{a0}\u{a0}\nTo\u{ad}re\u{a0}x").text, "Et\n\nTore x\n");
    }

    #[test]
    fn markdown_is_reported_as_what_it_is() {
        assert_eq!(document("## Punkt 1").source.format, Format::Markdown);
        assert_eq!(document("Punkt 1").source.format, Format::Text);
    }
}
