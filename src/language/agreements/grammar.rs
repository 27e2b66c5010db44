//! The little grammar behind agreements: which forms of a verb lie ahead, where a clause ends, whose name a word belongs to.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Span;
use crate::text::phrases::{PhraseId, WordRange};
use crate::text::words::{Word, words};

/// Words between a verb and the word that belongs to it: "tager spørgsmålet om åbningstider op".
pub(super) const PARTICLE_REACH: usize = 6;

/// Words that stand before a body and belong to its name.
pub(super) const DETERMINERS: [&str; 16] = [
    "de",
    "den",
    "det",
    "alle",
    "hver",
    "hvert",
    "enkelt",
    "enkelte",
    "lokale",
    "samtlige",
    "øvrige",
    "egne",
    "vores",
    "decentrale",
    "nye",
    "berørte",
];

/// A verb with the words that belong to it.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    pub infinitive: String,
    pub particles: Vec<String>,
}

/// A sentence with what was found in it.
pub(super) struct Reading<'t> {
    pub text: &'t str,
    pub words: Vec<Word>,
    pub found: BTreeMap<PhraseId, Vec<WordRange>>,
}

/// A verb that somebody is going to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doing {
    pub at: usize,
    pub end: usize,
    pub present: bool,
    pub passive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Present,
    Passive,
    Infinitive,
}

/// "følger", "følges" and "følge" are forms of "følge" that lie ahead; "fulgte" is none.
pub(super) fn form_of(word: &str, infinitive: &str) -> Option<Form> {
    let rest = word.strip_prefix(infinitive)?;
    match rest {
        "" => Some(Form::Infinitive),
        "r" => Some(Form::Present),
        "s" => Some(Form::Passive),
        _ => None,
    }
}

/// Where the last of the words stands that belong to the verb at `at`; none where one is missing in its clause.
pub(super) fn particles_end(reading: &Reading<'_>, at: usize, particles: &[String]) -> Option<usize> {
    let mut end = at;
    for particle in particles {
        let reach = reading.words.iter().enumerate().skip(end + 1).take(PARTICLE_REACH);
        let (found, _) = reach.into_iter().find(|(_, word)| word.folded == *particle)?;
        if clause_ends(reading, at, found) {
            return None;
        }
        end = found;
    }
    Some(end)
}

/// Where the one begins who is named before "og" in front of the word at `first`.
pub(super) fn joined_before(reading: &Reading<'_>, actors: &[WordRange], first: usize) -> Option<usize> {
    let and = first.checked_sub(1).filter(|at| reading.words.get(*at).is_some_and(|word| word.folded == "og"))?;
    actors.iter().find(|actor| actor.last + 1 == and).map(|actor| actor.first)
}

/// Whether a comma, colon or the like stands between two words.
pub(super) fn clause_ends(reading: &Reading<'_>, first: usize, last: usize) -> bool {
    let between = reading.words.get(first).zip(reading.words.get(last));
    let gap = between.and_then(|(first, last)| reading.text.get(first.span.end()..last.span.start()));
    gap.is_none_or(|gap| gap.contains([',', ';', ':', '–', '(']))
}

/// Whether one of the words that open a question stands in front of `range` in the same clause.
pub(super) fn is_question(reading: &Reading<'_>, range: &WordRange, questions: &BTreeSet<String>) -> bool {
    let mut at = range.first;
    while let Some(before) = at.checked_sub(1) {
        if clause_ends(reading, before, at) {
            break;
        }
        at = before;
    }
    // "om" inside a clause is a preposition, at its beginning a question.
    reading.words.get(at).is_some_and(|word| questions.contains(&word.folded))
}

/// Whether the words of an action are passive: "drøftes".
pub(super) fn passive(reading: &Reading<'_>, range: &WordRange) -> bool {
    reading.words.get(range.first).is_some_and(|word| word.folded.ends_with('s'))
}

pub(super) fn has(reading: &Reading<'_>, range: &WordRange, wanted: &str) -> bool {
    reading.words.get(range.first..=range.last).unwrap_or_default().iter().any(|word| word.folded == wanted)
}

/// The body with "de enkelte" or "skolernes" before it.
pub(super) fn with_determiners(reading: &Reading<'_>, body: WordRange) -> WordRange {
    let mut first = body.first;
    while let Some(before) = first.checked_sub(1) {
        let Some(word) = reading.words.get(before) else { break };
        let belongs = DETERMINERS.contains(&word.folded.as_str()) || word.folded.ends_with("rnes");
        if !belongs || clause_ends(reading, before, first) {
            break;
        }
        first = before;
    }
    WordRange { first, last: body.last }
}

pub(super) fn span_of(reading: &Reading<'_>, range: WordRange) -> Option<Span> {
    let (first, last) = (reading.words.get(range.first)?, reading.words.get(range.last)?);
    Some(Span::new(first.span.start(), last.span.end()))
}

/// Where a name of a member stands, with all its words beside one another.
pub(super) fn name_ranges(reading: &Reading<'_>, name: &str) -> Vec<WordRange> {
    let wanted: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
    if wanted.len() < 2 {
        return Vec::new();
    }
    let starts = 0..reading.words.len().saturating_sub(wanted.len() - 1);
    starts
        .filter(|first| {
            let here = reading.words.get(*first..first + wanted.len()).unwrap_or_default();
            here.iter().zip(&wanted).all(|(word, wanted)| word.folded == *wanted)
        })
        .map(|first| WordRange { first, last: first + wanted.len() - 1 })
        .collect()
}
