//! The ZIP archive around a DOCX and the way to its parts.

use std::io::{Cursor, Read as _};

use encoding_rs::{UTF_16BE, UTF_16LE};
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Node, walk};

/// The most that all parts we read may unpack to: the text of some 20,000 pages; beyond it is a ZIP bomb.
pub(super) const UNPACKED_LIMIT: u64 = 192 * 1024 * 1024;

/// Each section of a document may have three headers; more than these say nothing new.
const MOST_HEADERS: usize = 12;

/// Why there is no document in an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PackageError {
    /// Not readable as an archive, or a part of it is not.
    Damaged(String),
    /// Protected by a password.
    Encrypted,
    /// An archive of another kind; what it seems to be.
    NotWord(&'static str),
    /// Unpacks to more than [`UNPACKED_LIMIT`].
    TooLarge,
}

/// The parts of a document that its text needs, as XML.
#[derive(Debug)]
pub(super) struct Parts {
    pub document: String,
    pub styles: Option<String>,
    pub numbering: Option<String>,
    /// Running headers, then footers, in the order of the relations.
    pub running: Vec<String>,
    /// Whether whole files are embedded as text, which are not read.
    pub embedded: bool,
}

/// Unpacks a DOCX.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, PackageError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| PackageError::Damaged(error.to_string()))?;
    let mut package = Package { archive, left: UNPACKED_LIMIT };
    let main = match package.part("_rels/.rels")? {
        Some(relations) => targets(&relations, "")?.into_iter().find(|(kind, _)| kind == "officeDocument"),
        None => None,
    };
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |(_, target)| target);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    if folder == "xl" || folder == "ppt" {
        return Err(PackageError::NotWord(if folder == "xl" { "a spreadsheet" } else { "a presentation" }));
    }
    let Some(document) = package.part(&main)? else {
        let open_document = package.archive.index_for_name("content.xml").is_some();
        return Err(PackageError::NotWord(if open_document {
            "an OpenDocument file (such as ODT)"
        } else {
            "an archive"
        }));
    };
    let name = main.rsplit('/').next().unwrap_or_default();
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let relations = match package.part(&format!("{prefix}_rels/{name}.rels"))? {
        Some(relations) => targets(&relations, &prefix)?,
        None => Vec::new(),
    };
    let mut other = |kind: &str| {
        let target = relations.iter().find(|(found, _)| found == kind).map(|(_, target)| target.clone());
        package.part(&target.unwrap_or_else(|| format!("{prefix}{kind}.xml")))
    };
    let (styles, numbering) = (other("styles")?, other("numbering")?);
    let mut running = Vec::new();
    for wanted in ["header", "footer"] {
        for (_, target) in relations.iter().filter(|(kind, _)| kind == wanted).take(MOST_HEADERS) {
            running.extend(package.part(target)?);
        }
    }
    let embedded = relations.iter().any(|(kind, _)| kind == "aFChunk");
    Ok(Parts { document, styles, numbering, running, embedded })
}

struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl Package<'_> {
    /// A part as text, or nothing where there is none of this name.
    fn part(&mut self, name: &str) -> Result<Option<String>, PackageError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(PackageError::Encrypted),
            Err(error) => return Err(PackageError::Damaged(format!("{name}: {error}"))),
        };
        if file.enclosed_name().is_none() {
            return Ok(None);
        }
        // The size that the archive states is only a claim: count what comes out.
        let mut bytes = Vec::new();
        let read = file
            .take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| PackageError::Damaged(format!("{name}: {error}")))?;
        self.left = self.left.checked_sub(read as u64).ok_or(PackageError::TooLarge)?;
        let text = match bytes.get(..2) {
            Some(b"\xFF\xFE") => UTF_16LE.decode_with_bom_removal(&bytes).0.into_owned(),
            Some(b"\xFE\xFF") => UTF_16BE.decode_with_bom_removal(&bytes).0.into_owned(),
            _ => String::from_utf8(bytes).map_err(|error| PackageError::Damaged(format!("{name}: {error}")))?,
        };
        Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
    }
}

/// Kind and target of each relation; targets are paths within the archive.
fn targets(relations: &str, folder: &str) -> Result<Vec<(String, String)>, PackageError> {
    let mut found = Vec::new();
    walk(relations, |node| {
        if let Node::Open(name, attributes) = node
            && name.ends_with("Relationship")
            && attributes.get("TargetMode") != Some("External")
            && let (Some(kind), Some(target)) = (attributes.get("Type"), attributes.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{target}"),
            };
            found.push((kind, target));
        }
    })
    .map_err(|error| PackageError::Damaged(format!("relations: {error}")))?;
    Ok(found)
}
