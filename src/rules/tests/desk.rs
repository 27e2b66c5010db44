//! Rule files as they come from a secretary's desk, and folders as they look there.

use super::super::inspect;
use super::*;

fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    load_files(files).1.iter().map(Problem::code).collect()
}

fn loaded(bytes: &[u8]) -> (Option<RuleSet>, Vec<&'static str>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("regler.toml"), bytes).expect("a file");
    let mut problems = Vec::new();
    let set = load(folder.path(), &audiences(), &mut problems);
    (set, problems.iter().map(Problem::code).collect())
}

const RULE: &str = "[[rule]]\nid = \"løn\"\nlabel = \"Løn\"\nphrases = [\"uden løn\"]\nweight = -3\nhits = [\"Fri **uden løn**.\"]\nmisses = [\"Nej.\"]\n";

#[test]
fn a_rule_file_as_notepad_word_and_old_programs_save_it_is_the_same_rule() {
    let utf16 = |text: &str| -> Vec<u8> {
        Some(0xFEFF_u16).into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let western: Vec<u8> = RULE.chars().map(|letter| u8::try_from(u32::from(letter)).expect("western")).collect();
    let word = RULE.replace('"', "”").replace("-3", "–3").replace(" = ", "\u{a0}= ").replace('\n', "\r\n");
    for (bytes, warnings) in [
        (RULE.as_bytes().to_vec(), vec![]),
        ([b"\xEF\xBB\xBF", RULE.as_bytes()].concat(), vec![]),
        (RULE.replace('\n', "\r\n").into_bytes(), vec![]),
        (RULE.replace('\n', "\r").into_bytes(), vec![]),
        (utf16(RULE), vec![]),
        (word.clone().into_bytes(), vec![]),
        (utf16(&word), vec![]),
        (western, vec!["windows-1252"]),
    ] {
        let (set, codes) = loaded(&bytes);
        assert_eq!(codes, warnings);
        let set = set.expect("a set");
        assert_eq!(score(&set, "Fri uden løn.").totals, [-3, -3]);
    }
}

#[test]
fn what_has_two_meanings_is_refused_with_one_sentence() {
    for (from, to, code) in [
        ("weight = -3", "weight = 2,5", "weight-type"),
        ("weight = -3", "max_hits = 1.000\nweight = 1", "not-whole"),
        ("weight = -3", "max_hits = \"2\"\nweight = 1", "not-whole"),
        ("label = \"Løn\"", "label = Løn", "quotes-missing"),
    ] {
        let (set, codes) = loaded(RULE.replace(from, to).as_bytes());
        assert!(set.is_none());
        assert_eq!(codes, [code], "{to}");
    }
}

#[test]
fn a_broken_rule_does_not_drag_others_along() {
    let good = rule("b", "phrases = [\"løn\"]\nweight = 1\ngroup = \"g\"");
    let group = "[[group]]\nid = \"g\"\nlabel = \"G\"\n";
    let broken = "[[rule]]\nid = \"a\"\nlabel = \"L\nphrases = [\"ferie\"\nweight = 1\n";
    let text = format!("{broken}{good}{group}");
    assert_eq!(codes(&[("a.toml", &text)]), ["quote-open", "bracket-open"], "nothing is said to be missing");
    // A rule that is built on the broken one still finds its name; one whose name was lost is not said to be unknown.
    let built = rule("c", "combination = { any = [\"a\"] }\nweight = 1");
    assert_eq!(codes(&[("a.toml", &(text.clone() + &built))]), ["quote-open", "bracket-open"]);
    let lost = text.replace("id = \"a\"", "id = \"a");
    assert_eq!(codes(&[("a.toml", &(lost + &built))]), ["quote-open", "quote-open", "bracket-open"]);
}

#[test]
fn the_examples_of_sound_rules_are_run_beside_a_broken_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = rule("a", "phrases = [\"ferie\nweight = 1");
    let text = broken + &rule("b", "phrases = [\"løn\"]\nweight = 1");
    std::fs::write(folder.path().join("a.toml"), text).expect("a file");
    let mut problems = Vec::new();
    let set = inspect(folder.path(), &audiences(), &mut problems).expect("what can be used");
    set.check_examples(&split, &NoHints, &mut problems);
    let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
    assert_eq!(codes, ["quote-open", "example-not-hit"], "the sentence »x« of rule b, not that of rule a");
}

