//! Letters as files: one `.eml` per recipient, which mail programs open.
//!
//! A file appears whole or not at all: written under another name, synced, renamed. The name comes from edition and
//! message, so handing the same letter over twice leaves one file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Delivery, Outgoing};

/// Writes letters into a folder.
#[derive(Clone, Debug)]
pub struct FolderTransport {
    folder: PathBuf,
}

impl FolderTransport {
    /// The folder is made when the first letter comes.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where the letter is written.
    #[must_use]
    pub fn path_of(&self, letter: &Outgoing) -> PathBuf {
        let identifier = letter.message_id.split('@').next().unwrap_or_default();
        self.folder.join(format!("{}--{}.eml", safe(&letter.label), safe(identifier)))
    }

    pub(super) async fn prepare(&mut self) -> Result<(), Delivery> {
        tokio::fs::create_dir_all(&self.folder).await.map_err(|error| unreachable(&self.folder, &error))
    }

    pub(super) async fn hand_over(&mut self, letter: &Outgoing) -> Delivery {
        let (path, bytes) = (self.path_of(letter), letter.bytes.clone());
        let shown = path.display().to_string();
        match tokio::task::spawn_blocking(move || write(&path, &bytes).map_err(|error| unreachable(&path, &error)))
            .await
        {
            Ok(Ok(())) => Delivery::Accepted { reply: format!("written to {shown}") },
            Ok(Err(delivery)) => delivery,
            Err(error) => Delivery::Unreachable { reason: format!("cannot write {shown}: {error}") },
        }
    }
}

fn unreachable(path: &Path, error: &std::io::Error) -> Delivery {
    Delivery::Unreachable { reason: format!("cannot write {}: {error}", path.display()) }
}

/// Only what every file system takes in a name.
fn safe(text: &str) -> String {
    let kept = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    text.chars().map(|character| if kept(character) { character } else { '-' }).take(80).collect()
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("part");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    // The name itself is on the disk only when the folder is.
    match path.parent() {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::mail::{Address, Transport};

    fn letter() -> Outgoing {
        Outgoing {
            label: "../møde/1:2".to_owned(),
            message_id: "abc123@example.dk".to_owned(),
            from: Address::parse("med@example.dk").unwrap(),
            to: Address::parse("anna@example.dk").unwrap(),
            bytes: b"Subject: x\r\n\r\nHej\r\n".to_vec(),
        }
    }

    #[tokio::test]
    async fn a_letter_handed_over_twice_is_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut transport = Transport::Folder(FolderTransport::new(folder.path().join("new/out")));
        for _ in 0..2 {
            assert!(matches!(transport.deliver(&letter()).await, Delivery::Accepted { .. }));
        }
        let files: Vec<_> =
            std::fs::read_dir(folder.path().join("new/out")).unwrap().map(|each| each.unwrap()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name().to_str(), Some("---møde-1-2--abc123.eml"));
        assert_eq!(std::fs::read(files[0].path()).unwrap(), letter().bytes);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_told_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        let mut transport = Transport::Folder(FolderTransport::new(&file));
        assert!(matches!(transport.deliver(&letter()).await, Delivery::Unreachable { .. }));
    }
}
