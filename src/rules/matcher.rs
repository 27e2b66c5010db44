//! What each rule finds in a sentence, the same for all audiences.
//!
//! Candidates come from the phrases that stand in the sentence, from rules that are tried always, and from the parts
//! that hit, so the cost grows with the hits and not with the rules. Candidates are confirmed parts first.

use std::collections::{BTreeMap, BTreeSet};

use super::analysis::{Analysis, Found};
use super::model::{Effect, Kind, Part, Reach, Rule, Scope, Term};
use super::score::ItemContext;
use super::set::RuleSet;
use super::trace::{Hit, HitState};
use crate::text::Span;

/// Something found, with the sentence of the unit it stands in.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// Place in the unit; the sentence itself is the last.
    sentence: usize,
    found: Found,
}

/// The words that made a rule hit once.
type Match = Vec<Spot>;

/// The hits of one sentence, by rule.
pub(super) type Findings = BTreeMap<usize, Hit>;

/// A sentence with all it leans on, first to last; the sentence itself is the last.
pub(super) struct Unit<'u> {
    pub rules: &'u RuleSet,
    pub item: &'u ItemContext,
    pub sentences: Vec<&'u Analysis<'u>>,
    /// What was found in the sentences before.
    pub earlier: Vec<&'u Findings>,
}

