//! `digest eval`: the figures of the current rules and the harm they do, over the letters that `digest preview` builds.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::harm::harm;
use super::labelled::{labelled, unlabelled};
use super::workspace::Workspace;
use crate::digest::Digest;
use crate::quality::corpus::{Document, figures_with_intervals};
use crate::quality::cross::{Cross, Knowledge, Spread, cross};
use crate::quality::figures::Figures;
use crate::quality::harm::{Counts, Harm};
use crate::quality::intervals::{INSIDE, Interval, Intervals};
use crate::quality::labels::{StoryLabel, key};

/// Arguments of `digest eval`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Labelled sentences, one JSON object a line; or minutes without labels, for their harm alone.
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
    /// Between which values the figures lie, were there other items.
    intervals: Intervals,
    /// Stories whose item is right, and how many there are.
    stories: Option<(usize, usize)>,
    /// Stories told by a sentence that readers chose too.
    stories_told: Option<usize>,
    /// How often the letter does harm.
    harm: Counts,
    /// Where: sentences, items, parts of the letter.
    harm_places: Vec<(Harm, String)>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    if let Err(message) = usable(command) {
        eprintln!("digest: {message}");
        return Ok(Exit::Argument);
    }
    let mut exit = Exit::Fine;
    let table = matches!(command.format, Format::Table);
    let (mut documents, mut all) = (Vec::new(), Vec::new());
    for path in &command.labels {
        let found = match is_labels(path) {
            true => labelled(&workspace, path, command.minutes.as_deref()),
            false => unlabelled(&workspace, path).map(|document| (document, path.clone())),
        };
        let (document, minutes) = match found {
            Ok(found) => found,
            Err(worse) => {
                exit = exit.max(worse);
                continue;
            }
        };
        let stories = document.labels.as_ref().and_then(|_| read_stories(path, &minutes));
        let rows = rows(&workspace, path, &document, stories.as_deref());
        if !table {
            for row in &rows {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)?;
            }
        }
        all.extend(rows.into_iter().map(|row| (document.labels.is_some(), row)));
        // What nobody marked has no part in what follows.
        documents.extend(Some(document).filter(|document| document.labels.is_some()));
    }
    if table {
        print(&all, out)?;
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
            let (figures, intervals) =
                figures_with_intervals(labels, &document.minutes, &document.scored, &built, audience, place);
            let found = harm(workspace, document, audience, &built);
            let right = stories.map(|stories| (linked(stories, &built.digest), stories.len()));
            let told = stories.map(|stories| told(stories, &built.digest));
            RowJson {
                labels: name.clone(),
                audience: audience.id.0.clone(),
                figures,
                intervals,
                stories: right,
                stories_told: told,
                harm: Counts::of(&found),
                harm_places: found.into_iter().map(|finding| (finding.harm, finding.place)).collect(),
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

/// Labels are JSON; anything else is minutes.
fn is_labels(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "jsonl" || extension == "json")
}

/// The figures of what is labelled, then the harm of every letter and the sums.
fn print(rows: &[(bool, RowJson)], out: &mut dyn Write) -> std::io::Result<()> {
    if rows.iter().any(|(labelled, _)| *labelled) {
        writeln!(
            out,
            "{:<28} {:<14} {:>9} {:>9} {:>9} {:>9} {:>9} (+other) private words stories",
            "labels", "audience", "nDCG", "mass", "must", "precision", "junk"
        )?;
    }
    for (_, row) in rows.iter().filter(|(labelled, _)| *labelled) {
        figures(row, out)?;
    }
    writeln!(out, "\nHarm: goal 0 of each in every letter\n")?;
    write!(out, "{:<28} {:<14}", "document", "audience")?;
    for harm in Harm::ALL {
        write!(out, " {:>11}", harm.label())?;
    }
    writeln!(out)?;
    let mut sums: BTreeMap<&str, Counts> = BTreeMap::new();
    for (_, row) in rows {
        harms(&row.labels, &row.audience, &row.harm, out)?;
        for (harm, place) in &row.harm_places {
            writeln!(out, "    {}: {place}", harm.label())?;
        }
        sums.entry(&row.audience).or_insert_with(|| Counts::of(&[])).add(&row.harm);
    }
    for (audience, sum) in &sums {
        harms("all", audience, sum, out)?;
    }
    Ok(())
}

fn harms(document: &str, audience: &str, counts: &Counts, out: &mut dyn Write) -> std::io::Result<()> {
    write!(out, "{:<28} {audience:<14}", short(document))?;
    for count in counts.0.values() {
        write!(out, " {count:>11}")?;
    }
    writeln!(out)
}

fn short(name: &str) -> String {
    name.chars().take(28).collect()
}

fn figures(row: &RowJson, out: &mut dyn Write) -> std::io::Result<()> {
    let show = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
    let between =
        |interval: Interval| interval.map_or_else(|| "-".to_owned(), |(low, high)| format!("{low:.2}–{high:.2}"));
    let (figures, intervals) = (&row.figures, &row.intervals);
    let stories = match (row.stories, row.stories_told) {
        (Some((right, all)), Some(told)) => format!("{right}/{all} linked, {told}/{all} told"),
        _ => String::new(),
    };
    writeln!(
        out,
        "{:<28} {:<14} {:>9} {:>9} {:>9} {:>9} {:>9} ({:+}) {:>11} {:>5} {stories}",
        short(&row.labels),
        row.audience,
        show(figures.ndcg),
        show(figures.mass),
        show(figures.must),
        show(figures.precision),
        figures.junk,
        figures.junk_other,
        figures.private,
        figures.words,
    )?;
    let junk = intervals.junk.map_or_else(|| "-".to_owned(), |(low, high)| format!("{low:.0}–{high:.0}"));
    writeln!(
        out,
        "{:<28} {:<14} {:>9} {:>9} {:>9} {:>9} {junk:>9}",
        "",
        format!("  {INSIDE} % inside"),
        between(intervals.ndcg),
        between(intervals.mass),
        between(intervals.must),
        between(intervals.precision),
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
