//! Labelled minutes on the command line: the labels, and the minutes that belong to them.

use std::path::{Path, PathBuf};

use super::Exit;
use super::workspace::Workspace;
use crate::quality::corpus::Document;
use crate::quality::labels::{self, Label};

/// A document without labels, told on standard error where it cannot be read.
pub(super) fn unlabelled(workspace: &Workspace, path: &Path) -> Result<Document, Exit> {
    let minutes = workspace.reading.minutes(path).map_err(|error| {
        eprintln!("digest: {error}");
        Exit::Argument
    })?;
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let scored = workspace.score(&minutes);
    Ok(Document { name, minutes, scored, labels: None })
}

/// Labels with their minutes and where these lie, told on standard error where they cannot be used.
pub(super) fn labelled(
    workspace: &Workspace,
    path: &Path,
    minutes: Option<&Path>,
) -> Result<(Document, PathBuf), Exit> {
    let told = |message: String| {
        eprintln!("digest: {}: {message}", path.display());
        Exit::Argument
    };
    let labels = read_labels(path).map_err(told)?;
    let place = find(path, minutes).map_err(told)?;
    let document = unlabelled(workspace, &place)?;
    Ok((Document { labels: Some(labels), ..document }, place))
}

fn read_labels(path: &Path) -> Result<Vec<Label>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    labels::read(&text).map_err(|(line, error)| format!("line {line} is no label: {error}"))
}

/// The minutes of the same stem: in the labels' folder, in `../minutes` beside it, or in the named folder.
fn find(labels: &Path, named: Option<&Path>) -> Result<PathBuf, String> {
    let stem = labels.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = labels.parent().unwrap_or(Path::new(""));
    let folders = match named {
        Some(folder) => vec![folder.to_path_buf()],
        None => vec![beside.to_path_buf(), beside.join("../minutes")],
    };
    for folder in &folders {
        let entries = std::fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let mut files: Vec<PathBuf> = entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        let same = |file: &PathBuf| {
            file.file_stem().is_some_and(|name| name.to_string_lossy() == stem)
                && file.extension().is_none_or(|extension| extension != "jsonl" && extension != "json")
        };
        if let Some(found) = files.into_iter().find(same) {
            return Ok(found);
        }
    }
    Err(format!("no minutes named {stem} were found; name their folder with --minutes DIR"))
}
