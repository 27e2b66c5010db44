//! Who is called what: ids of rules, groups and lists, each used once.

use std::collections::BTreeMap;

use super::super::feature::Feature;
use super::super::messages;
use super::super::read::RawFile;
use crate::diagnostic::{Place, Problem};
use crate::language::lexicon::Lexicon;
use crate::tables::Located;

/// A known id.
#[derive(Debug)]
pub(super) struct Known {
    pub index: usize,
    pub place: Place,
}

/// All known ids.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub rules: BTreeMap<String, Known>,
    pub groups: BTreeMap<String, Known>,
}

impl Names {
    /// Numbers rules and groups in the order of the files; an id that comes twice is told and means the first.
    pub(super) fn collect(files: &[RawFile], lexicon: &Lexicon, problems: &mut Vec<Problem>) -> Self {
        let mut lists = BTreeMap::new();
        for list in files.iter().flat_map(|file| &file.lists) {
            enter(&mut lists, &list.id, problems);
            if is_reserved(&list.id.value, lexicon) {
                let problem = Problem::new(&messages::RESERVED_ID).with("id", &list.id.value);
                problems.push(problem.at(&list.id.place));
            }
        }
        let mut names = Self::default();
        for (index, rule) in files.iter().flat_map(|file| &file.rules).enumerate() {
            enter_at(&mut names.rules, &rule.id, index, problems);
        }
        for (index, group) in files.iter().flat_map(|file| &file.groups).enumerate() {
            enter_at(&mut names.groups, &group.id, index, problems);
        }
        names
    }
}

/// Whether a list of a rule file must not be called so.
pub(super) fn is_reserved(id: &str, lexicon: &Lexicon) -> bool {
    Feature::named(id).is_some() || lexicon.lists.iter().any(|list| list.id.value == id)
}

fn enter(known: &mut BTreeMap<String, Known>, id: &Located<String>, problems: &mut Vec<Problem>) {
    let index = known.len();
    enter_at(known, id, index, problems);
}

fn enter_at(known: &mut BTreeMap<String, Known>, id: &Located<String>, index: usize, problems: &mut Vec<Problem>) {
    if let Some(first) = known.get(&id.value) {
        let file = &first.place.file;
        problems.push(
            Problem::new(&messages::DUPLICATE_ID)
                .with("id", &id.value)
                .with("file", file.path().display())
                .with("line", file.line_and_column(first.place.span.start()).0)
                .at(&id.place),
        );
    } else {
        known.insert(id.value.clone(), Known { index, place: id.place.clone() });
    }
}
