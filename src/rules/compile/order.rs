//! The order in which rules are evaluated: the parts of a combination before it.

use super::super::messages;
use super::super::read::RawRule;
use crate::diagnostic::Problem;

/// Where the walk has been.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// All rules, parts first. A combination that is built on itself is told, and stands somewhere.
///
/// The walk keeps its own stack: a chain of ten thousand combinations must not end the program.
pub(super) fn order(rules: &[RawRule], parts_of: &[Vec<usize>], problems: &mut Vec<Problem>) -> Vec<usize> {
    let mut marks = vec![Mark::New; rules.len()];
    let mut order = Vec::with_capacity(rules.len());
    for start in 0..rules.len() {
        // Each entry: a rule and how many of its parts are visited.
        let mut path: Vec<(usize, usize)> = Vec::new();
        if marks.get(start) == Some(&Mark::New) {
            path.push((start, 0));
        }
        while let Some((rule, visited)) = path.pop() {
            if let Some(mark) = marks.get_mut(rule) {
                *mark = Mark::Open;
            }
            let Some(part) = parts_of.get(rule).and_then(|parts| parts.get(visited)).copied() else {
                if let Some(mark) = marks.get_mut(rule) {
                    *mark = Mark::Done;
                }
                order.push(rule);
                continue;
            };
            path.push((rule, visited + 1));
            match marks.get(part) {
                Some(Mark::New) => path.push((part, 0)),
                Some(Mark::Open) => problems.extend(circle(rules, &path, part)),
                _ => {}
            }
        }
    }
    order
}

/// The circle that closes at `part`, told at the rule that closes it.
fn circle(rules: &[RawRule], path: &[(usize, usize)], part: usize) -> Option<Problem> {
    let from = path.iter().position(|(rule, _)| *rule == part)?;
    let members = path.iter().skip(from).map(|(rule, _)| *rule).chain([part]);
    let ids: Vec<&str> = members.filter_map(|rule| rules.get(rule)).map(|rule| rule.id.value.as_str()).collect();
    let closing = path.last().and_then(|(rule, _)| rules.get(*rule))?;
    Some(Problem::new(&messages::COMBINATION_CYCLE).with("path", ids.join(" → ")).at(&closing.id.place))
}
