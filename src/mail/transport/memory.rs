//! A way out for tests: keeps what it takes over and answers as scripted.

use std::collections::VecDeque;

use super::{Delivery, Outgoing};

/// One of the two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the letter could be taken over.
    Prepare,
    /// Taking it over.
    HandOver,
}

/// Accepts everything, but for what the script says.
#[derive(Debug, Default)]
pub struct MemoryTransport {
    /// What was taken over, in order; of a letter of unknown fate it is assumed that it was.
    pub taken: Vec<Outgoing>,
    /// Answers to come: each waits for its step.
    pub script: VecDeque<(Step, Delivery)>,
}

impl MemoryTransport {
    fn scripted(&mut self, step: Step) -> Option<Delivery> {
        self.script.pop_front_if(|(next, _)| *next == step).map(|(_, delivery)| delivery)
    }

    pub(super) fn prepare(&mut self) -> Result<(), Delivery> {
        self.scripted(Step::Prepare).map_or(Ok(()), Err)
    }

    pub(super) fn hand_over(&mut self, letter: &Outgoing) -> Delivery {
        let delivery = self.scripted(Step::HandOver).unwrap_or(Delivery::Accepted { reply: "250 kept".to_owned() });
        if matches!(delivery, Delivery::Accepted { .. } | Delivery::Unknown { .. }) {
            self.taken.push(letter.clone());
        }
        delivery
    }
}
