//! What can go wrong with the state.

use std::path::PathBuf;

use super::{EditionId, EditionState, FollowUpId, LetterId, LetterState, TaskId};

/// Why the store cannot do what it was asked. Nothing is half done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another daemon has it.
    #[error("another daemon is using {}; stop it first", .0.display())]
    Locked(PathBuf),
    /// Folder, lock or database file.
    #[error("cannot use {}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The database refuses the settings without which a committed letter could be lost with the power.
    #[error("the database runs with {setting} = {found}, but {wanted} is needed to survive a power failure")]
    Durability {
        /// The setting.
        setting: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// Written by a later version of this program.
    #[error("the state was written by a newer version (schema {found}, this version knows {known})")]
    NewerSchema {
        /// Its schema.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A value in the database that this program never writes.
    #[error("the state holds a value that cannot be right: {0}")]
    Corrupt(String),
    /// No such edition.
    #[error("there is no edition {0}")]
    NoEdition(EditionId),
    /// No such letter.
    #[error("there is no letter {0}")]
    NoLetter(LetterId),
    /// No such task.
    #[error("there is no task {0}")]
    NoTask(TaskId),
    /// No such open matter.
    #[error("there is no open matter {0}")]
    NoFollowUp(FollowUpId),
    /// The letter's state does not allow it.
    #[error("letter {letter} is {state}; \"{event}\" cannot follow")]
    Transition {
        /// The letter.
        letter: LetterId,
        /// Its state, unchanged.
        state: LetterState,
        /// What was asked.
        event: &'static str,
    },
    /// The edition's state does not allow it.
    #[error("edition {edition} is {state} and cannot be {wanted}")]
    EditionState {
        /// The edition.
        edition: EditionId,
        /// Its state, unchanged.
        state: EditionState,
        /// What was asked.
        wanted: &'static str,
    },
    /// Whoever made a plan took it back while it was stored; nothing of it was.
    #[error("the plan was taken back")]
    Withdrawn,
    /// The database itself.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
}
