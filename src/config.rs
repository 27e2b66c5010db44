//! `config.toml`: read with the place of every value, checked, and handed down in parts.
//!
//! Only `cli` and `daemon` see a [`Config`]; every other layer gets the one part it needs. All problems of the file are
//! found in one run; a configuration with an error is not used at all.

pub mod form;
mod form_operation;
mod mail;
pub mod messages;
mod operation;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::clock::calendar::Calendar;
use crate::clock::timing::Timing;
use crate::clock::window::SendWindow;
use crate::diagnostic::{Language, Place, Problem, any_error};
use crate::digest::{Audience, AudienceId};
use crate::mail::transport::smtp::SmtpSettings;
use crate::mail::{Gate, Mailbox};
use crate::minutes::CommitteeNames;
use crate::store::{CommitteeId, ContentHash, Retention, UnknownPolicies};
use crate::tables;

/// A checked configuration. Paths are absolute or relative to the working directory, never to the file any more.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file it came from.
    pub file: PathBuf,
    /// Language of problems in edited files.
    pub language: Language,
    /// Who may get mail.
    pub gate: Gate,
    /// Rules folder.
    pub rules: PathBuf,
    /// Templates folder.
    pub templates: PathBuf,
    /// Minutes on which `digest check` tries the rules; the folder need not be there.
    pub examples: PathBuf,
    /// Database of the daemon.
    pub database: PathBuf,
    /// What was handed over, kept apart from the database; best on another disk.
    pub ledger: PathBuf,
    /// Larger files are refused before reading.
    pub max_bytes: u64,
    /// Where minutes arrive.
    pub inbox: Inbox,
    /// How letters go out.
    pub mail: Mail,
    /// Working days and hours.
    pub calendar: Arc<Calendar>,
    /// All schedules by name.
    pub schedules: BTreeMap<String, Timing>,
    /// When letters may be handed over.
    pub sending: Sending,
    /// How long a yes counts, and who is told that one is wanted.
    pub approval: ApprovalRules,
    /// How long letters and status are kept.
    pub retention: Retention,
    /// When the health check fails.
    pub health: Health,
    /// Who letters are written for.
    pub audiences: Vec<Audience>,
    /// Which audience waits for which.
    pub order: BTreeMap<AudienceId, After>,
    /// Who may be told what: minutes of any other committee are held.
    pub committees: Vec<Committee>,
}

/// The folder in which minutes arrive.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The folder.
    pub folder: PathBuf,
    /// How often it is looked at; network shares send no events.
    pub every: Duration,
    /// How long a file must have been unchanged before it is read.
    pub settle: Duration,
}

/// The way out.
#[derive(Clone, Debug)]
pub struct Mail {
    /// From.
    pub from: Mailbox,
    /// Answers to.
    pub reply_to: Option<Mailbox>,
    /// Folder or relay.
    pub transport: TransportChoice,
    /// The most letters that one crash can make of unknown fate; none for one per connection.
    pub crash_bound: Option<usize>,
    /// How long claimed letters outlive the last sign of life of the daemon that has them.
    pub lease: Duration,
    /// What becomes of letters of unknown fate.
    pub unknown: UnknownPolicies,
}

/// Where letters are handed over.
#[derive(Clone, Debug)]
pub enum TransportChoice {
    /// One file per letter.
    Folder(PathBuf),
    /// A mail relay.
    Smtp(SmtpSettings),
}

/// When a letter may go without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Release {
    /// Minutes that say they are approved, and a letter with nothing held.
    #[default]
    WhenApprovedAndClean,
    /// Never without a person.
    AlwaysAsk,
    /// Always, even unapproved or with something held back, as long as the reading is beyond doubt.
    Automatic,
}

