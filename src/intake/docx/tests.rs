//! Small invented documents, whole and broken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::{Cursor, Write as _};
use std::path::Path;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::COMPOUND_FILE;
use crate::intake::{Document, Format, IntakeError, LineKind, is_contents_line, read_bytes};

const NAMESPACE: &str =
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="urn:drawing""#;

const STYLES: &str = r#"<w:style w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:styleId="Punkt"><w:name w:val="Punkt"/><w:basedOn w:val="Overskrift2"/></w:style>
    <w:style w:styleId="Indhold1"><w:name w:val="toc 1"/></w:style>
    <w:style w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
    <w:style w:styleId="Liste"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;

const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    archive(&[
        ("word/document.xml", format!("<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", format!("<w:styles {NAMESPACE}>{STYLES}</w:styles>")),
        ("word/numbering.xml", format!("<w:numbering {NAMESPACE}>{NUMBERING}</w:numbering>")),
    ])
}

fn read(body: &str) -> Document {
    read_bytes(Path::new("referat.txt"), &docx(body)).unwrap()
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn numbered(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(text: &str) -> String {
    format!("<w:tc>{}</w:tc>", plain(text))
}

#[test]
fn headings_are_known_by_the_name_of_their_style_and_of_those_it_is_based_on() {
    let document = read(&(styled("Overskrift2", "Punkt 1: Løn") + &styled("Punkt", "Punkt 2") + &styled("Ring", "x")));
    assert_eq!(document.source.format, Format::Docx);
    let kinds: Vec<LineKind> = document.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [LineKind::Heading(2), LineKind::Heading(2), LineKind::Plain]);
}

#[test]
fn lists_are_counted_over_levels_and_restarts() {
    let document = read(
        &(numbered(2, 0, "et")
            + &numbered(2, 1, "to")
            + &numbered(2, 0, "tre")
            + &numbered(2, 1, "fire")
            + &numbered(3, 0, "fem")
            + &styled("Liste", "seks")),
    );
    assert_eq!(&*document.text, "1. et\n1.a) to\n2. tre\n2.a) fire\n5. fem\n- seks\n");
    assert_eq!(document.lines[1].kind, LineKind::ListItem { marker: 5, level: 1 });
}

#[test]
fn entities_tabs_breaks_and_hyphens_are_text_and_deletions_are_not() {
    let document = read(
        r#"<w:p><w:r><w:t>Børn &amp; Unge &#248;</w:t><w:softHyphen/><w:t xml:space="preserve"> A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>
        <w:del><w:r><w:delText>slettet</w:delText><w:t>slettet</w:t></w:r></w:del><w:ins><w:r><w:t>, ny</w:t></w:r></w:ins>
        <w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>
        <w:r><w:rPr><w:strike/></w:rPr><w:t>overstreget</w:t></w:r><w:hyperlink><w:r><w:t> bilag</w:t></w:r></w:hyperlink>
        <w:r><w:br/><w:t>Ny linje</w:t><w:footnoteReference/></w:r><w:r><a:t>tegning</a:t></w:r></w:p>"#,
    );
    assert_eq!(&*document.text, "Børn & Unge ø A-B, ny bilag\n\nNy linje\n");
    let codes: Vec<&str> = document.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["notes-skipped", "tracked-changes", "hidden-text"]);
}

#[test]
fn two_paragraphs_are_never_joined_and_a_deleted_paragraph_end_joins_them() {
    let long = "Udvalget drøftede sagen og besluttede efter en længere drøftelse";
    assert_eq!(&*read(&(plain(long) + &plain("løn og vilkår"))).text, format!("{long}\n\nløn og vilkår\n"));
    let deleted =
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{long}</w:t></w:r></w:p>{}", plain(" løn"));
    assert_eq!(&*read(&deleted).text, format!("{long} løn\n"));
}

