//! A complaint that names nobody is the employee side's where that side speaks beside it.

use super::*;

fn voices(texts: &[&str]) -> Vec<Option<Voice>> {
    let text = [
        rule("objection", "voice = \"indvending\"\nphrases = [\"protest\"]"),
        rule("employees", "voice = \"medarbejdere\"\nphrases = [\"tak\"]"),
        rule("management", "voice = \"ledelse\"\nphrases = [\"chef\"]"),
        rule("goes-on", "voice = \"fortsat\"\nphrases = [\"klage\"]"),
    ];
    let found = score_in(&rules(&text.concat()), &ItemContext::default(), texts);
    found.into_iter().map(|trace| trace.voice).collect()
}

#[test]
fn a_complaint_alone_is_nobodys() {
    assert_eq!(voices(&["Klage."]), [None]);
    assert_eq!(voices(&["Chef.", "Klage."]), [Some(Voice::Management), None]);
}

#[test]
fn a_complaint_goes_on_with_what_the_employee_side_said_though_the_management_answers() {
    let objection = Some(Voice::Objection);
    assert_eq!(voices(&["Protest.", "Chef.", "Klage."]), [objection, Some(Voice::Management), objection]);
    assert_eq!(voices(&["Tak.", "Klage."]), [Some(Voice::Employees), objection]);
    // What was said long before is another matter.
    assert_eq!(voices(&["Protest.", "Nu.", "Nu.", "Nu.", "Klage."]).last(), Some(&None));
}

#[test]
fn a_complaint_may_come_before_the_one_who_makes_it_is_named() {
    let objection = Some(Voice::Objection);
    assert_eq!(voices(&["Klage.", "Klage.", "Protest."]), [objection; 3]);
    assert_eq!(voices(&["Klage.", "Nu.", "Protest."]), [None, None, objection]);
}

#[test]
fn a_complaint_of_the_management_stays_the_managements() {
    let both = voices(&["Protest.", "Klage chef."]);
    assert_eq!(both, [Some(Voice::Objection), Some(Voice::Management)]);
}

#[test]
fn another_sub_heading_is_another_matter() {
    let set = rules(
        &[
            rule("a", "voice = \"indvending\"\nphrases = [\"protest\"]"),
            rule("b", "voice = \"fortsat\"\nphrases = [\"klage\"]"),
        ]
        .concat(),
    );
    let under =
        |index, text, heading: &str| SentenceContext { subheading: Some(heading.to_owned()), ..sentence(index, text) };
    let texts = [under(0, "Protest.", "Ferie"), under(1, "Klage.", "Parkering")];
    let traces = set.score(&ItemContext::default(), &texts, &NoHints);
    assert_eq!(traces[1].voice, None);
}
