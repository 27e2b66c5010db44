//! Which quotes run on as one paragraph, and where a letter must show that something is left out.
//!
//! Two thirds of the neighbours in a good letter are no neighbours in the minutes, and two true sentences printed as
//! running text can make a false one. So this is decided here and not in a template: every quote that does not follow
//! the one before it begins a paragraph or bullet of its own, with a mark.

use serde::Serialize;

use crate::digest::{DigestItem, Quote};
use crate::rules::Statement;

/// Quotes under one sub-heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The sub-heading in the minutes; none at the beginning of many decisions.
    #[serde(rename = "overskrift")]
    pub heading: Option<String>,
    /// Paragraphs and lists.
    #[serde(rename = "stykker")]
    pub blocks: Vec<Block>,
}

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Whether its lines are bullets.
    #[serde(rename = "liste")]
    pub list: bool,
    /// The bullets, or the one paragraph.
    #[serde(rename = "linjer")]
    pub lines: Vec<Line>,
}

/// A bullet or paragraph: quotes that follow each other in the minutes, with one blank between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Something is left out before it: the letter shows "[…]".
    #[serde(rename = "spring")]
    pub gap: bool,
    /// Its sentences.
    #[serde(rename = "led")]
    pub pieces: Vec<Piece>,
}

/// One quoted sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Word for word.
    #[serde(rename = "tekst")]
    pub text: String,
    /// What kind of statement it is, where a rule knows.
    #[serde(rename = "udsagn")]
    pub statement: Option<Statement>,
}

/// The passages of those quotes of an item that `shown` takes.
///
/// A quote that is told elsewhere in the letter leaves a gap behind, as if it were not quoted at all. The first quote
/// under a heading needs no mark, for a heading never reads on into the text, unless the sentence it follows in the
/// minutes was taken away from before it.
pub fn passages(item: &DigestItem, shown: impl Fn(&Quote) -> bool) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut last_shown: Option<usize> = None;
    for (index, quote) in item.sentences.iter().enumerate().filter(|(_, quote)| shown(quote)) {
        let before = index.checked_sub(1).and_then(|before| item.sentences.get(before));
        let follows = last_shown.is_some() && last_shown == index.checked_sub(1) && !quote.gap_before;
        let same_heading = passages.last().is_some_and(|passage| passage.heading == quote.subheading);
        let gap = if same_heading {
            !follows
        } else {
            let predecessor_cut = last_shown != index.checked_sub(1)
                && !quote.gap_before
                && before.is_some_and(|before| before.subheading == quote.subheading);
            // Text that belongs to no sub-heading would seem to stand under the one above.
            let leaves_heading = quote.subheading.is_none() && !passages.is_empty();
            predecessor_cut || leaves_heading
        };
        if !same_heading {
            passages.push(Passage { heading: quote.subheading.clone(), blocks: Vec::new() });
        }
        if let Some(passage) = passages.last_mut() {
            add(passage, quote, gap);
        }
        last_shown = Some(index);
    }
    passages
}

fn add(passage: &mut Passage, quote: &Quote, gap: bool) {
    let line = || Line { gap, pieces: vec![Piece { text: quote.text.clone(), statement: quote.statement }] };
    match passage.blocks.last_mut() {
        Some(block) if block.list && quote.bullet => block.lines.push(line()),
        Some(block) if !block.list && !quote.bullet && !gap => {
            if let Some(line) = block.lines.last_mut() {
                line.pieces.push(Piece { text: quote.text.clone(), statement: quote.statement });
            }
        }
        _ => passage.blocks.push(Block { list: quote.bullet, lines: vec![line()] }),
    }
}
