//! The checks that every fuzz target makes.

pub mod harness;
