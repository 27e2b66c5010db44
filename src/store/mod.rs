//! What survives a restart: files seen, editions, approvals, and one row per letter.
//!
//! [`Store`] is a trait so that a database server can follow the embedded one; it is as small as the daemon needs and says
//! nothing of SQL. Every method is one transaction, and when it returns, what it did is on the disk: the promises of the
//! outbox rest on that. Methods block for as long as the disk takes to say so (milliseconds): callers on an executor
//! accept it, because the next network step must not begin before it anyway.

mod balance;
mod edition;
mod error;
mod file;
mod followup;
mod ledger;
mod letter;
mod operation;
mod outbox;
mod reading;
mod sqlite;
mod trace;

use chrono::{DateTime, NaiveDate, Utc};

use crate::digest::ToldSentence;

pub use balance::Balance;
pub use edition::{Approval, AuditEntry, CommitteeId, Edition, EditionId, EditionKey, EditionState, NewEdition};
pub use error::StoreError;
pub use file::{ContentHash, Disposition, SeenFile};
pub use followup::{
    FollowUp, FollowUpDecision, FollowUpId, FollowUpKind, FollowUpState, NewFollowUp, Return, sentence_key,
};
pub use ledger::{Adopted, HandOver, Ledger, LedgerState};
pub use letter::{LetterEvent, LetterId, LetterState, mask};
pub use operation::{Beat, EditionKind, NewNotice, Operation, Part, ScheduleRun, Traced};
pub use outbox::{
    Advanced, ClaimedLetter, Decided, LEASE, LetterRow, Plan, Planned, PlannedLetter, PlannedLetters, Purged,
    RecipientKind, Recovered, Retention, Step, UnknownPolicies, UnknownPolicy,
};
pub use reading::{ConfirmedLayout, DocumentKind, Done, Finality, MeetingDocument, MeetingItem, NewTask, Task, TaskId};
pub use sqlite::SqliteStore;
pub use trace::{Trace, TraceKey};

/// The state of the daemon. All times are instants in UTC, kept to the second.
pub trait Store: Operation {
    /// A fact about the installation, such as the day of its first start.
    fn meta(&mut self, key: &str) -> Result<Option<String>, StoreError>;

    /// Sets such a fact.
    fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError>;

    /// Notes what was done with a file; a file seen before gets the new disposition and keeps the time it was first seen.
    fn record_file(&mut self, file: &SeenFile) -> Result<(), StoreError>;

    /// What was done with the file of this content.
    fn file(&mut self, hash: &ContentHash) -> Result<Option<SeenFile>, StoreError>;

    /// All files seen, the latest first.
    fn files(&mut self) -> Result<Vec<SeenFile>, StoreError>;

    /// The edition that this source makes for its committee, audience and meeting. The same source always gives the same
    /// edition; another source for the same meeting gives the next revision. A new edition is held.
    fn edition_for(&mut self, new: &NewEdition, now: DateTime<Utc>) -> Result<Edition, StoreError>;

    /// One edition.
    fn edition(&mut self, id: EditionId) -> Result<Edition, StoreError>;

    /// All editions, the latest meeting first.
    fn editions(&mut self) -> Result<Vec<Edition>, StoreError>;

    /// Holds an edition that is not complete, with the reason a person will read. Letters not yet begun stay.
    fn hold(&mut self, id: EditionId, reason: &str, who: &str, now: DateTime<Utc>) -> Result<(), StoreError>;

    /// Lets a held edition go at `due`: it is released, or planned again where its letters are there already.
    fn release(&mut self, id: EditionId, due: DateTime<Utc>, who: &str, now: DateTime<Utc>) -> Result<(), StoreError>;

    /// Ends an edition; its letters not yet begun are cancelled.
    fn cancel(&mut self, id: EditionId, reason: &str, who: &str, now: DateTime<Utc>) -> Result<(), StoreError>;

