//! What letters about a meeting may take for known: matters of earlier meetings that are still open, and what each audience
//! was told of them.

use chrono::{Days, NaiveDate};

use super::follow_ups;
use super::workspace::Workspace;
use crate::digest::{Memory, Told};
use crate::store::{CommitteeId, Store, StoreError};

/// Nobody remembers for longer what a letter said.
const REMEMBERED: Days = Days::new(365);

/// All that counts as known on the day of a meeting of a committee.
///
/// # Errors
/// The state's.
pub fn of(
    workspace: &Workspace,
    store: &mut dyn Store,
    committee: &CommitteeId,
    date: NaiveDate,
) -> Result<Memory, StoreError> {
    let mut memory = Memory { open: follow_ups::open_for(workspace, store, committee, date)?, ..Memory::default() };
    let since = date.checked_sub_days(REMEMBERED).unwrap_or(NaiveDate::MIN);
    for edition in store.editions()? {
        let on = edition.key.meeting_date;
        if edition.key.committee != *committee || on >= date || on < since || store.balance(edition.id)?.planned == 0 {
            continue;
        }
        let told = store.told(edition.id)?.into_iter().map(|sentence| Told { on, sentence });
        memory.told.entry(edition.key.audience).or_default().extend(told);
    }
    Ok(memory)
}
