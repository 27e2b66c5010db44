//! Real minutes as DOCX and HTML against their text, where they lie beside the project: same items, same sections, and
//! the sentences of the decisions word for word. They name real people, so nothing of their text stands here.

use std::path::{Path, PathBuf};
use std::process::Command;

use med_digest::intake::{self, Document, LineKind};
use med_digest::minutes::{self, Dialect, Minutes};
use med_digest::text::sentences::WordClasses;
use serde_json::Value;

use crate::support::{json, root, shared};

/// The least share of equal decision sentences.
const LEAST: f64 = 0.99;

fn strings<'v>(items: &'v Value, key: &str) -> Vec<&'v Value> {
    items.as_array().unwrap().iter().map(|item| &item[key]).collect()
}

fn kinds(parsed: &Value) -> Vec<Vec<&str>> {
    let items = parsed["items"].as_array().unwrap().iter();
    items
        .map(|item| strings(&item["sections"], "kind").into_iter().map(|kind| kind.as_str().unwrap()).collect())
        .collect()
}

/// Item and text of each sentence of the own decisions.
fn decided(parsed: &Value) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    for item in parsed["items"].as_array().unwrap() {
        for section in item["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == "decision") {
            for entry in section["sentences"].as_array().unwrap() {
                found.push((item["number"].as_u64().unwrap(), entry["text"].as_str().unwrap().to_owned()));
            }
        }
    }
    found
}

/// How many of `wanted` are found in order. Where the text joined what a page had cut, the source may have both halves
/// as paragraphs: they count when they are the same words.
fn equal(wanted: &[(u64, String)], found: &[(u64, String)], differences: &mut Vec<String>) -> usize {
    let (mut equal, mut at) = (0, 0);
    for (item, text) in wanted {
        let rest = &found[at.min(found.len())..];
        let halves = rest.windows(2).position(|pair| {
            pair.iter().all(|(other, _)| other == item) && format!("{} {}", pair[0].1, pair[1].1) == *text
        });
        if let Some(offset) = rest.iter().position(|other| other == &(*item, text.clone())) {
            at += offset + 1;
            equal += 1;
        } else if let Some(offset) = halves {
            differences.push(format!("cut in the source: item {item}, {} letters", text.chars().count()));
            at += offset + 2;
            equal += 1;
        } else {
            differences.push(format!("missing: item {item}, {} letters", text.chars().count()));
            if std::env::var_os("SHOW_DIFFERENCES").is_some() {
                differences.push(format!("{text}\n--- {:?}", rest.first()));
            }
        }
    }
    equal
}

fn parsed(path: &Path) -> Value {
    json(&["parse", "--format", "json", &path.display().to_string()]).remove(0)
}

/// Same items, same sections, the same decisions word for word.
fn compare(name: &str, text: &Value, other: &Value) {
    for key in ["number", "title", "case", "closed", "outcome"] {
        assert_eq!(strings(&other["items"], key), strings(&text["items"], key), "{name}: {key}");
    }
    assert_eq!(kinds(other), kinds(text), "{name}");
    let (wanted, found) = (decided(text), decided(other));
    let mut differences = Vec::new();
    let equal = equal(&wanted, &found, &mut differences);
    let share = if wanted.is_empty() { 1.0 } else { equal as f64 / wanted.len() as f64 };
    println!("{name}: {equal} of {} sentences ({share:.4}), {} read", wanted.len(), found.len());
    for difference in &differences {
        println!("  {difference}");
    }
    assert!(share >= LEAST, "{name}: {share}");
    assert!(found.len() <= wanted.len() + differences.len(), "{name}: sentences nobody wrote");
}

#[test]
fn docx_and_html_read_as_the_text_does() {
    let (Some(formats), Some(minutes)) = (shared("formats"), shared("minutes")) else { return };
    for name in ["000_2be734cdf375f27c", "004_efa065c5eff8a299"] {
        let text = parsed(&minutes.join(format!("{name}.txt")));
        for extension in ["docx", "html"] {
            let other = parsed(&formats.join(format!("{name}.{extension}")));
            assert_eq!(other["source"]["format"], extension);
            compare(&format!("{name}.{extension}"), &text, &other);
        }
    }
}

