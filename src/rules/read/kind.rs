//! What a rule looks for: exactly one of five keys, and the options that belong to it alone.

use super::super::messages;
use super::form;
use crate::diagnostic::Problem;
use crate::tables::{Located, Reader, Table};

/// A kind, its names unresolved.
#[derive(Debug)]
pub(in super::super) enum RawKind {
    Phrases(Vec<Located<String>>),
    Near {
        of: Vec<Located<String>>,
        and: Vec<Located<String>>,
        within: usize,
        forward: bool,
        not_across: Vec<Located<String>>,
    },
    Pattern(Located<String>),
    Feature {
        name: Located<String>,
        at_least: Option<Located<i64>>,
        at_most: Option<Located<i64>>,
    },
    Combination(RawCombination),
}

/// A combination, its names unresolved.
#[derive(Debug)]
pub(in super::super) struct RawCombination {
    pub all: Vec<Located<String>>,
    pub any: Vec<Located<String>>,
    pub none: Vec<Located<String>>,
    pub at_least: Option<Located<i64>>,
}

/// The keys of the five kinds.
pub(super) static KINDS: [&str; 5] = ["phrases", "near", "pattern", "feature", "combination"];
pub(super) static ORDERS: [(&str, bool); 2] = [("any", false), ("forward", true)];
/// Reads the kind of a rule; none where it has none that can be used.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Option<RawKind> {
    let written: Vec<&'static str> = KINDS.into_iter().filter(|key| reader.node(key).is_some()).collect();
    let reason = reader.string("reason").is_some();
    let at_least = reader.number("at_least");
    let at_most = reader.number("at_most");
    let Some((first, others)) = written.split_first() else {
        if !KINDS.iter().any(|key| reader.is_misspelt(key)) {
            reader.missing(Problem::new(&messages::NO_KIND));
        }
        return None;
    };
    for key in others {
        if let Some(node) = reader.node(key) {
            let problem = Problem::new(&messages::TWO_KINDS).with("first", *first).with("key", *key);
            reader.problems.push(problem.at(node.place()));
        }
    }
    if *first != "feature" {
        for (key, bound) in [("at_least", &at_least), ("at_most", &at_most)] {
            if let Some(located) = bound {
                let problem = Problem::new(&messages::KEY_WITHOUT_KIND).with("key", key).with("kind", "feature");
                reader.problems.push(problem.at(&located.place));
            }
        }
    }
    match *first {
        "phrases" => filled(reader, "phrases").map(RawKind::Phrases),
        "near" => read_near(reader),
        "pattern" => {
            if !reason {
                reader.require("reason");
            }
            reader.required_string("pattern").cloned().map(RawKind::Pattern)
        }
        "feature" => {
            reader.required_string("feature").cloned().map(|name| RawKind::Feature { name, at_least, at_most })
        }
        _ => read_combination(reader),
    }
}

fn read_near(reader: &mut Reader<'_, '_>) -> Option<RawKind> {
    let table = reader.table_of("near")?;
    let mut inner = Reader::of(&form::NEAR, table, reader.problems);
    let of = filled(&mut inner, "of");
    let and = filled(&mut inner, "and");
    inner.require("within");
    let within = inner.number("within");
    let forward = inner.choice("order", &ORDERS).unwrap_or(false);
    let not_across = inner.strings("not_across");
    inner.finish();
    Some(RawKind::Near { of: of?, and: and?, within: usize::try_from(within?.value).ok()?, forward, not_across })
}

fn read_combination(reader: &mut Reader<'_, '_>) -> Option<RawKind> {
    let table: &Table = reader.table_of("combination")?;
    let mut inner = Reader::of(&form::COMBINATION, table, reader.problems);
    let mut parts = |key| if inner.node(key).is_some() { filled(&mut inner, key) } else { Some(Vec::new()) };
    let (all, any, none) = (parts("all"), parts("any"), parts("none"));
    let at_least = inner.number("at_least");
    inner.finish();
    let (all, any, none) = (all?, any?, none?);
    if all.is_empty() && any.is_empty() {
        reader.problems.push(Problem::new(&messages::COMBINATION_EMPTY).at(&table.place));
        return None;
    }
    if let Some(located) = at_least.as_ref().filter(|located| located.value > any.len() as i64) {
        reader.problems.push(
            Problem::new(&messages::AT_LEAST_TOO_MANY)
                .with("number", located.value)
                .with("count", any.len())
                .at(&located.place),
        );
    }
    Some(RawKind::Combination(RawCombination { all, any, none, at_least }))
}

/// A list of texts that must be there and have something in it.
fn filled(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<Vec<Located<String>>> {
    let place = reader.require(key)?.place().clone();
    let before = reader.problems.len();
    let texts = reader.strings(key);
    if texts.is_empty() {
        // A list of wrong types is told already.
        if reader.problems.len() == before {
            reader.problems.push(Problem::new(&messages::EMPTY_LIST).with("key", key).at(&place));
        }
        return None;
    }
    Some(texts)
}
