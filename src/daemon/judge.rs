//! What is to become of minutes: no letter and why, or one letter per audience and what holds it.
//!
//! Pure: the same minutes, configuration, layouts, rules and templates always give the same judgement, and nothing is stored here.

use chrono::NaiveDate;

use super::reasons;
use super::release;
use super::workspace::Workspace;
use crate::digest::{AudienceId, Digest, Memory};
use crate::minutes::{Kind, Minutes};
use crate::store::{CommitteeId, ConfirmedLayout, Disposition};

/// The letter of one audience, before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The audience.
    pub audience: AudienceId,
    /// Its subject.
    pub subject: String,
    /// Why it waits for a person, in one text; none where it may go by itself.
    pub held: Option<String>,
}

/// What is to become of minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// No letter at all.
    Nothing {
        /// What the file is.
        disposition: Disposition,
        /// Why, for a person.
        reason: String,
    },
    /// Letters of one meeting.
    Letters {
        /// Of this committee.
        committee: CommitteeId,
        /// On this day.
        date: NaiveDate,
        /// One per audience that has something to read.
        drafts: Vec<Draft>,
        /// Audiences with a list and nothing to read, with the reason.
        silent: Vec<(AudienceId, String)>,
    },
}

/// What is known beside the minutes.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The confirmed layouts of all committees.
    pub layouts: &'k [ConfirmedLayout],
    /// What is known of earlier meetings of the committee.
    pub memory: &'k Memory,
    /// The day the letters would go.
    pub day: NaiveDate,
}

/// Judges minutes that were read.
#[must_use]
pub fn judge(workspace: &Workspace, minutes: &Minutes, known: Known<'_>) -> Judgement {
    let nothing = |disposition, reason: String| Judgement::Nothing { disposition, reason };
    let scored = workspace.score(minutes);
    let digest_of = |audience| workspace.digest_with(minutes, &scored, audience, known.memory).digest;
    if let Some(reason) = workspace.config.audiences.first().and_then(|audience| hopeless(&digest_of(audience))) {
        let disposition =
            if minutes.kind == Kind::Dagsorden { Disposition::Agenda } else { Disposition::NotUnderstood };
        return nothing(disposition, reason);
    }
    let committee = release::committee_of(&workspace.config, minutes);
    let (Some(committee), Some(date)) = (committee, minutes.date) else {
        let name = minutes.committee.as_deref().unwrap_or("uden navn");
        return nothing(Disposition::Unmapped, release::unmapped(name));
    };
    if committee.lists.is_empty() {
        return nothing(Disposition::Unmapped, reasons::NO_LISTS.to_owned());
    }
    let (mut drafts, mut silent) = (Vec::new(), Vec::new());
    for audience in &workspace.config.audiences {
        if !committee.lists.iter().any(|list| list.audience == audience.id) {
            continue;
        }
        let digest = digest_of(audience);
        let mut held = release::reasons(Some(committee), minutes, &digest, known.layouts, known.day);
        let subject = match workspace.letter(&digest, audience) {
            Ok(Some(letter)) => letter.subject,
            Ok(None) => {
                silent.push((audience.id.clone(), reasons::joined(&[], &digest)));
                continue;
            }
            Err(error) => {
                held.insert(0, crate::digest::Held { reason: reasons::no_letter(&error), item: None });
                format!("{} {date}", committee.id)
            }
        };
        let held = (!held.is_empty()).then(|| reasons::joined(&held, &digest));
        drafts.push(Draft { audience: audience.id.clone(), subject, held });
    }
    Judgement::Letters { committee: committee.id.clone(), date, drafts, silent }
}

/// Why no letter at all can be made of the minutes behind this digest; none where one can.
#[must_use]
pub fn hopeless(digest: &Digest) -> Option<String> {
    let whole = digest.held.iter().find(|held| held.item.is_none())?;
    digest.items.is_empty().then(|| whole.reason.clone())
}
