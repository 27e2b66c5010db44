//! Lines of a table become its rows: what wraps within a cell is one cell again.
//!
//! A row is told from the next by the rule between them where the table has rules, else by the wider gap and by whether
//! the words would have fitted on the line before. Cells are told by the places where they begin, so a justified line
//! with wide blanks is no row.

use super::lines::{Cell, Line};
use crate::intake::{is_contents_line, lists};

/// A horizontal line or edge that was drawn, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub left: f64,
    pub right: f64,
    pub y: f64,
}

/// A vertical line or edge that was drawn, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Upright {
    pub x: f64,
    pub top: f64,
    pub bottom: f64,
}

/// Rows of one table are at most so many lines apart.
const REACH: usize = 8;

/// The lines of a page, those of a row joined.
pub(super) fn join(lines: Vec<Line>, rules: &[Rule]) -> Vec<Line> {
    let seeds = seeds(&lines);
    if !seeds.contains(&true) {
        return lines;
    }
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let rules = sorted.as_slice();
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let Some(end) = region(&lines, &seeds, at) else {
            out.extend(lines.get(at).cloned());
            at += 1;
            continue;
        };
        let start = out.len();
        let table = lines.get(at..end).unwrap_or_default();
        let shape = Shape::of(table, rules);
        let table: Vec<Line> = table.iter().map(|line| shape.whole_cells(line)).collect();
        let gap = |index: usize| {
            let (line, next) = (table.get(index)?, table.get(index + 1)?);
            Some(next.y - line.y)
        };
        for (index, line) in table.iter().enumerate() {
            let before = index.checked_sub(2).and_then(gap);
            match out.get_mut(start..).and_then(<[Line]>::last_mut) {
                Some(row) if shape.same_row(row, line, before, gap(index), rules) => row.absorb(line),
                _ => out.push(Line { row: true, ..line.clone() }),
            }
        }
        for row in out.iter_mut().skip(start) {
            let label = row.cells.first().is_some_and(|cell| cell.text.ends_with(':') || is_marker(&cell.text));
            row.row = row.cells.len() > 1 && !label;
        }
        at = end;
    }
    out
}

/// Lines of several cells, of which another begins or ends in the same places.
fn seeds(lines: &[Line]) -> Vec<bool> {
    let mut seeds = vec![false; lines.len()];
    for (index, line) in lines.iter().enumerate() {
        if line.cells.len() < 2 || is_contents_line(&line.text()) {
            continue;
        }
        for (other, next) in lines.iter().enumerate().skip(index + 1).take(REACH) {
            if next.flow == line.flow && next.y - line.y < 14.0 * line.size && aligned(line, next) {
                for index in [index, other] {
                    if let Some(seed) = seeds.get_mut(index) {
                        *seed = true;
                    }
                }
            }
        }
    }
    seeds
}

fn aligned(a: &Line, b: &Line) -> bool {
    let near = |a: f64, b: f64, size: f64| (a - b).abs() < 0.4 * size;
    !is_contents_line(&b.text())
        && a.cells.iter().skip(1).any(|cell| {
            // Justified lines all end at the same place; only figures are set by their right end.
            b.cells.iter().skip(1).any(|other| {
                near(cell.left, other.left, a.size)
                    || near(cell.right, other.right, a.size) && is_figure(&cell.text) && is_figure(&other.text)
            })
        })
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().filter(|c| c.is_alphabetic()).count() < 4
}

/// Where the table that begins at `start` ends, if one does.
fn region(lines: &[Line], seeds: &[bool], start: usize) -> Option<usize> {
    let first = lines.get(start)?;
    let seed = |index: usize| seeds.get(index).copied().unwrap_or_default();
    // A label in the middle or at the foot of a row stands below the first line of the row's other cells.
    let ahead = (start + 1..start + 5).find(|ahead| {
        let close = lines.get(ahead - 1).zip(lines.get(*ahead)).is_some_and(|(line, next)| {
            next.flow == first.flow && (-0.1..1.6).contains(&((next.y - line.y) / first.size.max(0.1)))
        });
        seed(*ahead) || !close
    });
    let leads = first.cells.len() == 1
        && ahead.filter(|ahead| seed(*ahead)).and_then(|ahead| lines.get(ahead)).is_some_and(|next| {
            next.flow == first.flow
                && next.y - first.y < 5.0 * first.size
                && next.cells.iter().skip(1).any(|cell| (cell.left - first.left()).abs() < 0.6 * first.size)
        });
    if !seed(start) && !leads {
        return None;
    }
    let mut lefts: Vec<f64> = Vec::new();
    let (mut end, mut last_seed) = (start, start);
    for (index, line) in lines.iter().enumerate().skip(start) {
        if line.flow != first.flow {
            break;
        }
        if seed(index) {
            lefts.extend(line.cells.iter().map(|cell| cell.left));
            last_seed = index;
            end = index + 1;
            continue;
        }
        let close = lines
            .get(index.saturating_sub(1))
            .is_none_or(|before| index == start || line.y - before.y < 2.2 * line.size);
        // Ahead of the first row nothing is known yet; its columns are those of the row.
        let known = lefts.is_empty()
            || line.cells.iter().all(|cell| lefts.iter().any(|left| (left - cell.left).abs() < 0.6 * line.size));
        if !close || !known || index - last_seed > REACH {
            break;
        }
        // What stands in the first column alone and far below is text again.
        end = index + 1;
    }
    // Behind the last row only what wraps out of it.
    let table_left = lefts.iter().copied().fold(f64::INFINITY, f64::min);
    while end > last_seed + 1
        && lines.get(end - 1).is_some_and(|line| {
            let before = lines.get(end - 2);
            let tight = before.is_some_and(|before| line.y - before.y < 1.5 * line.size);
            !tight || line.left() < table_left + 0.6 * line.size
        })
    {
        end -= 1;
    }
    Some(end)
}

