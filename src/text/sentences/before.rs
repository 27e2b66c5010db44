//! What stands before a candidate: the token directly before it, and the words before that.
//!
//! Every look back ends after [`FAR`] characters, so a text without blanks costs no more than any other.

use std::ops::ControlFlow;

/// The furthest look back, in characters.
pub(super) const FAR: usize = 64;

/// A word and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'t> {
    /// The word, without the full stop behind it; empty where something else stands there.
    pub word: &'t str,
    /// Whether a full stop stands behind it.
    pub stopped: bool,
    /// The text up to the word.
    pub rest: &'t str,
}

/// The token that ends with `left`: letters, digits, `. - / @ & §`.
pub(super) fn token(left: &str) -> Before<'_> {
    let (rest, word) = split_end(left, is_token);
    Before { word, stopped: false, rest }
}

/// The word that ends with `left` behind blanks and at most one full stop. Empty where no blank parts them: in "3,1-4,0"
/// nothing stands before the last 0.
pub(super) fn previous(left: &str) -> Before<'_> {
    let (text, blanks) = split_end(left, char::is_whitespace);
    if blanks.is_empty() {
        return Before { word: "", stopped: false, rest: left };
    }
    let bare = text.strip_suffix('.');
    Before { stopped: bare.is_some(), ..token(bare.unwrap_or(text)) }
}

/// The letters `left` ends with, when nothing else of a token is tied to them.
pub(super) fn plain_word(left: &str) -> &str {
    let (rest, word) = split_end(left, char::is_alphabetic);
    if rest.ends_with(is_token) { "" } else { word }
}

/// What may be part of a token. Combining marks are, so that "på" typed as a + ring is no single letter.
fn is_token(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '@' | '&' | '§' | '\u{300}'..='\u{36f}')
}

/// Splits off the characters at the end that `fits`, at most [`FAR`].
fn split_end(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    let kept = text.char_indices().rev().take(FAR).try_fold(text.len(), |kept, (at, c)| {
        if fits(c) { ControlFlow::Continue(at) } else { ControlFlow::Break(kept) }
    });
    let (ControlFlow::Continue(at) | ControlFlow::Break(at)) = kept;
    text.split_at_checked(at).unwrap_or((text, ""))
}
