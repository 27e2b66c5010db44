//! `digest rules stats`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{cut, files};
use crate::cli::Exit;
use crate::cli::labelled::{labelled, unlabelled};
use crate::cli::workspace::Workspace;
use crate::digest::MeetingTopics;
use crate::quality::corpus::Document;
use crate::quality::stats::{RuleFigures, Stats, stats, times};

/// Arguments of `digest rules stats`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Minutes; without any and without labels, those in the configured inbox.
    files: Vec<PathBuf>,
    /// Labelled sentences, one JSON object a line; their minutes lie beside them or in ../minutes.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    labels: Vec<PathBuf>,
    /// Where the minutes of the labels lie.
    #[arg(long, value_name = "DIR")]
    minutes: Option<PathBuf>,
    /// Measure each rule's share of the time too. Never the same twice.
    #[arg(long)]
    time: bool,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One object.
    Json,
}

pub(super) fn run(arguments: &crate::cli::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    let mut exit = Exit::Fine;
    let mut documents: Vec<Document> = Vec::new();
    for path in &command.labels {
        match labelled(&workspace, path, command.minutes.as_deref()) {
            Ok((document, _)) => documents.push(document),
            Err(worse) => exit = exit.max(worse),
        }
    }
    if command.labels.is_empty() || !command.files.is_empty() {
        let paths = files(&workspace, &command.files)?;
        for path in paths {
            match unlabelled(&workspace, &path) {
                // The same minutes with labels say more.
                Ok(document)
                    if documents.iter().any(|known| known.minutes.source.sha256 == document.minutes.source.sha256) => {}
                Ok(document) => documents.push(document),
                Err(worse) => exit = exit.max(worse),
            }
        }
    }
    let score = |rules: &_, minutes: &_| workspace.score_by(rules, minutes);
    let mut found = stats(&workspace.rules, &documents, &workspace.config.audiences, &score);
    if command.time {
        let shares = times(&workspace.rules, &documents, &|minutes| {
            let topics = MeetingTopics::new(minutes, workspace.lexicon());
            Box::new(workspace.hints(minutes, &topics))
        });
        for (rule, share) in found.rules.iter_mut().zip(shares) {
            rule.time = Some(share);
        }
    }
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &found)?;
            writeln!(out)?;
        }
        Format::Table => table(&found, out)?,
    }
    Ok(exit)
}

fn table(found: &Stats, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{} rules on {} sentences of {} documents ({})",
        found.rules.len(),
        found.sentences,
        found.documents.len(),
        found.committees.join(", ")
    )?;
    let percent = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{:.0} %", value * 100.0));
    if found.labelled > 0 {
        let base: Vec<String> =
            found.base.iter().map(|(audience, share)| format!("{audience} {}", percent(*share))).collect();
        writeln!(
            out,
            "{} sentences have labels. Precision and lift are fitted: the rules may have been written with these labels at\n\
             hand. `digest eval --folds` gives figures on held-out items. Readers want: {}.",
            found.labelled,
            base.join(", ")
        )?;
    }
    writeln!(
        out,
        "\nhits   sentences that the rule hits, silenced hits left out, and their share\n\
         prec.  share of the labelled ones that readers grade 1 or more; lift: against the share of all\n\
         without  sentences that enter (+) and leave (-) the letter without the rule, and the change of nDCG and mass\n\
         overlap  the rule it shares most hits with; 1.00: the same sentences\n"
    )?;
    for rule in &found.rules {
        let time = rule.time.map(|share| format!("  time {:.1} %", share * 100.0)).unwrap_or_default();
        let overlap = rule
            .overlap
            .as_ref()
            .map(|other| format!("  overlap {:.2} {}", other.jaccard, other.rule))
            .unwrap_or_default();
        writeln!(
            out,
            "{:<28} hits {:>4} {:>6}{overlap}{time}",
            cut(&rule.rule, 28),
            rule.hits,
            rule.share.map(|share| format!("{:.1} %", share * 100.0)).unwrap_or_default(),
        )?;
        for audience in found.base.keys() {
            if let Some(line) = audience_line(rule, audience) {
                writeln!(out, "    {audience:<24} {line}")?;
            }
        }
    }
    Ok(())
}

/// What a rule means for an audience; none where there is nothing to tell.
fn audience_line(rule: &RuleFigures, audience: &str) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(worth) = rule.worth.get(audience)
        && let Some(precision) = worth.precision
    {
        let lift = worth.lift.map(|lift| format!(", lift {lift:.2}")).unwrap_or_default();
        parts.push(format!("prec. {precision:.2} of {}{lift}", rule.labelled));
    }
    if let Some(without) = rule.without.get(audience) {
        let change = |name: &str, value: Option<f64>| {
            // What rounds to nothing is nothing; "-0.000" would be read as a loss.
            let value = value.filter(|value| value.abs() >= 0.0005)?;
            Some(format!("{name} {value:+.3}"))
        };
        let moved = (!without.enter.is_empty() || !without.leave.is_empty())
            .then(|| format!("+{} -{}", without.enter.len(), without.leave.len()));
        let told: Vec<String> =
            moved.into_iter().chain(change("nDCG", without.ndcg)).chain(change("mass", without.mass)).collect();
        if !told.is_empty() {
            parts.push(format!("without: {}", told.join(", ")));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
