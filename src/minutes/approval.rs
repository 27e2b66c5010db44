//! Whether the minutes say of themselves that they are final.

use super::dialect::Dialect;
use super::model::{Approval, ApprovalState};
use crate::text::dates::dates;

/// Reads the approval from the lines of the head and the sentences of the items; `draft` is what the head says.
///
/// A draft mark wins over an approval: a person decides between the two.
pub(super) fn read(head: &[&str], sentences: &[&str], draft: bool, dialect: &Dialect) -> Approval {
    let lines = || head.iter().chain(sentences).copied();
    let named = lines().filter_map(|line| approval(line, dialect)).next_back();
    let found = named.or_else(|| head.iter().find_map(|line| mark(line, dialect)));
    let draft = draft || lines().any(|line| dialect.draft_patterns.tells(line));
    match (found, draft) {
        (found, true) => Approval { state: ApprovalState::Draft, ..found.unwrap_or_default() },
        (Some(found), false) => found,
        (None, false) => Approval::default(),
    }
}

/// "Godkendt 6. maj 2026" beside the title: final, without a name.
fn mark(line: &str, dialect: &Dialect) -> Option<Approval> {
    let found = dialect.approval_marks.captures(line.trim())?;
    let date = found.name("date").and_then(|date| dates(date.as_str()).first().and_then(|date| date.full()));
    Some(Approval { state: ApprovalState::Approved, by: Vec::new(), date })
}

fn approval(line: &str, dialect: &Dialect) -> Option<Approval> {
    let found = dialect.approval_patterns.captures(line.trim())?;
    let names = found.name("names")?.as_str();
    let date = found.name("date").and_then(|date| dates(date.as_str()).first().and_then(|date| date.full()));
    // "… af Asta Bruun og Bo Friis den 12. februar 2026"
    let printed = dates(names);
    let (names, date) = match printed.first() {
        Some(first) => (names.get(..first.span.start()).unwrap_or(names), date.or(first.full())),
        None => (names, date),
    };
    let names = names.trim_end().trim_end_matches(" den").trim_end_matches(" d.").trim_end_matches(',');
    let by: Vec<String> = names
        .split(" og ")
        .flat_map(|part| part.split(','))
        .map(|name| without_role(name.trim(), dialect).to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    // "Referat godkendt af udvalget" is what a committee says of the minutes before: only persons or the chair release.
    let chair = names.split_whitespace().any(|word| dialect.approval_roles.has(word.trim_end_matches(',')));
    let person =
        |name: &String| name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() > 1;
    (!by.is_empty() && (chair || by.iter().any(person))).then_some(Approval {
        state: ApprovalState::Approved,
        by,
        date,
    })
}

/// "forperson Asta Bruun" is "Asta Bruun"; a role alone stays.
fn without_role<'n>(name: &'n str, dialect: &Dialect) -> &'n str {
    match name.split_once(' ') {
        Some((role, rest)) if dialect.approval_roles.has(role) => rest.trim(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(line: &str, draft: bool) -> Approval {
        read(&[], &[line], draft, &Dialect::shipped())
    }

    #[test]
    fn minutes_approved_by_chair_and_deputy_are_released() {
        let found = state("Referatet er godkendt af forperson Asta Bruun og næstforperson Bo Friis", false);
        assert_eq!(found.state, ApprovalState::Approved);
        assert_eq!(found.by, ["Asta Bruun", "Bo Friis"]);
    }

    #[test]
    fn other_wordings_and_dates_are_read() {
        let found = state("Referat godkendt den 3. maj 2026 af formandskabet.", false);
        assert_eq!((found.state, found.date), (ApprovalState::Approved, chrono::NaiveDate::from_ymd_opt(2026, 5, 3)));
        assert_eq!(state("Godkendt af Asta Bruun og Bo Friis", false).state, ApprovalState::Approved);
    }

    #[test]
    fn the_approval_of_earlier_minutes_releases_nothing() {
        for line in [
            "Dagsorden og referat blev godkendt.",
            "Referat af mødet den 30. april blev godkendt.",
            "Referatet er godkendt.",
            "Referat godkendt af udvalget.",
            "Referatet er godkendt af HovedMED.",
            "Godkendt af alle.",
        ] {
            assert_eq!(state(line, false).state, ApprovalState::Unknown, "{line}");
        }
    }

    #[test]
    fn a_draft_mark_wins_over_an_approval() {
        let found = state("Referatet er godkendt af forpersonen og næstforpersonen", true);
        assert_eq!(found.state, ApprovalState::Draft);
    }
}
