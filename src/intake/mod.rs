//! A file becomes a [`Document`]: the parsed text, line by line, each line with its marks and its place in the file.
//!
//! All repairs of the page happen here and nowhere else (markup, running headers, hyphens at line ends, sentences cut
//! by a page break), so that every later span is a span of one clean text, alike for all formats.

pub mod document;

pub use document::{Document, Format, Line, LineKind, Position, Source, Warning};
