//! Corrections come from changed minutes only, ask a person first, go only to those whose letter is affected, and say what
//! changed; a coming meeting is told where the configuration wants it.

use med_digest::store::{Disposition, Edition, EditionKind, EditionState, LetterState, Store as _};

use crate::installation::{Installation, at, said};

const FILE: &str = "examples/referat.txt";
const NOON: &str = "2026-09-17T12:00:00+02:00";
const EVENING: &str = "2026-09-17T20:00:00+02:00";
const NIGHT: &str = "2026-09-17T22:00:00+02:00";

const FIRST: &str = "Alle ansatte skal fra 1. maj 2027 selv betale for lægebesøg uden løn.";
const CHANGED: &str = "Alle ansatte skal fra 1. juni 2027 selv betale for lægebesøg uden løn.";
const SECOND: &str = "Kutymefridagene bliver opsagt med tre måneders varsel den 1. februar 2027.";

fn minutes(items: &[(&str, &str)]) -> String {
    let mut text = String::from("REFERAT HovedMED d. 16-09-2026\n\nMødedato Onsdag d. 16. september 2026 kl. 09:00\n");
    for (index, (title, decision)) in items.iter().enumerate() {
        text += &format!("\nPunkt {}: {title}\n\nBeslutning\n\n{decision}\n", index + 1);
    }
    text + "\nReferatet er godkendt af forperson Vibeke Thorngaard og næstforperson Jesper Elmkvist\n"
}

/// An installation whose letters about two items went out.
fn sent() -> Installation {
    let installation = Installation::shipped();
    for entry in std::fs::read_dir(installation.path("examples")).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    installation.write(FILE, &minutes(&[("Løn ved lægebesøg", FIRST), ("Fridage", SECOND)]));
    installation.confirm(FILE);
    installation.pass(at(NOON), true, true);
    let editions = installation.editions();
    let told: Vec<String> = editions.iter().map(|one| format!("{} {:?}", one.state, one.reason)).collect();
    assert!(editions.iter().all(|edition| edition.state == EditionState::Complete), "{told:?}");
    assert_eq!(editions.len(), 2);
    installation
}

/// The minutes come again, and what that makes.
fn again(installation: &Installation, items: &[(&str, &str)], now: &str) -> Vec<Edition> {
    installation.write(FILE, &minutes(items));
    assert_eq!(installation.pass(at(now), true, false).sent, 0, "nothing goes without a person");
    installation.editions().into_iter().filter(|edition| edition.kind == EditionKind::Correction).collect()
}

