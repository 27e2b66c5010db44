//! The bodies of a letter as a reader sees them, and where its quotes stand in them.

use scraper::Html;
use scraper::node::Node;

use crate::digest::Digest;
use crate::minutes::EntryId;
use crate::render::Letter;

/// Elements whose text stands apart from what is before and behind it.
const BLOCKS: &[&str] = &["p", "li", "ul", "div", "h1", "h2", "h3", "h4", "table", "tr", "td", "body", "br"];
/// Elements nobody reads.
const UNSEEN: &[&str] = &["head", "style", "title", "script"];

/// One body.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// "text" or "html".
    pub name: &'static str,
    /// With white space folded.
    pub text: String,
}

/// A place where a quote stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub start: usize,
    pub end: usize,
    /// The quotes with these words; more than one where the minutes say the same twice.
    pub ids: Vec<EntryId>,
}

/// The plain text part and the HTML part.
pub(super) fn bodies(letter: &Letter) -> [Body; 2] {
    [
        Body { name: "text", text: folded(&letter.text) },
        Body { name: "html", text: folded(&blocks(&letter.html).join(" ")) },
    ]
}

/// The paragraphs, bullets and headings of the HTML part.
pub(super) fn blocks(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut text = String::new();
    for edge in page.tree.root().traverse() {
        let (node, opened) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        let unseen = |node: &Node| node.as_element().is_some_and(|element| UNSEEN.contains(&element.name()));
        match node.value() {
            Node::Element(element) if BLOCKS.contains(&element.name()) => text.push('\n'),
            Node::Text(own) if opened && !node.ancestors().any(|above| unseen(above.value())) => {
                // A line break of the source is a blank to a reader.
                text.extend(own.chars().map(|sign| if sign.is_whitespace() { ' ' } else { sign }));
            }
            _ => {}
        }
    }
    text.lines().map(folded).filter(|line| !line.is_empty()).collect()
}

/// Where the quotes of a digest stand in a body, in its order. A quote that is part of a longer one is not found in it.
pub(super) fn placed(body: &Body, digest: &Digest) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    for quote in digest.items.iter().flat_map(|item| &item.sentences) {
        let words = folded(&quote.text);
        for (start, _) in body.text.match_indices(words.as_str()).filter(|_| !words.is_empty()) {
            let end = start + words.len();
            match found.iter_mut().find(|placed| placed.start == start && placed.end == end) {
                Some(placed) => placed.ids.push(quote.id),
                None => found.push(Placed { start, end, ids: vec![quote.id] }),
            }
        }
    }
    found.sort_by_key(|placed| (placed.start, std::cmp::Reverse(placed.end)));
    let mut last = 0;
    found.retain(|placed| {
        let free = placed.start >= last;
        last = if free { placed.end } else { last };
        free
    });
    found
}

/// With white space folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
