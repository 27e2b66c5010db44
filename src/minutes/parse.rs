//! From a document to minutes: head, items, sections, decisions, outcome, approval.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::bodies::{OwnMeeting, body_key};
use super::dialect::{Dialect, Topic, key};
use super::explain::Readings;
use super::known_line::{KnownLine, before_colon};
use super::model::{Entry, EntryId, Item, Kind, Minutes, Section, SectionKind};
use super::sections::{Manner, RawSection, SectionReason};
use super::{approval, bodies, closed, decision, header, items, lines, outcome, sections, several};
use crate::intake::{Document, LineKind, Warning};
use crate::text::Span;
use crate::text::sentences::WordClasses;

/// A committee by all its names, so that its own decisions are known under each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitteeNames(pub Vec<String>);

/// Reads a document. `committees` are the committees of the configuration: a name that belongs to one of them stands
/// for all names of that one.
#[must_use]
pub fn parse(document: &Document, dialect: &Dialect, classes: &WordClasses, committees: &[CommitteeNames]) -> Minutes {
    let page = KnownLine::all(document, dialect);
    let split = items::split(&page, dialect);
    let head_lines: Vec<&str> = split.head.iter().map(|line| line.content).collect();
    let mut head = header::read(&head_lines, dialect);
    if head.committee.is_none() || head.date.is_none() {
        complete(&mut head, &split.items);
    }
    let own_names = own_names(head.committee.as_deref(), committees);
    let own_names: Vec<&str> = own_names.iter().map(String::as_str).collect();
    let own = OwnMeeting::new(&own_names, head.date, dialect);
    let habits = Habits::of(&split.items, dialect);
    let manner = Manner { own: &own, decision_first: habits.decision_first, formal: habits.formal };
    let mut warnings = document.warnings.clone();
    let mut readings = Readings::begin(document, &split);
    let habits = Habits { unlabelled: habits.unlabelled && head.kind != Some(Kind::Dagsorden), ..habits };
    let reader = ItemReader { document, dialect, classes, manner, habits: &habits };
    let mut sayings = Vec::new();
    let items: Vec<Item> =
        split.items.into_iter().map(|raw| reader.item(raw, &mut warnings, &mut readings, &mut sayings)).collect();
    let has_decisions = items.iter().any(|item| item.own_entries().next().is_some());
    let kind = match head.kind {
        Some(kind) => kind,
        None if has_decisions => Kind::Referat,
        None => Kind::Unknown,
    };
    if let Some(line) = split.second {
        warnings.push(Warning {
            code: "second-document",
            message: "other minutes begin behind these; they are left out".into(),
            line: line.origins.first().map(|(_, position)| position.line),
        });
    }
    if items.is_empty() {
        warnings.push(Warning { code: "no-items", message: "no item heading was found".into(), line: None });
    } else if kind == Kind::Referat && !has_decisions {
        warnings.push(Warning {
            code: "no-decisions",
            message: "minutes without a decision section".into(),
            line: None,
        });
    }
    if head.committee.is_none() {
        warnings.push(Warning {
            code: "no-committee",
            message: "the committee is not named in the head".into(),
            line: None,
        });
    }
    if head.date.is_none() {
        warnings.push(Warning {
            code: "no-date",
            message: "the date of the meeting is not in the head".into(),
            line: None,
        });
    }
    let sentences: Vec<&str> = sayings.iter().map(String::as_str).collect();
    let approval = approval::read(&head_lines, &sentences, head.draft, dialect);
    Minutes {
        source: document.source.clone(),
        text: Arc::clone(&document.text),
        kind,
        committee: head.committee,
        date: head.date,
        start: head.start,
        end: head.end,
        place: head.place,
        participants: head.participants,
        approval,
        layout: readings.layout(document, habits.decision_first),
        lines: readings.finish(),
        items,
        warnings,
        cpr_elsewhere: document.cpr_elsewhere,
    }
}

