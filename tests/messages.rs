//! What people read when a file of theirs is wrong: every layer's table of messages, in both languages.
//!
//! The type demands both languages but cannot see an empty text, a value that only one of them shows, or a message that
//! nobody entered in its table, so none of its other tests would look at it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use med_digest::diagnostic::Message;
use med_digest::{clock, config, language, mail, minutes, render, rules, tables, text};

/// Every layer with its messages.
fn layers() -> Vec<(&'static str, Vec<&'static Message>)> {
    vec![
        ("text", text::sentences::messages::ALL.to_vec()),
        ("clock", clock::messages::ALL.to_vec()),
        ("tables", tables::messages::all().collect()),
        ("minutes", minutes::messages::ALL.to_vec()),
        ("confidence", minutes::confidence::messages::ALL.to_vec()),
        ("language", language::messages::ALL.to_vec()),
        ("rules", rules::messages::all().collect()),
        ("render", render::messages::ALL.to_vec()),
        ("mail", mail::messages::ALL.to_vec()),
        ("config", config::messages::ALL.to_vec()),
    ]
}

fn all() -> impl Iterator<Item = (&'static str, &'static Message)> {
    layers().into_iter().flat_map(|(layer, messages)| messages.into_iter().map(move |message| (layer, message)))
}

/// A name in curly brackets, with how many brackets stand before and behind it.
fn bracketed(text: &str) -> Vec<(usize, &str, usize)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('{') {
        let rest = &text[start + 1..];
        let end = rest.find(|letter: char| !(letter.is_ascii_lowercase() || letter == '_')).unwrap_or(rest.len());
        if end > 0 && rest[end..].starts_with('}') {
            let before = text[..=start].chars().rev().take_while(|letter| *letter == '{').count();
            let behind = rest[end..].chars().take_while(|letter| *letter == '}').count();
            found.push((before, &rest[..end], behind));
        }
    }
    found
}

/// What is filled in. `{{name}}` is something to be written in a template; values of one language end in `_da` or `_en`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let filled = bracketed(text).into_iter().filter(|(before, _, behind)| (*before, *behind) != (2, 2));
    filled.map(|(_, name, _)| name.strip_suffix("_da").or(name.strip_suffix("_en")).unwrap_or(name)).collect()
}

fn is_kebab_case(code: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    code.split('-').all(plain)
}

#[test]
fn codes_are_kebab_case_and_mean_one_thing_in_their_layer() {
    for (layer, messages) in layers() {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for message in messages {
            assert!(is_kebab_case(message.code), "{layer}: {}", message.code);
            if let Some(other) = known.insert(message.code, message.danish) {
                panic!("{layer}: {} is both \"{other}\" and \"{}\"", message.code, message.danish);
            }
        }
    }
}

#[test]
fn both_languages_say_something_and_show_the_same_values() {
    for (layer, message) in all() {
        let code = message.code;
        for text in [message.danish, message.english] {
            assert!(!text.trim().is_empty(), "{layer}: {code} is silent in one language");
            assert!(text.ends_with(['.', ':']), "{layer}: {code} does not end like a sentence: {text}");
        }
        assert_eq!(
            message.danish_hint.is_empty(),
            message.english_hint.is_empty(),
            "{layer}: {code} has a hint in one language only"
        );
        assert_eq!(placeholders(message.danish), placeholders(message.english), "{layer}: {code}, sentence");
        assert_eq!(placeholders(message.danish_hint), placeholders(message.english_hint), "{layer}: {code}, hint");
        for text in [message.danish, message.english, message.danish_hint, message.english_hint] {
            assert_eq!(text, text.trim(), "{layer}: {code} has blanks at its ends");
            assert!(!text.contains("  "), "{layer}: {code} has two blanks: {text}");
        }
    }
}

#[test]
fn what_is_to_be_written_in_a_template_is_not_filled_in() {
    for (layer, message) in all() {
        let texts = [message.danish, message.danish_hint, message.english, message.english_hint];
        let filled: BTreeSet<&str> = texts.iter().flat_map(|text| placeholders(text)).collect();
        for (before, name, behind) in texts.iter().flat_map(|text| bracketed(text)) {
            let written = (before, behind) == (2, 2);
            assert!(!written || !filled.contains(name), "{layer}: {}: {{{{{name}}}}} would be filled in", message.code);
        }
    }
}

#[test]
fn every_message_stands_in_the_table_of_its_layer() {
    let told: BTreeSet<&str> = all().map(|(_, message)| message.code).collect();
    let mut number = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(&path).unwrap();
        for line in source.lines().filter_map(|line| line.trim().strip_prefix("code: \"")) {
            let code = line.split('"').next().unwrap();
            assert!(told.contains(code), "{}: \"{code}\" stands in no table", path.display());
            number += 1;
        }
    }
    assert_eq!(number, all().count(), "a message stands in no table, or twice in one");
}

/// The files in which layers keep their messages.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.ancestors().any(|part| part.file_stem().is_some_and(|stem| stem == "messages")) {
            found.push(path);
        }
    }
    found
}
