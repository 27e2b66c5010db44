//! What can be wrong with the dialect files.

use crate::diagnostic::{Message, Severity};

/// All of them.
pub static ALL: &[&Message] = &[&UNKNOWN_VALUE, &BAD_PATTERN, &BAD_TEMPLATE];

/// A word out of a fixed set that is not in it.
pub static UNKNOWN_VALUE: Message = Message {
    code: "unknown-value",
    severity: Severity::Error,
    danish: "»{value}« er ikke en mulighed for »{key}«.",
    danish_hint: "Vælg en af: {known}.",
    english: "\"{value}\" is not a choice for \"{key}\".",
    english_hint: "Choose one of: {known}.",
};

/// Not a regular expression.
pub static BAD_PATTERN: Message = Message {
    code: "bad-pattern",
    severity: Severity::Error,
    danish: "Mønsteret kan ikke læses: {error}.",
    danish_hint: "Skriv mønstre i enkelte anførselstegn, og sæt en omvendt skråstreg foran ( ) . ? * + når tegnet selv menes.",
    english: "The pattern cannot be read: {error}.",
    english_hint: "Write patterns in single quotes and put a backslash before a literal ( ) . ? * +.",
};

/// An item heading without a number, or with something behind its title.
pub static BAD_TEMPLATE: Message = Message {
    code: "bad-heading",
    severity: Severity::Error,
    danish: "Overskriften skal have et nummer, og titlen skal stå sidst.",
    danish_hint: "Skriv {number} for nummeret (eller {code} for et nummer med bogstaver) og {title} for titlen, fx \"Punkt {number}: {title}\". Uden {title} står titlen på linjen nedenunder, og så skal der være et ord foran nummeret.",
    english: "The heading needs a number, and the title stands last.",
    english_hint: "Write {number} for the number (or {code} for one with letters) and {title} for the title, for example \"Punkt {number}: {title}\". Without {title} the title is on the next line, and a word must stand before the number.",
};
