//! Numbers of lists and headings, which a DOCX counts instead of writing.

use std::collections::{BTreeMap, BTreeSet};

use super::xml::{Node, walk};

/// A list has nine levels.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// "%1.%2": the text with a place for the number of each level.
    text: String,
    /// The paragraph style that stands for this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new(), style: None }
    }
}

#[derive(Clone, Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style whose list this is, where the definition stands elsewhere.
    link: Option<String>,
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, List>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    restarted: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(xml: &str) -> Result<Self, String> {
        let mut all = Self::default();
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0_usize;
        walk(xml, |node| match node {
            Node::Open("abstractNum", attributes) => {
                definition = attributes.get("abstractNumId").map(|id| (id.to_owned(), Definition::default()));
            }
            Node::Close("abstractNum") => all.definitions.extend(definition.take()),
            Node::Open("num", attributes) => {
                list = attributes.get("numId").map(|id| (id.to_owned(), List::default()));
            }
            Node::Close("num") => all.lists.extend(list.take()),
            Node::Open("lvlOverride", attributes) => overridden = level_number(attributes.get("ilvl")),
            Node::Open("lvl", attributes) => level = Some((level_number(attributes.get("ilvl")), Level::default())),
            Node::Close("lvl") => {
                if let Some((_, list)) = &mut list {
                    list.levels.extend(level.take());
                } else if let Some((_, definition)) = &mut definition {
                    definition.levels.extend(level.take());
                }
            }
            Node::Open(name, attributes) => {
                let value = attributes.value().unwrap_or_default();
                match (name, &mut level, &mut list, &mut definition) {
                    ("start", Some((_, level)), ..) => level.start = value.parse().unwrap_or(1),
                    ("numFmt", Some((_, level)), ..) => value.clone_into(&mut level.format),
                    ("lvlText", Some((_, level)), ..) => value.clone_into(&mut level.text),
                    ("pStyle", Some((_, level)), ..) => level.style = Some(value.to_owned()),
                    ("abstractNumId", None, Some((_, list)), _) => value.clone_into(&mut list.definition),
                    ("startOverride", None, Some((_, list)), _) => {
                        list.starts.extend(value.parse().ok().map(|start| (overridden, start)));
                    }
                    ("numStyleLink", None, None, Some((_, definition))) => definition.link = Some(value.to_owned()),
                    ("styleLink", None, None, Some((_, definition))) => definition.style = Some(value.to_owned()),
                    _ => {}
                }
            }
            _ => {}
        })?;
        Ok(all)
    }

    /// The level of a list that a paragraph style stands for.
    pub fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let levels = &self.definition(list)?.1.levels;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(level, _)| *level)
    }

    /// Counts one paragraph on and gives its marker: "1.", "a)", "-" for any bullet; nothing where it has no list.
    pub fn next(&mut self, list_id: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let (definition_id, definition) = self.definition(list_id)?;
        let definition_id = definition_id.to_owned();
        let list = self.lists.get(list_id)?;
        let levels: Vec<Level> = (0..LEVELS)
            .map(|level| list.levels.get(&level).or_else(|| definition.levels.get(&level)).cloned().unwrap_or_default())
            .collect();
        let restart = list.starts.get(&level).copied();
        let own = levels.get(level)?;
        if own.format == "bullet" {
            return Some("-".to_owned());
        }
        // Lists of one definition go on counting together, unless one says where it starts.
        let counters = self.counters.entry(definition_id).or_default();
        let fresh = restart.filter(|_| self.restarted.insert((list_id.to_owned(), level)));
        for (number, (counter, level_definition)) in counters.iter_mut().zip(&levels).enumerate() {
            match number.cmp(&level) {
                std::cmp::Ordering::Less => *counter = counter.or(Some(level_definition.start)),
                std::cmp::Ordering::Equal => {
                    let following = counter.map_or(level_definition.start, |count| count.saturating_add(1));
                    *counter = Some(fresh.unwrap_or(following));
                }
                std::cmp::Ordering::Greater => *counter = None,
            }
        }
        let mut marker = own.text.clone();
        for (number, (counter, level_definition)) in counters.iter().zip(&levels).enumerate() {
            if let Some(count) = counter {
                marker = marker.replace(&format!("%{}", number + 1), &formatted(*count, &level_definition.format));
            }
        }
        Some(marker.trim().to_owned()).filter(|marker| !marker.is_empty())
    }

    fn definition(&self, list: &str) -> Option<(&str, &Definition)> {
        let (id, own) = self.definitions.get_key_value(&self.lists.get(list)?.definition)?;
        let Some(link) = &own.link else { return Some((id, own)) };
        let linked = self.definitions.iter().find(|(_, other)| other.style.as_ref() == Some(link));
        Some(linked.map_or((id, own), |(id, definition)| (id, definition)))
    }
}

fn level_number(attribute: Option<&str>) -> usize {
    attribute.and_then(|level| level.parse().ok()).unwrap_or_default()
}

fn formatted(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

/// a … z, aa … zz, as word processors go on; numbers for what no list of people reaches.
fn letters(count: u32) -> String {
    let Some(index) = count.checked_sub(1).filter(|index| *index < 260) else { return count.to_string() };
    let letter = u8::try_from(index % 26).map_or('?', |offset| char::from(b'a' + offset));
    std::iter::repeat_n(letter, usize::try_from(index / 26).unwrap_or_default() + 1).collect()
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&count) {
        return count.to_string();
    }
    let mut left = count;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}
