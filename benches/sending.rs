//! Letters a second, beside Postfix's `smtp-source` to the same `smtp-sink` with as many connections and letters as large; then
//! a hundred thousand letters with a kill in the middle, and the memory they take.
//!
//! Real relays are slower than either: this shows whether anything of ours stands in the way. Without Postfix's two programs
//! it says so and measures nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, Utc};
use med_digest::digest::AudienceId;
use med_digest::mail::outbox::{Policy, deliver_due, plan};
use med_digest::mail::transport::{Security, SmtpSettings, SmtpTransport, Timeouts, Transport};
use med_digest::mail::{Address, Environment, Gate, Mailbox, Pass, Sender};
use med_digest::render::Letter;
use med_digest::store::{
    CommitteeId, ContentHash, EditionId, EditionKind, LetterState, NewEdition, SqliteStore, Store,
};

/// As large as a letter with both its parts.
const LETTER: usize = 28_800;
const BOUND: usize = 64;
/// Tells the program that it is the child that is to be killed.
const CHILD: &str = "DIGEST_BENCH_CHILD";

fn main() {
    if let Ok(arguments) = std::env::var(CHILD) {
        let (folder, port) = arguments.split_once('\n').unwrap();
        let (sent, _) = send(&mut open(Path::new(folder)), port.parse().unwrap(), 4);
        println!("{sent} {}", peak());
        return;
    }
    let there = |name: &str| Command::new("which").arg(name).output().is_ok_and(|found| found.status.success());
    if !there("smtp-sink") || !there("smtp-source") {
        println!("SKIPPED: smtp-sink and smtp-source are not installed (Debian: apt-get install postfix)");
        return;
    }
    for connections in [4, 16] {
        let mut ratios = Vec::new();
        for _ in 0..3 {
            let sink = Sink::start();
            let theirs = source(sink.port, connections, 20_000);
            let folder = tempfile::tempdir().unwrap();
            let mut store = open(folder.path());
            planned(&mut store, 20_000);
            let (sent, took) = send(&mut store, sink.port, connections);
            assert_eq!(sent, 20_000);
            let ours = rate(sent, took);
            println!(
                "{connections} connections: {ours:.0} letters/s, smtp-source {theirs:.0}/s, {:.0} %",
                100.0 * ours / theirs
            );
            ratios.push(ours / theirs);
        }
        ratios.sort_by(f64::total_cmp);
        println!(
            "{connections} connections, crash bound {BOUND}: median {:.0} % of smtp-source (aim: 60 %)",
            100.0 * ratios[1]
        );
    }
    hundred_thousand();
}

