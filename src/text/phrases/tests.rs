use super::*;

fn inflection() -> Inflection {
    Inflection::new([
        vec!["opsige", "opsiger", "opsagde", "opsagt"],
        vec!["løn", "lønnen", "lønninger"],
        vec!["mand", "manden", "mænd", "mændene"],
    ])
}

/// The source texts of all finds.
fn found(phrase: &str, text: &str) -> Vec<String> {
    let all = words(text);
    find_one(phrase, text, &inflection())
        .expect("a good phrase")
        .into_iter()
        .map(|range| text[all[range.first].span.start()..all[range.last].span.end()].to_owned())
        .collect()
}

fn finds(phrase: &str, text: &str) -> bool {
    !found(phrase, text).is_empty()
}

#[test]
fn a_phrase_is_found_in_any_inflection() {
    assert_eq!(found("kutymefridag", "Kutymefridagene opsiges."), ["Kutymefridagene"]);
    assert_eq!(found("opsige kutyme", "De opsagte ikke, men har opsagt kutymen."), ["opsagt kutymen"]);
    assert_eq!(found("uden løn", "Fri er uden\u{a0}\nLØNNEN i år"), ["uden\u{a0}\nLØNNEN"]);
}

#[test]
fn words_inside_other_words_are_not_found() {
    assert!(!finds("løn", "Lønsystemet"));
    assert!(!finds("ferie", "barselsferien"));
    assert!(!finds("uden løn", "uden nogen løn"));
}

#[test]
fn a_star_opens_a_word_at_its_side_only() {
    assert!(finds("sygefravær*", "Sygefraværspolitikken") && finds("sygefravær*", "sygefravær"));
    assert!(!finds("sygefravær*", "korttidssygefravær"));
    assert!(finds("*fridag*", "kutymefridagsordning") && finds("*fridag", "kutymefridagene"));
    assert!(!finds("*fridag", "kutymefridagsordning"));
    assert!(finds("*mand", "De to formænd") && finds("syge*dag", "sygefraværsdagene"));
    assert!(!finds("syge*dag", "sygedagpenge"));
}

#[test]
fn a_star_with_hardly_a_letter_is_refused() {
    assert_eq!(find_one("*", "x", &inflection()), Err(PhraseError::StarTooShort));
    assert_eq!(find_one("s*", "x", &inflection()), Err(PhraseError::StarTooShort));
    assert_eq!(find_one(" . ", "x", &inflection()), Err(PhraseError::Empty));
    assert_eq!(find_one("= løn", "x", &inflection()), Err(PhraseError::LooseExact));
}

#[test]
fn an_equals_sign_means_this_form() {
    assert!(finds("=ledelse", "Ledelse er svært") && !finds("=ledelse", "Ledelsen sagde"));
    assert!(finds("=Ledelse", "Om Ledelse") && !finds("=Ledelse", "om ledelse"));
}

#[test]
fn capitals_ask_for_capitals() {
    assert!(finds("MED", "KommuneMED og MED") && finds("TR", "TR'erne mødes") && finds("MED-udvalg", "MED-udvalgene"));
    assert!(!finds("MED", "sammen med dem"));
    assert_eq!(found("MED", "med MED"), ["MED"]);
    assert_eq!(found("*MED", "hermed i KommuneMED og AfdelingsMED'erne"), ["KommuneMED", "AfdelingsMED'erne"]);
}

#[test]
fn a_cut_compound_is_completed() {
    assert_eq!(found("ansættelsesstop", "Et ansættelses- og indkøbsstop er nævnt."), ["ansættelses-"]);
    assert_eq!(found("lønregler", "Løn-, ferie- og barselsreglerne"), ["Løn-"]);
    assert_eq!(found("arbejdsudvalg", "Arbejdsgrupper og -udvalg"), ["-udvalg"]);
    assert_eq!(found("indkøbsstop", "Et ansættelses- og indkøbsstop"), ["indkøbsstop"]);
    assert!(!finds("løn", "Løn- og personalesystemet"));
    assert!(finds("løn- og personalesystem", "Løn- og personalesystemet"));
}

#[test]
fn a_phrase_does_not_cross_a_comma_unless_it_has_one() {
    assert!(!finds("løn ferie", "løn, ferie"));
    assert!(finds("løn, ferie", "løn, ferie") && finds("løn, ferie", "løn ferie"));
    assert!(finds("mio kr", "5 mio. kr. mere") && finds("mio. kr.", "5 mio kr"));
}

#[test]
fn signs_and_numbers_are_words_of_a_phrase() {
    assert!(finds("§ 17", "jf. § 17 i loven") && !finds("§ 17", "side 17"));
}

proptest::proptest! {
    #[test]
    fn any_phrase_on_any_text_never_panics(phrase in "\\PC{0,20}", text in "\\PC{0,80}") {
        let _ = find_one(&phrase, &text, &inflection());
    }
}
