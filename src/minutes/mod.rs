//! A document becomes [`Minutes`]: the meeting, its items, their sections and the sentences of the decisions.

mod approval;
mod bodies;
mod closed;
mod decision;
mod dialect;
mod explain;
mod header;
mod items;
mod layout;
mod lines;
pub mod messages;
pub mod model;
mod outcome;
mod parse;
mod sections;
mod votes;

pub use dialect::Dialect;
pub use explain::{LineReading, LineRole};
pub use layout::Layout;

pub use model::{
    Approval, ApprovalState, Entry, EntryId, EntryKind, Item, ItemNumber, Kind, Minutes, Outcome, Participant,
    PointOutcome, Section, SectionKind, Votes,
};
pub use parse::{CommitteeNames, parse, same_committee};
