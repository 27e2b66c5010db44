//! Takes the letters and the painted areas of a page out of the file: with `work` the one place that touches the PDF
//! library, which is young and renames things.

mod device;

use hayro_interpret::font::Glyph as Shape;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, Context, DrawProps, InterpreterCache, InterpreterSettings, Paint as PdfPaint, RenderContent, interpret,
    interpret_page,
};

use super::glyphs::{Failure, Glyph, PAGE_GLYPH_LIMIT};
use super::tables::{Rule, Upright};
use super::visible::{Area, Fill, Ink, Mark, Paint, Shown};
use super::work::Work;

/// What was drawn on a page, in points, y downwards from its top.
#[derive(Default)]
pub(super) struct Drawn {
    pub marks: Vec<Mark>,
    pub fills: Vec<Fill>,
    pub rules: Vec<Rule>,
    pub uprights: Vec<Upright>,
    pub width: f64,
    pub height: f64,
    /// Something that it is drawn with is damaged, and some of it may be missing or wrong.
    pub damaged: bool,
}

/// Text smaller than this is not seen.
const LEAST_SIZE: f64 = 0.8;
/// Thinner areas are rules, they hide nothing.
const LEAST_COVER: f64 = 0.7;
/// A shorter line parts no rows.
const LEAST_RULE: f64 = 15.0;
const LEAST_UPRIGHT: f64 = 6.0;
/// More lines are no tables but a drawing.
const RULE_LIMIT: usize = 20_000;
/// A page that paints more areas, or areas of more pieces together, is made to be slow.
const FILL_LIMIT: usize = 500_000;
const PIECE_LIMIT: usize = 1_000_000;
/// Fonts named by pages since the last time that fonts were forgotten; a few on each page.
const CACHED_FONTS: usize = 1_000;

/// Draws page by page and hands over what was drawn.
pub(super) fn each_page(
    pdf: &Pdf,
    work: &mut Work,
    mut take: impl FnMut(Drawn, &mut Work) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut cache = InterpreterCache::new();
    let mut fonts = 0;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let sheet = Rect::new(0.0, 0.0, width, height);
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut collector = Collector::new(sheet);
        let content = work.content(page)?;
        // The library keeps each font it has seen; documents that were put together have new ones on every page.
        fonts += content.fonts;
        if fonts > CACHED_FONTS {
            cache = InterpreterCache::new();
            fonts = content.fonts;
        }
        let context = |part| {
            let settings = InterpreterSettings { render_content: part, ..InterpreterSettings::default() };
            Context::new(transform, sheet, &cache, pdf.xref(), settings)
        };
        let instructions = TypedIter::new(&content.instructions);
        interpret(instructions, page.resources(), &mut context(RenderContent::PAGE), &mut collector);
        if page.raw().contains_key(b"Annots") {
            interpret_page(page, &mut context(RenderContent::ANNOTATIONS), &mut collector);
            collector.bare_annotations(page, transform);
        }
        if collector.spilled {
            return Err(Failure::TooManyGlyphs);
        }
        take(
            Drawn {
                marks: collector.marks,
                fills: collector.fills,
                rules: collector.rules,
                uprights: collector.uprights,
                width,
                height,
                damaged: content.damaged,
            },
            work,
        )?;
    }
    Ok(())
}

struct Collector {
    marks: Vec<Mark>,
    fills: Vec<Fill>,
    rules: Vec<Rule>,
    uprights: Vec<Upright>,
    sheet: Rect,
    /// Windows through which is drawn, each within the one before.
    clips: Vec<Rect>,
    /// Opacity of each group, `None` where it mixes in a way that cannot be told.
    groups: Vec<Option<f32>>,
    /// What the generator says about the text that follows.
    tags: Vec<Tag>,
    /// Pieces of all fills.
    pieces: usize,
    /// More was drawn than a page has.
    spilled: bool,
    look: Look,
}

#[derive(Clone, Copy, PartialEq)]
enum Tag {
    Other,
    /// A running header or footer.
    Running,
    /// A hyphen that stands there only because the line ends.
    SoftHyphen,
}

impl Collector {
    fn new(sheet: Rect) -> Self {
        Self {
            marks: Vec::new(),
            fills: Vec::new(),
            rules: Vec::new(),
            uprights: Vec::new(),
            sheet,
            clips: Vec::new(),
            groups: Vec::new(),
            tags: Vec::new(),
            pieces: 0,
            spilled: false,
            look: Look::default(),
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.sheet)
    }

