//! What the daemon promises whatever happens: random maps, lists and minutes, random order of its steps, and a state that
//! breaks away under it at any transaction.
//!
//! The claims are judged from outside, by the letters that were handed over: each names its minutes by a word of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Duration, Utc};
use med_digest::clock::Clock;
use med_digest::daemon::approval::{Yes, approve};
use med_digest::daemon::layouts::confirm;
use med_digest::daemon::prepare;
use med_digest::daemon::workspace::Workspace;
use med_digest::daemon::{Daemon, Stop};
use med_digest::mail::transport::{MemoryTransport, Outgoing};
use med_digest::mail::{Policy, Transport};
use med_digest::store::{ContentHash, Edition, EditionId, EditionState, LetterEvent, LetterState, SqliteStore, Store};
use proptest::prelude::*;

use crate::breaking::{Breaking, NEVER};
use crate::installation::{Installation, at, executor, project};

const AUDIENCES: [&str; 2] = ["ansatte", "valgte"];
const RELEASES: [&str; 3] = ["when-approved-and-clean", "always-ask", "automatic"];
const MOST_COMMITTEES: usize = 3;

/// Numbers of people on the list of each audience; none where there is no list.
type Lists = [Option<BTreeSet<u8>>; 2];

/// One file of minutes. A committee beyond those of the map is not mapped.
#[derive(Clone, Debug)]
struct Source {
    committee: usize,
    day: u32,
    approval: usize,
}

#[derive(Clone, Debug)]
enum Event {
    /// The next file is put into the inbox.
    File,
    Look,
    Plan,
    Deliver,
    /// A person approves the held edition with this number, counted from the first.
    Approve(usize),
    /// A person confirms the reading of the held edition with this number.
    Confirm(usize),
    Restart,
    /// The state breaks away after so many calls.
    Break(u32, bool),
    Hours(i64),
}

#[derive(Clone, Debug)]
struct Story {
    committees: Vec<(usize, Lists)>,
    sources: Vec<Source>,
    events: Vec<Event>,
}

fn lists() -> impl Strategy<Value = Lists> {
    let list = || proptest::option::weighted(0.8, proptest::collection::btree_set(0_u8..8, 1..4));
    (list(), list()).prop_map(|(one, other)| [one, other])
}

fn story() -> impl Strategy<Value = Story> {
    let committee = (0..RELEASES.len(), lists());
    let source = (0..=MOST_COMMITTEES, 1_u32..3, 0_usize..3).prop_map(|(committee, day, approval)| Source {
        committee,
        day,
        approval,
    });
    let event = prop_oneof![
        1 => Just(Event::File),
        4 => Just(Event::Look),
        4 => Just(Event::Plan),
        4 => Just(Event::Deliver),
        1 => (0_usize..6).prop_map(Event::Approve),
        2 => (0_usize..6).prop_map(Event::Confirm),
        2 => Just(Event::Restart),
        3 => (1_u32..30, any::<bool>()).prop_map(|(calls, answers)| Event::Break(calls, answers)),
        2 => (1_i64..30).prop_map(Event::Hours),
    ];
    (
        proptest::collection::vec(committee, 1..=MOST_COMMITTEES),
        proptest::collection::vec(source, 1..7),
        proptest::collection::vec(event, 1..40),
    )
        .prop_map(|(committees, mut sources, events)| {
            // One in so many is of a committee that is not on the map.
            sources.iter_mut().for_each(|source| source.committee %= committees.len() + 1);
            Story { committees, sources, events }
        })
}

fn address(person: u8) -> String {
    format!("p{person}@example.dk")
}

/// The word that tells minutes by their letters.
fn word(source: usize) -> String {
    format!("Kendeord{source}x")
}

fn minutes(index: usize, source: &Source) -> String {
    let last = ["Mødet sluttede.", crate::daemon::APPROVED, "Referatet er godkendt."][source.approval];
    format!(
        "REFERAT Udvalg{} d. {:02}-09-2026\n\nPunkt 1: Ferie\n\nBeslutning\n\nFerie holdes efter {}.\n\n{last}\n",
        source.committee,
        source.day,
        word(index)
    )
}

