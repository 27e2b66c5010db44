//! What must hold for any input, however broken: shared by the fuzz targets and by the smoke run among the tests.

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::LazyLock;

use med_digest::intake::{self, Document};
use med_digest::minutes::{self, Dialect, Minutes};
use med_digest::text::Span;
use med_digest::text::sentences::{WordClasses, sentences};
use zip::write::SimpleFileOptions;

static DIALECT: LazyLock<Dialect> = LazyLock::new(Dialect::shipped);
static CLASSES: LazyLock<WordClasses> = LazyLock::new(WordClasses::shipped);

/// The parts of a DOCX, in the order in which an input has them, parted by a zero byte.
const PARTS: &[&str] =
    &["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml", "word/_rels/document.xml.rels"];
const WORD: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"urn:mc\" xmlns:v=\"urn:v\"";

/// Bytes as they are: whatever format they are taken for.
pub fn bytes(data: &[u8]) {
    if let Ok(document) = intake::read_bytes(Path::new("fuzz"), data) {
        document_holds(&document);
    }
}

/// Bytes under the mark that makes them the wanted format, so that no run is lost on telling formats apart.
pub fn marked(mark: &str, data: &[u8]) {
    let mut whole = mark.as_bytes().to_vec();
    whole.extend_from_slice(data);
    bytes(&whole);
}

/// A DOCX of the parts in an input; an input that begins as an archive does is taken as it is.
pub fn docx(data: &[u8]) {
    if data.starts_with(b"PK") {
        return bytes(data);
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in PARTS.iter().zip(data.split(|byte| *byte == 0)) {
        // The body of a part alone is enough; a part that brings its own root is taken as it is.
        let whole = part.starts_with(b"<?") || name.ends_with(".rels");
        let text = String::from_utf8_lossy(part);
        let text = if whole { text.into_owned() } else { format!("<w:root {WORD}><w:body>{text}</w:body></w:root>") };
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if writer.start_file(*name, options).is_err() || writer.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
    if let Ok(archive) = writer.finish() {
        bytes(&archive.into_inner());
    }
}

/// The sentence scanner on any text.
pub fn scan(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for span in sentences(&text, &CLASSES) {
        assert!(text.get(span.start()..span.end()).is_some_and(|sentence| !sentence.trim().is_empty()), "{span:?}");
        assert!(span.start() >= end, "sentences overlap: {span:?} begins before {end}");
        end = span.end();
    }
}

/// Lines lie in order on the text, every line has a place, and two readings are equal.
fn document_holds(document: &Document) {
    let mut end = 0;
    for line in &document.lines {
        let text = document.text.get(line.span.start()..line.span.end());
        assert!(text.is_some_and(|text| !text.is_empty()), "a line that is no slice: {:?}", line.span);
        assert!(line.span.start() >= end, "lines overlap");
        assert!(line.origins.first().is_some_and(|(offset, _)| *offset == line.span.start()), "a line without a place");
        assert!(line.origins.is_sorted_by_key(|(offset, _)| *offset), "places out of order");
        end = line.span.end();
    }
    let first = minutes::parse(document, &DIALECT, &CLASSES, &[]);
    minutes_hold(document, &first);
    let second = minutes::parse(document, &DIALECT, &CLASSES, &[]);
    assert_eq!(first.items, second.items, "two readings differ");
}

fn minutes_hold(document: &Document, minutes: &Minutes) {
    let text = &*document.text;
    let slice = |span: Span| text.get(span.start()..span.end()).expect("a span is a slice on character boundaries");
    for item in &minutes.items {
        assert!(!item.closed || item.sections.is_empty(), "a closed item with text: {}", item.number);
        for section in &item.sections {
            slice(section.span);
            let mut end = section.span.start();
            for entry in &section.entries {
                let folded = slice(entry.span).split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(folded, entry.text, "an entry is not what stands in the text");
                assert!(entry.span.start() >= end, "entries overlap in item {}", item.number);
                assert!(!entry.at.is_empty(), "an entry without a place");
                end = entry.span.end();
            }
        }
    }
}

/// Words that the formats and the parser look for, for mutation.
pub const TOKENS: &[&str] = &[
    "Punkt 1: ",
    "\n\nBeslutning\n\n",
    "Lukket punkt",
    "Sagsfremstilling",
    "Indstilling",
    "Referat",
    "Mødedato ",
    "- ",
    "1. ",
    "?",
    "\u{c}",
    "\t",
    "\n",
    "\r\n",
    "Side 2 af 3",
    "**",
    "](",
    "# ",
    "| a | b |",
    "\u{ad}",
    "\u{a0}",
    "æ",
    "\u{fb01}",
    "...... 4",
    "jf. ",
    "<p>",
    "</p>",
    "<h2>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<li>",
    "<ol>",
    "<div hidden>",
    "<br>",
    "<button aria-expanded=1>",
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "<w:del>",
    "</w:del>",
    "<w:pPr>",
    "</w:pPr>",
    "<w:numId w:val=\"1\"/>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:instrText>TOC</w:instrText>",
    "<Dagsordenpunkt>",
    "</Dagsordenpunkt>",
    "<Indhold>",
    "Åbent=\"true\"",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&x;",
    "<!--",
    "-->",
    "/Type /Page",
    "stream\n",
    "endstream",
    "BT",
    "Tj",
    "Tm",
    "1e9",
    "-1",
    "<<",
    ">>",
    "obj",
];
