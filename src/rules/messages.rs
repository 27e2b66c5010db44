//! What can be wrong with rule files.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[
    &UNEXPECTED_FILE,
    &NO_RULES,
    &DUPLICATE_ID,
    &BAD_ID,
    &RESERVED_ID,
    &NO_KIND,
    &TWO_KINDS,
    &KEY_WITHOUT_KIND,
    &EMPTY_LIST,
    &PHRASE_EMPTY,
    &PHRASE_STAR,
    &PHRASE_EXACT,
    &UNKNOWN_REFERENCE,
    &REFERENCE_CYCLE,
    &WORDLESS_REFERENCE,
    &UNKNOWN_FEATURE,
    &BOUNDS_MISSING,
    &BOUNDS_NEEDLESS,
    &BOUNDS_CROSSED,
    &UNKNOWN_RULE,
    &COMBINATION_CYCLE,
    &COMBINATION_EMPTY,
    &AT_LEAST_TOO_MANY,
    &DISABLED_PART,
    &UNKNOWN_GROUP,
    &GROUP_WITHOUT_RULES,
    &FLOOR_ABOVE_CAP,
    &UNUSED_LIST,
    &WEIGHT_MISSING,
    &WEIGHT_TYPE,
    &WEIGHT_RANGE,
    &UNKNOWN_AUDIENCE,
    &AUDIENCE_MISSING,
    &EFFECT_CONFLICT,
    &LEANS_SCOPE,
    &UNKNOWN_VALUE,
    &NUMBER_RANGE,
    &PATTERN_CONTROL,
    &PATTERN_SYNTAX,
    &PATTERN_EMPTY,
    &ENTRY_TYPE,
    &EXAMPLES_MISSING,
    &EXAMPLE_MARKS,
    &EXAMPLE_MARKED_MISS,
    &EXAMPLE_NOT_HIT,
    &EXAMPLE_WORDS,
    &EXAMPLE_HIT,
    &EXCEPTION_UNTESTED,
];

/// A file that is no rule file.
pub static UNEXPECTED_FILE: Message = Message {
    code: "unexpected-file",
    severity: Severity::Error,
    danish: "Filen »{name}« hører ikke til i regelmappen og bliver ikke læst.",
    danish_hint: "Regler står i filer, der ender på .toml; flyt eller omdøb filen.",
    english: "The file \"{name}\" does not belong in the rules folder and is not read.",
    english_hint: "Rules are in files that end in .toml; move or rename it.",
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

/// A feature nobody knows.
pub static UNKNOWN_FEATURE: Message = Message {
    code: "unknown-feature",
    severity: Severity::Error,
    danish: "Der er intet kendetegn, der hedder »{name}«.",
    danish_hint: "Kendte kendetegn: {known}.",
    english: "There is no feature called \"{name}\".",
    english_hint: "Known features: {known}.",
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

/// Bounds of a group that cross.
pub static FLOOR_ABOVE_CAP: Message = Message {
    code: "floor-above-cap",
    severity: Severity::Error,
    danish: "floor er større end cap.",
    danish_hint: "Byt om på tallene.",
    english: "floor is greater than cap.",
    english_hint: "Swap the numbers.",
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
    danish: "Vægten skal være et helt tal fra -10 til 10 eller en tabel med ét for hver modtagergruppe.",
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

/// A weight for nobody.
pub static UNKNOWN_AUDIENCE: Message = Message {
    code: "unknown-audience",
    severity: Severity::Error,
    danish: "Der er ingen modtagergruppe, der hedder »{name}«.",
    danish_hint: "Kendte modtagergrupper: {known}.",
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

/// A word that is not one of the known.
pub static UNKNOWN_VALUE: Message = Message {
    code: "unknown-value",
    severity: Severity::Error,
    danish: "»{key}« kan ikke være »{value}«.",
    danish_hint: "Her kan stå: {known}.",
    english: "\"{key}\" cannot be \"{value}\".",
    english_hint: "Possible here: {known}.",
};

/// A number out of range.
pub static NUMBER_RANGE: Message = Message {
    code: "number-range",
    severity: Severity::Error,
    danish: "»{key}« skal være et helt tal fra {least} til {most}.",
    danish_hint: "",
    english: "\"{key}\" must be a whole number from {least} to {most}.",
    english_hint: "",
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

/// An entry of the wrong type.
pub static ENTRY_TYPE: Message = Message {
    code: "entry-type",
    severity: Severity::Error,
    danish: "»{key}« skal være {expected_da}.",
    danish_hint: "",
    english: "\"{key}\" must be {expected_en}.",
    english_hint: "",
};

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
