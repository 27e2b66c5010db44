//! Which rules are live: named in log, letter and preview, and never changed in the middle of a pass.

use med_digest::clock::Clock;
use med_digest::config::Config;
use med_digest::daemon::reload::{Change, Reload};
use med_digest::daemon::rules_page::{self, State};
use med_digest::daemon::workspace::Workspace;
use med_digest::daemon::{Daemon, Stop};
use med_digest::mail::Transport;
use med_digest::mail::transport::FolderTransport;
use med_digest::store::SqliteStore;

#[cfg(unix)]
use crate::daemon::{Running, nothing_is_over};
use crate::installation::{Installation, at, executor, said};

const NOON: &str = "2026-09-17T12:00:00+02:00";

fn rule(id: &str, weight: i32) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nlabel = \"Kantinen\"\nphrases = [\"kantine*\"]\nweight = {weight}\n\
         hits = [\"**Kantinen** åbner.\"]\nmisses = [\"Gården er åben.\"]\n"
    )
}

/// A workspace and what watches its files.
fn watched(installation: &Installation) -> (Workspace, Reload) {
    let config = installation.path("config.toml");
    let load = move |problems: &mut Vec<_>| Workspace::load_checked(Config::load(&config, problems)?, problems);
    let workspace = load(&mut Vec::new()).unwrap();
    let reload = Reload::new(&workspace, Box::new(load));
    (workspace, reload)
}

/// The version in the foot of every mailed letter.
fn mailed(installation: &Installation) -> Vec<String> {
    let texts = installation.letters("").into_iter().map(|path| {
        let bytes = std::fs::read(path).unwrap();
        let read = mail_parser::MessageParser::default().parse(&bytes).unwrap().into_owned();
        read.body_text(0).unwrap().into_owned()
    });
    let mut versions: Vec<String> = texts
        .map(|text| text.lines().find_map(|line| line.strip_prefix("Regler: ")).expect("a foot").trim().to_owned())
        .collect();
    versions.dedup();
    versions
}

#[test]
fn of_two_edits_one_wrong_neither_is_used() {
    let installation = Installation::shipped();
    let (workspace, mut reload) = watched(&installation);
    assert!(reload.changed(&workspace).loaded().is_none(), "nothing was edited");
    installation.write("rules/god.toml", &rule("god", 2));
    installation.write("rules/gal.toml", "[[rule]]\nid = \"gal\"\n");
    assert!(reload.changed(&workspace).loaded().is_none());
    installation.write("rules/gal.toml", &rule("gal", 3));
    let next = reload.changed(&workspace).loaded().expect("now all is right");
    let ids: Vec<&str> = next.rules.rules().iter().map(|rule| rule.id.as_str()).collect();
    assert!(ids.contains(&"god") && ids.contains(&"gal"));
    assert_ne!(next.rules.version(), workspace.rules.version());
}

#[test]
fn a_rule_that_misses_its_own_example_is_not_used_either() {
    let installation = Installation::shipped();
    let (workspace, mut reload) = watched(&installation);
    installation.write("rules/god.toml", &rule("god", 2).replace("**Kantinen**", "Kantinen **åbner**"));
    assert!(reload.changed(&workspace).loaded().is_none());
}

#[test]
fn a_pass_that_has_begun_keeps_its_rules_though_the_files_change() {
    let installation = Installation::shipped();
    let (workspace, reload) = watched(&installation);
    let version = workspace.rules.version().to_owned();
    let store = SqliteStore::open_exclusive(&workspace.config.database, at(NOON)).unwrap();
    let transport = Transport::Folder(FolderTransport::new(installation.path("udbakke")));
    let mut daemon = Daemon::new(workspace, store, transport, Clock::Fixed(at(NOON)))
        .immediately(true)
        .trusting_age(true)
        .with_reload(reload);
    daemon.start(true).unwrap();
    installation.write("rules/kantine.toml", &rule("kantinen", 9));
    executor().block_on(daemon.once(&Stop::default())).unwrap();
    assert_ne!(installation.workspace().rules.version(), version, "the files are others by now");
    assert_eq!(mailed(&installation), [version]);
}

#[cfg(unix)]
#[test]
fn log_letter_and_preview_name_the_live_rules() {
    let installation = Installation::shipped();
    nothing_is_over(&installation);
    let running = Running::start(&installation, &["run", "--now"]);
    let first = installation.workspace().rules.version().to_owned();
    assert!(running.wait_for("running: minutes come from").contains(&format!("rules {first},")));
    running.wait_for("ready");
    installation.confirm("examples/referat-hovedmed-2026-09-16.txt");
    installation.write("rules/kantine.toml", &rule("kantinen", 1));
    let log = running.wait_for("changed and are in use");
    let live = installation.workspace().rules.version().to_owned();
    assert!(live != first && log.contains(&format!("rules {live},")), "{log}");
    installation.edit("examples/referat-hovedmed-2026-09-16.txt", "Vibeke Thorngaard", "Vibeke Thorngård");
    running.wait_for("is complete: planned");
    assert_eq!(mailed(&installation), std::slice::from_ref(&live));
    let file = "examples/referat-hovedmed-2026-09-16.txt";
    for format in ["terminal", "html", "json"] {
        let preview = said(&installation.digest(&["preview", file, "--format", format]));
        assert!(preview.contains(&live), "{format}: {preview}");
    }
}

#[test]
fn the_page_beside_the_rules_tells_of_errors_and_of_what_a_change_does_to_the_letters() {
    let installation = Installation::shipped();
    let (workspace, mut reload) = watched(&installation);
    let page = |state: &State<'_>, problems: &[_]| {
        let minutes = rules_page::newest(&workspace.config.inbox.folder);
        rules_page::page(state, problems, &minutes, at(NOON))
    };
    installation.write("rules/gal.toml", "[[rule]]\nid = \"gal\"\n");
    let Change::Refused(problems) = reload.changed(&workspace) else { panic!("a rule without anything is refused") };
    let refused = page(&State::Refused(&workspace), &problems);
    assert!(refused.contains("Ændringen er ikke i brug") && refused.contains("gal.toml"), "{refused}");
    assert!(refused.contains(workspace.rules.version()));
    let loud = rule("gal", 10).replace("kantine*", "leder*").replace("**Kantinen** åbner.", "**Lederne** mødes.");
    installation.write("rules/gal.toml", &loud);
    let Change::Loaded(next, problems) = reload.changed(&workspace) else { panic!("now it is a rule") };
    let live = page(&State::Live { before: Some(&workspace), now: &next }, &problems);
    assert!(live.contains("Reglerne er i brug") && live.contains(next.rules.version()), "{live}");
    assert!(live.contains("kommer med") && live.contains("falder ud"), "{live}");
    let same = page(&State::Live { before: Some(&next), now: &next }, &[]);
    assert!(same.contains("Ingen forskel") && same.contains("ingen fejl"), "{same}");
    assert_eq!(rules_page::path(&workspace.config.rules), installation.path("regler-status.html"));
}
