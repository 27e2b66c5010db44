//! The daemon's memory of its own work.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};

use super::{SqliteStore, add_to_audit, editions, hand_overs, instant, optional_instant, seconds};
use crate::clock::danish_time;
use crate::store::operation::Operation;
use crate::store::{
    Adopted, Beat, Edition, EditionId, LedgerState, NewEdition, NewNotice, Part, ScheduleRun, StoreError, Trace,
    TraceKey, Traced,
};

impl Operation for SqliteStore {
    fn notice_for(&mut self, new: &NewNotice, now: DateTime<Utc>) -> Result<Edition, StoreError> {
        self.change(|transaction| notice_for(transaction, new, now))
    }

    fn embargo(
        &mut self,
        id: EditionId,
        until: Option<DateTime<Utc>>,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let edition = editions::one(transaction, id)?;
            if edition.not_before == until {
                return Ok(());
            }
            let stored = until.map(seconds);
            transaction.execute("UPDATE editions SET not_before = ?2 WHERE id = ?1", params![id.0, stored])?;
            let what = match until {
                Some(until) => format!("embargo {} until {}", edition.key, danish_time(until)),
                None => format!("lift the embargo of {}", edition.key),
            };
            add_to_audit(transaction, now, &what, who)
        })
    }

    fn trace(&mut self, id: EditionId, traces: &[Trace]) -> Result<(), StoreError> {
        self.change(|transaction| {
            transaction.execute("DELETE FROM traces WHERE edition = ?1", [id.0])?;
            let mut statement = transaction
                .prepare("INSERT OR IGNORE INTO traces (key, edition, item, whole) VALUES (?1, ?2, ?3, ?4)")?;
            for trace in traces {
                statement.execute(params![trace.key.0, id.0, trace.item, trace.whole])?;
            }
            Ok(())
        })
    }

    fn traced(&mut self, keys: &[TraceKey]) -> Result<Vec<Traced>, StoreError> {
        let mut statement = self.connection.prepare("SELECT edition, item, whole FROM traces WHERE key = ?1")?;
        let mut found = Vec::new();
        for key in keys {
            let mut rows = statement.query([key.0])?;
            while let Some(row) = rows.next()? {
                let trace = Trace { key: *key, item: row.get(1)?, whole: row.get(2)? };
                found.push(Traced { edition: EditionId(row.get(0)?), trace });
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn traced_items(&mut self, id: EditionId) -> Result<Vec<String>, StoreError> {
        let mut statement =
            self.connection.prepare("SELECT DISTINCT item FROM traces WHERE edition = ?1 ORDER BY item")?;
        Ok(statement.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn forget_traces(&mut self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        self.change(|transaction| {
            let over = "state IN ('complete', 'cancelled') AND COALESCE(completed_at, released_at, created_at) < ?1";
            let editions: i64 = transaction.query_row(
                &format!(
                    "SELECT COUNT(*) FROM editions WHERE {over}
                     AND EXISTS (SELECT 1 FROM traces WHERE edition = editions.id)"
                ),
                [seconds(before)],
                |row| row.get(0),
            )?;
            transaction.execute(
                &format!("DELETE FROM traces WHERE edition IN (SELECT id FROM editions WHERE {over})"),
                [seconds(before)],
            )?;
            Ok(usize::try_from(editions).unwrap_or_default())
        })
    }

    fn beat(&mut self, part: Part, problem: Option<&str>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|transaction| {
            match problem {
                None => transaction.execute(
                    "INSERT INTO beats (part, ok_at) VALUES (?1, ?2) ON CONFLICT (part) DO UPDATE
                     SET ok_at = excluded.ok_at, failing_since = NULL, problem = NULL",
                    params![part.as_str(), seconds(now)],
                )?,
                Some(problem) => transaction.execute(
                    "INSERT INTO beats (part, failing_since, problem) VALUES (?1, ?2, ?3) ON CONFLICT (part) DO UPDATE
                     SET failing_since = COALESCE(failing_since, excluded.failing_since), problem = excluded.problem",
                    params![part.as_str(), seconds(now), problem],
                )?,
            };
            Ok(())
        })
    }

    fn beats(&mut self) -> Result<Vec<Beat>, StoreError> {
        let mut statement = self.connection.prepare("SELECT * FROM beats ORDER BY part")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let part: String = row.get("part")?;
            found.push(Beat {
                part: Part::from_text(&part).ok_or_else(|| StoreError::Corrupt(format!("the part {part}")))?,
                ok_at: optional_instant(row.get("ok_at")?)?,
                failing_since: optional_instant(row.get("failing_since")?)?,
                problem: row.get("problem")?,
            });
        }
        Ok(found)
    }

    fn record_run(&mut self, run: &ScheduleRun) -> Result<bool, StoreError> {
        let (missed, editions) = (i64::try_from(run.missed), i64::try_from(run.editions));
        let added = self.connection.execute(
            "INSERT INTO schedule_runs (schedule, due_at, ran_at, missed, editions) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            params![
                run.schedule,
                seconds(run.due_at),
                seconds(run.ran_at),
                missed.unwrap_or(i64::MAX),
                editions.unwrap_or(i64::MAX)
            ],
        )?;
        Ok(added > 0)
    }

    fn last_runs(&mut self) -> Result<Vec<ScheduleRun>, StoreError> {
        let mut statement = self.connection.prepare("SELECT * FROM schedule_runs ORDER BY schedule, due_at")?;
        let mut rows = statement.query([])?;
        let mut last = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let run = read_run(row)?;
            last.insert(run.schedule.clone(), run);
        }
        Ok(last.into_values().collect())
    }

    fn ledger(&mut self) -> Result<LedgerState, StoreError> {
        let Some(ledger) = &self.ledger else { return Ok(LedgerState::Agrees) };
        let known = hand_overs::last(&self.connection)?;
        if ledger.last() > known {
            return Ok(LedgerState::Ahead { entries: usize::try_from(ledger.last() - known).unwrap_or(usize::MAX) });
        }
        Ok(if known > 0 && !ledger.exists() { LedgerState::Lost } else { LedgerState::Agrees })
    }

    fn adopt_ledger(&mut self, who: &str, now: DateTime<Utc>) -> Result<Adopted, StoreError> {
        let known = hand_overs::last(&self.connection)?;
        let Some(ledger) = &self.ledger else { return Ok(Adopted::default()) };
        let (ids, last) = (ledger.handed_over_after(known)?, ledger.last());
        let adopted = self.change(|transaction| hand_overs::adopt(transaction, &ids, last, who, now))?;
        if let Some(ledger) = &mut self.ledger
            && !ledger.exists()
        {
            // A lost one begins anew where the database is.
            let number = hand_overs::last(&self.connection)?;
            ledger.append(&[crate::store::HandOver { number, message_id: String::new(), returned: true }])?;
        }
        Ok(adopted)
    }

    fn handed_over_elsewhere(&mut self, message_id: &str) -> Result<bool, StoreError> {
        hand_overs::is_elsewhere(&self.connection, message_id)
    }
}

