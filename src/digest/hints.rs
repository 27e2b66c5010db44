//! What the rules may ask about a meeting beside the words of a sentence: who is a person, what belongs to a story.

use std::collections::BTreeMap;

use super::MeetingTopics;
use crate::language::persons::{Names, People};
use crate::minutes::{EntryId, Minutes};
use crate::rules::Hints;

/// Hints drawn from the minutes themselves.
#[derive(Clone, Debug, Default)]
pub struct MeetingHints {
    names: Names,
    story_matches: BTreeMap<EntryId, u32>,
}

impl MeetingHints {
    /// Knows no meeting, as the examples of rules do: a person is whoever looks like one.
    #[must_use]
    pub fn without_meeting(names: &Names) -> Self {
        Self { names: names.clone(), story_matches: BTreeMap::new() }
    }

    /// Knows the participants of `minutes` and its stories.
    #[must_use]
    pub fn new(minutes: &Minutes, names: &Names, topics: &MeetingTopics) -> Self {
        let participants = minutes.participants.iter().map(|one| (one.name.as_str(), one.role.as_deref()));
        let matches = topics.sentences.iter().filter_map(|(id, topic)| {
            let best = topics.stories.iter().map(|(_, story)| story.topic.shared_with(topic)).max().unwrap_or_default();
            (best > 0).then_some((*id, best))
        });
        Self { names: names.with_participants(participants), story_matches: matches.collect() }
    }

    /// Everybody a title or a sub-heading speaks of.
    pub(super) fn people_of_heading(&self, text: &str) -> People {
        self.names.people_of_heading(text)
    }
}

impl Hints for MeetingHints {
    fn people(&self, text: &str) -> People {
        self.names.people(text)
    }

    fn people_with(&self, text: &str, participant: &str) -> People {
        self.names.with_participants([(participant, None)]).people(text)
    }

    fn story_match(&self, id: EntryId) -> u32 {
        self.story_matches.get(&id).copied().unwrap_or_default()
    }
}
