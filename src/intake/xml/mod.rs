//! The XML exports of committee systems, SBSYS first: meeting, items, their headings and HTML bodies.
//!
//! What comes out is what the other formats give, heading lines and text, so that the parser reads it unchanged. Whether an
//! item is open is decided here, by the export's own flag and by nothing else: of a closed item only number, title and case
//! number are read, and an item whose flag is missing or not understood is closed.

mod head;
mod items;
#[cfg(test)]
mod tests;
mod tree;
mod vocabulary;

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::builder::build_paragraphs;
use super::{Document, IntakeError, Source, Warning, decode};

/// Roots of word processors' flat files, and what to call them.
const FOREIGN: &[(&str, &str)] = &[
    ("worddocument", "a flat XML file of Word"),
    ("package", "a flat XML file of Word"),
    ("document", "a flat XML file of a word processor"),
    ("documentcontent", "a part of an OpenDocument file"),
];

/// Whether bytes are XML: by declaration, or by an element that the file ends with again.
pub(super) fn is_xml(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let utf16 = matches!(head.get(..2), Some(b"\xFF\xFE" | b"\xFE\xFF"));
    let text: String = if utf16 {
        Encoding::for_bom(head).map(|(encoding, _)| encoding.decode(head).0.into_owned()).unwrap_or_default()
    } else {
        String::from_utf8_lossy(head).into_owned()
    };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("<?xml") {
        return true;
    }
    let Some(rest) = text.strip_prefix('<') else { return false };
    let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let tail = String::from_utf8_lossy(bytes.get(bytes.len().saturating_sub(256)..).unwrap_or_default());
    name.starts_with(char::is_alphabetic) && tail.trim_end().ends_with(&format!("</{name}>"))
}

/// Reads an export.
pub(super) fn read(source: Source, path: &Path, bytes: &[u8]) -> Result<Document, IntakeError> {
    let (text, warning) = decoded(path, bytes)?;
    let damaged = |reason| IntakeError::Damaged { path: path.to_path_buf(), format: "XML", reason };
    let root = tree::read(&text).map_err(damaged)?;
    if let Some((_, what)) = FOREIGN.iter().find(|(name, _)| *name == root.name) {
        return Err(IntakeError::NotMinutes { path: path.to_path_buf(), what });
    }
    let Some(export) = items::export(&root).map_err(damaged)? else {
        return Err(IntakeError::UnknownXml { path: path.to_path_buf(), root: root.printed });
    };
    let mut warnings: Vec<Warning> = warning.into_iter().collect();
    warnings.extend(export.warnings);
    Ok(build_paragraphs(source, export.lines, warnings))
}

/// The text, by the encoding that the declaration names where the bytes are no Unicode.
fn decoded<'b>(path: &Path, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Option<Warning>), IntakeError> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap_or_default()).to_lowercase();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
    let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let marked = Encoding::for_bom(bytes).is_some();
    match encoding.filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8) {
        Some(encoding) if !marked && std::str::from_utf8(bytes).is_err() => {
            Ok((encoding.decode_without_bom_handling(bytes).0, None))
        }
        _ => decode::decode(path, bytes),
    }
}
