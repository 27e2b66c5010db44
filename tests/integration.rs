//! All integration tests, in one binary: each further one would link the whole house again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod bad_input;
mod breaking;
mod closed;
mod daemon;
mod dialects;
mod examples;
mod formats;
mod formats_generators;
mod formats_pdf;
mod formats_word;
mod fuzz_seeds;
mod guides;
#[path = "../fuzz/src/harness.rs"]
mod harness;
mod installation;
mod layouts;
mod letters;
mod messages;
mod outcomes;
mod privacy;
mod promises;
mod real_minutes;
mod sentences;
mod support;
mod words;
