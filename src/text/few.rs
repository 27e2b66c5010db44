//! A list that nearly always has one entry, which then lies in it and not in a piece of memory of its own.
//!
//! A document has such a list for each line and each sentence; asking the system for memory for all of them took a tenth of the
//! time of reading. A crate for small vectors does the same and more; one entry or any number is all that is needed here.

use std::ops::Deref;

use serde::{Serialize, Serializer};

/// A list, mostly of one entry.
#[derive(Clone, Debug)]
pub struct Few<T>(Entries<T>);

#[derive(Clone, Debug)]
enum Entries<T> {
    One(T),
    Any(Vec<T>),
}

impl<T> Few<T> {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Entries::Any(Vec::new()))
    }

    /// One entry.
    #[must_use]
    pub const fn one(entry: T) -> Self {
        Self(Entries::One(entry))
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, entry: T) {
        self.0 = match std::mem::replace(&mut self.0, Entries::Any(Vec::new())) {
            Entries::One(first) => Entries::Any(vec![first, entry]),
            Entries::Any(none) if none.is_empty() => Entries::One(entry),
            Entries::Any(mut several) => {
                several.push(entry);
                Entries::Any(several)
            }
        };
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Entries::One(entry) => std::slice::from_ref(entry),
            Entries::Any(entries) => entries,
        }
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, entries: I) {
        entries.into_iter().for_each(|entry| self.push(entry));
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut few = Self::new();
        few.extend(entries);
        few
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_a_vector_would() {
        for count in 0..5 {
            let (few, vector): (Few<u32>, Vec<u32>) = ((0..count).collect(), (0..count).collect());
            assert_eq!(*few, *vector);
            assert_eq!(serde_json::to_string(&few).ok(), serde_json::to_string(&vector).ok());
        }
        assert_eq!(Few::one(1), [1].into_iter().collect());
    }
}
