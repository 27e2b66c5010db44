//! Items without numbers: the headings are bare titles, or were lost in the conversion.
//!
//! What tells them is what comes back. Each item has its case number and its "Sagsfremstilling" or "Beslutning", so where
//! one of these is met a second time a new item has begun, and its title is the line before. Where the file itself marks
//! headings, the level above the sections is the items'.

use std::collections::{BTreeMap, BTreeSet};

use super::super::dialect::{Dialect, SectionHeading, key, same_key};
use super::super::known_line::KnownLine;
use super::super::model::SectionKind;
use super::super::{lines, sections, votes};
use super::contents::Contents;
use super::{Start, StartReason};
use crate::intake::LineKind;

/// The longest title in capitals, in words.
const SHOUTED_WORDS: usize = 12;

/// What opens or belongs to an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Case,
    Section(String),
}

/// The items' beginnings, in order.
pub(super) fn find(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents) -> Vec<Start> {
    let marked = by_level(page, dialect, contents);
    let recurring = by_recurrence(page, dialect, contents);
    if marked.len() >= recurring.len().max(1) {
        return marked;
    }
    let set_apart = by_titles(page, dialect, contents);
    // Items without any section stand between those that have some; their titles look alike and are the usual ones.
    let usual = set_apart.iter().filter(|start| is_usual(&start.title, dialect)).count();
    if recurring.is_empty() || usual >= 2 {
        let mut all = recurring;
        for start in set_apart {
            if all.iter().all(|known| known.first != start.first) {
                all.push(start);
            }
        }
        all.sort_by_key(|start| start.first);
        return all;
    }
    recurring
}

fn is_usual(title: &str, dialect: &Dialect) -> bool {
    let lower = title.to_lowercase();
    dialect.usual_titles.iter().any(|usual| lower.starts_with(usual.as_str()))
}

/// How often the section that comes most often comes: a document has about as many items.
pub(super) fn most_frequent_section(page: &[KnownLine<'_>], contents: &Contents) -> usize {
    // As printed first: there are few wordings, and a key costs more than a comparison.
    let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
    for heading in headings(page, contents).filter_map(|(_, heading)| heading) {
        *printed.entry(heading).or_default() += 1;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (heading, count) in printed {
        *counts.entry(key(heading)).or_default() += count;
    }
    counts.into_values().max().unwrap_or_default()
}

fn marks(page: &[KnownLine<'_>], contents: &Contents) -> Vec<(usize, Mark)> {
    let mark = |heading: Option<&str>| heading.map_or(Mark::Case, |heading| Mark::Section(key(heading)));
    headings(page, contents).map(|(index, heading)| (index, mark(heading))).collect()
}

/// Case numbers, and headings of sections as printed.
fn headings<'p>(page: &'p [KnownLine<'_>], contents: &'p Contents) -> impl Iterator<Item = (usize, Option<&'p str>)> {
    page.iter().enumerate().filter_map(|(index, line)| {
        if contents.has_line(index) || !matches!(line.kind, LineKind::Plain | LineKind::Heading(_)) {
            return None;
        }
        let content = line.content;
        if line.case.is_some() {
            return Some((index, None));
        }
        let opens = |section: &SectionHeading| section.strong && section.kind != SectionKind::Absence;
        let glued = line.glued.and_then(|(length, section)| Some((content.get(..length)?, Some(section))));
        let word = || content.split_once(':').map_or(content, |(word, _)| word);
        let labelled = glued.unwrap_or_else(|| (word(), line.labelled));
        let heading =
            [(content, line.section), labelled].into_iter().find(|(_, section)| section.as_ref().is_some_and(opens));
        heading.map(|(heading, _)| (index, Some(heading)))
    })
}

/// Headings of the level above the sections'.
fn by_level(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents) -> Vec<Start> {
    let headings: Vec<(usize, u8, bool)> = page
        .iter()
        .enumerate()
        .filter(|(index, _)| !contents.has_line(*index))
        .filter_map(|(index, line)| match line.kind {
            LineKind::Heading(level) => Some((index, level, line.opens_section())),
            _ => None,
        })
        .collect();
    // The level whose headings most often have a section's heading or a case number next.
    let mut levels: BTreeMap<u8, usize> = BTreeMap::new();
    for (place, (index, level, section)) in headings.iter().enumerate() {
        let next_is_section = headings.get(place + 1).is_some_and(|(_, _, section)| *section);
        if !section && (next_is_section || super::candidate::opens(page, index + 1, dialect)) {
            *levels.entry(*level).or_default() += 1;
        }
    }
    let Some((level, _)) = levels.into_iter().max_by_key(|(level, count)| (*count, std::cmp::Reverse(*level))) else {
        return Vec::new();
    };
    let starts = headings.iter().filter(|(_, own, section)| *own == level && !section);
    starts
        .filter(|(index, ..)| !is_document_title(page, *index, dialect))
        .map(|(index, ..)| start(page, *index, StartReason::HeadingLevel(level)))
        .collect()
}

/// A mark and the title above it, since the last item began.
struct Pending<'m> {
    index: usize,
    mark: &'m Mark,
    title: Option<usize>,
}

/// New items where a section or a case number comes back.
///
/// Where exactly the new one began is told by a title: above what came back, or above the first mark since it came last.
fn by_recurrence(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents) -> Vec<Start> {
    let marks = marks(page, contents);
    let mut starts: Vec<Start> = Vec::new();
    let mut pending: Vec<Pending<'_>> = Vec::new();
    let mut openers: BTreeSet<&Mark> = BTreeSet::new();
    let mut previous: Option<usize> = None;
    for (index, mark) in &marks {
        let from = previous.map_or(0, |previous| previous + 1);
        let title = title_before(page, dialect, from, *index).filter(|title| !contents.has_line(*title));
        let last = pending.iter().rposition(|known| known.mark == mark);
        let case_behind = *mark == Mark::Case && !pending.is_empty();
        let opens = title.is_some() && openers.contains(mark);
        let new = Pending { index: *index, mark, title };
        if pending.is_empty() || opens || case_behind {
            pending.clear();
            begin(page, &new, &mut starts, &mut openers);
            pending.push(new);
        } else if let Some(last) = last {
            let between = pending.iter().skip(last + 1).position(|each| each.title.is_some());
            match between.filter(|_| title.is_none()) {
                Some(offset) => {
                    pending.drain(..=last + offset);
                    if let Some(first) = pending.first() {
                        begin(page, first, &mut starts, &mut openers);
                    }
                }
                None => {
                    pending.clear();
                    begin(page, &new, &mut starts, &mut openers);
                }
            }
            pending.push(new);
        } else {
            pending.push(new);
        }
        previous = Some(*index);
    }
    // One section alone may be a letter's or an article's.
    let cases = marks.iter().filter(|(_, mark)| *mark == Mark::Case).count();
    if marks.len() + cases < 2 { Vec::new() } else { starts }
}

fn begin<'m>(page: &[KnownLine<'_>], at: &Pending<'m>, starts: &mut Vec<Start>, openers: &mut BTreeSet<&'m Mark>) {
    openers.insert(at.mark);
    starts.push(match at.title {
        Some(title) => start(page, title, StartReason::Recurring),
        // The heading was lost: the item begins with its case number or its first section.
        None => Start {
            first: at.index,
            own: Vec::new(),
            printed: String::new(),
            title: String::new(),
            reason: StartReason::Recurring,
        },
    });
}

