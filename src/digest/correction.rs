//! What has to be said when minutes were changed after letters of them went out.
//!
//! A correction compares what was told with the new minutes, never with what other rules would choose today: an item of
//! which not one letter changed is not told again. Old wording is repeated only where a new one stands in its place and no
//! privacy rule speaks against it. What was taken out, closed or made private is withdrawn by the number of its item
//! alone, because the reason may be the very words.

use std::collections::BTreeSet;

use super::ScoredMeeting;
use super::build::{Selected, candidates, guard, items};
use super::candidates::Candidate;
use super::guard::Guard;
use super::model::{Audience, Digest, DigestItem};
use super::told::{Gist, TextMark, ToldSentence};
use super::units::{LONGEST_UNIT, unit};
use crate::minutes::{Item, Minutes};
use crate::rules::RuleSet;
use crate::text::stem::Inflection;

/// What became of an item since the last letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It says something else.
    Corrected,
    /// What was told of it counts no more.
    Withdrawn,
    /// It was not in the earlier minutes, or had nothing to tell.
    Added,
}

/// One item of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectedItem {
    /// Its number as printed.
    pub printed: String,
    /// Its title; empty where it is withdrawn.
    pub title: String,
    /// What became of it.
    pub change: Change,
    /// Sentences of the last letter that were replaced, word for word.
    pub before: Vec<String>,
    /// Whether something was taken out that is not repeated.
    pub taken_out: bool,
    /// What it says now.
    pub now: Option<DigestItem>,
}

/// The content of a correction. The quotes of `digest` are those of the items, so that a letter is checked like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The new quotes, with meeting, audience and number of words.
    pub digest: Digest,
    /// Item by item, in the order of the minutes; withdrawn ones that are gone come last.
    pub items: Vec<CorrectedItem>,
}

/// An item as the minutes had it when the last letter was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemBefore {
    /// Its number as printed.
    pub printed: String,
    /// What names the case.
    pub matter: Vec<TextMark>,
    /// Names the letters of its title and decision.
    pub words: TextMark,
}

/// What is compared with the new minutes.
#[derive(Clone, Copy, Debug)]
pub struct Before<'b> {
    /// The items of the minutes of the last letter.
    pub items: &'b [ItemBefore],
    /// What that letter and those before it told of the meeting.
    pub told: &'b [ToldSentence],
    /// How words are compared.
    pub inflection: &'b Inflection,
}

/// Share of the shorter one's words from which a sentence stands in the place of another, in thousandths.
const REPLACES: usize = 500;

/// Names the letters of an item's title and decision; a closed item has none.
#[must_use]
pub fn item_words(item: &Item) -> TextMark {
    let entries = item.own_entries().filter(|_| !item.closed).map(|entry| entry.text.as_str());
    TextMark::of(&entries.fold(item.title.clone(), |all, text| all + "|" + text))
}

/// The correction of what was told, by the letter `new` that would be made of the new minutes; none where nothing that was
/// told, or that is new and worth telling, has changed.
#[must_use]
pub fn correct(
    new: &Digest,
    minutes: &Minutes,
    rules: &RuleSet,
    scored: &ScoredMeeting,
    audience: &Audience,
    before: Before<'_>,
) -> Option<Correction> {
    let candidates = candidates(minutes, rules, scored, audience);
    let guard = guard(rules, scored, audience);
    let look = Look { new, minutes, candidates: &candidates, guard: &guard, audience, before };
    let mut corrected: Vec<CorrectedItem> = minutes.items.iter().filter_map(|item| look.item(item)).collect();
    corrected.extend(look.gone());
    if corrected.is_empty() {
        return None;
    }
    let mut digest = Digest {
        stories: Vec::new(),
        dates: Vec::new(),
        requests: Vec::new(),
        tasks: Vec::new(),
        open: Vec::new(),
        items: corrected.iter().filter_map(|item| item.now.clone()).collect(),
        ..new.clone()
    };
    let quotes = digest.items.iter().flat_map(|item| &item.sentences);
    digest.words = quotes.map(|quote| super::candidates::count_words(&quote.text)).sum();
    Some(Correction { digest, items: corrected })
}

struct Look<'l> {
    new: &'l Digest,
    minutes: &'l Minutes,
    candidates: &'l [Candidate],
    guard: &'l Guard<'l>,
    audience: &'l Audience,
    before: Before<'l>,
}

