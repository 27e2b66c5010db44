//! From minutes to traces.

use std::sync::Arc;

use super::*;
use crate::intake::{Format, Source};
use crate::minutes::{Approval, Entry, Item, Kind, Minutes, Outcome, Section, SectionKind};
use crate::text::few::Few;

/// A section with entries of these kinds and texts; only the meeting's own decision has ids.
fn section(kind: SectionKind, first: usize, entries: &[(EntryKind, &str)]) -> Section {
    let entry = |(index, (entry_kind, text)): (usize, &(EntryKind, &str))| Entry {
        id: (kind == SectionKind::Decision).then_some(EntryId { item: ItemNumber(2), index: first + index }),
        kind: *entry_kind,
        text: (*text).to_owned(),
        span: Span::default(),
        at: Few::new(),
        paragraph: index,
    };
    Section {
        kind,
        heading: "Beslutning".to_owned(),
        body: None,
        span: Span::default(),
        entries: entries.iter().enumerate().map(entry).collect(),
    }
}

fn minutes() -> Minutes {
    let item = Item {
        number: ItemNumber(2),
        printed: "2".to_owned(),
        title: "Budget 2026".to_owned(),
        case: None,
        closed: false,
        stories: false,
        outcome: Outcome::Noted,
        amended: false,
        outcomes: Vec::new(),
        votes: None,
        sections: vec![
            section(SectionKind::OtherDecision, 0, &[(EntryKind::Sentence, "Byrådet vil have løn.")]),
            section(
                SectionKind::Decision,
                0,
                &[
                    (EntryKind::Attendance, "Afbud: løn."),
                    (EntryKind::Sentence, "Der gives løn."),
                    (EntryKind::Subheading, "Ferie"),
                    (EntryKind::ListItem, "Ingen løn i ferien."),
                ],
            ),
            section(SectionKind::Decision, 4, &[(EntryKind::Sentence, "Løn igen.")]),
        ],
    };
    Minutes {
        source: Source { file: "a.txt".to_owned(), format: Format::Text, sha256: String::new() },
        text: Arc::from(""),
        kind: Kind::Referat,
        committee: Some("KommuneMED".to_owned()),
        date: None,
        start: None,
        end: None,
        place: None,
        participants: Vec::new(),
        approval: Approval::default(),
        items: vec![item],
        layout: crate::minutes::Layout::default(),
        lines: Vec::new(),
        warnings: Vec::new(),
        cpr_elsewhere: false,
    }
}

#[test]
fn only_own_decision_sentences_are_scored_and_keep_their_ids() {
    let set = rules(&rule("a", "phrases = [\"løn\"]\nweight = 1"));
    let scored = score_minutes(&set, &minutes(), &NoHints);
    let ids: Vec<String> = scored.traces.keys().map(ToString::to_string).collect();
    assert_eq!(ids, ["2/1", "2/3", "2/4"]);
    assert!(scored.traces.values().all(|trace| trace.totals == [1, 1]));
}

#[test]
fn rules_know_item_committee_and_sub_heading_of_a_sentence() {
    let conditions = "where = { item = [\"budget*\"], committee = [\"kommunemed\"], subheading = [\"ferie\"], outcome = [\"noted\"] }";
    let set = rules(&rule("a", &format!("phrases = [\"løn\"]\nweight = 1\n{conditions}")));
    let scored = score_minutes(&set, &minutes(), &NoHints);
    let hit: Vec<String> =
        scored.traces.values().filter(|trace| trace.totals[0] > 0).map(|trace| trace.id.to_string()).collect();
    assert_eq!(hit, ["2/3"], "a new section begins without a sub-heading");
}

#[test]
fn the_same_minutes_score_the_same_twice() {
    let set = rules(&rule("a", "phrases = [\"løn\", \"ferie\"]\nweight = 1"));
    assert_eq!(score_minutes(&set, &minutes(), &NoHints), score_minutes(&set, &minutes(), &NoHints));
}
