//! The daemon: inbox, schedules, editions, approval.
//!
//! [`workspace`] holds everything from a file to a letter. [`scan`] says which files are whole, [`judge`] what is to become
//! of one, [`release`] what holds its letters, [`layouts`] whether a person has seen how such minutes are read, [`meeting`]
//! what the documents of one meeting have to do with each other; [`pass`] writes that down and [`prepare`] makes, when the time has come,
//! exactly what will be sent. [`approval`] is a person's part in it, [`serve`] the loop around it all.

pub mod approval;
mod coming;
mod corrections;
mod due;
mod enter;
pub mod follow_ups;
pub mod inbox;
pub mod judge;
pub mod layouts;
pub mod meeting;
pub mod memory;
pub mod notices;
pub mod order;
pub mod pass;
pub mod prepare;
pub mod reasons;
pub mod release;
pub mod reload;
pub mod restored;
pub mod rules_page;
mod runs;
pub mod scan;
pub mod serve;
pub mod stop;
mod take;
mod withdrawn;
pub mod workspace;

pub use pass::{Daemon, DaemonError};
pub use stop::Stop;
