//! `digest explain` and `digest preview --explain`: the same trace that the letter was made from, readable.

use serde_json::Value;

use crate::installation::{Installation, at, said};
use crate::support::{digest, json, stdout};

const HOVEDMED: &str = "examples/referat-hovedmed-2026-09-16.txt";

/// One rule of every sort that can miss by one thing, and nothing else.
const RULES: &str = r#"
[[group]]
id = "prøver"
label = "Prøver"
cap = 4

[[rule]]
id = "kantine"
label = "Kantinen"
group = "prøver"
phrases = ["kantine*", "ny frokostordning for alle"]
unless = ["lukket", { phrase = "brand*", reach = "sentence" }]
weight = 3
hits = ["**Kantinen** åbner."]
misses = ["Kantinen er lukket.", "Kantinen har brandøvelse."]

[[rule]]
id = "dyrere"
label = "Noget bliver dyrere"
group = "prøver"
near = { of = ["pris"], and = ["stige"], within = 3, order = "forward" }
weight = 3
hits = ["**Prisen** **stiger**."]
misses = ["Prisen er fast."]

[[rule]]
id = "budget"
label = "Kun under budgettet"
phrases = ["bevilling"]
where = { item = "*budget*", outcome = "approved" }
weight = { medarbejdere = 2, tillidsvalgte = 1 }
hits = [{ item = "Budget 2027", outcome = "approved", text = "Der gives en **bevilling**." }]
misses = ["Der gives en bevilling."]

[[rule]]
id = "dyrere-kantine"
label = "Kantinen bliver dyrere"
combination = { all = ["kantine", "dyrere"], none = ["@question"] }
instead_of = ["kantine"]
weight = 5
hits = ["**Prisen** **stiger** i **kantinen**."]
misses = ["Stiger prisen i kantinen?"]

[[rule]]
id = "ti-ord"
label = "Mindst ti ord"
feature = "length"
at_least = 10
weight = 1
hits = ["En to tre fire fem seks syv otte ni ti."]
misses = ["Kort."]

[[rule]]
id = "på-prøve"
label = "En ny regel"
phrases = ["åbne"]
trial = true
weight = 4
hits = ["Kantinen **åbner**."]
misses = ["Kantinen er lukket."]

[[rule]]
id = "følger-op"
label = "Følger op"
leans = true
phrases = ["det er derfor"]
hits = ["**Det er derfor** godt."]
misses = ["Det er godt."]
"#;