    /// A person's yes to exactly this content; saying it twice changes nothing.
    fn approve(&mut self, approval: &Approval) -> Result<(), StoreError>;

    /// The yes to this edition with this content, if there is one.
    fn approval(&mut self, id: EditionId, content: &ContentHash) -> Result<Option<Approval>, StoreError>;

    /// The latest yes to this edition, whatever its content; none where it goes without a person.
    fn last_approval(&mut self, id: EditionId) -> Result<Option<Approval>, StoreError>;

    /// All that persons and the daemon decided, in order. Nothing ever changes or removes an entry.
    fn audit_log(&mut self) -> Result<Vec<AuditEntry>, StoreError>;

    /// Adds to that log.
    fn audit(&mut self, at: DateTime<Utc>, what: &str, who: &str) -> Result<(), StoreError>;

    /// Puts all letters of a released edition into the outbox, or none of them, all with the same `body` behind their heads.
    /// An edition planned before keeps the letters it has: planning twice adds nothing.
    fn plan(
        &mut self,
        id: EditionId,
        body: &[u8],
        letters: PlannedLetters<'_>,
        now: DateTime<Utc>,
    ) -> Result<Planned, StoreError>;

    /// Takes up to `most` letters whose time has come, of one planned edition: the one with the letter that has waited
    /// longest. They are this store's for as long as its lease runs, which this, [`Store::advance`] and [`Store::renew`]
    /// renew.
    fn claim_due(&mut self, most: usize, now: DateTime<Utc>) -> Result<Vec<ClaimedLetter>, StoreError>;

    /// Moves letters on, all in one commit, and says for each what came of it. [`LetterEvent::ReachDot`] moves only letters
    /// that this store holds, of editions that are still planned: a person's hold, and a lease that another ended, count
    /// up to this very moment.
    fn advance(&mut self, steps: &[Step], now: DateTime<Utc>) -> Result<Vec<Advanced>, StoreError>;

