//! From a folder to a rule set, or to all that is wrong with the folder.

use std::path::{Path, PathBuf};

use super::messages;
use super::read::{self, RawFile};
use super::set::RuleSet;
use super::{compile, version};
use crate::diagnostic::{Problem, any_error};
use crate::language::lexicon::Lexicon;
use crate::tables;

/// Files beside the rules that are no rules and may be there: explanations for people.
const COMPANIONS: [&str; 4] = ["README.md", "LÆSMIG.md", "LÆSMIG.txt", "regler-status.html"];

/// Reads all rule files of a folder; sub-folders belong to other layers, save `sprog/` with the words of the language.
///
/// All problems of all files are added to `problems`; the set is there only when none of them is an error, so a
/// daemon can keep its old one. Examples are not run: see [`RuleSet::check_examples`].
pub fn load(folder: &Path, audiences: &[String], problems: &mut Vec<Problem>) -> Option<RuleSet> {
    let mut own = Vec::new();
    let lexicon = Lexicon::load(folder, &mut own);
    let mut files: Vec<RawFile> = Vec::new();
    for path in rule_files(folder, &mut own) {
        if let Some(table) = tables::read_file(&path, &mut own) {
            files.push(read::read_file(&table, audiences, &mut own));
        }
    }
    let mut set = compile::compile(files, &lexicon, audiences, &mut own);
    set.version = version::version(folder);
    let failed = any_error(&own);
    problems.append(&mut own);
    (!failed).then_some(set)
}

/// The rule files in order of their names. A file that looks forgotten is an error: rules that are silently not read cost hours.
fn rule_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::new(&tables::messages::UNREADABLE).with("error", error).in_file(folder));
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files are the system's and the editors'.
        if path.is_dir() || name.starts_with('.') || COMPANIONS.contains(&name.as_str()) {
            continue;
        }
        if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        } else {
            problems.push(Problem::new(&messages::UNEXPECTED_FILE).with("name", name).in_file(path));
        }
    }
    if found.is_empty() {
        problems.push(Problem::new(&messages::NO_RULES).in_file(folder));
    }
    found
}
