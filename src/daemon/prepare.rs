//! Exactly what would be sent for an edition now: letter and recipients, made anew from the minutes.
//!
//! Nothing of a letter is kept between the day minutes arrive and the day they are mailed: the minutes are read again, by
//! their hash, and rules, templates and lists are those of the day. So whoever approves approves a hash over all of it, and
//! what has changed since is not mailed on the strength of an old yes.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::workspace::Workspace;
use super::{corrections, inbox, judge, layouts, memory, notices, reasons, release};
use crate::diagnostic::any_error;
use crate::digest::{Audience, Digest, DigestDate, Held, ToldSentence, passed, told_by};
use crate::intake;
use crate::mail::{ListId, Mailbox, Recipient, Sender, read_list};
use crate::minutes::Minutes;
use crate::render::Letter;
use crate::store::{ContentHash, Edition, EditionKind, Store, StoreError, Trace};

/// What would be sent.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The letter, the same for all.
    pub letter: Letter,
    /// Who it comes from.
    pub sender: Sender,
    /// Who gets it: the lists of this committee for this audience, nobody else's.
    pub recipients: Vec<Recipient>,
    /// Names letter, recipients and minutes together.
    pub content: ContentHash,
    /// Why it would not go by itself, in one text.
    pub held: Option<String>,
    /// What it tells, for the memory of its audience.
    pub told: Vec<ToldSentence>,
    /// Whether it tells where the employee side objected.
    pub both_sides: bool,
    /// What the letter quotes; none for a notice.
    pub digest: Option<Digest>,
    /// The minutes, where nobody confirmed their layout yet.
    pub unconfirmed: Option<Minutes>,
}

