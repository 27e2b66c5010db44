//! Prints what matching costs with 100, 1,000 and 10,000 rules, beside the least that any program could do with the same
//! words on the same sentences: `cargo bench --bench rules [-- FILE… NUMBER…]`. Nothing is asserted, as it depends on the
//! machine.
//!
//! The text is the example minutes (or the given files) over and over, as the sentences that the scorer gets; given numbers of
//! rules replace the three, and the rest is left out. The rules
//! are made up: 60 % phrases, half of them of two words and a fifth with a star, 20 % near, 20 % patterns; nine in ten of
//! their words do not occur in the text.

mod processor;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use med_digest::diagnostic::{Language, any_error};
use med_digest::intake;
use med_digest::language::persons::Names;
use med_digest::minutes::{self, Dialect, EntryId, EntryKind, ItemNumber};
use med_digest::rules::feature::Feature;
use med_digest::rules::{ItemContext, NoHints, RuleSet, Scorer, SentenceContext, sentence_contexts};
use med_digest::text::blocks::text_sentences;
use med_digest::text::sentences::WordClasses;
use med_digest::text::words::words;
use regex::RegexSet;

/// Bytes of sentences to run on.
const LENGTH: usize = 8_000_000;
/// Expressions up to which a `RegexSet` is worth the wait.
const MOST_REGEXES: usize = 3_000;
/// Wrong examples that are printed.
const MOST_TOLD: usize = 5;
/// Runs, of which the fastest counts.
const RUNS: usize = 5;

/// The same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// Words of which one in ten stands in the text.
struct Supply {
    random: Random,
    present: Vec<String>,
    present_forms: BTreeSet<String>,
    /// Everything taken, as the raw automaton gets it.
    taken: Vec<String>,
}

impl Supply {
    fn new(present: Vec<String>) -> Self {
        let present_forms = present.iter().cloned().collect();
        Self { random: Random(2026), present, present_forms, taken: Vec::new() }
    }

    fn word(&mut self) -> String {
        let word = if self.random.below(10) == 0 {
            let at = self.random.below(self.present.len());
            self.present.get(at).cloned().unwrap_or_default()
        } else {
            self.absent()
        };
        self.taken.push(word.clone());
        word
    }

    /// A word that sounds Danish enough for the stemmer and stands nowhere.
    fn absent(&mut self) -> String {
        const STARTS: [&str; 24] = [
            "bl", "br", "dr", "fl", "fr", "gr", "h", "kl", "kn", "kr", "l", "m", "n", "pl", "r", "sk", "sl", "sn",
            "sp", "st", "sv", "t", "tr", "v",
        ];
        const MIDDLES: [&str; 12] = ["a", "e", "i", "o", "u", "y", "æ", "ø", "å", "au", "ie", "ei"];
        const ENDS: [&str; 14] = ["b", "d", "ft", "g", "k", "ld", "lm", "ng", "nk", "p", "rd", "rk", "sk", "v"];
        const TAILS: [&str; 8] = ["", "else", "ing", "hed", "skab", "dom", "plan", "gruppe"];
        loop {
            let mut pick = |from: &[&'static str]| from.get(self.random.below(from.len())).copied().unwrap_or_default();
            let word = [pick(&STARTS), pick(&MIDDLES), pick(&ENDS), pick(&MIDDLES), pick(&ENDS), pick(&TAILS)].concat();
            if !self.present_forms.contains(&word) {
                return word;
            }
        }
    }
}

/// Rule files' text with `count` rules, two examples each, in words that are too short to be drawn and no forms of others:
/// "dag" and "blev" were hit by rules for "dagen" and "bliver".
fn rule_text(count: usize, supply: &mut Supply) -> String {
    let mut text = String::new();
    for number in 0..count {
        let (kind, hit) = match number % 10 {
            // Phrases: 6 of 10.
            0..=2 => {
                let (left, right) = (supply.word(), supply.word());
                (format!("phrases = [\"{left} {right}\"]"), format!("Om **{left} {right}** nu."))
            }
            3 => {
                let word = supply.word();
                (format!("phrases = [\"{word}*\"]"), format!("Om **{word}** nu."))
            }
            4 if number % 20 == 4 => {
                let word = supply.word();
                (format!("phrases = [\"*{word}\"]"), format!("Om **{word}** nu."))
            }
            4 | 5 => {
                let word = supply.word();
                (format!("phrases = [\"{word}\"]"), format!("Om **{word}** nu."))
            }
            6 | 7 => {
                let (left, other, right) = (supply.word(), supply.word(), supply.word());
                (
                    format!("near = {{ of = [\"{left}\", \"{other}\"], and = [\"{right}\"], within = 6 }}"),
                    format!("Om **{left}** og **{right}** nu."),
                )
            }
            8 => {
                let word = supply.word();
                (format!("pattern = '\\b{word}(?:en|et|er)?\\b'\nreason = \"Prøve\""), format!("Om **{word}** nu."))
            }
            _ => {
                let (left, right) = (supply.word(), supply.word());
                (format!("pattern = '(?:[0-9]+ {left}|{right}) nu'\nreason = \"Prøve\""), format!("Om **{right} nu**."))
            }
        };
        let _ = writeln!(
            text,
            "[[rule]]\nid = \"regel-{number}\"\nlabel = \"Regel {number}\"\nweight = 1\n{kind}\n\
             hits = [\"{hit}\"]\nmisses = [\"Ja tak.\"]\n"
        );
    }
    text
}

/// What one run over all sentences gives and takes.
struct Timing {
    seconds: f64,
    count: usize,
}

fn timed(mut run: impl FnMut() -> usize) -> Timing {
    let mut best = Timing { seconds: f64::MAX, count: 0 };
    for _ in 0..RUNS {
        let begun = processor::seconds();
        let count = std::hint::black_box(run());
        best = Timing { seconds: best.seconds.min(processor::seconds() - begun), count };
    }
    best
}

struct Bench {
    sentences: Vec<SentenceContext>,
    bytes: usize,
}

impl Bench {
    fn speed(&self, timing: &Timing) -> f64 {
        self.bytes as f64 / 1e6 / timing.seconds
    }

