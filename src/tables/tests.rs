//! What a file that is not TOML everywhere still gives, and what is told about it.

use super::*;
use crate::diagnostic::{Language, sort};

fn parsed(text: &str) -> (Table, Vec<Problem>) {
    let mut problems = Vec::new();
    let table = parse(&SourceFile::new("a.toml", text), &mut problems);
    sort(&mut problems);
    (table, problems)
}

/// Code, line and column of all that is told, and what the caret marks.
fn told(text: &str) -> Vec<String> {
    let line = |problem: &Problem| {
        let place = problem.place().unwrap();
        let (line, column) = place.file.line_and_column(place.span.start());
        format!("{} {line}:{column} {}", problem.code(), place.span.of(text))
    };
    parsed(text).1.iter().map(line).collect()
}

#[test]
fn each_mistake_is_told_once_where_it_is() {
    for (text, wanted) in [
        ("a = \"løn\nb = 1\n", "quote-open 1:5 \"løn"),
        ("a = [\"x\", \"løn]\nb = 1\n", "quote-open 1:11 \"løn"),
        ("a = [\"løn, \"ferie\"]\n", "quote-open 1:6 \"løn"),
        ("a = [\"løn, ferie, \"orlov\"]\nb = 1\n", "quote-open 1:6 \"løn, ferie"),
        ("a = \"Han sagde \"ja\" til\"\n", "quote-inside 1:16 \"ja"),
        ("a = [\"x\" \"y\"]\n", "comma-missing 1:10 \"y\""),
        ("a = [\n  \"x\"\n  \"y\",\n]\n", "comma-missing 3:3 \"y\""),
        ("a = [\"x\",, \"y\"]\n", "comma-extra 1:10 ,"),
        ("a = { b = 1 c = 2 }\n", "comma-missing 1:13 c"),
        ("a = [\"x\"\nb = 3\n", "bracket-open 1:5 ["),
        ("a = { b = 1, c = 2\nd = 1\n", "bracket-open 1:5 {"),
        ("a = [\"x\"]]\n", "bracket-extra 1:10 ]"),
        ("weight 3\n", "equals-sign-missing 1:1 weight"),
        ("weight: 3\n", "equals-sign-missing 1:1 weight:"),
        ("label =\nb = 1\n", "value-missing 1:1 label ="),
        ("= 3\n", "key-before-equals-missing 1:1 ="),
        ("vægt = 3\n", "key-letters 1:1 vægt"),
        ("max hits = 2\n", "key-letters 1:1 max hits"),
        ("a = job\n", "quotes-missing 1:5 job"),
        ("a = [løn, ferie]\n", "quotes-missing 1:6 løn"),
        ("a = ja\n", "yes-or-no 1:5 ja"),
        ("a = \"\\d\"\n", "backslash 1:6 \\d"),
        ("a = 1\nb = 2\na = 3\n", "key-twice 3:1 a"),
        ("a = { b = 1, b = 2 }\n", "key-twice-inside 1:14 b"),
        ("a = 3 4\n", "more-behind-value 1:7 4"),
        ("a = 007\n", "value-form 1:5 007"),
        ("[[rule]\na = 1\n", "heading 1:1 [[rule]"),
        ("[rule]]\na = 1\n", "heading 1:1 [rule]]"),
        ("[[rule\na = 1\n", "heading 1:1 [[rule"),
        ("rule]]\na = 1\n", "heading 1:1 rule]]"),
        ("[rule]\na = 1\n[rule]\na = 2\n", "table-twice 3:1 [rule]"),
        ("a = 1\nog noget mere\n", "equals-sign-missing 2:1 og"),
        ("a = [\"x\"],\n", "more-behind-value 1:10 ,"),
    ] {
        assert_eq!(told(text), [wanted], "{text}");
    }
}

