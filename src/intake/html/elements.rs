//! What each HTML element means for the text: a block, furniture of the page, emphasis.

use scraper::node::Element;

/// What is on the page for navigation, looks or programs.
const FURNITURE: &[&str] = &[
    "head", "nav", "aside", "script", "style", "noscript", "template", "svg", "math", "select", "iframe", "object",
    "audio", "video", "canvas", "textarea", "dialog",
];
/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
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
/// Roles of parts that are no text of the page.
const FURNITURE_ROLES: &[&str] =
    &["navigation", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog", "tooltip", "complementary"];
/// Parts of class names of parts that are no text of the page.
const FURNITURE_CLASSES: &[&str] = &["cookie", "breadcrumb", "skip-link", "skiplink", "share-link", "social-share"];
/// Classes by which pages hide text from those who see them.
const HIDING_CLASSES: &[&str] =
    &["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "d-none", "is-hidden"];
/// Parts of class names that pages give to headings and labels set in a plain element.
const HEADING_CLASSES: &[&str] = &["heading", "headline", "overskrift", "rubrik", "label"];

pub(super) fn is_block(element: &Element) -> bool {
    let name = element.name();
    // A button within a heading is part of it.
    (BLOCKS.contains(&name) && name != "button") || is_accordion_button(element) || {
        name == "span" && compact_style(element).contains("display:block")
    }
}

/// Whether no reader of the page takes this for its text.
pub(super) fn is_furniture(element: &Element) -> bool {
    // How word processors save the running header and footer of a page.
    if element.name() == "div" && matches!(element.attr("title"), Some("header" | "footer")) {
        return true;
    }
    let name = element.name();
    if FURNITURE.contains(&name) || (name == "button" && !is_accordion_button(element)) {
        return true;
    }
    element.attr("role").is_some_and(|role| FURNITURE_ROLES.contains(&role))
        || (!matches!(name, "html" | "body" | "main" | "article") && {
            has_class(element, FURNITURE_CLASSES)
                || element.id().is_some_and(|id| FURNITURE_CLASSES.iter().any(|part| id.to_lowercase().contains(part)))
        })
}

/// A sign of an icon font: what it would draw is the only word in it.
pub(super) fn is_icon(element: &Element) -> bool {
    let font = |class: &str| class == "icon" || class.starts_with("material-");
    let sign = |class: &str| font(class) || class == "fa" || class.starts_with("fa-") || class.contains("icon");
    match element.name() {
        "i" => element.classes().any(sign),
        "span" => element.classes().any(font),
        _ => false,
    }
}

/// A button that opens and closes a part of the page bears its heading.
pub(super) fn is_accordion_button(element: &Element) -> bool {
    element.name() == "button"
        && (element.attr("aria-expanded").is_some()
            || element.attr("data-toggle").or(element.attr("data-bs-toggle")) == Some("collapse")
            || has_class(element, &["accordion", "collaps"]))
}

/// Struck out, deleted or not shown: no longer what the page says.
pub(super) fn is_gone(element: &Element) -> bool {
    if matches!(element.name(), "del" | "s" | "strike")
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
    {
        return true;
    }
    let hiding = |class: &str| HIDING_CLASSES.contains(&class);
    // "d-none d-md-block" is hidden on telephones only.
    if element.classes().any(hiding) && !element.classes().any(|class| class.starts_with("d-") && class != "d-none") {
        return true;
    }
    let style = compact_style(element);
    !style.is_empty()
        && (["display:none", "visibility:hidden", "line-through", "mso-hide:all", "color:transparent"]
            .iter()
            .any(|mark| style.contains(mark))
            || declared(&style, "opacity").is_some_and(|value| matches!(value, "0" | "0.0"))
            || declared(&style, "font-size").is_some_and(|value| matches!(value, "0" | "0px" | "0pt" | "0em"))
            || (declared(&style, "color").is_some_and(is_white)
                && declared(&style, "background-color").or(declared(&style, "background")).is_none_or(is_white)))
}

/// Whether an element paints a ground on which white letters can be read.
pub(super) fn has_ground(element: &Element) -> bool {
    let style = compact_style(element);
    declared(&style, "background-color").or(declared(&style, "background")).is_some_and(|value| !is_white(value))
        || element.attr("bgcolor").is_some_and(|value| !is_white(&value.to_lowercase()))
}

/// Whether all that hides an element is that its letters are white.
pub(super) fn is_white_only(element: &Element) -> bool {
    let style = compact_style(element);
    declared(&style, "color").is_some_and(is_white)
        && !["display:none", "visibility:hidden", "line-through", "mso-hide:all"]
            .iter()
            .any(|mark| style.contains(mark))
        && element.attr("hidden").is_none()
        && element.attr("aria-hidden") != Some("true")
        && !matches!(element.name(), "del" | "s" | "strike")
}

fn is_white(value: &str) -> bool {
    matches!(value, "white" | "#fff" | "#ffffff" | "rgb(255,255,255)")
}

/// The value of a property in a style without blanks.
fn declared<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    style.split(';').find_map(|part| part.strip_prefix(property)?.strip_prefix(':'))
}

/// Bold or italic, or a plain element that the page dresses as a heading.
pub(super) fn is_emphasis(element: &Element) -> bool {
    if matches!(element.name(), "b" | "strong" | "i" | "em" | "th") {
        return true;
    }
    if matches!(element.name(), "p" | "span" | "legend" | "caption") && has_class(element, HEADING_CLASSES) {
        return true;
    }
    let style = compact_style(element);
    !style.is_empty()
        && ["font-weight:bold", "font-weight:6", "font-weight:7", "font-weight:8", "font-weight:9", "font-style:italic"]
            .iter()
            .any(|mark| style.contains(mark))
}

/// A label is parted from what stands behind it by looks alone, on pages that lose their blanks.
pub(super) fn is_label(element: &Element) -> bool {
    element.name() == "label"
        || (matches!(element.name(), "span" | "strong" | "b") && has_class(element, &["label", "key", "caption"]))
}

/// The level of a heading, by its name, its role, or as what opens a part of the page.
pub(super) fn heading(element: &Element) -> Option<u8> {
    let level = |text: &str| text.parse::<u8>().ok().filter(|level| (1..=6).contains(level));
    match element.attr("role") {
        Some("heading") => Some(element.attr("aria-level").and_then(level).unwrap_or(2)),
        _ if element.name() == "summary" || is_accordion_button(element) => Some(3),
        _ => element.name().strip_prefix('h').and_then(level),
    }
}

/// Whether a class of the element has one of the parts in it.
fn has_class(element: &Element, parts: &[&str]) -> bool {
    element.attr("class").is_some_and(|classes| {
        let classes = classes.to_lowercase();
        parts.iter().any(|part| classes.contains(part))
    })
}

fn compact_style(element: &Element) -> String {
    let style = element.attr("style").unwrap_or_default();
    style.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_lowercase()
}
