//! The embedded store: settings, lock, editions, letters over a restart.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use chrono::{Duration, NaiveDate};

use super::*;
use crate::digest::AudienceId;
use crate::store::*;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn new_edition(audience: &str, source: &str) -> NewEdition {
    NewEdition {
        kind: crate::store::EditionKind::Letter,
        about: None,
        committee: CommitteeId("hovedudvalg".to_owned()),
        audience: AudienceId(audience.to_owned()),
        meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        source: ContentHash::of(source.as_bytes()),
        subject: "Nyt".to_owned(),
        reason: "waits for approval".to_owned(),
    }
}

fn letter(address: &str) -> PlannedLetter {
    let plan = Plan::Send { head: format!("to {address}").into_bytes(), due: now() };
    let kind = RecipientKind::Person;
    PlannedLetter { address: address.to_owned(), name: None, kind, message_id: format!("{address}.id"), plan }
}

fn plan(store: &mut SqliteStore, id: EditionId, addresses: &[&str]) -> Planned {
    store.plan(id, BODY, &mut addresses.iter().map(|address| Ok(letter(address))), now()).unwrap()
}

fn claim(store: &mut SqliteStore, at: DateTime<Utc>) -> Option<ClaimedLetter> {
    store.claim_due(1, at).unwrap().pop()
}

const BODY: &[u8] = b"\r\n\r\nthe text";

#[test]
fn a_second_daemon_refuses_and_a_command_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/digest.db");
    let daemon = SqliteStore::open_exclusive(&path, now()).unwrap();
    assert!(matches!(SqliteStore::open_exclusive(&path, now()), Err(StoreError::Locked(_))));
    SqliteStore::open_shared(&path, now()).unwrap().set_meta("who", "command").unwrap();
    drop(daemon);
    let mut next = SqliteStore::open_exclusive(&path, now()).unwrap();
    assert_eq!(next.meta("who").unwrap().as_deref(), Some("command"));
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("digest.db");
    drop(SqliteStore::open_exclusive(&path, now()).unwrap());
    Connection::open(&path).unwrap().execute("INSERT INTO migrations VALUES (99, 0)", []).unwrap();
    assert!(matches!(SqliteStore::open_exclusive(&path, now()), Err(StoreError::NewerSchema { found: 99, .. })));
}

#[test]
fn what_is_no_database_is_told_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("digest.db");
    std::fs::write(&path, "these are somebody's notes, long enough to be taken for a header of a database\n".repeat(9))
        .unwrap();
    assert!(matches!(SqliteStore::open_exclusive(&path, now()), Err(StoreError::Database(_))));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("these are"));
    let blocked = path.join("digest.db");
    assert!(matches!(SqliteStore::open_exclusive(&blocked, now()), Err(StoreError::Io { .. })));
}

#[test]
fn a_file_keeps_the_time_it_was_first_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let mut file = SeenFile {
        hash: ContentHash::of(b"minutes"),
        path: "inbox/a.pdf".to_owned(),
        seen_at: now(),
        disposition: Disposition::Unmapped,
        reason: Some("committee not in the configuration".to_owned()),
    };
    store.record_file(&file).unwrap();
    file.seen_at += Duration::days(1);
    file.disposition = Disposition::Edition;
    file.path = "inbox/b.pdf".to_owned();
    store.record_file(&file).unwrap();
    file.seen_at = now();
    assert_eq!(store.file(&file.hash).unwrap(), Some(file.clone()));
    assert_eq!(store.files().unwrap(), [file]);
    assert_eq!(store.file(&ContentHash::of(b"other")).unwrap(), None);
}

#[test]
fn the_same_source_is_the_same_edition_and_another_is_the_next_revision() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let first = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap();
    assert_eq!((first.state, first.key.revision), (EditionState::Held, 1));
    assert_eq!(store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap(), first);
    assert_eq!(store.edition_for(&new_edition("medarbejdere", "b"), now()).unwrap().key.revision, 2);
    assert_eq!(store.edition_for(&new_edition("tillidsvalgte", "b"), now()).unwrap().key.revision, 1);
    assert_eq!(store.editions().unwrap().len(), 3);
}