/// Approves an edition and reads the letters it makes.
fn approved(installation: &Installation, edition: &Edition, now: &str) -> Vec<String> {
    let before = installation.letters("");
    let output = installation.digest(&["approve", &edition.id.to_string(), "--by", "Anna", "--now", "--at", now]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    installation.pass(at(now), true, false);
    let new = installation.letters("").into_iter().filter(|path| !before.contains(path));
    new.map(|path| {
        let bytes = std::fs::read(path).unwrap();
        let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let text = message.body_text(0).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(message.body_html(0).unwrap().contains("Rettelse"));
        format!("{} | {text}", message.subject().unwrap())
    })
    .collect()
}

#[test]
fn a_changed_sentence_is_corrected_with_what_stood_there_and_what_stands_there_now() {
    let installation = sent();
    let corrections = again(&installation, &[("Løn ved lægebesøg", CHANGED), ("Fridage", SECOND)], EVENING);
    assert_eq!(corrections.len(), 2);
    for edition in &corrections {
        assert_eq!(edition.state, EditionState::Held);
        assert!(edition.reason.as_ref().unwrap().contains("punktet 1."), "{:?}", edition.reason);
        let letters = approved(&installation, edition, EVENING);
        let mut store = installation.store();
        let got = store.letters(edition.about.unwrap()).unwrap();
        assert_eq!(letters.len(), got.iter().filter(|row| row.state == LetterState::Sent).count());
        for letter in letters {
            assert!(letter.starts_with("Rettelse: Nyt fra HovedMED"), "{letter}");
            assert!(letter.contains(&format!("»{FIRST}«")) && letter.contains(CHANGED), "{letter}");
            assert!(!letter.contains("Kutymefridagene"), "an unchanged item is never sent twice: {letter}");
        }
    }
    // The same again changes nothing.
    installation.pass(at(NIGHT), true, false);
    assert_eq!(installation.editions().len(), 4);
}

#[test]
fn changed_rules_and_templates_correct_nothing() {
    let installation = sent();
    installation.edit("templates/brev/emne.hbs", "Nyt fra", "Nyheder fra");
    let rule = "[[rule]]\nid = \"vores-laegebesoeg\"\nlabel = \"Lægebesøg\"\nphrases = [\"lægebesøg\"]\nweight = -10\n\
                hits = [\"Et **lægebesøg**.\"]\nmisses = [\"Et besøg.\"]\n";
    installation.write("rules/egne.toml", rule);
    installation.pass(at(EVENING), true, false);
    assert_eq!(installation.editions().len(), 2);
}

#[test]
fn minutes_that_change_nothing_an_audience_was_told_make_no_correction() {
    let installation = sent();
    let items = [("Løn ved lægebesøg", FIRST), ("Fridage", SECOND), ("Mødeplan", "Mødeplanen blev gennemgået.")];
    assert!(again(&installation, &items, EVENING).is_empty());
    let files = installation.store().files().unwrap();
    let reasons: Vec<String> = files.into_iter().filter_map(|file| file.reason).collect();
    assert!(reasons.iter().any(|reason| reason.contains("ændrer intet i brevet til medarbejdere")), "{reasons:?}");
}

#[test]
fn what_was_closed_or_taken_out_is_withdrawn_without_a_word_of_it() {
    let closed = [("Løn ved lægebesøg (Lukket punkt)", "Lukket."), ("Fridage", SECOND)];
    let gone = [("Fridage", SECOND)];
    let cut = [("Løn ved lægebesøg", "Udvalget tog orienteringen til efterretning."), ("Fridage", SECOND)];
    for items in [&closed[..], &gone[..], &cut[..]] {
        let installation = sent();
        let corrections = again(&installation, items, EVENING);
        assert_eq!(corrections.len(), 2, "{items:?}");
        let letters = approved(&installation, &corrections[0], EVENING);
        assert!(!letters.is_empty());
        for letter in letters {
            assert!(letter.contains("Punkt 1 Se bort fra det, vi skrev om dette punkt"), "{letter}");
            assert!(!letter.to_lowercase().contains("læge") && !letter.contains("Kutyme"), "{letter}");
        }
    }
}

#[test]
fn an_item_that_was_put_in_is_told_alone_and_moves_no_other() {
    let installation = sent();
    let new = ("Opsigelser", "Der bliver afskediget 12 medarbejdere i hjemmeplejen fra 1. januar 2027.");
    let items = [new, ("Løn ved lægebesøg", FIRST), ("Fridage", SECOND)];
    let corrections = again(&installation, &items, EVENING);
    assert_eq!(corrections.len(), 2);
    for letter in approved(&installation, &corrections[0], EVENING) {
        assert!(letter.contains("Det står nu i referatet: Der bliver afskediget 12"), "{letter}");
        assert!(!letter.contains(FIRST) && !letter.contains(SECOND), "{letter}");
    }
}

#[test]
fn a_later_change_is_compared_with_the_last_correction() {
    let installation = sent();
    let first = again(&installation, &[("Løn ved lægebesøg", CHANGED), ("Fridage", SECOND)], EVENING);
    approved(&installation, &first[0], EVENING);
    let later = "Alle ansatte skal fra 1. august 2027 selv betale for lægebesøg uden løn.";
    let corrections = again(&installation, &[("Løn ved lægebesøg", later), ("Fridage", SECOND)], NIGHT);
    let newest =
        corrections.iter().find(|edition| edition.key.audience == first[0].key.audience && edition.key.revision == 3);
    for letter in approved(&installation, newest.unwrap(), NIGHT) {
        assert!(letter.contains(&format!("»{CHANGED}«")) && letter.contains(later), "{letter}");
        assert!(!letter.contains(FIRST), "{letter}");
    }
}

#[test]
fn nobody_who_left_the_list_or_came_later_gets_a_correction() {
    let installation = sent();
    let list = "lister/hovedmed-tillidsvalgte.csv";
    let text = std::fs::read_to_string(installation.path(list)).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1] = "Ny Person;ny.person@solvig.example;TR";
    installation.write(list, &lines.join("\n"));
    let corrections = again(&installation, &[("Løn ved lægebesøg", CHANGED), ("Fridage", SECOND)], EVENING);
    let edition = corrections.iter().find(|edition| edition.key.audience.0 == "tillidsvalgte").unwrap();
    approved(&installation, edition, EVENING);
    let mut store = installation.store();
    let rows = store.letters(edition.id).unwrap();
    assert_eq!(rows.len(), lines.len() - 2);
    assert!(!rows.iter().any(|row| row.address.starts_with("ny.person") || row.address.starts_with("jesper")));
}

