//! Which words a pattern needs, read off its parsed form.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

use crate::text::caseless::caseless;

/// Characters that a class may stand for in literals: "[aå]", not "[0-9]", which would make ten of one.
const WIDEST_CLASS: usize = 4;
/// Characters that every literal must have: fewer stand in nearly every sentence.
const LEAST_CHARACTERS: usize = 2;
/// Bytes that tell one text from another well enough.
const LONGEST: usize = 32;

/// Literals in caseless form, one of which is in every text that the pattern matches; empty where there is nothing of the
/// kind. `pattern` must be parsed with capitals as they stand: folding the literals does what case-insensitivity does, and
/// a pattern parsed as case-insensitive would come apart into sets of three letters.
pub(super) fn needed(pattern: &Hir) -> Vec<String> {
    let Some(found) = best(pattern) else { return Vec::new() };
    let mut literals: Vec<String> = found.iter().map(|literal| caseless(literal)).collect();
    literals.sort();
    literals.dedup();
    literals
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
            let tails = (1..parts.len()).filter_map(|from| parts.get(from..));
            let from_tails = tails.filter_map(|tail| usable(&prefixes(&Hir::concat(tail.to_vec()))));
            parts.iter().filter_map(best).chain(from_tails).max_by_key(|set| worth(set))
        }
        _ => None,
    };
    [usable(&prefixes(hir)), inner].into_iter().flatten().max_by_key(|set| worth(set))
}

fn prefixes(hir: &Hir) -> Seq {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_literal_len(LONGEST).limit_class(WIDEST_CLASS);
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
    (text.chars().count() >= LEAST_CHARACTERS).then(|| text.to_owned())
}

/// Longer is rarer, and of two sets as long the smaller one.
fn worth(set: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = set.iter().map(|literal| literal.chars().count()).min().unwrap_or_default();
    (shortest, std::cmp::Reverse(set.len()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Vec<String> {
        needed(&regex_syntax::Parser::new().parse(pattern).expect("a good pattern"))
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
    fn a_pattern_without_a_word_of_its_own_has_none() {
        for pattern in [r"[a-zæøå]{9,}", r"\d+", "x", r"(?:ferie|[a-z]+)", r"(?:ferie)?[a-z]{3}", r"ferie|\d"] {
            assert_eq!(of(pattern), Vec::<String>::new(), "{pattern}");
        }
    }
}
