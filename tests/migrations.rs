//! A state that any earlier version wrote is brought forward with all that is in it.

use chrono::{DateTime, Utc};
use med_digest::store::{ContentHash, EditionId, EditionState, LetterState, SqliteStore, Store as _};
use rusqlite::Connection;

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/sqlite/");

/// The schema files of an earlier version, in the order they were applied.
const VERSIONS: &[&[&str]] = &[&["schema.sql"], &["schema.sql", "schema-2.sql"]];

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// As the version wrote it, with one letter in each state.
fn write(database: &Connection, steps: &[&str]) {
    database
        .execute_batch("CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;")
        .unwrap();
    for (index, step) in steps.iter().enumerate() {
        database.execute_batch(&std::fs::read_to_string(format!("{SCHEMAS}{step}")).unwrap()).unwrap();
        database.execute("INSERT INTO migrations VALUES (?1, 1)", [i64::try_from(index).unwrap() + 1]).unwrap();
    }
    database
        .execute_batch(
            "INSERT INTO meta VALUES ('first-start', '2026-09-17T10:00:00Z');
             INSERT INTO editions (committee, audience, meeting_date, revision, source, state, subject, created_at, planned)
             VALUES ('hoved', 'ansatte', '2027-03-04', 1, 'x', 'planned', 'Nyt', 1, 8);",
        )
        .unwrap();
    for (number, state) in OLD.iter().enumerate() {
        let bytes = (*state != "suppressed").then(|| whole(number));
        database
            .execute(
                "INSERT INTO letters (edition, address, message_id, state, bytes, attempts, next_attempt_at, updated_at)
                 VALUES (1, ?1, ?2, ?3, ?4, 1, 5, 6)",
                rusqlite::params![format!("p{number}@example.dk"), format!("id{number}"), state, bytes],
            )
            .unwrap();
    }
}

const OLD: [&str; 8] = ["waiting", "claimed", "at-dot", "sent", "rejected", "suppressed", "unknown", "bounced"];

fn whole(number: usize) -> Vec<u8> {
    format!("To: p{number}\r\n\r\nthe text of {number}\r\n").into_bytes()
}

#[test]
fn every_earlier_version_comes_forward_with_every_letter_as_it_was() {
    for steps in VERSIONS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("digest.sqlite");
        write(&Connection::open(&path).unwrap(), steps);
        let mut store = SqliteStore::open_exclusive(&path, now()).unwrap();
        assert_eq!(store.meta("first-start").unwrap().as_deref(), Some("2026-09-17T10:00:00Z"));
        let id = EditionId(1);
        assert_eq!(store.edition(id).unwrap().state, EditionState::Planned);
        let rows = store.letters(id).unwrap();
        let states: Vec<_> = rows.iter().map(|row| row.state.as_str().replace('_', "-")).collect();
        assert_eq!(states, OLD, "{steps:?}");
        for (number, row) in rows.iter().enumerate() {
            let bytes = (row.state != LetterState::Suppressed).then(|| whole(number));
            assert_eq!(row.sha256, bytes.as_deref().map(ContentHash::of));
            assert_eq!(store.letter_bytes(row.id).unwrap(), bytes);
        }
        assert!(store.balance(id).unwrap().holds());
        // What was under way then has no holder now, and is sorted out as after any crash.
        let recovered = store.recover(now()).unwrap();
        assert_eq!((recovered.waiting, recovered.unknown, recovered.leased), (1, 1, 0));
        let claimed = store.claim_due(9, now()).unwrap();
        assert_eq!(claimed.len(), 2);
        assert!(
            claimed
                .iter()
                .all(|each| ContentHash::of(&[&each.head[..], &each.body].concat()) == *each.sha256.as_ref().unwrap())
        );
        // Once more opened, nothing is done again.
        drop(store);
        assert_eq!(SqliteStore::open_exclusive(&path, now()).unwrap().letters(id).unwrap().len(), OLD.len());
    }
}
