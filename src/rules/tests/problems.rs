//! All problems of all files in one run, each at its place.

use super::*;

fn codes(text: &str) -> Vec<&'static str> {
    load_files(&[("a.toml", text)]).1.iter().map(Problem::code).collect()
}

/// The whole run as the terminal shows it, without the temporary folder.
fn shown(files: &[(&str, &str)], language: Language) -> String {
    let problems = load_files(files).1;
    let json = crate::diagnostic::to_json(&problems, language);
    let rows = json.as_array().expect("rows").clone();
    rows.iter()
        .map(|row| {
            let file = row["file"].as_str().unwrap_or_default();
            let (folder, name) = file.split_at(file.rfind('/').map_or(0, |slash| slash + 1));
            let name = if name.contains('.') { name } else { "<folder>" };
            format!(
                "{name}:{}:{} {}[{}] {} | {}\n",
                row["line"],
                row["column"],
                row["severity"].as_str().unwrap_or_default(),
                row["code"].as_str().unwrap_or_default(),
                row["message"].as_str().unwrap_or_default().replace(folder, ""),
                row["hint"].as_str().unwrap_or("-")
            )
        })
        .collect()
}

#[test]
fn many_mistakes_are_told_in_one_run_with_their_places() {
    let mistakes = r#"
[[rule]]
id = "Løn Og Ferie"
label = "L"
group = "jbo"
phrases = ["uden løn", "*", "@stilinger"]
weigth = 3
hits = ["Fri **uden løn"]

[[rule]]
id = "b"
label = "L"
near = { of = ["løn"], and = [], within = 0, order = "fremad" }
weight = { stafff = 3, elected = 11 }
hits = ["x"]
misses = ["**y**"]

[[rule]]
id = "b"
label = ""
pattern = "\bløn"
weight = 2.5
max_hits = 0
hits = [1]
misses = ["y"]

[[rule]]
id = "c"
label = "L"
pattern = 'løn(ferie'
reason = "r"
weight = 1
withhold = true
hits = ["x"]
misses = ["y"]

[[rule]]
id = "d"
label = "L"
combination = { all = ["e"], any = ["c", "f"], at_least = 3 }
weight = 1
unless = [{ phrase = "tak", reach = "ord" }, 7]
where = { items = ["x"], outcome = ["godkendt"] }
hits = ["x"]
misses = ["y"]

[[rule]]
id = "e"
label = "L"
combination = { any = ["d"] }
feature = "dato"
hits = ["x"]
misses = ["y"]

[[rule]]
id = "g"
label = "L"
feature = "length"
scope = "unit"
leans = true
hits = ["x"]
misses = ["y"]

[[rule]]
id = "h"
label = "L"
weight = 1
hits = ["x"]
misses = ["y"]

[[group]]
id = "job"
label = "Job"
cap = 1
floor = 2

[[list]]
id = "stillinger"
phrases = ["@stillinger", "="]

[[list]]
id = "negation"
phrases = ["nix"]
"#;
    let files =
        [("a.toml", mistakes), ("b.yaml", ""), ("c.tml", ""), ("d.toml", "[[rule]\nid = 1\n"), ("LÆSMIG.md", "")];
    insta::assert_snapshot!(shown(&files, Language::Danish));
    assert!(load_files(&files).0.is_none());
}

#[test]
fn an_empty_or_missing_folder_is_an_error() {
    assert_eq!(load_files(&[]).1[0].code(), "no-rules");
    let mut problems = Vec::new();
    assert!(load(std::path::Path::new("/no/such/folder"), &audiences(), &mut problems).is_none());
    assert!(problems.iter().any(|problem| problem.code() == "unreadable-file"));
}

#[test]
fn a_missing_audience_and_an_unused_list_are_only_warnings() {
    let text = rule("a", "phrases = [\"løn\"]\nweight = { staff = 1 }") + "[[list]]\nid = \"x\"\nphrases = [\"y\"]\n";
    let (set, problems) = load_files(&[("a.toml", &text)]);
    assert!(set.is_some());
    let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
    assert_eq!(codes, ["audience-missing", "unused-list"]);
}

#[test]
fn an_id_is_used_once_over_all_files_and_the_first_place_is_named() {
    let text = rule("a", "phrases = [\"løn\"]\nweight = 1");
    let problems = load_files(&[("a.toml", &text), ("b.toml", &text)]).1;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].sentence(Language::Danish).contains("a.toml, linje 2"));
}

#[test]
fn combinations_may_not_go_in_circles_and_name_the_circle() {
    let text = rule("a", "combination = { any = [\"b\"] }\nweight = 1")
        + &rule("b", "combination = { any = [\"c\"] }\nhidden = true")
        + &rule("c", "combination = { any = [\"a\"] }\nhidden = true");
    let problems = load_files(&[("a.toml", &text)]).1;
    assert_eq!(problems.len(), 1);
    assert!(problems[0].sentence(Language::English).contains("a → b → c → a"));
}

#[test]
fn a_long_chain_of_combinations_does_not_end_the_program() {
    let mut text = rule("r0", "phrases = [\"løn\"]\nhidden = true");
    for number in 1..3000 {
        text += &rule(&format!("r{number}"), &format!("combination = {{ all = [\"r{}\"] }}\nweight = 1", number - 1));
    }
    assert_eq!(score(&rules(&text), "Om løn").totals, [2999, 2999]);
}

#[test]
fn a_pattern_that_fits_everything_or_is_too_large_is_refused() {
    assert_eq!(codes(&rule("a", "pattern = 'x*'\nreason = \"r\"\nweight = 1")), ["pattern-matches-nothing"]);
    assert_eq!(codes(&rule("a", "pattern = '(\\w{200}){200}'\nreason = \"r\"\nweight = 1")), ["pattern-syntax"]);
    assert_eq!(codes(&rule("a", "pattern = 'løn'\nweight = 1")), ["missing-key"]);
}

#[test]
fn a_pattern_in_which_no_letters_are_certain_is_a_warning() {
    let codes = |pattern: &str| codes(&rule("a", &format!("pattern = '{pattern}'\nreason = \"r\"\nweight = 1")));
    assert_eq!(codes("[0-9]+ [a-zæøå]+"), ["pattern-without-word"]);
    assert_eq!(codes("(?:løn|[a-z]{3}) i"), ["pattern-without-word"; 0]);
    assert_eq!(codes("løn|[a-z]{3}"), ["pattern-without-word"]);
    assert!(codes("[0-9]+ timer").is_empty() && codes("^(?:løn|ferie)[a-z]*$").is_empty());
}

#[test]
fn every_message_is_there_in_both_languages_with_the_same_blanks() {
    let blanks = |text: &str| -> Vec<String> {
        let mut names: Vec<String> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
            .filter(|name| !name.contains(' ') && !name.contains("_da") && !name.contains("_en"))
            .collect();
        names.sort();
        names
    };
    for message in messages::all().chain(crate::language::messages::ALL.iter().copied()) {
        assert!(!message.danish.is_empty() && !message.english.is_empty(), "{}", message.code);
        assert_eq!(message.danish_hint.is_empty(), message.english_hint.is_empty(), "{}", message.code);
        assert_eq!(blanks(message.danish), blanks(message.english), "{}", message.code);
        assert_eq!(blanks(message.danish_hint), blanks(message.english_hint), "{}", message.code);
    }
    let mut codes: Vec<&str> = messages::all().map(|message| message.code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count, "codes are unique");
}
