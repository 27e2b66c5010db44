//! What can be wrong with `config.toml`, beside what is wrong with any TOML file.

use crate::diagnostic::{Message, Severity};

/// All of them.
pub static ALL: &[&Message] = &[
    &UNKNOWN_REFERENCE,
    &TWICE,
    &SHARED_NAME,
    &SHARED_LIST,
    &NO_LISTS,
    &NOTHING,
    &PASSWORD,
    &NAME,
    &HASH,
    &CIRCLE,
    &ENDS_BEFORE,
    &TIMING,
];

/// A name that nothing has.
pub static UNKNOWN_REFERENCE: Message = Message {
    code: "unknown-name",
    severity: Severity::Error,
    danish: "Der er ingen {what_da}, der hedder »{value}«.",
    danish_hint: "Der findes: {known}.",
    english: "There is no {what_en} named \"{value}\".",
    english_hint: "There are: {known}.",
};

/// Two things with one name.
pub static TWICE: Message = Message {
    code: "duplicate-id",
    severity: Severity::Error,
    danish: "»{value}« bruges to gange som {what_da}.",
    danish_hint: "Giv den ene et andet navn.",
    english: "\"{value}\" is used twice as {what_en}.",
    english_hint: "Rename one of them.",
};

/// A committee name that two committees claim: letters could go to the wrong people.
pub static SHARED_NAME: Message = Message {
    code: "shared-name",
    severity: Severity::Error,
    danish: "Både »{one}« og »{other}« kan hedde »{value}«.",
    danish_hint: "Et referat skal kunne henføres til netop ét udvalg. Fjern navnet det ene sted.",
    english: "Both \"{one}\" and \"{other}\" can be named \"{value}\".",
    english_hint: "Minutes must belong to exactly one committee. Remove the name from one of them.",
};

/// One recipient list under two committees.
pub static SHARED_LIST: Message = Message {
    code: "shared-list",
    severity: Severity::Error,
    danish: "Listen »{value}« bruges både af »{one}« og »{other}«.",
    danish_hint: "Hvert udvalg skal have sine egne lister, så ingen får et andet udvalgs brev. Lav en kopi af filen.",
    english: "The list \"{value}\" is used by both \"{one}\" and \"{other}\".",
    english_hint: "Each committee needs lists of its own, so that nobody gets another committee's letter. Copy the file.",
};

/// A committee nobody is told about.
pub static NO_LISTS: Message = Message {
    code: "no-lists",
    severity: Severity::Warning,
    danish: "Udvalget »{value}« har ingen modtagere.",
    danish_hint: "Skriv en [[committee.list]] med audience og recipients.",
    english: "The committee \"{value}\" has no recipients.",
    english_hint: "Add a [[committee.list]] with audience and recipients.",
};

/// Nothing of a kind that is needed.
pub static NOTHING: Message = Message {
    code: "missing-table",
    severity: Severity::Error,
    danish: "Der mangler mindst én [[{key}]].",
    danish_hint: "Se den medfølgende config.toml.",
    english: "At least one [[{key}]] is missing.",
    english_hint: "See the shipped config.toml.",
};

/// The file of the password.
pub static PASSWORD: Message = Message {
    code: "password-file",
    severity: Severity::Error,
    danish: "Filen med adgangskoden kan ikke læses: {error}.",
    danish_hint: "Filen skal kunne læses af tjenestens bruger og kun indeholde koden.",
    english: "The password file cannot be read: {error}.",
    english_hint: "The service's user must be able to read it; it holds the password alone.",
};

/// An id with odd characters.
pub static NAME: Message = Message {
    code: "bad-id",
    severity: Severity::Error,
    danish: "»{value}« kan ikke bruges som id.",
    danish_hint: "Brug små bogstaver, tal og bindestreger, fx »hovedmed«.",
    english: "\"{value}\" cannot be used as an id.",
    english_hint: "Use small letters, digits and hyphens.",
};

/// Not the hash of a file.
pub static HASH: Message = Message {
    code: "bad-hash",
    severity: Severity::Error,
    danish: "»{value}« er ikke en fils SHA-256.",
    danish_hint: "Kopiér de 64 tegn, som »digest parse --format json« viser ved \"sha256\", eller slet linjen og bekræft referatet med »digest confirm«.",
    english: "\"{value}\" is not the SHA-256 of a file.",
    english_hint: "Copy the 64 characters that \"digest parse --format json\" shows at \"sha256\", or delete the line and confirm the minutes with \"digest confirm\".",
};

/// Audiences that wait for each other.
pub static CIRCLE: Message = Message {
    code: "waits-for-itself",
    severity: Severity::Error,
    danish: "Målgrupperne venter på hinanden i ring, så ingen af dem får noget.",
    danish_hint: "Lad én af dem være uden »after«.",
    english: "The audiences wait for each other in a circle, so none of them gets anything.",
    english_hint: "Leave one of them without \"after\".",
};

/// A time of the day that ends before it begins.
pub static ENDS_BEFORE: Message = Message {
    code: "ends-before-it-begins",
    severity: Severity::Error,
    danish: "Tidsrummet slutter klokken {value}, før det begynder.",
    danish_hint: "Skriv et tidsrum inden for ét døgn, for eksempel fra »07:00« til »18:00«.",
    english: "The hours end at {value}, before they begin.",
    english_hint: "Write hours of one day, such as from \"07:00\" until \"18:00\".",
};

/// A schedule that is neither of the two kinds, or both.
pub static TIMING: Message = Message {
    code: "schedule-kind",
    severity: Severity::Error,
    danish: "Tidsplanen »{value}« skal have enten »cron« eller »working_days_after«.",
    danish_hint: "Skriv »cron« for faste tidspunkter, eller »working_days_after« og »at« for et antal arbejdsdage efter frigivelsen.",
    english: "The schedule \"{value}\" needs either \"cron\" or \"working_days_after\".",
    english_hint: "Write \"cron\" for fixed times, or \"working_days_after\" and \"at\" for so many working days after the release.",
};
