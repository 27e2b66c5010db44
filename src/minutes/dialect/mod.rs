//! How minutes are laid out, as data: headings, keys and set phrases of `rules/dialekt/referater.toml`.
//!
//! A secretary adds a heading there; nothing in the parser names a Danish word of the layout.

use std::path::Path;

mod decision_headings;
mod file;
mod form;
mod known;
mod narrow;
mod needs;
mod read;
mod topics;
mod wording;

pub use file::DIALECT_FILE;
use form::FormsByFirst;
pub(super) use form::{Found as HeadingFound, HeadingForm, TitlePlace};
pub(super) use known::{Known, Reach, without_blanks_before};
use topics::WordingLetters;
pub(super) use topics::{Topic, Topics};
pub(super) use wording::{Patterns, Wording, any_of};

use super::model::{Outcome, SectionKind};
use crate::diagnostic::{Problem, SourceFile};
use crate::tables::{self, Located};

/// The text shipped with the program, for when no rules folder is at hand.
const SHIPPED: &str = include_str!("../../../rules/dialekt/referater.toml");

/// Headings, keys and phrases, ready for use.
#[derive(Debug, Default)]
pub struct Dialect {
    pub(super) minutes_words: Vec<String>,
    pub(super) agenda_words: Vec<String>,
    pub(super) draft_words: Vec<String>,
    /// "Godkendt", before the word for minutes.
    pub(super) final_words: Vec<String>,
    pub(super) contents: Vec<String>,
    /// The same, to ask for whole lines.
    pub(super) contents_headings: Known,
    pub(super) attachment_lists: Known,
    /// The first words of contents, agendas and lists of attachments; a line that begins otherwise heads none.
    pub(super) list_words: Known,
    /// Pages of signatures and the like: they belong to no item.
    pub(super) back_matter: Known,
    pub(super) title_words: Vec<String>,
    pub(super) bodies: Vec<String>,
    /// "Kommune", as it stands behind a place's name.
    pub(super) municipality: Vec<String>,
    pub(super) header: Header,
    /// Lines of web pages that say nothing of the meeting: "Til toppen".
    pub(super) noise: Known,
    pub(super) forms: Vec<HeadingForm>,
    forms_by_first: FormsByFirst,
    /// Titles that most meetings have: "godkendelse af dagsorden".
    pub(super) usual_titles: Vec<String>,
    /// Labels below a heading, such as "Sagsbehandler"; what stands behind them is no part of the case.
    pub(super) labels: Known,
    /// The labels among them that hold the title.
    pub(super) title_labels: Known,
    /// Headings over several items that close none: "Sager til afgørelse".
    pub(super) groups: Known,
    pub(super) case_numbers: Patterns,
    pub(super) closed: Closed,
    pub(super) story_titles: Known,
    pub(super) attendance_headings: Known,
    pub(super) attendance: Wording,
    /// Lines that are the name of an attachment.
    pub(super) attachment: Wording,
    pub(super) approval_patterns: Patterns,
    /// Beside the title these say the same without a name.
    pub(super) approval_marks: Patterns,
    /// The minutes say that they are not final.
    pub(super) draft_patterns: Wording,
    pub(super) approval_roles: Known,
    pub(super) sections: Known<SectionHeading>,
    /// The heading of a body's decision, the body as `body`.
    pub(super) decision_headings: Patterns,
    /// The words that such a heading has, as letters in a row.
    decision_words: Wording,
    /// What a line must have to speak of anything that is asked for.
    topics: WordingLetters,
    /// Whatever a line may be, alone or up to its colon: hardly any line begins as one of these.
    listed: Known,
    /// The same words, whole.
    whole_decision_words: Known,
    /// Words for the committee without its name: "mødet".
    pub(super) own_meeting: Vec<String>,
    /// Words that no body's name has.
    pub(super) not_in_name: Vec<String>,
    pub(super) verbs: Known,
    pub(super) outcomes: Vec<(Outcome, Wording)>,
    /// The letters that each of them needs.
    outcome_letters: WordingLetters,
    pub(super) clauses: Clauses,
    pub(super) amended: Wording,
    /// Sentences that only look like it.
    pub(super) not_amended: Wording,
}

