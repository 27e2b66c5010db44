//! `digest check`: configuration, rules with their examples, templates, recipient lists: all problems in one run.

use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::workspace::{DEFAULT_CONFIG, Reading};
use crate::config::Config;
use crate::daemon::workspace::check_examples;
use crate::diagnostic::{self, Language, Problem, Severity, Style};
use crate::digest::{FollowWords, MeetingHints, MeetingTopics};
use crate::language::lexicon::Lexicon;
use crate::language::persons::Names;
use crate::mail::read_list;
use crate::minutes::{EarlierWording, Minutes};
use crate::render::Templates;
use crate::rules::{self, RuleSet, Tally, score_minutes};
use crate::tables::is_left_behind;

/// Arguments of `digest check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Folder of minutes on which the rules are tried, instead of the configured `examples`.
    #[arg(long, value_name = "DIR")]
    minutes: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Terminal,
    /// One line a problem, as editors read them: file:line:column: error: text.
    Editor,
    /// A list of findings.
    Json,
}

/// What there was to check.
#[derive(Default)]
struct Checked {
    rules: usize,
    recipients: usize,
    sentences: usize,
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
    let examples = folder(&command.minutes, config.as_ref().map(|config| &config.examples), "examples");
    let mut checked = Checked::default();
    check_rules(&rules, config.as_ref(), &examples, &mut checked, &mut problems);
    if let Some(templates) = Templates::load(&templates, &mut problems) {
        templates.check(&mut problems);
    }
    checked.recipients = config.as_ref().map_or(0, |config| check_lists(config, &mut problems));
    diagnostic::sort(&mut problems);
    let language = config.as_ref().map_or(Language::Danish, |config| config.language);
    match command.format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &diagnostic::to_json(&problems, language))?;
            writeln!(out)?;
        }
        Format::Editor => {
            for problem in &problems {
                writeln!(out, "{}", problem.to_editor(language))?;
            }
        }
        Format::Terminal => {
            let style = terminal();
            for problem in &problems {
                writeln!(out, "{}", problem.to_styled(language, style))?;
            }
            writeln!(out, "{}", summary(&problems, &checked, language))?;
        }
    }
    let named_is_missing = command.minutes.as_ref().is_some_and(|folder| !folder.is_dir());
    if named_is_missing {
        eprintln!("digest: {}: there is no such folder of minutes", examples.display());
        return Ok(Exit::Argument);
    }
    Ok(if diagnostic::any_error(&problems) { Exit::Content } else { Exit::Fine })
}

/// How standard output is written to: in colours and lines of its width when it is a terminal. `NO_COLOR` is the wish of
/// people who cannot use colours (no-color.org), `COLUMNS` what the shell knows of the width.
fn terminal() -> Style {
    if !std::io::stdout().is_terminal() {
        return Style::default();
    }
    let unwanted = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    Style { colour: !dumb && !unwanted("NO_COLOR"), width }
}

/// Rules with their examples and on example minutes, dialect and word lists.
fn check_rules(
    folder: &Path,
    config: Option<&Config>,
    examples: &Path,
    checked: &mut Checked,
    problems: &mut Vec<Problem>,
) {
    let reading = Reading::with(config, Some(folder), problems);
    let _ = EarlierWording::load(folder, problems);
    let names = Names::load(folder, problems);
    let _ = FollowWords::load(folder, &Lexicon::load(folder, &mut Vec::new()).inflection, problems);
    let Some(audiences) = config.map(Config::audience_names) else { return };
    let Some(set) = rules::inspect(folder, &audiences, problems) else { return };
    checked.rules = set.rules().len();
    check_examples(&set, reading.classes(), &names, problems);
    let lexicon = Lexicon::load(folder, &mut Vec::new());
    let tally = tally(&set, examples, |path| reading.minutes(path).ok(), &names, &lexicon);
    tally.judge(&set, problems);
    checked.sentences = tally.sentences();
}

/// What the rules find in the minutes of a folder; files that are no minutes are passed over, and so is a folder that is
/// not there.
fn tally(
    set: &RuleSet,
    folder: &Path,
    read: impl Fn(&Path) -> Option<Minutes>,
    names: &Names,
    lexicon: &Lexicon,
) -> Tally {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files
        .retain(|path| path.is_file() && path.file_name().is_some_and(|name| !is_left_behind(&name.to_string_lossy())));
    files.sort();
    let mut tally = Tally::new(set);
    for minutes in files.iter().filter_map(|path| read(path)) {
        let topics = MeetingTopics::new(&minutes, lexicon);
        let hints = MeetingHints::new(&minutes, names, &topics);
        tally.add(&score_minutes(set, &minutes, &hints));
    }
    tally
}

/// Every recipient list once; the number of recipients.
fn check_lists(config: &Config, problems: &mut Vec<Problem>) -> usize {
    let mut files: Vec<&PathBuf> =
        config.committees.iter().flat_map(|committee| &committee.lists).map(|list| &list.file).collect();
    files.sort();
    files.dedup();
    files.into_iter().map(|file| read_list(file, problems).len()).sum()
}

fn summary(problems: &[Problem], checked: &Checked, language: Language) -> String {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    let Checked { rules, recipients, sentences } = checked;
    match language {
        Language::Danish => {
            let plural = if warnings == 1 { "advarsel" } else { "advarsler" };
            format!(
                "{errors} fejl, {warnings} {plural}; {rules} regler, prøvet på {sentences} sætninger, {recipients} modtagere på listerne."
            )
        }
        Language::English => format!(
            "{errors} errors, {warnings} warnings; {rules} rules, tried on {sentences} sentences, {recipients} recipients on the lists."
        ),
    }
}
