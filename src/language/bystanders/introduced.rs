//! Who is shown to act by what stands before the name: "spurgte Bo Lund", "underskrevet af Bo Lund", "oplæg ved Bo Lund",
//! "suppleant for Bo Lund".
//!
//! What stands before a name leads to it over a few words only, and a preposition on the way says whether the person does
//! the thing ("af", "fra", "ved") or is what it is about ("om", "for", "over").

use super::sentence::Sentence;
use super::{Acting, Sought, leads_to_agent, leads_to_matter};
use crate::text::Span;
use crate::text::words::Word;

/// Words from a person back to what they do.
const REACH_BACK: usize = 5;
/// Words to what somebody does, beyond which only an office counts: "Ny TR i Løn er fra maj Bo Lund".
const REACH_BACK_TO_VERB: usize = 3;
/// Words of a title between "og" and whom it joins.
const TITLE: usize = 3;
/// Bytes between two who are named together.
const JOIN_REACH: usize = 24;

impl Acting {
    /// Whether the name tells who an office belongs to: "Stedfortræder for direktøren på dette møde var chef Bo Lund".
    fn is_predicate(&self, sentence: &Sentence<'_>, at: usize, steps: usize) -> bool {
        let titled = (1..=steps).all(|ahead| sentence.is_title(at + ahead));
        let copula = matches!(sentence.form(at), "er" | "var" | "bliver" | "blev");
        let office =
            |at: usize| sentence.is_title(at) && (sentence.takes_seat(at) || self.has_at(sentence, at, Sought::Acting));
        copula && steps < 2 && titled && (office(0) || (office(1) && sentence.form(0).starts_with("ny")))
    }

    /// "spurgte Bo Lund", "underskrevet af Bo Lund", "oplæg ved Bo Lund", "kontakt til Bo Lund".
    pub(super) fn is_introduced(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let mut until = person.start();
        let end = sentence.all.iter().position(|word| word.span.start() >= person.start()).unwrap_or_default();
        for (steps, word) in sentence.all.get(..end).unwrap_or_default().iter().rev().enumerate() {
            let gap = Span::new(word.span.end(), until).of(sentence.text);
            let form = word.folded.as_str();
            let before = end.checked_sub(steps + 2);
            let after_som = before.and_then(|at| sentence.all.get(at)).is_some_and(|word| word.folded == "som");
            // "Dansk Metals formand, Bo Lund": a title that the name only explains.
            let explained = gap == ", " && steps == 0 && sentence.is_title(end - 1);
            if steps > REACH_BACK || gap.contains([';', ',', '.', ':', '(']) && gap != ". " && !explained {
                return self.listed(sentence, word, gap)
                    || (gap == ": " && self.has_at(sentence, end - steps - 1, Sought::Acting));
            }
            if (steps == 0 && sentence.is_sent_by(end - 1))
                || self.is_predicate(sentence, end - steps - 1, steps)
                || sentence.is_accompanied(person, steps, form)
            {
                return true;
            }
            // "Ny TR i Løn er Bo Lund", but not "efter ønske fra TR blev Bo Lund …".
            let governed = before.and_then(|at| sentence.all.get(at)).is_some_and(|word| leads_to_agent(&word.folded));
            let title = governed && sentence.is_role(word);
            let near = steps <= REACH_BACK_TO_VERB || sentence.takes_seat(end - steps - 1) || sentence.is_role(word);
            if (near
                && self.has_at(sentence, end - steps - 1, Sought::Acting)
                && !(after_som && steps > 0)
                && !(title && steps > 0))
                || (steps == 0 && matches!(form, "ved" | "v" | "ifølge" | "iflg"))
            {
                return true;
            }
            if form == "og" {
                return steps <= TITLE && self.joined(sentence, word.span.start(), person);
            }
            // "kurset om sorg med psykolog Bo Lund"
            if steps < 2 && form == "med" && sentence.is_event(end - steps - 1) {
                return true;
            }
            if steps == 0
                && matches!(form, "til" | "hos")
                && (sentence.is_addressed(person) || self.is_sent(sentence, person))
            {
                return true;
            }
            // "besøg hos Bo Lund, som": it is others who come, and of whom they see there something is told.
            if steps == 0 && form == "hos" && sentence.opens_relative(person) {
                return false;
            }
            if steps == 0 && self.is_replaced(sentence, end - 1, person) {
                return true;
            }
            if leads_to_agent(form) {
                let agent = form == "af" && !sentence.is_genitive(person) && sentence.is_done_by(end - steps - 1);
                return agent || before.is_some_and(|at| self.has_done(sentence, at, form));
            }
            if leads_to_matter(form) {
                return false;
            }
            until = word.span.start();
        }
        false
    }

