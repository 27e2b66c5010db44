//! Patterns: regular expressions that cannot be slow, read when the rules are, with the place of a mistake inside them.

use memchr::memmem::Finder;

use super::super::messages;
use super::super::pattern::{Need, Pattern};
use super::literals;
use crate::diagnostic::{Place, Problem};
use crate::tables::Located;
use crate::text::Span;
use crate::text::expression::{Expression, Mistake, longest, matches_nothing};
use crate::text::phrases::PhraseBook;

/// Reads a pattern, case-insensitive unless it says `(?-i)`.
pub(super) fn compile(
    pattern: &Located<String>,
    book: &mut PhraseBook,
    problems: &mut Vec<Problem>,
) -> Option<Pattern> {
    if let Some(control) = pattern.value.chars().find(|character| character.is_control()) {
        let name = control.escape_debug().to_string();
        problems.push(Problem::new(&messages::PATTERN_CONTROL).with("name", name).at(&pattern.place));
        return None;
    }
    let (expression, parsed) = match Expression::read(&pattern.value) {
        Ok(read) => read,
        Err(Mistake { reason, part }) => {
            let place = part.map_or_else(|| pattern.place.clone(), |part| inside(pattern, part));
            problems.push(Problem::new(&messages::PATTERN_SYNTAX).with("error", reason).at(&place));
            return None;
        }
    };
    if matches_nothing(&parsed) {
        problems.push(Problem::new(&messages::PATTERN_EMPTY).at(&pattern.place));
        return None;
    }
    let needs = literals::needed(&parsed);
    if needs.is_empty() {
        problems.push(Problem::new(&messages::PATTERN_WITHOUT_WORD).at(&pattern.place));
    }
    let need = |(literal, part): (String, String)| Need {
        part: book.add_part(&part),
        literal: Finder::new(&literal).into_owned(),
    };
    Some(Pattern { expression, longest: longest(&parsed), needs: needs.into_iter().map(need).collect() })
}

/// The bytes of the file behind a part of the pattern; the whole string where escapes make that unknowable.
fn inside(pattern: &Located<String>, part: Span) -> Place {
    let whole = pattern.place.span;
    let written = whole.of(pattern.place.file.text());
    let quote = ["'''", "'", "\"\"\"", "\""].into_iter().find(|quote| written.starts_with(quote)).unwrap_or_default();
    let same = written.strip_prefix(quote).is_some_and(|rest| rest.starts_with(pattern.value.as_str()));
    let span = if same { part.shifted(whole.start() + quote.len()) } else { whole };
    Place { file: pattern.place.file.clone(), span }
}
