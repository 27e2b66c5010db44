//! Weights: one number for everybody, or one for each audience.

use super::super::messages;
use super::form::WEIGHT_BOUND;
use crate::diagnostic::Problem;
use crate::tables::{Node, Reader};

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
                    None => reader.problems.push(
                        Problem::new(&messages::UNKNOWN_AUDIENCE)
                            .with("name", &name.value)
                            .with("known", audiences.join(", "))
                            .at(&name.place)
                            .did_you_mean(&name.value, audiences.iter().map(String::as_str)),
                    ),
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
