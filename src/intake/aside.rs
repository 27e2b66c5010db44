//! What a file holds beside the text that letters are made of, asked one question: is there a CPR number in it?
//!
//! Readers leave out running headers, comments, properties, alternative texts and what is hidden, and rightly so. But a
//! number in there is in the file, and whoever passes the file on passes it on too; so the file is searched as a whole. It
//! is searched as the bytes it is made of and not by the readers: what they skip must not depend on what they skip.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use super::Format;
use crate::text::cpr;

/// The most that is unpacked of an archive; the reader has refused larger ones already.
const UNPACKED_LIMIT: u64 = 192 * 1024 * 1024;

/// Attributes whose values people write and read.
const READ_ATTRIBUTES: [&str; 9] =
    ["alt", "title", "descr", "aria-label", "content", "placeholder", "value", "summary", "label"];

/// Elements that people read as part of the words around them; the others part what they stand between.
const WITHIN_WORDS: [&str; 16] = [
    "b", "i", "em", "strong", "span", "u", "font", "small", "sub", "sup", "mark", "wbr", "w:r", "w:t", "w:rpr",
    "w:lang",
];

/// PDF keys whose strings people write and read.
const PDF_KEYS: [&[u8]; 8] =
    [b"/Title", b"/Author", b"/Subject", b"/Keywords", b"/Contents", b"/Alt", b"/ActualText", b"/TU"];

/// Whether anything in the file may be a CPR number.
pub(super) fn holds_cpr_number(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Text | Format::Markdown => cpr::holds_cpr_number(&lossy(bytes)),
        Format::Html | Format::Xml => in_markup(&lossy(bytes)),
        Format::Docx => in_archive(bytes),
        Format::Pdf => in_pdf_strings(bytes),
    }
}

fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match bytes.get(..2) {
        Some(b"\xFF\xFE") => encoding_rs::UTF_16LE.decode_with_bom_removal(bytes).0,
        Some(b"\xFE\xFF") => encoding_rs::UTF_16BE.decode_with_bom_removal(bytes).0,
        // Whole texts are told much faster than texts with broken bytes are mended.
        _ => std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
    }
}

/// The texts, comments and readable attributes of HTML or XML; programs and styles hold numbers that are nobody's.
fn in_markup(text: &str) -> bool {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('<') {
        read.push_str(before);
        if let Some(comment) = from.strip_prefix("!--") {
            let (comment, behind) = comment.split_once("-->").unwrap_or((comment, ""));
            read.push('\n');
            read.push_str(comment);
            read.push('\n');
            rest = behind;
            continue;
        }
        let (tag, behind) = from.split_once('>').unwrap_or((from, ""));
        let name = tag.trim_start_matches('/').split([' ', '\n', '\t', '\r', '/']).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if !WITHIN_WORDS.contains(&name.as_str()) {
            read.push('\n');
        }
        for attribute in READ_ATTRIBUTES {
            for (_, value) in tag.match_indices(attribute).filter_map(|(at, _)| tag.get(at..)?.split_once('=')) {
                let quote = value.trim_start().chars().next().filter(|sign| matches!(sign, '"' | '\''));
                if let Some(value) = quote.and_then(|quote| value.split(quote).nth(1)) {
                    read.push('\n');
                    read.push_str(value);
                    read.push('\n');
                }
            }
        }
        rest = behind;
        if matches!(name.as_str(), "script" | "style") && !tag.starts_with('/') {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            rest = rest.get(end..).unwrap_or_default();
        }
    }
    read.push_str(rest);
    for (reference, sign) in
        [("&nbsp;", " "), ("&#160;", " "), ("&shy;", ""), ("&#173;", ""), ("&ndash;", "-"), ("&#8211;", "-")]
    {
        read = read.replace(reference, sign);
    }
    // The exports of committee systems hold HTML within XML.
    let inner = read.contains("&lt;").then(|| read.replace("&lt;", "<").replace("&gt;", ">"));
    cpr::holds_cpr_number(&read) || inner.is_some_and(|inner| in_markup(&inner))
}

