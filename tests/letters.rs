//! What must hold for every letter, whatever the minutes.

use med_digest::digest::Role;
use med_digest::minutes::{EntryId, Item, Minutes, SectionKind};
use proptest::prelude::*;

use crate::support::{House, minutes_of};

/// Sentences of the field, some private, some dull, some leaning, all invented.
const SENTENCES: &[&str] = &[
    "Der er ikke opsagt medarbejdere som følge af planen.",
    "Det betyder, at fristen rykkes til den 3. maj 2027.",
    "Alle medarbejdere har ret til en samlet pause på 30 minutter.",
    "HovedMED beder de lokale MED-udvalg drøfte lukkedagene.",
    "Medarbejdersiden kritiserede forløbet og ønskede det ført til referat.",
    "Orienteringen blev taget til efterretning.",
    "Mette Holm er sygemeldt frem til sommer.",
    "Hun ventes tilbage den 1. august 2027.",
    "Der findes besparelser for 5,3 mio. kr. på rådhuset.",
    "Derfor gennemgås området i løbet af foråret.",
    "Sygefraværet er faldet til 12 dage pr. medarbejder.",
    "Julefrokosten holdes uden for arbejdstiden og for egen regning.",
    "Punktet blev udsat til næste møde.",
];

#[derive(Clone, Debug)]
struct MadeUp {
    title: &'static str,
    closed: bool,
    own: Vec<usize>,
    bullets: Vec<usize>,
    other: Vec<usize>,
}

fn item() -> impl Strategy<Value = MadeUp> {
    let some = |most| proptest::collection::vec(0..SENTENCES.len(), 0..most);
    (
        prop_oneof![
            Just("Status på budget"),
            Just("Orientering om sygefravær"),
            Just("Eventuelt"),
            Just("Ændret arbejdstid")
        ],
        proptest::bool::weighted(0.2),
        some(6),
        some(3),
        some(3),
    )
        .prop_map(|(title, closed, own, bullets, other)| MadeUp { title, closed, own, bullets, other })
}

