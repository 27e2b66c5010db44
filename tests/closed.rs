//! In doubt an item is closed: every wording that publishers use, and titles that only sound like it.

use crate::support::minutes_of;

fn closed(title: &str, below: &str) -> bool {
    let minutes =
        minutes_of(&format!("REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: {title}\n\n{below}Beslutning\n\nGodkendt.\n"));
    let item = minutes.items.first().expect("an item");
    assert_eq!(item.title, title);
    assert!(!item.closed || item.sections.is_empty(), "a closed item keeps no text: {title}");
    item.closed
}

#[test]
fn every_wording_of_a_closed_item_is_known() {
    for title in [
        "Lukket",
        "LUKKET PUNKT",
        "Lukket - Køb af ejendom",
        "Lukket punkt: Personalesag",
        "LUKKET PUNKT - Køb af ejendom",
        "Lukket sag: Køb af ejendom",
        "Køb af ejendom - Lukket punkt",
        "Køb af ejendom – lukket",
        "Køb af ejendom - LUKKET SAG",
        "Køb af ejendom (FOR LUKKEDE DØRE)",
        "Køb af ejendom (lukket)",
        "Køb af ejendom (lukket punkt)",
        "(Lukket) Køb af ejendom",
        "Fortroligt: Køb af ejendom",
        "Personsag",
    ] {
        assert!(closed(title, ""), "{title}");
    }
    for line in [
        "Lukket punkt\n\n",
        "Status: Lukket\n\n",
        "Punktet er lukket\n\n",
        "Sagen er lukket.\n\n",
        "Sagen er lukket, jf. lovens § 10.\n\n",
        "Sagen er lukket for offentligheden.\n\n",
        "Punktet blev lukket efter pausen.\n\n",
        "Sagen er lukket uden offentlighed.\n\n",
        "Sagen er lukket ude.\n\n",
    ] {
        assert!(closed("Køb af ejendom", line), "{line}");
    }
}

#[test]
fn a_matter_that_came_to_nothing_closes_no_item() {
    assert!(!closed("Meddelelser", "Sagen om støj er lukket uden påbud.\n\n"));
}

#[test]
fn a_title_that_only_speaks_of_closing_is_open() {
    for title in
        ["Lukkedage i 2027", "Skolen holder lukket i uge 29", "Lukning af kantinen", "Åbent hus", "Aflukning af skabe"]
    {
        assert!(!closed(title, ""), "{title}");
    }
}

#[test]
fn a_group_heading_closes_all_items_below_it_until_an_open_one() {
    let text = "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Løn\n\nBeslutning\n\nGodkendt.\n\nLUKKEDE PUNKTER\n\nPunkt 2: Ejendom\n\nBeslutning\n\nGodkendt.\n\nPunkt 3: Sag\n\nBeslutning\n\nGodkendt.\n\nÅBNE PUNKTER\n\nPunkt 4: Ferie\n\nBeslutning\n\nGodkendt.\n";
    let minutes = minutes_of(text);
    let closed: Vec<bool> = minutes.items.iter().map(|item| item.closed).collect();
    assert_eq!(closed, [false, true, true, false]);
    assert!(
        !minutes.items[0].own_entries().any(|entry| entry.text.contains("LUKKEDE")),
        "the heading belongs to no item"
    );
}

#[test]
fn the_item_of_stories_is_known_by_all_its_names_and_by_nothing_else() {
    let stories = |title: &str| {
        minutes_of(&format!("REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: {title}\n\nBeslutning\n\n- Nye regler\n")).items
            [0]
        .stories
    };
    for title in [
        "Historier til videreformidling",
        "CF - Historier til videreformidling",
        "Kommunikation fra mødet (kl. 11.40-11.45)",
        "Information og kommunikation",
        "MedarbejderNyt",
        "Budskaber fra mødet",
        "Nyt fra HovedMED",
        "Hvad skal kommunikeres ud",
    ] {
        assert!(stories(title), "{title}");
    }
    for title in [
        "Gensidig orientering",
        "Meddelelser",
        "Information fra ledelsen",
        "Information fra medarbejderne",
        "Tilbagemeldinger fra LMU",
        "Evaluering af mødet",
        "Hvordan fungerede mødet?",
        "Orientering om kommunikationsstrategi",
        "Evaluering af MedarbejderNyt",
        "Borgernes historier",
    ] {
        assert!(!stories(title), "{title}");
    }
}