fn installation(story: &Story) -> Installation {
    let mut config = format!(
        "environment = \"production\"\ntemplates = {:?}\ndatabase = \"state/digest.sqlite\"\n[inbox]\nfolder = \"ind\"\n\
         settle_seconds = 0\n[mail]\nfrom = \"med@example.dk\"\ntransport = \"folder\"\n[[schedule]]\nid = \"otte\"\n\
         cron = \"0 8 * * *\"\n",
        project().join("templates").display().to_string()
    );
    for audience in AUDIENCES {
        config += &format!("[[audience]]\nid = \"{audience}\"\nlabel = \"{audience}\"\nwords = 100\nleast_score = 1\n");
    }
    let installation = Installation::of(&[
        ("ind/.her", ""),
        (
            "rules/regler.toml",
            "[[group]]\nid = \"a\"\nlabel = \"A\"\ncap = 9\n[[rule]]\nid = \"ferie\"\nlabel = \"Ferie\"\ngroup = \"a\"\n\
             phrases = [\"ferie\"]\nweight = 5\nhits = [\"Der er **ferie**.\"]\nmisses = [\"Der er møde.\"]\n",
        ),
    ]);
    for (index, (release, lists)) in story.committees.iter().enumerate() {
        config += &format!(
            "[[committee]]\nid = \"udvalg{index}\"\nname = \"Udvalg{index}\"\nrelease = \"{}\"\nschedule = \"otte\"\n",
            RELEASES[*release]
        );
        for (audience, list) in AUDIENCES.iter().zip(lists) {
            let Some(list) = list else { continue };
            let file = format!("lister/{index}-{audience}.csv");
            let rows: Vec<String> = list.iter().map(|person| address(*person)).collect();
            installation.write(&file, &rows.join("\n"));
            config += &format!("[[committee.list]]\naudience = \"{audience}\"\nrecipients = \"{file}\"\n");
        }
    }
    installation.write("config.toml", &config);
    installation
}

/// A run through a story. The daemon is there unless it died and was not started again yet.
struct Run<'s> {
    story: &'s Story,
    installation: Installation,
    now: DateTime<Utc>,
    filed: usize,
    left: Arc<AtomicU32>,
    answers_last: bool,
    daemon: Option<Daemon<Breaking>>,
    resting: Option<(Workspace, Transport)>,
    approved: BTreeSet<EditionId>,
    /// Committees of which a person has seen a reading.
    seen: BTreeSet<String>,
}

impl<'s> Run<'s> {
    fn new(story: &'s Story) -> Self {
        let installation = installation(story);
        let resting = Some((installation.workspace(), Transport::Memory(MemoryTransport::default())));
        let mut run = Self {
            story,
            installation,
            now: at("2026-09-01T12:00:00+02:00"),
            filed: 0,
            left: Arc::new(AtomicU32::new(NEVER)),
            answers_last: true,
            daemon: None,
            resting,
            approved: BTreeSet::new(),
            seen: BTreeSet::new(),
        };
        run.daemon();
        run
    }

    /// The living daemon, started where there is none.
    fn daemon(&mut self) -> &mut Daemon<Breaking> {
        if self.daemon.is_none() {
            let (workspace, transport) = self.resting.take().unwrap();
            self.left.store(NEVER, Ordering::Relaxed);
            // The daemon that died was the only one, so nobody waits for its lease to end.
            let inner = SqliteStore::open_exclusive(&workspace.config.database, self.now).unwrap();
            let inner = inner.with_lease(std::time::Duration::ZERO);
            let store = Breaking { inner, left: Arc::clone(&self.left), answers_last: self.answers_last };
            let policy = Policy { most_letters: 3, ..Policy::default() };
            let mut daemon = Daemon::new(workspace, store, transport, Clock::Fixed(self.now)).with_policy(policy);
            daemon.start(false).unwrap();
            self.daemon = Some(daemon);
        }
        let daemon = self.daemon.as_mut().unwrap();
        daemon.set_clock(Clock::Fixed(self.now));
        daemon
    }

