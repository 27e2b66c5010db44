//! Real minutes as PDF by programs that people make PDFs with: what is read from them is what is read from the text.
//!
//! The files name real people, so they are made when the test runs, in a folder that goes with it, and a program that is
//! not installed is said and left out. Each setting is one that breaks a reader that believes too much: large type (nearly
//! every page ends in mid-sentence), words cut at line ends, two columns, small pages, running lines that count.
//!
//! Making hundreds of files takes minutes, so this is asked for: `DIGEST_GENERATORS=1 cargo test --test integration
//! generators`. With `KEEP_PDF=FOLDER` the files are made there, and those that are there already are read again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use med_digest::intake::{self, Document, LineKind};

use crate::formats::{differences, files, parse};
use crate::support::shared;

/// How a page is set.
struct Setting {
    name: &'static str,
    /// Width and height in millimetres.
    page: (u32, u32),
    margin: u32,
    points: f64,
    columns: u32,
    justified: bool,
    font: &'static str,
    /// CSS of the page counter, and of what runs above.
    counter: &'static str,
    header: &'static str,
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "a4",
        page: (210, 297),
        margin: 25,
        points: 11.0,
        columns: 1,
        justified: false,
        font: "Liberation Sans, sans-serif",
        counter: "\"Side \" counter(page) \" af \" counter(pages)",
        header: "Lokaludvalgets møder",
    },
    Setting {
        name: "large",
        page: (210, 297),
        margin: 20,
        points: 17.0,
        columns: 1,
        justified: false,
        font: "Liberation Serif, serif",
        counter: "counter(page)",
        header: "",
    },
    Setting {
        name: "cut",
        page: (210, 297),
        margin: 30,
        points: 11.0,
        columns: 1,
        justified: true,
        font: "Liberation Serif, serif",
        counter: "\"- \" counter(page) \" -\"",
        header: "Referat",
    },
    Setting {
        name: "columns",
        page: (210, 297),
        margin: 15,
        points: 9.0,
        columns: 2,
        justified: true,
        font: "DejaVu Sans, sans-serif",
        counter: "counter(page) \"/\" counter(pages)",
        header: "Lokaludvalget",
    },
    Setting {
        name: "a5",
        page: (148, 210),
        margin: 12,
        points: 10.0,
        columns: 1,
        justified: false,
        font: "Liberation Sans, sans-serif",
        counter: "counter(page, lower-roman)",
        header: "",
    },
    Setting {
        name: "landscape",
        page: (297, 210),
        margin: 15,
        points: 12.0,
        columns: 1,
        justified: false,
        font: "DejaVu Serif, serif",
        counter: "\"Side \" counter(page)",
        header: "Kommunen – møde i udvalget",
    },
];

/// Whether the tests are asked for and a program answers.
fn installed(program: &str, argument: &str) -> bool {
    if std::env::var_os("DIGEST_GENERATORS").is_none_or(|wanted| wanted != "1") {
        eprintln!("SKIPPED: DIGEST_GENERATORS=1 is not set, so PDFs by {program} are not tested");
        return false;
    }
    let found = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        eprintln!("SKIPPED: {program} is not installed, so its PDFs are not tested");
    }
    found
}

