//! Who acts and who is asked, from where bodies and verbs stand among the words. Which words those are is data
//! (`rules/sprog/ordlister.toml`).

use crate::text::phrases::WordRange;

/// Words before a body that still count as the beginning: "Det lokale MED …", "Også direktionen …".
const BEGINNING: usize = 2;
/// Words between asking and whom is asked.
const REQUEST_REACH: usize = 8;

/// The bodies that open the sentence and so are likely to act in it.
#[must_use]
pub fn at_the_beginning(bodies: &[WordRange]) -> Vec<WordRange> {
    bodies.iter().copied().filter(|range| range.first <= BEGINNING).take(1).collect()
}

/// Pairs of a verb of asking and the body that is asked behind it.
#[must_use]
pub fn requests(verbs: &[WordRange], bodies: &[WordRange]) -> Vec<(WordRange, WordRange)> {
    pairs_ahead(verbs, bodies, REQUEST_REACH)
}

/// For each of `first`, the nearest of `second` that begins at most `reach` words behind its end.
#[must_use]
pub fn pairs_ahead(first: &[WordRange], second: &[WordRange], reach: usize) -> Vec<(WordRange, WordRange)> {
    first
        .iter()
        .filter_map(|left| {
            let ahead = second.iter().filter(|right| right.first > left.last && right.first - left.last <= reach);
            ahead.min_by_key(|right| right.first).map(|right| (*left, *right))
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn at(first: usize) -> WordRange {
        WordRange { first, last: first }
    }

    #[test]
    fn only_a_body_in_front_acts() {
        assert_eq!(at_the_beginning(&[at(0), at(7)]), [at(0)]);
        assert!(at_the_beginning(&[at(7)]).is_empty());
    }

    #[test]
    fn a_request_needs_somebody_behind_the_verb() {
        assert_eq!(requests(&[at(2)], &[at(0), at(5), at(6)]), [(at(2), at(5))]);
        assert!(requests(&[at(2)], &[at(0), at(30)]).is_empty());
    }
}
