//! The equation of an edition: every planned letter is in exactly one state.

use std::fmt;

use super::LetterState;

/// How many letters of an edition are in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// How many were planned, counted when they were.
    pub planned: u64,
    /// One entry for every state, in the order of [`LetterState::ALL`].
    pub states: Vec<(LetterState, u64)>,
    /// How often letters went again because their fate was unknown: as many second copies there may be.
    pub resent: u64,
}

impl Balance {
    /// The number in one state.
    #[must_use]
    pub fn count(&self, state: LetterState) -> u64 {
        self.states.iter().filter(|(each, _)| *each == state).map(|(_, count)| count).sum()
    }

    /// Whether every planned letter is in exactly one state.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.planned == self.states.iter().map(|(_, count)| count).sum::<u64>()
    }

    /// Whether every letter has come to an end.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.states.iter().all(|(state, count)| *count == 0 || state.is_settled())
    }
}

impl fmt::Display for Balance {
    /// `planned 5 = waiting 1 + sent 4`, and what went twice.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "planned {} =", self.planned)?;
        let mut shown = self.states.iter().filter(|(_, count)| *count > 0).peekable();
        if shown.peek().is_none() {
            return formatter.write_str(" 0");
        }
        for (index, (state, count)) in shown.enumerate() {
            write!(formatter, "{} {state} {count}", if index == 0 { "" } else { " +" })?;
        }
        if self.resent > 0 {
            write!(formatter, " ({} sent again because nobody knew; as many may have two)", self.resent)?;
        }
        Ok(())
    }
}
