//! The beginning of a new rule: all keys it needs, in the order people read, with a sample above each that is to be filled in.
//!
//! A skeleton is no valid rule before it is filled in, and `digest check` says what is missing: a sample that somebody
//! forgets to change must not begin to choose sentences. The samples are real all the same, and a test puts them in place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::tables::{self, Node};

/// What a rule may look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkeletonKind {
    /// Words and phrases.
    Phrases,
    /// Two words near each other.
    Near,
    /// A regular expression.
    Pattern,
    /// A built-in feature.
    Feature,
    /// Other rules, lists and features.
    Combination,
}

impl SkeletonKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Phrases, Self::Near, Self::Pattern, Self::Feature, Self::Combination];

    /// What the rule looks for: an explanation, the samples, the blanks.
    fn lines(self) -> &'static [Line] {
        match self {
            Self::Phrases => PHRASES,
            Self::Near => NEAR,
            Self::Pattern => PATTERN,
            Self::Feature => FEATURE,
            Self::Combination => COMBINATION,
        }
    }

    fn examples(self) -> (&'static str, &'static str) {
        match self {
            Self::Phrases => (r#"["Der er åbnet for **parkering** i gården."]"#, r#"["Gården er lukket."]"#),
            Self::Near => (r#"["Der skal **betales** for **parkering**."]"#, r#"["Parkering er fortsat tilladt."]"#),
            Self::Pattern => (r#"["Vagten varer **10 timer**."]"#, r#"["Vagten er lang."]"#),
            Self::Feature => (r#"["Prisen er **500 kr.** om året."]"#, r#"["Prisen er ukendt."]"#),
            Self::Combination => {
                (r#"["Det koster **500 kr.** den **3. maj 2027**."]"#, r#"["Koster det 500 kr. den 3. maj 2027?"]"#)
            }
        }
    }
}

/// A key: what to write, a sample of it, and the blank.
struct Line {
    about: &'static str,
    key: &'static str,
    sample: &'static str,
    blank: &'static str,
}

static PHRASES: &[Line] = &[Line {
    about: "Ord og vendinger. Alle bøjninger bliver fundet; en stjerne står for resten af et ord.",
    key: "phrases",
    sample: r#"["parkering*", "p-plads*"]"#,
    blank: r#"["…"]"#,
}];

static NEAR: &[Line] = &[Line {
    about: "Et ord fra »of« og et fra »and« med højst »within« ord imellem sig.",
    key: "near",
    sample: r#"{ of = ["parkering*", "p-plads*"], and = ["betale", "pris"], within = 6 }"#,
    blank: r#"{ of = ["…"], and = ["…"], within = 6 }"#,
}];

static PATTERN: &[Line] = &[
    Line {
        about: "Et regulært udtryk i enkelte anførselstegn. Brug hellere ord, når ord er nok.",
        key: "pattern",
        sample: r"'\d+ timer'",
        blank: "''",
    },
    Line {
        about: "Hvorfor ord ikke er nok.",
        key: "reason",
        sample: r#""Et tal er ikke et ord, man kan skrive på forhånd.""#,
        blank: r#""…""#,
    },
];

static FEATURE: &[Line] = &[Line {
    about: "Et kendetegn; alle står i docs/regler.md. Tæller det noget, så skriv også at_least eller at_most.",
    key: "feature",
    sample: r#""amount""#,
    blank: r#""…""#,
}];

static COMBINATION: &[Line] = &[Line {
    about: "Andre regler ved deres id, lister og kendetegn med @. »all« skal alle ramme, »any« mindst én, »none« ingen.",
    key: "combination",
    sample: r#"{ all = ["@amount"], any = ["@date", "@percentage"], none = ["@question"] }"#,
    blank: r#"{ all = ["…"], any = ["…"], none = ["…"] }"#,
}];

/// The mark before a sample.
const SAMPLE: &str = "# Fx: ";

/// A rule to fill in.
#[must_use]
pub fn skeleton(id: &str, kind: SkeletonKind, audiences: &[String]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "[[rule]]\nid = \"{id}\"");
    let mut line = |line: &Line| {
        let Line { about, key, sample, blank } = line;
        let _ = writeln!(out, "# {about}\n{SAMPLE}{key} = {sample}\n{key} = {blank}");
    };
    line(&Line {
        about: "Hvad reglen handler om, med et par ord. Det står i forklaringer.",
        key: "label",
        sample: r#""Parkering""#,
        blank: r#""…""#,
    });
    kind.lines().iter().for_each(&mut line);
    let weights: Vec<String> = audiences.iter().map(|audience| format!("{} = 2", key(audience))).collect();
    let _ = writeln!(out, "# Point til hver målgruppe, hele tal fra -10 til 10. Minus gør en sætning mindre vigtig.");
    let _ = writeln!(out, "weight = {{ {} }}", weights.join(", "));
    let _ = writeln!(out, "# Hører reglen til en gruppe i grupper.toml, så skriv den: group = \"job\"");
    let _ =
        writeln!(out, "# På prøve: »digest score« viser reglen, men den tæller ikke. Slet linjen, når den skal tælle.");
    let _ = writeln!(out, "trial = true");
    let (hits, misses) = kind.examples();
    let mut line = |line: &Line| {
        let Line { about, key, sample, blank } = line;
        let _ = writeln!(out, "# {about}\n{SAMPLE}{key} = {sample}\n{key} = {blank}");
    };
    line(&Line {
        about: "Mindst én sætning, som reglen skal ramme, med to stjerner om netop de ord, den finder.",
        key: "hits",
        sample: hits,
        blank: r#"["…"]"#,
    });
    line(&Line {
        about: "Mindst én sætning, der ligner, men som den ikke må ramme. Brug ikke navne på rigtige mennesker.",
        key: "misses",
        sample: misses,
        blank: r#"["…"]"#,
    });
    out
}

/// The skeleton with its own samples in place of the blanks.
#[must_use]
pub fn filled(skeleton: &str) -> String {
    let mut out = String::new();
    let mut lines = skeleton.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix(SAMPLE) {
            Some(sample) => {
                let _ = writeln!(out, "{sample}");
                lines.next();
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

/// A key as TOML writes it: names with other than plain letters stand in quotation marks.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { name.to_owned() } else { format!("{name:?}") }
}

/// Whether a text may be the id of a rule; else the nearest that may, empty where nothing is left of it.
///
/// # Errors
/// The text to propose.
pub fn usable_id(id: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_digit() || (c.is_alphabetic() && c.is_lowercase());
    if id.split('-').all(|part| !part.is_empty() && part.chars().all(fits)) {
        return Ok(());
    }
    let lower = id.to_lowercase();
    let parts: Vec<&str> = lower.split(|c| !fits(c)).filter(|part| !part.is_empty()).collect();
    Err(parts.join("-"))
}

/// The ids of all rules in a folder, with file and line, also where the files have mistakes.
#[must_use]
pub fn taken_ids(folder: &Path) -> BTreeMap<String, (PathBuf, usize)> {
    let mut taken = BTreeMap::new();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml")) {
        let Some(table) = tables::read_file(path, &mut Vec::new()) else { continue };
        let Some(Node::Array(rules)) = table.get("rule") else { continue };
        for node in &rules.value {
            let Node::Table(rule) = node else { continue };
            if let Some(Node::String(id)) = rule.get("id") {
                let (line, _) = id.place.file.line_and_column(id.place.span.start());
                taken.entry(id.value.clone()).or_insert_with(|| (path.clone(), line));
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_cannot_be_used_is_mended() {
        assert_eq!(usable_id("dyrere-parkering-2"), Ok(()));
        assert_eq!(usable_id("Dyrere parkering"), Err("dyrere-parkering".into()));
        assert_eq!(usable_id("-løn_og_ære-"), Err("løn-og-ære".into()));
        assert_eq!(usable_id("!"), Err(String::new()));
    }

    #[test]
    fn filling_in_takes_every_blank_away() {
        for kind in SkeletonKind::ALL {
            let skeleton = skeleton("prøve", kind, &["alle".to_owned()]);
            assert!(skeleton.contains("…") && !filled(&skeleton).contains("…"), "{skeleton}");
        }
    }
}
