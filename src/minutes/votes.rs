//! Votes, as far as they are told in figures.
//!
//! "9 stemte for, 2 imod", "godkendt med 31 stemmer imod 14", "For stemte: 15 (A, F)", "3 undlod at stemme". Several sentences
//! or lines together tell one vote; the first that gives a side is taken for it.

use std::sync::LazyLock;

use regex::Regex;

use super::dialect::Topic;
use super::known_line::KnownLine;
use super::model::{Entry, Votes};

struct Patterns {
    in_favour: Vec<Regex>,
    against: Vec<Regex>,
    abstained: Vec<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let all =
        |patterns: &[&str]| patterns.iter().filter_map(|pattern| Regex::new(&format!("(?i){pattern}")).ok()).collect();
    Patterns {
        in_favour: all(&[
            r"for\s+(?:forslaget|indstillingen|sagen)\s+stemte\s*:?\s*([0-9]+)\b",
            r"(?:for\s+stemte|stemte\s+for|stemmer\s+for)\s*:?\s*([0-9]+)\b",
            r"\b([0-9]+)\s+(?:medlem(?:mer)?\s+)?(?:stemmer?\s+|stemte\s+)?for\b",
            r"\bmed\s+([0-9]+)\s+stemmer?\s+(?:i?mod|for)\b",
            r"\bmed\s+stemmerne\s+([0-9]+)\s*[-–]\s*[0-9]+",
        ]),
        against: all(&[
            r"(?:i?mod\s+stemte|stemte\s+i?mod|stemmer\s+i?mod)\s*:?\s*([0-9]+)\b",
            r"\b([0-9]+)\s+(?:medlem(?:mer)?\s+)?(?:stemmer?\s+|stemte\s+)?i?mod\b",
            r"\bi?mod\s+([0-9]+)\b",
            r"\bmed\s+stemmerne\s+[0-9]+\s*[-–]\s*([0-9]+)",
        ]),
        abstained: all(&[
            r"\b([0-9]+)\s+(?:medlem(?:mer)?\s+|stemmer?\s+)?(?:undlod|undlader|afstod|hverken)",
            r"(?:undlod(?:\s+at\s+stemme)?|hverken\s+for\s+eller\s+i?mod(?:\s+stemte)?)\s*:?\s*([0-9]+)\b",
        ]),
    }
});

/// Whether a line or sentence speaks of a vote.
pub(super) fn tells(text: &str) -> bool {
    let voting = |word: &str| {
        word.starts_with(['s', 'S', 'u', 'U']) && {
            let word = word.to_lowercase();
            word.starts_with("stemte") || word.starts_with("stemme") || word == "undlod"
        }
    };
    text.bytes().any(|byte| byte.is_ascii_digit())
        && may_vote(text)
        && text.split(|c: char| !c.is_alphanumeric()).any(voting)
}

/// Letters that every word for voting begins with.
pub(super) const WORDS: [&str; 2] = ["stem", "undlod"];

/// Whether the letters of a word for voting are in the text; a cheap no.
fn may_vote(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize, word: &str| {
        bytes.get(at..at + word.len()).is_some_and(|letters| letters.eq_ignore_ascii_case(word.as_bytes()))
    };
    let [vote, abstained] = WORDS;
    memchr::memchr2_iter(b's', b'S', bytes).any(|at| begins(at, vote))
        || memchr::memchr2_iter(b'u', b'U', bytes).any(|at| begins(at, abstained))
}

/// The vote that the entries of a decision tell together; `apart` says of a sentence that it speaks of an amendment.
pub(super) fn read(entries: &[(&Entry, &KnownLine<'_>)], apart: impl Fn(&str) -> bool) -> Option<Votes> {
    let tells =
        |entry: &Entry, line: &KnownLine<'_>| line.has_digit && line.may_tell(Topic::Vote) && tells(&entry.text);
    if !entries.iter().any(|(entry, line)| tells(entry, line)) {
        return None;
    }
    let mut votes = Votes { in_favour: None, against: None, abstained: None };
    let mut in_other = false;
    for (entry, line) in entries {
        let found = if tells(entry, line) { of_sentence(&entry.text) } else { None };
        let apart = apart(&entry.text);
        in_other |= apart;
        let Some(found) = found else { continue };
        // "1 medlem undlod at stemme." goes with the vote before it.
        in_other &= apart || found.in_favour.is_none() && found.against.is_none();
        if in_other {
            continue;
        }
        // A second vote, on an amendment, is another one.
        let other = votes.in_favour.is_some() && found.in_favour.is_some();
        if other {
            break;
        }
        votes.in_favour = votes.in_favour.or(found.in_favour);
        votes.against = votes.against.or(found.against);
        votes.abstained = votes.abstained.or(found.abstained);
    }
    (votes.in_favour.is_some() || votes.against.is_some()).then_some(votes)
}

fn of_sentence(sentence: &str) -> Option<Votes> {
    let first = |patterns: &[Regex], skip: Option<usize>| {
        patterns.iter().find_map(|pattern| {
            let found = pattern.captures(sentence)?.get(1)?;
            (Some(found.start()) != skip).then(|| Some((found.start(), found.as_str().parse::<u32>().ok()?)))?
        })
    };
    let in_favour = first(&PATTERNS.in_favour, None);
    // In "31 stemmer imod 14" the first number stands before "imod" and is no vote against.
    let against = first(&PATTERNS.against, in_favour.map(|(at, _)| at));
    let abstained = first(&PATTERNS.abstained, None);
    let number = |found: Option<(usize, u32)>| found.map(|(_, number)| number);
    let votes = Votes { in_favour: number(in_favour), against: number(against), abstained: number(abstained) };
    (votes.in_favour.is_some() || votes.against.is_some() || votes.abstained.is_some()).then_some(votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_are_read_in_every_wording() {
        for (sentence, expected) in [
            ("Indstillingen blev godkendt, idet 9 stemte for, og 2 stemte imod.", (Some(9), Some(2), None)),
            ("Godkendt med 31 stemmer imod 14.", (Some(31), Some(14), None)),
            (
                "Indstillingen blev godkendt med 31 stemmer imod 14. 3 medlemmer undlod at stemme.",
                (Some(31), Some(14), Some(3)),
            ),
            ("Bestyrelsen godkendte køreplanen med 3 stemmer for og 1 stemme imod.", (Some(3), Some(1), None)),
            ("For stemte: 15 (A, F)", (Some(15), None, None)),
            ("Imod stemte: 4", (None, Some(4), None)),
            ("Undlod at stemme: 2 (Ø)", (None, None, Some(2))),
            ("Forslaget blev forkastet med 14 stemmer mod 7.", (Some(14), Some(7), None)),
        ] {
            let votes = of_sentence(sentence);
            let found = votes.map(|votes| (votes.in_favour, votes.against, votes.abstained));
            assert_eq!(found, Some(expected), "{sentence}");
        }
    }
}
