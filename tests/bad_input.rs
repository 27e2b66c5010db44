//! Everything a user can do wrong: a clear message with place and hint, the right exit code, and the others go on.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{digest, root};

const GOOD: &str = "examples/referat-hovedmed-2026-09-16.txt";

/// Exit code and both outputs.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = digest(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

fn file(folder: &TempDir, name: &str, content: &[u8]) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.display().to_string()
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_go_on() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("findes-ikke.txt").display().to_string();
    let directory = folder.path().display().to_string();
    for (path, words) in [
        (missing, "there is no such file"),
        (directory, "this is a folder"),
        (file(&folder, "tom.txt", b" \n\n"), "the file is empty"),
        (file(&folder, "billede.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00"), "binary file"),
        (file(&folder, "arkiv.txt", b"abc\x00def"), "byte 3"),
        (file(&folder, "skadet.txt", b"M\xF8de og \x81"), "byte 8 is 0x81"),
        (file(&folder, "referat.docx", b"PK\x03\x04rest"), "a damaged DOCX file"),
    ] {
        let (code, out, err) = run(&["parse", &path, GOOD]);
        assert_eq!(code, 2, "{path}: {err}");
        assert!(err.contains(words) && err.contains(&path), "{path}: {err}");
        assert!(out.contains("16 items"), "the good file is still read");
    }
}

#[test]
fn windows_1252_is_read_with_a_warning() {
    let folder = TempDir::new().unwrap();
    let text: Vec<u8> = "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: L\u{f8}n\n\nBeslutning\n\nGodkendt.\n"
        .chars()
        .map(|c| c as u8)
        .collect();
    let path = file(&folder, "gammel.txt", &text);
    let (code, out, _) = run(&["parse", &path]);
    assert_eq!(code, 0);
    assert!(out.contains("1. Løn") && out.contains("warning[windows-1252]") && out.contains("line 3"), "{out}");
}

#[test]
fn minutes_without_decisions_or_items_are_held_and_not_an_error() {
    let folder = TempDir::new().unwrap();
    for (name, text, reason) in [
        (
            "a.txt",
            "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Budget\n\nSagsfremstilling\n\nTekst.\n",
            "ikke fundet nogen beslutninger",
        ),
        ("b.txt", "REFERAT HovedMED d. 01-02-2027\n\nIntet.\n", "ikke fundet nogen punkter"),
        ("c.txt", "Indkøbsliste\n\nmælk\n", "ikke læses sikkert nok som et referat"),
        ("d.txt", "REFERAT\n\nPunkt 1: Budget\n\nBeslutning\n\nGodkendt.\n", "hvilket udvalg"),
    ] {
        let path = file(&folder, name, text.as_bytes());
        let (code, out, err) = run(&["preview", "--format", "json", "--audience", "medarbejdere", &path]);
        assert_eq!(code, 0, "{err}");
        let preview: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
        assert_eq!(preview["items"], serde_json::json!([]));
        assert!(preview["held"].to_string().contains(reason), "{}", preview["held"]);
    }
}

#[test]
fn an_unknown_audience_is_named_with_those_that_exist() {
    for command in ["preview", "score"] {
        let (code, _, err) = run(&[command, GOOD, "--audience", "medarbejder"]);
        assert_eq!(code, 2);
        assert!(err.contains("\"medarbejder\"") && err.contains("medarbejdere, tillidsvalgte"), "{err}");
    }
}

#[test]
fn a_missing_configuration_and_unknown_arguments_exit_with_2() {
    let (code, _, err) = run(&["--config", "findes-ikke.toml", "check"]);
    assert!(code == 2 && err.contains("findes-ikke.toml"), "{err}");
    assert_eq!(run(&["preview", "--format", "pdf", GOOD]).0, 2);
    assert_eq!(run(&["digst"]).0, 2);
}

