//! What can go wrong between the outbox and the relay, and what must hold whatever does: no letter is lost, no second copy goes
//! out that is not counted, every letter is in one state.
//!
//! `scripts/faults` runs all of it (`DIGEST_FAULTS=full`) and prints the table of what was tried; the usual run of the tests takes a
//! sample of the kill points.

mod child;
mod clock;
mod daemons;
pub mod kill;
mod lines;
mod matrix;
pub mod power;
mod relay;
mod second_opinion;

use std::path::PathBuf;

use med_digest::store::{EditionId, LetterRow, LetterState, SqliteStore, Store as _};

use relay::Relay;

/// Whether everything is to be tried.
pub fn is_full() -> bool {
    std::env::var("DIGEST_FAULTS").is_ok_and(|value| value == "full")
}

/// A row of the table that `scripts/faults` and `scripts/test` print.
#[derive(Debug, Default)]
pub struct Tried {
    pub runs: usize,
    pub kills: usize,
    /// Letters whose fate was unknown at some time.
    pub unknown: usize,
    /// Second copies in the relay's ledger.
    pub duplicates: usize,
}

impl Tried {
    pub fn add(&mut self, other: &Self) {
        self.runs += other.runs;
        self.kills += other.kills;
        self.unknown += other.unknown;
        self.duplicates += other.duplicates;
    }

    /// Leaves the row where the scripts find it.
    pub fn record(&self, group: &str, fault: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("faults");
        std::fs::create_dir_all(&folder).unwrap();
        let name: String =
            format!("{group}-{fault}").chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let Self { runs, kills, unknown, duplicates } = self;
        let row = format!("{group:<13} {fault:<34} {runs:>5} {kills:>6} {unknown:>8} {duplicates:>10}\n");
        std::fs::write(folder.join(name), row).unwrap();
    }
}

/// Holds the state against the ledger, at rest. What every run must come to.
pub fn judge(store: &mut SqliteStore, relay: &Relay, told: &str) -> Tried {
    let id = EditionId(1);
    let balance = store.balance(id).unwrap();
    assert!(balance.holds() && balance.planned > 0, "{told}: {balance}");
    let rows = store.letters(id).unwrap();
    assert_eq!(rows.len() as u64, balance.planned, "{told}");
    let mut tried = Tried { runs: 1, ..Tried::default() };
    for row in &rows {
        let copies = relay.copies(&row.address);
        assert!(copies <= 1 + row.resends as usize, "{told}: {copies} copies, {} counted: {row:?}", row.resends);
        assert!(row.state != LetterState::Sent || copies > 0, "{told}: sent, but the relay has none: {row:?}");
        assert!(is_at_rest(row), "{told}: {} is no end: {row:?}", row.state);
        tried.unknown += row.resends as usize + usize::from(row.state == LetterState::Unknown);
        tried.duplicates += copies.saturating_sub(1);
        for (_, hash) in relay.ledger().iter().filter(|(to, _)| *to == row.address) {
            assert_eq!(Some(hash), row.sha256.as_ref(), "{told}: other bytes than were frozen");
        }
    }
    assert!(tried.duplicates <= tried.unknown, "{told}: {tried:?}");
    tried
}

fn is_at_rest(row: &LetterRow) -> bool {
    row.state.is_settled() || row.state == LetterState::Unknown
}
