//! Rules that can be read and do not do what they seem to.

use crate::diagnostic::{Message, Severity};

/// All of these.
pub(super) static ALL: &[&Message] = &[
    &PHRASE_TWICE,
    &PHRASE_INSIDE,
    &EXCEPTION_APART,
    &ALWAYS_SILENCED,
    &OPPOSITE_SIGNS,
    &SAME_PHRASES,
    &WHERE_UNTESTED,
    &HITS_NOTHING,
    &HITS_NEARLY_ALL,
];

/// A phrase that is there twice.
pub static PHRASE_TWICE: Message = Message {
    code: "phrase-twice",
    severity: Severity::Warning,
    danish: "»{phrase}« finder det samme som »{other}«, som allerede står her.",
    danish_hint: "Slet den ene; bøjninger findes af sig selv.",
    english: "\"{phrase}\" finds the same as \"{other}\", which is here already.",
    english_hint: "Delete one of them; inflected forms are found anyway.",
};

/// A phrase that another one finds already.
pub static PHRASE_INSIDE: Message = Message {
    code: "phrase-inside-phrase",
    severity: Severity::Warning,
    danish: "»{phrase}« gør ingen forskel, for »{other}« finder det allerede.",
    danish_hint: "Slet »{phrase}«, eller gør »{other}« snævrere, hvis den finder for meget.",
    english: "\"{phrase}\" makes no difference, since \"{other}\" finds it already.",
    english_hint: "Delete \"{phrase}\", or make \"{other}\" narrower if it finds too much.",
};

/// An exception that shares no word with what it is to silence.
pub static EXCEPTION_APART: Message = Message {
    code: "exception-never-meets",
    severity: Severity::Warning,
    danish: "Undtagelsen »{text}« kan aldrig virke: Den deler intet ord med det, reglen finder.",
    danish_hint: "Med reach = \"match\" skal undtagelsen rumme et af reglens ord. Brug reach = \"clause\" eller \"sentence\", hvis den blot skal stå i nærheden.",
    english: "The exception \"{text}\" can never work: it shares no word with what the rule finds.",
    english_hint: "With reach = \"match\" the exception must contain a word of the rule. Use reach = \"clause\" or \"sentence\" if it only has to be near.",
};

/// A phrase in which its exception stands.
pub static ALWAYS_SILENCED: Message = Message {
    code: "always-silenced",
    severity: Severity::Warning,
    danish: "»{phrase}« kan aldrig tælle, for undtagelsen »{text}« gælder altid, når den står der.",
    danish_hint: "Slet den ene, eller gør undtagelsen længere.",
    english: "\"{phrase}\" can never count, since the exception \"{text}\" always applies where it stands.",
    english_hint: "Delete one of them, or make the exception longer.",
};

/// One phrase that adds here and takes there.
pub static OPPOSITE_SIGNS: Message = Message {
    code: "opposite-signs",
    severity: Severity::Warning,
    danish: "»{phrase}« giver {weight} for {audience} her og {other_weight} i reglen »{other}« ({file}, linje {line}).",
    danish_hint: "De ophæver hinanden. Slet frasen det ene sted, eller skriv instead_of = [\"{other}\"].",
    english: "\"{phrase}\" gives {weight} for {audience} here and {other_weight} in the rule \"{other}\" ({file}, line {line}).",
    english_hint: "They cancel each other. Delete the phrase in one of them, or write instead_of = [\"{other}\"].",
};

/// Two rules for the same.
pub static SAME_PHRASES: Message = Message {
    code: "same-phrases",
    severity: Severity::Warning,
    danish: "Reglen »{id}« leder efter det samme som »{other}« ({file}, linje {line}).",
    danish_hint: "Saml dem til én regel med begge vægte lagt sammen.",
    english: "The rule \"{id}\" looks for the same as \"{other}\" ({file}, line {line}).",
    english_hint: "Make one rule of them, with both weights added.",
};

/// A title that no example has.
pub static WHERE_UNTESTED: Message = Message {
    code: "where-untested",
    severity: Severity::Warning,
    danish: "Intet eksempel i »hits« står et sted, hvor »{pattern}« passer.",
    danish_hint: "Skriv et eksempel med {key} = \"…\", så en stavefejl bliver opdaget, eller slet »{pattern}«.",
    english: "No example in \"hits\" stands where \"{pattern}\" fits.",
    english_hint: "Add an example with {key} = \"…\", so that a misspelling is noticed, or delete \"{pattern}\".",
};

/// A rule that finds nothing in the example minutes.
pub static HITS_NOTHING: Message = Message {
    code: "hits-nothing",
    severity: Severity::Warning,
    danish: "Reglen »{id}« rammer ingen af de {sentences} sætninger i eksempelreferaterne.",
    danish_hint: "Se efter, om ordene er dem, man skriver i referater. Er reglen til noget sjældent, så skriv rare = true og grunden i note.",
    english: "The rule \"{id}\" hits none of the {sentences} sentences of the example minutes.",
    english_hint: "Check that its words are those of minutes. If it is for something rare, write rare = true and the reason in note.",
};

/// A rule that finds nearly everything in the example minutes.
pub static HITS_NEARLY_ALL: Message = Message {
    code: "hits-nearly-all",
    severity: Severity::Warning,
    danish: "Reglen »{id}« rammer {hits} af de {sentences} sætninger i eksempelreferaterne.",
    danish_hint: "Så skiller den ikke noget ud. Brug færre eller længere fraser, = foran et ord eller where.",
    english: "The rule \"{id}\" hits {hits} of the {sentences} sentences of the example minutes.",
    english_hint: "So it singles nothing out. Use fewer or longer phrases, = before a word, or where.",
};