    fn print(&self, name: &str, timing: &Timing) -> f64 {
        let speed = self.speed(timing);
        println!("  {name:<44} {speed:>8.1} MB/s  {:>10} hits", timing.count);
        speed
    }
}

fn load(folder: &Path, audiences: &[String]) -> RuleSet {
    let mut problems = Vec::new();
    let set = med_digest::rules::load(folder, audiences, &mut problems);
    assert!(!any_error(&problems), "{problems:?}");
    set.unwrap_or_else(|| panic!("no rules"))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let (counts, files): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|name| name.parse::<usize>().is_ok());
    let counts: Vec<usize> = counts.iter().filter_map(|count| count.parse().ok()).collect();
    let files: Vec<PathBuf> = files.into_iter().map(PathBuf::from).collect();
    let bench = Bench::new(&files);
    let present: BTreeSet<String> = bench
        .sentences
        .iter()
        .take(2_000)
        .flat_map(|sentence| words(&sentence.text))
        .map(|word| word.folded)
        .filter(|word| word.chars().count() >= 5 && word.chars().all(char::is_alphabetic))
        .collect();
    println!(
        "{} sentences, {:.1} MB, {} different words of five letters or more",
        bench.sentences.len(),
        bench.bytes as f64 / 1e6,
        present.len()
    );
    let present: Vec<String> = present.into_iter().collect();
    let lower = timed(|| bench.sentences.iter().map(|sentence| sentence.text.to_lowercase().len()).sum());
    bench.print("lower-casing alone", &lower);
    for count in if counts.is_empty() { &[100, 1_000, 10_000] } else { counts.as_slice() } {
        bench.rules(*count, &present);
    }
    if !counts.is_empty() {
        return;
    }
    bench.features();
    bench.shipped();
    hostile();
}

