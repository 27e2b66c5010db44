//! What a line may speak of, told by one pass over its letters for all topics together.
//!
//! Each topic has its own words and patterns ([`Wording`]); asked one by one, each passes over the whole line. One automaton
//! over the words of all keeps the lines apart that speak of none, and says for the others which to ask.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

use super::Wording;
use super::wording::both_cases;

/// What is asked of lines and their sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::minutes) enum Topic {
    /// Who came and went.
    Attendance,
    /// The name of an attachment.
    Attachment,
    /// What closes an item in its title.
    ClosedTitle,
    /// What closes it anywhere.
    Closed,
    /// A word such as "beslutning".
    Decision,
}

/// The topics that a line may speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::minutes) struct Topics(u8);

impl Topics {
    /// Whether it may speak of this one.
    pub fn has(self, topic: Topic) -> bool {
        self.0 & bit(topic) != 0
    }
}

fn bit(topic: Topic) -> u8 {
    1 << topic as u8
}

/// The words of all topics.
#[derive(Debug, Default)]
pub(super) struct TopicLetters {
    automaton: Option<AhoCorasick>,
    /// The topics of each word of the automaton.
    words: Vec<u8>,
    /// Topics whose words are not known: any line may speak of them.
    always: u8,
}

impl TopicLetters {
    pub fn of(wordings: &[(Topic, &Wording)]) -> Self {
        let mut own = Self::default();
        let mut texts: Vec<String> = Vec::new();
        for (topic, wording) in wordings {
            match wording.words() {
                Some(words) => {
                    texts.extend(words.iter().flat_map(|word| both_cases(word)));
                    own.words.resize(texts.len(), bit(*topic));
                }
                None => own.always |= bit(*topic),
            }
        }
        let mut builder = AhoCorasickBuilder::new();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
        match builder.build(&texts) {
            Ok(automaton) => own.automaton = Some(automaton),
            Err(_) => own.always = u8::MAX,
        }
        own
    }

    /// The topics that a text may speak of.
    pub fn of_text(&self, text: &str) -> Topics {
        let found = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text));
        let words = found.filter_map(|found| self.words.get(found.pattern().as_usize()));
        Topics(words.fold(self.always, |topics, word| topics | word))
    }
}
