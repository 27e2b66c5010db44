//! Runs the examples of every rule through the real splitter and the real matcher.
//!
//! A rule whose examples were tested by a second, simpler matcher would be approved and never fire. So an example is
//! made an item of its own, split by the splitter that is handed in, and scored by [`RuleSet::score`]'s own way, limited
//! to the rule and what it is built on. `before` says what the first sentence of the text leans on: an example tests its
//! rule, not the leaning rules, which have examples of their own.

use std::collections::BTreeSet;

use super::condition::{ItemTitles, comparable_title};
use super::messages;
use super::model::{Example, Kind, Part, Rule};
use super::score::{Hints, ItemContext, Preceded, Scorer, SentenceContext};
use super::set::RuleSet;
use super::trace::{Hit, HitState, Trace};
use crate::diagnostic::Problem;
use crate::language::persons::Referent;
use crate::minutes::{EntryId, ItemNumber};
use crate::text::Span;
use crate::text::words::words;

/// The mark around words in an example.
const MARK: &str = "**";

/// Splits a text into the spans of its sentences.
pub type Split<'s> = &'s dyn Fn(&str) -> Vec<Span>;

/// An example, laid out as an item.
struct Laid {
    /// The text without marks.
    text: String,
    /// The marked stretches of it.
    marks: Vec<Span>,
    /// Where each sentence of it stands.
    spans: Vec<Span>,
    item: ItemContext,
    sentences: Vec<SentenceContext>,
    /// How many of the sentences come from `before`.
    before: usize,
}

/// What a rule found in an example.
struct Outcome {
    /// The words, as spans of the example's text.
    words: Vec<Span>,
    hit: bool,
    /// The exception that silenced it.
    silenced: Option<usize>,
    /// The points of the last sentence before.
    points_before: i32,
}

impl RuleSet {
    /// Checks that every rule hits its `hits` on the marked words and no others, does not hit its `misses`, and that its
    /// exceptions are tested. Rules that are switched off are left out.
    pub fn check_examples(&self, split: Split<'_>, hints: &dyn Hints, problems: &mut Vec<Problem>) {
        let mut scorer = Scorer::new(self);
        for (index, rule) in self.rules().iter().enumerate().filter(|(_, rule)| rule.enabled) {
            let only = self.built_on(index);
            let mut run = |example: &Example| {
                let laid = lay(example, split, hints);
                let outcome = run_example(&mut scorer, index, &laid, &only, hints);
                (laid, outcome)
            };
            for example in &rule.hits {
                let (laid, outcome) = run(example);
                problems.extend(judge_hit(rule, example, &laid, &outcome));
            }
            let mut tested = BTreeSet::new();
            for example in &rule.misses {
                let (laid, outcome) = run(example);
                tested.extend(outcome.silenced);
                if outcome.hit {
                    let problem = Problem::new(&messages::EXAMPLE_HIT).with("id", &rule.id);
                    problems.push(problem.with("found", marked(&laid.text, &outcome.words)).at(&example.place));
                }
            }
            for (_, exception) in rule.unless.iter().enumerate().filter(|(place, _)| !tested.contains(place)) {
                let problem = Problem::new(&messages::EXCEPTION_UNTESTED).with("text", &exception.text);
                problems.push(problem.at(&exception.place));
            }
        }
    }

    /// A rule with all it is built on, and the rules for leaning with theirs; where points are asked for, all rules.
    pub(super) fn built_on(&self, index: usize) -> BTreeSet<usize> {
        let mut all = self.leaning.clone();
        let mut open = vec![index];
        while let Some(next) = open.pop() {
            all.insert(next);
            if self.rule(next).is_some_and(Rule::asks_for_points) {
                return (0..self.rules().len()).collect();
            }
            if let Some(Kind::Combination { all: every, any, none, .. }) = self.rule(next).map(|rule| &rule.kind) {
                let parts = every.iter().chain(any).chain(none);
                let rules = parts.filter_map(|part| if let Part::Rule(rule) = part { Some(*rule) } else { None });
                open.extend(rules.filter(|rule| !all.contains(rule)));
            }
        }
        all
    }
}

fn run_example(
    scorer: &mut Scorer<'_>,
    index: usize,
    laid: &Laid,
    only: &BTreeSet<usize>,
    hints: &dyn Hints,
) -> Outcome {
    let forced = Preceded { hints, before: laid.before };
    let traces = scorer.score_only(&laid.item, &laid.sentences, &forced, Some(only));
    let last = laid.before.checked_sub(1).and_then(|last| traces.get(last));
    let points_before = last.and_then(|trace| trace.totals.iter().max()).copied().unwrap_or(0);
    let mut outcome = Outcome { words: Vec::new(), hit: false, silenced: None, points_before };
    for (trace, span) in traces.iter().skip(laid.before).zip(&laid.spans) {
        let Some(hit) = hit_of(trace, index) else { continue };
        match hit.state {
            HitState::Silenced { exception, .. } => outcome.silenced = Some(exception),
            _ => {
                outcome.hit = true;
                outcome.words.extend(hit.words.iter().map(|words| words.shifted(span.start())));
            }
        }
    }
    outcome
}

