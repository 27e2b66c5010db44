//! Files of the rules folder that are not what they should be.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] =
    &[&UNEXPECTED_FILE, &DOUBLE_ENDING, &OTHER_FORMAT, &OTHER_NAME, &FOLDER_NOT_READ, &COPIED_FILE, &NO_RULES];

/// A file that is no rule file.
pub static UNEXPECTED_FILE: Message = Message {
    code: "unexpected-file",
    severity: Severity::Error,
    danish: "Filen »{name}« hører ikke til i regelmappen og bliver ikke læst.",
    danish_hint: "Regler står i filer, der ender på .toml; flyt eller omdøb filen.",
    english: "The file \"{name}\" does not belong in the rules folder and is not read.",
    english_hint: "Rules are in files that end in .toml; move or rename it.",
};

/// `regler.toml.txt`.
pub static DOUBLE_ENDING: Message = Message {
    code: "double-ending",
    severity: Severity::Error,
    danish: "Filen »{name}« bliver ikke læst, fordi navnet ender på .txt og ikke på .toml.",
    danish_hint: "Omdøb den til »{meant}«. Notesblok sætter .txt bag navnet, hvis man ikke vælger »Alle filer« under »Filtype«.",
    english: "The file \"{name}\" is not read, because its name ends in .txt and not in .toml.",
    english_hint: "Rename it to \"{meant}\". Notepad adds .txt unless \"All files\" is chosen as file type.",
};

/// `regler.docx`.
pub static OTHER_FORMAT: Message = Message {
    code: "other-format",
    severity: Severity::Error,
    danish: "Filen »{name}« er gemt i et format, der ikke kan læses som regler.",
    danish_hint: "Gem den som »Almindelig tekst« med kodningen UTF-8 under navnet »{meant}«, og flyt denne fil et andet sted hen.",
    english: "The file \"{name}\" is saved in a format that cannot be read as rules.",
    english_hint: "Save it as \"Plain text\" in UTF-8 under the name \"{meant}\", and move this file elsewhere.",
};

/// A file in a folder whose files have fixed names.
pub static OTHER_NAME: Message = Message {
    code: "file-not-used",
    severity: Severity::Error,
    danish: "Filen »{name}« bliver ikke brugt; i denne mappe har filerne faste navne.",
    danish_hint: "Her kan ligge: {known}. Egne regler og ordlister står i mappen ovenover.",
    english: "The file \"{name}\" is not used; the files in this folder have fixed names.",
    english_hint: "Possible here: {known}. Your own rules and lists are in the folder above.",
};

/// Rules in a folder below.
pub static FOLDER_NOT_READ: Message = Message {
    code: "folder-not-read",
    severity: Severity::Warning,
    danish: "Reglerne i mappen »{name}« bliver ikke læst.",
    danish_hint: "Flyt filerne op i regelmappen, hvis de skal bruges, og ellers et helt andet sted hen.",
    english: "The rules in the folder \"{name}\" are not read.",
    english_hint: "Move the files up into the rules folder to use them, else somewhere else altogether.",
};

/// `regler - Kopi.toml`.
pub static COPIED_FILE: Message = Message {
    code: "copied-file",
    severity: Severity::Error,
    danish: "Filen er en kopi: Alle dens regler står også i {file}.",
    danish_hint: "Flyt kopien ud af mappen. Skal den være en fil for sig, så giv hver regel et nyt id.",
    english: "The file is a copy: all its rules are in {file} as well.",
    english_hint: "Move the copy out of the folder. If it is to be a file of its own, give every rule a new id.",
};

/// An empty folder.
pub static NO_RULES: Message = Message {
    code: "no-rules",
    severity: Severity::Error,
    danish: "Der er ingen regelfiler i mappen.",
    danish_hint: "Se efter, om stien er rigtig; regelfiler ender på .toml.",
    english: "There are no rule files in the folder.",
    english_hint: "Check the path; rule files end in .toml.",
};
