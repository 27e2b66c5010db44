//! Clocks that jump: the machine's, which says when a letter is tried again, and the database's, which ends a lease.

use std::sync::Mutex;

use chrono::{DateTime, Duration, Utc};
use med_digest::mail::outbox::{Policy, deliver_due};
use med_digest::mail::transport::{Delivery, MemoryTransport, Step, Transport};
use med_digest::mail::{Address, Pass, Summary};
use med_digest::store::{EditionId, LetterState, SqliteStore, Store};

use super::Tried;
use super::child::{gate, open, plan_for, released};
use crate::installation::executor;

fn pass(store: &mut SqliteStore, transport: &mut Transport, at: DateTime<Utc>) -> Summary {
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (gate(), Policy::default());
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &|| at, stop: &|| false };
    executor().block_on(deliver_due(store, transport, pass)).unwrap()
}

fn later() -> Transport {
    let script = vec![(Step::HandOver, Delivery::Temporary { reply: "451 later".to_owned() }); 1];
    Transport::Memory(MemoryTransport { script: script.into(), ..MemoryTransport::default() })
}

fn one_letter() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 1);
    (folder, store)
}

fn state(store: &mut SqliteStore) -> LetterState {
    store.letters(EditionId(1)).unwrap()[0].state
}

#[test]
fn a_week_asleep_is_no_week_of_trying() {
    let (_folder, mut store) = one_letter();
    let start = Utc::now() + Duration::seconds(1);
    assert_eq!(pass(&mut store, &mut later(), start).postponed, 1);
    let woken = pass(&mut store, &mut later(), start + Duration::days(7));
    assert_eq!((woken.postponed, woken.expired), (1, 0), "the second try in a week is not the last");
    assert_eq!(pass(&mut store, &mut Transport::Memory(MemoryTransport::default()), start + Duration::days(8)).sent, 1);
    Tried { runs: 1, ..Tried::default() }.record("clock", "a week asleep");
}

#[test]
fn a_clock_set_back_by_a_year_delays_a_letter_by_an_hour_at_most() {
    let (_folder, mut store) = one_letter();
    let wrong = Utc::now() + Duration::days(365);
    assert_eq!(pass(&mut store, &mut later(), wrong).postponed, 1);
    let right = wrong - Duration::days(365);
    assert_eq!(pass(&mut store, &mut Transport::Memory(MemoryTransport::default()), right).sent, 0);
    let due = store.next_due().unwrap().unwrap();
    assert!(due <= right + Duration::minutes(61), "{due}");
    assert_eq!(pass(&mut store, &mut Transport::Memory(MemoryTransport::default()), due).sent, 1);
    Tried { runs: 1, ..Tried::default() }.record("clock", "set back by a year");
}

#[test]
fn both_changes_of_daylight_saving_are_nothing_to_a_letter() {
    for around in ["2026-03-29T00:30:00Z", "2026-10-25T00:30:00Z"] {
        let (_folder, mut store) = one_letter();
        let now: DateTime<Utc> = around.parse().unwrap();
        // Planned in the present, which lies behind or before; only pauses count.
        let now = now.max(Utc::now() + Duration::seconds(1));
        assert_eq!(pass(&mut store, &mut later(), now).postponed, 1);
        let due = store.next_due().unwrap().unwrap();
        // Times are kept to the second.
        assert!((299..=300).contains(&(due - now).num_seconds()));
        assert_eq!(pass(&mut store, &mut Transport::Memory(MemoryTransport::default()), due).sent, 1);
    }
    Tried { runs: 2, ..Tried::default() }.record("clock", "daylight saving both ways");
}

/// The lease is written where the clock that jumped would have put it.
fn jump(folder: &std::path::Path, seconds: i64) {
    let database = rusqlite::Connection::open(folder.join("digest.sqlite")).unwrap();
    database.execute("UPDATE holders SET lease_until = lease_until + ?1", [seconds * 1000]).unwrap();
}

#[test]
fn a_database_clock_that_jumps_on_ends_a_living_lease_and_still_nobody_gets_two() {
    let (folder, mut one) = one_letter();
    one = one.with_lease(std::time::Duration::from_secs(600));
    let mut two = SqliteStore::open_shared(&folder.path().join("digest.sqlite"), Utc::now()).unwrap();
    let now = Utc::now() + Duration::seconds(1);
    let claimed = one.claim_due(1, now).unwrap().remove(0);
    assert_eq!(two.recover(now).unwrap().leased, 1, "it lives");
    jump(folder.path(), -3600);
    assert_eq!(two.recover(now).unwrap().waiting, 1);
    // The first one wakes up and wants to hand over what is not its own any more.
    let mark = one.settle(claimed.id, med_digest::store::LetterEvent::ReachDot, None, now);
    assert!(mark.is_err(), "{mark:?}");
    let theirs = two.claim_due(1, now).unwrap();
    assert_eq!(theirs.len(), 1);
    Tried { runs: 1, ..Tried::default() }.record("clock", "the database's jumps on");
}

#[test]
fn an_answer_that_comes_after_the_lease_ended_still_counts() {
    let (folder, mut one) = one_letter();
    let mut two = SqliteStore::open_shared(&folder.path().join("digest.sqlite"), Utc::now()).unwrap();
    let now = Utc::now() + Duration::seconds(1);
    let claimed = one.claim_due(1, now).unwrap().remove(0);
    one.settle(claimed.id, med_digest::store::LetterEvent::ReachDot, None, now).unwrap();
    jump(folder.path(), -3600);
    assert_eq!(two.recover(now).unwrap().unknown, 1);
    assert_eq!(state(&mut two), LetterState::Unknown);
    assert!(two.settle(claimed.id, med_digest::store::LetterEvent::Accept, None, now).is_err(), "it heard nothing");
    one.settle(claimed.id, med_digest::store::LetterEvent::Accept, Some("250 queued"), now).unwrap();
    assert_eq!(state(&mut two), LetterState::Sent);
    Tried { runs: 1, unknown: 1, ..Tried::default() }.record("clock", "answer after the lease");
}

#[test]
fn a_database_clock_set_back_does_not_keep_letters_for_years() {
    let (folder, mut one) = one_letter();
    let now = Utc::now() + Duration::seconds(1);
    one.claim_due(1, now).unwrap();
    drop(one);
    jump(folder.path(), 3600 * 24 * 365);
    let mut two = open(folder.path());
    let left = two.recover(now).unwrap().lease_left.unwrap();
    assert!(left <= super::child::LEASE, "{left:?}");
    std::thread::sleep(left + std::time::Duration::from_millis(5));
    assert_eq!(two.recover(now).unwrap().waiting, 1);
    Tried { runs: 1, ..Tried::default() }.record("clock", "the database's set back");
}

#[test]
fn a_clock_that_runs_wild_between_the_steps_of_a_pass_breaks_no_promise() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 20);
    let mut transport = Transport::Memory(MemoryTransport::default());
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (gate(), Policy::default());
    let jumps = Mutex::new(0_i64);
    let wild = || {
        let mut jumps = jumps.lock().unwrap();
        *jumps += 1;
        Utc::now() + Duration::days((*jumps * 7919) % 800)
    };
    for _ in 0..10 {
        let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &wild, stop: &|| false };
        executor().block_on(deliver_due(&mut store, &mut transport, pass)).unwrap();
    }
    assert_eq!(store.balance(EditionId(1)).unwrap().to_string(), "planned 20 = sent 20");
    assert!(matches!(&transport, Transport::Memory(memory) if memory.taken.len() == 20));
    Tried { runs: 10, ..Tried::default() }.record("clock", "wild between the steps");
}
