//! What another state of the rules does to letters: which sentences come in and drop out, why, and what was edited.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::labels::key;
use crate::diagnostic::Language;
use crate::digest::{Built, ScoredMeeting};
use crate::minutes::EntryId;
use crate::rules::{RuleSet, Trace};
use crate::tables::{self, Node, Table};

/// A sentence that is in one letter and not in the other.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// Its file.
    pub file: String,
    /// The audience.
    pub audience: String,
    /// Its name.
    pub id: EntryId,
    /// Its text.
    pub text: String,
    /// Whether it comes in; else it drops out.
    pub enters: bool,
    /// Its score by the other rules; none where they do not score it.
    pub before: Option<i32>,
    /// Its score by these rules.
    pub after: Option<i32>,
    /// What these rules make of it, in Danish.
    pub now: Option<String>,
    /// What counts by one set and not, or not as much, by the other: id, points before, points now. Empty for a sentence
    /// that only others made room for or drove out.
    pub rules: Vec<(String, i32, i32)>,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'s> {
    /// The rules.
    pub rules: &'s RuleSet,
    /// What they score.
    pub scored: &'s ScoredMeeting,
    /// The letter.
    pub built: &'s Built,
}

/// The sentences of one letter that moved, in document order. Sentences are the same when item and text are: another
/// state of the folder may split the text in another way.
#[must_use]
pub fn moved(file: &str, audience: &str, before: Side<'_>, after: Side<'_>) -> Vec<Moved> {
    let (old, new) = (sentences(before), sentences(after));
    let mut found = Vec::new();
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (old.get(name), new.get(name));
        let kept = |side: Option<&(EntryId, bool)>| side.is_some_and(|(_, kept)| *kept);
        let Some((id, _)) = is.or(was).filter(|_| kept(was) != kept(is)) else { continue };
        let enters = kept(is);
        let trace = |side: Side<'_>, id: Option<&(EntryId, bool)>| {
            id.and_then(|(id, _)| side.scored.trace(*id))
                .map(|trace| (trace.clone(), points(side.rules, trace, audience)))
        };
        let is_id = is.map(|(id, _)| *id);
        let (was, is) = (trace(before, was), trace(after, is));
        let total = |rules: &RuleSet, side: &Option<(Trace, Points)>| {
            let place = rules.audience(audience)?;
            side.as_ref().map(|(trace, _)| trace.total(place))
        };
        let text = is.as_ref().or(was.as_ref()).map(|(trace, _)| trace.text.clone()).unwrap_or_default();
        let none = Points::new();
        let (first, second) = (was.as_ref().map_or(&none, |(_, p)| p), is.as_ref().map_or(&none, |(_, p)| p));
        let ids: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
        let at = |points: &Points, id: &str| points.get(id).copied().unwrap_or_default();
        let rules = ids.into_iter().filter(|id| at(first, id) != at(second, id));
        found.push(Moved {
            file: file.to_owned(),
            audience: audience.to_owned(),
            id: *id,
            text,
            enters,
            now: is_id.and_then(|id| verdict(after, id)),
            before: total(before.rules, &was),
            after: total(after.rules, &is),
            rules: rules.map(|id| (id.clone(), at(first, id), at(second, id))).collect(),
        });
    }
    found.sort_by_key(|moved| moved.id);
    found
}

/// What each rule gives a sentence.
type Points = BTreeMap<String, i32>;

fn points(rules: &RuleSet, trace: &Trace, audience: &str) -> Points {
    let place = rules.audience(audience).unwrap_or(usize::MAX);
    let counted = trace.hits.iter().filter(|hit| hit.counts());
    counted
        .filter_map(|hit| {
            let rule = rules.rule(hit.rule)?;
            let times = i32::try_from(hit.times).unwrap_or(i32::MAX);
            Some((rule.id.clone(), rule.weight(place).saturating_mul(times)))
        })
        .collect()
}

fn sentences(side: Side<'_>) -> BTreeMap<(u32, String), (EntryId, bool)> {
    let verdicts = side.built.verdicts.iter();
    verdicts
        .filter_map(|verdict| {
            let text = &side.scored.trace(verdict.id)?.text;
            Some(((verdict.id.item.0, key(text)), (verdict.id, verdict.kept)))
        })
        .collect()
}

fn verdict(side: Side<'_>, id: EntryId) -> Option<String> {
    let verdict = side.built.verdicts.iter().find(|verdict| verdict.id == id);
    verdict.map(|verdict| verdict.reason.text(Language::Danish))
}

/// Something that was edited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edited {
    /// `rule`, `group`, `list`, or `file` for what is none of these.
    pub what: &'static str,
    /// Its id, or the name of the file.
    pub id: String,
    /// `added`, `removed` or `changed`.
    pub how: &'static str,
    /// The keys that changed.
    pub keys: Vec<String>,
}

/// What differs between two rules folders: rules, groups and lists by id, key by key; the files of other layers as wholes.
/// Comments, order and the file a rule stands in do not count.
#[must_use]
pub fn edited(before: &Path, after: &Path) -> Vec<Edited> {
    let (old, new) = (read(before), read(after));
    let mut found = Vec::new();
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (how, keys) = match (old.get(name), new.get(name)) {
            (None, _) => ("added", Vec::new()),
            (_, None) => ("removed", Vec::new()),
            (Some(old), Some(new)) => {
                let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
                let keys: Vec<String> =
                    keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).cloned().collect();
                if keys.is_empty() {
                    continue;
                }
                ("changed", keys)
            }
        };
        let (what, id) = name.clone();
        found.push(Edited { what, id, how, keys: if what == "file" { Vec::new() } else { keys } });
    }
    found
}

/// Everything with a name, each with its values as text.
fn read(folder: &Path) -> BTreeMap<(&'static str, String), BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for path in toml_files(folder) {
        let Some(table) = tables::read_file(&path, &mut Vec::new()) else { continue };
        for what in ["rule", "group", "list"] {
            let Some(Node::Array(array)) = table.get(what) else { continue };
            for node in &array.value {
                let Node::Table(entry) = node else { continue };
                if let Some(Node::String(id)) = entry.get("id") {
                    all.insert((what, id.value.clone()), values(entry));
                }
            }
        }
    }
    for below in ["sprog", "dialekt"] {
        for path in toml_files(&folder.join(below)) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let Some(table) = tables::read_file(&path, &mut Vec::new()) {
                all.insert(("file", format!("{below}/{name}")), values(&table));
            }
        }
    }
    all
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths
}

fn values(table: &Table) -> BTreeMap<String, String> {
    table.entries.iter().map(|(key, node)| (key.value.clone(), value(node))).collect()
}

/// A value without its place; keys sorted, since their order says nothing.
fn value(node: &Node) -> String {
    match node {
        Node::String(text) | Node::Datetime(text) => format!("{:?}", text.value),
        Node::Integer(number) => number.value.to_string(),
        Node::Float(number) => number.value.to_string(),
        Node::Boolean(yes) => yes.value.to_string(),
        Node::Array(array) => format!("[{}]", array.value.iter().map(value).collect::<Vec<_>>().join(", ")),
        Node::Table(table) => {
            let values = values(table).into_iter().map(|(key, value)| format!("{key} = {value}"));
            format!("{{{}}}", values.collect::<Vec<_>>().join(", "))
        }
    }
}
