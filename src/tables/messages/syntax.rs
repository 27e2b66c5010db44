//! What can be wrong with the writing itself, before any key is looked at.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] = &[
    &SYNTAX,
    &HEADING,
    &TABLE_TWICE,
    &KEY_TWICE,
    &KEY_TWICE_INSIDE,
    &KEY_MISSING,
    &KEY_LETTERS,
    &EQUALS_MISSING,
    &VALUE_MISSING,
    &LOOSE_LINE,
    &QUOTE_OPEN,
    &QUOTE_INSIDE,
    &BACKSLASH,
    &YES_NO,
    &WORD_UNQUOTED,
    &VALUE_FORM,
    &AFTER_VALUE,
    &BRACKET_OPEN,
    &BRACKET_EXTRA,
    &COMMA_MISSING,
    &COMMA_EXTRA,
];

/// Anything that is told nowhere else.
pub static SYNTAX: Message = Message {
    code: "syntax",
    severity: Severity::Error,
    danish: "Linjen kan ikke forstås.",
    danish_hint: "Se efter et manglende anførselstegn, komma eller lighedstegn, også på linjen før.",
    english: "This line cannot be understood.",
    english_hint: "Look for a missing quotation mark, comma or equals sign, also on the line before.",
};

/// `[[rule]`.
pub static HEADING: Message = Message {
    code: "heading",
    severity: Severity::Error,
    danish: "Der er en parentes for lidt eller for meget i overskriften.",
    danish_hint: "Skriv {meant} på en linje for sig selv.",
    english: "The heading has a bracket too few or too many.",
    english_hint: "Write {meant} on a line of its own.",
};

/// `[rule]` twice.
pub static TABLE_TWICE: Message = Message {
    code: "table-twice",
    severity: Severity::Error,
    danish: "Overskriften [{name}] står der allerede.",
    danish_hint: "Kan der være flere af slagsen, skal der to parenteser om hver: [[{name}]]. Ellers saml linjerne under den første.",
    english: "The heading [{name}] is there already.",
    english_hint: "Where there may be several, each needs two brackets: [[{name}]]. Else put the lines under the first one.",
};

/// One key twice in a table.
pub static KEY_TWICE: Message = Message {
    code: "key-twice",
    severity: Severity::Error,
    danish: "»{key}« står der allerede, i linje {line}.",
    danish_hint: "Saml det i én linje. Begynder der en ny regel her, så mangler dens overskrift, fx [[rule]].",
    english: "\"{key}\" is there already, in line {line}.",
    english_hint: "Put it into one line. Where a new rule begins, its heading is missing, such as [[rule]].",
};

/// One key twice between braces.
pub static KEY_TWICE_INSIDE: Message = Message {
    code: "key-twice-inside",
    severity: Severity::Error,
    danish: "»{key}« står to gange mellem de samme parenteser.",
    danish_hint: "Slet den ene.",
    english: "\"{key}\" is there twice between the same brackets.",
    english_hint: "Delete one of them.",
};

/// `= 3`.
pub static KEY_MISSING: Message = Message {
    code: "key-before-equals-missing",
    severity: Severity::Error,
    danish: "Der står ingen nøgle foran lighedstegnet.",
    danish_hint: "Skriv fx label = \"Løn\".",
    english: "There is no key before the equals sign.",
    english_hint: "Write, for example, label = \"Pay\".",
};

/// `max hits = 2`.
pub static KEY_LETTERS: Message = Message {
    code: "key-letters",
    severity: Severity::Error,
    danish: "»{key}« kan ikke være en nøgle.",
    danish_hint: "Foran lighedstegnet står ét ord uden mellemrum og uden æ, ø og å, fx max_hits. Mangler der et anførselstegn på linjen før?",
    english: "\"{key}\" cannot be a key.",
    english_hint: "One word of plain letters, digits and _ stands before the equals sign, such as max_hits. Is a quotation mark missing on the line before?",
};

/// `weight 3`.
pub static EQUALS_MISSING: Message = Message {
    code: "equals-sign-missing",
    severity: Severity::Error,
    danish: "Der mangler et lighedstegn efter »{key}«.",
    danish_hint: "Skriv fx {key} = \"…\" eller {key} = 3.",
    english: "There is no equals sign after \"{key}\".",
    english_hint: "Write, for example, {key} = \"…\" or {key} = 3.",
};

/// `label =`.
pub static VALUE_MISSING: Message = Message {
    code: "value-missing",
    severity: Severity::Error,
    danish: "Der står intet efter »{key} =«.",
    danish_hint: "Skriv værdien på samme linje, eller slet linjen.",
    english: "Nothing follows \"{key} =\".",
    english_hint: "Write the value on the same line, or delete the line.",
};

/// A line that belongs to nothing.
pub static LOOSE_LINE: Message = Message {
    code: "loose-line",
    severity: Severity::Error,
    danish: "Linjen hører ikke til noget.",
    danish_hint: "Er det en bemærkning, så skriv # foran. Hører den til en liste, så er listen lukket for tidligt.",
    english: "This line belongs to nothing.",
    english_hint: "If it is a comment, put # before it. If it belongs to a list, the list was closed too early.",
};

