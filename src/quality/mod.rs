//! How good the letters are, against minutes that readers have marked, and why they are as they are.

pub mod changes;
pub mod corpus;
pub mod cross;
pub mod explain;
pub mod figures;
pub mod labels;
pub mod stats;
