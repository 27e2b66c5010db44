//! Real minutes as DOCX and HTML against their text, where they lie beside the project: same items, same sections, and
//! the sentences of the decisions word for word. They name real people, so nothing of their text stands here.

use serde_json::Value;

use crate::support::{json, shared};

/// The least share of equal decision sentences.
const LEAST: f64 = 0.99;

fn strings<'v>(items: &'v Value, key: &str) -> Vec<&'v Value> {
    items.as_array().unwrap().iter().map(|item| &item[key]).collect()
}

fn kinds(parsed: &Value) -> Vec<Vec<&str>> {
    let items = parsed["items"].as_array().unwrap().iter();
    items
        .map(|item| strings(&item["sections"], "kind").into_iter().map(|kind| kind.as_str().unwrap()).collect())
        .collect()
}

/// Item and text of each sentence of the own decisions.
fn decided(parsed: &Value) -> Vec<(u64, String)> {
    let mut found = Vec::new();
    for item in parsed["items"].as_array().unwrap() {
        for section in item["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == "decision") {
            for entry in section["sentences"].as_array().unwrap() {
                found.push((item["number"].as_u64().unwrap(), entry["text"].as_str().unwrap().to_owned()));
            }
        }
    }
    found
}

/// How many of `wanted` are found in order. Where the text joined what a page had cut, the source may have both halves
/// as paragraphs: they count when they are the same words.
fn equal(wanted: &[(u64, String)], found: &[(u64, String)], differences: &mut Vec<String>) -> usize {
    let (mut equal, mut at) = (0, 0);
    for (item, text) in wanted {
        let rest = &found[at.min(found.len())..];
        let halves = rest.windows(2).position(|pair| {
            pair.iter().all(|(other, _)| other == item) && format!("{} {}", pair[0].1, pair[1].1) == *text
        });
        if let Some(offset) = rest.iter().position(|other| other == &(*item, text.clone())) {
            at += offset + 1;
            equal += 1;
        } else if let Some(offset) = halves {
            differences.push(format!("cut in the source: item {item}, {} letters", text.chars().count()));
            at += offset + 2;
            equal += 1;
        } else {
            differences.push(format!("missing: item {item}, {} letters", text.chars().count()));
            if std::env::var_os("SHOW_DIFFERENCES").is_some() {
                differences.push(format!("{text}\n--- {:?}", rest.first()));
            }
        }
    }
    equal
}

#[test]
fn docx_and_html_read_as_the_text_does() {
    let (Some(formats), Some(minutes)) = (shared("formats"), shared("minutes")) else { return };
    for name in ["000_2be734cdf375f27c", "004_efa065c5eff8a299"] {
        let read =
            |path: std::path::PathBuf| json(&["parse", "--format", "json", &path.display().to_string()]).remove(0);
        let text = read(minutes.join(format!("{name}.txt")));
        for extension in ["docx", "html"] {
            let parsed = read(formats.join(format!("{name}.{extension}")));
            assert_eq!(parsed["source"]["format"], extension);
            for key in ["number", "title", "case", "closed", "outcome"] {
                assert_eq!(strings(&parsed["items"], key), strings(&text["items"], key), "{name}.{extension}: {key}");
            }
            assert_eq!(kinds(&parsed), kinds(&text), "{name}.{extension}");
            let (wanted, found) = (decided(&text), decided(&parsed));
            let mut differences = Vec::new();
            let equal = equal(&wanted, &found, &mut differences);
            let share = equal as f64 / wanted.len() as f64;
            println!("{name}.{extension}: {equal} of {} sentences ({share:.4}), {} read", wanted.len(), found.len());
            for difference in &differences {
                println!("  {difference}");
            }
            assert!(share >= LEAST, "{name}.{extension}: {share}");
            assert!(found.len() <= wanted.len() + differences.len(), "{name}.{extension}: sentences nobody wrote");
        }
    }
}
