//! Why a sentence has its score and its place: the trace of the scorer, the verdict of the digest and what almost hit,
//! put together for people and for JSON.
//!
//! Nothing is scored here. What the letter was made from is what is shown; only the near misses are asked for on demand.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::digest::{Audience, Built, Reason};
use crate::minutes::EntryId;
use crate::rules::{
    Almost, Effect, Half, HitState, ItemContext, RuleSet, SentenceContext, Statement, Trace, Voice, Why,
};
use crate::text::Span;

/// The most near misses of one sentence.
const NEAR_MISSES: usize = 5;

/// All about one sentence for one audience.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Its name; none for a text that stands in no minutes.
    pub id: Option<EntryId>,
    /// The title of its item.
    pub item: String,
    /// For whom.
    pub audience: String,
    /// Its text.
    pub text: String,
    /// Its score.
    pub score: i32,
    /// Its place among all scored sentences of the meeting, from 1, and how many those are.
    pub place: Option<(usize, usize)>,
    /// Whether the letter quotes it; none where there is no letter to be in.
    pub kept: Option<bool>,
    /// Why, in Danish.
    pub reason: String,
    /// The same for other languages.
    #[serde(skip)]
    pub why: Option<Reason>,
    /// What hit, in the order of the rules.
    pub hits: Vec<HitLine>,
    /// What nearly hit, the most telling first.
    pub almost: Vec<AlmostLine>,
    /// Sums of the groups.
    pub groups: Vec<GroupLine>,
    /// Whether it leans on an earlier sentence.
    pub leans: bool,
    /// That one; none for a text that stands in no minutes.
    pub leans_on: Option<EntryId>,
    /// What must come with it.
    pub needs: Vec<EntryId>,
    /// Of these, what is in the letter only for its sake or that of others.
    pub drew: Vec<EntryId>,
    /// The quoted sentences that it came along for.
    pub drawn_by: Vec<EntryId>,
    /// The words it would cost the letter, with what must come with it and is not there yet.
    pub words: usize,
    /// The words the letter may have.
    pub budget: usize,
    /// How much better another choice of sentences could be at most, in thousandths of a point; 0 where the letter's is
    /// proven the best, none without a letter.
    pub gap: Option<i64>,
}

/// One rule that hit.
#[derive(Clone, Debug, Serialize)]
pub struct HitLine {
    /// Its id.
    pub rule: String,
    /// Its label, in Danish.
    pub label: String,
    /// `phrases`, `near` …
    pub kind: &'static str,
    /// What a hit does, as the key in rule files.
    pub effect: &'static str,
    /// The contrast, the kind of statement or the side that it names.
    pub says: Option<String>,
    /// Its weight for this audience.
    pub weight: i32,
    /// What it found must not be missing from this audience's letter.
    pub essential: bool,
    /// How often it counts.
    pub times: u32,
    /// The words it found.
    pub words: Vec<String>,
    /// The same as spans of the sentence.
    pub spans: Vec<Span>,
    /// The label of its group.
    pub group: Option<String>,
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// `counted`, `trial`, `silenced` or `replaced`.
    pub state: &'static str,
    /// The exception that silences it, as written, or the rule that counts instead.
    pub by: Option<String>,
    /// The words of that exception in the sentence.
    pub exception_words: Option<String>,
}

/// One rule that nearly hit.
#[derive(Clone, Debug, Serialize)]
pub struct AlmostLine {
    /// Its id.
    pub rule: String,
    /// Its label, in Danish.
    pub label: String,
    /// What a hit would do.
    pub effect: &'static str,
    /// Its weight for this audience.
    pub weight: i32,
    /// Its file.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// The words that are there.
    pub words: Vec<String>,
    /// `elsewhere`, `too-far`, `turned`, `lacks`, `barred`, `scattered` or `outside`.
    pub missing: &'static str,
    /// The reason as a value.
    #[serde(skip)]
    pub why: Why,
    /// The reason as a sentence, in Danish.
    pub reason: String,
}

