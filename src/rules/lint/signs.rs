//! Rules that undo or repeat each other: the same phrase with a plus here and a minus there, two rules for the same.

use std::collections::BTreeSet;

use super::super::messages;
use super::super::model::{Effect, Scope};
use super::super::read::{RawCondition, RawFile, RawKind, RawRule};
use super::texts::{Entry, Texts};
use crate::diagnostic::{Place, Problem};

/// A rule of phrases that counts.
struct Counting<'t> {
    rule: &'t RawRule,
    weights: &'t [i32],
    phrases: Vec<Entry<'t>>,
}

pub(super) fn lint<'t>(texts: &Texts<'t>, files: &'t [RawFile], audiences: &[String], problems: &mut Vec<Problem>) {
    let counting: Vec<Counting<'t>> = files
        .iter()
        .flat_map(|file| &file.rules)
        .filter(|rule| rule.enabled)
        .filter_map(|rule| match (&rule.kind, &rule.effect) {
            (Some(RawKind::Phrases(written)), Effect::Weight(weights)) => {
                Some(Counting { rule, weights, phrases: texts.open(written) })
            }
            _ => None,
        })
        .collect();
    for (index, rule) in counting.iter().enumerate() {
        for earlier in counting.iter().take(index) {
            // A rule for some items or with an exception says the other thing on purpose.
            if !applies_alike(rule.rule, earlier.rule) || replaces(rule.rule, earlier.rule) {
                continue;
            }
            if let Some(problem) = repeats(texts, rule, earlier).or_else(|| undoes(texts, rule, earlier, audiences)) {
                problems.push(problem);
            }
        }
    }
}

fn applies_alike(left: &RawRule, right: &RawRule) -> bool {
    let unlike = left.scope != right.scope && (left.scope == Scope::Unit || right.scope == Scope::Unit);
    let bare = |rule: &RawRule| rule.unless.is_empty();
    !unlike && bare(left) == bare(right) && same_places(&left.condition, &right.condition)
}

fn same_places(left: &RawCondition, right: &RawCondition) -> bool {
    let titles = |condition: &RawCondition| -> Vec<BTreeSet<String>> {
        [&condition.item, &condition.subheading, &condition.committee]
            .iter()
            .map(|texts| texts.iter().map(|text| text.value.to_lowercase()).collect())
            .collect()
    };
    titles(left) == titles(right) && left.outcome == right.outcome && left.stories == right.stories
}

fn replaces(left: &RawRule, right: &RawRule) -> bool {
    let names = |rule: &RawRule, other: &RawRule| rule.instead_of.iter().any(|name| name.value == other.id.value);
    names(left, right) || names(right, left)
}

/// Two rules whose phrases find the same, all of them.
fn repeats(texts: &Texts<'_>, rule: &Counting<'_>, earlier: &Counting<'_>) -> Option<Problem> {
    let within = |some: &[Entry<'_>], others: &[Entry<'_>]| {
        some.iter().all(|one| others.iter().any(|other| texts.same(one.text, other.text)))
    };
    let same =
        !rule.phrases.is_empty() && within(&rule.phrases, &earlier.phrases) && within(&earlier.phrases, &rule.phrases);
    same.then(|| {
        let problem = Problem::new(&messages::SAME_PHRASES).with("id", &rule.rule.id.value);
        naming(problem, "other", earlier.rule).at(&rule.rule.id.place)
    })
}

/// The first phrase that both have, where one adds and the other takes for the same audience.
fn undoes(texts: &Texts<'_>, rule: &Counting<'_>, earlier: &Counting<'_>, audiences: &[String]) -> Option<Problem> {
    let mut pairs = rule.weights.iter().zip(earlier.weights).zip(audiences);
    let ((own, other), audience) = pairs.find(|((own, other), _)| own.signum() * other.signum() < 0)?;
    let shared =
        rule.phrases.iter().find(|one| earlier.phrases.iter().any(|other| texts.same(one.text, other.text)))?;
    let problem = Problem::new(&messages::OPPOSITE_SIGNS)
        .with("phrase", shared.text)
        .with("weight", format!("{own:+}"))
        .with("other_weight", format!("{other:+}"))
        .with("audience", audience);
    Some(naming(problem, "other", earlier.rule).at(shared.place))
}

/// Names another rule with its place.
fn naming(problem: Problem, key: &'static str, rule: &RawRule) -> Problem {
    let Place { file, span } = &rule.id.place;
    problem
        .with(key, &rule.id.value)
        .with("file", file.path().display())
        .with("line", file.line_and_column(span.start()).0)
}
