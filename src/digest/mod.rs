//! The sentences of one letter for one audience: selection, stories, order, what is withheld and why.

pub mod model;

pub use model::{Audience, AudienceId, Digest, DigestDate, DigestItem, Held, LeftOut, Meeting, Quote, Role, Story};