/// What the lines of one table have in common.
struct Shape {
    ruled: bool,
    /// The least distance of two lines.
    tight: f64,
    /// Some lines are clearly further apart than the least.
    padded: bool,
    left: f64,
    /// Where cells begin, ascending.
    lefts: Vec<f64>,
    right: f64,
}

impl Shape {
    fn of(table: &[Line], rules: &[Rule]) -> Self {
        let pairs = || table.iter().zip(table.iter().skip(1));
        let gaps: Vec<f64> = pairs().map(|(a, b)| b.y - a.y).filter(|gap| *gap > 3.0).collect();
        let size = table.first().map_or(10.0, |line| line.size);
        let tight = gaps.iter().copied().filter(|gap| *gap > 0.9 * size).fold(f64::INFINITY, f64::min);
        let mut starts: Vec<(f64, &str)> = table
            .iter()
            .filter(|line| line.cells.len() > 1)
            .flat_map(|line| &line.cells)
            .map(|cell| (cell.left, cell.text.as_str()))
            .collect();
        starts.sort_by(|a, b| a.0.total_cmp(&b.0));
        // A place where only one cell begins is a wide blank, and so is one where the same word stands flush right twice.
        let lefts: Vec<f64> = starts
            .chunk_by(|a, b| b.0 - a.0 < 0.6 * size)
            .filter(|same| same.len() > 2 || same.first().map(|first| first.1) != same.last().map(|last| last.1))
            .filter_map(|same| same.first().map(|first| first.0))
            .collect();
        Self {
            ruled: pairs().any(|(a, b)| ruled_off(a, b, rules)),
            tight,
            padded: gaps.iter().any(|gap| *gap > 1.2 * tight),
            left: lefts.first().copied().unwrap_or_default(),
            lefts,
            right: table.iter().map(Line::right).fold(0.0, f64::max),
        }
    }

    /// The line with only those cells apart that begin where cells of other lines do.
    fn whole_cells(&self, line: &Line) -> Line {
        let known = |cell: &Cell| {
            self.lefts.iter().any(|left| (left - cell.left).abs() < 0.6 * line.size) || is_figure(&cell.text)
        };
        let mut cells: Vec<Cell> = Vec::new();
        for cell in &line.cells {
            match cells.last_mut() {
                Some(last) if !known(cell) => {
                    last.text = format!("{} {}", last.text, cell.text);
                    last.right = cell.right;
                    last.last_right = cell.right;
                }
                _ => cells.push(cell.clone()),
            }
        }
        Line { cells, ..line.clone() }
    }

    /// Whether `line` goes on in the cells of `row`; `before` and `after` are the distances of the row's last line from
    /// the one above and of `line` from the one below.
    fn same_row(&self, row: &Line, line: &Line, before: Option<f64>, after: Option<f64>, rules: &[Rule]) -> bool {
        let gap = line.y - row.last_y;
        if gap < 0.7 * line.size {
            return true;
        }
        if gap > 1.7 * line.size {
            return false;
        }
        if self.ruled {
            return !ruled_off(row, line, rules);
        }
        let wraps = line.cells.iter().all(|cell| {
            let Some(above) = row.cells.iter().find(|above| overlap(above, cell)) else { return true };
            let next = self.lefts.iter().copied().find(|left| *left > cell.left + line.size);
            let limit = next.map_or(self.right, |left| left - 0.3 * line.size);
            above.last_right + 0.25 * line.size + cell.first_word > limit - 0.3 * line.size
        });
        let labelled = |line: &Line| line.left() < self.left + 0.6 * line.size;
        let nearer = |other: Option<f64>| other.is_none_or(|other| gap < 0.85 * other);
        wraps
            && match (labelled(row), labelled(line)) {
                (true, true) => self.padded && gap < 1.12 * self.tight && nearer(before.or(after)),
                (_, false) => !after.is_some_and(|after| after < 0.85 * gap),
                (false, true) => nearer(before),
            }
    }
}

/// Whether a rule lies between the baseline of one and the letters of the other.
fn ruled_off(a: &Line, b: &Line, rules: &[Rule]) -> bool {
    let (from, to) = (a.last_y - 0.1 * a.size, b.y - 0.45 * b.size);
    let first = rules.partition_point(|rule| rule.y < from);
    let middle = (b.left() + b.left() + b.size) / 2.0;
    rules.iter().skip(first).take_while(|rule| rule.y <= to).any(|rule| rule.left <= middle && rule.right >= middle)
}

fn overlap(a: &Cell, b: &Cell) -> bool {
    a.left < b.right && b.left < a.right
}

impl Line {
    /// Puts the cells of a further line of the same row where they belong.
    fn absorb(&mut self, line: &Line) {
        for cell in &line.cells {
            match self.cells.iter_mut().find(|above| overlap(above, cell)) {
                Some(above) => {
                    above.more.push(cell.text.clone());
                    above.left = above.left.min(cell.left);
                    above.right = above.right.max(cell.right);
                    above.last_right = cell.right;
                }
                None => {
                    let place = self.cells.partition_point(|other| other.left < cell.left);
                    self.cells.insert(place, cell.clone());
                }
            }
        }
        self.last_y = line.y;
        self.bold &= line.bold;
        self.italic &= line.italic;
    }
}

/// A cell that only marks what stands behind it: "•", "1.", "a)".
pub(super) fn is_marker(cell: &str) -> bool {
    lists::marker(&format!("{cell} X")).is_some_and(|length| length == cell.len() + 1)
}
