//! The folder in which minutes arrive. It is only ever read: no file in it is changed, moved or deleted.

use std::io;
use std::path::{Path, PathBuf};

/// The files of the inbox in order of their names; sub-folders, hidden files and what editors and browsers leave behind
/// while they write are left alone.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let unfinished = [".tmp", ".part", ".crdownload", ".partial", "~"].iter().any(|ending| name.ends_with(ending));
        if path.is_file() && !name.starts_with('.') && !name.starts_with("~$") && !unfinished {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
