//! A letter, ready to be put into a message; the same for every recipient of its audience.

/// Subject and the two bodies of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The HTML body, a whole document.
    pub html: String,
    /// The plain text body, lines of at most 76 characters where the words allow.
    pub text: String,
}
