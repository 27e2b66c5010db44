//! How long, how often, and how much at once.

use chrono::Duration;

use crate::store::UnknownPolicies;

/// How long, how often, and how much at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Pause after the first failed try; it doubles each time.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// A letter is given up when it was first tried this long ago,
    pub give_up_after: Duration,
    /// and was tried this often: a machine that slept for a week has not tried.
    pub least_attempts: u32,
    /// The most letters of one pass, so that signals and the inbox are looked at in between.
    pub most_letters: usize,
    /// The most letters that one crash can make of unknown fate; none for one per connection. More of them let one
    /// durable mark cover several letters, which is what makes many letters fast.
    pub crash_bound: Option<usize>,
    /// What becomes of letters of unknown fate.
    pub unknown: UnknownPolicies,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            first_pause: Duration::minutes(5),
            longest_pause: Duration::minutes(60),
            give_up_after: Duration::hours(48),
            least_attempts: 8,
            most_letters: 2_000,
            crash_bound: None,
            unknown: UnknownPolicies::default(),
        }
    }
}

impl Policy {
    /// The pause after this try, counted from 1.
    #[must_use]
    pub fn pause_after(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(16);
        let factor = 1_i32.checked_shl(doublings).unwrap_or(i32::MAX);
        self.first_pause.checked_mul(factor).unwrap_or(self.longest_pause).min(self.longest_pause)
    }

    /// Whether a letter that was first tried so long ago, and now for the so manieth time, is given up.
    #[must_use]
    pub fn gives_up(&self, since_first: Duration, attempt: u32) -> bool {
        since_first >= self.give_up_after && attempt >= self.least_attempts
    }
}