#[test]
fn an_approval_counts_for_one_content_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let id = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap().id;
    let content = ContentHash::of(b"content");
    let approval = Approval { edition: id, content: content.clone(), by: "anna".to_owned(), at: now(), note: None };
    store.approve(&approval).unwrap();
    store.approve(&approval).unwrap();
    assert_eq!(store.approval(id, &content).unwrap(), Some(approval));
    assert_eq!(store.approval(id, &ContentHash::of(b"changed")).unwrap(), None);
    assert_eq!(store.audit_log().unwrap().len(), 1);
}

#[test]
fn the_audit_log_cannot_be_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    store.audit(now(), "start", "daemon").unwrap();
    for sql in ["UPDATE audit SET who = 'x'", "DELETE FROM audit"] {
        assert!(store.connection.execute(sql, []).is_err());
    }
    assert_eq!(store.audit_log().unwrap()[0].what, "start");
}

#[test]
fn a_restart_in_the_middle_loses_nothing_and_repeats_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("digest.db");
    let mut store = SqliteStore::open_exclusive(&path, now()).unwrap();
    let id = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap().id;
    store.release(id, now(), "test", now()).unwrap();
    let planned = plan(&mut store, id, &["a@example.dk", "b@example.dk", "c@example.dk", "A@example.dk"]);
    assert_eq!((planned.waiting, planned.already), (3, false), "capitals make no second person");
    let first = claim(&mut store, now()).unwrap();
    let second = claim(&mut store, now()).unwrap();
    store.settle(second.id, LetterEvent::ReachDot, None, now()).unwrap();
    drop(store);

    let mut store = SqliteStore::open_exclusive(&path, now()).unwrap();
    let waits = store.recover(now()).unwrap();
    assert_eq!(
        (waits.waiting, waits.unknown, waits.leased),
        (0, 0, 2),
        "their holder may live: only its lease ends a claim"
    );
    assert!(waits.lease_left.unwrap() <= LEASE);
    store.connection.execute("UPDATE holders SET lease_until = 0", []).unwrap();
    assert_eq!(store.recover(now()).unwrap(), Recovered { waiting: 1, unknown: 1, ..Recovered::default() });
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 3 = waiting 2 + unknown 1");
    let again = claim(&mut store, now()).unwrap();
    assert_eq!((again.id, &again.head, again.attempt), (first.id, &first.head, 1), "it was never tried");
    assert!(store.close_settled(now()).unwrap().is_empty());
}

#[test]
fn a_step_that_cannot_be_leaves_the_letter_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let id = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap().id;
    store.release(id, now(), "test", now()).unwrap();
    plan(&mut store, id, &["a@example.dk"]);
    let row = store.letters(id).unwrap().remove(0);
    for event in [LetterEvent::Accept, LetterEvent::ReachDot, LetterEvent::ResolveSent] {
        assert!(matches!(store.settle(row.id, event, None, now()), Err(StoreError::Transition { .. })));
    }
    assert_eq!(store.letters(id).unwrap(), [row]);
}

#[test]
fn a_cancelled_edition_sends_nothing_more_and_still_balances() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let id = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap().id;
    store.release(id, now(), "test", now()).unwrap();
    plan(&mut store, id, &["a@example.dk", "b@example.dk"]);
    let claimed = claim(&mut store, now()).unwrap();
    store.cancel(id, "wrong minutes", "anna", now()).unwrap();
    assert_eq!(claim(&mut store, now()), None);
    let retry = LetterEvent::Retry(now() + Duration::minutes(5));
    assert_eq!(store.settle(claimed.id, retry, None, now()).unwrap(), LetterState::Cancelled);
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 2 = cancelled 2");
}

#[test]
fn a_held_edition_keeps_its_letters_until_it_is_released_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now()).unwrap();
    let id = store.edition_for(&new_edition("medarbejdere", "a"), now()).unwrap().id;
    let later = now() + Duration::hours(3);
    store.release(id, later, "test", now()).unwrap();
    plan(&mut store, id, &["a@example.dk"]);
    store.hold(id, "a question", "anna", now()).unwrap();
    assert_eq!(claim(&mut store, later), None);
    store.release(id, later, "anna", now()).unwrap();
    assert_eq!(store.edition(id).unwrap().state, EditionState::Planned);
    assert_eq!(store.next_due().unwrap(), Some(later));
    assert!(claim(&mut store, later).is_some());
}
