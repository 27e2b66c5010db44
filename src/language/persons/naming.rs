//! Where a name begins and ends: runs of capitalised words, and what shows that they are one.

use super::things::Candidate;
use super::words::{
    NAME_VERBS, OPENING_WORDS, PLACE_WORDS, is_genitive_of_abbreviation, is_initials, is_pronominal_adverb, is_shouted,
    listed_with_genitive, looks_common,
};
use super::{Names, starts_upper};
use crate::text::Span;
use crate::text::words::{Word, words};

impl Names {
    /// Words that no list knows but that stand as names do. Too weak a sign to keep a sentence back for its own sake, and
    /// strong enough where something private is told next to it: no list holds every name that people bear.
    pub(super) fn perhaps(&self, all: &[Word], named: &[Span], text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut after_run = 0;
        for (index, word) in all.iter().enumerate() {
            if index < after_run {
                continue;
            }
            let shown = word.span.of(text);
            let run = self.run(all, index, text);
            after_run = index + run.len().max(1);
            let known = named.iter().any(|name| name.start() <= word.span.start() && word.span.end() <= name.end());
            let abbreviation = self.stands_for_somebody(all, index, text);
            let word_of_its_own =
                run.len() == 1 && shown.chars().count() > 2 && !is_initials(shown) && !is_shouted(shown);
            let alone = abbreviation || word_of_its_own;
            if !alone || known || self.belongs_to_thing(&Candidate { all, from: index, run: &run, text }) {
                continue;
            }
            let before = index.checked_sub(1).and_then(|before| all.get(before)).map(|word| word.folded.as_str());
            let stands = match before {
                None => {
                    let next = all.get(index + 1).map(|word| word.folded.as_str());
                    !looks_common(shown) && next.is_some_and(|next| NAME_VERBS.contains(&next))
                }
                // "i Birkely", "på Solgården"
                Some(before) => !PLACE_WORDS.contains(&before),
            };
            if stands {
                found.push(word.span);
            }
        }
        found
    }

    /// "MHJ er her", "M.H. er her": the initials of a name, where no list knows the letters and a verb follows that a name stands before.
    fn stands_for_somebody(&self, all: &[Word], index: usize, text: &str) -> bool {
        let Some(word) = all.get(index) else { return false };
        let shown = word.span.of(text);
        let next = all.get(index + 1).map(|word| word.folded.as_str());
        is_shouted(shown)
            && (2..=4).contains(&shown.chars().filter(|letter| letter.is_alphabetic()).count())
            && shown.chars().all(|letter| letter.is_alphabetic() || letter == '.')
            && !self.not_names.contains(&word.folded)
            && next.is_some_and(|next| NAME_VERBS.contains(&next))
    }

