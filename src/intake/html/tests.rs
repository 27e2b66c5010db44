//! Small invented pages, whole and broken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use crate::intake::{Document, Format, IntakeError, LineKind, read_bytes};

fn read(body: &str) -> Document {
    read_bytes(Path::new("side.txt"), format!("<!doctype html><html><body>{body}</body></html>").as_bytes()).unwrap()
}

fn text(body: &str) -> String {
    read(body).text.to_string()
}

#[test]
fn headings_paragraphs_and_lists_keep_what_they_are() {
    let document = read(
        "<article><header><h2>Punkt 1: <b>Løn</b></h2></header><p>Sagen\n  blev&nbsp;drøftet.<br>Godkendt.</p>
         <ol start=3><li>et<ul><li>to</li></ul></li><li value=7><p>tre</p><p>fire</p></li></ol></article>",
    );
    assert_eq!(document.source.format, Format::Html);
    assert_eq!(&*document.text, "Punkt 1: Løn\n\nSagen blev drøftet.\n\nGodkendt.\n\n3. et\n- to\n7. tre\n\nfire\n");
    assert_eq!(document.lines[0].kind, LineKind::Heading(2));
    assert_eq!(document.lines[4].kind, LineKind::ListItem { marker: 2, level: 1 });
}

#[test]
fn furniture_of_the_page_and_what_is_struck_out_or_hidden_is_no_text() {
    let body = "<header><a>Kommunen</a></header><nav>Menu</nav><script>x</script><style>y</style><aside>Se også</aside>
        <main><p>Godkendt <del>ikke</del>.</p><p hidden>skjult</p><p style='display: none'>skjult</p>
        <footer>Underskrift</footer></main><footer>Cookies</footer>";
    let document = read(body);
    assert_eq!(&*document.text, "Godkendt .\n\nUnderskrift\n");
    assert_eq!(document.warnings[0].code, "hidden-text");
    assert_eq!(text("<header><h1>Referat HovedMED</h1></header><p>x</p>"), "Referat HovedMED\n\nx\n");
}

#[test]
fn tables_and_definitions_give_rows_and_layout_tables_their_text() {
    assert_eq!(
        text("<table><tr><th>Navn<th>Post<tr><td><td>AMR<tr><td>Bo<td>HK</table>"),
        "Navn\tPost\n\nAMR\n\nBo\tHK\n"
    );
    assert_eq!(text("<table><tr><td><h2>Løn</h2><p>Godkendt.</p></td></tr></table>"), "Løn\n\nGodkendt.\n");
    assert_eq!(text("<dl><dt>Dato<dd>1. maj<dt>Sted<dd>Salen</dl><p>x"), "Dato\t1. maj\nSted\tSalen\n\nx\n");
    assert_eq!(
        text("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>"),
        "a\tb c\n",
        "a row within a cell is part of it"
    );
}

#[test]
fn a_label_beside_a_long_text_is_its_heading_and_short_cells_are_a_row() {
    let long = "Udvalget drøftede sagen og besluttede at vende tilbage til den. ".repeat(5);
    let document =
        read(&format!("<table><tr><td>Beslutning</td><td>{long}</td></tr><tr><td>Løn</td><td>5</td></tr></table>"));
    assert_eq!(&*document.text, format!("Beslutning\n\n{}\n\nLøn\t5\n", long.trim()));
    assert!(document.lines[0].emphasised && !document.lines[1].emphasised);
}

#[test]
fn what_folds_bears_its_heading_on_a_button_or_summary() {
    let document = read(
        "<button class='accordion'>Punkt 1: Løn</button><div>Et</div><h2><button aria-expanded='true'>Punkt 2: Ferie</button></h2>
         <details><summary>Punkt 3: Lukket</summary>To</details><button>Søg</button>",
    );
    assert_eq!(&*document.text, "Punkt 1: Løn\n\nEt\n\nPunkt 2: Ferie\n\nPunkt 3: Lukket\n\nTo\n");
    let kinds: Vec<LineKind> = document.lines.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [LineKind::Heading(3), LineKind::Plain, LineKind::Heading(2), LineKind::Heading(3), LineKind::Plain]
    );
}

