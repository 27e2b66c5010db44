//! Postfix's own `smtp-sink` as the relay: whatever our double gets wrong, this one does not. It keeps each letter it takes as a
//! file, which is the ledger.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use med_digest::mail::transport::{SmtpTransport, Transport};
use med_digest::store::{EditionId, LetterState, Store as _};

use super::Tried;
use super::child::{address, deliver, open, plan_for, released, settings};

struct Sink {
    process: Child,
    port: u16,
}

impl Sink {
    /// None where Postfix is not installed.
    fn start(folder: &Path, arguments: &[&str]) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("smtp-sink");
        // Run by root it wants to be told whom to become, and that one has to write.
        if rustix::process::geteuid().is_root() {
            command.args(["-u", "nobody"]);
            let status = Command::new("chmod").arg("777").arg(folder).status().unwrap();
            assert!(status.success());
        }
        let process = command
            .current_dir(folder)
            .args(["-d", &format!("{}/letter-", folder.display())])
            .args(arguments)
            .arg(format!("127.0.0.1:{port}"))
            .arg("100")
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(Self { process, port })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How often the sink wrote down a whole letter to this address.
fn copies(folder: &Path, address: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("letter-"))
        .filter(|path| std::fs::read_to_string(path).unwrap_or_default().contains(&format!("To: {address}")))
        .count()
}

#[test]
fn postfix_agrees_about_every_fault_it_can_make() {
    type Wanted = fn(LetterState) -> bool;
    let sent: Wanted = |state| state == LetterState::Sent;
    let unknown: Wanted = |state| state == LetterState::Unknown;
    let waiting: Wanted = |state| state == LetterState::Waiting;
    let cases: &[(&str, &[&str], Wanted)] = &[
        ("all well", &[], sent),
        ("disconnects at the dot (-q .)", &["-q", "."], unknown),
        ("421 at the dot (-Q .)", &["-Q", "."], waiting),
        ("4xx at the dot (-r .)", &["-r", "."], waiting),
        ("5xx at the dot (-f .)", &["-f", "."], waiting),
        ("4xx at RCPT (-r RCPT)", &["-r", "RCPT"], waiting),
        ("answers late (-W .:2)", &["-W", ".:2"], unknown),
    ];
    for (name, arguments, wanted) in cases {
        let letters = tempfile::tempdir().unwrap();
        let Some(sink) = Sink::start(letters.path(), arguments) else {
            println!("SKIPPED: smtp-sink is not installed (Debian: apt-get install postfix)");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let edition = released(&mut store);
        plan_for(&mut store, &edition, 2);
        let smtp = SmtpTransport::new(settings(sink.port, 1)).unwrap();
        deliver(&mut store, &mut Transport::Smtp(Box::new(smtp)), 1);
        let mut tried = Tried { runs: 1, ..Tried::default() };
        let refuses = matches!(arguments.first(), Some(&("-Q" | "-r" | "-f")));
        assert!(store.balance(EditionId(1)).unwrap().holds());
        for row in store.letters(EditionId(1)).unwrap() {
            assert!(wanted(row.state), "{name}: {row:?} is {}: {:?}", row.state, row.last_reply);
            // It writes down what it then refuses, too.
            let copies = if refuses { 0 } else { copies(letters.path(), &row.address) };
            assert!(copies <= 1 + row.resends as usize, "{name}: {copies} copies of {row:?}");
            assert!(row.state != LetterState::Sent || copies == 1, "{name}: {copies} copies of {row:?}");
            tried.unknown += row.resends as usize + usize::from(row.state == LetterState::Unknown);
            tried.duplicates += copies.saturating_sub(1);
        }
        assert!(address(0) == "p0@example.dk");
        tried.record("smtp-sink", name);
    }
}
