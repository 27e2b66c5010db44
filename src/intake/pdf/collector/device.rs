//! What the PDF library draws on: each shape of a page comes by here once, and is kept as letters, areas and lines.

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, SoftMask};

use super::super::visible::{Area, PATH_LIMIT, Paint};
use super::{Collector, LEAST_COVER, Letter, Style, Tag};

/// The box around a path's points once they are moved; a copy of the path may be large.
fn bounds(path: &BezPath, transform: Affine) -> Rect {
    let points = path.elements().iter().flat_map(|element| match *element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => [Some(p), None, None],
        PathEl::QuadTo(p, q) => [Some(p), Some(q), None],
        PathEl::CurveTo(p, q, r) => [Some(p), Some(q), Some(r)],
        PathEl::ClosePath => [None; 3],
    });
    let mut moved = points.flatten().map(|point| transform * point);
    let Some(first) = moved.next() else { return Rect::ZERO };
    moved.fold(Rect::from_points(first, first), |all, point| all.union_pt(point))
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Stroke(stroke) => {
                self.edges(bounds(path, props.transform), true);
                self.stroke(path, &props, stroke.line_width);
            }
            DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => {
                let bounds = bounds(path, props.transform);
                self.edges(bounds, matches!(rule, FillRule::EvenOdd));
                let clip = self.clip();
                let shown = bounds.intersect(clip);
                // A path of very many pieces is a drawing; nobody covers text with it.
                let drawing = path.elements().len() > PATH_LIMIT;
                if shown.width() > LEAST_COVER && shown.height() > LEAST_COVER && !drawing {
                    let paint = self.paint(&props);
                    let path = props.transform * path.clone();
                    self.fill(Area::Path(path, clip, matches!(rule, FillRule::EvenOdd)), paint, false);
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rectangle: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let [_, b, c, ..] = props.transform.as_coeffs();
        let straight = b.abs() < 1e-6 && c.abs() < 1e-6;
        if !straight || !matches!(mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..)) {
            return self.draw_path(&rectangle.to_path(0.1), props, mode);
        }
        let area = props.transform.transform_rect_bbox(*rectangle).intersect(self.clip());
        self.edges(area, false);
        if area.width() > LEAST_COVER && area.height() > LEAST_COVER {
            let paint = self.paint(&props);
            self.fill(Area::Rectangle(area), paint, false);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let inner = self.clip().intersect(clip.path.control_box());
        self.clips.push(inner);
    }

    fn push_clip_rect(&mut self, clip: &Rect) {
        let inner = self.clip().intersect(*clip);
        self.clips.push(inner);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.groups.push((mask.is_none() && blend == BlendMode::Normal).then_some(opacity));
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // All glyphs of a run share their font.
        let font = run.glyphs().iter().find_map(|glyph| match &**glyph {
            Shape::Outline(outline) => outline.font_data(),
            Shape::Type3(_) => None,
        });
        let (mut bold, mut italic) = (matches!(mode, DrawMode::FillAndStroke(..)), false);
        if let Some(font) = font {
            let named = self.look.of(font.postscript_name);
            bold |= font.weight.is_some_and(|weight| weight >= 600) || named.0;
            italic = font.is_italic || named.1;
        }
        let plain = props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        let ink = if plain { self.ink(&props.paint) } else { None };
        let style = Style { bold, italic, ink, unpainted: matches!(mode, DrawMode::Invisible) };
        let mut letters: Vec<Letter> = Vec::new();
        for glyph in run.glyphs() {
            let code = glyph.char_code();
            let known = letters.iter().position(|letter| letter.code == code);
            let letter = known.unwrap_or_else(|| {
                // A line of no language has more; looking through them would cost more than it saves.
                if letters.len() >= 64 {
                    letters.clear();
                }
                letters.push(Letter::of(glyph, code));
                letters.len() - 1
            });
            if let Some(letter) = letters.get(letter) {
                self.take(letter, props.transform * glyph.transform(), style);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(pixels);
        let holes = match &image {
            Image::Stencil(_) => true,
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                [b"SMask".as_slice(), b"Mask", b"SMaskInData"].iter().any(|key| dict.contains_key(key))
            }
        };
        let sure = !holes && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        let sure = sure && self.opacity().is_some_and(|opacity| opacity > 0.85);
        let paint = if sure { Paint::Opaque } else { Paint::Unsure };
        self.fill(Area::Rectangle(area.intersect(self.clip())), paint, true);
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let name = |key: &[u8]| properties.and_then(|properties| properties.get::<Name<'_>>(key));
        let actual = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let soft = actual.is_some_and(|text| matches!(text.as_bytes(), [0xad] | [0xfe, 0xff, 0, 0xad]));
        let pagination = tag == b"Artifact" && name(b"Type").is_some_and(|kind| &*kind == b"Pagination");
        self.tags.push(match () {
            () if soft => Tag::SoftHyphen,
            () if pagination => Tag::Running,
            () => Tag::Other,
        });
    }

    fn end_marked_content(&mut self) {
        self.tags.pop();
    }
}
