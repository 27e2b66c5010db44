//! The items of an export, as lines.

use std::collections::BTreeSet;

use super::head;
use super::tree::{Element, heading_of};
use super::vocabulary::{Role, is_heading, is_no, is_yes, role};
use crate::intake::builder::RawLine;
use crate::intake::{LineKind, Position, Warning, html};

/// Text this long in an element that nobody knows is worth a warning.
const WORTH_A_LOOK: usize = 40;
/// Headings within a body stand below the headings of sections.
const BODY_HEADING: u8 = 4;

/// What an export says.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub lines: Vec<RawLine>,
    pub warnings: Vec<Warning>,
    unknown: BTreeSet<String>,
    hidden: bool,
    unflagged: u32,
    items: u32,
}

/// The lines of an export; nothing where there are no items.
///
/// # Errors
/// Where the HTML of a body cannot be read.
pub(super) fn export(root: &Element) -> Result<Option<Export>, String> {
    let mut export = Export::default();
    for (text, kind) in head::lines(root) {
        export.push(text, kind, root.line);
    }
    export.walk(root, Access::default())?;
    if export.items == 0 {
        return Ok(None);
    }
    export.warn();
    Ok(Some(export))
}

/// What is known of access from the elements around.
#[derive(Clone, Debug, Default)]
struct Access {
    closed: bool,
    /// Acadre's number stands beside the item.
    number: Option<String>,
}

/// What an item says of itself, before its text.
#[derive(Debug, Default)]
struct Facts {
    number: Option<String>,
    title: Option<String>,
    case: Option<String>,
    flagged: bool,
    closed: bool,
}

impl Export {
    /// All items below an element, in order.
    fn walk(&mut self, element: &Element, around: Access) -> Result<(), String> {
        let mut access = around;
        for child in element.elements() {
            match role(&child.name) {
                // Acadre: the number of the item is a field beside it.
                None if child.name == "fields" && has_item(element) => {
                    access.number = child
                        .elements()
                        .find(|field| role(&field.name) == Some(Role::Number))
                        .map(Element::value)
                        .or(access.number);
                }
                Some(Role::GroupType) => access.closed |= child.value().to_lowercase().contains("lukket"),
                Some(Role::Open) if child.is_leaf() => access.closed |= !is_yes(&child.value()),
                Some(Role::Closed) if child.is_leaf() => access.closed |= !is_no(&child.value()),
                _ => {}
            }
        }
        for child in element.elements().filter(|child| !child.attribute) {
            match role(&child.name) {
                Some(Role::Item) => self.item(child, &access)?,
                Some(Role::Skipped) => {}
                _ => self.walk(child, access.clone())?,
            }
        }
        Ok(())
    }

    fn item(&mut self, element: &Element, around: &Access) -> Result<(), String> {
        self.items += 1;
        let mut facts = Facts { closed: around.closed, ..Facts::default() };
        facts.take(element);
        if !facts.flagged {
            self.unflagged += 1;
            facts.closed = true;
        }
        let printed = facts.number.take().or_else(|| around.number.clone()).unwrap_or_default();
        let number: String = printed.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let number = number.trim_end_matches('.');
        let number = if number.is_empty() { self.items.to_string() } else { number.to_owned() };
        let title = facts.title.take().unwrap_or_else(|| "Uden titel".to_owned());
        self.push(format!("Punkt {number}: {title}"), LineKind::Heading(2), element.line);
        if facts.closed {
            self.push("Lukket punkt".to_owned(), LineKind::Plain, element.line);
        }
        if let Some(case) = &facts.case {
            self.push(format!("Sagsnr.: {case}"), LineKind::Plain, element.line);
        }
        if !facts.closed {
            self.sections(element)?;
        }
        // Items within items are items of their own, as closed as the one around them.
        let inside = Access { closed: facts.closed, number: None };
        self.inner_items(element, &inside)
    }

