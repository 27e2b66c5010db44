//! What became of an item, read from the sentences of its own decision.

use super::dialect::{Dialect, Topic, behind_word};
use super::known_line::KnownLine;
use super::model::{Entry, EntryKind, Outcome, PointOutcome, Votes};
use super::{sections, votes};
use crate::text::Span;

/// The outcome of an item.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub outcome: Outcome,
    pub amended: bool,
    pub outcomes: Vec<PointOutcome>,
    pub votes: Option<Votes>,
}

/// Reads the entries of the own decision, each with its line; `text` is the parsed text, for the number of a point before its sentence.
pub(super) fn read(entries: &[(&Entry, &KnownLine<'_>)], text: &str, dialect: &Dialect) -> Found {
    let mut found = Found { outcome: Outcome::None, ..Found::default() };
    let may_tell = |line: &KnownLine<'_>| !line.has_single_blanks || line.may_tell(Topic::Outcome);
    for (entry, line) in entries.iter().filter(|(entry, line)| entry.kind.is_scored() && may_tell(line)) {
        let Some(outcome) = of_sentence(&entry.text, dialect) else { continue };
        let may_approve = !line.has_single_blanks || line.may_tell(Topic::Approval);
        if may_approve && dialect.approval_patterns.is_match(&entry.text) {
            continue;
        }
        found.outcome = found.outcome.min(outcome);
        found.amended |= outcome != Outcome::Rejected && is_amended(&entry.text, dialect);
        found.outcomes.push(PointOutcome { point: point(entry, text), outcome });
    }
    found.votes = votes::read(entries, |sentence| speaks_apart(sentence, dialect));
    // "Forkastet med 13 stemmer mod 12": the greater number rejected it.
    if found.outcome == Outcome::Rejected
        && let Some(votes) = &mut found.votes
        && votes.in_favour > votes.against
        && votes.against.is_some()
    {
        std::mem::swap(&mut votes.in_favour, &mut votes.against);
    }
    found
}

/// The strongest outcome that a sentence tells.
fn of_sentence(sentence: &str, dialect: &Dialect) -> Option<Outcome> {
    dialect.outcome_of(sentence, || {
        (!speaks_apart(sentence, dialect)).then(|| main_clause(without_point(sentence), dialect))
    })
}

/// "Ændringsforslaget blev forkastet med 12 stemmer imod 35.": not the item itself.
fn speaks_apart(sentence: &str, dialect: &Dialect) -> bool {
    dialect.clauses.apart.iter().any(|word| behind_word(sentence, word).is_some())
}

fn is_amended(sentence: &str, dialect: &Dialect) -> bool {
    dialect.amended.tells(sentence) && !dialect.not_amended.tells(sentence)
}

/// "Ad 1. Godkendt.": the sentence without the point it answers.
fn without_point(sentence: &str) -> &str {
    let rest = sentence.trim_start();
    let answer = rest.get(..2).filter(|start| start.eq_ignore_ascii_case("ad")).and_then(|_| rest.get(2..));
    let Some(rest) = answer else { return sentence };
    let behind = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    // "Ad punkt 2: Udsat."
    let behind = ["punkt", "pkt"]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
        .map_or(behind, |behind| behind.trim_start_matches(|c: char| !c.is_alphabetic()));
    if behind.len() < rest.len() { behind } else { sentence }
}

/// What the sentence itself says, without the clauses that tell when, why or of whom.
fn main_clause<'s>(sentence: &'s str, dialect: &Dialect) -> &'s str {
    let begins = |text: &str, words: &[String]| {
        words.iter().any(|word| behind_word(text, word).is_some_and(|rest| rest.starts_with(char::is_whitespace)))
    };
    let from = if begins(sentence, &dialect.clauses.opening) {
        sections::find_pair(sentence, *b", ").map_or(0, |at| at + 2)
    } else {
        0
    };
    let main = sentence.get(from..).unwrap_or_default();
    let cut = sections::pairs(main, *b", ")
        .find(|at| begins(main.get(at + 2..).unwrap_or_default(), &dialect.clauses.subordinate));
    main.get(..cut.unwrap_or(main.len())).unwrap_or(main)
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
