//! What arrives: layouts that nobody has seen, the same minutes in several formats, drafts, agendas, corrections of
//! earlier minutes, and what is no minutes at all.

use med_digest::store::{Disposition, Edition, EditionState, SeenFile, Store as _};
use serde_json::Value;

use crate::daemon::{APPROVED, minutes};
use crate::installation::{Installation, at, said};
use crate::support::shared;

const NOON: &str = "2026-09-17T12:00:00+02:00";

/// The shipped installation with an empty inbox.
fn empty() -> Installation {
    let installation = Installation::shipped();
    std::fs::remove_dir_all(installation.path("examples")).unwrap();
    installation.write("examples/.her", "");
    installation
}

fn pass(installation: &Installation) -> usize {
    installation.pass(at(NOON), true, true).sent
}

fn editions(installation: &Installation, beginning: &str) -> Vec<Edition> {
    let mut found = installation.editions();
    found.retain(|edition| edition.key.to_string().starts_with(beginning));
    found.sort_by_key(|edition| edition.id);
    found
}

fn file(installation: &Installation, name: &str) -> SeenFile {
    installation.store().files().unwrap().into_iter().find(|file| file.path == name).unwrap()
}

fn preview(installation: &Installation, name: &str) -> Value {
    let out = installation.digest(&["preview", "--format", "json", "--audience", "medarbejdere", name]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    serde_json::from_slice(&out.stdout).unwrap()
}

/// The same minutes with other headings.
fn vedtagelse(committee: &str, date: &str) -> String {
    minutes(committee, date, APPROVED).replace("\nBeslutning\n", "\nVedtagelse\n")
}

#[test]
fn the_first_document_waits_for_a_look_and_the_next_one_goes_by_itself() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", APPROVED));
    assert_eq!(pass(&installation), 0);
    let held = editions(&installation, "hovedmed/");
    assert_eq!(held.len(), 2);
    assert!(held.iter().all(|edition| edition.reason.as_ref().unwrap().contains("Opsætningen er ny for udvalget")));
    assert!(said(&installation.digest(&["status"])).contains("digest confirm"));
    assert!(said(&installation.digest(&["confirm"])).contains("from a.txt"));
    let shown = preview(&installation, "examples/a.txt");
    assert_eq!(shown["held"][0]["item"], Value::Null);
    assert!(shown["held"][0]["reason"].as_str().unwrap().contains("Opsætningen er ny"));
    assert!(!shown["items"].as_array().unwrap().is_empty(), "the preview shows the letter as it would be");

    installation.confirm("examples/a.txt");
    assert_eq!(said(&installation.digest(&["confirm"])), "no reading waits for a confirmation\n");
    assert_eq!(preview(&installation, "examples/a.txt")["held"], serde_json::json!([]));
    assert!(pass(&installation) > 0);
    assert!(said(&installation.digest(&["status"])).contains("CONFIRMED LAYOUTS"));

    installation.write("examples/b.txt", &minutes("HovedMED", "08-09-2026", APPROVED));
    assert!(pass(&installation) > 0, "it survives the restart that every pass is");
    let log = installation.store().audit_log().unwrap();
    assert_eq!(
        log.iter().filter(|entry| entry.what.starts_with("confirm the layout") && entry.who == "Anna").count(),
        1
    );
}

#[test]
fn a_document_that_departs_from_what_was_confirmed_waits_again() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", APPROVED));
    pass(&installation);
    installation.confirm("examples/a.txt");
    pass(&installation);
    installation.write("examples/b.txt", &vedtagelse("HovedMED", "08-09-2026"));
    assert_eq!(pass(&installation), 0);
    let held = editions(&installation, "hovedmed/medarbejdere/2026-09-08").remove(0);
    let reason = held.reason.unwrap();
    assert!(reason.contains("»vedtagelse«") && reason.contains("mangler"), "{reason}");
    let confirmed = installation.digest(&["confirm", &held.id.to_string(), "--by", "Anna", "--at", NOON]);
    assert!(said(&confirmed).contains("waited for nothing else"), "{}", said(&confirmed));
    assert!(pass(&installation) > 0);
    for (name, text) in
        [("c.txt", vedtagelse("HovedMED", "09-09-2026")), ("d.txt", minutes("HovedMED", "10-09-2026", APPROVED))]
    {
        installation.write(&format!("examples/{name}"), &text);
        assert!(pass(&installation) > 0, "both layouts are confirmed now: {name}");
    }
}