/// Kills the sender in the middle; the rest goes from a new process.
fn hundred_thousand() {
    const ALL: usize = 100_000;
    let sink = Sink::start();
    let folder = tempfile::tempdir().unwrap();
    let before = peak();
    let began = Instant::now();
    let id = planned(&mut open(folder.path()), ALL);
    println!(
        "100,000 letters planned in {:.1} s; the list and all else of the process took {:.0} MB more",
        began.elapsed().as_secs_f64(),
        (peak() - before) as f64 / 1024.0
    );
    let began = Instant::now();
    let mut child = child(folder.path(), sink.port);
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let sent = balance(folder.path(), id).count(LetterState::Sent);
        if sent > ALL as u64 / 2 {
            break;
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let middle = balance(folder.path(), id);
    assert!(middle.holds(), "{middle}");
    println!("killed in the middle: {middle}");
    let output = self::child(folder.path(), sink.port).wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let end = balance(folder.path(), id);
    assert!(end.holds() && end.is_settled() == (end.count(LetterState::Unknown) == 0), "{end}");
    assert!(end.count(LetterState::Unknown) <= BOUND as u64, "{end}");
    assert_eq!(end.count(LetterState::Sent) + end.count(LetterState::Unknown), ALL as u64, "{end}");
    let peak: f64 = said.split_whitespace().nth(1).unwrap().parse().unwrap();
    println!("then the rest, {:.0} s in all: {end}; peak {:.0} MB", began.elapsed().as_secs_f64(), peak / 1024.0);

    let folder = tempfile::tempdir().unwrap();
    planned(&mut open(folder.path()), ALL / 20);
    let output = self::child(folder.path(), sink.port).wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let few: f64 = said.split_whitespace().nth(1).unwrap().parse().unwrap();
    println!("with a twentieth of the letters: peak {:.0} MB", few / 1024.0);
}

fn child(folder: &Path, port: u16) -> Child {
    let arguments = format!("{}\n{port}", folder.display());
    Command::new(std::env::current_exe().unwrap()).env(CHILD, arguments).stdout(Stdio::piped()).spawn().unwrap()
}

fn balance(folder: &Path, id: EditionId) -> med_digest::store::Balance {
    SqliteStore::open_shared(&folder.join("digest.sqlite"), Utc::now()).unwrap().balance(id).unwrap()
}

/// Postfix's sink, which takes everything and keeps nothing.
struct Sink {
    process: Child,
    port: u16,
}

impl Sink {
    fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("smtp-sink");
        // Run by root it wants to be told whom to become.
        if std::env::var("USER").is_ok_and(|user| user == "root") || Path::new("/root/.").read_dir().is_ok() {
            command.args(["-u", "nobody"]);
        }
        let process = command.arg(format!("127.0.0.1:{port}")).arg("1000").stderr(Stdio::null()).spawn().unwrap();
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { process, port }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn source(port: u16, connections: usize, letters: usize) -> f64 {
    let began = Instant::now();
    let status = Command::new("smtp-source")
        .args(["-d", "-s", &connections.to_string(), "-m", &letters.to_string(), "-l", &LETTER.to_string()])
        .args(["-f", "med@example.dk", "-t", "anna@example.dk", &format!("127.0.0.1:{port}")])
        .status();
    assert!(status.unwrap().success());
    rate(letters, began.elapsed())
}

fn rate(letters: usize, took: Duration) -> f64 {
    letters as f64 / took.as_secs_f64()
}

fn open(folder: &Path) -> SqliteStore {
    let store = SqliteStore::open_exclusive(&folder.join("digest.sqlite"), Utc::now()).unwrap();
    store.with_lease(Duration::from_secs(1))
}

fn planned(store: &mut SqliteStore, count: usize) -> EditionId {
    let now = Utc::now();
    let new = NewEdition {
        kind: EditionKind::Letter,
        about: None,
        committee: CommitteeId("hovedudvalg".to_owned()),
        audience: AudienceId("medarbejdere".to_owned()),
        meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        source: ContentHash::of(b"minutes"),
        subject: "Nyt".to_owned(),
        reason: "new".to_owned(),
    };
    let id = store.edition_for(&new, now).unwrap().id;
    store.release(id, now, "bench", now).unwrap();
    let edition = store.edition(id).unwrap();
    let line = "Der afskediges ingen, og ferien holdes efter planen.\n";
    let letter = Letter {
        subject: "Nyt".to_owned(),
        html: format!("<p>{}</p>", line.repeat(LETTER / 2 / line.len())),
        text: line.repeat(LETTER / 2 / line.len()),
    };
    let sender = Sender { from: Mailbox::parse("MED <med@example.dk>").unwrap(), reply_to: None, list_id: None };
    let people: Vec<Mailbox> =
        (0..count).map(|index| Mailbox::parse(&format!("Nr. {index} <p{index}@example.dk>")).unwrap()).collect();
    plan(store, &edition, &letter, &sender, &people, &gate(), now).unwrap();
    id
}

fn gate() -> Gate {
    Gate { environment: Environment::Production, ..Gate::default() }
}

/// Passes until nothing is due or claimed any more.
fn send(store: &mut SqliteStore, port: u16, connections: usize) -> (usize, Duration) {
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        credentials: None,
        hello: "bench.example.dk".to_owned(),
        authorities: None,
        timeouts: Timeouts::default(),
        connections,
        rates: Vec::new(),
    };
    let mut transport = Transport::Smtp(Box::new(SmtpTransport::new(settings).unwrap()));
    let from = Address::parse("med@example.dk").unwrap();
    let policy = Policy { crash_bound: Some(BOUND), ..Policy::default() };
    // As `digest run` has it.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let began = Instant::now();
    let mut sent = 0;
    loop {
        let pass = Pass { from: &from, gate: &gate(), policy: &policy, now: &Utc::now, stop: &|| false };
        let summary = runtime.block_on(deliver_due(store, &mut transport, pass)).unwrap();
        assert_eq!(summary.stopped, None);
        sent += summary.sent;
        match summary.recovered.lease_left {
            Some(left) => std::thread::sleep(left),
            None if summary.sent == 0 => return (sent, began.elapsed()),
            None => {}
        }
    }
}

/// The most memory this process had at any time, in KB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