impl Bench {
    fn new(files: &[PathBuf]) -> Self {
        let dialect = Dialect::shipped();
        let classes = WordClasses::shipped();
        let examples = [
            PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/referat-hovedmed-2026-09-16.txt")),
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt"
            )),
        ];
        let files = if files.is_empty() { examples.as_slice() } else { files };
        let mut once: Vec<SentenceContext> = Vec::new();
        for file in files {
            let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let document = intake::read_bytes(file, &bytes, &dialect).unwrap_or_else(|error| panic!("{error}"));
            let minutes = minutes::parse(&document, &dialect, &classes, &[]);
            once.extend(minutes.items.iter().flat_map(|item| sentence_contexts(item, &NoHints)));
        }
        let once_bytes: usize = once.iter().map(|sentence| sentence.text.len()).sum();
        let times = LENGTH / once_bytes.max(1) + 1;
        let sentences: Vec<SentenceContext> = (0..times).flat_map(|_| once.iter().cloned()).collect();
        Self { bytes: sentences.iter().map(|sentence| sentence.text.len()).sum(), sentences }
    }

    fn rules(&self, count: usize, present: &[String]) {
        let mut supply = Supply::new(present.to_vec());
        let text = rule_text(count, &mut supply);
        println!("{count} rules");
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        std::fs::write(folder.path().join("a.toml"), &text).unwrap_or_else(|error| panic!("{error}"));
        let audiences = ["medarbejdere".to_owned(), "tillidsvalgte".to_owned()];

        supply.taken.sort();
        supply.taken.dedup();
        let raw = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&supply.taken)
            .unwrap_or_else(|error| panic!("{error}"));
        let lowered: Vec<String> = self.sentences.iter().map(|sentence| sentence.text.to_lowercase()).collect();
        let scan = timed(|| lowered.iter().map(|text| raw.find_iter(text).count()).sum());
        self.print("automaton over lower-cased text", &scan);
        let both = timed(|| self.sentences.iter().map(|s| raw.find_iter(&s.text.to_lowercase()).count()).sum());
        let limit = self.print("lower-casing + automaton (the limit)", &both);
        self.regex_set(&supply.taken);

        let mut loading = Vec::new();
        let mut checking = Vec::new();
        let classes = WordClasses::shipped();
        let names = Names::shipped();
        let hints = med_digest::digest::MeetingHints::without_meeting(&names);
        let split = |text: &str| text_sentences(text, &classes);
        let (mut set, mut told) = (None, Vec::new());
        for _ in 0..3 {
            let begun = processor::seconds();
            let loaded = load(folder.path(), &audiences);
            loading.push((processor::seconds() - begun) * 1e3);
            let mut problems = Vec::new();
            loaded.check_examples(&split, &hints, &mut problems);
            checking.push((processor::seconds() - begun) * 1e3);
            told = problems;
            set = Some(loaded);
        }
        let best = |times: &[f64]| times.iter().copied().fold(f64::MAX, f64::min);
        let Some(set) = set else { return };
        println!(
            "  loading {:.0} ms, with {} examples checked {:.0} ms ({} of them told to be wrong)",
            best(&loading),
            2 * count,
            best(&checking),
            told.len()
        );
        for problem in told.iter().take(MOST_TOLD) {
            println!("{}", problem.to_terminal(Language::English));
        }

        let item = ItemContext::default();
        let mut scorer = Scorer::new(&set);
        let before = scorer.work();
        let matching = timed(|| self.sentences.iter().map(|sentence| scorer.hits(&item, sentence).len()).sum());
        let after = scorer.work();
        let speed = self.print("ours, text to hits", &matching);
        println!(
            "  = {:.2} x the limit; {} phrases tried and {} hits in {:.1} MB, {:.0} ns a hit, {} forms analysed",
            limit / speed,
            (after.phrases_tried - before.phrases_tried) / RUNS as u64,
            matching.count,
            self.bytes as f64 / 1e6,
            matching.seconds * 1e9 / matching.count.max(1) as f64,
            after.new_forms - before.new_forms,
        );
        let scoring = timed(|| {
            let items = self.sentences.chunks(10);
            items.flat_map(|sentences| scorer.score(&item, sentences, &NoHints)).map(|trace| trace.hits.len()).sum()
        });
        self.print("ours, with sums and traces", &scoring);
    }

    fn regex_set(&self, words: &[String]) {
        if words.len() > MOST_REGEXES {
            println!(
                "  RegexSet: left out, {} expressions take minutes to build and scan nothing to speak of",
                words.len()
            );
            return;
        }
        let patterns = words.iter().map(|word| format!(r"(?i)\b{word}(?:en|et|er)?\b"));
        let set = match RegexSet::new(patterns) {
            Ok(set) => set,
            Err(error) => {
                println!("  RegexSet does not build: {error}");
                return;
            }
        };
        // Too slow for all of the text.
        let some = self.sentences.get(..self.sentences.len().min(200_000 / words.len())).unwrap_or_default();
        let bytes: usize = some.iter().map(|sentence| sentence.text.len()).sum();
        let begun = processor::seconds();
        let count: usize = some.iter().map(|sentence| set.matches(&sentence.text).iter().count()).sum();
        let seconds = processor::seconds() - begun;
        println!(
            "  {:<44} {:>8.2} MB/s  {count:>10} hits (in {} sentences)",
            "RegexSet",
            bytes as f64 / 1e6 / seconds,
            some.len()
        );
    }

    fn features(&self) {
        println!("features, a rule each");
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let item = ItemContext::default();
        for (name, feature) in Feature::ALL {
            let bounds = if feature.counts() { "at_least = 3\n" } else { "" };
            let text = format!(
                "[[rule]]\nid = \"a\"\nlabel = \"A\"\nweight = 1\nfeature = \"{name}\"\n{bounds}hits = [\"x\"]\nmisses = [\"y\"]\n"
            );
            std::fs::write(folder.path().join("a.toml"), &text).unwrap_or_else(|error| panic!("{error}"));
            let set = load(folder.path(), &["medarbejdere".to_owned()]);
            let mut scorer = Scorer::new(&set);
            let some = self.sentences.get(..self.sentences.len() / 4).unwrap_or_default();
            let timing = timed(|| some.iter().map(|sentence| scorer.hits(&item, sentence).len()).sum());
            println!("  {name:<44} {:>8.1} MB/s  {:>10} hits", self.speed(&timing) / 4.0, timing.count);
        }
    }

    fn shipped(&self) {
        println!("the shipped rules");
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"));
        let set = load(folder, &["medarbejdere".to_owned(), "tillidsvalgte".to_owned()]);
        let item = ItemContext::default();
        let mut scorer = Scorer::new(&set);
        let some = self.sentences.get(..self.sentences.len() / 4).unwrap_or_default();
        let timing = timed(|| some.iter().map(|sentence| scorer.hits(&item, sentence).len()).sum());
        println!("  {:<44} {:>8.1} MB/s  {:>10} hits", "text to hits", self.speed(&timing) / 4.0, timing.count);
        let timing = timed(|| {
            some.chunks(10).flat_map(|sentences| scorer.score(&item, sentences, &NoHints)).map(|t| t.hits.len()).sum()
        });
        println!("  {:<44} {:>8.1} MB/s  {:>10} hits", "with sums and traces", self.speed(&timing) / 4.0, timing.count);
    }
}