/// How a document goes about its decisions, which one item does not always show.
struct Habits {
    /// No decision has a formal heading and nothing else has one: what follows a title is what was said and decided.
    unlabelled: bool,
    /// Most decisions stand before their case.
    decision_first: bool,
    /// Some decision has a formal heading such as "Beslutning".
    formal: bool,
    /// The headings that most decisions have.
    usual: Vec<String>,
}

impl Habits {
    fn of(items: &[items::RawItem<'_>], dialect: &Dialect) -> Self {
        let (mut formal, mut sectioned, mut first, mut last) = (false, 0_usize, 0_usize, 0_usize);
        let mut usual: BTreeMap<String, usize> = BTreeMap::new();
        for item in items {
            let mut decided: Option<usize> = None;
            let mut others: Option<usize> = None;
            for (index, line) in item.lines.iter().enumerate() {
                // A heading may be set as the item of a list: "3. Beslutning".
                let (content, labelled, begins_decision) = match line.kind {
                    LineKind::ListItem { marker, .. } => {
                        let content = line.content.get(marker..).unwrap_or(line.content);
                        let labelled = dialect.sections.get(before_colon(content)).copied();
                        (content, labelled, labelled.is_none() && sections::begins_decision(content, dialect))
                    }
                    _ => (line.content, line.labelled, line.begins_decision()),
                };
                let section = labelled;
                let decision = section.is_some_and(|section| section.kind == SectionKind::Decision)
                    || (section.is_none() && begins_decision);
                if decision {
                    decided.get_or_insert(index);
                    formal |= section.is_none_or(|section| section.strong);
                    if section.is_some_and(|section| section.strong) {
                        *usual.entry(key(before_colon(content))).or_default() += 1;
                    }
                } else if section.is_some_and(|section| {
                    section.kind != SectionKind::Attachments && section.kind != SectionKind::Absence
                }) {
                    others = Some(index);
                }
            }
            sectioned += usize::from(others.is_some() && decided.is_some());
            match (decided, others) {
                (Some(decided), Some(other)) if decided < other => first += 1,
                (Some(_), Some(_)) => last += 1,
                _ => {}
            }
        }
        let most = usual.values().copied().max().unwrap_or_default();
        let usual = usual.into_iter().filter(|(_, count)| count * 5 >= most * 3).map(|(heading, _)| heading).collect();
        Self { unlabelled: !formal && sectioned == 0, decision_first: first > last, formal, usual }
    }
}

/// Committee and day from the headings of decisions, where the head does not tell: the ones that most items have.
fn complete(head: &mut header::Head, items: &[items::RawItem<'_>]) {
    let mut found: BTreeMap<(String, Option<NaiveDate>), (usize, String)> = BTreeMap::new();
    for line in items.iter().flat_map(|item| &item.lines) {
        let Some(heading) = &line.decision else { continue };
        let date = heading.dates.iter().find_map(|date| date.full());
        if date.is_none() || (head.date.is_some() && head.date != date) || heading.body.is_empty() {
            continue;
        }
        let entry = found.entry((bodies::bare(heading.body), date)).or_insert((0, heading.body.to_owned()));
        entry.0 += 1;
    }
    if let Some(own) = &head.committee {
        found.retain(|(name, _), _| *name == bodies::bare(own));
    }
    let most = found.values().map(|(count, _)| *count).max().unwrap_or_default();
    let mut best = found.into_iter().filter(|(_, (count, _))| *count == most);
    // Two bodies as often as each other: nobody knows whose minutes these are.
    if let (Some(((_, date), (count, name))), None) = (best.next(), best.next())
        && count * 2 > items.len()
    {
        head.committee.get_or_insert(name);
        head.date = head.date.or(date);
    }
}

fn own_names(committee: Option<&str>, committees: &[CommitteeNames]) -> Vec<String> {
    let Some(own) = committee else { return Vec::new() };
    let own_key = body_key(own);
    let same = committees.iter().find(|names| names.0.iter().any(|name| body_key(name) == own_key));
    let mut names: Vec<String> = same.map(|names| names.0.clone()).unwrap_or_default();
    names.push(own.to_owned());
    names
}

/// Whether two names mean the same committee, letters and digits alone compared.
#[must_use]
pub fn same_committee(one: &str, other: &str) -> bool {
    body_key(one) == body_key(other)
}

/// What is the same for all items of a document.
struct ItemReader<'r> {
    document: &'r Document,
    dialect: &'r Dialect,
    classes: &'r WordClasses,
    manner: Manner<'r>,
    habits: &'r Habits,
}

impl ItemReader<'_> {
    /// Reads an item; `sayings` are the sentences that may speak of the minutes' own approval.
    fn item(
        &self,
        raw: items::RawItem<'_>,
        warnings: &mut Vec<Warning>,
        readings: &mut Readings,
        sayings: &mut Vec<String>,
    ) -> Item {
        let Self { document, dialect, classes, manner, habits } = *self;
        let text = &*document.text;
        let own_lines: Vec<&KnownLine<'_>> =
            raw.lines.iter().copied().take_while(|line| line.group != Some(true)).collect();
        let closed = raw.in_closed_group
            || closed::is_closed_title(&raw.title, dialect)
            || closed::is_closed_by(&own_lines, dialect);
        let Body { case, mut lines } = self.body(&raw, readings);
        // The heading of a closed item that was not seen as one: what follows it may be closed, so it is left out.
        let stories = is_stories(&raw.title, dialect);
        if !closed && let Some(cut) = lines.iter().position(|line| closed::is_closed_mark(line, stories, dialect)) {
            let message =
                format!("item {} holds a line that closes something; it and what follows is left out", raw.printed);
            let line = lines.get(cut).and_then(|line| line.origins.first()).map(|(_, position)| position.line);
            warnings.push(Warning { code: "closed-mark-inside", message, line });
            for line in lines.drain(cut..) {
                readings.closed(line);
            }
        }
        let mut raw_sections = if closed { Vec::new() } else { sections::split(&lines, text, dialect, manner) };
        if several::settle(&mut raw_sections, manner, &habits.usual) {
            let message = format!(
                "item {} has several headings of a decision; only one is taken for this meeting's",
                raw.printed
            );
            let line = raw.heading.first().and_then(|line| line.origins.first()).map(|(_, position)| position.line);
            warnings.push(Warning { code: "several-decisions", message, line });
        }
        let has_case =
            raw_sections.iter().any(|section| !matches!(section.kind, SectionKind::Decision | SectionKind::Other));
        // What stands under "Historier til videreformidling" is what shall be told, with or without a heading.
        let told = stories && !raw_sections.iter().any(|section| section.kind.has_sentences());
        if (habits.unlabelled || told)
            && !has_case
            && let Some(first) = raw_sections.first_mut()
            && first.reason == SectionReason::NoHeading
        {
            first.kind = SectionKind::Decision;
            first.reason = SectionReason::Unlabelled;
        }
        if closed {
            lines.iter().for_each(|line| readings.closed(line));
        }
        for section in &raw_sections {
            readings.section(section);
        }
        let mut told_in: Vec<&KnownLine<'_>> = Vec::new();
        let mut sections: Vec<Section> =
            raw_sections.into_iter().map(|section| finish(section, document, dialect, classes, &mut told_in)).collect();
        let own_entries = sections.iter_mut().filter(|section| section.kind == SectionKind::Decision);
        for (index, entry) in own_entries.flat_map(|section| &mut section.entries).enumerate() {
            entry.id = Some(EntryId { item: raw.number, index });
        }
        let own_decisions = sections.iter().filter(|section| section.kind == SectionKind::Decision);
        let decided: Vec<(&Entry, &KnownLine<'_>)> =
            own_decisions.flat_map(|section| &section.entries).zip(told_in.iter().copied()).collect();
        // Few documents speak of their own approval at all.
        let may_say = |line: &KnownLine<'_>| {
            !line.has_single_blanks || line.may_tell(Topic::Approval) || line.may_tell(Topic::Draft)
        };
        sayings.extend(decided.iter().filter(|(_, line)| may_say(line)).map(|(entry, _)| entry.text.clone()));
        let found = outcome::read(&decided, text, dialect);
        Item {
            number: raw.number,
            printed: raw.printed,
            title: raw.title,
            case,
            closed,
            stories,
            outcome: found.outcome,
            amended: found.amended,
            outcomes: found.outcomes,
            votes: found.votes,
            sections,
        }
    }