/// Keys of the lines before the first item.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub date: Vec<String>,
    pub place: Vec<String>,
    pub start: Vec<String>,
    pub end: Vec<String>,
    pub participants: Vec<String>,
    /// All labels of the meeting itself.
    pub labels: Known,
    pub columns: Known,
    /// What stands in a table or behind a name for those who came.
    pub came: Known,
    pub away: Known,
    pub committee: Vec<String>,
    /// Labels whose people or dates are not the meeting's.
    pub ignored: Vec<String>,
    pub place_prepositions: Vec<String>,
}

/// What closes an item, and what only sounds like it.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// Words that close an item wherever they stand in its title.
    pub words: Known,
    /// Several words together that do the same, in lower case.
    pub phrases: Vec<String>,
    /// Phrases with such a word that do not: "holder lukket".
    pub open_phrases: Vec<String>,
    /// A line of its own, or behind a colon, near the top of an item.
    pub lines: Known,
    /// The same and those that say the opposite; whether one closes.
    pub statuses: Known<bool>,
    /// Questions whose "no" closes: "Offentlighed".
    pub open_labels: Known,
    pub no: Known,
    pub yes: Known,
    /// Headings over several items.
    pub groups: Known<bool>,
    /// Letters that a title has which any of these closes or keeps open; a cheap no.
    pub letters: Wording,
    /// Sentences anywhere in the item.
    pub sentences: Wording,
}

/// Words behind which a clause no longer says what was decided.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    /// Sentences that begin so speak of something else than the item.
    pub apart: Vec<String>,
    /// Behind a comma they begin a clause of their own.
    pub subordinate: Vec<String>,
    /// A sentence that begins so says what was decided behind its first comma.
    pub opening: Vec<String>,
}

/// What a section heading opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionHeading {
    pub kind: SectionKind,
    /// It opens a section even inside a decision; a weak one, such as "Økonomi", is a sub-heading there.
    pub strong: bool,
    /// Its text may stand behind it on the same line: "Konklusion: Godkendt."
    pub inline: bool,
    /// The line below is its value and no heading: "Punkttype" / "Beslutning".
    pub value_below: bool,
}

impl Dialect {
    /// The dialect as shipped.
    #[must_use]
    pub fn shipped() -> Self {
        let file = SourceFile::new("rules/dialekt/referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        Self::from_table(&table, &mut problems)
    }

    /// Reads `dialekt/referater.toml` of a rules folder; the shipped one where the folder has none.
    pub fn load(rules: &Path, problems: &mut Vec<Problem>) -> Self {
        let path = rules.join("dialekt").join("referater.toml");
        if !path.exists() {
            return Self::shipped();
        }
        tables::read_file(&path, problems).map(|table| Self::from_table(&table, problems)).unwrap_or_default()
    }
}

/// How headings and keys are compared: lower case, single blanks, no colon or full stop at the end.
pub(super) fn key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut after_blank = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            after_blank = true;
            continue;
        }
        if std::mem::take(&mut after_blank) && !folded.is_empty() {
            folded.push(' ');
        }
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else {
            folded.extend(letter.to_lowercase());
        }
    }
    folded.truncate(folded.trim_end_matches([':', '.', ' ']).len());
    folded
}

/// Whether two texts have the same key.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// The letters of a text's key.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let text = text.trim_start().trim_end_matches(|c: char| matches!(c, ':' | '.') || c.is_whitespace());
    let mut blank = false;
    text.chars()
        .filter_map(move |letter| {
            let again = std::mem::replace(&mut blank, letter.is_whitespace());
            let letter = if blank { ' ' } else { letter };
            (!(blank && again)).then_some(letter)
        })
        .flat_map(char::to_lowercase)
}

/// What stands behind a word at the beginning of a text, the word being in lower case.
pub(super) fn behind_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    // Nearly always the first letters differ.
    if let (Some(found), Some(wanted)) = (text.bytes().next(), word.bytes().next())
        && found.is_ascii()
        && wanted.is_ascii()
        && found.to_ascii_lowercase() != wanted
    {
        return None;
    }
    let mut rest = text.chars();
    let mut lower = rest.by_ref().flat_map(char::to_lowercase);
    word.chars().all(|wanted| lower.next() == Some(wanted)).then_some(())?;
    drop(lower);
    Some(rest.as_str())
}