    /// The names in a text, as spans of it.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        self.named(&words(text), text)
    }

    pub(super) fn named(&self, all: &[Word], text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut index = 0;
        while index < all.len() {
            let mut run = self.run(all, index, text);
            // "Ifølge Bo Lund": the first word of a sentence is capitalised anyway.
            let known =
                |word: &&&Word| self.is_first_name(word.span.of(text)) || self.is_participant(word.span.of(text));
            let opening = |word: &&Word| OPENING_WORDS.contains(&word.folded.as_str());
            if index == 0
                && run.len() > 1
                && !run.first().is_some_and(|word| known(&word))
                && (run.get(1).is_some_and(|word| known(&word)) || run.first().is_some_and(opening))
            {
                run.truncate(1);
            }
            if let (Some(first), Some(last)) = (run.first(), run.last())
                && self.is_person(&Candidate { all, from: index, run: &run, text })
            {
                found.push(Span::new(first.span.start(), last.span.end()));
            }
            index += run.len().max(1);
        }
        found
    }

    /// Capitalised words from here on that can be one name: side by side, with initials and particles between.
    fn run<'w>(&self, all: &'w [Word], from: usize, text: &str) -> Vec<&'w Word> {
        let mut run: Vec<&Word> = Vec::new();
        let mut named = 0;
        for word in all.iter().skip(from) {
            let shown = word.span.of(text);
            let between = run.last().map(|last| Span::new(last.span.end(), word.span.start()).of(text));
            let initial = run.last().is_some_and(|last| is_initials(last.span.of(text)));
            let adjacent = between.is_none_or(|between| between == " " || (initial && between == ". "));
            let particle = !run.is_empty() && self.particles.contains(shown);
            let called = run.is_empty()
                && from.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| {
                    Span::new(before.span.end(), word.span.start()).of(text) == " " && self.introduces(before, text)
                });
            // "Christian IV's" is a name, "IT's" is the department in front of one.
            let department = run.is_empty() && is_genitive_of_abbreviation(shown);
            if department || !adjacent || !(particle || self.can_be_name(shown) || (called && self.is_called(shown))) {
                break;
            }
            run.push(word);
            if !particle {
                named = run.len();
            }
        }
        run.truncate(named);
        run
    }

    /// "overassistent", "fru": what stands behind is a name, whatever it ends in.
    fn introduces(&self, word: &Word, text: &str) -> bool {
        let lower = word.span.of(text).trim_end_matches('.').to_lowercase();
        self.titles.contains(&lower) || self.unnamed.is_occupation(&lower)
    }

    fn is_called(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let letters = shown.chars().all(|c| c.is_alphabetic() || c == '-') && shown.split('-').all(starts_upper);
        let body = self.named_things.contains(&lower) || self.not_names.contains(&lower);
        starts_upper(shown) && !is_shouted(shown) && letters && !body && !lower.ends_with("udvalget")
    }

    fn can_be_name(&self, shown: &str) -> bool {
        if is_initials(shown) {
            return true;
        }
        let letters = shown.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '\u{301}'));
        // "Anne-Sofie" is a name, "Laura-modellen" something that has one.
        let parts = shown.split('-').all(|part| starts_upper(part) || self.particles.contains(part));
        let known = self.is_first_name(shown) || self.is_surname(shown) || self.is_participant(shown);
        starts_upper(shown) && letters && parts && (known || self.is_free(shown))
    }

    /// Whether a word is known neither as a common word nor as part of an organisation.
    fn is_free(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let thing = self.named_things.contains(&lower) || self.unnamed.is_occupation(&lower);
        let common = self.not_names.contains(&lower)
            || is_pronominal_adverb(&lower)
            || lower.strip_suffix('s').is_some_and(|bare| bare.chars().count() > 3 && self.not_names.contains(bare));
        !is_shouted(shown) && !thing && !common && !self.is_organisation(&lower)
    }

    pub(super) fn is_organisation(&self, lower: &str) -> bool {
        let bare = lower.trim_end_matches('s');
        self.organisation_endings.iter().any(|ending| lower.ends_with(ending.as_str()) || bare.ends_with(ending))
    }

    pub(super) fn is_first_name(&self, shown: &str) -> bool {
        listed_with_genitive(&self.first_names, shown)
            || (shown.contains('-')
                && shown.split('-').next().is_some_and(|part| self.first_names.contains(&part.to_lowercase())))
    }

    pub(super) fn is_surname(&self, shown: &str) -> bool {
        let lower = shown.to_lowercase();
        let bare = lower.trim_end_matches('s');
        let ends = |ending: &String| {
            let long =
                |word: &str| word.ends_with(ending.as_str()) && word.chars().count() > ending.chars().count() + 1;
            long(&lower) || long(bare)
        };
        listed_with_genitive(&self.surnames, shown)
            || (starts_upper(shown)
                && !self.not_names.contains(&lower)
                && !self.named_things.contains(&lower)
                && !self.is_organisation(&lower)
                && self.surname_endings.iter().any(ends))
    }

    pub(super) fn is_participant(&self, shown: &str) -> bool {
        listed_with_genitive(&self.participants, shown)
    }

    /// Whether all words of a name are those of participants.
    pub(super) fn took_part(&self, name: &str) -> bool {
        let known = |word: &Word| {
            let shown = word.span.of(name);
            is_initials(shown) || self.particles.contains(shown) || self.is_participant(shown)
        };
        words(name).iter().all(known)
    }
}
