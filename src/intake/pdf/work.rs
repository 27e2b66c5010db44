//! Keeps a file that was made to be slow from being slow: what reading it costs is known before it is read.
//!
//! A few bytes can unpack to gigabytes, and a drawing that draws another one twice, fifty levels deep, never ends. No
//! clock is asked (the same file must always give the same result): work is counted and has a limit far above any minutes.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

use super::glyphs::Failure;

/// Bytes of drawing instructions in a document, each counted as often as it is drawn: a full page has about 10,000.
pub(super) const LIMIT: usize = 1_000_000_000;
/// Comparisons of a letter with a painted area.
const COMPARISONS: u64 = 2_000_000_000;
/// Forms within forms; viewers go no deeper than 28.
const DEPTH: usize = 40;

/// What may still be done for a document.
pub(super) struct Work {
    pub comparisons: u64,
    instructions: u64,
    /// What drawing a form costs; `None` while that is being found out, so that one that draws itself is seen.
    forms: BTreeMap<ObjectIdentifier, Option<u64>>,
}

impl Default for Work {
    fn default() -> Self {
        Self { comparisons: COMPARISONS, instructions: LIMIT as u64, forms: BTreeMap::new() }
    }
}

impl Work {
    /// The instructions that draw a page, when there is work left for them.
    pub fn content(&mut self, page: &Page<'_>) -> Result<Vec<u8>, Failure> {
        let mut content = Vec::new();
        if let Some(stream) = page.raw().get::<Stream<'_>>(b"Contents") {
            content = stream.decoded_data().map(std::borrow::Cow::into_owned).unwrap_or_default();
        } else if let Some(streams) = page.raw().get::<Array<'_>>(b"Contents") {
            for stream in streams.iter::<Stream<'_>>() {
                content.extend_from_slice(&stream.decoded_data().unwrap_or_default());
                content.push(b'\n');
            }
        }
        let mut cost = self.cost(&content, page.resources(), 0).ok_or(Failure::TooMuchWork)?;
        if let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") {
            for annotation in annotations.iter::<Dict<'_>>() {
                let looks = annotation.get::<Dict<'_>>(b"AP").and_then(|looks| looks.get::<Object<'_>>(b"N"));
                let Some(Object::Stream(form)) = looks else { continue };
                cost = cost.saturating_add(self.form(&form, page.resources(), 0).ok_or(Failure::TooMuchWork)?);
            }
        }
        self.instructions = self.instructions.checked_sub(cost).ok_or(Failure::TooMuchWork)?;
        Ok(content)
    }

    /// Bytes of instructions with those of all forms they draw; `None` where forms draw themselves or lie too deep.
    fn cost(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Option<u64> {
        let mut cost = content.len() as u64 + 100;
        if resources.x_objects.is_empty() && resources.patterns.is_empty() && resources.shadings.is_empty() {
            return Some(cost);
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
            let (kind, name) = key.split_first()?;
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
        Some(cost)
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: usize) -> Option<u64> {
        if depth >= DEPTH {
            return None;
        }
        if let Some(known) = self.forms.get(&form.obj_id()) {
            return *known;
        }
        self.forms.insert(form.obj_id(), None);
        let content = form.decoded_data().unwrap_or_default();
        let own = form.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
        let cost = self.cost(&content, own.as_ref().unwrap_or(outer), depth + 1)?;
        // Unpacked anew each time it is drawn.
        let cost = cost.saturating_add(1_000);
        self.forms.insert(form.obj_id(), Some(cost));
        Some(cost)
    }
}

/// Pattern and shadings are read anew each time they are named.
fn stream_length(object: Option<Object<'_>>) -> u64 {
    match object {
        Some(Object::Stream(stream)) => 1_000 + 10 * stream.raw_data().len() as u64,
        _ => 1_000,
    }
}
