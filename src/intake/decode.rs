//! Bytes become the text of minutes, with what went wrong told as intake tells it.

use std::borrow::Cow;
use std::path::Path;

use super::{IntakeError, Warning};
use crate::text::encoding::{self, NotText};

/// The text of a file and, where it was not Unicode, a warning that says so.
pub(super) fn decode<'b>(path: &Path, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Option<Warning>), IntakeError> {
    let decoded = encoding::decode(bytes).map_err(|fault| match fault {
        NotText::Binary { offset, byte } => IntakeError::Binary { path: path.to_path_buf(), offset, byte },
        NotText::Unknown { utf8_offset, offset, byte } => {
            IntakeError::Encoding { path: path.to_path_buf(), utf8_offset, offset, byte }
        }
    })?;
    let warning = decoded.foreign.map(|offset| {
        let before = bytes.get(..offset).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Warning {
            code: "windows-1252",
            message: format!("not UTF-8 (first wrong byte at {offset}); read as Windows-1252"),
            line: u32::try_from(line).ok(),
        }
    });
    Ok((decoded.text, warning))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_read_with_a_warning_that_names_the_first_wrong_byte() {
        let (text, warning) = decode(Path::new("fil.txt"), b"Referat\nM\xF8de").unwrap();
        assert_eq!(text, "Referat\nMøde");
        let warning = warning.unwrap();
        assert!(warning.message.contains("byte at 9"), "{warning:?}");
        assert_eq!(warning.line, Some(2));
    }

    #[test]
    fn what_is_no_text_is_an_error_with_its_offset() {
        let read = |bytes| decode(Path::new("fil.txt"), bytes);
        assert!(matches!(
            read(b"M\xF8de \x81"),
            Err(IntakeError::Encoding { utf8_offset: 1, offset: 5, byte: 0x81, .. })
        ));
        assert!(matches!(read(b"abc\x00def"), Err(IntakeError::Binary { offset: 3, .. })));
    }
}
