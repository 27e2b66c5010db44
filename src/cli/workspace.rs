//! What nearly every command needs: configuration, dialect and word classes, read once.

use std::path::Path;

use super::Arguments;
use crate::intake;
use crate::minutes::{self, Dialect, Minutes};
use crate::text::sentences::WordClasses;

/// The parts that reading minutes takes.
#[derive(Debug)]
pub(super) struct Reading {
    dialect: Dialect,
    classes: WordClasses,
    max_bytes: u64,
}

impl Reading {
    pub(super) fn open(_arguments: &Arguments) -> anyhow::Result<Self> {
        Ok(Self { dialect: Dialect::shipped(), classes: WordClasses::shipped(), max_bytes: 100_000_000 })
    }

    /// Reads one file of minutes.
    pub(super) fn minutes(&self, path: &Path) -> Result<Minutes, intake::IntakeError> {
        let document = intake::read(path, self.max_bytes)?;
        Ok(minutes::parse(&document, &self.dialect, &self.classes, &[]))
    }
}
