//! One key for all forms of a word, so that a rule that says "afskedigelse" finds "afskedigelserne".
//!
//! The Danish Snowball stemmer cuts regular endings. It knows no irregular words (opsige, opsagt) and cuts short words
//! to stubs that collide ("sige" to "sig"), so [`Inflection`] adds a table of forms, and words of up to three letters
//! are never cut: they agree exactly or by the table.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::fold_text;

/// Letters up to which a word is compared as it stands.
const SHORT: usize = 3;

/// The stem of a folded word. Words of up to three letters stay as they are; a longer word whose stem is that short gets
/// a mark, so that "sige" is not "sig".
///
/// What the Snowball stemmer leaves apart though it is one word is mended: it takes "-ende" for a participle ("godkende",
/// "godkendt"), keeps the t of past tenses ("oplyse", "oplyst") and the whole "-ede" ("drøfte", "drøftede"), does not know
/// that "regel" becomes "regler", and takes one ending where a word may have two: "kvalitet" lost its "et" and
/// "kvaliteten" kept it. So it is asked again until nothing more goes. Measured over the paradigms of a word list, see
/// `tests/words.rs`.
#[must_use]
pub fn stem(word: &str) -> String {
    if letters(word) <= SHORT {
        return word.to_owned();
    }
    let mut stemmed = infinitive(word).to_owned();
    // Every step makes the word shorter, so this ends.
    loop {
        let next = shorten(&stemmed);
        if next.len() >= stemmed.len() || letters(&next) < SHORT {
            break;
        }
        stemmed = next;
    }
    if letters(&stemmed) <= SHORT { stemmed + "~" } else { stemmed }
}

/// Endings in "-ede" that are no past tense.
const NO_PAST_TENSE: [&str; 20] = [
    "billede", "brede", "sprede", "berede", "frede", "aflede", "udlede", "indlede", "vejlede", "bortlede", "anlede",
    "tilbede", "frabede", "udbede", "tilstede", "udstede", "udrede", "embede", "hundrede", "allerede",
];

/// The word without "-de" where that makes a past tense of it: "drøftede" and "drøftedes" become "drøfte".
fn infinitive(word: &str) -> &str {
    let active = word.strip_suffix('s').filter(|active| active.ends_with("ede")).unwrap_or(word);
    let past = active.strip_suffix("ede").is_some_and(|before| before.contains(is_vowel));
    match active.strip_suffix("de") {
        Some(infinitive) if past && !NO_PAST_TENSE.iter().any(|ending| active.ends_with(ending)) => infinitive,
        _ => word,
    }
}

/// One ending less.
fn shorten(word: &str) -> String {
    let participle = ["endes", "ender", "endte", "endt", "ende"].iter().find_map(|ending| word.strip_suffix(ending));
    let mut stemmed = match participle.filter(|before| letters(before) >= 1) {
        Some(before) => format!("{before}end"),
        None => Stemmer::create(Algorithm::Danish).stem(word).into_owned(),
    };
    if let Some(before) = stemmed.strip_suffix('t')
        && letters(before) > SHORT
        && before.ends_with(|last: char| last.is_alphabetic() && !is_vowel(last))
    {
        stemmed.truncate(before.len());
    }
    if let Some(before) = stemmed.strip_suffix("el")
        && letters(before) >= SHORT
        && before.ends_with(|last: char| last.is_alphabetic() && !is_vowel(last) && last != 'l')
    {
        stemmed = format!("{before}l");
    }
    stemmed
}

fn is_vowel(letter: char) -> bool {
    "aeiouyæøå".contains(letter)
}

fn letters(word: &str) -> usize {
    word.chars().filter(|character| character.is_alphabetic()).count()
}

/// The stemmer with its table of irregular and short words.
#[derive(Clone, Debug, Default)]
pub struct Inflection {
    /// Comparable form of each listed word, to the key of its lemma.
    keys: BTreeMap<String, String>,
    /// Key, to all listed forms.
    forms: BTreeMap<String, Vec<String>>,
}

