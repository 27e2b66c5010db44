//! Real minutes, where they lie beside the project. They name real people, so nothing of their text stands here: only
//! counts, names of entries, kinds and hashes.

use std::collections::BTreeMap;

use med_digest::intake::sha256;

use crate::support::{json, shared, stdout};

/// File, kind, items, own decision entries, entries of others' decisions, participants, closed items, SHA-256 over ids,
/// kinds and texts.
type Expected = (&'static str, &'static str, usize, usize, usize, usize, &'static [u64], &'static str);

const MINUTES: &[Expected] = &[
    ("000_2be734cdf375f27c.txt", "referat", 2, 7, 0, 0, &[], "d2c842bb5dfd"),
    ("001_1e87a13ac3dc3b34.txt", "referat", 11, 46, 11, 0, &[2], "eec9e0a404b3"),
    ("002_fc1604d2c116ef94.txt", "referat", 12, 135, 0, 8, &[], "75816dbf7c1a"),
    ("003_5692b481fad81957.txt", "dagsorden", 5, 0, 0, 0, &[], "e3b0c44298fc"),
    ("004_efa065c5eff8a299.txt", "referat", 17, 186, 0, 16, &[], "35f09754194e"),
];

#[test]
fn real_minutes_are_read_whole() {
    let Some(folder) = shared("minutes") else { return };
    for (name, kind, items, own, other, participants, closed, hash) in MINUTES {
        let path = folder.join(name).display().to_string();
        let parsed = json(&["parse", "--format", "json", &path]).remove(0);
        let text = stdout(&["parse", "--format", "text", &path]);
        let list = parsed["items"].as_array().unwrap();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut seen = String::new();
        for section in list.iter().flat_map(|item| item["sections"].as_array().unwrap()) {
            for entry in section["sentences"].as_array().unwrap() {
                *counts.entry(section["kind"].as_str().unwrap()).or_default() += 1;
                let (start, end) =
                    (entry["span"][0].as_u64().unwrap() as usize, entry["span"][1].as_u64().unwrap() as usize);
                let covered = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(entry["text"], covered);
                seen += &format!("{} {} {}\n", entry["id"], entry["kind"], entry["text"]);
            }
        }
        let count = |kind: &str| counts.get(kind).copied().unwrap_or_default();
        let closed_items: Vec<u64> =
            list.iter().filter(|item| item["closed"] == true).map(|item| item["number"].as_u64().unwrap()).collect();
        let found = (
            parsed["kind"].as_str().unwrap(),
            list.len(),
            count("decision"),
            count("other-decision"),
            parsed["participants"].as_array().unwrap().len(),
            closed_items.as_slice(),
            &sha256(seen.as_bytes())[..12],
        );
        assert_eq!(found, (*kind, *items, *own, *other, *participants, *closed, *hash), "{name}");
        assert_eq!(parsed["warnings"], serde_json::json!([]), "{name}");
    }
}

#[test]
fn others_decisions_and_joined_sentences_are_told_apart() {
    let Some(folder) = shared("minutes") else { return };
    let read = |name: &str| json(&["parse", "--format", "json", &folder.join(name).display().to_string()]).remove(0);
    let forum = read("001_1e87a13ac3dc3b34.txt");
    let item = &forum["items"][8];
    let kinds: Vec<&str> =
        item["sections"].as_array().unwrap().iter().map(|section| section["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "occasion",
            "case",
            "supplement",
            "recommendation",
            "recommendation",
            "history",
            "other-decision",
            "decision",
            "other-decision",
            "attachments"
        ]
    );
    assert!(
        item["sections"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|section| section["kind"] == "other-decision")
            .all(|section| !section["body"].is_null())
    );
    let med = read("004_efa065c5eff8a299.txt");
    let joined: Vec<String> = med["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|item| item["sections"].as_array().unwrap())
        .flat_map(|section| section["sentences"].as_array().unwrap())
        .filter(|entry| entry["at"].as_array().unwrap().len() > 1)
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(joined, ["2/30", "11/2"], "two sentences were cut by a page break");
    assert_eq!(med["approval"]["state"], "approved");
    assert_eq!(med["approval"]["by"].as_array().unwrap().len(), 2);
    assert!(med["items"].as_array().unwrap().iter().all(|item| item["case"].is_string()));
}

/// The least the shipped rules must reach on the marked minutes; the figures stand in the README.
#[test]
fn the_letters_are_better_than_every_summarizer() {
    let Some(folder) = shared("labels") else { return };
    let labels = folder.join("004_efa065c5eff8a299.jsonl").display().to_string();
    for row in json(&["eval", "--format", "json", &labels]) {
        let figure = |name: &str| row[name].as_f64().unwrap();
        let (ndcg, mass, precision) =
            if row["audience"] == "medarbejdere" { (0.79, 0.36, 0.83) } else { (0.92, 0.74, 0.91) };
        assert!(figure("nDCG") > ndcg && figure("mass") > mass && figure("precision") > precision, "{row}");
        assert_eq!((row["private"].as_u64(), row["missing"].as_u64()), (Some(0), Some(2)), "{row}");
        assert_eq!(row["stories"], serde_json::json!([2, 2]), "{row}");
    }
}
