//! An earlier state of the rules folder, taken from git into a folder for the time of a comparison.
//!
//! `git` is run as a program and only here: whoever keeps rules under git has it, nobody else needs it, and a library that
//! reads repositories would be larger than the rest of the program.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::diagnostic::Language;

/// The most bytes of a file of rules: many times what people write, and no room for a bomb.
const LARGEST: u64 = 16 << 20;

/// A folder that is gone when nobody uses it any more.
#[derive(Debug)]
pub(super) struct Revision {
    folder: PathBuf,
}

impl Revision {
    /// The files as they were.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Revision {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Takes `revision` of the rules folder out of the repository that holds it.
pub(super) fn take(rules: &Path, revision: &str, language: Language) -> Result<Revision, String> {
    let say = |danish: String, english: String| match language {
        Language::Danish => danish,
        Language::English => english,
    };
    // A name that begins with a hyphen would be an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(say(
            format!("»{revision}« er hverken en mappe eller en version i git."),
            format!("\"{revision}\" is neither a folder nor a git revision."),
        ));
    }
    let git = |arguments: &[&str]| {
        Command::new("git").arg("-C").arg(rules).args(arguments).output().map_err(|error| {
            say(
                format!("»{revision}« er ingen mappe, og git kan ikke køres ({error}). Nævn en mappe med regler."),
                format!("\"{revision}\" is no folder, and git cannot be run ({error}). Name a folder with rules."),
            )
        })
    };
    if !git(&["rev-parse", "--is-inside-work-tree"])?.status.success() {
        return Err(say(
            format!("»{revision}« er ingen mappe, og {} ligger ikke i et git-arkiv.", rules.display()),
            format!("\"{revision}\" is no folder, and {} lies in no git repository.", rules.display()),
        ));
    }
    let commit = format!("{revision}^{{commit}}");
    if !git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.status.success() {
        return Err(say(
            format!("»{revision}« er hverken en mappe eller en version i git. »git log« viser versionerne."),
            format!("\"{revision}\" is neither a folder nor a git revision. \"git log\" shows them."),
        ));
    }
    // Run below a folder, `archive` packs that folder alone.
    let packed = git(&["archive", "--format=zip", revision, "--", "."])?;
    if !packed.status.success() {
        let reason = String::from_utf8_lossy(&packed.stderr).trim().to_owned();
        return Err(say(
            format!("I versionen »{revision}« er der ingen mappe {}: {reason}", rules.display()),
            format!("The revision \"{revision}\" has no folder {}: {reason}", rules.display()),
        ));
    }
    unpack(&packed.stdout).map_err(|error| {
        say(
            format!("Versionen »{revision}« kan ikke pakkes ud: {error}"),
            format!("The revision \"{revision}\" cannot be unpacked: {error}"),
        )
    })
}

fn unpack(bytes: &[u8]) -> Result<Revision, std::io::Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(std::io::Error::other)?;
    let revision = Revision { folder: fresh_folder()? };
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(std::io::Error::other)?;
        let Some(name) = file.enclosed_name() else { continue };
        let path = revision.folder.join(name);
        if file.is_dir() {
            std::fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut content = Vec::new();
        file.take(LARGEST).read_to_end(&mut content)?;
        std::fs::write(path, content)?;
    }
    Ok(revision)
}

/// A folder that nobody else has: creating fails where the name is taken, and then the next one is tried.
fn fresh_folder() -> Result<PathBuf, std::io::Error> {
    let base = std::env::temp_dir();
    for number in 0..1000 {
        let folder = base.join(format!("digest-rules-{}-{number}", std::process::id()));
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::other("no free name for a folder"))
}