impl Unit<'_> {
    /// Runs all rules, or those in `only`, on the last sentence of the unit.
    pub(super) fn run(&self, only: Option<&BTreeSet<usize>>) -> Findings {
        let mut findings = Findings::new();
        let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
        let rank = |rule: usize| (self.rules.ranks.get(rule).copied().unwrap_or(usize::MAX), rule);
        open.extend(self.rules.always.iter().map(|rule| rank(*rule)));
        for phrase in self.sentences.iter().flat_map(|sentence| sentence.phrases.keys()) {
            open.extend(self.rules.by_phrase.get(phrase).into_iter().flatten().map(|rule| rank(*rule)));
        }
        for rule in self.earlier.iter().flat_map(|findings| findings.keys()) {
            open.extend(self.rules.parents.get(rule).into_iter().flatten().map(|parent| rank(*parent)));
        }
        while let Some((_, index)) = open.pop_first() {
            if only.is_some_and(|only| !only.contains(&index)) {
                continue;
            }
            let Some(hit) = self.rules.rule(index).and_then(|rule| self.try_rule(index, rule, &findings)) else {
                continue;
            };
            if is_hit(&hit) {
                open.extend(self.rules.parents.get(&index).into_iter().flatten().map(|parent| rank(*parent)));
            }
            findings.insert(index, hit);
        }
        self.replace(&mut findings);
        findings
    }

    /// Marks what `instead_of` of other hits replaces. All are judged by what was found, so order never matters.
    fn replace(&self, findings: &mut Findings) {
        let mut replaced: Vec<(usize, usize)> = Vec::new();
        for (by, hit) in findings.iter().filter(|(_, hit)| hit.state == HitState::Counted) {
            let Some(rule) = self.rules.rule(*by) else { continue };
            replaced.extend(rule.instead_of.iter().filter(|other| *other != by).map(|other| (*other, hit.rule)));
        }
        for (rule, by) in replaced {
            if let Some(hit) = findings.get_mut(&rule).filter(|hit| hit.state == HitState::Counted) {
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

    fn try_rule(&self, index: usize, rule: &Rule, findings: &Findings) -> Option<Hit> {
        let own = self.own_sentence()?;
        if !rule.enabled || !rule.condition.holds(self.item, own.context) {
            return None;
        }
        let mut matches = self.matches(rule, findings);
        matches.retain(|found| found.iter().any(|spot| spot.sentence == self.own()));
        if matches.is_empty() {
            return None;
        }
        let all = matches.clone();
        let silenced = self.silence(rule, &mut matches);
        let state = match silenced {
            Some((exception, words)) if matches.is_empty() => HitState::Silenced { exception, words },
            _ if rule.trial => HitState::Trial,
            _ => HitState::Counted,
        };
        // What is silenced altogether still shows which words it would have been.
        let shown = if matches.is_empty() { &all } else { &matches };
        let words = self.own_spans(shown);
        let times = u32::try_from(clusters(shown)).unwrap_or(u32::MAX).min(rule.max_hits);
        Some(Hit { rule: index, words, times, state })
    }

    fn matches(&self, rule: &Rule, findings: &Findings) -> Vec<Match> {
        match &rule.kind {
            Kind::Phrases(terms) => self.spots(terms, Scope::Sentence).into_iter().map(|spot| vec![spot]).collect(),
            Kind::Near { of, and, within, forward } => {
                let (left, right) = (self.spots(of, rule.scope), self.spots(and, rule.scope));
                left.iter().filter_map(|spot| self.nearest(*spot, &right, *within, *forward)).collect()
            }
            Kind::Pattern(regex) => {
                let Some(own) = self.own_sentence() else { return Vec::new() };
                let spans = regex.find_iter(&own.context.text).filter(|found| !found.is_empty());
                let spans = spans.map(|found| Span::new(found.start(), found.end()));
                spans.map(|span| vec![self.here(Found { span, words: own.range(span) })]).collect()
            }
            Kind::Feature { feature, at_least, at_most } => {
                let Some(own) = self.own_sentence() else { return Vec::new() };
                if feature.counts() {
                    let within = (*at_least..=*at_most).contains(&own.count(*feature));
                    return if within { vec![vec![self.here(Found::default())]] } else { Vec::new() };
                }
                own.feature(self.rules, *feature).into_iter().map(|found| vec![self.here(found)]).collect()
            }
            Kind::Combination { all, any, none, at_least } => {
                self.combine(rule.scope, [all, any, none], *at_least, findings).into_iter().collect()
            }
        }
    }

    fn here(&self, found: Found) -> Spot {
        Spot { sentence: self.own(), found }
    }

    /// Where terms stand in the sentence, or in the unit.
    fn spots(&self, terms: &[Term], scope: Scope) -> Vec<Spot> {
        let from = if scope == Scope::Unit { 0 } else { self.own() };
        let mut spots: Vec<Spot> = Vec::new();
        for (sentence, analysis) in self.sentences.iter().enumerate().skip(from) {
            let found = analysis.find(self.rules, terms);
            spots.extend(found.into_iter().map(|found| Spot { sentence, found }));
        }
        spots.sort_by_key(|spot| (spot.sentence, spot.found.span));
        spots
    }

    /// The nearest of `others` at most `within` words away from `spot`, behind it where the order counts.
    fn nearest(&self, spot: Spot, others: &[Spot], within: usize, forward: bool) -> Option<Match> {
        let (first, last) = self.numbered(spot)?;
        let own = |spot: &Spot| spot.sentence == self.own();
        let distance = |other: &Spot| -> Option<usize> {
            // A pair that stands in the sentence before belongs to that sentence.
            if !own(&spot) && !own(other) {
                return None;
            }
            let (other_first, other_last) = self.numbered(*other)?;
            let ahead = other_first.checked_sub(last).filter(|gap| *gap > 0);
            let behind = first.checked_sub(other_last).filter(|gap| *gap > 0 && !forward);
            ahead.or(behind).filter(|gap| *gap <= within)
        };
        let best =
            others.iter().filter_map(|other| distance(other).map(|gap| (gap, other))).min_by_key(|(gap, _)| *gap);
        best.map(|(_, other)| vec![spot, *other])
    }

    /// The numbers of the first and last word of a spot, counted through the unit.
    fn numbered(&self, spot: Spot) -> Option<(usize, usize)> {
        let range = spot.found.words?;
        let before: usize = self.sentences.iter().take(spot.sentence).map(|sentence| sentence.words.len()).sum();
        Some((before + range.first, before + range.last))
    }

    /// The match of a combination: the words of all its parts that hit.
    fn combine(&self, scope: Scope, parts: [&[Part]; 3], at_least: usize, findings: &Findings) -> Option<Match> {
        let [all, any, none] = parts;
        let mut spots = Match::new();
        for part in all {
            spots.extend(self.part(part, scope, findings)?);
        }
        let met: Vec<Match> = any.iter().filter_map(|part| self.part(part, scope, findings)).collect();
        if met.len() < at_least || none.iter().any(|part| self.part(part, scope, findings).is_some()) {
            return None;
        }
        spots.extend(met.into_iter().flatten());
        Some(spots)
    }

    /// What a part found; none where it did not hit.
    fn part(&self, part: &Part, scope: Scope, findings: &Findings) -> Option<Match> {
        let spots = match part {
            Part::Terms(terms) => self.spots(terms, scope),
            Part::Rule(rule) => {
                let own = findings.get(rule).map(|hit| (self.own(), hit));
                let earlier = self.earlier.iter().enumerate().filter(|_| scope == Scope::Unit);
                let earlier = earlier.filter_map(|(sentence, findings)| findings.get(rule).map(|hit| (sentence, hit)));
                earlier.chain(own).filter(|(_, hit)| is_hit(hit)).flat_map(|(at, hit)| self.spots_of(at, hit)).collect()
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
    fn silence(&self, rule: &Rule, matches: &mut Vec<Match>) -> Option<(usize, Span)> {
        let mut first = None;
        for (exception, unless) in rule.unless.iter().enumerate() {
            let spots = self.spots(&unless.terms, rule.scope);
            for spot in &spots {
                let before = matches.len();
                matches.retain(|found| !self.reaches(unless.reach, spot, found));
                if matches.len() < before && first.is_none() {
                    let own = spot.sentence == self.own();
                    first = Some((exception, if own { spot.found.span } else { Span::default() }));
                }
            }
        }
        first
    }

    fn reaches(&self, reach: Reach, exception: &Spot, found: &Match) -> bool {
        // What has no place in the sentence holds for all of it.
        if exception.found.words.is_none() {
            return true;
        }
        let beside = || found.iter().filter(|spot| spot.sentence == exception.sentence);
        let clause = |spot: &Spot| {
            self.sentences.get(spot.sentence).map(|s| clause_of(&s.context.text, spot.found.span.start()))
        };
        match reach {
            Reach::Sentence => true,
            Reach::Match => beside().any(|spot| overlaps(spot.found.span, exception.found.span)),
            Reach::Clause => beside().any(|spot| clause(spot) == clause(exception)),
        }
    }

    /// The words of matches that stand in the sentence itself, sorted, overlapping ones joined.
    fn own_spans(&self, matches: &[Match]) -> Vec<Span> {
        let own = matches.iter().flatten().filter(|spot| spot.sentence == self.own());
        let mut spans: Vec<Span> = own.map(|spot| spot.found.span).filter(|span| !span.is_empty()).collect();
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::new();
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

fn overlaps(left: Span, right: Span) -> bool {
    left.start() < right.end() && right.start() < left.end()
}

/// How many matches there are when those that share words count as one.
fn clusters(matches: &[Match]) -> usize {
    let mut clusters: Vec<Vec<Spot>> = Vec::new();
    for found in matches {
        let shares = |cluster: &Vec<Spot>| {
            cluster.iter().any(|old| {
                found.iter().any(|new| {
                    old.sentence == new.sentence
                        && (overlaps(old.found.span, new.found.span) || new.found.span.is_empty())
                })
            })
        };
        match clusters.iter_mut().find(|cluster| shares(cluster)) {
            Some(cluster) => cluster.extend(found),
            None => clusters.push(found.clone()),
        }
    }
    clusters.len()
}

/// The number of the clause that a byte stands in: clauses end at commas, semicolons, colons, dashes and brackets, but not
/// at the comma of a number.
fn clause_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    before
        .match_indices([',', ';', ':', '–', '—', '(', ')'])
        .filter(|(at, _)| !(digit(at.checked_sub(1)) && digit(Some(at + 1))))
        .count()
}

/// Whether any rule that counts says that the sentence leans.
pub(super) fn says_leaning(rules: &RuleSet, findings: &Findings) -> bool {
    findings
        .iter()
        .any(|(rule, hit)| hit.counts() && rules.rule(*rule).is_some_and(|rule| rule.effect == Effect::Leans))
}
