//! What a line may speak of, told by one pass over its letters for all topics together.
//!
//! Each topic has its own words and patterns ([`super::Wording`]); asked one by one, each passes over the whole line. One automaton
//! over the words of all keeps the lines apart that speak of none, and says for the others which to ask.

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, StartKind};

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
    /// The minutes are final.
    Approval,
    /// They are not.
    Draft,
    /// What became of an item.
    Outcome,
}

/// The topics that a line may speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::minutes) struct Topics(pub(super) u16);

impl Topics {
    /// Whether it may speak of this one.
    pub fn has(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u16) != 0
    }
}

/// The words of several wordings, at most sixteen.
#[derive(Debug, Default)]
pub(super) struct WordingLetters {
    automaton: Option<DFA>,
    /// A bit for each wording that has the word, by the number of the word in the automaton.
    words: Vec<u16>,
    /// Wordings whose words are not known: any text may say them.
    always: u16,
}

impl WordingLetters {
    /// The words of each wording, none where they are not known.
    pub fn of<'w>(wordings: impl Iterator<Item = Option<&'w [String]>>) -> Self {
        let mut own = Self::default();
        let mut texts: Vec<String> = Vec::new();
        for (place, words) in wordings.enumerate() {
            let bit = u32::try_from(place).ok().and_then(|place| 1_u16.checked_shl(place)).unwrap_or(u16::MAX);
            match words {
                Some(words) => {
                    texts.extend(words.iter().flat_map(|word| both_cases(word)));
                    own.words.resize(texts.len(), bit);
                }
                None => own.always |= bit,
            }
        }
        let mut builder = DFA::builder();
        builder.ascii_case_insensitive(true).start_kind(StartKind::Unanchored).prefilter(false);
        match builder.build(&texts) {
            Ok(automaton) => own.automaton = Some(automaton),
            Err(_) => own.always = u16::MAX,
        }
        own
    }

    /// A bit for each wording that a text may say.
    pub fn of_text(&self, text: &str) -> u16 {
        let Some(automaton) = &self.automaton else { return self.always };
        // The searches of the crate give each word by itself; here one walk from state to state finds all that overlap, and
        // costs no more than to find none.
        let Ok(mut state) = automaton.start_state(Anchored::No) else { return u16::MAX };
        let mut found = self.always | self.of_state(automaton, state);
        for byte in text.bytes() {
            state = automaton.next_state(Anchored::No, state, byte);
            if automaton.is_special(state) {
                found |= self.of_state(automaton, state);
            }
        }
        found
    }

    /// A bit for each wording whose word ends where the automaton is in this state.
    fn of_state(&self, automaton: &DFA, state: StateID) -> u16 {
        if !automaton.is_match(state) {
            return 0;
        }
        let words = (0..automaton.match_len(state)).map(|index| automaton.match_pattern(state, index).as_usize());
        words.filter_map(|word| self.words.get(word)).fold(0, |wordings, word| wordings | word)
    }
}