/// A copy of the shipped configuration with one thing changed, beside copies of all it names.
fn broken(change: impl Fn(&Path)) -> (i32, String) {
    let folder = TempDir::new().unwrap();
    for name in ["config.toml", "rules", "templates", "lister", "examples"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    change(folder.path());
    let config = folder.path().join("config.toml").display().to_string();
    let (code, out, err) = run(&["--config", &config, "check"]);
    (code, out + &err)
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

fn replace(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_shipped_files_have_no_problem() {
    let (code, out) = broken(|_| ());
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("0 fejl, 0 advarsler"), "{out}");
}

#[test]
fn every_mistake_of_a_user_is_told_with_place_and_hint() {
    type Change = (&'static str, &'static str, &'static str, &'static [&'static str]);
    let changes: &[Change] = &[
        ("config.toml", "\"0 8 * * Mon-Fri\"", "\"0 8 * * 1-5\"", &["config.toml:122:", "Mon", "^"]),
        ("config.toml", "\"0 8 * * Mon-Fri\"", "\"0 25 * * *\"", &["config.toml:122:", "0-23"]),
        ("config.toml", "med-nyt@solvig.example", "med-nyt.solvig.example", &["config.toml:", "@"]),
        ("config.toml", "environment = \"trial\"", "environment = \"test\"", &["»test«", "production, trial"]),
        ("config.toml", "release = ", "relaese = ", &["»relaese«", "Mente du »release«?"]),
        ("config.toml", "schedule = \"hverdage-kl-8\"", "schedule = \"hverdage\"", &["»hverdage«", "hverdage-kl-8"]),
        ("config.toml", "lister/hovedmed-medarbejdere.csv", "lister/findes-ikke.csv", &["findes-ikke.csv"]),
        (
            "config.toml",
            "names = [\"AfdelingsMED B&U\"]",
            "names = [\"hovedmed\"]",
            &["hovedmed", "afdelingsmed-boern-og-unge"],
        ),
        (
            "config.toml",
            "lister/afdelingsmed-boern-og-unge-medarbejdere.csv",
            "lister/hovedmed-medarbejdere.csv",
            &["egne lister"],
        ),
        ("config.toml", "words = 200", "words = \"200\"", &["»words« skal være et helt tal"]),
        ("rules/job.toml", "label = ", "labl = ", &["rules/job.toml:", "»labl«", "Mente du »label«?"]),
        ("rules/job.toml", "group = \"job\"", "group = \"jb\"", &["»jb«", "job"]),
        ("rules/job.toml", "**afskedigelser**", "**i år**", &["afskedigelser"]),
        (
            "rules/dialekt/tidligere-referater.toml",
            "'\\bunderskrevet\\b'",
            "'\\bunder(skrevet'",
            &["tidligere-referater.toml:", "^"],
        ),
        ("rules/dialekt/tidligere-referater.toml", "[changed]", "[chnged]", &["»chnged«", "Mente du »changed«?"]),
        ("config.toml", "confirmed = [\"5", "confirmed = [\"x", &["SHA-256", "digest confirm"]),
        ("templates/brev/emne.hbs", "{{", "{{ikke_et_navn}} {{", &["emne.hbs:", "ikke_et_navn"]),
    ];
    for (name, from, to, words) in changes {
        let (code, out) = broken(|folder| replace(&folder.join(name), from, to));
        assert_eq!(code, 1, "{name}: {from} → {to}: {out}");
        for word in *words {
            assert!(out.contains(word), "{name}: {from} → {to}: no »{word}« in\n{out}");
        }
    }
}

#[test]
fn a_bad_address_is_told_with_its_line() {
    let (code, out) = broken(|folder| {
        let list = folder.join("lister/afdelingsmed-boern-og-unge-tillidsvalgte.csv");
        let mut bytes = fs::read(&list).unwrap();
        bytes.extend_from_slice(b"Bo Friis;bo.friis solvig.example\r\n");
        fs::write(list, bytes).unwrap();
    });
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("tillidsvalgte.csv:") && out.contains("^"), "{out}");
}

#[test]
fn all_problems_are_told_in_one_run_and_as_json() {
    let folder = TempDir::new().unwrap();
    for name in ["config.toml", "rules", "templates", "lister", "examples"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    replace(&folder.path().join("config.toml"), "environment", "enviroment");
    replace(&folder.path().join("config.toml"), "med-nyt@solvig.example", "med-nyt@solvig");
    replace(&folder.path().join("lister/hovedmed-medarbejdere.csv"), "@", " at ");
    replace(&folder.path().join("rules/job.toml"), "label = ", "labl = ");
    replace(&folder.path().join("templates/brev/emne.hbs"), "{{", "{{ukendt}} {{");
    let config = folder.path().join("config.toml").display().to_string();
    let (code, out, _) = run(&["--config", &config, "check", "--format", "json"]);
    assert_eq!(code, 1);
    let findings: Vec<serde_json::Value> = serde_json::from_str(out.trim()).unwrap();
    for name in ["config.toml", "job.toml", "emne.hbs", "hovedmed-medarbejdere.csv"] {
        let found = findings.iter().find(|finding| finding["file"].as_str().is_some_and(|file| file.ends_with(name)));
        let found = found.unwrap_or_else(|| panic!("nothing on {name} in {out}"));
        assert!(found["line"].as_u64().is_some() && found["column"].as_u64().is_some() && !found["message"].is_null());
    }
}

#[test]
fn the_daemon_does_not_start_with_a_rule_that_fails_its_own_example() {
    let folder = TempDir::new().unwrap();
    for name in ["config.toml", "rules", "templates", "lister", "examples"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    replace(&folder.path().join("rules/job.toml"), "**afskedigelser**", "**i år**");
    let config = folder.path().join("config.toml").display().to_string();
    let (code, _, err) = run(&["--config", &config, "run", "--once", "--now", "--include-existing"]);
    assert!(code == 1 && err.contains("rules/job.toml") && err.contains("afskedigelser"), "{code}: {err}");
    assert!(!folder.path().join("udbakke").exists() && !folder.path().join("state").exists());
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = TempDir::new().unwrap();
    for name in ["config.toml", "rules", "templates", "lister", "examples"] {
        copy(&root().join(name), &folder.path().join(name));
    }
    replace(&folder.path().join("config.toml"), "max_bytes = 100_000_000", "max_bytes = 1000");
    let config = folder.path().join("config.toml").display().to_string();
    let (code, _, err) = run(&["--config", &config, "parse", GOOD]);
    assert!(code == 2 && err.contains("more than intake.max_bytes = 1000"), "{code}: {err}");
}

#[test]
fn a_wrong_address_is_told_with_what_was_written_and_what_one_looks_like() {
    let output = crate::support::digest(&["send", "examples/referat-hovedmed-2026-09-16.txt", "--to", "anna@"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("\"anna@\": it is not a mail address") && told.contains("name@example.com"), "{told}");
}