fn write(items: &[MadeUp]) -> String {
    let mut text = String::from("REFERAT HovedMED d. 10-03-2027\n\nMødedato Onsdag d. 10. marts 2027 kl. 09:00\n");
    for (index, item) in items.iter().enumerate() {
        let title = if item.closed { "Lukket" } else { item.title };
        text += &format!("\nPunkt {}: {title}\n\nBeslutning\n\n", index + 1);
        let sentences: Vec<&str> = item.own.iter().map(|index| SENTENCES[*index]).collect();
        text += &format!("{}\n\n", sentences.join(" "));
        if !item.bullets.is_empty() {
            text += "Planen medfører:\n\n";
            text.extend(item.bullets.iter().map(|index| format!("- {}\n", SENTENCES[*index])));
        }
        if !item.other.is_empty() {
            text += "\nBeslutning på Direktionen d. 12.3\n\n";
            text.extend(item.other.iter().map(|index| format!("Direktionen noterede: {}\n\n", SENTENCES[*index])));
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn letters_quote_only_what_they_may(items in proptest::collection::vec(item(), 1..7), words in 10_usize..120) {
        let house = house();
        let minutes = minutes_of(&write(&items));
        prop_assert_eq!(minutes.items.len(), items.len());
        for audience in &house.audiences {
            let audience = med_digest::digest::Audience { words, ..audience.clone() };
            let built = house.build(&minutes, &audience);
            let digest = &built.digest;
            prop_assert_eq!(digest, &house.build(&minutes, &audience).digest, "building twice is equal");
            let quotes: Vec<_> = digest.items.iter().flat_map(|item| &item.sentences).collect();
            let spent: usize = quotes.iter().map(|quote| quote.text.split_whitespace().count()).sum();
            prop_assert!(spent == digest.words && spent <= words, "the budget holds");
            let mut last: Option<EntryId> = None;
            for quote in &quotes {
                let item = minutes.item(quote.id.item).unwrap();
                prop_assert!(!item.closed, "a closed item never reaches a letter");
                let entry = item.own_entries().find(|entry| entry.id == Some(quote.id)).unwrap();
                prop_assert_eq!(&entry.text, &quote.text);
                let covered = entry.span.of(&minutes.text).split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(&covered, &quote.text, "every quote is a span of the parsed text");
                prop_assert!(!quote.text.contains("Mette Holm"), "a private matter never reaches a letter");
                prop_assert!(!quote.text.starts_with("Direktionen noterede"), "another body's decision is never quoted");
                let follows = last.is_some_and(|last| last.item == quote.id.item && last.index + 1 == quote.id.index);
                let first = last.is_none_or(|last| last.item != quote.id.item);
                prop_assert!(first || follows || quote.gap_before, "what is no neighbour is marked");
                if let Some(leaning) = ["Det betyder", "Derfor gennemgås", "Hun ventes"].iter().find(|words| quote.text.starts_with(**words)) {
                    let opens = quote.id.index == 0 || starts_block(item, quote.id);
                    prop_assert!(opens || follows, "»{}« is quoted with what it leans on", leaning);
                }
                last = Some(quote.id);
            }
            let told: Vec<EntryId> = digest.stories.iter().flat_map(|story| story.sentences.clone()).collect();
            let mut elsewhere: Vec<EntryId> = digest.requests.iter().flat_map(|request| request.sentences.clone()).collect();
            elsewhere.extend(digest.tasks.iter().flat_map(|task| task.sentences.clone()));
            prop_assert!(elsewhere.iter().all(|id| digest.quote(*id).is_some() && !told.contains(id)), "sections hold quotes of the letter and no others");
            let count = elsewhere.len();
            elsewhere.sort();
            elsewhere.dedup();
            prop_assert_eq!(elsewhere.len(), count, "no sentence is told twice");
            for date in &digest.dates {
                prop_assert!(digest.quote(date.sentence).is_some_and(|quote| quote.text.contains(&date.text)));
            }
            let kept: Vec<_> = built.verdicts.iter().filter(|verdict| verdict.kept).map(|verdict| verdict.id).collect();
            prop_assert_eq!(kept, quotes.iter().map(|quote| quote.id).collect::<Vec<_>>());
            prop_assert!(quotes.iter().all(|quote| quote.role != Role::Pick || house.score(&minutes, &audience.id.0, quote.id) >= audience.least_score),
                "a letter holds nothing that was chosen only for somebody else");
        }
    }
}

fn house() -> &'static House {
    static HOUSE: std::sync::OnceLock<House> = std::sync::OnceLock::new();
    HOUSE.get_or_init(House::open)
}

/// Whether nothing scored stands before the sentence in its decision section.
fn starts_block(item: &Item, id: EntryId) -> bool {
    item.sections
        .iter()
        .filter(|section| section.kind == SectionKind::Decision)
        .any(|section| section.entries.first().is_some_and(|entry| entry.id == Some(id)))
}

#[test]
fn a_cpr_number_anywhere_stops_every_letter() {
    let mut text =
        write(&[MadeUp { title: "Status på budget", closed: false, own: vec![0, 2], bullets: vec![], other: vec![] }]);
    let house = house();
    assert!(!house.build(&minutes_of(&text), &house.audiences[0]).digest.items.is_empty());
    text += "\nBilag\n\nBrev til 010190-1234.pdf\n";
    let digest = house.build(&minutes_of(&text), &house.audiences[0]).digest;
    assert!(digest.items.is_empty() && digest.held[0].reason.contains("CPR"), "{digest:?}");
}

#[test]
fn what_a_privacy_rule_holds_back_is_told_without_its_words() {
    let text = write(&[MadeUp {
        title: "Orientering om sygefravær",
        closed: false,
        own: vec![6, 10],
        bullets: vec![],
        other: vec![],
    }]);
    let text = text.replace(
        "Mette Holm er sygemeldt frem til sommer.",
        "Mette Holm er sygemeldt, og der er ikke ansat en vikar, så sygefraværet i afdelingen er steget til 20 dage.",
    );
    let house = house();
    let digest = house.build(&minutes_of(&text), &house.audiences[1]).digest;
    let held = digest.held.iter().map(|held| held.reason.clone()).collect::<String>();
    assert!(held.contains("private forhold") && !held.contains("Mette"), "{held}");
}

#[test]
fn approved_minutes_go_by_themselves_only_when_their_reading_raised_no_doubt() {
    use med_digest::config::{Committee, Config, Release};
    use med_digest::daemon::release;
    use med_digest::intake::Warning;
    use med_digest::store::{ConfirmedLayout, ContentHash};
    let root = crate::support::root();
    let config = Config::load(&root.join("config.toml"), &mut Vec::new()).unwrap();
    let text = std::fs::read_to_string(root.join("examples/referat-hovedmed-2026-09-16.txt")).unwrap();
    let mut minutes = minutes_of(&text);
    let house = house();
    let digest = house.build(&minutes, &house.audiences[0]).digest;
    let committee = release::committee_of(&config, &minutes).expect("mapped").clone();
    let automatic = Committee { release: Release::Automatic, ..committee.clone() };
    let reasons = |committee: &Committee, minutes: &Minutes, known: &[ConfirmedLayout]| {
        let held = release::reasons(Some(committee), minutes, &digest, known, minutes.date.unwrap_or_default());
        held.into_iter().map(|held| held.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&committee, &minutes, &[]), [] as [String; 0], "the configuration names this document");

    minutes.source.sha256 = "another document".into();
    let known = |committee: &str| ConfirmedLayout {
        committee: med_digest::store::CommitteeId(committee.into()),
        layout: minutes.layout.clone(),
        source: ContentHash("seen".into()),
        by: "Anna".into(),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    let (own, other) = ([known("hovedmed")], [known("afdelingsmed-boern-og-unge")]);
    for committee in [&committee, &automatic] {
        assert_eq!(reasons(committee, &minutes, &own), [] as [String; 0]);
        for known in [&[][..], &other] {
            assert!(reasons(committee, &minutes, known)[0].contains("Opsætningen er ny"), "{:?}", committee.release);
        }
        let mut doubted = minutes.clone();
        doubted.warnings.push(Warning { code: "hidden-text", message: String::new(), line: None });
        assert!(reasons(committee, &doubted, &own)[0].contains("1 advarsel;"), "{:?}", committee.release);
    }
}