#[test]
fn the_confirmation_of_another_committee_does_not_count_and_one_can_be_taken_back() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", APPROVED));
    installation.confirm("examples/a.txt");
    installation.write("examples/b.txt", &minutes("AfdelingsMED Børn & Unge", "01-09-2026", APPROVED));
    pass(&installation);
    assert!(editions(&installation, "hovedmed/").iter().all(|edition| edition.state == EditionState::Complete));
    assert!(editions(&installation, "afdelingsmed").iter().all(|edition| edition.state == EditionState::Held));

    let forgotten = installation.digest(&["confirm", "--forget", "hovedmed", "--by", "Anna"]);
    assert_eq!(forgotten.status.code(), Some(0), "{}", said(&forgotten));
    installation.write("examples/c.txt", &minutes("HovedMED", "08-09-2026", APPROVED));
    assert_eq!(pass(&installation), 0);
    assert_eq!(installation.digest(&["confirm", "--forget", "nord", "--by", "Anna"]).status.code(), Some(2));
}

#[test]
fn a_yes_to_the_letter_confirms_the_reading_and_releases_no_other_letter() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", APPROVED));
    pass(&installation);
    let first = editions(&installation, "hovedmed/")[0].id.to_string();
    let approved = installation.digest(&["approve", &first, "--by", "Anna", "--now", "--at", NOON]);
    assert!(said(&approved).contains("also confirms how its minutes are read"), "{}", said(&approved));
    assert!(pass(&installation) > 0);
    let states: Vec<EditionState> = editions(&installation, "hovedmed/").iter().map(|edition| edition.state).collect();
    assert_eq!(states, [EditionState::Complete, EditionState::Held]);
    installation.write("examples/b.txt", &minutes("HovedMED", "08-09-2026", APPROVED));
    assert!(pass(&installation) > 0);
}

#[test]
fn a_confirmation_releases_nothing_that_waits_for_something_else() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", "Mødet sluttede."));
    pass(&installation);
    let by_hand = editions(&installation, "hovedmed/")[1].id.to_string();
    installation.digest(&["hold", &by_hand, "--by", "Anna", "--reason", "vent på direktøren"]);
    installation.confirm("examples/a.txt");
    assert_eq!(pass(&installation), 0);
    let reasons: Vec<String> =
        editions(&installation, "hovedmed/").into_iter().map(|edition| edition.reason.unwrap()).collect();
    assert_eq!(reasons, ["Referatet siger ikke, at det er godkendt.", "vent på direktøren"]);
    let log = installation.store().audit_log().unwrap();
    assert!(log.iter().all(|entry| !entry.what.starts_with("release")), "{log:?}");
}

#[test]
fn automatic_release_waits_for_the_first_look_as_well() {
    let installation = empty();
    installation.edit("config.toml", "release = \"when-approved-and-clean\"", "release = \"automatic\"");
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", "UDKAST."));
    assert_eq!(pass(&installation), 0);
    installation.confirm("examples/a.txt");
    assert!(pass(&installation) > 0);
}

