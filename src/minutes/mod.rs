//! A document becomes [`Minutes`]: the meeting, its items, their sections and the sentences of the decisions.

mod approval;
mod bodies;
mod closed;
pub mod confidence;
mod decision;
mod departure;
mod dialect;
mod earlier;
mod explain;
mod header;
mod items;
mod known_line;
mod layout;
mod lines;
pub mod messages;
pub mod model;
mod outcome;
mod parse;
mod sections;
mod several;
mod votes;

pub use confidence::Confidence;
pub use departure::Departure;
pub use dialect::{DIALECT_FILE, Dialect};
pub use earlier::{EARLIER_FILE, EarlierMinutes, EarlierWording, Said};
pub use explain::{LineReading, LineRole};
pub use layout::Layout;

pub use model::{
    Approval, ApprovalState, Entry, EntryId, EntryKind, Item, ItemNumber, Kind, Minutes, Outcome, Participant,
    PointOutcome, Section, SectionKind, Votes,
};
pub use parse::{CommitteeNames, parse, same_committee};
