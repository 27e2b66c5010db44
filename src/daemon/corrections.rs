//! Corrections: what a letter that went out told of minutes that were changed since.
//!
//! They come from changed minutes only: what was sent is compared with the new document, not with what today's rules would
//! choose from the old one. A person is always asked, and only those who got the letter get the correction.

use std::collections::BTreeSet;

use super::workspace::Workspace;
use crate::digest::{Audience, Before, Correction, ItemBefore, ToldSentence, correct};
use crate::minutes::Minutes;
use crate::store::{Edition, EditionId, EditionKey, EditionKind, LetterState, Store, StoreError};

/// What an audience has in hand of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The latest edition of which letters were made.
    pub last: EditionId,
    /// What all of them told, an item that was corrected as it was told last.
    told: Vec<ToldSentence>,
    /// The items of the minutes of that edition.
    items: Vec<ItemBefore>,
}

/// The editions before this one of which letters of the same meeting were made for the same audience, oldest first.
fn earlier(store: &mut dyn Store, key: &EditionKey) -> Result<Vec<Edition>, StoreError> {
    let mut found = Vec::new();
    for edition in store.editions()? {
        let other = &edition.key;
        let same = (&other.committee, &other.audience, other.meeting_date)
            == (&key.committee, &key.audience, key.meeting_date);
        let minutes = matches!(edition.kind, EditionKind::Letter | EditionKind::Correction);
        if same && minutes && other.revision < key.revision && store.balance(edition.id)?.planned > 0 {
            found.push(edition);
        }
    }
    found.sort_by_key(|edition| edition.key.revision);
    Ok(found)
}

/// What the audience has in hand before the edition of this key; none where no letter of the meeting was made for it.
///
/// # Errors
/// The state's.
pub fn sent(store: &mut dyn Store, key: &EditionKey) -> Result<Option<Sent>, StoreError> {
    let editions = earlier(store, key)?;
    let Some(last) = editions.last() else { return Ok(None) };
    let mut told: Vec<ToldSentence> = Vec::new();
    for edition in &editions {
        let now = store.told(edition.id)?;
        let corrected: BTreeSet<&str> = now.iter().map(|one| one.item.as_str()).collect();
        told.retain(|one| !corrected.contains(one.item.as_str()));
        told.extend(now);
    }
    let documents = store.documents(&key.committee, key.meeting_date)?;
    let items = documents
        .into_iter()
        .filter(|document| document.source == last.source)
        .flat_map(|document| document.items)
        .filter_map(|item| Some(ItemBefore { printed: item.number, matter: item.matter, words: item.words? }))
        .collect();
    Ok(Some(Sent { last: last.id, told, items }))
}

/// The correction that these minutes make necessary; none where nothing the audience was told has changed, and nothing new
/// for it stands there.
#[must_use]
pub fn correction(workspace: &Workspace, minutes: &Minutes, audience: &Audience, sent: &Sent) -> Option<Correction> {
    let scored = workspace.score(minutes);
    let new = workspace.digest(minutes, &scored, audience).digest;
    let before = Before { items: &sent.items, told: &sent.told, inflection: workspace.inflection() };
    correct(&new, minutes, &workspace.rules, &scored, audience, before)
}

/// The addresses that have, or may have, a letter that this edition corrects.
///
/// # Errors
/// The state's.
pub fn reached(store: &mut dyn Store, key: &EditionKey) -> Result<BTreeSet<String>, StoreError> {
    let mut reached = BTreeSet::new();
    for edition in earlier(store, key)? {
        let rows = store.letters(edition.id)?;
        let may_have = rows.into_iter().filter(|row| {
            matches!(row.state, LetterState::Sent | LetterState::Unknown | LetterState::AtDot | LetterState::Claimed)
        });
        reached.extend(may_have.map(|row| row.address.to_ascii_lowercase()));
    }
    Ok(reached)
}
