//! How sure it is that a document was understood, with the reasons.
//!
//! A wrong reading is told by its shape: items of which nothing became, numbers that go backwards, titles that are whole
//! paragraphs, text that belongs to no item. Each such sign is a doubt with a cost in points of a hundred; what is left is
//! the confidence. Costs are a judgement and not a probability: a sign that good minutes may show costs little, one that
//! only a misreading shows costs much. No Danish word is looked for here, so every dialect is judged alike.
//!
//! A confidence is no reason to mail anything. It only finds the documents of which no letter can be made at all; for the
//! others a person confirms the layout ([`super::Layout`]), which no count of signs can replace.

pub mod messages;

use std::collections::BTreeSet;

use super::model::{Item, Kind, Minutes, Outcome, Section, SectionKind};
use crate::diagnostic::{Language, Message, Problem};

/// Below this a document counts as not understood.
///
/// Half of all points: one sign that only a misreading shows is enough, two or three middling ones are, and any one that
/// good minutes may show is not. It is no key of the configuration: whoever would lower it would mail what is not
/// understood, and whoever would be more careful has `release = "always-ask"`.
pub const LEAST: u8 = 50;

/// The code with which old letters are read as such: the one warning that doubts no word.
const OLD_LETTERS: &str = "windows-1252";
/// What the reader's and the parser's warnings cost; those not named here cost [`OTHER_WARNING`].
const WARNINGS: &[(&str, u8)] = &[
    (OLD_LETTERS, 0),
    // Told by the document's own signs below.
    ("no-items", 0),
    ("no-decisions", 0),
    ("no-committee", 0),
    ("no-date", 0),
    ("closed-mark-inside", 20),
    ("ocr-text", 25),
    ("reading-order", 25),
    ("damaged-page", 25),
    ("tracked-changes", 10),
    ("hidden-text", 10),
];
const OTHER_WARNING: u8 = 5;
/// The most that warnings not named above cost together.
const MOST_OTHER_WARNINGS: u8 = 15;

/// A title longer than this, in characters, is a paragraph.
const LONG_TITLE: usize = 250;
/// An item without a heading in it that is longer than this, in bytes, has headings that are unknown.
const LONG_ITEM: usize = 8_000;
/// A decision longer than this, in bytes, holds more than one item's.
const LONG_DECISION: usize = 30_000;
/// Shorter documents have their head and their list of people as most of their text.
const SHORT_DOCUMENT: usize = 3_000;

/// A sign that something was misread.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// What it takes off, in points of a hundred.
    pub cost: u8,
    problem: Problem,
}

impl Doubt {
    /// Its stable name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// It in one sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        self.problem.sentence(language)
    }
}

/// How sure a reading is.
#[derive(Clone, Debug)]
pub struct Confidence {
    /// 0 to 100.
    pub value: u8,
    /// What took something off, the heaviest first.
    pub doubts: Vec<Doubt>,
}

impl Confidence {
    /// Of these minutes; the same minutes always have the same.
    #[must_use]
    pub fn of(minutes: &Minutes) -> Self {
        let mut signs = Signs::default();
        signs.whole(minutes);
        signs.items(minutes);
        signs.numbers(minutes);
        signs.text(minutes);
        signs.warnings(minutes);
        let mut doubts = signs.doubts;
        doubts.sort_by_key(|doubt| std::cmp::Reverse(doubt.cost));
        let value = doubts.iter().fold(100_u8, |value, doubt| value.saturating_sub(doubt.cost));
        Self { value, doubts }
    }

    /// Whether letters may be made of the reading, as far as this goes.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.value >= LEAST
    }

    /// The one message for a document that is not understood, with its heaviest reasons and what to do.
    #[must_use]
    pub fn refusal(&self, language: Language) -> String {
        let reasons: Vec<String> = self.doubts.iter().take(3).map(|doubt| doubt.sentence(language)).collect();
        let problem = Problem::new(&messages::NOT_UNDERSTOOD).with("reasons", reasons.join(" "));
        let hint = problem.hint(language).unwrap_or_default();
        format!("{} {hint}", problem.sentence(language))
    }
}

#[derive(Default)]
struct Signs {
    doubts: Vec<Doubt>,
}

