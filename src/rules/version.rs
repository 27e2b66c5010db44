//! The name of a rule set: a short hash of all its files, shown in log, footer and preview.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Twelve hexadecimal digits of the SHA-256 over the names and bytes of all `*.toml` below the rules folder, sorted by
/// name. Folders of other layers count too: they change letters just as rules do. What cannot be read counts by name.
#[must_use]
pub(super) fn version(rules: &Path) -> String {
    let mut files = Vec::new();
    collect(rules, Path::new(""), &mut files);
    files.sort();
    let mut hash = Sha256::new();
    for name in files {
        let bytes = std::fs::read(rules.join(&name)).unwrap_or_default();
        hash.update(name.to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// All rule files below `root`, named relative to it. Links to folders are not followed: they could go in circles.
fn collect(root: &Path, below: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(root.join(below)) else { return };
    for entry in entries.flatten() {
        let name = below.join(entry.file_name());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(root, &name, files),
            Ok(_) if name.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) => {
                files.push(name)
            }
            _ => {}
        }
    }
}
