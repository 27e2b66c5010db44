//! `digest rules diff`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::files;
use super::revision::take;
use crate::cli::Exit;
use crate::cli::explain::marks::hanging;
use crate::cli::workspace::{Workspace, report};
use crate::diagnostic::{self, Language};
use crate::quality::changes::{Edited, Moved, Side, edited, moved};

/// Arguments of `digest rules diff`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The rules to compare with: a folder, or a git revision of the rules folder.
    other: String,
    /// Minutes; without any, those in the configured inbox.
    files: Vec<PathBuf>,
    /// Only the letter of this audience.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Terminal,
    /// One object.
    Json,
}

#[derive(Serialize)]
struct DiffJson<'d> {
    before: &'d str,
    after: &'d str,
    edited: Vec<Edited>,
    sentences: Vec<Moved>,
}

pub(super) fn run(arguments: &crate::cli::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let workspace = Workspace::open(arguments)?;
    let language = workspace.config.language;
    let audiences = workspace.audiences(command.audience.as_deref())?;
    let paths = files(&workspace, &command.files)?;
    // Held until the end: the folder goes when this does.
    let revision = match Path::new(&command.other).is_dir() {
        true => None,
        false => match take(&workspace.config.rules, &command.other, language) {
            Ok(revision) => Some(revision),
            Err(message) => {
                eprintln!("digest: {message}");
                return Ok(Exit::Argument);
            }
        },
    };
    let folder = revision.as_ref().map_or_else(|| PathBuf::from(&command.other), |taken| taken.folder().to_path_buf());
    let mut config = workspace.config.clone();
    config.rules.clone_from(&folder);
    let mut problems = Vec::new();
    let loaded = Workspace::load(config, &mut problems);
    diagnostic::sort(&mut problems);
    let Some(other) = loaded else {
        report(&problems, language);
        return Ok(Exit::Content);
    };
    let mut exit = Exit::Fine;
    let mut sentences = Vec::new();
    for path in &paths {
        let (old, new) = match (other.reading.minutes(path), workspace.reading.minutes(path)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => {
                eprintln!("digest: {error}");
                exit = exit.max(Exit::Argument);
                continue;
            }
        };
        let (old_scored, new_scored) = (other.score(&old), workspace.score(&new));
        for audience in &audiences {
            let old_built = other.digest(&old, &old_scored, audience);
            let new_built = workspace.digest(&new, &new_scored, audience);
            let before = Side { rules: &other.rules, scored: &old_scored, built: &old_built };
            let after = Side { rules: &workspace.rules, scored: &new_scored, built: &new_built };
            sentences.extend(moved(&path.display().to_string(), &audience.id.0, before, after));
        }
    }
    let found = DiffJson {
        before: other.rules.version(),
        after: workspace.rules.version(),
        edited: edited(&folder, &workspace.config.rules),
        sentences,
    };
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &found)?;
            writeln!(out)?;
        }
        Format::Terminal => print(&found, &command.other, language, out)?,
    }
    Ok(exit)
}

fn print(found: &DiffJson<'_>, other: &str, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let danish = language == Language::Danish;
    if found.edited.is_empty() {
        writeln!(out, "{}", if danish { "Reglerne er ens." } else { "The rules are alike." })?;
    } else {
        let title = match language {
            Language::Danish => format!("Reglerne, set fra {other} ({}) til nu ({}):", found.before, found.after),
            Language::English => format!("The rules, from {other} ({}) to now ({}):", found.before, found.after),
        };
        write!(out, "{}", hanging("", &title))?;
        for edited in &found.edited {
            write!(out, "{}", hanging("  ", &edit(edited, danish)))?;
        }
    }
    writeln!(out)?;
    if found.sentences.is_empty() {
        writeln!(out, "{}", if danish { "Brevene: ingen forskel." } else { "The letters: no difference." })?;
        return Ok(());
    }
    let mut last: Option<(&str, &str)> = None;
    for moved in &found.sentences {
        let head = (moved.file.as_str(), moved.audience.as_str());
        if last != Some(head) {
            if last.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{} · {}", moved.file, moved.audience)?;
            last = Some(head);
        }
        let sign = if moved.enters { '+' } else { '−' };
        write!(out, "{}", hanging(&format!("{sign} {:<7} ", moved.id.to_string()), &moved.text))?;
        write!(out, "{}", hanging("          ", &why(moved, danish)))?;
    }
    let (enter, leave): (Vec<&Moved>, Vec<&Moved>) = found.sentences.iter().partition(|moved| moved.enters);
    let (enter, leave) = (enter.len(), leave.len());
    if danish {
        writeln!(out, "\n+ {enter} sætninger kommer med, − {leave} falder ud.")
    } else {
        writeln!(out, "\n+ {enter} sentences come in, − {leave} drop out.")
    }
}

fn edit(edited: &Edited, danish: bool) -> String {
    let what = match (edited.what, danish) {
        ("rule", true) => "regel",
        ("group", true) => "gruppe",
        ("list", true) => "liste",
        ("file", true) => "fil",
        (other, _) => other,
    };
    let how = match (edited.how, danish) {
        ("added", true) => "ny",
        ("removed", true) => "fjernet",
        ("changed", true) => "ændret",
        (other, _) => other,
    };
    let keys = if edited.keys.is_empty() { String::new() } else { format!(": {}", edited.keys.join(", ")) };
    format!("{how} {what} {}{keys}", edited.id)
}

fn why(moved: &Moved, danish: bool) -> String {
    let score = |score: Option<i32>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let mut text = format!("score {} → {}", score(moved.before), score(moved.after));
    for (rule, before, after) in &moved.rules {
        text += &format!(" · {rule} {before:+} → {after:+}");
    }
    if moved.rules.is_empty() {
        text += match (danish, moved.enters) {
            (true, true) => " · andre gav plads",
            (true, false) => " · andre tog pladsen",
            (false, true) => " · others made room",
            (false, false) => " · others took its room",
        };
    }
    match moved.now.as_deref().filter(|_| !moved.enters && danish) {
        Some(now) => format!("{text} · nu: {now}"),
        None => text,
    }
}
