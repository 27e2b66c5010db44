//! Regular expressions that are read when they are loaded and built when a text is first searched with them.
//!
//! Building an engine takes twenty times what reading does, and a document asks for few of all the patterns that rules have;
//! building all of them was most of the time and memory that a preview took. Nothing that can be wrong with a pattern waits
//! for that: it is parsed here, and one that may be too large is built at once to find out. What is built later is built
//! without a limit, so whatever was accepted is searched for.

mod shape;
mod size;

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::Ast;
use regex_syntax::ast::parse::ParserBuilder;

use super::Span;

pub use self::shape::{longest, matches_nothing};

/// Bytes a built pattern may take; one that needs more is a mistake such as `(\w{100}){100}`.
const SIZE_LIMIT: usize = 1 << 20;
/// Brackets within brackets.
const NEST_LIMIT: u32 = 50;

/// A regular expression, case-insensitive unless it says `(?-i)`.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    built: OnceLock<Option<Regex>>,
}

/// Why a pattern is none.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// What is wrong, in the words of the parser.
    pub reason: String,
    /// The part of the pattern that is at fault, where it is one.
    pub part: Option<Span>,
}

impl Expression {
    /// Reads a pattern; its parsed form tells more of it.
    ///
    /// # Errors
    ///
    /// Where it is no pattern, or too large a one.
    pub fn read(text: &str) -> Result<(Self, Ast), Mistake> {
        let parsed = ParserBuilder::new().nest_limit(NEST_LIMIT).build().parse(text);
        let parsed = parsed.map_err(|error| Mistake::at(error.kind(), *error.span()))?;
        if shape::names_classes(&parsed) {
            translate(text)?;
        }
        let built = OnceLock::new();
        if size::at_most(&parsed) > SIZE_LIMIT {
            let engine = builder(text).size_limit(SIZE_LIMIT).build();
            let engine = engine.map_err(|error| Mistake { reason: error.to_string(), part: None })?;
            built.get_or_init(|| Some(engine));
        }
        Ok((Self { text: text.to_owned(), built }, parsed))
    }

    /// The engine, built when it is first asked for. There always is one: reading found nothing wrong. Whoever gets none all the
    /// same must not take that for a text without a match.
    #[must_use]
    pub fn engine(&self) -> Option<&Regex> {
        let build = || {
            let built = builder(&self.text).size_limit(usize::MAX).build();
            built.inspect_err(|error| tracing::error!(pattern = self.text, %error, "a pattern cannot be built")).ok()
        };
        self.built.get_or_init(build).as_ref()
    }
}

impl Mistake {
    fn at(kind: &impl ToString, span: regex_syntax::ast::Span) -> Self {
        Self { reason: kind.to_string(), part: Some(Span::new(span.start.offset, span.end.offset)) }
    }
}

fn builder(text: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(text);
    builder.case_insensitive(true).nest_limit(NEST_LIMIT);
    builder
}

/// Looks up the classes that a pattern names: there may be none of that name.
fn translate(text: &str) -> Result<(), Mistake> {
    let translated = regex_syntax::ParserBuilder::new().nest_limit(NEST_LIMIT).build().parse(text);
    translated.map(|_| ()).map_err(|error| match &error {
        regex_syntax::Error::Parse(inner) => Mistake::at(inner.kind(), *inner.span()),
        regex_syntax::Error::Translate(inner) => Mistake::at(inner.kind(), *inner.span()),
        other => Mistake { reason: other.to_string(), part: None },
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> Mistake {
        Expression::read(text).expect_err("no pattern")
    }

    #[test]
    fn a_mistake_is_found_without_building_and_has_its_place() {
        assert_eq!(mistake("løn(ferie").part, Some(Span::new(4, 5)));
        assert_eq!(mistake(r"løn \p{Lux}").part, Some(Span::new(5, 12)));
        assert_eq!(mistake(r"(?-u)løn\xff").part, Some(Span::new(9, 13)));
        assert!(mistake("a{2,1}").reason.contains("invalid repetition"), "{:?}", mistake("a{2,1}"));
        assert!(mistake(&"(".repeat(60)).part.is_some());
    }

    #[test]
    fn a_pattern_that_is_too_large_is_refused_when_it_is_read() {
        for text in [r"(\w{200}){200}", r"(?:løn){99999}", r"\p{L}{100}", r"(?:[a-zæøå]{1,90}\b){90}"] {
            assert!(mistake(text).reason.contains("size limit"), "{text}");
        }
    }

    #[test]
    fn nothing_is_built_before_a_text_is_searched() {
        let (expression, _) = Expression::read(r"(?i)\bløn\w*").expect("a pattern");
        assert!(expression.built.get().is_none());
        assert!(expression.engine().expect("an engine").is_match("LØNNEN"));
        assert!(expression.built.get().is_some());
    }
}
