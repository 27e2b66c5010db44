//! `digest preview`: what would be mailed, without touching any state.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::edition::Shape;
use super::explain::{Meeting, inside};
use super::state::{Glance, sending_day};
use super::workspace::Workspace;
use crate::daemon::{inbox, reasons, release};
use crate::diagnostic::Language;
use crate::digest::{Audience, Digest, Held, SideWords};
use crate::mail::{MessageId, Sender, message};
use crate::minutes::{EntryId, Minutes};
use crate::quality::explain::Explanation;
use crate::render::Letter;

/// Arguments of `digest preview`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Minutes; without any, those in the configured inbox.
    files: Vec<PathBuf>,
    /// What would be sent for this edition now, by number or key; "digest status" lists them. Can be repeated.
    #[arg(long, value_name = "EDITION", conflicts_with_all = ["files", "audience", "max_words", "out", "explain", "open"])]
    edition: Vec<String>,
    /// Only the letter of this audience.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Most words of all quotes, instead of the configured number.
    #[arg(long, value_name = "N")]
    max_words: Option<usize>,
    /// Write one file per letter into this folder instead of printing.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show under each quoted sentence why it was chosen. Never in a letter that is mailed.
    #[arg(long)]
    explain: bool,
    /// Open the letters in the browser.
    #[arg(long)]
    open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The letter as text, and what is held.
    Terminal,
    /// The HTML part.
    Html,
    /// The plain text part.
    Text,
    /// One object per file and audience, one per line.
    Json,
    /// A whole message.
    Eml,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Terminal | Self::Text => "txt",
            Self::Html => "html",
            Self::Json => "json",
            Self::Eml => "eml",
        }
    }
}

#[derive(Serialize)]
struct PreviewJson<'d> {
    audience: &'d str,
    subject: Option<&'d str>,
    /// Which rules chose the sentences.
    rules: &'d str,
    #[serde(flatten)]
    digest: DigestJson<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<&'d [Explanation]>,
}

#[derive(Serialize)]
struct DigestJson<'d> {
    meeting: &'d crate::digest::Meeting,
    held: &'d [Held],
    stories: &'d [crate::digest::Story],
    items: &'d [crate::digest::DigestItem],
    dates: &'d [crate::digest::DigestDate],
    requests: &'d [crate::digest::DigestRequest],
    tasks: &'d [crate::digest::DigestTask],
    open: &'d [crate::digest::OpenMatter],
    words: usize,
    sides: crate::digest::SideWords,
    left_out: &'d crate::digest::LeftOut,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    if !command.edition.is_empty() {
        let shape = match command.format {
            Format::Terminal => Shape::Terminal,
            Format::Html => Shape::Html,
            Format::Text => Shape::Text,
            Format::Json => Shape::Json,
            Format::Eml => {
                eprintln!("digest: --edition shows a letter and no message; use another --format");
                return Ok(Exit::Argument);
            }
        };
        return super::edition::run(arguments, &workspace, &command.edition, shape, out);
    }
    let mut audiences = workspace.audiences(command.audience.as_deref())?;
    for audience in &mut audiences {
        audience.words = command.max_words.unwrap_or(audience.words);
    }
    let folder = match (&command.out, command.open) {
        (Some(folder), _) => Some(folder.clone()),
        (None, true) => Some(std::env::temp_dir().join("digest-preview")),
        (None, false) => None,
    };
    let format = if command.open { Format::Html } else { command.format };
    if command.explain && format == Format::Eml {
        eprintln!("digest: a message that is mailed explains nothing; use --explain with another --format");
        return Ok(Exit::Argument);
    }
    let mut exit = Exit::Fine;
    let files = if command.files.is_empty() {
        match inbox::files(&workspace.config.inbox.folder) {
            Ok(files) => files,
            Err(error) => {
                eprintln!("digest: {}: the inbox cannot be read: {error}", workspace.config.inbox.folder.display());
                return Ok(Exit::Argument);
            }
        }
    } else {
        command.files.clone()
    };
    let mut known = Glance::at(&workspace.config);
    let now = arguments.clock().now();
    for file in &files {
        let minutes = match workspace.reading.minutes(file) {
            Ok(minutes) => minutes,
            Err(error) => {
                eprintln!("digest: {error}");
                exit = exit.max(Exit::Argument);
                continue;
            }
        };
        let scored = workspace.score(&minutes);
        let mut meeting = command.explain.then(|| Meeting::new(&workspace, &minutes, &scored));
        let memory = known.memory(&workspace, &minutes);
        let day = sending_day(&workspace.config, &minutes, now);
        let digests = workspace.digests(&minutes, &scored, &audiences, &memory);
        for (audience, built) in audiences.iter().zip(digests) {
            let mut digest = built.digest;
            let letter = match workspace.letter(&digest, audience) {
                Ok(letter) => letter,
                Err(error) => {
                    eprintln!("digest: {}: the letter cannot be made: {error}", file.display());
                    exit = exit.max(Exit::Content);
                    continue;
                }
            };
            let committee = release::committee_of(&workspace.config, &minutes);
            // What can give no letter at all says so itself; approval is no matter then, but an unmapped committee is.
            let without_letter = digest.items.is_empty() && digest.held.iter().any(|held| held.item.is_none());
            if committee.is_none() || !without_letter {
                digest.held.splice(0..0, release::reasons(committee, &minutes, &digest, &known.layouts, day));
            }
            let quoted: Vec<EntryId> =
                digest.items.iter().flat_map(|item| &item.sentences).map(|quote| quote.id).collect();
            let explanations = meeting.as_mut().map(|meeting| meeting.explain(&quoted, std::slice::from_ref(audience)));
            let letter = letter.map(|letter| match &explanations {
                Some(explanations) => explained(letter, explanations, workspace.config.language),
                None => letter,
            });
            let shown =
                show(&workspace, format, &minutes, &digest, letter.as_ref(), audience, explanations.as_deref())?;
            match &folder {
                None => out.write_all(&shown)?,
                Some(folder) => {
                    let path = write(folder, file, audience, format, &shown)?;
                    eprintln!("{}", path.display());
                    if command.open && letter.is_some() {
                        opener::open(&path).with_context(|| format!("{} cannot be opened", path.display()))?;
                    }
                }
            }
        }
    }
    Ok(exit)
}

