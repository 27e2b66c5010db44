//! Keeps a file that was made to be slow from being slow: what reading it costs is known before it is read.
//!
//! A few bytes can unpack to gigabytes, and a drawing that draws another one twice, fifty levels deep, never ends. No
//! clock is asked (the same file must always give the same result): work is counted and has a limit far above any minutes.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use super::glyphs::Failure;
use super::streams::{instructions, is_whole_font};

/// Bytes of drawing instructions in a document, each counted as often as it is drawn: a full page has about 10,000.
pub(super) const LIMIT: usize = 1_000_000_000;
/// Comparisons of a letter with a painted area.
const COMPARISONS: u64 = 2_000_000_000;
/// Forms within forms; viewers go no deeper than 28.
const DEPTH: usize = 40;

/// Fonts that a page and its forms may name: the library keeps them all.
const FONTS: usize = 500;

/// What may still be done for a document.
pub(super) struct Work {
    pub comparisons: u64,
    instructions: u64,
    forms: BTreeMap<ObjectIdentifier, Form>,
    /// Whether each font is whole.
    fonts: BTreeMap<ObjectIdentifier, bool>,
    /// Fonts that the page names, and forms it draws.
    named: usize,
    seen: BTreeSet<ObjectIdentifier>,
    /// Something that the page is drawn with is damaged.
    damaged: bool,
}

/// What is known about a form.
#[derive(Clone, Copy)]
enum Form {
    /// Being looked through, so that one that draws itself is seen.
    Open,
    Known {
        cost: u64,
        /// Fonts that it names.
        fonts: usize,
        damaged: bool,
    },
}

/// What draws a page.
pub(super) struct Content {
    pub instructions: Vec<u8>,
    /// Fonts that it names.
    pub fonts: usize,
    pub damaged: bool,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            comparisons: COMPARISONS,
            instructions: LIMIT as u64,
            forms: BTreeMap::new(),
            fonts: BTreeMap::new(),
            named: 0,
            seen: BTreeSet::new(),
            damaged: false,
        }
    }
}

impl Work {
    /// The instructions that draw a page, when there is work left for them.
    pub fn content(&mut self, page: &Page<'_>) -> Result<Content, Failure> {
        (self.named, self.damaged) = (0, false);
        self.seen.clear();
        let mut content = Vec::new();
        if let Some(stream) = page.raw().get::<Stream<'_>>(b"Contents") {
            content = self.unpack(&stream)?;
        } else if let Some(streams) = page.raw().get::<Array<'_>>(b"Contents") {
            let mut found = 0;
            for stream in streams.iter::<Stream<'_>>() {
                content.extend(self.unpack(&stream)?);
                content.push(b'\n');
                found += 1;
            }
            self.damaged |= streams.raw_iter().count() != found;
        } else {
            self.damaged |= page.raw().contains_key(b"Contents");
        }
        let mut cost = self.cost(&content, page.resources(), 0)?;
        if let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") {
            for annotation in annotations.iter::<Dict<'_>>() {
                let looks = annotation.get::<Dict<'_>>(b"AP").and_then(|looks| looks.get::<Object<'_>>(b"N"));
                let Some(Object::Stream(form)) = looks else { continue };
                cost = cost.saturating_add(self.form(&form, page.resources(), 0)?);
            }
        }
        self.instructions = self.instructions.checked_sub(cost).ok_or(Failure::TooMuchWork)?;
        Ok(Content { instructions: content, fonts: self.named, damaged: self.damaged })
    }

    fn unpack(&mut self, stream: &Stream<'_>) -> Result<Vec<u8>, Failure> {
        let unpacked = instructions(stream)?;
        self.damaged |= !unpacked.whole;
        Ok(unpacked.bytes)
    }

    /// Looks at the fonts that a page or a form names.
    fn look_at_fonts(&mut self, resources: &Resources<'_>) -> Result<(), Failure> {
        for name in resources.fonts.keys() {
            self.named += 1;
            if self.named > FONTS {
                return Err(Failure::TooMuchWork);
            }
            let Some(font) = resources.fonts.get::<Dict<'_>>(&*name) else { continue };
            let known = font.obj_id().and_then(|id| self.fonts.get(&id).copied());
            let whole = match known {
                Some(whole) => whole,
                None => is_whole_font(&font)?,
            };
            self.damaged |= !whole;
            if let Some(id) = font.obj_id() {
                self.fonts.insert(id, whole);
            }
        }
        Ok(())
    }

    /// Bytes of instructions with those of all forms they draw, unless forms draw themselves or lie too deep.
    fn cost(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Result<u64, Failure> {
        self.look_at_fonts(resources)?;
        let mut cost = content.len() as u64 + 100;
        if resources.x_objects.is_empty() && resources.patterns.is_empty() && resources.shadings.is_empty() {
            return Ok(cost);
        }
        let mut instructions = TypedIter::new(content);
        let mut names: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        while let Some(instruction) = instructions.next() {
            let mut one = |kind: u8, name: &Name<'_>| {
                let mut key = vec![kind];
                key.extend_from_slice(name);
                *names.entry(key).or_default() += 1;
            };
            match instruction {
                TypedInstruction::XObject(x) => one(0, x.0),
                TypedInstruction::Shading(shading) => one(1, shading.0),
                TypedInstruction::NonStrokeColorNamed(colour) => colour.1.into_iter().for_each(|name| one(2, name)),
                TypedInstruction::StrokeColorNamed(colour) => colour.1.into_iter().for_each(|name| one(2, name)),
                _ => {}
            }
        }
        for (key, times) in names {
            let Some((kind, name)) = key.split_first() else { continue };
            let each = match kind {
                0 => match resources.x_objects.get::<Stream<'_>>(name) {
                    Some(form) if form.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| &*kind == b"Form") => {
                        self.form(&form, resources, depth)?
                    }
                    _ => 500,
                },
                1 => stream_length(resources.shadings.get::<Object<'_>>(name)),
                _ => stream_length(resources.patterns.get::<Object<'_>>(name)),
            };
            cost = cost.saturating_add(each.saturating_mul(times));
        }
        Ok(cost)
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: usize) -> Result<u64, Failure> {
        if depth >= DEPTH {
            return Err(Failure::TooMuchWork);
        }
        let id = form.obj_id();
        match self.forms.get(&id).copied() {
            Some(Form::Open) => return Err(Failure::TooMuchWork),
            Some(Form::Known { cost, fonts, damaged }) => {
                self.damaged |= damaged;
                self.named += if self.seen.insert(id) { fonts } else { 0 };
                return if self.named > FONTS { Err(Failure::TooMuchWork) } else { Ok(cost) };
            }
            None => {}
        }
        self.forms.insert(id, Form::Open);
        self.seen.insert(id);
        let (before, outside) = (self.named, std::mem::take(&mut self.damaged));
        let content = self.unpack(form)?;
        let own = form.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
        let cost = self.cost(&content, own.as_ref().unwrap_or(outer), depth + 1)?;
        // Unpacked anew each time it is drawn.
        let cost = cost.saturating_add(1_000);
        self.forms.insert(id, Form::Known { cost, fonts: self.named - before, damaged: self.damaged });
        self.damaged |= outside;
        Ok(cost)
    }
}

/// Pattern and shadings are read anew each time they are named.
fn stream_length(object: Option<Object<'_>>) -> u64 {
    match object {
        Some(Object::Stream(stream)) => 1_000 + 10 * stream.raw_data().len() as u64,
        _ => 1_000,
    }
}
