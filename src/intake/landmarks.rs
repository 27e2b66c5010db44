//! Lines that never are part of a sentence, known to whoever knows the words of minutes.
//!
//! Whether the page cut a line or the writer ended it cannot always be told from the layout: a full line without a full
//! stop above "Beslutning" looks like a cut sentence. Joining them would swallow the heading and with it a section, or the
//! mark that what follows is closed. Intake knows no heading, so it asks.

/// Knows lines that stand alone.
pub trait Landmarks: Sync {
    /// Whether the line is a heading, a case number, a status or the like, and neither goes on nor is gone on with.
    fn stands_alone(&self, line: &str) -> bool;
}

/// Knows none: for texts that are no minutes.
#[derive(Clone, Copy, Debug)]
pub struct NoLandmarks;

impl Landmarks for NoLandmarks {
    fn stands_alone(&self, _line: &str) -> bool {
        false
    }
}
