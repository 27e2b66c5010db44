//! The daemon and its commands on the shipped installation and on made-up minutes.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use med_digest::clock::Clock;
use med_digest::daemon::judge::{Judgement, Known, judge};
use med_digest::daemon::{Daemon, Stop, inbox};
use med_digest::mail::transport::{MemoryTransport, Step};
use med_digest::mail::{Delivery, Transport, read_list};
use med_digest::store::{Disposition, EditionState, LetterState, SqliteStore, Store as _};

use crate::installation::{Installation, at, executor, said};

const NOON: &str = "2026-09-17T12:00:00+02:00";

/// How many letters the shipped examples make by themselves and how many wait, by what the judgement and the lists say.
fn expected(installation: &Installation) -> (usize, usize) {
    let workspace = installation.workspace();
    let (mut free, mut held) = (0, 0);
    for file in inbox::files(&workspace.config.inbox.folder).unwrap() {
        let minutes = workspace.reading.minutes(&file).unwrap();
        let known = Known {
            layouts: &[],
            memory: &med_digest::digest::Memory::default(),
            day: med_digest::clock::danish_day(at(NOON)),
        };
        let Judgement::Letters { committee, drafts, .. } = judge(&workspace, &minutes, known) else { continue };
        let committee = workspace.config.committees.iter().find(|each| each.id == committee).unwrap();
        for draft in drafts {
            let lists = committee.lists.iter().filter(|list| list.audience == draft.audience);
            let count: usize = lists.map(|list| read_list(&list.file, &mut Vec::new()).len()).sum();
            *if draft.held.is_none() { &mut free } else { &mut held } += count;
        }
    }
    (free, held)
}

#[test]
fn the_shipped_examples_become_letters_in_a_folder_and_what_is_not_released_waits() {
    let installation = Installation::shipped();
    let (free, held) = expected(&installation);
    assert!(free > 0 && held > 0, "{free} {held}");
    let report = installation.pass(at(NOON), true, true);
    assert_eq!((report.sent, report.stopped), (free, None));
    assert_eq!(installation.letters("").len(), free);
    assert_eq!(installation.letters("2026-09-16-hovedmed-").len(), free);

    let mut store = installation.store();
    for edition in installation.editions() {
        let balance = store.balance(edition.id).unwrap();
        match edition.state {
            EditionState::Complete => assert_eq!(balance.count(LetterState::Sent), balance.planned),
            EditionState::Held => assert!(edition.reason.unwrap().contains("godkendt") && balance.planned == 0),
            other => panic!("{other}"),
        }
    }
    let files = store.files().unwrap();
    let agenda = files.iter().find(|file| file.disposition == Disposition::Agenda).unwrap();
    assert!(agenda.reason.as_ref().unwrap().contains("dagsorden"));

    assert_eq!(installation.pass(at(NOON), true, true).sent, 0);
    assert_eq!(installation.letters("").len(), free);
}

#[test]
fn what_lay_in_the_inbox_at_the_first_start_is_not_mailed_and_what_comes_later_is() {
    let installation = Installation::shipped();
    assert_eq!(installation.pass(at(NOON), true, false).sent, 0);
    assert!(installation.editions().is_empty());
    assert_eq!(installation.pass(at(NOON), true, true).sent, 0, "the flag counts at the first start only");
    let files = installation.store().files().unwrap();
    assert!(files.iter().all(|file| file.disposition == Disposition::SeenBeforeStart) && files.len() >= 3);
    installation.confirm("examples/referat-hovedmed-2026-09-16.txt");

    installation.edit("examples/referat-hovedmed-2026-09-16.txt", "Vibeke Thorngaard", "Vibeke Thorngård");
    assert!(installation.pass(at(NOON), true, false).sent > 0);
}

