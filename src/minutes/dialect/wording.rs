//! How something is worded, as patterns over sentences, and the cheap questions that are asked before them.
//!
//! Hardly any sentence matches, so each is sieved first by letters that it must have. No pattern is built before a sentence
//! passes that, and few are then: see [`crate::text::expression`].

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use regex::{Captures, RegexBuilder};

use crate::diagnostic::{Place, Problem};
use crate::minutes::messages;
use crate::tables::Located;
use crate::text::expression::{Expression, Searchable};

use super::keys;
use super::needs::{self, FirstBytes};

/// How something is worded; nothing, as long as no pattern is given.
#[derive(Debug, Default)]
pub(in crate::minutes) struct Wording {
    /// Letters of which some must be there.
    letters: Option<AhoCorasick>,
    /// The same as written, in lower case.
    words: Vec<String>,
    pattern: Option<Expression>,
}

impl Wording {
    /// Sentences that match one of `patterns`.
    pub(super) fn read(patterns: &[Located<String>], problems: &mut Vec<Problem>) -> Self {
        let pattern = any_of(patterns, problems);
        let words = pattern.as_ref().and_then(|pattern| needs::letters(pattern.as_str())).unwrap_or_default();
        Self { letters: letters(&words), words, pattern }
    }

    /// The same, where one of `words` is in the sentence; without any of them nothing is said.
    pub(super) fn read_with(
        words: &[Located<String>],
        patterns: &[Located<String>],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let pattern = any_of(patterns, problems);
        let words = keys(words);
        let letters = letters(&words);
        if letters.is_none() || pattern.is_none() { Self::default() } else { Self { letters, words, pattern } }
    }

    /// Sentences that have one of these letters in a row, in either case.
    pub(super) fn of(words: Vec<String>) -> Self {
        Self { letters: letters(&words), words, ..Self::default() }
    }

    /// Texts that have the longest word of one of these in it, so that it does not matter how the words are set apart.
    pub(super) fn of_longest_words(texts: impl Iterator<Item = String>) -> Self {
        let longest = texts.filter_map(|text| text.split_whitespace().max_by_key(|word| word.len()).map(str::to_owned));
        Self::of(longest.collect())
    }

    /// Whether its patterns match a sentence that is known to have its letters.
    pub(super) fn matches(&self, sentence: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(&Searchable::new(sentence)))
    }

    /// Letters in lower case of which any sentence has some that says it; none where nothing is said or nothing is sure.
    pub(super) fn words(&self) -> Option<&[String]> {
        (!self.words.is_empty() || self.pattern.is_none()).then_some(&self.words)
    }

    /// Whether a sentence says it.
    pub fn tells(&self, sentence: &str) -> bool {
        let anything = self.letters.is_some() || self.pattern.is_some();
        anything && self.letters.as_ref().is_none_or(|letters| letters.is_match(sentence)) && self.matches(sentence)
    }
}

/// Patterns with named parts, one of which a text has.
#[derive(Debug, Default)]
pub(in crate::minutes) struct Patterns {
    /// The bytes that a text begins with which one of them matches; most texts begin otherwise.
    first: Option<FirstBytes>,
    /// Letters of which such a text has some.
    letters: Option<AhoCorasick>,
    /// The same as written, in lower case.
    words: Vec<String>,
    all: Vec<Expression>,
}

impl Patterns {
    pub(super) fn read(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Self {
        Self::of(texts.iter().filter_map(|text| compile(&text.value, &text.place, problems)).collect())
    }

    /// Patterns of our own, in which capitals count; those at fault are left out.
    pub(super) fn new(patterns: &[String]) -> Self {
        let read = |pattern: &String| Expression::read(&format!("(?-i){pattern}")).ok().map(|(pattern, _)| pattern);
        Self::of(patterns.iter().filter_map(read).collect())
    }

    fn of(all: Vec<Expression>) -> Self {
        let first = FirstBytes::of(all.iter().map(Expression::as_str));
        let needed: Option<Vec<Vec<String>>> = all.iter().map(|pattern| needs::letters(pattern.as_str())).collect();
        let words = needed.unwrap_or_default().concat();
        Self { first, letters: letters(&words), words, all }
    }

    /// Letters in lower case of which any text has some that matches; none where nothing is sure.
    pub(super) fn words(&self) -> Option<&[String]> {
        (!self.words.is_empty() || self.all.is_empty()).then_some(&self.words)
    }

    /// The named parts by the first pattern that matches.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        if !self.may_match(text) {
            return None;
        }
        let text = Searchable::new(text);
        self.all.iter().find_map(|pattern| pattern.captures(&text))
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether one of the patterns matches.
    pub fn is_match(&self, text: &str) -> bool {
        let searchable = Searchable::new(text);
        self.may_match(text) && self.all.iter().any(|pattern| pattern.is_match(&searchable))
    }

