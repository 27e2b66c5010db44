//! What `digest check` says, in every form, of the shipped files and of broken ones.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{digest, root, stdout};

/// A copy of all that the shipped configuration names.
fn house() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["config.toml", "rules", "templates", "lister", "examples"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// Exit code and standard output of a check.
fn check(folder: &Path, more: &[&str]) -> (i32, String) {
    let config = folder.join("config.toml").display().to_string();
    let arguments = [&["--config", config.as_str(), "check"], more].concat();
    let output = digest(&arguments);
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn rule(id: &str, phrase: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nlabel = \"L\"\nphrases = [\"{phrase}\"]\nweight = 1\nhits = [\"Om **{phrase}**.\"]\nmisses = [\"Nej.\"]\n"
    )
}

#[test]
fn the_shipped_files_are_without_a_word_to_say() {
    let (code, out) = check(root(), &[]);
    assert_eq!(code, 0);
    assert!(out.starts_with("0 fejl, 0 advarsler"), "{out}");
    assert!(out.contains("prøvet på"), "the examples are tried: {out}");
    assert_eq!(check(root(), &["--format", "editor"]), (0, String::new()));
    assert_eq!(check(root(), &["--format", "json"]).1, "[]\n");
}

#[test]
fn an_editor_gets_a_line_for_each_problem_and_two_runs_say_the_same() {
    let house = house();
    let broken = "[[rule]]\nid = \"parkering\nphrases = [\"løn\" \"ferie\"]\nweigth = 3\n";
    fs::write(house.path().join("rules/parkering.toml"), broken).unwrap();
    fs::write(house.path().join("rules/regler.toml.txt"), "").unwrap();
    let (code, out) = check(house.path(), &["--format", "editor"]);
    assert_eq!(code, 1);
    let shown: Vec<&str> = out.lines().map(|line| line.rsplit_once("/rules/").unwrap().1).collect();
    let starts: Vec<String> = shown.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        starts,
        [
            "parkering.toml:2:6: error:",
            "parkering.toml:3:18: error:",
            "parkering.toml:4:1: error:",
            "regler.toml.txt:1:1: error:"
        ]
    );
    assert!(shown[2].contains("Mente du »weight«?") && shown[2].ends_with("[unknown-key]"), "{}", shown[2]);
    assert_eq!(check(house.path(), &["--format", "editor"]).1, out);
    let (_, terminal) = check(house.path(), &[]);
    assert_eq!(check(house.path(), &[]).1, terminal);
    assert!(!terminal.contains('\u{1b}'), "no colours where nobody sees them");
}

#[test]
fn rules_are_tried_on_the_minutes_beside_the_configuration_or_in_a_named_folder() {
    let house = house();
    fs::write(house.path().join("rules/ny.toml"), rule("solformoerkelse", "solformørkelse")).unwrap();
    let (code, out) = check(house.path(), &[]);
    assert_eq!(code, 0, "a warning stops nothing");
    assert!(out.contains("Reglen »solformoerkelse« rammer ingen af de ") && out.contains("rules/ny.toml:1:1"), "{out}");
    let empty = house.path().join("tom");
    fs::create_dir(&empty).unwrap();
    let (_, out) = check(house.path(), &["--minutes", &empty.display().to_string()]);
    assert!(out.starts_with("0 fejl, 0 advarsler"), "without minutes nothing is said of hits: {out}");
    let missing = house.path().join("findes-ikke").display().to_string();
    assert_eq!(check(house.path(), &["--minutes", &missing]).0, 2);
    fs::remove_dir_all(house.path().join("examples")).unwrap();
    assert!(check(house.path(), &[]).1.starts_with("0 fejl, 0 advarsler"));
}

