//! What a whole document tells about its lines: the size of running text, the usual leading, how far lines reach.

use std::collections::BTreeMap;

use super::lines::Line;

/// A heading is at least this much larger than running text.
pub(super) const HEADING_SIZE: f64 = 1.08;

/// What the whole document tells about a page's lines.
pub(super) struct Measures {
    /// Size of most letters.
    pub body: f64,
    /// Most letters are bold.
    pub bold_body: bool,
    /// Sizes of headings, largest first.
    pub headings: Vec<f64>,
    /// Usual leading by page and size, in em; page 0 is the whole document.
    leadings: BTreeMap<(u32, i64), f64>,
    /// Right edge by page and flow.
    edges: BTreeMap<(u32, usize), f64>,
    /// Lines are stretched to the right edge.
    pub justified: bool,
}

#[allow(clippy::cast_possible_truncation)]
pub(super) fn size_key(size: f64) -> i64 {
    (size * 4.0).round() as i64
}

/// How far lines of each flow may reach to the right.
///
/// A flow of short lines has no edge of its own; flows that begin at the same place (the left columns of all pages) share
/// one. Where a page has a column to the right, no line reaches into it.
fn edges(lines: &[Line]) -> BTreeMap<(u32, usize), f64> {
    struct Flow {
        page: u32,
        flow: usize,
        left: f64,
        rights: Vec<f64>,
    }
    let mut flows: Vec<Flow> = Vec::new();
    for line in lines {
        match flows.last_mut().filter(|last| last.page == line.page && last.flow == line.flow) {
            Some(last) => {
                last.left = last.left.min(line.left());
                last.rights.push(line.right());
            }
            None => {
                flows.push(Flow { page: line.page, flow: line.flow, left: line.left(), rights: vec![line.right()] })
            }
        }
    }
    let mut lefts: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| flow.rights.len() > 1) {
        lefts.entry(flow.page).or_default().push(flow.left);
    }
    flows.sort_by(|a, b| a.left.total_cmp(&b.left));
    let document = reach(lines.iter().map(Line::right).collect());
    let mut edges = BTreeMap::new();
    for cluster in flows.chunk_by(|a, b| b.left - a.left < 15.0) {
        let rights: Vec<f64> = cluster.iter().flat_map(|flow| flow.rights.iter().copied()).collect();
        let shared = if rights.len() < 5 { document } else { reach(rights) };
        for flow in cluster {
            let next = lefts.get(&flow.page).into_iter().flatten().copied().filter(|left| *left > flow.left + 50.0);
            let next = next.min_by(f64::total_cmp).unwrap_or(f64::INFINITY);
            let own = reach(flow.rights.clone());
            let edge = if shared < next || own > next { shared } else { own };
            edges.insert((flow.page, flow.flow), edge);
        }
    }
    edges
}

/// How far all but the outermost twentieth of the lines reach.
fn reach(mut rights: Vec<f64>) -> f64 {
    rights.sort_by(f64::total_cmp);
    rights.get(rights.len().saturating_sub(1 + rights.len() / 20)).copied().unwrap_or_default()
}

impl Measures {
    /// How far lines reach where this one stands.
    pub fn edge(&self, line: &Line) -> f64 {
        self.edges.get(&(line.page, line.flow)).copied().unwrap_or_default()
    }

    /// The usual leading around a line, in em: that of its page or of the document, whichever is less.
    pub fn leading(&self, line: &Line) -> f64 {
        let key = size_key(line.size);
        let known = [line.page, 0].into_iter().filter_map(|page| self.leadings.get(&(page, key)).copied());
        known.reduce(f64::min).unwrap_or(1.25).min(2.2)
    }

    /// Of all lines, furniture removed.
    pub fn new(lines: &[Line]) -> Self {
        let mut letters: BTreeMap<i64, (usize, f64)> = BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        let mut leadings: BTreeMap<(u32, i64), Vec<f64>> = BTreeMap::new();
        for line in lines {
            let count = line.text().chars().count();
            let entry = letters.entry(size_key(line.size)).or_insert((0, line.size));
            entry.0 += count;
            all += count;
            bold += if line.bold { count } else { 0 };
        }
        for (a, b) in lines.iter().zip(lines.iter().skip(1)) {
            let leading = (b.y - a.y) / a.size.max(0.1);
            if a.page == b.page
                && a.flow == b.flow
                && size_key(a.size) == size_key(b.size)
                && (0.8..2.6).contains(&leading)
            {
                for page in [a.page, 0] {
                    leadings.entry((page, size_key(a.size))).or_default().push(leading);
                }
            }
        }
        let leadings = leadings
            .into_iter()
            .filter_map(|(key, mut found)| {
                found.sort_by(f64::total_cmp);
                let enough = key.0 == 0 || found.len() >= 6;
                // Where most paragraphs are one line long, most distances are those of paragraphs.
                let place = if key.0 == 0 { found.len() / 10 } else { found.len() / 4 };
                found.get(place).copied().filter(|_| enough).map(|value| (key, value))
            })
            .collect();
        let edges = edges(lines);
        let edge = |line: &Line| edges.get(&(line.page, line.flow)).copied().unwrap_or_default();
        let stretched = lines.iter().filter(|line| (line.right() - edge(line)).abs() < 0.7).count();
        let body = letters.values().max_by_key(|(count, _)| *count).map_or(10.0, |(_, size)| *size);
        let mut headings: Vec<f64> =
            letters.values().map(|(_, size)| *size).filter(|size| *size >= HEADING_SIZE * body).collect();
        headings.sort_by(|a, b| b.total_cmp(a));
        Self { body, bold_body: bold * 2 > all, headings, leadings, edges, justified: stretched * 3 > lines.len() }
    }
}