    /// Opacity of all groups; `None` where it cannot be told.
    fn opacity(&self) -> Option<f32> {
        self.groups.iter().copied().try_fold(1.0, |all, group| Some(all * group?))
    }

    fn ink(&self, paint: &PdfPaint<'_>) -> Option<Ink> {
        match paint {
            PdfPaint::Color(color) => {
                let [red, green, blue, alpha] = color.to_rgba().components();
                Some(Ink { colour: [red, green, blue], alpha: alpha * self.opacity()? })
            }
            PdfPaint::Pattern(_) => None,
        }
    }

    fn fill(&mut self, area: Area, paint: Paint, picture: bool) {
        self.pieces += area.pieces();
        if self.fills.len() >= FILL_LIMIT || self.pieces > PIECE_LIMIT {
            self.spilled = true;
            return;
        }
        self.fills.push(Fill { area, paint, picture });
    }

    /// The edges of what was drawn, which may part rows of a table and, where lines were drawn, its cells.
    fn edges(&mut self, drawn: Rect, lines: bool) {
        let drawn = drawn.intersect(self.clip());
        let full = self.rules.len().max(self.uprights.len()) >= RULE_LIMIT;
        let (flat, narrow) = (drawn.height() < 3.0, drawn.width() < 3.0);
        if drawn.width() >= LEAST_RULE && !full {
            for y in if flat { vec![drawn.center().y] } else { vec![drawn.y0, drawn.y1] } {
                self.rules.push(Rule { left: drawn.x0, right: drawn.x1, y });
            }
        }
        // A text marker's area ends between words too, and parts no cells.
        if drawn.height() >= LEAST_UPRIGHT && (lines || narrow) && !full {
            for x in if narrow { vec![drawn.center().x] } else { vec![drawn.x0, drawn.x1] } {
                self.uprights.push(Upright { x, top: drawn.y0, bottom: drawn.y1 });
            }
        }
    }

