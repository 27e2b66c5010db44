//! Which words a pattern needs, read off its parsed form.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

use crate::text::caseless::caseless;

/// Characters that a class may stand for in literals: `[aå]`, not `[0-9]`, which would make ten of one.
const WIDEST_CLASS: usize = 4;
/// Letters of one word that every literal must have: fewer stand in nearly every sentence.
const LEAST_LETTERS: usize = 2;
/// What a sign that is a word of its own is worth in letters.
const SIGN: usize = 4;
/// Bytes that tell one text from another well enough.
const LONGEST: usize = 32;
/// Literals one stretch of a pattern may come apart into. Of two lists side by side each is asked by itself too, so many more
/// would find hardly a better word and take a third of the time that all rules take to load.
const MOST: usize = 32;

/// Literals in caseless form, one of which is in every text that the pattern matches, each with letters of it that lie in
/// one word; empty where there is nothing of the kind. `pattern` must be parsed with capitals as they stand: folding the
/// literals does what case-insensitivity does, and a pattern parsed as case-insensitive would come apart into sets of
/// three letters.
pub(super) fn needed(pattern: &Hir) -> Vec<(String, String)> {
    let mut literals = best(pattern).unwrap_or_default();
    literals.sort();
    literals.dedup();
    literals
        .into_iter()
        .filter_map(|literal| Some((part(&literal)?.to_owned(), literal)))
        .map(|(part, whole)| (whole, part))
        .collect()
}

/// The longest stretch of a caseless literal that must lie in one word of a text.
fn part(literal: &str) -> Option<&str> {
    let mut found: Option<&str> = None;
    let mut rest = literal;
    while let Some(first) = rest.chars().next() {
        let (mut stretch, behind) = rest.split_at(rest.find(|sign| !is_letter(sign)).unwrap_or(rest.len()));
        if stretch.is_empty() {
            let (sign, behind) = rest.split_at(first.len_utf8());
            (stretch, rest) = (sign, behind);
            if !matches!(first, '%' | '§') {
                continue;
            }
        } else {
            rest = behind;
            // A mark that joins with the letter before it makes another letter of it in a word.
            if rest.starts_with(|sign: char| !sign.is_ascii() || sign.is_ascii_control()) {
                let mut letters = stretch.chars();
                letters.next_back();
                stretch = letters.as_str();
            }
        }
        if length(stretch) > found.map_or(LEAST_LETTERS - 1, length) {
            found = Some(stretch);
        }
    }
    found
}

/// Letters and digits between which no word ends.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, 'ß'..='ö' | 'ø'..='ÿ')
}

fn length(stretch: &str) -> usize {
    if matches!(stretch, "%" | "§") { SIGN } else { stretch.chars().count() }
}

/// The set of literals whose shortest is the longest.
fn best(hir: &Hir) -> Option<Vec<String>> {
    let inner = match hir.kind() {
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        // Each branch by its own best; none of them may be without.
        HirKind::Alternation(branches) => {
            let sets: Option<Vec<Vec<String>>> = branches.iter().map(best).collect();
            sets.map(|sets| sets.into_iter().flatten().collect())
        }
        // Literals may begin at any of the parts, or lie wholly inside one.
        HirKind::Concat(parts) => {
            // A boundary has no letters: what stands behind it is a tail of its own.
            let begins = |tail: &[Hir]| !matches!(tail.first().map(Hir::kind), Some(HirKind::Look(_)) | None);
            let tails = (1..parts.len()).filter_map(|from| parts.get(from..)).filter(|tail| begins(tail));
            let from_tails = tails.filter_map(|tail| usable(&prefixes(&Hir::concat(tail.to_vec()))));
            parts.iter().filter_map(best).chain(from_tails).max_by_key(|set| worth(set))
        }
        _ => None,
    };
    [usable(&prefixes(hir)), inner].into_iter().flatten().max_by_key(|set| worth(set))
}

fn prefixes(hir: &Hir) -> Seq {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_literal_len(LONGEST).limit_class(WIDEST_CLASS).limit_total(MOST);
    let mut found = extractor.extract(hir);
    found.dedup();
    found
}

/// The literals, when they are finitely many and each is long enough.
fn usable(literals: &Seq) -> Option<Vec<String>> {
    let texts: Option<Vec<String>> = literals.literals()?.iter().map(|literal| whole(literal.as_bytes())).collect();
    texts.filter(|texts| !texts.is_empty())
}

/// The characters of a literal, which may have been cut inside one.
fn whole(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
    };
    Some(caseless(text)).filter(|text| part(text).is_some())
}

/// The more letters lie in one word, the rarer; then the longer, and of two sets as long the smaller one.
fn worth(set: &[String]) -> (usize, usize, std::cmp::Reverse<usize>) {
    let letters = set.iter().filter_map(|literal| part(literal)).map(length).min().unwrap_or_default();
    let shortest = set.iter().map(|literal| literal.chars().count()).min().unwrap_or_default();
    (letters, shortest, std::cmp::Reverse(set.len()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Vec<String> {
        let parsed = regex_syntax::Parser::new().parse(pattern).expect("a good pattern");
        needed(&parsed).into_iter().map(|(literal, _)| literal).collect()
    }

    #[test]
    fn the_letters_that_lie_in_one_word_are_the_longest() {
        assert_eq!(part(" i dagene-"), Some("dagene"));
        assert_eq!(part("5 %"), Some("%"));
        assert_eq!(part("jf. § 4"), Some("§"));
        assert_eq!(part("pa\u{1}et"), Some("et"));
        assert_eq!(part("a b, c"), None);
    }

    #[test]
    fn words_that_must_stand_there_are_found_wherever_they_stand() {
        assert_eq!(of(r"\bOvertid(?:en|s)?\b"), ["overtid"]);
        assert_eq!(of(r"[0-9]+ timer? om ugen"), [" time om ugen", " timer om ugen"]);
        assert_eq!(of(r"\d+ (?:ÅR|måneder) \d+"), [" måneder ", " år "]);
        assert_eq!(of(r"^[^,]{1,40}\s(?:svarede|medgav)\b"), ["medgav", "svarede"]);
        assert_eq!(of(r"(?:a+bc|[0-9]de)+"), ["bc", "de"]);
    }

    #[test]
    fn of_two_words_the_longer_one_is_sought() {
        assert_eq!(of(r"(?:[0-9]+ timer|overtid) i dag"), [" timer", "overtid"]);
        assert_eq!(of(r"(?:[0-9]+ timer?|overtid)\s+i dag"), [" time", "overtid"]);
    }

    #[test]
    fn a_pattern_without_a_word_of_its_own_has_none() {
        for pattern in [
            r"–|\.",
            r"[0-9]\.[0-9]",
            r"[a-zæøå]{9,}",
            r"\d+",
            "x",
            r"(?:ferie|[a-z]+)",
            r"(?:ferie)?[a-z]{3}",
            r"ferie|\d",
        ] {
            assert_eq!(of(pattern), Vec::<String>::new(), "{pattern}");
        }
    }
}
