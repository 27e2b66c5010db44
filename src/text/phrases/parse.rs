//! From the text of a phrase to the tests of its words.

use super::star::Star;
use super::{Atom, Capitals, Test, is_plain_gap};
use crate::text::fold::fold_text;
use crate::text::stem::Inflection;
use crate::text::words::words;

/// Why a phrase cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// There is no word in it.
    #[error("the phrase has no words")]
    Empty,
    /// A star with fewer than two letters beside it would find nearly every word.
    #[error("a star needs at least two letters beside it")]
    StarTooShort,
    /// `=` stands alone or before something that is not one word.
    #[error("\"=\" must stand directly before one word")]
    LooseExact,
}

/// One word of a phrase, read.
pub(super) struct PhraseWord {
    pub atom: Atom,
    /// Letters: the rarer a word, the longer it mostly is.
    pub weight: usize,
    pub open_gap_before: bool,
}

pub(super) fn parse(text: &str, inflection: &Inflection) -> Result<Vec<PhraseWord>, PhraseError> {
    let mut read: Vec<PhraseWord> = Vec::new();
    let mut open = false;
    for token in text.split_whitespace() {
        let before = read.len();
        if let Some(exact) = token.strip_prefix('=') {
            let found = words(exact);
            let [word] = found.as_slice() else { return Err(PhraseError::LooseExact) };
            let shown = word.span.of(exact);
            let capitals = match shown.chars().any(char::is_uppercase) {
                true => Capitals::Exactly(shown.to_owned()),
                false => Capitals::Any,
            };
            push(&mut read, Test::Form(word.folded.clone()), capitals, &word.folded, open);
        } else if token.contains('*') {
            let core = token.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '*');
            let star = Star::new(&fold_text(core), inflection).ok_or(PhraseError::StarTooShort)?;
            let capitals = match core.split('*').find(|part| is_all_capitals(part)) {
                Some(part) => Capitals::Contain(part.to_owned()),
                None => Capitals::Any,
            };
            push(&mut read, Test::Star(star), capitals, core, open);
        } else {
            for word in words(token) {
                let capitals = beginning_capitals(word.span.of(token));
                push(&mut read, Test::Key(inflection.key(&word.folded)), capitals, &word.folded, open);
            }
        }
        // A comma or dash written in the phrase opens the gap beside it.
        open = !is_plain_gap(token) || (read.len() == before && open);
    }
    if read.is_empty() { Err(PhraseError::Empty) } else { Ok(read) }
}

fn push(read: &mut Vec<PhraseWord>, test: Test, capitals: Capitals, shown: &str, open_gap_before: bool) {
    let weight = shown.chars().count();
    read.push(PhraseWord { atom: Atom { test, capitals }, weight, open_gap_before });
}

/// A word of nothing but capitals, two at least, asks for them: "MED" is a committee, "med" a preposition.
fn beginning_capitals(shown: &str) -> Capitals {
    if is_all_capitals(shown) { Capitals::Begin(shown.to_owned()) } else { Capitals::Any }
}

fn is_all_capitals(shown: &str) -> bool {
    let letters = shown.chars().filter(|character| character.is_alphabetic());
    letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
}