impl Signs {
    fn add(&mut self, cost: u8, message: &'static Message, arguments: &[(&'static str, String)]) {
        let problem = arguments.iter().fold(Problem::new(message), |problem, (name, value)| problem.with(name, value));
        self.doubts.push(Doubt { cost, problem });
    }

    /// What minutes must have.
    fn whole(&mut self, minutes: &Minutes) {
        if minutes.items.is_empty() {
            self.add(100, &messages::NO_ITEMS, &[]);
        } else if minutes.kind != Kind::Dagsorden && !minutes.has_decisions() {
            self.add(100, &messages::NO_DECISIONS, &[]);
        }
        if minutes.kind == Kind::Unknown {
            self.add(50, &messages::UNKNOWN_KIND, &[]);
        }
        // Together they are not below the bar: a head alone is put right in the minutes, and has messages of its own.
        if minutes.committee.is_none() {
            self.add(25, &messages::NO_COMMITTEE, &[]);
        }
        if minutes.date.is_none() {
            self.add(25, &messages::NO_DATE, &[]);
        }
    }

    /// Whether the items look like items.
    fn items(&mut self, minutes: &Minutes) {
        let open: Vec<&Item> = minutes.items.iter().filter(|item| !item.closed).collect();
        let count = minutes.items.len();
        if minutes.kind != Kind::Dagsorden && minutes.has_decisions() {
            let silent = open.iter().filter(|item| is_silent(item)).count();
            let arguments = [("number", silent.to_string()), ("of", open.len().to_string())];
            // One item in two may be news without a decision; four in five are headings that were not known.
            match silent {
                silent if silent * 5 >= open.len() * 4 => self.add(40, &messages::SILENT_ITEMS, &arguments),
                silent if silent * 2 > open.len() => self.add(20, &messages::SILENT_ITEMS, &arguments),
                _ => {}
            }
            let decided = open.iter().filter(|item| item.own_entries().next().is_some());
            if decided.clone().count() > 3 && decided.clone().all(|item| item.outcome == Outcome::None) {
                self.add(20, &messages::NO_OUTCOME, &[]);
            }
        }
        let odd = minutes.items.iter().filter(|item| is_odd_title(&item.title)).count();
        if odd * 4 >= count && odd > 0 {
            let arguments = [("number", odd.to_string()), ("of", count.to_string())];
            self.add(if odd * 2 >= count { 40 } else { 20 }, &messages::ODD_TITLES, &arguments);
        }
        for item in open {
            let long = |section: &&Section| section.span.len() > LONG_DECISION;
            if item.sections.iter().filter(|section| section.kind == SectionKind::Decision).any(|it| long(&it)) {
                self.add(20, &messages::LONG_DECISION, &[("item", item.printed.clone())]);
                break;
            }
        }
        let unmarked = minutes.items.iter().find(|item| match item.sections.as_slice() {
            [only] => only.heading.is_empty() && only.span.len() > LONG_ITEM,
            _ => false,
        });
        if let Some(item) = unmarked {
            self.add(15, &messages::LONG_ITEM, &[("item", item.printed.clone())]);
        }
    }

    /// Numbers that repeat or go backwards; a gap is where closed items were taken out, so it costs little.
    fn numbers(&mut self, minutes: &Minutes) {
        let printed: Vec<u32> = minutes.items.iter().filter_map(|item| item.printed.parse().ok()).collect();
        let distinct: BTreeSet<u32> = printed.iter().copied().collect();
        let pairs = || printed.iter().zip(printed.iter().skip(1));
        let backwards = pairs().filter(|(one, next)| next < one).count();
        if distinct.len() < printed.len() {
            let arguments = [("number", (printed.len() - distinct.len()).to_string())];
            self.add(25, &messages::REPEATED_NUMBERS, &arguments);
        } else if backwards > 0 {
            self.add(if backwards > 2 { 25 } else { 10 }, &messages::BACKWARDS, &[]);
        }
        let gaps = pairs().filter(|(one, next)| **next > one.saturating_add(1)).count();
        if gaps > 0 && !minutes.items.iter().any(|item| item.closed) {
            self.add(5, &messages::GAPS, &[("number", gaps.to_string())]);
        }
    }

    /// How much of the text belongs to an item.
    fn text(&mut self, minutes: &Minutes) {
        let total = minutes.text.len();
        // The text of a closed item belongs to it and is not kept.
        if total < SHORT_DOCUMENT || minutes.items.is_empty() || minutes.items.iter().any(|item| item.closed) {
            return;
        }
        let sections = minutes.items.iter().flat_map(|item| &item.sections);
        let inside: usize = sections.map(|section| section.span.len()).sum();
        if inside * 2 < total {
            let percent = 100 - inside.saturating_mul(100) / total;
            let cost = if inside * 4 < total { 40 } else { 20 };
            self.add(cost, &messages::OUTSIDE, &[("percent", percent.to_string())]);
        }
    }

    /// What reader and parser warned of.
    fn warnings(&mut self, minutes: &Minutes) {
        let mut others = 0_u8;
        let mut told = BTreeSet::new();
        for warning in minutes.warnings.iter().filter(|warning| told.insert(warning.code)) {
            let named = WARNINGS.iter().find(|(code, _)| *code == warning.code).map(|(_, cost)| *cost);
            let cost = named.unwrap_or_else(|| OTHER_WARNING.min(MOST_OTHER_WARNINGS.saturating_sub(others)));
            if named.is_none() {
                others = others.saturating_add(cost);
            }
            if cost > 0 {
                self.add(cost, &messages::WARNING, &[("code", warning.code.to_owned())]);
            }
        }
    }
}

/// Nothing was decided and nothing is said to have become of it.
fn is_silent(item: &Item) -> bool {
    item.outcome == Outcome::None && item.own_entries().next().is_none()
}