/// The sum of a group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupLine {
    /// Its label; none for the rules without a group.
    pub group: Option<String>,
    /// What its hits add up to.
    pub sum: i32,
    /// The most it may add.
    pub cap: Option<i32>,
    /// The least it may add.
    pub floor: Option<i32>,
    /// What counts.
    pub counts: i32,
}

/// The scored sentences of an item, with what the rules found in them.
#[derive(Clone, Debug)]
pub struct Scene<'s> {
    /// The item.
    pub item: &'s ItemContext,
    /// Its sentences.
    pub sentences: &'s [SentenceContext],
    /// Their traces, in the same order.
    pub traces: &'s [Trace],
}

/// Explains the sentence at `at` of an item. `letter` is the letter it might be in, with all traces of its meeting.
#[must_use]
pub fn explain(
    rules: &RuleSet,
    almost: &mut Almost<'_>,
    scene: &Scene<'_>,
    at: usize,
    audience: &Audience,
    letter: Option<(&Built, &BTreeMap<EntryId, Trace>)>,
) -> Option<Explanation> {
    let trace = scene.traces.get(at)?;
    let place = rules.audience(&audience.id.0)?;
    let near = almost.of(scene.item, scene.sentences, scene.traces, at, place, NEAR_MISSES);
    let verdict = letter.and_then(|(built, _)| built.verdicts.iter().find(|verdict| verdict.id == trace.id));
    let why = match (letter, verdict) {
        (_, Some(verdict)) => Some(verdict.reason.clone()),
        (Some(_), None) => None,
        (None, None) => alone(rules, trace, place, audience),
    };
    let context = |id: &EntryId| {
        letter.is_some_and(|(built, _)| {
            built.verdicts.iter().any(|verdict| verdict.id == *id && verdict.reason == Reason::Context)
        })
    };
    let needs = verdict.map(|verdict| verdict.needs.clone()).unwrap_or_default();
    let drew = if verdict.is_some_and(|verdict| verdict.kept && verdict.reason != Reason::Context) {
        needs.iter().copied().filter(|id| context(id)).collect()
    } else {
        Vec::new()
    };
    let drawn_by = match (letter, &why) {
        (Some((built, _)), Some(Reason::Context)) => built
            .verdicts
            .iter()
            .filter(|other| other.kept && other.reason != Reason::Context && other.needs.contains(&trace.id))
            .map(|other| other.id)
            .collect(),
        _ => Vec::new(),
    };
    Some(Explanation {
        id: letter.map(|_| trace.id),
        item: scene.item.title.clone(),
        audience: audience.id.0.clone(),
        text: trace.text.clone(),
        score: trace.total(place),
        place: letter.map(|(built, traces)| ranked(built, traces, trace.id, place)).filter(|_| verdict.is_some()),
        kept: verdict.map(|verdict| verdict.kept),
        reason: reason(why.as_ref(), letter.is_some(), Language::Danish),
        why,
        hits: hits(rules, trace, place),
        almost: near
            .into_iter()
            .filter_map(|miss| {
                let rule = rules.rule(miss.rule)?;
                Some(AlmostLine {
                    rule: rule.id.clone(),
                    label: rule.label.clone(),
                    effect: effect(&rule.effect),
                    weight: rule.weight(place),
                    file: rule.file(),
                    line: rule.line(),
                    words: miss.words.iter().map(|span| span.of(&trace.text).to_owned()).collect(),
                    missing: missing(&miss.why),
                    reason: near_reason(&miss.why, Language::Danish),
                    why: miss.why,
                })
            })
            .collect(),
        groups: groups(rules, trace, place),
        leans: trace.leans_on.is_some(),
        leans_on: trace.leans_on.filter(|_| letter.is_some()),
        words: cost(scene, trace, &needs, letter.map(|(built, _)| built)),
        budget: audience.words,
        gap: letter.map(|(built, _)| built.gap),
        needs,
        drew,
        drawn_by,
    })
}