#[test]
fn all_files_are_told_in_one_run_and_in_the_language_of_the_configuration() {
    let house = house();
    let config = house.path().join("config.toml");
    let text = fs::read_to_string(&config).unwrap();
    let text = text.replace("language = \"da\"", "language = \"en\"").replace("words = 200", "words = \"200\"");
    fs::write(&config, text).unwrap();
    fs::write(house.path().join("rules/ny.toml"), "[[rule]\n").unwrap();
    let list = house.path().join("lister/hovedmed-medarbejdere.csv");
    fs::write(&list, fs::read_to_string(&list).unwrap() + "ingen adresse;x\n").unwrap();
    let part = house.path().join("templates/brev/tekst.hbs");
    fs::write(&part, fs::read_to_string(&part).unwrap() + "{{#if}}").unwrap();
    let (code, out) = check(house.path(), &["--format", "editor"]);
    assert_eq!(code, 1);
    for (file, words) in [
        ("config.toml", "must be a whole number"),
        ("rules/ny.toml", "bracket too few or too many"),
        ("lister/hovedmed-medarbejdere.csv", "error:"),
        ("templates/brev/tekst.hbs", "error:"),
    ] {
        assert!(out.lines().any(|line| line.contains(file) && line.contains(words)), "{file}: {out}");
    }
}

#[test]
fn files_of_the_secretarys_desk_are_read_wherever_they_have_one_meaning() {
    let house = house();
    let utf16 = |text: &str| -> Vec<u8> {
        Some(0xFEFF_u16).into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let rewrite = |name: &str, write: &dyn Fn(&str) -> Vec<u8>| {
        let path = house.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, write(&text)).unwrap();
    };
    rewrite("config.toml", &|text| utf16(&text.replace('\n', "\r\n")));
    rewrite("rules/job.toml", &|text| [b"\xEF\xBB\xBF", text.replace('\n', "\r\n").as_bytes()].concat());
    rewrite("rules/grupper.toml", &|text| text.replace('"', "”").replace("= -", "= –").into_bytes());
    rewrite("templates/brev/tekst.hbs", &|text| utf16(&text.replace('\n', "\r\n")));
    rewrite("lister/hovedmed-medarbejdere.csv", &|text| utf16(&("sep=;\r\n".to_owned() + text + ";;\r\n;;\r\n")));
    fs::write(house.path().join("rules/~$regler.docx"), "").unwrap();
    fs::write(house.path().join("templates/Thumbs.db"), "").unwrap();
    let (code, out) = check(house.path(), &[]);
    assert!(code == 0 && out.starts_with("0 fejl, 0 advarsler"), "{out}");
    let (_, plain) = check(root(), &[]);
    assert_eq!(out.lines().last(), plain.lines().last(), "as many rules and recipients as before");
}

const SCHEMAS: [(&str, &str); 8] = [
    ("rules", "regler"),
    ("config", "config"),
    ("lists", "ordlister"),
    ("inflection", "boejning"),
    ("names", "navne"),
    ("sentences", "saetninger"),
    ("dialect", "referater"),
    ("earlier", "tidligere-referater"),
];

fn schema_file(name: &str) -> PathBuf {
    root().join("rules/skema").join(format!("{name}.schema.json"))
}

#[test]
fn the_shipped_schemas_are_what_the_program_generates() {
    for (argument, name) in SCHEMAS {
        let shipped = fs::read_to_string(schema_file(name)).unwrap();
        let generated = stdout(&["schema", argument]);
        assert!(shipped == generated, "rules/skema/{name}.schema.json: write »digest schema {argument}« into it");
    }
}

/// The files that editors help with, each with its schema.
fn files_with_schema() -> Vec<(PathBuf, &'static str)> {
    let mut files = vec![(root().join("config.toml"), "rules/skema/config.schema.json")];
    for entry in fs::read_dir(root().join("rules")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((path, "skema/regler.schema.json"));
        }
    }
    for (name, schema) in [
        ("sprog/ordlister", "../skema/ordlister.schema.json"),
        ("sprog/boejning", "../skema/boejning.schema.json"),
        ("sprog/navne", "../skema/navne.schema.json"),
        ("sprog/saetninger", "../skema/saetninger.schema.json"),
        ("dialekt/referater", "../skema/referater.schema.json"),
        ("dialekt/tidligere-referater", "../skema/tidligere-referater.schema.json"),
    ] {
        files.push((root().join("rules").join(format!("{name}.toml")), schema));
    }
    files
}

