//! What a sentence almost hit: rules that missed it by one thing.
//!
//! Nothing here matches anything itself. A rule is loosened in one place, in a copy of the set, and the real matcher is
//! asked again; where the loosened rule hits and the real one does not, that place is the reason. A second matcher that
//! only explains was rejected: the day it disagrees with the first, every explanation is a lie. Only scattered phrases
//! are looked for directly, with a phrase book of their single words, because no loosening brings words together.
//!
//! Computed when somebody asks, never while letters are made: it costs some more runs of the matcher.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::condition::{ItemTitles, comparable_title};
use super::feature::Feature;
use super::model::{Condition, Effect, Kind, Part, Rule, Term};
use super::score::{Hints, ItemContext, Scorer, SentenceContext};
use super::set::RuleSet;
use super::trace::{Hit, HitState, Trace};
use crate::text::Span;
use crate::text::phrases::{Forms, PhraseBook, PhraseId, WordRange};
use crate::text::stem::Inflection;
use crate::text::words::Words;

/// A rule that nearly hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule, by its place.
    pub rule: usize,
    /// What was missing.
    pub why: Why,
    /// The words that were there, as spans of the sentence.
    pub words: Vec<Span>,
}

/// The one thing that was missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// All is there, but `where` does not fit: the keys that ask for something else, each with what it asks for.
    Elsewhere(Vec<(&'static str, String)>),
    /// Both sides of `near` are there, too far apart, in words.
    TooFar {
        /// How far.
        apart: usize,
        /// How far the rule allows.
        within: usize,
    },
    /// Both sides of `near` are there in the wrong order.
    Turned,
    /// A combination lacks this part.
    Lacks(String),
    /// A combination must not have this part.
    Barred(String),
    /// All words of this phrase are there, but not side by side.
    Scattered(String),
    /// A counting feature is outside its bounds by one.
    Outside {
        /// The feature.
        feature: Feature,
        /// What was counted.
        counted: u32,
        /// The least the rule asks for.
        at_least: u32,
        /// The most it allows.
        at_most: u32,
    },
}

impl Why {
    /// The less, the more it tells: a rule that stands in the wrong place is nearer than words that happen to be there.
    fn distance(&self) -> usize {
        match self {
            Self::Elsewhere(_) => 0,
            Self::Lacks(_) | Self::Barred(_) => 1,
            Self::TooFar { .. } | Self::Turned => 2,
            Self::Scattered(_) => 3,
            Self::Outside { .. } => 4,
        }
    }
}

/// The reach of a loosened `near` beside half as much again as its own: far enough to tell, not so far that chance pairs
/// are told.
const FURTHER: usize = 3;
/// The most other words among those of a scattered phrase.
const SCATTERED: usize = 3;
/// So many letters one word of a scattered phrase must have: "til" and "for" stand scattered everywhere.
const TELLING: usize = 5;
/// How many phrases describe a part that has no name of its own.
const SHOWN: usize = 3;

/// A phrase of several words, with its words as phrases of their own.
struct Scattered {
    text: String,
    words: Vec<PhraseId>,
    rules: Vec<usize>,
}

/// A rule set, loosened in several ways.
pub struct Almost<'r> {
    rules: &'r RuleSet,
    /// Without any `where`.
    everywhere: RuleSet,
    /// With every `near` wide and in any order.
    wide: RuleSet,
    /// Changed for one question at a time.
    probe: RuleSet,
    book: PhraseBook,
    scattered: Vec<Scattered>,
}

impl std::fmt::Debug for Almost<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Almost({} rules)", self.rules.rules().len())
    }
}

impl<'r> Almost<'r> {
    /// Loosens `rules`; `inflection` is that of their phrases. Rules that say what leans keep as they are, so that the
    /// question does not change the sentences it is asked about.
    #[must_use]
    pub fn new(rules: &'r RuleSet, inflection: &Inflection) -> Self {
        let (mut everywhere, mut wide) = (rules.clone(), rules.clone());
        for index in (0..rules.rules.len()).filter(|index| !rules.leaning.contains(index)) {
            if let Some(rule) = everywhere.rules.get_mut(index) {
                rule.condition = Condition::default();
            }
            if let Some(Kind::Near { within, forward, .. }) = wide.rules.get_mut(index).map(|rule| &mut rule.kind) {
                (*within, *forward) = (furthest(*within), false);
            }
        }
        let (book, scattered) = scattered(rules, inflection);
        Self { rules, everywhere, wide, probe: rules.clone(), book, scattered }
    }

