//! `digest parse`: how minutes are read.

use std::io::Write;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::workspace::Reading;
use crate::diagnostic::Language;
use crate::intake::{Source, Warning};
use crate::minutes::confidence::LEAST;
use crate::minutes::{Approval, Confidence, EntryKind, Item, Kind, Layout, Minutes, Participant};

/// Arguments of `digest parse`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Minutes or agendas.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Outline)]
    format: Format,
    /// For each line of the text: what it was taken as, and why.
    #[arg(long, conflicts_with = "format")]
    explain: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Items, sections and sentences, for people.
    Outline,
    /// One object per file and line.
    Json,
    /// The parsed text, of which all spans are spans.
    Text,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let reading = Reading::open(arguments)?;
    let mut exit = Exit::Fine;
    for file in &command.files {
        match reading.minutes(file) {
            Ok(minutes) if command.explain => super::reading::explain(&minutes, out)?,
            Ok(minutes) => match command.format {
                Format::Outline => outline(&minutes, reading.language(), out)?,
                Format::Json => {
                    serde_json::to_writer(&mut *out, &ParsedJson::of(&minutes, reading.language()))?;
                    writeln!(out)?;
                }
                Format::Text => write!(out, "{}", minutes.text)?,
            },
            Err(error) => {
                eprintln!("digest: {error}");
                exit = exit.max(Exit::Argument);
            }
        }
    }
    Ok(exit)
}

/// The contract's object; its keys and their order stay.
#[derive(Serialize)]
struct ParsedJson<'m> {
    schema: u8,
    source: &'m Source,
    kind: Kind,
    committee: &'m Option<String>,
    date: Option<NaiveDate>,
    start: Option<String>,
    end: Option<String>,
    place: &'m Option<String>,
    participants: &'m [Participant],
    approval: &'m Approval,
    items: &'m [Item],
    warnings: &'m [Warning],
    confidence: ConfidenceJson,
    layout: &'m Layout,
}

/// How sure the reading is.
#[derive(Serialize)]
struct ConfidenceJson {
    value: u8,
    reasons: Vec<ReasonJson>,
}

#[derive(Serialize)]
struct ReasonJson {
    code: &'static str,
    cost: u8,
    message: String,
}

impl ConfidenceJson {
    fn of(minutes: &Minutes, language: Language) -> Self {
        let Confidence { value, doubts } = Confidence::of(minutes);
        let reasons = doubts
            .iter()
            .map(|doubt| ReasonJson { code: doubt.code(), cost: doubt.cost, message: doubt.sentence(language) })
            .collect();
        Self { value, reasons }
    }
}

impl<'m> ParsedJson<'m> {
    fn of(minutes: &'m Minutes, language: Language) -> Self {
        let clock = |time: Option<NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
        Self {
            schema: 1,
            source: &minutes.source,
            kind: minutes.kind,
            committee: &minutes.committee,
            date: minutes.date,
            start: clock(minutes.start),
            end: clock(minutes.end),
            place: &minutes.place,
            participants: &minutes.participants,
            approval: &minutes.approval,
            items: &minutes.items,
            warnings: &minutes.warnings,
            confidence: ConfidenceJson::of(minutes, language),
            layout: &minutes.layout,
        }
    }
}

fn outline(minutes: &Minutes, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let none = "?".to_owned();
    writeln!(
        out,
        "{}: {:?} of {}, {}, {} items, {} participants, approval {:?}",
        minutes.source.file,
        minutes.kind,
        minutes.committee.as_ref().unwrap_or(&none),
        minutes.date.map_or(none.clone(), |date| date.to_string()),
        minutes.items.len(),
        minutes.participants.len(),
        minutes.approval.state,
    )?;
    for item in &minutes.items {
        let marks = [(item.closed, "closed"), (item.stories, "stories"), (item.amended, "amended")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, name)| format!(" [{name}]")).collect();
        writeln!(out, "\n{}. {}{marks} ({:?})", item.printed, item.title, item.outcome)?;
        for section in &item.sections {
            let body = section.body.as_ref().map(|body| format!(" by {body}")).unwrap_or_default();
            writeln!(out, "   {:?}{body}: {:?}", section.kind, section.heading)?;
            for entry in &section.entries {
                let id = entry.id.map(|id| id.to_string()).unwrap_or_default();
                let mark = match entry.kind {
                    EntryKind::Sentence => ' ',
                    EntryKind::ListItem => '-',
                    EntryKind::Row => '|',
                    EntryKind::Subheading => '#',
                    EntryKind::LeadIn => ':',
                    EntryKind::Attendance => '@',
                };
                writeln!(out, "     {id:>6} {mark} {}", entry.text)?;
            }
        }
    }
    for warning in &minutes.warnings {
        let line = warning.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        writeln!(out, "warning[{}]: {}{line}", warning.code, warning.message)?;
    }
    let confidence = Confidence::of(minutes);
    writeln!(out, "\nconfidence {} of 100, {LEAST} is needed", confidence.value)?;
    for doubt in &confidence.doubts {
        writeln!(out, "   -{:<3} {}", doubt.cost, doubt.sentence(language))?;
    }
    writeln!(out, "layout")?;
    for form in minutes.layout.forms() {
        writeln!(out, "   {form}")?;
    }
    Ok(())
}
