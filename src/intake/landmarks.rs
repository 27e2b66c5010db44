//! Lines that never are part of a sentence, known to whoever knows the words of minutes.
//!
//! Whether the page cut a line or the writer ended it cannot always be told from the layout: a full line without a full
//! stop above "Beslutning" looks like a cut sentence. Joining them would swallow the heading and with it a section, or the
//! mark that what follows is closed. Intake knows no heading, so it asks.

/// Knows lines that stand alone.
pub trait Landmarks: Sync {
    /// Whether something new begins with the line: a heading, a label, a case number.
    fn begins(&self, line: &str) -> bool;
    /// Whether the line is a heading or the like and nothing else, so that nothing goes on with it.
    fn is_whole(&self, line: &str) -> bool;
}

/// Knows none: for texts that are no minutes.
#[derive(Clone, Copy, Debug)]
pub struct NoLandmarks;

impl Landmarks for NoLandmarks {
    fn begins(&self, _line: &str) -> bool {
        false
    }

    fn is_whole(&self, _line: &str) -> bool {
        false
    }
}
