//! What can be wrong with the templates.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[
    &MISSING_TEMPLATE,
    &UNKNOWN_FILE,
    &UNUSED_PART,
    &UNCLOSED_TAG,
    &UNCLOSED_COMMENT,
    &UNCLOSED_BLOCK,
    &WRONG_CLOSE,
    &CLOSE_WITHOUT_OPEN,
    &ELSE_OUTSIDE,
    &TOO_DEEP,
    &SYNTAX,
    &UNKNOWN_NAME,
    &OUTER_NAME,
    &NOT_TEXT,
    &NOT_A_LIST,
    &UNKNOWN_PART,
    &UNKNOWN_WORD,
    &RAW_OUTPUT,
    &UNSUPPORTED,
    &CALLS_ITSELF,
    &SAMPLE_FAILED,
    &LOST_QUOTE,
    &LOST_GAP,
    &LOST_REMARK,
    &LOST_TITLE,
    &LOST_EXTRACT,
    &EMPTY_SUBJECT,
    &TOO_LARGE,
];

/// A template that every letter needs.
pub static MISSING_TEMPLATE: Message = Message {
    code: "missing-template",
    severity: Severity::Error,
    danish: "Skabelonen mangler.",
    danish_hint: "Mapperne brev/, rettelse/ og kommende/ skal hver have emne.hbs, html.hbs og tekst.hbs.",
    english: "The template is missing.",
    english_hint: "The folders brev/, rettelse/ and kommende/ each need emne.hbs, html.hbs and tekst.hbs.",
};

/// A file or folder that nothing reads.
pub static UNKNOWN_FILE: Message = Message {
    code: "unknown-template-file",
    severity: Severity::Warning,
    danish: "Ingen bruger denne fil eller mappe.",
    danish_hint: "Skabelonerne ligger i brev/, rettelse/, kommende/ og dele/ og ender på .hbs.",
    english: "Nothing uses this file or folder.",
    english_hint: "Templates are in brev/, rettelse/, kommende/ and dele/ and end in .hbs.",
};

/// A part that no template calls.
pub static UNUSED_PART: Message = Message {
    code: "unused-part",
    severity: Severity::Warning,
    danish: "Ingen skabelon bruger delen »{name}«.",
    danish_hint: "Skriv {{> {name}}} dér, hvor den skal stå, eller slet filen.",
    english: "No template uses the part \"{name}\".",
    english_hint: "Write {{> {name}}} where it belongs, or delete the file.",
};

/// `{{` without `}}`.
pub static UNCLOSED_TAG: Message = Message {
    code: "unclosed-tag",
    severity: Severity::Error,
    danish: "Her begynder »{{«, men »}}« mangler.",
    danish_hint: "Slut med to krøllede parenteser: {{navn}}.",
    english: "\"{{\" begins here, but \"}}\" is missing.",
    english_hint: "End it with two curly brackets: {{name}}.",
};

/// `{{!--` without `--}}`.
pub static UNCLOSED_COMMENT: Message = Message {
    code: "unclosed-comment",
    severity: Severity::Error,
    danish: "Her begynder en kommentar, som ikke slutter.",
    danish_hint: "Slut kommentaren med --}}.",
    english: "A comment begins here and does not end.",
    english_hint: "End the comment with --}}.",
};

/// `{{#if}}` without `{{/if}}`.
pub static UNCLOSED_BLOCK: Message = Message {
    code: "unclosed-block",
    severity: Severity::Error,
    danish: "Blokken »{name}« begynder her og slutter ikke.",
    danish_hint: "Skriv {{/{name}}} dér, hvor den skal slutte.",
    english: "The block \"{name}\" begins here and does not end.",
    english_hint: "Write {{/{name}}} where it should end.",
};

/// Blocks that cross.
pub static WRONG_CLOSE: Message = Message {
    code: "wrong-close",
    severity: Severity::Error,
    danish: "Her slutter »{name}«, men den sidst begyndte blok er »{open}« på linje {line}.",
    danish_hint: "Den sidst begyndte blok skal slutte først.",
    english: "\"{name}\" ends here, but the last block begun is \"{open}\" on line {line}.",
    english_hint: "The last block begun must end first.",
};

/// `{{/if}}` alone.
pub static CLOSE_WITHOUT_OPEN: Message = Message {
    code: "close-without-open",
    severity: Severity::Error,
    danish: "Her slutter »{name}«, som ikke er begyndt.",
    danish_hint: "Slet linjen, eller skriv {{#{name} …}} dér, hvor blokken begynder.",
    english: "\"{name}\" ends here, but it did not begin.",
    english_hint: "Delete it, or write {{#{name} …}} where the block begins.",
};

