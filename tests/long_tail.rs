//! Meetings that no committee has every month: one item or sixty, nothing to tell, everything urgent, hardly any room, and
//! five years of them at once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use med_digest::digest::{Audience, Digest};
use med_digest::store::{Disposition, EditionState, Store as _};

use crate::installation::{Installation, at, said};
use crate::support::{House, minutes_of};

const NOW: &str = "2027-03-10T12:00:00+01:00";

fn house() -> &'static House {
    static HOUSE: std::sync::OnceLock<House> = std::sync::OnceLock::new();
    HOUSE.get_or_init(House::open)
}

/// Minutes that say they are approved, with these decisions.
fn minutes(committee: &str, day: &str, items: &[String]) -> String {
    let mut text = format!(
        "REFERAT {committee} d. {day}\n\nReferatet er godkendt af forperson Karl Lund og næstforperson Bo Friis\n"
    );
    for (index, decision) in items.iter().enumerate() {
        let _ = write!(text, "\nPunkt {}: Sag nummer {}\n\nBeslutning\n\n{decision}\n", index + 1, index + 1);
    }
    text
}

fn letters(text: &str, words: Option<usize>) -> Vec<(Audience, Digest)> {
    let minutes = minutes_of(text);
    let of = |audience: &Audience| {
        let audience = Audience { words: words.unwrap_or(audience.words), ..audience.clone() };
        let digest = house().build(&minutes, &audience).digest;
        (audience, digest)
    };
    house().audiences.iter().map(of).collect()
}

fn spent(digest: &Digest) -> usize {
    digest.items.iter().flat_map(|item| &item.sentences).map(|quote| quote.text.split_whitespace().count()).sum()
}

/// A decision that every letter wants, another one for each number.
fn urgent(number: usize) -> String {
    let places = ["Skolerne", "Plejehjemmene", "Bibliotekerne", "Dagtilbuddene", "Materielgården", "Rådhuset"];
    let place = places[number % places.len()];
    format!(
        "{place} sparer {number} stillinger i område {number}, og der er ikke opsagt medarbejdere i hold {number}. \
         Medarbejdere i hold {number} har ret til fri med løn i {number} timer."
    )
}

#[test]
fn a_meeting_of_one_item_gets_a_letter_of_one_item() {
    for (_, digest) in letters(&minutes("HovedMED", "03-03-2027", &[urgent(7)]), None) {
        assert_eq!(digest.items.len(), 1);
        assert_eq!(digest.items[0].sentences.len() + digest.left_out.sentences, 2);
    }
}

#[test]
fn the_loss_of_a_day_off_is_told_before_better_news_or_a_person_hears_that_it_found_no_room() {
    let lost = "Kutymefridagen den 5. juni bortfalder fra 2028.";
    let better = "Medarbejdere i hold 3 har ret til fri med løn i 3 timer.";
    let text = minutes("HovedMED", "03-03-2027", &[format!("{better} Der var kaffe. {lost}")]);
    for (_, digest) in letters(&text, Some(better.split_whitespace().count())) {
        assert_eq!(digest.items[0].sentences[0].text, lost, "{digest:?}");
        assert_eq!(digest.left_out.essential, []);
    }
    for (audience, digest) in letters(&text, Some(5)) {
        assert_eq!(digest.left_out.essential.len(), 1, "{audience:?}");
        assert!(!digest.left_out.essential[0].label.contains("juni"), "told without a word of the minutes");
    }
}

#[test]
fn a_meeting_of_sixty_items_keeps_its_order_and_its_budget() {
    let items: Vec<String> = (1..=60).map(urgent).collect();
    for (audience, digest) in letters(&minutes("HovedMED", "03-03-2027", &items), None) {
        let numbers: Vec<u32> = digest.items.iter().map(|item| item.number.0).collect();
        assert!(numbers.is_sorted() && numbers.len() > 5, "{numbers:?}");
        assert!(spent(&digest) <= audience.words && spent(&digest) * 10 >= audience.words * 8, "{}", spent(&digest));
        let told: usize = digest.items.iter().map(|item| item.sentences.len()).sum();
        assert_eq!(told + digest.left_out.sentences, 120, "every sentence is in or left out");
    }
}

