//! The letters of a page as its reader sees them: upright, in points, without what is hidden.
//!
//! Text that stands across the page (a stamp, a watermark, a file number up the margin) is no line of it: it comes apart,
//! so that it neither breaks into a sentence nor is lost.

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;

use super::collector::{self, Drawn};
use super::tables::{Rule, Upright};
use super::unpack::{self, Excess};
use super::visible::{Mark, look};
use super::work::Work;

/// One letter where it stands, in points, y downwards from the top of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub character: char,
    /// Left end on the baseline.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    /// How far the next one stands to the right.
    pub width: f64,
    /// Font size as it appears.
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
    /// Marked by the generator as a running header or footer.
    pub running: bool,
}

/// What stands on one page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Text that stands across the page or behind it in giant letters.
    pub asides: Vec<String>,
    /// In points.
    pub height: f64,
    /// Horizontal lines and edges, where the page stands upright.
    pub rules: Vec<Rule>,
    /// Vertical ones, by place.
    pub uprights: Vec<Upright>,
    /// Letters that nobody sees, left out.
    pub hidden: usize,
    /// Letters that a machine read from a picture of the page.
    pub recognised: usize,
    /// Something that it is drawn with is damaged.
    pub damaged: bool,
}

/// Why there are no pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Damaged,
    Encrypted,
    TooManyPages,
    TooManyGlyphs,
    TooManyLines,
    TooMuchWork,
    Unpacks,
}

/// Minutes have some dozen pages; a thousand times that is no minutes but an attack or an archive.
pub(super) const PAGE_LIMIT: usize = 10_000;
/// About 3,000 letters stand on a full page, 5,000 on a dense one.
pub(super) const GLYPH_LIMIT: usize = 100_000_000;
/// A full page has about sixty lines; each is kept until the end.
pub(super) const LINE_LIMIT: usize = 1_000_000;
/// One page: a page that draws more is made to be slow.
pub(super) const PAGE_GLYPH_LIMIT: usize = 200_000;

/// Letters this much larger than the page's usual ones and of at least so many points, in a light colour, lie behind it.
const GIANT: f64 = 2.5;
const GIANT_POINTS: f64 = 30.0;

/// Hands each page, in order, to `take`.
pub(super) fn pages(bytes: &[u8], mut take: impl FnMut(Page) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut work = Work::default();
    // A file that was cut off may still give its first pages, and nobody would miss the others.
    if is_cut_off(bytes) {
        return Err(Failure::Damaged);
    }
    unpack::check(bytes).map_err(|excess| match excess {
        Excess::Unpacks => Failure::Unpacks,
        Excess::Damaged => Failure::Damaged,
    })?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption)
        | LoadPdfError::Invalid => Failure::Damaged,
        LoadPdfError::Decryption(_) => Failure::Encrypted,
    })?;
    if pdf.pages().len() > PAGE_LIMIT {
        return Err(Failure::TooManyPages);
    }
    let mut left = GLYPH_LIMIT;
    collector::each_page(&pdf, &mut work, |drawn, work| {
        left = left.checked_sub(drawn.marks.len()).ok_or(Failure::TooManyGlyphs)?;
        take(page(drawn, work)?)
    })
}

/// Whether the file ends before the index that stands behind its last object.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |wanted: &[u8]| memchr::memmem::rfind(bytes, wanted);
    last(b"startxref").is_none_or(|index| last(b"endobj").is_some_and(|object| object > index))
}

fn page(mut drawn: Drawn, work: &mut Work) -> Result<Page, Failure> {
    let sheet = Rect::new(0.0, 0.0, drawn.width, drawn.height);
    let sight = look(std::mem::take(&mut drawn.marks), &drawn.fills, sheet, &mut work.comparisons)
        .ok_or(Failure::TooMuchWork)?;
    let turn = usual_turn(&sight.seen);
    let mut upright = sight.seen;
    let across: Vec<Mark> = upright.extract_if(.., |mark| turn.is_none() || Turn::of(mark) != turn).collect();
    let turn = turn.unwrap_or(Turn::None);
    let mut sizes: Vec<f64> = upright.iter().map(|mark| mark.glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(10.0);
    let giant: Vec<Mark> = upright
        .extract_if(.., |mark| mark.glyph.size >= (GIANT * usual).max(GIANT_POINTS) && mark.is_light())
        .collect();
    let mut asides = strings(&across);
    asides.extend(strings(&giant));
    let (width, height) = (drawn.width, drawn.height);
    let mut uprights = std::mem::take(&mut drawn.uprights);
    uprights.sort_by(|a, b| a.x.total_cmp(&b.x));
    let sideways = matches!(turn, Turn::Down | Turn::Up);
    Ok(Page {
        glyphs: upright.iter().map(|mark| turn.upright(mark.glyph, width, height)).collect(),
        asides,
        height: if sideways { width } else { height },
        rules: if turn == Turn::None { drawn.rules } else { Vec::new() },
        uprights: if turn == Turn::None { uprights } else { Vec::new() },
        hidden: sight.hidden,
        recognised: sight.recognised,
        damaged: drawn.damaged,
    })
}

/// How a line runs over the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    None,
    Down,
    Over,
    Up,
}

impl Turn {
    /// `None` for text that runs askew.
    fn of(mark: &Mark) -> Option<Self> {
        let (x, y) = mark.along;
        // Three degrees: pages that were scanned a little askew are still read.
        match () {
            () if y.abs() < 0.05 => Some(if x > 0.0 { Self::None } else { Self::Over }),
            () if x.abs() < 0.05 => Some(if y > 0.0 { Self::Down } else { Self::Up }),
            () => None,
        }
    }

    /// The glyph where it stands once the sheet is turned so that it can be read.
    fn upright(self, glyph: Glyph, width: f64, height: f64) -> Glyph {
        let (x, y) = match self {
            Self::None => (glyph.x, glyph.y),
            Self::Down => (glyph.y, width - glyph.x),
            Self::Over => (width - glyph.x, height - glyph.y),
            Self::Up => (height - glyph.y, glyph.x),
        };
        Glyph { x, y, ..glyph }
    }
}

/// How most of a page's letters run.
fn usual_turn(marks: &[Mark]) -> Option<Turn> {
    let mut counts = [Turn::None, Turn::Down, Turn::Up, Turn::Over].map(|turn| (0_usize, turn));
    for found in marks.iter().filter_map(Turn::of) {
        counts.iter_mut().filter(|(_, turn)| *turn == found).for_each(|(count, _)| *count += 1);
    }
    counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, turn)| turn)
}

/// Pieces of text in the order of drawing, each along one line.
fn strings(marks: &[Mark]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before: Option<&Mark> = None;
    for mark in marks {
        let gap = before.and_then(|before| {
            let (x, y) = before.along;
            let (across, down) = (mark.glyph.x - before.glyph.x, mark.glyph.y - before.glyph.y);
            let (on, off) = (across * x + down * y - before.glyph.width, down * x - across * y);
            let size = before.glyph.size;
            let same = before.along == mark.along && off.abs() < 0.5 * size && (-0.5 * size..3.0 * size).contains(&on);
            same.then_some(on / size)
        });
        match (gap, found.last_mut()) {
            (Some(gap), Some(text)) => {
                if gap > 0.18 {
                    text.push(' ');
                }
                text.push(mark.glyph.character);
            }
            _ => found.push(mark.glyph.character.to_string()),
        }
        before = Some(mark);
    }
    let clean = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.into_iter().map(clean).filter(|text| text.chars().any(char::is_alphanumeric)).collect()
}