/// `"løn` to the end of the line.
pub static QUOTE_OPEN: Message = Message {
    code: "quote-open",
    severity: Severity::Error,
    danish: "Der mangler et anførselstegn, hvor denne tekst slutter.",
    danish_hint: "Skriv et anførselstegn før og et efter teksten, på samme linje: \"løn\".",
    english: "The quotation mark that ends this text is missing.",
    english_hint: "Put one before and one after the text, on the same line: \"pay\".",
};

/// `"Han sagde "ja" til"`.
pub static QUOTE_INSIDE: Message = Message {
    code: "quote-inside",
    severity: Severity::Error,
    danish: "Anførselstegnet slutter teksten midt i sætningen.",
    danish_hint: "Skal der stå anførselstegn inde i teksten, så brug » og «. Ellers mangler der et komma mellem to tekster.",
    english: "The quotation mark ends the text in the middle of the sentence.",
    english_hint: "For quotation marks inside the text use » and «. Else a comma is missing between two texts.",
};

/// `"\d"`.
pub static BACKSLASH: Message = Message {
    code: "backslash",
    severity: Severity::Error,
    danish: "En omvendt skråstreg kan ikke stå sådan mellem dobbelte anførselstegn.",
    danish_hint: "Brug enkelte anførselstegn om teksten: '…'.",
    english: "A backslash cannot stand like this between double quotation marks.",
    english_hint: "Use single quotation marks: '…'.",
};

/// `trial = ja`.
pub static YES_NO: Message = Message {
    code: "yes-or-no",
    severity: Severity::Error,
    danish: "»{word}« forstås ikke her.",
    danish_hint: "Skriv true for ja og false for nej, uden anførselstegn.",
    english: "\"{word}\" is not understood here.",
    english_hint: "Write true for yes and false for no, without quotation marks.",
};

/// `group = job`.
pub static WORD_UNQUOTED: Message = Message {
    code: "quotes-missing",
    severity: Severity::Error,
    danish: "Der mangler anførselstegn om »{word}«.",
    danish_hint: "Skriv \"{word}\".",
    english: "There are no quotation marks around \"{word}\".",
    english_hint: "Write it between quotation marks.",
};

/// `007`.
pub static VALUE_FORM: Message = Message {
    code: "value-form",
    severity: Severity::Error,
    danish: "»{value}« er hverken et tal, true eller false, en dato eller en tekst i anførselstegn.",
    danish_hint: "Er det en tekst, så sæt anførselstegn om. Et tal skrives med cifre alene, fx 3 eller -2.",
    english: "\"{value}\" is no number, not true or false, no date and no text in quotation marks.",
    english_hint: "A text needs quotation marks; a number is written in digits alone, such as 3 or -2.",
};

/// `weight = 3 4`.
pub static AFTER_VALUE: Message = Message {
    code: "more-behind-value",
    severity: Severity::Error,
    danish: "Der står mere på linjen, end der skal.",
    danish_hint: "Slet det, eller skriv # foran, hvis det er en bemærkning. Flere værdier skrives i en liste: [\"løn\", \"ferie\"].",
    english: "There is more on this line than there should be.",
    english_hint: "Delete it, or put # before it if it is a comment. Several values are a list: [\"pay\", \"leave\"].",
};

/// `["a", "b"`.
pub static BRACKET_OPEN: Message = Message {
    code: "bracket-open",
    severity: Severity::Error,
    danish: "Parentesen »{open}« bliver ikke lukket.",
    danish_hint: "Skriv »{close}«, hvor listen slutter.",
    english: "The bracket \"{open}\" is not closed.",
    english_hint: "Write \"{close}\" where it ends.",
};

/// `3]`.
pub static BRACKET_EXTRA: Message = Message {
    code: "bracket-extra",
    severity: Severity::Error,
    danish: "Her er en parentes »{bracket}« for meget.",
    danish_hint: "Slet den, eller skriv den parentes, den skal lukke.",
    english: "There is one bracket \"{bracket}\" too many here.",
    english_hint: "Delete it, or write the bracket that it is to close.",
};

/// `["a" "b"]`.
pub static COMMA_MISSING: Message = Message {
    code: "comma-missing",
    severity: Severity::Error,
    danish: "Der mangler et komma foran {next}.",
    danish_hint: "Skriv komma mellem alt, hvad der står i en liste: [\"løn\", \"ferie\"].",
    english: "There is no comma before {next}.",
    english_hint: "Put a comma between all that stands in a list: [\"pay\", \"leave\"].",
};

/// `["a",, "b"]`.
pub static COMMA_EXTRA: Message = Message {
    code: "comma-extra",
    severity: Severity::Error,
    danish: "Her er et komma for meget.",
    danish_hint: "Slet det.",
    english: "There is one comma too many here.",
    english_hint: "Delete it.",
};
