//! The inbox as people use it, and what a monitoring system hears.

use med_digest::store::{Disposition, EditionState, Operation as _, Part, Store as _};

use crate::installation::{at, said};
use crate::small::{edition, pass, started, usual};

/// Every file of the inbox with content and time stamp.
fn inbox(installation: &crate::installation::Installation) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let mut found: Vec<_> = std::fs::read_dir(installation.path("ind"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
            (name, std::fs::read(&path).unwrap(), modified)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_file_is_written_renamed_replaced_and_removed_and_the_daemon_touches_none() {
    let installation = started("", "", "");
    installation.write("ind/halv.txt.part", "REFERAT");
    let before = inbox(&installation);
    pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(inbox(&installation), before, "nothing is changed, moved or deleted");
    let first = edition(&installation, "medarbejdere");
    assert_eq!(installation.store().files().unwrap().len(), 1, "what is still being written is not read");

    std::fs::rename(installation.path("ind/referat.txt"), installation.path("ind/endeligt.txt")).unwrap();
    assert_eq!(pass(&installation, "2026-09-17T12:10:00+02:00").taken, 0, "renamed it is the same file");
    assert_eq!(edition(&installation, "medarbejdere").id, first.id);

    installation.write("ind/endeligt.txt", &usual().replace("hvert eneste år", "hvert andet år"));
    pass(&installation, "2026-09-17T12:20:00+02:00");
    assert_eq!(installation.store().edition(first.id).unwrap().state, EditionState::Cancelled, "replaced");
    let second = edition(&installation, "medarbejdere");
    assert_eq!(second.key.revision, 2);

    std::fs::remove_file(installation.path("ind/endeligt.txt")).unwrap();
    assert_eq!(pass(&installation, "2026-09-18T08:00:00+02:00").sent, 0);
    let files = installation.store().files().unwrap();
    assert!(files.iter().all(|file| file.disposition == Disposition::Edition));
}

#[test]
fn the_health_check_fails_when_a_part_is_dead_for_longer_than_it_may_be_and_not_before() {
    let installation = started("[health]\ninbox_minutes = 30\nschedule_minutes = 30\nrelay_minutes = 60", "", "");
    let health = |now: &str| {
        let output = installation.digest(&["health", "--at", now]);
        let told = said(&output);
        assert_eq!(told.lines().count(), 1, "one line: {told}");
        (output.status.code(), told)
    };
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let (code, told) = health("2026-09-17T12:29:00+02:00");
    assert_eq!((code, told.starts_with("OK |")), (Some(0), true), "{told}");
    let (code, told) = health("2026-09-17T12:31:00+02:00");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.starts_with("CRITICAL - ") && told.contains("the inbox") && told.contains("the schedule"), "{told}");

    // The relay is away; that is no alarm before an hour.
    let mut store = installation.store();
    store.beat(Part::Relay, Some("connection refused"), at("2026-09-17T13:00:00+02:00")).unwrap();
    store.beat(Part::Relay, Some("connection refused"), at("2026-09-17T13:50:00+02:00")).unwrap();
    pass(&installation, "2026-09-17T13:50:00+02:00");
    assert_eq!(health("2026-09-17T14:00:00+02:00").0, Some(0));
    pass(&installation, "2026-09-17T14:01:00+02:00");
    let (code, told) = health("2026-09-17T14:01:00+02:00");
    assert_eq!(code, Some(2));
    assert!(told.contains("the relay") && told.contains("connection refused"), "{told}");
    store.beat(Part::Relay, None, at("2026-09-17T14:02:00+02:00")).unwrap();
    assert_eq!(health("2026-09-17T14:02:00+02:00").0, Some(0));
}

#[test]
fn the_health_check_fails_without_a_state() {
    let installation = crate::small::installation("", "", "");
    let output = installation.digest(&["health"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("CRITICAL - "));
}

#[test]
fn the_status_is_json_for_machines_and_the_log_names_nobody() {
    let installation = started("", "", "");
    let run = |now: &str| said(&installation.digest(&["run", "--once", "--at", now]));
    let log = run("2026-09-17T12:00:00+02:00") + &run("2026-09-18T08:00:00+02:00");
    assert!(log.contains("letters: sent"), "{log}");
    for person in ["asta@", "bo@", "ida@"] {
        assert!(!log.contains(person), "{log}");
    }
    let status = installation.digest(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["editions"].as_array().unwrap().len(), 2);
    assert_eq!(status["editions"][0]["balance"]["sent"], 2);
    assert_eq!(status["schedules"][0]["schedule"], "otte");
}

#[test]
fn what_was_quoted_is_forgotten_after_its_time() {
    let installation = started("[retention]\nstatus_days = 100", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    pass(&installation, "2026-09-18T08:00:00+02:00");
    let id = edition(&installation, "medarbejdere").id;
    pass(&installation, "2026-12-20T08:00:00+01:00");
    assert!(!installation.store().traced_items(id).unwrap().is_empty(), "not yet");
    pass(&installation, "2027-01-05T08:00:00+01:00");
    assert!(installation.store().traced_items(id).unwrap().is_empty());
}