fn hit_of(trace: &Trace, rule: usize) -> Option<&Hit> {
    trace.hits.iter().find(|hit| hit.rule == rule)
}

fn judge_hit(rule: &Rule, example: &Example, laid: &Laid, outcome: &Outcome) -> Option<Problem> {
    if !outcome.hit {
        let (danish, english) = why_not(rule, laid, outcome);
        let problem = Problem::new(&messages::EXAMPLE_NOT_HIT).with("id", &rule.id);
        return Some(problem.with("why_da", danish).with("why_en", english).at(&example.place));
    }
    let all = words(&laid.text);
    let covered = |spans: &[Span]| -> Vec<usize> {
        let touches = |word: Span| spans.iter().any(|span| word.start() < span.end() && span.start() < word.end());
        all.iter().enumerate().filter(|(_, word)| touches(word.span)).map(|(index, _)| index).collect()
    };
    if covered(&laid.marks) == covered(&outcome.words) {
        return None;
    }
    let problem = Problem::new(&messages::EXAMPLE_WORDS).with("id", &rule.id);
    Some(problem.with("found", marked(&laid.text, &outcome.words)).at(&example.place))
}

/// Why a rule that should have hit did not, as the end of a sentence, as far as that can be told.
fn why_not(rule: &Rule, laid: &Laid, outcome: &Outcome) -> (String, String) {
    if let Some(exception) = outcome.silenced.and_then(|exception| rule.unless.get(exception)) {
        let text = &exception.text;
        return (format!(", fordi undtagelsen »{text}« gælder"), format!(" because of the exception \"{text}\""));
    }
    if rule.asks_for_points() {
        let points = outcome.points_before;
        let danish = format!(", fordi sætningen før har {points} point; reglen ser på, hvad de andre regler giver den");
        return (danish, format!(" because the sentence before has {points} points, by the other rules"));
    }
    let titles = ItemTitles::new(&laid.item);
    let applies = |sentence: &SentenceContext| {
        let subheading = sentence.subheading.as_deref().map(comparable_title);
        rule.condition.holds(&titles, || subheading.as_deref())
    };
    if !laid.sentences.iter().any(applies) {
        let danish = ", fordi »where« ikke passer; skriv fx { item = \"…\", text = \"…\" } i eksemplet";
        let english = " because \"where\" does not fit; write { item = \"…\", text = \"…\" } in the example";
        return (danish.to_owned(), english.to_owned());
    }
    (String::new(), String::new())
}

/// The text with marks around `found`; the bare text where nothing in particular was found.
fn marked(text: &str, found: &[Span]) -> String {
    let mut sorted = found.to_vec();
    sorted.sort_unstable();
    let mut out = String::new();
    let mut from = 0;
    for span in sorted {
        out.push_str(text.get(from..span.start()).unwrap_or_default());
        out.push_str(MARK);
        out.push_str(span.of(text));
        out.push_str(MARK);
        from = span.end();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Makes an item of an example.
fn lay(example: &Example, split: Split<'_>, hints: &dyn Hints) -> Laid {
    let (text, marks) = unmark(&folded_blanks(&example.text));
    let before = example.before.as_deref().map(folded_blanks).unwrap_or_default();
    let spans = sentences_of(&text, split);
    let texts: Vec<String> = sentences_of(&before, split)
        .iter()
        .map(|span| span.of(&before).to_owned())
        .chain(spans.iter().map(|span| span.of(&text).to_owned()))
        .collect();
    let count = texts.len();
    let people = |text: &str| match &example.participant {
        Some(participant) => hints.people_with(text, participant),
        None => hints.people(text),
    };
    let mut spoken_of = Referent::Before;
    let sentences: Vec<SentenceContext> = texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let mut people = people(&text);
            spoken_of = people.resolve(spoken_of);
            SentenceContext {
                id: EntryId { item: ItemNumber(0), index },
                kind: example.kind,
                subheading: example.subheading.clone(),
                paragraph: 0,
                position: index + 1,
                count,
                people,
                story_match: 0,
                text,
            }
        })
        .collect();
    Laid {
        marks,
        before: count - spans.len(),
        item: ItemContext {
            title: example.item.clone(),
            committee: example.committee.clone(),
            outcome: example.outcome,
            stories: example.stories,
        },
        sentences,
        spans,
        text,
    }
}

/// The sentences of a text; the whole of it where the splitter finds none.
fn sentences_of(text: &str, split: Split<'_>) -> Vec<Span> {
    let whole = Span::new(0, text.len());
    let spans: Vec<Span> =
        split(text).into_iter().map(|span| span.trimmed(text)).filter(|span| !span.is_empty()).collect();
    if spans.is_empty() && !text.is_empty() { vec![whole] } else { spans }
}

/// Sentences reach the scorer with their white space folded; those of examples do as well.
fn folded_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without marks, and what stood between them.
fn unmark(text: &str) -> (String, Vec<Span>) {
    let mut plain = String::with_capacity(text.len());
    let mut marks = Vec::new();
    for (index, piece) in text.split(MARK).enumerate() {
        let start = plain.len();
        plain.push_str(piece);
        if index % 2 == 1 {
            marks.push(Span::new(start, plain.len()));
        }
    }
    (plain, marks)
}
