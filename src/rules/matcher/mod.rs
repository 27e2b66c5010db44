//! What each rule finds in a sentence, the same for all audiences.
//!
//! Candidates come from the phrases and the letters of patterns that stand in the sentence, from rules that are tried
//! always, and from the parts that hit, so the cost grows with the hits and not with the rules. Candidates are
//! confirmed parts first. Nothing here compares each of many with each of many: a text that repeats the words of a rule a
//! hundred thousand times is read in the time of its length.

mod matches;
mod near;
mod silence;

use std::collections::BTreeSet;

use self::matches::{Matches, Spot, overlaps};
use self::near::{Distance, Numbered, pairs};
use self::silence::Silence;
use super::analysis::{Analysis, Found};
use super::condition::ItemTitles;
use super::model::{Kind, Part, Rule, Scope, Term};
use super::set::RuleSet;
use super::trace::{Hit, HitState};
use crate::text::Span;

/// The hits of one sentence, in the order of the rules.
pub(super) type Findings = Vec<Hit>;

/// A sentence with all it leans on, first to last; the sentence itself is the last.
pub(super) struct Unit<'u> {
    pub rules: &'u RuleSet,
    pub item: &'u ItemTitles<'u>,
    pub sentences: &'u [&'u Analysis<'u>],
    /// What was found in the sentences before.
    pub earlier: &'u [&'u Findings],
}