/// Why nothing could be prepared.
#[derive(Debug, thiserror::Error)]
pub enum Obstacle {
    /// Something that a person has to put right; in Danish.
    #[error("{0}")]
    Reason(String),
    /// The state.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes what would be sent for an edition on a day.
///
/// # Errors
/// [`Obstacle::Reason`] where minutes, map, lists or templates do not give a letter any more.
pub fn prepare(
    workspace: &Workspace,
    store: &mut dyn Store,
    edition: &Edition,
    day: NaiveDate,
) -> Result<Prepared, Obstacle> {
    if edition.kind.is_notice() {
        return notices::prepare(workspace, store, edition, day);
    }
    let obstacle = |reason: &str| Obstacle::Reason(reason.to_owned());
    let key = &edition.key;
    let config = &workspace.config;
    let minutes = minutes(workspace, store, edition)?;
    let committee = release::committee_of(config, &minutes)
        .filter(|committee| committee.id == key.committee && minutes.date == Some(key.meeting_date))
        .ok_or_else(|| obstacle(reasons::COMMITTEE_CHANGED))?;
    let lists: Vec<&Path> =
        committee.lists.iter().filter(|list| list.audience == key.audience).map(|list| list.file.as_path()).collect();
    let (_, audience) = config.audience(&key.audience.0).ok_or_else(|| obstacle(reasons::NO_LIST))?;
    if lists.is_empty() {
        return Err(obstacle(reasons::NO_LIST));
    }
    let Written { letter, digest } = write(workspace, store, edition, &minutes, audience)?;
    let mut recipients = Vec::new();
    for list in lists {
        recipients.extend(usable_list(list, workspace)?);
    }
    if edition.kind == EditionKind::Correction {
        let reached = corrections::reached(store, key)?;
        recipients.retain(|recipient| reached.contains(&recipient.address().key()));
        if recipients.is_empty() {
            return Err(obstacle(reasons::NOBODY_REACHED));
        }
    }
    let known = store.layouts()?;
    let held: Vec<Held> = match edition.kind {
        EditionKind::Agenda => release::agenda_reasons(committee, &minutes),
        EditionKind::Correction => vec![Held { reason: reasons::CORRECTION_WAITS.to_owned(), item: None }],
        _ => release::reasons(Some(committee), &minutes, &digest, &known, day),
    };
    let passed = passed(&digest.dates, day);
    let held = (!held.is_empty()).then(|| reasons::joined(&held, &digest));
    let from = config.mail.from.clone();
    let list_id = ListId::new(&key.committee.0, &key.audience.0, from.address().domain());
    let sender = Sender { from, reply_to: config.mail.reply_to.clone(), list_id: Some(list_id) };
    let content = content(workspace, &letter, &sender, &recipients, &edition.source, &passed);
    let told = told_by(&digest, &minutes, workspace.inflection());
    let unread = edition.kind != EditionKind::Agenda && layouts::objection(committee, &minutes, &known).is_some();
    let unconfirmed = unread.then_some(minutes);
    let both_sides = audience.both_sides;
    Ok(Prepared { letter, sender, recipients, content, held, told, both_sides, digest: Some(digest), unconfirmed })
}

/// A letter and what it quotes.
struct Written {
    letter: Letter,
    digest: Digest,
}

fn write(
    workspace: &Workspace,
    store: &mut dyn Store,
    edition: &Edition,
    minutes: &Minutes,
    audience: &Audience,
) -> Result<Written, Obstacle> {
    let key = &edition.key;
    let scored = workspace.score(minutes);
    let (letter, digest) = match edition.kind {
        EditionKind::Agenda => {
            let agenda = workspace.agenda(minutes, audience);
            let letter = agenda.map_or(Ok(None), |agenda| workspace.agenda_letter(&agenda, audience));
            let digest = workspace.digest(minutes, &scored, audience).digest;
            // What an agenda lacks for a digest is no matter here.
            (letter, Digest { held: Vec::new(), ..digest })
        }
        EditionKind::Correction => {
            let sent = corrections::sent(store, key)?;
            let correction = sent.and_then(|sent| corrections::correction(workspace, minutes, audience, &sent));
            let correction = correction.ok_or_else(|| Obstacle::Reason(reasons::NOTHING_TO_TELL.to_owned()))?;
            (workspace.correction_letter(&correction, audience), correction.digest)
        }
        _ => {
            let memory = memory::of(workspace, store, &key.committee, key.meeting_date)?;
            let digest = workspace.digest_with(minutes, &scored, audience, &memory).digest;
            if let Some(reason) = judge::hopeless(&digest) {
                return Err(Obstacle::Reason(reason));
            }
            (workspace.letter(&digest, audience), digest)
        }
    };
    match letter {
        Ok(Some(letter)) => Ok(Written { letter, digest }),
        Ok(None) => Err(Obstacle::Reason(reasons::NOTHING_TO_TELL.to_owned())),
        Err(error) => Err(Obstacle::Reason(reasons::no_letter(&error))),
    }
}

/// The minutes that an edition comes from, read anew.
///
/// # Errors
/// [`Obstacle::Reason`] where they are gone or cannot be read any more.
pub fn minutes(workspace: &Workspace, store: &mut dyn Store, edition: &Edition) -> Result<Minutes, Obstacle> {
    let gone = || Obstacle::Reason(reasons::SOURCE_GONE.to_owned());
    let (path, bytes) = source(workspace, store, &edition.source)?.ok_or_else(gone)?;
    workspace.reading.minutes_of(&path, &bytes).map_err(|error| Obstacle::Reason(error.to_string()))
}

/// A list without an error and with somebody on it. An empty one is more likely a failed export than meant.
fn usable_list(path: &Path, workspace: &Workspace) -> Result<Vec<Recipient>, Obstacle> {
    let mut problems = Vec::new();
    let found = read_list(path, &mut problems);
    if found.is_empty() || any_error(&problems) {
        crate::diagnostic::sort(&mut problems);
        let errors = problems.iter().filter(|problem| found.is_empty() || any_error(std::slice::from_ref(problem)));
        let first = errors.map(|problem| problem.sentence(workspace.config.language)).next().unwrap_or_default();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Err(Obstacle::Reason(reasons::bad_list(&name, &first)));
    }
    Ok(found)
}

/// The file with this content: where it was seen, or under whatever name it has in the inbox now.
pub(super) fn source(
    workspace: &Workspace,
    store: &mut dyn Store,
    wanted: &ContentHash,
) -> Result<Option<(PathBuf, Vec<u8>)>, StoreError> {
    let folder = &workspace.config.inbox.folder;
    let read = |path: &Path| {
        intake::bytes(path, workspace.reading.max_bytes()).ok().filter(|bytes| ContentHash::of(bytes) == *wanted)
    };
    let recorded = store.file(wanted)?.map(|seen| folder.join(seen.path));
    let others = || inbox::files(folder).unwrap_or_default().into_iter();
    Ok(recorded.into_iter().chain(others()).find_map(|path| read(&path).map(|bytes| (path, bytes))))
}

/// The hash that an approval names: letter, sender, recipients, rules, templates, minutes. Lengths keep one part from being
/// read as another. Dates that are over on the day the letter goes are part of it: a yes from before a deadline is none to a
/// letter from after it.
pub(super) fn content(
    workspace: &Workspace,
    letter: &Letter,
    sender: &Sender,
    recipients: &[Recipient],
    source: &ContentHash,
    passed: &[DigestDate],
) -> ContentHash {
    let mut addresses: Vec<String> = recipients.iter().map(|recipient| recipient.address().key()).collect();
    addresses.sort();
    addresses.dedup();
    let shown = |mailbox: &Mailbox| format!("{} <{}>", mailbox.name().unwrap_or_default(), mailbox.address().as_str());
    let reply_to = sender.reply_to.as_ref().map(shown).unwrap_or_default();
    let over = passed.iter().map(|date| format!("{} {}", date.sentence, date.text));
    let parts = [
        letter.subject.clone(),
        letter.html.clone(),
        letter.text.clone(),
        shown(&sender.from),
        reply_to,
        workspace.rules.version().to_owned(),
        workspace.templates.version().to_owned(),
        source.0.clone(),
    ];
    let mut bytes = Vec::new();
    for part in parts.into_iter().chain(addresses).chain(over) {
        bytes.extend_from_slice(&part.len().to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    ContentHash::of(&bytes)
}

/// What the letter quotes, to be found again when its text is gone: every sentence and the titles.
pub(super) fn traces(digest: &Digest) -> Vec<Trace> {
    let mut found = Vec::new();
    for item in &digest.items {
        found.extend(Trace::of(&item.title, &item.printed));
        for quote in &item.sentences {
            found.extend(Trace::of(&quote.text, &item.printed));
        }
    }
    for story in &digest.stories {
        found.extend(Trace::of(&story.text, ""));
    }
    for matter in &digest.open {
        let place = format!("{} ({})", matter.number, matter.since);
        found.extend(Trace::of(&matter.title, &place));
        found.extend(matter.text.iter().flat_map(|text| Trace::of(text, &place)));
    }
    found.sort();
    found.dedup();
    found
}