/// `{{else}}` alone.
pub static ELSE_OUTSIDE: Message = Message {
    code: "else-outside",
    severity: Severity::Error,
    danish: "»else« står uden for en blok.",
    danish_hint: "»else« hører til mellem {{#if …}} og {{/if}}.",
    english: "\"else\" stands outside of a block.",
    english_hint: "\"else\" belongs between {{#if …}} and {{/if}}.",
};

/// More blocks in each other than any letter needs.
pub static TOO_DEEP: Message = Message {
    code: "too-deep",
    severity: Severity::Error,
    danish: "Der er for mange blokke inden i hinanden.",
    danish_hint: "Højst {limit} er tilladt; flyt noget til en del i dele/.",
    english: "Too many blocks inside each other.",
    english_hint: "At most {limit} are allowed; move something to a part in dele/.",
};

/// Anything else the engine cannot read.
pub static SYNTAX: Message = Message {
    code: "template-syntax",
    severity: Severity::Error,
    danish: "Det, der står mellem »{{« og »}}« her, kan ikke forstås.",
    danish_hint: "Skriv {{navn}}, {{#if navn}} … {{/if}}, {{#each navn}} … {{/each}} eller {{> del}}.",
    english: "What stands between \"{{\" and \"}}\" here cannot be understood.",
    english_hint: "Write {{name}}, {{#if name}} … {{/if}}, {{#each name}} … {{/each}} or {{> part}}.",
};

/// A name that no letter has.
pub static UNKNOWN_NAME: Message = Message {
    code: "unknown-name",
    severity: Severity::Error,
    danish: "Navnet »{name}« findes ikke her.",
    danish_hint: "Her kan stå: {known}.",
    english: "There is no name \"{name}\" here.",
    english_hint: "Possible here: {known}.",
};

/// A name that exists, but outside of the loop it is used in.
pub static OUTER_NAME: Message = Message {
    code: "outer-name",
    severity: Severity::Error,
    danish: "Navnet »{name}« findes ikke her, men uden for løkken.",
    danish_hint: "Skriv {{{path}}}.",
    english: "There is no name \"{name}\" here, but there is one outside of the loop.",
    english_hint: "Write {{{path}}}.",
};

/// A list or group printed as if it were text.
pub static NOT_TEXT: Message = Message {
    code: "not-text",
    severity: Severity::Error,
    danish: "»{name}« er ikke en tekst og kan ikke skrives direkte.",
    danish_hint: "Gå en liste igennem med {{#each {name}}}; vælg i en gruppe med punktum: {{{name}.tekst}}.",
    english: "\"{name}\" is no text and cannot be printed as it is.",
    english_hint: "Go through a list with {{#each {name}}}; choose from a group with a full stop: {{{name}.tekst}}.",
};

/// `{{#each}}` over something that is no list.
pub static NOT_A_LIST: Message = Message {
    code: "not-a-list",
    severity: Severity::Error,
    danish: "»{name}« er ikke en liste, så »each« har intet at gå igennem.",
    danish_hint: "Brug {{#if {name}}}, hvis noget kun skal stå, når der er en værdi.",
    english: "\"{name}\" is no list, so \"each\" has nothing to go through.",
    english_hint: "Use {{#if {name}}} for what should only stand where there is a value.",
};

/// A part that is not in the folder.
pub static UNKNOWN_PART: Message = Message {
    code: "unknown-part",
    severity: Severity::Error,
    danish: "Delen »{name}« findes ikke i dele/.",
    danish_hint: "Delene hedder: {known}.",
    english: "There is no part \"{name}\" in dele/.",
    english_hint: "The parts are: {known}.",
};

/// A block or function nobody knows.
pub static UNKNOWN_WORD: Message = Message {
    code: "unknown-word",
    severity: Severity::Error,
    danish: "»{name}« er ikke et ord, som skabeloner kan bruge på denne måde.",
    danish_hint: "Ordene er: {known}.",
    english: "\"{name}\" is no word that templates can use like this.",
    english_hint: "The words are: {known}.",
};

/// `{{{name}}}`.
pub static RAW_OUTPUT: Message = Message {
    code: "raw-output",
    severity: Severity::Error,
    danish: "Tre krøllede parenteser eller & skriver teksten uden at sikre den, og det er ikke tilladt.",
    danish_hint: "Skriv to: {{navn}}.",
    english: "Three curly brackets or & print text without making it safe, and that is not allowed.",
    english_hint: "Write two: {{name}}.",
};

