//! Lines become paragraphs, headings, list items and table rows.
//!
//! A line goes on the paragraph before it when the leading is the usual one, size and weight stay, and the line before
//! was full: its next word would not have fitted on it. The last is the strongest sign, for a writer who breaks a line
//! leaves room and a page that breaks it does not.

use super::lines::Line;
use super::measures::{HEADING_SIZE, Measures};
use crate::intake::builder::RawLine;
use crate::intake::hyphens::{Hyphen, Vocabulary};
use crate::intake::{LineKind, Position, is_contents_line, lists};

/// More than this much of the usual leading is a break between paragraphs.
const WIDE_LEADING: f64 = 1.18;
/// A size off by more than this is another size.
const SIZE_STEP: f64 = 0.05;

struct Block<'a> {
    raw: RawLine,
    /// Its lines' last, for asking whether it was full.
    last: &'a Line,
    /// Left edge of its first line.
    left: f64,
    lines: usize,
}

/// All lines of a document, furniture removed, in reading order.
pub(super) fn assemble(lines: &[Line]) -> Vec<RawLine> {
    let measures = Measures::new(lines);
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let hyphens: Vec<Hyphen> = lines.iter().map(|line| line.hyphen).collect();
    let vocabulary = Vocabulary::new(&texts, &hyphens, lines.iter().any(|line| line.typographic_inside));
    drop(texts);
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in lines {
        let text = line.told(&vocabulary);
        let row = line.row;
        if let Some(block) = blocks.last_mut()
            && !row
            && block.raw.kind != LineKind::Row
            && measures.goes_on(block, line, &text)
        {
            let start = vocabulary.join(&mut block.raw.text, &text, block.last.hyphen);
            block.raw.pieces.push((start, position(line)));
            block.raw.emphasised &= line.bold || line.italic;
            block.last = line;
            block.lines += 1;
            continue;
        }
        blocks.push(measures.begin(line, text, row));
    }
    blocks
        .into_iter()
        .map(|mut block| {
            if block.raw.kind == LineKind::Plain
                && let Some(level) = measures.heading_level(&block)
            {
                block.raw.kind = LineKind::Heading(level);
            }
            block.raw
        })
        .collect()
}

impl Line {
    /// Its words: cells of a row apart, wrapped ones joined.
    fn told(&self, vocabulary: &Vocabulary) -> String {
        let cells: Vec<String> = self
            .cells
            .iter()
            .map(|cell| {
                let mut text = cell.text.clone();
                for more in &cell.more {
                    vocabulary.join(&mut text, more, Hyphen::Plain);
                }
                text
            })
            .collect();
        cells.join(if self.row { "\t" } else { " " })
    }
}

fn position(line: &Line) -> Position {
    Position { page: Some(line.page), line: line.number }
}