#[test]
fn several_mistakes_in_one_file_are_told_in_one_run_without_noise() {
    let text = "\
[[rule]]
id = \"a
phrases = [\"løn\" \"ferie\" \"orlov\"]
weight = 3

[[rule]]
id = \"b\"
phrases = [\"løn\", \"ferie\"
weight = to

[[rule]
id = \"c\"
weight = 1
weight = 2

[[rule]]
id = \"d\"
";
    let codes: Vec<String> = told(text).iter().map(|line| line.rsplit_once(' ').unwrap().0.to_owned()).collect();
    assert_eq!(
        codes,
        [
            "quote-open 2:6",
            "comma-missing 3:18",
            "comma-missing 3:26",
            "bracket-open 8:11",
            "quotes-missing 9:10",
            "heading 11:1",
            "key-twice 14:1"
        ]
    );
    let (table, _) = parsed(text);
    let Some(Node::Array(rules)) = table.get("rule") else { panic!("{table:?}") };
    let keys: Vec<Vec<&str>> = rules
        .value
        .iter()
        .map(|rule| match rule {
            Node::Table(table) => table.entries.iter().map(|(key, _)| key.value.as_str()).collect(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(keys, [vec!["phrases", "weight"], vec!["id"], vec!["id", "weight"], vec!["id"]]);
    let Some(Node::Table(first)) = rules.value.first() else { panic!() };
    let Some(Node::Array(phrases)) = first.get("phrases") else { panic!() };
    assert_eq!(phrases.value.len(), 3, "after a missing comma the list is still read");
}

#[test]
fn tables_inside_tables_are_put_where_they_belong() {
    let text = "[mail]\nfrom = \"a\"\n[mail.smtp]\nhost = x\nport = 1\n[[committee]]\nid = \"a\"\n[[committee.list]]\nb = 1\n[[committee.list]]\nb = 2\n[[committee]]\nid = \"c\"\n";
    let (table, problems) = parsed(text);
    assert_eq!(problems.len(), 1);
    let Some(Node::Table(mail)) = table.get("mail") else { panic!() };
    let Some(Node::Table(smtp)) = mail.get("smtp") else { panic!() };
    assert!(smtp.get("port").is_some() && smtp.broken);
    let Some(Node::Array(committees)) = table.get("committee") else { panic!() };
    let Some(Node::Table(first)) = committees.value.first() else { panic!() };
    let Some(Node::Array(lists)) = first.get("list") else { panic!() };
    assert_eq!((committees.value.len(), lists.value.len()), (2, 2));
}

#[test]
fn a_file_as_word_saves_it_reads_like_the_plain_one_with_true_places() {
    let plain = "[[rule]]\nid = \"a\"\nphrases = [\"uden løn\", '\\d']\nweight = -3\ntrial = true\n";
    let word =
        "\u{feff}[[rule]]\r\nid = “a”\r\nphrases\u{a0}= [”uden\u{a0}løn”, ‘\\d’]\r\nweight = –3\r\ntrial = True\r\n";
    let shown = |text: &str| {
        let (table, problems) = parsed(text.trim_start_matches('\u{feff}'));
        assert!(problems.is_empty(), "{problems:?}");
        let Some(Node::Array(rules)) = table.get("rule") else { panic!() };
        let Some(Node::Table(rule)) = rules.value.first() else { panic!() };
        rule.entries
            .iter()
            .map(|(key, node)| match node {
                Node::String(text) => format!("{}={}", key.value, text.value),
                Node::Integer(number) => format!("{}={}", key.value, number.value),
                Node::Boolean(yes) => format!("{}={}", key.value, yes.value),
                Node::Array(list) => format!("{}={}", key.value, list.value.len()),
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(word), shown(plain));
    assert_eq!(told("a = “løn”\r\nb = ”ferie” x\r\n"), ["more-behind-value 2:13 x"]);
    assert_eq!(told("a = 1\rb = “løn\rc = 2\r"), ["quote-open 2:5 “løn"]);
}

#[test]
fn every_encoding_of_an_editor_gives_the_same_table() {
    let text = "[[rule]]\nid = \"løn\"\n";
    let utf16 = |little: bool| -> Vec<u8> {
        let units = Some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let western: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for (bytes, codes) in [
        (text.as_bytes().to_vec(), vec![]),
        (marked, vec![]),
        (utf16(true), vec![]),
        (utf16(false), vec![]),
        (western, vec!["windows-1252"]),
    ] {
        let mut problems = Vec::new();
        let file = super::text(Path::new("a.toml"), &bytes, &mut problems).unwrap();
        assert_eq!(file.text(), text);
        assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), codes);
        if let Some(problem) = problems.first() {
            assert!(problem.to_terminal(Language::Danish).contains("a.toml:2:8"), "it shows the first doubtful letter");
        }
    }
}

#[test]
fn a_document_under_the_name_of_a_text_file_is_told_in_one_sentence() {
    for (bytes, words) in [
        (&b"PK\x03\x04rest"[..], "Word- eller Excel-dokument"),
        (b"{\\rtf1", "RTF-dokument"),
        (b"%PDF-1.7", "PDF-fil"),
        (b"a = \x00\x01", "byte 5"),
    ] {
        let mut problems = Vec::new();
        assert!(super::text(Path::new("a.toml"), bytes, &mut problems).is_none());
        assert!(problems[0].sentence(Language::Danish).contains(words), "{problems:?}");
        assert_eq!(problems.len(), 1);
    }
}

#[test]
fn locks_and_backups_of_editors_are_nobodys_files() {
    for name in
        ["~$regler.docx", ".regler.toml.swp", "regler.toml~", ".DS_Store", "Thumbs.db", "desktop.ini", "#a.toml#"]
    {
        assert!(is_left_behind(name), "{name}");
    }
    for name in ["regler.toml", "regler.toml.txt", "regler - Kopi.toml"] {
        assert!(!is_left_behind(name), "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[ab=\\[\\]{},\"'“”\\\\ \n\r#0-9.\u{f8}-]{0,80}") {
        let (_, problems) = parsed(&text);
        for problem in problems {
            let _ = problem.to_terminal(Language::Danish);
        }
    }
}
