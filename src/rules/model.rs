//! A checked rule set: everything resolved to numbers, nothing left that could fail while scoring.

use super::feature::Feature;
use super::pattern::Pattern;
use crate::diagnostic::Place;
use crate::minutes::{EntryKind, Outcome};
use crate::text::phrases::PhraseId;

/// A word list is flattened to its terms when rules are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    /// Words side by side.
    Phrase(PhraseId),
    /// A built-in feature.
    Feature(Feature),
}

/// A part of a combination.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Another rule, by its place in the set.
    Rule(usize),
    /// A shared list or a feature.
    Terms(Vec<Term>),
}

/// What a rule looks for.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Any of these.
    Phrases(Vec<Term>),
    /// One of `of` and one of `and`, at most `within` words apart.
    Near { of: Vec<Term>, and: Vec<Term>, within: usize, forward: bool, not_across: Vec<Term> },
    /// A regular expression on the sentence as printed.
    Pattern(Pattern),
    /// A built-in feature, with bounds where it counts something.
    Feature { feature: Feature, at_least: u32, at_most: u32 },
    /// Other rules and lists.
    Combination { all: Vec<Part>, any: Vec<Part>, none: Vec<Part>, at_least: usize },
}

/// What a hit does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Adds to the score; one weight for each audience, in the order of [`super::RuleSet::audiences`].
    Weight(Vec<i32>),
    /// The sentence is private and is never quoted; for each audience, in the order of [`super::RuleSet::audiences`].
    Withhold(Vec<bool>),
    /// The sentence leans on the one before.
    Leans,
    /// The sentence restricts the one before: it leans on it, and that one is not quoted without it either.
    Restricts,
    /// The sentence takes something from the one before, which is not quoted without it, and can itself stand alone.
    Qualifies,
    /// The sentence says what somebody may, gets or has.
    Promises,
    /// The sentence limits one that promises, where it stands behind it; else it stands for itself.
    Limits,
    /// The sentence is one half of a contrast: with pay, without pay. It is not quoted without the other half.
    Side {
        /// Which contrast.
        contrast: String,
        /// Which half of it.
        half: Half,
    },
    /// What kind of statement the sentence is.
    Statement(Statement),
    /// Whose word the sentence gives.
    Voice(Voice),
    /// Only a part of combinations.
    Part,
}

impl Effect {
    /// Whether it says that the sentence leans.
    pub(super) fn is_leaning(&self) -> bool {
        matches!(self, Self::Leans | Self::Restricts)
    }
}

/// A half of a contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// `one_side`.
    One,
    /// `other_side`.
    Other,
}

/// What kind of statement a sentence is. The order is that of caution: where rules say several, the first holds, so that
/// nothing is called decided that somebody merely wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Statement {
    /// Somebody's opinion, wish or worry.
    #[serde(rename = "synspunkt")]
    View,
    /// Talked about.
    #[serde(rename = "drøftet")]
    Discussed,
    /// How something is thought to turn out.
    #[serde(rename = "forventet")]
    Expected,
    /// Planned, proposed, up for decision.
    #[serde(rename = "påtænkt")]
    Intended,
    /// No decision, whatever other rules say: it is denied or conditional.
    #[serde(rename = "ingen")]
    None,
    /// Settled.
    #[serde(rename = "besluttet")]
    Decided,
}

impl Statement {
    /// All, with their names in rule files, in letters and in JSON.
    pub const ALL: [(&'static str, Self); 6] = [
        ("synspunkt", Self::View),
        ("drøftet", Self::Discussed),
        ("forventet", Self::Expected),
        ("påtænkt", Self::Intended),
        ("ingen", Self::None),
        ("besluttet", Self::Decided),
    ];
}

/// Whose word a sentence gives. Where rules say several, the first holds: an answer to an objection tells of the objection
/// too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// A worry, a demand or a protest of the employee side.
    #[serde(rename = "indvending")]
    Objection,
    /// Anything else that the employee side says.
    #[serde(rename = "medarbejdere")]
    Employees,
    /// What the management says.
    #[serde(rename = "ledelse")]
    Management,
    /// A worry, a demand or a protest that does not say whose it is: the employee side's where that side speaks beside it,
    /// and nobody's elsewhere. No trace has it: see `voices`.
    #[serde(rename = "fortsat")]
    Continued,
}

impl Voice {
    /// All, with their names in rule files and in JSON.
    pub const ALL: [(&'static str, Self); 4] = [
        ("indvending", Self::Objection),
        ("medarbejdere", Self::Employees),
        ("ledelse", Self::Management),
        ("fortsat", Self::Continued),
    ];
}

/// How far around a match an exception silences it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// It shares a word with the match.
    Match,
    /// It stands between the same commas.
    Clause,
    /// It stands anywhere in the sentence, or the unit.
    #[default]
    Sentence,
}