/// Sentences that nobody writes: they must only be as slow as they are long.
fn hostile() {
    println!("hostile sentences, text to hits");
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let rule = |id: &str, lines: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nlabel = \"L\"\nhits = [\"x\"]\nmisses = [\"y\"]\nweight = 1\nmax_hits = 100\n{lines}\n"
        )
    };
    let text = [
        rule("a", "phrases = [\"løn\", \"løn løn\"]\nunless = [{ phrase = \"ferie\", reach = \"match\" }]"),
        rule("b", "near = { of = [\"løn\"], and = [\"ferie\", \"løn\"], within = 10 }\nunless = [{ phrase = \"ferie\", reach = \"clause\" }]"),
        rule("c", "phrases = [\"*løn*\", \"x*løn\"]"),
        rule("d", "pattern = 'løn+ (?:og|ferie)'\nreason = \"R\""),
        rule("e", "combination = { all = [\"a\", \"b\"] }"),
        rule("f", "phrases = [\"lønstop\"]"),
    ]
    .concat();
    std::fs::write(folder.path().join("a.toml"), text).unwrap_or_else(|error| panic!("{error}"));
    let set = load(folder.path(), &["medarbejdere".to_owned()]);
    for piece in [
        "løn ",
        "ferie løn ",
        "løn, ferie ",
        "løn",
        "løn- ",
        "-løn løn- ",
        "løn ferie. 5 mio. kr. den 1. maj ",
        "'",
        "a-",
        "Løn\u{ad}",
    ] {
        for bytes in [100_000, 1_000_000] {
            let sentence = SentenceContext {
                id: EntryId { item: ItemNumber(1), index: 0 },
                text: piece.repeat(bytes / piece.len()),
                kind: EntryKind::Sentence,
                subheading: None,
                paragraph: 0,
                position: 1,
                count: 1,
                people: med_digest::language::persons::People::default(),
                story_match: 0,
            };
            let begun = processor::seconds();
            let hits = Scorer::new(&set).hits(&ItemContext::default(), &sentence).len();
            println!(
                "  {piece:<40} {bytes:>8} bytes {:>8.1} ms, {hits} rules hit",
                (processor::seconds() - begun) * 1e3
            );
        }
    }
}