    /// Fills without an appearance of their own, which a viewer paints all the same, and places marked to be blackened:
    /// somebody meant to, so nobody may read them.
    fn bare_annotations(&mut self, page: &PdfPage<'_>, transform: Affine) {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return };
        for annotation in annotations.iter::<Dict<'_>>() {
            let kind = annotation.get::<Name<'_>>(b"Subtype");
            let kind = kind.as_deref().unwrap_or_default();
            let painted = matches!(kind, b"Square" | b"Circle" | b"Polygon")
                && !annotation.contains_key(b"AP")
                && annotation.get::<Array<'_>>(b"IC").is_some_and(|colour| colour.iter::<f32>().next().is_some())
                && annotation.get::<f32>(b"CA").is_none_or(|opacity| opacity > 0.85);
            let Some(place) = annotation.get::<PdfRect>(b"Rect").filter(|_| painted || kind == b"Redact") else {
                continue;
            };
            let place = transform.transform_rect_bbox(Rect::new(place.x0, place.y0, place.x1, place.y1).abs());
            self.fill(Area::Rectangle(place), Paint::Opaque, false);
        }
    }

    fn take(&mut self, letter: &Letter, place: Affine, style: Style) {
        let origin = place * Point::ZERO;
        let [a, b, c, d, ..] = place.as_coeffs();
        let along = Vec2::new(a, b);
        let length = along.hypot();
        if !origin.is_finite() || !length.is_finite() || self.marks.len() >= PAGE_GLYPH_LIMIT {
            self.spilled |= self.marks.len() >= PAGE_GLYPH_LIMIT;
            return;
        }
        // How high letters stand over their line, whether they lean or not.
        let size = if length > 0.0 { (a * d - b * c).abs() / length * 1000.0 } else { 0.0 };
        let width = letter.advance * length;
        if !size.is_finite() || !width.is_finite() {
            return;
        }
        let along = if length > 0.0 { (along.x / length, along.y / length) } else { (1.0, 0.0) };
        let middle = origin + Vec2::new(along.0, along.1) * (width / 2.0);
        let window = self.clip().intersect(self.sheet).inflate(1.0, 1.0);
        let shown = match () {
            () if size < LEAST_SIZE || length * 1000.0 < 0.1 * size || !window.contains(middle) => Shown::Nowhere,
            () if style.unpainted => Shown::Unpainted,
            () => Shown::Painted,
        };
        let running = self.tags.contains(&Tag::Running);
        let soft = self.tags.contains(&Tag::SoftHyphen);
        let mut push = |character, x: f64, y: f64, width| {
            let character = match character {
                '-' | '\u{2010}' | '\u{ad}' if soft => '\u{ad}',
                // What a font calls a soft hyphen and draws is a hyphen like any other; what it does not draw is none.
                '\u{ad}' if width < 0.15 * size => return,
                '\u{ad}' => '\u{2010}',
                other => other,
            };
            let glyph = Glyph { character, x, y, width, size, bold: style.bold, italic: style.italic, running };
            self.marks.push(Mark { glyph, along, ink: style.ink, fills_below: self.fills.len(), shown });
        };
        match &letter.text {
            Some(BfString::Char(character)) => push(*character, origin.x, origin.y, width),
            Some(BfString::String(text)) => {
                let count = text.chars().count().max(1);
                #[allow(clippy::cast_precision_loss)]
                let part = width / count as f64;
                let mut at = origin;
                for character in text.chars() {
                    push(character, at.x, at.y, part);
                    at += Vec2::new(along.0, along.1) * part;
                }
            }
            None => push('\u{fffd}', origin.x, origin.y, width),
        }
    }

    /// Lines so thick that they hide what they are drawn over.
    fn stroke(&mut self, path: &BezPath, props: &DrawProps<'_>, width: f32) {
        let [a, b, c, d, ..] = props.transform.as_coeffs();
        let half = f64::from(width) * Vec2::new(a, b).hypot().max(Vec2::new(c, d).hypot()) / 2.0;
        let paint = self.paint(props);
        if half < 1.5 || !half.is_finite() || paint == Paint::Unsure {
            return;
        }
        let mut at = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(to) => at = to,
                PathEl::LineTo(to) => {
                    let (from, end) = (props.transform * at, props.transform * to);
                    let line = Rect::from_points(from, end);
                    let area = match () {
                        () if line.height() < 0.5 => line.inflate(0.0, half),
                        () if line.width() < 0.5 => line.inflate(half, 0.0),
                        () => continue,
                    };
                    self.fill(Area::Rectangle(area.intersect(self.clip())), paint, false);
                    at = to;
                }
                _ => {}
            }
        }
    }

    fn paint(&self, props: &DrawProps<'_>) -> Paint {
        if props.soft_mask.is_some() || self.opacity().is_none() {
            return Paint::Unsure;
        }
        match (self.ink(&props.paint), props.blend_mode) {
            (Some(ink), BlendMode::Normal) => Paint::Over(ink),
            (Some(ink), BlendMode::Multiply | BlendMode::Darken | BlendMode::ColorBurn) => Paint::Marker(ink),
            _ => Paint::Unsure,
        }
    }
}

/// How a font looks. Some generators draw each letter as a run of its own, so the last answer is kept.
#[derive(Default)]
struct Look {
    name: Option<String>,
    bold: bool,
    italic: bool,
}

impl Look {
    /// Whether the letters of a font of this name are bold and whether they lean, by what the name says.
    fn of(&mut self, name: Option<String>) -> (bool, bool) {
        if self.name != name {
            let lower = name.as_deref().unwrap_or_default().to_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
            self.bold = says(&["bold", "black", "heavy", "demi"]);
            self.italic = says(&["italic", "oblique"]);
            self.name = name;
        }
        (self.bold, self.italic)
    }
}

/// What a code in a run stands for: the library looks it up in several tables, and most letters of a line recur.
struct Letter {
    code: u32,
    text: Option<BfString>,
    /// In thousandths of an em.
    advance: f64,
}

impl Letter {
    fn of(drawn: &Shape<'_>, code: u32) -> Self {
        let advance = match drawn {
            Shape::Outline(glyph) => glyph.advance_width(),
            Shape::Type3(glyph) => glyph.advance_width(),
        };
        Self { code, text: drawn.as_unicode(), advance: f64::from(advance.unwrap_or(500.0)) }
    }
}

/// How the letters of a run look.
#[derive(Clone, Copy)]
struct Style {
    bold: bool,
    italic: bool,
    ink: Option<Ink>,
    unpainted: bool,
}