fn read_run(row: &Row<'_>) -> Result<ScheduleRun, StoreError> {
    let count = |value: i64| usize::try_from(value).map_err(|_| StoreError::Corrupt(format!("the count {value}")));
    Ok(ScheduleRun {
        schedule: row.get("schedule")?,
        due_at: instant(row.get("due_at")?)?,
        ran_at: instant(row.get("ran_at")?)?,
        missed: count(row.get("missed")?)?,
        editions: count(row.get("editions")?)?,
    })
}

fn notice_for(transaction: &Transaction<'_>, new: &NewNotice, now: DateTime<Utc>) -> Result<Edition, StoreError> {
    let about = editions::one(transaction, new.about)?;
    let edition = NewEdition {
        committee: about.key.committee,
        audience: crate::digest::AudienceId(format!("{}{}", about.key.audience, new.kind.suffix())),
        meeting_date: about.key.meeting_date,
        source: new.occasion.clone(),
        kind: new.kind,
        about: Some(new.about),
        subject: new.subject.clone(),
        reason: new.reason.clone(),
    };
    editions::find_or_create(transaction, &edition, now)
}

/// Writes into the ledger what the last change may have handed over.
pub(super) fn catch_up(connection: &Connection, ledger: &mut crate::store::Ledger) -> Result<(), StoreError> {
    let new = hand_overs::after(connection, ledger.last())?;
    ledger.append(&new)
}
