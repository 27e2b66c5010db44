//! A text ready to be searched for many patterns.

use std::cell::OnceCell;

use super::everyday::EverydayText;

/// A text, and the same as the small engine takes it.
#[derive(Clone, Debug)]
pub struct Searchable<'t> {
    text: &'t str,
    /// Made when the first pattern is sought; most texts are asked for none.
    everyday: OnceCell<Option<EverydayText>>,
}

impl<'t> Searchable<'t> {
    /// This text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, everyday: OnceCell::new() }
    }

    /// The text as it is.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn everyday(&self) -> Option<&EverydayText> {
        self.everyday.get_or_init(|| EverydayText::new(self.text)).as_ref()
    }
}
