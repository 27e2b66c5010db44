//! Rule files become a [`RuleSet`], which scores every sentence and keeps the trace.
//!
//! The way of a rule: `read` checks the shape of each table and reports all that is wrong with it; `compile` resolves
//! names to numbers, phrases to the phrase book, patterns to engines; `matcher` finds candidates through the phrase book
//! and confirms them; `score` sums the weights of the findings for each audience. What a rule found does not depend on
//! the audience, so matching is done once. The trace is not a second run for people who ask: it is what the scorer
//! computes, and the letter is built from it.

mod almost;
mod analysis;
mod broken;
mod compile;
mod condition;
mod examples;
pub mod feature;
mod files;
mod lint;
mod load;
mod matcher;
pub mod messages;
mod model;
mod pattern;
mod read;
mod score;
mod set;
pub mod skeleton;
mod trace;
mod vary;
mod version;
mod voices;

pub use almost::{Almost, NearMiss, Why};
pub use examples::Split;
pub use lint::Tally;
pub use load::{inspect, load};
pub use model::{Effect, Exception, Group, Half, Reach, Rule, Scope, Statement, Voice};
pub use read::form::FILE as FORM;
pub use score::{
    Hints, ItemContext, NoHints, Preceded, ScoredMinutes, Scorer, SentenceContext, score_minutes, sentence_contexts,
};
pub use set::RuleSet;
pub use trace::{GroupSum, Hit, HitState, Trace};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
