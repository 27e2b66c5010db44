//! What a table may hold, described once: the reader knows its keys from it, and the schema for editors is made of it.
//!
//! Descriptions derived from Rust types (serde, schemars) were rejected: such a type stops at the first mistake of a file,
//! and it knows neither the bounds of a number nor a sentence of Danish help. A description beside the reading code could
//! drift from it; so [`super::Reader::finish`] compares both in every test.

/// What a table may hold.
#[derive(Debug)]
pub struct Form {
    /// What it is, in one Danish sentence.
    pub help: &'static str,
    /// Its keys, in the order in which they are best written.
    pub keys: &'static [Key],
    /// Keys of which exactly one must be there; empty where there is no such choice.
    pub one_of: &'static [&'static str],
    /// Keys of which at least one must be there; empty where there is no such choice.
    pub some_of: &'static [&'static str],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it may be.
    pub value: Value,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for, in one Danish sentence.
    pub help: &'static str,
}

/// What a key may be.
#[derive(Debug)]
pub enum Value {
    /// A text.
    Text,
    /// A text or a list of texts.
    Texts,
    /// A whole number within bounds, both included.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Yes or no.
    YesNo,
    /// Yes or no, or a list of texts.
    YesOrTexts,
    /// One of a few words.
    Choice(fn() -> Vec<&'static str>),
    /// One or more of a few words.
    Choices(fn() -> Vec<&'static str>),
    /// A table, `[name]` or in braces.
    Table(&'static Form),
    /// Tables, `[[name]]`.
    Tables(&'static Form),
    /// A text, or a table that says more, or a list of both.
    TextsOr(&'static Form),
    /// A number for everybody, or a table with one for each name.
    NumberForEach {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
}

impl Form {
    /// A table without a choice among its keys.
    #[must_use]
    pub const fn new(help: &'static str, keys: &'static [Key]) -> Self {
        Self { help, keys, one_of: &[], some_of: &[] }
    }

    /// The key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    /// A key that may be left out.
    #[must_use]
    pub const fn new(name: &'static str, value: Value, help: &'static str) -> Self {
        Self { name, value, required: false, help }
    }

    /// A key that must be there.
    #[must_use]
    pub const fn required(name: &'static str, value: Value, help: &'static str) -> Self {
        Self { name, value, required: true, help }
    }
}

/// The words of a table of choices, for [`Value::Choice`].
#[must_use]
pub fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(name, _)| *name).collect()
}
