//! What the bench for harm asks about a letter beside its words: whether it would go, and what is told of it elsewhere.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::workspace::Workspace;
use crate::config::{Committee, Release};
use crate::daemon::{reasons, release};
use crate::digest::{Audience, Built, Reason};
use crate::minutes::{EntryId, Item, LineRole, Minutes};
use crate::quality::corpus::Document;
use crate::quality::harm::{Finding, Finished, inspect};
use crate::render::Letter;
use crate::rules::Hints as _;
use crate::store::{ConfirmedLayout, ContentHash};

/// A line of a closed item that is no more than its number or a word such as "Lukket" gives nothing away.
const TELLING: usize = 5;

/// The harm in the letter of an audience; none where there is no letter.
pub(super) fn harm(workspace: &Workspace, document: &Document, audience: &Audience, built: &Built) -> Vec<Finding> {
    let minutes = &document.minutes;
    let letter = match workspace.letter(&built.digest, audience) {
        Ok(Some(letter)) => letter,
        // What cannot be rendered is not mailed; what is told of it still counts.
        Ok(None) | Err(_) => Letter { subject: String::new(), html: String::new(), text: String::new() },
    };
    let mapped = release::committee_of(&workspace.config, minutes);
    let seen = mapped.or(workspace.config.committees.first());
    let known: Vec<ConfirmedLayout> = seen.map(|committee| confirmed(committee, minutes)).into_iter().collect();
    let reasons = |committee: Option<&Committee>, day: NaiveDate| {
        release::reasons(committee, minutes, &built.digest, &known, day)
    };
    let goes = |day: NaiveDate| !letter.text.is_empty() && seen.is_some() && reasons(seen, day).is_empty();
    let next = minutes.date.and_then(|day| day.checked_add_days(Days::new(1)));
    let late = minutes.date.and_then(|day| day.checked_add_days(Days::new(3_650)));
    let told: Vec<String> = next
        .into_iter()
        .chain(late)
        .map(|day| reasons::joined(&reasons(mapped, day), &built.digest))
        .chain(own_words(workspace, minutes))
        .collect();
    let finished = Finished {
        minutes,
        digest: &built.digest,
        letter: &letter,
        withheld: &withheld(workspace, minutes, built),
        private: &marked_private(document),
        told: &told,
        unmapped_goes: mapped.is_none()
            && !letter.text.is_empty()
            && next.is_some_and(|day| reasons(None, day).is_empty()),
        unapproved_allowed: seen.is_some_and(|committee| committee.release == Release::Automatic),
        goes: &goes,
        people: &|text| document.scored.hints.people(text),
    };
    inspect(&finished)
}

/// As if a person had seen how these minutes are read: a letter that waits for that alone goes one day.
fn confirmed(committee: &Committee, minutes: &Minutes) -> ConfirmedLayout {
    ConfirmedLayout {
        committee: committee.id.clone(),
        layout: minutes.layout.clone(),
        source: ContentHash(minutes.source.sha256.clone()),
        by: String::new(),
        at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// What `digest status` and the log say in words of the minutes.
fn own_words(workspace: &Workspace, minutes: &Minutes) -> Vec<String> {
    workspace.said_of_earlier(minutes).into_iter().map(|said| workspace.tellable(minutes, said.text)).collect()
}

/// What this audience must not be told: sentences that privacy rules keep back with those that lean on them, titles, and
/// what is or may be closed.
fn withheld(workspace: &Workspace, minutes: &Minutes, built: &Built) -> Vec<String> {
    let kept_back = |reason: &Reason| matches!(reason, Reason::Withheld(_) | Reason::LeansOnWithheld);
    let ids: BTreeSet<EntryId> =
        built.verdicts.iter().filter(|verdict| kept_back(&verdict.reason)).map(|verdict| verdict.id).collect();
    let entries = minutes.items.iter().flat_map(Item::own_entries);
    let sentences =
        entries.filter(|entry| entry.id.is_some_and(|id| ids.contains(&id))).map(|entry| entry.text.clone());
    let titles =
        minutes.items.iter().map(|item| item.title.clone()).filter(|title| workspace.is_private_title(minutes, title));
    let closed = minutes
        .lines
        .iter()
        .filter(|line| line.role == LineRole::Closed)
        .map(|line| line.span.of(&minutes.text).to_owned())
        .filter(|line| line.split_whitespace().count() >= TELLING);
    sentences.chain(titles).chain(closed).collect()
}

fn marked_private(document: &Document) -> BTreeSet<EntryId> {
    document.labelled().into_iter().filter(|(_, label)| label.private).map(|(id, _)| id).collect()
}
