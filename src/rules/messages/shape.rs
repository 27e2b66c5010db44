//! Keys and values of a rule that cannot be used as they are written.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] = &[
    &NO_KIND,
    &TWO_KINDS,
    &KEY_WITHOUT_KIND,
    &EMPTY_LIST,
    &PHRASE_EMPTY,
    &PHRASE_STAR,
    &PHRASE_EXACT,
    &BOUNDS_MISSING,
    &BOUNDS_NEEDLESS,
    &BOUNDS_CROSSED,
    &COMBINATION_EMPTY,
    &AT_LEAST_TOO_MANY,
    &FLOOR_ABOVE_CAP,
    &WEIGHT_MISSING,
    &WEIGHT_TYPE,
    &WEIGHT_RANGE,
    &EFFECT_CONFLICT,
    &LEANS_SCOPE,
    &PATTERN_CONTROL,
    &PATTERN_SYNTAX,
    &PATTERN_EMPTY,
    &PATTERN_WITHOUT_WORD,
    &ENTRY_TYPE,
];

/// No kind.
pub static NO_KIND: Message = Message {
    code: "no-kind",
    severity: Severity::Error,
    danish: "Reglen siger ikke, hvad den leder efter.",
    danish_hint: "Skriv én af linjerne phrases = …, near = …, pattern = …, feature = … eller combination = ….",
    english: "The rule does not say what it looks for.",
    english_hint: "Add one of the lines phrases = …, near = …, pattern = …, feature = … or combination = ….",
};

/// Two kinds.
pub static TWO_KINDS: Message = Message {
    code: "two-kinds",
    severity: Severity::Error,
    danish: "Reglen leder efter to slags ting: »{first}« og »{key}«.",
    danish_hint: "Del den i to regler, eller brug combination.",
    english: "The rule looks for two kinds of thing: \"{first}\" and \"{key}\".",
    english_hint: "Make two rules of it, or use combination.",
};

/// An option of another kind.
pub static KEY_WITHOUT_KIND: Message = Message {
    code: "key-without-kind",
    severity: Severity::Error,
    danish: "»{key}« virker kun sammen med »{kind}«.",
    danish_hint: "Slet linjen, eller skift slags.",
    english: "\"{key}\" only works together with \"{kind}\".",
    english_hint: "Delete the line or change the kind.",
};

/// A list of nothing.
pub static EMPTY_LIST: Message = Message {
    code: "empty-list",
    severity: Severity::Error,
    danish: "»{key}« er en tom liste.",
    danish_hint: "Skriv mindst én tekst i den.",
    english: "\"{key}\" is an empty list.",
    english_hint: "Put at least one text into it.",
};

/// A phrase without words.
pub static PHRASE_EMPTY: Message = Message {
    code: "phrase-without-words",
    severity: Severity::Error,
    danish: "Der er ingen ord i »{phrase}«.",
    danish_hint: "",
    english: "There are no words in \"{phrase}\".",
    english_hint: "",
};

/// A star with nothing.
pub static PHRASE_STAR: Message = Message {
    code: "star-too-wide",
    severity: Severity::Error,
    danish: "Stjernen i »{phrase}« ville finde næsten alle ord.",
    danish_hint: "Skriv mindst to bogstaver ved stjernen, fx \"sygefravær*\". Skal ordene stå nær hinanden, så brug near.",
    english: "The star in \"{phrase}\" would find nearly every word.",
    english_hint: "Put at least two letters beside it, as in \"sygefravær*\"; for words near one another use near.",
};

/// A loose =.
pub static PHRASE_EXACT: Message = Message {
    code: "loose-equals-sign",
    severity: Severity::Error,
    danish: "Lighedstegnet i »{phrase}« skal stå lige foran ét ord.",
    danish_hint: "Skriv fx \"=ledelse\".",
    english: "The equals sign in \"{phrase}\" must stand directly before one word.",
    english_hint: "Write, for example, \"=ledelse\".",
};

/// A counting feature without bounds.
pub static BOUNDS_MISSING: Message = Message {
    code: "bounds-missing",
    severity: Severity::Error,
    danish: "Kendetegnet »{name}« tæller noget og skal have en grænse.",
    danish_hint: "Skriv at_least = … eller at_most = … (hele tal).",
    english: "The feature \"{name}\" counts something and needs a bound.",
    english_hint: "Add at_least = … or at_most = … (whole numbers).",
};

/// Bounds on a feature that counts nothing.
pub static BOUNDS_NEEDLESS: Message = Message {
    code: "bounds-needless",
    severity: Severity::Error,
    danish: "Kendetegnet »{name}« tæller ikke noget, så »{key}« virker ikke.",
    danish_hint: "Slet linjen.",
    english: "The feature \"{name}\" counts nothing, so \"{key}\" has no effect.",
    english_hint: "Delete the line.",
};

/// Bounds that exclude all.
pub static BOUNDS_CROSSED: Message = Message {
    code: "bounds-crossed",
    severity: Severity::Error,
    danish: "at_least er større end at_most, så reglen kan aldrig ramme.",
    danish_hint: "Byt om på tallene.",
    english: "at_least is greater than at_most, so the rule can never hit.",
    english_hint: "Swap the numbers.",
};

/// A combination of nothing.
pub static COMBINATION_EMPTY: Message = Message {
    code: "combination-without-parts",
    severity: Severity::Error,
    danish: "Kombinationen har hverken »all« eller »any«.",
    danish_hint: "Skriv mindst én af dem; »none« alene ville ramme næsten alt.",
    english: "The combination has neither \"all\" nor \"any\".",
    english_hint: "Add one of them; \"none\" alone would hit nearly everything.",
};

