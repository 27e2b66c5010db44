//! What readers do with a letter: dates to note down, requests to answer, tasks to remind of, and what is still open. All of
//! it is drawn from a letter that was chosen before, so nothing here changes which sentences are mailed.

use std::collections::BTreeSet;
use std::path::Path;

use super::candidates::{collect, count_words};
use super::guard::Guard;
use super::model::{Audience, Digest, OpenMatter};
use super::requests::Sources;
use super::{ScoredMeeting, calendar, requests};
use crate::diagnostic::Problem;
use crate::language::agreements::Agreements;
use crate::language::when::DateWords;
use crate::minutes::{EntryId, Minutes};
use crate::rules::RuleSet;
use crate::text::stem::Inflection;

/// The words by which dates and agreements are read.
#[derive(Debug, Default)]
pub struct FollowWords {
    /// Times.
    pub dates: DateWords,
    /// Requests, tasks and promises.
    pub agreements: Agreements,
}

impl FollowWords {
    /// Reads them from a rules folder, or the shipped ones.
    pub fn load(rules: &Path, inflection: &Inflection, problems: &mut Vec<Problem>) -> Self {
        let dates = DateWords::load(rules, problems);
        Self { dates, agreements: Agreements::load(rules, inflection, problems) }
    }
}

/// Adds dates, requests and tasks to a digest.
pub fn follow(
    digest: &mut Digest,
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
    words: &FollowWords,
) {
    let place = rules.audience(&audience.id.0).unwrap_or(usize::MAX);
    let guard = Guard::new(rules, &scored.hints, place);
    digest.dates = calendar::dates(&digest.items, minutes, &words.dates);
    digest.dates.retain(|date| guard.objection(&date.text).is_none());
    let sections = audience.sections;
    if !sections.requests && !sections.tasks {
        return;
    }
    let candidates = collect(minutes, rules, scored, &guard, place);
    let told: BTreeSet<EntryId> = digest.stories.iter().flat_map(|story| story.sentences.iter().copied()).collect();
    let sources = Sources { minutes, candidates: &candidates, agreements: &words.agreements, dates: &words.dates };
    let (requests, tasks) = requests::find(&sources, digest, &told);
    digest.requests = if sections.requests { requests } else { Vec::new() };
    digest.tasks = if sections.tasks { tasks } else { Vec::new() };
}

/// The share of a letter, in percent, that sentences of earlier meetings may take.
const OPEN_SHARE: usize = 15;

/// The open matters with as many of their sentences as there is room for, the oldest first, and the words of those.
#[must_use]
pub fn fit_open(mut open: Vec<OpenMatter>, budget: usize) -> (Vec<OpenMatter>, usize) {
    let room = budget * OPEN_SHARE / 100;
    let mut used = 0;
    for matter in &mut open {
        let words = matter.text.as_deref().map_or(0, count_words);
        if used + words > room {
            matter.text = None;
        } else {
            used += words;
        }
    }
    (open, used)
}
