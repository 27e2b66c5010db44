//! Why a letter could not be made.

use thiserror::Error;

use crate::minutes::{EntryId, ItemNumber};

/// Which part of a letter an error concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The subject line.
    Subject,
    /// The HTML body.
    Html,
    /// The plain text body.
    Text,
}

impl std::fmt::Display for Part {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Subject => "subject",
            Self::Html => "HTML",
            Self::Text => "plain text",
        })
    }
}

/// Why a letter could not be made. None of these leaves half a letter behind.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RenderError {
    /// The digest quotes nothing: there is no letter to send.
    #[error("the digest quotes no sentence, so there is no letter")]
    Empty,
    /// A template failed on data that the samples do not have.
    #[error("template {template}, line {line}, column {column}: {reason}")]
    Template {
        /// Path below the templates folder.
        template: String,
        /// Line, from 1; 0 where the engine does not say.
        line: usize,
        /// Column, from 1; 0 where the engine does not say.
        column: usize,
        /// What the engine says.
        reason: String,
    },
    /// The subject came out empty.
    #[error("the subject is empty")]
    EmptySubject,
    /// Mail programs cut such a letter off.
    #[error("the HTML part has {bytes} bytes; mail programs cut letters of more than {limit} bytes")]
    TooLarge {
        /// Bytes of the HTML part.
        bytes: usize,
        /// The most it may have.
        limit: usize,
    },
    /// The templates left a quoted sentence out, or changed it.
    #[error("sentence {sentence} does not stand word for word in the {part} part")]
    QuoteLost {
        /// The sentence.
        sentence: EntryId,
        /// Where it is missing.
        part: Part,
    },
    /// The templates left the mark of a gap out.
    #[error("the {part} part has {found} marks of left-out text and needs {needed}")]
    GapLost {
        /// Where it is missing.
        part: Part,
        /// Marks found.
        found: usize,
        /// Marks needed.
        needed: usize,
    },
    /// The templates left out that the employee side objected.
    #[error("the {part} part does not say that the employee side had remarks on item {item}")]
    RemarkLost {
        /// The item.
        item: ItemNumber,
        /// Where it is missing.
        part: Part,
    },
    /// The templates left out a title of an agenda.
    #[error("the {part} part does not have the title of item {number}")]
    TitleLost {
        /// The item's number as printed.
        number: String,
        /// Where it is missing.
        part: Part,
    },
    /// The templates left the line out that says that the letter is an extract.
    #[error("the {part} part does not say that the letter is an extract")]
    ExtractLineLost {
        /// Where it is missing.
        part: Part,
    },
}
