//! Examples run through the real way.

use super::*;

/// What is told about the examples of rules with these lines, in English.
fn told(lines: &str) -> Vec<String> {
    let set = rules(&format!("[[rule]]\nid = \"a\"\nlabel = \"L\"\nweight = 1\n{lines}"));
    let mut problems = Vec::new();
    set.check_examples(&split, &NoHints, &mut problems);
    crate::diagnostic::sort(&mut problems);
    problems.iter().map(|problem| problem.to_terminal(Language::Danish)).collect()
}

#[test]
fn good_examples_are_silent() {
    let lines = "phrases = [\"uden løn\"]\nhits = [\"Almindelige lægebesøg er **uden løn**. Tak.\"]\nmisses = [\"Lønsystemet er nyt.\"]";
    assert_eq!(told(lines), [""; 0]);
}

#[test]
fn a_hit_that_misses_marks_that_are_wrong_and_a_miss_that_hits_are_told_with_place() {
    let problems = told(
        "phrases = [\"uden løn\"]\nhits = [\n  \"Fri **med løn**.\",\n  \"Fri **uden** løn.\",\n]\nmisses = [\"Ferie uden løn.\"]",
    );
    assert_eq!(problems.len(), 3, "{problems:#?}");
    insta::assert_snapshot!(problems.join("\n").replace(&first_folder(&problems[0]), ""));
}

/// The temporary folder in the place of a problem.
fn first_folder(told: &str) -> String {
    let place = told.split("--> ").nth(1).expect("a place");
    place.split("a.toml").next().expect("a folder").to_owned()
}

#[test]
fn an_example_may_say_where_it_stands_and_what_it_leans_on() {
    let lines = r#"near = { of = ["@negation"], and = ["masseafskedigelse"], within = 6 }
scope = "unit"
where = { item = ["budget*"] }
hits = [{ item = "Budget 2026", before = "Der gælder særlige regler for masseafskedigelse.", text = "De ventes **ikke** i brug." }]
misses = ["Masseafskedigelse ventes ikke.", { item = "Budget 2026", text = "De ventes ikke i brug." }]"#;
    assert_eq!(told(lines), [""; 0]);
    let without_item = lines.replacen("item = \"Budget 2026\", before", "before", 1);
    assert!(told(&without_item)[0].contains("fordi »where« ikke passer"));
}

#[test]
fn an_exception_without_an_example_is_a_warning() {
    let lines = "phrases = [\"løn\"]\nunless = [\"løn- og personalesystem\", \"uden løn\"]\nhits = [\"Om **løn**\"]\nmisses = [\"Om ferie\", \"Fri uden løn\"]";
    let problems = told(lines);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("advarsel[exception-untested]"), "{}", problems[0]);
}

#[test]
fn features_without_words_need_no_marks() {
    assert_eq!(told("feature = \"question\"\nhits = [\"Hvornår?\"]\nmisses = [\"Nu.\"]"), [""; 0]);
}

#[test]
fn a_rule_file_as_the_documentation_shows_it_is_fine() {
    let text = r#"
[[rule]]
id = "sygedage-uden-loen"
label = "Løn og fravær"
group = "vilkaar"
phrases = ["uden løn", "ret til løn", "egen regning"]
unless = ["løn- og personalesystem"]
weight = { staff = 4, elected = 3 }
hits = ["Almindelige lægebesøg er **uden løn**."]
misses = ["Løn- og personalesystemet blev opdateret.", "Uden løn- og personalesystem er der ingen løn, også uden løn."]

[[rule]]
id = "ingen-afskedigelser"
label = "Ingen afskedigelser"
group = "job"
near = { of = ["@negation"], and = ["@stillinger"], within = 6 }
scope = "unit"
where = { item = ["budget*", "*reduktion*"] }
weight = 5
hits = [{ item = "Budget 2026", before = "Der gælder særlige regler for masseafskedigelse.", text = "De ventes **ikke** i brug." }]
misses = ["Budgettet er ikke vedtaget."]

[[group]]
id = "job"
label = "Job og stillinger"
cap = 8

[[group]]
id = "vilkaar"
label = "Vilkår"

[[list]]
id = "stillinger"
phrases = ["stilling", "*afskedigelse", "*nedlæggelse"]
"#;
    let set = rules(text);
    let mut problems = Vec::new();
    set.check_examples(&split, &NoHints, &mut problems);
    let told: Vec<String> = problems.iter().map(|problem| problem.to_terminal(Language::Danish)).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn an_example_that_asks_for_points_says_how_many_there_are() {
    let lines = "feature = \"points-before\"\nat_least = 6\nhits = [{ before = \"Alle får ferie.\", text = \"Det er nyt.\" }]\nmisses = [\"Det er nyt.\"]";
    let other = "\n[[rule]]\nid = \"b\"\nlabel = \"L\"\nphrases = [\"ferie\"]\nweight = 7\nhits = [\"Ny **ferie**.\"]\nmisses = [\"Nyt hus.\"]";
    assert_eq!(told(&format!("{lines}{other}")), [""; 0]);
    let lowered = told(&format!("{lines}{}", other.replace("= 7", "= 4")));
    assert!(lowered[0].contains("fordi sætningen før har 4 point"), "{lowered:?}");
}
