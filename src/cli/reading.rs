//! `digest parse --explain`: each line of a document, what it was taken as, and why.

use std::io::Write;

use crate::minutes::{LineReading, LineRole, Minutes, SectionKind};

/// So much of a line is shown, in characters.
const WIDTH: usize = 100;

/// Prints one line for each line of the parsed text.
pub(super) fn explain(minutes: &Minutes, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", minutes.source.file)?;
    for reading in &minutes.lines {
        let place = place(reading);
        let text: String = reading.span.of(&minutes.text).chars().take(WIDTH).collect();
        let role = role(reading.role);
        writeln!(out, "{place:>8}  {role:<24} {text}")?;
        if !reading.why.is_empty() {
            writeln!(out, "{:>8}  {:<24} ^ {}", "", "", reading.why)?;
        }
    }
    writeln!(out, "layout:")?;
    for form in minutes.layout.forms() {
        writeln!(out, "  {form}")?;
    }
    Ok(())
}

/// "3:14", page and line; the line alone where there are no pages.
fn place(reading: &LineReading) -> String {
    reading.at.map_or_else(String::new, |at| match at.page {
        Some(page) => format!("{page}:{}", at.line),
        None => at.line.to_string(),
    })
}

fn role(role: LineRole) -> String {
    let section = |kind: SectionKind| {
        serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
    };
    match role {
        LineRole::Head => "head".into(),
        LineRole::Contents => "contents".into(),
        LineRole::Item => "ITEM".into(),
        LineRole::Case => "case number".into(),
        LineRole::Label => "label".into(),
        LineRole::Aside => "aside".into(),
        LineRole::Section(kind) => format!("SECTION {}", section(kind)),
        LineRole::Text(kind) => format!("  {}", section(kind)),
        LineRole::Closed => "closed, left out".into(),
    }
}