    /// The near misses of the sentence at `place`, the most telling first, at most `most`. `traces` are those of
    /// `sentences`, which are all scored sentences of the item; `audience` says whose weights matter.
    #[must_use]
    pub fn of(
        &mut self,
        item: &ItemContext,
        sentences: &[SentenceContext],
        traces: &[Trace],
        place: usize,
        audience: usize,
        most: usize,
    ) -> Vec<NearMiss> {
        let (Some(own), Some(trace)) = (sentences.get(place), traces.get(place)) else { return Vec::new() };
        let chain = chain(sentences, traces, place);
        let open: Vec<usize> = (0..self.rules.rules.len())
            .filter(|index| self.rules.rule(*index).is_some_and(|rule| rule.enabled))
            .filter(|index| trace.hits.iter().all(|hit| hit.rule != *index))
            .collect();
        let (titles, subheading) = (ItemTitles::new(item), own.subheading.as_deref().map(comparable_title));
        let (fitting, elsewhere): (Vec<usize>, Vec<usize>) = open.into_iter().partition(|index| {
            self.rules.rule(*index).is_some_and(|rule| rule.condition.holds(&titles, || subheading.as_deref()))
        });
        let mut found = self.elsewhere(item, &chain, &elsewhere);
        found.extend(self.too_far(item, &chain, &fitting));
        found.extend(self.lacking(item, &chain, &fitting));
        found.extend(self.scattered(&own.text, &fitting));
        found.extend(fitting.iter().filter_map(|index| outside(*index, self.rules.rule(*index)?, own)));
        let worth = |rule: usize| self.rules.rule(rule).map_or(0, |rule| importance(rule, audience));
        found.sort_by_key(|miss| (miss.why.distance(), Reverse(worth(miss.rule)), miss.rule));
        let mut told = BTreeSet::new();
        found.retain(|miss| worth(miss.rule) > 0 && told.insert(miss.rule));
        found.truncate(most);
        found
    }

    fn elsewhere(&self, item: &ItemContext, chain: &[SentenceContext], open: &[usize]) -> Vec<NearMiss> {
        let traces = self.everywhere.score(item, chain, &Chained);
        let (Some(trace), Some(own)) = (traces.last(), chain.last()) else { return Vec::new() };
        hits(trace)
            .filter(|hit| open.contains(&hit.rule))
            // A rule that finds no words asks for the place alone, and everything else stands elsewhere.
            .filter(|hit| !hit.words.is_empty())
            .filter_map(|hit| {
                let asked = asked(&self.rules.rule(hit.rule)?.condition, item, own);
                Some(NearMiss { rule: hit.rule, why: Why::Elsewhere(asked), words: hit.words.clone() })
            })
            .collect()
    }

    fn too_far(&mut self, item: &ItemContext, chain: &[SentenceContext], open: &[usize]) -> Vec<NearMiss> {
        let traces = self.wide.score(item, chain, &Chained);
        let Some(trace) = traces.last() else { return Vec::new() };
        let near: Vec<Hit> = hits(trace).filter(|hit| open.contains(&hit.rule)).cloned().collect();
        near.into_iter().filter_map(|hit| self.distance(item, chain, hit)).collect()
    }

    /// How far apart the words of a loosened `near` are: the least reach with which it hits.
    fn distance(&mut self, item: &ItemContext, chain: &[SentenceContext], hit: Hit) -> Option<NearMiss> {
        let rule = hit.rule;
        let Kind::Near { of, and, within: own, forward, not_across } = self.rules.rule(rule)?.kind.clone() else {
            return None;
        };
        let kind = |within, forward| Kind::Near {
            of: of.clone(),
            and: and.clone(),
            within,
            forward,
            not_across: not_across.clone(),
        };
        if forward && let Some(turned) = self.ask(item, chain, rule, kind(own, false)) {
            return Some(NearMiss { rule, why: Why::Turned, words: turned.words });
        }
        let (mut fails, mut works) = (own, furthest(own));
        let mut words = self.ask(item, chain, rule, kind(works, forward))?.words;
        while fails + 1 < works {
            let middle = usize::midpoint(fails, works);
            match self.ask(item, chain, rule, kind(middle, forward)) {
                Some(hit) => (works, words) = (middle, hit.words),
                None => fails = middle,
            }
        }
        Some(NearMiss { rule, why: Why::TooFar { apart: works, within: own }, words })
    }

