//! Unpacks what draws a page, and tells whether it is whole: the library gives what it could read of a damaged part and
//! says nothing, and a page without its last line looks like any other.
//!
//! A deflated part has a sum, so its damage is certain. Others are whole when they can be read to their end as drawing
//! instructions, each of them known.

use std::io::Read;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::glyphs::{Failure, PAGE_GLYPH_LIMIT};
use super::packings::{Packing, inflated, reader};

/// Bytes of instructions in one part: a map in fine detail has some millions, and each may become ten in memory.
pub(super) const LIMIT: usize = 8 << 20;
/// Bytes of a part of a font.
const FONT_LIMIT: usize = 64 << 20;

/// A part as it is once unpacked.
pub(super) struct Unpacked {
    pub bytes: Vec<u8>,
    pub whole: bool,
}

/// The instructions in a part.
pub(super) fn instructions(stream: &Stream<'_>) -> Result<Unpacked, Failure> {
    let Some(unpacked) = unpack(stream, LIMIT)? else {
        return Ok(Unpacked { bytes: Vec::new(), whole: false });
    };
    if unpacked.bytes.len() > PAGE_GLYPH_LIMIT && shows_too_much(&unpacked.bytes) {
        return Err(Failure::TooManyGlyphs);
    }
    let whole = unpacked.whole && (is_summed(stream) || is_readable(&unpacked.bytes));
    Ok(Unpacked { whole, ..unpacked })
}

/// Whether all that tells the letters of a font is whole.
pub(super) fn is_whole_font(font: &Dict<'_>) -> Result<bool, Failure> {
    let descendants = font.get::<Array<'_>>(b"DescendantFonts");
    let descendant = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>(b"FontDescriptor");
    let program = |key: &[u8]| descriptor.as_ref().and_then(|descriptor| descriptor.get::<Stream<'_>>(key));
    let programs = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].into_iter().filter_map(program);
    let programs: Vec<Stream<'_>> = programs.collect();
    let mut telling: Vec<Stream<'_>> =
        [b"ToUnicode".as_slice(), b"Encoding"].into_iter().filter_map(|key| font.get::<Stream<'_>>(key)).collect();
    if programs.iter().chain(&telling).any(is_picture) {
        return Err(Failure::Unpacks);
    }
    // Where letters are told apart from their shapes, damage to the shapes changes no word.
    if !font.contains_key(b"ToUnicode") {
        telling.extend(programs);
    }
    for stream in telling {
        if unpack(&stream, FONT_LIMIT)?.is_none_or(|unpacked| !unpacked.whole) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Pictures are not counted before they are read, so nothing else may call itself one.
fn is_picture(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| &*kind == b"Image")
}

/// `None` where one of them is a picture's.
fn packings(stream: &Stream<'_>) -> Option<Vec<Packing>> {
    let keys = [b"F".as_slice(), b"Filter"];
    let one = keys.iter().find_map(|key| stream.dict().get::<Name<'_>>(key));
    let more = keys.iter().find_map(|key| stream.dict().get::<Array<'_>>(key));
    let names: Vec<Name<'_>> = match (one, more) {
        (Some(one), _) => vec![one],
        (None, Some(more)) => more.iter::<Name<'_>>().collect(),
        (None, None) => Vec::new(),
    };
    names.iter().filter(|name| &***name != b"Crypt").map(|name| Packing::named(name)).collect()
}

/// Whether its last packing has a sum.
fn is_summed(stream: &Stream<'_>) -> bool {
    packings(stream).is_some_and(|packings| packings.last() == Some(&Packing::Flate))
}

/// `None` for what is no such part, or nothing but damage.
fn unpack(stream: &Stream<'_>, limit: usize) -> Result<Option<Unpacked>, Failure> {
    let Some(packings) = packings(stream).filter(|_| !is_picture(stream)) else { return Ok(None) };
    let raw = stream.raw_data();
    let within = |chain: &[Packing]| {
        let mut bytes = Vec::new();
        // One byte over the limit tells that there is more.
        let read = reader(&raw, chain).take(limit as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > limit { Err(Failure::Unpacks) } else { Ok(read.ok().map(|_| bytes)) }
    };
    let simple = [b"DecodeParms".as_slice(), b"DP"].iter().all(|key| !stream.dict().contains_key(key));
    if let Some((Packing::Flate, outer)) = packings.split_last()
        && simple
    {
        let inner = if outer.is_empty() { None } else { within(outer)? };
        let inner = inner.as_deref().unwrap_or(&raw);
        if let Some(bytes) = inflated(inner, limit) {
            return Ok(Some(Unpacked { bytes, whole: true }));
        }
    }
    // Not whole, or packed in a rare way: counted before the library unpacks what there is of it.
    let mut whole = true;
    for depth in 1..=packings.len() {
        whole &= within(packings.get(..depth).unwrap_or_default())?.is_some();
    }
    let summed = packings.last() == Some(&Packing::Flate);
    let bytes = stream.decoded_data().ok().map(std::borrow::Cow::into_owned).filter(|bytes| bytes.len() <= limit);
    Ok(bytes.map(|bytes| Unpacked { bytes, whole: whole && !(summed && simple) }))
}

/// Whether instructions can be read to their end, and all are known or announced as unknown.
fn is_readable(content: &[u8]) -> bool {
    const END: &[u8] = b"\n/DigestEnd MP\n";
    let content = [content, END].concat();
    let mut instructions = TypedIter::new(&content);
    let (mut announced, mut at_end) = (0_usize, false);
    while let Some(instruction) = instructions.next() {
        at_end = false;
        match instruction {
            TypedInstruction::BeginCompatibility(_) => announced += 1,
            TypedInstruction::EndCompatibility(_) => announced = announced.saturating_sub(1),
            TypedInstruction::Fallback(_) if announced == 0 => return false,
            TypedInstruction::MarkedContentPoint(point) => at_end = &**point.0 == b"DigestEnd",
            _ => {}
        }
    }
    at_end
}

/// Whether one instruction shows more letters than a page has: the library has them all in memory at once.
fn shows_too_much(content: &[u8]) -> bool {
    let mut instructions = TypedIter::new(content);
    while let Some(instruction) = instructions.next() {
        let shown = match instruction {
            TypedInstruction::ShowText(text) => text.0.as_bytes().len(),
            TypedInstruction::NextLineAndShowText(text) => text.0.as_bytes().len(),
            TypedInstruction::ShowTextWithParameters(text) => text.2.as_bytes().len(),
            TypedInstruction::ShowTexts(texts) => texts
                .0
                .iter::<Object<'_>>()
                .map(|text| if let Object::String(text) = text { text.as_bytes().len() } else { 0 })
                .sum(),
            _ => 0,
        };
        if shown > PAGE_GLYPH_LIMIT {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_readable_to_their_end_or_damaged() {
        assert!(is_readable(b"BT /F1 10 Tf (Hej) Tj ET") && is_readable(b"") && is_readable(b"BX 1 zz EX q Q"));
        for damaged in ["BT (Hej) Tj ET q (Hej", "BT (Hej) Tx ET", "0 m f", "BT (Hej) Tj <</A"] {
            assert!(!is_readable(damaged.as_bytes()), "{damaged}");
        }
    }
}