#[test]
fn where_everything_is_urgent_the_budget_is_full_and_every_sentence_left_out_has_its_reason() {
    let sentence = |number: usize| match number % 4 {
        0 => format!("Senest den {}. maj 2027 skal alle ansatte i hold {number} søge om fri med løn.", number / 4 + 1),
        1 => format!("Rådhuset sparer {number} stillinger i område {number}."),
        2 => format!("Ferie i hold {number} kan kun afvikles indtil den {}. juni 2027.", number / 4 + 1),
        _ => format!("Der er ikke opsagt medarbejdere i team {number}."),
    };
    let all: Vec<String> = (0..40).map(sentence).collect();
    let text = minutes("HovedMED", "03-03-2027", &[all.join(" ")]);
    let minutes = minutes_of(&text);
    for (audience, digest) in letters(&text, None) {
        assert!(spent(&digest) <= audience.words && spent(&digest) * 10 >= audience.words * 8, "{}", spent(&digest));
        let days: Vec<_> = digest.dates.iter().map(|date| date.date).collect();
        assert!(days.is_sorted(), "{days:?}");
        let verdicts = house().build(&minutes, &audience).verdicts;
        assert_eq!(verdicts.len(), 40);
        let reason =
            |verdict: &med_digest::digest::Verdict| verdict.reason.text(med_digest::diagnostic::Language::Danish);
        assert!(verdicts.iter().all(|verdict| !reason(verdict).is_empty()));
    }
}

#[test]
fn fifty_words_hold_whole_sentences_or_none() {
    let items: Vec<String> = (1..=12).map(urgent).collect();
    for (_, digest) in letters(&minutes("HovedMED", "03-03-2027", &items), Some(50)) {
        assert!((1..=50).contains(&spent(&digest)), "{}", spent(&digest));
    }
    // Not one sentence has room.
    for (_, digest) in letters(&minutes("HovedMED", "03-03-2027", &items), Some(5)) {
        assert!(digest.items.is_empty() && digest.held.is_empty());
    }
}

#[test]
fn letters_of_fifty_words_do_no_harm() {
    let installation = Installation::shipped();
    installation.edit("config.toml", "words = 200", "words = 50");
    installation.edit("config.toml", "words = 400", "words = 50");
    let files =
        ["examples/referat-hovedmed-2026-09-16.txt", "examples/referat-afdelingsmed-boern-og-unge-2026-08-26.txt"];
    let output = installation.digest(&["eval", "--format", "json", files[0], files[1]]);
    let rows: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert_eq!(row["harm_places"], serde_json::json!([]), "{row}");
    }
}

/// A small installation: these committees, each with a list for each of its audiences, and a rule that likes leave.
fn small(committees: &[(&str, &[&str])], audiences: &[&str]) -> Installation {
    let mut config = format!(
        "environment = \"production\"\ntemplates = {:?}\ndatabase = \"state/digest.sqlite\"\n[inbox]\nfolder = \"ind\"\n\
         settle_seconds = 0\n[mail]\nfrom = \"med@example.dk\"\ntransport = \"folder\"\n[[schedule]]\nid = \"otte\"\n\
         cron = \"0 8 * * *\"\n",
        crate::installation::project().join("templates").display().to_string()
    );
    for audience in audiences {
        let _ =
            write!(config, "[[audience]]\nid = \"{audience}\"\nlabel = \"ansatte\"\nwords = 100\nleast_score = 1\n");
    }
    let installation = Installation::of(&[
        ("ind/.her", ""),
        (
            "rules/regler.toml",
            "[[group]]\nid = \"a\"\nlabel = \"A\"\ncap = 9\n[[rule]]\nid = \"ferie\"\nlabel = \"Ferie\"\ngroup = \"a\"\n\
             phrases = [\"ferie\"]\nweight = 5\nhits = [\"Der er **ferie**.\"]\nmisses = [\"Der er møde.\"]\n",
        ),
    ]);
    for (name, own) in committees {
        let id = name.to_lowercase();
        let _ = write!(
            config,
            "[[committee]]\nid = \"{id}\"\nname = \"{name}\"\nrelease = \"when-approved-and-clean\"\nschedule = \"otte\"\n"
        );
        for audience in *own {
            let list = format!("lister/{id}-{audience}.csv");
            installation.write(&list, &format!("en@{id}.example\nto@{id}.example\n"));
            let _ = write!(config, "[[committee.list]]\naudience = \"{audience}\"\nrecipients = \"{list}\"\n");
        }
    }
    installation.write("config.toml", &config);
    installation
}

/// The letters that went out, by whom they went to, with their text.
fn mailed(installation: &Installation) -> Vec<(String, String)> {
    let read = |path: std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let to = message.to().unwrap().first().unwrap().address().unwrap().to_owned();
        (to, message.body_text(0).unwrap().into_owned())
    };
    let mut found: Vec<(String, String)> = installation.letters("").into_iter().map(read).collect();
    found.sort();
    found
}

