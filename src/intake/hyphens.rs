//! Joins two lines of a paragraph: with a blank, or over a hyphen at the end of the first.
//!
//! A hyphen at a line end is the typesetter's or the writer's. The document itself decides: a word that stands elsewhere
//! in it whole is joined whole, one that stands with its hyphen keeps it.

use std::collections::BTreeSet;

/// What stands at the end of a line where a word may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    None,
    Plain,
    /// A sign for hyphens that few writers know and typesetters use.
    Typographic,
    /// Marked as standing there only because the line ends.
    Soft,
}

/// The words of a document that are not cut by a line end, in lower case.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: BTreeSet<String>,
    /// Whether the generator cuts words at all: word processors mostly do not, and then every hyphen is the writer's.
    cuts_words: bool,
    /// Typographic hyphens stand at line ends only: they are the typesetter's, or a writer's who set very few.
    typographic_ends: bool,
    /// And plain ones stand elsewhere: the former are certainly the typesetter's.
    typographic_cuts: bool,
}

impl Vocabulary {
    /// Of all lines in order, each with what it ends with, and whether typographic hyphens stand within lines too: some
    /// word processors call every hyphen so.
    pub fn new(lines: &[String], hyphens: &[Hyphen], typographic_inside: bool) -> Self {
        let mut words = BTreeSet::new();
        let mut cuts: Vec<(String, String)> = Vec::new();
        let mut inside = 0;
        for (index, line) in lines.iter().enumerate() {
            let pieces: Vec<&str> = line.split_whitespace().collect();
            let cut = line.ends_with('-');
            let kept = pieces.len() - usize::from(cut && !pieces.is_empty());
            for word in pieces.iter().take(kept) {
                let word = bare(word);
                inside += usize::from(word.contains('-'));
                words.insert(word);
            }
            if cut
                && let Some(last) = pieces.last()
                && let Some(first) = lines.get(index + 1).and_then(|next| next.split_whitespace().next())
                && first.starts_with(char::is_lowercase)
                && !is_joining(&bare(first))
            {
                cuts.push((bare(last), bare(first)));
            }
        }
        // The first word of a line may be the second half of a word; it says nothing about whole words, but does no harm.
        let known = |between: &str| cuts.iter().filter(|(a, b)| words.contains(&format!("{a}{between}{b}"))).count();
        let (whole, hyphened) = (known(""), known("-"));
        // Where only writers set hyphens, about one in a line's number of words falls on a line's end.
        let cuts_words = whole > 2 * hyphened && whole * 4 >= cuts.len() || cuts.len() > 3 + inside / 3;
        let typographic = hyphens.iter().filter(|hyphen| **hyphen == Hyphen::Typographic).count();
        let plain_inside = inside > 0 && !hyphens.contains(&Hyphen::Plain);
        let typographic_ends = typographic > 0 && !typographic_inside;
        let typographic_cuts = typographic_ends && typographic > 2 && plain_inside;
        Self { words, cuts_words, typographic_ends, typographic_cuts }
    }

    /// Of a text that was set in lines: a hyphen at a line end is the typesetter's unless the text's own words speak against it.
    pub fn of_text(lines: &[String]) -> Self {
        let hyphens = vec![Hyphen::None; lines.len()];
        Self { cuts_words: true, ..Self::new(lines, &hyphens, false) }
    }

    /// Appends `next` to `text`, which ends with `hyphen`; the byte where it begins.
    pub fn join(&self, text: &mut String, next: &str, hyphen: Hyphen) -> usize {
        let Some(before) = text.strip_suffix('-').filter(|before| before.ends_with(char::is_alphanumeric)) else {
            if !text.ends_with(['/', ' ']) || text.ends_with(" /") {
                text.push(' ');
            }
            text.push_str(next);
            return text.len() - next.len();
        };
        let first = next.split_whitespace().next().unwrap_or_default();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let (a, b) = (bare(last), bare(first));
        let figures = last.ends_with(|c: char| c.is_ascii_digit());
        if hyphen == Hyphen::Soft {
            text.pop();
        } else if is_joining(&b) || figures && b == "til" {
            text.push(' ');
        } else if self.drops_hyphen(last, first, &a, &b, hyphen) {
            text.pop();
        }
        text.push_str(next);
        text.len() - next.len()
    }

    fn drops_hyphen(&self, last: &str, first: &str, a: &str, b: &str, hyphen: Hyphen) -> bool {
        let typographic = hyphen == Hyphen::Typographic;
        if typographic && self.typographic_cuts {
            return true;
        }
        let cuts_words = self.cuts_words || typographic && self.typographic_ends;
        // Hyphens inside count as well: "mini-APV-hand-" / "leplan".
        let part = last.rsplit('-').next().unwrap_or_default();
        let tail = a.rsplit('-').next().unwrap_or_default();
        let whole = self.words.contains(&format!("{a}{b}")) || tail != a && self.words.contains(&format!("{tail}{b}"));
        let hyphened = self.words.contains(&format!("{a}-{b}"));
        if !cuts_words || hyphened && !whole {
            return false;
        }
        if whole && !hyphened {
            return true;
        }
        // "MED-\norganisation", "2-\nårig", "e-\nmail", "it-\nområdet": never written in one word.
        let letters = part.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        let short = letters < 2 || capitals > 1 || part.chars().any(|c| c.is_ascii_digit());
        let written = HYPHENED.contains(&part.to_lowercase().as_str()) || matches!(b, "up" | "how" | "off" | "out");
        first.starts_with(char::is_lowercase) && !short && !written
    }
}

/// First parts that are written with their hyphen, and are no syllable that a typesetter would cut at.
const HYPHENED: &[&str] = &["it", "ikt", "tv", "pc", "hr", "sms", "apv", "ikke"];

/// Words that a hanging hyphen stands before: "trivsels- og arbejdsmiljø".
fn is_joining(word: &str) -> bool {
    matches!(word, "og" | "eller" | "samt" | "i" | "m.v" | "mv" | "m.m" | "mm" | "hhv" | "henholdsvis")
}

/// A word without the marks around it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(document: &[&str], first: &str, second: &str) -> String {
        let mut lines: Vec<String> = document.iter().map(|line| (*line).to_owned()).collect();
        lines.extend([first.to_owned(), second.to_owned()]);
        let mut text = first.to_owned();
        let hyphens = vec![Hyphen::None; lines.len()];
        Vocabulary::new(&lines, &hyphens, false).join(&mut text, second, Hyphen::Plain);
        text
    }

    #[test]
    fn a_hyphen_of_a_kind_that_stands_at_line_ends_only_is_the_typesetters() {
        let join = |first: &str, second: &str, inside: bool| {
            let lines = [first.to_owned(), second.to_owned()];
            let mut text = first.to_owned();
            let hyphens = [Hyphen::Typographic, Hyphen::None];
            Vocabulary::new(&lines, &hyphens, inside).join(&mut text, second, Hyphen::Typographic);
            text
        };
        assert_eq!(join("ledelsen udarbej-", "der et oplæg", false), "ledelsen udarbejder et oplæg");
        assert_eq!(join("ledelsen udarbej-", "der et oplæg", true), "ledelsen udarbej-der et oplæg");
        assert_eq!(join("et nyt MED-", "udvalg", false), "et nyt MED-udvalg");
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