#[test]
fn every_shipped_file_names_its_schema_in_its_first_line_and_follows_it() {
    for (path, name) in files_with_schema() {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().next(), Some(format!("#:schema {name}").as_str()), "{}", path.display());
        let schema = path.parent().unwrap().join(name);
        let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
        let value: Value = toml::from_str(&text).unwrap();
        let mut faults = Vec::new();
        validate(&schema, &value, "", &mut faults);
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}

#[test]
fn a_schema_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema_file("regler")).unwrap()).unwrap();
    let good = rule("a", "løn");
    for (from, to) in [
        ("weight = 1", "weigth = 1"),
        ("weight = 1", "weight = 11"),
        ("weight = 1", "weight = 1\nscope = \"unti\""),
        ("weight = 1", "weight = 1\nfeature = \"date\""),
        ("label = \"L\"", ""),
        ("label = \"L\"", "label = 3"),
        ("weight = 1", "weight = 1\nwhere = { items = [\"x\"] }"),
    ] {
        let mut faults = Vec::new();
        validate(&schema, &toml::from_str(&good).unwrap(), "", &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        validate(&schema, &toml::from_str(&good.replace(from, to)).unwrap(), "", &mut faults);
        assert!(!faults.is_empty(), "{to}");
    }
}

#[test]
fn the_task_of_the_guide_understands_what_is_printed_for_editors() {
    let guide = fs::read_to_string(root().join("docs/regler.md")).unwrap();
    let task = guide.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let task: Value = serde_json::from_str(task).unwrap();
    let pattern = &task["tasks"][0]["problemMatcher"]["pattern"];
    let regexp = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let house = house();
    fs::write(house.path().join("rules/ny.toml"), "[[rule]]\nid = ny\n").unwrap();
    let out = check(house.path(), &["--format", "editor"]).1;
    let found = regexp.captures(out.lines().next().unwrap()).unwrap();
    let group = |key: &str| &found[usize::try_from(pattern[key].as_u64().unwrap()).unwrap()];
    assert!(group("file").ends_with("rules/ny.toml"));
    assert_eq!(
        (group("line"), group("column"), group("severity"), group("code")),
        ("2", "6", "error", "quotes-missing")
    );
}

#[test]
fn the_guide_explains_every_key_of_a_rule_file() {
    let guide = fs::read_to_string(root().join("docs/regler.md")).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "rules"])).unwrap();
    let mut keys = Vec::new();
    collect_keys(&schema, &mut keys);
    assert!(keys.len() > 40);
    for key in keys {
        assert!(guide.contains(&format!("`{key}")) || guide.contains(&format!("{key} =")), "{key}");
    }
}

fn collect_keys(schema: &Value, keys: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| collect_keys(value, keys));
        }
        Value::Array(all) => all.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

/// As much of JSON Schema as our schemas use; a whole validator would be a large dependency for one test.
fn validate(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let matches = |schema: &Value| {
        let mut inner = Vec::new();
        validate(schema, value, at, &mut inner);
        inner.is_empty()
    };
    for (key, rule) in schema.as_object().unwrap() {
        let sound = match key.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "boolean" => value.is_boolean(),
                other => panic!("{other}"),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
            "maximum" => value.as_i64().is_none_or(|number| number <= rule.as_i64().unwrap()),
            "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
            "required" => value
                .as_object()
                .is_none_or(|map| rule.as_array().unwrap().iter().all(|name| map.contains_key(name.as_str().unwrap()))),
            "anyOf" => rule.as_array().unwrap().iter().any(matches),
            "oneOf" => rule.as_array().unwrap().iter().filter(|schema| matches(schema)).count() == 1,
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    validate(rule, item, &format!("{at}[{index}]"), faults);
                }
                true
            }
            "properties" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = rule.get(name) {
                        validate(schema, inner, &format!("{at}.{name}"), faults);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                let mut others = value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                match rule {
                    Value::Bool(allowed) => *allowed || others.next().is_none(),
                    schema => others.all(|(_, inner)| {
                        let mut found = Vec::new();
                        validate(schema, inner, at, &mut found);
                        found.is_empty()
                    }),
                }
            }
            other => panic!("{other}"),
        };
        if !sound {
            faults.push(format!("{at}: {key} {rule}"));
        }
    }
}
