//! The daemon: inbox, schedules, editions, approval.

pub mod inbox;
pub mod release;
