//! What can be wrong with recipient lists, addresses and the relay.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[
    &ADDRESS_MISSING,
    &ADDRESS_NO_AT,
    &ADDRESS_SEVERAL,
    &ADDRESS_BLANK,
    &ADDRESS_TRAILING,
    &ADDRESS_LETTERS,
    &ADDRESS_NO_DOT,
    &ADDRESS_MALFORMED,
    &ADDRESS_TWICE,
    &PATTERN_MALFORMED,
    &LIST_NOT_TEXT,
    &LIST_WORKBOOK,
    &LIST_TOO_LARGE,
    &LIST_EMPTY,
    &LIST_OPEN_QUOTE,
    &LIST_NO_ADDRESS_COLUMN,
    &SMTP_TLS_REQUIRED,
    &SMTP_CREDENTIALS,
    &SMTP_AUTHORITIES,
];

/// A row without one.
pub static ADDRESS_MISSING: Message = Message {
    code: "address-missing",
    severity: Severity::Error,
    danish: "Linjen har ingen e-mailadresse.",
    danish_hint: "Skriv adressen, eller slet linjen.",
    english: "This line has no mail address.",
    english_hint: "Add the address or delete the line.",
};

/// No @.
pub static ADDRESS_NO_AT: Message = Message {
    code: "address-no-at",
    severity: Severity::Error,
    danish: "E-mailadressen mangler et @.",
    danish_hint: "En adresse ser sådan ud: navn@kommune.dk. En linje, der ikke skal læses, begynder med #.",
    english: "The mail address has no @.",
    english_hint: "An address looks like this: name@example.com. A line to be skipped begins with #.",
};

/// More than one @.
pub static ADDRESS_SEVERAL: Message = Message {
    code: "address-several",
    severity: Severity::Error,
    danish: "Her står mere end én e-mailadresse.",
    danish_hint: "Skriv hver adresse på sin egen linje.",
    english: "There is more than one mail address here.",
    english_hint: "Put each address on a line of its own.",
};

/// A blank inside.
pub static ADDRESS_BLANK: Message = Message {
    code: "address-blank",
    severity: Severity::Error,
    danish: "E-mailadressen har et mellemrum.",
    danish_hint: "Slet mellemrummet, eller skriv navn og adresse sådan: Anna Holm <anna@kommune.dk>.",
    english: "The mail address has a blank inside.",
    english_hint: "Delete the blank, or write name and address like this: Anna Holm <anna@example.com>.",
};

/// Ends in a mark.
pub static ADDRESS_TRAILING: Message = Message {
    code: "address-trailing-mark",
    severity: Severity::Error,
    danish: "E-mailadressen slutter med et tegn, der ikke hører til den.",
    danish_hint: "Slet punktummet eller kommaet efter adressen.",
    english: "The mail address ends in a mark that does not belong to it.",
    english_hint: "Delete the dot or comma behind the address.",
};

/// æøå before the @.
pub static ADDRESS_LETTERS: Message = Message {
    code: "address-letters",
    severity: Severity::Error,
    danish: "Før @ kan der ikke stå æ, ø, å eller andre bogstaver uden for det engelske alfabet.",
    danish_hint: "Slå adressen op: ofte skrives æ, ø og å som ae, oe og aa.",
    english: "Only letters of the English alphabet can stand before the @.",
    english_hint: "Look the address up: æ, ø and å are often written ae, oe and aa.",
};

/// The domain has no dot.
pub static ADDRESS_NO_DOT: Message = Message {
    code: "address-no-dot",
    severity: Severity::Error,
    danish: "Efter @ mangler der et punktum og en endelse.",
    danish_hint: "Skriv for eksempel @kommune.dk.",
    english: "There is no dot behind the @.",
    english_hint: "Write the whole domain, for example @example.com.",
};

/// Anything else.
pub static ADDRESS_MALFORMED: Message = Message {
    code: "address-malformed",
    severity: Severity::Error,
    danish: "Dette er ikke en e-mailadresse.",
    danish_hint: "En adresse ser sådan ud: navn@kommune.dk.",
    english: "This is not a mail address.",
    english_hint: "An address looks like this: name@example.com.",
};

/// The same person twice.
pub static ADDRESS_TWICE: Message = Message {
    code: "address-twice",
    severity: Severity::Warning,
    danish: "Adressen står allerede på linje {line}; den får kun ét brev.",
    danish_hint: "Slet den ene linje.",
    english: "The address is on line {line} already; it gets one letter only.",
    english_hint: "Delete one of the lines.",
};

