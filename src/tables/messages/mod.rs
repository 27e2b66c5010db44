//! What can be wrong with any TOML file.

mod syntax;

use crate::diagnostic::{Message, Severity};

pub use self::syntax::*;

/// All of them, for the test that keeps both languages alike.
pub fn all() -> impl Iterator<Item = &'static Message> {
    [ALL, syntax::ALL].into_iter().flatten().copied()
}

static ALL: &[&Message] = &[
    &UNREADABLE,
    &NOT_UTF8,
    &NOT_PLAIN,
    &WINDOWS_1252,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &NOT_WHOLE,
    &NUMBER_RANGE,
    &UNKNOWN_VALUE,
    &EMPTY,
];

/// The file cannot be read.
pub static UNREADABLE: Message = Message {
    code: "unreadable-file",
    severity: Severity::Error,
    danish: "Filen kan ikke læses: {error_da}.",
    danish_hint: "Se efter, om stien er rigtig, og om du har adgang til filen.",
    english: "The file cannot be read: {error_en}.",
    english_hint: "Check the path and the permissions.",
};

/// Neither UTF-8 nor anything else that editors save.
pub static NOT_UTF8: Message = Message {
    code: "not-utf8",
    severity: Severity::Error,
    danish: "Filen er ikke en ren tekstfil; det første ulæselige tegn er byte {byte}.",
    danish_hint: "Åbn den i Notesblok, vælg »Gem som«, og vælg »UTF-8« som kodning.",
    english: "The file is not plain text; the first unreadable byte is byte {byte}.",
    english_hint: "Open it in Notepad, choose \"Save as\", and choose UTF-8 as encoding.",
};

/// A document of another program under the name of a text file.
pub static NOT_PLAIN: Message = Message {
    code: "not-plain-text",
    severity: Severity::Error,
    danish: "Filen er {what_da} og ikke en ren tekstfil.",
    danish_hint: "Åbn den i det program, den er skrevet i, vælg »Gem som« og »Almindelig tekst« med kodningen UTF-8, og giv den samme navn.",
    english: "The file is {what_en}, not plain text.",
    english_hint: "Open it in its program, choose \"Save as\" and \"Plain text\" in UTF-8, and give it the same name.",
};

/// Saved in the encoding of old Windows programs.
pub static WINDOWS_1252: Message = Message {
    code: "windows-1252",
    severity: Severity::Warning,
    danish: "Filen er ikke gemt som UTF-8, men som ANSI (Windows-1252).",
    danish_hint: "Den er læst alligevel. Står bogstavet her rigtigt, er alt i orden; gem filen som UTF-8, så forsvinder beskeden.",
    english: "The file is not saved as UTF-8 but as ANSI (Windows-1252).",
    english_hint: "It was read all the same. If the letter shown here is right, all is well; save it as UTF-8 to be rid of this.",
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

/// A number with a fraction, or with points between thousands.
pub static NOT_WHOLE: Message = Message {
    code: "not-whole",
    severity: Severity::Error,
    danish: "»{key}« skal være et helt tal.",
    danish_hint: "Skriv det uden anførselstegn, komma og punktum, fx 3 eller 1000.",
    english: "\"{key}\" must be a whole number.",
    english_hint: "Write it without quotation marks, comma or point, such as 3 or 1000.",
};

/// A number out of bounds.
pub static NUMBER_RANGE: Message = Message {
    code: "number-range",
    severity: Severity::Error,
    danish: "»{key}« skal være et helt tal fra {least} til {most}.",
    danish_hint: "",
    english: "\"{key}\" must be a whole number from {least} to {most}.",
    english_hint: "",
};

/// A word that is not one of the possible ones.
pub static UNKNOWN_VALUE: Message = Message {
    code: "unknown-value",
    severity: Severity::Error,
    danish: "»{key}« kan ikke være »{value}«.",
    danish_hint: "Her kan stå: {known}.",
    english: "\"{key}\" cannot be \"{value}\".",
    english_hint: "Possible here: {known}.",
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
