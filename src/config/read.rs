//! From the table of `config.toml` to a checked [`Config`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::mail::{self, UNKNOWN, mailbox};
use super::operation::{self, Wait, parse_time};
use super::{Committee, Config, Inbox, RecipientList, Release, form, messages};
use crate::clock::calendar::Calendar;
use crate::clock::messages::TIME_OF_DAY;
use crate::clock::schedule::Schedule;
use crate::clock::timing::Timing;
use crate::diagnostic::{Language, Place, Problem};
use crate::digest::{Audience, AudienceId, Sections};
use crate::mail::{Environment, Gate, Mailbox};
use crate::minutes::{CommitteeNames, same_committee};
use crate::store::{CommitteeId, ContentHash, UnknownPolicy};
use crate::tables::{Located, Reader, Table};
use crate::text::Span;

/// Relative paths are relative to the configuration file.
pub(super) struct Base<'b>(&'b Path);

impl Base<'_> {
    pub(super) fn path(&self, path: &str) -> PathBuf {
        match self.0.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            Some(parent) => parent.join(path),
            None => PathBuf::from(path),
        }
    }
}

pub(super) fn config(file: &Path, table: &Table, problems: &mut Vec<Problem>) -> Option<Config> {
    let base = Base(file);
    let mut root = Reader::of(&form::FILE, table, problems);
    let language = root.choice("language", &LANGUAGES).unwrap_or_default();
    let environment = root.choice("environment", &ENVIRONMENTS).unwrap_or_default();
    let release = root.choice("release", &RELEASES).unwrap_or_default();
    let mut folder = |key: &'static str, default: &str| {
        base.path(root.string(key).map_or(default, |located| located.value.as_str()))
    };
    let (rules, templates) = (folder("rules", "rules"), folder("templates", "templates"));
    let (database, examples) = (folder("database", "state/digest.sqlite"), folder("examples", "examples"));
    // Beside the database unless told otherwise, and never the file of another installation.
    let beside = database.with_extension("ledger");
    let ledger = root.string("ledger").map_or(beside, |located| base.path(&located.value));
    let max_bytes = root.table_of("intake").map_or(100_000_000, |intake| {
        let mut reader = Reader::of(&form::INTAKE, intake, root.problems);
        let bytes = number(&mut reader, "max_bytes").unwrap_or(100_000_000);
        reader.finish();
        bytes
    });
    let inbox =
        root.require("inbox").and_then(|_| root.table_of("inbox")).map(|table| inbox(table, &base, root.problems));
    let mail = root
        .require("mail")
        .and_then(|_| root.table_of("mail"))
        .and_then(|table| mail::mail(table, &base, root.problems));
    let calendar = Arc::new(operation::calendar(&mut root));
    let (sending, approval) = (operation::sending(&mut root), operation::approval(&mut root));
    let (retention, health) = (operation::retention(&mut root), operation::health(&mut root));
    let schedules = schedules(&mut root, &calendar);
    let Audiences { audiences, order, unknown: of_audience } = audiences(&mut root);
    let general = General { release, oldest_meeting: sending.oldest_meeting, approvers: &approval.to };
    let committees = committees(&mut root, &base, &schedules, &audiences, general);
    root.finish();
    let schedules = schedules.into_iter().filter_map(|(id, timing)| Some((id, timing?))).collect();
    // A part that is wrong has been told as an error, so this is never used to mail; but what else the file names can
    // still be checked in the same run.
    let (mut mail, allow) = mail.or_else(mail::unusable)?;
    mail.unknown.of_audience = of_audience;
    let inbox = inbox.unwrap_or_else(|| Inbox { folder: PathBuf::new(), every: Duration::MAX, settle: Duration::MAX });
    let gate = Gate { environment, allow };
    let file = file.to_path_buf();
    Some(Config {
        file,
        language,
        gate,
        rules,
        templates,
        database,
        ledger,
        examples,
        max_bytes,
        inbox,
        mail,
        calendar,
        schedules,
        sending,
        approval,
        retention,
        health,
        audiences,
        order,
        committees,
    })
}

