//! Examples: a sentence, or a table that says where the sentence stands.

use super::super::messages;
use super::super::model::Example;
use super::{OUTCOMES, form};
use crate::diagnostic::Problem;
use crate::minutes::{EntryKind, Outcome};
use crate::tables::{Node, Reader};

/// Names of what an entry of the minutes can be.
pub(super) static KINDS: [(&str, EntryKind); 4] = [
    ("sentence", EntryKind::Sentence),
    ("list-item", EntryKind::ListItem),
    ("row", EntryKind::Row),
    ("lead-in", EntryKind::LeadIn),
];

/// The item title of an example that names none.
const ANY_ITEM: &str = "Eksempel";

/// Reads `hits` or `misses`; that there is none is a problem.
pub(super) fn read(reader: &mut Reader<'_, '_>, key: &'static str) -> Vec<Example> {
    let nodes: Vec<&Node> = match reader.node(key) {
        None => Vec::new(),
        Some(Node::Array(array)) => array.value.iter().collect(),
        Some(single) => vec![single],
    };
    if nodes.is_empty() {
        let (danish, english) = match key {
            "hits" => (
                "Skriv en sætning, den skal ramme, med de fundne ord mellem stjerner: hits = [\"Lægebesøg er **uden løn**.\"]",
                "Write a sentence that it must hit, with the words it finds between stars.",
            ),
            _ => (
                "Skriv en sætning, der ligner, men som den ikke må ramme: misses = [\"Lønsystemet blev opdateret.\"]",
                "Write a sentence that is alike and that it must not hit.",
            ),
        };
        let problem = Problem::new(&messages::EXAMPLES_MISSING).with("key", key);
        let problem = problem.with("hint_da", danish).with("hint_en", english);
        match reader.node(key) {
            Some(node) => reader.problems.push(problem.at(node.place())),
            None if reader.is_misspelt(key) => {}
            None => reader.missing(problem),
        }
    }
    nodes.into_iter().filter_map(|node| read_one(node, key, reader)).collect()
}

fn read_one(node: &Node, key: &'static str, reader: &mut Reader<'_, '_>) -> Option<Example> {
    let example = match node {
        Node::String(text) if !text.value.trim().is_empty() => Example {
            item: ANY_ITEM.to_owned(),
            subheading: None,
            committee: None,
            outcome: Outcome::None,
            stories: false,
            kind: EntryKind::Sentence,
            participant: None,
            before: None,
            text: text.value.clone(),
            place: text.place.clone(),
        },
        Node::Table(table) => {
            let mut inner = Reader::of(&form::EXAMPLE, table, reader.problems);
            let mut text_of = |name| inner.string(name).map(|located| located.value.clone());
            let (item, subheading) = (text_of("item"), text_of("subheading"));
            let (committee, before) = (text_of("committee"), text_of("before"));
            let participant = text_of("participant");
            let outcome = inner.choice("outcome", &OUTCOMES).unwrap_or_default();
            let kind = inner.choice("kind", &KINDS).unwrap_or(EntryKind::Sentence);
            let stories = inner.boolean("stories").is_some_and(|located| located.value);
            let text = inner.required_string("text").cloned();
            inner.finish();
            let text = text?;
            Example {
                item: item.unwrap_or_else(|| ANY_ITEM.to_owned()),
                subheading,
                committee,
                outcome,
                stories,
                kind,
                participant,
                before,
                text: text.value,
                place: text.place,
            }
        }
        other => {
            reader.problems.push(
                Problem::new(&messages::ENTRY_TYPE)
                    .with("key", key)
                    .with("expected_da", "en liste af sætninger eller { item = \"…\", text = \"…\" }")
                    .with("expected_en", "a list of sentences or of { item = \"…\", text = \"…\" }")
                    .at(other.place()),
            );
            return None;
        }
    };
    if key == "misses" && example.text.contains("**") {
        reader.problems.push(Problem::new(&messages::EXAMPLE_MARKED_MISS).at(&example.place));
        return None;
    }
    if example.text.matches("**").count() % 2 == 1 {
        reader.problems.push(Problem::new(&messages::EXAMPLE_MARKS).at(&example.place));
        return None;
    }
    Some(example)
}
