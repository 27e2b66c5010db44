//! Glyphs become lines: same baseline, words apart where there is room, cells apart where there is much.
//!
//! Reading order is the order of drawing, which was right for every generator tried. A jump up the page begins a new
//! flow (a column, a text box); within a flow pieces on one baseline belong to one line, which puts table rows together.

use std::borrow::Cow;

use super::glyphs::Glyph;
use super::tables::{Upright, is_marker};
use crate::intake::hyphens::Hyphen;
use crate::intake::plain::normalise;

/// A word ends where the next letter stands further off than this, in em.
const WORD_GAP: f64 = 0.18;
/// A cell ends where the next word stands further off than this, in em.
const CELL_GAP: f64 = 1.5;
/// A list marker stands at most this far from its item, in em.
const MARKER_GAP: f64 = 4.0;
/// Going up by more than this, in em, begins a new flow.
const FLOW_JUMP: f64 = 3.6;

/// A piece of a line without wide gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Width of its first word, for asking whether it would have fitted on a line before.
    pub first_word: f64,
    /// Where its last line ends.
    pub last_right: f64,
    /// Its further lines, where it wraps in a table.
    pub more: Vec<String>,
}

/// All that stands on one baseline of one flow.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub cells: Vec<Cell>,
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
    /// Which flow of the page, from 0.
    pub flow: usize,
    /// Page, from 1, and line on the page, from 1.
    pub page: u32,
    pub number: u32,
    /// Marked by the generator as a running header or footer.
    pub running: bool,
    pub hyphen: Hyphen,
    /// A typographic hyphen stands within it.
    pub typographic_inside: bool,
    /// A row of a table.
    pub row: bool,
    /// Baseline of the last of its lines, where it is a row of several.
    pub last_y: f64,
}

impl Line {
    pub fn left(&self) -> f64 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    pub fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    /// Width of the first word, for asking whether it would have fitted on the line before.
    pub fn first_word(&self) -> f64 {
        self.cells.first().map_or(0.0, |cell| cell.first_word)
    }

    /// Its cells, one blank between.
    pub fn text(&self) -> String {
        self.joined(" ")
    }

    pub fn joined(&self, separator: &str) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(separator)
    }
}

/// The lines of a page, in reading order.
/// `uprights`, by place, part cells.
pub(super) fn lines(glyphs: &[Glyph], uprights: &[Upright], page: u32) -> Vec<Line> {
    let mut flows: Vec<Vec<Row>> = Vec::new();
    let mut at: Option<(f64, f64)> = None;
    for glyph in glyphs {
        if glyph.character.is_whitespace() || glyph.character == '\u{a0}' {
            // Blanks are told by their room; a drawn blank only says that there is one, however narrow.
            if let Some(row) = current(&mut flows, glyph) {
                row.blanks.push(glyph.x);
            }
            continue;
        }
        let up = at.is_some_and(|(y, size)| y - glyph.y > FLOW_JUMP * size.max(glyph.size));
        at = Some((glyph.y, glyph.size));
        if up || flows.is_empty() {
            flows.push(Vec::new());
        }
        match current(&mut flows, glyph) {
            Some(row) => row.glyphs.push(*glyph),
            None => {
                if let Some(flow) = flows.last_mut() {
                    flow.push(Row { y: glyph.y, size: glyph.size, glyphs: vec![*glyph], blanks: Vec::new() });
                }
            }
        }
    }
    reunite(&mut flows);
    let mut out: Vec<Line> = Vec::with_capacity(flows.iter().map(Vec::len).sum());
    for (flow, mut rows) in flows.into_iter().enumerate() {
        rows.sort_by(|a, b| a.y.total_cmp(&b.y));
        for row in rows {
            let number = u32::try_from(out.len()).unwrap_or(u32::MAX).saturating_add(1);
            out.extend(row.line(uprights, flow, page, number));
        }
    }
    out
}

/// Puts list markers that were drawn apart from their items, some generators draw them last, where they belong: on the
/// line of another flow that begins right of them.
fn reunite(flows: &mut [Vec<Row>]) {
    // A page has some sixty lines; each marker asks them all.
    if flows.iter().map(Vec::len).sum::<usize>() > 2_000 {
        return;
    }
    for own in 1..flows.len() {
        let Some((before, [flow, ..])) = flows.split_at_mut_checked(own) else { return };
        let markers = flow.extract_if(.., |marker| {
            let item = before.iter_mut().flatten().find(|row| row.is_item_of(marker));
            let found = item.is_some();
            item.into_iter().for_each(|row| row.glyphs.append(&mut marker.glyphs));
            found
        });
        markers.for_each(drop);
    }
}

struct Row {
    y: f64,
    size: f64,
    glyphs: Vec<Glyph>,
    blanks: Vec<f64>,
}

