//! A digest becomes a letter: subject, HTML and plain text, by the templates that people edit.
//!
//! [`context`] turns a digest into exactly what a letter shows, with every gap between two quotes already decided, so
//! that a template can only choose words and looks. [`templates`] reads the folder of templates and refuses what could
//! go wrong later: names nobody knows, parts that call themselves, output that is not escaped. `verify` looks at the
//! finished letter and withholds it when a template dropped a sentence or the mark of a gap.

mod agenda;
mod badge;
pub mod context;
mod correction;
pub mod dates;
mod error;
mod head;
pub mod letter;
pub mod messages;
mod names;
mod notices;
mod passages;
mod sample;
mod scan;
pub mod templates;
#[cfg(test)]
mod tests;
mod verify;
mod wrap;

pub use context::LetterContext;
pub use error::RenderError;
pub use head::Head;
pub use letter::Letter;
pub use notices::{DeletionNotice, Notices, Report, ReportedLetter, WaitingNotice, WaitingReason};
pub use sample::sample_digest;
pub use templates::Templates;
