//! The process that is killed: this test binary started anew, which plans an edition and delivers it until nothing is due.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{NaiveDate, Utc};
use med_digest::digest::AudienceId;
use med_digest::mail::outbox::{Policy, deliver_due, plan};
use med_digest::mail::transport::{Security, SmtpSettings, SmtpTransport, Timeouts, Transport};
use med_digest::mail::{Address, Environment, Gate, Mailbox, Pass, Sender};
use med_digest::render::Letter;
use med_digest::store::{
    CommitteeId, ContentHash, Edition, EditionId, EditionState, NewEdition, SqliteStore, Store, UnknownPolicies,
    UnknownPolicy,
};

use super::kill::{CountedTcp, Kill, Kind, Point};
use crate::breaking::Killing;

pub const PEOPLE: usize = 3;
/// Short, so that a restart need not wait for the claims of the killed one.
pub const LEASE: Duration = Duration::from_millis(60);
/// How long the child waits for the relay at the dot.
pub const DOT: Duration = Duration::from_millis(250);
const TASK: &str = "DIGEST_FAULTS_CHILD";

/// What the child is to do.
#[derive(Clone, Copy, Debug)]
pub struct Task<'t> {
    pub folder: &'t Path,
    pub port: u16,
    pub connections: usize,
    pub bound: usize,
    pub point: Option<Point>,
}

/// How a child ended, and how many commits and writes it counted.
pub struct Ended {
    pub status: ExitStatus,
    pub commits: usize,
    pub writes: usize,
}

impl Task<'_> {
    /// Runs the child to its end.
    pub fn run(&self) -> Ended {
        let point = match self.point {
            None => "none 0 0".to_owned(),
            Some(Point { kind, nth, before }) => {
                format!("{} {nth} {}", if kind == Kind::Commit { "commit" } else { "write" }, u8::from(before))
            }
        };
        let task = format!("{} {} {} {point}\n{}", self.port, self.connections, self.bound, self.folder.display());
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "faults::child::run_as_child", "--ignored", "--nocapture"])
            .env(TASK, task)
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let counts = said.lines().find_map(|line| line.strip_prefix("counted ")).unwrap_or("0 0").to_owned();
        let mut counts = counts.split(' ').map(|count| count.parse().unwrap());
        Ended { status: output.status, commits: counts.next().unwrap(), writes: counts.next().unwrap() }
    }
}

pub fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open_exclusive(&folder.join("digest.sqlite"), Utc::now()).unwrap().with_lease(LEASE)
}

pub fn address(person: usize) -> String {
    format!("p{person}@example.dk")
}

/// A released edition that nobody has planned.
pub fn released(store: &mut dyn Store) -> Edition {
    let now = Utc::now();
    let new = NewEdition {
        kind: med_digest::store::EditionKind::Letter,
        about: None,
        committee: CommitteeId("hovedudvalg".to_owned()),
        audience: AudienceId("medarbejdere".to_owned()),
        meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        source: ContentHash::of(b"minutes"),
        subject: "Nyt".to_owned(),
        reason: "new".to_owned(),
    };
    let id = store.edition_for(&new, now).unwrap().id;
    store.release(id, now, "test", now).unwrap();
    store.edition(id).unwrap()
}

pub fn plan_for(store: &mut dyn Store, edition: &Edition, people: usize) {
    let letter = Letter {
        subject: "Nyt".to_owned(),
        html: "<p>Hej</p>".to_owned(),
        text: "Hej\n.begynder med punktum\n".to_owned(),
    };
    let sender = Sender { from: Mailbox::parse("MED <med@example.dk>").unwrap(), reply_to: None, list_id: None };
    let people: Vec<Mailbox> = (0..people).map(|person| Mailbox::parse(&address(person)).unwrap()).collect();
    plan(store, edition, &letter, &sender, &people, &gate(), Utc::now()).unwrap();
}

pub fn gate() -> Gate {
    Gate { environment: Environment::Production, ..Gate::default() }
}

/// No pauses, and letters of unknown fate go once more at once.
pub fn policy(bound: usize) -> Policy {
    let unknown = UnknownPolicies {
        usual: UnknownPolicy::ResendOnce,
        after: chrono::Duration::zero(),
        ..UnknownPolicies::default()
    };
    Policy { first_pause: chrono::Duration::zero(), crash_bound: Some(bound), unknown, ..Policy::default() }
}

pub fn settings(port: u16, connections: usize) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        credentials: None,
        hello: "test.example.dk".to_owned(),
        authorities: None,
        timeouts: Timeouts { command: Duration::from_secs(5), text: Duration::ZERO, dot: DOT, ..Timeouts::default() },
        connections,
        rates: Vec::new(),
    }
}

/// Passes until nothing is due, held by another or stopped too often.
pub fn deliver(store: &mut dyn Store, transport: &mut Transport, bound: usize) {
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (gate(), policy(bound));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for _ in 0..20 {
        let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &Utc::now, stop: &|| false };
        let summary = runtime.block_on(deliver_due(store, transport, pass)).unwrap();
        let due = store.next_due().unwrap().is_some_and(|due| due <= Utc::now());
        let unknown = summary.unknown + summary.recovered.unknown > 0;
        match summary.recovered.lease_left {
            Some(left) => std::thread::sleep(left + Duration::from_millis(5)),
            None if !due && !unknown => break,
            None => {}
        }
    }
}

#[test]
#[ignore = "the child of the tests beside it"]
fn run_as_child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let (numbers, folder) = task.split_once('\n').unwrap();
    let numbers: Vec<&str> = numbers.split(' ').collect();
    let number = |index: usize| numbers[index].parse::<usize>().unwrap();
    let kind = match numbers[3] {
        "commit" => Some(Kind::Commit),
        "write" => Some(Kind::Write),
        _ => None,
    };
    let point = kind.map(|kind| Point { kind, nth: number(4), before: number(5) == 1 });
    let kill = Arc::new(Kill { point, ..Kill::default() });
    let mut store = Killing { inner: open(Path::new(folder)), kill: Arc::clone(&kill) };
    let edition = store.inner.edition(EditionId(1)).unwrap();
    if edition.state == EditionState::Released {
        plan_for(&mut store, &edition, PEOPLE);
    }
    let settings = settings(u16::try_from(number(0)).unwrap(), number(1));
    let smtp = SmtpTransport::over(settings, Box::new(CountedTcp(Arc::clone(&kill)))).unwrap();
    deliver(&mut store, &mut Transport::Smtp(Box::new(smtp)), number(2));
    println!("\ncounted {} {}", kill.commits.load(Ordering::SeqCst), kill.writes.load(Ordering::SeqCst));
}
