//! Passive voice: "blev godkendt", "er vedtaget", "besluttes". By form alone, so it is a hint and never a proof: "findes" and
//! "synes" look passive and are not, and stand in a list of exceptions.

use crate::text::words::Word;

const AUXILIARIES: [&str; 6] = ["bliver", "blev", "blevet", "blive", "vil", "skal"];
const NO_PASSIVE: [&str; 16] = [
    "findes", "synes", "lykkes", "mangles", "trives", "enes", "mødes", "ses", "deres", "vores", "alles", "andres",
    "dines", "ellers", "samtides", "flestes",
];

/// The places of passive verbs among `words`: a participle soon after "blive", or an -es form after a helping verb.
#[must_use]
pub fn passives(words: &[Word]) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let before = words.get(index.saturating_sub(4)..index).unwrap_or_default();
        let helped = before.iter().any(|earlier| AUXILIARIES.contains(&earlier.folded.as_str()));
        if helped && (is_participle(&word.folded) || is_s_form(&word.folded)) {
            found.push(index);
        }
    }
    found
}

fn is_participle(word: &str) -> bool {
    word.chars().count() >= 5
        && (word.ends_with("et") || word.ends_with("dt") || word.ends_with("gt") || word.ends_with("ede"))
}

fn is_s_form(word: &str) -> bool {
    word.chars().count() >= 5 && word.ends_with("es") && !NO_PASSIVE.contains(&word)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::text::words::words;

    fn found(text: &str) -> Vec<String> {
        let all = words(text);
        passives(&all).into_iter().map(|index| all[index].folded.clone()).collect()
    }

    #[test]
    fn passives_follow_a_helping_verb() {
        assert_eq!(found("Punktet blev godkendt."), ["godkendt"]);
        assert_eq!(found("Ordningen skal nu evalueres."), ["evalueres"]);
        assert!(found("Udvalget godkendte budgettet.").is_empty());
        assert!(found("Der skal findes en løsning.").is_empty());
    }
}