    fn lacking(&mut self, item: &ItemContext, chain: &[SentenceContext], open: &[usize]) -> Vec<NearMiss> {
        let mut found = Vec::new();
        for index in open {
            let Some(Kind::Combination { all, any, none, at_least }) =
                self.rules.rule(*index).map(|rule| rule.kind.clone())
            else {
                continue;
            };
            let kind = |all: &[Part], none: &[Part], at_least| Kind::Combination {
                all: all.to_vec(),
                any: any.clone(),
                none: none.to_vec(),
                at_least,
            };
            let mut looser: Vec<(Why, Kind)> = Vec::new();
            for (place, part) in all.iter().enumerate() {
                let rest = without(&all, place);
                looser.push((Why::Lacks(self.name(part)), kind(&rest, &none, at_least)));
            }
            if at_least > 0 {
                let names: Vec<String> = any.iter().map(|part| self.name(part)).collect();
                looser.push((Why::Lacks(names.join(" / ")), kind(&all, &none, at_least - 1)));
            }
            for (place, part) in none.iter().enumerate() {
                looser.push((Why::Barred(self.name(part)), kind(&all, &without(&none, place), at_least)));
            }
            for (why, kind) in looser {
                if let Some(hit) = self.ask(item, chain, *index, kind) {
                    found.push(NearMiss { rule: *index, why, words: hit.words });
                    break;
                }
            }
        }
        found
    }

    /// What a rule finds in the last sentence when it is of another kind.
    fn ask(&mut self, item: &ItemContext, chain: &[SentenceContext], rule: usize, kind: Kind) -> Option<Hit> {
        let real = std::mem::replace(&mut self.probe.rules.get_mut(rule)?.kind, kind);
        let only = self.rules.built_on(rule);
        let traces = Scorer::new(&self.probe).score_only(item, chain, &Chained, Some(&only));
        if let Some(slot) = self.probe.rules.get_mut(rule) {
            slot.kind = real;
        }
        traces.last().and_then(|trace| hits(trace).find(|hit| hit.rule == rule).cloned())
    }

    fn scattered(&self, text: &str, open: &[usize]) -> Vec<NearMiss> {
        let all = Words::new(text);
        let mut found: BTreeMap<PhraseId, Vec<WordRange>> = BTreeMap::new();
        for (word, range) in self.book.find(text, &all, &mut Forms::default()) {
            found.entry(word).or_default().push(range);
        }
        let mut misses = Vec::new();
        for phrase in &self.scattered {
            let places: Option<Vec<&Vec<WordRange>>> = phrase.words.iter().map(|word| found.get(word)).collect();
            let Some(tightest) = places.and_then(|places| tightest(&places)) else { continue };
            let spans: Vec<Span> = tightest.iter().filter_map(|at| all.span(*at)).collect();
            let rules = phrase.rules.iter().filter(|rule| open.contains(rule));
            misses.extend(rules.map(|rule| NearMiss {
                rule: *rule,
                why: Why::Scattered(phrase.text.clone()),
                words: spans.clone(),
            }));
        }
        misses
    }

    /// What a part is called; one that is a list has lost its name and is told by its phrases.
    fn name(&self, part: &Part) -> String {
        let terms = match part {
            Part::Rule(rule) => return self.rules.rule(*rule).map(|rule| rule.id.clone()).unwrap_or_default(),
            Part::Terms(terms) => terms,
        };
        let texts: BTreeMap<PhraseId, &str> = self.rules.book.texts().collect();
        let mut names: Vec<String> = terms
            .iter()
            .take(SHOWN)
            .map(|term| match term {
                Term::Feature(feature) => format!("@{}", feature.name()),
                Term::Phrase(phrase) => format!("»{}«", texts.get(phrase).copied().unwrap_or_default()),
            })
            .collect();
        if terms.len() > SHOWN {
            names.push("…".to_owned());
        }
        names.join(", ")
    }
}

/// Hits that are not silenced.
fn hits(trace: &Trace) -> impl Iterator<Item = &Hit> {
    trace.hits.iter().filter(|hit| !matches!(hit.state, HitState::Silenced { .. }))
}

/// How much a rule matters to an audience: what withholds matters most, a rule without weight and effect not at all.
fn importance(rule: &Rule, audience: usize) -> i32 {
    match rule.effect {
        Effect::Withhold(_) => 100,
        Effect::Leans | Effect::Restricts => 50,
        Effect::Qualifies | Effect::Limits | Effect::Side { .. } | Effect::Statement(_) | Effect::Voice(_) => 1,
        Effect::Promises | Effect::Part => 0,
        Effect::Weight(_) => rule.weight(audience).abs(),
    }
}

fn furthest(within: usize) -> usize {
    within + within / 2 + FURTHER
}

fn without(parts: &[Part], place: usize) -> Vec<Part> {
    parts.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, part)| part.clone()).collect()
}

/// The sentences that the one at `place` leans on, and itself, first to last.
fn chain(sentences: &[SentenceContext], traces: &[Trace], place: usize) -> Vec<SentenceContext> {
    let before = |at: usize| {
        let leans_on = traces.get(at)?.leans_on?;
        traces.iter().position(|trace| trace.id == leans_on).filter(|earlier| *earlier < at)
    };
    let mut places: Vec<usize> = std::iter::successors(Some(place), |at| before(*at)).collect();
    places.reverse();
    places.into_iter().filter_map(|at| sentences.get(at).cloned()).collect()
}