/// A pattern of the allow-list.
pub static PATTERN_MALFORMED: Message = Message {
    code: "allow-pattern",
    severity: Severity::Error,
    danish: "»{pattern}« er hverken en e-mailadresse eller et domæne.",
    danish_hint: "Skriv en hel adresse eller »*@kommune.dk« for alle på et domæne.",
    english: "\"{pattern}\" is neither a mail address nor a domain.",
    english_hint: "Write a whole address, or \"*@example.com\" for everybody of a domain.",
};

/// Not text.
pub static LIST_NOT_TEXT: Message = Message {
    code: "list-not-text",
    severity: Severity::Error,
    danish: "Listen er ikke en tekstfil; det første ulæselige tegn er byte {byte}.",
    danish_hint: "Gem listen som CSV fra regnearket.",
    english: "The list is not a text file; the first unreadable byte is byte {byte}.",
    english_hint: "Save it from the spreadsheet as CSV.",
};

/// An Excel file.
pub static LIST_WORKBOOK: Message = Message {
    code: "list-workbook",
    severity: Severity::Error,
    danish: "Listen er et regneark, ikke en tekstfil.",
    danish_hint: "Åbn den i regnearket, og vælg Gem som: CSV.",
    english: "The list is a spreadsheet, not a text file.",
    english_hint: "Open it in the spreadsheet program and save it as CSV.",
};

/// Far too large.
pub static LIST_TOO_LARGE: Message = Message {
    code: "list-too-large",
    severity: Severity::Error,
    danish: "Listen fylder {bytes} byte; højst {most} kan læses.",
    danish_hint: "Se efter, om det er den rigtige fil.",
    english: "The list has {bytes} bytes; at most {most} are read.",
    english_hint: "Check that it is the right file.",
};

/// Nobody on it.
pub static LIST_EMPTY: Message = Message {
    code: "list-empty",
    severity: Severity::Warning,
    danish: "Der er ingen på listen, så ingen får brev.",
    danish_hint: "Skriv mindst én adresse.",
    english: "There is nobody on the list, so nobody gets mail.",
    english_hint: "Add at least one address.",
};

/// A quotation mark that is not closed.
pub static LIST_OPEN_QUOTE: Message = Message {
    code: "list-open-quote",
    severity: Severity::Error,
    danish: "Anførselstegnet bliver ikke lukket på samme linje.",
    danish_hint: "Sæt et anførselstegn til sidst i feltet, eller slet det første.",
    english: "This quotation mark is not closed on its line.",
    english_hint: "Close it at the end of the field, or delete it.",
};

/// Headings, but none for addresses.
pub static LIST_NO_ADDRESS_COLUMN: Message = Message {
    code: "list-no-address-column",
    severity: Severity::Error,
    danish: "Ingen kolonne hedder »E-mail«.",
    danish_hint: "Kald kolonnen med adresserne »E-mail« og kolonnen med navnene »Navn«.",
    english: "No column is called \"E-mail\".",
    english_hint: "Call the column of addresses \"E-mail\" and the column of names \"Name\".",
};

/// Unprotected to another machine.
pub static SMTP_TLS_REQUIRED: Message = Message {
    code: "smtp-tls-required",
    severity: Severity::Error,
    danish: "TLS kan kun slås fra til en postserver på samme maskine, ikke til »{host}«.",
    danish_hint: "Vælg »starttls« (port 587 eller 25) eller »implicit« (port 465).",
    english: "TLS can be switched off only for a relay on this machine, not for \"{host}\".",
    english_hint: "Choose \"starttls\" (port 587 or 25) or \"implicit\" (port 465).",
};

/// A password in the clear.
pub static SMTP_CREDENTIALS: Message = Message {
    code: "smtp-credentials-without-tls",
    severity: Severity::Error,
    danish: "Brugernavn og adgangskode sendes kun gennem TLS.",
    danish_hint: "Slå TLS til, eller slet brugernavn og adgangskode.",
    english: "User and password are sent only through TLS.",
    english_hint: "Switch TLS on, or remove user and password.",
};

/// The file of authorities.
pub static SMTP_AUTHORITIES: Message = Message {
    code: "smtp-authorities",
    severity: Severity::Error,
    danish: "Filen med certifikater kan ikke bruges: {error}.",
    danish_hint: "Filen skal være i PEM-format.",
    english: "The file of certificates cannot be used: {error}.",
    english_hint: "It must be in PEM format.",
};
