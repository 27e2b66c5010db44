//! Joins two lines of a paragraph: with a blank, or over a hyphen at the end of the first.
//!
//! A hyphen at a line end is the typesetter's or the writer's. The document itself decides: a word that stands elsewhere
//! in it whole is joined whole, one that stands with its hyphen keeps it.

use std::collections::BTreeSet;

/// The words of a document that are not cut by a line end, in lower case.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: BTreeSet<String>,
    /// Whether the generator cuts words at all: word processors mostly do not, and then every hyphen is the writer's.
    cuts_words: bool,
}

impl Vocabulary {
    /// Of all lines in order.
    pub fn new(lines: &[String]) -> Self {
        let mut words = BTreeSet::new();
        let mut cuts: Vec<(String, String)> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let pieces: Vec<&str> = line.split_whitespace().collect();
            let cut = line.ends_with('-');
            let kept = pieces.len() - usize::from(cut && !pieces.is_empty());
            for word in pieces.iter().take(kept) {
                words.insert(bare(word));
            }
            if cut
                && let Some(last) = pieces.last()
                && let Some(first) = lines.get(index + 1).and_then(|next| next.split_whitespace().next())
                && first.starts_with(char::is_lowercase)
            {
                cuts.push((start(last), bare(first)));
            }
        }
        // The first word of a line may be the second half of a word; it says nothing about whole words, but does no harm.
        let whole = cuts.iter().filter(|(a, b)| words.contains(&format!("{a}{b}"))).count();
        Self { cuts_words: whole > 0 || cuts.len() * 20 > lines.len(), words }
    }

    /// Appends `next` to `text`; the byte where it begins.
    pub fn join(&self, text: &mut String, next: &str) -> usize {
        let Some(before) = text.strip_suffix('-').filter(|before| before.ends_with(char::is_alphanumeric)) else {
            if !text.ends_with(['/', ' ']) || text.ends_with(" /") {
                text.push(' ');
            }
            text.push_str(next);
            return text.len() - next.len();
        };
        let first = next.split_whitespace().next().unwrap_or_default();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        if matches!(bare(first).as_str(), "og" | "eller" | "samt" | "som" | "til" | "i" | "på" | "m.v" | "mv") {
            text.push(' ');
        } else if self.drops_hyphen(last, first) {
            text.pop();
        }
        text.push_str(next);
        text.len() - next.len()
    }

    fn drops_hyphen(&self, last: &str, first: &str) -> bool {
        if !first.starts_with(char::is_lowercase) {
            return false;
        }
        let (a, b) = (start(last), bare(first));
        if self.words.contains(&format!("{a}{b}")) {
            return true;
        }
        // "MED-\norganisation", "2-\nårig": never written in one word.
        let part = last.rsplit('-').next().unwrap_or_default();
        let short = part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric());
        !(short || self.words.contains(&format!("{a}-{b}")) || !self.cuts_words)
    }
}

/// A word without the marks around it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The first half of a cut word: what stands before the hyphen, without quotes or brackets in front.
fn start(word: &str) -> String {
    bare(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(document: &[&str], first: &str, second: &str) -> String {
        let mut lines: Vec<String> = document.iter().map(|line| (*line).to_owned()).collect();
        lines.extend([first.to_owned(), second.to_owned()]);
        let mut text = first.to_owned();
        Vocabulary::new(&lines).join(&mut text, second);
        text
    }

    #[test]
    fn a_word_that_stands_whole_elsewhere_is_joined_whole() {
        assert_eq!(joined(&["Om arbejdsmiljø her"], "vores arbejds-", "miljø er"), "vores arbejdsmiljø er");
    }

    #[test]
    fn a_word_that_stands_with_its_hyphen_elsewhere_keeps_it() {
        assert_eq!(joined(&["En it-løsning", "et møde", "møde"], "ny it-", "løsning, der"), "ny it-løsning, der");
    }

    #[test]
    fn hanging_hyphens_capitals_and_figures_keep_theirs() {
        let cutting = &["trivsel", "tri-", "vsel"];
        assert_eq!(joined(cutting, "om trivsels-", "og APV-møder"), "om trivsels- og APV-møder");
        assert_eq!(joined(cutting, "en MED-", "organisation"), "en MED-organisation");
        assert_eq!(joined(cutting, "en 2-", "årig aftale"), "en 2-årig aftale");
        assert_eq!(joined(cutting, "på Sydhavn-", "Øst"), "på Sydhavn-Øst");
        assert_eq!(joined(cutting, "om arbejds-, per-", "sonale-"), "om arbejds-, personale-");
    }

    #[test]
    fn lines_without_a_hyphen_get_one_blank() {
        assert_eq!(joined(&[], "drøftede", "sagen"), "drøftede sagen");
    }
}
