//! `where`: in which items, under which sub-headings, in which committees and after which outcomes a rule applies.

use super::model::{Condition, TitlePattern};
use super::score::ItemContext;
use crate::text::fold::fold_text;

/// A title as patterns compare it: capitals and blanks do not matter.
pub(super) fn comparable_title(title: &str) -> String {
    fold_text(title.trim())
}

/// An item with its titles made comparable once for all rules.
pub(super) struct ItemTitles<'i> {
    item: &'i ItemContext,
    title: String,
    committee: Option<String>,
}

impl<'i> ItemTitles<'i> {
    pub(super) fn new(item: &'i ItemContext) -> Self {
        let committee = item.committee.as_deref().map(comparable_title);
        Self { item, title: comparable_title(&item.title), committee }
    }
}

impl TitlePattern {
    /// From a title with stars; without a star the whole title must be this one.
    pub(super) fn new(pattern: &str) -> Self {
        Self(comparable_title(pattern).split('*').map(str::to_owned).collect())
    }

    /// Whether a comparable title fits.
    pub(super) fn fits(&self, title: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|whole| *whole == title);
        };
        let Some(mut rest) = title.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            match rest.split_once(part.as_str()) {
                Some((_, behind)) => rest = behind,
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}

impl Condition {
    /// Whether the rule applies to a sentence of this item under this sub-heading, made comparable.
    pub(super) fn holds(&self, of: &ItemTitles<'_>, subheading: Option<&str>) -> bool {
        fits_any(&self.item, Some(&of.title))
            && fits_any(&self.committee, of.committee.as_deref())
            && fits_any(&self.subheading, subheading)
            && (self.outcome.is_empty() || self.outcome.contains(&of.item.outcome))
            && self.stories.is_none_or(|stories| stories == of.item.stories)
    }
}

/// No pattern asks for nothing; a title that is not there fits none.
fn fits_any(patterns: &[TitlePattern], title: Option<&str>) -> bool {
    patterns.is_empty() || title.is_some_and(|title| patterns.iter().any(|pattern| pattern.fits(title)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_in_a_title() {
        let fits = |pattern: &str, title: &str| TitlePattern::new(pattern).fits(&comparable_title(title));
        assert!(fits("budget*", "Budget 2026") && fits("*reduktion*", "Om PERSONALEREDUKTIONER i år"));
        assert!(fits("*budget", "Årets  budget") || !fits("årets budget", "Årets  budget 2"));
        assert!(fits("a*b*c", "axbxc") && !fits("a*b*c", "acb") && !fits("ab*ba", "aba"));
        assert!(fits("Eventuelt", "eventuelt ") && !fits("Eventuelt", "Eventuelt og andet"));
    }
}
