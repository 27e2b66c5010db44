//! What was sent is forgotten in its time: a word that stood only in a letter is nowhere in the folder of the state.

use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use med_digest::clock::Clock;
use med_digest::daemon::{Daemon, Stop};
use med_digest::mail::Transport;
use med_digest::mail::transport::MemoryTransport;
use med_digest::store::{Balance, EditionState, SqliteStore, Store};

use crate::installation::{Installation, at, executor, said};

/// Only in the letters: in the name of a recipient, so in head and row.
const CANARY: &str = "Kanariefugl";
const NOON: &str = "2026-09-17T12:00:00+02:00";

fn is_in(folder: &Path, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| holds(&std::fs::read(path).unwrap())).map(|path| path.display().to_string()).collect()
}

fn pass(installation: &Installation, now: DateTime<Utc>) -> (Vec<Balance>, Vec<EditionState>) {
    let workspace = installation.workspace();
    let store = SqliteStore::open_exclusive(&workspace.config.database, now).unwrap();
    let transport = Transport::Memory(MemoryTransport::default());
    let mut daemon = Daemon::new(workspace, store, transport, Clock::Fixed(now)).immediately(true).trusting_age(true);
    daemon.start(true).unwrap();
    executor().block_on(daemon.once(&Stop::default())).unwrap();
    let mut editions = daemon.store().editions().unwrap();
    editions.retain(|edition| edition.state == EditionState::Complete);
    let balances = editions.iter().map(|edition| daemon.store().balance(edition.id).unwrap()).collect();
    (balances, editions.iter().map(|edition| edition.state).collect())
}

/// A sentence that a letter quoted and nobody has to come back to.
fn quoted(installation: &Installation) -> String {
    let mut store = installation.store();
    let open: Vec<String> = store.follow_ups().unwrap().into_iter().map(|matter| matter.found.said).collect();
    let editions = store.editions().unwrap();
    let told = editions.into_iter().flat_map(|edition| store.told(edition.id).unwrap());
    told.filter_map(|sentence| sentence.text).find(|text| !open.contains(text)).unwrap()
}

#[test]
fn bytes_go_after_a_month_names_after_a_year_and_the_equation_stays() {
    let installation = Installation::shipped();
    installation.write(
        "lister/hovedmed-medarbejdere.csv",
        &format!("Navn;E-mail\n{CANARY} Holm;{CANARY}@solvig.example\nPer;per@solvig.example\n"),
    );
    let state = installation.path("state");
    let (before, complete) = pass(&installation, at(NOON));
    assert!(!complete.is_empty());
    let text = "To: \"Kanariefugl Holm\"";
    assert!(!is_in(&state, CANARY).is_empty());
    let sent = installation.digest(&["status", "--letters"]);
    assert!(!said(&sent).contains(CANARY), "addresses are masked");

    let quoted = quoted(&installation);
    assert!(!is_in(&state, &quoted).is_empty());

    let month = at(NOON) + Duration::days(29);
    pass(&installation, month);
    assert!(!is_in(&state, CANARY).is_empty(), "not yet");
    let (after, _) = pass(&installation, month + Duration::days(2));
    assert_eq!(after, before);
    assert!(is_in(&state, text).is_empty() && is_in(&state, "Kanariefugl Holm <").is_empty());
    assert!(is_in(&state, &quoted).is_empty(), "{quoted}");
    let mut store = installation.store();
    for edition in store.editions().unwrap() {
        for row in store.letters(edition.id).unwrap() {
            assert!(store.letter_bytes(row.id).unwrap().is_none() && row.sha256.is_some(), "the hash stays");
        }
    }
    drop(store);

    let (after, _) = pass(&installation, at(NOON) + Duration::days(366));
    assert_eq!(after, before, "planned = the sum of all, also when the rows are gone");
    assert_eq!(is_in(&state, CANARY), Vec::<String>::new());
}
