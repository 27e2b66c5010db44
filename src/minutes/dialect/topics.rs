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
    /// How many were for it and against it.
    Vote,
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

/// How many texts are walked in step.
const LANES: usize = 4;

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
        let Ok(start) = automaton.start_state(Anchored::No) else { return u16::MAX };
        self.walk(automaton, start, text.as_bytes(), self.always | self.of_state(automaton, start))
    }

    /// The same for each of several texts.
    ///
    /// The searches of the crate give each word by itself; here one walk from state to state finds all that overlap, and
    /// costs no more than to find none. A step must wait for the one before it, so several texts are walked in step.
    pub fn of_texts<'t>(&self, texts: impl ExactSizeIterator<Item = &'t str>) -> Vec<u16> {
        let Some(automaton) = &self.automaton else { return vec![self.always; texts.len()] };
        let Ok(start) = automaton.start_state(Anchored::No) else { return vec![u16::MAX; texts.len()] };
        let mut found = vec![self.always | self.of_state(automaton, start); texts.len()];
        let mut note = |place: usize, state: StateID| {
            if let Some(found) = found.get_mut(place) {
                *found |= self.of_state(automaton, state);
            }
        };
        let mut waiting = texts.enumerate().map(|(place, text)| (place, text.as_bytes()));
        let mut lanes: [(usize, &[u8]); LANES] = std::array::from_fn(|_| waiting.next().unwrap_or_default());
        let mut states = [start; LANES];
        'walk: loop {
            for (lane, state) in lanes.iter_mut().zip(&mut states) {
                while lane.1.is_empty() {
                    let Some(next) = waiting.next() else { break 'walk };
                    (*lane, *state) = (next, start);
                }
            }
            let steps = lanes.iter().map(|(_, rest)| rest.len()).min().unwrap_or_default();
            let parts = lanes.map(|(_, rest)| rest.split_at_checked(steps).unwrap_or_default());
            let [(first, _), (second, _), (third, _), (fourth, _)] = parts;
            let [mut one, mut two, mut three, mut four] = states;
            for (((first, second), third), fourth) in first.iter().zip(second).zip(third).zip(fourth) {
                one = automaton.next_state(Anchored::No, one, *first);
                two = automaton.next_state(Anchored::No, two, *second);
                three = automaton.next_state(Anchored::No, three, *third);
                four = automaton.next_state(Anchored::No, four, *fourth);
                let special = |state: StateID| automaton.is_special(state);
                if special(one) | special(two) | special(three) | special(four) {
                    for (state, (place, _)) in [one, two, three, four].into_iter().zip(&lanes) {
                        note(*place, state);
                    }
                }
            }
            states = [one, two, three, four];
            for ((_, rest), (_, behind)) in lanes.iter_mut().zip(parts) {
                *rest = behind;
            }
        }
        for ((place, rest), state) in lanes.into_iter().zip(states) {
            if let Some(found) = found.get_mut(place) {
                *found = self.walk(automaton, state, rest, *found);
            }
        }
        found
    }

    /// What was found, with what the automaton finds from a state on.
    fn walk(&self, automaton: &DFA, mut state: StateID, text: &[u8], mut found: u16) -> u16 {
        for byte in text {
            state = automaton.next_state(Anchored::No, state, *byte);
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
