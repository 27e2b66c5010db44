//! Tells the letters that a reader of the page sees from those that only lie in the file.
//!
//! A black box over a name, white words on white paper, text beside the sheet: nobody who reads the page reads them, so
//! nobody may read them in a letter. What a page shows is what was painted last, so each letter is asked what was painted
//! under it (its background) and over it (a cover). Where that cannot be known, a picture or a gradient below, the letter
//! counts as seen.

use hayro_interpret::kurbo::{BezPath, Point, Rect, Shape as _};

use super::glyphs::Glyph;

/// A colour in red, green, blue and how much of what lies below it hides, all from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ink {
    pub colour: [f32; 3],
    pub alpha: f32,
}

/// How a fill changes what lies below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Paint {
    /// Laid over it.
    Over(Ink),
    /// Multiplied with it, as a text marker does.
    Marker(Ink),
    /// A picture or a gradient without holes: hides, but its colours are not known.
    Opaque,
    /// Anything else: may hide or not.
    Unsure,
}

/// An area that was painted.
#[derive(Clone, Debug)]
pub(super) struct Fill {
    pub area: Area,
    pub paint: Paint,
    /// Painted by an image.
    pub picture: bool,
}

/// Where, in points, y downwards.
#[derive(Clone, Debug)]
pub(super) enum Area {
    Rectangle(Rect),
    /// Within its clip; with the even-odd rule or not.
    Path(BezPath, Rect, bool),
}

/// A letter as it was drawn.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub glyph: Glyph,
    /// Direction of its line, of length 1.
    pub along: (f64, f64),
    pub ink: Option<Ink>,
    /// How many fills were painted before it.
    pub fills_below: usize,
    pub shown: Shown,
}

/// What drawing alone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Painted,
    /// Drawn invisibly on purpose: text recognised on a scan, or a trick.
    Unpainted,
    /// Outside the sheet or its window, or of no size.
    Nowhere,
}

/// What was found out about a page's letters.
#[derive(Debug, Default)]
pub(super) struct Sight {
    /// Seen, or read by a machine on a scan; in the order of drawing.
    pub seen: Vec<Mark>,
    /// Letters and digits that nobody sees.
    pub hidden: usize,
    /// Letters and digits that stand under or over a scan.
    pub recognised: usize,
}

/// Text whose colour is this near to its background's is not seen: 15 of 255 steps.
const CONTRAST: f32 = 0.06;
/// A layer that lets this much through still hides: what is left is under the least contrast.
const HIDING: f32 = 0.88;
/// Pictures on this share of a page make it a scan.
const SCAN: f64 = 0.5;
/// The middle of a small letter above its baseline, in em.
const MIDDLE: f64 = 0.27;
/// What must be covered of a letter, in em above its baseline.
const HEIGHTS: [f64; 3] = [0.1, MIDDLE, 0.45];
/// Paths of more pieces are drawings; nobody covers text with them.
pub(super) const PATH_LIMIT: usize = 2_000;

/// Sorts out a page's letters. `work` is taken down by what it costs; `None` once it is spent.
pub(super) fn look(marks: Vec<Mark>, fills: &[Fill], page: Rect, work: &mut u64) -> Option<Sight> {
    let pictures = fills.iter().filter(|fill| fill.picture).map(|fill| fill.area.bounds().intersect(page).area());
    let scan = pictures.sum::<f64>() >= SCAN * page.area();
    let mut states: Vec<State> = marks.iter().map(|_| State::paper()).collect();
    // Most pages paint nothing but letters and rules.
    let mut by_height: Vec<(f64, usize)> = if fills.is_empty() {
        Vec::new()
    } else {
        marks.iter().enumerate().map(|(index, mark)| (mark.middle(MIDDLE).y, index)).collect()
    };
    by_height.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (number, fill) in fills.iter().enumerate() {
        let bounds = fill.area.bounds();
        let from = by_height.partition_point(|(y, _)| *y < bounds.y0);
        let to = by_height.partition_point(|(y, _)| *y <= bounds.y1);
        let near = by_height.get(from..to).unwrap_or_default();
        *work = work.checked_sub(near.len() as u64 + 1)?;
        for (_, index) in near {
            let (Some(mark), Some(state)) = (marks.get(*index), states.get_mut(*index)) else { continue };
            let middle = mark.middle(MIDDLE);
            if middle.x < bounds.x0 || middle.x > bounds.x1 {
                continue;
            }
            *work = work.checked_sub(fill.area.pieces() as u64)?;
            if mark.fills_below > number {
                if fill.area.contains(middle) {
                    state.background(fill.paint);
                }
                state.on_picture |= fill.picture;
                continue;
            }
            state.on_picture |= fill.picture;
            if fill.paint.hides(mark.ink) {
                // A line struck through a word does not hide it: only what covers its whole height does.
                for (covered, height) in state.cover.iter_mut().zip(HEIGHTS) {
                    *covered |= fill.area.contains(mark.middle(height));
                }
            }
        }
    }
    let mut sight = Sight { seen: Vec::with_capacity(marks.len()), ..Sight::default() };
    let mut lost: Vec<Mark> = Vec::new();
    let mut twins = Twins::new(marks.len());
    for (mark, state) in marks.into_iter().zip(&states) {
        let letter = usize::from(mark.glyph.character.is_alphanumeric());
        let unpainted = mark.shown == Shown::Unpainted;
        if mark.shown != Shown::Nowhere && state.on_picture && (unpainted || state.covered() && scan) {
            sight.recognised += letter;
        } else if unpainted || mark.shown == Shown::Nowhere || state.covered() || !state.stands_out(mark.ink) {
            if letter > 0 {
                lost.push(mark);
            }
            continue;
        }
        if mark.glyph.character.is_whitespace() || !twins.has(&mark.glyph) {
            twins.add(&mark.glyph);
            sight.seen.push(mark);
        }
    }
    *work = work.checked_sub(lost.len() as u64 * sight.seen.len() as u64)?;
    // The white half of a shadow or an outline hides nothing: the same letter is seen there.
    sight.hidden = lost.iter().filter(|mark| !sight.seen.iter().any(|seen| near(seen, mark, 0.25))).count();
    Some(sight)
}