/// The row of the newest flow on whose baseline `glyph` stands; rows far back in a long flow are not looked for.
fn current<'f>(flows: &'f mut [Vec<Row>], glyph: &Glyph) -> Option<&'f mut Row> {
    flows.last_mut()?.iter_mut().rev().take(40).find(|row| {
        let off = (row.y - glyph.y).abs();
        // Raised and lowered figures are smaller and stand up to half a line off.
        off < 0.2 * row.size.min(glyph.size)
            || (glyph.size < 0.8 * row.size && off < 0.5 * row.size)
            || (row.size < 0.8 * glyph.size && off < 0.4 * glyph.size)
    })
}

impl Row {
    fn ends(&self) -> Option<(f64, f64)> {
        let left = self.glyphs.iter().map(|glyph| glyph.x).min_by(f64::total_cmp)?;
        let right = self.glyphs.iter().map(|glyph| glyph.x + glyph.width).max_by(f64::total_cmp)?;
        Some((left, right))
    }

    /// Whether `other` is the marker of the list item that this row begins.
    fn is_item_of(&self, other: &Self) -> bool {
        if other.glyphs.len() > 3 || (self.y - other.y).abs() > 0.3 * self.size.min(other.size) {
            return false;
        }
        let Some(((left, _), (_, right))) = self.ends().zip(other.ends()) else { return false };
        let text: String = other.glyphs.iter().map(|glyph| glyph.character).collect();
        (0.0..MARKER_GAP * self.size).contains(&(left - right)) && is_marker(&text)
    }

    fn line(mut self, uprights: &[Upright], flow: usize, page: u32, number: u32) -> Option<Line> {
        self.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        self.blanks.sort_by(f64::total_cmp);
        let size = typical_size(&self.glyphs)?;
        let gaps: Vec<f64> =
            self.glyphs.iter().zip(self.glyphs.iter().skip(1)).map(|(a, b)| b.x - a.x - a.width).collect();
        let mut words: Vec<f64> = gaps.iter().copied().filter(|gap| *gap > WORD_GAP * size).collect();
        words.sort_by(f64::total_cmp);
        // Justified text may have wide gaps, but then all of the line's are.
        let usual = if words.len() > 3 { words.get(words.len() / 2).copied().unwrap_or_default() } else { 0.0 };
        let even = words.len() > 1
            && words.first().zip(words.last()).is_some_and(|(least, most)| *most < 1.25 * least && *most < 6.0 * size);
        let cell_gap = if even { f64::INFINITY } else { (CELL_GAP * size).max(2.2 * usual) };
        // Lines are kept until the last page is read, and most are one cell long.
        let mut cells: Vec<Cell> = Vec::with_capacity(1);
        let mut cell = Cell::default();
        let mut blanks = self.blanks.iter().copied().peekable();
        let mut previous: Option<Glyph> = None;
        for glyph in &self.glyphs {
            if let Some(before) = previous {
                let gap = glyph.x - before.x - before.width;
                let mut drawn = false;
                while blanks.next_if(|x| *x < glyph.x + 0.01 * size).is_some() {
                    drawn = true;
                }
                let leader = is_leader(glyph.character) || is_leader(before.character);
                let ruled = gap > WORD_GAP * size && is_parted(uprights, before.x + before.width, glyph.x, glyph.y);
                if ruled || gap > cell_gap && !(leader && gap < 3.0 * size) {
                    cells.push(std::mem::take(&mut cell));
                } else if drawn || gap > WORD_GAP * size {
                    cell.end_first_word();
                    cell.text.push(' ');
                }
            } else {
                while blanks.next_if(|x| *x < glyph.x).is_some() {}
            }
            if cell.text.is_empty() {
                cell.left = glyph.x;
            }
            cell.text.push(glyph.character);
            cell.right = glyph.x + glyph.width;
            previous = Some(*glyph);
        }
        cells.push(cell);
        let hyphen = match self.glyphs.last().map(|glyph| glyph.character) {
            Some('\u{ad}') => Hyphen::Soft,
            Some('\u{2010}') => Hyphen::Typographic,
            Some('-' | '\u{2011}') => Hyphen::Plain,
            _ => Hyphen::None,
        };
        for cell in &mut cells {
            cell.end_first_word();
            cell.last_right = cell.right;
            cell.text = collapse_leaders(normalise_cell(&cell.text).trim());
        }
        cells.retain(|cell| !cell.text.is_empty());
        let letters: Vec<&Glyph> = self.glyphs.iter().filter(|glyph| glyph.character.is_alphanumeric()).collect();
        let bold = !letters.is_empty() && letters.iter().all(|glyph| glyph.bold);
        let italic = !letters.is_empty() && letters.iter().all(|glyph| glyph.italic);
        let running = !letters.is_empty() && letters.iter().all(|glyph| glyph.running);
        let typographic_inside = self.glyphs.iter().rev().skip(1).any(|glyph| glyph.character == '\u{2010}');
        let y = self.y;
        let line = Line {
            cells,
            y,
            size,
            bold,
            italic,
            flow,
            page,
            number,
            running,
            hyphen,
            typographic_inside,
            row: false,
            last_y: y,
        };
        (!line.cells.is_empty()).then_some(line)
    }
}