/// The title directly before a mark, above labels and status.
fn title_before(page: &[KnownLine<'_>], dialect: &Dialect, from: usize, mark: usize) -> Option<usize> {
    (from..mark).rev().take(4).find_map(|index| {
        let line = page.get(index)?;
        let content = line.content;
        if line.is_label || line.is_status || line.group.is_some() {
            return None;
        }
        let fits = matches!(line.kind, LineKind::Plain | LineKind::Heading(_))
            && lines::is_titular(content, dialect)
            && !lines::tells_outcome(content, dialect)
            && !votes::tells(content)
            && !dialect.attendance.tells(content)
            && !is_document_title(page, index, dialect);
        Some(fits.then_some(index))
    })?
}

/// Bold lines and lines in capitals with text below them, in minutes that have no section at all.
fn by_titles(page: &[KnownLine<'_>], dialect: &Dialect, contents: &Contents) -> Vec<Start> {
    let is_title = |index: usize| {
        page.get(index).is_some_and(|line| {
            let content = line.content;
            let shouted = sections::is_shouted(content)
                && content.split_whitespace().count() <= SHOUTED_WORDS
                && !content.ends_with(['.', ':', ',']);
            let set_apart = line.emphasised || matches!(line.kind, LineKind::Heading(_));
            let titular = set_apart && lines::is_titular(content.trim_end_matches(':'), dialect);
            line.kind != LineKind::Row && (shouted || titular) && !line.opens_section()
        })
    };
    let starts: Vec<Start> = (0..page.len())
        .filter(|index| !contents.has_line(*index) && is_title(*index) && !is_document_title(page, *index, dialect))
        .filter(|index| page.get(index + 1).is_some() && !is_title(index + 1))
        .map(|index| start(page, index, StartReason::SetApart))
        .collect();
    // Before the first usual title stand the municipality and other things in capitals.
    let usual = starts.iter().position(|start| is_usual(&start.title, dialect));
    let starts: Vec<Start> = starts.into_iter().skip(usual.unwrap_or_default()).collect();
    if starts.len() < 2 { Vec::new() } else { starts }
}

/// Whether the line names the document rather than an item.
fn is_document_title(page: &[KnownLine<'_>], index: usize, dialect: &Dialect) -> bool {
    let content = page.get(index).map_or("", |line| line.content);
    if is_usual(content, dialect) {
        return false;
    }
    super::super::header::is_title(content, dialect) || lines::is_head_label(content, dialect)
}

fn start(page: &[KnownLine<'_>], index: usize, reason: StartReason) -> Start {
    let title = page.get(index).map_or("", |line| line.content).trim();
    let mut own = vec![index];
    if page.get(index + 1).is_some_and(|next| same_key(next.content, title)) {
        own.push(index + 1);
    }
    Start { first: index, own, printed: String::new(), title: title.to_owned(), reason }
}
