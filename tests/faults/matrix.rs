//! The kill matrix: every fault of the relay, and in each a SIGKILL before and after every commit and every write; then starts
//! until nothing moves any more.

use chrono::Utc;
use med_digest::store::{EditionId, EditionState, LetterState, Store as _};

use super::child::{DOT, LEASE, PEOPLE, Task, open, released};
use super::kill::{Kind, Point};
use super::relay::{Act, Fault, Relay};
use super::{Tried, is_full, judge};

const FAULTS: &[(&str, &[Fault])] = &[
    ("none", &[]),
    ("hangs up at the greeting", &[("connect", Act::HangUp)]),
    ("slow greeting", &[("connect", Act::Late(DOT))]),
    ("421 at the greeting", &[("connect", Act::Say("421 4.3.2 busy"))]),
    ("421 at EHLO", &[("EHLO", Act::Say("421 4.3.2 busy"))]),
    ("451 at MAIL", &[("MAIL", Act::Say("451 4.3.0 later"))]),
    ("550 at MAIL", &[("MAIL", Act::Say("550 5.7.1 not you"))]),
    ("hangs up at RCPT", &[("RCPT", Act::HangUp)]),
    ("451 at RCPT", &[("RCPT", Act::Say("451 4.7.1 greylisted"))]),
    ("550 at RCPT", &[("RCPT", Act::Say("550 5.1.1 no such user"))]),
    ("hangs up at DATA", &[("DATA", Act::HangUp)]),
    ("250 at DATA", &[("DATA", Act::Say("250 what?"))]),
    ("hangs up in the text", &[("text", Act::HangUp)]),
    ("after the dot: taken, no answer", &[(".", Act::TakeAndHangUp(""))]),
    ("after the dot: taken, half an answer", &[(".", Act::TakeAndHangUp("25"))]),
    ("after the dot: taken, nonsense", &[(".", Act::TakeAndHangUp("huh\r\n"))]),
    ("after the dot: thrown away", &[(".", Act::HangUp)]),
    ("after the dot: 451", &[(".", Act::Say("451 4.3.0 later"))]),
    ("after the dot: 421", &[(".", Act::Say("421 4.3.2 going down"))]),
    ("after the dot: 552", &[(".", Act::Say("552 5.2.2 mailbox full"))]),
    ("after the dot: 554 policy", &[(".", Act::Say("554 5.7.1 looks like spam"))]),
    ("after the dot: 250 too late", &[(".", Act::TakeLate(DOT.saturating_mul(2)))]),
    ("after the dot: several lines", &[(".", Act::Say("250-2.0.0 ok\r\n250 2.0.0 queued"))]),
    ("after the dot: byte by byte", &[(".", Act::Crumbs)]),
    ("hangs up at QUIT", &[("QUIT", Act::HangUp)]),
];

/// One run: killed at the point, then started again until it is quiet.
fn run(told: &str, faults: &[Fault], connections: usize, bound: usize, point: Option<Point>) -> (Tried, usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    released(&mut open(folder.path()));
    let relay = Relay::start(faults);
    let task = Task { folder: folder.path(), port: relay.port, connections, bound, point };
    let told = format!("{told}, {connections} connections, bound {bound}, {point:?}");
    let first = task.run();
    let killed = first.status.code().is_none();
    assert!(killed || first.status.success(), "{told}: {:?}", first.status);
    if killed {
        let mut store = open(folder.path());
        std::thread::sleep(LEASE * 2);
        let before = store.balance(EditionId(1)).unwrap().count(LetterState::Unknown);
        let recovered = store.recover(Utc::now()).unwrap();
        let unknown = store.balance(EditionId(1)).unwrap().count(LetterState::Unknown);
        assert!(recovered.unknown <= bound, "{told}: one crash, {recovered:?}");
        assert_eq!(unknown, before + recovered.unknown as u64, "{told}");
    }
    for _ in 0..4 {
        let mut store = open(folder.path());
        // A person reads why it is held, and lets it go.
        if store.edition(EditionId(1)).unwrap().state == EditionState::Held {
            store.release(EditionId(1), Utc::now(), "anna", Utc::now()).unwrap();
        }
        drop(store);
        assert!(Task { point: None, ..task }.run().status.success(), "{told}");
        let mut store = open(folder.path());
        let state = store.edition(EditionId(1)).unwrap().state;
        let balance = store.balance(EditionId(1)).unwrap();
        let unknown = balance.count(LetterState::Unknown);
        if state == EditionState::Complete || (state == EditionState::Planned && unknown > 0) {
            break;
        }
    }
    let mut store = open(folder.path());
    let mut tried = judge(&mut store, &relay, &told);
    assert_eq!(store.letters(EditionId(1)).unwrap().len(), PEOPLE, "{told}");
    tried.kills = usize::from(killed);
    (tried, first.commits, first.writes)
}

/// All points of a fault, or every so manieth of them.
fn all_points(name: &str, faults: &[Fault], connections: usize, bound: usize, stride: usize) -> Tried {
    let (mut tried, commits, writes) = run(name, faults, connections, bound, None);
    let of = |kind: Kind, most: usize| {
        (1..=most).flat_map(move |nth| [true, false].map(|before| Point { kind, nth, before }))
    };
    for point in of(Kind::Commit, commits).chain(of(Kind::Write, writes)).step_by(stride) {
        tried.add(&run(name, faults, connections, bound, Some(point)).0);
    }
    tried
}

/// Faults a sample of whose points is tried at every run of the tests.
const SAMPLE: &[&str] = &["none", "550 at RCPT", "hangs up in the text", "after the dot: taken, no answer"];

#[test]
fn a_kill_at_any_point_in_any_fault_loses_nothing_and_repeats_nothing_uncounted() {
    let mut kills = 0;
    for (name, faults) in FAULTS {
        let tried = match (is_full(), SAMPLE.contains(name)) {
            (true, _) => all_points(name, faults, 1, 1, 1),
            (false, true) => all_points(name, faults, 1, 1, 9),
            (false, false) => run(name, faults, 1, 1, None).0,
        };
        kills += tried.kills;
        tried.record("kill matrix", name);
    }
    assert!(kills >= 12, "only {kills} kills: the points are not reached");
}

#[test]
fn several_connections_and_marks_for_several_letters_keep_the_same_promises() {
    let mut tried = Tried::default();
    for (name, faults) in FAULTS {
        if is_full() || SAMPLE.contains(name) {
            tried.add(&all_points(name, faults, 2, 4, if is_full() { 2 } else { 17 }));
        }
    }
    tried.record("kill matrix", "2 connections, crash bound 4");
}
