//! From a file on disk to its text, whatever program saved it.

use std::path::Path;
use std::sync::Arc;

use super::messages;
use crate::diagnostic::{Place, Problem, SourceFile};
use crate::text::Span;
use crate::text::encoding;

/// The beginnings of files that are no text, and the program that writes them.
const FORMATS: [(&[u8], &str, &str); 5] = [
    (b"PK\x03\x04", "et Word- eller Excel-dokument", "a Word or Excel document"),
    (b"\xD0\xCF\x11\xE0", "et ældre Word- eller Excel-dokument", "an old Word or Excel document"),
    (b"{\\rtf", "et RTF-dokument", "an RTF document"),
    (b"%PDF", "en PDF-fil", "a PDF file"),
    (b"\x89PNG", "et billede", "a picture"),
];

/// Reads a text file of any encoding that editors save; what is wrong is added to `problems`.
pub fn text_file(path: &Path, problems: &mut Vec<Problem>) -> Option<Arc<SourceFile>> {
    match std::fs::read(path) {
        Ok(bytes) => text(path, &bytes, problems),
        Err(error) => {
            problems.push(unreadable(path, &error));
            None
        }
    }
}

/// That a file or folder cannot be read, and why; the system's own words only where nothing else is known.
#[must_use]
pub fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    use std::io::ErrorKind;
    let system = error.to_string();
    let (danish, english) = match error.kind() {
        ErrorKind::NotFound => ("den findes ikke", "it does not exist"),
        ErrorKind::PermissionDenied => ("der er ikke adgang til den", "permission denied"),
        ErrorKind::IsADirectory => ("det er en mappe", "it is a folder"),
        ErrorKind::NotADirectory => ("en del af stien er ikke en mappe", "a part of the path is not a folder"),
        _ => (system.as_str(), system.as_str()),
    };
    Problem::new(&messages::UNREADABLE).with("error_da", danish).with("error_en", english).in_file(path)
}

/// The text of bytes that were read from `path`.
pub fn text(path: &Path, bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Arc<SourceFile>> {
    if let Some((_, danish, english)) = FORMATS.iter().find(|(start, ..)| bytes.starts_with(start)) {
        let problem = Problem::new(&messages::NOT_PLAIN).with("what_da", danish).with("what_en", english);
        problems.push(problem.in_file(path));
        return None;
    }
    match encoding::decode(bytes) {
        Ok(decoded) => {
            let file = SourceFile::new(path, decoded.text.trim_start_matches('\u{feff}'));
            if decoded.foreign.is_some() {
                // The first letter that two encodings write differently: if it is right, all of them are.
                let start = file.text().find(|next: char| !next.is_ascii()).unwrap_or_default();
                let length = file.text().get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                let place = Place { file: Arc::clone(&file), span: Span::new(start, start + length) };
                problems.push(Problem::new(&messages::WINDOWS_1252).at(&place));
            }
            Some(file)
        }
        Err(fault) => {
            problems.push(Problem::new(&messages::NOT_UTF8).with("byte", fault.offset() + 1).in_file(path));
            None
        }
    }
}

/// Whether a file is one that editors and systems leave in a folder without anybody's wish: locks, backups, thumbnails.
#[must_use]
pub fn is_left_behind(name: &str) -> bool {
    let lower = name.to_lowercase();
    // Hidden files are the system's and the editors': .DS_Store, .regler.toml.swp, .~lock.regler.csv#.
    let begins = ["~$", ".", "#"].iter().any(|start| lower.starts_with(start));
    let ends = ["~", ".swp", ".tmp", ".bak", ".crdownload"].iter().any(|end| lower.ends_with(end));
    begins || ends || ["thumbs.db", "desktop.ini"].contains(&lower.as_str())
}
