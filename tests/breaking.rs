//! A state that breaks away under the daemon, as when the power goes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, Utc};

use crate::faults::kill::Kill;
use crate::faults::power::Snapshot;
use med_digest::digest::ToldSentence;
use med_digest::store::{
    Adopted, Advanced, Approval, AuditEntry, Balance, Beat, ClaimedLetter, CommitteeId, ConfirmedLayout, ContentHash,
    Decided, Edition, EditionId, FollowUp, FollowUpDecision, FollowUpId, LedgerState, LetterEvent, LetterId, LetterRow,
    LetterState, MeetingDocument, NewEdition, NewFollowUp, NewNotice, NewTask, Operation, Part, Planned,
    PlannedLetters, Purged, Recovered, Retention, Return, ScheduleRun, SeenFile, SqliteStore, Step, Store, StoreError,
    Task, TaskId, Trace, TraceKey, Traced, UnknownPolicies,
};

/// After so many calls every further one fails.
pub struct Breaking {
    pub inner: SqliteStore,
    /// Calls until it breaks.
    pub left: Arc<AtomicU32>,
    /// Whether the last call is answered; else it is made, and nobody hears of it.
    pub answers_last: bool,
}

/// A state that kills its own process right before or after one of its changes.
pub struct Killing {
    pub inner: SqliteStore,
    pub kill: Arc<Kill>,
}

impl Killing {
    fn change<T>(&mut self, work: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.kill.around_commit(|| work(&mut self.inner))
    }
}

/// A state whose files are copied after each of its changes.
pub struct Snapshots {
    pub inner: SqliteStore,
    pub from: PathBuf,
    pub to: PathBuf,
    /// How many letters the relay has now.
    pub taken: Box<dyn Fn() -> usize + Send>,
    pub made: Vec<Snapshot>,
}

impl Snapshots {
    fn change<T>(&mut self, work: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let taken_before = (self.taken)();
        if let Some(last) = self.made.last_mut() {
            last.taken_after = Some(taken_before);
        }
        let result = work(&mut self.inner);
        let folder = self.to.join(self.made.len().to_string());
        crate::faults::power::copy(&self.from, &folder);
        self.made.push(Snapshot { folder, taken_before, taken_after: None });
        result
    }
}

/// A state that is looked at after each of its changes.
pub struct Watching {
    pub inner: SqliteStore,
    /// The most letters that were marked as perhaps handed over at one time.
    pub most_marked: u64,
    pub commits: usize,
}

impl Watching {
    fn change<T>(&mut self, work: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let result = work(&mut self.inner);
        self.commits += 1;
        for edition in self.inner.editions()? {
            let marked = self.inner.balance(edition.id)?.count(LetterState::AtDot);
            self.most_marked = self.most_marked.max(marked);
        }
        result
    }
}

/// No break in sight.
pub const NEVER: u32 = u32::MAX;

impl Breaking {
    fn broken() -> StoreError {
        StoreError::Corrupt("the power failed".to_owned())
    }

    fn change<T>(&mut self, work: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match self.left.load(Ordering::Relaxed) {
            NEVER => work(&mut self.inner),
            0 => Err(Self::broken()),
            left => {
                self.left.store(left - 1, Ordering::Relaxed);
                if left > 1 || self.answers_last {
                    return work(&mut self.inner);
                }
                let _ = work(&mut self.inner);
                Err(Self::broken())
            }
        }
    }
}

macro_rules! wrap {
    ($trait:ident for $wrapper:ident: $(fn $name:ident(&mut self $(, $argument:ident: $type:ty)*) -> $result:ty;)*) => {
        impl $trait for $wrapper {
            $(fn $name(&mut self $(, $argument: $type)*) -> Result<$result, StoreError> {
                self.change(|inner| inner.$name($($argument),*))
            })*
        }
    };
}
type Now = DateTime<Utc>;

