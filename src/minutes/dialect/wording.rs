//! How something is worded, as patterns over sentences, and the cheap questions that are asked before them.
//!
//! A case-insensitive pattern with word boundaries is slow on Danish letters: the fast engine of the `regex` crate gives up
//! where a boundary meets a letter outside ASCII. Hardly any sentence matches, so each is sieved first: by letters that it
//! must have, then by the patterns without their boundaries, which match at least as much and never leave the fast engine.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};
use regex::{Captures, Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::diagnostic::{Place, Problem};
use crate::minutes::messages;
use crate::tables::Located;

use super::keys;
use super::narrow::Narrow;
use super::needs::{self, FirstBytes};

/// How something is worded; nothing, as long as no pattern is given.
#[derive(Debug, Default)]
pub(in crate::minutes) struct Wording {
    /// Letters of which some must be there.
    letters: Option<AhoCorasick>,
    /// The same as written, in lower case.
    words: Vec<String>,
    /// Each must match, the cheapest first.
    patterns: Vec<Regex>,
    /// Says the same of the texts that it takes, in one search.
    narrow: Option<Narrow>,
}

impl Wording {
    /// Sentences that match one of `patterns`.
    pub(super) fn read(patterns: &[Located<String>], problems: &mut Vec<Problem>) -> Self {
        let Some(strict) = any_of(patterns, problems) else { return Self::default() };
        let loose = without_boundaries(strict.as_str()).and_then(|loose| build(&loose).ok());
        let words = needs::letters(strict.as_str()).unwrap_or_default();
        let narrow = loose.as_ref().and_then(|_| Narrow::of(strict.as_str()));
        Self { letters: letters(&words), words, patterns: loose.into_iter().chain([strict]).collect(), narrow }
    }

    /// The same, where one of `words` is in the sentence; without any of them nothing is said.
    pub(super) fn read_with(
        words: &[Located<String>],
        patterns: &[Located<String>],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let Self { patterns, narrow, .. } = Self::read(patterns, problems);
        let words = keys(words);
        let letters = letters(&words);
        if letters.is_none() || patterns.is_empty() {
            Self::default()
        } else {
            Self { letters, words, patterns, narrow }
        }
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
        let Some((strict, before)) = self.patterns.split_last() else { return true };
        // In ASCII alone the pattern itself takes the fast engine, and one search is all.
        if sentence.is_ascii() {
            return strict.is_match(sentence);
        }
        let narrow = self.narrow.as_ref().and_then(|narrow| narrow.is_match(sentence));
        narrow.unwrap_or_else(|| before.iter().all(|pattern| pattern.is_match(sentence)) && strict.is_match(sentence))
    }

    /// Letters in lower case of which any sentence has some that says it; none where nothing is said or nothing is sure.
    pub(super) fn words(&self) -> Option<&[String]> {
        (!self.words.is_empty() || self.patterns.is_empty()).then_some(&self.words)
    }

    /// Whether a sentence says it.
    pub fn tells(&self, sentence: &str) -> bool {
        let anything = self.letters.is_some() || !self.patterns.is_empty();
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
    /// All without their boundaries: most texts match none.
    sieve: Option<RegexSet>,
    all: Vec<Regex>,
}

impl Patterns {
    pub(super) fn read(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Self {
        let all: Vec<Regex> = texts.iter().filter_map(|text| compile(&text.value, &text.place, problems)).collect();
        Self::sieved(all, true)
    }

    /// Patterns of our own; those at fault are left out.
    pub(super) fn new(patterns: &[String]) -> Self {
        Self::sieved(patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(), false)
    }

    fn sieved(all: Vec<Regex>, case_insensitive: bool) -> Self {
        let loose = all
            .iter()
            .map(|pattern| without_boundaries(pattern.as_str()).unwrap_or_else(|| pattern.as_str().to_owned()));
        let sieve = RegexSetBuilder::new(loose).case_insensitive(case_insensitive).build().ok();
        let first = FirstBytes::of(all.iter().map(Regex::as_str), case_insensitive);
        let needed: Option<Vec<Vec<String>>> = all.iter().map(|pattern| needs::letters(pattern.as_str())).collect();
        let words = needed.unwrap_or_default().concat();
        Self { first, letters: letters(&words), words, sieve, all }
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
        let sieved = self.sieve.as_ref().map(|sieve| sieve.matches(text));
        let passes = |place: usize| sieved.as_ref().is_none_or(|sieved| sieved.matched(place));
        let all = self.all.iter().enumerate().filter(|(place, _)| passes(*place));
        all.map(|(_, pattern)| pattern).find_map(|pattern| pattern.captures(text))
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether one of the patterns matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.may_match(text) && self.all.iter().any(|pattern| pattern.is_match(text))
    }

    fn may_match(&self, text: &str) -> bool {
        self.may_begin(text)
            && self.letters.as_ref().is_none_or(|letters| letters.is_match(text))
            && self.sieve.as_ref().is_none_or(|sieve| sieve.is_match(text))
    }

    /// Whether a text begins as one does that a pattern matches; the cheapest no.
    pub fn may_begin(&self, text: &str) -> bool {
        self.first.as_ref().is_none_or(|first| first.has(text))
    }
}

/// One pattern for all texts, for those that only say yes or no: building engines is what reading the dialect costs. Where
/// a text is at fault, each is compiled alone to find out which.
pub(in crate::minutes) fn any_of(texts: &[Located<String>], problems: &mut Vec<Problem>) -> Option<Regex> {
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

/// A pattern with nothing in the place of each word boundary; it matches whatever the pattern itself does. None where there
/// is no boundary.
fn without_boundaries(pattern: &str) -> Option<String> {
    let mut loose = String::with_capacity(pattern.len());
    let mut letters = pattern.chars().peekable();
    let mut found = false;
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            loose.push(letter);
            continue;
        }
        match letters.next() {
            // "\b{start}" is something else.
            Some('b') if letters.peek() != Some(&'{') => {
                found = true;
                loose.push_str("(?:)");
            }
            escaped => loose.extend(['\\'].into_iter().chain(escaped)),
        }
    }
    found.then_some(loose)
}

fn build(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(1 << 20).build()
}

fn compile(pattern: &str, place: &Place, problems: &mut Vec<Problem>) -> Option<Regex> {
    match build(pattern) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let reason = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
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
    fn the_sieve_lets_through_whatever_a_pattern_matches_and_the_pattern_decides() {
        let patterns = Patterns::new(&[r"\b(?P<word>åben|på)\b".to_owned(), r"^\\b(?P<word>x)".to_owned()]);
        let word = |text: &'static str| Some(patterns.captures(text)?.name("word")?.as_str());
        assert_eq!((word("Sagen er åben."), word("på mødet"), word(r"\bx")), (Some("åben"), Some("på"), Some("x")));
        assert_eq!((word("åbent"), word("opå"), word("bx")), (None, None, None));
    }
}
