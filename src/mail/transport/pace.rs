//! How many letters may begin in a second and in a longer window, over all connections to a relay.
//!
//! The machine's clock may be set; this goes by the one that only runs forward. What was sent before a restart is taken over
//! from the state, as the relay still counts it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// So many letters in so long a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Letters.
    pub letters: u32,
    /// In this time, wherever it begins.
    pub within: Duration,
}

/// The beginnings that still count.
#[derive(Debug)]
pub(super) struct Pace {
    rates: Vec<Rate>,
    begun: Mutex<VecDeque<Instant>>,
}

impl Pace {
    pub(super) fn new(rates: Vec<Rate>) -> Self {
        Self { rates, begun: Mutex::new(VecDeque::new()) }
    }

    pub(super) fn is_limited(&self) -> bool {
        !self.rates.is_empty()
    }

    /// The longest time that any of the rates looks back.
    pub(super) fn longest(&self) -> Option<Duration> {
        self.rates.iter().map(|rate| rate.within).max()
    }

    /// Counts letters that began so long ago, the earliest first, before any of this process.
    pub(super) fn remember(&self, ago: impl Iterator<Item = Duration>) {
        let now = Instant::now();
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        // A machine that started after that has forgotten when it was, and so has every window that is shorter.
        begun.extend(ago.filter_map(|ago| now.checked_sub(ago)));
    }

    /// Returns when a letter may begin, and counts it. A wait that is given up counts nothing.
    pub(super) async fn turn(&self) {
        while let Err(at) = self.take(Instant::now()) {
            sleep_until(at).await;
        }
    }

    /// Counts a letter that begins now, or says when to ask again.
    fn take(&self, now: Instant) -> Result<(), Instant> {
        if self.rates.is_empty() {
            return Ok(());
        }
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = self.longest().unwrap_or_default();
        while begun.front().is_some_and(|first| now.duration_since(*first) >= longest) {
            begun.pop_front();
        }
        for rate in &self.rates {
            let letters = rate.letters.max(1) as usize;
            // The one that many letters ago must have begun before the window.
            let earlier = begun.len().checked_sub(letters).and_then(|index| begun.get(index));
            if let Some(at) = earlier.map(|earlier| *earlier + rate.within).filter(|at| *at > now) {
                return Err(at);
            }
        }
        begun.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(letters: u32, seconds: u64) -> Rate {
        Rate { letters, within: Duration::from_secs(seconds) }
    }

    #[tokio::test(start_paused = true)]
    async fn no_window_ever_has_more_letters_than_allowed() {
        let pace = Pace::new(vec![rate(3, 1), rate(10, 60)]);
        let mut begun: Vec<Instant> = Vec::new();
        for _ in 0..35 {
            pace.turn().await;
            begun.push(Instant::now());
        }
        for (index, at) in begun.iter().enumerate() {
            let within = |length: u64| {
                begun.iter().skip(index).take_while(|other| **other < *at + Duration::from_secs(length)).count()
            };
            assert!(within(1) <= 3 && within(60) <= 10, "{index}");
        }
        let took = begun.last().map(|last| last.duration_since(begun.first().copied().unwrap_or(*last)));
        assert!(took.is_some_and(|took| (180..=184).contains(&took.as_secs())), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_began_before_a_restart_still_counts() {
        tokio::time::advance(Duration::from_secs(100)).await;
        let pace = Pace::new(vec![rate(3, 60)]);
        pace.remember([50, 20, 20].map(Duration::from_secs).into_iter());
        let start = Instant::now();
        let mut waited = Vec::new();
        for _ in 0..3 {
            pace.turn().await;
            waited.push(start.elapsed().as_secs());
        }
        assert_eq!(waited, [10, 40, 40]);
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_rate_nobody_waits() {
        let pace = Pace::new(Vec::new());
        let start = Instant::now();
        for _ in 0..1000 {
            pace.turn().await;
        }
        assert_eq!(start, Instant::now());
    }
}
