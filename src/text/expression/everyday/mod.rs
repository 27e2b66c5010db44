//! A small engine for texts of everyday signs, which nearly all sentences of minutes are.
//!
//! What the general engine makes ready, it makes ready for all letters of all scripts, and at a word boundary it still falls
//! back to a slow way wherever a Danish letter stands: building it for a handful of sentences took longer than all else that a
//! preview does. With an alphabet of two hundred signs a class is four numbers, a pattern is a list of steps that is made
//! while it is read, and a search takes up where the general one would have begun to build. It finds what the general engine
//! finds, the leftmost match and of those the one that the pattern prefers; a test holds the two together. What it does not
//! know, in pattern or text, is left to the other.

mod alphabet;
mod program;
mod search;

pub(super) use self::alphabet::EverydayText;
pub(super) use self::program::{Program, compile};
