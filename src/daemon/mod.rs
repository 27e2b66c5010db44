//! The daemon: inbox, schedules, editions, approval.

pub mod messages;
pub mod schedule;
