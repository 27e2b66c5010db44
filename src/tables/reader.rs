//! Reads one table key by key and reports what is wrong with it as it goes.

use std::collections::BTreeSet;

use super::form::{Form, Value};
use super::{Located, Node, Table, messages};
use crate::diagnostic::Problem;

/// Takes the known keys out of a table; [`Reader::finish`] reports the ones nobody asked for.
#[derive(Debug)]
pub struct Reader<'t, 'p> {
    table: &'t Table,
    form: Option<&'static Form>,
    asked: BTreeSet<&'static str>,
    /// Where problems go.
    pub problems: &'p mut Vec<Problem>,
}

impl<'t, 'p> Reader<'t, 'p> {
    /// Begins to read `table`, whose keys are those that are asked for.
    pub fn new(table: &'t Table, problems: &'p mut Vec<Problem>) -> Self {
        Self { table, form: None, asked: BTreeSet::new(), problems }
    }

    /// Begins to read a table of this form.
    pub fn of(form: &'static Form, table: &'t Table, problems: &'p mut Vec<Problem>) -> Self {
        Self { table, form: Some(form), asked: BTreeSet::new(), problems }
    }

    /// The table that is read.
    #[must_use]
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// The value of a key, whatever its type.
    pub fn node(&mut self, key: &'static str) -> Option<&'t Node> {
        self.asked.insert(key);
        self.table.get(key)
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, key: &str, expected: &'static str, node: &Node) {
        self.problems.push(
            Problem::new(&messages::WRONG_TYPE)
                .with("key", key)
                .with("expected_da", danish_type(expected))
                .with("expected_en", expected)
                .at(node.place()),
        );
    }

    /// A string.
    pub fn string(&mut self, key: &'static str) -> Option<&'t Located<String>> {
        match self.node(key)? {
            Node::String(located) => Some(located),
            other => {
                self.wrong_type(key, "text in quotes", other);
                None
            }
        }
    }

    /// A string that must be there and must not be empty.
    pub fn required_string(&mut self, key: &'static str) -> Option<&'t Located<String>> {
        self.require(key)?;
        let located = self.string(key)?;
        if located.value.trim().is_empty() {
            self.problems.push(Problem::new(&messages::EMPTY).with("key", key).at(&located.place));
            return None;
        }
        Some(located)
    }

    /// Reports the key as missing when it is.
    pub fn require(&mut self, key: &'static str) -> Option<&'t Node> {
        let node = self.node(key);
        if node.is_none() {
            self.missing(Problem::new(&messages::MISSING_KEY).with("key", key));
        }
        node
    }

    /// Reports, at the heading, that the table lacks something; silent where a part of the table could not be read, for
    /// it may stand there.
    pub fn missing(&mut self, problem: Problem) {
        if !self.table.broken {
            self.problems.push(problem.at(&self.table.place));
        }
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<Located<i64>> {
        match self.node(key)? {
            Node::Integer(located) => Some(located.clone()),
            other => {
                self.problems.push(Problem::new(&messages::NOT_WHOLE).with("key", key).at(other.place()));
                None
            }
        }
    }

    /// A whole number within the bounds of the form.
    pub fn number(&mut self, key: &'static str) -> Option<Located<i64>> {
        let located = self.integer(key)?;
        let bounds = self.form.and_then(|form| form.key(key)).map(|key| &key.value);
        match bounds {
            Some(Value::Number { least, most }) if !(*least..=*most).contains(&located.value) => {
                let problem = Problem::new(&messages::NUMBER_RANGE).with("key", key);
                self.problems.push(problem.with("least", least).with("most", most).at(&located.place));
                None
            }
            _ => Some(located),
        }
    }

    /// What one of a few words stands for.
    pub fn choice<T: Clone>(&mut self, key: &'static str, known: &[(&'static str, T)]) -> Option<T> {
        let located = self.string(key)?;
        self.choose(key, located, known)
    }

    /// What one or more of a few words stand for.
    pub fn choices<T: Clone>(&mut self, key: &'static str, known: &[(&'static str, T)]) -> Vec<T> {
        let given = self.strings(key);
        given.iter().filter_map(|located| self.choose(key, located, known)).collect()
    }

    fn choose<T: Clone>(&mut self, key: &str, given: &Located<String>, known: &[(&'static str, T)]) -> Option<T> {
        let found = known.iter().find(|(name, _)| *name == given.value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.problems.push(
                Problem::new(&messages::UNKNOWN_VALUE)
                    .with("key", key)
                    .with("value", &given.value)
                    .with("known", names.join(", "))
                    .at(&given.place)
                    .did_you_mean(&given.value, names),
            );
        }
        found.map(|(_, value)| value.clone())
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Located<bool>> {
        match self.node(key)? {
            Node::Boolean(located) => Some(located.clone()),
            other => {
                self.wrong_type(key, "true or false", other);
                None
            }
        }
    }

    /// A list of strings; a single string counts as a list of one. Empty when the key is not there.
    pub fn strings(&mut self, key: &'static str) -> Vec<Located<String>> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node::String(located)) => vec![located.clone()],
            Some(Node::Array(array)) => {
                let mut found = Vec::new();
                for node in &array.value {
                    match node {
                        Node::String(located) => found.push(located.clone()),
                        other => self.wrong_type(key, "text in quotes", other),
                    }
                }
                found
            }
            Some(other) => {
                self.wrong_type(key, "a list of texts in quotes", other);
                Vec::new()
            }
        }
    }

    /// A table.
    pub fn table_of(&mut self, key: &'static str) -> Option<&'t Table> {
        match self.node(key)? {
            Node::Table(table) => Some(table),
            other => {
                self.wrong_type(key, "a table", other);
                None
            }
        }
    }

    /// The tables of `[[key]]`; empty when there are none.
    pub fn tables(&mut self, key: &'static str) -> Vec<&'t Table> {
        match self.node(key) {
            None => Vec::new(),
            Some(Node::Table(table)) => vec![table],
            Some(Node::Array(array)) => {
                let mut found = Vec::new();
                for node in &array.value {
                    match node {
                        Node::Table(table) => found.push(table),
                        other => self.wrong_type(key, "a table", other),
                    }
                }
                found
            }
            Some(other) => {
                self.wrong_type(key, "a table", other);
                Vec::new()
            }
        }
    }

    /// Reports every key that the table may not have, with the nearest one that it may have.
    pub fn finish(self) {
        let known: Vec<&'static str> = match self.form {
            Some(form) => form.keys.iter().map(|key| key.name).collect(),
            None => self.asked.iter().copied().collect(),
        };
        #[cfg(test)]
        assert_eq!(known.iter().copied().collect::<BTreeSet<_>>(), self.asked, "the form and the reading code differ");
        for (key, _) in &self.table.entries {
            if !known.contains(&key.value.as_str()) {
                self.problems.push(
                    Problem::new(&messages::UNKNOWN_KEY)
                        .with("key", &key.value)
                        .with("known", known.join(", "))
                        .at(&key.place)
                        .did_you_mean(&key.value, known.iter().copied()),
                );
            }
        }
    }
}

fn danish_type(english: &str) -> &str {
    match english {
        "text in quotes" => "en tekst i anførselstegn",
        "true or false" => "true eller false",
        "a list of texts in quotes" => "en liste af tekster i anførselstegn, fx [\"løn\", \"ferie\"]",
        "a table" => "en tabel",
        other => other,
    }
}
