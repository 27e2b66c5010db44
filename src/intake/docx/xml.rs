//! The XML of an Office part as a stream of the few things that its readers ask for.
//!
//! Elements are known by their names behind the prefix that the part itself binds to WordprocessingML, so that drawings and
//! formulas, which have their own `p` and `t`, are never taken for text.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What a part says, in order; an empty element opens and closes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node<'n> {
    /// An element begins; its name without the prefix where it is of WordprocessingML or a relationship, else with it.
    Open(&'n str, Attributes),
    /// An element ends.
    Close(&'n str),
    /// Characters, decoded; they may come in several pieces.
    Text(&'n str),
}

/// The attributes of an element by their names without prefix.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `val`, which most elements of properties have.
    pub fn value(&self) -> Option<&str> {
        self.get("val")
    }

    /// Whether a property that is switched on by being there is on.
    pub fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads a part to its end.
///
/// # Errors
/// What is wrong with the XML, and at which byte.
pub(super) fn walk(xml: &str, mut each: impl FnMut(Node<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut prefix: Option<String> = None;
    let mut depth = 0_usize;
    loop {
        let position = reader.buffer_position();
        let event = reader.read_event().map_err(|error| format!("{error} (byte {position})"))?;
        match event {
            Event::Start(ref element) | Event::Empty(ref element) => {
                let prefix = prefix.get_or_insert_with(|| word_prefix(element));
                let name = local(element.name().into_inner(), prefix);
                each(Node::Open(name, attributes(element)));
                if matches!(event, Event::Empty(_)) {
                    each(Node::Close(name));
                } else {
                    depth += 1;
                }
            }
            Event::End(ref element) => {
                depth = depth.saturating_sub(1);
                each(Node::Close(local(element.name().into_inner(), prefix.as_deref().unwrap_or_default())));
            }
            Event::Text(ref text) => each(Node::Text(&text.xml10_content())),
            Event::CData(ref text) => each(Node::Text(&text.xml10_content())),
            Event::GeneralRef(ref reference) => {
                let named = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(character) = named {
                    each(Node::Text(character.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof if depth > 0 => return Err(format!("it ends in the middle (byte {position})")),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The prefix that the root element binds to WordprocessingML (transitional or strict), with its colon.
fn word_prefix(root: &BytesStart<'_>) -> String {
    let bound = root.attributes().flatten().find_map(|attribute| {
        let name = attribute.key.into_inner();
        let word = attribute.value.contains("/wordprocessingml/") && attribute.value.ends_with("/main");
        name.strip_prefix("xmlns").filter(|_| word).map(|rest| rest.trim_start_matches(':').to_owned())
    });
    bound.map(|prefix| if prefix.is_empty() { prefix } else { prefix + ":" }).unwrap_or_default()
}

fn local<'n>(name: &'n str, prefix: &str) -> &'n str {
    name.strip_prefix(prefix).unwrap_or(name)
}

fn attributes(element: &BytesStart<'_>) -> Attributes {
    let unprefixed = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    let value = |attribute: &quick_xml::events::attributes::Attribute<'_>| {
        attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
    };
    Attributes(
        element
            .attributes()
            .flatten()
            .filter(|attribute| !attribute.key.into_inner().starts_with("xmlns"))
            .map(|attribute| (unprefixed(attribute.key.into_inner()), value(&attribute)))
            .collect(),
    )
}
