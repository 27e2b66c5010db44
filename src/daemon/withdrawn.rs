//! Minutes that change after letters were made of them: items that turned closed, files that are gone.
//!
//! Items do turn from open to closed after they were published. What is not sent by then is called back; what was sent
//! becomes a task, since only a person can decide to write to those who have it.

use chrono::{DateTime, NaiveDate, Utc};

use super::pass::{DAEMON, Daemon};
use super::{prepare, reasons};
use crate::minutes::{Item, Minutes};
use crate::store::{
    CommitteeId, ContentHash, Edition, EditionState, LetterState, MeetingItem, NewTask, Store, StoreError, sentence_key,
};

impl<S: Store> Daemon<S> {
    /// Calls back letters of a meeting that quote items which these later minutes have closed or do not have any more.
    pub(super) fn call_back(
        &mut self,
        minutes: &Minutes,
        source: &ContentHash,
        committee: &CommitteeId,
        date: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut editions = self.store.editions()?;
        editions.retain(|edition| {
            !edition.kind.is_notice()
                && edition.key.committee == *committee
                && edition.key.meeting_date == date
                && edition.source != *source
        });
        for edition in editions {
            let quoted = self.store.traced_items(edition.id)?;
            let before = self.store.documents(committee, date)?;
            let known = before.iter().find(|document| document.source == edition.source);
            let closed: Vec<String> = quoted
                .into_iter()
                .filter(|number| {
                    let item = known.and_then(|known| known.items.iter().find(|item| item.number == *number));
                    let plain = MeetingItem {
                        number: number.clone(),
                        title: String::new(),
                        case: None,
                        matter: Vec::new(),
                        words: None,
                    };
                    is_withdrawn(item.unwrap_or(&plain), minutes)
                })
                .collect();
            if !closed.is_empty() {
                self.withdraw(&edition, &closed, source, now)?;
            }
        }
        Ok(())
    }

    fn withdraw(
        &mut self,
        edition: &Edition,
        closed: &[String],
        source: &ContentHash,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let balance = self.store.balance(edition.id)?;
        let out: u64 = [LetterState::AtDot, LetterState::Sent, LetterState::Unknown, LetterState::Bounced]
            .iter()
            .map(|state| balance.count(*state))
            .sum();
        if out > 0 {
            let task = NewTask {
                committee: edition.key.committee.clone(),
                told_on: edition.key.meeting_date,
                about: Some(edition.key.meeting_date),
                source: source.clone(),
                said: reasons::closed_after_sending(closed, edition.id, out),
            };
            self.store.add_task(&task, now)?;
        }
        if !matches!(edition.state, EditionState::Complete | EditionState::Cancelled) {
            self.store.cancel(edition.id, &reasons::called_back(closed), DAEMON, now)?;
            tracing::warn!(
                "edition {} {}: items were closed; what was not sent is called back",
                edition.id,
                edition.key
            );
        }
        Ok(())
    }

    /// Holds planned editions with letters still to send whose minutes do not lie unchanged in the inbox any more. An inbox
    /// that cannot be read says nothing of its files: then nothing is held, and nothing may be sent either; says whether
    /// it could be read.
    pub(super) fn check_sources(&mut self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut readable = true;
        for edition in self.store.editions()? {
            let planned = !edition.kind.is_notice() && edition.state == EditionState::Planned;
            if !planned || self.store.balance(edition.id)?.count(LetterState::Waiting) == 0 {
                continue;
            }
            if prepare::source(&self.workspace, &mut self.store, &edition.source)?.is_some() {
                continue;
            }
            if super::inbox::files(&self.workspace.config.inbox.folder).is_err() {
                readable = false;
                continue;
            }
            self.hold_again(&edition, reasons::SOURCE_GONE, now)?;
        }
        Ok(readable)
    }
}

/// Whether later minutes have closed an item, or do not have it. It is known by its title or its case, and by its number
/// only where neither is found: numbers move when an item is put in.
fn is_withdrawn(item: &MeetingItem, minutes: &Minutes) -> bool {
    let key = sentence_key(&item.title);
    let by_title = |other: &&Item| !key.is_empty() && sentence_key(&other.title) == key;
    let by_case = |other: &&Item| item.case.is_some() && other.case == item.case;
    let same: Vec<&Item> = minutes.items.iter().filter(|other| by_title(other) || by_case(other)).collect();
    let same = match same.is_empty() {
        true => minutes.items.iter().filter(|other| other.printed == item.number).collect(),
        false => same,
    };
    same.is_empty() || same.iter().any(|other| other.closed)
}
