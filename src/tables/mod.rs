//! Reads any TOML file of `rules/` and the configuration into values that know their place. Knows no meaning.
//!
//! serde's strict types stop at the first mistake of a file and lose the place of a value once it is checked. Here a
//! file is parsed recoverably, every value keeps its bytes, and each table is read key by key through a [`Reader`],
//! which reports unknown and missing keys and wrong types as it goes: all problems of a file in one run.

pub mod messages;
mod reader;

use std::path::Path;
use std::sync::Arc;

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
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Some(parse(&SourceFile::new(path, text.strip_prefix('\u{feff}').unwrap_or(&text)), problems)),
            Err(error) => {
                let byte = error.utf8_error().valid_up_to() + 1;
                problems.push(Problem::new(&messages::NOT_UTF8).with("byte", byte).in_file(path));
                None
            }
        },
        Err(error) => {
            problems.push(Problem::new(&messages::UNREADABLE).with("error", error).in_file(path));
            None
        }
    }
}

/// Parses a text that was read from a file.
pub fn parse(file: &Arc<SourceFile>, problems: &mut Vec<Problem>) -> Table {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    for error in errors {
        let span = error.span().map_or_else(Span::default, |range| Span::new(range.start, range.end));
        problems.push(
            Problem::new(&messages::SYNTAX)
                .with("error", error.message().trim())
                .at(&Place { file: Arc::clone(file), span }),
        );
    }
    convert_table(table.get_ref(), Span::new(table.span().start, table.span().end), file)
}

fn convert_table(table: &DeTable<'_>, span: Span, file: &Arc<SourceFile>) -> Table {
    let mut entries: Vec<(Located<String>, Node)> = table
        .iter()
        .map(|(key, value)| {
            let place = Place { file: Arc::clone(file), span: Span::new(key.span().start, key.span().end) };
            (Located { value: key.get_ref().to_string(), place }, convert(value, file))
        })
        .collect();
    // The parser sorts keys; people read in the order they wrote.
    entries.sort_by_key(|(key, _)| key.place.span);
    Table { entries, place: Place { file: Arc::clone(file), span } }
}

fn convert(value: &Spanned<DeValue<'_>>, file: &Arc<SourceFile>) -> Node {
    let place = Place { file: Arc::clone(file), span: Span::new(value.span().start, value.span().end) };
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
            Node::Array(Located { value: values.iter().map(|value| convert(value, file)).collect(), place })
        }
        DeValue::Table(table) => Node::Table(convert_table(table, place.span, file)),
    }
}
