//! What Danish minutes say: names, dates, who speaks, what leans on what. Pure functions over the text of a sentence;
//! the words they know are data in `rules/sprog/`.

pub mod actors;
pub mod agreements;
pub mod amounts;
mod befallen;
mod bystanders;
pub mod dates;
pub mod lexicon;
pub mod messages;
pub mod passive;
pub mod persons;
pub mod quotation;
pub mod same;
pub mod stories;
pub mod topic;
mod unnamed;
pub mod when;