/// How a page is set.
#[derive(Clone, Copy, Debug)]
enum Style {
    /// Headings and lists as such.
    Marked,
    /// Bold paragraphs for headings, markers typed by hand, everything in a layout table.
    Plain,
    /// The items folded away behind buttons, buttons and links of a committee system around them.
    Accordion,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The document as a web page.
fn page(document: &Document, minutes: &Minutes, style: Style) -> String {
    let headings: Vec<&str> =
        minutes.items.iter().flat_map(|item| &item.sections).map(|section| section.heading.as_str()).collect();
    let is_item = |text: &str| {
        minutes
            .items
            .iter()
            .any(|item| text.starts_with("Punkt ") && !item.title.is_empty() && text.ends_with(&item.title))
    };
    let mut out =
        String::from("<!doctype html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>x</title></head><body>\n");
    let mut list: Option<&str> = None;
    let mut table = false;
    if matches!(style, Style::Plain) {
        out += "<table><tr><td>\n";
    }
    for line in &document.lines {
        let text = line.span.of(&document.text);
        if table && line.kind != LineKind::Row {
            out += "</table>\n";
            table = false;
        }
        if let LineKind::ListItem { marker, .. } = line.kind
            && matches!(style, Style::Marked | Style::Accordion)
        {
            let (mark, rest) = text.split_at(marker);
            let number: Option<u32> = mark.trim().trim_end_matches('.').parse().ok();
            let tag = if number.is_some() { "ol" } else { "ul" };
            if list != Some(tag) || number == Some(1) {
                out += &list.map_or_else(String::new, |tag| format!("</{tag}>\n"));
                out += &number.map_or_else(|| "<ul>\n".to_owned(), |number| format!("<ol start=\"{number}\">\n"));
                list = Some(tag);
            }
            // What the marker of a list cannot say stays in the text.
            let typed = number.is_none() && !mark.starts_with(['-', '•', '–', '*']);
            out += &format!("<li>{}{}</li>\n", if typed { escaped(mark) } else { String::new() }, escaped(rest));
            continue;
        }
        out += &list.take().map_or_else(String::new, |tag| format!("</{tag}>\n"));
        let cells: Vec<String> = text.split('\t').map(escaped).collect();
        let text = escaped(text);
        out += &match (line.kind, style) {
            (LineKind::Row, _) => {
                let begin = if std::mem::replace(&mut table, true) { "" } else { "<table>\n" };
                format!("{begin}<tr><td>{}</td></tr>\n", cells.join("</td><td>"))
            }
            (_, Style::Marked) if is_item(&text) => format!("<h2>{text}</h2>\n"),
            (_, Style::Marked) if headings.contains(&text.as_str()) => format!("<h3>{text}</h3>\n"),
            (_, Style::Accordion) if is_item(&text) => format!(
                "<a href=\"#\">Til toppen</a><button>Udskriv</button><h2><button aria-expanded=\"false\"><span>{text}</span>\
                 <i class=\"icon\">expand_more</i></button></h2><div>Kopier link til punktet</div>\n"
            ),
            (_, Style::Plain) if is_item(&text) || headings.contains(&text.as_str()) => {
                format!("<p><b>{text}</b></p>\n")
            }
            (_, Style::Accordion) if headings.contains(&text.as_str()) => {
                format!("<p class=\"overskrift\">{text}</p>\n")
            }
            _ => format!("<p>{text}</p>\n"),
        };
    }
    out += if table { "</table>" } else { "" };
    out += &list.map_or_else(String::new, |tag| format!("</{tag}>"));
    out += if matches!(style, Style::Plain) { "</td></tr></table>" } else { "" };
    out + "</body></html>\n"
}

/// Runs a program of another house; nothing where it is not installed.
fn convert(program: &str, arguments: &[&str], made: &Path) -> Option<PathBuf> {
    let output = Command::new(program).args(arguments).output().ok()?;
    assert!(made.is_file(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(made.to_path_buf())
}

/// A page as other programs write it, with the name of the way it took.
fn written(page: &Path, folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let (source, out) = (page.display().to_string(), folder.display().to_string());
    let profile = format!("-env:UserInstallation=file://{out}/profile");
    let office = |filter: &str, input: &str, made: &Path| {
        let mut arguments = vec![profile.as_str(), "--headless", "--convert-to", filter, "--outdir", &out];
        if input.ends_with(".html") {
            arguments.push("--infilter=HTML (StarWriter)");
        }
        arguments.push(input);
        convert("soffice", &arguments, made)
    };
    let mut found = vec![("page", page.to_path_buf())];
    let docx = folder.join("pandoc.docx");
    let by_pandoc = convert("pandoc", &["-f", "html", "-o", &docx.display().to_string(), &source], &docx);
    match by_pandoc {
        Some(docx) => {
            let html = folder.join("back.html");
            let back =
                convert("pandoc", &["-s", "-o", &html.display().to_string(), &docx.display().to_string()], &html);
            let office_html = office("html", &docx.display().to_string(), &folder.join("pandoc.html"));
            found.extend(back.map(|path| ("pandoc DOCX, pandoc HTML", path)));
            found.extend(office_html.map(|path| ("pandoc DOCX, LibreOffice HTML", path)));
            found.push(("pandoc DOCX", docx));
        }
        None => eprintln!("SKIPPED: pandoc is not installed, its files are not read"),
    }
    match office("docx:MS Word 2007 XML", &source, &page.with_extension("docx")) {
        Some(docx) => found.push(("LibreOffice DOCX", docx)),
        None => eprintln!("SKIPPED: LibreOffice is not installed, its files are not read"),
    }
    found
}

#[test]
fn pages_and_documents_of_other_programs_read_as_the_text_does() {
    let mut sources = vec![root().join("examples/referat-hovedmed-2026-09-16.txt")];
    if let Some(minutes) = shared("minutes") {
        let mut found: Vec<PathBuf> = std::fs::read_dir(minutes).unwrap().map(|entry| entry.unwrap().path()).collect();
        found.sort();
        // An office program takes seconds for each; all of them when asked for.
        let all = std::env::var_os("ALL_FILES").is_some();
        sources.extend(found.into_iter().take(if all { usize::MAX } else { 1 }));
    }
    for source in sources {
        let document = intake::read(&source, u64::MAX).unwrap();
        let minutes = minutes::parse(&document, &Dialect::shipped(), &WordClasses::shipped(), &[]);
        let text = parsed(&source);
        for style in [Style::Marked, Style::Plain, Style::Accordion] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("side.html");
            std::fs::write(&path, page(&document, &minutes, style)).unwrap();
            // What folds and what is a button is lost where another program writes the page anew.
            let ways = match style {
                Style::Accordion => vec![("page", path)],
                _ => written(&path, folder.path()),
            };
            for (way, file) in ways {
                if let Some(keep) = std::env::var_os("KEEP_FILES") {
                    let name = format!(
                        "{}-{style:?}-{}",
                        source.file_stem().unwrap().display(),
                        file.file_name().unwrap().display()
                    );
                    std::fs::copy(&file, Path::new(&keep).join(name)).unwrap();
                }
                compare(&format!("{} {style:?} {way}", source.file_name().unwrap().display()), &text, &parsed(&file));
            }
        }
    }
}
