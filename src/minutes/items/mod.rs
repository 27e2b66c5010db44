//! Where each item begins: the headings of the document, not its table of contents.

mod candidate;
mod chain;
mod contents;
mod unnumbered;

use std::collections::BTreeSet;

pub(super) use candidate::Evidence;
use contents::Contents;

use super::dialect::Dialect;
use super::header;
use super::known_line::KnownLine;
use super::model::ItemNumber;
use crate::text::dates::dates;

/// A heading of an item and the lines that belong to it.
#[derive(Debug)]
pub(super) struct RawItem<'d> {
    pub number: ItemNumber,
    pub printed: String,
    pub title: String,
    /// It stands under a heading that closes all items below it.
    pub in_closed_group: bool,
    pub lines: Vec<&'d KnownLine<'d>>,
    /// The lines that are its heading.
    pub heading: Vec<&'d KnownLine<'d>>,
    pub reason: StartReason,
}

/// The head of the document and its items.
#[derive(Debug)]
pub(super) struct Split<'d> {
    pub head: Vec<&'d KnownLine<'d>>,
    pub contents: Vec<&'d KnownLine<'d>>,
    /// The title of other minutes that follow in the same file.
    pub second: Option<&'d KnownLine<'d>>,
    pub items: Vec<RawItem<'d>>,
}

/// Why a line is taken as the heading of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StartReason {
    /// It has this form, with what speaks for it.
    Form(String, Vec<Evidence>),
    /// Headings of this level have sections below them.
    HeadingLevel(u8),
    /// A case number or a section comes back.
    Recurring,
    /// Bold or in capitals, with text below.
    SetApart,
}

/// Where an item begins.
#[derive(Debug)]
struct Start {
    first: usize,
    /// The lines that are heading and title.
    own: Vec<usize>,
    printed: String,
    title: String,
    reason: StartReason,
}

