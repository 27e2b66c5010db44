//! What can be wrong with any TOML file.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[&UNREADABLE, &NOT_UTF8, &SYNTAX, &UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &EMPTY];

/// The file cannot be read.
pub static UNREADABLE: Message = Message {
    code: "unreadable-file",
    severity: Severity::Error,
    danish: "Filen kan ikke læses: {error}.",
    danish_hint: "Se efter, om stien er rigtig, og om du har adgang til filen.",
    english: "The file cannot be read: {error}.",
    english_hint: "Check the path and the permissions.",
};

/// The file is not UTF-8.
pub static NOT_UTF8: Message = Message {
    code: "not-utf8",
    severity: Severity::Error,
    danish: "Filen er ikke gemt som UTF-8; det første ulæselige tegn er byte {byte}.",
    danish_hint: "Gem filen igen, og vælg »UTF-8« som kodning.",
    english: "The file is not UTF-8; the first unreadable byte is byte {byte}.",
    english_hint: "Save it again as UTF-8.",
};

/// Not TOML.
pub static SYNTAX: Message = Message {
    code: "syntax",
    severity: Severity::Error,
    danish: "Linjen kan ikke forstås: {error}.",
    danish_hint: "Se efter et manglende anførselstegn, komma eller lighedstegn.",
    english: "This line cannot be understood: {error}.",
    english_hint: "Look for a missing quotation mark, comma or equals sign.",
};

/// A key nobody knows.
pub static UNKNOWN_KEY: Message = Message {
    code: "unknown-key",
    severity: Severity::Error,
    danish: "Nøglen »{key}« findes ikke her.",
    danish_hint: "Her kan stå: {known}.",
    english: "There is no key \"{key}\" here.",
    english_hint: "Possible here: {known}.",
};

/// A key that must be there.
pub static MISSING_KEY: Message = Message {
    code: "missing-key",
    severity: Severity::Error,
    danish: "Nøglen »{key}« mangler.",
    danish_hint: "Skriv en linje, der begynder med »{key} =«.",
    english: "The key \"{key}\" is missing.",
    english_hint: "Add a line that begins with \"{key} =\".",
};

/// A value of another type than wanted.
pub static WRONG_TYPE: Message = Message {
    code: "wrong-type",
    severity: Severity::Error,
    danish: "»{key}« skal være {expected_da}.",
    danish_hint: "",
    english: "\"{key}\" must be {expected_en}.",
    english_hint: "",
};

/// An empty text.
pub static EMPTY: Message = Message {
    code: "empty",
    severity: Severity::Error,
    danish: "»{key}« er tom.",
    danish_hint: "",
    english: "\"{key}\" is empty.",
    english_hint: "",
};
