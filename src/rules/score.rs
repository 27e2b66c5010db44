//! Scores minutes: every own decision entry that letters may quote gets its trace.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::analysis::Analysis;
use super::condition::ItemTitles;
use super::matcher::{Findings, Unit, says_leaning};
use super::set::RuleSet;
use super::trace::{Hit, Trace};
use super::voices;
use crate::language::persons::{People, Referent};
use crate::minutes::{Entry, EntryId, EntryKind, Item, Minutes, Outcome, SectionKind};
use crate::text::phrases::{Forms, Work};

/// Sentences before one that rules look back to: people write three that lean on one another, and a chain of thousands is
/// no text.
const LONGEST_UNIT: usize = 30;

/// What rules may ask about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemContext {
    /// Its title.
    pub title: String,
    /// The committee of the meeting.
    pub committee: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it is the item of stories.
    pub stories: bool,
}

/// What rules may ask about a sentence besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceContext {
    /// Its name.
    pub id: EntryId,
    /// Its text, white space folded; all spans count in it.
    pub text: String,
    /// What it is.
    pub kind: EntryKind,
    /// The sub-heading it stands under.
    pub subheading: Option<String>,
    /// Its paragraph in its section: see [`Entry::paragraph`].
    pub paragraph: usize,
    /// Its place among the scored sentences of the item, from 1.
    pub position: usize,
    /// How many those are.
    pub count: usize,
    /// Who is spoken of in it.
    pub people: People,
    /// How many words it shares with a story of the same meeting.
    pub story_match: u32,
}

/// What other layers know about sentences. Everything has a plain answer, so a test can leave it all out.
pub trait Hints: Sync {
    /// For each scored sentence of an item, the place of the earlier one it leans on; `by_rule` says where a rule finds
    /// that it leans. Unless somebody knows better: on the sentence before, under the same sub-heading.
    fn leans_on(&self, sentences: &[SentenceContext], by_rule: &[bool]) -> Vec<Option<usize>> {
        sentences
            .iter()
            .enumerate()
            .map(|(index, sentence)| {
                let before = index.checked_sub(1).filter(|_| by_rule.get(index).copied().unwrap_or(false))?;
                sentences.get(before).filter(|before| before.subheading == sentence.subheading).map(|_| before)
            })
            .collect()
    }

    /// Who is spoken of in a sentence, as spans of its text.
    fn people(&self, text: &str) -> People {
        let _ = text;
        People::default()
    }

    /// The same where this person takes part.
    fn people_with(&self, text: &str, participant: &str) -> People {
        let _ = participant;
        self.people(text)
    }

    /// How many words a sentence shares with a story of the same meeting.
    fn story_match(&self, id: EntryId) -> u32 {
        let _ = id;
        0
    }
}

/// Sentences that were given with what stands before them: the first behind that leans on its last, whatever rules say.
pub struct Preceded<'h> {
    /// What is known besides.
    pub hints: &'h dyn Hints,
    /// How many of the sentences stand before.
    pub before: usize,
}

impl Hints for Preceded<'_> {
    fn leans_on(&self, sentences: &[SentenceContext], by_rule: &[bool]) -> Vec<Option<usize>> {
        let mut leans = self.hints.leans_on(sentences, by_rule);
        if let (Some(last), Some(first)) = (self.before.checked_sub(1), leans.get_mut(self.before)) {
            *first = Some(last);
        }
        leans
    }
}

impl std::fmt::Debug for Preceded<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Preceded({})", self.before)
    }
}

/// Knows nothing that the rules do not know themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHints;

impl Hints for NoHints {}

/// Minutes with the trace of every sentence that letters may quote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoredMinutes {
    /// The traces by name of the sentence.
    pub traces: BTreeMap<EntryId, Trace>,
}

impl ScoredMinutes {
    /// The trace of a sentence; none for one that is not scored.
    #[must_use]
    pub fn trace(&self, id: EntryId) -> Option<&Trace> {
        self.traces.get(&id)
    }
}

