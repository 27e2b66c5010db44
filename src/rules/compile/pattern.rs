//! Patterns: regular expressions that cannot be slow, compiled once, with the place of a mistake inside them.

use memchr::memmem::Finder;
use regex::RegexBuilder;

use super::super::messages;
use super::super::pattern::{Need, Pattern};
use super::literals;
use crate::diagnostic::{Place, Problem};
use crate::tables::Located;
use crate::text::Span;
use crate::text::phrases::PhraseBook;

/// Bytes a compiled pattern may take; a pattern that needs more is a mistake such as `(\w{100}){100}`.
const SIZE_LIMIT: usize = 1 << 20;
/// Brackets within brackets.
const NEST_LIMIT: u32 = 50;

/// Compiles a pattern, case-insensitive unless it says `(?-i)`.
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
    let parsed = regex_syntax::ParserBuilder::new().nest_limit(NEST_LIMIT).build().parse(&pattern.value);
    let needs = parsed.as_ref().map(literals::needed).unwrap_or_default();
    let longest = parsed.as_ref().ok().and_then(|parsed| parsed.properties().maximum_len());
    if let Err(error) = parsed {
        let (text, span) = match &error {
            regex_syntax::Error::Parse(inner) => (inner.kind().to_string(), Some(inner.span())),
            regex_syntax::Error::Translate(inner) => (inner.kind().to_string(), Some(inner.span())),
            other => (other.to_string(), None),
        };
        let place = match span {
            Some(span) => inside(pattern, Span::new(span.start.offset, span.end.offset)),
            None => pattern.place.clone(),
        };
        problems.push(Problem::new(&messages::PATTERN_SYNTAX).with("error", text).at(&place));
        return None;
    }
    let built =
        RegexBuilder::new(&pattern.value).case_insensitive(true).size_limit(SIZE_LIMIT).nest_limit(NEST_LIMIT).build();
    match built {
        Ok(regex) if regex.is_match("") => {
            problems.push(Problem::new(&messages::PATTERN_EMPTY).at(&pattern.place));
            None
        }
        Ok(regex) => {
            if needs.is_empty() {
                problems.push(Problem::new(&messages::PATTERN_WITHOUT_WORD).at(&pattern.place));
            }
            let need = |(literal, part): (String, String)| Need {
                part: book.add_part(&part),
                literal: Finder::new(&literal).into_owned(),
            };
            Some(Pattern { regex, longest, needs: needs.into_iter().map(need).collect() })
        }
        Err(error) => {
            problems.push(Problem::new(&messages::PATTERN_SYNTAX).with("error", error).at(&pattern.place));
            None
        }
    }
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