impl Measures {
    fn begin<'a>(&self, line: &'a Line, text: String, row: bool) -> Block<'a> {
        let mut kind = if row { LineKind::Row } else { LineKind::Plain };
        let heading = line.size >= HEADING_SIZE * self.body;
        if !row
            && !heading
            && let Some(marker) = lists::marker(&text)
        {
            let indent = (line.left() - self.margin(line)).max(0.0) / line.size.max(0.1);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let level = (indent / 2.0).min(6.0) as u8;
            kind = LineKind::ListItem { marker, level };
        }
        Block {
            raw: RawLine {
                text,
                kind,
                emphasised: !self.bold_body && line.bold || line.italic,
                position: position(line),
                pieces: Vec::new(),
                gap_before: true,
            },
            last: line,
            left: line.left(),
            lines: 1,
        }
    }

    /// Where running text begins is not known per page; lists are measured from the first inch.
    fn margin(&self, line: &Line) -> f64 {
        72.0_f64.min(line.left())
    }

    /// Whether `line` is more of `block`.
    fn goes_on(&self, block: &Block<'_>, line: &Line, text: &str) -> bool {
        let last = block.last;
        let size_differs = (last.size - line.size).abs() > SIZE_STEP * last.size;
        if size_differs || last.bold != line.bold && (block.lines == 1 || line.bold) && !self.may_mix(last, line) {
            return false;
        }
        if is_contents_line(&block.raw.text) {
            return false;
        }
        let full = self.is_full(last, line);
        let elsewhere = last.page != line.page || last.flow != line.flow;
        let lower = text.trim_start_matches(['"', '”', '»', '(']).starts_with(char::is_lowercase);
        if starts_item(text) || is_case_number(text) {
            return false;
        }
        if elsewhere {
            let heading = line.size >= HEADING_SIZE * self.body || line.bold && !self.bold_body;
            let end = block.raw.text.trim_end_matches(['"', '”', '»', ')']);
            // "den 20." / "august": a full stop before a small letter ends no sentence.
            let open = !end.ends_with([':', ';', '!', '?', '…']) && (lower || !end.ends_with('.') || hangs(end));
            // A heading at the top of a page must never be swallowed: a capital goes on only where both sides are prose.
            let edge = self.edge(line);
            // Where lines are stretched to the edge, one that reaches it is not its paragraph's last.
            let stretched = self.justified && (last.right() - self.edge(last)).abs() < 0.7;
            let prose = !starts_item(&block.raw.text)
                && (stretched || block.lines > 1 && (text.ends_with(['.', ',']) || line.right() > 0.8 * edge));
            let hangs = lower || text.starts_with('(') || self::hangs(end);
            let title = heading && last.bold == line.bold && (lower || self::hangs(end));
            return full && open && (!heading || title) && lists::marker(text).is_none() && (hangs || prose);
        }
        let leading = (line.y - last.y) / last.size.max(0.1);
        // No paragraph begins in small letters but "at …" of a recommendation.
        let usual = if lower && !text.starts_with("at ") { self.leading(last).max(1.5) } else { self.leading(last) };
        if leading > WIDE_LEADING * usual || leading <= 0.0 || !full {
            return false;
        }
        let item = matches!(block.raw.kind, LineKind::ListItem { .. });
        if let Some(marker) = lists::marker(text) {
            // A dash in the middle of a sentence may come to stand at the beginning of a line, in small letters.
            let open = !block.raw.text.ends_with(['.', '!', '?', ':', ';', '…']);
            let small = text.get(marker..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
            let dash = text.starts_with(['-', '–', '—']);
            if item || !open || !small || !dash || (line.left() - last.left()).abs() > 0.4 * line.size {
                return false;
            }
        }
        let em = line.size;
        if item {
            // Back at the margin behind a hanging item: text of its own.
            return line.left() > block.left - 0.2 * em;
        }
        let centred = (line.left() + line.right() - last.left() - last.right()).abs() < 0.6 * em;
        centred || (line.left() < last.left() + 0.8 * em && (block.lines == 1 || line.left() > last.left() - 0.8 * em))
    }

    /// A line all bold inside a paragraph that is not, or the reverse: only where a sentence runs over it.
    fn may_mix(&self, last: &Line, line: &Line) -> bool {
        let open = !last.text().ends_with(['.', '!', '?', ':', ';', '…']);
        open && line.text().starts_with(char::is_lowercase)
    }

    /// Whether the first word of `next` would not have fitted on `line`.
    fn is_full(&self, line: &Line, next: &Line) -> bool {
        let edge = self.edge(line);
        line.cells.last().is_some_and(|cell| cell.text.ends_with('-'))
            || line.right() + 0.2 * line.size + next.first_word() > edge - 0.3 * line.size
    }

    fn heading_level(&self, block: &Block<'_>) -> Option<u8> {
        let text = &block.raw.text;
        let short = text.chars().count() <= 200 && !is_contents_line(text) && text.chars().any(char::is_alphanumeric);
        if !short || block.last.size < HEADING_SIZE * self.body {
            return None;
        }
        let rank = self.headings.iter().filter(|size| **size > block.last.size * (1.0 + SIZE_STEP)).count();
        u8::try_from(rank + 1).ok().map(|level| level.min(6))
    }
}

/// "Punkt 4: …": never the rest of a sentence.
fn starts_item(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| matches!(word, "Punkt" | "Pkt." | "Sag"))
        && words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends with a word that no Danish sentence, heading or title ends with.