#[test]
fn nothing_below_a_closed_mark_is_quoted_even_where_its_heading_was_not_seen() {
    let text = "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Løn\n\nBeslutning\n\nAlle får samme løn som før.\n\nPkt 2 - Lukket punkt: Køb af ejendom\n\nKommunen køber grunden.\n";
    for text in [text.to_owned(), text.replace("Pkt 2 - ", ""), text.replace("Pkt 2 - ", "2) ")] {
        let minutes = minutes_of(&text);
        let quotable: Vec<&str> =
            minutes.items.iter().flat_map(|item| item.own_entries()).map(|entry| entry.text.as_str()).collect();
        assert_eq!(quotable, ["Alle får samme løn som før."], "{text}");
    }
}

#[test]
fn headings_and_status_lines_close_in_every_wording_of_the_list() {
    let list = std::fs::read_to_string(crate::support::root().join("tests/data/closed-headings.txt")).unwrap();
    let mut wrong = String::new();
    for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (expected, heading) = line.split_once(" | ").unwrap();
        // As a heading of its own, as a title, as a line below a title, and as a heading over items.
        let ways = [
            format!("Punkt 1: Løn\n\nBeslutning\n\nGodkendt.\n\n{heading}\n\nHemmeligt.\n"),
            format!("Punkt 1: {heading}\n\nBeslutning\n\nHemmeligt.\n"),
            format!("Punkt 1: Køb\n\n{heading}\n\nBeslutning\n\nHemmeligt.\n"),
        ];
        let told: Vec<bool> = ways
            .iter()
            .map(|way| {
                let minutes = minutes_of(&format!("REFERAT HovedMED d. 01-02-2027\n\n{way}"));
                minutes.items.iter().flat_map(|item| item.own_entries()).any(|entry| entry.text.contains("Hemmeligt"))
            })
            .collect();
        let right = match expected {
            // Printed anywhere, a closing line hides what follows.
            "closed" => !told[0] && (!told[1] || !told[2]),
            _ => told[1] && told[2],
        };
        if !right {
            wrong += &format!("{expected} {told:?}: {heading}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_story_that_calls_something_confidential_is_told_and_real_marks_among_stories_still_close() {
    let told = |line: &str| {
        let text = format!(
            "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Historier til videreformidling\n\nBeslutning\n\n- Nye regler\n- {line}\n- Nye stole\n"
        );
        let minutes = minutes_of(&text);
        minutes.items.iter().flat_map(|item| item.own_entries()).any(|entry| entry.text.contains("Nye stole"))
    };
    for line in ["Fortrolige kontaktpersoner mod krænkelser", "Nye lukkede skabe til alle", "Tre fortrolige rådgivere"]
    {
        assert!(told(line), "{line}");
    }
    for line in [
        "Fortrolige sager",
        "Fortrolige lejesager",
        "Fortrolige forhandlinger om køb",
        "Lukket punkt: Køb af ejendom",
        "Lukkede punkter",
        "Fortroligt: Køb af ejendom",
        "Fortrolige: Køb af ejendom",
        "Køb af ejendom (fortroligt)",
        "Personsag",
        "FORTROLIGE SAGER",
    ] {
        assert!(!told(line), "{line}");
    }
    // In any other item such a line may be the heading of another one, so it closes as before.
    let text = "REFERAT HovedMED d. 01-02-2027\n\nPunkt 1: Løn\n\nBeslutning\n\n- Nye regler\n- Fortrolige kontaktpersoner mod krænkelser\n- Nye stole\n";
    let minutes = minutes_of(text);
    assert!(!minutes.items[0].own_entries().any(|entry| entry.text.contains("Nye stole")));
}
