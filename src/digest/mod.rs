//! The sentences of one letter for one audience: selection, stories, order, what is withheld and why.

mod build;
mod calendar;
mod candidates;
mod guard;
mod hints;
mod knapsack;
pub mod model;
pub mod privacy;
mod select;
mod similar;
mod tell;
mod topics;
mod units;

pub use build::{Built, Verdict, build};
pub use guard::is_private;
pub use hints::MeetingHints;
pub use model::{Audience, AudienceId, Digest, DigestDate, DigestItem, Held, LeftOut, Meeting, Quote, Role, Story};
pub use topics::{MeetingTopics, ScoredMeeting};