/// Handlebars that letters do without.
pub static UNSUPPORTED: Message = Message {
    code: "unsupported",
    severity: Severity::Error,
    danish: "Denne skrivemåde bruges ikke i brevenes skabeloner.",
    danish_hint: "Skriv {{navn}}, {{#if navn}} … {{/if}}, {{#each navn}} … {{/each}} eller {{> del}}.",
    english: "This notation is not used in the templates of letters.",
    english_hint: "Write {{name}}, {{#if name}} … {{/if}}, {{#each name}} … {{/each}} or {{> part}}.",
};

/// A part that leads back to itself.
pub static CALLS_ITSELF: Message = Message {
    code: "calls-itself",
    severity: Severity::Error,
    danish: "Delen »{name}« kalder sig selv, direkte eller gennem en anden del.",
    danish_hint: "Følg rækken: {path}.",
    english: "The part \"{name}\" calls itself, directly or through another part.",
    english_hint: "Follow the chain: {path}.",
};

/// The sample letter could not be made.
pub static SAMPLE_FAILED: Message = Message {
    code: "sample-failed",
    severity: Severity::Error,
    danish: "Prøvebrevet kan ikke skrives: {error}.",
    danish_hint: "",
    english: "The sample letter cannot be written: {error}.",
    english_hint: "",
};

/// A sentence missing from the sample letter.
pub static LOST_QUOTE: Message = Message {
    code: "lost-quote",
    severity: Severity::Error,
    danish: "Prøvebrevet mangler en sætning, der skulle have stået ord for ord.",
    danish_hint: "Se efter, at {{tekst}} står i både lister og afsnit, under historier og under punkter.",
    english: "The sample letter lacks a sentence that should stand in it word for word.",
    english_hint: "Check that {{tekst}} stands in lists and paragraphs, under stories and under items.",
};

/// A gap without its mark.
pub static LOST_GAP: Message = Message {
    code: "lost-gap",
    severity: Severity::Error,
    danish: "Prøvebrevet viser ikke med […], at noget er sprunget over.",
    danish_hint: "Skriv {{#if spring}}[…] {{/if}} foran {{#each led}}{{tekst}}{{/each}}.",
    english: "The sample letter does not show by […] that something is left out.",
    english_hint: "Write {{#if spring}}[…] {{/if}} before {{#each led}}{{tekst}}{{/each}}.",
};

/// A title of an agenda is not shown.
pub static LOST_TITLE: Message = Message {
    code: "lost-title",
    severity: Severity::Error,
    danish: "Prøvebrevet viser ikke alle punkternes titler.",
    danish_hint: "Skriv {{#each punkter}}{{titel}}{{/each}}.",
    english: "The sample letter does not show the titles of all items.",
    english_hint: "Write {{#each punkter}}{{titel}}{{/each}}.",
};

/// The employee side's remarks are not mentioned.
pub static LOST_REMARK: Message = Message {
    code: "lost-remark",
    severity: Severity::Error,
    danish: "Prøvebrevet siger ikke, at medarbejdersiden havde bemærkninger.",
    danish_hint: "Skriv {{#if bemaerkning}}{{bemaerkning}}{{/if}} efter {{> afsnit}}, hvert sted det bruges.",
    english: "The sample letter does not say that the employee side had remarks.",
    english_hint: "Write {{#if bemaerkning}}{{bemaerkning}}{{/if}} after {{> afsnit}}, wherever it is used.",
};

/// The fixed line is missing.
pub static LOST_EXTRACT: Message = Message {
    code: "lost-extract-line",
    severity: Severity::Error,
    danish: "Prøvebrevet siger ikke, at det er et uddrag, og at referatet gælder.",
    danish_hint: "Skriv {{uddrag}} nederst i brevet.",
    english: "The sample letter does not say that it is an extract and that the minutes apply.",
    english_hint: "Write {{uddrag}} at the foot of the letter.",
};

/// No subject.
pub static EMPTY_SUBJECT: Message = Message {
    code: "empty-subject",
    severity: Severity::Error,
    danish: "Emnelinjen bliver tom.",
    danish_hint: "Skriv en linje i brev/emne.hbs, som også gælder, når {{udvalg}} og {{dato}} mangler.",
    english: "The subject line comes out empty.",
    english_hint: "Write a line in brev/emne.hbs that holds without {{udvalg}} and {{dato}} too.",
};

/// HTML that mail programs would cut.
pub static TOO_LARGE: Message = Message {
    code: "letter-too-large",
    severity: Severity::Error,
    danish: "Prøvebrevet fylder {bytes} byte, og postprogrammer klipper breve over {limit} byte af.",
    danish_hint: "Gør stilarket kortere.",
    english: "The sample letter has {bytes} bytes, and mail programs cut letters of more than {limit} bytes.",
    english_hint: "Make the style sheet shorter.",
};