/// All parts of the archive that are XML: text, headers, notes, comments, properties.
fn in_archive(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        if !part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with(".xml")) {
            continue;
        }
        let mut unpacked = Vec::new();
        if part.take(left).read_to_end(&mut unpacked).is_err() {
            continue;
        }
        left = left.saturating_sub(unpacked.len() as u64);
        if in_markup(&lossy(&unpacked)) {
            return true;
        }
    }
    false
}

/// The strings of properties, notes and alternative texts that are not packed, and the XMP packet.
fn in_pdf_strings(bytes: &[u8]) -> bool {
    let strings = PDF_KEYS.iter().flat_map(|key| {
        memchr::memmem::find_iter(bytes, key).filter_map(move |at| {
            let behind = bytes.get(at + key.len()..)?.trim_ascii_start();
            pdf_string(behind.get(..behind.len().min(4096))?)
        })
    });
    let xmp = memchr::memmem::find(bytes, b"<x:xmpmeta").and_then(|from| {
        let rest = bytes.get(from..)?;
        rest.get(..memchr::memmem::find(rest, b"</x:xmpmeta>")?)
    });
    strings.into_iter().any(|text| cpr::holds_cpr_number(&text)) || xmp.is_some_and(|xmp| in_markup(&lossy(xmp)))
}

/// A string in brackets or in hexadecimal digits.
fn pdf_string(bytes: &[u8]) -> Option<String> {
    let raw: Vec<u8> = match bytes.split_first()? {
        (b'(', rest) => rest.get(..rest.iter().position(|byte| *byte == b')')?)?.to_vec(),
        (b'<', rest) => {
            let digits = rest.get(..rest.iter().position(|byte| *byte == b'>')?)?;
            let digits: Vec<u8> = digits.iter().copied().filter(u8::is_ascii_hexdigit).collect();
            let pairs = digits.chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
            pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
        }
        _ => return None,
    };
    Some(lossy(&raw).into_owned())
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_where_no_reader_takes_text_from() {
        for page in [
            "<p>Ferie</p><!-- 010190-1234 -->",
            "<img alt=\"Hilsen til 010190 1234\">",
            "<meta name='description' content='010190-1234'>",
            "<p style='display:none'>010190&nbsp;1234</p>",
            "<p>010190-<b>12</b>34</p>",
            "<title>010190-1234</title>",
            "<tekst>&lt;p&gt;0101&lt;b&gt;90-1234&lt;/b&gt;&lt;/p&gt;</tekst>",
        ] {
            assert!(holds_cpr_number(page.as_bytes(), Format::Html), "{page}");
        }
        for file in
            ["%PDF-1.7 /Title (Om 010190-1234)", "%PDF-1.7 /Author <FEFF0030003100300031003900300031003200330034>"]
        {
            assert!(holds_cpr_number(file.as_bytes(), Format::Pdf), "{file}");
        }
    }

    #[test]
    fn every_part_of_an_archive_is_searched() {
        for (part, xml) in [
            ("word/comments.xml", "<w:p><w:r><w:t>010190</w:t></w:r><w:r><w:t>-1234</w:t></w:r></w:p>"),
            ("word/footer7.xml", "<w:p><w:r><w:t>0101901234</w:t></w:r></w:p>"),
            ("docProps/core.xml", "<dc:description>Om 010190-1234</dc:description>"),
            ("word/document.xml", "<w:drawing><wp:docPr id='1' descr='010190-1234'/></w:drawing>"),
            ("word/document.xml", "<w:del><w:r><w:delText>010190 1234</w:delText></w:r></w:del>"),
        ] {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            archive.start_file(part, zip::write::SimpleFileOptions::default()).expect("a part");
            std::io::Write::write_all(&mut archive, xml.as_bytes()).expect("written");
            let bytes = archive.finish().expect("an archive").into_inner();
            assert!(holds_cpr_number(&bytes, Format::Docx), "{part}");
        }
    }

    #[test]
    fn numbers_of_programs_and_links_are_nobodys() {
        for page in [
            "<script>var id = '0101901234';</script><p>Ferie</p>",
            "<style>.a{width:0101901234px}</style>",
            "<a href='/sag/0101901234'>Sagen</a>",
            "<p>Møde 18.06.25 kl. 1430</p>",
        ] {
            assert!(!holds_cpr_number(page.as_bytes(), Format::Html), "{page}");
        }
    }
}
