//! What a PDF shows is read, and nothing else: boxes over text, white text, text for machines, running lines, stamps.
//! And what makes a PDF unreadable is said.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use med_digest::intake::{self, Document, IntakeError};

use crate::formats::{pdf_file, pdf_of};

const LINES: [&str; 4] = [
    "Referat af møde i Lokaludvalget",
    "Udvalget drøftede sagen om den nye arbejdstid i plejen.",
    "Medarbejderen Ida Holm er opsagt med fratrædelse i maj.",
    "Udvalget besluttede at udsætte sagen til mødet i juni.",
];

fn shown(x: f64, y: f64, text: &str) -> String {
    format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
}

/// A page of the lines, with `before` drawn under them and `after` over them.
fn page(before: &str, after: &str) -> String {
    let text: String =
        (0_u32..).zip(LINES).map(|(row, line)| shown(50.0, 700.0 - 40.0 * f64::from(row), line)).collect();
    format!("{before}\n{text}\n{after}")
}

fn read(pages: &[String]) -> Document {
    intake::read_bytes(Path::new("prøve.pdf"), &pdf_file(pages), &intake::NoLandmarks).unwrap()
}

fn codes(document: &Document) -> Vec<&'static str> {
    document.warnings.iter().map(|warning| warning.code).collect()
}

/// A box around the third line.
const BOX: &str = "45 614 400 18 re f";

#[test]
fn what_a_box_covers_is_not_read_and_the_letter_waits() {
    for cover in [
        format!("0 g {BOX}"),
        format!("1 g {BOX}"),
        format!("0.4 0.1 0.1 rg {BOX}"),
        "q 18 w 45 623 m 445 623 l S Q".to_owned(),
        "q 1 0 0 1 10 0 cm 0 g 35 614 m 435 614 l 435 632 l 35 632 l h f Q".to_owned(),
        // Half of the line each.
        "0 g 45 614 200 18 re 245 614 200 18 re f".to_owned(),
    ] {
        let document = read(&[page("", &cover)]);
        assert!(!document.text.contains("Ida"), "{cover}: {}", document.text);
        assert!(document.text.contains("besluttede at udsætte"), "{cover}");
        assert_eq!(codes(&document), ["hidden-text"], "{cover}");
        assert!(document.warnings[0].message.contains("page 1"));
    }
}

#[test]
fn a_word_under_a_box_goes_and_the_others_stay() {
    let document = read(&[page("", "0 g 132 614 54 18 re f")]);
    assert!(document.text.contains("Medarbejderen er opsagt med fratrædelse"), "{}", document.text);
}

#[test]
fn what_lies_below_text_or_lets_it_through_hides_nothing() {
    for (before, after) in [
        ("1 g 0 0 595 842 re f 0 g".to_owned(), String::new()),
        (format!("0.9 g {BOX} 0 g"), String::new()),
        // A marker's yellow, multiplied; a veil; a line struck through; one below.
        (String::new(), format!("/Multiply gs 1 1 0 rg {BOX}")),
        (String::new(), format!("/Veil gs 1 1 0 rg {BOX}")),
        (String::new(), "0 g 45 623 400 0.8 re f 45 617 400 1 re f".to_owned()),
        (String::new(), "q 40 600 500 40 re W n 0 g 40 100 500 400 re f Q".to_owned()),
    ] {
        let document = read(&[page(&before, &after)]);
        assert!(document.text.contains("Ida Holm"), "{before} {after}: {}", document.text);
        assert_eq!(codes(&document), Vec::<&str>::new(), "{before} {after}");
    }
}

#[test]
fn text_in_the_colour_of_its_paper_is_not_read_and_light_on_dark_is() {
    let secret = |colour: &str| format!("{colour} {}", shown(50.0, 560.0, "Skjult tekst om en medarbejder"));
    for colour in ["1 g", "0.97 g", "0 0 0 0 k"] {
        let document = read(&[page("", &secret(colour))]);
        assert!(!document.text.contains("Skjult"), "{colour}");
        assert_eq!(codes(&document), ["hidden-text"], "{colour}");
    }
    let head = format!("0.1 0.2 0.5 rg 40 550 400 20 re f {}", secret("1 g"));
    let document = read(&[page("", &head)]);
    assert!(document.text.contains("Skjult tekst"), "{}", document.text);
    assert!(codes(&document).is_empty());
    let black = format!("0 g 40 550 400 20 re f {}", secret("0 g"));
    assert!(!read(&[page("", &black)]).text.contains("Skjult"));
}

#[test]
fn text_outside_the_page_its_window_or_of_no_size_is_not_read() {
    for trick in [
        shown(700.0, 400.0, "Skjult tekst"),
        shown(50.0, -30.0, "Skjult tekst"),
        format!("q 50 300 100 20 re W n {} Q", shown(300.0, 310.0, "Skjult tekst")),
        "BT /F1 0.2 Tf 1 0 0 1 50 400 Tm (Skjult tekst) Tj ET".to_owned(),
        format!("3 Tr {} 0 Tr", shown(50.0, 400.0, "Skjult tekst")),
    ] {
        let document = read(&[page("", &trick)]);
        assert!(!document.text.contains("Skjult"), "{trick}");
        assert_eq!(codes(&document), ["hidden-text"], "{trick}");
    }
}

#[test]
fn text_recognised_on_a_scan_is_read_and_the_letter_waits() {
    let scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{7f} EI Q";
    for (before, after) in [(format!("{scan} 3 Tr"), ""), ("3 Tr".to_owned(), scan), (String::new(), scan)] {
        let document = read(&[page(&before, after)]);
        assert!(document.text.contains("Ida Holm"), "{before} {after}");
        assert_eq!(codes(&document), ["ocr-text"], "{before} {after}");
    }
}

