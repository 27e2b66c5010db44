//! A file becomes a [`Document`]: the parsed text, line by line, each line with its marks and its place in the file.
//!
//! All repairs of the page happen here and nowhere else (markup, running headers, hyphens at line ends, sentences cut
//! by a page break), so that every later span is a span of one clean text, alike for all formats.

mod aside;
mod builder;
mod chrome;
mod decode;
pub mod document;
mod docx;
mod error;
mod flow;
mod html;
mod hyphens;
mod landmarks;
mod lists;
mod markup;
mod pdf;
mod plain;
mod running;
mod wraps;
mod xml;

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

pub use builder::is_contents_line;
pub use document::{Document, Format, Line, LineKind, Position, Source, Warning};
pub use error::IntakeError;
pub use landmarks::{Landmarks, NoLandmarks};
use sha2::{Digest as _, Sha256};

/// Reads a file of at most `max_bytes`; its format is told by its content, not by its name. `landmarks` knows the lines
/// that no sentence goes on over.
///
/// # Errors
/// Whatever keeps the file from being a document: see [`IntakeError`].
pub fn read(path: &Path, max_bytes: u64, landmarks: &dyn Landmarks) -> Result<Document, IntakeError> {
    read_bytes(path, &bytes(path, max_bytes)?, landmarks)
}

/// The bytes of a file of at most `max_bytes`, whatever they are.
///
/// # Errors
/// Where there is no such file, it cannot be read or it is too large.
pub fn bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>, IntakeError> {
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => IntakeError::Missing(path.to_path_buf()),
        _ => IntakeError::Unreadable { path: path.to_path_buf(), error },
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(IntakeError::Folder(path.to_path_buf()));
    }
    let too_large = |bytes| IntakeError::TooLarge { path: path.to_path_buf(), bytes, limit: max_bytes };
    if metadata.len() > max_bytes {
        return Err(too_large(metadata.len()));
    }
    // A pipe or a file that grows has no honest size beforehand: never read more than one byte over the limit.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    let length = bytes.len() as u64;
    if length > max_bytes {
        return Err(too_large(length));
    }
    Ok(bytes)
}

/// Reads a document that is already in memory; `path` is only its name.
///
/// # Errors
/// As [`read`], but for what only a file can do wrong.
pub fn read_bytes(path: &Path, bytes: &[u8], landmarks: &dyn Landmarks) -> Result<Document, IntakeError> {
    let mut document = read_text(path, bytes, landmarks)?;
    document.cpr_elsewhere = document.cpr_elsewhere || aside::holds_cpr_number(bytes, document.source.format);
    Ok(document)
}

fn read_text(path: &Path, bytes: &[u8], landmarks: &dyn Landmarks) -> Result<Document, IntakeError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IntakeError::Empty(path.to_path_buf()));
    }
    let source = |format| Source { file: path.display().to_string(), format, sha256: sha256(bytes) };
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::read(source(Format::Docx), path, bytes, landmarks);
    }
    if bytes.starts_with(docx::COMPOUND_FILE) {
        return Err(docx::compound_file(path, bytes));
    }
    if html::is_html(bytes) {
        return html::read(source(Format::Html), path, bytes, landmarks);
    }
    if pdf::is_pdf(bytes) {
        return pdf::read(source(Format::Pdf), path, bytes, landmarks);
    }
    if is_rtf(bytes) {
        return Err(IntakeError::NotMinutes { path: path.to_path_buf(), what: "an RTF file" });
    }
    if xml::is_xml(bytes) {
        return xml::read(source(Format::Xml), path, bytes, landmarks);
    }
    let (text, warning) = decode::decode(path, bytes)?;
    if text.trim().is_empty() {
        return Err(IntakeError::Empty(path.to_path_buf()));
    }
    Ok(plain::read(source(Format::Text), &text, warning.into_iter().collect(), landmarks))
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn is_rtf(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf")
}
