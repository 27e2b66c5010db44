//! `digest check`: configuration, rules with their examples, templates, recipient lists: all problems in one run.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::workspace::DEFAULT_CONFIG;
use crate::config::Config;
use crate::daemon::workspace::{check_examples, classes};
use crate::diagnostic::{self, Language, Problem, Severity};
use crate::digest::FollowWords;
use crate::language::lexicon::Lexicon;
use crate::language::persons::Names;
use crate::mail::read_list;
use crate::minutes::{Dialect, EarlierWording};
use crate::render::Templates;
use crate::rules;

/// Arguments of `digest check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Terminal,
    /// A list of findings.
    Json,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let path = arguments.config.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_CONFIG));
    if !path.is_file() {
        eprintln!("digest: {}: there is no such configuration; name one with --config FILE", path.display());
        return Ok(Exit::Argument);
    }
    let mut problems = Vec::new();
    let config = Config::inspect(&path, &mut problems);
    // Without a readable configuration the folders beside it are still worth a look.
    let config_folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let folder = |named: &Option<PathBuf>, configured: Option<&PathBuf>, usual: &str| {
        named.clone().or_else(|| configured.cloned()).unwrap_or_else(|| config_folder.join(usual))
    };
    let rules = folder(&arguments.rules, config.as_ref().map(|config| &config.rules), "rules");
    let templates = folder(&arguments.templates, config.as_ref().map(|config| &config.templates), "templates");
    let audiences = config.as_ref().map(Config::audience_names);
    let counted = check_rules(&rules, audiences.as_deref(), &mut problems);
    if let Some(templates) = Templates::load(&templates, &mut problems) {
        templates.check(&mut problems);
    }
    let recipients = config.as_ref().map_or(0, |config| check_lists(config, &mut problems));
    diagnostic::sort(&mut problems);
    let language = config.as_ref().map_or(Language::Danish, |config| config.language);
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &diagnostic::to_json(&problems, language))?;
            writeln!(out)?;
        }
        Format::Terminal => {
            for problem in &problems {
                writeln!(out, "{}", problem.to_terminal(language))?;
            }
            writeln!(out, "{}", summary(&problems, counted, recipients, language))?;
        }
    }
    Ok(if diagnostic::any_error(&problems) { Exit::Content } else { Exit::Fine })
}

/// Rules with their examples, dialect and word lists; the number of rules.
fn check_rules(folder: &std::path::Path, audiences: Option<&[String]>, problems: &mut Vec<Problem>) -> usize {
    let _ = Dialect::load(folder, problems);
    let _ = EarlierWording::load(folder, problems);
    let classes = classes(folder, problems);
    let names = Names::load(folder, problems);
    let _ = FollowWords::load(folder, &Lexicon::load(folder, &mut Vec::new()).inflection, problems);
    let Some(audiences) = audiences else { return 0 };
    let Some(set) = rules::load(folder, audiences, problems) else { return 0 };
    check_examples(&set, &classes, &names, problems);
    set.rules().len()
}

/// Every recipient list once; the number of recipients.
fn check_lists(config: &Config, problems: &mut Vec<Problem>) -> usize {
    let mut files: Vec<&PathBuf> =
        config.committees.iter().flat_map(|committee| &committee.lists).map(|list| &list.file).collect();
    files.sort();
    files.dedup();
    files.into_iter().map(|file| read_list(file, problems).len()).sum()
}

fn summary(problems: &[Problem], rules: usize, recipients: usize, language: Language) -> String {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    match language {
        Language::Danish => {
            let plural = if warnings == 1 { "advarsel" } else { "advarsler" };
            format!("{errors} fejl, {warnings} {plural}; {rules} regler, {recipients} modtagere på listerne.")
        }
        Language::English => {
            format!("{errors} errors, {warnings} warnings; {rules} rules, {recipients} recipients on the lists.")
        }
    }
}
