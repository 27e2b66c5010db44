//! Kinds, exceptions, conditions.

use super::*;

fn one(lines: &str) -> RuleSet {
    rules(&rule("a", &format!("{lines}\nweight = 1")))
}

#[test]
fn near_finds_two_words_within_reach_in_any_order_unless_told() {
    let set = one("near = { of = [\"@negation\"], and = [\"stilling\", \"*ansættelse*\"], within = 4 }");
    assert_eq!(found(&set, "Der nedlægges ikke nogen stillinger."), Some(vec!["ikke", "stillinger"]));
    assert_eq!(found(&set, "Stillinger nedlægges ikke."), Some(vec!["Stillinger", "ikke"]));
    assert_eq!(found(&set, "Ikke alt, hvad der blev sagt, gælder stillinger."), None);
    let forward = one("near = { of = [\"ikke\"], and = [\"stilling\"], within = 4, order = \"forward\" }");
    assert_eq!(found(&forward, "Stillinger nedlægges ikke."), None);
}

#[test]
fn a_unit_reaches_into_the_sentence_before_and_only_marks_its_own_words() {
    let text = rule("leaning", "phrases = [\"de ventes\"]\nleans = true")
        + &rule(
            "a",
            "near = { of = [\"ikke\"], and = [\"masseafskedigelse\"], within = 6 }\nscope = \"unit\"\nweight = 5",
        );
    let set = rules(&text);
    let texts = ["Der gælder særlige regler for masseafskedigelse.", "De ventes ikke i brug."];
    let traces = score_in(&set, &ItemContext::default(), &texts);
    assert_eq!(traces[0].totals, [0, 0], "the sentence before has only half of it");
    assert_eq!(traces[1].totals, [5, 5]);
    let hit = traces[1].hits.iter().find(|hit| hit.rule == 1).expect("hit");
    assert_eq!(traces[1].words_of(hit), ["ikke"]);
}

#[test]
fn what_stands_wholly_in_the_sentence_before_is_no_hit_of_the_one_that_leans_on_it() {
    let text = rule("leaning", "phrases = [\"det betyder\"]\nleans = true")
        + &rule("near", "near = { of = [\"ikke\"], and = [\"løn\"], within = 4 }\nscope = \"unit\"\nweight = 1")
        + &rule("part", "phrases = [\"ikke\", \"løn\"]\nhidden = true")
        + &rule("combined", "combination = { all = [\"part\"] }\nscope = \"unit\"\nweight = 2");
    let set = rules(&text);
    let totals = |second: &str| score_in(&set, &ItemContext::default(), &["Der er ikke løn", second])[1].totals[0];
    assert_eq!(totals("Det betyder alt."), 0);
    assert_eq!(totals("Det betyder løn."), 3, "the nearer word before does not hide the one in the sentence");
}

#[test]
fn a_pattern_runs_on_the_sentence_as_printed_and_ignores_capitals() {
    let set = one("pattern = '\\bmed\\s+løn\\b'\nreason = \"Kun netop sådan\"");
    assert_eq!(found(&set, "Fri MED  LØN i dag"), Some(vec!["MED  LØN"]));
    assert_eq!(found(&set, "medløn"), None);
}

#[test]
fn a_combination_speaks_in_words() {
    let text =
        rule("c", "combination = { all = [\"a\"], any = [\"b\", \"@amount\"], none = [\"@question\"] }\nweight = 7")
            + &rule("a", "phrases = [\"løn\"]\nhidden = true")
            + &rule("b", "phrases = [\"ferie\"]\nhidden = true");
    let set = rules(&text);
    assert_eq!(found(&set, "Løn og ferie"), Some(vec!["Løn", "ferie"]));
    assert_eq!(found(&set, "Løn på 500 kr."), Some(vec!["Løn", "500 kr."]));
    assert_eq!(found(&set, "Løn og ferie?"), None);
    assert_eq!(found(&set, "Kun løn"), None);
    let two = rules(
        &(rule("c", "combination = { any = [\"@date\", \"@amount\", \"@negation\"], at_least = 2 }\nweight = 7")),
    );
    assert_eq!(found(&two, "Ikke 1. marts 2025"), Some(vec!["Ikke", "1. marts 2025"]));
    assert_eq!(found(&two, "Ikke i dag"), None);
}

