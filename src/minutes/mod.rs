//! A document becomes [`Minutes`]: the meeting, its items, their sections and the sentences of the decisions.

pub mod model;

pub use model::{
    Approval, ApprovalState, Entry, EntryId, EntryKind, Item, ItemNumber, Kind, Minutes, Outcome, Participant,
    PointOutcome, Section, SectionKind, Votes,
};
