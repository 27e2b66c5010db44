//! Several connections beside each other: how many letters are marked at once, and what becomes of one that is not wanted.

use std::time::Duration;

use chrono::Utc;
use med_digest::mail::outbox::deliver_due;
use med_digest::mail::transport::{Rate, SmtpSettings, SmtpTransport, Transport};
use med_digest::mail::{Address, Pass, Summary};
use med_digest::store::{EditionId, LetterState, Store};

use super::child::{gate, open, plan_for, policy, released, settings};
use super::relay::{Act, Relay};
use crate::breaking::Watching;
use crate::installation::executor;

fn pass(store: &mut dyn Store, settings: SmtpSettings, bound: usize, stop: &(dyn Fn() -> bool + Sync)) -> Summary {
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (gate(), policy(bound));
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &Utc::now, stop };
    let mut transport = Transport::Smtp(Box::new(SmtpTransport::new(settings).unwrap()));
    executor().block_on(deliver_due(store, &mut transport, pass)).unwrap()
}

fn marked_at_once(connections: usize, bound: usize) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&[]);
    let mut store = Watching { inner: open(folder.path()), most_marked: 0, commits: 0 };
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 120);
    store.commits = 0;
    assert_eq!(pass(&mut store, settings(relay.port, connections), bound, &|| false).sent, 120);
    assert_eq!(relay.ledger().len(), 120);
    if bound > connections {
        assert!(store.commits < 120, "{} commits: marks and results do not share them", store.commits);
    }
    store.most_marked
}

#[test]
fn never_are_more_letters_marked_than_one_crash_may_make_unknown() {
    assert_eq!(marked_at_once(1, 1), 1);
    assert_eq!(marked_at_once(4, 1), 1, "connections wait for each other rather than break the bound");
    assert!(marked_at_once(4, 4) <= 4);
    let most = marked_at_once(4, 32);
    assert!((9..=32).contains(&most), "{most}: one mark covers several letters");
}

#[test]
fn a_connection_that_the_relay_does_not_want_goes_and_the_others_carry_on() {
    let folder = tempfile::tempdir().unwrap();
    let relay =
        Relay::start(&[("connect", Act::SayLate(Duration::from_millis(150), "421 4.7.0 too many connections"))]);
    let mut store = open(folder.path());
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 400);
    let summary = pass(&mut store, settings(relay.port, 2), 8, &|| false);
    assert_eq!(summary.stopped, None);
    assert!(summary.sent >= 399, "{summary:?}");
    assert_eq!(pass(&mut store, settings(relay.port, 1), 1, &|| false).sent, 400 - summary.sent);
    assert_eq!(store.balance(EditionId(1)).unwrap().to_string(), "planned 400 = sent 400");
}

#[test]
fn asked_to_end_it_finishes_the_letters_under_way_and_gives_the_others_back() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&[]);
    let mut store = open(folder.path());
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 200);
    let ledger = relay.clone();
    let summary = pass(&mut store, settings(relay.port, 2), 16, &move || ledger.ledger().len() > 20);
    assert!(summary.sent > 20 && summary.sent < 200, "{summary:?}");
    let balance = store.balance(EditionId(1)).unwrap();
    assert_eq!(balance.count(LetterState::Sent) + balance.count(LetterState::Waiting), 200, "{balance}");
    assert_eq!(relay.ledger().len(), summary.sent);
    let rows = store.letters(EditionId(1)).unwrap();
    assert!(rows.iter().all(|row| row.attempts == u32::from(row.state == LetterState::Sent)), "no try is counted");
}

#[test]
fn a_pace_is_kept_over_all_connections_and_its_wait_can_be_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Relay::start(&[]);
    let mut store = open(folder.path());
    let edition = released(&mut store);
    plan_for(&mut store, &edition, 12);
    let rate = Rate { letters: 5, within: Duration::from_secs(3600) };
    let paced = SmtpSettings { rates: vec![rate], ..settings(relay.port, 3) };
    let began = std::time::Instant::now();
    let stop = move || began.elapsed() > Duration::from_millis(600);
    let summary = pass(&mut store, paced, 64, &stop);
    assert_eq!(summary.sent, 5, "the rest would have to wait for an hour");
    assert_eq!(store.balance(EditionId(1)).unwrap().to_string(), "planned 12 = waiting 7 + sent 5");
}