/// The letter with the reasons in it, for looking at only.
fn explained(letter: Letter, explanations: &[Explanation], language: Language) -> Letter {
    Letter {
        html: inside::into_html(&letter.html, explanations, language),
        text: inside::into_text(&letter.text, explanations, language),
        ..letter
    }
}

fn show(
    workspace: &Workspace,
    format: Format,
    minutes: &Minutes,
    digest: &Digest,
    letter: Option<&Letter>,
    audience: &Audience,
    explanations: Option<&[Explanation]>,
) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match (format, letter) {
        (Format::Json, letter) => {
            let digest_json = DigestJson {
                meeting: &digest.meeting,
                held: &digest.held,
                stories: &digest.stories,
                items: &digest.items,
                dates: &digest.dates,
                requests: &digest.requests,
                tasks: &digest.tasks,
                open: &digest.open,
                words: digest.words,
                sides: digest.sides,
                left_out: &digest.left_out,
            };
            let subject = letter.map(|letter| letter.subject.as_str());
            let rules = workspace.rules.version();
            let preview = PreviewJson { audience: &audience.id.0, subject, rules, digest: digest_json, explanations };
            serde_json::to_writer(&mut out, &preview)?;
            writeln!(out)?;
        }
        (Format::Html, Some(letter)) => out.extend_from_slice(letter.html.as_bytes()),
        (Format::Text, Some(letter)) => out.extend_from_slice(letter.text.as_bytes()),
        (Format::Eml, Some(letter)) => {
            let sender = Sender { from: workspace.config.mail.from.clone(), reply_to: None, list_id: None };
            // To itself, at the hour of the meeting: a preview is the same on every run.
            let date = minutes
                .date
                .map_or(DateTime::<Utc>::UNIX_EPOCH, |date| date.and_time(chrono::NaiveTime::MIN).and_utc());
            let id = MessageId::preview(&letter.subject, sender.from.address());
            out = message::build(letter, &sender, &sender.from, &id, date)?;
        }
        (Format::Terminal, letter) => {
            let name = minutes.committee.as_deref().unwrap_or("?");
            let date = minutes.date.map_or_else(|| "?".to_owned(), |date| date.to_string());
            writeln!(out, "── {} · {name} · {date} · {} ord", audience.id, digest.words)?;
            let SideWords { management, employees, others } = digest.sides;
            writeln!(out, "   ledelsen {management}, medarbejdersiden {employees}, uden afsender {others}\n")?;
            for held in &digest.held {
                let item = held.item.map(|item| format!("punkt {item}: ")).unwrap_or_default();
                writeln!(out, "   ! {item}{}", held.reason)?;
            }
            for missing in &digest.left_out.essential {
                writeln!(out, "   ? {}: {}", missing.id, reasons::missing(missing))?;
            }
            match letter {
                Some(letter) => writeln!(out, "\n   {}\n\n{}", letter.subject, letter.text)?,
                None => writeln!(out, "\n   (intet brev)\n")?,
            }
        }
        (Format::Html | Format::Text | Format::Eml, None) => {
            for held in &digest.held {
                eprintln!("digest: {}: no letter for {}: {}", minutes.source.file, audience.id, held.reason);
            }
        }
    }
    Ok(out)
}

fn write(folder: &Path, file: &Path, audience: &Audience, format: Format, content: &[u8]) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let path = folder.join(format!("{stem}.{}.{}", audience.id, format.extension()));
    std::fs::write(&path, content).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}