    fn inner_items(&mut self, element: &Element, access: &Access) -> Result<(), String> {
        for child in element.elements().filter(|child| !child.attribute) {
            match role(&child.name) {
                Some(Role::Item) => self.item(child, access)?,
                Some(Role::Skipped) => {}
                _ => self.inner_items(child, access)?,
            }
        }
        Ok(())
    }

    /// The text of an open item.
    fn sections(&mut self, element: &Element) -> Result<(), String> {
        for child in element.elements().filter(|child| !child.attribute) {
            match role(&child.name) {
                Some(Role::Item | Role::Skipped) => {}
                Some(Role::Section) => self.section(child)?,
                Some(Role::Contents) if !child.is_leaf() && !is_markup(child) => self.named_sections(child)?,
                Some(Role::Contents | Role::Body) => self.body(child)?,
                Some(_) if child.is_leaf() => {}
                _ if is_heading(&child.name) => self.named_section(child)?,
                _ if child.is_leaf() => {
                    if child.letters() >= WORTH_A_LOOK {
                        self.unknown.insert(child.printed.clone());
                    }
                }
                _ => self.sections(child)?,
            }
        }
        Ok(())
    }

    /// Elements named for their headings.
    fn named_sections(&mut self, contents: &Element) -> Result<(), String> {
        for child in contents.elements().filter(|child| !child.attribute) {
            match role(&child.name) {
                Some(Role::Item | Role::Skipped) => {}
                Some(Role::Section) => self.section(child)?,
                Some(Role::Contents) if !child.is_leaf() => self.named_sections(child)?,
                Some(Role::Body | Role::Contents) => self.body(child)?,
                _ => self.named_section(child)?,
            }
        }
        Ok(())
    }

    fn named_section(&mut self, element: &Element) -> Result<(), String> {
        if element.letters() == 0 {
            return Ok(());
        }
        self.push(heading_of(&element.printed), LineKind::Heading(3), element.line);
        self.body(element)
    }

    /// A section with its heading in an element or attribute, and its text in another.
    fn section(&mut self, element: &Element) -> Result<(), String> {
        let is_title = |part: &&Element| {
            role(&part.name) == Some(Role::Title) || matches!(part.name.as_str(), "bulletname" | "heading")
        };
        let part = |parts: &Element| parts.elements().find(is_title).map(Element::value);
        // Acadre wraps the fields once more.
        let wrapped = element.elements().find(|part| part.name == "fields");
        let heading = part(element).or_else(|| wrapped.and_then(part));
        if element.letters() == 0 {
            return Ok(());
        }
        if let Some(heading) = heading.filter(|heading| !heading.is_empty()) {
            self.push(heading, LineKind::Heading(3), element.line);
        }
        let holder = wrapped.unwrap_or(element);
        let bodies: Vec<&Element> =
            holder.elements().filter(|part| matches!(role(&part.name), Some(Role::Body | Role::Contents))).collect();
        if bodies.is_empty() && (holder.is_leaf() || is_markup(holder)) {
            return self.body(element);
        }
        for part in holder.elements().filter(|part| !part.attribute) {
            let known = role(&part.name).is_some() || is_title(&part);
            if !known && part.letters() >= WORTH_A_LOOK {
                self.unknown.insert(part.printed.clone());
            }
        }
        bodies.into_iter().try_for_each(|body| self.body(body))
    }

    /// A text: HTML in CDATA or as elements, or plain lines.
    fn body(&mut self, element: &Element) -> Result<(), String> {
        let text = if element.is_leaf() { element.raw_value() } else { element.markup() };
        let markup = !element.is_leaf() || text.contains("</") || text.contains("/>") || has_tag(&text);
        if markup || text.contains('&') {
            // Entities such as &nbsp; come escaped twice where the writer's HTML was escaped as text.
            let page = if markup { text } else { text.replace('<', "&lt;").replace('\n', "<br>") };
            let (lines, gone) = html::blocks(&page)?;
            self.hidden |= gone;
            self.lines.extend(lines.into_iter().map(|line| at(line, element.line)));
            return Ok(());
        }
        let mut gap = true;
        for line in text.lines() {
            if line.trim().is_empty() {
                gap = true;
                continue;
            }
            let (text, kind) = crate::intake::flow::plain_line(line);
            self.push_line(text, kind, element.line, gap);
            gap = false;
        }
        Ok(())
    }

