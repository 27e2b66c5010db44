//! What commands need: the configuration that the command line names, everything loaded from it, and problems told once.

use std::path::{Path, PathBuf};

use super::{Arguments, Exit};
use crate::config::Config;
pub(crate) use crate::daemon::workspace::{Reading, Workspace};
use crate::diagnostic::{self, Language, Problem};
use crate::digest::Audience;

/// Where the configuration is looked for when nobody names it.
pub(super) const DEFAULT_CONFIG: &str = "config.toml";

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
}

impl Workspace {
    /// Loads it all; problems are told on standard error.
    pub(super) fn open(arguments: &Arguments) -> Result<Self, Exit> {
        Self::open_by(arguments, Self::load)
    }

    /// The same, and the rules must pass their examples.
    pub(super) fn open_checked(arguments: &Arguments) -> Result<Self, Exit> {
        Self::open_by(arguments, Self::load_checked)
    }

    fn open_by(arguments: &Arguments, load: fn(Config, &mut Vec<Problem>) -> Option<Self>) -> Result<Self, Exit> {
        let config = config(arguments)?;
        let language = config.language;
        let mut problems = Vec::new();
        let workspace = load(config, &mut problems);
        diagnostic::sort(&mut problems);
        report(&problems, language);
        workspace.ok_or(Exit::Content)
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
    let folders = Folders::of(arguments);
    let path = &folders.config;
    if !path.is_file() {
        eprintln!("digest: {}: there is no such configuration; name one with --config FILE", path.display());
        return Err(Exit::Argument);
    }
    let mut problems = Vec::new();
    let config = folders.load(&mut problems);
    diagnostic::sort(&mut problems);
    report(&problems, config.as_ref().map_or(Language::Danish, |config| config.language));
    config.ok_or(Exit::Content)
}

/// What the command line says about where things are, apart from the command.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    config: PathBuf,
    rules: Option<PathBuf>,
    templates: Option<PathBuf>,
}

impl Folders {
    pub(super) fn of(arguments: &Arguments) -> Self {
        let config = arguments.config.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_CONFIG));
        Self { config, rules: arguments.rules.clone(), templates: arguments.templates.clone() }
    }

    /// The configuration with these folders in place of its own.
    pub(super) fn load(&self, problems: &mut Vec<Problem>) -> Option<Config> {
        let mut config = Config::load(&self.config, problems)?;
        if let Some(rules) = &self.rules {
            config.rules.clone_from(rules);
        }
        if let Some(templates) = &self.templates {
            config.templates.clone_from(templates);
        }
        Some(config)
    }
}

/// Tells problems on standard error.
pub(super) fn report(problems: &[Problem], language: Language) {
    for problem in problems {
        eprintln!("{}", problem.to_terminal(language));
    }
}
