//! After a leak and after a restore: who has it, asking them to delete it, items that close, a database that is too old.

use med_digest::clock::Clock;
use med_digest::daemon::{Daemon, Stop};
use med_digest::mail::transport::{MemoryTransport, Step};
use med_digest::mail::{Delivery, Summary, Transport};
use med_digest::store::{EditionKind, EditionState, LetterState, Operation as _, SqliteStore, Store as _, Trace};

use crate::installation::{Installation, at, executor, said};
use crate::small::{
    HOLIDAY, PLAN, answered, balance, closed, edition, mails, notice, pass, restore, snapshot, started, usual,
};

const MORNING: &str = "2026-09-18T08:00:00+02:00";

/// With the letters sent on Friday morning.
fn sent() -> Installation {
    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(pass(&installation, MORNING).sent, 3);
    installation
}

/// The relay says "later" to the last two letters, so one is sent and two wait.
fn half_sent() -> Installation {
    let installation = started("", "", "");
    installation.edit("lister/medarbejdere.csv", "bo@", "anders@example.dk\nbo@");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let fine = || Delivery::Accepted { reply: "250".to_owned() };
    let later = || Delivery::Temporary { reply: "451 later".to_owned() };
    let script = [fine(), later(), later(), later()].map(|delivery| (Step::HandOver, delivery));
    let memory = MemoryTransport { script: script.into(), ..MemoryTransport::default() };
    assert_eq!(answered(&installation, MORNING, memory).1.len(), 1);
    installation
}