/// Splits a document at its item headings.
pub(super) fn split<'d>(page: &'d [KnownLine<'d>], dialect: &Dialect) -> Split<'d> {
    let contents = Contents::read(page, dialect);
    let candidates = candidate::candidates(page, dialect, &contents);
    let chain: BTreeSet<usize> = chain::best(&candidates).into_iter().collect();
    let mut starts: Vec<Start> = candidates
        .into_iter()
        .enumerate()
        .filter(|(place, _)| chain.contains(place))
        .map(|(_, candidate)| {
            let form = dialect.forms.get(candidate.form).map_or_else(String::new, |form| form.template.clone());
            Start {
                first: candidate.first(),
                printed: candidate.printed,
                title: candidate.title,
                own: candidate.own,
                reason: StartReason::Form(form, candidate.evidence),
            }
        })
        .collect();
    // A numbered list with a known word below it is no agenda where sections come far more often.
    if starts.len() * 2 < unnumbered::most_frequent_section(page, &contents).max(1) {
        let found = unnumbered::find(page, dialect, &contents);
        if found.len() > starts.len() {
            starts = found;
        }
    }
    contents.name(&mut starts, page.len());
    case_above(&mut starts, page);
    let second = second_document(&starts, page, dialect).or_else(|| agenda_behind(&starts, page, dialect));
    if let Some(second) = second {
        starts.retain(|start| start.first < second);
    }
    let end = second.unwrap_or(page.len());
    let first = starts.first().map_or(page.len(), |start| start.first);
    let is_contents = |index: usize| contents.has_line(index);
    let head = page.iter().enumerate().take(first).filter(|(index, _)| !is_contents(*index));
    let groups = closed_groups(page, &contents, first);
    let ends: Vec<usize> = starts.iter().skip(1).map(|start| start.first).chain([end]).collect();
    let items = starts.into_iter().zip(ends).map(|(start, end)| {
        let lines = (start.first..end).filter(|index| !start.own.contains(index) && !is_contents(*index));
        let line = |index: usize| page.get(index);
        Found {
            in_closed_group: groups.get(start.first).copied().unwrap_or(false)
                || contents.closes(&start.printed, &start.title)
                || matches!(&start.reason, StartReason::Form(_, evidence) if evidence.contains(&Evidence::ClosedForm)),
            lines: lines.filter_map(line).collect(),
            heading: start.own.iter().filter_map(|index| line(*index)).collect(),
            start,
        }
    });
    Split {
        head: head.map(|(_, line)| line).collect(),
        second: second.and_then(|second| page.get(second)),
        contents: contents.lines().filter_map(|index| page.get(index)).collect(),
        items: number(items.collect()),
    }
}

/// Where other minutes or another agenda begin behind these: a title with a day, and items that count from the beginning
/// again.
fn second_document(starts: &[Start], page: &[KnownLine<'_>], dialect: &Dialect) -> Option<usize> {
    let number = |start: &Start| start.printed.parse::<u32>().ok();
    starts.windows(2).find_map(|pair| {
        let [before, after] = pair else { return None };
        let (last, next) = (number(before)?, number(after)?);
        if next > last {
            return None;
        }
        let between = page.get(before.first + 1..after.first)?;
        let title = between.iter().position(|line| {
            let content = line.content;
            !content.ends_with('.')
                && content.split_whitespace().count() <= 16
                && header::is_title(content, dialect)
                && dates(content).iter().any(|date| date.full().is_some())
        })?;
        Some(before.first + 1 + title)
    })
}

/// Where, behind the last item, the agenda of another meeting begins.
fn agenda_behind(starts: &[Start], page: &[KnownLine<'_>], dialect: &Dialect) -> Option<usize> {
    let last = starts.last()?.first;
    let behind = page.get(last + 1..)?;
    let title = behind.iter().position(|line| {
        let content = line.content;
        !content.ends_with(['.', ':'])
            && header::is_agenda_title(content, dialect)
            && dates(content).iter().any(|date| date.full().is_some())
    })?;
    Some(last + 1 + title)
}

/// Some systems print the case number above the heading: it is the item's, not the one's before. Only where most headings
/// have one there; the last attachment of an item may be a number too.
fn case_above(starts: &mut [Start], page: &[KnownLine<'_>]) {
    let above = |start: &Start| {
        let line = start.first.checked_sub(1).and_then(|above| page.get(above))?;
        line.case.map(|_| ())
    };
    if starts.iter().filter_map(above).count() * 2 > starts.len() {
        for start in starts {
            if above(start).is_some() {
                start.first -= 1;
            }
        }
    }
}

/// An item before it has its number.
struct Found<'d> {
    start: Start,
    in_closed_group: bool,
    lines: Vec<&'d KnownLine<'d>>,
    heading: Vec<&'d KnownLine<'d>>,
}

/// For each line, whether it stands under a heading such as "LUKKEDE SAGER".
fn closed_groups(page: &[KnownLine<'_>], contents: &Contents, first: usize) -> Vec<bool> {
    let mut closed = false;
    let mut lines = Vec::with_capacity(page.len());
    for (index, line) in page.iter().enumerate() {
        // A list in the head has groups too; only one directly above the first item is the items' own.
        if !contents.has_line(index) && index + 2 >= first {
            closed = line.group.unwrap_or(closed);
        }
        lines.push(closed);
    }
    lines
}

/// The printed whole numbers where they are unique; otherwise the position, for all items.
fn number(items: Vec<Found<'_>>) -> Vec<RawItem<'_>> {
    let printed: Vec<Option<u32>> = items.iter().map(|item| item.start.printed.parse().ok()).collect();
    let unique = printed.iter().flatten().collect::<BTreeSet<_>>().len() == items.len();
    items
        .into_iter()
        .zip(printed)
        .enumerate()
        .map(|(index, (found, whole))| {
            let position = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let number = ItemNumber(if unique { whole.unwrap_or(position) } else { position });
            let Found { start, in_closed_group, lines, heading } = found;
            let Start { printed, title, reason, .. } = start;
            RawItem { number, printed, title, in_closed_group, lines, heading, reason }
        })
        .collect()
}
