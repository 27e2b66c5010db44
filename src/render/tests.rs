//! Claims about letters and their templates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::diagnostic::{Language, Problem};
use crate::digest::{Digest, DigestItem, Quote, Role, Story};
use crate::minutes::{EntryId, ItemNumber, Outcome};
use crate::render::sample::{minimal_digest, sample_agenda, sample_correction};
use crate::render::verify::{HTML_LIMIT, folded};
use crate::rules::Statement;

fn shipped_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")
}

fn shipped() -> Templates {
    let mut problems = Vec::new();
    let templates = Templates::load(&shipped_folder(), &mut problems);
    if let Some(templates) = &templates {
        templates.check(&mut problems);
    }
    assert!(problems.is_empty(), "{}", told(&problems));
    templates.unwrap()
}

/// Loaded once for the claims about many digests.
static SHIPPED: LazyLock<Templates> = LazyLock::new(shipped);

fn told(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.to_terminal(Language::Danish)).collect()
}

/// The shipped templates in a folder of their own, with one replacement made in each of these files.
fn edited(edits: &[(&str, &str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for part in ["brev", "rettelse", "kommende", "dele"] {
        fs::create_dir(folder.path().join(part)).unwrap();
        for entry in fs::read_dir(shipped_folder().join(part)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
        }
    }
    for (file, from, to) in edits {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    folder
}

/// Codes, places below the folder and hints of what loading and checking finds.
fn problems_of(folder: &TempDir) -> Vec<String> {
    let mut problems = Vec::new();
    if let Some(templates) = Templates::load(folder.path(), &mut problems) {
        templates.check(&mut problems);
    }
    let root = format!("  --> {}/", folder.path().display());
    problems
        .iter()
        .map(|problem| {
            let shown = problem.to_terminal(Language::Danish);
            let place = shown.lines().find_map(|line| line.strip_prefix(&root)).unwrap_or("?");
            format!("{} {place} {}", problem.code(), problem.hint(Language::Danish).unwrap_or_default())
        })
        .collect()
}

fn one_quote(text: &str) -> Digest {
    let mut digest = minimal_digest();
    digest.items[0].sentences[0].text = text.to_owned();
    digest
}

#[test]
fn a_full_letter() {
    let letter = shipped().render(&sample_digest(), "Til medarbejdere", "3f9a1c07d2e4").unwrap();
    insta::assert_snapshot!("full_subject", letter.subject);
    insta::assert_snapshot!("full_html", letter.html);
    insta::assert_snapshot!("full_text", letter.text);
}

#[test]
fn a_letter_of_one_sentence() {
    let letter = shipped().render(&minimal_digest(), "Til tillidsvalgte", "3f9a1c07d2e4").unwrap();
    insta::assert_snapshot!("minimal_subject", letter.subject);
    insta::assert_snapshot!("minimal_text", letter.text);
}

#[test]
fn a_correction() {
    let letter = shipped().correction(&sample_correction(), "Til medarbejdere", "3f9a1c07d2e4").unwrap();
    insta::assert_snapshot!("correction_subject", letter.subject);
    insta::assert_snapshot!("correction_html", letter.html);
    insta::assert_snapshot!("correction_text", letter.text);
}

#[test]
fn a_coming_meeting() {
    let letter = shipped().agenda(&sample_agenda(), "Til medarbejdere").unwrap();
    insta::assert_snapshot!("agenda_subject", letter.subject);
    insta::assert_snapshot!("agenda_html", letter.html);
    insta::assert_snapshot!("agenda_text", letter.text);
}

#[test]
fn a_digest_without_quotes_is_no_letter() {
    let mut digest = sample_digest();
    for item in &mut digest.items {
        item.sentences.clear();
    }
    assert_eq!(shipped().render(&digest, "Til medarbejdere", "x"), Err(RenderError::Empty));
}

#[test]
fn markup_in_a_quote_is_text_and_plain_text_stays_plain() {
    let quote = "Skriv <script>alert('x')</script> & {{dato}} i Børn & Unge.";
    let letter = shipped().render(&one_quote(quote), "Til <b>alle</b>", "x").unwrap();
    assert!(!letter.html.contains("<script"));
    assert!(letter.html.contains("&lt;script&gt;"));
    assert!(!letter.html.contains("<b>"));
    assert!(folded(&letter.text).contains(quote));
}

#[test]
fn what_is_told_under_a_story_is_not_repeated_and_leaves_a_gap() {
    let text = shipped().render(&sample_digest(), "Til medarbejdere", "x").unwrap().text;
    assert_eq!(text.matches("ikke tale om et ansættelsesstop").count(), 1);
    assert_eq!(text.matches("Ændret arbejdstid i hjemmeplejen").count(), 1, "told whole under its story");
    assert!(text.contains("[…] Medarbejdersiden kritiserede"));
}

#[test]
fn nothing_held_back_reaches_the_letter() {
    let letter = shipped().render(&sample_digest(), "Til medarbejdere", "x").unwrap();
    assert!(!letter.html.contains("orlov") && !letter.text.contains("orlov"));
}

#[test]
fn a_letter_that_mail_programs_would_cut_is_refused() {
    let mut digest = minimal_digest();
    digest.items[0].sentences[0].text = "Lang sætning. ".repeat(HTML_LIMIT / 10);
    assert!(matches!(shipped().render(&digest, "Til alle", "x"), Err(RenderError::TooLarge { .. })));
}

#[test]
fn the_letter_loads_nothing_and_runs_nothing() {
    let html = shipped().render(&sample_digest(), "Til medarbejdere", "x").unwrap().html;
    for forbidden in ["http", "src=", "url(", "@import", "<script", "<link", "<img", "<form"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
}

#[test]
fn the_version_follows_the_templates_and_not_their_line_ends() {
    let load = |folder: &TempDir| Templates::load(folder.path(), &mut Vec::new()).unwrap();
    let same = edited(&[]);
    let path = same.path().join("brev/emne.hbs");
    fs::write(&path, format!("\u{feff}{}", fs::read_to_string(&path).unwrap().replace('\n', "\r\n"))).unwrap();
    assert_eq!(load(&same).version(), shipped().version());
    assert_eq!(
        load(&same).render(&sample_digest(), "Til alle", "x"),
        shipped().render(&sample_digest(), "Til alle", "x")
    );
    let other = edited(&[("brev/emne.hbs", "Nyt fra", "Nyheder fra")]);
    assert_ne!(load(&other).version(), shipped().version());
}

#[test]
fn a_misspelt_name_is_told_with_place_and_the_name_that_was_meant() {
    let folder = edited(&[("dele/punkt.hbs", "</span> {{titel}}", "</span> {{titl}}")]);
    let mut problems = Vec::new();
    assert!(Templates::load(folder.path(), &mut problems).is_none());
    assert_eq!(
        told(&problems).replace(&folder.path().display().to_string(), ""),
        "fejl[unknown-name]: Navnet »titl« findes ikke her.\n  \
           --> /dele/punkt.hbs:6:108\n\
         6 | <h3><span class=\"nummer\" style=\"display:block;font-size:15px;font-weight:normal\">Punkt {{nummer}}</span> {{titl}}</h3>\n  \
           |                                                                                                            ^^^^\n  \
           = råd: Mente du »titel«? Her kan stå: nummer, titel, resultat, afsnit, bemaerkning.\n"
    );
}

#[test]
fn all_mistakes_of_all_files_are_told_at_once() {
    let folder = edited(&[
        ("brev/html.hbs", "{{> hoved}}", "{{> hovde}}"),
        ("brev/html.hbs", "{{#if datoer}}", "{{#if dateor}}"),
        ("brev/emne.hbs", "{{udvalg}}{{else}}", "{{emne}}{{else}}"),
        ("dele/citat.hbs", "{{tekst}}", "{{{tekst}}}"),
        ("dele/datoer.hbs", "{{#each datoer}}", "{{#each datoer}}{{udvalg}}"),
        ("dele/fod.hbs", "{{#if udeladt}}", "{{#fi udeladt}}{{/fi}}{{#if udeladt}}"),
        ("dele/afsnit.hbs", "<h4>{{overskrift}}</h4>", "<h4>{{stykker}}</h4>"),
    ]);
    let told = problems_of(&folder);
    for expected in [
        "unknown-name brev/emne.hbs:12:25 Her kan stå: udvalg, dato,",
        "unknown-part brev/html.hbs:39:5 Mente du »hoved«?",
        "unknown-name brev/html.hbs:64:7 Mente du »datoer«?",
        "not-text dele/afsnit.hbs:7:7 ",
        "raw-output dele/citat.hbs:1:",
        "outer-name dele/datoer.hbs:8:19 Skriv {{@root.udvalg}}.",
        "unknown-word dele/fod.hbs:6:4 Mente du »if«?",
    ] {
        assert!(told.iter().any(|line| line.starts_with(expected)), "{expected}\n{told:#?}");
    }
}

#[test]
fn a_broken_bracket_is_told_where_it_began() {
    let folder = edited(&[
        ("dele/fod.hbs", "{{uddrag}}", "{{uddrag}"),
        ("brev/emne.hbs", "{{#if dato}} – mødet", "{{#if (dato}} – mødet"),
    ]);
    let told = problems_of(&folder);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("template-syntax brev/emne.hbs:12:"), "{told:#?}");
    assert!(told[1].starts_with("unclosed-tag dele/fod.hbs:9:4"), "{told:#?}");
}

#[test]
fn a_part_that_calls_itself_is_refused() {
    let folder = edited(&[("dele/citat.hbs", "{{tekst}}", "{{tekst}}{{> afsnit this}}{{> citat}}")]);
    let told = problems_of(&folder);
    assert!(told.iter().any(|line| line.starts_with("calls-itself") && line.contains("citat → citat")), "{told:#?}");
}

#[test]
fn templates_that_drop_a_sentence_or_a_mark_or_the_fixed_line_are_refused() {
    for (file, from, to, code) in [
        ("dele/afsnit.hbs", "<li>{{> citat}}</li>", "<li></li>", "lost-quote brev/html.hbs"),
        (
            "dele/tekst-afsnit.hbs",
            "- {{#if spring}}[…] {{/if}}{{> tekst-led}}",
            "- {{> tekst-led}}",
            "lost-gap brev/tekst.hbs",
        ),
        ("dele/citat.hbs", "{{#if spring}}<span class=\"spring\">[…]</span> {{/if}}", "", "lost-gap brev/html.hbs"),
        ("dele/fod.hbs", "<p>{{uddrag}}</p>", "", "lost-extract-line brev/html.hbs"),
        ("dele/punkt.hbs", "{{bemaerkning}}", "", "lost-remark brev/html.hbs"),
        ("rettelse/tekst.hbs", "{{> tekst-afsnit}}", "", "lost-quote rettelse/tekst.hbs"),
        ("kommende/html.hbs", "{{titel}}", "", "lost-title kommende/html.hbs"),
        ("kommende/tekst.hbs", "{{forbehold}}", "", "lost-extract-line kommende/tekst.hbs"),
        (
            "brev/emne.hbs",
            "Nyt fra {{#if udvalg}}{{udvalg}}{{else}}MED{{/if}}",
            "{{udvalg}}",
            "empty-subject brev/emne.hbs",
        ),
    ] {
        let told = problems_of(&edited(&[(file, from, to)]));
        assert!(told.iter().any(|line| line.starts_with(code)), "{code}\n{told:#?}");
    }
}

#[test]
fn missing_strange_and_unreadable_files_are_told() {
    let folder = edited(&[]);
    fs::remove_file(folder.path().join("brev/tekst.hbs")).unwrap();
    fs::write(folder.path().join("brev/teskt.hbs"), "x").unwrap();
    fs::write(folder.path().join("dele/gammel.hbs"), [b'S', 0x81, b't']).unwrap();
    fs::create_dir(folder.path().join("breve")).unwrap();
    let told = problems_of(&folder);
    assert_eq!(
        told.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>(),
        [
            "missing-template brev/tekst.hbs",
            "unknown-template-file brev/teskt.hbs",
            "unknown-template-file breve",
            "not-utf8 dele/gammel.hbs"
        ],
    );
    assert!(told[1].contains("Mente du »tekst.hbs«?"));
    let mut problems = Vec::new();
    assert!(Templates::load(&folder.path().join("findes-ikke"), &mut problems).is_none());
    assert_eq!(problems.len(), 1);
}

#[test]
fn an_unused_part_and_a_strange_file_do_not_stop_the_letters() {
    let folder = edited(&[]);
    fs::write(folder.path().join("dele/ekstra.hbs"), "Hej").unwrap();
    fs::write(folder.path().join("noter.txt"), "x").unwrap();
    let mut problems = Vec::new();
    assert!(Templates::load(folder.path(), &mut problems).is_some());
    assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), ["unused-part", "unknown-template-file"]);
}

#[test]
fn every_message_stands_in_both_languages() {
    for message in messages::ALL {
        assert!(!message.danish.is_empty() && !message.english.is_empty(), "{}", message.code);
        assert_eq!(message.danish_hint.is_empty(), message.english_hint.is_empty(), "{}", message.code);
    }
}

/// Random digests: items with quotes under changing headings, with gaps and bullets, some told under stories.
fn digests() -> impl Strategy<Value = Digest> {
    let quote = (any::<bool>(), any::<bool>(), 0..3_usize, prop::option::weighted(0.3, 0..2_usize), 1..30_usize);
    let items = prop::collection::vec(prop::collection::vec(quote, 1..7), 1..5);
    items.prop_map(|items| {
        let mut digest = sample_digest();
        digest.dates.clear();
        digest.stories = ["Den ene", "Den anden"]
            .iter()
            .map(|text| Story { text: (*text).to_owned(), items: Vec::new(), sentences: Vec::new() })
            .collect();
        digest.items = (1..)
            .zip(items)
            .map(|(number, quotes)| DigestItem {
                objections: crate::digest::Objections::None,
                number: ItemNumber(number),
                printed: number.to_string(),
                title: format!("Titel {number}"),
                outcome: Outcome::Noted,
                amended: false,
                sentences: quotes
                    .into_iter()
                    .enumerate()
                    .map(|(index, (gap_before, bullet, heading, story, words))| {
                        let id = EntryId { item: ItemNumber(number), index };
                        if let Some(story) = story {
                            digest.stories[story].sentences.push(id);
                        }
                        Quote {
                            id,
                            text: format!("Citat {number}x{index}: {}slut.", "ord & <ord> ".repeat(words)),
                            role: if story.is_some() { Role::Story } else { Role::Pick },
                            gap_before,
                            subheading: (heading > 0).then(|| format!("Overskrift{heading}")),
                            bullet,
                            statement: (words % 3 == 0).then_some(Statement::Intended),
                        }
                    })
                    .collect(),
            })
            .collect();
        digest
    })
}

/// For each quote in the order of the letter: what stands between it and the quote before.
fn between<'l>(body: &'l str, texts: &BTreeMap<EntryId, String>) -> Vec<(Option<EntryId>, EntryId, &'l str)> {
    let mut found: Vec<(usize, usize, EntryId)> = texts
        .iter()
        .map(|(id, text)| {
            let start = body.find(text.as_str()).unwrap();
            assert_eq!(body.matches(text.as_str()).count(), 1, "{id} stands once");
            (start, start + text.len(), *id)
        })
        .collect();
    found.sort_unstable();
    let befores = [(0, 0, None)].into_iter().chain(found.iter().map(|(start, end, id)| (*start, *end, Some(*id))));
    befores.zip(&found).map(|((_, end, before), (start, _, id))| (before, *id, &body[end..*start])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn quotes_that_are_no_neighbours_never_run_on_and_every_quote_stands_word_for_word(digest in digests()) {
        let templates = &*SHIPPED;
        let letter = templates.render(&digest, "Til medarbejdere", "x").unwrap();
        prop_assert_eq!(&letter, &templates.render(&digest, "Til medarbejdere", "x").unwrap());
        prop_assert!(letter.text.lines().all(|line| line.chars().count() <= 76));
        let quotes: BTreeMap<EntryId, &Quote> =
            digest.items.iter().flat_map(|item| &item.sentences).map(|quote| (quote.id, quote)).collect();
        let plain: BTreeMap<EntryId, String> = quotes.iter().map(|(id, quote)| (*id, quote.text.clone())).collect();
        let escaped = plain.iter().map(|(id, text)| (*id, handlebars::html_escape(text))).collect();
        let text = folded(&letter.text);
        for (body, texts, headings) in
            [(&letter.html, &escaped, ["<h3", "<h4", "class=\"kilde\""]), (&text, &plain, ["Punkt ", "Overskrift", "(Fra punkt "])]
        {
            for (before, id, gap) in between(body, texts) {
                let quote = quotes[&id];
                let predecessor = id.index.checked_sub(1).map(|index| EntryId { index, ..id });
                let follows = before.is_some() && before == predecessor && !quote.gap_before;
                let headed = headings.iter().any(|heading| gap.contains(heading));
                prop_assert!(follows || headed || gap.contains("[…]"), "{} before {id}", gap);
                let cut_off = !quote.gap_before
                    && before != predecessor
                    && predecessor.is_some_and(|id| quotes[&id].subheading == quote.subheading);
                prop_assert!(!cut_off || gap.contains("[…]"), "{id} leans on nothing");
                let same = predecessor.is_some_and(|id| quotes[&id].subheading == quote.subheading);
                prop_assert!(!(follows && same && !headed && gap.contains("[…]")), "no gap before {id}");
            }
        }
    }

    #[test]
    fn no_template_whatever_panics(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "{{", "}}", "{{#if a}}", "{{/if}}", "{{else}}", "{{else if dato}}", "{{~^~}}", "{{{", "}}}", "{{{{raw}}}}", "\\", "{{!--",
            "--}}", "{{> citat}}", "{{#> citat}}", "{{/citat}}", "{{*x}}", "{{#each punkter as |a b|}}", "{{/each}}", "~", "(", ")",
            "[", "]", "\"", "'", "æ", " ", "\n", "../", "@root.", "dato", "{{#each punkter}}", "{{titel}}", "=", "1", "{{#*inline \"x\"}}",
        ]), 0..12))
    {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("brev")).unwrap();
        fs::create_dir(folder.path().join("dele")).unwrap();
        fs::write(folder.path().join("dele/citat.hbs"), "{{dato}}").unwrap();
        for (file, text) in [("emne", pieces.concat().as_str()), ("html", "{{uddrag}}"), ("tekst", "{{uddrag}}")] {
            fs::write(folder.path().join(format!("brev/{file}.hbs")), text).unwrap();
        }
        let mut problems = Vec::new();
        if let Some(templates) = Templates::load(folder.path(), &mut problems) {
            templates.check(&mut problems);
        }
    }
}
