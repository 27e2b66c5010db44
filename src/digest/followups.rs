//! What a meeting leaves open, and whether a later one takes it up.
//!
//! Only proposals: a sentence is read by its form, an item matched by its case number or its words, and a person decides.
//! Text of closed items is never looked at, and what a privacy rule withholds leaves no trace here.

use super::ScoredMeeting;
use super::model::OpenKind;
use crate::language::agreements::{Agreements, Open};
use crate::language::topic::Topic;
use crate::minutes::{EntryKind, Item, ItemNumber, Minutes, Outcome, SectionKind};

/// Something a meeting leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOpen {
    /// The item.
    pub item: ItemNumber,
    /// Its number as printed.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The sub-heading the sentence stands under.
    pub subheading: Option<String>,
    /// The case number, where no other item of the meeting has it: many items of one meeting share the number of the meeting.
    pub case: Option<String>,
    /// Why it is open.
    pub kind: OpenKind,
    /// The sentence that says so, word for word.
    pub text: String,
}

/// What of these minutes is open, in their order.
#[must_use]
pub fn left_open(minutes: &Minutes, scored: &ScoredMeeting, agreements: &Agreements) -> Vec<LeftOpen> {
    let mut found = Vec::new();
    for item in minutes.items.iter().filter(|item| !item.closed && !item.stories) {
        of_item(minutes, item, scored, agreements, &mut found);
    }
    found
}

fn of_item(minutes: &Minutes, item: &Item, scored: &ScoredMeeting, agreements: &Agreements, found: &mut Vec<LeftOpen>) {
    let own_case = minutes.items.iter().filter(|other| other.case == item.case).count() == 1;
    let mut put_off = false;
    for section in item.sections.iter().filter(|section| section.kind == SectionKind::Decision) {
        let mut subheading: Option<&str> = None;
        for entry in &section.entries {
            if entry.kind == EntryKind::Subheading {
                subheading = Some(&entry.text);
            }
            let trace = entry.id.and_then(|id| scored.trace(id));
            let Some(trace) = trace.filter(|_| entry.kind.is_scored()) else { continue };
            let kind = match agreements.open(&entry.text) {
                Some(Open::Postponed) => OpenKind::Postponed,
                Some(Open::Promise) => OpenKind::Promise,
                // The outcome knows wordings of its own: "Ikke behandlet."
                None if item.outcome == Outcome::Postponed
                    && !put_off
                    && subheading.is_none()
                    && is_short(&entry.text) =>
                {
                    OpenKind::Postponed
                }
                None => continue,
            };
            // One sentence is enough to know that an item was put off.
            let again = put_off && kind == OpenKind::Postponed;
            put_off |= kind == OpenKind::Postponed;
            if trace.is_withheld() || again {
                continue;
            }
            found.push(LeftOpen {
                item: item.number,
                number: item.printed.clone(),
                title: item.title.clone(),
                subheading: subheading.map(str::to_owned),
                case: item.case.clone().filter(|_| own_case),
                kind,
                text: entry.text.clone(),
            });
        }
    }
}

/// A sentence that only tells the outcome.
fn is_short(text: &str) -> bool {
    text.split_whitespace().count() <= 6
}

/// What has to be known of an open matter to see it come back.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'m> {
    /// The title of its item.
    pub title: &'m str,
    /// The sub-heading of its sentence.
    pub subheading: Option<&'m str>,
    /// The case number of its own.
    pub case: Option<&'m str>,
}

/// An item of a later meeting; the title of a closed one is empty.
#[derive(Clone, Copy, Debug)]
pub struct LaterItem<'i> {
    /// Its title.
    pub title: &'i str,
    /// Its case number.
    pub case: Option<&'i str>,
}

/// A later meeting, read once: a committee has hundreds of open matters after some years, and each of them asks.
#[derive(Debug)]
pub struct LaterMeeting<'m> {
    agreements: &'m Agreements,
    /// The items with the words of their titles; an item that stands on every agenda takes nothing up by its title.
    items: Vec<(LaterItem<'m>, Option<Topic>)>,
}

impl<'m> LaterMeeting<'m> {
    /// All items of one meeting.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = LaterItem<'m>>, agreements: &'m Agreements) -> Self {
        let topic = |title: &str| {
            Some(title)
                .filter(|title| !agreements.is_standing(title))
                .map(|title| Topic::of(title, agreements.inflection()))
        };
        Self { agreements, items: items.into_iter().map(|item| (item, topic(item.title))).collect() }
    }

    /// The place of the first item that takes the matter up: the same case number, where it is the number of one item alone, or
    /// titles that say the same.
    #[must_use]
    pub fn taking_up(&self, matter: Matter<'_>) -> Option<usize> {
        let times = |case: &str| self.items.iter().filter(|(item, _)| item.case == Some(case)).count();
        if let Some(case) = matter.case.filter(|case| times(case) == 1) {
            return self.items.iter().position(|(item, _)| item.case == Some(case));
        }
        let about = match matter.subheading {
            Some(subheading) if self.agreements.is_standing(matter.title) => subheading,
            None if self.agreements.is_standing(matter.title) => return None,
            _ => matter.title,
        };
        let topic = Topic::of(about, self.agreements.inflection());
        self.items.iter().position(|(_, later)| later.as_ref().is_some_and(|later| say_the_same(&topic, later)))
    }
}

/// Whether two titles have most of their words, or parts of them, in common: both ways, or "Budget" would be "Status på
/// budget og regnskab for skolerne".
fn say_the_same(one: &Topic, other: &Topic) -> bool {
    let most = |left: &Topic, right: &Topic| {
        let words = left.len();
        words > 0 && left.shared_with(right) * 10 >= words * 6
    };
    most(one, other) && most(other, one)
}
