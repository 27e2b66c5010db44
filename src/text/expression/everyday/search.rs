//! Takes the steps of a pattern through a text.

use super::alphabet::{EverydayText, is_word};
use super::program::{Look, Program, Step};
use crate::text::Span;

/// Bits that a search may take to remember which forks it has tried where; for more the general engine is better.
const MOST_BITS: usize = 1 << 22;

/// A text too long for this engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct TooLong;

impl Program {
    /// The first match that begins at or behind a byte. What stands before it still counts for word boundaries.
    ///
    /// Each fork is tried once at each sign, and between forks there is no choice, so the time grows with the length of the
    /// text times that of the pattern, and no faster. What led nowhere leads nowhere from a later beginning either.
    pub(in super::super) fn find_at(&self, text: &EverydayText, from: usize) -> Result<Option<Span>, TooLong> {
        let signs = text.numbers();
        let from = text.place(from);
        if self.anchored && from > 0 {
            return Ok(None);
        }
        let begins = |at: &usize| {
            self.first.is_none_or(|first| signs.get(*at).is_some_and(|number| first.has(*number)))
                && (!self.bounded || is_edge(signs, *at))
        };
        let last = if self.anchored { 0 } else { signs.len() };
        let mut beginnings = (from..=last).filter(begins).peekable();
        let Some(first) = beginnings.peek().copied() else { return Ok(None) };
        let bits = (signs.len() + 1 - first).saturating_mul(usize::from(self.forks));
        if bits > MOST_BITS {
            return Err(TooLong);
        }
        let mut walk = Walk { program: self, signs, tried: vec![0; bits / 64 + 1], first, open: Vec::new() };
        let found = beginnings.find_map(|begin| walk.end_of(begin).map(|end| (begin, end)));
        Ok(found.and_then(|(begin, end)| text.span(begin, end)))
    }
}

/// One search.
struct Walk<'w> {
    program: &'w Program,
    signs: &'w [u8],
    /// A bit for each fork at each sign from `first` on.
    tried: Vec<u64>,
    first: usize,
    /// Ways not yet taken, the next last: the step and the sign.
    open: Vec<(u16, usize)>,
}

impl Walk<'_> {
    /// Where the match ends that begins here.
    fn end_of(&mut self, begin: usize) -> Option<usize> {
        self.open.clear();
        if let Some(end) = self.follow(0, begin) {
            return Some(end);
        }
        while let Some((step, at)) = self.open.pop() {
            if let Some(end) = self.follow(step, at) {
                return Some(end);
            }
        }
        None
    }

    /// Takes one way to its end.
    fn follow(&mut self, mut step: u16, mut at: usize) -> Option<usize> {
        loop {
            match *self.program.steps.get(usize::from(step))? {
                Step::Letter(one, other) => {
                    self.signs.get(at).filter(|number| **number == one || **number == other)?;
                    at += 1;
                    step += 1;
                }
                Step::Class(class) => {
                    let class = self.program.classes.get(usize::from(class))?;
                    self.signs.get(at).filter(|number| class.has(**number))?;
                    at += 1;
                    step += 1;
                }
                Step::Look(look) => {
                    if !self.is_at(look, at) {
                        return None;
                    }
                    step += 1;
                }
                Step::Jump(to) => step = to,
                Step::Fork { number, first, second } => {
                    let bit = (at - self.first) * usize::from(self.program.forks) + usize::from(number);
                    let word = self.tried.get_mut(bit / 64)?;
                    if *word >> (bit % 64) & 1 == 1 {
                        return None;
                    }
                    *word |= 1 << (bit % 64);
                    self.open.push((second, at));
                    step = first;
                }
                Step::Match => return Some(at),
            }
        }
    }

    fn is_at(&self, look: Look, at: usize) -> bool {
        match look {
            Look::Start => at == 0,
            Look::End => at == self.signs.len(),
            Look::Boundary => is_edge(self.signs, at),
            Look::NoBoundary => !is_edge(self.signs, at),
        }
    }
}

/// Whether a word begins or ends at a sign.
fn is_edge(signs: &[u8], at: usize) -> bool {
    let is_word = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|number| is_word(*number));
    is_word(at.checked_sub(1)) != is_word(Some(at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::super::shape::patterns;
    use super::super::program::compile;
    use super::*;
    use proptest::prelude::*;
    use regex::RegexBuilder;

    /// What both engines find from each place of a text on; none where this one does not know the pattern.
    fn both(pattern: &str, text: &str) -> Option<Vec<(Option<Span>, Option<Span>)>> {
        let parsed = regex_syntax::ast::parse::Parser::new().parse(pattern).expect("a pattern");
        let own = compile(&parsed, pattern)?;
        let general = RegexBuilder::new(pattern).case_insensitive(true).build().expect("a pattern");
        let everyday = EverydayText::new(text).expect("everyday signs");
        let places = text.char_indices().map(|(place, _)| place).chain([text.len()]);
        let find = |place: usize| {
            let found = general.find_at(text, place).map(|found| Span::new(found.start(), found.end()));
            (own.find_at(&everyday, place).expect("short"), found)
        };
        Some(places.map(find).collect())
    }

    #[test]
    fn the_first_match_and_the_preferred_of_those_is_found() {
        for (pattern, known) in [
            (r"\b(?:løn|lønnen)\b", true),
            (r"(?:løn|lønnen)", true),
            (r"^[^,.]{1,20}\s(?:dog|ikke)\b|^Lønnen", true),
            (r"[a-zæøå]+?n", true),
            (r"(?-i:L)ø(?i:N)+", true),
            (r"\p{Lu}\p{L}*", true),
            (r"(?:a?)*b|(?:ø|\b)*n", true),
            (r"(?:|l)+ø", true),
            (r"[^\W\d_]{3,}", true),
            (r"(?m)^løn", false),
            (r"(?-u)l", false),
            (r"[[:alpha:]]", false),
            (r"[ā-ž]", false),
            ("\u{212a}", false),
        ] {
            let found = both(pattern, "Lønnen – den gælder dog ikke §\u{a0}3.\nLØN, løn!");
            assert_eq!(found.is_some(), known, "{pattern}");
            assert!(found.is_none_or(|all| all.iter().all(|(own, general)| own == general)), "{pattern}");
        }
    }

    #[test]
    fn a_text_that_asks_for_too_much_is_left_to_the_general_engine() {
        let pattern = "(?:a|b|c|d|e|f|g|h)*x";
        let parsed = regex_syntax::ast::parse::Parser::new().parse(pattern).expect("a pattern");
        let text = EverydayText::new(&"a".repeat(MOST_BITS)).expect("everyday signs");
        assert_eq!(compile(&parsed, pattern).expect("steps").find_at(&text, 0), Err(TooLong));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_engines_find_the_same(
            pattern in patterns(),
            text in prop::collection::vec(
                prop::sample::select(vec!["løn", "a", "K", "s", "å", "Å", " ", "3", ".", "-", "\n", "–", "§", "\u{a0}", "_", "é"]),
                0..12,
            ),
        ) {
            for (own, general) in both(&pattern, &text.concat()).into_iter().flatten() {
                prop_assert_eq!(own, general, "{} in {:?}", pattern, text);
            }
        }
    }
}
