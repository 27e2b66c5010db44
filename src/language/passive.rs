//! Passive voice: "blev godkendt", "er vedtaget", "besluttes". By form alone, so it is a hint and never a proof: "findes" and
//! "synes" look passive and are not, and stand in a list of exceptions.

use crate::text::words::Words;

const BECOME: [&str; 4] = ["bliver", "blev", "blevet", "blive"];
const MODALS: [&str; 11] = ["vil", "skal", "kan", "bør", "må", "ville", "skulle", "kunne", "måtte", "burde", "at"];
const NO_PASSIVE: [&str; 16] = [
    "findes",
    "synes",
    "lykkes",
    "mangles",
    "trives",
    "enes",
    "mødes",
    "ses",
    "deres",
    "vores",
    "alles",
    "andres",
    "således",
    "ligeledes",
    "fremadrettet",
    "særligt",
];
/// Words between the helping verb and the verb.
const REACH: usize = 4;

/// The places of passive verbs among `words`: a participle soon after "blive", or an -es form after a modal verb.
#[must_use]
pub fn passives(words: &Words) -> Vec<usize> {
    let helped = |index: usize, helpers: &[&str]| {
        (index.saturating_sub(REACH)..index).any(|earlier| helpers.contains(&words.folded(earlier)))
    };
    let passive = |(index, form): (usize, &str)| {
        let found = is_participle(form) && helped(index, &BECOME) || is_s_form(form) && helped(index, &MODALS);
        (found && !NO_PASSIVE.contains(&form)).then_some(index)
    };
    words.forms().enumerate().filter_map(passive).collect()
}

fn is_participle(word: &str) -> bool {
    word.chars().count() >= 5
        && (word.ends_with("et") || word.ends_with("dt") || word.ends_with("gt") || word.ends_with("ede"))
}

fn is_s_form(word: &str) -> bool {
    word.chars().count() >= 5 && word.ends_with("es")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    fn found(text: &str) -> Vec<String> {
        let all = Words::new(text);
        passives(&all).into_iter().map(|index| all.folded(index).to_owned()).collect()
    }

    #[test]
    fn passives_follow_a_helping_verb() {
        assert_eq!(found("Punktet blev godkendt."), ["godkendt"]);
        assert_eq!(found("Ordningen skal nu evalueres."), ["evalueres"]);
        assert!(found("Udvalget godkendte budgettet.").is_empty());
        assert!(found("Der skal findes en løsning.").is_empty());
    }
}