/// Whether a vertical line stands between two letters of a line.
fn is_parted(uprights: &[Upright], left: f64, right: f64, y: f64) -> bool {
    let first = uprights.partition_point(|upright| upright.x < left);
    let between = uprights.iter().skip(first).take_while(|upright| upright.x <= right);
    between.into_iter().any(|upright| upright.top <= y && upright.bottom >= y - 2.0)
}

impl Cell {
    /// What stands in it so far is its first word, unless that is known.
    fn end_first_word(&mut self) {
        if self.first_word == 0.0 {
            self.first_word = self.right - self.left;
        }
    }
}

/// The size of most letters of a line.
fn typical_size(glyphs: &[Glyph]) -> Option<f64> {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// Like plain text, but a hyphen that is drawn is a hyphen, whatever its sign.
fn normalise_cell(text: &str) -> String {
    let hyphens = |c| matches!(c, '\u{ad}' | '\u{2010}' | '\u{2011}');
    let text = if text.contains(hyphens) { Cow::Owned(text.replace(hyphens, "-")) } else { Cow::Borrowed(text) };
    let text = normalise(&text);
    if text.contains(char::is_control) { text.replace(char::is_control, "") } else { text.into_owned() }
}

fn is_leader(character: char) -> bool {
    matches!(character, '.' | '…' | '_')
}

/// "Budget . . . . . . 7" and "Budget ........ 7" become "Budget.....7".
fn collapse_leaders(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_leader) {
        let (before, from) = rest.split_at(start);
        let run = from.len() - from.trim_start_matches(|c: char| is_leader(c) || c == ' ').len();
        let (run, after) = from.split_at(run);
        let weight = |piece: &str| piece.chars().map(|c| if c == '…' { 3 } else { 1 }).sum::<usize>();
        // "m.m. ..." has four full stops too, but they are no leader.
        let together = run.split(' ').any(|piece| weight(piece) >= 4);
        let apart =
            run.split(' ').filter(|piece| !piece.is_empty()).map(weight).filter(|weight| *weight == 1).count() >= 4;
        if together || apart {
            out.push_str(before.trim_end());
            out.push_str(".....");
        } else {
            out.push_str(before);
            out.push_str(run);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;

    /// A text set in 10 points, half an em a letter.
    pub(in super::super) fn set(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|character| {
                let glyph =
                    Glyph { character, x: at, y, width: 5.0, size: 10.0, bold: false, italic: false, running: false };
                at += 5.0;
                glyph
            })
            .collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs, &[], 1).iter().map(|line| line.joined("|")).collect()
    }

    #[test]
    fn words_are_told_by_room_even_where_no_blank_is_drawn() {
        let mut glyphs = set("Møde", 50.0, 100.0);
        glyphs.extend(set("den", 72.5, 100.0));
        assert_eq!(texts(&glyphs), ["Møde den"]);
    }

    #[test]
    fn cells_of_one_baseline_are_one_line_though_drawn_column_by_column() {
        let mut glyphs = set("Navn", 50.0, 100.0);
        glyphs.extend(set("Ida", 50.0, 112.0));
        glyphs.extend(set("Rolle", 200.0, 100.0));
        glyphs.extend(set("Leder", 200.0, 112.0));
        assert_eq!(texts(&glyphs), ["Navn|Rolle", "Ida|Leder"]);
    }

    #[test]
    fn a_second_column_is_read_after_the_first() {
        let mut glyphs = Vec::new();
        for (x, word) in [(50.0, "venstre"), (300.0, "højre")] {
            for line in 0..6 {
                glyphs.extend(set(word, x, 100.0 + 12.0 * f64::from(line)));
            }
        }
        let found = texts(&glyphs);
        assert_eq!(found.first().unwrap(), "venstre");
        assert_eq!(found.last().unwrap(), "højre");
        assert_eq!(found.len(), 12);
    }

    #[test]
    fn list_markers_that_are_drawn_last_stand_before_their_items() {
        let mut glyphs = set("at drøfte sagen", 70.0, 100.0);
        glyphs.extend(set("at udsætte den", 70.0, 150.0));
        for y in [100.0, 150.0] {
            glyphs.extend(set("•", 55.0, y));
        }
        assert_eq!(texts(&glyphs), ["• at drøfte sagen", "• at udsætte den"]);
    }

    #[test]
    fn leaders_drawn_apart_or_together_collapse_alike() {
        assert_eq!(collapse_leaders("Budget . . . . . . 7"), "Budget.....7");
        assert_eq!(collapse_leaders("Budget ............ 12"), "Budget.....12");
        assert_eq!(collapse_leaders("kl. 9.30 m.m. ..."), "kl. 9.30 m.m. ...");
    }

    #[test]
    fn ligatures_and_soft_hyphens_become_what_is_seen() {
        assert_eq!(normalise_cell("eﬀekt ar\u{ad}"), "effekt ar-");
    }
}
