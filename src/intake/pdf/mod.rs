//! PDF, the everyday format of minutes: glyphs → lines → without headers and footers → paragraphs → parsed text.
//!
//! Layout is ours, the library only hands over glyphs: what the readers in libraries lose (sizes, places) is what tells
//! headings, lists, rows and page furniture apart. Structure tags are not used: few committee systems write them.

mod collector;
mod counting;
mod furniture;
mod glyphs;
mod lines;
mod measures;
mod packings;
mod paragraphs;
mod streams;
mod tables;
mod unpack;
mod visible;
mod work;

use std::path::Path;

use super::builder::{RawLine, build};
use super::{Document, IntakeError, Landmarks, LineKind, Source, Warning};
use furniture::PageLines;
use glyphs::Failure;

use crate::text::cpr::holds_cpr_number;

/// Fewer letters than this on the average page, and the page is a picture with perhaps a stamp on it.
const LETTERS_PER_PAGE: usize = 20;

/// Bytes of stack: fifty forms within forms, in a build without optimisation.
const STACK: usize = 64 << 20;

/// Whether bytes are a PDF: its mark may stand behind some bytes of a mail gateway or a web server.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF that is in memory; `path` is only its name.
///
/// On a thread of its own, with a stack that the deepest nesting the library follows cannot fill, and whose end, should
/// the young library ever panic, is one damaged file and not the daemon's.
pub(super) fn read(
    source: Source,
    path: &Path,
    bytes: &[u8],
    landmarks: &dyn Landmarks,
) -> Result<Document, IntakeError> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK);
        match reader.spawn_scoped(scope, || read_here(source, path, bytes, landmarks)) {
            Ok(thread) => thread.join().unwrap_or_else(|_| Err(IntakeError::PdfDamaged(path.to_path_buf()))),
            Err(error) => Err(IntakeError::Unreadable { path: path.to_path_buf(), error }),
        }
    })
}

fn read_here(source: Source, path: &Path, bytes: &[u8], landmarks: &dyn Landmarks) -> Result<Document, IntakeError> {
    let mut pages: Vec<PageLines> = Vec::new();
    let (mut letters, mut unknown) = (0, 0);
    let (mut hidden, mut recognised, mut damaged) = (Found::default(), Found::default(), Found::default());
    let mut count = 0;
    // A page's glyphs go as soon as its lines are there: a long document must not lie in memory glyph by glyph.
    let outcome = glyphs::pages(bytes, |page| {
        letters += page.glyphs.iter().filter(|glyph| glyph.character.is_alphanumeric()).count();
        unknown += page.glyphs.iter().filter(|glyph| is_unknown(glyph.character)).count();
        let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
        hidden.add(number, page.hidden);
        recognised.add(number, page.recognised);
        damaged.add(number, usize::from(page.damaged));
        let lines = tables::join(lines::lines(&page.glyphs, &page.uprights, number), &page.rules);
        count += lines.len();
        // What stays is allocated behind what goes, or the memory between the lines is lost to holes.
        let lines = lines.clone();
        pages.push(PageLines { lines, height: page.height, asides: page.asides });
        if count > glyphs::LINE_LIMIT { Err(Failure::TooManyLines) } else { Ok(()) }
    });
    outcome.map_err(|failure| {
        let too_long = |limit, what| IntakeError::PdfTooLong { path: path.to_path_buf(), limit, what };
        match failure {
            Failure::Damaged => IntakeError::PdfDamaged(path.to_path_buf()),
            Failure::Encrypted => IntakeError::PdfEncrypted(path.to_path_buf()),
            Failure::TooManyPages => too_long(glyphs::PAGE_LIMIT, "pages"),
            Failure::TooManyGlyphs => too_long(glyphs::GLYPH_LIMIT, "letters"),
            Failure::TooManyLines => too_long(glyphs::LINE_LIMIT, "lines"),
            Failure::Unpacks => IntakeError::Unpacks { path: path.to_path_buf(), limit: streams::LIMIT as u64 },
            Failure::TooMuchWork => too_long(work::LIMIT, "drawing instructions"),
        }
    })?;
    let few = letters < LETTERS_PER_PAGE.saturating_mul(pages.len()).min(200);
    if pages.is_empty() || few && damaged.letters > 0 {
        return Err(IntakeError::PdfDamaged(path.to_path_buf()));
    }
    if few || unknown > letters {
        return Err(IntakeError::PdfWithoutText { path: path.to_path_buf(), pages: pages.len(), letters });
    }
    let mut warnings = Vec::new();
    let mut warn = |code, message| warnings.push(Warning { code, message, line: None });
    if unknown > 0 {
        warn(
            "pdf-unknown-letters",
            format!("{unknown} letters have no Unicode value in the PDF; they are shown as \u{fffd}"),
        );
    }
    if hidden.letters > 0 {
        warn("hidden-text", format!("{hidden} cannot be seen on the page and are left out"));
    }
    if recognised.letters > 0 {
        warn("ocr-text", format!("{recognised} were read from a picture of the page by a machine and may be wrong"));
    }
    if damaged.letters > 0 {
        let places = damaged.places();
        warn("damaged-page", format!("the file is damaged where it draws page {places}; text may be missing or wrong"));
    }
    // A page that is a picture, or whose content is damaged: what stands on it is missing from the letter.
    let mut empty = Found::default();
    for (number, _) in (1_u32..).zip(&pages).filter(|(_, page)| page.lines.is_empty()) {
        empty.add(number, 1);
    }
    if empty.letters > 0 {
        warn("pdf-page-without-text", format!("no text on page {}; it is blank, a picture or damaged", empty.places()));
    }
    let printed = |page: &PageLines| {
        let lines = page.lines.iter().map(lines::Line::text).chain(page.asides.iter().cloned());
        holds_cpr_number(&lines.collect::<Vec<_>>().join("\n"))
    };
    let cpr_elsewhere = pages.iter().any(printed);
    let head = furniture::remove(&mut pages).into_iter().map(|(text, position)| RawLine {
        text,
        kind: LineKind::Plain,
        emphasised: false,
        position,
        pieces: Vec::new(),
        gap_before: true,
    });
    let lines: Vec<_> = pages.into_iter().flat_map(|page| page.lines).collect();
    let raw = head.chain(paragraphs::assemble(&lines)).collect();
    Ok(Document { cpr_elsewhere, ..build(source, raw, warnings, landmarks) })
}

/// Letters of one sort and the pages they stand on.
#[derive(Default)]
struct Found {
    letters: usize,
    pages: Vec<u32>,
}

impl Found {
    fn add(&mut self, page: u32, letters: usize) {
        if letters > 0 {
            self.letters += letters;
            self.pages.push(page);
        }
    }

    /// The pages' numbers, the first of them.
    fn places(&self) -> String {
        let first: Vec<String> = self.pages.iter().take(20).map(u32::to_string).collect();
        first.join(", ") + if self.pages.len() > 20 { " and more" } else { "" }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} letters on page {}", self.letters, self.places())
    }
}

/// A letter without a Unicode value; symbol fonts put bullets in the private area.
fn is_unknown(character: char) -> bool {
    character == '\u{fffd}' || character == '\0'
}
