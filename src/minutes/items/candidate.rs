//! Lines that may be headings of items, and what speaks for and against each.
//!
//! Every numbered list looks like an agenda, so a form alone says little. A person looks around: does the title stand in
//! the table of contents, does a known heading or a case number follow, is it set as a heading, is it a member of a list?
//! Each of these is evidence with a weight; `chain` then finds the headings that together make the best agenda.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::closed;
use super::super::dialect::{Dialect, HeadingFound, TitlePlace, behind_word, same_key};
use super::super::known_line::KnownLine;
use super::super::lines;
use super::super::model::SectionKind;
use super::contents::Contents;
use crate::intake::LineKind;

/// What speaks for or against a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::minutes) enum Evidence {
    /// The form says "Punkt" or the like.
    Worded,
    /// The title stands in the table of contents.
    Listed,
    /// A case number, a status or the heading of a section follows.
    Opens,
    /// The title is printed again on the next line.
    Repeated,
    /// Set as a heading.
    Marked,
    /// All bold.
    Emphasised,
    /// Most meetings have such an item.
    Usual,
    /// It says that it is closed.
    Closed,
    /// A short line without verb or full stop.
    Titular,
    /// Its form is that of closed items.
    ClosedForm,
    /// Text or nothing follows, no further number.
    Alone,
    /// The lines around it count on: a list.
    Tight,
    /// It goes on counting in a decision or a recommendation.
    Counts,
    /// It begins in small letters.
    Small,
    /// It reads as a sentence.
    Sentence,
    /// It says what was decided.
    Outcome,
}

impl Evidence {
    /// One word for it, for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worded => "worded",
            Self::Listed => "listed",
            Self::Opens => "opens",
            Self::Repeated => "repeated",
            Self::Marked => "marked",
            Self::Emphasised => "emphasised",
            Self::Usual => "usual",
            Self::Closed => "closed",
            Self::Titular => "titular",
            Self::ClosedForm => "closedform",
            Self::Alone => "alone",
            Self::Tight => "tight",
            Self::Counts => "counts",
            Self::Small => "small",
            Self::Sentence => "sentence",
            Self::Outcome => "outcome",
        }
    }

    fn weight(self) -> i32 {
        match self {
            Self::Worded | Self::Listed | Self::Opens => 4,
            Self::ClosedForm => 4,
            Self::Repeated | Self::Closed => 3,
            Self::Marked | Self::Usual | Self::Titular => 2,
            Self::Emphasised | Self::Alone => 1,
            Self::Counts => -2,
            Self::Tight | Self::Sentence | Self::Outcome => -3,
            Self::Small => -4,
        }
    }
}

/// What a line needs before it is a heading.
const BAR: i32 = -4;
/// The longest title, in characters.
const LONGEST: usize = 220;
/// How many lines below a heading may stand before the first sign that it is one.
const REACH: usize = 5;
/// The longest line that is a title without doubt, in words.
const TITLE_WORDS: usize = 14;

/// A line that may be a heading.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its line.
    pub index: usize,
    /// The lines that are heading and title, its own among them.
    pub own: Vec<usize>,
    /// Which form of the dialect.
    pub form: usize,
    /// The whole number, where it is one.
    pub number: Option<u32>,
    pub printed: String,
    pub title: String,
    pub evidence: Vec<Evidence>,
}

impl Candidate {
    /// What speaks for it, over what it needs.
    pub fn weight(&self) -> i32 {
        BAR + self.evidence.iter().map(|each| each.weight()).sum::<i32>()
    }

    /// Whether the table of contents has its title.
    pub fn is_listed(&self) -> bool {
        self.evidence.contains(&Evidence::Listed)
    }

    /// Whether its form is that of closed items.
    pub fn is_of_closed_form(&self) -> bool {
        self.evidence.contains(&Evidence::ClosedForm)
    }

    /// Whether it says "Punkt" or the like and what follows a heading follows.
    pub fn is_certain(&self) -> bool {
        let has = |wanted: Evidence| self.evidence.contains(&wanted);
        has(Evidence::Worded) && has(Evidence::Opens) && has(Evidence::Titular)
    }