/// A committee in the map.
#[derive(Clone, Debug)]
pub struct Committee {
    /// Its name in the state.
    pub id: CommitteeId,
    /// All names and abbreviations its minutes may carry, the usual one first.
    pub names: CommitteeNames,
    /// When its letters may go.
    pub release: Release,
    /// Documents whose reading was seen before the configuration was written; whatever else arrives waits for a person as
    /// long as its layout is new.
    pub confirmed: Vec<ContentHash>,
    /// Whether its agendas are told too.
    pub agenda: bool,
    /// When its letters go.
    pub schedule: Timing,
    /// Letters about a meeting longer ago than this many days wait for a person.
    pub oldest_meeting: i64,
    /// Who is told that a letter waits.
    pub approvers: Vec<Mailbox>,
    /// One list per audience.
    pub lists: Vec<RecipientList>,
}

/// The order of release: leaders and representatives hear of a decision before everybody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// Not before the letter of this audience about the same meeting is complete.
    pub audience: AudienceId,
    /// And so many working hours later.
    pub working_hours: u32,
}

/// When letters may be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The hours of the day.
    pub window: SendWindow,
    /// How long after its time a letter still goes by itself.
    pub catch_up: chrono::Duration,
    /// Letters about a meeting longer ago than this many days wait for a person.
    pub oldest_meeting: i64,
}

impl Default for Sending {
    /// Around the clock; a week; four months, since minutes are often approved at the next meeting, a quarter later.
    fn default() -> Self {
        Self { window: SendWindow::default(), catch_up: chrono::Duration::days(7), oldest_meeting: 120 }
    }
}

/// How long a yes counts, and who is told that one is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalRules {
    /// Who gets a mail when a letter waits; a committee may have its own.
    pub to: Vec<Mailbox>,
    /// How long a yes counts.
    pub expires: chrono::Duration,
}

impl Default for ApprovalRules {
    /// Nobody; longer than the longest month, so that a monthly schedule always comes in time.
    fn default() -> Self {
        Self { to: Vec::new(), expires: chrono::Duration::days(45) }
    }
}

/// How long each part may be dead before the health check says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// The inbox.
    pub inbox: chrono::Duration,
    /// The relay.
    pub relay: chrono::Duration,
    /// The schedules.
    pub schedule: chrono::Duration,
}

impl Default for Health {
    /// An hour each: what mends itself is no alarm.
    fn default() -> Self {
        let hour = chrono::Duration::hours(1);
        Self { inbox: hour, relay: hour, schedule: hour }
    }
}

/// Who gets the letter of one audience of one committee.
#[derive(Clone, Debug)]
pub struct RecipientList {
    /// The audience.
    pub audience: AudienceId,
    /// The file.
    pub file: PathBuf,
    /// Where the configuration names it.
    pub place: Place,
}

impl Config {
    /// Reads and checks a file. What is wrong is added to `problems`; with an error among it there is no configuration.
    pub fn load(path: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut own = Vec::new();
        let config = Self::inspect(path, &mut own);
        let failed = any_error(&own);
        problems.append(&mut own);
        config.filter(|_| !failed)
    }

    /// As much of a configuration as can be read, errors or not: for checking what it names, never for mailing.
    pub fn inspect(path: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        tables::read_file(path, problems).and_then(|table| read::config(path, &table, problems))
    }

    /// The committee that carries this name.
    #[must_use]
    pub fn committee_named(&self, name: &str) -> Option<&Committee> {
        self.committees
            .iter()
            .find(|committee| committee.names.0.iter().any(|known| crate::minutes::same_committee(known, name)))
    }

    /// The audience with this name, and its place among all.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<(usize, &Audience)> {
        self.audiences.iter().enumerate().find(|(_, audience)| audience.id.0 == id)
    }

    /// The names of all audiences, in the order of the configuration.
    #[must_use]
    pub fn audience_names(&self) -> Vec<String> {
        self.audiences.iter().map(|audience| audience.id.0.clone()).collect()
    }

    /// The names of all committees, for telling own decisions from others'.
    #[must_use]
    pub fn committee_names(&self) -> Vec<CommitteeNames> {
        self.committees.iter().map(|committee| committee.names.clone()).collect()
    }
}