    /// Moves one letter on.
    ///
    /// # Errors
    /// [`StoreError::Transition`] where it stays in its state.
    fn settle(
        &mut self,
        id: LetterId,
        event: LetterEvent,
        note: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<LetterState, StoreError> {
        let step = Step { letter: id, event, note: note.map(str::to_owned) };
        match self.advance(std::slice::from_ref(&step), now)?.first() {
            Some(Advanced::To(state)) => Ok(*state),
            Some(Advanced::Kept(state)) => {
                Err(StoreError::Transition { letter: id, state: *state, event: event.name() })
            }
            None => Err(StoreError::NoLetter(id)),
        }
    }

    /// How long letters that this store has claimed outlive its last sign of life.
    fn lease(&self) -> std::time::Duration {
        LEASE
    }

    /// Begins the lease of this store anew, while its letters wait for the relay.
    fn renew(&mut self) -> Result<(), StoreError>;

    /// A person's decision on a letter of unknown fate, with an entry in the audit log. `event` is
    /// [`LetterEvent::ResolveResend`] or [`LetterEvent::ResolveSent`].
    fn resolve(
        &mut self,
        id: LetterId,
        event: LetterEvent,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<LetterState, StoreError>;

    /// Before a pass: claims whose lease is over by the database's clock end, and so do this store's own, which an earlier pass
    /// broke off. What was only claimed waits again, what may have been handed over is of unknown fate.
    fn recover(&mut self, now: DateTime<Utc>) -> Result<Recovered, StoreError>;

    /// Does with letters of unknown fate what the policies say, with an entry in the audit log for each.
    fn decide_unknown(&mut self, policies: &UnknownPolicies, now: DateTime<Utc>) -> Result<Decided, StoreError>;

    /// Lets no letter that was tried before wait longer than until `latest`: after a clock was set back, it would wait for as
    /// long as that was.
    fn no_later(&mut self, latest: DateTime<Utc>) -> Result<usize, StoreError>;

    /// Removes what is older than it may get: first the bytes, then the rows of letters of editions that came to an end.
    /// Nothing of it is left in the files of the state afterwards.
    fn purge(&mut self, retention: Retention, now: DateTime<Utc>) -> Result<Purged, StoreError>;

    /// Marks planned editions complete whose letters are all settled, and names them.
    fn close_settled(&mut self, now: DateTime<Utc>) -> Result<Vec<EditionId>, StoreError>;

    /// The letters of an edition by address, without their bytes.
    fn letters(&mut self, id: EditionId) -> Result<Vec<LetterRow>, StoreError>;

    /// The frozen bytes of a letter; none for one that was never to be sent.
    fn letter_bytes(&mut self, id: LetterId) -> Result<Option<Vec<u8>>, StoreError>;

    /// How many letters of an edition are in each state.
    fn balance(&mut self, id: EditionId) -> Result<Balance, StoreError>;

    /// When letters were last tried or settled after this time, the earliest first: what the relay may still count.
    fn tried_since(&mut self, time: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, StoreError>;

    /// When the next waiting letter of a planned edition is due.
    fn next_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Notes what the letters of an edition tell, in place of what was noted before. It counts once they are planned.
    fn record_told(&mut self, id: EditionId, told: &[ToldSentence]) -> Result<(), StoreError>;

    /// What the letters of an edition tell, in their order.
    fn told(&mut self, id: EditionId) -> Result<Vec<ToldSentence>, StoreError>;

    /// Remembers a layout as confirmed, with an entry in the audit log; says whether it was new. A layout with the same
    /// forms is remembered once.
    fn confirm_layout(&mut self, confirmed: &ConfirmedLayout) -> Result<bool, StoreError>;

    /// All confirmed layouts that were not ended, in the order they were confirmed.
    fn layouts(&mut self) -> Result<Vec<ConfirmedLayout>, StoreError>;

    /// Ends all confirmed layouts of a committee, with an entry in the audit log; how many there were.
    fn forget_layouts(&mut self, committee: &CommitteeId, who: &str, now: DateTime<Utc>) -> Result<usize, StoreError>;

    /// Notes what a file tells of its meeting; a file noted before is noted anew in its old place.
    fn record_document(&mut self, document: &MeetingDocument) -> Result<(), StoreError>;

    /// All documents of a meeting, in the order they came.
    fn documents(&mut self, committee: &CommitteeId, date: NaiveDate) -> Result<Vec<MeetingDocument>, StoreError>;

    /// All documents of all meetings, in the order they came.
    fn all_documents(&mut self) -> Result<Vec<MeetingDocument>, StoreError>;

    /// Notes a task; says whether it was new. The same sentence of the same meeting's minutes is one task.
    fn add_task(&mut self, task: &NewTask, now: DateTime<Utc>) -> Result<bool, StoreError>;

    /// All tasks, the latest first.
    fn tasks(&mut self) -> Result<Vec<Task>, StoreError>;

    /// A person's end to a task, with an entry in the audit log. One that was ended before stays as it was.
    fn finish_task(
        &mut self,
        id: TaskId,
        note: Option<&str>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Task, StoreError>;

    /// Notes something that a committee has to come back to; says whether it was new. The same sentence of the same item is
    /// one matter.
    fn add_follow_up(&mut self, new: &NewFollowUp, now: DateTime<Utc>) -> Result<bool, StoreError>;

    /// All such matters of all committees, closed ones too, by committee and meeting.
    fn follow_ups(&mut self) -> Result<Vec<FollowUp>, StoreError>;

    /// Proposes one as closed because an item of a later meeting takes it up; says whether that was news.
    fn propose_return(&mut self, id: FollowUpId, returned: &Return) -> Result<bool, StoreError>;

    /// A person's word on one, with an entry in the audit log. Saying the same again changes nothing.
    fn decide_follow_up(
        &mut self,
        id: FollowUpId,
        decision: FollowUpDecision,
        note: Option<&str>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<FollowUp, StoreError>;
}
