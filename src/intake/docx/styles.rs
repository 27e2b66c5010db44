//! The styles of a DOCX: what a paragraph is by the style it wears, inherited along `basedOn`.
//!
//! Style ids are localised ("Overskrift1"), their names are not ("heading 1"), so names decide.

use std::collections::BTreeMap;

use super::xml::{Attributes, Node, walk};

/// Styles are based on styles; longer chains than this are circles.
const LONGEST_CHAIN: usize = 16;

/// Marks of characters; nothing said means as inherited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    /// Not shown, or struck out: no part of the text.
    pub gone: Option<bool>,
    pub struck: Option<bool>,
}

impl Marks {
    /// Takes in one property of a run.
    pub fn read(&mut self, name: &str, attributes: &Attributes) {
        let on = Some(attributes.is_on());
        match name {
            "b" => self.bold = on,
            "i" => self.italic = on,
            "vanish" => self.gone = on,
            "strike" | "dstrike" => self.struck = on,
            _ => {}
        }
    }

    /// What is said here, and where nothing is, what `under` says.
    pub fn over(self, under: Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            italic: self.italic.or(under.italic),
            gone: self.gone.or(under.gone),
            struck: self.struck.or(under.struck),
        }
    }
}

/// One style as the file defines it.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    list_level: Option<usize>,
    marks: Marks,
}

/// What a paragraph style means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Level of the heading, from 1.
    pub heading: Option<u8>,
    /// A line of a table of contents.
    pub contents: bool,
    /// Number of its list in the numbering part, and the level there.
    pub list: Option<String>,
    pub list_level: Option<usize>,
    pub marks: Marks,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(xml: &str) -> Result<Self, String> {
        let mut all = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        walk(xml, |node| match node {
            Node::Open("style", attributes) => {
                open = attributes.get("styleId").map(|id| (id.to_owned(), Style::default()));
            }
            Node::Close("style") => all.extend(open.take()),
            Node::Open(name, attributes) => {
                if let Some((_, style)) = &mut open {
                    style.take(name, &attributes);
                }
            }
            _ => {}
        })?;
        Ok(Self(all))
    }

    /// What a style means, its own word before those it is based on.
    pub fn meaning(&self, id: &str) -> Meaning {
        let mut meaning = Meaning::default();
        let mut next = Some(id);
        // A style without a definition is known by its id, if at all.
        if !self.0.contains_key(id) {
            meaning.heading = heading_by_name(id);
        }
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.0.get(id)) else { break };
            let name = style.name.to_lowercase();
            meaning.heading = meaning.heading.or_else(|| heading_by_name(&name)).or(style.outline);
            meaning.contents |= name.starts_with("toc ") || name.starts_with("contents ");
            meaning.list = meaning.list.or_else(|| style.list.clone());
            meaning.list_level = meaning.list_level.or(style.list_level);
            meaning.marks = meaning.marks.over(style.marks);
            next = style.based_on.as_deref();
        }
        // Outline level 9 is Word's word for running text.
        meaning.heading = meaning.heading.filter(|level| (1..=9).contains(level) && !meaning.contents);
        meaning
    }
}

impl Style {
    fn take(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.value().unwrap_or_default();
        match name {
            "name" => value().clone_into(&mut self.name),
            "basedOn" => self.based_on = attributes.value().map(str::to_owned),
            "outlineLvl" => self.outline = value().parse::<u8>().ok().map(|level| level.saturating_add(1)),
            "numId" => self.list = attributes.value().map(str::to_owned),
            "ilvl" => self.list_level = value().parse().ok(),
            _ => self.marks.read(name, attributes),
        }
    }
}

/// "heading 2", "Overskrift2", "Title".
fn heading_by_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if matches!(name.as_str(), "title" | "titel") {
        return Some(1);
    }
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("overskrift"))?;
    rest.trim().parse().ok()
}