/// Sentences that are scored before a second thread is at work.
const FEW_SENTENCES: usize = 32;

/// Scores all items of minutes, on two threads where there are many sentences: no item knows of another.
#[must_use]
pub fn score_minutes(rules: &RuleSet, minutes: &Minutes, hints: &dyn Hints) -> ScoredMinutes {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut scorer = Scorer::new(rules);
        let items = std::iter::from_fn(|| minutes.items.get(next.fetch_add(1, Ordering::Relaxed)));
        items.flat_map(|item| score_item(&mut scorer, minutes, item, hints)).collect::<Vec<Trace>>()
    };
    let sentences: usize = minutes.items.iter().map(|item| item.own_entries().count()).sum();
    let traces = std::thread::scope(|scope| {
        let helper = (sentences > FEW_SENTENCES).then(|| scope.spawn(take_turns));
        let mut traces = take_turns();
        match helper.map(std::thread::ScopedJoinHandle::join) {
            None => {}
            Some(Ok(more)) => traces.extend(more),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
        traces
    });
    ScoredMinutes { traces: traces.into_iter().map(|trace| (trace.id, trace)).collect() }
}

fn score_item(scorer: &mut Scorer<'_>, minutes: &Minutes, item: &Item, hints: &dyn Hints) -> Vec<Trace> {
    let context = ItemContext {
        title: item.title.clone(),
        committee: minutes.committee.clone(),
        outcome: item.outcome,
        stories: item.stories,
    };
    scorer.score(&context, &sentence_contexts(item, hints), hints)
}

/// The scored sentences of an item, each with what rules may ask about it.
#[must_use]
pub fn sentence_contexts(item: &Item, hints: &dyn Hints) -> Vec<SentenceContext> {
    let count = item.own_entries().filter(|entry| entry.kind.is_scored()).count();
    let mut contexts: Vec<SentenceContext> = Vec::new();
    let mut spoken_of = Referent::Before;
    for section in item.sections.iter().filter(|section| section.kind == SectionKind::Decision) {
        let mut subheading: Option<&Entry> = None;
        for entry in &section.entries {
            if entry.kind == EntryKind::Subheading {
                (subheading, spoken_of) = (Some(entry), Referent::Before);
            }
            let (true, Some(id)) = (entry.kind.is_scored(), entry.id) else { continue };
            let mut people = hints.people(&entry.text);
            spoken_of = people.resolve(spoken_of);
            contexts.push(SentenceContext {
                id,
                text: entry.text.clone(),
                kind: entry.kind,
                subheading: subheading.map(|entry| entry.text.clone()),
                paragraph: entry.paragraph,
                position: contexts.len() + 1,
                count,
                people,
                story_match: hints.story_match(id),
            });
        }
    }
    contexts
}

impl RuleSet {
    /// Scores the sentences of one item, in document order. For many items, a [`Scorer`] learns words only once.
    #[must_use]
    pub fn score(&self, item: &ItemContext, sentences: &[SentenceContext], hints: &dyn Hints) -> Vec<Trace> {
        Scorer::new(self).score(item, sentences, hints)
    }
}

/// What the sentence before has under the same sub-heading, for the audience that it has most for. One number for all
/// audiences, because a rule hits a sentence or does not, whoever reads it; on 76 marked minutes it told as much as the
/// points of each.
fn points_before(traces: &[Trace], sentences: &[SentenceContext], index: usize) -> u32 {
    let before = index.checked_sub(1).and_then(|before| traces.get(before).zip(sentences.get(before)));
    let same = before.filter(|(_, other)| sentences.get(index).is_some_and(|own| own.subheading == other.subheading));
    let most = same.and_then(|(trace, _)| trace.totals.iter().max()).copied().unwrap_or(0);
    u32::try_from(most).unwrap_or(0)
}

