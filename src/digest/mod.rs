//! The sentences of one letter for one audience: selection, stories, order, what is withheld and why.

mod agenda;
mod bonds;
mod build;
mod calendar;
mod candidates;
mod correction;
pub mod follow;
pub mod followups;
mod guard;
mod hints;
mod knapsack;
pub mod model;
pub mod privacy;
mod reason;
pub mod requests;
mod select;
mod sides;
mod similar;
mod tell;
mod told;
mod topics;
mod units;

pub use agenda::{Agenda, agenda};
pub use build::{Built, Verdict, build, build_after, build_part};
pub use calendar::passed;
pub use correction::{Before, Change, CorrectedItem, Correction, ItemBefore, correct, item_words};
pub use follow::{FollowWords, fit_open, follow};
pub use guard::{is_private, is_private_heading};
pub use hints::MeetingHints;
pub use model::{
    AnswerWanted, Audience, AudienceId, By, DateKind, Digest, DigestDate, DigestItem, DigestRequest, DigestTask, Held,
    LeftOut, Meeting, Missing, Objections, OpenKind, OpenMatter, Quote, Role, Sections, SideWords, Story,
};
pub use reason::Reason;
pub use told::{Gist, Memory, TextMark, Told, ToldSentence, WordMark, told_by};
pub use topics::{MeetingTopics, ScoredMeeting};