#[test]
fn a_stamp_across_the_page_is_kept_once_and_breaks_no_sentence() {
    let stamp = "0.8 g BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 550 Tm (UDKAST) Tj ET 0 g";
    let document = read(&[page(stamp, ""), page(stamp, "")]);
    assert!(document.text.starts_with("UDKAST\n\n"), "{}", document.text);
    assert_eq!(document.text.matches("UDKAST").count(), 1);
    let giant = "0.85 g BT /F1 90 Tf 1 0 0 1 60 640 Tm (KOPI) Tj ET 0 g";
    let document = read(&[page(giant, "")]);
    assert!(document.text.starts_with("KOPI\n\n"), "{}", document.text);
    assert!(document.text.contains("Medarbejderen Ida Holm er opsagt"));
}

#[test]
fn a_page_that_was_drawn_on_its_side_is_read_upright() {
    let document = read(&[format!("q 0 1 -1 0 720 0 cm {} Q", page("", ""))]);
    assert!(document.text.contains("Medarbejderen Ida Holm er opsagt"), "{}", document.text);
}

#[test]
fn a_table_is_read_row_by_row_whatever_wraps() {
    let cell = |x: f64, y: f64, text: &str| shown(x, y, text);
    let mut table = String::new();
    for (y, left, right) in [
        (500.0, "Ældrepleje", "Vikarer for to"),
        (488.0, "", "millioner kroner"),
        (466.0, "Skoler", "Ingen"),
        (444.0, "Veje", "Salt"),
    ] {
        let _ = write!(table, "{}{}", cell(60.0, y, left), cell(200.0, y, right));
    }
    let document = read(&[page("", &table)]);
    assert!(
        document.text.contains("Ældrepleje\tVikarer for to millioner kroner\nSkoler\tIngen\n"),
        "{}",
        document.text
    );
}

#[test]
fn forms_that_draw_themselves_without_end_are_refused() {
    // Each draws the next one ten times, twelve deep.
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>".to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
    ];
    for level in 0..12 {
        let content = "/X Do ".repeat(10);
        objects.push(format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >> /Length {} >>\nstream\n{content}\nendstream",
            if level == 11 { 16 } else { 6 + level },
            content.len()
        ));
    }
    let bytes = pdf_of(&objects.into_iter().map(String::into_bytes).collect::<Vec<_>>());
    let outcome = intake::read_bytes(Path::new("prøve.pdf"), &bytes, &intake::NoLandmarks);
    assert!(matches!(outcome, Err(IntakeError::PdfTooLong { .. })), "{outcome:?}");
}

#[test]
fn a_file_that_was_cut_off_is_refused_though_its_first_pages_are_there() {
    let whole = pdf_file(&[page("", ""), page("", "")]);
    for percent in [10, 50, 90] {
        let outcome =
            intake::read_bytes(Path::new("prøve.pdf"), &whole[..whole.len() * percent / 100], &intake::NoLandmarks);
        assert!(matches!(outcome, Err(IntakeError::PdfDamaged(_))), "{percent}: {outcome:?}");
    }
    let lost = String::from_utf8_lossy(&whole).replace("startxref\n", "startxref\n9");
    assert!(
        intake::read_bytes(Path::new("prøve.pdf"), lost.as_bytes(), &intake::NoLandmarks).is_ok(),
        "only the index is damaged"
    );
}

#[test]
fn a_page_whose_drawing_is_damaged_is_read_and_the_letter_waits() {
    let last = format!("({}) Tj", LINES[3]);
    let whole = pdf_file(&[page("", ""), page("", "").replace(&last, "(Slut) Tj")]);
    assert!(codes(&intake::read_bytes(Path::new("prøve.pdf"), &whole, &intake::NoLandmarks).unwrap()).is_empty());
    let text = page("", "");
    let open = text.replace(&last, &last.replace(") Tj", " Tj"));
    let document = read(&[page("", ""), text.replace(&last, &last.replace("Tj", "T")), open]);
    assert_eq!(codes(&document), ["damaged-page"]);
    assert!(document.warnings[0].message.contains("page 2, 3"), "{}", document.warnings[0].message);

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.replace(['ø', 'æ'], "o").as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let of = |packed: &[u8]| {
        let mut objects: Vec<Vec<u8>> = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        ]
        .map(|object| object.as_bytes().to_vec())
        .to_vec();
        let head = format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
        objects.push([head.as_bytes(), packed, b"\nendstream"].concat());
        intake::read_bytes(Path::new("prøve.pdf"), &pdf_of(&objects), &intake::NoLandmarks)
    };
    assert!(codes(&of(&packed).unwrap()).is_empty());
    let mut changed = packed.clone();
    changed[packed.len() * 4 / 5] ^= 0x10;
    for damaged in [&changed, &packed[..packed.len() - 40]] {
        assert_eq!(codes(&of(damaged).unwrap()), ["damaged-page"]);
    }
}

#[test]
fn absurd_and_missing_pages_are_problems_and_no_panic() {
    let read = |bytes: &[u8]| intake::read_bytes(Path::new("prøve.pdf"), bytes, &intake::NoLandmarks);
    assert!(matches!(read(&pdf_file(&[])), Err(IntakeError::PdfDamaged(_))));
    let sheet = |size: &str| {
        let text = String::from_utf8_lossy(&pdf_file(&[page("", "").replace('ø', "o").replace('æ', "a")]))
            .replace("595 842", size);
        text.into_bytes()
    };
    for size in ["0 0", "1e30 1e30", "-5 -5", "99999999999 1", "14400000 14400000"] {
        let _ = read(&sheet(size));
    }
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let _ = read(&sheet(&format!("595 842] /Nested {nested} /More [0 0")));
}