#[test]
fn a_file_still_being_written_at_the_first_start_is_not_mailed_when_it_is_whole() {
    let installation = Installation::shipped();
    installation.edit("config.toml", "settle_seconds = 0", "settle_seconds = 5");
    let fresh = "examples/referat-hovedmed-2026-09-16.txt";
    for name in [fresh, "examples/dagsorden-hovedmed-2026-12-09.md"] {
        let written = if name == fresh { at(NOON) } else { at(NOON) - chrono::Duration::minutes(1) };
        let file = std::fs::File::options().write(true).open(installation.path(name)).unwrap();
        file.set_modified(written.into()).unwrap();
    }
    let workspace = installation.workspace();
    let store = SqliteStore::open_exclusive(&workspace.config.database, at(NOON)).unwrap();
    let transport = Transport::Memory(MemoryTransport::default());
    Daemon::new(workspace, store, transport, Clock::Fixed(at(NOON))).start(false).unwrap();
    assert!(installation.store().files().unwrap().iter().all(|file| !file.path.contains("referat-hovedmed")));

    installation.edit("config.toml", "settle_seconds = 5", "settle_seconds = 0");
    installation.edit(fresh, "Vibeke Thorngaard", "Vibeke Thorngård");
    assert_eq!(installation.pass(at(NOON), true, false).sent, 0);
    let files = installation.store().files().unwrap();
    let seen = files.iter().find(|file| file.path.contains("referat-hovedmed")).unwrap();
    assert_eq!(seen.disposition, Disposition::SeenBeforeStart);
    installation.edit(fresh, "Vibeke Thorngård", "Vibeke Thorngaard");
    installation.confirm(fresh);
    assert!(installation.pass(at(NOON), true, false).sent > 0, "a later file of that name is new");
}

#[test]
fn a_letter_of_unknown_fate_waits_for_a_person() {
    let installation = Installation::shipped();
    let (free, _) = expected(&installation);
    let workspace = installation.workspace();
    let store = SqliteStore::open_exclusive(&workspace.config.database, at(NOON)).unwrap();
    let lost = |_| (Step::HandOver, Delivery::Unknown { reason: "the connection broke".to_owned() });
    let memory = MemoryTransport { script: (0..2).map(lost).collect(), ..MemoryTransport::default() };
    let mut daemon = Daemon::new(workspace, store, Transport::Memory(memory), Clock::Fixed(at(NOON))).immediately(true);
    daemon.start(true).unwrap();
    assert_eq!(executor().block_on(daemon.once(&Stop::default())).unwrap().sent, free - 2);
    drop(daemon);

    let listed = said(&installation.digest(&["resolve"]));
    assert!(listed.contains("the connection broke") && listed.contains("***@solvig.example"), "{listed}");
    assert!(said(&installation.digest(&["resolve", "--addresses"])).matches(".example").count() >= 2);
    assert!(said(&installation.digest(&["status"])).contains("2 letters may or may not have arrived"));
    let mut numbers: Vec<String> = Vec::new();
    for edition in installation.editions() {
        let letters = installation.store().letters(edition.id).unwrap();
        let unknown = letters.iter().filter(|letter| letter.state == LetterState::Unknown);
        numbers.extend(unknown.map(|letter| letter.id.to_string()));
    }
    assert_eq!(installation.digest(&["resolve", &numbers[0]]).status.code(), Some(2), "a decision is needed");
    assert_eq!(installation.digest(&["resolve", &numbers[0], "--sent", "--by", "Anna"]).status.code(), Some(0));
    assert_eq!(installation.digest(&["resolve", &numbers[1], "--resend", "--at", NOON]).status.code(), Some(0));
    assert_eq!(installation.pass(at(NOON), true, false).sent, 1);
    assert_eq!(said(&installation.digest(&["resolve"])), "no letter needs a decision\n");
}

#[test]
fn letters_wait_for_the_schedule_in_danish_time() {
    let installation = Installation::shipped();
    let (free, _) = expected(&installation);
    assert_eq!(installation.pass(at(NOON), false, true).sent, 0);
    let due: Vec<_> = installation.editions().iter().filter_map(|edition| edition.due_at).collect();
    assert!(!due.is_empty() && due.iter().all(|due| *due == at("2026-09-18T08:00:00+02:00")), "{due:?}");
    assert_eq!(installation.pass(at("2026-09-18T07:59:59+02:00"), false, false).sent, 0);
    assert_eq!(installation.pass(at("2026-09-18T08:00:00+02:00"), false, false).sent, free);
}

