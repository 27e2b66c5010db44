//! Whether a run of capitalised words is a person, or a street, a system or a house that bears the name of one.

use super::words::{OPENING_WORDS, TITLE_WORDS, is_initials, is_shouted, looks_common};
use super::{Names, starts_upper};
use crate::text::Span;
use crate::text::words::Word;

impl Names {
    /// Whether a run is the name of a person.
    pub(super) fn is_person(&self, candidate: &Candidate<'_>) -> bool {
        let Candidate { all, from, run, text } = *candidate;
        let shown: Vec<&str> = run.iter().map(|word| word.span.of(text)).collect();
        let Some(first) = shown.first() else { return false };
        let full: Vec<&str> =
            shown.iter().copied().filter(|word| word.chars().count() > 1 && !is_initials(word)).collect();
        let before = candidate.before();
        if full.is_empty() || self.belongs_to_thing(candidate) {
            return false;
        }
        if before.is_some_and(|word| self.titles.contains(&word.trim_end_matches('.').to_lowercase())) {
            return true;
        }
        let listed = |word: &str| self.is_first_name(word) || self.is_participant(word);
        if shown.iter().all(|word| is_shouted(word)) {
            return shown.len() > 1 && listed(first);
        }
        let surname = full.last().is_some_and(|last| self.is_surname(last));
        if listed(first) || (is_initials(first) && surname) {
            return true;
        }
        // "Sygeplejerske Kvistgaard": an occupation with a name behind it.
        if before.is_some_and(|word| self.unnamed.is_occupation(&word.to_lowercase())) {
            return full.iter().any(|word| !self.not_names.contains(&word.to_lowercase()));
        }
        let opens_sentence = from == 0;
        if opens_sentence && !listed(first) && self.is_named_noun(first) {
            return false;
        }
        match full.len() {
            0 | 1 => false,
            // The first word of a sentence is capitalised anyway: a name must show in the other one, or in its form.
            2 if opens_sentence => {
                surname
                    || full.last().is_some_and(|last| listed(last))
                    || !(looks_common(first) || all.get(from + 2).is_none())
            }
            _ => true,
        }
    }

    /// "Systemet Else", "Hotel Frederik", "Ellen Hørup Skolen", "Karen Blixens Plads": something bears the name.
    pub(super) fn belongs_to_thing(&self, candidate: &Candidate<'_>) -> bool {
        let before = candidate.before().map(str::to_lowercase);
        if before.is_some_and(|word| self.named_things.iter().any(|thing| word.ends_with(thing.as_str()))) {
            return true;
        }
        if candidate.before().is_some_and(|word| self.is_named_noun(word))
            || candidate.is_inside_title(&self.named_things)
            || self.is_among_things(candidate)
            || self.is_body(candidate)
        {
            return true;
        }
        // "Thorvald Hansens Gade", though people bear "Gade" too.
        let shown: Vec<String> = candidate.run.iter().map(|word| word.span.of(candidate.text).to_lowercase()).collect();
        if let [.., whose, last] = shown.as_slice()
            && whose.ends_with('s')
            && (self.named_things.contains(last) || self.is_genitive_of_place(whose, last))
        {
            return true;
        }
        // "Alma's Have", "Christian IV's Laug": people write "Almas".
        let genitive = |word: &&Word| word.span.of(candidate.text).ends_with("'s");
        let after = candidate.after();
        let (most, last) = candidate.run.split_at(candidate.run.len().saturating_sub(1));
        if most.iter().any(&genitive) || last.iter().any(&genitive) && after.is_some_and(|(next, _)| starts_upper(next))
        {
            return true;
        }
        let Some((next, gap)) = after else { return false };
        // "Kurt & Ko", "Anne Frank-lunden"
        let compound = next.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
        if gap == " & " || (gap == " " && starts_upper(next) && compound) {
            return true;
        }
        let lower = next.to_lowercase();
        let thing =
            || self.named_things.iter().any(|thing| lower.ends_with(thing.as_str())) || self.is_organisation(&lower);
        gap == " " && starts_upper(next) && !self.is_first_name(next) && thing()
    }