    fn may_match(&self, text: &str) -> bool {
        self.may_begin(text) && self.letters.as_ref().is_none_or(|letters| letters.is_match(text))
    }

    /// Whether a text begins as one does that a pattern matches; the cheapest no.
    pub fn may_begin(&self, text: &str) -> bool {
        self.first.as_ref().is_none_or(|first| first.has(text))
    }
}

/// One pattern for all texts, for those that only say yes or no: one search is all then. Where a text is at fault, each is read
/// alone to find out which.
pub(in crate::minutes) fn any_of(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Option<Expression> {
    let first = texts.first()?;
    let joined = texts.iter().map(|text| format!("(?:{})", text.value)).collect::<Vec<_>>().join("|");
    let mut own = Vec::new();
    let compiled = compile(&joined, &first.place, &mut own);
    if compiled.is_none() {
        let known = problems.len();
        for text in texts {
            compile(&text.value, &text.place, problems);
        }
        if problems.len() == known {
            problems.append(&mut own);
        }
    }
    compiled
}

/// Any of these letters in a row, in either case; none where there are none.
fn letters(words: &[String]) -> Option<AhoCorasick> {
    let words: Vec<String> = words.iter().flat_map(|word| both_cases(word)).collect();
    // Its search for rare bytes finds candidates everywhere in running text and is slower than reading on.
    let mut builder = AhoCorasickBuilder::new();
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
    if words.is_empty() { None } else { builder.build(words).ok() }
}

/// A word with each letter beyond ASCII in both cases: the automata know the two cases of ASCII alone.
pub(super) fn both_cases(word: &str) -> Vec<String> {
    word.chars().fold(vec![String::new()], |begun, letter| {
        let upper = letter.to_uppercase().next().filter(|upper| !letter.is_ascii() && *upper != letter);
        let cases = [Some(letter), upper].into_iter().flatten();
        cases.flat_map(|case| begun.iter().map(move |text| format!("{text}{case}"))).collect()
    })
}

fn compile(pattern: &str, place: &Place, problems: &mut Vec<Problem>) -> Option<Expression> {
    match Expression::read(pattern) {
        Ok((expression, _)) => Some(expression),
        Err(mistake) => {
            // The engine tells a mistake in full, and only the last line of that is for those who did not write it.
            let told = RegexBuilder::new(pattern).build().err().map_or(mistake.reason, |error| error.to_string());
            let reason = told.lines().last().unwrap_or_default().trim().to_owned();
            problems.push(Problem::new(&messages::BAD_PATTERN).with("error", reason).at(place));
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_in_either_case_also_beyond_ascii() {
        let wording = Wording::of(vec!["ændringsforslag".to_owned(), "for lukkede døre".to_owned()]);
        for text in ["Ændringsforslaget faldt.", "ÆNDRINGSFORSLAG", "Behandlet FOR LUKKEDE DØRE", "for lukkede døre"]
        {
            assert!(wording.tells(text), "{text}");
        }
        assert!(!wording.tells("Endringsforslag for åbne døre"));
        assert!(!Wording::of(Vec::new()).tells("noget"));
    }

    #[test]
    fn the_first_pattern_that_matches_names_the_parts() {
        let patterns = Patterns::new(&[r"\b(?P<word>åben|på)\b".to_owned(), r"^\\b(?P<word>x)".to_owned()]);
        let word = |text: &'static str| Some(patterns.captures(text)?.name("word")?.as_str());
        assert_eq!((word("Sagen er åben."), word("på mødet"), word(r"\bx")), (Some("åben"), Some("på"), Some("x")));
        assert_eq!((word("åbent"), word("opå"), word("bx")), (None, None, None));
    }
}
