//! Both sides: a letter that tells of a matter tells of the employee side's objection to it, or says that there was one.

use med_digest::digest::{Audience, Digest, Objections};

use med_digest::minutes::EntryKind;

use med_digest::store::Store as _;

use crate::installation::{Installation, at};
use crate::support::{House, minutes_of};

fn house() -> &'static House {
    static HOUSE: std::sync::OnceLock<House> = std::sync::OnceLock::new();
    HOUSE.get_or_init(House::open)
}

/// An announcement that every letter wants, and an objection that is long.
const ANNOUNCED: &str = "Ledelsen oplyste, at kutymefridagene påtænkes opsagt med tre måneders varsel fra 1. maj 2027.";
const OBJECTED: &str = "Medarbejdersiden kritiserede, at de ansatte først nu hører om det, og pegede på, at arbejdspresset i \
                        forvejen er stort på mange af arbejdspladserne i både hjemmeplejen og skolerne.";

fn minutes(decision: &str) -> String {
    format!(
        "Referat HovedMED\n\nMødedato: 3. marts 2027\n\nPunkt 1: Fridage\n\nBeslutning\n\n{decision}\n\nPunkt 2: Andet\n\nBeslutning\n\nIngen ændringer.\n"
    )
}

fn letter(text: &str, words: usize, both_sides: bool, audience: usize) -> Digest {
    let audience = Audience { words, both_sides, ..house().audiences[audience].clone() };
    house().build(&minutes_of(text), &audience).digest
}

fn quotes(digest: &Digest, text: &str) -> bool {
    digest.items.iter().flat_map(|item| &item.sentences).any(|quote| quote.text == text)
}

#[test]
fn whose_objection_it_is_can_stand_in_the_list_of_participants_alone() {
    let said = "Kaja Bromose pegede på, at arbejdspresset i forvejen er stort.";
    let text = |role: &str| {
        minutes(&format!("{ANNOUNCED} {said}"))
            .replace("Punkt 1:", &format!("Deltagere: Otto Lindval (Centerchef), Kaja Bromose ({role})\n\nPunkt 1:"))
    };
    let objections = |role: &str| letter(&text(role), 200, true, 0).items[0].objections;
    for role in ["HK", "gartner, TR", "Næstformand"] {
        assert_ne!(objections(role), Objections::None, "{role}");
    }
    for role in ["HR-konsulent", "Leder, HK"] {
        assert_eq!(objections(role), Objections::None, "{role}");
    }
}

#[test]
fn an_announcement_never_comes_without_the_objection_or_a_word_of_it() {
    let text = minutes(&format!("{ANNOUNCED} Udvalget holdt pause. {OBJECTED}"));
    let (mut quoted, mut noted) = (0, 0);
    for audience in 0..2 {
        for words in 1..80 {
            let digest = letter(&text, words, true, audience);
            if !quotes(&digest, ANNOUNCED) {
                continue;
            }
            match digest.items[0].objections {
                Objections::Quoted => quoted += usize::from(quotes(&digest, OBJECTED)),
                Objections::Noted => {
                    assert!(!quotes(&digest, OBJECTED));
                    noted += 1;
                }
                Objections::None => panic!("{words} words: {:?}", digest.items),
            }
        }
    }
    assert!(quoted > 0 && noted > 0, "{quoted} quoted, {noted} noted");
}

#[test]
fn an_objection_under_another_sub_heading_is_another_matter() {
    let text = minutes(&format!("Fridage\n\n{ANNOUNCED}\n\nParkering\n\n{OBJECTED}"));
    let minutes = minutes_of(&text);
    let headings = minutes.items[0].own_entries().filter(|entry| entry.kind == EntryKind::Subheading).count();
    assert_eq!(headings, 2, "{:?}", minutes.items[0]);
    let digest = letter(&text, 20, true, 0);
    assert!(quotes(&digest, ANNOUNCED));
    assert_eq!(digest.items[0].objections, Objections::None);
}

#[test]
fn words_are_counted_for_each_side() {
    let digest = letter(&minutes(&format!("{ANNOUNCED} {OBJECTED}")), 200, true, 1);
    let count = |text: &str| text.split_whitespace().count();
    assert_eq!((digest.sides.management, digest.sides.employees), (count(ANNOUNCED), count(OBJECTED)));
}

#[test]
fn switched_off_nothing_is_named() {
    let text = minutes(&format!("{ANNOUNCED} Udvalget holdt pause. {OBJECTED}"));
    let digest = letter(&text, 20, false, 0);
    assert!(quotes(&digest, ANNOUNCED));
    assert_eq!(digest.items[0].objections, Objections::None);
}

#[test]
fn that_it_is_switched_off_stands_in_the_log_for_every_edition_that_goes_out() {
    let told = |installation: &Installation| {
        installation.pass(at("2026-09-17T12:00:00+02:00"), true, true);
        let log = installation.store().audit_log().unwrap();
        log.iter().filter(|entry| entry.what.contains("both_sides = false")).count()
    };
    let installation = Installation::shipped();
    assert_eq!(told(&installation), 0);
    let installation = Installation::shipped();
    installation.edit("config.toml", "words = 200\n", "words = 200\nboth_sides = false\n");
    assert_eq!(told(&installation), 1);
}
