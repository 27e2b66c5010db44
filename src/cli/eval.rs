//! `digest eval`: the figures of the current rules, over the letters that `digest preview` builds.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::workspace::Workspace;
use crate::digest::Digest;
use crate::minutes::{Item, Minutes};
use crate::quality::figures::{Figures, Quoted, Ranked, measure};
use crate::quality::labels::{self, Label, StoryLabel, key};

/// Arguments of `digest eval`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Labelled sentences, one JSON object a line.
    #[arg(required = true)]
    labels: Vec<PathBuf>,
    /// Where the minutes lie, instead of the labels' folder and `../minutes` beside it.
    #[arg(long, value_name = "DIR")]
    minutes: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object per file and audience, one per line.
    Json,
}

#[derive(Serialize)]
struct RowJson {
    labels: String,
    audience: String,
    #[serde(flatten)]
    figures: Figures,
    /// Stories whose item is right, and how many there are.
    stories: Option<(usize, usize)>,
    /// Stories told by a sentence that readers chose too.
    stories_told: Option<usize>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = match Workspace::open(arguments) {
        Ok(workspace) => workspace,
        Err(exit) => return Ok(exit),
    };
    let mut exit = Exit::Fine;
    if matches!(command.format, Format::Table) {
        writeln!(
            out,
            "{:<28} {:<14}   nDCG   mass   must  prec.  junk (+other) private words stories",
            "labels", "audience"
        )?;
    }
    for path in &command.labels {
        let (labels, minutes_path) = match read_labels(path).and_then(|labels| Ok((labels, find(path, command)?))) {
            Ok(found) => found,
            Err(message) => {
                eprintln!("digest: {}: {message}", path.display());
                exit = exit.max(Exit::Argument);
                continue;
            }
        };
        let minutes = match workspace.reading.minutes(&minutes_path) {
            Ok(minutes) => minutes,
            Err(error) => {
                eprintln!("digest: {error}");
                exit = exit.max(Exit::Argument);
                continue;
            }
        };
        let stories = read_stories(path, &minutes_path);
        for row in rows(&workspace, path, &labels, &minutes, stories.as_deref()) {
            match command.format {
                Format::Json => {
                    serde_json::to_writer(&mut *out, &row)?;
                    writeln!(out)?;
                }
                Format::Table => print(&row, out)?,
            }
        }
    }
    Ok(exit)
}

fn rows(
    workspace: &Workspace,
    path: &Path,
    labels: &[Label],
    minutes: &Minutes,
    stories: Option<&[StoryLabel]>,
) -> Vec<RowJson> {
    let scored = workspace.score(minutes);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    workspace
        .config
        .audiences
        .iter()
        .map(|audience| {
            let place = workspace.rules.audience(&audience.id.0).unwrap_or_default();
            let ranking: Vec<Ranked> = minutes
                .items
                .iter()
                .flat_map(Item::own_entries)
                .filter_map(|entry| Some((entry.id?.item, entry.text.clone(), scored.trace(entry.id?)?.total(place))))
                .collect();
            let digest = workspace.digest(minutes, &scored, audience).digest;
            let letter: Vec<Quoted> = digest
                .items
                .iter()
                .flat_map(|item| item.sentences.iter().map(|quote| (item.number, quote.text.clone(), quote.role)))
                .collect();
            let figures = measure(labels, &audience.id.0, &ranking, &letter, audience.words);
            let right = stories.map(|stories| (linked(stories, &digest), stories.len()));
            let told = stories.map(|stories| told(stories, &digest));
            RowJson {
                labels: name.clone(),
                audience: audience.id.0.clone(),
                figures,
                stories: right,
                stories_told: told,
            }
        })
        .collect()
}

fn linked(stories: &[StoryLabel], digest: &Digest) -> usize {
    stories
        .iter()
        .filter(|label| {
            digest.stories.iter().any(|story| key(&story.text) == key(&label.story) && story.items == label.items)
        })
        .count()
}

fn told(stories: &[StoryLabel], digest: &Digest) -> usize {
    stories
        .iter()
        .filter(|label| {
            let best: Vec<String> = label.best_sentences.iter().map(|text| key(text)).collect();
            let story = digest.stories.iter().find(|story| key(&story.text) == key(&label.story));
            let mut quotes = story.into_iter().flat_map(|story| &story.sentences).filter_map(|id| digest.quote(*id));
            quotes.any(|quote| best.contains(&key(&quote.text)))
        })
        .count()
}

fn print(row: &RowJson, out: &mut dyn Write) -> std::io::Result<()> {
    let show = |value: Option<f64>| value.map_or_else(|| "   - ".to_owned(), |value| format!("{value:.3}"));
    let figures = &row.figures;
    let stories = match (row.stories, row.stories_told) {
        (Some((right, all)), Some(told)) => format!("{right}/{all} linked, {told}/{all} told"),
        _ => String::new(),
    };
    let stem: String = row.labels.chars().take(28).collect();
    writeln!(
        out,
        "{stem:<28} {:<14}  {}  {}  {}  {}  {:>4} ({:+}) {:>7} {:>5} {stories}",
        row.audience,
        show(figures.ndcg),
        show(figures.mass),
        show(figures.must),
        show(figures.precision),
        figures.junk,
        figures.junk_other,
        figures.private,
        figures.words,
    )
}

fn read_labels(path: &Path) -> Result<Vec<Label>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    labels::read(&text).map_err(|(line, error)| format!("line {line} is no label: {error}"))
}

/// The minutes of the same stem: in the labels' folder, in `../minutes` beside it, or in the named folder.
fn find(labels: &Path, command: &Arguments) -> Result<PathBuf, String> {
    let stem = labels.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = labels.parent().unwrap_or(Path::new(""));
    let folders = match &command.minutes {
        Some(folder) => vec![folder.clone()],
        None => vec![beside.to_path_buf(), beside.join("../minutes")],
    };
    for folder in &folders {
        let entries = std::fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let mut files: Vec<PathBuf> = entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        let same = |file: &PathBuf| {
            file.file_stem().is_some_and(|name| name.to_string_lossy() == stem)
                && file.extension().is_none_or(|extension| extension != "jsonl" && extension != "json")
        };
        if let Some(found) = files.into_iter().find(same) {
            return Ok(found);
        }
    }
    Err(format!("no minutes named {stem} were found; name their folder with --minutes DIR"))
}

fn read_stories(labels: &Path, minutes: &Path) -> Option<Vec<StoryLabel>> {
    let text = std::fs::read_to_string(labels.with_file_name("stories.json")).ok()?;
    let mut all: BTreeMap<String, Vec<StoryLabel>> = serde_json::from_str(&text).ok()?;
    all.remove(&*minutes.file_name()?.to_string_lossy())
}
