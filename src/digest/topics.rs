//! What each title and sentence of a meeting is about, worked out once for all letters made of it.

use std::collections::BTreeMap;

use super::hints::MeetingHints;
use crate::language::lexicon::Lexicon;
use crate::language::stories::Named;
use crate::language::topic::Topic;
use crate::minutes::{EntryId, EntryKind, Item, ItemNumber, Minutes};
use crate::rules::{ScoredMinutes, Trace};

/// Minutes with all that letters are chosen by.
#[derive(Clone, Debug, Default)]
pub struct ScoredMeeting {
    /// The trace of every sentence that letters may quote.
    pub sentences: ScoredMinutes,
    /// What they are about.
    pub topics: MeetingTopics,
    /// What the rules may ask about any other string of the letter.
    pub hints: MeetingHints,
}

impl ScoredMeeting {
    /// The trace of a sentence; none for one that is not scored.
    #[must_use]
    pub fn trace(&self, id: EntryId) -> Option<&Trace> {
        self.sentences.trace(id)
    }
}

/// The topics of a meeting.
#[derive(Clone, Debug, Default)]
pub struct MeetingTopics {
    /// Each story with what it names.
    pub(super) stories: Vec<(String, Named)>,
    /// Items that a story can belong to, in order, with what their titles name.
    pub(super) titles: Vec<(ItemNumber, Named)>,
    /// Own decision sentences.
    pub(super) sentences: BTreeMap<EntryId, Topic>,
    /// The same, each with the words of the sub-heading above it: "Lukkedage i julen" names what no sentence under it does.
    placed: BTreeMap<EntryId, Topic>,
}

impl MeetingTopics {
    /// Of these minutes.
    #[must_use]
    pub fn new(minutes: &Minutes, lexicon: &Lexicon) -> Self {
        let open = |stories: bool| minutes.items.iter().filter(move |item| !item.closed && item.stories == stories);
        let stories: Vec<(String, Named)> = open(true)
            .flat_map(Item::own_entries)
            .filter(|entry| entry.kind.is_scored())
            .map(|entry| (entry.text.clone(), Named::by(&entry.text, lexicon)))
            .collect();
        let titles = open(false).map(|item| (item.number, Named::by(&item.title, lexicon))).collect();
        let mut sentences = BTreeMap::new();
        let mut placed = BTreeMap::new();
        for item in open(false) {
            let mut heading = None;
            for entry in item.own_entries() {
                let topic = Topic::of(&entry.text, &lexicon.inflection);
                if entry.kind == EntryKind::Subheading {
                    heading = Some(topic.clone());
                }
                if let Some(id) = entry.id {
                    placed.insert(id, topic.clone().with(heading.as_ref()));
                    sentences.insert(id, topic);
                }
            }
        }
        Self { stories, titles, sentences, placed }
    }

    /// What a sentence is about, its sub-heading included.
    pub(super) fn placed(&self, id: EntryId) -> Topic {
        self.placed.get(&id).cloned().unwrap_or_default()
    }

    /// The topics of an item's sentences, in order, with their sub-headings.
    pub(super) fn of_item(&self, item: ItemNumber) -> Vec<Topic> {
        let first = EntryId { item, index: 0 };
        let last = EntryId { item, index: usize::MAX };
        self.placed.range(first..=last).map(|(_, topic)| topic.clone()).collect()
    }
}
