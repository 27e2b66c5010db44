//! med-digest: from the minutes of a meeting to one letter per audience, word for word and without a language model.
//!
//! The tour follows the way of the data; each step is a pure function of the value before it, and only the two ends
//! touch files, the clock or the network:
//!
//! ```text
//! file ─intake─▶ Document ─minutes─▶ Minutes ─rules─▶ ScoredMinutes ─digest─▶ Digest ─render─▶ Letter ─mail─▶ outbox
//! ```
//!
//! A module may import only those above it in this list:
//!
//! - [`text`], [`clock`], [`diagnostic`], [`tables`]: Danish text, time, problems, located TOML.
//! - [`intake`]: a file becomes a [`intake::Document`]: plain lines with their origin.
//! - [`minutes`]: a document becomes [`minutes::Minutes`]: meeting, items, sections, sentences.
//! - [`language`]: what Danish minutes say: dates, names, speakers, what leans on what.
//! - [`rules`]: rule files become a [`rules::RuleSet`], which scores every sentence and keeps the trace.
//! - [`digest`]: the sentences of one letter for one audience.
//! - [`render`]: a digest becomes subject, HTML and plain text.
//! - [`store`]: what survives a restart.
//! - [`mail`]: recipients, messages, transports.
//! - [`quality`]: figures against labelled minutes.
//! - [`daemon`]: inbox, schedules, editions, approval.
//! - [`config`], [`cli`]: wire the others together.

pub mod cli;
pub mod clock;
pub mod config;
pub mod daemon;
pub mod diagnostic;
pub mod digest;
pub mod intake;
pub mod language;
pub mod mail;
pub mod minutes;
pub mod quality;
pub mod render;
pub mod rules;
pub mod store;
pub mod tables;
pub mod text;
