//! Words: which forms count as one word, measured on the regular paradigms of a word list.

use std::collections::BTreeSet;
use std::path::Path;

use med_digest::language::lexicon::Lexicon;

/// Endings that, where a word takes all of them, make forms of that word; how many of a thousand words may fail; and
/// whether the last consonant is doubled first ("budget", "budgettet").
const PARADIGMS: [(&[&str], usize, bool); 12] = [
    (&["en", "er", "erne", "ens", "ernes"], 5, false),
    (&["n", "r", "rne", "ns"], 15, false),
    (&["et", "er", "erne", "ets"], 5, false),
    (&["et", "ene", "ets"], 5, false),
    (&["en", "e", "ene", "ens"], 15, false),
    (&["en", "e", "ne", "ens"], 15, false),
    (&["r", "de", "t", "s"], 15, false),
    (&["r", "s"], 15, false),
    (&["en", "er", "erne"], 5, true),
    (&["et", "er", "erne"], 5, true),
    (&["et", "ene", "ets"], 5, true),
    (&["en", "e", "ene"], 5, true),
];

#[test]
fn the_forms_of_a_regular_word_are_one_word() {
    let path = Path::new("/usr/share/dict/danish");
    let Ok(list) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: the sweep of word forms needs {} (apt-get install wdanish)", path.display());
        return;
    };
    let words: BTreeSet<&str> = list.lines().filter(|word| word.chars().all(char::is_lowercase)).collect();
    let inflection = Lexicon::shipped().inflection;
    for (endings, allowed, doubled) in PARADIGMS {
        let (mut whole, mut apart) = (0, Vec::new());
        for word in words.iter().filter(|word| word.chars().count() >= 4) {
            let last = word.chars().last().filter(|last| doubled && !"aeiouyæøå".contains(*last));
            if doubled && last.is_none() {
                continue;
            }
            let base = word.chars().chain(last).collect::<String>();
            let forms: Vec<String> = endings.iter().map(|ending| format!("{base}{ending}")).collect();
            if forms.iter().any(|form| !words.contains(form.as_str())) {
                continue;
            }
            whole += 1;
            let key = inflection.key(word);
            if let Some(other) = forms.iter().find(|form| inflection.key(form) != key) {
                apart.push(format!("{word}/{other}"));
            }
        }
        println!("{endings:?}, doubled {doubled}: {} of {whole} words fall apart", apart.len());
        assert!(whole > 0 && apart.len() * 1_000 <= whole * allowed, "{} of {whole}: {apart:?}", apart.len());
    }
}

#[test]
fn the_sweep_would_see_forms_that_fall_apart() {
    let inflection = Lexicon::shipped().inflection;
    assert_ne!(inflection.key("kvalitet"), inflection.key("kvantitet"));
    assert_ne!(inflection.key("ledelse"), inflection.key("ledning"));
}
