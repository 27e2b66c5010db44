//! Rules that can be read and do not do what they seem to.

use super::super::{Tally, inspect};
use super::*;

/// Code, line and what the caret marks, of all that `inspect` tells about one file.
fn told(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.toml"), text).expect("a file");
    let mut problems = Vec::new();
    inspect(folder.path(), &audiences(), &mut problems);
    crate::diagnostic::sort(&mut problems);
    let line = |problem: &Problem| {
        let place = problem.place().expect("a place");
        let (line, _) = place.file.line_and_column(place.span.start());
        format!("{} {line} {}", problem.code(), place.span.of(text))
    };
    problems.iter().map(line).collect()
}

fn phrases(list: &str) -> String {
    rule("a", &format!("phrases = [{list}]\nweight = 1"))
}

#[test]
fn a_phrase_that_another_one_finds_already_makes_no_difference() {
    for (list, wanted) in [
        ("\"ret til\", \"har ret til løn\"", "phrase-inside-phrase 6 \"har ret til løn\""),
        ("\"sygefravær*\", \"sygefraværssamtale\"", "phrase-inside-phrase 6 \"sygefraværssamtale\""),
        ("\"*fridag*\", \"feriefridag*\"", "phrase-inside-phrase 6 \"feriefridag*\""),
        ("\"*fridag\", \"feriefridag\"", "phrase-inside-phrase 6 \"feriefridag\""),
        ("\"=ledelsen\", \"ledelse\"", "phrase-inside-phrase 6 \"=ledelsen\""),
        ("\"møde\", \"møderne\"", "phrase-twice 6 \"møderne\""),
        ("\"uden løn\", \"Uden  løn\"", "phrase-twice 6 \"Uden  løn\""),
        ("\"opsige\", \"opsagt\"", "phrase-twice 6 \"opsagt\""),
    ] {
        assert_eq!(told(&phrases(list)), [wanted], "{list}");
    }
}

#[test]
fn a_phrase_that_finds_more_than_the_other_is_left_alone() {
    for list in [
        "\"*sygefravær\", \"sygefraværs*\"".to_owned(),
        "\"opsig*\", \"opsige\"".to_owned(),
        "\"=ledelsen\", \"=ledelse\"".to_owned(),
        "\"MED\", \"medarbejder\"".to_owned(),
        "\"løn\", \"lønforhandling\"".to_owned(),
        "\"uden løn\", \"med løn\"".to_owned(),
        "\"syge*dag\", \"sygedag*\"".to_owned(),
    ] {
        let told = told(&phrases(&list));
        assert!(told.is_empty(), "{list}: {told:?}");
    }
}

#[test]
fn a_phrase_of_a_shared_list_is_told_where_it_is_written_and_only_once() {
    let text = rule("a", "phrases = [\"@ord\", \"betalt løn\"]\nweight = 1")
        + &rule("b", "phrases = [\"@ord\", \"ferie\"]\nweight = 2")
        + "[[list]]\nid = \"ord\"\nphrases = [\"løn\", \"med løn\", \"lønnen\"]\n";
    assert_eq!(told(&text), ["phrase-inside-phrase 6 \"betalt løn\"", "phrase-twice 17 \"lønnen\""]);
}

#[test]
fn a_longer_phrase_of_a_pair_is_left_alone_since_it_reaches_further() {
    let near =
        |of: &str| told(&rule("a", &format!("near = {{ of = [{of}], and = [\"ferie\"], within = 3 }}\nweight = 1")));
    assert_eq!(near("\"løn\", \"uden løn\""), [""; 0]);
    assert_eq!(near("\"løn*\", \"lønforhandling\""), ["phrase-inside-phrase 6 \"lønforhandling\""]);
}

#[test]
fn an_exception_that_must_share_a_word_and_has_none_to_share_never_works() {
    let with =
        |unless: &str| told(&rule("a", &format!("phrases = [\"fri*\", \"ferie\"]\nweight = 1\nunless = {unless}")));
    assert_eq!(with("[{ phrase = \"på arbejde\", reach = \"match\" }]"), ["exception-never-meets 8 \"på arbejde\""]);
    assert_eq!(with("[{ phrase = \"fri adgang\", reach = \"match\" }]"), [""; 0]);
    assert_eq!(with("[{ phrase = \"friheden er\", reach = \"match\" }]"), [""; 0]);
    assert_eq!(with("[{ phrase = \"på arbejde\", reach = \"clause\" }, \"skolen\"]"), [""; 0]);
    assert_eq!(with("[{ phrase = \"@amount\", reach = \"match\" }]"), [""; 0]);
}

