//! A sentence made ready for all rules at once: its words, every phrase of every rule in it, and, when first asked for,
//! its features.

use std::cell::OnceCell;

use super::condition::comparable_title;
use super::feature::Feature;
use super::model::Term;
use super::score::SentenceContext;
use super::set::RuleSet;
use crate::language::amounts::{Quantity, quantities};
use crate::language::{actors, dates, passive, quotation};
use crate::minutes::EntryKind;
use crate::text::Span;
use crate::text::phrases::{Forms, Occurrence, PhraseId, WordRange};
use crate::text::words::Words;

/// Something found in a sentence. A feature that only says yes has an empty span and no words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub span: Span,
    pub words: Option<WordRange>,
}

/// How many words a deadline word may stand before its date.
const DEADLINE_REACH: usize = 5;

/// What each feature finds, once somebody asked.
type Features = [OnceCell<Vec<Found>>; Feature::ALL.len()];

/// A sentence, read.
pub(super) struct Analysis<'s> {
    pub context: &'s SentenceContext,
    pub words: Words,
    /// All phrases of all rules in it, sorted by phrase and place.
    pub phrases: Vec<Occurrence>,
    /// Whether it leans on another one; unknown while leaning rules run, and then false.
    pub leans: bool,
    /// The points of the sentence before, for the audience that it has most for; known once that one is summed up.
    pub points_before: u32,
    features: OnceCell<Box<Features>>,
    quantities: OnceCell<Vec<(Quantity, Span)>>,
    clause_ends: OnceCell<Vec<usize>>,
    subheading: OnceCell<Option<String>>,
}

impl<'s> Analysis<'s> {
    /// Reads a sentence.
    pub(super) fn new(rules: &RuleSet, context: &'s SentenceContext, forms: &mut Forms) -> Self {
        let words = Words::new(&context.text);
        let phrases = rules.book.find(&context.text, &words, forms);
        Self {
            context,
            words,
            phrases,
            leans: false,
            points_before: 0,
            features: OnceCell::new(),
            quantities: OnceCell::new(),
            clause_ends: OnceCell::new(),
            subheading: OnceCell::new(),
        }
    }

    /// Its sub-heading as `where` compares it.
    pub(super) fn subheading(&self) -> Option<&str> {
        self.subheading.get_or_init(|| self.context.subheading.as_deref().map(comparable_title)).as_deref()
    }

    /// The phrases that stand in it, each once.
    pub(super) fn distinct_phrases(&self) -> impl Iterator<Item = PhraseId> {
        self.phrases.chunk_by(|left, right| left.0 == right.0).filter_map(|same| same.first()).map(|(id, _)| *id)
    }

    /// Hands on what the terms, which are sorted, find.
    pub(super) fn find(&self, rules: &RuleSet, terms: &[Term], mut found: impl FnMut(Found)) {
        let features = terms.partition_point(|term| matches!(term, Term::Phrase(_)));
        let (phrases, features) = terms.split_at_checked(features).unwrap_or_default();
        let mut add = |occurrences: &[Occurrence]| occurrences.iter().for_each(|(_, range)| found(self.at(*range)));
        // A rule of one phrase meets a sentence full of them, and a list of hundreds a sentence with one.
        if phrases.len() < self.phrases.len() {
            for term in phrases {
                add(self.occurrences(term));
            }
        } else {
            let listed = |id: PhraseId| phrases.binary_search(&Term::Phrase(id)).is_ok();
            for same in self.phrases.chunk_by(|left, right| left.0 == right.0) {
                if same.first().is_some_and(|(id, _)| listed(*id)) {
                    add(same);
                }
            }
        }
        for term in features {
            if let Term::Feature(feature) = term {
                self.feature(rules, *feature).iter().for_each(|answer| found(*answer));
            }
        }
    }

    fn occurrences(&self, term: &Term) -> &[Occurrence] {
        let Term::Phrase(phrase) = term else { return &[] };
        let from = self.phrases.partition_point(|(id, _)| id < phrase);
        let to = self.phrases.partition_point(|(id, _)| id <= phrase);
        self.phrases.get(from..to).unwrap_or_default()
    }

