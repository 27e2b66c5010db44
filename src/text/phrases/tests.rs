use super::*;
use crate::text::words::words;

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

#[test]
fn linking_letters_of_a_compound_stand_under_the_star() {
    for text in ["afskedigelsesrunde", "afskedigelsessager", "afskedigelsen"] {
        assert!(finds("afskedigelse*", text), "{text}");
    }
    assert!(finds("barn*", "barnedåb") && finds("*tid", "arbejdstiden") && finds("jul*gave", "julegaverne"));
}

#[test]
fn capitals_spelling_and_hyphens_make_no_difference() {
    assert_eq!(found("ændring på øen", "ÆNDRING PÅ ØEN"), ["ÆNDRING PÅ ØEN"]);
    assert!(finds("påbud", "Paabud") && finds("aarhus", "Århus") && finds("ÅRHUS", "ÅRHUS"));
    assert!(finds("e-mail", "emailen") && finds("email", "E-mails"));
    assert!(finds("MED-udvalg", "MEDudvalget") && finds("MEDudvalg", "MED-udvalgene"));
    assert_eq!(found("MED\u{2011}udvalg", "et MED\u{2011}udvalg"), ["MED\u{2011}udvalg"]);
}

#[test]
fn a_phrase_is_found_over_line_breaks_and_what_does_not_show() {
    for gap in [" ", "\n", " \n ", "\u{a0}", "\u{a0}\r\n\u{a0}", "\u{202f}"] {
        let text = format!("Fri uden{gap}løn.");
        assert_eq!(found("uden løn", &text), [format!("uden{gap}løn")]);
    }
    assert_eq!(found("sygefravær", "Om syge\u{ad}fra\u{2060}været"), ["syge\u{ad}fra\u{2060}været"]);
    assert_eq!(found("påbud", "Et pa\u{30a}bud"), ["pa\u{30a}bud"]);
}

/// The plain way: every phrase at every word, every word by its own test, no table and no automaton.
fn find_slowly(phrases: &[&str], text: &str, inflection: &Inflection) -> Vec<(usize, WordRange)> {
    let (all, words_of_text) = (words(text), Words::new(text));
    let satisfies = |atom: &Atom, index: usize| {
        let word = &all[index];
        let shown = word.span.of(text).replace('\u{ad}', "");
        let capitals = match &atom.capitals {
            Capitals::Any => true,
            Capitals::Begin(letters) => shown.starts_with(letters.as_str()),
            Capitals::Contain(letters) => shown.contains(letters.as_str()),
            Capitals::Exactly(form) => shown == *form,
        };
        let mut forms = vec![word.folded.clone()];
        if word.folded.starts_with('-') || word.folded.ends_with('-') {
            let lender = forms::lender(&words_of_text, index).unwrap_or_default();
            forms.extend(forms::completed(&word.folded, lender));
        }
        capitals
            && forms.iter().any(|form| match &atom.test {
                Test::Key(key) => inflection.key(form) == *key,
                Test::Form(exact) => form == exact,
                Test::Part(letters) => form.contains(letters.as_str()),
                Test::Star(star) => star.fits(&comparable(form), &inflection.key(form)),
            })
    };
    let mut found = Vec::new();
    for (number, phrase) in phrases.iter().enumerate() {
        let parsed = parse::parse(phrase, inflection).expect("a good phrase");
        for first in 0..all.len() {
            let fits = parsed.iter().enumerate().all(|(at, part)| {
                let index = first + at;
                let gap = || text.get(all[index - 1].span.end()..all[index].span.start()).unwrap_or_default();
                index < all.len()
                    && satisfies(&part.atom, index)
                    && (at == 0 || part.open_gap_before || is_plain_gap(gap()))
            });
            if fits {
                found.push((number, WordRange { first, last: first + parsed.len() - 1 }));
            }
        }
    }
    found
}

