//! The same minutes in other formats: what is read from them is what is read from the text.
//!
//! Real minutes name real people, so nothing of their text stands here. Beside the files of real word processors, pages
//! are set here by a small typesetter of our own: in one column and two, small and large, with words cut at line ends.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use encoding_rs::WINDOWS_1252;
use med_digest::intake::{self, IntakeError, LineKind};
use med_digest::minutes::{self, Dialect, Minutes};
use med_digest::text::sentences::WordClasses;

use crate::support::shared;

pub(crate) fn parse(document: &intake::Document) -> Minutes {
    minutes::parse(document, &Dialect::shipped(), &WordClasses::shipped(), &[])
}

pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    found.sort();
    found
}

/// Items as (number, title, case, closed), sections as (item, kind), and the sentences of decisions.
fn outline(minutes: &Minutes) -> (Vec<String>, Vec<String>, Vec<String>) {
    let value = serde_json::to_value(&minutes.items).unwrap();
    let (mut items, mut sections, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
    for item in value.as_array().unwrap() {
        let key = |name: &str| item.get(name).map(ToString::to_string).unwrap_or_default();
        items.push([key("number"), key("title"), key("case"), key("case_number"), key("closed")].join(" "));
        for section in item["sections"].as_array().unwrap() {
            sections.push(format!("{} {}", key("number"), section["kind"]));
            for sentence in section["sentences"].as_array().unwrap() {
                sentences.push(format!("{} {}", key("number"), sentence["text"].as_str().unwrap()));
            }
        }
    }
    (items, sections, sentences)
}

/// Share of `wanted` that is in `found`, and what is missing.
fn share(wanted: &[String], found: &[String]) -> (f64, Vec<String>) {
    let have: BTreeSet<&String> = found.iter().collect();
    let missing: Vec<String> = wanted.iter().filter(|sentence| !have.contains(sentence)).cloned().collect();
    let equal = wanted.len() - missing.len();
    (if wanted.is_empty() { 1.0 } else { equal as f64 / wanted.len() as f64 }, missing)
}

/// Compares what is read from two files of the same minutes, and says all that differs.
pub(crate) fn differences(name: &str, text: &Minutes, other: &Minutes) -> Result<(), String> {
    let ((items, sections, wanted), (other_items, other_sections, found)) = (outline(text), outline(other));
    let (share, missing) = share(&wanted, &found);
    println!("{name}: {:.2} % of {} sentences", share * 100.0, wanted.len());
    let mut wrong = String::new();
    for (what, one, two) in [("items", &items, &other_items), ("sections", &sections, &other_sections)] {
        if one != two {
            let (_, missing) = self::share(one, two);
            let (_, more) = self::share(two, one);
            let _ = writeln!(wrong, "{name}: {what} differ\n  missing: {missing:?}\n  in excess: {more:?}");
        }
    }
    for sentence in &missing {
        println!("  missing: {sentence}");
    }
    let (_, more) = self::share(&found, &wanted);
    for sentence in &more {
        println!("  in excess: {sentence}");
    }
    if share < 0.99 {
        let _ = writeln!(
            wrong,
            "{name}: only {:.2} % of the sentences\n  missing: {missing:#?}\n  in excess: {more:#?}",
            share * 100.0
        );
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn compare(name: &str, text: &Minutes, other: &Minutes) {
    differences(name, text, other).unwrap();
}

#[test]
fn decisions_read_from_real_pdfs_are_those_of_the_text() {
    let (Some(formats), Some(texts)) = (shared("formats"), shared("minutes")) else { return };
    for path in files(&formats, ".pdf") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = texts.join(format!("{}.txt", name.split('.').next().unwrap()));
        let text = intake::read(&text, u64::MAX, &intake::NoLandmarks).unwrap();
        let pdf = intake::read(&path, u64::MAX, &intake::NoLandmarks).unwrap();
        compare(&name, &parse(&text), &parse(&pdf));
    }
}

#[test]
fn decisions_survive_large_type_two_columns_and_cut_words() {
    let Some(texts) = shared("minutes") else { return };
    for path in files(&texts, ".txt") {
        let text = intake::read(&path, u64::MAX, &intake::NoLandmarks).unwrap();
        for (setting, size, columns, cut) in
            [("plain", 10.0, 1, false), ("large", 17.0, 1, false), ("cut", 10.0, 1, true), ("columns", 6.0, 2, true)]
        {
            let pdf = typeset(&text, size, columns, cut);
            let name = format!("{} {setting}", path.file_name().unwrap().to_string_lossy());
            if let Ok(folder) = std::env::var("KEEP_PDF") {
                std::fs::write(Path::new(&folder).join(format!("{}.pdf", name.replace(' ', "_"))), &pdf).unwrap();
            }
            let pdf = intake::read_bytes(Path::new("prøve.pdf"), &pdf, &intake::NoLandmarks).unwrap();
            compare(&name, &parse(&text), &parse(&pdf));
        }
    }
}

#[test]
fn places_in_a_pdf_lead_back_to_page_and_line() {
    let text = invented();
    let pdf =
        intake::read_bytes(Path::new("prøve.pdf"), &typeset(&text, 17.0, 1, false), &intake::NoLandmarks).unwrap();
    let last = pdf.lines.last().unwrap();
    let places = pdf.positions(last.span);
    assert!(places.len() > 1, "{places:?}");
    assert!(places.iter().all(|place| place.page.is_some_and(|page| page >= 1) && place.line >= 1));
    assert!(places.windows(2).all(|pair| (pair[0].page, pair[0].line) < (pair[1].page, pair[1].line)));
    assert!(pdf.lines.iter().any(|line| matches!(line.kind, LineKind::ListItem { .. })));
    assert!(!pdf.text.contains("Side 1 af"), "{}", pdf.text);
}

#[test]
fn a_pdf_without_text_damaged_or_cut_off_is_a_clear_problem() {
    let read = |bytes: &[u8]| intake::read_bytes(Path::new("prøve.pdf"), bytes, &intake::NoLandmarks);
    assert!(matches!(read(&pdf_file(&[String::new()])), Err(IntakeError::PdfWithoutText { pages: 1, letters: 0, .. })));
    assert!(matches!(read(b"%PDF-1.7\nnothing"), Err(IntakeError::PdfDamaged(_))));
    let whole = typeset(&invented(), 10.0, 1, false);
    assert!(read(&whole).is_ok());
    for cut in (0..whole.len()).step_by(97) {
        let _ = read(&whole[..cut]);
        let mut bent = whole.clone();
        bent[cut] ^= 0x15;
        let _ = read(&bent);
    }
}

fn invented() -> intake::Document {
    let mut text = String::from("Referat af møde i Lokaludvalget\n\nPunkt 1: Arbejdstid\n\nBeslutning\n\n");
    text += "1. at udvalget drøfter sagen\n2. at sagen udsættes\n\n";
    for _ in 0..12 {
        text +=
            "Udvalget drøftede den nye aftale om arbejdstid i plejen og var enigt om, at den skal følges op til maj. ";
    }
    intake::read_bytes(Path::new("prøve.txt"), text.as_bytes(), &intake::NoLandmarks).unwrap()
}

/// Sets a parsed text in Courier (every letter 0.6 em) on A4 with a header and a page number.
fn typeset(document: &intake::Document, size: f64, columns: usize, cut: bool) -> Vec<u8> {
    let width = (495.0 - 25.0 * (columns as f64 - 1.0)) / columns as f64;
    let letters = (width / (0.6 * size)) as usize;
    let mut lines: Vec<(f64, String)> = Vec::new();
    for line in &document.lines {
        let text = line.span.of(&document.text);
        let tight = matches!(line.kind, LineKind::ListItem { .. } | LineKind::Row);
        let mut gap = if tight { 1.25 } else { 1.9 };
        if text.contains('\t') {
            lines.push((gap, text.to_owned()));
            continue;
        }
        for piece in wrap(text, letters, cut) {
            lines.push((gap, piece));
            gap = 1.25;
        }
    }
    let (top, bottom) = (750.0, 75.0);
    let (mut pages, mut column, mut y) = (vec![String::new()], 0, top);
    for (gap, text) in lines {
        y -= gap * size;
        if y < bottom {
            (y, column) = (top - gap * size, column + 1);
            if column == columns {
                column = 0;
                pages.push(String::new());
            }
        }
        let left = 50.0 + column as f64 * (width + 25.0);
        // Cells begin at tab stops; a row that is too long for the line is set smaller.
        let stop = |cell: &str| (((cell.chars().count() + 3) as f64 * 0.6 * size) / 60.0).ceil() * 60.0;
        let wanted: f64 = text.split('\t').map(stop).sum();
        let scale = if text.contains('\t') { (width / wanted).min(1.0) } else { 1.0 };
        let mut x = left;
        for cell in text.split('\t') {
            show(pages.last_mut().unwrap(), x, y, size * scale, cell);
            x += stop(cell) * scale;
        }
    }
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        show(page, 50.0, 800.0, 8.0, "Lokaludvalgets møder");
        show(page, 270.0, 30.0, 8.0, &format!("Side {} af {count}", index + 1));
    }
    pdf_file(&pages)
}

/// Lines of at most `letters`; with `cut`, long words are cut two vowels in, before a consonant.
fn wrap(text: &str, letters: usize, cut: bool) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ') {
        let room = letters.saturating_sub(line.chars().count() + 1);
        if word.chars().count() > room && !line.is_empty() {
            let characters: Vec<char> = word.chars().collect();
            let plain = characters.len() > 9 && characters.iter().all(|c| c.is_lowercase());
            let at = (4..characters.len().saturating_sub(3)).rev().find(|at| {
                *at + 2 <= room && "aeiouyæøå".contains(characters[at - 1]) && !"aeiouyæøå".contains(characters[*at])
            });
            if let Some(at) = at.filter(|_| cut && plain) {
                lines.push(format!("{line} {}-", characters[..at].iter().collect::<String>()));
                line = characters[at..].iter().collect();
                continue;
            }
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

fn show(page: &mut String, x: f64, y: f64, size: f64, text: &str) {
    let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let _ = writeln!(page, "BT /F1 {size} Tf 1 0 0 1 {x:.2} {y:.2} Tm ({text}) Tj ET");
}

/// A file of these content streams.
pub(crate) fn pdf_file(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|index| format!("{} 0 R", 4 + 2 * index)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (index, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /ExtGState << /Multiply << /BM /Multiply >> /Veil << /ca 0.4 >> >> >> \
                 /Contents {} 0 R >>",
                5 + 2 * index
            )
            .into_bytes(),
        );
        let content = WINDOWS_1252.encode(page).0;
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend_from_slice(&content);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    pdf_of(&objects)
}

/// A file of these objects, numbered from 1, the first the catalogue.
pub(crate) fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let end = format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend_from_slice(end.as_bytes());
    file
}