/// The words of a sentence with those it needs that are not in the letter.
fn cost(scene: &Scene<'_>, trace: &Trace, needs: &[EntryId], built: Option<&Built>) -> usize {
    let in_letter =
        |id: EntryId| built.is_some_and(|built| built.verdicts.iter().any(|verdict| verdict.id == id && verdict.kept));
    let others = scene.sentences.iter().filter(|other| needs.contains(&other.id) && !in_letter(other.id));
    let length = |text: &str| text.split_whitespace().count();
    length(&trace.text) + others.map(|other| length(&other.text)).sum::<usize>()
}

/// What would be decided about a sentence that stands in no minutes, as far as it alone decides.
fn alone(rules: &RuleSet, trace: &Trace, place: usize, audience: &Audience) -> Option<Reason> {
    if trace.is_withheld() {
        let labels: Vec<&str> =
            trace.withheld.iter().filter_map(|rule| rules.rule(*rule)).map(|rule| rule.label.as_str()).collect();
        return Some(Reason::Withheld(labels.join(", ")));
    }
    (trace.total(place) < audience.least_score).then_some(Reason::UnderLeast(audience.least_score))
}

/// The verdict in words.
#[must_use]
pub fn reason(why: Option<&Reason>, in_minutes: bool, language: Language) -> String {
    match (why, in_minutes, language) {
        (Some(why), _, _) => why.text(language),
        (None, true, Language::Danish) => "historie".to_owned(),
        (None, true, Language::English) => "story".to_owned(),
        (None, false, Language::Danish) => "kan blive valgt".to_owned(),
        (None, false, Language::English) => "may be chosen".to_owned(),
    }
}

/// The place of a sentence when all are sorted as `digest score` sorts them: by score, then as in the document.
fn ranked(built: &Built, traces: &BTreeMap<EntryId, Trace>, id: EntryId, place: usize) -> (usize, usize) {
    let score = |id: EntryId| traces.get(&id).map_or(i32::MIN, |trace| trace.total(place));
    let own = score(id);
    let position = |id: EntryId| built.verdicts.iter().position(|verdict| verdict.id == id);
    let before = built.verdicts.iter().filter(|other| {
        let score = score(other.id);
        score > own || (score == own && position(other.id) < position(id))
    });
    (before.count() + 1, built.verdicts.len())
}

fn hits(rules: &RuleSet, trace: &Trace, place: usize) -> Vec<HitLine> {
    let mut lines = Vec::new();
    for hit in &trace.hits {
        let Some(rule) = rules.rule(hit.rule) else { continue };
        let (state, by, words) = match &hit.state {
            HitState::Counted => ("counted", None, None),
            HitState::Trial => ("trial", None, None),
            HitState::Silenced { exception, words } => {
                let text = rule.unless.get(*exception).map(|exception| exception.text.clone());
                ("silenced", text, Some(words.of(&trace.text).to_owned()).filter(|words| !words.is_empty()))
            }
            HitState::Replaced { by } => ("replaced", rules.rule(*by).map(|rule| rule.id.clone()), None),
        };
        lines.push(HitLine {
            rule: rule.id.clone(),
            label: rule.label.clone(),
            kind: rule.kind_name(),
            effect: effect(&rule.effect),
            says: says(&rule.effect),
            weight: rule.weight(place),
            essential: rule.is_essential_to(place),
            times: hit.times,
            words: trace.words_of(hit).into_iter().map(str::to_owned).collect(),
            spans: hit.words.clone(),
            group: rule.group.and_then(|group| rules.groups().get(group)).map(|group| group.label.clone()),
            file: rule.file(),
            line: rule.line(),
            state,
            by,
            exception_words: words,
        });
    }
    lines
}

fn groups(rules: &RuleSet, trace: &Trace, place: usize) -> Vec<GroupLine> {
    let at = |values: &[i32]| values.get(place).copied().unwrap_or_default();
    trace
        .groups
        .iter()
        .map(|sum| {
            let group = sum.group.and_then(|group| rules.groups().get(group));
            GroupLine {
                group: group.map(|group| group.label.clone()),
                sum: at(&sum.sums),
                cap: group.and_then(|group| group.cap),
                floor: group.and_then(|group| group.floor),
                counts: at(&sum.clipped),
            }
        })
        .collect()
}

