//! Prints how fast files become documents and documents become minutes: megabytes a second for text of about a hundred and
//! ten thousand pages, intake alone, parser alone and both, the share by which the large one is slower per megabyte, pages a
//! second of the PDFs at hand, and the peak of memory. `cargo bench --bench reading [-- FILE …]`; nothing is asserted.
//!
//! Without files the minutes in `examples/` are made long, so that anybody can measure the same; text files given are made
//! long instead, PDF files are timed as they are. Long means one long meeting: whole minutes one after the other would be
//! left out from the second on, as other minutes are that follow in a file. The dialect takes part in the intake too, as
//! it does in the program.

use std::path::{Path, PathBuf};
use std::time::Instant;

use med_digest::intake::{self, Document};
use med_digest::minutes::{self, Dialect};
use med_digest::text::sentences::WordClasses;

/// Bytes of text on a page of minutes, measured on real ones.
const PAGE: usize = 1_800;

/// Seconds of the fastest of `runs`.
fn best<T>(runs: usize, mut run: impl FnMut() -> T) -> f64 {
    (0..runs)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(run());
            begun.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}

/// The whole number of a line such as "Punkt 12: Løn", and what stands behind it.
fn heading(line: &str) -> Option<(u32, &str)> {
    let (number, title) = line.strip_prefix("Punkt ")?.split_once(':')?;
    Some((number.parse().ok()?, title))
}

/// Head and items of a text; without a line "Punkt 1: …" all of it is head.
fn head_and_items(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if heading(line).is_some() {
            return text.split_at(at);
        }
        at += line.len();
    }
    (text, "")
}

/// One long meeting: the head of the first text, then the items of all again and again, numbered onwards. No number has
/// more than four digits, so beyond that they begin anew.
fn pages(texts: &[String], count: usize) -> String {
    let wanted = PAGE * count;
    let mut out = String::with_capacity(wanted + wanted / 8);
    out.push_str(texts.first().map_or("", |text| head_and_items(text).0));
    let items: Vec<&str> = texts.iter().map(|text| head_and_items(text).1).filter(|items| !items.is_empty()).collect();
    let mut number = 0;
    while out.len() < wanted && !items.is_empty() {
        for line in items.iter().flat_map(|items| items.lines().chain([""])) {
            match heading(line) {
                Some((_, title)) => {
                    number = number % 9_999 + 1;
                    out.push_str(&format!("Punkt {number}:{title}"));
                }
                None => out.push_str(line),
            }
            out.push('\n');
        }
    }
    out
}

/// The most memory this process has had, in megabytes; known on Linux only.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn read(name: &str, bytes: &[u8], dialect: &Dialect) -> Option<Document> {
    match intake::read_bytes(Path::new(name), bytes, dialect) {
        Ok(document) => Some(document),
        Err(error) => {
            println!("{error}");
            None
        }
    }
}

fn text_speed(texts: &[String]) {
    let (dialect, classes) = (Dialect::shipped(), WordClasses::shipped());
    let mut before: Option<[f64; 3]> = None;
    for (count, runs) in [(100, 20), (10_000, 3)] {
        let long = pages(texts, count);
        let megabytes = long.len() as f64 / 1e6;
        let Some(document) = read("lang.txt", long.as_bytes(), &dialect) else { return };
        let items = minutes::parse(&document, &dialect, &classes, &[]).items.len();
        let speeds = [
            best(runs, || intake::read_bytes(Path::new("lang.txt"), long.as_bytes(), &dialect)),
            best(runs, || minutes::parse(&document, &dialect, &classes, &[])),
            best(runs, || {
                let document = intake::read_bytes(Path::new("lang.txt"), long.as_bytes(), &dialect);
                document.map(|document| minutes::parse(&document, &dialect, &classes, &[]))
            }),
        ]
        .map(|seconds| megabytes / seconds);
        println!(
            "{count:>6} pages, {megabytes:.1} MB, {items} items: intake {:.0} MB/s, parser {:.0} MB/s, both {:.0} MB/s (goal 30), peak {:.0} MB",
            speeds[0],
            speeds[1],
            speeds[2],
            peak().unwrap_or(f64::NAN)
        );
        if let Some(small) = before.replace(speeds) {
            let slower: Vec<String> =
                small.iter().zip(speeds).map(|(small, large)| format!("{:.2}", small / large)).collect();
            println!("        time per megabyte, large against small: {} (1 is linear)", slower.join(", "));
        }
    }
}

fn pdf_speed(path: &Path, bytes: &[u8]) {
    let name = path.display().to_string();
    let dialect = Dialect::shipped();
    let Some(document) = read(&name, bytes, &dialect) else { return };
    let last = document.lines.iter().flat_map(|line| line.origins.iter()).filter_map(|(_, place)| place.page).max();
    let count = f64::from(last.unwrap_or(1));
    let seconds = best(5, || intake::read_bytes(path, bytes, &dialect));
    println!("{name}: {count} pages, {:.0} ms, {:.0} pages/s", seconds * 1e3, count / seconds);
}

fn main() {
    // Cargo hands its own flags on.
    let given: Vec<PathBuf> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).map(PathBuf::from).collect();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let files = if given.is_empty() {
        let mut found: Vec<PathBuf> =
            std::fs::read_dir(examples).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        found.sort();
        found
    } else {
        given
    };
    let mut texts = Vec::new();
    for path in files {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if bytes.starts_with(b"%PDF") {
            pdf_speed(&path, &bytes);
        } else if path.extension().is_some_and(|ending| ending == "txt")
            && let Ok(more) = String::from_utf8(bytes)
        {
            texts.push(more);
        }
    }
    if !texts.is_empty() {
        text_speed(&texts);
    }
}