#[test]
fn an_approved_edition_goes_out_and_is_told_once() {
    let installation = Installation::shipped();
    let (free, held) = expected(&installation);
    installation.pass(at(NOON), true, true);
    let waiting: Vec<String> = installation
        .editions()
        .iter()
        .filter(|edition| edition.state == EditionState::Held)
        .map(|edition| edition.key.to_string())
        .collect();
    let mut arguments = vec!["approve", "--by", "Anna Holm", "--note", "set igennem", "--at", NOON];
    arguments.extend(waiting.iter().map(String::as_str));
    let first = installation.digest(&arguments);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_eq!(said(&first).matches("approved by Anna Holm and goes out 2026-09-18 08:00").count(), waiting.len());
    let again = installation.digest(&arguments);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(said(&again).matches("released already").count(), waiting.len(), "{}", said(&again));

    assert_eq!(installation.pass(at(NOON), true, false).sent, held);
    assert_eq!(installation.letters("").len(), free + held);
    let log = installation.store().audit_log().unwrap();
    assert_eq!(log.iter().filter(|entry| entry.what.starts_with("approve ")).count(), waiting.len());
}

#[test]
fn what_changed_after_the_approval_is_held_again() {
    type Change = fn(&Installation);
    let changes: [(&str, Change); 3] = [
        ("recipient", |installation| {
            let list = installation.path("lister/afdelingsmed-boern-og-unge-medarbejdere.csv");
            let mut bytes = std::fs::read(&list).unwrap();
            bytes.extend_from_slice(b"Ny;ny@solvig.example;Sted\r\n");
            std::fs::write(list, bytes).unwrap();
        }),
        ("template", |installation| installation.edit("templates/brev/emne.hbs", "Nyt", "Nyheder")),
        ("minutes", |installation| {
            installation.edit("examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt", "13:30", "13:45");
        }),
    ];
    for (what, change) in changes {
        let installation = Installation::shipped();
        installation.pass(at(NOON), false, true);
        let held = |edition: &&med_digest::store::Edition| edition.key.committee.0.starts_with("afdelingsmed");
        let id = installation.editions().iter().filter(held).map(|edition| edition.id.0).min().unwrap().to_string();
        let approved = installation.digest(&["approve", &id, "--by", "Anna", "--at", NOON]);
        assert_eq!(approved.status.code(), Some(0), "{what}: {}", said(&approved));
        change(&installation);
        installation.pass(at("2026-09-18T09:00:00+02:00"), false, false);
        assert!(installation.letters("2026-08-26-afdelingsmed").is_empty(), "{what}");
        let edition = installation.editions().into_iter().find(|edition| edition.id.0.to_string() == id).unwrap();
        match what {
            "minutes" => assert_eq!(edition.state, EditionState::Cancelled, "{what}"),
            _ => assert!(edition.reason.unwrap().contains("siden Anna godkendte"), "{what}"),
        }
    }
}

#[test]
fn corrected_minutes_replace_those_that_still_wait() {
    let installation = Installation::shipped();
    let (free, _) = expected(&installation);
    installation.pass(at(NOON), false, true);
    installation.edit("examples/referat-hovedmed-2026-09-16.txt", "Vibeke Thorngaard", "Vibeke Thorngård");
    installation.pass(at(NOON), false, false);
    let states = |revision| {
        let editions = installation.editions();
        let mine = editions.iter().filter(|each| each.key.committee.0 == "hovedmed" && each.key.revision == revision);
        mine.map(|edition| edition.state).collect::<Vec<_>>()
    };
    assert_eq!(states(1), [EditionState::Cancelled; 2]);
    assert_eq!(states(2), [EditionState::Released; 2]);
    assert_eq!(installation.pass(at("2026-09-18T08:00:00+02:00"), false, false).sent, free);
}