fn hangs(text: &str) -> bool {
    const NEVER_LAST: &[&str] = &[
        "i", "og", "at", "om", "af", "til", "på", "for", "med", "der", "som", "en", "et", "den", "det", "de", "fra",
        "ved", "hos", "eller", "samt", "mellem", "under", "over", "efter", "mod", "men", "hvor", "når", "fordi",
        "ifm.", "vedr.", "inkl.", "jf.",
    ];
    text.split_whitespace().next_back().is_some_and(|word| NEVER_LAST.contains(&word))
}

/// "00.22.00-P35-1-21": the number of a case stands alone on its line.
fn is_case_number(text: &str) -> bool {
    let mut parts = text.trim_start_matches("Sagsnr. ").splitn(4, ['.', '-']);
    let digits =
        |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
    digits(parts.next())
        && digits(parts.next())
        && digits(parts.next())
        && parts.next().is_some()
        && !text.contains(' ')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::lines::{lines, tests::set};
    use super::super::tables;
    use super::*;

    /// Lines of ten points, five points a letter, at the given heights.
    fn blocks(texts: &[(&str, f64, f64)]) -> Vec<RawLine> {
        let glyphs: Vec<_> = texts.iter().flat_map(|(text, x, y)| set(text, *x, *y)).collect();
        assemble(&lines(&glyphs, &[], 1))
    }

    fn shown(texts: &[(&str, f64, f64)]) -> Vec<String> {
        blocks(texts).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn lines_of_the_usual_leading_are_one_paragraph_and_keep_their_places() {
        let found = blocks(&[
            ("Udvalget drøftede sagen og var enigt om den", 50.0, 100.0),
            ("vej, der blev foreslået på mødet i april her", 50.0, 112.0),
            ("og i maj.", 50.0, 124.0),
            ("Næste afsnit.", 50.0, 148.0),
        ]);
        assert_eq!(found.len(), 2);
        let first = found.first().unwrap();
        assert!(first.text.ends_with("april her og i maj."), "{}", first.text);
        assert_eq!(first.pieces.iter().map(|(_, place)| place.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_line_with_room_for_the_next_word_was_ended_by_the_writer() {
        assert_eq!(
            shown(&[
                ("Beslutning", 50.0, 100.0),
                ("Udvalget drøftede sagen og var enigt om det hele", 50.0, 112.0),
                ("her.", 50.0, 124.0),
            ]),
            ["Beslutning", "Udvalget drøftede sagen og var enigt om det hele her."]
        );
    }

    #[test]
    fn list_items_keep_their_marker_and_their_further_lines() {
        let found = blocks(&[
            ("1. at udvalget drøfter sagen om den nye arbejdstid", 50.0, 100.0),
            ("i ældreplejen", 62.0, 112.0),
            ("2. at sagen udsættes", 50.0, 124.0),
        ]);
        assert_eq!(found.len(), 2);
        assert!(matches!(found.first().unwrap().kind, LineKind::ListItem { marker: 3, .. }));
    }

    #[test]
    fn rows_are_cells_that_stand_under_each_other() {
        let mut glyphs = set("Navn", 50.0, 100.0);
        glyphs.extend(set("Rolle", 200.0, 100.0));
        glyphs.extend(set("Ida", 50.0, 112.0));
        glyphs.extend(set("Leder", 200.0, 112.0));
        let found = assemble(&tables::join(lines(&glyphs, &[], 1), &[]));
        assert_eq!(found.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["Navn\tRolle", "Ida\tLeder"]);
        assert!(found.iter().all(|row| row.kind == LineKind::Row));
    }

    #[test]
    fn larger_lines_are_headings_of_a_level_by_their_size() {
        let mut glyphs = set("Referat", 50.0, 50.0);
        glyphs.iter_mut().for_each(|glyph| glyph.size = 16.0);
        glyphs.extend(set("Udvalget drøftede sagen og var enigt om den.", 50.0, 100.0));
        let found = assemble(&lines(&glyphs, &[], 1));
        assert_eq!(found.first().unwrap().kind, LineKind::Heading(1));
        assert_eq!(found.get(1).unwrap().kind, LineKind::Plain);
    }
}
