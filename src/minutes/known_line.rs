//! What the dialect knows of each line of a document, found out once.
//!
//! Every step of the reading asks the same of every line: is it a heading, a label, a case number, another body's decision?
//! Asked anew each time, these questions took two thirds of the parser's time. Nearly every line is none of these, and one
//! walk over its first letters and one pass over all of them tell so; only what is left is asked exactly.

use std::ops::Deref;

use super::dialect::{Dialect, Reach, SectionHeading, Topic, Topics};
use super::sections::DecisionHeading;
use super::{closed, lines, sections};
use crate::intake::{Document, Line};
use crate::text::signs::Signs;

/// A line with its text and what is known of it.
#[derive(Debug)]
pub(super) struct KnownLine<'d> {
    line: &'d Line,
    /// Its place in the document.
    pub index: usize,
    pub content: &'d str,
    /// What it may speak of.
    topics: Topics,
    /// Its blanks are single and plain: what is taken from it needs no folding.
    pub has_single_blanks: bool,
    pub has_colon: bool,
    pub has_digit: bool,
    /// It may stand in one of the dialect's lists, alone or up to its colon.
    pub may_be_listed: bool,
    /// The heading of a section that it is.
    pub section: Option<SectionHeading>,
    /// The heading of a section that stands before its first colon; the whole line, where it has none.
    pub labelled: Option<SectionHeading>,
    /// A heading of a section with its text glued to it, and its length.
    pub glued: Option<(usize, SectionHeading)>,
    /// The heading of a body's decision; few lines are one, and all are walked over again and again.
    pub decision: Option<Box<DecisionHeading<'d>>>,
    /// The heading of a group of items, and whether of closed ones.
    pub group: Option<bool>,
    /// The case number that it is.
    pub case: Option<&'d str>,
    pub is_status: bool,
    pub is_label: bool,
}

impl<'d> KnownLine<'d> {
    /// All lines of a document.
    pub fn all(document: &'d Document, dialect: &Dialect) -> Vec<Self> {
        let content = |line: &Line| line.span.of(&document.text);
        let topics = dialect.topics(document.lines.iter().map(content));
        let lines = document.lines.iter().zip(topics).enumerate();
        lines.map(|(index, (line, topics))| Self::of(index, line, content(line), topics, dialect)).collect()
    }

    fn of(index: usize, line: &'d Line, content: &'d str, topics: Topics, dialect: &Dialect) -> Self {
        // Whatever is in one of the lists is in the one of all.
        let reach = dialect.reach_in_lists(content);
        let may_be_listed = reach == Reach::Whole;
        let glued = if reach == Reach::Nothing { None } else { sections::glued(content, dialect) };
        let signs = signs(content);
        let (colon, digit) = (signs & COLON != 0, signs & DIGIT != 0);
        let section = if may_be_listed { dialect.sections.get(content).copied() } else { None };
        let labelled = || dialect.sections.get(before_colon(content)).copied();
        Self {
            line,
            index,
            content,
            topics,
            has_single_blanks: has_single_blanks(content, signs),
            has_colon: colon,
            has_digit: digit,
            may_be_listed,
            section,
            labelled: if may_be_listed && colon { labelled() } else { section },
            glued: glued.map(|(word, found)| (word.len(), found)),
            // Such a heading has one of the dialect's words for a decision, or a day.
            decision: if topics.has(Topic::Decision) || digit {
                sections::decision_heading(content, dialect).map(Box::new)
            } else {
                None
            },
            group: if may_be_listed || lines::may_be_marked(content) { closed::group(content, dialect) } else { None },
            case: if digit { lines::case_number(content, dialect) } else { None },
            is_status: (may_be_listed || colon) && lines::is_status(content, dialect),
            is_label: may_be_listed && lines::is_label(content, dialect),
        }
    }

    /// Whether it has letters that any text has which speaks of the topic; so have all parts of it that speak of it.
    pub fn may_tell(&self, topic: Topic) -> bool {
        self.topics.has(topic)
    }

    /// The heading of a section, alone or with its text behind a colon, or the heading of a body's decision.
    pub fn opens_section(&self) -> bool {
        self.section.is_some() || self.decision.is_some() || self.has_strong_label()
    }

    /// Whether it is or begins with the heading of a decision, this committee's or another's.
    pub fn begins_decision(&self) -> bool {
        self.decision.is_some() || self.glued.is_some()
    }

    fn has_strong_label(&self) -> bool {
        self.has_colon && self.labelled.is_some_and(|found| found.strong)
    }

    /// The heading over a group of items that closes none.
    pub fn is_open_group(&self, dialect: &Dialect) -> bool {
        (self.may_be_listed || lines::may_be_marked(self.content)) && lines::is_group(self.content, dialect)
    }
}

impl Deref for KnownLine<'_> {
    type Target = Line;

    fn deref(&self) -> &Line {
        self.line
    }
}

const COLON: u8 = 1;
const DIGIT: u8 = 2;
/// A control character, or the leading byte of some blank beyond ASCII.
const ODD: u8 = 4;
const BLANK: u8 = 8;
/// A blank behind another.
const TWO_BLANKS: u8 = 16;

const SIGNS: Signs = Signs::new(&[
    (b':', b':', COLON),
    (b'0', b'9', DIGIT),
    (b' ', b' ', BLANK),
    (0, 0x1F, ODD),
    (0xC2, 0xC2, ODD),
    (0xE1, 0xE3, ODD),
]);

/// What all bytes of a line tell, in one walk.
fn signs(text: &str) -> u8 {
    let mut before = 0;
    text.bytes().fold(0, |found, byte| {
        let sign = SIGNS.of(byte);
        let both = sign & before & BLANK;
        before = sign;
        found | sign | both << 1
    })
}

/// Whether a text surely has nothing but single blanks between its words.
fn has_single_blanks(text: &str, signs: u8) -> bool {
    let blank = |letter: char| letter.is_whitespace() && letter != ' ';
    signs & TWO_BLANKS == 0 && (signs & ODD == 0 || !text.contains(blank))
}

/// What stands before the first colon; all, where there is none.
pub(super) fn before_colon(content: &str) -> &str {
    content.split_once(':').map_or(content, |(before, _)| before)
}
