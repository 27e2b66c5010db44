//! Which round brackets close soon enough to be kept whole.
//!
//! A look ahead from every opening bracket would cost [`REACH`] steps each on a text of nothing but brackets. Here one
//! walk runs [`REACH`] bytes ahead of the questions and pairs the brackets as it goes, so every byte is seen once, and
//! brackets that are too old to count are forgotten, so the memory does not grow with the text.

use std::collections::VecDeque;

use memchr::{Memchr2, memchr2_iter};

/// How far apart, in bytes, an opening bracket and its partner may stand. Further apart, one of them is a slip.
pub(super) const REACH: usize = 600;

/// Answers questions about growing positions.
#[derive(Debug)]
pub(super) struct Brackets<'t> {
    bytes: &'t [u8],
    ahead: Memchr2<'t>,
    next: Option<usize>,
    /// Opening brackets without partner so far, at most [`REACH`] bytes back.
    open: VecDeque<usize>,
    /// Outermost pairs found, in order.
    pairs: VecDeque<(usize, usize)>,
}

impl<'t> Brackets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut ahead = memchr2_iter(b'(', b')', text.as_bytes());
        let next = ahead.next();
        Self { bytes: text.as_bytes(), ahead, next, open: VecDeque::new(), pairs: VecDeque::new() }
    }

    /// Whether a cut at `position` would fall inside a pair.
    pub(super) fn enclose(&mut self, position: usize) -> bool {
        self.look_around(position);
        self.pairs.front().is_some_and(|(open, close)| *open < position && position <= *close)
    }

    /// Where the bracket that opens at `open`, outside any other pair, closes.
    pub(super) fn closing(&mut self, open: usize) -> Option<usize> {
        if self.bytes.get(open) != Some(&b'(') {
            return None;
        }
        self.look_around(open);
        self.pairs.front().filter(|(start, _)| *start == open).map(|(_, close)| *close)
    }

    /// Makes `pairs` hold every outermost pair that reaches beyond `position` and begins before it or at it.
    fn look_around(&mut self, position: usize) {
        while self.pairs.front().is_some_and(|(_, close)| *close < position) {
            self.pairs.pop_front();
        }
        while let Some(at) = self.next.filter(|at| *at <= position.saturating_add(REACH)) {
            self.next = self.ahead.next();
            while self.open.front().is_some_and(|open| open + REACH < at) {
                self.open.pop_front();
            }
            if self.bytes.get(at) == Some(&b'(') {
                self.open.push_back(at);
            } else if let Some(open) = self.open.pop_back()
                && at >= position
            {
                while self.pairs.back().is_some_and(|(inner, _)| *inner > open) {
                    self.pairs.pop_back();
                }
                self.pairs.push_back((open, at));
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the walk must find, by looking ahead from each opening bracket.
    fn naive(text: &str, position: usize) -> bool {
        let partner = |open: usize| {
            let mut depth = 0_usize;
            text.bytes().enumerate().skip(open).find_map(|(at, byte)| {
                depth = match byte {
                    b'(' => depth + 1,
                    b')' => depth - 1,
                    _ => depth,
                };
                (depth == 0).then_some(at)
            })
        };
        (0..position)
            .filter(|at| text.as_bytes()[*at] == b'(')
            .any(|open| partner(open).is_some_and(|close| close >= position && close - open <= REACH))
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_walk_ahead_finds_what_a_look_ahead_from_each_bracket_would(
            pieces in prop::collection::vec(
                prop::sample::select(vec!["(", "(", ")", ")", "a", "bb", "                                        "]),
                0..120,
            ),
            step in 1..40_usize,
        ) {
            let text = pieces.concat();
            let mut brackets = Brackets::new(&text);
            for position in (0..text.len()).step_by(step) {
                prop_assert_eq!(brackets.enclose(position), naive(&text, position), "{} in {:?}", position, &text);
            }
        }
    }

    #[test]
    fn a_bracket_that_closes_too_late_is_a_slip() {
        let near = format!("({})", "a".repeat(REACH - 1));
        let far = format!("({})", "a".repeat(REACH));
        assert_eq!(Brackets::new(&near).closing(0), Some(REACH));
        assert_eq!(Brackets::new(&far).closing(0), None);
        assert!(Brackets::new(&near).enclose(5) && !Brackets::new(&far).enclose(5));
    }

    #[test]
    fn brackets_without_partner_are_forgotten() {
        let text = "(".repeat(100_000);
        let mut brackets = Brackets::new(&text);
        for position in (0..text.len()).step_by(50) {
            assert!(!brackets.enclose(position));
            assert!(brackets.open.len() <= REACH + 1);
        }
    }
}
