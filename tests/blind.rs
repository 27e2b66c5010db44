//! Scratch bench over data written blind.

use std::collections::{BTreeMap, BTreeSet};

use med_digest::digest::{Audience, Objections};
use med_digest::language::stories::{Topic, link};
use med_digest::minutes::{EntryId, Minutes};

use crate::support::{House, minutes_of};

const WORTH: &str = r#"
[[rule]]
id = "alt"
label = "Alt"
feature = "length"
at_least = 1
weight = 10
hits = ["Det sker nu."]
misses = ["-"]
"#;

fn lines(name: &str) -> Vec<(usize, String)> {
    let folder = std::env::var("BLIND").unwrap_or("/tmp/blind".into());
    let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    text.lines().map(str::to_owned).enumerate().map(|(i, l)| (i + 1, l)).collect()
}

fn wilson(hits: usize, of: usize) -> (f64, f64) {
    let (n, p, z) = (of as f64, hits as f64 / of.max(1) as f64, 1.96);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (100.0 * (centre - half).max(0.0), 100.0 * (centre + half).min(1.0))
}

/// what, per item (number, fault)
fn report(what: &str, items: &[(usize, Option<String>)]) {
    let show = std::env::var("SHOW").unwrap_or_default();
    let halves = std::env::var("HALVES").unwrap_or("odd".into());
    for (name, parity) in [("odd", 1), ("even", 0)] {
        if !halves.contains(name) && halves != "all" {
            continue;
        }
        let of: Vec<_> = items.iter().filter(|(n, _)| n % 2 == parity).collect();
        let bad: Vec<_> = of.iter().filter(|(_, f)| f.is_some()).collect();
        let (low, high) = wilson(bad.len(), of.len());
        println!("{what} [{name}]: {} of {} = {:.1} % (95 %: {low:.1}-{high:.1})", bad.len(), of.len(), 100.0 * bad.len() as f64 / of.len().max(1) as f64);
        if show.contains(name) {
            for (n, f) in bad {
                println!("    {n}: {}", f.as_deref().unwrap());
            }
        }
    }
}

fn decision(text: &str) -> String {
    format!("Referat HovedMED\n\nMødedato: 3. marts 2027\n\nPunkt 1: Vilkår på arbejdspladserne\n\nBeslutning\n\n{text}\n")
}

fn own(minutes: &Minutes) -> Vec<(EntryId, String)> {
    minutes.items.iter().flat_map(|item| item.own_entries()).filter_map(|e| Some((e.id?, e.text.clone()))).collect()
}

fn withheld(house: &House, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let sentences = own(&minutes_of(&decision(text)));
    if sentences.is_empty() {
        println!("NO SENTENCE");
        return house.withheld(text, &[], "tillidsvalgte");
    }
    for (_, sentence) in sentences {
        found.extend(house.withheld(&sentence, &[], "tillidsvalgte"));
    }
    found
}

