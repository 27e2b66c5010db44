//! Power failures and full disks: the state is put back to what it was after each commit, and to the torn middle of one, while the
//! relay keeps what it took.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use chrono::Utc;
use med_digest::mail::Address;
use med_digest::mail::Pass;
use med_digest::mail::outbox::deliver_due;
use med_digest::mail::transport::{SmtpTransport, Transport};
use med_digest::store::{EditionId, EditionState, SqliteStore, Store, StoreError};

use super::child::{deliver, gate, open, plan_for, policy, released, settings};
use super::relay::{Act, Fault, Relay};
use super::{Tried, judge};
use crate::breaking::{Breaking, Snapshots};
use crate::installation::executor;

const FILE: &str = "digest.sqlite";

/// What a disk may hold after a power failure.
pub struct Snapshot {
    pub folder: PathBuf,
    /// How many letters the relay had when this commit began, and when the next one did.
    pub taken_before: usize,
    pub taken_after: Option<usize>,
}

/// Copies database and log as they are.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for name in [FILE.to_owned(), format!("{FILE}-wal")] {
        if from.join(&name).exists() {
            std::fs::copy(from.join(&name), to.join(&name)).unwrap();
        }
    }
}

fn transport(relay: &Relay, connections: usize) -> Transport {
    Transport::Smtp(Box::new(SmtpTransport::new(settings(relay.port, connections)).unwrap()))
}

/// Starts from a copy of the state with what the relay really had, and runs until it is quiet.
fn restart(folder: &Path, relay: &Relay, taken: usize, told: &str) -> Tried {
    let again = Relay::with_ledger(relay.ledger().into_iter().take(taken).collect());
    let mut store = open(folder);
    let edition = store.edition(EditionId(1)).unwrap();
    if edition.state == EditionState::Released {
        plan_for(&mut store, &edition, 3);
    }
    deliver(&mut store, &mut transport(&again, 1), 1);
    judge(&mut store, &again, told)
}

fn power_fails(faults: &[Fault], connections: usize, bound: usize) -> Tried {
    let folder = tempfile::tempdir().unwrap();
    let (state, copies) = (folder.path().join("state"), folder.path().join("copies"));
    let relay = Relay::start(faults);
    let ledger = relay.clone();
    let mut store = Snapshots {
        inner: open(&state),
        from: state.clone(),
        to: copies,
        taken: Box::new(move || ledger.ledger().len()),
        made: Vec::new(),
    };
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 3);
    deliver(&mut store, &mut transport(&relay, connections), bound);
    let all = relay.ledger().len();
    let snapshots = std::mem::take(&mut store.made);
    // Two before the edition was released.
    assert!(snapshots.len() > 10, "{}", snapshots.len());
    let mut tried = Tried::default();
    for (number, snapshot) in snapshots.iter().enumerate().skip(2) {
        let told = format!("power failure after commit {number}, {faults:?}");
        let taken = snapshot.taken_after.unwrap_or(all);
        let torn = snapshot.folder.with_extension("torn");
        copy(&snapshot.folder, &torn);
        tried.add(&restart(&snapshot.folder, &relay, taken, &told));
        // The last frame of the log is not whole: then the commit did not happen, and nobody had been told that it had.
        let log = torn.join(format!("{FILE}-wal"));
        let length = std::fs::metadata(&log).map_or(0, |metadata| metadata.len());
        // Without the release there is nothing to send.
        if length > 4096 && number > 2 {
            std::fs::File::options().write(true).open(&log).unwrap().set_len(length - 100).unwrap();
            tried.add(&restart(&torn, &relay, snapshot.taken_before, &format!("{told}, torn")));
        }
    }
    tried
}

#[test]
fn a_power_failure_after_any_commit_or_in_the_middle_of_one_keeps_the_promises() {
    power_fails(&[], 1, 1).record("power failure", "every commit, whole and torn");
    power_fails(&[(".", Act::TakeAndHangUp(""))], 1, 1).record("power failure", "and no answer to the dot");
    power_fails(&[], 2, 4).record("power failure", "2 connections, crash bound 4");
}

#[test]
fn a_disk_that_is_full_at_any_change_stops_the_letters_and_loses_none() {
    let mut tried = Tried::default();
    for calls in 0..16 {
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::start(&[]);
        let mut store = open(folder.path());
        let edition = released(&mut store);
        plan_for(&mut store, &edition, 3);
        let mut full = Breaking { inner: store, left: Arc::new(AtomicU32::new(calls)), answers_last: true };
        let from = Address::parse("med@example.dk").unwrap();
        let (gate, policy) = (gate(), policy(1));
        let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &Utc::now, stop: &|| false };
        let mut out = transport(&relay, 1);
        let result = executor().block_on(deliver_due(&mut full, &mut out, pass));
        let before = relay.ledger().len();
        if result.is_err() {
            tried.kills += 1;
            // Recover, policy, clock, claim and mark come before the first letter.
            assert!(calls >= 5 || before == 0, "{calls} changes, and {before} letters went");
            let left = full.inner.balance(EditionId(1)).unwrap();
            assert!(left.holds() && relay.ledger().len() == before, "letters went on after the disk was full");
        }
        drop(full);
        let mut store = open(folder.path());
        deliver(&mut store, &mut transport(&relay, 1), 1);
        tried.add(&judge(&mut store, &relay, &format!("disk full after {calls} changes")));
    }
    assert!(tried.kills > 6);
    tried.record("disk full", "at every change");
}

#[test]
fn a_state_that_is_not_synced_at_every_commit_is_refused() {
    // SQLite is built so that the setting cannot be taken away from outside; a database in another mode is brought back.
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let plain = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    plain.pragma_update(None, "journal_mode", "DELETE").unwrap();
    // As long as another one uses it in that mode it cannot be changed.
    plain.execute_batch("BEGIN; SELECT * FROM meta").unwrap();
    let reading = plain.prepare("SELECT * FROM migrations").unwrap().query([]).unwrap().next().unwrap().is_some();
    assert!(reading);
    let refused = SqliteStore::open_exclusive(&folder.path().join(FILE), Utc::now());
    assert!(matches!(refused, Err(StoreError::Durability { .. } | StoreError::Database(_))), "{refused:?}");
    drop(plain);
    assert!(SqliteStore::open_exclusive(&folder.path().join(FILE), Utc::now()).is_ok());
}