/// The languages of problems.
pub(super) static LANGUAGES: [(&str, Language); 2] = [("da", Language::Danish), ("en", Language::English)];
/// Who may get mail.
pub(super) static ENVIRONMENTS: [(&str, Environment); 2] =
    [("production", Environment::Production), ("trial", Environment::Trial)];
/// When letters may go.
pub(super) static RELEASES: [(&str, Release); 3] = [
    ("when-approved-and-clean", Release::WhenApprovedAndClean),
    ("always-ask", Release::AlwaysAsk),
    ("automatic", Release::Automatic),
];
/// A number that is never negative.
pub(super) fn number(reader: &mut Reader<'_, '_>, key: &'static str) -> Option<u64> {
    reader.number(key).and_then(|given| u64::try_from(given.value).ok())
}

fn inbox(table: &Table, base: &Base<'_>, problems: &mut Vec<Problem>) -> Inbox {
    let mut reader = Reader::of(&form::INBOX, table, problems);
    let folder = reader.required_string("folder").map_or_else(PathBuf::new, |folder| base.path(&folder.value));
    let every = number(&mut reader, "every_seconds").unwrap_or(30);
    let settle = number(&mut reader, "settle_seconds").unwrap_or(5);
    reader.finish();
    Inbox { folder, every: Duration::from_secs(every), settle: Duration::from_secs(settle) }
}

/// By name; without a value where something is wrong with it, so that nobody is told its name does not exist.
fn schedules(root: &mut Reader<'_, '_>, calendar: &Arc<Calendar>) -> BTreeMap<String, Option<Timing>> {
    root.require("schedule");
    let mut found = BTreeMap::new();
    for table in root.tables("schedule") {
        let mut reader = Reader::of(&form::SCHEDULE, table, root.problems);
        let id = identifier(&mut reader);
        let timing = timing(&mut reader, id.as_ref(), calendar);
        reader.finish();
        let Some(id) = id else { continue };
        if found.insert(id.value.clone(), timing).is_some() {
            root.problems.push(twice(&id, "tidsplan", "schedule"));
        }
    }
    found
}

fn timing(reader: &mut Reader<'_, '_>, id: Option<&Located<String>>, calendar: &Arc<Calendar>) -> Option<Timing> {
    let (cron, at) = (reader.string("cron"), reader.string("at"));
    let days = reader.number("working_days_after");
    match (cron, days) {
        (Some(cron), None) if at.is_none() => match Schedule::parse(&cron.value) {
            Ok(schedule) => Some(Timing::Cron(schedule)),
            Err(error) => {
                // The value begins behind its quotation mark.
                let span = error.span().shifted(cron.place.span.start() + 1);
                let span = Span::new(span.start(), span.end().min(cron.place.span.end()));
                let file = Arc::clone(&cron.place.file);
                reader.problems.push(error.problem().at(&Place { file, span }));
                None
            }
        },
        (None, Some(days)) => {
            let Some(at) = at else { return reader.require("at").and(None) };
            let Some(time) = parse_time(at) else {
                reader.problems.push(Problem::new(&TIME_OF_DAY).with("value", &at.value).at(&at.place));
                return None;
            };
            let days = u32::try_from(days.value).unwrap_or_default();
            Some(Timing::AfterRelease { days, at: time, calendar: Arc::clone(calendar) })
        }
        _ => {
            if let Some(id) = id {
                reader.problems.push(Problem::new(&messages::TIMING).with("value", &id.value).at(&id.place));
            }
            None
        }
    }
}

/// What `[[audience]]` says, beside the audiences themselves.
struct Audiences {
    audiences: Vec<Audience>,
    order: BTreeMap<AudienceId, super::After>,
    /// What becomes of their letters of unknown fate.
    unknown: Vec<(AudienceId, UnknownPolicy)>,
}

