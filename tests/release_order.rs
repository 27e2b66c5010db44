//! When a letter goes: after whom, not before when, in which hours, how late, and how long a yes counts.

use med_digest::mail::Delivery;
use med_digest::mail::transport::{MemoryTransport, Step};
use med_digest::store::{EditionKind, EditionState, Operation as _, Store as _};

use crate::installation::{at, said};
use crate::small::{answered, edition, mails, minutes, notice, pass, started, usual};

const AFTER: &str = "after = \"tillidsvalgte\"\nafter_working_hours = 4";

#[test]
fn the_staff_hears_so_many_working_hours_after_the_representatives_over_a_weekend_and_restarts() {
    let installation = started("", AFTER, "");
    // Thursday; letters go on Friday at 8, but the relay puts Asta's off to 14:00.
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let busy = Delivery::Temporary { reply: "451 later".to_owned() };
    let memory = MemoryTransport { script: [(Step::HandOver, busy)].into(), ..MemoryTransport::default() };
    assert_eq!(answered(&installation, "2026-09-18T08:00:00+02:00", memory).1, Vec::<String>::new());
    assert_eq!(edition(&installation, "medarbejdere").state, EditionState::Released, "waits for the representatives");
    assert_eq!(pass(&installation, "2026-09-18T14:00:00+02:00").sent, 1);
    assert_eq!(edition(&installation, "tillidsvalgte").completed_at, Some(at("2026-09-18T14:00:00+02:00")));
    // Two hours are left of Friday, two come on Monday.
    for early in ["2026-09-18T18:00:00+02:00", "2026-09-20T12:00:00+02:00", "2026-09-21T09:59:00+02:00"] {
        assert_eq!(pass(&installation, early).sent, 0, "{early}");
    }
    assert_eq!(pass(&installation, "2026-09-21T10:00:00+02:00").sent, 2);
}

#[test]
fn not_even_run_now_lets_the_staff_hear_first() {
    let installation = started("", AFTER, "");
    installation.edit("lister/tillidsvalgte.csv", "asta@example.dk", "asta@");
    installation.pass(at("2026-09-17T12:00:00+02:00"), true, false);
    assert_eq!(edition(&installation, "tillidsvalgte").state, EditionState::Held);
    assert_eq!(edition(&installation, "medarbejdere").state, EditionState::Released);
    assert!(installation.letters("").is_empty());
    // A person ends the first letter: then a person says whether the second goes.
    let first = edition(&installation, "tillidsvalgte");
    installation.store().cancel(first.id, "fejl", "Anna", at("2026-09-17T12:05:00+02:00")).unwrap();
    installation.pass(at("2026-09-17T12:10:00+02:00"), true, false);
    let second = edition(&installation, "medarbejdere");
    assert!(second.reason.unwrap().contains("skulle sendes først, er annulleret"));
    let id = second.id.to_string();
    let yes = installation.digest(&["approve", &id, "--now", "--by", "Anna", "--at", "2026-09-17T12:20:00+02:00"]);
    assert_eq!(yes.status.code(), Some(0), "{}", said(&yes));
    assert_eq!(installation.pass(at("2026-09-17T12:20:00+02:00"), true, false).sent, 2);
}

#[test]
fn what_must_not_be_missing_and_finds_no_room_waits_for_a_person() {
    for (room, key, state) in [
        (30, "essential = true", EditionState::Released),
        (20, "essential = false", EditionState::Released),
        (20, "essential = true", EditionState::Held),
    ] {
        let installation = started("", "", "");
        installation.edit("rules/regler.toml", "weight = 5", &format!("weight = 5\n{key}"));
        installation.edit("config.toml", "words = 100", &format!("words = {room}"));
        pass(&installation, "2026-09-17T07:00:00+02:00");
        let edition = edition(&installation, "medarbejdere");
        assert_eq!(edition.state, state, "{room} {key}");
        let told = edition.reason.is_some_and(|reason| reason.contains("ikke plads"));
        assert_eq!(told, state == EditionState::Held);
    }
}

