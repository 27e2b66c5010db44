//! How a document is laid out, as the set of forms in which its headings, labels and decisions stand.
//!
//! Knowing many layouts serves reading, not guessing: a committee's first document of a layout waits until a person has
//! seen how it was read, and one that departs from what was confirmed waits again. A form is a short text made of what
//! the dialect knows (`decision: Beslutning`, `item: {number}. {title}`, `order: decision before case`), never of what
//! the minutes say, so that two meetings of one committee have the same.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The forms found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Layout {
    forms: BTreeSet<String>,
}

impl Layout {
    /// Notes a form, such as "item: Punkt {number}: {title}".
    pub(super) fn note(&mut self, form: impl Into<String>) {
        self.forms.insert(form.into());
    }

    /// The forms, sorted.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(String::as_str)
    }
}
