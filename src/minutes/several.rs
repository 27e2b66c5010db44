//! Which of several decisions in one item is the meeting's own.
//!
//! Minutes quote earlier decisions under the same plain "Beslutning" as their own, and name the committee now in full and
//! now in short. What is not surely own is taken for another's, and a person is told where that was a choice.

use super::dialect::key;
use super::model::SectionKind;
use super::sections::{Manner, RawSection, SectionReason};

/// Decides between several decisions of one item. `usual` are the headings that most decisions of the document have. Says whether
/// a person had better look.
pub(super) fn settle(sections: &mut [RawSection<'_>], manner: Manner<'_>, usual: &[String]) -> bool {
    let exact = sections.iter().any(|section| section.reason == SectionReason::OwnBody);
    if exact {
        for section in sections.iter_mut().filter(|section| section.reason == SectionReason::OwnLoosely) {
            make_other(section);
        }
    }
    let named =
        sections.iter().any(|section| matches!(section.reason, SectionReason::OwnBody | SectionReason::OwnLoosely));
    let plain: Vec<usize> = sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.kind == SectionKind::Decision && section.reason == SectionReason::Heading)
        .map(|(index, _)| index)
        .collect();
    if !manner.formal || plain.len() + usize::from(named) < 2 {
        return false;
    }
    // Directly under history a plain "Beslutning" is an earlier one without doubt.
    let in_history = |index: usize| {
        index
            .checked_sub(1)
            .and_then(|before| sections.get(before))
            .is_some_and(|before| matches!(before.kind, SectionKind::History | SectionKind::OtherDecision))
    };
    let heading = |index: usize| sections.get(index).map(|section| key(&section.heading)).unwrap_or_default();
    let is_usual = |index: usize| usual.contains(&heading(index));
    let mut candidates: Vec<usize> = plain.clone();
    for better in [&(|index: usize| !in_history(index)) as &dyn Fn(usize) -> bool, &is_usual] {
        if candidates.iter().any(|index| better(*index)) {
            candidates.retain(|index| better(*index));
        }
    }
    // "Referat:" and "Beslutning:" in each item are two halves of one; the same heading twice is not.
    let mut own: Vec<usize> = Vec::new();
    if !named {
        let ordered: Vec<usize> =
            if manner.decision_first { candidates } else { candidates.into_iter().rev().collect() };
        for index in ordered {
            if own.iter().all(|known| heading(*known) != heading(index)) && (own.is_empty() || is_usual(index)) {
                own.push(index);
            }
        }
    }
    let doubtful = plain.iter().any(|index| !own.contains(index) && !in_history(*index));
    for index in plain {
        if !own.contains(&index)
            && let Some(section) = sections.get_mut(index)
        {
            make_other(section);
        }
    }
    doubtful
}

fn make_other(section: &mut RawSection<'_>) {
    section.kind = SectionKind::OtherDecision;
    section.reason = SectionReason::OtherOfSeveral;
}