    /// Case number and the lines below a heading that belong to the case: no labels, no pages of signatures, nothing closed.
    fn body<'d>(&self, raw: &items::RawItem<'d>, readings: &mut Readings) -> Body<'d> {
        let dialect = self.dialect;
        let mut case = lines::case_in_title(&raw.title, dialect).map(str::to_owned);
        let mut body: Vec<&'d KnownLine<'d>> = Vec::with_capacity(raw.lines.len());
        let mut in_top = true;
        let mut in_closed_group = false;
        let mut in_back_matter = false;
        for line in raw.lines.iter().copied() {
            // "LUKKEDE SAGER" with no item heading below it: what follows is closed all the same.
            in_closed_group = line.group.unwrap_or(in_closed_group);
            if in_closed_group && line.group.is_none() {
                readings.closed(line);
                continue;
            }
            let may_be_noise = line.may_be_listed && line.content.len() <= SHORT;
            in_back_matter |= may_be_noise && dialect.back_matter.has(line.content);
            if in_back_matter
                || (may_be_noise && dialect.noise.has(line.content))
                || line.group.is_some()
                || line.is_open_group(dialect)
            {
                readings.aside(line);
                continue;
            }
            // Case number, status and labels stand between the heading and the first section.
            if in_top {
                if case.is_none() && line.case.is_some() {
                    case = line.case.map(str::to_owned);
                    readings.case(line);
                    continue;
                }
                if line.is_status || line.is_label {
                    readings.label(line);
                    continue;
                }
                in_top = body.len() < TOP && !line.opens_section();
            }
            body.push(line);
        }
        Body { case, lines: body }
    }
}

