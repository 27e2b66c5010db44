//! Regular expressions that are read when they are loaded and built when a text is first searched with them.
//!
//! Building an engine takes twenty times what reading does, and a document asks for few of all the patterns that rules and
//! dialect have; building all of them was most of the time and memory that a preview took. Nothing that can be wrong with a
//! pattern waits for that: it is parsed here, and one that may be too large is built at once to find out. What is built later
//! is built without a limit, so whatever was accepted is searched for.
//!
//! Most are never built at all: texts of everyday signs are searched by a small engine of our own (`everyday`).

mod everyday;
mod searchable;
mod shape;
mod size;

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};
use regex_syntax::ast::Ast;
use regex_syntax::ast::parse::ParserBuilder;

use super::Span;

pub use self::searchable::Searchable;
pub use self::shape::{longest, matches_nothing};

/// Bytes a built pattern may take; one that needs more is a mistake such as `(\w{100}){100}`.
const SIZE_LIMIT: usize = 1 << 20;
/// Brackets within brackets.
const NEST_LIMIT: u32 = 50;

/// A regular expression, case-insensitive unless it says `(?-i)`.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    everyday: Option<everyday::Program>,
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

/// That a pattern could not be built after it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEngine;

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
        let everyday = everyday::compile(&parsed, text);
        let expression = Self { text: text.to_owned(), everyday, built: OnceLock::new() };
        if size::at_most(&parsed) > SIZE_LIMIT {
            expression.measure()?;
        }
        Ok((expression, parsed))
    }

    /// Builds it now, to be sure of its size.
    ///
    /// # Errors
    ///
    /// Where it is too large.
    pub fn measure(&self) -> Result<(), Mistake> {
        let built = builder(&self.text).size_limit(SIZE_LIMIT).build();
        let regex = built.map_err(|error| Mistake { reason: error.to_string(), part: None })?;
        // Two threads may both have built it; either will do.
        let _ = self.built.set(Some(regex));
        Ok(())
    }

    /// The pattern as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first match that begins at or behind a byte.
    ///
    /// # Errors
    ///
    /// See [`Self::engine`].
    pub fn find_at(&self, text: &Searchable<'_>, from: usize) -> Result<Option<Span>, NoEngine> {
        let everyday = self.everyday.as_ref().and_then(|program| Some(program.find_at(text.everyday()?, from)));
        if let Some(Ok(found)) = everyday {
            return Ok(found);
        }
        let found = self.engine().ok_or(NoEngine)?.find_at(text.text(), from);
        Ok(found.map(|found| Span::new(found.start(), found.end())))
    }

    /// All matches of some letters that do not overlap, in order. For patterns that are our own or only tell what a text is
    /// about: without an engine there are none.
    #[must_use]
    pub fn find_all(&self, text: &Searchable<'_>) -> Vec<Span> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Ok(Some(span)) = self.find_at(text, from) {
            if span.is_empty() {
                break;
            }
            from = span.end();
            found.push(span);
        }
        found
    }

    /// Whether anything in a text matches; the same is said of this.
    #[must_use]
    pub fn is_match(&self, text: &Searchable<'_>) -> bool {
        self.find_at(text, 0).is_ok_and(|found| found.is_some())
    }

    /// The named parts of the first match; the same is said of these.
    #[must_use]
    pub fn captures<'t>(&self, text: &Searchable<'t>) -> Option<Captures<'t>> {
        let found = self.find_at(text, 0).ok()??;
        self.engine()?.captures_at(text.text(), found.start())
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