#[test]
fn buttons_banners_and_icons_of_the_page_are_no_text() {
    let body = "<div id='CookieConsent'><p>Vi bruger cookies</p></div><div role='dialog'>Log ind</div><ol class='breadcrumb'><li>Forside</ol>
        <p>Godkendt. <i class='material-icons'>expand_more</i></p><a>Til toppen</a><p>Udskriv</p><p>Show video</p><p>fold dette punkt ind</p>
        <p>Kopier link til punktet</p><p>Udskrivning af breve</p>
        <p><span class='icon-text'>Bilag til sagen</span></p>";
    assert_eq!(text(body), "Godkendt.\n\nUdskrivning af breve\n\nBilag til sagen\n");
}

#[test]
fn what_is_hidden_by_any_means_is_not_read_and_white_on_colour_is() {
    for hidden in [
        "aria-hidden='true'",
        "hidden",
        "style='DISPLAY : none'",
        "style='visibility:hidden'",
        "style='color:#FFF'",
        "style='color: white; background:#fff'",
        "style='opacity:0'",
        "style='font-size:0px'",
        "style='mso-hide:all'",
        "class='sr-only'",
        "class='x d-none'",
    ] {
        let document = read(&format!("<p>Ja</p><div {hidden}><p>skjult</p></div>"));
        assert_eq!((&*document.text, document.warnings.len()), ("Ja\n", 1), "{hidden}");
    }
    for shown in [
        "style='color:#fff;background-color:#036'",
        "class='d-none d-md-block'",
        "style='opacity:0.9'",
        "aria-hidden='false'",
    ] {
        assert_eq!(text(&format!("<p>Ja</p><p {shown}>vist</p>")), "Ja\n\nvist\n", "{shown}");
    }
    assert_eq!(text("<table bgcolor=blue><tr><td style='color:white'>vist</table>"), "vist\n");
    assert!(read("<p>Ja</p><div aria-hidden='true'></div>").warnings.is_empty(), "nothing was lost");
}

#[test]
fn labels_do_not_stick_to_their_values_and_headings_by_class_stand_out() {
    assert_eq!(text("<p><span class='label'>Mødedato</span>16. september 2026</p>"), "Mødedato 16. september 2026\n");
    assert_eq!(text("<p><span>Hoved</span><span>MED</span></p>"), "HovedMED\n");
    assert!(read("<p class='punkt-overskrift'>Beslutning</p><p>Ja</p>").lines[0].emphasised);
    let halves = "<p>Et langt stykke tekst, som ikke er slut endnu, og som<br><br>er et nyt stykke</p>";
    assert_eq!(text(halves).lines().count(), 3, "an empty line parts paragraphs");
}

#[test]
fn emphasis_counts_only_for_a_whole_paragraph() {
    let document = read("<p><b>Beslutning</b></p><p><span style='font-weight: 700'>Ja</span> tak</p>");
    assert_eq!((document.lines[0].emphasised, document.lines[1].emphasised), (true, false));
}

#[test]
fn a_page_without_words_or_nested_without_end_is_an_error() {
    let error = |page: &str| read_bytes(Path::new("side.html"), page.as_bytes()).unwrap_err();
    assert!(matches!(error("<html><script>x</script></html>"), IntakeError::Empty(_)));
    assert!(matches!(error(&format!("<html>{}", "<div>".repeat(100_000))), IntakeError::Damaged { .. }));
}

#[test]
fn many_paragraphs_left_open_are_read() {
    let body = (0..3000).fold(String::new(), |mut body, number| {
        let _ = write!(body, "<p>Linje {number}<ul><li>x</ul>");
        body
    });
    assert_eq!(read(&body).lines.len(), 6000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn odd_pages_never_panic(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<h2>", "</h3>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<li>", "<ol start=9223372036854775807>",
        "<ol type=a>", "<li value=-5>", "</ol>", "<dl>", "<dt>", "<dd>", "<b>", "</b>", "<br>", "<pre>", "&nbsp;", "&#xD800;",
        "<!--", "-->", "<svg>", "<template>", "<nav>", "</nav>", "<header>", "ord æ", " \t\n", "<", "\u{ad}", "\0",
    ]), 0..40)) {
        let _ = read_bytes(Path::new("f.html"), format!("<html>{}", pieces.concat()).as_bytes());
    }
}
