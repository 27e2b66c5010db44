//! The last look at a finished letter: whatever people made of the templates, every quote stands word for word in both
//! parts, every gap has its mark, the other side is named,
//! and the line about the extract is there. A letter that fails is not sent.

use handlebars::html_escape;

use super::agenda::AGENDA_LINE;
use super::context::{EXTRACT_LINE, GAP_MARK, remark};
use super::error::{Part, RenderError};
use super::letter::Letter;
use super::passages::Line;
use crate::digest::{Agenda, Digest, Objections};

/// Gmail hides what comes after 102 KB of HTML, the foot of the letter first.
pub const HTML_LIMIT: usize = 102 * 1024;

/// Checks `letter` against what it was made from.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify<'l>(letter: &Letter, digest: &Digest, lines: impl Iterator<Item = &'l Line>) -> Result<(), RenderError> {
    if letter.html.len() > HTML_LIMIT {
        return Err(RenderError::TooLarge { bytes: letter.html.len(), limit: HTML_LIMIT });
    }
    let text = folded(&letter.text);
    for quote in digest.items.iter().flat_map(|item| &item.sentences) {
        if !letter.html.contains(&html_escape(&quote.text)) {
            return Err(RenderError::QuoteLost { sentence: quote.id, part: Part::Html });
        }
        if !text.contains(&folded(&quote.text)) {
            return Err(RenderError::QuoteLost { sentence: quote.id, part: Part::Text });
        }
    }
    for item in digest.items.iter().filter(|item| item.objections == Objections::Noted && !item.sentences.is_empty()) {
        let remark = remark(item);
        for (part, body) in [(Part::Html, &letter.html), (Part::Text, &letter.text)] {
            if !folded(body).contains(&remark) {
                return Err(RenderError::RemarkLost { item: item.number, part });
            }
        }
    }
    // A quote may have such a mark of its own; those come on top.
    let own = |line: &Line| line.pieces.iter().map(|piece| piece.text.matches(GAP_MARK).count()).sum::<usize>();
    let needed = lines.map(|line| usize::from(line.gap) + own(line)).sum();
    for (part, body) in [(Part::Html, &letter.html), (Part::Text, &letter.text)] {
        let found = body.matches(GAP_MARK).count();
        if found < needed {
            return Err(RenderError::GapLost { part, found, needed });
        }
        if !folded(body).contains(&folded(EXTRACT_LINE)) {
            return Err(RenderError::ExtractLineLost { part });
        }
    }
    Ok(())
}

/// Checks a letter about a coming meeting: every title stands in both parts, and the line that the agenda may change.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_agenda(letter: &Letter, agenda: &Agenda) -> Result<(), RenderError> {
    let text = folded(&letter.text);
    for (number, title) in &agenda.items {
        let lost = |part| RenderError::TitleLost { number: number.clone(), part };
        if !letter.html.contains(&html_escape(title)) {
            return Err(lost(Part::Html));
        }
        if !text.contains(&folded(title)) {
            return Err(lost(Part::Text));
        }
    }
    for (part, body) in [(Part::Html, &letter.html), (Part::Text, &letter.text)] {
        if !folded(body).contains(&folded(AGENDA_LINE)) {
            return Err(RenderError::ExtractLineLost { part });
        }
    }
    Ok(())
}

/// With white space folded, since plain text is wrapped.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
