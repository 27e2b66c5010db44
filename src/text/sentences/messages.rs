//! What can be wrong with the word lists of the sentence scanner.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[&EMPTY_WORD, &FULL_STOP, &TWICE, &IN_BOTH, &NOT_MAY_END];

/// An entry without letters.
pub static EMPTY_WORD: Message = Message {
    code: "empty-word",
    severity: Severity::Error,
    danish: "Listen »{list}« har et tomt ord.",
    danish_hint: "Skriv ordet, eller slet anførselstegnene.",
    english: "The list \"{list}\" has an empty word.",
    english_hint: "Write the word or delete the quotation marks.",
};

/// An entry with its last full stop, or with blanks, which no text ever matches.
pub static FULL_STOP: Message = Message {
    code: "word-never-found",
    severity: Severity::Error,
    danish: "»{word}« bliver aldrig fundet, for ordene står her uden mellemrum og uden det sidste punktum.",
    danish_hint: "Skriv »{bare}«.",
    english: "\"{word}\" is never found: the words stand here without blanks and without their last full stop.",
    english_hint: "Write \"{bare}\".",
};

/// The same entry again.
pub static TWICE: Message = Message {
    code: "word-twice",
    severity: Severity::Warning,
    danish: "»{word}« står to gange på listen »{list}«.",
    danish_hint: "Slet det ene.",
    english: "\"{word}\" stands twice in the list \"{list}\".",
    english_hint: "Delete one of them.",
};

/// An abbreviation that is said both to end sentences and not to.
pub static IN_BOTH: Message = Message {
    code: "word-in-both-lists",
    severity: Severity::Error,
    danish: "»{word}« står både på »never_end« og »may_end«.",
    danish_hint: "Slet det på den ene liste. Er du i tvivl, så behold det på »never_end«.",
    english: "\"{word}\" stands in both \"never_end\" and \"may_end\".",
    english_hint: "Delete it from one of them; when in doubt keep it in \"never_end\".",
};

/// A word of the sublist that the list lacks.
pub static NOT_MAY_END: Message = Message {
    code: "word-not-in-may-end",
    severity: Severity::Error,
    danish: "»{word}« står på »may_end_before_number«, men ikke på »may_end«.",
    danish_hint: "Skriv det også på »may_end«.",
    english: "\"{word}\" stands in \"may_end_before_number\" but not in \"may_end\".",
    english_hint: "Add it to \"may_end\" too.",
};
