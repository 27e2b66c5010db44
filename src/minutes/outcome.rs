//! What became of an item, read from the sentences of its own decision.

use super::dialect::Dialect;
use super::votes;
use super::model::{Entry, EntryKind, Outcome, PointOutcome, Votes};
use crate::text::Span;

/// The outcome of an item.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub outcome: Outcome,
    pub amended: bool,
    pub outcomes: Vec<PointOutcome>,
    pub votes: Option<Votes>,
}

/// Reads the entries of the own decision; `text` is the parsed text, for the number of a point before its sentence.
pub(super) fn read(entries: &[&Entry], text: &str, dialect: &Dialect) -> Found {
    let mut found = Found { outcome: Outcome::None, ..Found::default() };
    let quotable = entries.iter().filter(|entry| entry.kind.is_scored());
    for entry in quotable.filter(|entry| !dialect.approval_patterns.iter().any(|pattern| pattern.is_match(&entry.text)))
    {
        let Some(outcome) = of_sentence(&entry.text, dialect) else { continue };
        found.outcome = found.outcome.min(outcome);
        found.amended |= dialect.amended.as_ref().is_some_and(|pattern| pattern.is_match(&entry.text));
        found.outcomes.push(PointOutcome { point: point(entry, text), outcome });
    }
    found.votes = votes::read(entries);
    found
}

/// The strongest outcome that a sentence tells; the dialect keeps them sorted, the strongest first.
fn of_sentence(sentence: &str, dialect: &Dialect) -> Option<Outcome> {
    let lower = sentence.to_lowercase();
    dialect.outcomes.iter().find(|(_, wording)| wording.tells(sentence, &lower)).map(|(outcome, _)| *outcome)
}

/// The number printed before a list item: "2. Referatet blev godkendt."
fn point(entry: &Entry, text: &str) -> Option<u32> {
    if entry.kind != EntryKind::ListItem {
        return None;
    }
    let before = Span::new(entry.span.start().saturating_sub(6), entry.span.start()).of(text);
    let marker = before.rsplit('\n').next().unwrap_or_default().trim();
    marker.trim_matches(['.', ')', '(']).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(sentence: &str) -> Option<Outcome> {
        of_sentence(sentence, &Dialect::shipped())
    }

    #[test]
    fn every_outcome_is_told_from_its_usual_wording() {
        for (sentence, expected) in [
            ("Punktet blev udskudt til næste møde på grund af tidsmangel.", Outcome::Postponed),
            ("Udsat.", Outcome::Postponed),
            ("Sagen udgår.", Outcome::Withdrawn),
            ("Sagen oversendes til Økonomiudvalget.", Outcome::Referred),
            ("Forslaget blev forkastet.", Outcome::Rejected),
            ("Indstillingen anbefales.", Outcome::Recommended),
            ("Dagsorden og referat blev godkendt uden bemærkninger.", Outcome::Approved),
            ("HovedMED godkendte indstillingen.", Outcome::Approved),
            ("Orienteringen blev taget til efterretning.", Outcome::Noted),
            ("HovedMED drøftede tidsplanen.", Outcome::Discussed),
        ] {
            assert_eq!(outcome(sentence), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn a_sentence_that_only_mentions_a_decision_has_no_outcome() {
        for sentence in [
            "Kutymerne påtænkes opsagt i løbet af foråret.",
            "Stillingen er slået op.",
            "Det er ikke noget, som er drøftet.",
            "Direktionen har drøftet principper for frokoster.",
        ] {
            assert_eq!(outcome(sentence), None, "{sentence}");
        }
    }
}
