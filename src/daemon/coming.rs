//! Letters about coming meetings, where a committee wants them: its agenda's open items by their titles.

use chrono::{DateTime, Utc};

use super::enter::Origin;
use super::judge::Draft;
use super::pass::Daemon;
use super::{reasons, release};
use crate::digest::Audience;
use crate::minutes::Minutes;
use crate::store::{ContentHash, EditionKind, Store, StoreError};

impl<S: Store> Daemon<S> {
    /// Makes the letters about the meeting of this agenda; how many.
    pub(super) fn announce(&mut self, minutes: &Minutes, late: bool, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let Some(committee) = release::committee_of(&self.workspace.config, minutes).cloned() else { return Ok(0) };
        let (Some(date), true) = (minutes.date, committee.agenda) else { return Ok(0) };
        // Nobody is told of a meeting that has its minutes.
        let held_before = self.store.documents(&committee.id, date)?;
        if held_before.iter().any(|document| document.kind == crate::store::DocumentKind::Minutes) {
            return Ok(0);
        }
        let source = ContentHash(minutes.source.sha256.clone());
        let mut reasons: Vec<String> =
            release::agenda_reasons(&committee, minutes).into_iter().map(|held| held.reason).collect();
        let audiences: Vec<Audience> = self.workspace.config.audiences.clone();
        let mut made = 0;
        for audience in audiences.iter().filter(|one| committee.lists.iter().any(|list| list.audience == one.id)) {
            let Some(agenda) = self.workspace.agenda(minutes, audience) else { continue };
            let subject = match self.workspace.agenda_letter(&agenda, audience) {
                Ok(Some(letter)) => letter.subject,
                Ok(None) => continue,
                Err(error) => {
                    reasons.insert(0, reasons::no_letter(&error));
                    format!("{} {date}", committee.id)
                }
            };
            if self.was_announced(&committee.id, &audience.id, date, &source)? {
                reasons.push(reasons::EARLIER_LETTER.to_owned());
            }
            let held = (!reasons.is_empty()).then(|| reasons.join(" "));
            let origin =
                Origin { committee: &committee.id, date, source: &source, late, less_final: false, doubts: Vec::new() };
            let draft = Draft { audience: audience.id.clone(), subject, held };
            self.enter_as(&origin, &draft, EditionKind::Agenda, None, now)?;
            made += 1;
        }
        Ok(made)
    }

    /// Whether letters were made of another agenda of the meeting.
    fn was_announced(
        &mut self,
        committee: &crate::store::CommitteeId,
        audience: &crate::digest::AudienceId,
        date: chrono::NaiveDate,
        source: &ContentHash,
    ) -> Result<bool, StoreError> {
        for edition in self.store.editions()? {
            let key = &edition.key;
            let same = key.committee == *committee && key.audience == *audience && key.meeting_date == date;
            let other = edition.kind == EditionKind::Agenda && edition.source != *source;
            if same && other && self.store.balance(edition.id)?.planned > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
