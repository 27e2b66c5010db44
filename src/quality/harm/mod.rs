//! The harm a letter can do though every sentence in it is true, counted beside its quality.
//!
//! What prevents each kind lies elsewhere: the parser, the rules, the selection, the templates, the release. A bench that
//! asked the same code would only say that it agrees with itself. So this one starts from the finished letter and the
//! minutes and looks anew: where the quotes stand in both, what stands around them, in words of its own, which may be
//! fewer than those of the rules but do not change with them. Where that is impossible (who is a person, whether a letter
//! would go by itself) the caller hands the answer in.

mod bonds;
mod dispatch;
mod gaps;
mod private;
mod rendered;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::digest::Digest;
use crate::language::persons::People;
use crate::minutes::{EntryId, Minutes};
use crate::render::Letter;

/// The kinds of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Harm {
    /// Words of another body, of a closed item, or a letter of a committee that the configuration does not know.
    ForeignCommittee,
    /// It would go by itself though the minutes do not say they are final.
    Unreleased,
    /// Two quotes read on that do not follow each other in the minutes.
    UnmarkedGap,
    /// A rule without its restriction, or a restriction without its rule.
    OrphanedRestriction,
    /// One half of a contrast.
    HalfContrast,
    /// The management's word without the employee side's concern.
    OneSided,
    /// What is intended, expected or not decided is shown as decided.
    IntentionAsDecision,
    /// Somebody can be known together with a private matter.
    IdentifiablePerson,
    /// Withheld words stand in the letter or in what else is told.
    WithheldText,
    /// It would still go by itself after a day it names.
    PastDeadline,
}

impl Harm {
    /// All, in the order in which they are printed.
    pub const ALL: [Self; 10] = [
        Self::ForeignCommittee,
        Self::Unreleased,
        Self::UnmarkedGap,
        Self::OrphanedRestriction,
        Self::HalfContrast,
        Self::OneSided,
        Self::IntentionAsDecision,
        Self::IdentifiablePerson,
        Self::WithheldText,
        Self::PastDeadline,
    ];

    /// A heading of a column.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ForeignCommittee => "foreign",
            Self::Unreleased => "unreleased",
            Self::UnmarkedGap => "gap",
            Self::OrphanedRestriction => "restriction",
            Self::HalfContrast => "contrast",
            Self::OneSided => "one side",
            Self::IntentionAsDecision => "intention",
            Self::IdentifiablePerson => "person",
            Self::WithheldText => "withheld",
            Self::PastDeadline => "deadline",
        }
    }
}

/// Harm in a letter, and where; never with words of the minutes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What.
    pub harm: Harm,
    /// A sentence, an item, a part of the letter.
    pub place: String,
}

/// A finished letter with all that the bench asks about it.
pub struct Finished<'f> {
    /// What it was made of.
    pub minutes: &'f Minutes,
    /// Its content.
    pub digest: &'f Digest,
    /// As it would be mailed.
    pub letter: &'f Letter,
    /// What must not be told: sentences, titles and lines of closed items.
    pub withheld: &'f [String],
    /// Sentences that readers marked as private.
    pub private: &'f BTreeSet<EntryId>,
    /// What is told of the minutes outside of the letter: reasons, log, corrections.
    pub told: &'f [String],
    /// Whether it would go by itself though the configuration does not know the committee.
    pub unmapped_goes: bool,
    /// Whether the configuration lets letters of minutes go that do not say they are final.
    pub unapproved_allowed: bool,
    /// Whether the letter would go by itself on a day, were its committee known and its layout confirmed.
    pub goes: &'f dyn Fn(NaiveDate) -> bool,
    /// Who is spoken of in a text.
    pub people: &'f dyn Fn(&str) -> People,
}

/// How often each kind of harm was found; every kind is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Counts(pub BTreeMap<Harm, usize>);

impl Counts {
    /// Of these findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let count = |harm: Harm| findings.iter().filter(|finding| finding.harm == harm).count();
        Self(Harm::ALL.into_iter().map(|harm| (harm, count(harm))).collect())
    }

    /// Adds those of another letter.
    pub fn add(&mut self, other: &Self) {
        for (harm, count) in &other.0 {
            *self.0.entry(*harm).or_default() += count;
        }
    }
}

/// All harm in a letter.
#[must_use]
pub fn inspect(finished: &Finished<'_>) -> Vec<Finding> {
    let bodies = rendered::bodies(finished.letter);
    let mut found = dispatch::foreign(finished, &bodies);
    found.extend(dispatch::unreleased(finished));
    for body in &bodies {
        found.extend(gaps::unmarked_gaps(finished, body));
        found.extend(gaps::false_decisions(finished, body));
        found.extend(dispatch::past_deadlines(finished, body));
    }
    found.extend(gaps::false_badges(finished));
    found.extend(bonds::missing(finished, &bodies));
    found.extend(private::identifiable(finished));
    found.extend(private::leaks(finished));
    // Both bodies mostly tell the same.
    found.sort();
    found.dedup();
    found
}
