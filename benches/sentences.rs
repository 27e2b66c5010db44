//! Prints what the sentence scanner is worth: F1 on the Danish treebank and megabytes a second. `cargo bench --bench
//! sentences`; nothing is asserted, as both depend on the machine or on data that is not part of the project.
//!
//! The treebank (sentences of the test part of UD_Danish-DDT, one a line, `#` before comments) is sought in
//! `$MED_SHARED/data`, else in `../shared/data` beside the project.

mod processor;

use std::path::PathBuf;

use med_digest::text::Span;
use med_digest::text::blocks::text_sentences;
use med_digest::text::sentences::{WordClasses, sentences};

/// Sentences joined to one paragraph.
const BLOCK: usize = 20;

/// Sentence ends, over all blocks.
#[derive(Default)]
struct Figures {
    wanted: usize,
    found: usize,
    right: usize,
}

impl Figures {
    fn print(&self, name: &str, goal: &str) {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (precision, recall) = (share(self.right, self.found), share(self.right, self.wanted));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!(
            "{name}: F1 {f1:.2}  P {precision:.2}  R {recall:.2}  ({} of {} ends, {} false; goal {goal})",
            self.right,
            self.wanted,
            self.found - self.right
        );
    }
}

fn measure(gold: &[&str], classes: &WordClasses, show: bool) -> Figures {
    let mut figures = Figures::default();
    for block in gold.chunks(BLOCK) {
        let text = block.join(" ");
        let mut wanted: Vec<usize> = block
            .iter()
            .scan(0, |at, sentence| {
                let end = *at + sentence.len();
                *at = end + 1;
                Some(end)
            })
            .collect();
        let mut found: Vec<usize> = sentences(&text, classes).map(Span::end).collect();
        // Everybody finds the end of the text.
        wanted.pop();
        found.pop();
        figures.wanted += wanted.len();
        figures.found += found.len();
        figures.right += found.iter().filter(|end| wanted.contains(end)).count();
        if show {
            let wrong = found.iter().filter(|end| !wanted.contains(end)).map(|end| ("cut too much", *end));
            let missed = wanted.iter().filter(|end| !found.contains(end)).map(|end| ("not cut", *end));
            for (what, end) in wrong.chain(missed) {
                let tail: Vec<char> = text.get(..end).unwrap_or_default().chars().rev().take(50).collect();
                let head: String = text.get(end..).unwrap_or_default().chars().take(40).collect();
                println!("  {what}: …{}‖{head}…", tail.iter().rev().collect::<String>());
            }
        }
    }
    figures
}

fn ends_in_terminator(sentence: &str) -> bool {
    sentence.trim_end_matches(|c: char| "\"”“»«'’)]}*_".contains(c)).ends_with(['.', '!', '?', '…'])
}

/// Megabytes a second, best of five.
fn speed(name: &str, text: &str, run: impl Fn(&str) -> usize) {
    let mut best = f64::MAX;
    let mut count = 0;
    for _ in 0..5 {
        let begun = processor::seconds();
        count = std::hint::black_box(run(std::hint::black_box(text)));
        best = best.min(processor::seconds() - begun);
    }
    println!(
        "{name}: {:.0} MB/s ({count} sentences in {:.1} MB)",
        text.len() as f64 / 1e6 / best,
        text.len() as f64 / 1e6
    );
}

fn main() {
    let classes = WordClasses::shipped();
    let shared = std::env::var_os("MED_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let path = shared.join("data/ddt-test-sentences.txt");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let gold: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
            let punctuated: Vec<&str> = gold.iter().copied().filter(|sentence| ends_in_terminator(sentence)).collect();
            measure(&gold, &classes, false).print("DDT-test raw", "F1 95.5, possible 96.0");
            measure(&punctuated, &classes, true).print("DDT-test punct", "F1 99.4, P 99.6");
        }
        Err(error) => println!("SKIPPED: F1 on the Danish treebank needs {} ({error})", path.display()),
    }
    let traps = include_str!("../tests/data/sentence-traps.txt");
    let paragraph: String = traps
        .lines()
        .filter_map(|line| line.split_once(" | "))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join(" ")
        .replace('‖', "");
    let prose = "Udvalget drøftede forslaget til den nye retningslinje for opfølgning på sygefravær, som forvaltningen \
                 fremlagde på mødet. Medarbejdersiden ønskede, at retningslinjen følges op i de lokale udvalg, jf. \
                 aftalens § 4, stk. 1. Ledelsen var enig i, at der bør afsættes ca. 2 mio. kr. til formålet i 2026. \
                 Sagen tages op igen på næste møde, når økonomien er kendt, og der indkaldes til en temadag herom.";
    let paragraphs = vec![prose; 24_000_000 / prose.len()].join("\n\n");
    speed("prose by paragraph", &paragraphs, |text| {
        text.split("\n\n").map(|part| sentences(part, &classes).count()).sum()
    });
    speed("prose as one string", &paragraphs, |text| sentences(text, &classes).count());
    speed("prose with blocks", &paragraphs, |text| text_sentences(text, &classes).len());
    let dense = vec![paragraph.as_str(); 24_000_000 / paragraph.len()].join("\n\n");
    speed("nothing but traps", &dense, |text| sentences(text, &classes).count());
    let hostile = [
        ("no blanks", "a"),
        ("full stops", "."),
        ("full stops and blanks", ". "),
        ("open brackets", "("),
        ("brackets", "() "),
        ("a bracket a word", "(a. Bo "),
        ("notes", "Slut. (Nu "),
        ("numbers", "5. 5. "),
        ("glued words", "Aaa.Aaa"),
        ("ellipses", "…\""),
        ("openers", "Nej.\"\"\"\"(((( "),
    ];
    for (name, piece) in hostile {
        speed(&format!("hostile: {name}"), &piece.repeat(3_000_000 / piece.len()), |text| {
            sentences(text, &classes).count()
        });
    }
    let blanks = format!("Slut.{}Kommunen svarer.", " ".repeat(4_000_000));
    speed("hostile: blanks", &blanks, |text| sentences(text, &classes).count());
}
