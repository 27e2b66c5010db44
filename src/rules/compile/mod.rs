//! From raw rules to a rule set: names become numbers, phrases go to the phrase book, patterns to their engine.
//!
//! Nothing stops at the first mistake: what cannot be resolved is told and left out, and the rest is still checked.

mod index;
mod literals;
mod names;
mod order;
mod pattern;
mod terms;

use std::collections::BTreeSet;

use self::names::Names;
use self::terms::Terms;
use super::feature::Feature;
use super::messages;
use super::model::{Condition, Exception, Group, Kind, Part, Rule, Scope, Term, TitlePattern};
use super::read::{RawCondition, RawFile, RawKind, RawRule};
use super::set::RuleSet;
use crate::diagnostic::Problem;
use crate::language::lexicon::{Lexicon, NEEDED_LISTS};
use crate::tables::Located;

/// Builds the set. It is complete only when no error was added to `problems`.
pub(super) fn compile(
    files: Vec<RawFile>,
    lexicon: &Lexicon,
    audiences: &[String],
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let names = Names::collect(&files, lexicon, problems);
    let mut raw_rules: Vec<RawRule> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut lists = lexicon.lists.clone();
    for file in files {
        raw_rules.extend(file.rules);
        lists.extend(file.lists.into_iter().filter(|list| !names::is_reserved(&list.id.value, lexicon)));
        for raw in file.groups {
            groups.push(Group { id: raw.id.value, label: raw.label, cap: raw.cap, floor: raw.floor });
        }
    }
    let mut compiler = Compiler { names, terms: Terms::new(lists, lexicon.inflection.clone()), problems };
    let parts_of: Vec<Vec<usize>> = raw_rules.iter().map(|raw| compiler.children(raw)).collect();
    let order = order::order(&raw_rules, &parts_of, compiler.problems);
    let rules: Vec<Rule> = raw_rules.into_iter().map(|raw| compiler.rule(raw)).collect();
    let feature_lists = NEEDED_LISTS
        .iter()
        .map(|id| ((*id).to_owned(), sorted(compiler.terms.of_list(id, compiler.problems))))
        .collect();
    compiler.check_groups(&groups, &rules);
    compiler.check_combinations(&rules);
    compiler.terms.warn_unused(lexicon, compiler.problems);
    let mut set = RuleSet {
        audiences: audiences.to_vec(),
        groups,
        book: compiler.terms.into_book(),
        feature_lists,
        leaning: leaning(&rules, &parts_of, problems),
        rules,
        ..RuleSet::default()
    };
    set.order = order;
    set.index = index::index(&set);
    set
}

struct Compiler<'p> {
    names: Names,
    terms: Terms,
    problems: &'p mut Vec<Problem>,
}

