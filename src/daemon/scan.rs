//! Which files of the inbox can be read now.
//!
//! A file counts once it has lain unchanged for a while, so that half a copy is never taken for whole minutes. Network
//! shares send no events and keep the original's time stamp while they copy, so the running daemon goes by its own looks,
//! size and time stamp alike in two of them; only a single pass, which has no earlier look, trusts the age of the file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::inbox;

/// What tells that a file changed, without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Size in bytes.
    pub bytes: u64,
    /// Time stamp; none where the file system has none.
    pub modified: Option<DateTime<Utc>>,
}

impl Fingerprint {
    /// Of the file as it is now.
    ///
    /// # Errors
    /// When the file is gone or cannot be asked.
    pub fn of(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        Ok(Self { bytes: metadata.len(), modified: metadata.modified().ok().map(DateTime::<Utc>::from) })
    }
}

#[derive(Clone, Copy, Debug)]
struct Sighting {
    fingerprint: Fingerprint,
    since: DateTime<Utc>,
    done: bool,
}

impl Sighting {
    fn is_settled(&self, settle: Duration, trust_age: bool, now: DateTime<Utc>) -> bool {
        let long_ago = |then: DateTime<Utc>| (now - then).to_std().is_ok_and(|age| age >= settle);
        settle.is_zero() || long_ago(self.since) || (trust_age && self.fingerprint.modified.is_some_and(long_ago))
    }
}

/// What a look found.
#[derive(Debug, Default)]
pub struct Scan {
    /// Unchanged for long enough and not dealt with as they are now, the oldest first: a later file about the same
    /// meeting is the later revision.
    pub ready: Vec<(PathBuf, Fingerprint)>,
    /// May still be written.
    pub unsettled: Vec<PathBuf>,
}

/// Remembers earlier looks for as long as the process runs; a restart reads every file once more and knows it by content.
#[derive(Debug, Default)]
pub struct Scanner {
    seen: BTreeMap<PathBuf, Sighting>,
}

impl Scanner {
    /// Looks at the folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn scan(&mut self, folder: &Path, settle: Duration, trust_age: bool, now: DateTime<Utc>) -> io::Result<Scan> {
        let mut seen = BTreeMap::new();
        let mut scan = Scan::default();
        for path in inbox::files(folder)? {
            // Gone since it was listed: the next look will tell.
            let Ok(fingerprint) = Fingerprint::of(&path) else { continue };
            let sighting = match self.seen.get(&path) {
                Some(known) if known.fingerprint == fingerprint => *known,
                _ => Sighting { fingerprint, since: now, done: false },
            };
            if !sighting.done {
                if sighting.is_settled(settle, trust_age, now) {
                    scan.ready.push((path.clone(), fingerprint));
                } else {
                    scan.unsettled.push(path.clone());
                }
            }
            seen.insert(path, sighting);
        }
        self.seen = seen;
        scan.ready.sort_by(|(one_path, one), (other_path, other)| {
            (one.modified, one_path).cmp(&(other.modified, other_path))
        });
        Ok(scan)
    }

    /// The file was dealt with as it was then; it is ready again only when it changes.
    pub fn done(&mut self, path: &Path, fingerprint: Fingerprint) {
        if let Some(sighting) = self.seen.get_mut(path).filter(|sighting| sighting.fingerprint == fingerprint) {
            sighting.done = true;
        }
    }

    /// Everything is to be dealt with again, because rules or configuration changed.
    pub fn forget(&mut self) {
        self.seen.values_mut().for_each(|sighting| sighting.done = false);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_secs(5);

    fn second(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(4_000_000_000 + seconds, 0).unwrap()
    }

    fn names(paths: impl IntoIterator<Item = PathBuf>) -> Vec<String> {
        paths.into_iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_that_grows_is_not_read_before_it_rests() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let mut scanner = Scanner::default();
        std::fs::write(&file, "half").unwrap();
        assert_eq!(scanner.scan(folder.path(), SETTLE, false, second(0)).unwrap().unsettled.len(), 1);
        std::fs::write(&file, "half and half").unwrap();
        assert_eq!(scanner.scan(folder.path(), SETTLE, false, second(6)).unwrap().ready.len(), 0);
        let scan = scanner.scan(folder.path(), SETTLE, false, second(11)).unwrap();
        let (path, fingerprint) = scan.ready[0].clone();
        scanner.done(&path, fingerprint);
        assert!(scanner.scan(folder.path(), SETTLE, false, second(20)).unwrap().ready.is_empty());
        std::fs::write(&file, "once more").unwrap();
        assert_eq!(scanner.scan(folder.path(), SETTLE, false, second(21)).unwrap().unsettled.len(), 1);
    }

    #[test]
    fn the_age_of_a_file_counts_only_in_a_single_pass() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "whole").unwrap();
        // The clock of this test is far ahead of every time stamp.
        assert_eq!(Scanner::default().scan(folder.path(), SETTLE, true, second(0)).unwrap().ready.len(), 1);
        assert_eq!(Scanner::default().scan(folder.path(), SETTLE, false, second(0)).unwrap().ready.len(), 0);
    }

    #[test]
    fn the_oldest_file_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        for (name, seconds) in [("b.txt", 10), ("a.txt", 20), ("c.txt", 5)] {
            let path = folder.path().join(name);
            std::fs::write(&path, name).unwrap();
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(second(seconds).into()).unwrap();
        }
        let scan = Scanner::default().scan(folder.path(), Duration::ZERO, false, second(30)).unwrap();
        assert_eq!(names(scan.ready.into_iter().map(|(path, _)| path)), ["c.txt", "b.txt", "a.txt"]);
    }
}