#[test]
fn what_cannot_be_confirmed_is_told() {
    let installation = empty();
    installation.write("examples/brev.txt", "Kære alle\n\nKantinen holder lukket i uge 29.\n");
    installation.write("examples/nord.txt", &minutes("MED-udvalg Nord", "01-09-2026", APPROVED));
    for (name, code, words) in [
        ("examples/brev.txt", 1, "cannot be confirmed"),
        ("examples/nord.txt", 1, "står ikke i config.toml"),
        ("examples/findes-ikke.txt", 2, "no file and no edition"),
    ] {
        let output = installation.digest(&["confirm", name, "--by", "Anna"]);
        assert_eq!(output.status.code(), Some(code), "{name}: {}", said(&output));
        assert!(said(&output).contains(words), "{name}: {}", said(&output));
    }
}

#[test]
fn the_preview_leaves_no_trace_in_the_state() {
    let installation = empty();
    installation.write("examples/a.txt", &minutes("HovedMED", "01-09-2026", APPROVED));
    installation.confirm("examples/a.txt");
    let look = || {
        let mut names: Vec<(String, Vec<u8>)> = std::fs::read_dir(installation.path("state"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
            .collect();
        names.sort();
        names
    };
    let before = look();
    assert_eq!(preview(&installation, "examples/a.txt")["held"], serde_json::json!([]));
    assert!(before == look());
}

const DECIDED: &str = "Alle ansatte skal fremover selv betale for lægebesøg uden løn og holde deres arbejds- og ferieplan inden den \
                       1. maj 2027, og der afskediges 12 medarbejdere i hjemmeplejen.";

/// Minutes as a web page and as Markdown, with the same words.
fn html(last: &str) -> String {
    format!(
        "<html><body><h1>REFERAT HovedMED d. 01-09-2026</h1><h2>Punkt 1: Ferie</h2><h3>Beslutning</h3><p>{}</p><p>{last}</p></body></html>",
        DECIDED.replace("hjemmeplejen", "hjemme&shy;plejen")
    )
}

fn text(last: &str) -> String {
    format!("REFERAT HovedMED d. 01-09-2026\n\nPunkt 1: Ferie\n\nBeslutning\n\n{DECIDED}\n\n{last}\n")
}

#[test]
fn the_same_minutes_in_another_format_are_one() {
    let installation = empty();
    installation.write("examples/a.txt", &text(APPROVED));
    installation.confirm("examples/a.txt");
    let sent = pass(&installation);
    assert!(sent > 0);
    installation.write("examples/b.html", &html(APPROVED));
    assert_eq!(pass(&installation), 0);
    let twin = file(&installation, "b.html");
    assert_eq!((twin.disposition, twin.reason.unwrap().contains("a.txt")), (Disposition::Same, true));
    assert_eq!(editions(&installation, "hovedmed/").len(), 2);

    installation.write("examples/c.txt", &text(APPROVED).replace("12 medarbejdere", "13 medarbejdere"));
    pass(&installation);
    let reasons = editions(&installation, "hovedmed/medarbejdere/2026-09-01/2");
    assert!(
        reasons[0].reason.as_ref().unwrap().contains("efter at brevet er sendt"),
        "one other figure is another decision"
    );
}

#[test]
fn the_same_minutes_replace_a_file_that_is_gone_before_its_letters_were_made() {
    let installation = empty();
    installation.write("examples/a.txt", &text(APPROVED));
    pass(&installation);
    std::fs::remove_file(installation.path("examples/a.txt")).unwrap();
    installation.write("examples/b.html", &html(APPROVED));
    pass(&installation);
    assert_eq!(file(&installation, "b.html").disposition, Disposition::Edition);
    let states: Vec<EditionState> = editions(&installation, "hovedmed/").iter().map(|edition| edition.state).collect();
    assert_eq!(states.iter().filter(|state| **state == EditionState::Cancelled).count(), 2, "{states:?}");
}

#[test]
fn approved_minutes_replace_their_draft_and_a_draft_replaces_nothing() {
    let installation = empty();
    installation.write("examples/a.txt", &format!("UDKAST\n\n{}", text("Mødet sluttede.")));
    installation.confirm("examples/a.txt");
    assert_eq!(pass(&installation), 0);
    installation.write("examples/b.txt", &text(APPROVED).replace("12 medarbejdere", "11 medarbejdere"));
    let before = at("2026-09-17T12:00:01+02:00");
    assert_eq!(installation.pass(before, false, true).sent, 0);
    let of = |revision| {
        let found = editions(&installation, "hovedmed/");
        let mine = found.into_iter().filter(|edition| edition.key.revision == revision);
        mine.map(|edition| (edition.state, edition.reason.unwrap_or_default())).collect::<Vec<_>>()
    };
    assert!(of(1).iter().all(|(state, _)| *state == EditionState::Cancelled), "{:?}", of(1));
    assert!(of(2).iter().all(|(state, _)| *state == EditionState::Released), "{:?}", of(2));

    let late = text("Mødet sluttede.").replace("12 medarbejdere", "14 medarbejdere");
    installation.write("examples/c.txt", &format!("UDKAST\n\n{late}"));
    installation.pass(before, false, true);
    assert!(of(2).iter().all(|(state, _)| *state == EditionState::Released), "{:?}", of(2));
    let held = of(3);
    assert!(held.iter().all(|(state, why)| *state == EditionState::Held && why.contains("mere endeligt")), "{held:?}");
}

#[test]
fn an_agenda_is_matched_to_its_minutes_and_an_item_they_lack_holds_the_letter() {
    let installation = empty();
    let agenda = "DAGSORDEN HovedMED d. 01-09-2026\n\nPunkt 1: Ferie\n\nSagsfremstilling\n\nTekst.\n\nPunkt 2: Ny \
                  telefonpolitik\n\nSagsfremstilling\n\nTekst.\n";
    installation.write("examples/a-dagsorden.txt", agenda);
    installation.write("examples/b.txt", &text(APPROVED));
    installation.confirm("examples/b.txt");
    assert_eq!(pass(&installation), 0);
    assert_eq!(file(&installation, "a-dagsorden.txt").disposition, Disposition::Agenda);
    let held = editions(&installation, "hovedmed/").remove(0).reason.unwrap();
    assert!(held.contains("2 »Ny telefonpolitik«"), "{held}");
    let status = said(&installation.digest(&["status"]));
    assert!(status.contains("MEETINGS") && status.contains("only in the agenda: 2 »Ny telefonpolitik«"), "{status}");
    let json = installation.digest(&["status", "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["meetings"][0]["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn a_correction_of_earlier_minutes_is_one_task_until_a_person_ends_it() {
    let installation = empty();
    installation.write("examples/a.txt", &text(APPROVED));
    installation.confirm("examples/a.txt");
    pass(&installation);
    let later = |last: &str| {
        format!(
            "REFERAT HovedMED d. 15-09-2026\n\nPunkt 1: Godkendelse af referat fra mødet den 1. september 2026\n\nBeslutning\n\n\
             Godkendt med en præcisering af punkt 1.\n\nPunkt 2: Ferie\n\nBeslutning\n\n{DECIDED}\n\n{last}\n"
        )
    };
    installation.write("examples/b.txt", &later("Mødet sluttede."));
    pass(&installation);
    installation.write("examples/c.txt", &later(APPROVED));
    pass(&installation);
    let listed = said(&installation.digest(&["done"]));
    assert_eq!(listed.matches("Godkendt med en præcisering af punkt 1.").count(), 1, "{listed}");
    assert!(listed.contains("hovedmed/medarbejdere/2026-09-01/1 (complete)"), "{listed}");
    assert!(said(&installation.digest(&["status"])).contains("TO LOOK AT"));

    let done = installation.digest(&["done", "1", "--by", "Anna", "--note", "Brevet passer", "--at", NOON]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert_eq!(said(&installation.digest(&["done"])), "nothing is left to look at\n");
    assert!(said(&installation.digest(&["done", "1", "--by", "Bo"])).contains("nothing changed"));
    assert_eq!(installation.digest(&["done", "7", "--by", "Anna"]).status.code(), Some(2));
    let log = installation.store().audit_log().unwrap();
    assert!(log.iter().any(|entry| entry.what == "done with task 1: Brevet passer" && entry.who == "Anna"));
}

#[test]
fn what_is_no_minutes_is_held_with_one_message_that_says_what_to_do() {
    let installation = empty();
    let toc: String = (1..9).map(|number| format!("Punkt {number}: Emne {number} ........ {}\n", number + 2)).collect();
    let agenda = "HovedMED d. 01-09-2026\n\n1. Velkomst\n2. Budget\n3. Ferie\n4. Eventuelt\n";
    let news = "Nyt fra HovedMED, september 2026\n\n1. Sommerfesten bliver flyttet til august, fordi mange holder ferie i juli.\n\n\
                2. Kantinen har fået nye stole.\n\nBeslutning om rygning kommer senere.\n";
    for (name, text) in [
        ("faktura.txt", "FAKTURA nr. 2041\n\n1. Kontorstole 4 stk. 3.200 kr.\n2. Fragt 200 kr.\n\nI alt 3.400 kr.\n"),
        ("roman.txt", "Kapitel 3\n\nHun gik ned mod havnen. Det blæste, og skibene lå tæt. Ingen sagde noget.\n"),
        ("indhold.txt", &format!("REFERAT HovedMED d. 01-09-2026\n\nIndholdsfortegnelse\n\n{toc}")),
        ("uden-beslutning.txt", agenda),
        ("nyhedsbrev.txt", news),
    ] {
        installation.write(&format!("examples/{name}"), text);
        let shown = preview(&installation, &format!("examples/{name}"));
        assert_eq!(shown["items"], serde_json::json!([]), "{name}");
        pass(&installation);
        let seen = file(&installation, name);
        let reason = seen.reason.unwrap();
        assert_eq!(seen.disposition, Disposition::NotUnderstood, "{name}: {reason}");
        assert!(reason.contains("digest parse") && reason.contains("rules/dialekt"), "{name}: {reason}");
    }
    assert!(installation.editions().is_empty());
}

#[test]
fn real_minutes_are_well_understood_and_the_same_in_every_format() {
    use med_digest::daemon::meeting::document;
    use med_digest::minutes::{Confidence, Kind, Minutes};
    let (Some(formats), Some(texts)) = (shared("formats"), shared("minutes")) else { return };
    let workspace = Installation::shipped().workspace();
    let all = |folder: &std::path::Path| -> Vec<(String, Minutes)> {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.is_file());
        paths.sort();
        let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        paths.iter().map(|path| (name(path), workspace.reading.minutes(path).unwrap())).collect()
    };
    let words = |minutes: &Minutes| {
        let committee = med_digest::store::CommitteeId("a".into());
        document(minutes, &committee, chrono::NaiveDate::default(), &|_| false).words
    };
    let texts = all(&texts);
    for (name, minutes) in texts.iter().chain(&all(&formats)) {
        let confidence = Confidence::of(minutes);
        assert!(confidence.value >= 80 || minutes.kind == Kind::Dagsorden, "{name}: {confidence:?}");
    }
    for (name, minutes) in all(&formats) {
        let stem = name.split('.').next().unwrap();
        let (_, text) = texts.iter().find(|(text, _)| text.starts_with(stem)).unwrap();
        assert_eq!(words(&minutes), words(text), "{name}");
    }
}

#[test]
fn the_configuration_names_the_examples_as_they_are_shipped() {
    let installation = Installation::shipped();
    let config = std::fs::read_to_string(installation.path("config.toml")).unwrap();
    for entry in std::fs::read_dir(installation.path("examples")).unwrap() {
        let path = entry.unwrap().path();
        let hash = med_digest::store::ContentHash::of(&std::fs::read(&path).unwrap()).0;
        let minutes = path.file_name().unwrap().to_string_lossy().starts_with("referat");
        assert_eq!(config.contains(&hash), minutes, "{}: {hash}", path.display());
    }
}