/// A paragraph, or a piece of one, rather than a title.
fn is_odd_title(title: &str) -> bool {
    let sentence = title.ends_with('.') && title.split_whitespace().count() > 8;
    let letters = title.chars().filter(|letter| letter.is_alphabetic()).count();
    title.chars().count() > LONG_TITLE || sentence || letters < 2
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::intake::{self, Warning};
    use crate::minutes::{Dialect, parse};
    use crate::text::sentences::WordClasses;

    fn read(text: &str) -> Minutes {
        let document = intake::read_bytes(Path::new("a.txt"), text.as_bytes(), &intake::NoLandmarks).unwrap();
        parse(&document, &Dialect::shipped(), &WordClasses::shipped(), &[])
    }

    fn item(number: usize) -> String {
        format!("Punkt {number}: Budget {number}\n\nSagsfremstilling\n\nSagen er kort.\n\nBeslutning\n\nGodkendt.\n\n")
    }

    fn minutes(items: &str) -> String {
        format!("REFERAT HovedMED d. 01-02-2027\n\n{items}")
    }

    fn codes(confidence: &Confidence) -> Vec<&'static str> {
        confidence.doubts.iter().map(Doubt::code).collect()
    }

    #[test]
    fn plain_minutes_leave_no_doubt() {
        let confidence = Confidence::of(&read(&minutes(&(1..6).map(item).collect::<String>())));
        assert_eq!((confidence.value, codes(&confidence)), (100, vec![]));
    }

    #[test]
    fn what_is_no_minutes_is_not_understood() {
        for text in [
            "Kære alle\n\nSommeren nærmer sig, og kantinen holder lukket i uge 29.\n\nHilsen Kantinen\n",
            "FAKTURA nr. 2041\n\n1. Kontorstole 4 stk. 3.200 kr.\n2. Fragt 200 kr.\n\nI alt 3.400 kr.\n",
            "Kapitel 3\n\nHun gik ned mod havnen. Det blæste, og skibene lå tæt. Ingen sagde noget.\n",
            "Indholdsfortegnelse\n\nPunkt 1: Budget ..... 3\nPunkt 2: Ferie ..... 4\n",
        ] {
            let confidence = Confidence::of(&read(text));
            assert!(!confidence.is_enough(), "{text}: {confidence:?}");
            assert!(confidence.refusal(Language::Danish).contains("digest parse"));
        }
    }

    #[test]
    fn items_of_which_nothing_became_are_doubtful() {
        let silent: String =
            (2..8).map(|number| format!("Punkt {number}: Ferie\n\nSagsfremstilling\n\nTekst.\n\n")).collect();
        let confidence = Confidence::of(&read(&minutes(&(item(1) + &silent))));
        assert!(codes(&confidence).contains(&"silent-items"), "{confidence:?}");
    }

    #[test]
    fn numbers_that_go_backwards_or_repeat_are_doubtful() {
        let one = Confidence::of(&read(&minutes(&[1, 2, 5, 3, 4].map(item).concat())));
        assert!(codes(&one).contains(&"numbers-go-back"), "{one:?}");
        let other = Confidence::of(&read(&minutes(&[1, 2, 2, 3].map(item).concat())));
        assert!(codes(&other).contains(&"numbers-repeat"), "{other:?}");
    }

    #[test]
    fn a_title_that_is_a_paragraph_is_doubtful() {
        let odd = "Punkt 1: Vi har i år besluttet at flytte sommerfesten til august, fordi mange holder ferie.\n\n\
                   Beslutning\n\nGodkendt.\n\n";
        let confidence = Confidence::of(&read(&minutes(&(odd.to_owned() + &item(2)))));
        assert!(codes(&confidence).contains(&"odd-titles"), "{confidence:?}");
    }

    #[test]
    fn several_doubts_together_are_below_the_bar_and_none_of_these_is_alone() {
        let odd = "Punkt 1: Vi har i år besluttet at flytte sommerfesten til august, fordi mange holder ferie.\n\n\
                   Beslutning\n\nGodkendt.\n";
        let both = Confidence::of(&read(&format!("REFERAT\n\n{odd}")));
        assert!(both.value > 0 && !both.is_enough(), "{both:?}");
        assert!(Confidence::of(&read(&format!("REFERAT\n\n{}", item(1)))).is_enough());
        assert!(Confidence::of(&read(&minutes(odd))).is_enough());
    }

    #[test]
    fn text_that_belongs_to_no_item_is_doubtful() {
        let before = "Dette er en lang indledning, som ikke hører til noget punkt.\n\n".repeat(100);
        let confidence = Confidence::of(&read(&minutes(&(before + &item(1) + &item(2)))));
        assert!(codes(&confidence).contains(&"outside-items"), "{confidence:?}");
    }

    #[test]
    fn warnings_cost_something_but_old_letters_do_not() {
        let mut found = read(&minutes(&(item(1) + &item(2))));
        let before = Confidence::of(&found).value;
        found.warnings.push(Warning { code: OLD_LETTERS, message: String::new(), line: None });
        assert_eq!(Confidence::of(&found).value, before);
        found.warnings.push(Warning { code: "ocr-text", message: String::new(), line: None });
        assert_eq!(Confidence::of(&found).value, before - 25);
    }
}
