//! The sentence scanner against the traps of Danish minutes, random text, hostile text and a dictionary.

use std::path::Path;
use std::sync::OnceLock;

use med_digest::text::Span;
use med_digest::text::blocks::{blocks, text_sentences};
use med_digest::text::sentences::{WordClasses, sentences};
use proptest::prelude::*;

/// The shipped lists, read once for thousands of cases.
fn shipped() -> &'static WordClasses {
    static SHIPPED: OnceLock<WordClasses> = OnceLock::new();
    SHIPPED.get_or_init(WordClasses::shipped)
}

const TRAPS: &str = include_str!("data/sentence-traps.txt");

/// The text with `‖` behind each sentence but the last, as the file of traps writes it.
fn marked(text: &str, classes: &WordClasses) -> String {
    let ends: Vec<usize> = sentences(text, classes).map(Span::end).collect();
    let mut out = String::new();
    let mut at = 0;
    for end in ends.iter().take(ends.len().saturating_sub(1)) {
        out.push_str(&text[at..*end]);
        out.push('‖');
        at = *end;
    }
    out.push_str(&text[at..]);
    out
}

#[test]
fn every_trap_is_passed() {
    let classes = WordClasses::shipped();
    let traps: Vec<&str> = TRAPS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(traps.len() >= 162, "the file of traps has lost lines: {}", traps.len());
    let mut failures = Vec::new();
    for line in traps {
        let (_, wanted) = line.split_once(" | ").expect("class | text");
        let wanted = wanted.replace("\\t", "\t");
        let found = marked(&wanted.replace('‖', ""), &classes);
        if found != wanted {
            failures.push(format!("wanted {wanted}\n found {found}"));
        }
    }
    assert!(failures.is_empty(), "{} traps:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_lists_matter_so_a_lost_file_would_be_noticed() {
    let text = "Det følger af aftalen, jf. Rammeaftalen. Den gælder.";
    assert_eq!(sentences(text, &WordClasses::shipped()).count(), 2);
    assert_eq!(sentences(text, &WordClasses::default()).count(), 3);
}

/// Spans increase, lie on character boundaries, and nothing but white space is left out.
fn check_cover(text: &str, spans: &[Span]) -> Result<(), TestCaseError> {
    let mut at = 0;
    for span in spans {
        prop_assert!(span.start() >= at && span.end() > span.start(), "{:?}", spans);
        let gap = text.get(at..span.start());
        prop_assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "left out: {:?}", gap);
        prop_assert!(text.get(span.start()..span.end()).is_some());
        prop_assert_eq!(span.of(text), span.of(text).trim());
        at = span.end();
    }
    prop_assert!(text[at..].trim().is_empty(), "left out: {:?}", &text[at..]);
    Ok(())
}

/// Pieces that the rules look at, strung together at random: far denser in traps than random characters.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\u{a0}",
        "\u{c}",
        "\t",
        ".",
        ".",
        ". ",
        ". ",
        "...",
        "…",
        "?",
        "! ",
        ":",
        ", ",
        ";",
        "(",
        ")",
        " (",
        ") ",
        "[",
        "]",
        "\"",
        "”",
        "»",
        "«",
        "'",
        "*",
        "_",
        "– ",
        "- ",
        "• ",
        "§ ",
        "§",
        "%",
        "/",
        "@",
        "&",
        "1",
        "3",
        "12",
        "44",
        "250",
        "2025",
        "31.12",
        "8.00",
        "1/1",
        "den",
        "d",
        "kl",
        "jf",
        "Jf",
        "mv",
        "m",
        "v",
        "kr",
        "Kr",
        "mio",
        "pct",
        "stk",
        "bilag",
        "nr",
        "pr",
        "litra",
        "og",
        "til",
        "valggruppe",
        "Nykøbing",
        "min",
        "Ad",
        "H",
        "B",
        "H.C",
        "Der",
        "Det",
        "De",
        "Kommunen",
        "Ældre",
        "øget",
        "lukket",
        "enheder",
        "marts",
        "Marts",
        "EUR",
        "www.fjordby.dk",
        "info@fjordby.dk",
        "Notat.docx",
        "på",
        "pa\u{30a}",
        "e\u{301}",
        "日本",
        "ß",
        "\u{ad}",
        "🙂",
        "\u{feff}",
        "\u{200b}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_covered_by_its_sentences(text in any::<String>()) {
        let classes = shipped();
        check_cover(&text, &sentences(&text, classes).collect::<Vec<_>>())?;
        check_cover(&text, &text_sentences(&text, classes))?;
        check_cover(&text, &blocks(&text))?;
    }

    #[test]
    fn any_row_of_traps_is_covered_by_its_sentences(text in pieces()) {
        let classes = shipped();
        check_cover(&text, &sentences(&text, classes).collect::<Vec<_>>())?;
        check_cover(&text, &text_sentences(&text, classes))?;
    }

    /// Without exception: no decision looks back over the beginning of its sentence or ahead beyond its end.
    #[test]
    fn a_sentence_alone_is_the_same_sentence(text in pieces()) {
        let classes = shipped();
        for span in sentences(&text, classes) {
            let alone = span.of(&text);
            let again: Vec<&str> = sentences(alone, classes).map(|span| span.of(alone)).collect();
            prop_assert_eq!(&again, &vec![alone], "in {:?}", &text);
        }
    }
}

/// Texts made to hurt: each must take time that grows with its length, or this test never ends. (The bench takes three
/// times as much and prints the speed.)
#[test]
fn a_megabyte_of_malice_is_segmented() {
    let megabyte = |piece: &str| piece.repeat(1_000_000 / piece.len());
    let mut texts: Vec<String> = [
        "a",
        ".",
        ". ",
        "(",
        "() ",
        "(. K",
        "Aa.Aa.",
        "Aaa.Aaa",
        "(a. Bo ",
        "Slut. (Nu ",
        "5. 5. ",
        "kl. 5. B. ",
        "…\"",
        "Nej.\"\"\"\"\"\"\"\"(((((((( ",
        "\n",
        "- \t\n",
        "Slut. \u{a0}\n",
    ]
    .map(megabyte)
    .to_vec();
    texts.push(format!("{}. Kommunen", megabyte("1")));
    texts.push(format!("Slut.{}Kommunen svarer.", megabyte(" ")));
    texts.push(format!("{}{}", megabyte("("), megabyte(". Kommunen")));
    for text in texts {
        let spans = text_sentences(&text, shipped());
        assert!(spans.last().is_none_or(|span| span.end() <= text.len()));
    }
}

#[test]
fn a_dictionary_word_before_a_full_stop_ends_the_sentence() {
    let path = Path::new("/usr/share/dict/danish");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("SKIPPED: the dictionary sweep needs {} (apt-get install wdanish)", path.display());
        return;
    };
    let words = String::from_utf8_lossy(&bytes);
    let classes = WordClasses::shipped();
    // Single letters are initials or parts of abbreviations.
    let small = words.lines().filter(|word| word.starts_with(char::is_lowercase) && word.chars().count() > 1);
    let (mut seen, mut kept) = (0, Vec::new());
    for word in small {
        seen += 1;
        let text = format!("Ordet er {word}. Kommunen svarer.");
        if sentences(&text, &classes).count() != 2 {
            kept.push(word);
        }
    }
    eprintln!("{} of {seen} words end no sentence: {}", kept.len(), kept.join(" "));
    assert!(seen > 100_000 && kept.len() <= 20, "{} of {seen}: {}", kept.len(), kept.join(" "));
}
