//! How good the letters are, against minutes that readers have marked, what harm they could do, and why they are as they are.

pub mod changes;
pub mod corpus;
pub mod cross;
pub mod explain;
pub mod figures;
pub mod harm;
pub mod intervals;
pub mod labels;
mod random;
pub mod stats;
