//! Two daemons on one state, with and without the lock that keeps the second away; and the real one killed at every line that
//! the relay hears.

use std::time::Duration;

use chrono::Utc;
use med_digest::mail::transport::{SmtpTransport, Transport};
use med_digest::store::{EditionId, LetterState, SqliteStore, Store as _};

use super::child::{deliver, open, plan_for, released, settings};
use super::relay::Relay;
use super::{Tried, is_full, judge};
use crate::installation::{Installation, said};

#[test]
fn two_that_know_nothing_of_each_other_share_the_letters_and_nobody_gets_two() {
    let rounds = if is_full() { 20 } else { 2 };
    let mut tried = Tried::default();
    for _ in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("digest.sqlite");
        let mut store = open(folder.path());
        let edition = released(&mut store);
        plan_for(&mut store, &edition, 60);
        let relay = Relay::start(&[]);
        // As on a file system whose locks do not reach the other machine.
        let both: Vec<_> = (0..2)
            .map(|_| {
                let mut store = SqliteStore::open_shared(&path, Utc::now()).unwrap().with_lease(Duration::from_secs(2));
                let smtp = SmtpTransport::new(settings(relay.port, 2)).unwrap();
                std::thread::spawn(move || deliver(&mut store, &mut Transport::Smtp(Box::new(smtp)), 4))
            })
            .collect();
        both.into_iter().for_each(|each| each.join().unwrap());
        let one = judge(&mut store, &relay, "two daemons");
        assert_eq!(one.duplicates, 0);
        assert_eq!(store.balance(EditionId(1)).unwrap().count(LetterState::Sent), 60);
        tried.add(&one);
    }
    tried.record("two daemons", "no lock between them");
}

/// The shipped configuration with one list of three, a relay and a short lease.
fn installation(relay: &Relay) -> Installation {
    let installation = Installation::shipped();
    installation.edit("config.toml", "environment = \"trial\"", "environment = \"production\"");
    installation.edit(
        "config.toml",
        "transport = \"folder\"\n",
        "transport = \"smtp\"\nunknown = \"hold\"\nlease_seconds = 1\n",
    );
    installation.edit(
        "config.toml",
        "# [mail.smtp]\n",
        &format!("[mail.smtp]\nhost = \"127.0.0.1\"\ntls = \"none\"\nport = {}\n", relay.port),
    );
    installation.write("lister/hovedmed-medarbejdere.csv", "p0@example.dk\np1@example.dk\np2@example.dk\n");
    installation.write("lister/hovedmed-tillidsvalgte.csv", "q0@example.dk\n");
    for file in ["afdelingsmed-boern-og-unge-medarbejdere", "afdelingsmed-boern-og-unge-tillidsvalgte"] {
        installation.write(&format!("lister/{file}.csv"), "r0@example.dk\n");
    }
    installation
}

#[cfg(unix)]
#[test]
fn the_real_daemon_killed_at_any_line_of_the_conversation_sends_the_rest_and_asks_about_the_one() {
    let mut tried = Tried::default();
    // Greeting, then MAIL, RCPT, DATA and the text of each letter.
    let lines: Vec<usize> = if is_full() { (1..=22).collect() } else { vec![5] };
    for nth in lines {
        let relay = Relay::start(&[]);
        let installation = installation(&relay);
        let arguments = ["run", "--once", "--now", "--include-existing"];
        // The examples' dates are over, so a person lets them go.
        let first = installation.digest(&arguments);
        assert_eq!(first.status.code(), Some(0), "{}", said(&first));
        assert!(relay.ledger().is_empty());
        installation.digest(&["approve", "1", "2", "3", "4", "--by", "Anna", "--now"]);
        let mut child = installation.command(&arguments).stderr(std::process::Stdio::null()).spawn().unwrap();
        let pid = rustix::process::Pid::from_child(&child);
        relay.watch(move |line| {
            if line == nth {
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let killed = child.wait().unwrap().code().is_none();
        relay.watch(|_| {});
        tried.kills += usize::from(killed);
        for _ in 0..2 {
            let again = installation.digest(&arguments);
            assert_eq!(again.status.code(), Some(0), "{}", said(&again));
        }
        let mut unknown = 0;
        let mut store = installation.store();
        let mut planned = 0;
        for edition in store.editions().unwrap() {
            let balance = store.balance(edition.id).unwrap();
            assert!(balance.holds(), "{balance}");
            planned += balance.planned;
            for row in store.letters(edition.id).unwrap() {
                // Two lists name the same address, once for each edition.
                let taken = relay.ledger().iter().filter(|(_, hash)| Some(hash) == row.sha256.as_ref()).count();
                assert!(taken <= 1, "line {nth}: {row:?} went {taken} times");
                match row.state {
                    LetterState::Sent => assert_eq!(taken, 1, "line {nth}: {row:?}"),
                    LetterState::Unknown => unknown += 1,
                    state => panic!("line {nth}: {row:?} is {state}"),
                }
            }
        }
        assert!(planned >= 5 && unknown <= 1, "line {nth}: {planned} planned, {unknown} unknown");
        tried.unknown += unknown;
        tried.runs += 1;
    }
    tried.record("digest run", "SIGKILL at every line");
}