impl Unit<'_> {
    /// Runs all rules, or those in `only`, on the last sentence of the unit. Some of a match must stand in that sentence,
    /// so nothing that stands only in the ones before makes a rule worth trying.
    ///
    /// `open` is room for what is yet to be tried.
    pub(super) fn run(&self, only: Option<&BTreeSet<usize>>, open: &mut Vec<usize>) -> Findings {
        let mut findings = Findings::new();
        let Some(own) = self.own_sentence() else { return findings };
        let index = &self.rules.index;
        // Ranks yet to be tried, the lowest last.
        open.clear();
        open.extend(&index.always);
        for phrase in own.distinct_phrases() {
            open.extend(index.by_phrase.get(phrase.place()).into_iter().flatten());
        }
        open.sort_unstable_by(|left, right| right.cmp(left));
        open.dedup();
        while let Some(rank) = open.pop() {
            let Some(place) = self.rules.order.get(rank).copied() else { continue };
            if only.is_some_and(|only| !only.contains(&place)) {
                continue;
            }
            let Some(hit) = self.rules.rule(place).and_then(|rule| self.try_rule(place, rule, own, &findings)) else {
                continue;
            };
            if is_hit(&hit) {
                for parent in index.parents.get(place).into_iter().flatten() {
                    if let Err(at) = open.binary_search_by(|other| parent.cmp(other)) {
                        open.insert(at, *parent);
                    }
                }
            }
            let at = findings.partition_point(|other| other.rule < place);
            findings.insert(at, hit);
        }
        self.replace(&mut findings);
        findings
    }

    /// Marks what `instead_of` of other hits replaces. All are judged by what was found, so order never matters.
    fn replace(&self, findings: &mut Findings) {
        let mut replaced: Vec<(usize, usize)> = Vec::new();
        for hit in findings.iter().filter(|hit| hit.state == HitState::Counted) {
            let Some(rule) = self.rules.rule(hit.rule) else { continue };
            replaced.extend(rule.instead_of.iter().filter(|other| **other != hit.rule).map(|other| (*other, hit.rule)));
        }
        for (rule, by) in replaced {
            let at = findings.binary_search_by_key(&rule, |hit| hit.rule).ok();
            if let Some(hit) = at.and_then(|at| findings.get_mut(at)).filter(|hit| hit.state == HitState::Counted) {
                hit.state = HitState::Replaced { by };
            }
        }
    }

    fn own(&self) -> usize {
        self.sentences.len().saturating_sub(1)
    }

    fn own_sentence(&self) -> Option<&Analysis<'_>> {
        self.sentences.last().copied()
    }

    fn try_rule(&self, place: usize, rule: &Rule, own: &Analysis<'_>, findings: &Findings) -> Option<Hit> {
        if !rule.enabled || !rule.condition.holds(self.item, || own.subheading()) {
            return None;
        }
        let mut matches = self.matches(rule, own, findings);
        if self.own() > 0 {
            matches.retain(|found| found.iter().any(|spot| spot.sentence == self.own()));
        }
        if matches.is_empty() {
            return None;
        }
        let all = if rule.unless.is_empty() { Matches::default() } else { matches.clone() };
        let silenced = self.silence(rule, &mut matches);
        let state = match silenced {
            Some((exception, words)) if matches.is_empty() => HitState::Silenced { exception, words },
            _ if rule.trial => HitState::Trial,
            _ => HitState::Counted,
        };
        // What is silenced altogether still shows which words it would have been.
        let shown = if matches.is_empty() { &all } else { &matches };
        Some(Hit { rule: place, words: self.own_spans(shown), times: shown.count(rule.max_hits), state })
    }

    fn matches(&self, rule: &Rule, own: &Analysis<'_>, findings: &Findings) -> Matches {
        match &rule.kind {
            Kind::Phrases(terms) => Matches::singles(self.spots(terms, Scope::Sentence)),
            Kind::Near { of, and, within, forward, not_across } => {
                // Mostly only the side stands there by which the rule was called, and that is the first.
                let seconds = self.spots(and, rule.scope);
                let firsts = if seconds.is_empty() { Vec::new() } else { self.spots(of, rule.scope) };
                if firsts.is_empty() {
                    return Matches::default();
                }
                let distance = Distance { within: *within, forward: *forward, own: self.own() };
                let barriers = self.numbered(self.spots(not_across, rule.scope));
                pairs(&self.numbered(firsts), &self.numbered(seconds), &barriers, distance)
            }
            Kind::Pattern(pattern) => {
                Matches::singles(pattern.find(own).into_iter().map(|found| self.here(found)).collect())
            }
            Kind::Feature { feature, at_least, at_most } => {
                if feature.counts() {
                    let within = (*at_least..=*at_most).contains(&own.count(*feature));
                    return if within {
                        Matches::singles(vec![self.here(Found::default())])
                    } else {
                        Matches::default()
                    };
                }
                Matches::singles(own.feature(self.rules, *feature).iter().map(|found| self.here(*found)).collect())
            }
            Kind::Combination { all, any, none, at_least } => {
                let mut matches = Matches::default();
                if let Some(found) = self.combine(rule.scope, [all, any, none], *at_least, findings) {
                    matches.push(&found);
                }
                matches
            }
        }
    }

    fn here(&self, found: Found) -> Spot {
        Spot { sentence: self.own(), found }
    }

    /// Where terms stand in the sentence, or in the unit, in order.
    fn spots(&self, terms: &[Term], scope: Scope) -> Vec<Spot> {
        let from = if scope == Scope::Unit { 0 } else { self.own() };
        let mut spots: Vec<Spot> = Vec::new();
        for (sentence, analysis) in self.sentences.iter().enumerate().skip(from) {
            analysis.find(self.rules, terms, |found| spots.push(Spot { sentence, found }));
        }
        if spots.len() > 1 {
            spots.sort_by_key(|spot| (spot.sentence, spot.found.span));
        }
        spots
    }

    /// Spots in order with the numbers of their words, counted through the unit; what has no words has no distance.
    fn numbered(&self, spots: Vec<Spot>) -> Vec<Numbered> {
        let (mut sentence, mut before) = (0, 0);
        let number = |spot: Spot| {
            while sentence < spot.sentence {
                before += self.sentences.get(sentence).map_or(0, |earlier| earlier.words.len());
                sentence += 1;
            }
            let mut words = spot.found.words?;
            words.first += before;
            words.last += before;
            Some(Numbered { spot, words })
        };
        spots.into_iter().filter_map(number).collect()
    }

    /// The match of a combination: the words of all its parts that hit.
    fn combine(&self, scope: Scope, parts: [&[Part]; 3], at_least: usize, findings: &Findings) -> Option<Vec<Spot>> {
        let [all, any, none] = parts;
        let mut spots = Vec::new();
        for part in all {
            spots.extend(self.part(part, scope, findings)?);
        }
        let met: Vec<Vec<Spot>> = any.iter().filter_map(|part| self.part(part, scope, findings)).collect();
        if met.len() < at_least || none.iter().any(|part| self.part(part, scope, findings).is_some()) {
            return None;
        }
        spots.extend(met.into_iter().flatten());
        (!spots.is_empty()).then_some(spots)
    }

    /// What a part found; none where it did not hit.
    fn part(&self, part: &Part, scope: Scope, findings: &Findings) -> Option<Vec<Spot>> {
        let spots: Vec<Spot> = match part {
            Part::Terms(terms) => self.spots(terms, scope),
            Part::Rule(rule) => {
                let earlier = self.earlier.iter().copied().enumerate().filter(|_| scope == Scope::Unit);
                let found = earlier.chain([(self.own(), findings)]);
                let hits = found.filter_map(|(sentence, findings)| Some((sentence, hit_of(findings, *rule)?)));
                hits.filter(|(_, hit)| is_hit(hit)).flat_map(|(at, hit)| self.spots_of(at, hit)).collect()
            }
        };
        (!spots.is_empty()).then_some(spots)
    }

    fn spots_of(&self, sentence: usize, hit: &Hit) -> Vec<Spot> {
        if hit.words.is_empty() {
            return vec![Spot { sentence, found: Found::default() }];
        }
        let range = |span| self.sentences.get(sentence).and_then(|analysis| analysis.range(span));
        hit.words.iter().map(|span| Spot { sentence, found: Found { span: *span, words: range(*span) } }).collect()
    }

    /// Takes out the matches that an exception silences; the first exception that did, with its words.
    ///
    /// Every exception looks at the sentence as it stands, so none can disturb another.
    fn silence(&self, rule: &Rule, matches: &mut Matches) -> Option<(usize, Span)> {
        let mut first = None;
        for (exception, unless) in rule.unless.iter().enumerate() {
            let spots = self.spots(&unless.terms, rule.scope);
            if spots.is_empty() || matches.is_empty() {
                continue;
            }
            let silence = Silence::new(unless.reach, &spots, self.sentences);
            let mut by: Option<usize> = None;
            matches.retain(|found| {
                let silenced = silence.of(found);
                by = by.into_iter().chain(silenced).min();
                silenced.is_none()
            });
            if let (None, Some(spot)) = (first, by.and_then(|by| spots.get(by))) {
                let own = spot.sentence == self.own();
                first = Some((exception, if own { spot.found.span } else { Span::EMPTY }));
            }
        }
        first
    }

    /// The words of matches that stand in the sentence itself, sorted, overlapping ones joined.
    fn own_spans(&self, matches: &Matches) -> Vec<Span> {
        let own = matches.spots().iter().filter(|spot| spot.sentence == self.own());
        if let [spot] = matches.spots() {
            return own.map(|_| spot.found.span).filter(|span| !span.is_empty()).collect();
        }
        let mut spans: Vec<Span> = own.map(|spot| spot.found.span).filter(|span| !span.is_empty()).collect();
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut().filter(|last| overlaps(**last, span)) {
                Some(last) => *last = Span::new(last.start(), last.end().max(span.end())),
                None => joined.push(span),
            }
        }
        joined
    }
}

/// Whether a finding makes a combination hit.
fn is_hit(hit: &Hit) -> bool {
    !matches!(hit.state, HitState::Silenced { .. })
}

fn hit_of(findings: &Findings, rule: usize) -> Option<&Hit> {
    findings.binary_search_by_key(&rule, |hit| hit.rule).ok().and_then(|at| findings.get(at))
}

/// Whether any rule that counts says that the sentence leans.
pub(super) fn says_leaning(rules: &RuleSet, findings: &Findings) -> bool {
    findings.iter().any(|hit| hit.counts() && rules.rule(hit.rule).is_some_and(|rule| rule.effect.is_leaning()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
