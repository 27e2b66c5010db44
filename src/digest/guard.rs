//! The privacy rules, asked about any string that a letter shows.
//!
//! Sentences are judged when they are scored. A title, a sub-heading or a story says as much as a sentence ("Afskedigelse af
//! …"), so each goes past the same rules before it may be shown; there is no second set of words for them.

use super::candidates::labels;
use super::hints::MeetingHints;
use crate::language::persons::People;
use crate::minutes::{EntryId, EntryKind, ItemNumber};
use crate::rules::{Hints, ItemContext, RuleSet, Scorer, SentenceContext};

/// What the privacy rules say of a string, for one audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Objection {
    /// The labels of the rules, for the person who approves.
    pub labels: String,
    /// It is private whoever reads it, so whatever stands below it is too.
    pub from_all: bool,
}

/// Asks the privacy rules on behalf of one audience.
pub(super) struct Guard<'g> {
    rules: &'g RuleSet,
    hints: &'g MeetingHints,
    /// The audience, by its place.
    place: usize,
}

impl<'g> Guard<'g> {
    pub(super) fn new(rules: &'g RuleSet, hints: &'g MeetingHints, place: usize) -> Self {
        Self { rules, hints, place }
    }

    /// Why a string may not be shown; none where it may.
    pub(super) fn objection(&self, text: &str) -> Option<Objection> {
        self.judge(text, |text| self.hints.people(text))
    }

    /// The same for a title, a sub-heading or the name of a committee.
    pub(super) fn objection_to_heading(&self, text: &str) -> Option<Objection> {
        self.judge(text, |text| self.hints.people_of_heading(text))
    }

    fn judge(&self, text: &str, people: impl FnOnce(&str) -> People) -> Option<Objection> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let people = people(&text);
        let sentence = SentenceContext {
            id: EntryId { item: ItemNumber(0), index: 0 },
            text,
            kind: EntryKind::Sentence,
            subheading: None,
            paragraph: 0,
            position: 1,
            count: 1,
            people,
            story_match: 0,
        };
        let hits = Scorer::new(self.rules).hits(&ItemContext::default(), &sentence);
        let withholding: Vec<usize> = hits
            .iter()
            .filter(|hit| hit.counts())
            .map(|hit| hit.rule)
            .filter(|rule| self.rules.rule(*rule).is_some_and(|rule| rule.withholds_from(self.place)))
            .collect();
        let from_all = |rule: &usize| self.rules.rule(*rule).is_some_and(|rule| rule.withholds_from_all());
        (!withholding.is_empty())
            .then(|| Objection { labels: labels(self.rules, &withholding), from_all: withholding.iter().any(from_all) })
    }
}

/// Whether the privacy rules keep a title from everybody.
#[must_use]
pub fn is_private_heading(rules: &RuleSet, hints: &MeetingHints, title: &str) -> bool {
    Guard::new(rules, hints, usize::MAX).objection_to_heading(title).is_some_and(|objection| objection.from_all)
}

/// Whether the privacy rules keep a text from everybody, as it stands alone: for what is told outside of letters.
#[must_use]
pub fn is_private(rules: &RuleSet, hints: &MeetingHints, text: &str) -> bool {
    Guard::new(rules, hints, usize::MAX).objection(text).is_some_and(|objection| objection.from_all)
}
