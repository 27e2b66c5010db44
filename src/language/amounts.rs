//! Amounts of money, percentages and numbers. One pattern finds a number with what stands behind it; what it is follows
//! from that.

use std::sync::LazyLock;

use regex::Regex;

use super::dates::dates;
use crate::text::Span;

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Money: "5,3 mio. kr.".
    Amount,
    /// A share: "12 %", "2 procentpoint".
    Percentage,
    /// Any other number, also in words up to twelve.
    Number,
}

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)(?P<money>(?:kr\.?|dkk)\s[0-9][0-9.]*(?:,[0-9]+)?|
            [0-9][0-9.]*(?:,[0-9]+)?(?:-[0-9]+)?(?:\s?(?:mio|mia|t)\.|\s?(?:millioner?|milliarder?|tusinde?|mio|mia))?\s?(?:kroner?|kr\.?|dkk|t\.?kr\.?)|
            [0-9][0-9.]*(?:,[0-9]+)?\s(?:mio|mia|mill)\.?)
          | (?P<share>[0-9][0-9.]*(?:,[0-9]+)?(?:\s?[-–]\s?[0-9]+)?\s?(?:%|pct\.?|procent(?:point)?))
          | (?P<number>[0-9][0-9.]*(?:,[0-9]+)?|tolv|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve)",
    )
    .ok()
});

/// All quantities of `text`, in order. Numbers that belong to dates are left out.
#[must_use]
pub fn quantities(text: &str) -> Vec<(Quantity, Span)> {
    let Some(pattern) = PATTERN.as_ref() else { return Vec::new() };
    let found: Vec<(Quantity, Span)> = pattern
        .captures_iter(text)
        .filter_map(|captures| {
            let kind = match (captures.name("money"), captures.name("share")) {
                (Some(_), _) => Quantity::Amount,
                (_, Some(_)) => Quantity::Percentage,
                _ => Quantity::Number,
            };
            let whole = captures.get(0)?;
            let figure = whole.as_str();
            let kept = if kind == Quantity::Number { figure.trim_end_matches('.').len() } else { figure.len() };
            Some((kind, Span::new(whole.start(), whole.start() + kept)))
        })
        .filter(|(_, span)| stands_alone(text, *span))
        .collect();
    if found.is_empty() {
        return found;
    }
    // Both in order and neither overlapping, so of the days only the last that begins before can hold a number.
    let days = dates(text);
    let in_a_day = |span: Span| {
        let behind = days.partition_point(|day| day.span.start() <= span.start());
        let near = days.get(behind.saturating_sub(2)..behind).unwrap_or_default();
        near.iter().any(|day| day.span.contains(span))
    };
    found.into_iter().filter(|(_, span)| !in_a_day(*span)).collect()
}

fn stands_alone(text: &str, span: Span) -> bool {
    let before = text.get(..span.start()).and_then(|before| before.chars().next_back());
    let after = text.get(span.end()..).and_then(|after| after.chars().next());
    let closed = span.of(text).ends_with(['.', '%']);
    !before.is_some_and(char::is_alphanumeric) && (closed || !after.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn texts(text: &str, kind: Quantity) -> Vec<&str> {
        quantities(text).into_iter().filter(|(found, _)| *found == kind).map(|(_, span)| span.of(text)).collect()
    }

    #[test]
    fn money_is_found_in_its_forms() {
        let text = "I 2026 er det 5,3 mio. kr., så 1.500 kr. og 200.000 kroner; kr. 75 og 2 mio. i alt.";
        assert_eq!(texts(text, Quantity::Amount), ["5,3 mio. kr.", "1.500 kr.", "200.000 kroner", "kr. 75", "2 mio."]);
    }

    #[test]
    fn shares_and_plain_numbers_are_not_money() {
        let text = "12 % af de 40 stillinger, 3,5 pct. og tre ledere den 1. marts 2025";
        assert_eq!(texts(text, Quantity::Percentage), ["12 %", "3,5 pct."]);
        assert_eq!(texts(text, Quantity::Number), ["40", "tre"]);
        assert!(texts(text, Quantity::Amount).is_empty());
    }

    #[test]
    fn a_number_in_words_is_read_whole() {
        // "tolv" begins with "to": the longer one has to be tried first.
        let text = "to, tre, fire, fem, seks, syv, otte, ni, ti, elleve og tolv";
        assert_eq!(texts(text, Quantity::Number).len(), 11);
    }

    #[test]
    fn parts_of_words_are_no_numbers() {
        assert!(
            texts("Tilbud fra fire-kløveret P35 i fremtiden", Quantity::Number).iter().all(|found| *found == "fire")
        );
    }
}
