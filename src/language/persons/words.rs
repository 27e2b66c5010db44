//! What a word looks like, where only its looks can say whether it is part of a name.
//!
//! These are closed classes and endings of the language and no list that a secretary would add to; names and jobs are in
//! `rules/sprog/navne.toml`.

use std::collections::BTreeSet;

/// Verbs before which a name opens a sentence, where a common noun would have an ending or an article.
pub(super) const NAME_VERBS: &[&str] = &[
    "er",
    "har",
    "holder",
    "går",
    "gik",
    "fik",
    "får",
    "blev",
    "bliver",
    "var",
    "havde",
    "kom",
    "kommer",
    "stopper",
    "stoppede",
    "fratræder",
    "fratrådte",
    "ophører",
    "ophørte",
    "lider",
    "venter",
    "søger",
    "søgte",
    "flytter",
    "flyttede",
    "trapper",
    "vender",
    "vendte",
    "døde",
    "forlader",
    "forlod",
    "begynder",
    "begyndte",
    "starter",
    "startede",
    "tiltræder",
    "tiltrådte",
    "ønsker",
    "skal",
    "vil",
    "rejser",
    "rejste",
    "overgår",
    "overgik",
    "meldte",
    "trak",
    "trækker",
    "afløser",
    "overtager",
    "og",
    "fra",
];

/// Words that open a sentence and are no names: "Da Arvind Menon".
pub(super) const OPENING_WORDS: &[&str] = &[
    "da",
    "siden",
    "mens",
    "selvom",
    "fordi",
    "ifølge",
    "uden",
    "mod",
    "med",
    "også",
    "hverken",
    "både",
    "enten",
    "idet",
    "vedr",
    "mht",
    "ang",
    "trods",
    "pga",
    "ift",
    "jf",
    "under",
    "over",
    "før",
    "grundet",
    "efter",
    "foruden",
    "udover",
    "undtagen",
    "modsat",
    "angående",
    "vedrørende",
    "omkring",
    "såvel",
    "ej",
];

/// Words before a place rather than a person.
pub(super) const PLACE_WORDS: &[&str] =
    &["i", "på", "fra", "til", "ved", "hos", "omkring", "gennem", "under", "over", "mod"];

/// Small words inside the name of a campaign: "Ring til Ruth".
pub(super) const TITLE_WORDS: &[&str] = &["til", "med", "og", "i", "på", "for", "hos", "uden", "mod", "om", "fra"];

/// "Derimod", "Heraf", "Hvormed": here, there or where with a preposition behind it, which no name is made of.
pub(super) fn is_pronominal_adverb(lower: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "ad", "af", "an", "efter", "for", "foran", "fra", "foruden", "hen", "i", "iblandt", "igennem", "imellem",
        "imod", "ind", "inde", "inden", "med", "mod", "næst", "ned", "nede", "om", "omkring", "op", "oppe", "over",
        "på", "til", "ud", "udover", "uden", "under", "ved",
    ];
    ["her", "der", "hvor"]
        .iter()
        .any(|first| lower.strip_prefix(first).is_some_and(|rest| PREPOSITIONS.contains(&rest)))
}

/// A word of a set, also with the -s of the genitive.
pub(super) fn listed_with_genitive(set: &BTreeSet<String>, shown: &str) -> bool {
    let lower = shown.to_lowercase();
    let bare = lower.trim_end_matches(['\'', '’']);
    set.contains(bare) || bare.strip_suffix('s').is_some_and(|bare| set.contains(bare.trim_end_matches(['\'', '’'])))
}

/// "J", "J.P": one or two capitals, each but the last with a point.
pub(super) fn is_initials(shown: &str) -> bool {
    shown.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase)) && shown.len() < 8
}

pub(super) fn is_shouted(shown: &str) -> bool {
    shown.chars().count() > 1 && shown.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// "IT's", "HR's": an abbreviation whose people are named behind it.
pub(super) fn is_genitive_of_abbreviation(shown: &str) -> bool {
    shown.split_once(['\'', '’']).is_some_and(|(stem, ending)| ending == "s" && is_shouted(stem))
}

/// Whether the first word of a sentence has the ending of a common noun.
pub(super) fn looks_common(shown: &str) -> bool {
    ["en", "et", "ne", "er", "ing", "else", "hed", "skab", "tion", "ment", "sk", "ske", "kt", "center", "e"]
        .iter()
        .any(|ending| shown.to_lowercase().ends_with(ending))
}
