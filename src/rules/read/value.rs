//! What may be said for everybody or for each audience: weights, and whom something is withheld from.

use super::super::messages;
use super::form::WEIGHT_BOUND;
use crate::diagnostic::Problem;
use crate::tables::{Located, Node, Reader};

/// `weight`: one number for everybody, or a table with one for each audience. None where nothing is written; a weight
/// that is wrong counts as written, so that one mistake is told once.
pub(super) fn weights(reader: &mut Reader<'_, '_>, audiences: &[String]) -> Option<Vec<i32>> {
    let node = reader.node("weight")?;
    let mut all = vec![0; audiences.len()];
    match node {
        Node::Table(table) => {
            let mut named: Vec<&str> = Vec::new();
            for (name, value) in &table.entries {
                match audiences.iter().position(|audience| *audience == name.value) {
                    Some(at) => {
                        named.push(&name.value);
                        if let (Some(slot), Some(weight)) = (all.get_mut(at), weight(value, reader.problems)) {
                            *slot = weight;
                        }
                    }
                    None => reader.problems.push(unknown_audience(name, audiences)),
                }
            }
            let missing: Vec<&str> =
                audiences.iter().map(String::as_str).filter(|audience| !named.contains(audience)).collect();
            // A misspelt audience is told already; the one it was meant to be is no second problem.
            if !missing.is_empty() && named.len() == table.entries.len() && !reader.table().broken {
                let problem = Problem::new(&messages::AUDIENCE_MISSING).with("names", missing.join(", "));
                reader.problems.push(problem.at(&table.place));
            }
        }
        single => {
            if let Some(weight) = weight(single, reader.problems) {
                all.fill(weight);
            }
        }
    }
    Some(all)
}

/// `withhold`: `true` for everybody, or the audiences from which it is withheld. None where nothing is.
pub(super) fn withhold(reader: &mut Reader<'_, '_>, audiences: &[String]) -> Option<Vec<bool>> {
    if !matches!(reader.node("withhold")?, Node::Array(_) | Node::String(_)) {
        return reader.boolean("withhold").filter(|located| located.value).map(|_| vec![true; audiences.len()]);
    }
    let mut all = vec![false; audiences.len()];
    for name in reader.strings("withhold") {
        match audiences.iter().position(|audience| *audience == name.value).and_then(|at| all.get_mut(at)) {
            Some(slot) => *slot = true,
            None => reader.problems.push(unknown_audience(&name, audiences)),
        }
    }
    Some(all)
}

fn unknown_audience(name: &Located<String>, audiences: &[String]) -> Problem {
    Problem::new(&messages::UNKNOWN_AUDIENCE)
        .with("name", &name.value)
        .with("known", audiences.join(", "))
        .at(&name.place)
        .did_you_mean(&name.value, audiences.iter().map(String::as_str))
}

fn weight(node: &Node, problems: &mut Vec<Problem>) -> Option<i32> {
    let Node::Integer(located) = node else {
        problems.push(Problem::new(&messages::WEIGHT_TYPE).at(node.place()));
        return None;
    };
    if (-WEIGHT_BOUND..=WEIGHT_BOUND).contains(&located.value) {
        return i32::try_from(located.value).ok();
    }
    problems.push(Problem::new(&messages::WEIGHT_RANGE).with("value", located.value).at(&located.place));
    None
}