/// An exception of a rule.
#[derive(Clone, Debug)]
pub struct Exception {
    pub(super) terms: Vec<Term>,
    /// As it is written.
    pub text: String,
    /// Its reach.
    pub reach: Reach,
    pub(super) place: Place,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The sentence.
    #[default]
    Sentence,
    /// The sentence with what it leans on; something of the match must stand in the sentence itself, so for phrases,
    /// patterns and features only exceptions look further than with [`Scope::Sentence`].
    Unit,
}

/// Where a rule applies; empty lists allow everything.
#[derive(Clone, Debug, Default)]
pub(super) struct Condition {
    pub item: Vec<TitlePattern>,
    pub subheading: Vec<TitlePattern>,
    pub committee: Vec<TitlePattern>,
    pub outcome: Vec<Outcome>,
    pub stories: Option<bool>,
}

/// A title with `*` for anything.
#[derive(Clone, Debug)]
pub(super) struct TitlePattern(pub(super) Vec<String>);

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique.
    pub id: String,
    /// What a reader of an explanation sees, in Danish.
    pub label: String,
    /// Its group, by place in [`super::RuleSet::groups`].
    pub group: Option<usize>,
    /// What a hit does.
    pub effect: Effect,
    /// What it looks at.
    pub scope: Scope,
    /// What silences it.
    pub unless: Vec<Exception>,
    /// How often it counts in one sentence.
    pub max_hits: u32,
    /// Shown, not counted.
    pub trial: bool,
    /// Switched off when false.
    pub enabled: bool,
    /// Made for something so rare that example minutes may well not have it.
    pub rare: bool,
    /// What it finds must not be missing from the letter of an audience it has points for.
    pub essential: bool,
    /// Rules whose hits it replaces in the same sentence.
    pub instead_of: Vec<usize>,
    /// Its heading in its file.
    pub place: Place,
    pub(super) kind: Kind,
    pub(super) condition: Condition,
    pub(super) hits: Vec<Example>,
    pub(super) misses: Vec<Example>,
}

impl Rule {
    /// The weight for an audience, by its place; 0 for a rule that does not score.
    #[must_use]
    pub fn weight(&self, audience: usize) -> i32 {
        match &self.effect {
            Effect::Weight(weights) => weights.get(audience).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// Whether what it hits is kept out of the letter of an audience, by its place; an unknown audience gets nothing
    /// that is kept from any.
    #[must_use]
    pub fn withholds_from(&self, audience: usize) -> bool {
        matches!(&self.effect, Effect::Withhold(from) if from.get(audience).copied().unwrap_or(true))
    }

    /// Whether what it hits is kept out of every letter.
    #[must_use]
    pub fn withholds_from_all(&self) -> bool {
        matches!(&self.effect, Effect::Withhold(from) if from.iter().all(|withheld| *withheld))
    }

    /// Whether what it hits must not be missing from the letter of an audience, by its place.
    #[must_use]
    pub fn is_essential_to(&self, audience: usize) -> bool {
        self.essential && self.weight(audience) > 0
    }

    /// The file as the user named it.
    #[must_use]
    pub fn file(&self) -> String {
        self.place.file.path().display().to_string()
    }

    /// The line of its heading, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.place.file.line_and_column(self.place.span.start()).0
    }

    /// The rules it is built on, by place.
    pub(super) fn parts(&self) -> Vec<usize> {
        let Kind::Combination { all, any, none, .. } = &self.kind else { return Vec::new() };
        let parts = all.iter().chain(any).chain(none);
        parts.filter_map(|part| if let Part::Rule(rule) = part { Some(*rule) } else { None }).collect()
    }

    /// Whether it finds requests to local bodies.
    #[must_use]
    pub fn finds_requests(&self) -> bool {
        matches!(self.kind, Kind::Feature { feature: Feature::RequestToBody, .. })
    }

    /// Whether it asks what other rules give.
    pub(super) fn asks_for_points(&self) -> bool {
        matches!(self.kind, Kind::Feature { feature: Feature::PointsBefore, .. })
    }

    /// The kind's name, as in the file.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Phrases(_) => "phrases",
            Kind::Near { .. } => "near",
            Kind::Pattern(_) => "pattern",
            Kind::Feature { .. } => "feature",
            Kind::Combination { .. } => "combination",
        }
    }
}

/// A group of rules: their sum is clipped.
#[derive(Clone, Debug)]
pub struct Group {
    /// Unique.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// The most it adds.
    pub cap: Option<i32>,
    /// The least it adds.
    pub floor: Option<i32>,
}

/// One example of a rule.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub item: String,
    pub subheading: Option<String>,
    pub committee: Option<String>,
    pub outcome: Outcome,
    pub stories: bool,
    pub kind: EntryKind,
    /// Who takes part in the meeting.
    pub participant: Option<String>,
    /// What the first sentence of the text leans on.
    pub before: Option<String>,
    /// With `**` around the words that must be found.
    pub text: String,
    pub place: Place,
}
