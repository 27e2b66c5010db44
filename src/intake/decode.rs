//! Bytes become text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 with a warning.
//!
//! Windows-1252 is tried only where every byte is defined and no control byte occurs: the encoding accepts almost
//! anything, so a damaged file would otherwise pass as text with a few odd letters in it.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{IntakeError, Warning};

/// The text of a file and, where it was not Unicode, a warning that says so.
pub(super) fn decode<'b>(path: &Path, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Option<Warning>), IntakeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok((UTF_16LE.decode_without_bom_handling(rest).0, None));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok((UTF_16BE.decode_without_bom_handling(rest).0, None));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match control(bytes) {
            Some(offset) => Err(IntakeError::Binary {
                path: path.to_path_buf(),
                offset,
                byte: bytes.get(offset).copied().unwrap_or_default(),
            }),
            None => Ok((Cow::Borrowed(text), None)),
        },
        Err(error) => decode_windows_1252(path, bytes, error.valid_up_to()),
    }
}

fn decode_windows_1252<'b>(
    path: &Path,
    bytes: &'b [u8],
    utf8_offset: usize,
) -> Result<(Cow<'b, str>, Option<Warning>), IntakeError> {
    let undefined = |byte: u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if let Some((offset, &byte)) = bytes.iter().enumerate().find(|(_, byte)| is_control(**byte) || undefined(**byte)) {
        // A zero byte anywhere, and the file was never a text.
        return Err(if bytes.contains(&0) {
            IntakeError::Binary { path: path.to_path_buf(), offset, byte }
        } else {
            IntakeError::Encoding { path: path.to_path_buf(), utf8_offset, offset, byte }
        });
    }
    let before = bytes.get(..utf8_offset).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let warning = Warning {
        code: "windows-1252",
        message: format!("not UTF-8 (first wrong byte at {utf8_offset}); read as Windows-1252"),
        line: u32::try_from(line).ok(),
    };
    Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0, Some(warning)))
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

    fn read(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<Warning>), IntakeError> {
        decode(Path::new("fil.txt"), bytes)
    }

    #[test]
    fn utf8_with_and_without_a_byte_order_mark_is_read_alike() {
        assert_eq!(read("Møde".as_bytes()).unwrap().0, "Møde");
        assert_eq!(read("\u{feff}Møde".as_bytes()).unwrap().0, "Møde");
    }

    #[test]
    fn utf16_is_read_by_its_byte_order_mark() {
        assert_eq!(read(b"\xFF\xFEM\x00\xF8\x00").unwrap().0, "Mø");
        assert_eq!(read(b"\xFE\xFF\x00M\x00\xF8").unwrap().0, "Mø");
    }

    #[test]
    fn windows_1252_is_read_with_a_warning_that_names_the_first_wrong_byte() {
        let (text, warning) = read(b"Referat\nM\xF8de").unwrap();
        assert_eq!(text, "Referat\nMøde");
        let warning = warning.unwrap();
        assert!(warning.message.contains("byte at 9"), "{warning:?}");
        assert_eq!(warning.line, Some(2));
    }

    #[test]
    fn an_undefined_or_control_byte_is_an_error_with_its_offset() {
        assert!(matches!(
            read(b"M\xF8de \x81"),
            Err(IntakeError::Encoding { utf8_offset: 1, offset: 5, byte: 0x81, .. })
        ));
        assert!(matches!(read(b"M\xF8de \x01"), Err(IntakeError::Encoding { offset: 5, byte: 1, .. })));
        assert!(matches!(read(b"abc\x00def"), Err(IntakeError::Binary { offset: 3, .. })));
    }
}