    fn push(&mut self, text: String, kind: LineKind, line: u32) {
        self.push_line(text, kind, line, true);
    }

    fn push_line(&mut self, text: String, kind: LineKind, line: u32, gap_before: bool) {
        let text = crate::intake::plain::normalise(&text).trim().to_owned();
        if !text.is_empty() {
            let position = Position { page: None, line };
            self.lines.push(RawLine { text, kind, emphasised: false, position, pieces: Vec::new(), gap_before });
        }
    }

    fn warn(&mut self) {
        if self.hidden {
            let message = "hidden, struck-out or deleted text is not read".to_owned();
            self.warnings.push(Warning { code: "hidden-text", message, line: None });
        }
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.iter().map(String::as_str).collect();
            let message = format!("text in unknown elements is not read: {}", names.join(", "));
            self.warnings.push(Warning { code: "xml-not-read", message, line: None });
        }
        if self.unflagged > 0 {
            let message = format!("{} items do not say whether they are open; they are closed", self.unflagged);
            self.warnings.push(Warning { code: "xml-no-access", message, line: None });
        }
    }
}

impl Facts {
    /// Takes in what an item says of itself at any depth, but for its texts, files and inner items.
    fn take(&mut self, element: &Element) {
        for child in element.elements() {
            let value = || Some(child.value()).filter(|value| !value.is_empty());
            match role(&child.name) {
                Some(Role::Item | Role::Skipped) => {}
                // A section that is not open makes its item closed: half an item is not understood.
                Some(Role::Section | Role::Contents) => self.take_flags(child),
                Some(Role::Number) if child.is_leaf() => self.number = self.number.take().or_else(value),
                Some(Role::Title) if child.is_leaf() => self.title = self.title.take().or_else(value),
                Some(Role::Case) if child.is_leaf() => self.case = self.case.take().or_else(value),
                Some(Role::Open | Role::Closed) => self.flag(child),
                Some(_) if child.is_leaf() => {}
                _ if is_heading(&child.name) => self.take_flags(child),
                _ => self.take(child),
            }
        }
    }

    fn take_flags(&mut self, element: &Element) {
        for child in element.elements() {
            let before = self.flagged;
            match role(&child.name) {
                Some(Role::Item | Role::Skipped) => {}
                Some(Role::Open | Role::Closed) => self.flag(child),
                _ => self.take_flags(child),
            }
            // The flag of a part says nothing of the whole, unless it closes.
            self.flagged = before;
        }
    }

    fn flag(&mut self, flag: &Element) {
        let value = flag.value();
        self.flagged = true;
        self.closed |= match role(&flag.name) {
            Some(Role::Open) => !is_yes(&value),
            _ => !is_no(&value),
        };
    }
}

fn at(mut line: RawLine, number: u32) -> RawLine {
    line.position = Position { page: None, line: number };
    if let LineKind::Heading(level) = line.kind {
        line.kind = LineKind::Heading(level.saturating_add(BODY_HEADING - 1));
    }
    line
}

/// "<b", "</p": markup in a text.
fn has_tag(text: &str) -> bool {
    text.match_indices('<')
        .any(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())))
}

fn has_item(element: &Element) -> bool {
    element.elements().any(|child| role(&child.name) == Some(Role::Item))
}

/// Whether the elements in an element are HTML.
fn is_markup(element: &Element) -> bool {
    const TAGS: &[&str] =
        &["p", "div", "br", "ul", "ol", "li", "b", "i", "strong", "em", "span", "h1", "h2", "h3", "h4", "table"];
    element.elements().any(|child| !child.attribute && TAGS.contains(&child.name.as_str()))
}