/// What stands below the heading of an item.
struct Body<'d> {
    case: Option<String>,
    lines: Vec<&'d KnownLine<'d>>,
}

/// How many lines below a heading can be case number, status and labels.
const TOP: usize = 6;

/// The longest line that can be noise, in bytes.
const SHORT: usize = 80;

/// The standing item of stories, also behind the code of a committee ("CF - …") or with a time ("… (10.00-10.15)").
fn is_stories(title: &str, dialect: &Dialect) -> bool {
    let title = title.split_once(" (").map_or(title, |(title, _)| title);
    let names =
        [Some(title), title.split_once(" - ").map(|(_, name)| name), title.split_once(": ").map(|(_, name)| name)];
    names.into_iter().flatten().any(|name| dialect.story_titles.has(name.trim_end_matches('?')))
}

/// The section with its entries; `told_in` gains the line of each entry of an own decision.
fn finish<'d>(
    raw: RawSection<'d>,
    document: &Document,
    dialect: &Dialect,
    classes: &WordClasses,
    told_in: &mut Vec<&'d KnownLine<'d>>,
) -> Section {
    let heading = raw.heading_line.map(|line| line.span);
    let first = heading.or_else(|| raw.lines.first().map(|line| line.span));
    let last = raw.lines.last().map(|line| line.span).or(heading);
    let span = Span::new(first.map_or(0, Span::start), last.map_or(0, Span::end));
    let entries = if raw.kind.has_sentences() {
        let inline = raw.heading_line.zip(raw.inline);
        let told = decision::entries(&document.text, inline, &raw.lines, dialect, classes);
        if raw.kind == SectionKind::Decision {
            told_in.extend(told.lines);
        }
        told.entries
    } else {
        Vec::new()
    };
    Section { kind: raw.kind, heading: raw.heading, body: raw.body, span, entries }
}
