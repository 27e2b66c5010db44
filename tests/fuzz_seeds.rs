//! A short fuzzing run without a fuzzer: the seeds of `fuzz/corpus` and some thousand mutations of them, the same in every
//! run. What a long run finds belongs into the corpus, where this keeps it found.

use std::path::PathBuf;

use crate::harness;
use crate::support::root;

/// A small generator: the mutations must be the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target} has no seeds");
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One to six changes: a bit, a token, a cut, a copied stretch, a stretch of another seed.
fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut data = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(data.len() + 1);
        match dice.below(6) {
            0 if at < data.len() => data[at] ^= 1 << dice.below(8),
            1 | 2 => {
                let token = harness::TOKENS[dice.below(harness::TOKENS.len())];
                data.splice(at..at, token.bytes());
            }
            3 => {
                let end = (at + dice.below(200)).min(data.len());
                data.drain(at..end);
            }
            4 => {
                let piece = data[at..(at + dice.below(300)).min(data.len())].to_vec();
                let to = dice.below(data.len() + 1);
                data.splice(to..to, piece);
            }
            _ => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.below(other.len() + 1);
                let piece = other[from..(from + dice.below(400)).min(other.len())].to_vec();
                data.splice(at..at, piece);
            }
        }
    }
    data
}

fn run(target: &str, count: usize, check: impl Fn(&[u8])) {
    let seeds = seeds(target);
    for seed in &seeds {
        check(seed);
    }
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..count {
        check(&mutated(&seeds, &mut dice));
    }
}

#[test]
fn broken_text_keeps_its_promises() {
    run("text", 1_500, harness::bytes);
}

#[test]
fn broken_pages_keep_their_promises() {
    run("html", 1_500, |data| harness::marked("<!doctype html><html>", data));
}

#[test]
fn broken_word_documents_keep_their_promises() {
    run("docx", 1_500, harness::docx);
}

#[test]
fn broken_exports_keep_their_promises() {
    run("xml", 1_500, |data| harness::marked("<?xml version=\"1.0\"?>", data));
}

#[test]
fn broken_pdfs_keep_their_promises() {
    run("pdf", 300, |data| harness::marked("%PDF-1.7\n", data));
}

#[test]
fn any_text_has_sentences_in_order() {
    run("sentences", 5_000, harness::scan);
}