impl Compiler<'_> {
    /// The rules that a combination is built on, silently: [`Compiler::part`] tells what is wrong with them.
    fn children(&self, raw: &RawRule) -> Vec<usize> {
        let Some(RawKind::Combination(combination)) = &raw.kind else { return Vec::new() };
        let names = combination.all.iter().chain(&combination.any).chain(&combination.none);
        names.filter_map(|name| self.names.rules.get(&name.value).map(|known| known.index)).collect()
    }

    fn rule(&mut self, raw: RawRule) -> Rule {
        let group = raw.group.as_ref().and_then(|name| self.group(name));
        let unless = raw
            .unless
            .iter()
            .map(|exception| Exception {
                terms: self.terms.resolve(std::slice::from_ref(&exception.phrase), true, self.problems),
                text: exception.phrase.value.clone(),
                reach: exception.reach,
                place: exception.phrase.place.clone(),
            })
            .collect();
        let instead_of = raw.instead_of.iter().filter_map(|name| self.rule_named(name)).collect();
        // A rule without a usable kind is an error already; it stays in the set so that others can name it.
        let kind = raw.kind.and_then(|kind| self.kind(kind)).unwrap_or_else(|| Kind::Phrases(Vec::new()));
        Rule {
            id: raw.id.value,
            label: raw.label,
            group,
            effect: raw.effect,
            scope: raw.scope,
            unless,
            max_hits: raw.max_hits,
            trial: raw.trial,
            enabled: raw.enabled,
            rare: raw.rare,
            essential: raw.essential,
            instead_of,
            place: raw.place,
            kind,
            condition: condition(&raw.condition),
            hits: raw.hits,
            misses: raw.misses,
        }
    }

    fn kind(&mut self, raw: RawKind) -> Option<Kind> {
        Some(match raw {
            RawKind::Phrases(texts) => Kind::Phrases(self.terms.resolve(&texts, false, self.problems)),
            RawKind::Near { of, and, within, forward, not_across } => Kind::Near {
                of: self.terms.resolve(&of, false, self.problems),
                and: self.terms.resolve(&and, false, self.problems),
                within,
                forward,
                not_across: self.terms.resolve(&not_across, false, self.problems),
            },
            RawKind::Pattern(pattern) => Kind::Pattern(pattern::compile(&pattern, self.terms.book(), self.problems)?),
            RawKind::Feature { name, at_least, at_most } => self.feature(&name, at_least, at_most)?,
            RawKind::Combination(combination) => {
                let mut parts = |names: &[Located<String>]| -> Vec<Part> {
                    names.iter().filter_map(|name| self.part(name)).collect()
                };
                let (all, any) = (parts(&combination.all), parts(&combination.any));
                let none = parts(&combination.none);
                let at_least = combination.at_least.and_then(|located| usize::try_from(located.value).ok());
                Kind::Combination { at_least: at_least.unwrap_or(usize::from(!any.is_empty())), all, any, none }
            }
        })
    }

    fn feature(
        &mut self,
        name: &Located<String>,
        at_least: Option<Located<i64>>,
        at_most: Option<Located<i64>>,
    ) -> Option<Kind> {
        let known = || Feature::ALL.iter().map(|(name, _)| *name);
        let Some(feature) = Feature::named(&name.value) else {
            self.problems.push(
                Problem::new(&messages::UNKNOWN_FEATURE)
                    .with("name", &name.value)
                    .with("known", known().collect::<Vec<_>>().join(", "))
                    .at(&name.place)
                    .did_you_mean(&name.value, known()),
            );
            return None;
        };
        let written = [("at_least", &at_least), ("at_most", &at_most)];
        if feature.counts() && written.iter().all(|(_, bound)| bound.is_none()) {
            let problem = Problem::new(&messages::BOUNDS_MISSING).with("name", feature.name());
            self.problems.push(problem.at(&name.place));
        }
        for (key, bound) in written {
            if let Some(located) = bound.as_ref().filter(|_| !feature.counts()) {
                let problem = Problem::new(&messages::BOUNDS_NEEDLESS).with("name", feature.name()).with("key", key);
                self.problems.push(problem.at(&located.place));
            }
        }
        if let (Some(least), Some(most)) = (&at_least, &at_most)
            && least.value > most.value
        {
            self.problems.push(Problem::new(&messages::BOUNDS_CROSSED).at(&least.place));
        }
        let bound = |located: Option<Located<i64>>| located.and_then(|located| u32::try_from(located.value).ok());
        Some(Kind::Feature {
            feature,
            at_least: bound(at_least).unwrap_or(0),
            at_most: bound(at_most).unwrap_or(u32::MAX),
        })
    }

    fn part(&mut self, name: &Located<String>) -> Option<Part> {
        if name.value.starts_with('@') {
            return Some(Part::Terms(self.terms.resolve(std::slice::from_ref(name), true, self.problems)));
        }
        self.rule_named(name).map(Part::Rule)
    }

    fn rule_named(&mut self, name: &Located<String>) -> Option<usize> {
        let found = self.names.rules.get(&name.value).map(|known| known.index);
        if found.is_none() {
            self.problems.push(
                Problem::new(&messages::UNKNOWN_RULE)
                    .with("name", &name.value)
                    .at(&name.place)
                    .did_you_mean(&name.value, self.names.rules.keys().map(String::as_str)),
            );
        }
        found
    }

    fn group(&mut self, name: &Located<String>) -> Option<usize> {
        let found = self.names.groups.get(&name.value).map(|known| known.index);
        if found.is_none() {
            self.problems.push(
                Problem::new(&messages::UNKNOWN_GROUP)
                    .with("name", &name.value)
                    .at(&name.place)
                    .did_you_mean(&name.value, self.names.groups.keys().map(String::as_str)),
            );
        }
        found
    }

    /// Groups that no rule names; silent while a group is misspelt, since that may be the one.
    fn check_groups(&mut self, groups: &[Group], rules: &[Rule]) {
        if self.problems.iter().any(|problem| problem.code() == messages::UNKNOWN_GROUP.code) {
            return;
        }
        for (index, group) in groups.iter().enumerate() {
            if let (false, Some(known)) =
                (rules.iter().any(|rule| rule.group == Some(index)), self.names.groups.get(&group.id))
            {
                let problem = Problem::new(&messages::GROUP_WITHOUT_RULES).with("id", &group.id);
                self.problems.push(problem.at(&known.place));
            }
        }
    }

    /// A combination whose required part is switched off is as dead as one with a misspelt part, but may be meant.
    fn check_combinations(&mut self, rules: &[Rule]) {
        for rule in rules.iter().filter(|rule| rule.enabled) {
            let Kind::Combination { all, any, .. } = &rule.kind else { continue };
            for part in all.iter().chain(any) {
                let Part::Rule(child) = part else { continue };
                if let Some(child) = rules.get(*child).filter(|child| !child.enabled) {
                    let problem = Problem::new(&messages::DISABLED_PART).with("name", &child.id);
                    self.problems.push(problem.at(&rule.place));
                }
            }
        }
    }
}

