//! All integration tests, in one binary: each further one would link the whole house again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod breaking;
mod daemon;
mod installation;
mod promises;
mod sentences;
