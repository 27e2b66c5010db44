//! The quick matcher finds what a plain one finds, and never compares each of many with each of many.

use proptest::strategy::Strategy as _;

use super::*;

/// Rules of all kinds over a handful of words, so that random texts are full of hits.
fn dense() -> RuleSet {
    let kinds = [
        "phrases = [\"løn\", \"løn løn\"]\nmax_hits = 3\nunless = [{ phrase = \"ferie\", reach = \"match\" }, { phrase = \"uden løn\", reach = \"match\" }]",
        "phrases = [\"*fri*\", \"ferie\"]\nmax_hits = 2\nunless = [{ phrase = \"MED\", reach = \"clause\" }]",
        "near = { of = [\"løn\"], and = [\"ferie\", \"*fri*\", \"ferie løn\"], within = 3 }\nmax_hits = 4",
        "near = { of = [\"ferie\"], and = [\"løn\", \"@date\"], within = 2, order = \"forward\" }\nscope = \"unit\"",
        "pattern = 'Løn(?:nen)? og'\nreason = \"R\"",
        "pattern = '[0-9]+ (?:timer|dage)'\nreason = \"R\"\nscope = \"unit\"\nunless = [\"løn\"]",
        "pattern = '[a-zæøå]{12,}'\nreason = \"R\"",
        "feature = \"date\"",
        "feature = \"amount\"",
        "feature = \"deadline\"",
        "feature = \"length\"\nat_least = 4",
        "feature = \"decision-verb\"",
        "feature = \"actor-body\"",
        "feature = \"request-to-body\"",
        "combination = { all = [\"r0\"], any = [\"r4\", \"@negation\"], none = [\"r2\"] }",
        "combination = { any = [\"r0\", \"r1\", \"r7\"], at_least = 2 }\nscope = \"unit\"\ninstead_of = [\"r1\"]",
        "phrases = [\"@outcome\", \"@number\"]\ntrial = true",
    ];
    let text: String = kinds
        .iter()
        .enumerate()
        .map(|(number, lines)| rule(&format!("r{number}"), &format!("weight = 1\n{lines}")))
        .chain([rule("leans", "phrases = [\"derfor\"]\nleans = true")])
        .collect();
    rules(&text)
}

/// The same rules, each tried on every sentence.
fn tried_everywhere(set: &RuleSet) -> RuleSet {
    let mut plain = set.clone();
    plain.index.always = (0..plain.order.len()).collect();
    plain
}

fn sentences() -> impl proptest::strategy::Strategy<Value = Vec<String>> {
    let word = proptest::sample::select(vec![
        "løn",
        "Lønnen",
        "LØNNEN og",
        "uden",
        "ferie",
        "ferien",
        "frihed",
        "MED",
        "og",
        "ikke",
        "12 timer",
        "3 DAGE",
        "1. maj",
        "senest",
        "5 mio. kr.",
        "kutymefridagene",
        "drøftede",
        "KommuneMED",
        "beder",
        "lokale MED-udvalg",
        "taget til efterretning",
        "Derfor",
        "tre",
        "afskedigelser\u{17f}",
    ]);
    let gap = proptest::sample::select(vec![" ", " ", " ", ", ", ": ", " – ", "\u{a0}"]);
    let sentence = proptest::collection::vec((word, gap), 0..10)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, gap)| [word, gap]).collect());
    proptest::collection::vec(sentence, 1..4)
}

#[test]
fn patterns_are_found_in_letters_that_only_look_alike() {
    let set = rules(&rule("a", "pattern = 'skole (?:å|k)bner'\nreason = \"R\"\nweight = 1"));
    for text in ["SKOLE ÅBNER", "\u{17f}kole åbner", "s\u{212a}ole \u{212b}bner 🙂", "skole \u{212a}bner"] {
        assert!(found(&set, text).is_some(), "{text}");
    }
}

#[test]
fn a_pair_across_sentences_is_found_from_either_side() {
    let lines = "near = { of = [\"løn\"], and = [\"ferie\"], within = 5 }\nscope = \"unit\"\nweight = 1";
    let set = rules(&(rule("a", lines) + &rule("b", "phrases = [\"derfor\"]\nleans = true")));
    let totals = |texts: &[&str]| -> Vec<i32> {
        score_in(&set, &ItemContext::default(), texts).iter().map(|trace| trace.totals[0]).collect()
    };
    assert_eq!(totals(&["Om løn.", "Derfor ferie."]), [0, 1]);
    assert_eq!(totals(&["Om ferie.", "Derfor løn."]), [0, 1]);
    assert_eq!(totals(&["Om ferie og løn.", "Derfor nu."]), [1, 0]);
}

#[test]
fn a_text_that_repeats_the_words_of_rules_is_read_to_its_end() {
    let set = dense();
    for piece in ["løn ", "ferie løn, ", "løn", "løn- ", "-fri løn- ", "12 timer ", "Lønnen og MED: "] {
        let text = piece.repeat(200_000 / piece.len());
        let mut scorer = Scorer::new(&set);
        let hits = scorer.hits(&ItemContext::default(), &sentence(0, &text));
        assert!(hits.iter().all(|hit| hit.times <= 4));
        let work = scorer.work();
        assert!(work.phrases_tried <= 12 * work.words, "{piece}: {work:?}");
        assert!(work.new_forms <= 8 || piece.contains('-'), "{piece}: {work:?}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_left_out_could_not_have_hit(texts in sentences()) {
        let set = dense();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let quick = score_in(&set, &ItemContext::default(), &texts);
        proptest::prop_assert_eq!(quick, score_in(&tried_everywhere(&set), &ItemContext::default(), &texts));
    }
}