/// The name of an effect, as the key in rule files.
#[must_use]
pub fn effect(effect: &Effect) -> &'static str {
    match effect {
        Effect::Weight(_) => "weight",
        Effect::Withhold(_) => "withhold",
        Effect::Leans => "leans",
        Effect::Restricts => "restricts",
        Effect::Qualifies => "qualifies",
        Effect::Promises => "promises",
        Effect::Limits => "limits",
        Effect::Side { half: Half::One, .. } => "one_side",
        Effect::Side { half: Half::Other, .. } => "other_side",
        Effect::Statement(_) => "statement",
        Effect::Voice(_) => "voice",
        Effect::Part => "hidden",
    }
}

/// What an effect names: the contrast, the kind of statement, or whose word it is.
fn says(effect: &Effect) -> Option<String> {
    match effect {
        Effect::Side { contrast, .. } => Some(contrast.clone()),
        Effect::Statement(kind) => name_in(&Statement::ALL, *kind),
        Effect::Voice(voice) => name_in(&Voice::ALL, *voice),
        _ => None,
    }
}

fn name_in<T: PartialEq + Copy>(names: &[(&str, T)], wanted: T) -> Option<String> {
    names.iter().find(|(_, known)| *known == wanted).map(|(name, _)| (*name).to_owned())
}

fn missing(why: &Why) -> &'static str {
    match why {
        Why::Elsewhere(_) => "elsewhere",
        Why::TooFar { .. } => "too-far",
        Why::Turned => "turned",
        Why::Lacks(_) => "lacks",
        Why::Barred(_) => "barred",
        Why::Scattered(_) => "scattered",
        Why::Outside { .. } => "outside",
    }
}

/// The reason of a near miss in words.
#[must_use]
pub fn near_reason(why: &Why, language: Language) -> String {
    let danish = language == Language::Danish;
    match why {
        Why::Elsewhere(asked) => {
            let keys: Vec<String> = asked.iter().map(|(key, text)| format!("{key} = {text}")).collect();
            let keys = keys.join("; ");
            if danish {
                format!("gælder ikke her: where kræver {keys}")
            } else {
                format!("does not apply here: where asks for {keys}")
            }
        }
        Why::TooFar { apart, within } if danish => {
            format!("ordene står {apart} ord fra hinanden, og reglen tillader {within}")
        }
        Why::TooFar { apart, within } => format!("the words stand {apart} words apart, and the rule allows {within}"),
        Why::Turned if danish => "ordene står i omvendt rækkefølge".to_owned(),
        Why::Turned => "the words stand in the other order".to_owned(),
        Why::Lacks(part) if danish => format!("mangler kun: {part}"),
        Why::Lacks(part) => format!("lacks only: {part}"),
        Why::Barred(part) if danish => format!("rammer ikke, når dette er der: {part}"),
        Why::Barred(part) => format!("does not hit where this is: {part}"),
        Why::Scattered(phrase) if danish => format!("ordene i »{phrase}« er der, men ikke lige efter hinanden"),
        Why::Scattered(phrase) => format!("the words of \"{phrase}\" are there, but not side by side"),
        Why::Outside { feature, counted, at_least, at_most } => {
            let name = feature.name();
            let bounds = match (*at_least, *at_most) {
                (least, u32::MAX) if danish => format!("mindst {least}"),
                (least, u32::MAX) => format!("at least {least}"),
                (0, most) if danish => format!("højst {most}"),
                (0, most) => format!("at most {most}"),
                (least, most) => format!("{least}–{most}"),
            };
            if danish {
                format!("{name} er {counted}, og reglen kræver {bounds}")
            } else {
                format!("{name} is {counted}, and the rule asks for {bounds}")
            }
        }
    }
}
