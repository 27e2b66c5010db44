//! `digest explain --text`: a text of somebody's own, as if it were the decision of an item.

use super::Arguments;
use crate::cli::workspace::Workspace;
use crate::digest::Audience;
use crate::minutes::{EntryId, EntryKind, ItemNumber, Outcome};
use crate::quality::explain::{Explanation, Scene, explain as explained};
use crate::rules::{Almost, Hints, ItemContext, Preceded, SentenceContext};
use crate::text::Span;
use crate::text::sentences::sentences;

/// Every sentence of the text, for each audience.
pub(super) fn explain(
    workspace: &Workspace,
    text: &str,
    command: &Arguments,
    audiences: &[Audience],
) -> Vec<Explanation> {
    let hints = workspace.plain_hints();
    let before = command.before.as_deref().map(|before| split(workspace, before)).unwrap_or_default();
    let first = before.len();
    let texts: Vec<String> = before.into_iter().chain(split(workspace, text)).collect();
    let count = texts.len();
    let own: Vec<SentenceContext> = texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| SentenceContext {
            id: EntryId { item: ItemNumber(0), index },
            kind: EntryKind::Sentence,
            subheading: command.subheading.clone(),
            paragraph: 0,
            position: index + 1,
            count,
            people: hints.people(&text),
            story_match: 0,
            text,
        })
        .collect();
    let item = ItemContext {
        title: command.item.clone().unwrap_or_default(),
        committee: command.committee.clone(),
        outcome: Outcome::None,
        stories: false,
    };
    let traces = workspace.rules.score(&item, &own, &Preceded { hints: &hints, before: first });
    let mut almost = Almost::new(&workspace.rules, workspace.inflection());
    let scene = Scene { item: &item, sentences: &own, traces: &traces };
    let mut found = Vec::new();
    for at in first..count {
        let of = |audience| explained(&workspace.rules, &mut almost, &scene, at, audience, None);
        found.extend(audiences.iter().filter_map(of));
    }
    found
}

/// The sentences of a text, white space folded as in minutes.
fn split(workspace: &Workspace, text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let spans: Vec<Span> = sentences(&text, workspace.reading.classes()).collect();
    spans.into_iter().map(|span| span.trimmed(&text).of(&text).to_owned()).filter(|own| !own.is_empty()).collect()
}
