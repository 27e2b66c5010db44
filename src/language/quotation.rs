//! What only signs tell: questions and quotations.

use crate::text::Span;

/// The question mark that ends the sentence, or one inside it; empty where nothing is asked.
#[must_use]
pub fn question(text: &str) -> Vec<Span> {
    text.match_indices('?').map(|(at, mark)| Span::new(at, at + mark.len())).take(1).collect()
}

/// The stretches between quotation marks, with the marks. A mark that is not closed quotes nothing.
#[must_use]
pub fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices() {
        if !matches!(character, '"' | '“' | '”' | '„' | '«' | '»') {
            continue;
        }
        match open.take() {
            Some(start) => found.push(Span::new(start, at + character.len_utf8())),
            None => open = Some(at),
        }
    }
    found
}

/// Whether the text begins with a small letter, as the rest of a broken sentence does.
#[must_use]
pub fn starts_lower(text: &str) -> bool {
    text.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_lowercase)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn quotations_keep_their_marks() {
        let text = "Han sagde ”nej” og »måske« og \"et";
        let found: Vec<&str> = quotations(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["”nej”", "»måske«"]);
    }

    #[test]
    fn a_question_is_told_by_its_mark() {
        assert_eq!(question("Hvornår?").len(), 1);
        assert!(question("Det blev der spurgt om.").is_empty());
    }

    #[test]
    fn a_small_letter_in_front_is_seen_behind_signs() {
        assert!(starts_lower("(og derfor") && !starts_lower("Derfor") && !starts_lower("12 er"));
    }
}