fn audiences(root: &mut Reader<'_, '_>) -> Audiences {
    let mut found: Vec<Audience> = Vec::new();
    let mut waits = Vec::new();
    let mut unknown = Vec::new();
    for table in root.tables("audience") {
        let mut reader = Reader::of(&form::AUDIENCE, table, root.problems);
        let id = identifier(&mut reader);
        let label = reader.required_string("label").map(|label| label.value.clone());
        let words = number(&mut reader, "words").and_then(|words| usize::try_from(words).ok()).unwrap_or(200);
        let least_score = reader.number("least_score").map_or(1, |score| score.value);
        let sections = sections(&mut reader);
        let both_sides = reader.boolean("both_sides").is_none_or(|both| both.value);
        let after = reader.string("after").cloned();
        let hours = number(&mut reader, "after_working_hours").and_then(|hours| u32::try_from(hours).ok());
        if hours.is_some() {
            reader.require("after");
        }
        let policy = reader.choice("unknown", &UNKNOWN);
        reader.finish();
        let (Some(id), Some(label)) = (id, label) else { continue };
        if found.iter().any(|audience| audience.id.0 == id.value) {
            root.problems.push(twice(&id, "målgruppe", "audience"));
        }
        unknown.extend(policy.map(|policy| (AudienceId(id.value.clone()), policy)));
        let least_score = i32::try_from(least_score).unwrap_or(1);
        let id = AudienceId(id.value);
        waits.extend(after.map(|after| Wait { of: id.clone(), after, hours: hours.unwrap_or_default() }));
        found.push(Audience { id, label, words, least_score, sections, both_sides });
    }
    if found.is_empty() {
        root.missing(Problem::new(&messages::NOTHING).with("key", "audience"));
    }
    let known: Vec<AudienceId> = found.iter().map(|audience| audience.id.clone()).collect();
    let order = operation::order(waits, &known, root.problems);
    Audiences { audiences: found, order, unknown }
}

/// The further sections of an audience's letters; none where the key is missing.
/// The sections of their own a letter may have.
pub(super) const SECTIONS: [&str; 3] = ["requests", "tasks", "open"];

fn sections(reader: &mut Reader<'_, '_>) -> Sections {
    let mut sections = Sections::default();
    for name in reader.strings("sections") {
        match name.value.as_str() {
            "requests" => sections.requests = true,
            "tasks" => sections.tasks = true,
            "open" => sections.open = true,
            _ => reader.problems.push(unknown(&name, ("afsnit", "section"), SECTIONS.into_iter())),
        }
    }
    sections
}

/// What holds for every committee that says nothing else.
#[derive(Clone, Copy)]
struct General<'g> {
    release: Release,
    oldest_meeting: i64,
    approvers: &'g [Mailbox],
}