#[test]
fn an_exception_has_a_reach() {
    let silenced = |reach: &str, text: &str| {
        let set = one(&format!("phrases = [\"løn\"]\nunless = [{{ phrase = \"uden løn\", reach = \"{reach}\" }}]"));
        found(&set, text).is_none()
    };
    assert!(silenced("sentence", "Løn i dag, men uden løn i morgen"));
    assert!(!silenced("match", "Løn i dag, men uden løn i morgen"));
    assert!(silenced("match", "Fri uden løn"));
    let set = one("phrases = [\"løn\"]\nunless = [{ phrase = \"drøftet\", reach = \"clause\" }]");
    assert_eq!(found(&set, "Det blev drøftet, at løn på 5,3 mio. falder"), Some(vec!["løn"]));
    assert_eq!(found(&set, "Det er sagt, at løn er drøftet"), None);
}

#[test]
fn what_is_silenced_shows_by_what() {
    let set = one("phrases = [\"løn\"]\nunless = [\"tak\", \"uden løn\"]");
    let trace = score(&set, "Fri uden løn");
    assert_eq!(trace.hits[0].state, HitState::Silenced { exception: 1, words: Span::new(4, 13) });
    assert_eq!(trace.totals, [0, 0]);
}

#[test]
fn a_rule_applies_where_it_says() {
    let set = one(
        "phrases = [\"løn\"]\nwhere = { item = [\"budget*\"], outcome = [\"approved\", \"noted\"], stories = false }",
    );
    let item = |title: &str, outcome| ItemContext { title: title.to_owned(), outcome, ..ItemContext::default() };
    let total = |item: &ItemContext| score_in(&set, item, &["Om løn"])[0].totals[0];
    assert_eq!(total(&item("Budget 2026", crate::minutes::Outcome::Approved)), 1);
    assert_eq!(total(&item("Budget 2026", crate::minutes::Outcome::Postponed)), 0);
    assert_eq!(total(&item("Eventuelt", crate::minutes::Outcome::Approved)), 0);
    let under = one("phrases = [\"løn\"]\nwhere = { subheading = [\"*økonomi*\"] }");
    let mut context = sentence(0, "Om løn");
    assert_eq!(under.score(&ItemContext::default(), std::slice::from_ref(&context), &NoHints)[0].totals[0], 0);
    context.subheading = Some("Status på økonomien".to_owned());
    assert_eq!(under.score(&ItemContext::default(), &[context], &NoHints)[0].totals[0], 1);
}

#[test]
fn built_in_features_find_what_they_are_called_after() {
    let cases: [(&str, &str, &[&str]); 14] = [
        ("date", "Mødet er den 1. marts 2025.", &["1. marts 2025"]),
        ("deadline", "Svar senest den 1. marts 2025.", &["senest", "1. marts 2025"]),
        ("deadline", "Høringsfristen er kort.", &["Høringsfristen"]),
        ("amount", "Det koster 5,3 mio. kr.", &["5,3 mio. kr."]),
        ("percentage", "Fraværet er 4,2 %.", &["4,2 %"]),
        ("number", "Der er 12 ledere.", &["12"]),
        ("negation", "Der er ingen ledere.", &["ingen"]),
        ("quotation", "Han sagde »nej«.", &["»nej«"]),
        ("employee-side", "Medarbejdersiden er bekymret.", &["Medarbejdersiden"]),
        ("management-side", "Kommunaldirektøren sagde ja.", &["Kommunaldirektøren"]),
        ("actor-body", "KommuneMED drøftede sagen.", &["KommuneMED"]),
        ("request-to-body", "Udvalget beder de lokale MED-udvalg drøfte det.", &["beder", "lokale MED-udvalg"]),
        ("decision-verb", "Det blev besluttet at vente.", &["besluttet"]),
        ("outcome", "Blev taget til efterretning.", &["til efterretning"]),
    ];
    for (feature, text, words) in cases {
        assert_eq!(found(&one(&format!("feature = \"{feature}\"")), text).as_deref(), Some(words), "{feature}");
    }
    for feature in
        ["date", "deadline", "amount", "negation", "question", "employee-side", "actor-body", "row", "leans", "passive"]
    {
        assert_eq!(
            found(&one(&format!("feature = \"{feature}\"")), "Alle mødtes og talte om huset."),
            None,
            "{feature}"
        );
    }
    assert_eq!(found(&one("feature = \"question\""), "Hvornår?"), Some(vec![]));
    assert_eq!(found(&one("feature = \"length\"\nat_least = 3"), "Et to tre"), Some(vec![]));
    assert_eq!(found(&one("feature = \"length\"\nat_most = 2"), "Et to tre"), None);
    assert_eq!(found(&one("feature = \"position\"\nat_most = 1"), "Et"), Some(vec![]));
}