/// Bold by drawing twice and shadows put the same letter in the same place again.
///
/// Each letter looks for its like among the last two hundred: those of its kind are chained, for most are not.
struct Twins {
    /// A letter, its place, and the one before it of its kind, counted from 1.
    places: Vec<(char, f64, f64, usize)>,
    /// The last of each kind, counted from 1; letters whose numbers end alike are of one kind.
    last: [usize; 128],
}

impl Twins {
    fn new(letters: usize) -> Self {
        Self { places: Vec::with_capacity(letters), last: [0; 128] }
    }

    fn kind(character: char) -> usize {
        character as usize % 128
    }

    fn has(&self, glyph: &Glyph) -> bool {
        let reach = 0.1 * glyph.size;
        let first = self.places.len().saturating_sub(200);
        let mut at = self.last.get(Self::kind(glyph.character)).copied().unwrap_or_default();
        while at > first
            && let Some((other, x, y, before)) = self.places.get(at - 1)
        {
            if *other == glyph.character && (y - glyph.y).abs() < reach && (x - glyph.x).abs() < reach {
                return true;
            }
            at = *before;
        }
        false
    }

    fn add(&mut self, glyph: &Glyph) {
        if let Some(last) = self.last.get_mut(Self::kind(glyph.character)) {
            self.places.push((glyph.character, glyph.x, glyph.y, *last));
            *last = self.places.len();
        }
    }
}

fn near(a: &Mark, b: &Mark, share: f64) -> bool {
    a.glyph.character == b.glyph.character
        && (a.glyph.y - b.glyph.y).abs() < share * b.glyph.size
        && (a.glyph.x - b.glyph.x).abs() < share * b.glyph.size
}

impl Mark {
    /// Whether it is printed so faintly that other text may stand over it.
    pub fn is_light(&self) -> bool {
        self.ink.is_none_or(|ink| contrast([1.0; 3], mix([1.0; 3], ink)) < 0.6)
    }

    /// The point in the middle of its width, this share of its size above the baseline.
    fn middle(&self, height: f64) -> Point {
        let (x, y) = self.along;
        let (half, up) = (self.glyph.width / 2.0, height * self.glyph.size);
        Point::new(self.glyph.x + x * half + y * up, self.glyph.y + y * half - x * up)
    }
}

impl Area {
    fn bounds(&self) -> Rect {
        match self {
            Self::Rectangle(rectangle) => *rectangle,
            Self::Path(path, clip, _) => path.control_box().intersect(*clip),
        }
    }

    pub fn pieces(&self) -> usize {
        match self {
            Self::Rectangle(_) => 1,
            Self::Path(path, ..) => path.elements().len(),
        }
    }

    fn contains(&self, point: Point) -> bool {
        match self {
            Self::Rectangle(rectangle) => rectangle.contains(point),
            Self::Path(path, clip, even_odd) => {
                let winding = if clip.contains(point) { path.winding(point) } else { 0 };
                if *even_odd { winding % 2 != 0 } else { winding != 0 }
            }
        }
    }
}

impl Paint {
    /// Whether text of `ink` below it is no longer seen.
    fn hides(self, ink: Option<Ink>) -> bool {
        match self {
            // Black words under a grey veil are seen until it is nearly as black as they are.
            Self::Over(cover) => {
                let through = ink.map_or(1.0, |ink| contrast(ink.colour, [1.0; 3])) * (1.0 - cover.alpha);
                cover.alpha >= HIDING || through < CONTRAST
            }
            Self::Marker(cover) => cover.alpha >= HIDING && cover.colour.iter().all(|part| *part < 1.0 - HIDING),
            Self::Opaque => true,
            Self::Unsure => false,
        }
    }
}

/// What is known about a letter while the fills go by.
struct State {
    /// `None` where it cannot be known.
    background: Option<[f32; 3]>,
    cover: [bool; 3],
    on_picture: bool,
}

impl State {
    fn paper() -> Self {
        Self { background: Some([1.0; 3]), cover: [false; 3], on_picture: false }
    }

    fn covered(&self) -> bool {
        self.cover == [true; 3]
    }

    fn background(&mut self, paint: Paint) {
        self.background = match paint {
            Paint::Over(ink) if ink.alpha > 0.995 => Some(ink.colour),
            Paint::Over(ink) => self.background.map(|below| mix(below, ink)),
            Paint::Marker(ink) => self.background.map(|below| {
                let [r, g, b] = ink.colour;
                let [x, y, z] = below;
                mix(below, Ink { colour: [r * x, g * y, b * z], alpha: ink.alpha })
            }),
            Paint::Opaque | Paint::Unsure => None,
        };
    }

    fn stands_out(&self, ink: Option<Ink>) -> bool {
        match (self.background, ink) {
            (Some(below), Some(ink)) => contrast(below, mix(below, ink)) >= CONTRAST,
            _ => true,
        }
    }
}

fn mix(below: [f32; 3], ink: Ink) -> [f32; 3] {
    let part = |below: f32, above: f32| below + (above - below) * ink.alpha;
    let ([a, b, c], [x, y, z]) = (below, ink.colour);
    [part(a, x), part(b, y), part(c, z)]
}

/// The largest difference in one of the three.
fn contrast(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(&b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