    /// Whether what stands here, before "af", "fra" or "for", is an act of whoever follows: "forslag fra", "ledes af",
    /// "består nu af".
    fn has_done(&self, sentence: &Sentence<'_>, at: usize, preposition: &str) -> bool {
        let Some(word) = sentence.all.get(at) else { return false };
        let adverb = matches!(word.folded.as_str(), "nu" | "fremover" | "fortsat" | "også");
        let at = if adverb { at.saturating_sub(1) } else { at };
        // "suppleant for Bo Lund", but not "bekymring for Bo Lund".
        if preposition == "for" && !sentence.takes_seat(at) {
            return false;
        }
        self.has_at(sentence, at, Sought::Acting)
    }

    /// Whether somebody takes their seat who is shown to have one: "Mette er ny AMR i stedet for Bo", "er det Mette, der
    /// afløser Bo i valggruppe B".
    fn is_replaced(&self, sentence: &Sentence<'_>, before: usize, person: Span) -> bool {
        let instead =
            sentence.is_form(before, "for") && before.checked_sub(1).is_some_and(|at| sentence.is_form(at, "stedet"));
        let takes = ["afløser", "afløste", "erstatter", "erstattede"].iter().any(|form| sentence.is_form(before, form));
        let in_office = |other: &Span| self.acts(sentence, *other) || self.is_introduced(sentence, *other);
        (instead || takes) && sentence.persons.iter().any(|other| other.end() < person.start() && in_office(other))
    }

    /// Whether somebody acting in office sends them something: "Mette sender en oversigt over reglerne til Bo".
    fn is_sent(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let sends = sentence.all.iter().any(|word| word.folded.contains("send") && word.span.end() <= person.start());
        sends && sentence.persons.iter().any(|other| other.end() < person.start() && self.acts(sentence, *other))
    }

    /// Whether somebody stands in a list of names behind a word for what they are named for: "Valgt: Bo Lund (FOA), …".
    pub(super) fn is_labelled(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let Some((label, names)) = sentence.text.split_once(": ") else { return false };
        let start = sentence.text.len() - names.len();
        let mut depth = 0;
        let only_names = names.split(' ').all(|word| {
            let inside = depth > 0 || word.starts_with('(');
            depth += word.matches('(').count();
            depth -= word.matches(')').count().min(depth);
            inside || word.starts_with(char::is_uppercase) || matches!(word, "og" | "samt")
        });
        let labels = || (0..sentence.at(label.len())).any(|at| self.has_at(sentence, at, Sought::Acting));
        person.start() >= start && only_names && labels()
    }

    /// Whether somebody stands before a comma who is introduced: "deltog Bo Lund, Mette Holm og …".
    fn listed(&self, sentence: &Sentence<'_>, word: &Word, gap: &str) -> bool {
        let other = sentence.persons.iter().find(|other| other.end() == word.span.end());
        gap == ", " && other.is_some_and(|other| self.is_introduced(sentence, *other))
    }

    /// Whether whoever stands before an "og" is introduced: "underskrevet af Bo Lund for FOA og Mette Holm".
    fn joined(&self, sentence: &Sentence<'_>, until: usize, person: Span) -> bool {
        let before = sentence.persons.iter().filter(|other| other.end() <= until && **other != person);
        let nearest = before.max_by_key(|other| other.end());
        let near = |other: &Span| until.saturating_sub(other.end()) < JOIN_REACH;
        nearest.is_some_and(|other| near(other) && self.is_introduced(sentence, *other))
    }
}
