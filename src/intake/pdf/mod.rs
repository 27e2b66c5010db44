//! PDF, the everyday format of minutes: glyphs → lines → without headers and footers → paragraphs → parsed text.
//!
//! Layout is ours, the library only hands over glyphs: what the readers in libraries lose (sizes, places) is what tells
//! headings, lists, rows and page furniture apart. Structure tags are not used: few committee systems write them.

mod furniture;
mod glyphs;
mod hyphens;
mod lines;
mod measures;
mod paragraphs;

use std::path::Path;

use super::builder::build;
use super::{Document, IntakeError, Source, Warning};
use furniture::PageLines;
use glyphs::Failure;

/// Fewer letters than this on the average page, and the page is a picture with perhaps a stamp on it.
const LETTERS_PER_PAGE: usize = 20;

/// Whether bytes are a PDF: its mark may stand behind some bytes of a mail gateway or a web server.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF that is in memory; `path` is only its name.
pub(super) fn read(source: Source, path: &Path, bytes: &[u8]) -> Result<Document, IntakeError> {
    let mut pages: Vec<PageLines> = Vec::new();
    let (mut letters, mut unknown) = (0, 0);
    // A page's glyphs go as soon as its lines are there: a long document must not lie in memory glyph by glyph.
    let outcome = glyphs::pages(bytes, |page| {
        letters += page.glyphs.iter().filter(|glyph| glyph.character.is_alphanumeric()).count();
        unknown += page.glyphs.iter().filter(|glyph| is_unknown(glyph.character)).count();
        let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
        pages.push(PageLines { lines: lines::lines(&page.glyphs, number), height: page.height });
    });
    outcome.map_err(|failure| {
        let too_long = |limit, what| IntakeError::PdfTooLong { path: path.to_path_buf(), limit, what };
        match failure {
            Failure::Damaged => IntakeError::PdfDamaged(path.to_path_buf()),
            Failure::Encrypted => IntakeError::PdfEncrypted(path.to_path_buf()),
            Failure::TooManyPages => too_long(glyphs::PAGE_LIMIT, "pages"),
            Failure::TooManyGlyphs => too_long(glyphs::GLYPH_LIMIT, "letters"),
        }
    })?;
    if pages.is_empty() {
        return Err(IntakeError::PdfDamaged(path.to_path_buf()));
    }
    if letters < LETTERS_PER_PAGE.saturating_mul(pages.len()).min(200) || unknown > letters {
        return Err(IntakeError::PdfWithoutText { path: path.to_path_buf(), pages: pages.len(), letters });
    }
    let mut warnings = Vec::new();
    if unknown > 0 {
        warnings.push(Warning {
            code: "pdf-unknown-letters",
            message: format!("{unknown} letters have no Unicode value in the PDF; they are shown as \u{fffd}"),
            line: None,
        });
    }
    // A page that is a picture, or whose content is damaged: what stands on it is missing from the letter.
    let empty: Vec<String> = pages
        .iter()
        .zip(1_usize..)
        .filter(|(page, _)| page.lines.is_empty())
        .map(|(_, number)| number.to_string())
        .collect();
    if !empty.is_empty() {
        warnings.push(Warning {
            code: "pdf-page-without-text",
            message: format!("no text on page {}; it is blank, a picture or damaged", empty.join(", ")),
            line: None,
        });
    }
    furniture::remove(&mut pages);
    let lines: Vec<_> = pages.into_iter().flat_map(|page| page.lines).collect();
    Ok(build(source, paragraphs::assemble(&lines), warnings))
}

/// A letter without a Unicode value; symbol fonts put bullets in the private area.
fn is_unknown(character: char) -> bool {
    character == '\u{fffd}' || character == '\0'
}