fn small() -> Installation {
    let installation = Installation::shipped();
    for entry in std::fs::read_dir(installation.path("rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::remove_file(path).unwrap();
        }
    }
    installation.write("rules/alt.toml", RULES);
    let checked = installation.digest(&["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    installation
}

fn explain(installation: &Installation, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["explain", "--format", "json", "--audience", "medarbejdere"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    let output = installation.digest(&all);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    serde_json::from_slice::<Value>(&output.stdout).unwrap().as_array().unwrap().clone()
}

/// Rule and reason of each near miss, by the sentences of a text.
fn almost(installation: &Installation, arguments: &[&str]) -> Vec<Vec<(String, String)>> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let misses = |row: Value| {
        let misses = row["almost"].as_array().unwrap().iter();
        misses.map(|miss| (text(&miss["rule"]), text(&miss["reason"]))).collect()
    };
    explain(installation, arguments).into_iter().map(misses).collect()
}

fn has(found: &[(String, String)], rule: &str, words: &str) -> bool {
    found.iter().any(|(id, reason)| id == rule && reason.contains(words))
}

#[test]
fn the_explanation_is_the_score_and_the_verdict_of_the_letter() {
    for audience in ["medarbejdere", "tillidsvalgte"] {
        let scores = json(&["score", HOVEDMED, "--audience", audience, "--format", "json"]).remove(0);
        let scores = scores.as_array().unwrap();
        let placed: Vec<&Value> = scores.iter().filter(|row| row["reason"] != "historie").collect();
        for item in ["6"] {
            let rows = json(&["explain", HOVEDMED, item, "--audience", audience, "--format", "json"]).remove(0);
            for row in rows.as_array().unwrap() {
                let place = placed.iter().position(|score| score["id"] == row["id"]).unwrap();
                let score = placed[place];
                for key in ["score", "kept", "reason", "text"] {
                    assert_eq!(row[key], score[key], "{key} of {}", row["id"]);
                }
                assert_eq!(row["place"], serde_json::json!([place + 1, placed.len()]));
                let named = |hits: &Value| -> Vec<(String, String, String)> {
                    let hits = hits.as_array().unwrap().iter();
                    hits.map(|hit| (hit["rule"].to_string(), hit["state"].to_string(), hit["words"].to_string()))
                        .collect()
                };
                assert_eq!(named(&row["hits"]), named(&score["hits"]));
                let sum: i64 = row["groups"].as_array().unwrap().iter().map(|g| g["counts"].as_i64().unwrap()).sum();
                assert_eq!(row["score"].as_i64().unwrap(), sum);
            }
        }
    }
}

#[test]
fn what_almost_hit_names_the_one_thing_that_was_missing() {
    let wanted = [
        ("Prisen vil på et andet tidspunkt stige.", "dyrere", "6 ord fra hinanden, og reglen tillader 3"),
        ("Nu stiger prisen.", "dyrere", "omvendt rækkefølge"),
        ("Der gives en bevilling.", "budget", "item = *budget*; outcome = approved"),
        ("Kantinen får nye stole.", "dyrere-kantine", "mangler kun: dyrere"),
        ("Vil prisen stige i kantinen?", "dyrere-kantine", "@question"),
        ("Der kommer en ny og billig frokostordning for alle.", "kantine", "»ny frokostordning for alle«"),
        ("En to tre fire fem seks syv otte ni.", "ti-ord", "length er 9, og reglen kræver mindst 10"),
    ];
    let text = wanted.map(|(sentence, ..)| sentence).join(" ");
    let found = almost(&small(), &["--text", &text]);
    assert_eq!(found.len(), wanted.len());
    for ((sentence, rule, words), found) in wanted.into_iter().zip(found) {
        assert!(has(&found, rule, words), "{sentence} {found:?}");
    }
}

#[test]
fn what_is_far_from_hitting_is_not_told() {
    let house = small();
    let far =
        "Prisen er fast i år, og ingen regner med, at den vil ændre sig, før lønnen en dag vil stige. Mødet er aflyst.";
    assert_eq!(almost(&house, &["--text", far]), [[], []]);
    let hit = almost(&house, &["--text", "Der gives en bevilling.", "--item", "Budget 2027"]).remove(0);
    assert!(has(&hit, "budget", "outcome") && !has(&hit, "budget", "item"), "only what does not fit is named");
}

#[test]
fn what_does_not_count_says_why() {
    let house = small();
    let row = explain(&house, &["--text", "Prisen stiger i kantinen, der åbner i maj."]).remove(0);
    let state = |rule: &str| {
        let hit = row["hits"].as_array().unwrap().iter().find(|hit| hit["rule"] == rule).unwrap();
        (hit["state"].as_str().unwrap().to_owned(), hit["by"].clone(), hit["exception_words"].clone())
    };
    assert_eq!(state("kantine"), ("replaced".into(), "dyrere-kantine".into(), Value::Null));
    assert_eq!(state("på-prøve").0, "trial");
    let row = explain(&house, &["--text", "Kantinen holder brandøvelse."]).remove(0);
    let hit = &row["hits"][0];
    assert_eq!((hit["state"].as_str(), hit["by"].as_str()), (Some("silenced"), Some("brand*")));
    assert_eq!(hit["exception_words"], "brandøvelse");
    let told = said(&house.digest(&["explain", "--text", "Kantinen holder brandøvelse."]));
    assert!(told.contains("undtagelsen »brand*« gælder: »brandøvelse«"), "{told}");
}

#[test]
fn the_cap_of_a_group_is_shown_where_it_cuts() {
    let house = small();
    let told = said(&house.digest(&["explain", "--text", "Vil prisen stige i kantinen?"]));
    let line = told.lines().find(|line| line.contains("Prøver") && line.contains("højst")).unwrap_or_default();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["Prøver", "+6", "højst", "+4", "+4"], "{told}");
}

#[test]
fn a_rule_that_asks_for_a_place_alone_is_no_near_miss_everywhere_else() {
    let told = stdout(&["explain", "--text", "Der kommer nye cykler i maj."]);
    assert!(told.contains("Sum") && !told.contains("Gensidig orientering"), "{told}");
}

#[test]
fn a_text_of_ones_own_leans_on_what_is_said_to_stand_before_it() {
    let house = small();
    let text = ["--text", "Det er derfor godt.", "--before", "Kantinen åbner. Prisen er fast."];
    let rows = explain(&house, &text);
    assert_eq!(rows.len(), 1, "what stands before is not explained");
    assert_eq!(
        (&rows[0]["leans"], &rows[0]["id"], &rows[0]["place"]),
        (&Value::Bool(true), &Value::Null, &Value::Null)
    );
}

#[test]
fn a_sentence_is_found_by_id_item_or_words() {
    let rows = |what: &[&str]| {
        let all: Vec<&str> = ["explain", HOVEDMED, "--audience", "medarbejdere", "--format", "json"]
            .into_iter()
            .chain(what.iter().copied())
            .collect();
        json(&all).remove(0)
    };
    let one = rows(&["2/7"]);
    assert_eq!((one.as_array().unwrap().len(), &one[0]["id"]), (1, &"2/7".into()));
    assert_eq!(rows(&["hos læge, tandlæge"])[0]["id"], "2/7");
    assert_eq!(rows(&["planlagte", "fysioterapeut"])[0]["id"], "2/7", "words that stand apart");
    assert!(rows(&["2"]).as_array().unwrap().len() > 10);
    let several = rows(&["reglerne"]);
    assert!(several["matches"].as_array().unwrap().len() > 1);
}

#[test]
fn what_is_not_found_or_never_scored_is_told_with_code_two() {
    let nothing = digest(&["explain", HOVEDMED, "kantinens rundstykker og lægebesøg"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(nothing.stdout.is_empty());
    let told = said(&nothing);
    assert!(told.contains("Ingen sætning") && told.contains("Nærmest er:") && told.contains("lægebesøg"), "{told}");
    for (what, words) in [("99", "intet punkt 99"), ("2/999", "ingen sætning 2/999"), ("2/5", "underoverskrift")] {
        let output = digest(&["explain", HOVEDMED, what]);
        assert!(output.status.code() == Some(2) && said(&output).contains(words), "{what}: {}", said(&output));
    }
}

#[test]
fn the_table_fits_eighty_columns_without_colour_in_either_language() {
    let house = Installation::shipped();
    for (language, words) in [("da", "Ramte"), ("en", "Hit")] {
        house.edit("config.toml", "language = \"da\"", &format!("language = \"{language}\""));
        for item in ["2", "8"] {
            let output = house.digest(&["explain", HOVEDMED, item]);
            let told = String::from_utf8(output.stdout).unwrap();
            assert!(told.contains(words) && !told.contains('\u{1b}'), "{told}");
            let wide: Vec<&str> = told.lines().filter(|line| line.chars().count() > 80).collect();
            assert_eq!(wide, [] as [&str; 0]);
        }
        if language == "da" {
            continue;
        }
        let told = said(&house.digest(&["explain", HOVEDMED, "2/7"]));
        assert!(!told.contains("Ramte") && !told.contains("ikke plads"), "{told}");
    }
}

#[test]
fn a_preview_explains_every_quote_and_changes_nothing_else() {
    let arguments = |format, explain: bool| {
        let mut all = vec!["preview", HOVEDMED, "--audience", "tillidsvalgte", "--format", format];
        all.extend(explain.then_some("--explain"));
        stdout(&all)
    };
    let quotes: usize = json(&["preview", HOVEDMED, "--audience", "tillidsvalgte", "--format", "json"])[0]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["sentences"].as_array().unwrap().len())
        .sum();
    let (plain, explained) = (arguments("html", false), arguments("html", true));
    assert_eq!(explained.matches("<details").count(), quotes);
    let mut rest = String::new();
    for part in explained.split("<details") {
        rest.push_str(part.split_once("</details>\n").map_or(part, |(_, after)| after));
    }
    assert_eq!(rest, plain);
    let (plain, explained) = (arguments("text", false), arguments("text", true));
    assert_eq!(explained.matches("\n      ^ ").count(), quotes);
    let kept: Vec<&str> = explained.lines().filter(|line| !line.starts_with("      ")).collect();
    assert_eq!(kept, plain.lines().collect::<Vec<_>>());
    let preview: Value = serde_json::from_str(&arguments("json", true)).unwrap();
    assert_eq!(preview["explanations"].as_array().unwrap().len(), quotes);
}

#[test]
fn a_letter_that_is_sent_explains_nothing() {
    let refused = digest(&["preview", HOVEDMED, "--format", "eml", "--explain"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    let house = Installation::shipped();
    house.pass(at("2026-09-17T12:00:00+02:00"), true, true);
    let letters = house.letters("");
    assert!(!letters.is_empty());
    for path in letters {
        let letter = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        let read = mail_parser::MessageParser::default().parse(&letter).unwrap();
        let (html, text) = (read.body_html(0).unwrap(), read.body_text(0).unwrap());
        assert!(!html.contains("<details") && !html.contains("score"), "{html}");
        assert!(!text.contains("      ^ ") && !text.contains("score"), "{text}");
    }
}