    /// The first of its lines.
    pub fn first(&self) -> usize {
        self.own.iter().copied().min().unwrap_or(self.index)
    }
}

/// All candidates outside the table of contents, in the document's order.
pub(super) fn candidates(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut section: Option<SectionKind> = None;
    // The last number of the list in the present section.
    let mut counted: Option<u32> = None;
    for (index, line) in page.iter().enumerate() {
        let content = line.content;
        if contents.has_line(index) || content.len() > LONGEST * 4 {
            continue;
        }
        match shape(line, dialect) {
            Some((form, shape)) => {
                let Some(mut candidate) = candidate(page, dialect, index, form, &shape) else { continue };
                candidate.evidence = evidence(page, dialect, contents, &candidate);
                let counts = section.is_some_and(|kind| kind.has_sentences() || kind == SectionKind::Recommendation)
                    && (candidate.number == Some(1) || counted.map(|last| last + 1) == candidate.number);
                if counts && candidate.number.is_some() {
                    candidate.evidence.push(Evidence::Counts);
                }
                counted = candidate.number;
                if candidate.evidence.contains(&Evidence::Opens) {
                    section = None;
                }
                found.push(candidate);
            }
            None => {
                if let Some(heading) = line.section {
                    (section, counted) = (Some(heading.kind), None);
                }
            }
        }
    }
    tight(&mut found);
    found
}

/// The form of the line, where it has one.
fn shape<'l>(line: &KnownLine<'l>, dialect: &Dialect) -> Option<(usize, HeadingFound<'l>)> {
    let content = line.content;
    if !line.has_digit || line.kind == LineKind::Row || !may_have_form(content) || line.case.is_some() {
        return None;
    }
    dialect.form_of(content)
}

/// A cheap no: a heading has its number among the first words.
fn may_have_form(content: &str) -> bool {
    content.bytes().take(24).any(|byte| byte.is_ascii_digit())
}

