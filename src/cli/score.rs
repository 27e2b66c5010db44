//! `digest score`: every sentence with its score and the reasons.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Exit;
use super::workspace::Workspace;
use crate::diagnostic::Language;
use crate::minutes::{EntryId, Item, ItemNumber};
use crate::rules::{HitState, RuleSet, Trace};

/// Arguments of `digest score`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Minutes.
    file: PathBuf,
    /// For whom.
    #[arg(long, value_name = "NAME")]
    audience: String,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// A list, best first.
    Json,
}

#[derive(Serialize)]
struct HitJson<'r> {
    rule: &'r str,
    label: &'r str,
    weight: i32,
    /// How often it counts.
    times: u32,
    words: Vec<String>,
    file: String,
    line: usize,
    /// Whether it counts: `counted`, `trial`, `silenced` or `replaced`.
    state: &'static str,
}

#[derive(Serialize)]
struct RowJson<'r> {
    id: EntryId,
    item: ItemNumber,
    text: String,
    score: i32,
    hits: Vec<HitJson<'r>>,
    kept: bool,
    reason: String,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    let audiences = workspace.audiences(Some(&command.audience))?;
    let minutes = match workspace.reading.minutes(&command.file) {
        Ok(minutes) => minutes,
        Err(error) => {
            eprintln!("digest: {error}");
            return Ok(Exit::Argument);
        }
    };
    let scored = workspace.score(&minutes);
    let mut rows = Vec::new();
    for audience in &audiences {
        let place = workspace.rules.audience(&audience.id.0).unwrap_or_default();
        let built = workspace.digest(&minutes, &scored, audience);
        for id in minutes.items.iter().flat_map(Item::own_entries).filter_map(|entry| entry.id) {
            let Some(trace) = scored.trace(id) else { continue };
            let verdict = built.verdicts.iter().find(|verdict| verdict.id == id);
            rows.push(RowJson {
                id,
                item: id.item,
                text: trace.text.clone(),
                score: trace.total(place),
                hits: hits(&workspace.rules, trace, place),
                kept: verdict.is_some_and(|verdict| verdict.kept),
                reason: verdict.map_or_else(|| "historie".to_owned(), |verdict| verdict.reason.text(Language::Danish)),
            });
        }
    }
    // Equal scores stay in document order.
    rows.sort_by_key(|row| std::cmp::Reverse(row.score));
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &rows)?;
            writeln!(out)?;
        }
        Format::Table => {
            for row in &rows {
                let mark = if row.kept { '*' } else { ' ' };
                writeln!(out, "{mark}{:>4}  {:<7} {}", row.score, row.id.to_string(), row.text)?;
                for hit in &row.hits {
                    let state = if hit.state == "counted" { String::new() } else { format!(" [{}]", hit.state) };
                    writeln!(out, "       {:+} {}{state}: {}", hit.weight, hit.rule, hit.words.join(" … "))?;
                }
                writeln!(out, "       = {}", row.reason)?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn hits<'r>(rules: &'r RuleSet, trace: &Trace, place: usize) -> Vec<HitJson<'r>> {
    trace
        .hits
        .iter()
        .filter_map(|hit| {
            let rule = rules.rule(hit.rule)?;
            Some(HitJson {
                rule: &rule.id,
                label: &rule.label,
                weight: rule.weight(place),
                times: hit.times,
                words: trace.words_of(hit).into_iter().map(str::to_owned).collect(),
                file: rule.file(),
                line: rule.line(),
                state: match hit.state {
                    HitState::Counted => "counted",
                    HitState::Trial => "trial",
                    HitState::Silenced { .. } => "silenced",
                    HitState::Replaced { .. } => "replaced",
                },
            })
        })
        .collect()
}
