//! Sums, groups, trial, privacy, leaning.

use super::*;

const GROUPED: &str = r#"
[[group]]
id = "job"
label = "Job"
cap = 5
floor = -3
"#;

fn grouped(lines: &[(&str, &str)]) -> RuleSet {
    let all: String = lines.iter().map(|(id, text)| rule(id, &format!("group = \"job\"\n{text}"))).collect();
    rules(&format!("{GROUPED}{all}"))
}

#[test]
fn a_group_is_summed_first_and_clipped_after_so_order_never_matters() {
    let parts = [
        ("a", "phrases = [\"løn\"]\nweight = 4"),
        ("b", "phrases = [\"ferie\"]\nweight = 4"),
        ("c", "phrases = [\"tak\"]\nweight = -2"),
    ];
    let mut turned = parts;
    turned.reverse();
    for lines in [parts, turned] {
        let trace = score(&grouped(&lines), "Løn og ferie, tak.");
        assert_eq!(trace.groups[0].sums, [6, 6]);
        assert_eq!(trace.totals, [5, 5]);
    }
    assert_eq!(score(&grouped(&[("c", "phrases = [\"tak\"]\nweight = -9")]), "Tak.").totals, [-3, -3]);
}

#[test]
fn an_audience_has_its_own_weight() {
    let set = rules(&rule("a", "phrases = [\"løn\"]\nweight = { staff = 4, elected = -1 }"));
    assert_eq!(score(&set, "Om løn").totals, [4, -1]);
    assert_eq!(set.audience("elected"), Some(1));
}

#[test]
fn a_rule_counts_once_unless_it_says_more() {
    let text = "Løn, løn og løn";
    assert_eq!(score(&rules(&rule("a", "phrases = [\"løn\"]\nweight = 2")), text).totals, [2, 2]);
    assert_eq!(score(&rules(&rule("a", "phrases = [\"løn\"]\nweight = 2\nmax_hits = 2")), text).totals, [4, 4]);
}

#[test]
fn phrases_that_share_words_are_one_hit() {
    let set = rules(&rule("a", "phrases = [\"uden løn\", \"løn\"]\nweight = 2\nmax_hits = 9"));
    let trace = score(&set, "Fri uden løn");
    assert_eq!((trace.hits[0].times, trace.totals[0]), (1, 2));
}

#[test]
fn a_rule_on_trial_is_shown_and_not_counted_and_one_switched_off_is_not_there() {
    let set = rules(
        &(rule("a", "phrases = [\"løn\"]\nweight = 2\ntrial = true")
            + &rule("b", "phrases = [\"løn\"]\nweight = 3\nenabled = false")),
    );
    let trace = score(&set, "Om løn");
    assert_eq!(trace.totals, [0, 0]);
    assert_eq!(trace.hits.len(), 1);
    assert_eq!(trace.hits[0].state, HitState::Trial);
}

#[test]
fn a_privacy_rule_withholds_the_sentence_whatever_it_scores() {
    let set = rules(
        &(rule("a", "phrases = [\"løn\"]\nweight = 9") + &rule("b", "phrases = [\"sygemeldt\"]\nwithhold = true")),
    );
    assert!(score(&set, "Sygemeldt med løn").is_withheld());
    assert!(!score(&set, "Rask med løn").is_withheld());
}

#[test]
fn a_privacy_rule_may_withhold_from_one_audience_alone() {
    let set = rules(&rule("a", "phrases = [\"løn\"]\nwithhold = [\"staff\"]"));
    let trace = score(&set, "Løn");
    assert_eq!(trace.withheld_from(&set, 0), [0]);
    assert_eq!(trace.withheld_from(&set, 1), [] as [usize; 0]);
    assert_eq!(trace.withheld_from(&set, 7), [0], "an audience that nobody knows gets nothing");
    let (_, problems) = load_files(&[("a.toml", &rule("a", "phrases = [\"løn\"]\nwithhold = [\"staf\"]"))]);
    assert!(problems.iter().any(|problem| problem.code() == "unknown-audience"));
}

#[test]
fn a_leaning_rule_ties_a_sentence_to_the_one_before() {
    let set = rules(&rule("a", "phrases = [\"det betyder\"]\nleans = true"));
    let traces = score_in(&set, &ItemContext::default(), &["Huset lukker.", "Det betyder, at alle har fri.", "Ja."]);
    assert_eq!(traces[1].leans_on, Some(traces[0].id));
    assert_eq!(traces[2].leans_on, None);
    assert_eq!(traces[0].leans_on, None);
}

#[test]
fn one_rule_may_count_instead_of_another() {
    let set = rules(
        &(rule("a", "phrases = [\"løn\"]\nweight = 2")
            + &rule("b", "phrases = [\"uden løn\"]\nweight = 5\ninstead_of = [\"a\"]")),
    );
    let trace = score(&set, "Fri uden løn");
    assert_eq!(trace.totals, [5, 5]);
    assert_eq!(trace.hits[0].state, HitState::Replaced { by: 1 });
    assert_eq!(score(&set, "Fri med løn").totals, [2, 2]);
}

#[test]
fn the_trace_tells_all() {
    let set = rules(
        &(GROUPED.to_owned()
            + &rule("a", "group = \"job\"\nphrases = [\"uden løn\"]\nweight = { staff = 4, elected = 3 }")
            + &rule("b", "group = \"job\"\nphrases = [\"lægebesøg\"]\nunless = [\"almindelig\"]\nweight = 2")
            + &rule("c", "feature = \"amount\"\nweight = 1\ntrial = true")),
    );
    let trace = score(&set, "Almindelige lægebesøg er uden løn og koster 200 kr.");
    let hits: Vec<serde_json::Value> = trace
        .hits
        .iter()
        .map(|hit| {
            let rule = set.rule(hit.rule).expect("known");
            serde_json::json!({ "rule": rule.id, "line": rule.line(), "weight": rule.weight(0),
                "words": trace.words_of(hit), "state": format!("{:?}", hit.state) })
        })
        .collect();
    insta::assert_json_snapshot!(serde_json::json!({ "hits": hits, "totals": trace.totals,
        "groups": trace.groups.iter().map(|sum| format!("{sum:?}")).collect::<Vec<_>>() }));
}

#[test]
fn the_version_follows_the_content_of_the_folder() {
    let one = rules(&rule("a", "phrases = [\"løn\"]\nweight = 2"));
    let same = rules(&rule("a", "phrases = [\"løn\"]\nweight = 2"));
    let other = rules(&rule("a", "phrases = [\"løn\"]\nweight = 3"));
    assert_eq!(one.version().len(), 12);
    assert_eq!(one.version(), same.version());
    assert_ne!(one.version(), other.version());
}