fn committees(
    root: &mut Reader<'_, '_>,
    base: &Base<'_>,
    schedules: &BTreeMap<String, Option<Timing>>,
    audiences: &[Audience],
    general: General<'_>,
) -> Vec<Committee> {
    let mut found: Vec<Committee> = Vec::new();
    for table in root.tables("committee") {
        let mut reader = Reader::of(&form::COMMITTEE, table, root.problems);
        let id = identifier(&mut reader);
        let name = reader.required_string("name").cloned();
        let names: Vec<Located<String>> = name.into_iter().chain(reader.strings("names")).collect();
        let release = reader.choice("release", &RELEASES).unwrap_or(general.release);
        let agenda = reader.boolean("agenda").is_some_and(|agenda| agenda.value);
        let own: Vec<Mailbox> =
            reader.strings("approvers").iter().filter_map(|given| mailbox(given, reader.problems)).collect();
        let approvers = if own.is_empty() { general.approvers.to_vec() } else { own };
        let confirmed = reader.strings("confirmed").iter().filter_map(|hash| sha256(hash, reader.problems)).collect();
        let schedule = reader.required_string("schedule").and_then(|named| {
            let schedule = schedules.get(&named.value).cloned();
            if schedule.is_none() {
                let known = schedules.keys().map(String::as_str);
                reader.problems.push(unknown(named, ("tidsplan", "schedule"), known));
            }
            schedule.flatten()
        });
        let mut lists = Vec::new();
        for list in reader.tables("list") {
            lists.extend(recipient_list(list, base, audiences, reader.problems));
        }
        reader.finish();
        let (Some(id), Some(first)) = (id, names.first()) else { continue };
        for name in &names {
            let other = found.iter().find(|other| other.names.0.iter().any(|known| same_committee(known, &name.value)));
            if let Some(other) = other {
                root.problems.push(
                    Problem::new(&messages::SHARED_NAME)
                        .with("one", &other.id)
                        .with("other", &id.value)
                        .with("value", &name.value)
                        .at(&name.place),
                );
            }
        }
        for list in &lists {
            if let Some(other) = found.iter().find(|other| other.lists.iter().any(|known| known.file == list.file)) {
                root.problems.push(
                    Problem::new(&messages::SHARED_LIST)
                        .with("one", &other.id)
                        .with("other", &id.value)
                        .with("value", list.file.display())
                        .at(&list.place),
                );
            }
        }
        if lists.is_empty() && !table.broken {
            root.problems.push(Problem::new(&messages::NO_LISTS).with("value", &first.value).at(&first.place));
        }
        if found.iter().any(|committee| committee.id.0 == id.value) {
            root.problems.push(twice(&id, "udvalg", "committee"));
        }
        // A schedule that is wrong has been told; the committee's lists can still be checked.
        let Some(schedule) = schedule.or_else(|| Schedule::parse("0 8 * * *").ok().map(Timing::Cron)) else { continue };
        let names = CommitteeNames(names.into_iter().map(|name| name.value).collect());
        let (id, oldest_meeting) = (CommitteeId(id.value), general.oldest_meeting);
        found.push(Committee { id, names, release, agenda, confirmed, schedule, oldest_meeting, approvers, lists });
    }
    found
}

/// A document by its content: a name or a path would let any other file pass in its place.
fn sha256(given: &Located<String>, problems: &mut Vec<Problem>) -> Option<ContentHash> {
    let hash = given.value.to_lowercase();
    if hash.len() != 64 || !hash.chars().all(|letter| letter.is_ascii_hexdigit()) {
        problems.push(Problem::new(&messages::HASH).with("value", &given.value).at(&given.place));
        return None;
    }
    Some(ContentHash(hash))
}

fn recipient_list(
    table: &Table,
    base: &Base<'_>,
    audiences: &[Audience],
    problems: &mut Vec<Problem>,
) -> Option<RecipientList> {
    let mut reader = Reader::of(&form::LIST, table, problems);
    let audience = reader.required_string("audience");
    let file = reader.required_string("recipients");
    reader.finish();
    let (audience, file) = (audience?, file?);
    if !audiences.iter().any(|known| known.id.0 == audience.value) {
        problems.push(unknown(audience, ("målgruppe", "audience"), audiences.iter().map(|known| known.id.0.as_str())));
        return None;
    }
    let audience = AudienceId(audience.value.clone());
    Some(RecipientList { audience, file: base.path(&file.value), place: file.place.clone() })
}

/// An `id`: it becomes part of file names and of the state, so it is plain.
fn identifier(reader: &mut Reader<'_, '_>) -> Option<Located<String>> {
    let id = reader.required_string("id")?;
    let plain = id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain {
        reader.problems.push(Problem::new(&messages::NAME).with("value", &id.value).at(&id.place));
        return None;
    }
    Some(id.clone())
}

fn twice(id: &Located<String>, danish: &str, english: &str) -> Problem {
    Problem::new(&messages::TWICE)
        .with("what_da", danish)
        .with("what_en", english)
        .with("value", &id.value)
        .at(&id.place)
}

pub(super) fn unknown<'k>(
    given: &Located<String>,
    what: (&str, &str),
    known: impl Iterator<Item = &'k str> + Clone,
) -> Problem {
    Problem::new(&messages::UNKNOWN_REFERENCE)
        .with("what_da", what.0)
        .with("what_en", what.1)
        .with("known", known.clone().collect::<Vec<_>>().join(", "))
        .with("value", &given.value)
        .at(&given.place)
        .did_you_mean(&given.value, known)
}
