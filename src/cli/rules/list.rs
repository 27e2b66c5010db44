//! `digest rules list`.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::cut;
use crate::cli::Exit;
use crate::cli::workspace::Workspace;
use crate::diagnostic::Language;
use crate::quality::explain::effect;
use crate::rules::{Effect, Rule, RuleSet};
use crate::text::fold::fold_text;

/// Arguments of `digest rules list`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only rules with all these words in id, label or file.
    words: Vec<String>,
    /// Only rules of this group.
    #[arg(long, value_name = "ID")]
    group: Option<String>,
    /// Only rules that give this audience points.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    /// Only rules of this kind.
    #[arg(long, value_name = "KIND", value_parser = ["phrases", "near", "pattern", "feature", "combination"])]
    kind: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// A list.
    Json,
}

#[derive(Serialize)]
struct RuleJson<'r> {
    id: &'r str,
    label: &'r str,
    group: Option<&'r str>,
    kind: &'static str,
    effect: &'static str,
    /// None for a rule that gives no points.
    weight: Option<BTreeMap<&'r str, i32>>,
    trial: bool,
    enabled: bool,
    file: String,
    line: usize,
}

pub(super) fn run(arguments: &crate::cli::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    let rules = &workspace.rules;
    let groups: Vec<&str> = rules.groups().iter().map(|group| group.id.as_str()).collect();
    if let Some(group) = command.group.as_deref().filter(|group| !groups.contains(group)) {
        eprintln!("digest: there is no group \"{group}\"; the rules have: {}", groups.join(", "));
        return Ok(Exit::Argument);
    }
    if let Err(exit) = workspace.audiences(command.audience.as_deref()) {
        return Ok(exit);
    }
    let rows: Vec<RuleJson<'_>> =
        rules.rules().iter().filter(|rule| wanted(rule, rules, command)).map(|rule| row(rule, rules)).collect();
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &rows)?;
            writeln!(out)?;
        }
        Format::Table => table(&rows, rules, workspace.config.language, out)?,
    }
    Ok(Exit::Fine)
}

fn wanted(rule: &Rule, rules: &RuleSet, command: &Arguments) -> bool {
    let group = rule.group.and_then(|group| rules.groups().get(group)).map(|group| group.id.as_str());
    let place = command.audience.as_deref().and_then(|name| rules.audience(name));
    let searched = fold_text(&format!("{} {} {}", rule.id, rule.label, rule.file()));
    command.group.as_deref().is_none_or(|wanted| group == Some(wanted))
        && command.kind.as_deref().is_none_or(|kind| kind == rule.kind_name())
        && place.is_none_or(|place| rule.weight(place) != 0)
        && command.words.iter().all(|word| searched.contains(&fold_text(word)))
}

fn row<'r>(rule: &'r Rule, rules: &'r RuleSet) -> RuleJson<'r> {
    let weights = || {
        let names = rules.audiences().iter().enumerate();
        names.map(|(place, name)| (name.as_str(), rule.weight(place))).collect()
    };
    RuleJson {
        id: &rule.id,
        label: &rule.label,
        group: rule.group.and_then(|group| rules.groups().get(group)).map(|group| group.id.as_str()),
        kind: rule.kind_name(),
        effect: effect(&rule.effect),
        weight: matches!(rule.effect, Effect::Weight(_)).then(weights),
        trial: rule.trial,
        enabled: rule.enabled,
        file: rule.file(),
        line: rule.line(),
    }
}

fn table(rows: &[RuleJson<'_>], rules: &RuleSet, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let audiences = rules.audiences().join(" / ");
    let (legend, count) = match language {
        Language::Danish => (format!("Vægt: {audiences}"), format!("{} af {} regler", rows.len(), rules.rules().len())),
        Language::English => {
            (format!("Weight: {audiences}"), format!("{} of {} rules", rows.len(), rules.rules().len()))
        }
    };
    writeln!(out, "{legend}\n")?;
    for row in rows {
        let weights = match &row.weight {
            Some(_) => {
                let names = rules.audiences().iter();
                let weights = names.map(|name| row.weight.as_ref().and_then(|all| all.get(name.as_str())).copied());
                weights.map(|weight| format!("{:+}", weight.unwrap_or_default())).collect::<Vec<_>>().join("/")
            }
            None => effect_name(row.effect, language).to_owned(),
        };
        let state = state(row, language);
        writeln!(
            out,
            "{:<26} {:>9}  {:<11} {:<13} {}{state}",
            cut(row.id, 26),
            weights,
            row.kind,
            cut(row.group.unwrap_or("-"), 13),
            row.label
        )?;
        writeln!(out, "{:38}{}:{}", "", row.file, row.line)?;
    }
    writeln!(out, "\n{count}")
}

fn effect_name(effect: &str, language: Language) -> &'static str {
    match (effect, language) {
        ("withhold", Language::Danish) => "privat",
        ("withhold", Language::English) => "withholds",
        ("leans", Language::Danish) => "støtte",
        ("leans", Language::English) => "leans",
        ("restricts", Language::Danish) => "begrænser",
        ("restricts", Language::English) => "restricts",
        ("qualifies", Language::Danish) => "indskrænker",
        ("qualifies", Language::English) => "qualifies",
        ("promises", Language::Danish) => "lover",
        ("promises", Language::English) => "promises",
        ("limits", Language::Danish) => "grænse",
        ("limits", Language::English) => "limits",
        ("one_side" | "other_side", Language::Danish) => "modsætn.",
        ("one_side" | "other_side", Language::English) => "contrast",
        ("statement", Language::Danish) => "art",
        ("statement", Language::English) => "statement",
        ("voice", Language::Danish) => "hvis ord",
        ("voice", Language::English) => "voice",
        (_, Language::Danish) => "skjult",
        (_, Language::English) => "hidden",
    }
}

fn state(row: &RuleJson<'_>, language: Language) -> String {
    let words = [(row.trial, "på prøve", "on trial"), (!row.enabled, "slået fra", "switched off")];
    let told = words.into_iter().filter(|(holds, ..)| *holds).map(|(_, danish, english)| match language {
        Language::Danish => format!(" [{danish}]"),
        Language::English => format!(" [{english}]"),
    });
    told.collect()
}
