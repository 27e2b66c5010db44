//! Bytes become text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 where nothing speaks against it.
//!
//! Minutes and the files that people edit come out of the same programs, so they are decoded in one place. Windows-1252 is
//! tried only where every byte is defined and no control byte occurs: the encoding accepts almost anything, so a damaged
//! file would otherwise pass as text with a few odd letters in it. A detector of encodings was not taken: between the
//! three there is nothing to guess, and a wrong guess is a letter with wrong words.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// Without a byte order mark.
    pub text: Cow<'b, str>,
    /// Where it was read as Windows-1252: the first byte that is not UTF-8, counted from 0.
    pub foreign: Option<usize>,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A control byte that no text has, though the rest is UTF-8 or there are zero bytes: a program's file.
    Binary {
        /// Its place, from 0.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// Neither UTF-8 nor Windows-1252.
    Unknown {
        /// The first byte that is not UTF-8.
        utf8_offset: usize,
        /// The first byte that is not Windows-1252 either.
        offset: usize,
        /// That byte.
        byte: u8,
    },
}

impl NotText {
    /// The place of the byte that no text has, from 0.
    #[must_use]
    pub fn offset(self) -> usize {
        match self {
            Self::Binary { offset, .. } | Self::Unknown { offset, .. } => offset,
        }
    }
}

/// The text behind bytes.
///
/// # Errors
/// Where a byte belongs to no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    let unicode = |text| Ok(Decoded { text, foreign: None });
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return unicode(UTF_16LE.decode_without_bom_handling(rest).0);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return unicode(UTF_16BE.decode_without_bom_handling(rest).0);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match control(bytes) {
            Some(offset) => Err(NotText::Binary { offset, byte: bytes.get(offset).copied().unwrap_or_default() }),
            None => unicode(Cow::Borrowed(text)),
        },
        Err(error) => windows_1252(bytes, error.valid_up_to()),
    }
}

fn windows_1252(bytes: &[u8], utf8_offset: usize) -> Result<Decoded<'_>, NotText> {
    let undefined = |byte: u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if let Some((offset, &byte)) = bytes.iter().enumerate().find(|(_, byte)| is_control(**byte) || undefined(**byte)) {
        // A zero byte anywhere, and the file was never a text.
        return Err(if bytes.contains(&0) {
            NotText::Binary { offset, byte }
        } else {
            NotText::Unknown { utf8_offset, offset, byte }
        });
    }
    Ok(Decoded { text: WINDOWS_1252.decode_without_bom_handling(bytes).0, foreign: Some(utf8_offset) })
}

/// The first control byte; whole blocks first, which the compiler turns into a few instructions each.
fn control(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let has = |block: &[u8]| block.iter().fold(false, |any, byte| any | is_control(*byte));
    let block = bytes.chunks(BLOCK).position(has)?;
    let start = block * BLOCK;
    bytes.get(start..)?.iter().position(|byte| is_control(*byte)).map(|offset| start + offset)
}

/// Control bytes that no text file has; tab, line feed, vertical tab (a line break of word processors), form feed (a page
/// break) and carriage return are text.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0E..=0x1F | 0x7F)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    #[test]
    fn utf8_with_and_without_a_byte_order_mark_is_read_alike() {
        assert_eq!(read("Møde".as_bytes()), "Møde");
        assert_eq!(read("\u{feff}Møde".as_bytes()), "Møde");
    }

    #[test]
    fn utf16_is_read_by_its_byte_order_mark() {
        assert_eq!(read(b"\xFF\xFEM\x00\xF8\x00"), "Mø");
        assert_eq!(read(b"\xFE\xFF\x00M\x00\xF8"), "Mø");
    }

    #[test]
    fn windows_1252_is_read_and_names_the_first_wrong_byte() {
        let decoded = decode(b"Referat\nM\xF8de").unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.foreign), ("Referat\nMøde", Some(9)));
        assert_eq!(read(b"\x93l\xF8n\x94"), "“løn”");
    }

    #[test]
    fn an_undefined_or_control_byte_is_no_text() {
        assert_eq!(decode(b"M\xF8de \x81"), Err(NotText::Unknown { utf8_offset: 1, offset: 5, byte: 0x81 }));
        assert_eq!(decode(b"M\xF8de \x01"), Err(NotText::Unknown { utf8_offset: 1, offset: 5, byte: 1 }));
        assert_eq!(decode(b"abc\x00def"), Err(NotText::Binary { offset: 3, byte: 0 }));
    }
}