/// A rule set at work: it remembers the words it met, which the rule set itself, shared by all threads, cannot.
#[derive(Clone, Debug)]
pub struct Scorer<'r> {
    rules: &'r RuleSet,
    forms: Forms,
    open: Vec<usize>,
}

impl<'r> Scorer<'r> {
    /// Knows no word yet.
    #[must_use]
    pub fn new(rules: &'r RuleSet) -> Self {
        Self { rules, forms: Forms::default(), open: Vec::new() }
    }

    /// Scores the sentences of one item, in document order.
    #[must_use]
    pub fn score(&mut self, item: &ItemContext, sentences: &[SentenceContext], hints: &dyn Hints) -> Vec<Trace> {
        self.score_only(item, sentences, hints, None)
    }

    /// What the rules find in one sentence that leans on no other, without summing it up.
    #[must_use]
    pub fn hits(&mut self, item: &ItemContext, sentence: &SentenceContext) -> Vec<Hit> {
        let item = ItemTitles::new(item);
        let analysis = Analysis::new(self.rules, sentence, &mut self.forms);
        Unit { rules: self.rules, item: &item, sentences: &[&analysis], earlier: &[] }.run(None, &mut self.open)
    }

    /// What was done so far.
    #[must_use]
    pub fn work(&self) -> Work {
        self.forms.work()
    }

    /// Scores with the rules in `only`, or all.
    pub(super) fn score_only(
        &mut self,
        item: &ItemContext,
        sentences: &[SentenceContext],
        hints: &dyn Hints,
        only: Option<&BTreeSet<usize>>,
    ) -> Vec<Trace> {
        let rules = self.rules;
        let item = ItemTitles::new(item);
        let mut analyses: Vec<Analysis<'_>> =
            sentences.iter().map(|context| Analysis::new(rules, context, &mut self.forms)).collect();
        let by_rule: Vec<bool> = analyses.iter().map(|analysis| self.leans_by_rule(&item, analysis)).collect();
        let leans_on = hints.leans_on(sentences, &by_rule);
        // Only an earlier sentence can carry another one; anything else would go in circles.
        let before = |index: usize| leans_on.get(index).copied().flatten().filter(|earlier| *earlier < index);
        for (index, analysis) in analyses.iter_mut().enumerate() {
            analysis.leans = before(index).is_some() || by_rule.get(index).copied().unwrap_or(false);
        }
        let mut all: Vec<Findings> = Vec::with_capacity(analyses.len());
        let mut traces: Vec<Trace> = Vec::with_capacity(analyses.len());
        for (index, context) in sentences.iter().enumerate() {
            if let Some(analysis) = analyses.get_mut(index) {
                analysis.points_before = points_before(&traces, sentences, index);
            }
            let Some(analysis) = analyses.get(index) else { break };
            let chain = std::iter::successors(before(index), |earlier| before(*earlier));
            let mut chain: Vec<usize> = chain.take(LONGEST_UNIT).collect();
            chain.reverse();
            let unit: Vec<&Analysis<'_>> =
                chain.iter().filter_map(|earlier| analyses.get(*earlier)).chain([analysis]).collect();
            let earlier: Vec<&Findings> = chain.iter().filter_map(|earlier| all.get(*earlier)).collect();
            let findings = Unit { rules, item: &item, sentences: &unit, earlier: &earlier }.run(only, &mut self.open);
            let leans_on = before(index).and_then(|earlier| sentences.get(earlier)).map(|sentence| sentence.id);
            traces.push(Trace::sum_up(rules, context.id, &context.text, findings.clone(), leans_on));
            all.push(findings);
        }
        voices::carry(&mut traces, sentences);
        traces
    }

    fn leans_by_rule(&mut self, item: &ItemTitles<'_>, analysis: &Analysis<'_>) -> bool {
        let rules = self.rules;
        if rules.leaning.is_empty() {
            return false;
        }
        let unit = Unit { rules, item, sentences: &[analysis], earlier: &[] };
        says_leaning(rules, &unit.run(Some(&rules.leaning), &mut self.open))
    }
}