#[test]
fn locks_and_backups_are_passed_over_and_wrong_names_are_told() {
    let text = rule("a", "phrases = [\"løn\"]\nweight = 1");
    let nobodys = ["~$regler.docx", ".a.toml.swp", "a.toml~", ".DS_Store", "Thumbs.db", "desktop.ini"];
    let mut files: Vec<(&str, &str)> = vec![("a.toml", &text)];
    files.extend(nobodys.iter().map(|name| (*name, "")));
    assert_eq!(codes(&files), [""; 0]);
    for (name, code) in [
        ("b.toml.txt", "double-ending"),
        ("b.docx", "other-format"),
        ("b.tml", "unexpected-file"),
        ("b.TOML", "unused-list"),
    ] {
        let list = "[[list]]\nid = \"x\"\nphrases = [\"y\"]\n";
        assert_eq!(codes(&[("a.toml", &text), (name, list)]), [code], "{name}");
    }
}

#[test]
fn a_copy_of_a_file_is_told_once_and_not_rule_by_rule() {
    let text: String =
        ["a", "b", "c"].map(|id| rule(id, "phrases = [\"løn\"]\nweight = 1\nwhere = { stories = true }")).concat();
    for name in ["regler - Kopi.toml", "Kopi af regler.toml", "zz.toml"] {
        let problems = load_files(&[("regler.toml", &text), (name, &text)]).1;
        assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), ["copied-file"], "{name}");
        let shown = problems[0].to_terminal(Language::Danish);
        assert!(shown.contains(name) && shown.contains("regler.toml"), "{shown}");
    }
}

#[test]
fn rules_in_folders_that_are_not_read_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = rule("a", "phrases = [\"løn\"]\nweight = 1");
    std::fs::write(folder.path().join("a.toml"), &text).expect("a file");
    for (inner, name) in
        [("gamle regler", "b.toml"), ("sprog", "ordliste.toml"), ("sprog", "navne.toml.txt"), ("skema", "x.toml")]
    {
        std::fs::create_dir_all(folder.path().join(inner)).expect("a folder");
        std::fs::write(folder.path().join(inner).join(name), &text).expect("a file");
    }
    let mut problems = Vec::new();
    load(folder.path(), &audiences(), &mut problems);
    crate::diagnostic::sort(&mut problems);
    let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
    assert_eq!(codes, ["folder-not-read", "double-ending", "file-not-used"]);
    assert!(problems[2].hint(Language::Danish).expect("a hint").contains("Mente du »ordlister.toml«?"));
}

#[test]
fn a_mistake_in_a_list_is_told_once_and_not_for_every_rule_that_uses_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "[[list]]\nid = \"penge\"\nphrasees = [\"beløb\"]\n\n[[list]]\nid = \"alt\"\nphrases = [\"@penge\"]\n\n";
    let uses = rule("a", "phrases = [\"@penge\"]\nweight = 1") + &rule("b", "phrases = [\"@alt\"]\nweight = 1");
    let text = list.to_owned() + &uses + &rule("c", "phrases = [\"løn\"]\nweight = 1");
    std::fs::write(folder.path().join("a.toml"), text).expect("a file");
    let mut problems = Vec::new();
    let set = inspect(folder.path(), &audiences(), &mut problems).expect("what can be used");
    set.check_examples(&split, &NoHints, &mut problems);
    let codes: Vec<&str> = problems.iter().map(Problem::code).collect();
    assert_eq!(
        codes,
        ["unknown-key", "example-not-hit"],
        "the sentence »x« of rule c, which has nothing to do with it"
    );
}
