//! After a leak: who was sent a sentence, when, in which letter.
//!
//! Asked of hashes that were stored when the letters were planned, so the answer is the same after texts were purged.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::workspace::Workspace;
use crate::clock::danish_time;
use crate::render::{RenderError, Report, ReportedLetter};
use crate::store::{
    Edition, EditionId, EditionKind, EditionState, LetterRow, LetterState, Store, StoreError, Trace, TraceKey,
};

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What names the sentence.
    pub key: String,
    /// The whole sentence was found; else every run of its words.
    pub whole: bool,
    /// The letters, by the number of their edition.
    pub letters: Vec<FoundLetter>,
}

/// One letter with the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLetter {
    /// Its edition.
    pub edition: Edition,
    /// The items with it, as printed.
    pub items: Vec<String>,
    /// Who it was planned for.
    pub rows: Vec<LetterRow>,
    /// The request to delete it, and how many have that.
    pub deletion: Option<(Edition, usize)>,
}

impl FoundLetter {
    /// Those who have it, or may have it.
    pub fn reached(&self) -> impl Iterator<Item = &LetterRow> {
        self.rows.iter().filter(|row| {
            matches!(row.state, LetterState::Sent | LetterState::AtDot | LetterState::Unknown | LetterState::Bounced)
        })
    }

    fn count(&self, states: &[LetterState]) -> usize {
        self.rows.iter().filter(|row| states.contains(&row.state)).count()
    }

    /// When the first and the last of them was taken by the relay.
    #[must_use]
    pub fn times(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let sent = self.rows.iter().filter(|row| row.state == LetterState::Sent).map(|row| row.updated_at);
        sent.clone().min().zip(sent.max())
    }
}

/// Looks for a sentence, and for a part of one where no whole one is found.
///
/// # Errors
/// The state's.
pub fn find(store: &mut dyn Store, sentence: &str) -> Result<Found, StoreError> {
    let whole = TraceKey::of_sentence(sentence);
    let key: String = whole.iter().flat_map(|key| key.0).map(|byte| format!("{byte:02x}")).collect();
    let exact: Vec<(EditionId, String)> = match whole {
        Some(whole) => {
            let found = store.traced(&[whole])?;
            found.into_iter().filter(|found| found.trace.whole).map(|found| (found.edition, found.trace.item)).collect()
        }
        None => Vec::new(),
    };
    let is_whole = !exact.is_empty();
    let places = if is_whole { exact } else { parts(store, sentence)? };
    let mut items: BTreeMap<EditionId, BTreeSet<String>> = BTreeMap::new();
    for (edition, item) in places {
        items.entry(edition).or_default().insert(item);
    }
    let editions = store.editions()?;
    let mut letters = Vec::new();
    for (id, items) in items {
        let deletion = editions.iter().find(|each| each.kind == EditionKind::Deletion && each.about == Some(id));
        let deletion = match deletion {
            Some(edition) => {
                let sent = store.balance(edition.id)?.count(LetterState::Sent);
                Some((edition.clone(), usize::try_from(sent).unwrap_or(usize::MAX)))
            }
            None => None,
        };
        let (edition, rows) = (store.edition(id)?, store.letters(id)?);
        letters.push(FoundLetter { edition, items: items.into_iter().collect(), rows, deletion });
    }
    Ok(Found { key, whole: is_whole, letters })
}

/// Items that have every run of the words.
fn parts(store: &mut dyn Store, sentence: &str) -> Result<Vec<(EditionId, String)>, StoreError> {
    let runs = TraceKey::of_runs(sentence);
    let wanted: BTreeSet<TraceKey> = runs.iter().copied().collect();
    let mut seen: BTreeMap<(EditionId, String), BTreeSet<TraceKey>> = BTreeMap::new();
    for found in store.traced(&runs)? {
        let Trace { key, item, whole } = found.trace;
        if !whole {
            seen.entry((found.edition, item)).or_default().insert(key);
        }
    }
    Ok(seen.into_iter().filter(|(_, keys)| !wanted.is_empty() && *keys == wanted).map(|(place, _)| place).collect())
}

/// The page about it.
///
/// # Errors
/// What an edited template does wrong.
pub fn report(workspace: &Workspace, found: &Found, now: DateTime<Utc>) -> Result<String, RenderError> {
    let committee = |edition: &Edition| {
        let known = workspace.config.committees.iter().find(|committee| committee.id == edition.key.committee);
        known.and_then(|known| known.names.0.first().cloned()).unwrap_or_else(|| edition.key.committee.0.clone())
    };
    let letters = found.letters.iter().map(|letter| {
        let sent = letter.count(&[LetterState::Sent, LetterState::Bounced]);
        let unknown = letter.count(&[LetterState::Unknown, LetterState::AtDot]);
        ReportedLetter {
            edition: letter.edition.id.to_string(),
            committee: committee(&letter.edition),
            audience: letter.edition.key.audience.0.clone(),
            meeting: letter.edition.key.meeting_date,
            items: letter.items.clone(),
            sent,
            unknown,
            unsent: letter.rows.len() - sent - unknown,
            times: letter.times().map(|(first, last)| (danish_time(first), danish_time(last))),
            deletion: letter.deletion.as_ref().map(|(edition, sent)| (in_danish(edition.state).to_owned(), *sent)),
        }
    });
    let report =
        Report { made: danish_time(now), key: found.key.clone(), whole: found.whole, letters: letters.collect() };
    workspace.notices.report(&report)
}

fn in_danish(state: EditionState) -> &'static str {
    match state {
        EditionState::Held => "Venter på godkendelse",
        EditionState::Released | EditionState::Planned => "På vej",
        EditionState::Complete => "Afsluttet",
        EditionState::Cancelled => "Annulleret",
    }
}
