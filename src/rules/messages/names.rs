//! Ids, references and what dangles.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] = &[
    &DUPLICATE_ID,
    &BAD_ID,
    &RESERVED_ID,
    &UNKNOWN_REFERENCE,
    &REFERENCE_CYCLE,
    &WORDLESS_REFERENCE,
    &UNKNOWN_RULE,
    &COMBINATION_CYCLE,
    &DISABLED_PART,
    &UNKNOWN_GROUP,
    &GROUP_WITHOUT_RULES,
    &UNUSED_LIST,
    &UNKNOWN_AUDIENCE,
    &AUDIENCE_MISSING,
    &UNKNOWN_FEATURE,
];

/// One id twice.
pub static DUPLICATE_ID: Message = Message {
    code: "duplicate-id",
    severity: Severity::Error,
    danish: "Navnet »{id}« er allerede brugt i {file}, linje {line}.",
    danish_hint: "Giv den ene et andet id.",
    english: "The id \"{id}\" is already used in {file}, line {line}.",
    english_hint: "Give one of them another id.",
};

/// An id that is not kebab-case.
pub static BAD_ID: Message = Message {
    code: "bad-id",
    severity: Severity::Error,
    danish: "»{id}« kan ikke bruges som id.",
    danish_hint: "Skriv små bogstaver, tal og bindestreger, fx \"sygedage-uden-loen\".",
    english: "\"{id}\" cannot be an id.",
    english_hint: "Use small letters, digits and hyphens, for example \"sick-days\".",
};

/// A list named like a feature.
pub static RESERVED_ID: Message = Message {
    code: "reserved-id",
    severity: Severity::Error,
    danish: "»{id}« er navnet på et indbygget kendetegn eller en medfølgende ordliste.",
    danish_hint: "Vælg et andet id.",
    english: "\"{id}\" is the name of a built-in feature or a shipped list.",
    english_hint: "Choose another id.",
};

/// An @name nobody has.
pub static UNKNOWN_REFERENCE: Message = Message {
    code: "unknown-reference",
    severity: Severity::Error,
    danish: "Der er ingen liste og intet kendetegn, der hedder »@{name}«.",
    danish_hint: "",
    english: "There is no list and no feature called \"@{name}\".",
    english_hint: "",
};

/// A list that contains itself.
pub static REFERENCE_CYCLE: Message = Message {
    code: "list-in-itself",
    severity: Severity::Error,
    danish: "Listen »{id}« indeholder sig selv.",
    danish_hint: "Slet henvisningen.",
    english: "The list \"{id}\" contains itself.",
    english_hint: "Delete the reference.",
};

/// A feature without words where words are needed.
pub static WORDLESS_REFERENCE: Message = Message {
    code: "feature-without-words",
    severity: Severity::Error,
    danish: "Kendetegnet »{name}« peger ikke på ord og kan ikke stå her.",
    danish_hint: "Brug det i feature = … eller i en combination.",
    english: "The feature \"{name}\" does not point at words and cannot stand here.",
    english_hint: "Use it in feature = … or in a combination.",
};

/// A rule nobody wrote.
pub static UNKNOWN_RULE: Message = Message {
    code: "unknown-rule",
    severity: Severity::Error,
    danish: "Der er ingen regel, der hedder »{name}«.",
    danish_hint: "Lister og kendetegn skrives med @ foran.",
    english: "There is no rule called \"{name}\".",
    english_hint: "Lists and features are written with @.",
};

/// Combinations in a circle.
pub static COMBINATION_CYCLE: Message = Message {
    code: "combination-cycle",
    severity: Severity::Error,
    danish: "Kombinationen går i ring: {path}.",
    danish_hint: "En kombination må ikke bygge på sig selv.",
    english: "The combination goes in a circle: {path}.",
    english_hint: "A combination must not be built on itself.",
};

/// A combination on a rule that is off.
pub static DISABLED_PART: Message = Message {
    code: "disabled-part",
    severity: Severity::Warning,
    danish: "Reglen »{name}« er slået fra og kan aldrig indgå i kombinationen.",
    danish_hint: "Slå den til, eller brug hidden = true, hvis den kun skal være en del.",
    english: "The rule \"{name}\" is switched off and can never be part of the combination.",
    english_hint: "Switch it on, or use hidden = true if it is only to be a part.",
};

/// A group nobody wrote.
pub static UNKNOWN_GROUP: Message = Message {
    code: "unknown-group",
    severity: Severity::Error,
    danish: "Der er ingen gruppe, der hedder »{name}«.",
    danish_hint: "Grupper skrives med [[group]].",
    english: "There is no group called \"{name}\".",
    english_hint: "Groups are written with [[group]].",
};

/// A group of nothing.
pub static GROUP_WITHOUT_RULES: Message = Message {
    code: "group-without-rules",
    severity: Severity::Error,
    danish: "Gruppen »{id}« har ingen regler.",
    danish_hint: "Slet den, eller skriv group = \"{id}\" i de regler, der hører til.",
    english: "The group \"{id}\" has no rules.",
    english_hint: "Delete it, or write group = \"{id}\" in its rules.",
};

/// A list nobody uses.
pub static UNUSED_LIST: Message = Message {
    code: "unused-list",
    severity: Severity::Warning,
    danish: "Listen »{id}« bliver ikke brugt af nogen regel.",
    danish_hint: "Slet den, eller brug den med @{id}.",
    english: "No rule uses the list \"{id}\".",
    english_hint: "Delete it or use it as @{id}.",
};

/// A weight for nobody.
pub static UNKNOWN_AUDIENCE: Message = Message {
    code: "unknown-audience",
    severity: Severity::Error,
    danish: "Der er ingen målgruppe, der hedder »{name}«.",
    danish_hint: "Kendte målgrupper: {known}.",
    english: "There is no audience called \"{name}\".",
    english_hint: "Known audiences: {known}.",
};

/// A weight that forgets somebody.
pub static AUDIENCE_MISSING: Message = Message {
    code: "audience-missing",
    severity: Severity::Warning,
    danish: "Vægten nævner ikke {names}; dér tæller reglen 0.",
    danish_hint: "Skriv også = 0, hvis det er meningen.",
    english: "The weight does not name {names}; there the rule counts 0.",
    english_hint: "Write = 0 if that is what you mean.",
};

/// A feature nobody knows.
pub static UNKNOWN_FEATURE: Message = Message {
    code: "unknown-feature",
    severity: Severity::Error,
    danish: "Der er intet kendetegn, der hedder »{name}«.",
    danish_hint: "Kendte kendetegn: {known}.",
    english: "There is no feature called \"{name}\".",
    english_hint: "Known features: {known}.",
};