#[test]
fn lists_are_shared_and_may_name_one_another() {
    let text = rule("a", "phrases = [\"@stillinger\"]\nweight = 1")
        + "[[list]]\nid = \"stillinger\"\nphrases = [\"stilling\", \"@ansatte\"]\n[[list]]\nid = \"ansatte\"\nphrases = [\"ansat\"]\n";
    let set = rules(&text);
    assert_eq!(found(&set, "Ny stilling"), Some(vec!["stilling"]));
    assert_eq!(found(&set, "De ansatte"), Some(vec!["ansatte"]));
}

#[test]
fn a_feature_is_what_the_callers_know() {
    struct Knows;
    impl Hints for Knows {
        fn leans_on(&self, sentences: &[SentenceContext], _: &[bool]) -> Vec<Option<usize>> {
            // Also nonsense must not go in circles.
            sentences.iter().map(|_| Some(0)).collect()
        }
    }
    let set = rules(
        &(rule("a", "feature = \"person\"\nweight = 1")
            + &rule("b", "feature = \"story-match\"\nat_least = 2\nweight = 2")
            + &rule("c", "feature = \"leans\"\nweight = 4")),
    );
    let mut second = sentence(1, "Ida er her");
    second.people.named = vec![Span::new(0, 3)];
    second.story_match = 3;
    let traces = set.score(&ItemContext::default(), &[sentence(0, "Først"), second], &Knows);
    assert_eq!(traces[0].totals, [0, 0]);
    assert_eq!(traces[1].totals, [7, 7]);
}

#[test]
fn what_follows_a_sentence_with_many_points_can_be_asked_for() {
    let set = rules(
        &(rule("a", "phrases = [\"ferie\"]\nweight = 5")
            + &rule("b", "feature = \"points-before\"\nat_least = 5\nweight = 1")),
    );
    let all = [sentence(0, "Alle får ferie"), sentence(1, "Det er nyt"), sentence(2, "Huset er gult")];
    let totals = |all: &[SentenceContext]| -> Vec<i32> {
        set.score(&ItemContext::default(), all, &NoHints).iter().map(|trace| trace.totals[0]).collect()
    };
    assert_eq!(totals(&all), [5, 1, 0]);
    let mut under_another_heading = all;
    under_another_heading[1].subheading = Some("Huset".to_owned());
    assert_eq!(totals(&under_another_heading), [5, 0, 0]);
}

#[test]
fn a_pair_with_a_barrier_between_is_no_pair() {
    let near =
        "near = { of = [\"ida\"], and = [\"=syg\"], within = 9, not_across = [\"=oplyste\", \"=om\"] }\nweight = 1";
    let set = rules(&rule("a", near));
    assert_eq!(found(&set, "Ida er i dag syg"), Some(vec!["Ida", "syg"]));
    assert_eq!(found(&set, "Ida oplyste at Bo er syg"), None);
    assert_eq!(found(&set, "Bo er syg og oplyste det om Ida"), None);
    assert_eq!(found(&set, "Om Ida vides, at hun er syg"), Some(vec!["Ida", "syg"]));
}