#[test]
fn an_embargo_holds_a_letter_back_and_those_who_come_after_it() {
    let installation = started("", "after = \"tillidsvalgte\"", "release = \"always-ask\"");
    pass(&installation, "2026-09-17T07:00:00+02:00");
    let (first, second) = (edition(&installation, "tillidsvalgte"), edition(&installation, "medarbejdere"));
    let (first, second) = (first.id.to_string(), second.id.to_string());
    let now = ["--by", "Anna", "--at", "2026-09-17T07:00:00+02:00"];
    let approve = |arguments: &[&str]| {
        let all: Vec<&str> = ["approve"].iter().chain(arguments).chain(&now).copied().collect();
        let output = installation.digest(&all);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    let told = approve(&[&first, "--now", "--not-before", "2026-09-18T10:00"]);
    assert!(told.contains("goes out 2026-09-18 10:00"), "{told}");
    approve(&[&second, "--now"]);
    for early in ["2026-09-17T08:00:00+02:00", "2026-09-18T09:59:00+02:00"] {
        assert_eq!(installation.pass(at(early), true, false).sent, 0, "{early}");
    }
    assert_eq!(pass(&installation, "2026-09-18T10:00:00+02:00").sent, 3, "Asta, and then the two others");
    let log = installation.store().audit_log().unwrap();
    assert!(log.iter().any(|entry| entry.who == "Anna" && entry.what.contains("until 2026-09-18 10:00")));
}

#[test]
fn letters_go_in_their_hours_only_and_the_rest_the_next_working_morning() {
    let installation =
        started("[sending]\nfrom = \"07:30\"\nuntil = \"17:00\"\nworking_days = true\ncatch_up_hours = 24", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    // The daemon was down on Friday at 8 and comes back in the evening.
    assert_eq!(pass(&installation, "2026-09-18T17:00:00+02:00").planned, 0);
    assert_eq!(pass(&installation, "2026-09-20T12:00:00+02:00").sent, 0, "Sunday");
    let sent = pass(&installation, "2026-09-21T07:30:00+02:00").sent;
    assert_eq!(sent, 0, "its own opening was on Friday morning, three days ago");
    assert!(edition(&installation, "medarbejdere").reason.unwrap().contains("skulle være sendt 2026-09-18 08:00"));
}

#[test]
fn a_missed_time_is_caught_up_within_the_window_once_and_after_it_a_person_decides() {
    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(pass(&installation, "2026-09-21T03:00:00+02:00").sent, 3, "three missed mornings, one letter each");
    let runs = installation.store().last_runs().unwrap();
    let run = runs.iter().find(|run| run.schedule == "otte").unwrap();
    assert_eq!((run.due_at, run.missed), (at("2026-09-20T08:00:00+02:00"), 2));
    // The clock goes back a week and on again: nothing comes twice.
    for again in ["2026-09-14T09:00:00+02:00", "2026-09-18T09:00:00+02:00", "2026-09-21T03:00:00+02:00"] {
        assert_eq!(pass(&installation, again).sent, 0, "{again}");
    }
    assert_eq!(installation.letters("").len(), 3);

    let installation = started("", "", "");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(pass(&installation, "2026-10-05T08:00:00+02:00").sent, 0);
    let held = edition(&installation, "medarbejdere");
    assert!(held.reason.unwrap().contains("et menneske skal afgøre"), "seventeen days late");
}

#[test]
fn a_letter_of_an_old_meeting_waits_for_a_person() {
    let installation = started("[sending]\noldest_meeting_days = 30", "", "");
    assert_eq!(pass(&installation, "2026-11-20T08:00:00+01:00").sent, 0);
    assert!(edition(&installation, "medarbejdere").reason.unwrap().contains("Mødet er 65 dage gammelt"));
}

#[test]
fn so_many_working_days_after_the_release() {
    let installation = started("", "", "schedule = \"to-dage\"");
    pass(&installation, "2026-09-18T12:00:00+02:00");
    assert_eq!(edition(&installation, "medarbejdere").due_at, Some(at("2026-09-22T08:00:00+02:00")), "over a weekend");
    assert_eq!(pass(&installation, "2026-09-22T08:00:00+02:00").sent, 3);
}

#[test]
fn a_yes_expires_and_saying_it_again_counts_anew() {
    let installation =
        started("[approval]\nexpires_days = 3\n[sending]\ncatch_up_hours = 8760", "", "release = \"always-ask\"");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let id = edition(&installation, "medarbejdere").id.to_string();
    let approve = |now: &str, more: &[&str]| {
        let all: Vec<&str> =
            ["approve", &id, "--by", "Anna", "--at", now].into_iter().chain(more.iter().copied()).collect();
        installation.digest(&all)
    };
    let far = approve("2026-09-17T12:00:00+02:00", &["--not-before", "2026-09-25T10:00"]);
    assert_eq!(far.status.code(), Some(1), "{}", said(&far));
    assert!(said(&far).contains("en godkendelse gælder kun i 3 dage"));
    assert_eq!(approve("2026-09-17T12:00:00+02:00", &[]).status.code(), Some(0));
    assert_eq!(pass(&installation, "2026-09-20T12:00:01+02:00").sent, 0);
    let held = edition(&installation, "medarbejdere");
    assert_eq!(
        held.reason.as_deref(),
        Some("Godkendelsen fra Anna den 2026-09-17 gælder ikke længere; se brevet igen, og godkend på ny.")
    );
    assert_eq!(approve("2026-09-20T13:00:00+02:00", &["--now"]).status.code(), Some(0));
    assert_eq!(pass(&installation, "2026-09-20T13:00:00+02:00").sent, 2);
}

#[test]
fn a_yes_is_for_these_rules_and_templates_even_where_the_letter_stays_the_same() {
    let installation = started("", "", "release = \"always-ask\"");
    pass(&installation, "2026-09-17T12:00:00+02:00");
    let id = edition(&installation, "medarbejdere").id.to_string();
    let yes = installation.digest(&["approve", &id, "--by", "Anna", "--at", "2026-09-17T12:00:00+02:00"]);
    assert_eq!(yes.status.code(), Some(0), "{}", said(&yes));
    installation.edit("rules/regler.toml", "misses = [\"Der er møde.\"]", "misses = [\"Der er et møde.\"]");
    assert_eq!(pass(&installation, "2026-09-18T08:00:00+02:00").sent, 0);
    assert!(edition(&installation, "medarbejdere").reason.unwrap().contains("siden Anna godkendte"));
}

#[test]
fn those_who_approve_get_counts_numbers_and_labels_once_for_each_reason_and_never_the_text() {
    let installation = started("[approval]\nto = [\"HR <hr@example.dk>\"]", "", "release = \"always-ask\"");
    let report = pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(report.sent, 2, "one for each letter");
    let mails = mails(&installation, "HR <hr@example.dk>");
    assert_eq!(mails.len(), 2);
    let all = mails.join("\n");
    let decoded = all.replace("=\r\n", "").replace("=C3=A6", "æ").replace("=C3=B8", "ø").replace("=C3=A5", "å");
    let decoded = decoded.replace("=C2=BB", "»").replace("=C2=AB", "«");
    assert!(
        decoded.contains("2 sætninger") && decoded.contains("2 punkter") && decoded.contains("2 modtagere"),
        "{decoded}"
    );
    assert!(decoded.contains("skal altid godkendes") && decoded.contains("referat.txt"), "{decoded}");
    for quoted in ["efter aftale", "lange sommer", "Plan for sommeren"] {
        assert!(!decoded.contains(quoted), "{quoted}\n{decoded}");
    }
    assert_eq!(pass(&installation, "2026-09-17T13:00:00+02:00").sent, 0, "told once");
    let waiting = notice(&installation, EditionKind::Waiting).unwrap();
    assert_eq!(waiting.state, EditionState::Complete);
    // What a person holds, that person knows.
    let edition = edition(&installation, "medarbejdere");
    let hold = installation.digest(&["hold", &edition.id.to_string(), "--by", "Anna", "--reason", "hemmelig grund"]);
    assert_eq!(hold.status.code(), Some(0));
    assert_eq!(pass(&installation, "2026-09-17T14:00:00+02:00").sent, 0);
}

#[test]
fn what_is_not_approved_or_not_clean_waits_in_the_default_mode() {
    let installation = started("", "", "");
    installation.write("ind/referat.txt", &minutes("Plan for sommeren", crate::small::PLAN, "Udkast."));
    pass(&installation, "2026-09-17T12:00:00+02:00");
    assert_eq!(edition(&installation, "medarbejdere").state, EditionState::Held);
    installation.write("ind/referat.txt", &usual());
    assert_eq!(pass(&installation, "2026-09-17T13:00:00+02:00").taken, 1);
    assert_eq!(edition(&installation, "medarbejdere").state, EditionState::Released);
}