#[test]
fn what_an_audience_was_told_of_a_case_is_not_told_again_at_the_next_meeting() {
    let installation = sent();
    let later = |date: &str| {
        minutes(&[("Løn ved lægebesøg", &format!("{date} {SECOND}"))])
            .replace("16-09-2026", "09-12-2026")
            .replace("16. september 2026", "9. december 2026")
    };
    let quoted = |text: &str| {
        installation.write("examples/referat-2.txt", text);
        let arguments = ["preview", "examples/referat-2.txt", "--audience", "medarbejdere", "--format", "json"];
        let output = installation.digest(&arguments);
        let preview: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        preview["items"].to_string()
    };
    let same = quoted(&later(FIRST));
    assert!(!same.contains("lægebesøg uden løn") && same.contains("Kutymefridagene"), "{same}");
    assert!(quoted(&later(CHANGED)).contains(CHANGED), "another date is news");
}

const AGENDA: &str = "DAGSORDEN HovedMED d. 09-12-2026\n\nMødedato Onsdag d. 9. december 2026 kl. 09:00\n\n\
    Punkt 1: Budget 2027\n\nSagsfremstilling\n\nDirektøren fremlægger budgettet.\n\n\
    Punkt 2: Personsag (Lukket punkt)\n\nPunkt 3: Afskedigelse af Mads Nørgaard\n\nSagsfremstilling\n\nSagen forelægges.\n";

#[test]
fn a_coming_meeting_is_told_only_where_the_configuration_wants_it() {
    for wanted in [false, true] {
        let installation = sent();
        if wanted {
            installation.edit("config.toml", "id = \"hovedmed\"\n", "id = \"hovedmed\"\nagenda = true\n");
        }
        installation.write("examples/dagsorden.txt", AGENDA);
        assert_eq!(installation.pass(at(EVENING), true, false).sent, 0);
        let agendas: Vec<Edition> =
            installation.editions().into_iter().filter(|edition| edition.kind == EditionKind::Agenda).collect();
        assert_eq!(agendas.len(), if wanted { 2 } else { 0 });
        let files = installation.store().files().unwrap();
        assert!(files.iter().any(|file| file.disposition == Disposition::Agenda));
        let Some(edition) = agendas.first() else { continue };
        let before = installation.letters("");
        let output =
            installation.digest(&["approve", &edition.id.to_string(), "--by", "Anna", "--now", "--at", EVENING]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        installation.pass(at(EVENING), true, false);
        let letters: Vec<_> = installation.letters("").into_iter().filter(|path| !before.contains(path)).collect();
        assert!(!letters.is_empty());
        for path in letters {
            let bytes = std::fs::read(path).unwrap();
            let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            let text = message.body_text(0).unwrap();
            assert!(message.subject().unwrap().starts_with("Kommende møde i HovedMED den 9. december 2026"));
            assert!(text.contains("1. Budget 2027"), "{text}");
            assert!(!text.contains("Personsag") && !text.contains("Mads") && !text.contains("fremlægger"), "{text}");
        }
    }
}
