//! Memory between meetings: what is left open is listed, a person confirms or closes it, and only what is confirmed, still
//! open and mailable today reaches a letter.

use std::sync::{LazyLock, Mutex};

use chrono::NaiveDate;
use med_digest::daemon::follow_ups::{note, open_for};
use med_digest::daemon::meeting;
use med_digest::daemon::workspace::Workspace;
use med_digest::store::{
    CommitteeId, ContentHash, Disposition, FollowUpDecision, FollowUpState, SeenFile, SqliteStore, Store, StoreError,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::installation::{Installation, at, said};

const AFTER_FIRST: &str = "2026-09-17T12:00:00+02:00";
const AFTER_SECOND: &str = "2026-12-10T12:00:00+01:00";

/// Later minutes of the same committee with these items.
fn december(items: &[(&str, &str)]) -> String {
    let mut text =
        String::from("\n\nREFERAT HovedMED d. 09-12-2026\n\nMødedato Onsdag d. 9. december 2026 kl. 09:00\n");
    for (index, (title, decision)) in items.iter().enumerate() {
        text += &format!("\nPunkt {}: {title}\n\nBeslutning\n\n{decision}\n", index + 1);
    }
    text + "\nReferatet er godkendt af forperson Vibeke Thorngaard og næstforperson Jesper Elmkvist\n"
}

fn status(installation: &Installation) -> Vec<Value> {
    let output = installation.digest(&["status", "--open", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    status["follow_ups"].as_array().unwrap().clone()
}

fn preview(installation: &Installation, file: &str) -> Value {
    let output = installation.digest(&[
        "preview",
        file,
        "--audience",
        "tillidsvalgte",
        "--format",
        "json",
        "--at",
        AFTER_SECOND,
    ]);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
}

#[test]
fn what_a_meeting_leaves_open_is_told_once_a_person_confirmed_it_until_it_returns() {
    let installation = Installation::shipped();
    std::fs::remove_file(installation.path("examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt")).unwrap();
    installation.pass(at(AFTER_FIRST), false, true);
    let open = status(&installation);
    let told: Vec<String> = open.iter().map(|matter| format!("{} {}", matter["item"], matter["kind"])).collect();
    assert!(told.contains(&"\"14\" \"postponed\"".to_owned()), "{told:?}");
    assert!(told.contains(&"\"9\" \"promise\"".to_owned()), "{told:?}");
    assert!(open.iter().all(|matter| matter["state"] == "proposed"));

    // Nobody has looked: nothing reaches a letter of the next meeting.
    let later = "examples/referat-hovedmed-2026-12-09.txt";
    let other = ("Budget 2027", "Der er ikke opsagt medarbejdere. Medarbejdersiden var bekymret for normeringen.");
    installation.write(later, &december(&[other]));
    assert_eq!(preview(&installation, later)["open"], serde_json::json!([]));

    let id = |item: &str| {
        let open = status(&installation);
        open.iter().find(|matter| matter["item"] == item).unwrap()["id"].to_string()
    };
    let (theme, hours) = (id("14"), id("9"));
    let confirmed =
        installation.digest(&["follow-up", &theme, &hours, "--confirm", "--by", "Anna", "--at", AFTER_FIRST]);
    assert_eq!(confirmed.status.code(), Some(0), "{}", said(&confirmed));
    let shown = preview(&installation, later);
    let texts: Vec<&str> = shown["open"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.contains(&"Punktet blev udsat til mødet den 9. december 2026 på grund af tidsnød."));
    let letter = installation.digest(&[
        "preview",
        later,
        "--audience",
        "tillidsvalgte",
        "--format",
        "text",
        "--at",
        AFTER_SECOND,
    ]);
    let letter = String::from_utf8(letter.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(letter.contains("STADIG ÅBENT") && letter.contains("mødet den 16. september 2026, punkt 14"), "{letter}");
    let staff = installation.digest(&[
        "preview",
        later,
        "--audience",
        "medarbejdere",
        "--format",
        "text",
        "--at",
        AFTER_SECOND,
    ]);
    assert!(!String::from_utf8(staff.stdout).unwrap().contains("STADIG"));

    // The theme returns: proposed as closed, and no longer told as open.
    let theme_item = ("Temadrøftelse om seniorliv og fastholdelse", "Temaet blev drøftet.");
    installation.write(later, &december(&[other, theme_item]));
    installation.pass(at(AFTER_SECOND), false, true);
    let open = status(&installation);
    let returned = open.iter().find(|matter| matter["item"] == "14").unwrap();
    assert_eq!(returned["returned"], serde_json::json!({ "on": "2026-12-09", "item": "2" }));
    assert_eq!(returned["state"], "confirmed", "only a person closes it");
    let shown = preview(&installation, later);
    assert_eq!(shown["open"].as_array().unwrap().len(), 1);

    let closed =
        installation.digest(&["follow-up", &theme, "--close", "--by", "Bo", "--note", "Drøftet", "--at", AFTER_SECOND]);
    assert_eq!(closed.status.code(), Some(0), "{}", said(&closed));
    assert!(status(&installation).iter().all(|matter| matter["item"] != "14"));
    let log = installation.store().audit_log().unwrap();
    let entry = log.iter().find(|entry| entry.what == format!("close open matter {theme}: Drøftet")).unwrap();
    assert_eq!((entry.who.as_str(), entry.at), ("Bo", at(AFTER_SECOND)));
    let unknown = installation.digest(&["follow-up", "999", "--close", "--by", "Bo"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_matter_is_seen_to_return_though_the_later_minutes_came_first() {
    let installation = Installation::shipped();
    let theme = ("Temadrøftelse om seniorliv og fastholdelse", "Temaet blev drøftet.");
    let first = "examples/referat-hovedmed-2026-09-16.txt";
    let september = std::fs::read_to_string(installation.path(first)).unwrap();
    std::fs::remove_file(installation.path(first)).unwrap();
    installation.write("examples/referat-hovedmed-2026-12-09.txt", &december(&[theme]));
    installation.pass(at(AFTER_FIRST), false, true);
    assert!(status(&installation).iter().all(|matter| matter["item"] != "14"));

    installation.write(first, &september);
    installation.pass(at(AFTER_SECOND), false, true);
    let open = status(&installation);
    let returned = open.iter().find(|matter| matter["item"] == "14").unwrap();
    assert_eq!(returned["returned"], serde_json::json!({ "on": "2026-12-09", "item": "1" }));
}

#[test]
fn a_person_who_keeps_a_matter_open_is_not_asked_about_the_same_return_again() {
    let folder = tempfile::tempdir().unwrap();
    let now = at(AFTER_FIRST);
    let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now).unwrap();
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let new = med_digest::store::NewFollowUp {
        committee: CommitteeId("hovedmed".into()),
        since: day(9, 16),
        source: ContentHash::of(b"a"),
        number: "3".into(),
        title: "Parkering".into(),
        subheading: None,
        case: None,
        kind: med_digest::store::FollowUpKind::Promise,
        said: "HR følger op.".into(),
    };
    assert!(store.add_follow_up(&new, now).unwrap());
    assert!(!store.add_follow_up(&new, now).unwrap(), "the same sentence is one matter");
    let id = store.follow_ups().unwrap()[0].id;
    let back = |month, date| med_digest::store::Return { on: day(month, date), number: "5".into() };
    assert!(store.propose_return(id, &back(12, 9)).unwrap());
    let kept = store.decide_follow_up(id, FollowUpDecision::Confirm, None, "Anna", now).unwrap();
    assert_eq!((kept.state, kept.returned), (FollowUpState::Confirmed, None));
    assert!(!store.propose_return(id, &back(12, 9)).unwrap());
    assert!(
        store
            .propose_return(
                id,
                &med_digest::store::Return { on: NaiveDate::from_ymd_opt(2027, 3, 3).unwrap(), number: "1".into() }
            )
            .unwrap()
    );
    store.decide_follow_up(id, FollowUpDecision::Close, Some("løst"), "Bo", now).unwrap();
    assert!(!store.propose_return(id, &back(12, 9)).unwrap(), "what is closed stays so");
    let missing = store.decide_follow_up(med_digest::store::FollowUpId(99), FollowUpDecision::Close, None, "Bo", now);
    assert!(matches!(missing, Err(StoreError::NoFollowUp(_))));
}

/// One workspace for all made-up meetings; its inbox is emptied between them.
static HOUSE: LazyLock<Mutex<(Installation, Workspace)>> = LazyLock::new(|| {
    let installation = Installation::shipped();
    std::fs::remove_dir_all(installation.path("examples")).unwrap();
    std::fs::create_dir_all(installation.path("examples")).unwrap();
    let workspace = installation.workspace();
    Mutex::new((installation, workspace))
});

/// Open, closed to the public, or private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Open,
    Closed,
    Private,
    Kept,
}

fn decision(text: Text, index: usize) -> String {
    match text {
        Text::Open => format!("HR følger op på sag{index}ord."),
        Text::Kept => format!("Punktet blev udsat, fordi tallene for sag{index}ord mangler."),
        Text::Closed => format!("HR følger op på hemmelig{index}ord."),
        Text::Private => format!("HR følger op, fordi Mette Holm er sygemeldt på grund af privat{index}ord."),
    }
}

fn item() -> impl Strategy<Value = (Text, u8)> {
    let text = prop_oneof![Just(Text::Open), Just(Text::Closed), Just(Text::Private), Just(Text::Kept)];
    // 0: nobody looked, 1: confirmed, 2: closed, 3: confirmed and closed later.
    (text, 0_u8..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn only_what_a_person_confirmed_and_may_be_mailed_is_told_as_open(items in proptest::collection::vec(item(), 1..6), made_private in any::<bool>()) {
        let house = HOUSE.lock().unwrap();
        let (installation, workspace) = &*house;
        let mut text = String::from("REFERAT HovedMED d. 16-09-2026\n\nMødedato Onsdag d. 16. september 2026 kl. 09:00\n");
        for (index, (kind, _)) in items.iter().enumerate() {
            let title = if *kind == Text::Closed { "Lukket".to_owned() } else { format!("Emne nummer {index}") };
            text += &format!("\nPunkt {}: {title}\n\nBeslutning\n\n{}\n", index + 1, decision(*kind, index));
        }
        let folder = tempfile::tempdir().unwrap();
        let now = at(AFTER_FIRST);
        let mut store = SqliteStore::open_exclusive(&folder.path().join("digest.db"), now).unwrap();
        let committee = CommitteeId("hovedmed".into());
        let date = NaiveDate::from_ymd_opt(2026, 9, 16).unwrap();
        let file = |store: &mut SqliteStore, text: &str| {
            let name = "referat.txt";
            installation.write(&format!("examples/{name}"), text);
            let minutes = workspace.reading.minutes(&installation.path(&format!("examples/{name}"))).unwrap();
            let hash = ContentHash(minutes.source.sha256.clone());
            store.record_file(&SeenFile { hash, path: name.into(), seen_at: now, disposition: Disposition::Edition, reason: None }).unwrap();
            store.record_document(&meeting::document(&minutes, &committee, date, &|text| workspace.is_private(&minutes, text))).unwrap();
            minutes
        };
        let minutes = file(&mut store, &text);
        note(workspace, &mut store, &minutes, &committee, date, now).unwrap();
        note(workspace, &mut store, &minutes, &committee, date, now).unwrap();
        let found = store.follow_ups().unwrap();
        let mailable = items.iter().filter(|(kind, _)| matches!(kind, Text::Open | Text::Kept)).count();
        prop_assert_eq!(found.len(), mailable, "each once, and nothing of what is closed or private");
        for matter in &found {
            let place: usize = matter.found.number.parse::<usize>().unwrap() - 1;
            for decision in [&[][..], &[FollowUpDecision::Confirm], &[FollowUpDecision::Close], &[FollowUpDecision::Confirm, FollowUpDecision::Close]][usize::from(items[place].1)] {
                store.decide_follow_up(matter.id, *decision, None, "Anna", now).unwrap();
            }
        }
        if made_private {
            // Corrected minutes in which every sentence names a person: the old wording may not be mailed any more.
            let corrected = text.replace("HR følger op på sag", "HR følger op, fordi Mette Holm er sygemeldt på grund af sag");
            file(&mut store, &corrected);
        }
        let next = NaiveDate::from_ymd_opt(2026, 12, 9).unwrap();
        let told: Vec<String> = open_for(workspace, &mut store, &committee, next).unwrap().into_iter().filter_map(|one| one.text).collect();
        let allowed: Vec<String> = items
            .iter()
            .enumerate()
            .filter(|(_, (kind, said))| *said == 1 && (*kind == Text::Kept || (*kind == Text::Open && !made_private)))
            .map(|(index, (kind, _))| decision(*kind, index))
            .collect();
        prop_assert_eq!(told, allowed);
        prop_assert!(open_for(workspace, &mut store, &committee, date).unwrap().is_empty(), "a meeting leaves nothing open to itself");
        prop_assert!(open_for(workspace, &mut store, &CommitteeId("andet".into()), next).unwrap().is_empty(), "nor to another committee");
    }
}