pub(super) fn keys(texts: &[Located<String>]) -> Vec<String> {
    texts.iter().map(|text| key(&text.value)).collect()
}

impl Dialect {
    /// The strongest outcome that the clause of a sentence tells: they are kept sorted, the strongest first. Most sentences have
    /// no word that an outcome needs, and then nobody looks for the clause.
    pub(super) fn outcome_of<'s>(
        &self,
        sentence: &'s str,
        clause: impl FnOnce() -> Option<&'s str>,
    ) -> Option<Outcome> {
        let may = self.outcome_letters.of_text(sentence);
        let clause = if may == 0 { None } else { clause() }?;
        let outcomes = self.outcomes.iter().enumerate().filter(|(place, _)| may & (1 << place) != 0);
        let whole = clause.len() == sentence.len();
        let tells = |wording: &Wording| if whole { wording.matches(clause) } else { wording.tells(clause) };
        outcomes.map(|(_, known)| known).find(|(_, wording)| tells(wording)).map(|(outcome, _)| *outcome)
    }

    /// The first form that a line has, by its place among them, and what it finds there.
    pub(super) fn form_of<'l>(&self, line: &'l str) -> Option<(usize, HeadingFound<'l>)> {
        let places = self.forms_by_first.of_line(line).iter().map(|place| usize::from(*place));
        places
            .filter_map(|place| Some((place, self.forms.get(place)?)))
            .find_map(|(place, form)| Some((place, form.find(line)?)))
    }

    /// Which topics each of several texts may speak of.
    pub(super) fn topics<'t>(&self, texts: impl ExactSizeIterator<Item = &'t str>) -> impl Iterator<Item = Topics> {
        self.topics.of_texts(texts).into_iter().map(Topics)
    }

    /// Whether a line may stand in one of the lists that whole lines, or what is before their colon, are looked up in: section
    /// headings, labels, groups, statuses, noise, contents. A cheap no.
    pub(super) fn may_list(&self, line: &str) -> bool {
        self.listed.reach(line) == Reach::Whole
    }

    /// How far a line goes along with these lists.
    pub(super) fn reach_in_lists(&self, line: &str) -> Reach {
        self.listed.reach(line)
    }

    /// Whether it is a word such as "beslutning".
    pub(super) fn is_decision_word(&self, word: &str) -> bool {
        self.whole_decision_words.get(word).is_some()
    }

    /// Whether the line has a word such as "beslutning".
    pub(super) fn says_decision(&self, line: &str) -> bool {
        self.decision_words.tells(line)
    }

    /// Whether the line may be the heading of a body's decision; a cheap no.
    pub(super) fn may_head_decision(&self, line: &str) -> bool {
        decision_headings::may_match(line, &self.whole_decision_words)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_dialect_has_no_problem() {
        let file = SourceFile::new("referater.toml", SHIPPED);
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        let dialect = Dialect::from_table(&table, &mut problems);
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(dialect.sections.has("Beslutning") && dialect.forms.len() > 10 && dialect.decision_headings.len() == 7);
    }

    #[test]
    fn texts_have_the_same_key_whatever_their_blanks_and_capitals() {
        for (one, other) in
            [("Løn  og\tvilkår:", " LØN OG VILKÅR . "), ("", " . "), ("a", "b"), ("a b", "ab"), (".a", "a")]
        {
            assert_eq!(same_key(one, other), key(one) == key(other), "{one}, {other}");
        }
    }

    #[test]
    fn a_misspelt_kind_is_told_with_its_place_and_the_right_word() {
        let file = SourceFile::new("d.toml", "[[section]]\nkind = \"decison\"\nheadings = [\"Beslutning\"]\n");
        let mut problems = Vec::new();
        let table = tables::parse(&file, &mut problems);
        Dialect::from_table(&table, &mut problems);
        let shown = problems.first().unwrap().to_terminal(crate::diagnostic::Language::Danish);
        assert!(shown.contains("d.toml:2:8") && shown.contains("Mente du »decision«?"), "{shown}");
    }
}