#[test]
fn a_phrase_in_which_its_exception_stands_never_counts() {
    let text = rule("a", "phrases = [\"uden løn\", \"ferie\"]\nweight = 1\nunless = [\"løn\"]");
    assert_eq!(told(&text), ["always-silenced 6 \"uden løn\""]);
    let text = rule("a", "phrases = [\"løn\"]\nweight = 1\nunless = [\"uden løn\"]");
    assert_eq!(told(&text), [""; 0]);
}

#[test]
fn one_phrase_with_a_plus_here_and_a_minus_there_is_told_with_both_rules() {
    let two = |one: &str, other: &str| told(&(rule("a", one) + &rule("b", other)));
    let minus = "phrases = [\"lønnen\", \"pension\"]\nweight = -2";
    assert_eq!(two("phrases = [\"løn\"]\nweight = 3", minus), ["opposite-signs 13 \"lønnen\""]);
    assert_eq!(
        two("phrases = [\"løn\"]\nweight = { staff = 3, elected = 0 }", minus),
        ["opposite-signs 13 \"lønnen\""]
    );
    // On purpose: only in some items, or in place of the other.
    let hits = "hits = [{ item = \"Budget\", text = \"x\" }]";
    let limited = minus.to_owned() + "\nwhere = { item = [\"Budget\"] }";
    let limited = rule("b", &limited).replace("hits = [\"x\"]", hits);
    assert_eq!(told(&(rule("a", "phrases = [\"løn\"]\nweight = 3") + &limited)), [""; 0]);
    let instead = minus.to_owned() + "\ninstead_of = [\"a\"]";
    assert_eq!(two("phrases = [\"løn\"]\nweight = 3", &instead), [""; 0]);
    assert_eq!(two("phrases = [\"løn\"]\nweight = 3\nenabled = false", minus), [""; 0]);
}

#[test]
fn two_rules_that_look_for_the_same_are_told_once() {
    let text = rule("a", "phrases = [\"løn\", \"ferie\"]\nweight = 3")
        + &rule("b", "phrases = [\"ferien\", \"lønnen\"]\nweight = -1");
    let told = told(&text);
    assert_eq!(told, ["same-phrases 9 \"b\""]);
}

#[test]
fn a_title_that_no_example_has_is_told() {
    let text = rule(
        "a",
        "phrases = [\"løn\"]\nweight = 3\nwhere = { item = [\"*budget*\", \"*bugdet*\"], committee = [\"*MED\"] }",
    )
    .replace("hits = [\"x\"]", "hits = [{ item = \"Budget 2026\", committee = \"HovedMED\", text = \"x\" }]");
    assert_eq!(told(&text), ["where-untested 8 \"*bugdet*\""]);
}

#[test]
fn a_rule_that_finds_nothing_or_nearly_all_in_the_minutes_is_told_with_their_number() {
    let text = rule("alt", "phrases = [\"udvalget\"]\nweight = 1")
        + &rule("intet", "phrases = [\"solformørkelse\"]\nweight = 1")
        + &rule("sjaelden", "phrases = [\"måneformørkelse\"]\nweight = 1\nrare = true\nnote = \"Det sker sjældent.\"")
        + &rule("del", "phrases = [\"jordskælv\"]\nhidden = true")
        + &rule("slukket", "phrases = [\"vulkan\"]\nweight = 1\nenabled = false");
    let set = rules(&text);
    let judged = |count: usize| {
        let mut tally = Tally::new(&set);
        let texts: Vec<String> = (0..count).map(|at| format!("Udvalget drøftede sag {at}.")).collect();
        let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
        let traces = score_in(&set, &ItemContext::default(), &refs);
        tally.add(&ScoredMinutes { traces: traces.into_iter().map(|trace| (trace.id, trace)).collect() });
        let mut problems = Vec::new();
        tally.judge(&set, &mut problems);
        problems.iter().map(|problem| problem.sentence(Language::Danish)).collect::<Vec<_>>()
    };
    assert_eq!(
        judged(40),
        [
            "Reglen »alt« rammer 40 af de 40 sætninger i eksempelreferaterne.",
            "Reglen »intet« rammer ingen af de 40 sætninger i eksempelreferaterne."
        ]
    );
    assert!(judged(10).is_empty(), "of a single page nothing follows");
}

#[test]
fn a_rule_for_something_rare_must_say_why() {
    let codes = load_files(&[("a.toml", &rule("a", "phrases = [\"løn\"]\nweight = 1\nrare = true"))]).1;
    assert_eq!(codes.iter().map(Problem::code).collect::<Vec<_>>(), ["missing-key"]);
}
