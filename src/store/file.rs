//! Files of the inbox and what became of them. A file is known by its content: copied or renamed it stays the same file.

use std::fmt;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::letter::text_enum;

/// SHA-256 in hexadecimal, lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub String);

impl ContentHash {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

text_enum! {
    /// What was done with a file.
    pub enum Disposition {
        /// It lay in the inbox at the very first start and is never mailed.
        SeenBeforeStart = "seen-before-start",
        /// An agenda.
        Agenda = "agenda",
        /// Not understood as minutes.
        NotUnderstood = "not-understood",
        /// Minutes of a committee that the configuration does not map.
        Unmapped = "unmapped",
        /// Minutes without anything to tell.
        Empty = "empty",
        /// Could not be read.
        Unreadable = "unreadable",
        /// The same minutes as a file before it, perhaps in another format.
        Same = "same",
        /// It made editions.
        Edition = "edition",
    }
}

/// A file the daemon has dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// Its content.
    pub hash: ContentHash,
    /// Where it lay when last seen.
    pub path: String,
    /// When it was first seen.
    pub seen_at: DateTime<Utc>,
    /// What was done.
    pub disposition: Disposition,
    /// Why, for a person.
    pub reason: Option<String>,
}
