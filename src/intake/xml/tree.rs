//! An XML file as a tree with names made alike.
//!
//! The exports write the same things as elements or as attributes, in Danish letters or without, and one of them calls all
//! its elements `table` and `field` and says in an attribute what they are: here that is levelled, so that the vocabulary
//! needs each word once. Nothing is ever expanded: a file that refers to an entity of its own is refused, not guessed at.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Exports nest some ten elements deep; more is no export.
const DEEPEST: usize = 128;

/// One element; its attributes are the first of its children, named like elements.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Lower case, `aa`, `oe`, `ae` for the Danish letters, without prefix.
    pub name: String,
    /// As it stands in the file, for headings and messages.
    pub printed: String,
    /// The tag to write when the element turns out to be HTML.
    tag: String,
    pub attribute: bool,
    /// Line of the file, from 1.
    pub line: u32,
    pub children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    /// Its elements and attributes.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Whether it holds other elements than its attributes.
    pub fn is_leaf(&self) -> bool {
        self.elements().all(|element| element.attribute)
    }

    /// The text directly in it, folded to one line.
    pub fn value(&self) -> String {
        self.raw_value().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text directly in it as it stands.
    pub fn raw_value(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Element(_) => None,
        });
        texts.collect()
    }

    /// What stands in it, elements as tags: HTML that the file did not wrap in CDATA.
    pub fn markup(&self) -> String {
        let mut out = String::new();
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                Child::Element(element) if element.attribute => {}
                Child::Element(element) => {
                    out.push_str(&format!("<{}>{}</{}>", element.tag, element.markup(), element.printed));
                }
            }
        }
        out
    }

    /// Whether there is any text in it, at any depth; attributes do not count.
    pub fn letters(&self) -> usize {
        let of_child = |child: &Child| match child {
            Child::Text(text) => text.chars().filter(|c| c.is_alphanumeric()).count(),
            Child::Element(element) if element.attribute => 0,
            Child::Element(element) => element.letters(),
        };
        self.children.iter().map(of_child).sum()
    }
}

/// Reads a file.
///
/// # Errors
/// What is wrong with the XML, and where.
pub(super) fn read(xml: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let (mut line, mut counted) = (1_u32, 0_usize);
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let passed = xml.as_bytes().get(counted..position).unwrap_or_default();
        line = line.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', passed).count()).unwrap_or(u32::MAX));
        counted = counted.max(position);
        let event = reader.read_event().map_err(|error| format!("{error} (line {line})"))?;
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                if open.len() > DEEPEST {
                    return Err(format!("elements nested deeper than {DEEPEST} (line {line})"));
                }
                open.push(element(start, line));
                if matches!(event, Event::Empty(_)) {
                    close(&mut open);
                }
            }
            Event::End(_) => close(&mut open),
            Event::Text(ref text) => push(&mut open, &text.xml10_content()),
            Event::CData(ref text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(ref reference) => {
                let name = reference.xml10_content();
                let named = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    // The one name of HTML that exports let slip through.
                    "nbsp" => Some('\u{a0}'),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let character = named.ok_or_else(|| format!("it uses the entity &{name}; (line {line})"))?;
                push(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::Eof if open.len() > 1 => return Err(format!("it ends in the middle (line {line})")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let mut roots = open.into_iter().flat_map(|element| element.children).filter_map(|child| match child {
        Child::Element(element) => Some(element),
        Child::Text(_) => None,
    });
    roots.next().ok_or_else(|| "there is no element in it".to_owned())
}

fn close(open: &mut Vec<Element>) {
    // The first is the file itself.
    if open.len() > 1
        && let Some(element) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(Child::Element(element));
    }
}

fn push(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => element.children.push(Child::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>, line: u32) -> Element {
    let printed = start.name().into_inner().to_owned();
    let mut found = Element { name: plain_name(&printed), line, ..Element::default() };
    let indirect = matches!(found.name.as_str(), "table" | "field");
    for attribute in start.attributes().flatten() {
        let key = attribute.key.into_inner();
        if key.starts_with("xmlns") {
            continue;
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
        if indirect && key == "name" {
            found.name = plain_name(&value);
            continue;
        }
        found.children.push(Child::Element(Element {
            name: plain_name(key),
            printed: key.to_owned(),
            attribute: true,
            line,
            children: vec![Child::Text(value)],
            ..Element::default()
        }));
    }
    found.tag = start.to_string();
    found.printed = printed;
    found
}

/// "edoc:MødeID" is "moedeid".
fn plain_name(name: &str) -> String {
    let local = name.rsplit(':').next().unwrap_or(name);
    let mut plain = String::with_capacity(local.len());
    for character in unescaped(local).chars().flat_map(char::to_lowercase) {
        match character {
            'å' => plain.push_str("aa"),
            'ø' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            other if other.is_alphanumeric() => plain.push(other),
            _ => {}
        }
    }
    plain
}

/// The words of an element's name: "Indstilling_x0020_og_x0020_beslutning" is "Indstilling og beslutning".
pub(super) fn heading_of(name: &str) -> String {
    let words = unescaped(name.rsplit(':').next().unwrap_or(name)).replace('_', " ");
    let words = ["HTML", "Html", "html", "Tekst", "Text"].iter().fold(words.as_str(), |words, ending| {
        words.strip_suffix(ending).filter(|rest| !rest.is_empty()).unwrap_or(words)
    });
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that a name may not have are written as `_x0020_`.
fn unescaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (before, after) = match character {
            Some(_) => (rest.get(..at), rest.get(at + 7..)),
            None => (rest.get(..at + 2), rest.get(at + 2..)),
        };
        out.push_str(before.unwrap_or_default());
        out.extend(character);
        rest = after.unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_with_and_without_prefix_danish_letters_and_escapes() {
        assert_eq!(plain_name("edoc:MødeID"), "moedeid");
        assert_eq!(plain_name("M_x00F8_deID"), "moedeid");
        assert_eq!(plain_name("Agenda-Item_Number"), "agendaitemnumber");
        assert_eq!(heading_of("Indstilling_x0020_og_x0020_beslutning"), "Indstilling og beslutning");
        assert_eq!(heading_of("BeslutningHTML"), "Beslutning");
        assert_eq!(heading_of("Tekst"), "Tekst");
    }

    #[test]
    fn tables_and_fields_are_called_what_their_attribute_says() {
        let root = read(r#"<table name="agenda"><fields><field name="case-no">1</field></fields></table>"#).unwrap();
        assert_eq!(root.name, "agenda");
        assert_eq!(root.elements().next().unwrap().elements().next().unwrap().name, "caseno");
    }

    #[test]
    fn entities_of_the_file_itself_are_an_error_and_never_expanded() {
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"#;
        assert!(read(bomb).unwrap_err().contains("&c;"));
        assert_eq!(read("<a>&lt;&#248;&amp;</a>").unwrap().value(), "<ø&");
        assert!(read(&"<a>".repeat(200)).unwrap_err().contains("deeper"));
        assert!(read("<a><b></b>").unwrap_err().contains("middle"));
    }
}
