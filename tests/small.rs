//! A small installation: one committee, representatives and staff, two items a meeting, minutes that need no second look.

use chrono::{DateTime, Utc};
use med_digest::clock::Clock;
use med_digest::daemon::serve::Report;
use med_digest::daemon::{Daemon, Stop};
use med_digest::digest::AudienceId;
use med_digest::mail::Transport;
use med_digest::mail::transport::{FolderTransport, MemoryTransport};
use med_digest::store::{ContentHash, Edition, EditionKind, Ledger, SqliteStore, Store as _};

use crate::installation::{Installation, at, executor, project};

/// What the first item decides.
pub const HOLIDAY: &str = "Ferie holdes efter aftale med den nærmeste leder hvert eneste år.";
/// What the second item decides.
pub const PLAN: &str = "Ferie søges hos lederen inden den lange sommer begynder for alvor.";

/// Minutes of 16 September 2026 that end with these lines.
pub fn minutes(second_title: &str, second: &str, last: &str) -> String {
    format!(
        "REFERAT Udvalg0 d. 16-09-2026\n\nPunkt 1: Ferie\n\nBeslutning\n\n{HOLIDAY}\n\n\
         Punkt 2: {second_title}\n\nBeslutning\n\n{second}\n\n{last}\n"
    )
}

/// The usual ones, approved.
pub fn usual() -> String {
    minutes("Plan for sommeren", PLAN, crate::daemon::APPROVED)
}

/// With the second item closed.
pub fn closed() -> String {
    minutes("Plan for sommeren (lukket)", "", crate::daemon::APPROVED)
}

/// Without any minutes yet. `more` is added to the top of the configuration, `staff` to the audience of the staff,
/// `committee` to the committee.
pub fn installation(more: &str, staff: &str, committee: &str) -> Installation {
    let confirmed = [usual(), closed()].map(|text| ContentHash::of(text.as_bytes()).to_string());
    let config = format!(
        "environment = \"production\"\ntemplates = {:?}\n{more}\n[inbox]\nfolder = \"ind\"\nsettle_seconds = 0\n\
         [mail]\nfrom = \"MED-sekretariatet <med@example.dk>\"\ntransport = \"folder\"\nfolder = \"udbakke\"\n\
         [[schedule]]\nid = \"otte\"\ncron = \"0 8 * * *\"\n\
         [[schedule]]\nid = \"to-dage\"\nworking_days_after = 2\nat = \"08:00\"\n\
         [[audience]]\nid = \"medarbejdere\"\nlabel = \"medarbejdere\"\nwords = 100\nleast_score = 1\n{staff}\n\
         [[audience]]\nid = \"tillidsvalgte\"\nlabel = \"tillidsvalgte\"\nwords = 100\nleast_score = 1\n\
         [[committee]]\nid = \"udvalg0\"\nname = \"Udvalg0\"\nconfirmed = {confirmed:?}\n{committee}\n{}\
         [[committee.list]]\naudience = \"medarbejdere\"\nrecipients = \"lister/medarbejdere.csv\"\n\
         [[committee.list]]\naudience = \"tillidsvalgte\"\nrecipients = \"lister/tillidsvalgte.csv\"\n",
        project().join("templates").display().to_string(),
        if committee.contains("schedule") { "" } else { "schedule = \"otte\"\n" },
    );
    Installation::of(&[
        ("ind/.her", ""),
        ("config.toml", &config),
        ("lister/medarbejdere.csv", "bo@example.dk\nida@example.dk\n"),
        ("lister/tillidsvalgte.csv", "asta@example.dk\n"),
        (
            "rules/regler.toml",
            "[[group]]\nid = \"a\"\nlabel = \"A\"\ncap = 9\n[[rule]]\nid = \"ferie\"\nlabel = \"Ferie\"\ngroup = \"a\"\n\
             phrases = [\"ferie\"]\nweight = 5\nhits = [\"Der er **ferie**.\"]\nmisses = [\"Der er møde.\"]\n",
        ),
    ])
}

/// The same after its first start, with the usual minutes in the inbox.
pub fn started(more: &str, staff: &str, committee: &str) -> Installation {
    let installation = installation(more, staff, committee);
    pass(&installation, "2026-09-17T06:00:00+02:00");
    installation.write("ind/referat.txt", &usual());
    installation
}

/// One pass by the schedules, with the ledger, as `digest run --once` makes it.
pub fn pass(installation: &Installation, now: &str) -> Report {
    let folder = FolderTransport::new(installation.path("udbakke"));
    with(installation, at(now), Transport::Folder(folder)).0
}

/// One pass in which the first answers of the relay are these.
pub fn answered(installation: &Installation, now: &str, memory: MemoryTransport) -> (Report, Vec<String>) {
    let (report, transport) = with(installation, at(now), Transport::Memory(memory));
    let Transport::Memory(memory) = transport else { unreachable!("it stays what it was") };
    (report, memory.taken.iter().map(|letter| letter.to.as_str().to_owned()).collect())
}

fn with(installation: &Installation, now: DateTime<Utc>, transport: Transport) -> (Report, Transport) {
    let workspace = installation.workspace();
    let ledger = Ledger::open(&workspace.config.ledger).unwrap();
    let store = SqliteStore::open_exclusive(&workspace.config.database, now).unwrap().with_ledger(ledger);
    let mut daemon = Daemon::new(workspace, store, transport, Clock::Fixed(now)).trusting_age(true);
    daemon.start(false).unwrap();
    let report = executor().block_on(daemon.once(&Stop::default())).unwrap();
    (report, daemon.into_parts().2)
}

/// The newest edition of an audience.
pub fn edition(installation: &Installation, audience: &str) -> Edition {
    let audience = AudienceId(audience.to_owned());
    let editions = installation.editions();
    editions.into_iter().filter(|edition| edition.key.audience == audience).max_by_key(|edition| edition.id).unwrap()
}

/// The newest notice of a kind.
pub fn notice(installation: &Installation, kind: EditionKind) -> Option<Edition> {
    installation.editions().into_iter().filter(|edition| edition.kind == kind).max_by_key(|edition| edition.id)
}

/// All letters in the outbox folder whose recipient has this beginning, as text.
pub fn mails(installation: &Installation, to: &str) -> Vec<String> {
    let all = installation.letters("").into_iter().map(|path| std::fs::read_to_string(path).unwrap());
    all.filter(|mail| mail.contains(&format!("\r\nTo: {to}")) || mail.starts_with(&format!("To: {to}"))).collect()
}

/// The database with what lies beside it, as a snapshot of the machine would have it.
pub fn snapshot(installation: &Installation) -> Vec<(String, Vec<u8>)> {
    let folder = installation.path("state");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| name.contains("sqlite"))
        .collect();
    files.sort();
    files
}

/// Puts a snapshot back, and nothing else.
pub fn restore(installation: &Installation, snapshot: &[(String, Vec<u8>)]) {
    for entry in std::fs::read_dir(installation.path("state")).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("sqlite") {
            std::fs::remove_file(path).unwrap();
        }
    }
    for (name, bytes) in snapshot {
        std::fs::write(installation.path("state").join(name), bytes).unwrap();
    }
}

/// The balance of an edition, as `status` prints it.
pub fn balance(installation: &Installation, edition: &Edition) -> String {
    installation.store().balance(edition.id).unwrap().to_string()
}