#[test]
fn a_trace_tells_who_has_a_sentence_or_a_part_of_it_after_the_text_is_gone() {
    let installation = sent();
    // The minutes are gone as well: only the hashes can answer.
    std::fs::remove_file(installation.path("ind/referat.txt")).unwrap();
    let whole = installation.digest(&["trace", &HOLIDAY.to_uppercase().replace(' ', "\n"), "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(found["whole"], true);
    assert_eq!(found["letters"].as_array().unwrap().len(), 2, "{found}");
    let people = |found: &serde_json::Value| -> Vec<String> {
        let letters = found["letters"].as_array().unwrap().iter();
        let rows = letters.flat_map(|letter| letter["reached"].as_array().unwrap());
        rows.map(|row| row["address"].as_str().unwrap().to_owned()).collect()
    };
    assert!(people(&found).iter().all(|address| address.contains("***@")), "{found}");
    let part = installation.digest(&["trace", "hos lederen inden den lange sommer", "--addresses", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&part.stdout).unwrap();
    assert_eq!(found["whole"], false);
    let mut addresses = people(&found);
    addresses.sort();
    assert_eq!(addresses, ["asta@example.dk", "bo@example.dk", "ida@example.dk"]);
    assert_eq!(found["letters"][0]["items"][0], "2");
    assert_eq!(found["letters"][0]["reached"][0]["at"], "2026-09-18T06:00:00+00:00");
    let nothing = said(&installation.digest(&["trace", "Ferie holdes aldrig nogensinde i dette udvalg."]));
    assert_eq!(nothing, "no letter had that sentence, as far as is still known\n");
}

#[test]
fn a_trace_holds_no_text() {
    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let edition = edition(&installation, "medarbejdere");
    let traces = Trace::of("Kanariefuglen synger hver morgen klokken syv i gården.", "4");
    installation.store().trace(edition.id, &traces).unwrap();
    let holds = |word: &str| {
        snapshot(&installation).iter().any(|(_, bytes)| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
    };
    assert!(holds("medarbejdere"), "the look finds what is there");
    for word in ["Kanariefugl", "kanariefugl", "synger", "morgen"] {
        assert!(!holds(word), "{word}");
    }
}

#[test]
fn those_who_have_a_letter_are_asked_to_delete_it_once_a_person_says_yes_and_nothing_is_quoted() {
    let installation = sent();
    let id = edition(&installation, "medarbejdere").id.to_string();
    let recall = installation.digest(&["recall", &id, "--by", "Anna", "--at", "2026-09-18T10:00:00+02:00"]);
    assert_eq!(recall.status.code(), Some(0), "{}", said(&recall));
    assert!(said(&recall).contains("asks the 2 people"), "{}", said(&recall));
    let request = notice(&installation, EditionKind::Deletion).unwrap();
    assert_eq!((request.state, request.about), (EditionState::Held, Some(edition(&installation, "medarbejdere").id)));
    assert_eq!(pass(&installation, "2026-09-18T11:00:00+02:00").sent, 0, "it waits for a person");
    let number = request.id.to_string();
    let yes = installation.digest(&["approve", &number, "--by", "Anna", "--at", "2026-09-18T11:00:00+02:00"]);
    assert_eq!(yes.status.code(), Some(0), "{}", said(&yes));
    assert_eq!(pass(&installation, "2026-09-18T11:00:00+02:00").sent, 2);
    assert!(mails(&installation, "asta@example.dk").iter().all(|mail| !mail.contains("Slet venligst")));
    for person in ["bo@example.dk", "ida@example.dk"] {
        let asked: Vec<String> =
            mails(&installation, person).into_iter().filter(|mail| mail.contains("Slet venligst")).collect();
        assert_eq!(asked.len(), 1, "{person}");
        for quoted in ["Ferie", "ferie", "sommer", "efter aftale"] {
            assert!(!asked[0].contains(quoted), "{quoted}");
        }
    }
    // Asking twice makes no second letter.
    installation.digest(&["recall", &id, "--by", "Anna", "--at", "2026-09-18T12:00:00+02:00"]);
    assert_eq!(pass(&installation, "2026-09-18T12:00:00+02:00").sent, 0);

    let page = installation.path("rapport.html").display().to_string();
    let report = installation.digest(&["trace", PLAN, "--report", &page, "--at", "2026-09-18T13:00:00+02:00"]);
    assert_eq!(report.status.code(), Some(0), "{}", said(&report));
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("2 afleveret") && page.contains("Afsluttet: 2 afleveret"), "{page}");
    assert!(!page.contains("sommer") && !page.contains("example.dk"), "{page}");
}

#[test]
fn an_item_that_turns_closed_is_called_back_from_what_is_not_sent() {
    let installation = half_sent();
    let before = edition(&installation, "tillidsvalgte");
    installation.write("ind/referat-2.txt", &closed());
    assert_eq!(pass(&installation, "2026-09-18T09:00:00+02:00").sent, 0);
    let mut planned = 0;
    for edition in installation.editions().iter().filter(|edition| edition.source == before.source) {
        let balance = installation.store().balance(edition.id).unwrap();
        assert_eq!(balance.count(LetterState::Waiting), 0, "{balance}");
        assert!(balance.holds());
        planned += balance.planned;
        if edition.state == EditionState::Cancelled {
            assert!(edition.reason.as_ref().unwrap().starts_with("Punkt 2 er lukket"), "{:?}", edition.reason);
        }
    }
    assert_eq!(planned, 4);
    let done = said(&installation.digest(&["done"]));
    assert!(done.contains("digest recall") && done.contains("1 brev var afleveret"), "{done}");
}

#[test]
fn minutes_that_are_gone_or_replaced_hold_what_is_not_sent() {
    let installation = half_sent();
    let half = edition(&installation, "medarbejdere");
    std::fs::rename(installation.path("ind/referat.txt"), installation.path("ind/omdoebt.txt")).unwrap();
    let waiting = || installation.store().balance(half.id).unwrap().count(LetterState::Waiting);
    assert!(waiting() > 0, "{}", balance(&installation, &half));
    std::fs::remove_file(installation.path("ind/omdoebt.txt")).unwrap();
    assert_eq!(pass(&installation, "2026-09-18T09:00:00+02:00").sent, 0);
    let held = installation.store().edition(half.id).unwrap();
    assert_eq!(held.state, EditionState::Held);
    assert!(held.reason.unwrap().contains("ligger ikke længere uændret"));
}

#[test]
fn a_renamed_file_is_still_the_source_and_an_inbox_that_is_away_says_nothing_of_its_files() {
    let installation = half_sent();
    let half = edition(&installation, "medarbejdere");
    let workspace = installation.workspace();
    std::fs::rename(installation.path("ind"), installation.path("vaek")).unwrap();
    let now = at("2026-09-18T09:00:00+02:00");
    let store = SqliteStore::open_exclusive(&workspace.config.database, now).unwrap();
    let transport = Transport::Memory(MemoryTransport::default());
    let mut daemon = Daemon::new(workspace, store, transport, Clock::Fixed(now));
    daemon.start(false).unwrap();
    assert_eq!(executor().block_on(daemon.deliver(&Stop::default())).unwrap(), Summary::default());
    drop(daemon);
    assert_eq!(installation.store().edition(half.id).unwrap().state, EditionState::Planned, "nothing is held either");
    std::fs::rename(installation.path("vaek"), installation.path("ind")).unwrap();
    std::fs::rename(installation.path("ind/referat.txt"), installation.path("ind/omdoebt.txt")).unwrap();
    assert_eq!(pass(&installation, "2026-09-18T09:00:00+02:00").sent, 3);
    assert_eq!(installation.store().edition(half.id).unwrap().state, EditionState::Complete);
}

#[test]
fn a_draft_that_closes_an_item_replaces_nothing_and_holds_the_letter() {
    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let first = edition(&installation, "medarbejdere");
    let draft = closed().replace(crate::daemon::APPROVED, "Udkast.");
    installation.write("ind/udkast.txt", &draft);
    assert_eq!(pass(&installation, MORNING).sent, 0);
    let held = installation.store().edition(first.id).unwrap();
    assert_eq!(held.state, EditionState::Held);
    assert!(held.reason.unwrap().contains("Punkt 2 er lukket eller taget ud i et andet referat"));
}

#[test]
fn a_restored_database_sends_no_letter_again() {
    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let copy = snapshot(&installation);
    assert_eq!(pass(&installation, MORNING).sent, 3);
    let letters = installation.letters("").len();
    restore(&installation, &copy);
    for _ in 0..2 {
        let report = pass(&installation, "2026-09-18T09:00:00+02:00");
        assert_eq!((report.sent, report.planned), (0, 0));
    }
    assert_eq!(installation.letters("").len(), letters);
    let editions = installation.editions();
    assert!(editions.iter().all(|edition| edition.state == EditionState::Held), "everything is held");
    assert!(editions[0].reason.as_ref().unwrap().contains("digest ledger"));
    let told = installation.digest(&["ledger"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(said(&told).contains("3 entries that the database does not know"), "{}", said(&told));
    let id = editions[0].id.to_string();
    let yes = installation.digest(&["approve", &id, "--by", "Anna", "--now", "--at", "2026-09-18T09:30:00+02:00"]);
    assert_eq!(yes.status.code(), Some(1), "no yes before somebody has looked: {}", said(&yes));

    let accepted = installation.digest(&["ledger", "--accept", "--by", "Anna", "--at", "2026-09-18T09:30:00+02:00"]);
    assert_eq!(accepted.status.code(), Some(0), "{}", said(&accepted));
    let numbers: Vec<String> = editions.iter().map(|edition| edition.id.to_string()).collect();
    let mut approve = vec!["approve", "--by", "Anna", "--now", "--at", "2026-09-18T09:40:00+02:00"];
    approve.extend(numbers.iter().map(String::as_str));
    assert_eq!(installation.digest(&approve).status.code(), Some(0));
    assert_eq!(pass(&installation, "2026-09-18T09:40:00+02:00").sent, 0, "the ledger knows that they were sent");
    assert_eq!(installation.letters("").len(), letters);
}

#[test]
fn a_database_restored_in_the_middle_of_sending_knows_its_waiting_letters_as_of_unknown_fate() {
    let installation = half_sent();
    let copy = snapshot(&installation);
    assert_eq!(pass(&installation, "2026-09-18T09:00:00+02:00").sent, 3);
    restore(&installation, &copy);
    assert_eq!(pass(&installation, "2026-09-18T09:10:00+02:00").sent, 0);
    installation.digest(&["ledger", "--accept", "--by", "Anna", "--at", "2026-09-18T09:30:00+02:00"]);
    let resolve = said(&installation.digest(&["resolve"]));
    assert_eq!(resolve.matches("***@example.dk").count(), 3, "{resolve}");
    assert_eq!(pass(&installation, "2026-09-18T09:40:00+02:00").sent, 0);
}

#[test]
fn a_lost_ledger_holds_everything_too_and_a_crash_does_not() {
    let installation = sent();
    installation.write("ind/referat-2.txt", &usual().replace("16-09-2026", "17-09-2026"));
    std::fs::remove_file(installation.path("state/digest.ledger")).unwrap();
    let pass = |now| pass(&installation, now);
    assert_eq!(pass("2026-09-18T09:00:00+02:00").sent, 0);
    let told = said(&installation.digest(&["ledger"]));
    assert!(told.contains("is gone"), "{told}");
    installation.digest(&["ledger", "--accept", "--by", "Anna", "--at", "2026-09-18T09:30:00+02:00"]);
    let told = installation.digest(&["ledger"]);
    assert_eq!(told.status.code(), Some(0), "{}", said(&told));
    pass("2026-09-18T10:00:00+02:00");
    // The last lines did not reach the disk: the database knows more than the ledger, which is what a crash leaves.
    let installation = sent();
    let path = installation.path("state/digest.ledger");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.lines().next().unwrap()).unwrap();
    crate::small::pass(&installation, "2026-09-18T09:00:00+02:00");
    assert_eq!(installation.digest(&["ledger"]).status.code(), Some(0));
}

/// In a sentence that is withheld for a person's sake, and in one of a closed item; nowhere else.
const CANARY: &str = "Kanariefugl";

#[test]
fn nothing_withheld_is_in_any_letter_log_or_state() {
    let installation = Installation::shipped();
    let example = "examples/referat-hovedmed-2026-09-16.txt";
    let text = std::fs::read_to_string(installation.path(example)).unwrap();
    let sick = format!("Pædagog {CANARY} Holm er fratrådt sin stilling efter længere tids sygdom.");
    let closed =
        format!("\n\nPunkt 90: Lukket punkt: Sag om {CANARY} Holm\n\nBeslutning\n\n{CANARY} Holm afskediges.\n");
    let marked = text.replacen("\n\nBeslutning\n\n", &format!("\n\nBeslutning\n\n{sick}\n\n"), 3);
    assert!(marked.matches(CANARY).count() == 3);
    installation.write(example, &(marked + &closed));
    let run = |arguments: &[&str]| {
        let output = installation.command(arguments).env("DIGEST_LOG", "trace").output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let work = ["run", "--once", "--now", "--include-existing", "--at", "2026-09-17T12:00:00+02:00"];
    let mut told = run(&work);
    let editions: Vec<String> = installation.editions().iter().map(|edition| edition.id.0.to_string()).collect();
    let mut approve = vec!["approve", "--by", "Anna", "--now", "--at", "2026-09-17T12:00:00+02:00"];
    approve.extend(editions.iter().map(String::as_str));
    for arguments in [&approve[..], &work, &["status", "--json"], &["status", "--letters"], &["status", "--open"]] {
        told += &run(arguments);
    }
    assert!(told.contains("letters sent") && !told.contains(CANARY), "{told}");
    assert!(!installation.letters("").is_empty());
    for folder in ["udbakke", "state", "rules"] {
        for entry in std::fs::read_dir(installation.path(folder)).unwrap().map(Result::unwrap) {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            assert!(!found, "{}", entry.path().display());
        }
    }
}
