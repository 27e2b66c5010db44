//! What the rules may ask about a meeting beside the words of a sentence: who is a person, what belongs to a story.

use std::collections::BTreeMap;

use crate::language::persons::Names;
use crate::language::stories::Topic;
use crate::minutes::{EntryId, Item, Minutes};
use crate::rules::Hints;
use crate::text::Span;
use crate::text::stem::Inflection;

/// Hints drawn from the minutes themselves.
#[derive(Debug)]
pub struct MeetingHints {
    names: Names,
    story_matches: BTreeMap<EntryId, u32>,
}

impl MeetingHints {
    /// Knows the participants and the stories of `minutes`.
    #[must_use]
    pub fn new(minutes: &Minutes, names: &Names, inflection: &Inflection) -> Self {
        let participants = minutes.participants.iter().map(|participant| participant.name.as_str());
        let stories: Vec<Topic> = minutes
            .items
            .iter()
            .filter(|item| item.stories)
            .flat_map(Item::own_entries)
            .map(|entry| Topic::of(&entry.text, inflection))
            .collect();
        let mut story_matches = BTreeMap::new();
        if !stories.is_empty() {
            for entry in minutes.items.iter().filter(|item| !item.stories).flat_map(Item::own_entries) {
                let topic = Topic::of(&entry.text, inflection);
                let best = stories.iter().map(|story| story.shared_with(&topic)).max().unwrap_or_default();
                if let Some(id) = entry.id.filter(|_| best > 0) {
                    story_matches.insert(id, best);
                }
            }
        }
        Self { names: names.with_participants(participants), story_matches }
    }
}

impl Hints for MeetingHints {
    fn persons(&self, text: &str) -> Vec<Span> {
        self.names.find(text)
    }

    fn story_match(&self, id: EntryId) -> u32 {
        self.story_matches.get(&id).copied().unwrap_or_default()
    }
}