#[test]
fn short_cells_give_rows_and_cells_with_paragraphs_give_their_text() {
    let rows = format!("<w:tbl><w:tr>{}{}{}</w:tr></w:tbl>", cell("Navn"), cell(""), cell("Post"));
    let document = read(&rows);
    assert_eq!((&*document.text, document.lines[0].kind), ("Navn\tPost\n", LineKind::Row));
    let layout = format!(
        "<w:tbl><w:tr>{}</w:tr><w:tr>{}<w:tc>{}{}</w:tc></w:tr></w:tbl>",
        cell("Alene"),
        cell("Beslutning"),
        styled("Overskrift2", "Løn"),
        plain("Godkendt.")
    );
    let document = read(&layout);
    assert_eq!(&*document.text, "Alene\n\nBeslutning\n\nLøn\n\nGodkendt.\n");
    assert_eq!(document.lines[2].kind, LineKind::Heading(2));
}

#[test]
fn a_line_of_contents_gets_leaders_and_bold_paragraphs_are_emphasised() {
    let document = read(
        &(styled("Indhold1", "1</w:t><w:tab/><w:t>Løn</w:t><w:tab/><w:t>3")
            + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Beslutning</w:t></w:r></w:p>"
            + r#"<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Ja</w:t></w:r></w:p>"#),
    );
    let text: Vec<&str> = document.lines.iter().map(|line| line.span.of(&document.text)).collect();
    assert_eq!(text, ["1 Løn.....3", "Beslutning", "Ja"]);
    assert!(is_contents_line(text[0]));
    let emphasised: Vec<bool> = document.lines.iter().map(|line| line.emphasised).collect();
    assert_eq!(emphasised, [false, true, false]);
    assert_eq!(document.lines[1].origins[0].1.line, 2);
}

/// A document with a header and a footer.
fn with_header(body: &str, header: &str, footer: &str) -> Document {
    let part = |name: &str, content: &str| format!("<w:{name} {NAMESPACE}>{content}</w:{name}>");
    let relations = r#"<Relationships><Relationship Id="a" Type="http://x/relationships/header" Target="header1.xml"/>
        <Relationship Id="b" Type="http://x/relationships/footer" Target="footer1.xml"/>
        <Relationship Id="c" Type="http://x/relationships/glossaryDocument" Target="glossary.xml"/></Relationships>"#;
    let parts = [
        ("word/document.xml", part("document", &format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels", relations.to_owned()),
        ("word/header1.xml", part("hdr", header)),
        ("word/footer1.xml", part("ftr", footer)),
        ("word/glossary.xml", part("document", &plain("ordliste"))),
    ];
    read_bytes(Path::new("referat.docm"), &archive(&parts)).unwrap()
}

fn field(instruction: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}

#[test]
fn what_only_the_header_says_stands_once_above_the_text() {
    let header = format!(
        r#"{}<w:p><w:r><w:t xml:space="preserve">HovedMED den 16-09-2026 </w:t></w:r></w:p><w:p><w:r><w:pict><v:shape>
        <v:textpath string="UDKAST"/></v:shape></w:pict></w:r></w:p>"#,
        plain("Referat")
    );
    let footer = format!(
        "<w:p><w:r><w:t>Side </w:t></w:r>{}<w:r><w:t> af </w:t></w:r>{}</w:p>",
        field("PAGE", "1"),
        field("NUMPAGES", "9")
    );
    let document = with_header(&(plain("Referat fra mødet") + &plain("Godkendt.")), &header, &footer);
    assert_eq!(&*document.text, "HovedMED den 16-09-2026\n\nUDKAST\n\nReferat fra mødet\n\nGodkendt.\n");
}

#[test]
fn fields_of_contents_are_contents_and_fields_about_the_file_no_text() {
    let document = read(&format!(
        r#"<w:p>{}<w:r><w:t>Løn</w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>
        </w:r><w:r><w:t>Punkt 1: Løn</w:t><w:tab/><w:t>3</w:t></w:r></w:p><w:p><w:r><w:t>Punkt 2: Ferie</w:t><w:tab/><w:t>4</w:t></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{}"#,
        field("FILENAME", "referat.docx"),
        plain("Punkt 1: Løn")
    ));
    assert_eq!(&*document.text, "Løn\n\nPunkt 1: Løn.....3\n\nPunkt 2: Ferie.....4\n\nPunkt 1: Løn\n");
}

#[test]
fn symbols_are_bullets_controls_are_text_and_their_placeholders_are_not() {
    let document = read(&format!(
        r#"<w:p><w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r><w:r><w:tab/><w:t>Løn</w:t><w:sym w:char="F0E0"/></w:r></w:p>
        <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>
        <w:p><mc:AlternateContent><mc:Choice><w:r>{}</w:r></mc:Choice><x:Fallback>{}</x:Fallback></mc:AlternateContent></w:p>"#,
        plain("Klik her for at skrive"),
        plain("Ferie"),
        plain("boks"),
        plain("boks"),
    ));
    assert_eq!(&*document.text, "• Løn\n\nFerie\n\nboks\n");
    assert!(matches!(document.lines[0].kind, LineKind::ListItem { .. }));
}

#[test]
fn strict_documents_are_read_and_embedded_files_are_told() {
    let strict = archive(&[
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/d.xml"/></Relationships>"#.into(),
        ),
        ("word/d.xml", format!(r#"<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{}<w:altChunk/></w:body></w:document>"#, plain("Godkendt."))),
        ("word/_rels/d.xml.rels", r#"<Relationships><Relationship Id="a" Type="http://x/aFChunk" Target="a.html"/></Relationships>"#.into()),
    ]);
    let document = read_bytes(Path::new("f"), &strict).unwrap();
    assert_eq!(&*document.text, "Godkendt.\n");
    assert_eq!(document.warnings[0].code, "embedded-text");
}

#[test]
fn other_archives_locked_old_and_cut_files_say_what_they_are() {
    let error = |bytes: &[u8]| read_bytes(Path::new("f.docx"), bytes).unwrap_err();
    let message = |bytes: &[u8]| error(bytes).to_string();
    assert!(message(&archive(&[("a.txt", "x".into())])).contains("this is an archive"));
    assert!(message(&archive(&[("content.xml", "<x/>".into())])).contains("OpenDocument"));
    let whole = docx(&plain("Godkendt."));
    assert!(matches!(error(&whole[..whole.len() / 2]), IntakeError::Damaged { .. }));
    assert!(matches!(error(&docx("<w:p><w:r>")), IntakeError::Damaged { .. }));
    assert!(matches!(error(&docx("<w:p/>")), IntakeError::Empty(_)));
    let mut old = COMPOUND_FILE.to_vec();
    assert!(message(&old).contains("old Office file"));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(matches!(error(&old), IntakeError::Protected(_)));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..=super::UNPACKED_LIMIT / blank.len() as u64 {
        writer.write_all(&blank).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(matches!(read_bytes(Path::new("f.docx"), &bytes), Err(IntakeError::Unpacks { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_archive_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = docx(&(styled("Overskrift2", "Punkt 1") + &numbered(2, 1, "a") + &plain("Godkendt.")));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read_bytes(Path::new("f.docx"), &bytes);
        let _ = read_bytes(Path::new("f.docx"), &bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn odd_xml_never_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:p/>", "<w:r>", "</w:r>", "<w:t>ord æ</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
        "<w:tc>", "</w:tc>", "<w:pPr>", "</w:pPr>", "<w:rPr>", "</w:rPr>", "<w:del>", "</w:del>", "<w:del/>", "&amp;",
        "&#0;", "&x;", "<w:br/>", "<w:tab/>", r#"<w:numId w:val="2"/>"#, r#"<w:ilvl w:val="99"/>"#, "<![CDATA[x]]>", "<", "\u{ad}",
    ]), 0..40)) {
        let _ = read_bytes(Path::new("f.docx"), &docx(&pieces.concat()));
    }
}
