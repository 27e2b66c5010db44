//! Notices that configuration, rules or templates were edited, and loads them anew.
//!
//! A person who edits a rule and approves a letter uses the new rule; a daemon that went on with the old one would find
//! another letter than the approved and hold it. What cannot be loaded without an error is not used: the daemon says so
//! and goes on with what it had. Database, inbox and the way out are those of the start; to change them is to start anew.

use std::path::Path;

use super::scan::Fingerprint;
use super::workspace::Workspace;
use crate::diagnostic::Problem;

/// Loads everything anew.
pub type Load = Box<dyn Fn(&mut Vec<Problem>) -> Option<Workspace> + Send>;

/// Watches the files a workspace was loaded from.
pub struct Reload {
    load: Load,
    stamp: Vec<(std::path::PathBuf, Fingerprint)>,
}

/// What a look at the files gave.
#[derive(Debug)]
pub enum Change {
    /// Nothing changed.
    None,
    /// Something changed and has errors; nothing of it is used.
    Refused(Vec<Problem>),
    /// Everything is loaded anew, with what is to be said of it.
    Loaded(Box<Workspace>, Vec<Problem>),
}

impl Change {
    /// The new workspace, where there is one.
    #[must_use]
    pub fn loaded(self) -> Option<Workspace> {
        match self {
            Self::Loaded(workspace, _) => Some(*workspace),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Reload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Reload({} files)", self.stamp.len())
    }
}

impl Reload {
    /// Watches the files of `workspace`; `load` gives the next one.
    #[must_use]
    pub fn new(workspace: &Workspace, load: Load) -> Self {
        Self { load, stamp: stamp(workspace) }
    }

    /// Loads anew where files changed. Every change is told once.
    pub fn changed(&mut self, current: &Workspace) -> Change {
        let stamp = stamp(current);
        if stamp == self.stamp {
            return Change::None;
        }
        self.stamp = stamp;
        let mut problems = Vec::new();
        let loaded = (self.load)(&mut problems);
        crate::diagnostic::sort(&mut problems);
        for problem in &problems {
            tracing::warn!("{}", problem.to_terminal(current.config.language).trim_end());
        }
        match loaded {
            Some(mut next) => {
                next.config.inbox.folder.clone_from(&current.config.inbox.folder);
                next.config.database.clone_from(&current.config.database);
                tracing::info!(
                    "rules, templates or configuration changed and are in use: rules {}, templates {}",
                    next.rules.version(),
                    next.templates.version()
                );
                Change::Loaded(Box::new(next), problems)
            }
            None => {
                tracing::error!("rules, templates or configuration changed and cannot be used; the old ones stay");
                Change::Refused(problems)
            }
        }
    }
}

/// All files in play, by name.
fn stamp(workspace: &Workspace) -> Vec<(std::path::PathBuf, Fingerprint)> {
    let mut found = Vec::new();
    for path in [&workspace.config.file, &workspace.config.rules, &workspace.config.templates] {
        collect(path, 0, &mut found);
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn collect(path: &Path, depth: usize, found: &mut Vec<(std::path::PathBuf, Fingerprint)>) {
    // Rules and templates have one level of folders; a link in a circle ends here.
    if path.is_dir() && depth < 4 {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            collect(&entry.path(), depth + 1, found);
        }
    } else if let Ok(fingerprint) = Fingerprint::of(path) {
        found.push((path.to_path_buf(), fingerprint));
    }
}
