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