#[test]
fn blind() {
    let house = House::open();
    let mut kinds: BTreeMap<String, Vec<(usize, Option<String>)>> = BTreeMap::new();
    for (n, line) in lines("private-positives.txt") {
        let (kind, text) = line.split_once('\t').unwrap();
        let fault = withheld(&house, text).is_empty().then(|| format!("{kind} {text}"));
        kinds.entry(format!("missed {kind}")).or_default().push((n, fault.clone()));
        kinds.entry("missed all".into()).or_default().push((n, fault));
    }
    for (n, text) in lines("private-negatives.txt") {
        let found = withheld(&house, &text);
        kinds.entry("false".into()).or_default().push((n, (!found.is_empty()).then(|| format!("{text} {found:?}"))));
    }
    let all = House::open_with(WORTH);
    for (name, bound) in [("pairs.txt", true), ("free-pairs.txt", false)] {
        for (n, line) in lines(name) {
            let parts: Vec<&str> = line.split('\t').collect();
            let minutes = minutes_of(&decision(&format!("Forpersonen fortalte om mødet i foreningen.\n\n{}\n\nUdvalget vender tilbage til sagen i maj.", parts.join(" "))));
            let audience = Audience { words: 200, least_score: 1, ..all.audiences[1].clone() };
            let built = all.build(&minutes, &audience);
            let sentences = own(&minutes);
            let id = |t: &str| sentences.iter().find(|(_, s)| s == t).map(|(id, _)| *id);
            let (a, b) = (id(parts[0]), id(parts[parts.len() - 1]));
            let needs = |x: Option<EntryId>, y: Option<EntryId>| built.verdicts.iter().any(|v| Some(v.id) == x && y.is_some_and(|y| v.needs.contains(&y)));
            let both = needs(a, b) && needs(b, a);
            let split = a.is_none() || b.is_none();
            let fault = if bound { !both } else { needs(a, b) || needs(b, a) };
            let what = if split { format!("SPLIT {line} {sentences:?}") } else { format!("{} {} {line}", needs(a, b), needs(b, a)) };
            let key = match (bound, n >= 46) { (true, true) => "pairs without marker parted", (true, false) => "pairs parted", _ => "free pairs bound" };
            kinds.entry(key.into()).or_default().push((n, fault.then_some(what)));
        }
    }
    for (n, line) in lines("statements.txt") {
        let (mark, text) = line.split_once('\t').unwrap();
        let minutes = minutes_of(&decision(text));
        let ids = own(&minutes);
        let found = ids.first().and_then(|(id, _)| house.statement(&minutes, *id)).unwrap_or("ingen".into());
        let marks: Vec<&str> = mark.split('/').collect();
        let strict = marks[0] == found;
        let fault = format!("{found} for {mark}: {text} {}", if ids.len() != 1 { "SENTENCES" } else { "" });
        kinds.entry("statements wrong (first mark)".into()).or_default().push((n, (!strict).then(|| fault.clone())));
        kinds.entry("statements wrong (any mark)".into()).or_default().push((n, (!marks.contains(&found.as_str())).then(|| fault.clone())));
        if !marks.contains(&"besluttet") {
            kinds.entry("falsely decided".into()).or_default().push((n, (found == "besluttet").then(|| fault.clone())));
        }
    }
    let text: Vec<(usize, String)> = lines("sides.txt");
    let mut item: Vec<(String, String)> = Vec::new();
    let mut count = 0;
    for (n, line) in text.iter().cloned().chain([(0, "---".to_owned())]) {
        if line.trim() == "---" {
            count += 1;
            if item.is_empty() { continue; }
            let body: Vec<&str> = item.iter().map(|(_, t)| t.as_str()).collect();
            let minutes = minutes_of(&decision(&body.join(" ")));
            let scored = all.scored(&minutes);
            let sentences = own(&minutes);
            for (mark, text) in &item {
                let voice = sentences.iter().find(|(_, s)| s == text).map(|(id, _)| scored.trace(*id).and_then(|t| t.voice.map(|v| format!("{v:?}"))).unwrap_or("-".into()));
                let Some(voice) = voice else { println!("NOT A SENTENCE in item {count}"); continue };
                let objection = voice == "Objection";
                let key = if mark == "M" { "objections missed" } else { "objections false" };
                let context = format!("{mark} {voice}: {text}");
                kinds.entry(key.into()).or_default().push((count, ((mark == "M") != objection).then_some(context)));
            }
            let m: BTreeSet<&str> = item.iter().filter(|(k, _)| k == "M").map(|(_, t)| t.as_str()).collect();
            let mut bad = None;
            for (h, least) in [(&house, 3), (&all, 1)] {
                for words in (10..200).step_by(5) {
                    let audience = Audience { words, least_score: least, ..h.audiences[1].clone() };
                    let digest = h.build(&minutes, &audience).digest;
                    for i in &digest.items {
                        let quoted = i.sentences.iter().any(|s| m.contains(s.text.as_str()));
                        let other = i.sentences.iter().any(|s| item.iter().any(|(k, t)| (k == "L" || k == "N") && *t == s.text));
                        if !m.is_empty() && other && !quoted && i.objections != Objections::Noted {
                            bad = Some(format!("{words}: {:?}", item));
                        }
                    }
                }
            }
            if !m.is_empty() {
                kinds.entry("items with one side only".into()).or_default().push((count, bad));
            }
            item.clear();
            continue;
        }
        let (k, t) = line.split_at(1);
        let _ = n;
        item.push((k.to_owned(), t.trim().to_owned()));
    }
    for (n, line) in lines("stories.txt") {
        let f: Vec<&str> = line.split('\t').collect();
        let topic = |t: &str| Topic::of(t, &house.lexicon.inflection);
        let titles: Vec<Topic> = f[1..4].iter().map(|t| topic(t)).collect();
        let found: BTreeSet<usize> = link(&topic(f[0]), &titles, &[vec![], vec![], vec![]]).into_iter().map(|i| i + 1).collect();
        let wanted: BTreeSet<usize> = f[4].split(',').filter_map(|t| t.parse().ok()).filter(|x| *x > 0).collect();
        kinds.entry("stories wrong".into()).or_default().push((n, (found != wanted).then(|| format!("{found:?}: {line}"))));
    }
    for (what, items) in &kinds {
        report(what, items);
    }
}
