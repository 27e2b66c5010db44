//! What was handed over, apart from the database, in a file that only grows.
//!
//! A database restored from a copy does not know of the letters sent since the copy was made and would send them again.
//! Here is one line per letter, written after the database has noted that it may be handed over and before it is, with a
//! number that the database counts: so the database is never behind this file unless somebody put an older one in its place.
//! It names letters by their Message-ID, which is a hash, and nobody by address.
//!
//! It is worth something only where a restore of the database does not restore it as well; best on another disk.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::StoreError;

/// A letter that was handed over, or that the relay returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Counted by the database, never anew.
    pub number: u64,
    /// The Message-ID, without brackets.
    pub message_id: String,
    /// The relay said that it did not take it.
    pub returned: bool,
}

/// How ledger and database agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerState {
    /// The database knows all that the ledger knows.
    Agrees,
    /// The ledger knows of hand-overs that the database does not: an older copy of it was restored.
    Ahead {
        /// How many entries.
        entries: usize,
    },
    /// The database knows of hand-overs and there is no ledger.
    Lost,
}

/// What taking over the ledger did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// Letters that waited here and may have been sent.
    pub unknown: usize,
    /// Letters that this database has never seen; they are not sent again when their edition is made anew.
    pub remembered: usize,
}

/// The file.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: Option<File>,
    last: u64,
}

impl Ledger {
    /// Reads how far the file goes; it is made with its first entry.
    ///
    /// # Errors
    /// [`StoreError::Io`] where it is there and cannot be read, [`StoreError::Corrupt`] where it is something else.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut ledger = Self { path: path.to_path_buf(), file: None, last: 0 };
        let mut last = 0;
        ledger.each(|entry| last = last.max(entry.number))?;
        ledger.last = last;
        Ok(ledger)
    }

    /// The number of the last entry, 0 where there is none.
    #[must_use]
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Whether there is a file.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// The letters that were handed over after this number and not returned since.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn handed_over_after(&self, number: u64) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        self.each(|entry| {
            if entry.number > number {
                if entry.returned {
                    found.remove(&entry.message_id);
                } else {
                    found.insert(entry.message_id);
                }
            }
        })?;
        Ok(found)
    }

    /// Adds entries and waits until they are on the disk.
    ///
    /// # Errors
    /// [`StoreError::Io`]; then nothing may be handed over.
    pub fn append(&mut self, entries: &[HandOver]) -> Result<(), StoreError> {
        let Some(newest) = entries.iter().map(|entry| entry.number).max() else { return Ok(()) };
        let text: String = entries
            .iter()
            .map(|entry| {
                let what = if entry.returned { "returned" } else { "handed-over" };
                format!("{} {what} <{}>\n", entry.number, entry.message_id)
            })
            .collect();
        let written = self.writer().and_then(|file| {
            file.write_all(text.as_bytes())?;
            file.sync_data()
        });
        written.map_err(|error| StoreError::Io { path: self.path.clone(), error })?;
        self.last = self.last.max(newest);
        Ok(())
    }

    fn writer(&mut self) -> io::Result<&mut File> {
        if self.file.is_none() {
            if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)?;
            }
            let mut file = File::options().create(true).read(true).append(true).open(&self.path)?;
            // A power failure may have cut the last line; what it said was not handed over and is written again.
            if file.seek(SeekFrom::End(0))? > 0 {
                file.seek(SeekFrom::End(-1))?;
                let mut end = [0_u8; 1];
                file.read_exact(&mut end)?;
                if end != *b"\n" {
                    file.write_all(b"\n")?;
                }
            }
            self.file = Some(file);
        }
        self.file.as_mut().ok_or_else(|| io::Error::other("no file"))
    }

    fn each(&self, mut take: impl FnMut(HandOver)) -> Result<(), StoreError> {
        let unusable = |error| StoreError::Io { path: self.path.clone(), error };
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unusable(error)),
        };
        let mut reader = BufReader::new(file);
        let mut line = String::new();
        while reader.read_line(&mut line).map_err(unusable)? > 0 {
            match entry(line.trim_end()) {
                Some(entry) => take(entry),
                // Cut off by a power failure.
                None if line.starts_with(|first: char| first.is_ascii_digit()) => {}
                None => {
                    let what = format!("a line of the ledger {}", self.path.display());
                    return Err(StoreError::Corrupt(what));
                }
            }
            line.clear();
        }
        Ok(())
    }
}

fn entry(line: &str) -> Option<HandOver> {
    let mut parts = line.split(' ');
    let number = parts.next()?.parse().ok()?;
    let returned = match parts.next()? {
        "handed-over" => false,
        "returned" => true,
        _ => return None,
    };
    // The bracket at the end says that nothing is missing.
    let message_id = parts.next()?.strip_prefix('<')?.strip_suffix('>')?.to_owned();
    parts.next().is_none().then_some(HandOver { number, message_id, returned })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn entry(number: u64, returned: bool) -> HandOver {
        HandOver { number, message_id: format!("letter-{number}@example.dk"), returned }
    }

    #[test]
    fn what_was_written_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("elsewhere/ledger");
        let mut ledger = Ledger::open(&path).unwrap();
        assert!((ledger.last(), ledger.exists()) == (0, false));
        ledger.append(&[entry(1, false), entry(2, false)]).unwrap();
        ledger.append(&[entry(3, false)]).unwrap();
        let again = HandOver { message_id: "letter-2@example.dk".to_owned(), ..entry(4, true) };
        ledger.append(&[again]).unwrap();
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.last(), 4);
        let after: Vec<String> = ledger.handed_over_after(1).unwrap().into_iter().collect();
        assert_eq!(after, ["letter-3@example.dk"], "the second one was returned");
    }

    #[test]
    fn a_line_that_a_power_failure_cut_off_counts_as_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.append(&[entry(8, false), entry(9, false)]).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let first = whole.iter().position(|byte| *byte == b'\n').unwrap();
        for end in first + 1..whole.len() - 2 {
            std::fs::write(&path, &whole[..end]).unwrap();
            let mut ledger = Ledger::open(&path).unwrap();
            assert_eq!(ledger.last(), 8, "{end}");
            ledger.append(&[entry(9, false)]).unwrap();
            let found = Ledger::open(&path).unwrap();
            assert_eq!((found.last(), found.handed_over_after(8).unwrap().len()), (9, 1), "{end}");
        }
    }

    #[test]
    fn another_file_is_not_taken_for_a_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        std::fs::write(&path, "somebody's notes\n").unwrap();
        assert!(matches!(Ledger::open(&path), Err(StoreError::Corrupt(_))));
    }
}
