//! The daemon and the steps of one pass: look, plan, deliver.
//!
//! Each step leaves the state so that it can be repeated from the beginning: whenever the process dies, the next start does
//! again what was not written down, and what was written down is not done again. The loop around it is in `serve`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::health::BEAT_EVERY;
use super::order::next_due;
use super::reload::{Change, Reload};
use super::rules_page::{self, State};
use super::scan::Scanner;
use super::stop::Stop;
use super::workspace::Workspace;
use crate::clock::{Clock, danish_time};
use crate::intake;
use crate::mail::outbox::{OutboxError, deliver_due};
use crate::mail::{Pass, Policy, Summary, Transport};
use crate::store::{ContentHash, Disposition, Part, Recovered, SeenFile, Store, StoreError};

/// Who decides in the log of decisions when no person does.
pub(super) const DAEMON: &str = "daemon";
/// The day of the first start.
pub const FIRST_START: &str = "first-start";
/// Names of files that could not be read at the first start or were still being written, as JSON: their content, by which
/// files are known, was not known then.
const NOT_READ_AT_FIRST_START: &str = "not-read-at-first-start";

/// What ends a pass.
#[derive(Debug, thiserror::Error)]
pub enum DaemonError {
    /// The state.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The inbox; everything else can go on.
    #[error("the inbox {} cannot be read: {error}", folder.display())]
    Inbox {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Everything the steps work on.
#[derive(Debug)]
pub struct Daemon<S: Store> {
    pub(super) workspace: Workspace,
    pub(super) store: S,
    pub(super) transport: Transport,
    pub(super) clock: Clock,
    pub(super) scanner: Scanner,
    pub(super) reload: Option<Reload>,
    pub(super) immediate: bool,
    pub(super) trust_age: bool,
    beats: BTreeMap<Part, DateTime<Utc>>,
    /// Other pauses and numbers than the configuration's.
    policy: Option<Policy>,
}

impl<S: Store> Daemon<S> {
    /// A daemon at rest. `store` must be the only one that claims letters.
    #[must_use]
    pub fn new(workspace: Workspace, store: S, transport: Transport, clock: Clock) -> Self {
        Self {
            workspace,
            store,
            transport,
            clock,
            scanner: Scanner::default(),
            reload: None,
            immediate: false,
            trust_age: false,
            beats: BTreeMap::new(),
            policy: None,
        }
    }

    /// Takes every released edition as due, whatever its schedule says.
    #[must_use]
    pub fn immediately(mut self, immediate: bool) -> Self {
        self.immediate = immediate;
        self
    }

    /// Takes a file as whole by its age alone: for a single pass, which has no earlier look to compare with.
    #[must_use]
    pub fn trusting_age(mut self, trust_age: bool) -> Self {
        self.trust_age = trust_age;
        self
    }

    /// With other pauses and numbers.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Uses edited rules, templates and configurations without a restart.
    #[must_use]
    pub fn with_reload(mut self, reload: Reload) -> Self {
        rules_page::write(&State::Live { before: None, now: &self.workspace }, &[], &[], self.clock.now());
        self.reload = Some(reload);
        self
    }

    /// The state.
    pub fn store(&mut self) -> &mut S {
        &mut self.store
    }

    /// What is in use now.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Lets time pass, or stand at another instant.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Ends, and gives everything back that it worked on.
    #[must_use]
    pub fn into_parts(self) -> (Workspace, S, Transport) {
        (self.workspace, self.store, self.transport)
    }

    /// Sorts out what an earlier process left unfinished, and at the very first start takes all files that lie in the
    /// inbox as seen, unless they are to be included. To be called once, before everything else.
    ///
    /// # Errors
    /// The state's and the inbox's.
    pub fn start(&mut self, include_existing: bool) -> Result<(), DaemonError> {
        let now = self.clock.now();
        self.compare_with_ledger(now)?;
        tell_recovered(&self.store.recover(now)?);
        if let Some(window) = self.transport.counts_back() {
            let tried = self.store.tried_since(now - window)?;
            self.transport.remember(tried.into_iter().map(|at| (now - at).to_std().unwrap_or_default()));
        }
        if self.store.meta(FIRST_START)?.is_some() {
            return Ok(());
        }
        if !include_existing {
            let scan = self.scan(true, now)?;
            let count = scan.ready.len() + scan.unsettled.len();
            let mut names: Vec<String> = scan.unsettled.iter().map(|path| name_of(path)).collect();
            for (path, fingerprint) in scan.ready {
                match intake::bytes(&path, self.workspace.reading.max_bytes()) {
                    Ok(bytes) => {
                        self.record(&path, ContentHash::of(&bytes), Disposition::SeenBeforeStart, None, now)?;
                        self.scanner.done(&path, fingerprint);
                    }
                    Err(_) => names.push(name_of(&path)),
                }
            }
            self.store.set_meta(NOT_READ_AT_FIRST_START, &serde_json::to_string(&names).unwrap_or_default())?;
            if count > 0 {
                tracing::info!(
                    "first start: {count} files in the inbox are taken as seen and not mailed; later ones will be read"
                );
            }
        }
        // Last, so that a start that was interrupted is still the first.
        Ok(self.store.set_meta(FIRST_START, &now.to_rfc3339())?)
    }

    /// Whether a file was already there at the first start, though it could not be read then.
    pub(super) fn was_there_at_first_start(&mut self, name: &str) -> Result<bool, StoreError> {
        let Some(text) = self.store.meta(NOT_READ_AT_FIRST_START)? else { return Ok(false) };
        let names: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
        Ok(names.iter().any(|each| each == name))
    }

    /// From now on a file of this name is a new one.
    pub(super) fn forget_from_first_start(&mut self, name: &str) -> Result<(), StoreError> {
        let Some(text) = self.store.meta(NOT_READ_AT_FIRST_START)? else { return Ok(()) };
        let mut names: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
        names.retain(|each| each != name);
        self.store.set_meta(NOT_READ_AT_FIRST_START, &serde_json::to_string(&names).unwrap_or_default())
    }

    /// Notes what a file of the inbox is. Only its name is kept: the inbox may be mounted elsewhere tomorrow.
    pub(super) fn record(
        &mut self,
        path: &std::path::Path,
        hash: ContentHash,
        disposition: Disposition,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.store.record_file(&SeenFile { hash, path: name_of(path), seen_at: now, disposition, reason })
    }

    /// Takes edited rules, templates and configuration into use; files that could not be used are looked at again.
    pub fn refresh(&mut self) {
        let change = self.reload.as_mut().map_or(Change::None, |reload| reload.changed(&self.workspace));
        let now = self.clock.now();
        match change {
            Change::None => {}
            Change::Refused(problems) => {
                rules_page::write(&State::Refused(&self.workspace), &problems, &[], now);
            }
            Change::Loaded(next, problems) => {
                let minutes = rules_page::newest(&next.config.inbox.folder);
                let state = State::Live { before: Some(&self.workspace), now: &next };
                rules_page::write(&state, &problems, &minutes, now);
                self.workspace = *next;
                self.scanner.forget();
            }
        }
    }

    /// Sends what is due, at most as many letters as the policy says.
    ///
    /// # Errors
    /// The state's; nothing that was settled is lost.
    pub async fn deliver(&mut self, stop: &Stop) -> Result<Summary, DaemonError> {
        let now = self.clock.now();
        if !self.is_open() || self.halted()? || !self.check_sources(now)? {
            return Ok(Summary::default());
        }
        let (window, calendar) = (self.workspace.config.sending.window.clone(), self.workspace.config.calendar.clone());
        let (immediate, clock) = (self.immediate, self.clock.clone());
        let closed = move || !immediate && !window.is_open(clock.now(), &calendar);
        let mail = &self.workspace.config.mail;
        let from = mail.from.address().clone();
        let policy = self.policy.clone().unwrap_or_else(|| Policy {
            crash_bound: mail.crash_bound,
            unknown: mail.unknown.clone(),
            ..Policy::default()
        });
        let clock = self.clock.clone();
        let (clocked, stopped) = (move || clock.now(), || stop.is_asked() || closed());
        let gate = &self.workspace.config.gate;
        let pass = Pass { from: &from, gate, policy: &policy, now: &clocked, stop: &stopped };
        let summary = deliver_due(&mut self.store, &mut self.transport, pass).await?;
        tell_recovered(&summary.recovered);
        if summary.decided.resent > 0 {
            let count = summary.decided.resent;
            tracing::warn!("{count} letters of unknown fate go once more; as many people may get two");
        }
        if summary.decided.assumed > 0 {
            tracing::warn!("{} letters of unknown fate are taken as sent", summary.decided.assumed);
        }
        if !is_idle(&summary) {
            tracing::info!("{}", told(&summary));
        }
        for id in &summary.held {
            let edition = self.store.edition(*id)?;
            let reason = edition.reason.unwrap_or_default();
            tracing::error!("held edition {id} {}: {reason}; \"digest approve\" lets it go again", edition.key);
        }
        for id in &summary.completed {
            let key = self.store.edition(*id)?.key;
            tracing::info!("edition {id} {key} is complete: {}", self.store.balance(*id)?);
        }
        match &summary.stopped {
            Some(reason) => self.store.beat(Part::Relay, Some(reason), now)?,
            None if summary != Summary::default() => self.store.beat(Part::Relay, None, now)?,
            None => {}
        }
        if let Some(reason) = &summary.stopped {
            tracing::error!("letters cannot be handed over now and wait: {reason}");
        }
        Ok(summary)
    }

    /// A sign of life of a part, or what is wrong with it; not more often than the health check can tell.
    pub(super) fn beat(&mut self, part: Part, problem: Option<&str>) -> Result<(), StoreError> {
        let now = self.clock.now();
        let fresh = |then: &DateTime<Utc>| (now - *then).abs() < BEAT_EVERY;
        if problem.is_none() && self.beats.get(&part).is_some_and(fresh) {
            return Ok(());
        }
        match problem {
            None => self.beats.insert(part, now),
            Some(_) => self.beats.remove(&part),
        };
        self.store.beat(part, problem, now)
    }

    /// When the next edition or letter may go; none where nothing waits for the time alone.
    ///
    /// # Errors
    /// The state's.
    pub fn next_due(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.halted()? {
            return Ok(None);
        }
        next_due(&self.workspace.config, &mut self.store, self.clock.now())
    }

    /// Whether letters may go at this hour.
    pub(super) fn is_open(&self) -> bool {
        let config = &self.workspace.config;
        self.immediate || config.sending.window.is_open(self.clock.now(), &config.calendar)
    }
}

/// The name a file is known by.
pub(super) fn name_of(path: &std::path::Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a pass found nothing to do.
pub(super) fn is_idle(summary: &Summary) -> bool {
    let nothing = Summary { recovered: summary.recovered, decided: summary.decided, ..Summary::default() };
    *summary == nothing
}

/// What an earlier process left unfinished.
fn tell_recovered(recovered: &Recovered) {
    if recovered.waiting > 0 {
        tracing::info!("{} letters were interrupted before they were handed over and wait again", recovered.waiting);
    }
    if recovered.unknown > 0 {
        tracing::warn!(
            "{} letters were interrupted while they were handed over: nobody knows whether they went; \"digest status\" \
             counts them, and \"digest resolve\" takes your decision",
            recovered.unknown
        );
    }
}

/// "sent 5, refused 1".
fn told(summary: &Summary) -> String {
    let counts = [
        ("sent", summary.sent),
        ("refused", summary.rejected),
        ("given up", summary.expired),
        ("to be tried again", summary.postponed),
        ("of unknown fate", summary.unknown),
        ("stopped by the allow-list", summary.suppressed),
    ];
    let told: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what} {count}")).collect();
    if told.is_empty() { "no letter was sent".to_owned() } else { format!("letters: {}", told.join(", ")) }
}

/// "2026-09-17 08:00", for logs.
pub(super) fn due_text(due: Option<DateTime<Utc>>) -> String {
    due.map_or_else(|| "no time".to_owned(), danish_time)
}
