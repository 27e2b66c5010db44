//! Words of a sentence, as phrases and distances count them.
//!
//! The Unicode standard finds the boundaries, and Danish corrects it in one place: a hyphen without blanks keeps a word
//! together ("TR-møde", "2-årig"), and a hanging one stays with its half ("ansættelses- og indkøbsstop", "møder og
//! -udvalg"), because the half alone is not the word it looks like.

use unicode_segmentation::UnicodeSegmentation;

use super::{Span, fold::fold_text};

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text, with a hanging hyphen.
    pub span: Span,
    /// Its folded form.
    pub folded: String,
}

impl Word {
    /// Whether it is the first half of a compound whose rest comes later: "ansættelses-".
    #[must_use]
    pub fn lacks_end(&self) -> bool {
        self.folded.ends_with('-')
    }

    /// Whether it is the second half of a compound whose beginning came before: "-udvalg".
    #[must_use]
    pub fn lacks_beginning(&self) -> bool {
        self.folded.starts_with('-')
    }
}

/// The words of `text` in order. "§" and "%" count as words; other signs do not.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut spans: Vec<Span> = Vec::new();
    // A hyphen seen last: its bytes, and whether a word stood directly before it.
    let mut hyphen: Option<(Span, bool)> = None;
    for (start, piece) in text.split_word_bound_indices() {
        let span = Span::new(start, start + piece.len());
        if is_word(piece) {
            match (hyphen.take(), spans.last_mut()) {
                (Some((_, true)), Some(last)) => *last = Span::new(last.start(), span.end()),
                (Some((sign, false)), _) if begins_with_letter(piece) => {
                    spans.push(Span::new(sign.start(), span.end()))
                }
                _ => spans.push(span),
            }
            continue;
        }
        hang(text, hyphen.take(), &mut spans);
        if matches!(piece, "-" | "\u{2010}" | "\u{2011}") {
            let follows_word = spans.last().is_some_and(|last| last.end() == start);
            hyphen = Some((span, follows_word));
        }
    }
    hang(text, hyphen, &mut spans);
    spans.into_iter().map(|span| Word { span, folded: fold_text(span.of(text)) }).collect()
}

/// Leaves a hyphen that no word follows with the word before it, when that ends in a letter.
fn hang(text: &str, hyphen: Option<(Span, bool)>, spans: &mut [Span]) {
    if let (Some((sign, true)), Some(last)) = (hyphen, spans.last_mut())
        && last.of(text).chars().next_back().is_some_and(char::is_alphabetic)
    {
        *last = Span::new(last.start(), sign.end());
    }
}

fn is_word(piece: &str) -> bool {
    matches!(piece, "§" | "%") || piece.chars().any(char::is_alphanumeric)
}

fn begins_with_letter(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn a_hyphen_inside_keeps_the_word_together() {
        assert_eq!(folded("TR-møde om 2-årig ordning"), ["tr-møde", "om", "2-årig", "ordning"]);
    }

    #[test]
    fn a_hanging_hyphen_stays_with_its_half() {
        assert_eq!(folded("ansættelses- og indkøbsstop"), ["ansættelses-", "og", "indkøbsstop"]);
        assert_eq!(folded("arbejdsgrupper og -udvalg."), ["arbejdsgrupper", "og", "-udvalg"]);
        assert_eq!(folded("løn-, ferie- og barselsregler"), ["løn-", "ferie-", "og", "barselsregler"]);
    }

    #[test]
    fn a_dash_or_a_bullet_is_no_word_and_no_hyphen() {
        assert_eq!(folded("- løn – og ferie -"), ["løn", "og", "ferie"]);
        assert_eq!(folded("-5 grader"), ["5", "grader"]);
    }

    #[test]
    fn numbers_abbreviations_and_signs_are_words() {
        assert_eq!(
            folded("5,3 mio. kr. (12 %), jf. § 4 den 30.06.2025 kl. 9.30, f.eks. MED's"),
            ["5,3", "mio", "kr", "12", "%", "jf", "§", "4", "den", "30.06.2025", "kl", "9.30", "f.eks", "med's"]
        );
    }

    #[test]
    fn spans_point_into_the_source() {
        let text = "Årets Syge\u{ad}fravær";
        let spans: Vec<&str> = words(text).iter().map(|word| word.span.of(text)).collect();
        assert_eq!(spans, ["Årets", "Syge\u{ad}fravær"]);
        assert_eq!(folded(text), ["årets", "sygefravær"]);
    }

    proptest::proptest! {
        #[test]
        fn words_never_overlap_and_never_panic(text in "\\PC*") {
            let found = words(&text);
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].span.end() <= pair[1].span.start());
            }
        }
    }
}