/// Each sentence leans on the one before: those of a chain do.
struct Chained;

impl Hints for Chained {
    fn leans_on(&self, sentences: &[SentenceContext], _by_rule: &[bool]) -> Vec<Option<usize>> {
        (0..sentences.len()).map(|at| at.checked_sub(1)).collect()
    }
}

/// The keys of `where` that do not fit, with what each asks for.
fn asked(condition: &Condition, item: &ItemContext, own: &SentenceContext) -> Vec<(&'static str, String)> {
    let titles = |patterns: &[super::model::TitlePattern]| {
        patterns.iter().map(|pattern| pattern.0.join("*")).collect::<Vec<_>>().join(" / ")
    };
    let outcomes = || {
        let name = |outcome| serde_json::to_value(outcome).ok().and_then(|name| Some(name.as_str()?.to_owned()));
        condition.outcome.iter().filter_map(name).collect::<Vec<_>>().join(" / ")
    };
    let none = Condition::default;
    let (of, subheading) = (ItemTitles::new(item), own.subheading.as_deref().map(comparable_title));
    let fails = |part: &Condition| !part.holds(&of, || subheading.as_deref());
    let parts = [
        ("item", Condition { item: condition.item.clone(), ..none() }, titles(&condition.item)),
        ("subheading", Condition { subheading: condition.subheading.clone(), ..none() }, titles(&condition.subheading)),
        ("committee", Condition { committee: condition.committee.clone(), ..none() }, titles(&condition.committee)),
        ("outcome", Condition { outcome: condition.outcome.clone(), ..none() }, outcomes()),
        (
            "stories",
            Condition { stories: condition.stories, ..none() },
            condition.stories.map(|stories| stories.to_string()).unwrap_or_default(),
        ),
    ];
    parts.into_iter().filter(|(_, part, _)| fails(part)).map(|(key, _, text)| (key, text)).collect()
}

/// A counting feature that is outside its bounds by one.
fn outside(index: usize, rule: &Rule, own: &SentenceContext) -> Option<NearMiss> {
    let Kind::Feature { feature, at_least, at_most } = rule.kind else { return None };
    let counted = match feature {
        Feature::Length => u32::try_from(Words::new(&own.text).len()).ok()?,
        Feature::Position => u32::try_from(own.position).ok()?,
        Feature::StoryMatch => own.story_match,
        _ => return None,
    };
    let inside = (at_least..=at_most).contains(&counted);
    let near = (at_least.saturating_sub(1)..=at_most.saturating_add(1)).contains(&counted);
    (near && !inside).then(|| NearMiss {
        rule: index,
        why: Why::Outside { feature, counted, at_least, at_most },
        words: Vec::new(),
    })
}

/// The phrases of several words of all rules that look for phrases, each with a book of its single words.
fn scattered(rules: &RuleSet, inflection: &Inflection) -> (PhraseBook, Vec<Scattered>) {
    let mut owners: BTreeMap<PhraseId, Vec<usize>> = BTreeMap::new();
    for (index, rule) in rules.rules.iter().enumerate().filter(|(index, _)| !rules.leaning.contains(index)) {
        let Kind::Phrases(terms) = &rule.kind else { continue };
        for term in terms {
            if let Term::Phrase(phrase) = term {
                owners.entry(*phrase).or_default().push(index);
            }
        }
    }
    let mut book = PhraseBook::new(inflection.clone());
    let mut found = Vec::new();
    for (id, text) in rules.book.texts() {
        let Some(owners) = owners.get(&id) else { continue };
        let single: Vec<&str> = text.split_whitespace().collect();
        let telling = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() >= TELLING;
        if single.len() < 2 || !single.iter().any(telling) {
            continue;
        }
        // A sign between words, as "&", is no word and keeps the phrase out of this.
        let words: Result<Vec<PhraseId>, _> = single.iter().map(|word| book.add(word)).collect();
        if let Ok(words) = words {
            found.push(Scattered { text: text.to_owned(), words, rules: owners.clone() });
        }
    }
    book.finish();
    (book, found)
}

/// The narrowest choice of one place for each word, in the order of the phrase; none where other words come between in
/// number.
fn tightest(places: &[&Vec<WordRange>]) -> Option<Vec<usize>> {
    let (first, rest) = places.split_first()?;
    first
        .iter()
        .filter_map(|start| {
            let mut chosen = vec![start.first];
            for ranges in rest {
                let last = chosen.last().copied()?;
                chosen.push(ranges.iter().map(|range| range.first).filter(|at| *at > last).min()?);
            }
            Some(chosen)
        })
        .filter(|chosen| width(chosen) <= places.len() + SCATTERED)
        .min_by_key(|chosen| width(chosen))
}

fn width(chosen: &[usize]) -> usize {
    match (chosen.first(), chosen.last()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    }
}
