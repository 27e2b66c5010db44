//! `digest rules`: list, stats, diff, new, and figures on held-out items.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::installation::{Installation, said};
use crate::support::stdout;

const HOVEDMED: &str = "examples/referat-hovedmed-2026-09-16.txt";

fn value(installation: &Installation, arguments: &[&str]) -> Value {
    let output = installation.digest(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The sentences that the letter of an audience quotes.
fn quoted(installation: &Installation, audience: &str) -> BTreeSet<String> {
    let preview = value(installation, &["preview", HOVEDMED, "--audience", audience, "--format", "json"]);
    let items = preview["items"].as_array().unwrap().iter();
    let sentences = items.flat_map(|item| item["sentences"].as_array().unwrap().clone());
    sentences.map(|sentence| sentence["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_list_has_every_rule_and_its_filters_leave_out_the_others() {
    let ids = |arguments: &[&str]| -> Vec<String> {
        let all: Vec<&str> =
            ["rules", "list", "--format", "json"].into_iter().chain(arguments.iter().copied()).collect();
        let rows: Value = serde_json::from_str(&stdout(&all)).unwrap();
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids(&[]);
    let shipped: usize = std::fs::read_dir(crate::support::root().join("rules"))
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .map(|text| text.matches("\n[[rule]]").count())
        .sum();
    assert_eq!(all.len(), shipped);
    let job = ids(&["--group", "job"]);
    assert!(!job.is_empty() && job.len() < all.len());
    let near = ids(&["--group", "job", "--kind", "near"]);
    assert!(!near.is_empty() && near.iter().all(|id| job.contains(id)) && near.len() < job.len());
    assert!(ids(&["privacy.toml", "navngiven"]).contains(&"navngiven-privat".to_owned()));
    assert!(!ids(&["--audience", "medarbejdere"]).contains(&"navngiven-privat".to_owned()));
    let unknown = crate::support::digest(&["rules", "list", "--group", "jobb"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn figures_are_the_same_on_every_run() {
    let house = held_out();
    let arguments = ["rules", "stats", "--labels", "labels/m.jsonl", "--minutes", "m"];
    for format in ["table", "json"] {
        let run = || house.digest(&[&arguments[..], &["--format", format]].concat()).stdout;
        let first = run();
        assert!(!first.is_empty() && first == run());
    }
}

#[test]
fn what_is_lost_without_a_rule_is_what_the_letter_loses_when_it_is_switched_off() {
    let house = Installation::shipped();
    let stats = value(&house, &["rules", "stats", HOVEDMED, "--format", "json"]);
    let rules = stats["rules"].as_array().unwrap();
    let scores = value(&house, &["score", HOVEDMED, "--audience", "medarbejdere", "--format", "json"]);
    let changed = rules.iter().find(|rule| !rule["without"]["medarbejdere"]["leave"].as_array().unwrap().is_empty());
    let rule = changed.expect("some rule matters");
    let id = rule["rule"].as_str().unwrap();
    let hits = scores.as_array().unwrap().iter().filter(|row| {
        row["hits"].as_array().unwrap().iter().any(|hit| hit["rule"] == id && hit["state"] != "silenced")
    });
    assert_eq!(rule["hits"], hits.count());
    let before = quoted(&house, "medarbejdere");
    let file = rule["file"].as_str().unwrap();
    // A list may have the same name.
    let head = format!("[[rule]]\nid = \"{id}\"\n");
    house.edit(file, &head, &format!("{head}enabled = false\n"));
    let after = quoted(&house, "medarbejdere");
    let named = |key: &str| -> BTreeSet<String> {
        let ids = rule["without"]["medarbejdere"][key].as_array().unwrap().iter();
        ids.map(|id| id.as_str().unwrap().rsplit_once(':').unwrap().1.to_owned()).collect()
    };
    assert_eq!(named("leave"), &before - &after);
    assert_eq!(named("enter"), &after - &before);
}

#[test]
fn precision_and_lift_are_those_of_the_labels() {
    let house = held_out();
    let stats = value(&house, &["rules", "stats", "--labels", "labels/m.jsonl", "--minutes", "m", "--format", "json"]);
    assert_eq!(stats["base"]["medarbejdere"], 0.5);
    let rule = stats["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "alle").unwrap();
    assert_eq!((&rule["hits"], &rule["labelled"]), (&2.into(), &2.into()));
    let worth = &rule["worth"]["medarbejdere"];
    assert_eq!((&worth["precision"], &worth["lift"]), (&1.0.into(), &2.0.into()));
    let told = said(&house.digest(&["rules", "stats", "--labels", "labels/m.jsonl", "--minutes", "m"]));
    assert!(told.contains("fitted") && told.contains("HovedMED"), "{told}");
}

/// Four items, each with a good sentence and a dull one. Two good ones have a word in common, the others one each that
/// stands nowhere else.
fn held_out() -> Installation {
    let house = Installation::shipped();
    for entry in std::fs::read_dir(house.path("rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::remove_file(path).unwrap();
        }
    }
    let rule = |id: &str, words: &str, example: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nlabel = \"Prøve\"\nphrases = [{words}]\nweight = 5\nhits = [\"{example}\"]\n\
             misses = [\"Mødet er slut.\"]\n\n"
        )
    };
    let rules = rule("alle", "\"kantine*\"", "**Kantinen** åbner.")
        + &rule("kun-en", "\"rutsjebane*\"", "**Rutsjebanen** åbner.")
        + &rule("flere-ord", "\"svømmehal*\", \"biograf*\"", "**Svømmehallen** åbner.");
    house.write("rules/alt.toml", &rules);
    let good =
        ["Kantinen åbner på mandag.", "Kantinen får ny ovn.", "Rutsjebanen åbner i maj.", "Svømmehallen åbner i juni."];
    let mut minutes = String::from("REFERAT HovedMED d. 10-03-2027\n\nMødedato Onsdag d. 10. marts 2027 kl. 09:00\n");
    let mut labels = String::new();
    for (index, sentence) in good.iter().enumerate() {
        let dull = format!("Udvalget holdt pause nummer {index}.");
        let number = index + 1;
        minutes += &format!("\nPunkt {number}: Emne {number}\n\nBeslutning\n\n{dull}\n\n{sentence}\n");
        for (text, grade) in [(&dull[..], 0), (sentence, 2)] {
            let row = serde_json::json!({"item": number, "text": text, "medarbejdere": grade, "tillidsvalgte": grade});
            labels += &format!("{row}\n");
        }
    }
    house.write("m/m.txt", &minutes);
    house.write("labels/m.jsonl", &labels);
    house
}

#[test]
fn a_rule_that_knows_only_the_held_out_text_has_no_part_in_its_figures() {
    let house = held_out();
    let arguments = ["eval", "labels/m.jsonl", "--minutes", "m", "--folds", "4", "--seeds", "3", "--format", "json"];
    let output = house.digest(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(output.stdout, house.digest(&arguments).stdout, "the same on every run");
    let last = String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned();
    let cross = serde_json::from_str::<Value>(&last).unwrap()["cross_validation"].clone();
    assert_eq!((&cross["items"], &cross["sentences"]), (&4.into(), &8.into()));
    assert_eq!(cross["committees"], serde_json::json!(["HovedMED"]));
    let ndcg = |knowledge: &str| {
        let rows = cross["rows"].as_array().unwrap().iter();
        let mut rows = rows.filter(|row| row["audience"] == "medarbejdere" && row["knowledge"] == knowledge);
        rows.next().unwrap()["nDCG"]["mean"].as_f64().unwrap()
    };
    assert!((ndcg("fitted") - 1.0).abs() < 1e-9);
    // Two of the four items are known to other ones; in the other two, both sentences tie.
    let tie = (1.0 + 1.0 / 3.0_f64.log2()) / 2.0;
    assert!((ndcg("rules") - f64::midpoint(1.0, tie)).abs() < 1e-9, "{}", ndcg("rules"));
}

#[test]
fn a_word_that_only_the_held_out_text_has_counts_for_nothing_by_the_stricter_rule() {
    let house = held_out();
    house.edit("m/m.txt", "Rutsjebanen åbner i maj.", "Biografen åbner i maj.");
    house.edit("labels/m.jsonl", "Rutsjebanen åbner i maj.", "Biografen åbner i maj.");
    let output =
        house.digest(&["eval", "labels/m.jsonl", "--minutes", "m", "--folds", "4", "--seeds", "1", "--format", "json"]);
    let last = String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned();
    let rows = serde_json::from_str::<Value>(&last).unwrap()["cross_validation"]["rows"].clone();
    let ndcg = |knowledge: &str| {
        let mut rows = rows.as_array().unwrap().iter().filter(|row| row["knowledge"] == knowledge);
        rows.next().unwrap()["nDCG"]["mean"].as_f64().unwrap()
    };
    assert!((ndcg("rules") - 1.0).abs() < 1e-9, "the rule hits another item too");
    assert!(ndcg("words") < 0.99, "but not by this word");
}

#[test]
fn folds_that_cannot_be_made_are_refused() {
    let house = held_out();
    for folds in ["1", "5"] {
        let output = house.digest(&["eval", "labels/m.jsonl", "--minutes", "m", "--folds", folds]);
        assert_eq!(output.status.code(), Some(2), "{folds}: {}", said(&output));
    }
}

/// A second copy of the shipped rules.
fn copied(house: &Installation) {
    for entry in walk(&house.path("rules")) {
        let text = std::fs::read_to_string(&entry).unwrap();
        let name = entry.strip_prefix(house.path("rules")).unwrap().to_string_lossy().into_owned();
        house.write(&format!("før/{name}"), &text);
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn equal_rules_make_no_difference_and_it_is_said() {
    let house = Installation::shipped();
    copied(&house);
    house.write(
        "rules/arbejdstid.toml",
        &format!("# En bemærkning.\n{}", { std::fs::read_to_string(house.path("før/arbejdstid.toml")).unwrap() }),
    );
    let output = house.digest(&["rules", "diff", "før"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("Reglerne er ens.") && told.contains("ingen forskel"), "{told}");
}

#[test]
fn the_difference_is_the_sentences_that_enter_and_leave_with_the_rules_that_made_it() {
    let house = Installation::shipped();
    copied(&house);
    let before = quoted(&house, "medarbejdere");
    house.edit(
        "rules/job.toml",
        "weight = { medarbejdere = 6, tillidsvalgte = 5 }\nhits = [\"Der ventes ikke",
        "weight = { medarbejdere = -6, tillidsvalgte = 5 }\nhits = [\"Der ventes ikke",
    );
    house.write("rules/ny.toml", "[[rule]]\nid = \"ny\"\nlabel = \"Ny\"\nphrases = [\"findesikke\"]\nweight = 1\nhits = [\"Det **findesikke** her.\"]\nmisses = [\"Nej.\"]\n");
    let after = quoted(&house, "medarbejdere");
    assert_ne!(before, after);
    let diff = value(&house, &["rules", "diff", "før", HOVEDMED, "--audience", "medarbejdere", "--format", "json"]);
    let edited: Vec<String> = diff["edited"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| format!("{} {} {}", edit["how"], edit["id"], edit["keys"]))
        .collect();
    assert_eq!(edited.len(), 2, "{edited:?}");
    assert!(edited.iter().any(|edit| edit.contains("changed") && edit.contains("weight")), "{edited:?}");
    assert!(edited.iter().any(|edit| edit.contains("added") && edit.contains("\"ny\"")), "{edited:?}");
    let moved = |enters: bool| -> BTreeSet<String> {
        let rows = diff["sentences"].as_array().unwrap().iter().filter(|row| row["enters"] == enters);
        rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(moved(true), &after - &before);
    assert_eq!(moved(false), &before - &after);
    let blamed =
        diff["sentences"].as_array().unwrap().iter().any(|row| row["rules"].to_string().contains("afskedigelser"));
    assert!(blamed, "{diff}");
    let told = said(&house.digest(&["rules", "diff", "før", HOVEDMED, "--audience", "medarbejdere"]));
    assert!(told.contains("− ") && told.contains("ny regel ny") && told.contains("score "), "{told}");
}

#[test]
fn rules_are_compared_with_a_revision_of_their_repository() {
    let house = Installation::shipped();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Anna", "-c", "user.email=anna@solvig.example", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command
            .args(identity)
            .args(arguments)
            .current_dir(house.path(""))
            .output()
            .is_ok_and(|out| out.status.success())
    };
    if !git(&["init", "-q"]) {
        eprintln!("SKIPPED: git is not there, so no revision can be compared");
        return;
    }
    let outside = house.digest(&["rules", "diff", "HEAD"]);
    assert_eq!(outside.status.code(), Some(2), "nothing is committed yet: {}", said(&outside));
    assert!(git(&["add", "rules"]) && git(&["commit", "-qm", "Regler"]));
    assert!(said(&house.digest(&["rules", "diff", "HEAD"])).contains("Reglerne er ens."));
    house.edit("rules/job.toml", "weight = { medarbejdere = 6, tillidsvalgte = 5 }", "weight = 1");
    let told = said(&house.digest(&["rules", "diff", "HEAD"]));
    assert!(told.contains("ændret regel afskedigelser: weight"), "{told}");
    for unknown in ["findes-ikke", "--help-all"] {
        let output = house.digest(&["rules", "diff", "--", unknown]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("hverken en mappe eller en version"), "{}", said(&output));
    }
}

#[test]
fn rules_with_mistakes_cannot_be_compared_and_the_mistakes_are_told() {
    let house = Installation::shipped();
    copied(&house);
    house.write("før/gal.toml", "[[rule]]\nid = \"gal\"\n");
    let output = house.digest(&["rules", "diff", "før"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("gal.toml"), "{}", said(&output));
}

#[test]
fn a_skeleton_of_each_kind_passes_the_check_when_it_is_filled_with_its_samples() {
    let house = Installation::shipped();
    for kind in ["phrases", "near", "pattern", "feature", "combination"] {
        let printed = house.digest(&["rules", "new", &format!("prøve-{kind}"), "--kind", kind]);
        assert_eq!(printed.status.code(), Some(0), "{}", said(&printed));
        house.write(&format!("rules/ny-{kind}.toml"), &String::from_utf8(printed.stdout).unwrap());
    }
    let blank = house.digest(&["check"]);
    assert_eq!(blank.status.code(), Some(1));
    for kind in ["phrases", "near", "pattern", "feature", "combination"] {
        let file = format!("rules/ny-{kind}.toml");
        assert!(said(&blank).contains(&file), "{kind}: a skeleton is no rule before it is filled in");
        let skeleton = std::fs::read_to_string(house.path(&file)).unwrap();
        house.write(&file, &med_digest::rules::skeleton::filled(&skeleton));
    }
    // That the samples of a skeleton stand in no example minutes is no fault of the skeleton.
    let checked = said(&house.digest(&["check", "--format", "editor"]));
    let faults: Vec<&str> =
        checked.lines().filter(|line| line.contains("[") && !line.ends_with("[hits-nothing]")).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_new_rule_is_added_behind_what_stands_in_the_file() {
    let house = Installation::shipped();
    let new = |id: &str, file: &str| house.digest(&["rules", "new", id, "--file", file]);
    let before = std::fs::read_to_string(house.path("rules/job.toml")).unwrap();
    assert_eq!(new("første", "rules/job.toml").status.code(), Some(0));
    let after = std::fs::read_to_string(house.path("rules/job.toml")).unwrap();
    assert!(after.starts_with(&before) && after.contains("id = \"første\""));
    assert_eq!(new("anden", "rules/helt-ny.toml").status.code(), Some(0));
    house.write("rules/windows.toml", "# Ord\r\n");
    assert_eq!(new("tredje", "rules/windows.toml").status.code(), Some(0));
    let windows = std::fs::read_to_string(house.path("rules/windows.toml")).unwrap();
    assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
    for (id, file, words) in [
        ("første", "rules/job.toml", "allerede en regel"),
        ("Min Regel", "rules/job.toml", "Prøv »min-regel«"),
        ("ude", "andet/sted.toml", "skal ligge i mappen"),
        ("ude", "rules/ny.txt", "ende på .toml"),
    ] {
        let output = new(id, file);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    assert_eq!(after, std::fs::read_to_string(house.path("rules/job.toml")).unwrap(), "what is refused writes nothing");
}
