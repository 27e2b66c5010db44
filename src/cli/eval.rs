//! `digest eval`: the figures of the current rules, over the letters that `digest preview` builds.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::labelled::labelled;
use super::workspace::Workspace;
use crate::digest::Digest;
use crate::quality::corpus::{Document, figures};
use crate::quality::cross::{Cross, Knowledge, Spread, cross};
use crate::quality::figures::Figures;
use crate::quality::labels::{StoryLabel, key};

/// Arguments of `digest eval`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Labelled sentences, one JSON object a line.
    #[arg(required = true)]
    labels: Vec<PathBuf>,
    /// Where the minutes lie, instead of the labels' folder and `../minutes` beside it.
    #[arg(long, value_name = "DIR")]
    minutes: Option<PathBuf>,
    /// Figures on held-out items too: deal the labelled items into so many parts.
    #[arg(long, value_name = "N")]
    folds: Option<usize>,
    /// With --folds: how often they are dealt.
    #[arg(long, value_name = "N", default_value_t = 10, requires = "folds")]
    seeds: u64,
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
    if let Err(message) = usable(command) {
        eprintln!("digest: {message}");
        return Ok(Exit::Argument);
    }
    let mut exit = Exit::Fine;
    let table = matches!(command.format, Format::Table);
    if table {
        writeln!(
            out,
            "{:<28} {:<14}   nDCG   mass   must  prec.  junk (+other) private words stories",
            "labels", "audience"
        )?;
    }
    let mut documents = Vec::new();
    for path in &command.labels {
        let (document, minutes) = match labelled(&workspace, path, command.minutes.as_deref()) {
            Ok(found) => found,
            Err(worse) => {
                exit = exit.max(worse);
                continue;
            }
        };
        let stories = read_stories(path, &minutes);
        for row in rows(&workspace, path, &document, stories.as_deref()) {
            if table {
                print(&row, out)?;
            } else {
                serde_json::to_writer(&mut *out, &row)?;
                writeln!(out)?;
            }
        }
        documents.push(document);
    }
    if let (Some(folds), false) = (command.folds, documents.is_empty()) {
        let audiences = &workspace.config.audiences;
        let found = cross(&workspace.rules, &documents, audiences, workspace.inflection(), folds, command.seeds);
        if found.items < folds {
            eprintln!("digest: {} labelled items cannot be dealt into {folds} folds", found.items);
            return Ok(exit.max(Exit::Argument));
        }
        if table {
            crossed(&found, out)?;
        } else {
            serde_json::to_writer(&mut *out, &serde_json::json!({ "cross_validation": found }))?;
            writeln!(out)?;
        }
    }
    Ok(exit)
}

/// Whether the numbers of the cross-validation make sense.
fn usable(command: &Arguments) -> Result<(), String> {
    match command.folds {
        Some(0 | 1) => Err("--folds must be at least 2".to_owned()),
        Some(_) if command.seeds == 0 => Err("--seeds must be at least 1".to_owned()),
        _ => Ok(()),
    }
}

fn rows(workspace: &Workspace, path: &Path, document: &Document, stories: Option<&[StoryLabel]>) -> Vec<RowJson> {
    let labels = document.labels.as_deref().unwrap_or_default();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    workspace
        .config
        .audiences
        .iter()
        .map(|audience| {
            let place = workspace.rules.audience(&audience.id.0).unwrap_or_default();
            let built = workspace.digest(&document.minutes, &document.scored, audience);
            let figures = figures(labels, &document.minutes, &document.scored, &built, audience, place);
            let right = stories.map(|stories| (linked(stories, &built.digest), stories.len()));
            let told = stories.map(|stories| told(stories, &built.digest));
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

/// The figures on held-out items, with what they do and do not say.
fn crossed(found: &Cross, out: &mut dyn Write) -> std::io::Result<()> {
    let committees = match found.committees.as_slice() {
        [] => "from minutes that name no committee".to_owned(),
        [one] => format!("all from one committee, {one}"),
        several => format!("from {} committees: {}", several.len(), several.join(", ")),
    };
    writeln!(
        out,
        "\nCross-validated by item: {} labelled items with {} sentences, {committees}; {} folds, {} seeds.\n\
         Mean and standard deviation over the seeds. Only the last three rows compare with each other.\n",
        found.items, found.sentences, found.folds, found.seeds
    )?;
    writeln!(
        out,
        "{:<14} {:<34} {:>13} {:>13} {:>13} {:>13}",
        "audience", "what the rules know", "nDCG", "mass", "must", "precision"
    )?;
    for row in &found.rows {
        let knowledge = match row.knowledge {
            Knowledge::Whole => "all (fitted), whole minutes",
            Knowledge::Fitted => "all (fitted), held-out items",
            Knowledge::Rules => "rules that hit in the other items",
            Knowledge::Words => "words that hit in the other items",
        };
        let show = |spread: Spread| match (spread.mean, spread.deviation) {
            (Some(mean), Some(deviation)) => format!("{mean:.3} ±{deviation:.3}"),
            (Some(mean), None) => format!("{mean:.3}       "),
            (None, _) => "-       ".to_owned(),
        };
        writeln!(
            out,
            "{:<14} {knowledge:<34} {:>13} {:>13} {:>13} {:>13}",
            row.audience,
            show(row.ndcg),
            show(row.mass),
            show(row.must),
            show(row.precision)
        )?;
    }
    Ok(())
}

fn read_stories(labels: &Path, minutes: &Path) -> Option<Vec<StoryLabel>> {
    let text = std::fs::read_to_string(labels.with_file_name("stories.json")).ok()?;
    let mut all: BTreeMap<String, Vec<StoryLabel>> = serde_json::from_str(&text).ok()?;
    all.remove(&*minutes.file_name()?.to_string_lossy())
}
