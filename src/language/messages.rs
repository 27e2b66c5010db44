//! What can be wrong with the words of the language in `rules/sprog/`.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[&NO_COLON, &FORM_TWICE, &LIST_MISSING, &LIST_TWICE, &NO_DAY, &BAD_PHRASE];

/// A line of the table of forms without a colon.
pub static NO_COLON: Message = Message {
    code: "no-colon",
    severity: Severity::Error,
    danish: "»{line}« mangler et kolon mellem grundformen og de andre former.",
    danish_hint: "Skriv fx \"opsige: opsiger, opsagde, opsagt\".",
    english: "\"{line}\" has no colon between the base form and the other forms.",
    english_hint: "Write, for example, \"opsige: opsiger, opsagde, opsagt\".",
};

/// A form that two words have.
pub static FORM_TWICE: Message = Message {
    code: "form-twice",
    severity: Severity::Error,
    danish: "Formen »{form}« står allerede under »{other}«.",
    danish_hint: "En form kan kun høre til ét ord; slet den ét af stederne.",
    english: "The form \"{form}\" already belongs to \"{other}\".",
    english_hint: "A form belongs to one word; delete one of them.",
};

/// A list that the program needs.
pub static LIST_MISSING: Message = Message {
    code: "word-list-missing",
    severity: Severity::Error,
    danish: "Ordlisten »{id}« mangler i filen.",
    danish_hint: "Programmet bruger den; hent den fra den medfølgende fil, og skriv egne ord til.",
    english: "The word list \"{id}\" is missing from the file.",
    english_hint: "The program uses it; take it from the shipped file and add your words.",
};

/// Two lists of one name.
pub static LIST_TWICE: Message = Message {
    code: "word-list-twice",
    severity: Severity::Error,
    danish: "Ordlisten »{id}« står to gange.",
    danish_hint: "Saml ordene i én liste.",
    english: "The word list \"{id}\" is there twice.",
    english_hint: "Put the words into one list.",
};

/// A day of the year that is none.
pub static NO_DAY: Message = Message {
    code: "no-day-of-the-year",
    severity: Severity::Error,
    danish: "»{text}« er ikke en dag i året.",
    danish_hint: "Skriv måned og dag med to cifre hver, fx \"12-24\".",
    english: "\"{text}\" is no day of the year.",
    english_hint: "Write month and day with two digits each, for example \"12-24\".",
};

/// A phrase that finds nothing, or everything.
pub static BAD_PHRASE: Message = Message {
    code: "bad-language-phrase",
    severity: Severity::Error,
    danish: "»{text}« kan ikke bruges som udtryk: Det har ingen ord, eller stjernen ville finde næsten alt.",
    danish_hint: "Skriv ord i grundform, fx \"melde tilbage\", og mindst tre bogstaver ved en stjerne.",
    english: "\"{text}\" cannot be used as a phrase: it has no words, or its star would find nearly everything.",
    english_hint: "Write words in their base form, and at least three letters beside a star.",
};