/// The candidate at a line, with its title from wherever the form has it.
fn candidate(
    page: &[KnownLine<'_>],
    dialect: &Dialect,
    index: usize,
    form: usize,
    shape: &HeadingFound<'_>,
) -> Option<Candidate> {
    let place = dialect.forms.get(form)?.title;
    let mut own = Vec::with_capacity(3);
    own.push(index);
    let title = match place {
        TitlePlace::Here => shape.title?.to_owned(),
        TitlePlace::Above => {
            let above = index.checked_sub(1)?;
            let line = page.get(above)?;
            if !lines::is_titular(line.content, dialect) || line.section.is_some() {
                return None;
            }
            own.push(above);
            line.content.to_owned()
        }
        TitlePlace::Below => match title_below(page, dialect, index) {
            Some((line, title)) => {
                own.push(line);
                title
            }
            None => String::new(),
        },
    };
    // "4. Beslutning" in a case or an appendix is the heading of a section.
    if place == TitlePlace::Here && dialect.sections.get(&title).is_some_and(|section| section.strong) {
        return None;
    }
    // "31 12 2025", "8.00 Morgenmad": a date or a time, unless the form says otherwise.
    let counts = title.starts_with(|c: char| c.is_ascii_digit()) && place == TitlePlace::Here;
    if (counts && !dialect.forms.get(form)?.worded) || title.chars().count() > LONGEST {
        return None;
    }
    // The title is printed once more.
    let behind = own.iter().copied().max().unwrap_or(index) + 1;
    let next = page.get(behind).map(|line| line.content);
    let repeated = next.is_some_and(|next| !title.is_empty() && same_key(next, &title));
    if repeated {
        own.push(behind);
    }
    let whole = shape.printed.parse().ok();
    Some(Candidate { index, own, form, number: whole, printed: shape.printed.to_owned(), title, evidence: Vec::new() })
}

/// "Pkt. 42", perhaps case number and status, then the title.
fn title_below(page: &[KnownLine<'_>], dialect: &Dialect, index: usize) -> Option<(usize, String)> {
    for (place, line) in below(page, index + 1..index + 2 + REACH) {
        let content = line.content;
        let (label, value) = content.split_once(':').unwrap_or((content, ""));
        if dialect.title_labels.has(label) {
            if !value.trim().is_empty() {
                return Some((place, value.trim().to_owned()));
            }
            continue;
        }
        if line.section.is_some() || content.chars().count() > LONGEST {
            return None;
        }
        if !line.is_label && line.case.is_none() && !line.is_status {
            return Some((place, content.to_owned()));
        }
    }
    None
}

fn below<'p, 'd>(page: &'p [KnownLine<'d>], range: Range<usize>) -> impl Iterator<Item = (usize, &'p KnownLine<'d>)> {
    let first = range.start;
    page.iter().skip(first).take(range.len()).enumerate().map(move |(offset, line)| (first + offset, line))
}

fn evidence(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents, candidate: &Candidate) -> Vec<Evidence> {
    let title = candidate.title.as_str();
    let mut found = Vec::with_capacity(8);
    let mut note = |holds: bool, evidence: Evidence| {
        if holds {
            found.push(evidence);
        }
    };
    let line = page.get(candidate.index);
    let form = dialect.forms.get(candidate.form);
    note(form.is_some_and(|form| form.worded && !form.closed), Evidence::Worded);
    note(form.is_some_and(|form| form.closed), Evidence::ClosedForm);
    note(contents.has_title(title), Evidence::Listed);
    let last = candidate.own.iter().copied().max().unwrap_or(candidate.index);
    note(opens(page, last + 1, dialect), Evidence::Opens);
    // The title itself is one line, or one with its number; more is the same printed again.
    let printed_twice = candidate.own.len() > 1 + usize::from(form.is_some_and(|form| form.title != TitlePlace::Here));
    note(printed_twice, Evidence::Repeated);
    note(line.is_some_and(|line| matches!(line.kind, LineKind::Heading(_))), Evidence::Marked);
    note(line.is_some_and(|line| line.emphasised), Evidence::Emphasised);
    let usual = dialect.usual_titles.iter().any(|usual| behind_word(title, usual).is_some());
    note(usual, Evidence::Usual);
    let closed = closed::is_closed_title(title, dialect);
    note(closed, Evidence::Closed);
    let words = title.split_whitespace().count();
    note(words <= TITLE_WORDS && lines::is_titular(title, dialect), Evidence::Titular);
    note(title.starts_with(char::is_lowercase) && !closed, Evidence::Small);
    note(title.ends_with(['.', ';', ',', ':']) && words > 3, Evidence::Sentence);
    note(words <= 4 && lines::tells_outcome(title, dialect), Evidence::Outcome);
    found
}

/// Whether what stands from line `from` is what stands below the heading of an item.
pub(super) fn opens(page: &[KnownLine<'_>], from: usize, dialect: &Dialect) -> bool {
    for (_, line) in below(page, from..from + REACH) {
        let content = line.content;
        if line.group.is_some() {
            return false;
        }
        if line.opens_section() || line.case.is_some() || line.is_status || line.is_label {
            return true;
        }
        // Running text, or the next point of a list: no heading above it.
        let next = may_have_form(content) && dialect.form_of(content).is_some();
        if next || content.ends_with('.') || content.chars().count() > LONGEST {
            return false;
        }
    }
    false
}

/// Marks the members of lists: a neighbour on the line before or after counts on.
fn tight(candidates: &mut [Candidate]) {
    let near = |one: &Candidate, other: &Candidate| {
        one.form == other.form
            && one.own.iter().max().map(|last| last + 1) == Some(other.first())
            && one.number.map(|number| number + 1) == other.number
            && one.number.is_some()
    };
    let tight: BTreeSet<usize> = candidates
        .windows(2)
        .flat_map(|pair| match pair {
            [one, other] if near(one, other) => vec![one.index, other.index],
            _ => Vec::new(),
        })
        .collect();
    for candidate in candidates {
        let free = candidate.evidence.iter().any(|each| matches!(each, Evidence::Closed | Evidence::Opens));
        if tight.contains(&candidate.index) && !free {
            candidate.evidence.push(Evidence::Tight);
        } else {
            candidate.evidence.push(Evidence::Alone);
        }
    }
}
