//! A sentence made ready for all rules at once: its words, every phrase of every rule in it, and, when first asked for,
//! its features.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::feature::Feature;
use super::model::Term;
use super::score::SentenceContext;
use super::set::RuleSet;
use crate::language::amounts::{Quantity, of_kind};
use crate::language::{actors, dates, passive, quotation};
use crate::minutes::EntryKind;
use crate::text::Span;
use crate::text::phrases::{PhraseId, WordRange};
use crate::text::words::{Word, words};

/// Something found in a sentence. A feature that only says yes has an empty span and no words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub span: Span,
    pub words: Option<WordRange>,
}

/// How many words a deadline word may stand before its date.
const DEADLINE_REACH: usize = 5;

/// A sentence, read.
pub(super) struct Analysis<'s> {
    pub context: &'s SentenceContext,
    pub words: Vec<Word>,
    pub phrases: BTreeMap<PhraseId, Vec<WordRange>>,
    /// Whether it leans on another one; unknown while leaning rules run, and then false.
    pub leans: bool,
    features: RefCell<BTreeMap<Feature, Vec<Found>>>,
}

impl<'s> Analysis<'s> {
    /// Reads a sentence.
    pub(super) fn new(rules: &RuleSet, context: &'s SentenceContext) -> Self {
        let words = words(&context.text);
        let phrases = rules.book.find(&context.text, &words);
        Self { context, words, phrases, leans: false, features: RefCell::default() }
    }

    /// Sets whether the sentence leans, once that is known.
    pub(super) fn set_leans(&mut self, leans: bool) {
        self.leans = leans;
        self.features.borrow_mut().remove(&Feature::Leans);
    }

    /// What the terms find.
    pub(super) fn find(&self, rules: &RuleSet, terms: &[Term]) -> Vec<Found> {
        let mut found = Vec::new();
        for term in terms {
            match term {
                Term::Phrase(phrase) => {
                    found.extend(self.phrases.get(phrase).into_iter().flatten().map(|range| self.at(*range)));
                }
                Term::Feature(feature) => found.extend(self.feature(rules, *feature)),
            }
        }
        found
    }

    /// What a counting feature counts.
    pub(super) fn count(&self, feature: Feature) -> u32 {
        let count = match feature {
            Feature::Length => self.words.len(),
            Feature::Position => self.context.position,
            Feature::StoryMatch => return self.context.story_match,
            _ => 0,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What a feature finds.
    pub(super) fn feature(&self, rules: &RuleSet, feature: Feature) -> Vec<Found> {
        if let Some(known) = self.features.borrow().get(&feature) {
            return known.clone();
        }
        let found = self.compute(rules, feature);
        self.features.borrow_mut().insert(feature, found.clone());
        found
    }

    fn compute(&self, rules: &RuleSet, feature: Feature) -> Vec<Found> {
        let text = self.context.text.as_str();
        let kind = self.context.kind;
        if let Some(list) = RuleSet::plain_list_of(feature) {
            return self.find(rules, rules.list(list));
        }
        match feature {
            Feature::Date => self.spans(dates::dates(text).into_iter().map(|date| date.span)),
            Feature::Deadline => self.deadlines(rules),
            Feature::Amount => self.spans(of_kind(text, Quantity::Amount)),
            Feature::Percentage => self.spans(of_kind(text, Quantity::Percentage)),
            Feature::Number => self.spans(of_kind(text, Quantity::Number)),
            Feature::Question => yes(!quotation::question(text).is_empty()),
            Feature::Quotation => self.spans(quotation::quotations(text)),
            Feature::FirstInItem => yes(self.context.position == 1),
            Feature::LastInItem => yes(self.context.position == self.context.count),
            Feature::ActorBody => {
                actors::at_the_beginning(&self.ranges(rules, "body")).into_iter().map(|range| self.at(range)).collect()
            }
            Feature::RequestToBody => {
                let verbs = self.ranges(rules, "request-verb");
                let pairs = actors::requests(&verbs, &self.ranges(rules, "local-body"));
                pairs.into_iter().flat_map(|(verb, body)| [self.at(verb), self.at(body)]).collect()
            }
            Feature::Passive => passive::passives(&self.words)
                .into_iter()
                .map(|index| self.at(WordRange { first: index, last: index }))
                .collect(),
            Feature::ListItem => yes(kind == EntryKind::ListItem),
            Feature::Row => yes(kind == EntryKind::Row),
            Feature::LeadIn => yes(kind == EntryKind::LeadIn),
            Feature::SubheadingAbove => yes(self.context.subheading.is_some()),
            Feature::Leans => yes(self.leans),
            Feature::StartsLower => yes(quotation::starts_lower(text)),
            Feature::Person => self.spans(self.context.persons.iter().copied()),
            // Word lists are answered above, and what is counted has no place.
            Feature::Negation
            | Feature::EmployeeSide
            | Feature::ManagementSide
            | Feature::DecisionVerb
            | Feature::Outcome
            | Feature::Length
            | Feature::Position
            | Feature::StoryMatch => Vec::new(),
        }
    }

    /// Words for a deadline, and dates that a word before them makes one.
    fn deadlines(&self, rules: &RuleSet) -> Vec<Found> {
        let mut found = self.find(rules, rules.list("deadline"));
        let signs = self.ranges(rules, "deadline-before-date");
        let dates: Vec<WordRange> = self.feature(rules, Feature::Date).iter().filter_map(|date| date.words).collect();
        for (sign, date) in actors::pairs_ahead(&signs, &dates, DEADLINE_REACH) {
            found.extend([self.at(sign), self.at(date)]);
        }
        found
    }

    fn ranges(&self, rules: &RuleSet, list: &str) -> Vec<WordRange> {
        let mut ranges: Vec<WordRange> =
            self.find(rules, rules.list(list)).into_iter().filter_map(|found| found.words).collect();
        ranges.sort_unstable();
        ranges
    }

    /// The source of a range of words.
    fn at(&self, range: WordRange) -> Found {
        let start = self.words.get(range.first).map_or(0, |word| word.span.start());
        let end = self.words.get(range.last).map_or(start, |word| word.span.end());
        Found { span: Span::new(start, end), words: Some(range) }
    }

    fn spans(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Found> {
        spans.into_iter().map(|span| Found { span, words: self.range(span) }).collect()
    }

    /// The words that a span touches.
    pub(super) fn range(&self, span: Span) -> Option<WordRange> {
        let first = self.words.partition_point(|word| word.span.end() <= span.start());
        let behind = self.words.partition_point(|word| word.span.start() < span.end());
        (first < behind).then(|| WordRange { first, last: behind - 1 })
    }
}

fn yes(answer: bool) -> Vec<Found> {
    if answer { vec![Found::default()] } else { Vec::new() }
}
