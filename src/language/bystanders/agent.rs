//! Who did what a passive tells: "rejst af Bo Lund", "overtages fra næste møde af Bo Lund". Whoever does something to a
//! paper or a matter acts, whatever the verb; what is done to people is another story.

use super::sentence::Sentence;

/// Words from "af" back to the verb, over when it is done, and from a participle to its auxiliary.
const VERB_REACH: usize = 5;
const AUXILIARY_REACH: usize = 6;
/// Letters of a verb in the passive at least.
const PASSIVE: usize = 5;

/// Words that tell when and how something is done, and particles of its verb: "skrevet om af".
fn tells_when(form: &str) -> bool {
    form.starts_with(|first: char| first.is_ascii_digit())
        || matches!(
            form,
            "fra"
                | "på"
                | "til"
                | "i"
                | "pr"
                | "den"
                | "det"
                | "næste"
                | "første"
                | "samme"
                | "hver"
                | "hvert"
                | "møde"
                | "mødet"
                | "år"
                | "dag"
                | "uge"
                | "måned"
                | "fremover"
                | "nu"
                | "fortsat"
                | "også"
                | "igen"
                | "snart"
                | "herefter"
                | "om"
                | "ud"
                | "ind"
                | "op"
                | "frem"
                | "rundt"
                | "igennem"
                | "over"
                | "fællesskab"
                | "sammen"
                | "derefter"
                | "januar"
                | "februar"
                | "marts"
                | "april"
                | "maj"
                | "juni"
                | "juli"
                | "august"
                | "september"
                | "oktober"
                | "november"
                | "december"
        )
}

/// Words for people whom no list of occupations holds.
fn is_anybody(form: &str) -> bool {
    let starts = ["barn", "børn", "borger", "bebo", "patient", "pårørende", "ansat", "kolleg"];
    matches!(form, "han" | "hun" | "vi" | "jeg" | "de") || starts.iter().any(|start| form.starts_with(start))
}

impl Sentence<'_> {
    /// Whether something is done by whoever stands behind this "af", and is not done to people.
    pub(super) fn is_done_by(&self, af: usize) -> bool {
        self.passive_before(af).is_some()
    }

    /// The same where something happens in the order of business: "forelægges af", but not "blev stjålet af".
    pub(super) fn is_dealt_with_by(&self, af: usize) -> bool {
        self.passive_before(af).is_some_and(|verb| self.form(verb).ends_with("es"))
    }

    fn passive_before(&self, af: usize) -> Option<usize> {
        for back in 1..=VERB_REACH {
            let verb = af.checked_sub(back)?;
            if self.between_words(verb).contains([',', ';', ':']) {
                return None;
            }
            if self.is_run(verb) || self.is_made(verb) {
                return (!self.is_suffered(verb)).then_some(verb);
            }
            if !tells_when(self.form(verb)) {
                return None;
            }
        }
        None
    }

    /// "Ledes", "arrangeres", "består" of them.
    fn is_run(&self, at: usize) -> bool {
        let form = self.form(at);
        form == "består" || (form.ends_with("es") && form.chars().count() >= PASSIVE)
    }

    /// "Blev rejst", "er underskrevet", and "et forslag rejst" as well.
    fn is_made(&self, at: usize) -> bool {
        let form = self.form(at);
        let participle = form.chars().count() >= PASSIVE && (form.ends_with('t') || form.ends_with("ede"));
        let auxiliary = |back: usize| {
            let before = at.checked_sub(back).map_or("", |at| self.form(at));
            matches!(before, "er" | "var" | "blev" | "bliver" | "blevet" | "blive" | "være" | "været")
        };
        participle && (1..=AUXILIARY_REACH).any(auxiliary)
    }

    /// Whether what is done is done to people: "kollegerne mobbes af Bo Lund".
    fn is_suffered(&self, verb: usize) -> bool {
        let people = |word: &crate::text::words::Word| word.folded.ends_with("erne") || is_anybody(&word.folded);
        self.all.iter().take(verb).any(people)
            || self
                .persons
                .iter()
                .any(|person| self.all.get(verb).is_some_and(|word| person.end() <= word.span.start()))
    }

    /// Whether somebody is named with "sammen med" behind others who act: "skriver planen sammen med Bo Lund".
    pub(super) fn is_accompanied(&self, person: crate::text::Span, steps: usize, form: &str) -> bool {
        let first = self.at(person.start());
        let others = self.persons.iter().any(|other| other.end() < person.start());
        steps == 0 && form == "med" && others && first.checked_sub(2).is_some_and(|at| self.is_form(at, "sammen"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn whoever_does_something_to_a_matter_acts() {
        for text in [
            "Taget blev gnublet af Bo Lund.",
            "Taget gnubles fra næste møde af Bo Lund.",
            "Taget er gnublet om af chef Bo Lund.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn what_is_done_to_people_is_another_story() {
        for text in [
            "Kollegerne blev gnublet af Bo Lund.",
            "Et barn gnubles af Bo Lund.",
            "Mødet er flyttet på grund af Bo Lund.",
        ] {
            assert_eq!(found(text), ["Bo Lund"], "{text}");
        }
    }
}
