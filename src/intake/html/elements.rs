//! What each HTML element means for the text: a block, furniture of the page, emphasis.

use scraper::node::Element;

/// What is on the page for navigation, looks or programs.
const FURNITURE: &[&str] = &[
    "head", "nav", "aside", "script", "style", "noscript", "template", "svg", "math", "button", "select", "iframe",
    "object", "audio", "video", "canvas", "textarea", "dialog",
];
/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether no reader of the page takes this for its text.
pub(super) fn is_furniture(element: &Element) -> bool {
    FURNITURE.contains(&element.name()) || matches!(element.attr("role"), Some("navigation" | "search" | "menu"))
}

/// Struck out, deleted or not shown: no longer what the page says.
pub(super) fn is_gone(element: &Element) -> bool {
    let style = compact_style(element);
    matches!(element.name(), "del" | "s" | "strike")
        || element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("line-through")
}

/// Bold or italic.
pub(super) fn is_emphasis(element: &Element) -> bool {
    let style = compact_style(element);
    matches!(element.name(), "b" | "strong" | "i" | "em")
        || ["font-weight:bold", "font-weight:6", "font-weight:7", "font-weight:8", "font-weight:9", "font-style:italic"]
            .iter()
            .any(|mark| style.contains(mark))
}

/// The level of a heading, by its name or its role.
pub(super) fn heading(element: &Element) -> Option<u8> {
    let level = |text: &str| text.parse::<u8>().ok().filter(|level| (1..=6).contains(level));
    match element.attr("role") {
        Some("heading") => Some(element.attr("aria-level").and_then(level).unwrap_or(2)),
        _ => element.name().strip_prefix('h').and_then(level),
    }
}

fn compact_style(element: &Element) -> String {
    let style = element.attr("style").unwrap_or_default();
    style.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_lowercase()
}
