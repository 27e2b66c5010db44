//! Honest quoting: two true sentences must not make a false one, and no intention is shown as a decision.

use std::collections::BTreeMap;

use med_digest::digest::Audience;
use med_digest::minutes::EntryId;

use crate::support::{House, minutes_of, root};

/// Makes every sentence worth quoting, so that only what binds it can keep it out.
pub const WORTH_QUOTING: &str = r#"
[[rule]]
id = "alt"
label = "Alt"
feature = "length"
at_least = 1
weight = 10
hits = ["Det sker nu."]
misses = ["-"]
"#;

fn house() -> &'static House {
    static HOUSE: std::sync::OnceLock<House> = std::sync::OnceLock::new();
    HOUSE.get_or_init(|| House::open_with(WORTH_QUOTING))
}

/// The lines of a file of examples without comments.
fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("tests/data").join(name)).expect("examples");
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// Minutes with one item that decides this.
fn decision(text: &str) -> String {
    format!(
        "Referat HovedMED\n\nMødedato: 3. marts 2027\n\nPunkt 1: Vilkår på arbejdspladserne\n\nBeslutning\n\n{text}\n"
    )
}

/// What letters of up to so many words quote of a decision.
fn letters_of(text: &str) -> Vec<Vec<String>> {
    let minutes = minutes_of(&decision(text));
    let letter = |words| {
        let audience = Audience { words, least_score: 1, ..house().audiences[0].clone() };
        let items = house().build(&minutes, &audience).digest.items;
        items.into_iter().flat_map(|item| item.sentences).map(|quote| quote.text).collect()
    };
    (1..60).map(letter).collect()
}

/// Whether no letter has one of the two without the other, and some letter has both.
fn always_together(one: &str, other: &str, text: &str) -> bool {
    let has = |letter: &[String], text: &str| letter.iter().any(|quote| quote == text);
    let letters = letters_of(text);
    letters.iter().all(|letter| has(letter, one) == has(letter, other)) && letters.iter().any(|letter| has(letter, one))
}

#[test]
fn a_rule_and_its_restriction_and_the_halves_of_a_contrast_are_never_parted() {
    let pairs = lines("bound-sentences.txt");
    assert!(pairs.len() >= 40);
    let mut parted = Vec::new();
    for pair in &pairs {
        let (one, other) = pair.split_once(" || ").expect("two sentences");
        let minutes = minutes_of(&decision(&format!(
            "Forpersonen fortalte om mødet i foreningen.\n\n{one} {other}\n\nUdvalget vender tilbage til sagen i maj."
        )));
        let own: Vec<&str> =
            minutes.items.iter().flat_map(|item| item.own_entries()).map(|entry| entry.text.as_str()).collect();
        assert!(own.contains(&one) && own.contains(&other), "{own:?}");
        let mut together = 0;
        for audience in &house().audiences {
            for words in 1..60 {
                let audience = Audience { words, least_score: 1, ..audience.clone() };
                let digest = house().build(&minutes, &audience).digest;
                let quoted =
                    |text: &str| digest.items.iter().flat_map(|item| &item.sentences).any(|quote| quote.text == text);
                together += usize::from(quoted(one) && quoted(other));
                if quoted(one) != quoted(other) {
                    parted.push(format!("{words} words: {pair}"));
                    break;
                }
            }
        }
        assert!(together > 0, "never quoted at all: {pair}");
    }
    assert!(parted.is_empty(), "{} parted:\n{}", parted.len(), parted.join("\n"));
}

#[test]
fn a_sentence_between_does_not_part_a_contrast_on_the_same_matter() {
    let (one, other) = ("Akutte besøg hos lægen er med løn.", "Planlagte besøg hos lægen er uden løn.");
    assert!(always_together(one, other, &format!("{one} Det kan være et besøg hos tandlægen. {other}")));
}

#[test]
fn what_goes_against_a_matter_two_sentences_back_leaves_no_promise_between_them_alone() {
    let (promise, limit) = ("Der er gratis kaffe i kantinen.", "Ferien er derimod bundet i juli.");
    assert!(always_together(promise, limit, &format!("Faste kan holde ferie hele året. {promise} {limit}")));
}

