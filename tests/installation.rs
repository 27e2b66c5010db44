//! An installation in a folder of its own: the shipped one, or a small one made up by a test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::{DateTime, Utc};
use med_digest::clock::Clock;
use med_digest::config::Config;
use med_digest::daemon::workspace::Workspace;
use med_digest::daemon::{Daemon, Stop, serve::Report};
use med_digest::diagnostic::Language;
use med_digest::mail::Transport;
use med_digest::mail::transport::FolderTransport;
use med_digest::store::{Edition, SqliteStore, Store};
use tempfile::TempDir;

/// An instant.
pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The root of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with configuration, rules, templates, lists and an inbox.
pub struct Installation {
    folder: TempDir,
}

impl Installation {
    /// What is shipped; files count as soon as they are there.
    pub fn shipped() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["config.toml", "rules", "templates", "examples", "lister"] {
            copy(&project().join(part), &folder.path().join(part));
        }
        let installation = Self { folder };
        installation.edit("config.toml", "settle_seconds = 5", "settle_seconds = 0");
        installation.edit("config.toml", "every_seconds = 30", "every_seconds = 1");
        installation
    }

    /// Made of these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let installation = Self { folder };
        for (name, text) in files {
            installation.write(name, text);
        }
        installation
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Replaces text that must be there.
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{name} has no {old:?}");
        self.write(name, &text.replace(old, new));
    }

    pub fn workspace(&self) -> Workspace {
        let mut problems = Vec::new();
        let config = Config::load(&self.path("config.toml"), &mut problems);
        let workspace = config.and_then(|config| Workspace::load(config, &mut problems));
        let told: Vec<String> = problems.iter().map(|problem| problem.to_terminal(Language::English)).collect();
        workspace.unwrap_or_else(|| panic!("{}", told.join("\n")))
    }

    /// One pass, as `digest run --once` makes it.
    pub fn pass(&self, now: DateTime<Utc>, immediate: bool, include_existing: bool) -> Report {
        let workspace = self.workspace();
        let store = SqliteStore::open_exclusive(&workspace.config.database, now).unwrap();
        let transport = Transport::Folder(FolderTransport::new(self.path("udbakke")));
        let mut daemon =
            Daemon::new(workspace, store, transport, Clock::Fixed(now)).immediately(immediate).trusting_age(true);
        daemon.start(include_existing).unwrap();
        executor().block_on(daemon.once(&Stop::default())).unwrap()
    }

    pub fn store(&self) -> SqliteStore {
        SqliteStore::open_shared(&self.path("state/digest.sqlite"), at("2026-09-17T10:00:00+02:00")).unwrap()
    }

    pub fn editions(&self) -> Vec<Edition> {
        self.store().editions().unwrap()
    }

    /// The letters in the outbox folder, by the beginning of their names.
    pub fn letters(&self, beginning: &str) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.path("udbakke")) else { return Vec::new() };
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with(beginning));
        found.sort();
        found
    }

    /// The command, in the folder of the installation.
    pub fn digest(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// A person says that a file is read right.
    pub fn confirm(&self, file: &str) {
        let confirmed = self.digest(&["confirm", file, "--by", "Anna", "--at", "2026-09-17T10:00:00+02:00"]);
        assert_eq!(confirmed.status.code(), Some(0), "{}", said(&confirmed));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_digest"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("DIGEST_LOG").env("USER", "anna");
        command
    }
}

pub fn executor() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Standard output, or standard error where it is empty.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        std::fs::copy(from, to).unwrap();
        return;
    }
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
