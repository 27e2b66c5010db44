//! Examples, and exceptions that none of them tests.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] = &[
    &EXAMPLES_MISSING,
    &EXAMPLE_MARKS,
    &EXAMPLE_MARKED_MISS,
    &EXAMPLE_NOT_HIT,
    &EXAMPLE_WORDS,
    &EXAMPLE_HIT,
    &EXCEPTION_UNTESTED,
];

/// No examples.
pub static EXAMPLES_MISSING: Message = Message {
    code: "examples-missing",
    severity: Severity::Error,
    danish: "Reglen har ingen eksempler i »{key}«.",
    danish_hint: "{hint_da}",
    english: "The rule has no examples in \"{key}\".",
    english_hint: "{hint_en}",
};

/// Marks that do not pair.
pub static EXAMPLE_MARKS: Message = Message {
    code: "example-marks",
    severity: Severity::Error,
    danish: "Stjernerne i eksemplet passer ikke sammen.",
    danish_hint: "Skriv to stjerner før og to efter de ord, reglen skal finde: »Lægebesøg er **uden løn**.«",
    english: "The stars in the example do not pair up.",
    english_hint: "Put two stars before and two after the words the rule must find: \"Visits are **without pay**.\"",
};

/// A marked miss.
pub static EXAMPLE_MARKED_MISS: Message = Message {
    code: "example-marked-miss",
    severity: Severity::Error,
    danish: "Et eksempel i »misses« kan ikke have markerede ord.",
    danish_hint: "Fjern stjernerne.",
    english: "An example in \"misses\" cannot have marked words.",
    english_hint: "Remove the stars.",
};

/// A hit that misses.
pub static EXAMPLE_NOT_HIT: Message = Message {
    code: "example-not-hit",
    severity: Severity::Error,
    danish: "Reglen »{id}« rammer ikke sit eget eksempel{why_da}.",
    danish_hint: "",
    english: "The rule \"{id}\" does not hit its own example{why_en}.",
    english_hint: "",
};

/// A hit on other words.
pub static EXAMPLE_WORDS: Message = Message {
    code: "example-other-words",
    severity: Severity::Error,
    danish: "Reglen »{id}« finder andre ord i eksemplet end de markerede.",
    danish_hint: "Det, den finder: {found}",
    english: "The rule \"{id}\" finds other words in the example than those marked.",
    english_hint: "What it finds: {found}",
};

/// A miss that hits.
pub static EXAMPLE_HIT: Message = Message {
    code: "example-hit",
    severity: Severity::Error,
    danish: "Reglen »{id}« rammer et eksempel, som den ikke må ramme.",
    danish_hint: "Det, den finder: {found}",
    english: "The rule \"{id}\" hits an example that it must not hit.",
    english_hint: "What it finds: {found}",
};

/// An exception nobody tests.
pub static EXCEPTION_UNTESTED: Message = Message {
    code: "exception-untested",
    severity: Severity::Warning,
    danish: "Intet eksempel i »misses« viser, at undtagelsen »{text}« virker.",
    danish_hint: "Skriv en sætning, som reglen ville ramme uden undtagelsen.",
    english: "No example in \"misses\" shows that the exception \"{text}\" works.",
    english_hint: "Add a sentence that the rule would hit without it.",
};