    /// "Værkstedet Thorsgård", "Sneploven Svend": a noun in the definite form that opens a name is what bears it, unless it
    /// is an occupation.
    fn is_named_noun(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let definite = lower.chars().count() > 6 && (lower.ends_with("et") || lower.ends_with("en"));
        let participle = ["illet", "iget", "eret", "medlemmet", "barnet"].iter().any(|ending| lower.ends_with(ending));
        let person = self.unnamed.is_person(&lower) || self.is_first_name(word) || self.is_surname(word);
        starts_upper(word) && definite && !participle && !person && !OPENING_WORDS.contains(&lower.as_str())
    }

    /// "Børnehusene Anna, Ester og Thorvald": a row of names behind a noun in the plural that is none for people.
    fn is_among_things(&self, candidate: &Candidate<'_>) -> bool {
        let mut until = candidate.run.first().map_or(0, |word| word.span.start());
        for word in candidate.all.get(..candidate.from).unwrap_or_default().iter().rev() {
            let gap = Span::new(word.span.end(), until).of(candidate.text);
            if !matches!(gap, " " | ", ") {
                return false;
            }
            until = word.span.start();
            if self.named_things.iter().any(|thing| word.folded.ends_with(thing.as_str())) {
                return gap == " ";
            }
            let named = starts_upper(word.span.of(candidate.text)) || word.folded == "og";
            if !named {
                return false;
            }
        }
        false
    }

    /// "Yngre Læger", "Fagbevægelsens Hovedorganisation", "Pædagogisk Rådgivning": words of which no name is made.
    fn is_body(&self, candidate: &Candidate<'_>) -> bool {
        let [first, .., last] = candidate.run else { return false };
        let (first, last) = (first.span.of(candidate.text), last.span.of(candidate.text));
        let lower = first.to_lowercase();
        let known = self.is_first_name(first) || self.is_surname(first) || self.is_participant(first);
        let whose = lower.chars().count() > 7 && ["ens", "ets", "nes"].iter().any(|ending| lower.ends_with(ending));
        let people = !self.is_surname(last) && self.unnamed.is_several(&last.to_lowercase());
        !known && (whose || people || lower.ends_with("isk"))
    }

    /// "Elisabeths Minde": a name in the genitive before a word that is no name.
    fn is_genitive_of_place(&self, whose: &str, last: &str) -> bool {
        let name = |word: &str| self.first_names.contains(word) || self.surnames.contains(word);
        whose.strip_suffix('s').is_some_and(name) && !name(whose) && !name(last) && !self.is_surname(last)
    }
}

/// A run of words that may be a name, where it stands.
pub(super) struct Candidate<'c> {
    pub all: &'c [Word],
    pub from: usize,
    pub run: &'c [&'c Word],
    pub text: &'c str,
}

impl Candidate<'_> {
    /// The word before, where nothing but a blank or the point of an abbreviation stands between.
    fn before(&self) -> Option<&str> {
        let word = self.all.get(self.from.checked_sub(1)?)?;
        let gap = Span::new(word.span.end(), self.run.first()?.span.start()).of(self.text);
        matches!(gap, " " | ". " | " »" | " \"").then(|| word.span.of(self.text))
    }

    /// "Kampagnen Ring til Ruth", "Indsatsen Bedre Dage med Bent": a thing, its name of several words, and this in it.
    fn is_inside_title(&self, things: &[String]) -> bool {
        let mut capitals = 0;
        for word in self.all.get(..self.from).unwrap_or_default().iter().rev().take(5) {
            let shown = word.span.of(self.text);
            if things.iter().any(|thing| word.folded == thing.as_str()) {
                return capitals > 0;
            }
            if starts_upper(shown) {
                capitals += 1;
            } else if !TITLE_WORDS.contains(&shown) {
                return false;
            }
        }
        false
    }

    /// The word behind, with what stands between.
    fn after(&self) -> Option<(&str, &str)> {
        let word = self.all.get(self.from + self.run.len())?;
        let gap = Span::new(self.run.last()?.span.end(), word.span.start()).of(self.text);
        Some((word.span.of(self.text), gap))
    }
}
