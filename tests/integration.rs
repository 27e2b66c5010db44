//! All integration tests, in one binary: each further one would link the whole house again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod agreements;
mod bad_input;
mod breaking;
mod check;
mod closed;
mod corrections;
mod daemon;
mod dates;
mod dialects;
mod examples;
mod explain;
mod followups;
mod formats;
mod formats_generators;
mod formats_pdf;
mod formats_word;
mod fuzz_seeds;
mod guides;
mod harm;
#[path = "../fuzz/src/harness.rs"]
mod harness;
mod installation;
mod layouts;
mod letters;
mod long_tail;
mod messages;
mod outcomes;
mod privacy;
mod promises;
mod quoting;
mod real_minutes;
mod reload;
mod rules_desk;
mod sentences;
mod sides;
mod support;
mod words;