impl Look<'_> {
    /// What has to be said of an item of the new minutes.
    fn item(&self, item: &Item) -> Option<CorrectedItem> {
        let matter = TextMark::of_matter(item);
        let was = self.was(&matter, &item.printed);
        if was.is_some_and(|was| was.words == item_words(item)) || item.stories {
            return None;
        }
        let told: Vec<&ToldSentence> = match was {
            Some(was) => self.before.told.iter().filter(|told| told.item == was.printed).collect(),
            None => Vec::new(),
        };
        let private = self.guard.objection_to_heading(&item.title).is_some();
        if item.closed || private {
            return (!told.is_empty()).then(|| withdrawn(&item.printed));
        }
        let entries: Vec<TextMark> = item.own_entries().map(|entry| TextMark::of(&entry.text)).collect();
        let gone: Vec<&ToldSentence> = told.iter().copied().filter(|told| !entries.contains(&told.sentence)).collect();
        let (mut shown, mut before) = (BTreeSet::new(), Vec::new());
        for sentence in &gone {
            if let Some(place) = self.replacement(item, sentence, &told) {
                shown.extend(unit(self.candidates, place));
                before.extend(sentence.text.clone().filter(|text| self.guard.objection(text).is_none()));
            }
        }
        let taken_out = before.len() < gone.len();
        shown.extend(self.news(item, &told));
        if gone.is_empty() && shown.is_empty() {
            return None;
        }
        let now = self.quotes(item, &shown);
        let change = if told.is_empty() { Change::Added } else { Change::Corrected };
        match now {
            Some(now) => Some(CorrectedItem {
                printed: item.printed.clone(),
                title: item.title.clone(),
                change,
                before,
                taken_out,
                now: Some(now),
            }),
            None => Some(withdrawn(&item.printed)),
        }
    }

    /// The item of the earlier minutes that this one is.
    fn was(&self, matter: &[TextMark], printed: &str) -> Option<&ItemBefore> {
        let items = self.before.items.iter();
        let same = |was: &&ItemBefore| was.matter.iter().any(|mark| matter.contains(mark));
        // Numbers move when an item comes in between, so a number says which item it is only where no title does.
        let named = |was: &&ItemBefore| {
            self.minutes.items.iter().any(|item| TextMark::of_matter(item).iter().any(|mark| was.matter.contains(mark)))
        };
        items.clone().find(same).or_else(|| items.clone().find(|was| was.printed == printed && !named(was)))
    }

    /// The sentence that stands in the place of one that is gone, if it may be quoted with all it needs.
    fn replacement(&self, item: &Item, gone: &ToldSentence, told: &[&ToldSentence]) -> Option<usize> {
        let of_item = self.candidates.iter().enumerate().filter(|(_, candidate)| candidate.id.item == item.number);
        let alike = of_item.filter(|(_, candidate)| {
            let mark = TextMark::of(&candidate.text);
            !told.iter().any(|told| told.sentence == mark)
        });
        let shared = |candidate: &Candidate| {
            let gist = Gist::of(&candidate.text, self.before.inflection);
            let shared = gist.words.intersection(&gone.gist.words).count();
            let shorter = gist.words.len().min(gone.gist.words.len()).max(1);
            (shared * 1_000 / shorter >= REPLACES).then_some(shared)
        };
        let best = alike
            .filter_map(|(place, candidate)| Some((shared(candidate)?, place)))
            .max_by_key(|(shared, place)| (*shared, std::cmp::Reverse(*place)))?;
        self.may_be_quoted(best.1).then_some(best.1)
    }

    fn may_be_quoted(&self, place: usize) -> bool {
        let unit = unit(self.candidates, place);
        let open = |member: &usize| self.candidates.get(*member).is_some_and(|found| found.withheld.is_none());
        unit.len() <= LONGEST_UNIT && unit.iter().all(open)
    }

    /// Quotes of the new letter that were not told, where any of them is new for the minutes too.
    fn news(&self, item: &Item, told: &[&ToldSentence]) -> BTreeSet<usize> {
        let quoted = self.new.items.iter().filter(|quoted| quoted.number == item.number);
        let ids: BTreeSet<_> = quoted.flat_map(|quoted| &quoted.sentences).map(|quote| quote.id).collect();
        let chosen = self.candidates.iter().enumerate().filter(|(_, candidate)| ids.contains(&candidate.id));
        let new = chosen.filter(|(_, candidate)| {
            let mark = TextMark::of(&candidate.text);
            !told.iter().any(|told| told.sentence == mark)
        });
        new.flat_map(|(place, _)| unit(self.candidates, place)).collect()
    }

    fn quotes(&self, item: &Item, shown: &BTreeSet<usize>) -> Option<DigestItem> {
        let selected = Selected { candidates: self.candidates, chosen: shown, forced: &BTreeSet::new() };
        items(self.minutes, selected, self.audience).into_iter().find(|found| found.number == item.number)
    }

    /// Items of which something was told and that the new minutes do not have.
    fn gone(&self) -> Vec<CorrectedItem> {
        let there = |wanted: &ItemBefore| {
            let mut items = self.minutes.items.iter();
            items.any(|item| self.was(&TextMark::of_matter(item), &item.printed) == Some(wanted))
        };
        let told = |was: &ItemBefore| self.before.told.iter().any(|told| told.item == was.printed);
        let gone = self.before.items.iter().filter(|was| told(was) && !there(was));
        gone.map(|was| withdrawn(&was.printed)).collect()
    }
}

fn withdrawn(printed: &str) -> CorrectedItem {
    CorrectedItem {
        printed: printed.to_owned(),
        title: String::new(),
        change: Change::Withdrawn,
        before: Vec::new(),
        taken_out: true,
        now: None,
    }
}