/// Makes a store of a type that has a method `change`, which every call goes through.
macro_rules! store_around {
    ($wrapper:ident) => {
        wrap! { Store for $wrapper:
                fn meta(&mut self, key: &str) -> Option<String>;
        fn set_meta(&mut self, key: &str, value: &str) -> ();
        fn record_file(&mut self, file: &SeenFile) -> ();
        fn file(&mut self, hash: &ContentHash) -> Option<SeenFile>;
        fn files(&mut self) -> Vec<SeenFile>;
        fn edition_for(&mut self, new: &NewEdition, now: Now) -> Edition;
        fn edition(&mut self, id: EditionId) -> Edition;
        fn editions(&mut self) -> Vec<Edition>;
        fn hold(&mut self, id: EditionId, reason: &str, who: &str, now: Now) -> ();
        fn release(&mut self, id: EditionId, due: Now, who: &str, now: Now) -> ();
        fn cancel(&mut self, id: EditionId, reason: &str, who: &str, now: Now) -> ();
        fn approve(&mut self, approval: &Approval) -> ();
        fn approval(&mut self, id: EditionId, content: &ContentHash) -> Option<Approval>;
        fn last_approval(&mut self, id: EditionId) -> Option<Approval>;
        fn audit_log(&mut self) -> Vec<AuditEntry>;
        fn audit(&mut self, at: Now, what: &str, who: &str) -> ();
        fn plan(&mut self, id: EditionId, body: &[u8], letters: PlannedLetters<'_>, now: Now) -> Planned;
        fn claim_due(&mut self, most: usize, now: Now) -> Vec<ClaimedLetter>;
        fn advance(&mut self, steps: &[Step], now: Now) -> Vec<Advanced>;
        fn renew(&mut self) -> ();
        fn resolve(&mut self, id: LetterId, event: LetterEvent, who: &str, now: Now) -> LetterState;
        fn recover(&mut self, now: Now) -> Recovered;
        fn decide_unknown(&mut self, policies: &UnknownPolicies, now: Now) -> Decided;
        fn no_later(&mut self, latest: Now) -> usize;
        fn purge(&mut self, retention: Retention, now: Now) -> Purged;
        fn close_settled(&mut self, now: Now) -> Vec<EditionId>;
        fn letters(&mut self, id: EditionId) -> Vec<LetterRow>;
        fn letter_bytes(&mut self, id: LetterId) -> Option<Vec<u8>>;
        fn balance(&mut self, id: EditionId) -> Balance;
        fn tried_since(&mut self, time: Now) -> Vec<Now>;
        fn next_due(&mut self) -> Option<Now>;
        fn record_told(&mut self, id: EditionId, told: &[ToldSentence]) -> ();
        fn told(&mut self, id: EditionId) -> Vec<ToldSentence>;
        fn confirm_layout(&mut self, confirmed: &ConfirmedLayout) -> bool;
        fn layouts(&mut self) -> Vec<ConfirmedLayout>;
        fn forget_layouts(&mut self, committee: &CommitteeId, who: &str, now: Now) -> usize;
        fn record_document(&mut self, document: &MeetingDocument) -> ();
        fn documents(&mut self, committee: &CommitteeId, date: NaiveDate) -> Vec<MeetingDocument>;
        fn all_documents(&mut self) -> Vec<MeetingDocument>;
        fn add_task(&mut self, task: &NewTask, now: Now) -> bool;
        fn tasks(&mut self) -> Vec<Task>;
        fn finish_task(&mut self, id: TaskId, note: Option<&str>, who: &str, now: Now) -> Task;
        fn add_follow_up(&mut self, new: &NewFollowUp, now: Now) -> bool;
        fn follow_ups(&mut self) -> Vec<FollowUp>;
        fn propose_return(&mut self, id: FollowUpId, returned: &Return) -> bool;
        fn decide_follow_up(&mut self, id: FollowUpId, decision: FollowUpDecision, note: Option<&str>, who: &str, now: Now) -> FollowUp;
        }
        wrap! { Operation for $wrapper:
        fn notice_for(&mut self, new: &NewNotice, now: Now) -> Edition;
        fn embargo(&mut self, id: EditionId, until: Option<Now>, who: &str, now: Now) -> ();
        fn trace(&mut self, id: EditionId, traces: &[Trace]) -> ();
        fn traced(&mut self, keys: &[TraceKey]) -> Vec<Traced>;
        fn traced_items(&mut self, id: EditionId) -> Vec<String>;
        fn forget_traces(&mut self, before: Now) -> usize;
        fn beat(&mut self, part: Part, problem: Option<&str>, now: Now) -> ();
        fn beats(&mut self) -> Vec<Beat>;
        fn record_run(&mut self, run: &ScheduleRun) -> bool;
        fn last_runs(&mut self) -> Vec<ScheduleRun>;
        fn ledger(&mut self) -> LedgerState;
        fn adopt_ledger(&mut self, who: &str, now: Now) -> Adopted;
        fn handed_over_elsewhere(&mut self, message_id: &str) -> bool;
        }
    };
}
store_around!(Breaking);
store_around!(Killing);
store_around!(Snapshots);
store_around!(Watching);
