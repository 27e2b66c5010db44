//! What each title and sentence of a meeting is about, worked out once for all letters made of it.

use std::collections::BTreeMap;

use super::hints::MeetingHints;
use crate::language::lexicon::Lexicon;
use crate::language::stories::{Named, Sought};
use crate::language::topic::Topic;
use crate::minutes::{EntryId, EntryKind, Item, ItemNumber, Minutes, SectionKind};
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
    /// Items that a story can belong to, in order.
    pub(super) items: Vec<(ItemNumber, Sought)>,
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
        let mut items = Vec::new();
        let mut sentences = BTreeMap::new();
        let mut placed = BTreeMap::new();
        for item in open(false) {
            let mut heading = None;
            let mut sought = Sought {
                title: Named::by(&item.title, lexicon),
                sentences: Vec::new(),
                case: Topic::of(&beside_decision(item, minutes), &lexicon.inflection),
            };
            for entry in item.own_entries() {
                let topic = Topic::of(&entry.text, &lexicon.inflection);
                if entry.kind == EntryKind::Subheading {
                    heading = Some(topic.clone());
                }
                if let Some(id) = entry.id {
                    let under = topic.clone().with(heading.as_ref());
                    sought.sentences.push(under.clone());
                    placed.insert(id, under);
                    sentences.insert(id, topic);
                }
            }
            items.push((item.number, sought));
        }
        Self { stories, items, sentences, placed }
    }

    /// What a sentence is about, its sub-heading included.
    pub(super) fn placed(&self, id: EntryId) -> Topic {
        self.placed.get(&id).cloned().unwrap_or_default()
    }
}

/// All of an item but its decision.
fn beside_decision(item: &Item, minutes: &Minutes) -> String {
    let sections = item.sections.iter().filter(|section| section.kind != SectionKind::Decision);
    sections.map(|section| section.span.of(&minutes.text)).collect::<Vec<_>>().join("\n")
}