/// Reads every text in every setting as the PDF that `make` writes; panics with all that differs.
fn check(generator: &str, settings: &[&str], make: impl Fn(&Document, &Setting, &Path) -> Option<()>) {
    let Some(texts) = shared("minutes") else { return };
    let kept = std::env::var_os("KEEP_PDF").map(PathBuf::from);
    let scratch = tempfile::tempdir().unwrap();
    let folder = kept.as_deref().unwrap_or(scratch.path());
    let mut wrong = Vec::new();
    for path in files(&texts, ".txt") {
        let text = intake::read(&path, u64::MAX, &intake::NoLandmarks).unwrap();
        let minutes = parse(&text);
        for setting in SETTINGS.iter().filter(|setting| settings.contains(&setting.name)) {
            let name = format!("{generator}-{}-{}", setting.name, path.file_stem().unwrap().to_string_lossy());
            let pdf = folder.join(format!("{name}.pdf"));
            if !pdf.is_file() && make(&text, setting, &pdf).is_none() {
                wrong.push(format!("{name}: not made"));
                continue;
            }
            match intake::read(&pdf, u64::MAX, &intake::NoLandmarks) {
                Ok(read) => wrong.extend(differences(&name, &minutes, &parse(&read)).err()),
                Err(error) => wrong.push(format!("{name}: {error}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(command: &mut Command, made: &Path) -> Option<()> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    (status.success() && made.is_file()).then_some(())
}

const ALL: &[&str] = &["a4", "large", "cut", "columns", "a5", "landscape"];

#[test]
fn pdfs_by_weasyprint_read_like_the_text() {
    if !installed("weasyprint", "--version") {
        return;
    }
    check("weasyprint", ALL, |text, setting, pdf| {
        let page = pdf.with_extension("html");
        std::fs::write(&page, html(text, setting, true)).ok()?;
        run(Command::new("weasyprint").arg(&page).arg(pdf), pdf)
    });
}

#[test]
fn pdfs_by_a_browser_read_like_the_text() {
    if !installed("chromium", "--version") {
        return;
    }
    let profile = tempfile::tempdir().unwrap();
    check("chromium", ALL, |text, setting, pdf| {
        let page = pdf.with_extension("html");
        std::fs::write(&page, html(text, setting, true)).ok()?;
        let mut command = Command::new("chromium");
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]);
        command.args(["--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        command.arg(format!("--print-to-pdf={}", pdf.display())).arg(format!("file://{}", page.display()));
        run(&mut command, pdf)
    });
}

#[test]
fn pdfs_by_wkhtmltopdf_read_like_the_text() {
    if !installed("wkhtmltopdf", "--version") {
        return;
    }
    check("wkhtmltopdf", &["a4", "large", "cut", "a5", "landscape"], |text, setting, pdf| {
        let page = pdf.with_extension("html");
        std::fs::write(&page, html(text, setting, false)).ok()?;
        let mut command = Command::new("wkhtmltopdf");
        let size = |length: u32| format!("{length}mm");
        command.args(["-q", "--page-width", &size(setting.page.0), "--page-height", &size(setting.page.1)]);
        for side in ["--margin-top", "--margin-bottom", "--margin-left", "--margin-right"] {
            command.args([side, &size(setting.margin)]);
        }
        command.args(["--header-left", setting.header, "--footer-center", "Side [page] af [topage]"]);
        run(command.arg(&page).arg(pdf), pdf)
    });
}

#[test]
fn pdfs_by_a_word_processor_read_like_the_text() {
    if !installed("soffice", "--version") {
        return;
    }
    let profile = tempfile::tempdir().unwrap();
    check("office", ALL, |text, setting, pdf| {
        let page = pdf.with_extension("fodt");
        std::fs::write(&page, flat_document(text, setting)).ok()?;
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
        command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(pdf.parent()?).arg(&page);
        run(&mut command, pdf)
    });
}

#[test]
fn pdfs_by_groff_read_like_the_text() {
    if !installed("gropdf", "--version") {
        return;
    }
    check("groff", &["a4", "large", "columns"], |text, setting, pdf| {
        let page = pdf.with_extension("ms");
        std::fs::write(&page, manuscript(text, setting)).ok()?;
        let output = Command::new("groff").args(["-K", "utf8", "-Tpdf", "-ms", "-P-pa4"]).arg(&page).output().ok()?;
        std::fs::write(pdf, output.stdout).ok()?;
        output.status.success().then_some(())
    });
}

#[test]
fn pdfs_by_typst_read_like_the_text() {
    if !installed("python3", "-cimport typst") {
        return;
    }
    check("typst", ALL, |text, setting, pdf| {
        let page = pdf.with_extension("typ");
        std::fs::write(&page, typst(text, setting)).ok()?;
        let script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])";
        run(Command::new("python3").args(["-c", script]).arg(&page).arg(pdf), pdf)
    });
}

#[test]
fn pdfs_by_reportlab_read_like_the_text() {
    if !installed("python3", "-cimport reportlab") {
        return;
    }
    check("reportlab", &["a4", "large", "columns", "a5"], |text, setting, pdf| {
        let page = pdf.with_extension("lines");
        let lines: Vec<String> = blocks(text).map(|(tag, line)| format!("{tag}\x1f{line}")).collect();
        std::fs::write(&page, lines.join("\n")).ok()?;
        let mut command = Command::new("python3");
        command.args(["-c", REPORTLAB]).arg(&page).arg(pdf).arg(setting.points.to_string());
        command.args([setting.columns.to_string(), setting.page.0.to_string(), setting.page.1.to_string()]);
        run(&mut command, pdf)
    });
}

const REPORTLAB: &str = r#"
import sys
from xml.sax.saxutils import escape
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, Spacer
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
source, target, points, columns, width, height = sys.argv[1:7]
points, columns, width, height = float(points), int(columns), float(width) * mm, float(height) * mm
margin = 20 * mm
def running(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(margin, height - 12 * mm, "Lokaludvalgets møder")
    canvas.drawRightString(width - margin, 10 * mm, "%d" % document.page)
column = (width - 2 * margin) / columns
frames = [Frame(margin + index * column, margin, column, height - 2 * margin, leftPadding=0, rightPadding=6 if columns > 1 else 0) for index in range(columns)]
document = BaseDocTemplate(target, pagesize=(width, height))
document.addPageTemplates([PageTemplate(frames=frames, onPage=running)])
plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=points, leading=points * 1.25, spaceAfter=points * 0.7)
styles = {"p": plain, "li": ParagraphStyle("li", parent=plain, leftIndent=18, spaceAfter=0),
  "h2": ParagraphStyle("h2", parent=plain, fontName="Helvetica-Bold", fontSize=points * 1.3, leading=points * 1.6),
  "h3": ParagraphStyle("h3", parent=plain, fontName="Helvetica-Bold")}
story, rows = [], []
def flush():
    if rows:
        most = max(len(row) for row in rows)
        story.append(Table([row + [""] * (most - len(row)) for row in rows], colWidths=[(column - 8) / most] * most,
            style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        rows.clear()
for line in open(source, encoding="utf-8").read().split("\n"):
    tag, text = line.split("\x1f")
    if tag == "tr":
        rows.append([Paragraph(escape(cell), styles["li"]) for cell in text.split("\t")])
        continue
    flush()
    story.append(Paragraph(escape(text), styles[tag]))
flush()
document.build(story)
"#;

/// Each line with the tag it would have in HTML.
fn blocks(text: &Document) -> impl Iterator<Item = (&'static str, String)> {
    const HEADINGS: &[&str] =
        &["Beslutning", "Indstilling", "Sagsfremstilling", "Anledning", "Bilag", "Sagen afgøres af", "Økonomi"];
    text.lines.iter().map(|line| {
        let shown = line.span.of(&text.text);
        let numbered =
            |word: &str| shown.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let tag = match line.kind {
            LineKind::Row => "tr",
            LineKind::ListItem { .. } => "li",
            _ if numbered("Punkt ") => "h2",
            _ if HEADINGS.contains(&shown) => "h3",
            _ => "p",
        };
        (tag, shown.to_owned())
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn html(text: &Document, setting: &Setting, boxes: bool) -> String {
    let Setting { page: (width, height), margin, points, columns, font, counter, header, .. } = setting;
    let mut out =
        String::from("<!DOCTYPE html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>Referat</title><style>");
    if boxes {
        let _ = write!(
            out,
            "@page {{ size: {width}mm {height}mm; margin: {margin}mm; @top-left {{ content: \"{header}\"; font-size: 8pt }} \
             @bottom-center {{ content: {counter}; font-size: 8pt }} }}"
        );
    }
    let align = if setting.justified { "text-align: justify; hyphens: auto;" } else { "" };
    let _ = write!(
        out,
        "body {{ font: {points}pt/1.3 {font}; columns: {columns}; {align} margin: 0 }} p, ol, ul {{ margin: 0 0 0.7em }} \
         h2 {{ font-size: 1.4em; margin: 1em 0 0.5em }} h3 {{ font-size: 1.1em; margin: 0.8em 0 0.3em }} \
         table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid #888; padding: 3px 5px }} \
         .li {{ padding-left: 1.5em; text-indent: -1.5em }}</style></head><body>"
    );
    let mut table = false;
    for (tag, line) in blocks(text) {
        let row = tag == "tr";
        if row != table {
            out.push_str(if row { "<table>" } else { "</table>" });
            table = row;
        }
        match tag {
            "tr" => {
                let cells: String = line.split('\t').map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                let _ = write!(out, "<tr>{cells}</tr>");
            }
            "li" => {
                let _ = write!(out, "<p class=\"li\">{}</p>", escaped(&line));
            }
            tag => {
                let _ = write!(out, "<{tag}>{}</{tag}>", escaped(&line));
            }
        }
    }
    out + if table { "</table></body></html>" } else { "</body></html>" }
}

/// A word processor's document in one XML file, with running lines and fields that count.
fn flat_document(text: &Document, setting: &Setting) -> String {
    let Setting { page: (width, height), margin, points, columns, header, .. } = setting;
    let font = setting.font.split(',').next().unwrap();
    let align = if setting.justified { "justify" } else { "start" };
    let cut = setting.justified;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.2\" \
         office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:styles>\
         <style:style style:name=\"Standard\" style:family=\"paragraph\"><style:paragraph-properties \
         fo:margin-bottom=\"0.25cm\" fo:text-align=\"{align}\"/><style:text-properties fo:font-family=\"{font}\" \
         fo:font-size=\"{points}pt\" fo:language=\"da\" fo:country=\"DK\" fo:hyphenate=\"{cut}\" \
         fo:hyphenation-remain-char-count=\"3\" fo:hyphenation-push-char-count=\"3\"/></style:style>\
         <style:style style:name=\"li\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
         <style:paragraph-properties fo:margin-left=\"0.8cm\" fo:text-indent=\"-0.6cm\" fo:margin-bottom=\"0cm\"/></style:style>\
         <style:style style:name=\"h2\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
         <style:text-properties fo:font-weight=\"bold\" fo:font-size=\"{}pt\"/></style:style>\
         <style:style style:name=\"h3\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
         <style:text-properties fo:font-weight=\"bold\"/></style:style></office:styles><office:automatic-styles>\
         <style:style style:name=\"S\" style:family=\"section\"><style:section-properties><style:columns \
         fo:column-count=\"{columns}\" fo:column-gap=\"0.8cm\"/></style:section-properties></style:style>\
         <style:page-layout style:name=\"L\"><style:page-layout-properties fo:page-width=\"{width}mm\" \
         fo:page-height=\"{height}mm\" fo:margin=\"{margin}mm\"/><style:header-style/><style:footer-style/>\
         </style:page-layout></office:automatic-styles><office:master-styles><style:master-page \
         style:name=\"Standard\" style:page-layout-name=\"L\"><style:header><text:p>{header}</text:p></style:header>\
         <style:footer><text:p>Side <text:page-number/> af <text:page-count/></text:p></style:footer>\
         </style:master-page></office:master-styles><office:body><office:text><text:section text:style-name=\"S\" \
         text:name=\"S\">",
        points * 1.3
    );
    let mut rows: Vec<Vec<String>> = Vec::new();
    let lines: Vec<_> = blocks(text).collect();
    for (index, (tag, line)) in lines.iter().enumerate() {
        if *tag == "tr" {
            rows.push(line.split('\t').map(escaped).collect());
            if lines.get(index + 1).is_some_and(|(next, _)| *next == "tr") {
                continue;
            }
            let most = rows.iter().map(Vec::len).max().unwrap_or(1);
            let _ = write!(out, "<table:table><table:table-column table:number-columns-repeated=\"{most}\"/>");
            for row in rows.drain(..) {
                out.push_str("<table:table-row>");
                for cell in row.iter().map(String::as_str).chain(std::iter::repeat("")).take(most) {
                    let _ = write!(
                        out,
                        "<table:table-cell><text:p text:style-name=\"Standard\">{cell}</text:p></table:table-cell>"
                    );
                }
                out.push_str("</table:table-row>");
            }
            out.push_str("</table:table>");
            continue;
        }
        let style = if *tag == "p" { "Standard" } else { tag };
        let _ = write!(out, "<text:p text:style-name=\"{style}\">{}</text:p>", escaped(line));
    }
    out + "</text:section></office:text></office:body></office:document>"
}

/// For groff's manuscript macros.
fn manuscript(text: &Document, setting: &Setting) -> String {
    let mut out = format!(
        ".nr PS {0}\n.nr VS {1}\n.ds CH\n.ds LH Lokaludvalgets møder\n.ds CF Side %\n",
        setting.points,
        setting.points * 1.25
    );
    out.push_str(if setting.columns > 1 { ".2C\n" } else { "" });
    for (tag, line) in blocks(text) {
        let line = line.replace('\\', "\\e").replace('\'', "\\(aq").replace('\t', "   ");
        let line = if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line };
        out.push_str(match tag {
            "h2" | "h3" => ".SH\n",
            _ => ".LP\n",
        });
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn typst(text: &Document, setting: &Setting) -> String {
    let Setting { page: (width, height), margin, points, columns, justified, header, .. } = setting;
    let font = setting.font.split(',').next().unwrap();
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = format!(
        "#set page(width: {width}mm, height: {height}mm, margin: {margin}mm, columns: {columns}, numbering: \"1 / 1\", \
         header: text(size: 8pt, {}))\n#set text(font: \"{font}\", size: {points}pt, lang: \"da\", hyphenate: {justified})\n\
         #set par(justify: {justified})\n",
        quoted(header)
    );
    let mut rows: Vec<Vec<String>> = Vec::new();
    let lines: Vec<_> = blocks(text).collect();
    for (index, (tag, line)) in lines.iter().enumerate() {
        match *tag {
            "tr" => {
                rows.push(line.split('\t').map(quoted).collect());
                if lines.get(index + 1).is_some_and(|(next, _)| *next == "tr") {
                    continue;
                }
                let most = rows.iter().map(Vec::len).max().unwrap_or(1);
                let _ = write!(out, "#table(columns: {most}");
                for row in rows.drain(..) {
                    for cell in row.iter().map(String::as_str).chain(std::iter::repeat("\"\"")).take(most) {
                        let _ = write!(out, ", {cell}");
                    }
                }
                out.push_str(")\n\n");
            }
            "h2" => {
                let _ = write!(out, "#text(size: 1.4em, weight: \"bold\", {})\n\n", quoted(line));
            }
            "h3" => {
                let _ = write!(out, "#text(weight: \"bold\", {})\n\n", quoted(line));
            }
            _ => {
                let _ = write!(out, "#{}\n\n", quoted(line));
            }
        }
    }
    out
}
