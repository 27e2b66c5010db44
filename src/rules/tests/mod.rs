//! What the rule language promises, as claims.

mod desk;
mod examples;
mod language;
mod lint;
mod matching;
mod minutes;
mod problems;
mod sums;
mod voices;

use super::*;
use crate::diagnostic::{Language, Problem};
use crate::minutes::{EntryId, EntryKind, ItemNumber};
use crate::text::Span;

/// The audiences of all these tests.
fn audiences() -> Vec<String> {
    vec!["staff".to_owned(), "elected".to_owned()]
}

/// Loads files, given by name and text.
fn load_files(files: &[(&str, &str)]) -> (Option<RuleSet>, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut problems = Vec::new();
    let set = load(folder.path(), &audiences(), &mut problems);
    crate::diagnostic::sort(&mut problems);
    (set, problems)
}

/// A rule set without errors.
fn rules(text: &str) -> RuleSet {
    let (set, problems) = load_files(&[("a.toml", text)]);
    let told: Vec<String> = problems.iter().map(|problem| problem.to_terminal(Language::English)).collect();
    set.unwrap_or_else(|| panic!("{}", told.join("\n")))
}

/// A rule with these lines, and the examples that every rule must have.
fn rule(id: &str, lines: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\nlabel = \"L\"\nhits = [\"x\"]\nmisses = [\"y\"]\n{lines}\n")
}

fn sentence(index: usize, text: &str) -> SentenceContext {
    SentenceContext {
        id: EntryId { item: ItemNumber(1), index },
        text: text.to_owned(),
        kind: EntryKind::Sentence,
        subheading: None,
        paragraph: 0,
        position: index + 1,
        count: 1,
        people: crate::language::persons::People::default(),
        story_match: 0,
    }
}

/// Scores sentences of one item.
fn score_in(set: &RuleSet, item: &ItemContext, texts: &[&str]) -> Vec<Trace> {
    let sentences: Vec<SentenceContext> = texts.iter().enumerate().map(|(at, text)| sentence(at, text)).collect();
    set.score(item, &sentences, &NoHints)
}

fn score(set: &RuleSet, text: &str) -> Trace {
    score_in(set, &ItemContext::default(), &[text]).remove(0)
}

/// The words that the first rule finds and that count; none where it does not hit.
fn found<'t>(set: &RuleSet, text: &'t str) -> Option<Vec<&'t str>> {
    let trace = score(set, text);
    let hit = trace.hits.iter().find(|hit| hit.rule == 0 && hit.counts())?.clone();
    Some(hit.words.iter().map(|span| span.of(text)).collect())
}

/// Ends a sentence at every full stop, which is enough for examples.
fn split(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('.') {
        spans.push(Span::new(start, at + 1));
        start = at + 1;
    }
    spans.push(Span::new(start, text.len()));
    spans
}
