//! The table of contents and the list of attachments: they name items and are none.
//!
//! Publishers print three kinds: lines with leaders and page numbers, lines under a head such as "Pkt. Tekst Side", and a
//! bare list of titles under "Indhold". The last two end where something already listed comes again, because that is the
//! first item itself, or where an item clearly begins.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::super::dialect::{Dialect, HeadingForm, TitlePlace, key};
use super::super::known_line::KnownLine;
use super::super::{closed, header, lines};
use super::{Start, StartReason, candidate};
use crate::intake::is_contents_line;

/// The lines that are contents, and the titles they have.
#[derive(Debug, Default)]
pub(in crate::minutes) struct Contents {
    /// For each line up to the last of them, whether it is one.
    lines: Vec<bool>,
    titles: BTreeSet<String>,
    /// Numbers and titles, without the mark, of items that only the contents may call closed.
    closed: BTreeSet<String>,
    /// Numbers and titles as printed, in order.
    entries: Vec<(String, String)>,
}

/// From this length on the beginning of a title is enough: contents cut long ones.
const CUT_TITLE: usize = 12;
/// The longest line of a contents list, in characters.
const LONGEST: usize = 220;

impl Contents {
    pub fn has_line(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|listed| *listed)
    }

    /// Whether the contents name an item of this title, perhaps cut.
    pub fn has_title(&self, title: &str) -> bool {
        if self.titles.is_empty() {
            return false;
        }
        let own = key(title);
        if self.titles.contains(&own) {
            return true;
        }
        // What sorts directly before a title is the longest listed beginning of it, or nothing listed begins it so.
        self.titles
            .range::<str, _>((Bound::Unbounded, Bound::Excluded(own.as_str())))
            .next_back()
            .is_some_and(|listed| listed.chars().count() > CUT_TITLE && own.starts_with(listed.as_str()))
    }

    /// Gives items whose headings were lost the numbers and titles that the contents list, in order: only where there are
    /// as many of one as of the other.
    pub(super) fn name(&self, starts: &mut Vec<Start>, end: usize) {
        let entries: Vec<&(String, String)> = self.entries.iter().filter(|(_, title)| !title.is_empty()).collect();
        // Closed items at the end may have nothing but their line in the contents.
        let more = entries.get(starts.len()..).unwrap_or_default();
        let silent =
            more.iter().all(|(printed, title)| self.closes(printed, title) || self.closed.contains(&key(title)));
        if starts.is_empty()
            || starts.iter().any(|start| !start.title.is_empty())
            || entries.len() < starts.len()
            || !silent
        {
            return;
        }
        for (start, (printed, title)) in starts.iter_mut().zip(entries.iter().copied()) {
            start.printed.clone_from(printed);
            start.title.clone_from(title);
        }
        starts.extend(more.iter().map(|(printed, title)| Start {
            first: end,
            own: Vec::new(),
            printed: printed.clone(),
            title: title.clone(),
            reason: StartReason::Recurring,
        }));
    }

    /// Whether the contents say of the item that it is closed.
    pub fn closes(&self, printed: &str, title: &str) -> bool {
        if self.closed.is_empty() {
            return false;
        }
        self.closed.contains(&key(title)) || (!printed.is_empty() && self.closed.contains(&format!("#{printed}")))
    }

    /// Lines of contents, in order.
    pub fn lines(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().enumerate().filter(|(_, listed)| **listed).map(|(index, _)| index)
    }

    pub fn read(page: &[KnownLine<'_>], dialect: &Dialect) -> Self {
        let mut contents = Self::default();
        let mut index = 0;
        while let Some(line) = page.get(index) {
            let content = line.content;
            if line.has_digit && is_contents_line(content) {
                contents.add(index, content, dialect);
                index += 1;
            } else if let Some(list) = head_of(page, index, dialect) {
                contents.add_line(index);
                index = contents.list(page, dialect, index + 1, list);
            } else {
                index += 1;
            }
        }
        contents
    }

    /// Takes in the list below a head; returns the first line that is no part of it.
    fn list(&mut self, page: &[KnownLine<'_>], dialect: &Dialect, from: usize, list: List) -> usize {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut index = from;
        // "Lukkede punkter" in the list closes what is listed below it.
        let mut closing = false;
        while let Some(line) = page.get(index) {
            let content = line.content;
            if list == List::Attachments && dialect.back_matter.has(content) {
                break;
            }
            let (number, title) = entry(content, dialect);
            let title_key = key(title);
            // The attachments of each item are numbered anew.
            let again = list == List::Items
                && (number.as_ref().is_some_and(|number| seen.contains(number)) || seen.contains(&title_key));
            let numbered_item = number.is_some()
                && !is_contents_line(content)
                && candidate::opens(page, index + 1, dialect)
                && (seen.is_empty() || counts_on(page, dialect, index));
            let heading_alone =
                dialect.forms.iter().any(|form| form.title != TitlePlace::Here && form.find(content).is_some());
            let group = line.group;
            closing = group.unwrap_or(closing);
            let group = group.is_some();
            let other = (line.opens_section() && !is_contents_line(content))
                || lines::is_head_label(content, dialect)
                || (number.is_none() && header::is_filled_label(content, dialect))
                || content.chars().count() > LONGEST;
            if (again && !group) || numbered_item || heading_alone || other {
                break;
            }
            // "Dagsorden" above an agenda's first item, whose text follows at once.
            if content.ends_with('.') && content.split_whitespace().count() > TITLE_WORDS {
                break;
            }
            if closing && !group {
                self.closed.extend(number.clone());
                self.closed.insert(title_key.clone());
            }
            seen.insert(title_key);
            seen.extend(number);
            self.add(index, content, dialect);
            index += 1;
        }
        // "LUKKEDE PUNKTER" directly above the first item belongs to it, not to the list.
        while let Some(line) = index.checked_sub(1).filter(|last| *last >= from).and_then(|last| page.get(last))
            && line.group.is_some()
        {
            index -= 1;
            self.lines.truncate(index);
        }
        index
    }

    fn add_line(&mut self, index: usize) {
        self.lines.resize(self.lines.len().max(index + 1), false);
        if let Some(listed) = self.lines.get_mut(index) {
            *listed = true;
        }
    }

    fn add(&mut self, index: usize, content: &str, dialect: &Dialect) {
        self.add_line(index);
        let (number, title) = entry(content, dialect);
        if closed::group(content, dialect).is_none() && !lines::is_group(content, dialect) {
            let printed = number.as_deref().map_or("", |number| number.trim_start_matches('#'));
            if closed::is_closed_title(title, dialect) {
                self.closed.extend(number.clone());
                self.closed.insert(closed::without_mark(title, dialect));
                self.closed.insert(key(title));
            }
            self.entries.push((printed.to_owned(), title.to_owned()));
        }
        let title = key(title);
        if !title.is_empty() {
            self.titles.insert(title);
        }
    }
}

/// Whether the next line of the same form has the next number: then this is an item and no list's last line.
fn counts_on(page: &[KnownLine<'_>], dialect: &Dialect, index: usize) -> bool {
    let number = |form: &HeadingForm, index: usize| {
        let line = page.get(index)?;
        form.find(line.content)?.printed.parse::<u32>().ok()
    };
    dialect
        .forms
        .iter()
        .find_map(|form| Some((form, number(form, index)?)))
        .is_some_and(|(form, own)| (index + 1..index + AHEAD).find_map(|next| number(form, next)) == Some(own + 1))
}

/// How far ahead the next item is looked for, in lines.
const AHEAD: usize = 400;

/// What a list that is no item lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Items,
    Attachments,
}

fn head_of(page: &[KnownLine<'_>], index: usize, dialect: &Dialect) -> Option<List> {
    let content = page.get(index)?.content;
    if !dialect.list_words.may_begin(content.trim_start())
        || !dialect.list_words.has(content.split_whitespace().next()?)
    {
        return None;
    }
    let own = key(content);
    if own.len() > 80 {
        return None;
    }
    // "Indholdsfortegnelse for Byrådet 26-05-2026"
    let with_more =
        |word: &String| word.len() > 14 && own.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '));
    // "Dagsorden" heads a list where the first thing under it comes again further down.
    let agenda = || dialect.agenda_words.contains(&own) && comes_again(page, index + 1, dialect);
    if dialect.contents.iter().any(|word| *word == own || with_more(word)) || agenda() {
        Some(List::Items)
    } else {
        dialect.attachment_lists.has(&own).then_some(List::Attachments)
    }
}

/// Whether the title of a line is the title of a later one.
fn comes_again(page: &[KnownLine<'_>], index: usize, dialect: &Dialect) -> bool {
    let title = |index: usize| {
        let line = page.get(index)?;
        Some(key(entry(line.content, dialect).1)).filter(|title| !title.is_empty())
    };
    // "Åbne punkter" may stand over the first.
    let is_group = |index: &usize| page.get(*index).is_some_and(|line| line.group.is_some());
    let index = (index..index + 3).find(|index| !is_group(index)).unwrap_or(index);
    let Some(first) = title(index) else { return false };
    (index + 1..index + AHEAD).any(|later| title(later).is_some_and(|title| title == first))
}

/// The longest title, in words.
const TITLE_WORDS: usize = 30;

/// Number and title of a line of contents, without leaders and page number.
fn entry<'l>(content: &'l str, dialect: &Dialect) -> (Option<String>, &'l str) {
    let content = content.trim();
    let bare = match content.rsplit_once(['\t', ' ']) {
        Some((before, page)) if !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ if is_contents_line(content) => content.trim_end_matches(|c: char| c.is_ascii_digit()),
        _ => content,
    };
    let bare = bare.trim_end_matches(['.', ' ', '\t', '…', '_', '\u{a0}']);
    let found = dialect.form_of(bare).map(|(_, found)| found);
    match found {
        Some(found) => (Some(format!("#{}", found.printed)), found.title.unwrap_or_default()),
        None => (None, bare),
    }
}
