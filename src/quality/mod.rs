//! How good the letters are, against minutes that readers have marked.

pub mod figures;
pub mod labels;