    /// What a counting feature counts.
    pub(super) fn count(&self, feature: Feature) -> u32 {
        let count = match feature {
            Feature::Length => self.words.len(),
            Feature::Position => self.context.position,
            Feature::StoryMatch => return self.context.story_match,
            Feature::PointsBefore => return self.points_before,
            _ => 0,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What a feature finds.
    pub(super) fn feature(&self, rules: &RuleSet, feature: Feature) -> &[Found] {
        // Known before and after leaning is, so never kept.
        if feature == Feature::Leans {
            return if self.leans { YES } else { &[] };
        }
        let features = self.features.get_or_init(|| Box::new(std::array::from_fn(|_| Default::default())));
        features.get(feature as usize).map_or(&[], |known| known.get_or_init(|| self.compute(rules, feature)))
    }

    fn compute(&self, rules: &RuleSet, feature: Feature) -> Vec<Found> {
        let text = self.context.text.as_str();
        let kind = self.context.kind;
        if let Some(list) = RuleSet::plain_list_of(feature) {
            return self.found(rules, list);
        }
        match feature {
            Feature::Date => self.spans(dates::dates(text).into_iter().map(|date| date.span)),
            Feature::Deadline => self.deadlines(rules),
            Feature::Amount => self.quantities(Quantity::Amount),
            Feature::Percentage => self.quantities(Quantity::Percentage),
            Feature::Number => self.quantities(Quantity::Number),
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
            Feature::StartsLower => yes(quotation::starts_lower(text)),
            Feature::Person => self.spans(self.context.people.named.iter().copied()),
            Feature::PerhapsPerson => self.spans(self.context.people.perhaps.iter().copied()),
            Feature::EmployeeMember => self.spans(self.context.people.employees.iter().copied()),
            Feature::Outsider => self.spans(self.context.people.outsiders.iter().copied()),
            Feature::Bystander => self.spans(self.context.people.bystanders.iter().copied()),
            Feature::IdlePerson => self.spans(self.context.people.idle.iter().copied()),
            Feature::Speech => self.spans(self.context.people.speech.iter().copied()),
            Feature::Befallen => self.spans(self.context.people.befallen.iter().copied()),
            Feature::OnePerson => self.spans(self.context.people.one.iter().copied()),
            Feature::OtherPerson => self.spans(self.context.people.others.iter().copied()),
            Feature::StrangePronoun => self.spans(self.context.people.strange_pronouns()),
            Feature::SeatedPronoun => self.spans(self.context.people.seated_pronouns()),
            Feature::FewPersons => self.spans(self.context.people.few.iter().copied()),
            // Word lists and leaning are answered above, and what is counted has no place.
            Feature::Negation
            | Feature::EmployeeSide
            | Feature::ManagementSide
            | Feature::DecisionVerb
            | Feature::Outcome
            | Feature::Leans
            | Feature::Length
            | Feature::Position
            | Feature::StoryMatch
            | Feature::PointsBefore => Vec::new(),
        }
    }

    /// Words for a deadline, and dates that a word before them makes one.
    fn deadlines(&self, rules: &RuleSet) -> Vec<Found> {
        let mut found = self.found(rules, "deadline");
        let signs = self.ranges(rules, "deadline-before-date");
        if signs.is_empty() {
            return found;
        }
        let dates: Vec<WordRange> = self.feature(rules, Feature::Date).iter().filter_map(|date| date.words).collect();
        for (sign, date) in actors::pairs_ahead(&signs, &dates, DEADLINE_REACH) {
            found.extend([self.at(sign), self.at(date)]);
        }
        found
    }

    fn quantities(&self, kind: Quantity) -> Vec<Found> {
        let text = self.context.text.as_str();
        // Only plain numbers may be spelled out.
        if kind != Quantity::Number && !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let all = self.quantities.get_or_init(|| quantities(text));
        self.spans(all.iter().filter(|(found, _)| *found == kind).map(|(_, span)| *span))
    }

    /// What the word list behind a feature finds.
    fn found(&self, rules: &RuleSet, list: &str) -> Vec<Found> {
        let mut found = Vec::new();
        self.find(rules, rules.list(list), |answer| found.push(answer));
        found
    }

    fn ranges(&self, rules: &RuleSet, list: &str) -> Vec<WordRange> {
        let mut ranges: Vec<WordRange> = self.found(rules, list).into_iter().filter_map(|found| found.words).collect();
        ranges.sort_unstable();
        ranges
    }

    /// The source of a range of words.
    fn at(&self, range: WordRange) -> Found {
        let start = self.words.span(range.first).map_or(0, Span::start);
        let end = self.words.span(range.last).map_or(start, Span::end);
        Found { span: Span::new(start, end), words: Some(range) }
    }

    fn spans(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Found> {
        spans.into_iter().map(|span| Found { span, words: self.range(span) }).collect()
    }

    /// The words that a span touches.
    pub(super) fn range(&self, span: Span) -> Option<WordRange> {
        self.words.touched(span).map(|(first, last)| WordRange { first, last })
    }

    /// The number of the clause that a byte stands in: clauses end at commas, semicolons, colons, dashes and brackets, but
    /// not at the comma of a number.
    pub(super) fn clause(&self, byte: usize) -> usize {
        let ends = self.clause_ends.get_or_init(|| {
            let text = self.context.text.as_str();
            let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
            text.match_indices([',', ';', ':', '–', '—', '(', ')'])
                .map(|(at, _)| at)
                .filter(|at| !(digit(at.checked_sub(1)) && digit(Some(at + 1))))
                .collect()
        });
        ends.partition_point(|end| *end < byte)
    }
}

/// The answer of a feature that points at no words.
static YES: &[Found] = &[Found { span: Span::EMPTY, words: None }];

fn yes(answer: bool) -> Vec<Found> {
    if answer { YES.to_vec() } else { Vec::new() }
}