#[test]
fn a_limit_that_is_a_whole_sentence_may_stand_alone_but_what_it_limits_may_not() {
    let pairs = [
        (
            "Alle kan få betalt et kursus.",
            "Rejser man inden for et år, skal hele beløbet betales tilbage af egen lomme.",
        ),
        (
            "Alle ansatte kan få gratis psykologhjælp.",
            "Fra den sjette samtale skal resten af forløbet bevilges af HR i forvejen.",
        ),
    ];
    for (promise, limit) in pairs {
        let letters = letters_of(&format!("{promise} {limit}"));
        let has = |letter: &[String], text: &str| letter.iter().any(|quote| quote == text);
        assert!(letters.iter().all(|letter| !has(letter, promise) || has(letter, limit)), "{promise}");
        assert!(letters.iter().any(|letter| has(letter, promise)), "{promise}");
        assert!(letters.iter().any(|letter| has(letter, limit) && !has(letter, promise)), "{limit}");
    }
}

#[test]
fn two_long_matters_side_by_side_are_no_promise_and_limit() {
    let promise = "Alle kan komme med til sommerfesten.";
    let other = "De fem nye ladestandere bag hallen skal efter planen tages i brug i løbet af november, når elnettet er udvidet.";
    let letters = letters_of(&format!("{promise} {other}"));
    assert!(letters.iter().any(|letter| letter == &[promise.to_owned()]), "{letters:?}");
}

#[test]
fn what_stays_as_it_is_is_not_quoted_without_what_restricts_it() {
    let one = "Overenskomstens seniordage røres der ikke ved.";
    let other = "Dog skal ønsket om at få dem som frihed være afgivet senest den 1. oktober.";
    assert!(always_together(one, other, &format!("Enhver kan få sit ønske om frihed drøftet med HR. {one} {other}")));
}

#[test]
fn one_sides_word_is_not_quoted_without_what_the_other_said_against_it() {
    let one = "Medarbejdersiden kunne ikke støtte det.";
    let other = "Omvendt mente chefen, at nattevagterne går glip af undervisning.";
    assert!(always_together(one, other, &format!("De faste nattevagter skal have dagvagter. {one} {other}")));
}

#[test]
fn a_motion_is_quoted_with_who_made_it_and_what_became_of_it_or_not_at_all() {
    let motion = "Ordningen gælder alene medarbejdere i plejen.";
    let all = [
        "Der var stillet følgende ændringsforslag af Venstre:",
        motion,
        "Ændringsforslaget blev forkastet med 12 stemmer imod 35.",
    ];
    let mut whole = 0;
    for quotes in letters_of(&format!("{}\n\nFrokosten flyttes til kl. 12.", all.join("\n\n"))) {
        let found = all.iter().filter(|text| quotes.iter().any(|quote| quote == *text)).count();
        whole += usize::from(found == all.len());
        assert!(!quotes.iter().any(|quote| quote == motion) || found == all.len(), "{quotes:?}");
    }
    assert!(whole > 0);
}

#[test]
fn a_long_row_of_sentences_built_alike_can_still_be_quoted() {
    let row: Vec<String> = ["marts", "april", "maj", "juni", "august", "oktober"]
        .iter()
        .map(|month| format!("Ferie i {month} skal meldes til lederen inden den 1. i samme måned."))
        .collect();
    let quoted = |sentences: &[String]| {
        let minutes = minutes_of(&decision(&sentences.join(" ")));
        let digest = house().build(&minutes, &house().audiences[0]).digest;
        digest.items.iter().map(|item| item.sentences.len()).sum::<usize>()
    };
    assert!(quoted(&row) > 3, "bound together, none of six could be quoted");
    assert_eq!(quoted(&row[..3]), 3);
}

#[test]
fn what_is_not_decided_is_never_shown_as_decided() {
    let mut wrong = Vec::new();
    let mut false_decisions = Vec::new();
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let all = lines("statements.txt");
    assert!(all.len() >= 60);
    for line in &all {
        let (wanted, text) = line.split_once(": ").expect("a kind and a sentence");
        let minutes = minutes_of(&decision(text));
        let id = minutes
            .items
            .iter()
            .flat_map(|item| item.own_entries())
            .find_map(|entry| entry.id)
            .unwrap_or(EntryId { item: minutes.items[0].number, index: 0 });
        let found = house().statement(&minutes, id).unwrap_or_else(|| "ingen".to_owned());
        let count = kinds.entry(wanted.to_owned()).or_default();
        *count = (count.0 + usize::from(found == wanted), count.1 + 1);
        if found != wanted {
            wrong.push(format!("{found} instead of {wanted}: {text}"));
        }
        if found == "besluttet" && wanted != "besluttet" {
            false_decisions.push(text.to_owned());
        }
    }
    println!("kinds of statements right: {kinds:?}\n{}", wrong.join("\n"));
    assert!(false_decisions.is_empty(), "shown as decided: {false_decisions:?}");
    assert!(wrong.len() * 20 <= all.len(), "{} of {} wrong:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
