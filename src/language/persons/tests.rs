//! Who is a person, and what only looks like one.

use super::*;

fn persons(text: &str) -> Vec<&str> {
    let names = Names::shipped().with_participants([("Gry Vandborg", None)]);
    names.find(text).into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn a_machine_that_is_called_like_a_post_is_nobody() {
    assert_eq!(shown("Spilleregler for AI-assistenten.", |people| people.one), [] as [&str; 0]);
    assert_eq!(shown("Spilleregler for assistenten.", |people| people.one), ["assistenten"]);
    assert_eq!(shown("Den assistent, som er købt, svarer.", |people| people.one), [] as [&str; 0]);
    assert_eq!(shown("Klinikassistenten har købt kage.", |people| people.one), ["Klinikassistenten"]);
}

#[test]
fn persons_are_found_by_first_name_participants_and_shape() {
    assert_eq!(persons("Lars Holm oplyste, at Mette følger op."), ["Lars Holm", "Mette"]);
    assert_eq!(persons("I stedet kommer Sükran Tasali."), ["Sükran Tasali"]);
    assert_eq!(persons("Opgaven gives til Gry."), ["Gry"]);
    assert_eq!(persons("Notatet er skrevet af Per B. Lund."), ["Per B. Lund"]);
}

#[test]
fn what_bears_a_name_with_a_hyphen_and_words_of_place_are_no_persons() {
    for text in ["Rektor Vindby-priserne uddeles.", "Professor Vind-vej er lukket.", "Hospice Sct. Maria er her."] {
        assert_eq!(persons(text), [] as [&str; 0], "{text}");
    }
    assert_eq!(shown("Derimod er taget tæt.", |people| people.perhaps), [] as [&str; 0]);
    assert_eq!(shown("K.M. har sovet.", |people| people.perhaps), ["K.M"]);
}

#[test]
fn names_are_found_in_all_their_forms() {
    for (text, name) in [
        ("Fru Abildgaard har ordet.", "Fru Abildgaard"),
        ("Så kom J.P. Thomassen.", "J.P. Thomassen"),
        ("Vi hører, at A. Kirk er her.", "A. Kirk"),
        ("Sygeplejerske Kvistgaard er her.", "Kvistgaard"),
        ("METTE HOLM ER HER.", "METTE HOLM"),
        ("I dag kommer Niels von Essen.", "Niels von Essen"),
        ("Mettes stol er her.", "Mettes"),
        ("Jens' stol er her.", "Jens"),
        ("Fatima Al-Sayed er her.", "Fatima Al-Sayed"),
        ("Ifølge Bo Lund er det her.", "Bo Lund"),
        ("Afskedigelsen af Steen Ottosen er her.", "Steen Ottosen"),
    ] {
        assert_eq!(persons(text), [name], "{text}");
    }
}

#[test]
fn whoever_is_no_participant_is_an_outsider() {
    let names = Names::shipped().with_participants([("Gry Vandborg", None)]);
    let outsiders = |text: &str| names.people(text).outsiders.len();
    assert_eq!(outsiders("Gry Vandborg og Gry er her."), 0);
    assert_eq!(outsiders("Gry Holm er her."), 1);
}

#[test]
fn one_and_few_persons_are_found_without_names() {
    let names = Names::shipped();
    let found = |text: &'static str| -> (Vec<&str>, Vec<&str>) {
        let people = names.people(text);
        let shown = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect();
        (shown(&people.one), shown(&people.few))
    };
    let one = |text| found(text).0;
    assert_eq!(one("En meget erfaren dagplejer er her."), ["dagplejer"]);
    assert_eq!(one("En ekstern rådgiver er her."), [] as [&str; 0]);
    assert_eq!(one("Det er en time mere for en lærer på fuld tid."), [] as [&str; 0]);
    assert_eq!(one("Spørg hos TR eller ledere, og ledere og AMR svarer."), [] as [&str; 0]);
    assert_eq!(one("Den nye rute er her."), [] as [&str; 0]);
    assert_eq!(one("Souschefen og pedellen er her."), ["Souschefen", "pedellen"]);
    assert_eq!(one("Den ene af de to bogholdere er her."), ["bogholdere"]);
    assert_eq!(one("En social- og sundhedsassistent er her."), ["sundhedsassistent"]);
    assert_eq!(one("Vores AMR er her."), ["AMR"]);
    assert_eq!(one("Alle ledere og mange lærere er her."), [] as [&str; 0]);
    assert_eq!(found("To medarbejdere i Løn er her.").1, ["medarbejdere"]);
    assert_eq!(found("To ud af syv sagsbehandlere er her.").1, ["sagsbehandlere"]);
    assert_eq!(found("Tre ud af fire ansatte og 12 medarbejdere er her.").1, [] as [&str; 0]);
}

#[test]
fn departments_places_and_bodies_are_no_persons() {
    for text in [
        "HR & Løn følger op sammen med Ældre, Sundhed & Social.",
        "Solvig Kommune har spurgt Plejehjemmet Birkely.",
        "Sagen går til Økonomiudvalget og Byrådet.",
        "Mødet holdes i Nørre Solvig.",
        "Reglerne er beskrevet af HovedMED.",
        "Ellen Hørup Skolen og Karen Blixens Plads er lukket.",
        "H.C. Andersens Boulevard og Anne Maries Vej er lukket.",
        "Vi bruger systemet Else og Mit Sygefravær.",
        "Laura-modellen er fra maj.",
        "Hotel Frederik og Børnehuset Mælkebøtten er lukket.",
    ] {
        assert_eq!(persons(text), [] as [&str; 0], "{text}");
    }
}