impl Inflection {
    /// From lists of forms that belong together, the base form first. A form that an earlier list has keeps to it.
    #[must_use]
    pub fn new<F: AsRef<str>>(lists: impl IntoIterator<Item = Vec<F>>) -> Self {
        let mut inflection = Self::default();
        for list in lists {
            let forms: Vec<String> = list.iter().map(|form| comparable(&fold_text(form.as_ref()))).collect();
            let Some(key) = forms.first().map(|lemma| stem(lemma)) else { continue };
            for form in &forms {
                inflection.keys.entry(form.clone()).or_insert_with(|| key.clone());
            }
            inflection.forms.entry(key).or_default().extend(forms);
        }
        inflection
    }

    /// The key of a folded word: two words are forms of one another when their keys are equal. A hanging hyphen stays,
    /// so half a compound only equals the same half.
    #[must_use]
    pub fn key(&self, folded: &str) -> String {
        if folded.starts_with('-') || folded.ends_with('-') {
            return folded.to_owned();
        }
        let word = comparable(folded);
        self.keys.get(&word).cloned().unwrap_or_else(|| stem(&word))
    }

    /// The listed forms of a folded word; empty where the table does not have it.
    #[must_use]
    pub fn forms(&self, folded: &str) -> &[String] {
        self.keys.get(&comparable(folded)).and_then(|key| self.forms.get(key)).map_or(&[], Vec::as_slice)
    }
}

/// The folded word without what spelling leaves open: hyphens inside ("e-mail"), an ending behind an apostrophe
/// ("TR'er"), "aa" for "å".
#[must_use]
pub fn comparable(folded: &str) -> String {
    let whole = match folded.split_once('\'') {
        Some((before, _)) if !before.is_empty() => before,
        _ => folded,
    };
    whole.replace('-', "").replace("aa", "å")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn inflection() -> Inflection {
        Inflection::new([
            vec!["opsige", "opsiger", "opsagde", "opsagt"],
            vec!["løn", "lønnen"],
            vec!["sige", "siger", "sagt"],
        ])
    }

    fn same(left: &str, right: &str) -> bool {
        inflection().key(left) == inflection().key(right)
    }

    #[test]
    fn regular_forms_agree() {
        assert!(same("kutymefridag", "kutymefridagene"));
        assert!(same("afskedigelse", "afskedigelserne"));
        assert!(same("kommune", "kommunens"));
    }

    #[test]
    fn a_word_with_two_endings_loses_both_and_past_tenses_agree() {
        for forms in [
            ["kvalitet", "kvaliteten", "kvaliteterne"],
            ["muligheder", "mulighed", "mulighederne"],
            ["praktikplads", "praktikpladsen", "praktikpladserne"],
            ["driftsbudget", "driftsbudgettet", "driftsbudgetter"],
            ["drøfte", "drøftede", "drøftedes"],
            ["udvide", "udvidede", "udvidet"],
            ["vejlede", "vejledede", "vejledt"],
            ["billede", "billedet", "billederne"],
        ] {
            assert!(forms.iter().all(|form| same(form, forms[0])), "{forms:?}");
        }
    }

    #[test]
    fn irregular_forms_agree_by_the_table_also_with_forms_it_leaves_out() {
        assert!(same("opsige", "opsagt"));
        assert!(same("opsiges", "opsagt"));
        assert!(same("lønnen", "løn"));
    }

    #[test]
    fn short_words_never_agree_by_accident() {
        assert!(!same("sige", "sig"));
        assert!(!same("alle", "al"));
        assert!(!same("ikke", "ik"));
    }

    #[test]
    fn spelling_variants_agree() {
        assert!(same("e-mail", "email"));
        assert!(same("aarhus", "århus"));
        assert!(same("tr'er", "tr"));
    }

    #[test]
    fn half_a_compound_only_equals_the_same_half() {
        assert!(!same("løn-", "løn"));
        assert!(same("løn-", "løn-"));
    }
}
