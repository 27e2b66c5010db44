//! Reads any TOML file of `rules/` and the configuration into values that know their place. Knows no meaning.
//!
//! serde's strict types stop at the first mistake of a file and lose the place of a value once it is checked. Here a
//! file is parsed recoverably, every value keeps its bytes, and each table is read key by key through a [`Reader`],
//! which reports unknown and missing keys and wrong types as it goes: all problems of a file in one run. What a table may
//! hold is one description ([`form`]), from which the reader knows its keys and editors their schema.

mod desk;
pub mod form;
pub mod messages;
mod read;
mod reader;
mod recover;
pub mod schema;
mod syntax;
mod tokens;

use std::path::Path;
use std::sync::Arc;

pub use read::{is_left_behind, text, text_file, unreadable};
pub use reader::Reader;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Place, Problem, SourceFile};
use crate::text::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes in its file.
    pub place: Place,
}

/// A TOML value whose parts know their places.
#[derive(Clone, Debug)]
pub enum Node {
    /// A string.
    String(Located<String>),
    /// A whole number.
    Integer(Located<i64>),
    /// A number with a fraction.
    Float(Located<f64>),
    /// `true` or `false`.
    Boolean(Located<bool>),
    /// A date or time.
    Datetime(Located<String>),
    /// A list.
    Array(Located<Vec<Node>>),
    /// A table, inline or with a heading.
    Table(Table),
}

impl Node {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::String(located) | Self::Datetime(located) => &located.place,
            Self::Integer(located) => &located.place,
            Self::Float(located) => &located.place,
            Self::Boolean(located) => &located.place,
            Self::Array(located) => &located.place,
            Self::Table(table) => &table.place,
        }
    }
}

/// A table: its entries in the order of the file.
#[derive(Clone, Debug)]
pub struct Table {
    /// Keys and values.
    pub entries: Vec<(Located<String>, Node)>,
    /// Its heading, or its braces.
    pub place: Place,
    /// Whether something in it could not be read: then nothing that seems to be missing is told.
    pub broken: bool,
}

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
    }
}

/// Reads a file; what cannot be read or parsed is added to `problems`, and what can be saved of it is returned.
pub fn read_file(path: &Path, problems: &mut Vec<Problem>) -> Option<Table> {
    read::text_file(path, problems).map(|file| parse(&file, problems))
}

/// Parses a text that was read from a file.
pub fn parse(file: &Arc<SourceFile>, problems: &mut Vec<Problem>) -> Table {
    let mended = desk::mend(file.text());
    let source = Source { file, mended: &mended, shift: 0 };
    let (table, errors) = DeTable::parse_recoverable(source.text());
    if errors.is_empty() { source.table(&table) } else { recover::recover(&source, problems) }
}

/// A file with the way back from what was parsed to what was saved.
struct Source<'f> {
    file: &'f Arc<SourceFile>,
    mended: &'f desk::Mended,
    /// Where in the mended text the parsed piece begins.
    shift: usize,
}

impl<'f> Source<'f> {
    /// The whole mended text.
    fn text(&self) -> &'f str {
        &self.mended.text
    }

    /// The same for a piece that begins at `start`.
    fn shifted(&self, start: usize) -> Self {
        Self { shift: start, ..*self }
    }

    /// Bytes of the parsed piece as a place in the file.
    fn place(&self, start: usize, end: usize) -> Place {
        let (from, to) = self.mended.source(self.shift + start, self.shift + end);
        Place { file: Arc::clone(self.file), span: Span::new(from, to) }
    }

    fn table(&self, table: &Spanned<DeTable<'_>>) -> Table {
        self.entries(table.get_ref(), self.place(table.span().start, table.span().end))
    }

    fn entries(&self, table: &DeTable<'_>, place: Place) -> Table {
        let mut entries: Vec<(Located<String>, Node)> = table
            .iter()
            .map(|(key, value)| {
                let place = self.place(key.span().start, key.span().end);
                (Located { value: key.get_ref().to_string(), place }, self.node(value))
            })
            .collect();
        // The parser sorts keys; people read in the order they wrote.
        entries.sort_by_key(|(key, _)| key.place.span);
        Table { entries, place, broken: false }
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span().start, value.span().end);
        match value.get_ref() {
            DeValue::String(text) => Node::String(Located { value: text.to_string(), place }),
            DeValue::Integer(digits) => {
                match i64::from_str_radix(digits.as_str().replace('_', "").as_str(), digits.radix()) {
                    Ok(value) => Node::Integer(Located { value, place }),
                    Err(_) => Node::Float(Located { value: f64::INFINITY, place }),
                }
            }
            DeValue::Float(digits) => {
                Node::Float(Located { value: digits.as_str().replace('_', "").parse().unwrap_or(f64::NAN), place })
            }
            DeValue::Boolean(value) => Node::Boolean(Located { value: *value, place }),
            DeValue::Datetime(value) => Node::Datetime(Located { value: value.to_string(), place }),
            DeValue::Array(values) => {
                Node::Array(Located { value: values.iter().map(|value| self.node(value)).collect(), place })
            }
            DeValue::Table(table) => Node::Table(self.entries(table, place)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