const PHRASES: [&str; 16] = [
    "løn",
    "uden løn",
    "løn, ferie",
    "=lønnen",
    "=Ferie",
    "MED",
    "*MED",
    "løn*",
    "*fridag*",
    "syge*dag",
    "*mand",
    "opsige kutyme",
    "ansættelsesstop",
    "løn- og ferie",
    "e-mail",
    "ferie løn ferie",
];

#[test]
fn a_text_of_many_forms_is_not_slower_and_not_forgotten() {
    let mut book = PhraseBook::new(inflection());
    let id = book.add("løn").expect("a phrase");
    book.finish();
    let mut forms = Forms::default();
    for round in 0..3 {
        for block in 0..80 {
            let text: String = (0..1_000).map(|at| format!("ord{block}x{at} løn ")).collect();
            assert_eq!(book.find(&text, &Words::new(&text), &mut forms).len(), 1_000, "{round} {block} {id:?}");
        }
    }
    let small = "Lønnen og ferien er faldet ";
    let before = forms.work();
    for _ in 0..2 {
        let _ = book.find(&small.repeat(1_000), &Words::new(&small.repeat(1_000)), &mut forms);
    }
    assert!(forms.work().new_forms - before.new_forms <= 5, "each form is analysed once");
    assert_eq!(forms.work().words - before.words, 10_000);
}

/// Words of the phrases, in forms and disguises, with what may stand between them.
#[test]
fn a_form_is_known_again_whatever_stands_behind_it() {
    let inflection = inflection();
    let mut book = PhraseBook::new(inflection);
    let id = book.add("løn").expect("a phrase");
    book.finish();
    let mut forms = Forms::default();
    for text in ["Løn er løn, også i næste måned og i næste år.", "løn", "ny løn", "Om løn i år", "løn og lønfest"]
    {
        let found = book.find(text, &Words::new(text), &mut forms);
        assert!(!found.is_empty() && found.iter().all(|(phrase, _)| *phrase == id), "{text}");
    }
    assert_eq!(forms.work().new_forms, 11, "\"løn\" is analysed once");
}

fn texts() -> impl proptest::strategy::Strategy<Value = String> {
    let word = proptest::sample::select(vec![
        "løn",
        "Lønnen",
        "lønninger",
        "uden",
        "ferie",
        "Ferie",
        "ferien",
        "MED",
        "med",
        "KommuneMED",
        "hermed",
        "kutymefridagene",
        "sygefraværsdage",
        "sygedagpenge",
        "formænd",
        "opsagt",
        "kutymen",
        "ansættelses-",
        "-stop",
        "indkøbsstop",
        "løn-",
        "og",
        "e-mail",
        "Emailen",
        "lønstop",
        "LØN",
        "lø\u{ad}n",
        "2-årig",
        "§",
        "%",
        "x'er",
    ]);
    let gap =
        proptest::sample::select(vec![" ", " ", " ", " ", ", ", ". ", "\u{a0}", "\n", " – ", "-", "/", " (", ": "]);
    proptest::collection::vec((word, gap), 0..14)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

use proptest::strategy::Strategy as _;

proptest::proptest! {
    #[test]
    fn any_phrase_on_any_text_never_panics(phrase in "\\PC{0,20}", text in "\\PC{0,80}") {
        let _ = find_one(&phrase, &text, &inflection());
    }

    #[test]
    fn the_book_finds_what_the_plain_way_finds(all in proptest::collection::vec(texts(), 1..4)) {
        let inflection = inflection();
        let mut book = PhraseBook::new(inflection.clone());
        for phrase in PHRASES {
            book.add(phrase).expect("a good phrase");
        }
        book.finish();
        // One memory for all texts: what was met in one must not show in the next.
        let mut forms = Forms::default();
        for text in &all {
            let found: Vec<(usize, WordRange)> = book
                .find(text, &Words::new(text), &mut forms)
                .into_iter()
                .map(|(id, range)| (id.place(), range))
                .collect();
            proptest::prop_assert_eq!(found, find_slowly(&PHRASES, text, &inflection), "{}", text);
        }
    }
}