#[test]
fn a_list_that_cannot_be_used_holds_the_edition_and_names_no_address() {
    for text in ["", "Navn;E-mail\r\nAnna;anna.solvig.example\r\nPer;per@solvig.example\r\n"] {
        let installation = Installation::shipped();
        installation.write("lister/hovedmed-medarbejdere.csv", text);
        installation.pass(at(NOON), true, true);
        assert!(installation.letters("2026-09-16-hovedmed-medarbejdere").is_empty());
        assert!(!installation.letters("2026-09-16-hovedmed-tillidsvalgte").is_empty());
        let editions = installation.editions();
        let held = editions.iter().find(|each| each.key.to_string().starts_with("hovedmed/medarbejdere/")).unwrap();
        let reason = held.reason.clone().unwrap();
        assert!(reason.contains("hovedmed-medarbejdere.csv") && !reason.contains("anna"), "{reason}");
        assert_eq!(held.state, EditionState::Held);
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_go_on() {
    let installation = Installation::shipped();
    let (free, _) = expected(&installation);
    installation.edit("config.toml", "max_bytes = 100_000_000", "max_bytes = 200_000");
    std::fs::write(installation.path("examples/a-large.txt"), "x".repeat(300_000)).unwrap();
    std::fs::write(installation.path("examples/b-empty.txt"), "").unwrap();
    std::fs::write(installation.path("examples/c-binary.txt"), [0, 1, 2, 3]).unwrap();
    std::fs::write(installation.path("examples/d-other.txt"), "En indkøbsseddel.\n\nMælk og brød.\n").unwrap();
    installation.write("examples/e-unmapped.txt", &minutes("MED-udvalg Nord", "01-09-2026", APPROVED));
    installation.write("examples/f-cpr.txt", &minutes("HovedMED", "02-09-2026", "Det gælder 010190-1234."));
    assert_eq!(installation.pass(at(NOON), true, true).sent, free);
    let files = installation.store().files().unwrap();
    let told = |name: &str| {
        let file = files.iter().find(|file| file.path.starts_with(name)).unwrap();
        (file.disposition, file.reason.clone().unwrap())
    };
    for (name, disposition, words) in [
        ("a-large", Disposition::Unreadable, "max_bytes"),
        ("b-empty", Disposition::Unreadable, "empty"),
        ("c-binary", Disposition::Unreadable, "byte 0"),
        ("d-other", Disposition::NotUnderstood, "referat"),
        ("e-unmapped", Disposition::Unmapped, "MED-udvalg Nord"),
        ("f-cpr", Disposition::NotUnderstood, "CPR"),
    ] {
        let (found, reason) = told(name);
        assert_eq!(found, disposition, "{name}");
        assert!(reason.contains(words), "{name}: {reason}");
    }
    let status = installation.digest(&["status"]);
    assert!(said(&status).contains("MED-udvalg Nord"));
    let refused = installation.digest(&["approve", "MED-udvalg Nord", "--by", "Anna"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_committee_put_on_the_map_later_waits_for_a_person() {
    let installation = Installation::shipped();
    installation.write("examples/nord.txt", &minutes("MED-udvalg Nord", "01-09-2026", APPROVED));
    installation.pass(at(NOON), true, true);
    installation.write("lister/nord.csv", "nora@solvig.example\n");
    let config = std::fs::read_to_string(installation.path("config.toml")).unwrap();
    installation.write(
        "config.toml",
        &(config
            + "\n[[committee]]\nid = \"nord\"\nname = \"MED-udvalg Nord\"\nschedule = \"hverdage-kl-8\"\n\
               [[committee.list]]\naudience = \"medarbejdere\"\nrecipients = \"lister/nord.csv\"\n"),
    );
    assert_eq!(installation.pass(at(NOON), true, false).sent, 0);
    let nord = installation.editions().into_iter().find(|edition| edition.key.committee.0 == "nord").unwrap();
    assert!(nord.reason.unwrap().contains("før programmet kunne bruge den"));
    installation.digest(&["approve", &nord.id.to_string(), "--by", "Anna", "--at", NOON]);
    assert_eq!(installation.pass(at(NOON), true, false).sent, 1);
}

#[test]
fn a_held_edition_keeps_its_letters_until_it_is_approved() {
    let installation = Installation::shipped();
    installation.pass(at(NOON), false, true);
    let released = installation.editions().into_iter().find(|each| each.state == EditionState::Released).unwrap();
    let id = released.id.to_string();
    let held = installation.digest(&["hold", &id, "--by", "Anna", "--reason", "vent på direktøren"]);
    assert_eq!(held.status.code(), Some(0), "{}", said(&held));
    installation.pass(at("2026-09-18T08:00:00+02:00"), false, false);
    let edition = installation.store().edition(released.id).unwrap();
    assert_eq!((edition.state, edition.reason.as_deref()), (EditionState::Held, Some("vent på direktøren")));
    installation.digest(&["approve", &id, "--now", "--at", "2026-09-18T09:00:00+02:00"]);
    assert!(installation.pass(at("2026-09-18T09:00:00+02:00"), false, false).sent > 0);
    let log = installation.store().audit_log().unwrap();
    assert!(log.iter().any(|entry| entry.who == "anna" && entry.what.starts_with("approve ")));
    let complete = installation.digest(&["hold", &id, "--reason", "for sent"]);
    assert_eq!(complete.status.code(), Some(2));
}

#[test]
fn the_commands_tell_what_they_cannot_do() {
    let installation = Installation::shipped();
    for arguments in [&["approve", "1"][..], &["hold", "1", "--reason", "x"], &["resolve"]] {
        let output = installation.digest(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output).contains("no such database yet"), "{}", said(&output));
    }
    let status = installation.digest(&["status"]);
    assert_eq!(status.status.code(), Some(0));
    assert!(said(&status).contains("not yet") && !installation.path("state").exists());

    installation.pass(at(NOON), true, true);
    let unknown = installation.digest(&["approve", "99", "hovedmed/medarbejdere/2020-01-01/1"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(said(&unknown).matches("there is no edition").count(), 2);
    let nobody = installation.command(&["approve", "1"]).env_remove("USER").env_remove("LOGNAME").output().unwrap();
    assert_eq!(nobody.status.code(), Some(2));
    assert!(said(&nobody).contains("--by NAME"));
    let letter = installation.digest(&["resolve", "1", "--sent"]);
    assert_eq!(letter.status.code(), Some(2), "{}", said(&letter));
    assert_eq!(said(&installation.digest(&["resolve"])), "no letter needs a decision\n");
}

#[test]
fn the_status_masks_addresses_and_its_json_balances() {
    let installation = Installation::shipped();
    installation.pass(at(NOON), true, true);
    let table = said(&installation.digest(&["status", "--letters"]));
    assert!(table.contains("***@solvig.example") && !table.contains("brinkby@"), "{table}");
    let json = installation.digest(&["status", "--letters", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(status["first_start"].is_string());
    for edition in status["editions"].as_array().unwrap() {
        let balance = edition["balance"].as_object().unwrap();
        let sum: u64 = balance.iter().filter(|(name, _)| *name != "planned").map(|(_, n)| n.as_u64().unwrap()).sum();
        assert_eq!(sum, balance["planned"].as_u64().unwrap());
        assert_eq!(edition["letters"].as_array().unwrap().len() as u64, sum);
    }
}

#[test]
fn a_test_letter_is_marked_and_touches_no_state() {
    let installation = Installation::shipped();
    let minutes = "examples/referat-hovedmed-2026-09-16.txt";
    let sent = installation.digest(&["send", minutes, "--to", "Prøve <test@solvig.example>"]);
    assert_eq!(sent.status.code(), Some(0), "{}", said(&sent));
    let letters = installation.letters("proeve-");
    assert_eq!(letters.len(), 2);
    for letter in letters {
        let bytes = std::fs::read(letter).unwrap();
        let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        assert!(message.subject().unwrap().starts_with("[PRØVE] Nyt fra"), "{:?}", message.subject());
    }
    assert!(!installation.path("state").exists());

    let one = installation.digest(&["send", minutes, "--to", "test@solvig.example", "--audience", "medarbejdere"]);
    assert_eq!(said(&one).matches("written to").count(), 1);
    for (arguments, code, words) in [
        (["send", minutes, "--to", "test@elsewhere.example"], 2, "not on the allow-list"),
        (["send", minutes, "--to", "nobody"], 2, "no @"),
        (["send", "missing.txt", "--to", "test@solvig.example"], 2, "no such file"),
        (["send", "examples/dagsorden-hovedmed-2026-12-09.md", "--to", "test@solvig.example"], 0, "dagsorden"),
    ] {
        let output = installation.digest(&arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{}", said(&output));
    }
}

#[test]
fn folders_that_cannot_be_used_are_told_before_anything_is_stored() {
    for (old, new, words) in [
        ("folder = \"udbakke\"", "folder = \"config.toml/ud\"", "letters cannot be written there"),
        ("folder = \"examples\"", "folder = \"findes-ikke\"", "the inbox cannot be read"),
        ("\"state/digest.sqlite\"", "\"config.toml/digest.sqlite\"", "cannot use"),
    ] {
        let installation = Installation::shipped();
        installation.edit("config.toml", old, new);
        let output = installation.digest(&["run", "--once", "--include-existing"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(words) && said(&output).contains("hint:"), "{}", said(&output));
        assert!(installation.letters("").is_empty());
    }
}

/// A daemon that runs until the test ends it.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    pub fn start(installation: &Installation, arguments: &[&str]) -> Self {
        let mut child = installation.command(arguments).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits for a line with these words.
    pub fn wait_for(&self, words: &str) -> String {
        let mut heard = String::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => heard += &format!("{line}\n"),
                Err(error) => panic!("never heard {words:?}: {error}\n{heard}"),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn the_running_daemon_mails_what_comes_refuses_a_second_one_and_ends_on_sigterm() {
    let installation = Installation::shipped();
    nothing_is_over(&installation);
    let mut running = Running::start(&installation, &["run", "--now"]);
    running.wait_for("ready");
    installation.confirm("examples/referat-hovedmed-2026-09-16.txt");
    let second = installation.digest(&["run", "--once"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(said(&second).contains("another daemon"), "{}", said(&second));

    installation.edit("examples/referat-hovedmed-2026-09-16.txt", "Vibeke Thorngaard", "Vibeke Thorngård");
    running.wait_for("is complete: planned");
    let kill = std::process::Command::new("kill").args(["-TERM", &running.child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    running.wait_for("asked to stop");
}

#[cfg(unix)]
#[test]
fn the_running_daemon_uses_edited_rules_and_keeps_the_old_ones_when_they_are_wrong() {
    let installation = Installation::shipped();
    nothing_is_over(&installation);
    let running = Running::start(&installation, &["run", "--now"]);
    running.wait_for("ready");
    installation.confirm("examples/referat-hovedmed-2026-09-16.txt");
    installation.write("rules/forkert.toml", "[[rule]]\nid = \"x\"\nnonsense = 1\n");
    running.wait_for("the old ones stay");
    std::fs::remove_file(installation.path("rules/forkert.toml")).unwrap();
    running.wait_for("changed and are in use");
    installation.edit("examples/referat-hovedmed-2026-09-16.txt", "Vibeke Thorngaard", "Vibeke Thorngård");
    running.wait_for("is complete: planned");
}

/// A running daemon has the clock of the machine, and a letter with a date that is over waits for a person.
pub fn nothing_is_over(installation: &Installation) {
    for (year, later) in [("2026", "2926"), ("2027", "2927")] {
        let file = "examples/referat-hovedmed-2026-09-16.txt";
        installation.edit(file, year, later);
    }
}

pub const APPROVED: &str = "Referatet er godkendt af forperson Asta Bruun og næstforperson Bo Friis.";

/// Small minutes with one item that every rule set has something to say about.
/// Each day has a number of its own: the same words again would be no news.
pub fn minutes(committee: &str, date: &str, last: &str) -> String {
    let number: String = date.chars().filter(char::is_ascii_digit).collect();
    format!(
        "REFERAT {committee} d. {date}\n\nPunkt 1: Ferie\n\nBeslutning\n\nAlle ansatte skal fremover selv betale for \
         lægebesøg uden løn og holde deres ferie inden den 1. maj 2027, og der afskediges 12 medarbejdere i \
         hjemmeplejens afsnit {number}.\n\n{last}\n"
    )
}