fn confirm(installation: &Installation, file: &str) {
    let confirmed = installation.digest(&["confirm", file, "--by", "Anna", "--at", NOW]);
    assert_eq!(confirmed.status.code(), Some(0), "{}", said(&confirmed));
}

#[test]
fn audiences_that_differ_only_in_their_committee_get_that_committees_letter() {
    let names = ["UdvalgNord", "UdvalgSyd", "UdvalgVest"];
    let committees: [(&str, &[&str]); 3] = [(names[0], &["nord"]), (names[1], &["syd"]), (names[2], &["vest"])];
    let installation = small(&committees, &["nord", "syd", "vest"]);
    for name in names {
        installation.write(
            &format!("ind/{name}.txt"),
            &minutes(name, "03-03-2027", &[format!("Ferie holdes efter reglen om {name}.")]),
        );
    }
    installation.pass(at(NOW), true, true);
    for name in names {
        confirm(&installation, &format!("ind/{name}.txt"));
    }
    installation.pass(at(NOW), true, true);
    let letters = mailed(&installation);
    assert_eq!(letters.len(), 6);
    for (to, text) in &letters {
        let own = names.iter().find(|name| to.ends_with(&format!("@{}.example", name.to_lowercase()))).unwrap();
        for name in names {
            assert_eq!(text.contains(name), name == *own, "{to}: {text}");
        }
    }
    let plain: Vec<String> =
        letters.iter().map(|(_, text)| names.iter().fold(text.clone(), |text, name| text.replace(name, "X"))).collect();
    assert!(plain.windows(2).all(|pair| pair[0] == pair[1]), "they differ in nothing else");
}

#[test]
fn where_nothing_is_worth_a_letter_none_is_made_and_status_says_so() {
    let installation = small(&[("UdvalgNord", &["alle"])], &["alle"]);
    installation.write("ind/a.txt", &minutes("UdvalgNord", "03-03-2027", &["Der var kaffe og brød.".to_owned()]));
    let report = installation.pass(at(NOW), true, true);
    assert_eq!(report.sent, 0);
    assert!(installation.editions().is_empty() && installation.letters("").is_empty());
    let file = installation.store().files().unwrap().remove(0);
    assert_eq!(file.disposition, Disposition::Empty);
    let status = said(&installation.digest(&["status"]));
    assert!(status.contains("a.txt") && status.contains("Intet til alle."), "{status}");
}

#[test]
fn five_years_of_minutes_in_one_run_give_every_letter_once() {
    let installation = small(&[("UdvalgNord", &["alle", "valgte"])], &["alle", "valgte"]);
    let meetings = 60;
    for index in 0..meetings {
        let (year, month) = (2022 + index / 12, index % 12 + 1);
        let words = ["fastelavn", "påske", "pinse", "høst", "jul", "nytår"];
        let decision = format!(
            "Ferie nummer {index} holdes i {} efter aftale {} med hold {}.",
            words[index % words.len()],
            index * 7,
            index * 11
        );
        installation.write(
            &format!("ind/{year}-{month:02}.txt"),
            &minutes("UdvalgNord", &format!("03-{month:02}-{year}"), &[decision]),
        );
    }
    installation.pass(at(NOW), true, true);
    assert!(installation.letters("").is_empty(), "nobody has seen how they are read");
    confirm(&installation, "ind/2022-01.txt");
    // Meetings of long ago wait for a person, who lets them all go at once.
    let held = installation.editions().into_iter().filter(|edition| edition.state == EditionState::Held);
    let held: Vec<String> = held.map(|edition| edition.id.0.to_string()).collect();
    let mut arguments = vec!["approve", "--by", "Anna", "--now", "--at", NOW];
    arguments.extend(held.iter().map(String::as_str));
    let approved = installation.digest(&arguments);
    assert_eq!(approved.status.code(), Some(0), "{}", said(&approved));
    let report = installation.pass(at(NOW), true, true);
    assert_eq!((report.sent, report.stopped), (meetings * 4, None));
    let mut got: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for (to, text) in mailed(&installation) {
        let number = text.split("Ferie nummer ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        *got.entry((to, number.parse().unwrap())).or_default() += 1;
    }
    assert_eq!(got.len(), meetings * 2);
    assert!(got.values().all(|count| *count == 2), "one per audience: {got:?}");
    assert!(installation.editions().iter().all(|edition| edition.state == EditionState::Complete));
    assert_eq!(installation.pass(at(NOW), true, true).sent, 0);
}
