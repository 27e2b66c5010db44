//! Why a file could not be read as a document.

use std::path::PathBuf;

use thiserror::Error;

/// Each says what is wrong and what to do; none is fatal for the other files of a run.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// No such file.
    #[error("{0}: there is no such file; check the path")]
    Missing(PathBuf),
    /// A folder where a file was wanted.
    #[error("{0}: this is a folder; name a file in it")]
    Folder(PathBuf),
    /// The system refused.
    #[error("{path}: cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Refused before reading.
    #[error("{path}: {bytes} bytes is more than intake.max_bytes = {limit}; raise the limit if the file is right")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Nothing in it.
    #[error("{0}: the file is empty; export it again")]
    Empty(PathBuf),
    /// Neither text nor a known format.
    #[error(
        "{path}: not a text but a binary file (byte {offset} is {byte:#04x}); export the minutes as text or Markdown"
    )]
    Binary {
        /// The file.
        path: PathBuf,
        /// The first byte that no text has, from 0.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// Neither UTF-8 nor Windows-1252.
    #[error(
        "{path}: neither UTF-8 (first wrong byte at {utf8_offset}) nor Windows-1252 (byte {offset} is {byte:#04x}); \
         save it again as UTF-8"
    )]
    Encoding {
        /// The file.
        path: PathBuf,
        /// The first byte that is not UTF-8, from 0.
        utf8_offset: usize,
        /// The first byte that Windows-1252 does not define or that is a control byte, from 0.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// XML that is no export of a committee system, or of one nobody has seen yet.
    #[error(
        "{path}: XML in which no agenda items are found (its root is <{root}>); save the minutes as PDF, DOCX or HTML"
    )]
    UnknownXml {
        /// The file.
        path: PathBuf,
        /// The name of the root element.
        root: String,
    },
    /// A PDF that is no PDF inside.
    #[error("{0}: the PDF is damaged or cut off; export it again")]
    PdfDamaged(PathBuf),
    /// A PDF that only a password opens.
    #[error("{0}: the PDF is encrypted; export it without a password")]
    PdfEncrypted(PathBuf),
    /// Pages without text.
    #[error(
        "{path}: {pages} pages and {letters} letters: a scanned PDF without text; run OCR or export it from the \
         committee system"
    )]
    PdfWithoutText {
        /// The file.
        path: PathBuf,
        /// Its pages.
        pages: usize,
        /// Letters found on all of them.
        letters: usize,
    },
    /// More than minutes ever have.
    #[error("{path}: more than {limit} {what} in the PDF; split it or export the minutes alone")]
    PdfTooLong {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: usize,
        /// Of what.
        what: &'static str,
    },
    /// The format is known, the file is broken.
    #[error("{path}: a damaged {format} file ({reason}); export it again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The format's name.
        format: &'static str,
        /// What is wrong, for whoever looks closer.
        reason: String,
    },
    /// Locked with a password.
    #[error("{0}: protected by a password; save it without one")]
    Protected(PathBuf),
    /// A file of another office program.
    #[error("{path}: this is {what}; save the minutes as DOCX or PDF")]
    NotMinutes {
        /// The file.
        path: PathBuf,
        /// What it seems to be, with its article.
        what: &'static str,
    },
    /// Small on disk, huge inside.
    #[error("{path}: unpacks to more than {limit} bytes; no program for minutes makes such a file")]
    Unpacks {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
}
