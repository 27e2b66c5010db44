//! Danish text: spans, folding, words, stems and sentences. Knows nothing of minutes.

pub mod blocks;
pub mod caseless;
pub mod cpr;
pub mod dates;
pub mod encoding;
pub mod expression;
pub mod few;
pub mod fold;
pub mod months;
pub mod phrases;
pub mod sentences;
pub mod signs;
pub mod span;
pub mod stem;
pub mod words;

pub use span::Span;
