//! What commands need: configuration, rules, templates, dialect and word lists, read once, problems told once.

use std::path::{Path, PathBuf};

use super::{Arguments, Exit};
use crate::config::Config;
use crate::diagnostic::{self, Language, Problem};
use crate::digest::{Audience, Built, MeetingHints, build};
use crate::intake::{self, IntakeError};
use crate::language::lexicon::Lexicon;
use crate::language::persons::Names;
use crate::minutes::{self, CommitteeNames, Dialect, Minutes};
use crate::render::Templates;
use crate::rules::{self, RuleSet, ScoredMinutes, score_minutes};
use crate::tables;
use crate::text::sentences::WordClasses;

/// Where the configuration is looked for when nobody names it.
pub(super) const DEFAULT_CONFIG: &str = "config.toml";

/// The parts that reading minutes takes. They work without any configuration: then everything is as shipped.
#[derive(Debug)]
pub(crate) struct Reading {
    dialect: Dialect,
    classes: WordClasses,
    committees: Vec<CommitteeNames>,
    max_bytes: u64,
}

impl Reading {
    /// For commands that only read: uses the configuration where there is one.
    pub(super) fn open(arguments: &Arguments) -> Result<Self, Exit> {
        let named = arguments.config.is_some() || Path::new(DEFAULT_CONFIG).exists();
        let config = if named { Some(config(arguments)?) } else { None };
        let mut problems = Vec::new();
        let reading = Self::with(config.as_ref(), arguments.rules.as_deref(), &mut problems);
        report(&problems, config.as_ref().map_or(Language::Danish, |config| config.language));
        if diagnostic::any_error(&problems) { Err(Exit::Content) } else { Ok(reading) }
    }

    pub(crate) fn with(config: Option<&Config>, rules: Option<&Path>, problems: &mut Vec<Problem>) -> Self {
        let folder = rules.map(Path::to_path_buf).or_else(|| config.map(|config| config.rules.clone()));
        let folder = folder.unwrap_or_else(|| PathBuf::from("rules"));
        Self {
            dialect: Dialect::load(&folder, problems),
            classes: classes(&folder, problems),
            committees: config.map(Config::committee_names).unwrap_or_default(),
            max_bytes: config.map_or(100_000_000, |config| config.max_bytes),
        }
    }

    /// Reads one file of minutes.
    pub(crate) fn minutes(&self, path: &Path) -> Result<Minutes, IntakeError> {
        Ok(self.understand(&intake::read(path, self.max_bytes)?))
    }

    fn understand(&self, document: &intake::Document) -> Minutes {
        minutes::parse(document, &self.dialect, &self.classes, &self.committees)
    }

    /// The word classes, for splitting any text.
    pub(crate) fn classes(&self) -> &WordClasses {
        &self.classes
    }

    /// The largest file that is read.
    pub(crate) fn max_bytes(&self) -> u64 {
        self.max_bytes
    }
}

/// `sprog/saetninger.toml` below the rules folder, or the shipped one where it is not there.
pub(super) fn classes(rules: &Path, problems: &mut Vec<Problem>) -> WordClasses {
    let path = rules.join("sprog").join("saetninger.toml");
    if !path.exists() {
        return WordClasses::shipped();
    }
    tables::read_file(&path, problems).map(|table| WordClasses::from_table(&table, problems)).unwrap_or_default()
}

/// Everything from minutes to letters.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub config: Config,
    pub reading: Reading,
    pub rules: RuleSet,
    pub templates: Templates,
    lexicon: Lexicon,
    names: Names,
}

impl Workspace {
    /// Loads it all; problems are told on standard error.
    pub(super) fn open(arguments: &Arguments) -> Result<Self, Exit> {
        let config = config(arguments)?;
        let language = config.language;
        let mut problems = Vec::new();
        let workspace = Self::load(config, &mut problems);
        diagnostic::sort(&mut problems);
        report(&problems, language);
        workspace.ok_or(Exit::Content)
    }

    /// Loads it all; problems of every part are added to `problems`.
    pub(crate) fn load(config: Config, problems: &mut Vec<Problem>) -> Option<Self> {
        let reading = Reading::with(Some(&config), None, problems);
        let rules = rules::load(&config.rules, &config.audience_names(), problems);
        let templates = Templates::load(&config.templates, problems);
        let lexicon = Lexicon::load(&config.rules, &mut Vec::new());
        let names = Names::load(&config.rules, problems);
        if diagnostic::any_error(problems) {
            return None;
        }
        Some(Self { config, reading, rules: rules?, templates: templates?, lexicon, names })
    }

    /// The trace of every sentence.
    pub(crate) fn score(&self, minutes: &Minutes) -> ScoredMinutes {
        let hints = MeetingHints::new(minutes, &self.names, &self.lexicon.inflection);
        score_minutes(&self.rules, minutes, &hints)
    }

    /// The digest for an audience.
    pub(crate) fn digest(&self, minutes: &Minutes, scored: &ScoredMinutes, audience: &Audience) -> Built {
        build(minutes, &self.rules, scored, audience, &self.lexicon.inflection)
    }

    /// The audiences a command is asked for: the named one, or all.
    pub(super) fn audiences(&self, named: Option<&str>) -> Result<Vec<Audience>, Exit> {
        match named {
            None => Ok(self.config.audiences.clone()),
            Some(name) => match self.config.audience(name) {
                Some((_, audience)) => Ok(vec![audience.clone()]),
                None => {
                    let known = self.config.audience_names().join(", ");
                    eprintln!("digest: there is no audience \"{name}\"; the configuration has: {known}");
                    Err(Exit::Argument)
                }
            },
        }
    }
}

/// The configuration with the command line's folders in place of its own; problems are told on standard error.
pub(super) fn config(arguments: &Arguments) -> Result<Config, Exit> {
    let path = arguments.config.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_CONFIG));
    if !path.is_file() {
        eprintln!("digest: {}: there is no such configuration; name one with --config FILE", path.display());
        return Err(Exit::Argument);
    }
    let mut problems = Vec::new();
    let config = Config::load(&path, &mut problems);
    diagnostic::sort(&mut problems);
    report(&problems, config.as_ref().map_or(Language::Danish, |config| config.language));
    let mut config = config.ok_or(Exit::Content)?;
    if let Some(rules) = &arguments.rules {
        config.rules.clone_from(rules);
    }
    if let Some(templates) = &arguments.templates {
        config.templates.clone_from(templates);
    }
    Ok(config)
}

/// Tells problems on standard error.
pub(super) fn report(problems: &[Problem], language: Language) {
    for problem in problems {
        eprintln!("{}", problem.to_terminal(language));
    }
}
