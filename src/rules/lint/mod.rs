//! What rules that can be read do wrong all the same: phrases that make no difference, exceptions that never work, rules
//! that undo each other.
//!
//! Everything here is a warning and is looked for by `digest check` alone, never on the way to a letter. In doubt nothing
//! is said: a warning that is wrong teaches people to pass over the others.

mod exceptions;
mod minutes;
mod phrases;
mod places;
mod signs;
mod texts;

use std::path::Path;

use self::texts::Texts;
use super::read::RawFile;
use crate::diagnostic::Problem;
use crate::language::lexicon::Lexicon;

pub use self::minutes::Tally;

/// Adds all warnings about rules as they are written. Names that nothing has are passed over: they are told elsewhere.
pub(super) fn lint(
    files: &[RawFile],
    lexicon: &Lexicon,
    folder: &Path,
    audiences: &[String],
    problems: &mut Vec<Problem>,
) {
    let texts = Texts::new(files, lexicon);
    phrases::lint(&texts, files, lexicon, folder, problems);
    exceptions::lint(&texts, files, problems);
    signs::lint(&texts, files, audiences, problems);
    places::lint(files, problems);
}