    fn die(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            let (workspace, store, transport) = daemon.into_parts();
            drop(store);
            self.resting = Some((workspace, transport));
        }
    }

    fn file(&mut self) {
        if let Some(source) = self.story.sources.get(self.filed) {
            self.installation.write(&format!("ind/{}.txt", self.filed), &minutes(self.filed, source));
            self.filed += 1;
        }
    }

    /// A step of the daemon; if the state broke away under it, it is dead.
    fn step(&mut self, event: &Event) {
        let stop = Stop::default();
        let daemon = self.daemon();
        let result = match event {
            Event::Look => daemon.look(&stop).map(|_| ()),
            Event::Plan => daemon.plan_due(&stop).map(|_| ()),
            _ => executor().block_on(daemon.deliver(&stop)).map(|_| ()),
        };
        if result.is_err() {
            self.die();
        }
    }

    /// The held edition with this number, and a state of its own: a command is another process, and the daemon's troubles
    /// are not its.
    fn held(&self, nth: usize) -> (SqliteStore, Option<Edition>) {
        let mut store = SqliteStore::open_shared(&self.installation.path("state/digest.sqlite"), self.now).unwrap();
        let mut held = store.editions().unwrap();
        held.retain(|edition| edition.state == EditionState::Held);
        held.sort_by_key(|edition| edition.id);
        let edition = held.get(nth).cloned();
        (store, edition)
    }

    fn workspace(&self) -> &Workspace {
        match (&self.daemon, &self.resting) {
            (Some(daemon), _) => daemon.workspace(),
            (None, Some((workspace, _))) => workspace,
            (None, None) => unreachable!(),
        }
    }

    fn approve(&mut self, nth: usize) {
        let (mut store, Some(edition)) = self.held(nth) else { return };
        let yes = Yes { by: "anna", note: None, immediate: false, not_before: None, now: self.now };
        if approve(self.workspace(), &mut store, &edition, yes).is_ok() {
            self.approved.insert(edition.id);
            self.seen.insert(edition.key.committee.0);
        }
    }

    fn confirm(&mut self, nth: usize) {
        let (mut store, Some(edition)) = self.held(nth) else { return };
        let minutes = prepare::minutes(self.workspace(), &mut store, &edition).unwrap();
        if confirm(self.workspace(), &mut store, &minutes, "anna", self.now).is_ok() {
            self.seen.insert(edition.key.committee.0);
        }
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::File => self.file(),
            Event::Look | Event::Plan | Event::Deliver => self.step(event),
            Event::Approve(nth) => self.approve(*nth),
            Event::Confirm(nth) => self.confirm(*nth),
            Event::Restart => self.die(),
            Event::Break(calls, answers) => {
                self.die();
                self.answers_last = *answers;
                self.daemon();
                self.left.store(*calls, Ordering::Relaxed);
            }
            Event::Hours(hours) => self.now += Duration::hours(*hours),
        }
    }

    /// Editions with letters in the outbox, of committees of which nobody has seen a reading.
    fn mailed_of_unseen(&mut self) -> Vec<String> {
        let (mut store, _) = self.held(0);
        let editions = store.editions().unwrap().into_iter().filter(|each| !self.seen.contains(&each.key.committee.0));
        editions.filter(|each| store.balance(each.id).unwrap().planned > 0).map(|each| each.key.to_string()).collect()
    }

    /// A person answers for the letters of unknown fate, by what really happened; then everything may come to rest.
    fn finish(mut self) -> (Vec<Outgoing>, Vec<Edition>, BTreeSet<EditionId>) {
        let mailed_before = self.mailed_of_unseen();
        assert!(mailed_before.is_empty(), "mailed before anybody saw a reading: {mailed_before:?}");
        for _ in 0..self.story.sources.len() + 2 {
            // One at a time: the later of two about one meeting often comes after the first was mailed.
            self.file();
            self.die();
            let taken: BTreeSet<String> =
                taken(&self.resting.as_ref().unwrap().1).into_iter().map(|letter| letter.message_id).collect();
            let now = self.now;
            let store = self.daemon().store();
            for edition in store.editions().unwrap() {
                for letter in store.letters(edition.id).unwrap() {
                    if letter.state == LetterState::Unknown {
                        let arrived = taken.contains(&letter.message_id);
                        let event = if arrived { LetterEvent::ResolveSent } else { LetterEvent::ResolveResend };
                        store.resolve(letter.id, event, "anna", now).unwrap();
                    }
                }
            }
            self.step(&Event::Look);
            for nth in 0..self.story.sources.len() * AUDIENCES.len() {
                self.confirm(nth);
            }
            self.now += Duration::hours(25);
            self.step(&Event::Plan);
            for _ in 0..8 {
                self.step(&Event::Deliver);
            }
        }
        let editions = self.daemon().store().editions().unwrap();
        self.die();
        (taken(&self.resting.as_ref().unwrap().1), editions, self.approved)
    }
}

