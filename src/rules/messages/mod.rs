//! What can be wrong with rule files.

mod examples;
mod files;
mod lint;
mod names;
mod shape;

use crate::diagnostic::Message;

pub use self::examples::*;
pub use self::files::*;
pub use self::lint::*;
pub use self::names::*;
pub use self::shape::*;

/// All of them, for the test that keeps both languages alike.
pub fn all() -> impl Iterator<Item = &'static Message> {
    [files::ALL, names::ALL, shape::ALL, examples::ALL, lint::ALL].into_iter().flatten().copied()
}
