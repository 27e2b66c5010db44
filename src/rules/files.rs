//! Which files of the rules folder are rules, and what is told about the others.
//!
//! A file that looks forgotten is an error: rules that are silently not read cost hours. What editors and systems leave
//! behind is nobody's file and is passed over.

use std::path::{Path, PathBuf};

use super::messages;
use super::read::RawFile;
use crate::diagnostic::{Problem, nearest};
use crate::tables::{is_left_behind, unreadable};

/// Files beside the rules that are no rules and may be there: explanations for people.
const COMPANIONS: [&str; 4] = ["README.md", "LÆSMIG.md", "LÆSMIG.txt", "regler-status.html"];
/// Folders of other layers, with the names that their files have.
const FOLDERS: [(&str, &[&str]); 2] = [
    (
        "sprog",
        &[
            "boejning.toml",
            "ordlister.toml",
            "samme-sag.toml",
            "navne.toml",
            "saetninger.toml",
            "aftaler.toml",
            "datoer.toml",
        ],
    ),
    ("dialekt", &["referater.toml", "tidligere-referater.toml"]),
];
/// The folder of the schemas for editors.
const SCHEMAS: &str = "skema";
/// Endings of programs that save no plain text.
const DOCUMENTS: [&str; 9] = ["docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "pdf", "html"];

/// The rule files in order of their names.
pub(super) fn rule_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for (name, path) in listed(folder, problems) {
        if path.is_dir() {
            problems.extend(folder_problem(&name, &path));
        } else if is_toml(&path) {
            found.push(path);
        } else if !COMPANIONS.contains(&name.as_str()) {
            problems.push(unexpected(&name).in_file(path));
        }
    }
    if found.is_empty() {
        problems.push(Problem::new(&messages::NO_RULES).in_file(folder));
    }
    for (name, known) in FOLDERS {
        let inner = folder.join(name);
        if inner.is_dir() {
            let others = listed(&inner, problems).into_iter().filter(|(name, _)| !known.contains(&name.as_str()));
            for (name, path) in others.collect::<Vec<_>>() {
                problems.push(match is_toml(&path) {
                    true => Problem::new(&messages::OTHER_NAME)
                        .with("name", &name)
                        .with("known", known.join(", "))
                        .did_you_mean(&name, known.iter().copied())
                        .in_file(path),
                    false => unexpected(&name).in_file(path),
                });
            }
        }
    }
    problems.dedup_by(|left, right| left.file() == right.file() && left.code() == right.code());
    found
}

/// The entries of a folder by name, without those that nobody put there.
fn listed(folder: &Path, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(unreadable(folder, &error));
            return Vec::new();
        }
    };
    let named = |path: PathBuf| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path);
    let mut all: Vec<(String, PathBuf)> = entries.flatten().map(|entry| named(entry.path())).collect();
    all.retain(|(name, _)| !is_left_behind(name));
    all.sort();
    all
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// A folder that is not one of ours and has rules in it.
fn folder_problem(name: &str, path: &Path) -> Option<Problem> {
    if name == SCHEMAS || FOLDERS.iter().any(|(known, _)| *known == name) {
        return None;
    }
    let holds_rules = std::fs::read_dir(path).ok()?.flatten().any(|entry| is_toml(&entry.path()));
    holds_rules.then(|| Problem::new(&messages::FOLDER_NOT_READ).with("name", name).in_file(path))
}

/// What is wrong with a file that is no rule file, by its name.
fn unexpected(name: &str) -> Problem {
    let lower = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    if lower.ends_with(".toml.txt") {
        return Problem::new(&messages::DOUBLE_ENDING).with("name", name).with("meant", stem);
    }
    let meant = format!("{}.toml", stem.trim_end_matches(".toml"));
    if DOCUMENTS.contains(&ending.to_lowercase().as_str()) {
        return Problem::new(&messages::OTHER_FORMAT).with("name", name).with("meant", meant);
    }
    let problem = Problem::new(&messages::UNEXPECTED_FILE).with("name", name);
    match nearest(ending, ["toml"]) {
        Some(_) => problem.did_you_mean(name, [meant.as_str()]),
        None => problem,
    }
}

/// Takes out files that are copies of others and tells each once, instead of every id in it.
pub(super) fn without_copies(files: &mut Vec<RawFile>, problems: &mut Vec<Problem>) {
    let ids = |file: &RawFile| -> Vec<String> { file.rules.iter().map(|rule| rule.id.value.clone()).collect() };
    let all: Vec<Vec<String>> = files.iter().map(ids).collect();
    let mut copies: Vec<(usize, usize)> = Vec::new();
    for (index, own) in all.iter().enumerate() {
        let named_so = files.get(index).is_some_and(|file| is_called_copy(&file.path));
        for (other, theirs) in all.iter().enumerate() {
            let is_later = other < index || named_so;
            let other_is_copy = files.get(other).is_some_and(|file| is_called_copy(&file.path));
            let enough = own.len() > 1 || (named_so && !own.is_empty());
            if other != index
                && is_later
                && enough
                && (named_so || !other_is_copy)
                && own.iter().all(|id| theirs.contains(id))
            {
                copies.push((index, other));
                break;
            }
        }
    }
    for (copy, of) in copies.iter().rev() {
        if copies.iter().any(|(other, _)| other == of) {
            continue;
        }
        let Some(original) = files.get(*of).map(|file| file.path.display().to_string()) else { continue };
        let file = files.remove(*copy);
        problems.push(Problem::new(&messages::COPIED_FILE).with("file", original).in_file(file.path));
    }
}

/// Whether a file has the name that Windows, macOS or a person gives a copy.
fn is_called_copy(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let numbered = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('))
        .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    numbered || ["kopi", "copy"].iter().any(|word| name.ends_with(word) || name.starts_with(word))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn each_wrong_name_gets_its_own_sentence_and_says_the_right_one() {
        for (name, code, hint) in [
            ("regler.toml.txt", "double-ending", "»regler.toml«"),
            ("regler.docx", "other-format", "»regler.toml«"),
            ("regler.XLSX", "other-format", "»regler.toml«"),
            ("regler.tml", "unexpected-file", "Mente du »regler.toml«?"),
            ("regler.yaml", "unexpected-file", "flyt eller omdøb"),
        ] {
            let problem = unexpected(name);
            assert_eq!(problem.code(), code, "{name}");
            assert!(problem.hint(Language::Danish).unwrap().contains(hint), "{name}: {problem:?}");
        }
    }

    #[test]
    fn copies_are_known_by_the_names_that_systems_give_them() {
        for name in ["regler - Kopi.toml", "Kopi af regler.toml", "regler - Copy.toml", "regler (1).toml"] {
            assert!(is_called_copy(Path::new(name)), "{name}");
        }
        assert!(!is_called_copy(Path::new("regler.toml")));
    }
}