/// Terms as the matcher seeks in them.
fn sorted(mut terms: Vec<Term>) -> Vec<Term> {
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn condition(raw: &RawCondition) -> Condition {
    let patterns = |texts: &[Located<String>]| texts.iter().map(|text| TitlePattern::new(&text.value)).collect();
    Condition {
        item: patterns(&raw.item),
        subheading: patterns(&raw.subheading),
        committee: patterns(&raw.committee),
        outcome: raw.outcome.clone(),
        stories: raw.stories,
    }
}

/// The rules that say that a sentence leans, with all they are built on. They run before it is known what leans on what,
/// so none may ask for that.
fn leaning(rules: &[Rule], parts_of: &[Vec<usize>], problems: &mut Vec<Problem>) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.effect.is_leaning()) {
        let mut open = vec![index];
        let mut circular = false;
        while let Some(next) = open.pop() {
            let asks = rules.get(next).is_some_and(|part| part.scope == Scope::Unit || asks_for_leaning(part));
            circular |= asks;
            if all.insert(next) || next == index {
                open.extend(parts_of.get(next).into_iter().flatten().filter(|part| !all.contains(*part)));
            }
        }
        if circular {
            problems.push(Problem::new(&messages::LEANS_SCOPE).at(&rule.place));
        }
    }
    all
}

fn asks_for_leaning(rule: &Rule) -> bool {
    let leans = |term: &Term| *term == Term::Feature(Feature::Leans);
    let exceptions = rule.unless.iter().flat_map(|exception| &exception.terms);
    let in_kind = match &rule.kind {
        Kind::Feature { feature, .. } => *feature == Feature::Leans,
        Kind::Combination { all, any, none, .. } => all.iter().chain(any).chain(none).any(|part| match part {
            Part::Terms(terms) => terms.iter().any(leans),
            Part::Rule(_) => false,
        }),
        _ => false,
    };
    in_kind || exceptions.into_iter().any(leans)
}
