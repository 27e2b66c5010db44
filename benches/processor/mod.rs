//! The time that a program had a processor, which other programs on the machine do not stretch as they do the clock's.

use std::sync::LazyLock;
use std::time::Instant;

/// Seconds that this thread has had a processor, to a few thousandths; seconds of the clock where the system does not say.
pub fn seconds() -> f64 {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = said.and_then(|said| said.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}
