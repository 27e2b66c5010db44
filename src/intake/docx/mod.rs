//! DOCX: the file of a word processor, read from its XML.
//!
//! Crates that parse the whole format were rejected: minutes need its structure (heading styles, list numbers, table rows),
//! which they give only in part, and they fail on files that Word opens. What is needed is little.

mod body;
mod headers;
mod numbering;
mod package;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

use std::path::Path;

use numbering::Numbering;
use package::{PackageError, UNPACKED_LIMIT};
use styles::Styles;

use super::builder::build_paragraphs;
use super::{Document, IntakeError, Source, Warning};

/// The first bytes of Microsoft's compound file: the old DOC, and a DOCX with a password.
pub(super) const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Why a compound file is not read.
pub(super) fn compound_file(path: &Path, bytes: &[u8]) -> IntakeError {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        IntakeError::Protected(path.to_path_buf())
    } else {
        IntakeError::NotMinutes { path: path.to_path_buf(), what: "an old Office file (such as DOC)" }
    }
}

/// Reads the archive.
pub(super) fn read(source: Source, path: &Path, bytes: &[u8]) -> Result<Document, IntakeError> {
    let path = path.to_path_buf();
    let parts = match package::open(bytes) {
        Ok(parts) => parts,
        Err(PackageError::Damaged(reason)) => return Err(IntakeError::Damaged { path, format: "DOCX", reason }),
        Err(PackageError::Encrypted) => return Err(IntakeError::Protected(path)),
        Err(PackageError::NotWord(what)) => return Err(IntakeError::NotMinutes { path, what }),
        Err(PackageError::TooLarge) => return Err(IntakeError::Unpacks { path, limit: UNPACKED_LIMIT }),
    };
    let damaged = |part: &'static str| {
        let path = path.clone();
        move |error: String| IntakeError::Damaged { path, format: "DOCX", reason: format!("{part}: {error}") }
    };
    let styles = Styles::read(parts.styles.as_deref().unwrap_or_default()).map_err(damaged("styles"))?;
    let numbering = Numbering::read(parts.numbering.as_deref().unwrap_or_default()).map_err(damaged("numbering"))?;
    let (mut lines, mut warnings) = body::read(&parts.document, &styles, numbering).map_err(damaged("text"))?;
    if lines.is_empty() {
        return Err(IntakeError::Empty(path));
    }
    if parts.embedded {
        let message = "files embedded as text are not read".to_owned();
        warnings.push(Warning { code: "embedded-text", message, line: None });
    }
    let mut above = Vec::new();
    for part in &parts.running {
        // A header is worth a line of its own or nothing; a damaged one is no reason to refuse the text.
        if let Ok((found, _)) = body::read(part, &styles, Numbering::default()) {
            above.extend(found);
        }
    }
    let above = headers::missing(above, &lines);
    lines.splice(0..0, above);
    Ok(build_paragraphs(source, lines, warnings))
}
