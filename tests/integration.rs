//! All integration tests, in one binary: each further one would link the whole house again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod agreements;
mod bad_input;
mod breaking;
mod check;
mod closed;
mod conformance;
mod corrections;
mod daemon;
mod dates;
mod dialects;
mod examples;
mod explain;
mod faults;
mod followups;
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
mod migrations;
mod outcomes;
mod privacy;
mod promises;
mod quoting;
mod real_minutes;
mod relays;
mod reload;
mod retention;
mod rules_desk;
mod sentences;
mod sides;
mod support;
mod words;
