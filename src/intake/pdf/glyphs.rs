//! Takes the glyphs of a page out of the file: the one place that touches the PDF library.
//!
//! The library is young and renames things; all of its types stay in here, so that an update touches one file.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

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
}

/// What stands on one page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// In points.
    pub height: f64,
}

/// Why there are no pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Damaged,
    Encrypted,
    TooManyPages,
    TooManyGlyphs,
}

/// Minutes have some dozen pages; a thousand times that is no minutes but an attack or an archive.
pub(super) const PAGE_LIMIT: usize = 10_000;
/// About 3,000 letters stand on a full page.
pub(super) const GLYPH_LIMIT: usize = 40_000_000;
/// One page: a page that draws more is made to be slow.
const PAGE_GLYPH_LIMIT: usize = 1_000_000;

/// Hands each page, in order, to `take`.
pub(super) fn pages(bytes: &[u8], mut take: impl FnMut(Page)) -> Result<(), Failure> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption)
        | LoadPdfError::Invalid => Failure::Damaged,
        LoadPdfError::Decryption(_) => Failure::Encrypted,
    })?;
    if pdf.pages().len() > PAGE_LIMIT {
        return Err(Failure::TooManyPages);
    }
    let cache = InterpreterCache::new();
    let mut left = GLYPH_LIMIT;
    for page in pdf.pages().iter() {
        let read = read_page(page, &pdf, &cache);
        left = left.checked_sub(read.glyphs.len()).ok_or(Failure::TooManyGlyphs)?;
        if read.glyphs.len() >= PAGE_GLYPH_LIMIT {
            return Err(Failure::TooManyGlyphs);
        }
        take(read);
    }
    Ok(())
}

fn read_page<'a>(page: &PdfPage<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context =
        Context::new(transform, Rect::new(0.0, 0.0, width, height), cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector { glyphs: Vec::new(), width, height };
    interpret_page(page, &mut context, &mut collector);
    Page { glyphs: collector.glyphs, height }
}

struct Collector {
    glyphs: Vec<Glyph>,
    width: f64,
    height: f64,
}

impl Collector {
    fn take(&mut self, drawn: &Drawn<'_>, place: Affine, bold: bool, italic: bool) {
        let origin = place * Point::ZERO;
        let [a, b, c, d, ..] = place.as_coeffs();
        // Slanted or upright text (a stamp, a margin note) is no line of the page.
        if b.abs() > 0.05 * a.abs() || !origin.is_finite() || a <= 0.0 {
            return;
        }
        let size = Vec2::new(c, d).hypot() * 1000.0;
        let advance = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let width = f64::from(advance.unwrap_or(500.0)) * a;
        let outside = origin.x < -1.0 || origin.y < -1.0 || origin.x > self.width + 1.0 || origin.y > self.height + 1.0;
        if outside || !size.is_finite() || !width.is_finite() || size < 0.5 || self.glyphs.len() >= PAGE_GLYPH_LIMIT {
            return;
        }
        let glyph = |character, x, width| Glyph { character, x, y: origin.y, width, size, bold, italic };
        match drawn.as_unicode() {
            Some(BfString::Char(character)) => self.push(glyph(character, origin.x, width)),
            Some(BfString::String(text)) => {
                let count = text.chars().count().max(1);
                #[allow(clippy::cast_precision_loss)]
                let part = width / count as f64;
                let mut x = origin.x;
                for character in text.chars() {
                    self.push(glyph(character, x, part));
                    x += part;
                }
            }
            None => self.push(glyph('\u{fffd}', origin.x, width)),
        }
    }

    /// Bold by drawing twice and shadows put the same letter in the same place again.
    fn push(&mut self, glyph: Glyph) {
        let twin = self.glyphs.iter().rev().take(200).any(|other| {
            other.character == glyph.character
                && (other.y - glyph.y).abs() < 0.1 * glyph.size
                && (other.x - glyph.x).abs() < 0.1 * glyph.size
        });
        if !twin || glyph.character.is_whitespace() {
            self.glyphs.push(glyph);
        }
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // All glyphs of a run share their font.
        let font = run.glyphs().iter().find_map(|glyph| match &**glyph {
            Drawn::Outline(outline) => outline.font_data(),
            Drawn::Type3(_) => None,
        });
        let (mut bold, mut italic) = (matches!(mode, DrawMode::FillAndStroke(..)), false);
        if let Some(font) = font {
            let name = font.postscript_name.unwrap_or_default().to_lowercase();
            let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
            bold |= font.weight.is_some_and(|weight| weight >= 600) || named(&["bold", "black", "heavy", "demi"]);
            italic = font.is_italic || named(&["italic", "oblique"]);
        }
        for glyph in run.glyphs() {
            self.take(glyph, props.transform * glyph.transform(), bold, italic);
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