fn taken(transport: &Transport) -> Vec<Outgoing> {
    match transport {
        Transport::Memory(memory) => memory.taken.clone(),
        _ => Vec::new(),
    }
}

/// The minutes a letter was made of, by its words.
fn source_of(letter: &Outgoing, sources: usize) -> usize {
    let message = mail_parser::MessageParser::default().parse(&letter.bytes).unwrap();
    let text = message.body_text(0).unwrap();
    let found: Vec<usize> = (0..sources).filter(|index| text.contains(&word(*index))).collect();
    assert_eq!(found.len(), 1, "{text}");
    found[0]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn everybody_gets_what_is_theirs_once_and_nobody_anything_else(story in story()) {
        let mut run = Run::new(&story);
        for event in &story.events {
            run.apply(event);
        }
        let (letters, editions, approved) = run.finish();

        // One entry per person, committee, day and audience: from which editions they got letters.
        let mut got: BTreeMap<(usize, u32, usize, String), Vec<EditionId>> = BTreeMap::new();
        for letter in &letters {
            let source = source_of(letter, story.sources.len());
            let Source { committee, day, approval } = story.sources[source];
            prop_assert!(committee < story.committees.len(), "minutes of an unmapped committee were mailed");
            let (release, lists) = &story.committees[committee];
            let audience = AUDIENCES
                .iter()
                .position(|audience| letter.label.contains(&format!("-udvalg{committee}-{audience}")))
                .expect("the letter of its committee");
            let list = lists[audience].as_ref().expect("a list of the audience");
            let on_list = list.iter().any(|person| address(*person) == letter.to.as_str());
            prop_assert!(on_list, "{} is on no list of the committee for the audience", letter.to.as_str());
            let content = ContentHash::of(minutes(source, &story.sources[source]).as_bytes());
            let edition = editions
                .iter()
                .find(|each| each.source == content && each.key.audience.0 == AUDIENCES[audience])
                .expect("an edition");
            let by_itself = match RELEASES[*release] {
                "when-approved-and-clean" => approval == 1,
                "automatic" => true,
                _ => false,
            };
            prop_assert!(by_itself || approved.contains(&edition.id), "mailed without approval: {}", edition.key);
            got.entry((committee, day, audience, letter.to.as_str().to_owned())).or_default().push(edition.id);
        }
        for (key, from) in &got {
            let once: BTreeSet<_> = from.iter().collect();
            prop_assert_eq!(once.len(), from.len(), "{:?} got a letter twice", key);
            let unasked = from.iter().filter(|id| !approved.contains(id)).count();
            prop_assert!(unasked <= 1, "{:?} got two revisions that nobody approved", key);
        }
        // A meeting all of whose minutes may go by themselves reaches everybody on its lists.
        for (committee, (release, lists)) in story.committees.iter().enumerate() {
            for day in 1..3 {
                let mut own = story.sources.iter().filter(|source| source.committee == committee && source.day == day).peekable();
                let free = own.peek().is_some()
                    && own.all(|source| match RELEASES[*release] {
                        "automatic" => true,
                        "when-approved-and-clean" => source.approval == 1,
                        _ => false,
                    });
                if !free {
                    continue;
                }
                for (audience, list) in lists.iter().enumerate() {
                    for person in list.iter().flatten() {
                        let key = (committee, day, audience, address(*person));
                        prop_assert!(got.contains_key(&key), "{:?} got nothing", key);
                    }
                }
            }
        }
        for edition in &editions {
            prop_assert!(!matches!(edition.state, EditionState::Released | EditionState::Planned), "{edition:?}");
        }
    }
}