/// More parts wanted than there are.
pub static AT_LEAST_TOO_MANY: Message = Message {
    code: "at-least-too-many",
    severity: Severity::Error,
    danish: "at_least = {number}, men »any« har kun {count} dele.",
    danish_hint: "Sæt tallet ned, eller skriv flere dele.",
    english: "at_least = {number}, but \"any\" has only {count} parts.",
    english_hint: "Lower the number or add parts.",
};

/// Bounds of a group that cross.
pub static FLOOR_ABOVE_CAP: Message = Message {
    code: "floor-above-cap",
    severity: Severity::Error,
    danish: "floor er større end cap.",
    danish_hint: "Byt om på tallene.",
    english: "floor is greater than cap.",
    english_hint: "Swap the numbers.",
};

/// A rule without effect.
pub static WEIGHT_MISSING: Message = Message {
    code: "weight-missing",
    severity: Severity::Error,
    danish: "Reglen har ingen vægt.",
    danish_hint: "Skriv fx weight = 3, eller hidden = true, hvis den kun er en del af en kombination.",
    english: "The rule has no weight.",
    english_hint: "Write, for example, weight = 3, or hidden = true if it is only part of a combination.",
};

/// A weight that is no whole number.
pub static WEIGHT_TYPE: Message = Message {
    code: "weight-type",
    severity: Severity::Error,
    danish: "Vægten skal være et helt tal fra -10 til 10 eller en tabel med ét for hver målgruppe.",
    danish_hint: "Skriv fx weight = 3 eller weight = { medarbejdere = 4, tillidsvalgte = 3 }.",
    english: "The weight must be a whole number from -10 to 10, or a table with one for each audience.",
    english_hint: "Write, for example, weight = 3 or weight = { staff = 4 }.",
};

/// A weight out of range.
pub static WEIGHT_RANGE: Message = Message {
    code: "weight-range",
    severity: Severity::Error,
    danish: "Vægten {value} ligger uden for -10 til 10.",
    danish_hint: "",
    english: "The weight {value} is outside -10 to 10.",
    english_hint: "",
};

/// Two effects.
pub static EFFECT_CONFLICT: Message = Message {
    code: "two-effects",
    severity: Severity::Error,
    danish: "En regel kan kun én ting: enten »{first}« eller »{key}«.",
    danish_hint: "Del den i to regler.",
    english: "A rule does one thing: either \"{first}\" or \"{key}\".",
    english_hint: "Make two rules of it.",
};

/// Leaning that asks for itself.
pub static LEANS_SCOPE: Message = Message {
    code: "leans-needs-sentence",
    severity: Severity::Error,
    danish: "En regel med leans = true kan ikke bygge på, hvad sætningen læner sig op ad.",
    danish_hint: "Brug scope = \"sentence\", og undgå kendetegnet leans i den og dens dele.",
    english: "A rule with leans = true cannot be built on what the sentence leans on.",
    english_hint: "Use scope = \"sentence\" and no leans feature in it or its parts.",
};

/// A backslash in double quotes.
pub static PATTERN_CONTROL: Message = Message {
    code: "control-character-in-pattern",
    severity: Severity::Error,
    danish: "Mønsteret indeholder et usynligt styretegn ({name}).",
    danish_hint: "Skriv mønsteret i enkelte anførselstegn, '…'; i dobbelte betyder \\b et slettetegn.",
    english: "The pattern contains an invisible control character ({name}).",
    english_hint: "Put the pattern in single quotes, '…'; in double quotes \\b is a backspace.",
};

/// A bad pattern.
pub static PATTERN_SYNTAX: Message = Message {
    code: "pattern-syntax",
    severity: Severity::Error,
    danish: "Mønsteret kan ikke læses: {error}.",
    danish_hint: "",
    english: "The pattern cannot be read: {error}.",
    english_hint: "",
};

/// A pattern that matches the empty text.
pub static PATTERN_EMPTY: Message = Message {
    code: "pattern-matches-nothing",
    severity: Severity::Error,
    danish: "Mønsteret passer på ingenting og ville derfor ramme alle sætninger.",
    danish_hint: "Lad mindst ét tegn være krævet: + i stedet for *.",
    english: "The pattern matches the empty text and would hit every sentence.",
    english_hint: "Require at least one character: + instead of *.",
};

/// A pattern that has to be tried everywhere.
pub static PATTERN_WITHOUT_WORD: Message = Message {
    code: "pattern-without-word",
    severity: Severity::Warning,
    danish: "Der er ingen bogstaver, som altid står i det, mønsteret finder; det må derfor prøves på hver eneste sætning.",
    danish_hint: "Skriv mindst to bogstaver ud, fx [0-9]+ timer i stedet for [0-9]+ [a-zæøå]+, også i hver gren af (…|…).",
    english: "There are no letters that all the pattern finds must have, so it has to be tried on every sentence.",
    english_hint: "Write out two letters at least, such as [0-9]+ timer instead of [0-9]+ [a-zæøå]+, also in each branch of (…|…).",
};

/// An entry of the wrong type.
pub static ENTRY_TYPE: Message = Message {
    code: "entry-type",
    severity: Severity::Error,
    danish: "»{key}« skal være {expected_da}.",
    danish_hint: "",
    english: "\"{key}\" must be {expected_en}.",
    english_hint: "",
};
