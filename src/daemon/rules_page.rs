//! `regler-status.html`, beside the rules folder: for the secretary who has just saved a rule and has no terminal.
//!
//! It is written at the start and whenever rules, templates or the configuration changed: whether they are in use, what is
//! wrong with them and where, and which sentences of the latest letters come in or drop out. The page is only a report:
//! that it cannot be written is told in the log and stops nothing. It lies beside the folder and not in it, where every
//! file is read as a rule.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use handlebars::html_escape;

use super::workspace::Workspace;
use crate::clock::danish_time;
use crate::diagnostic::{Language, Problem, Severity};
use crate::quality::changes::{Moved, Side, moved};

/// How many of the newest files of the inbox are compared: the change should be seen, not a history be worked off while
/// letters wait.
const COMPARED: usize = 3;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:1.5rem auto;padding:0 1rem;color:#1b2629}\
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}pre{overflow-x:auto;background:#f3f6f6;padding:.7rem;border-radius:4px}\
.ja{color:#124a28}.nej{color:#7a1a12}.sted{color:#4d5f65;font-size:.9rem}li{margin:.4rem 0}";

/// What became of a change.
#[derive(Debug)]
pub enum State<'s> {
    /// The set is in use.
    Live {
        /// What was in use before; none at the start.
        before: Option<&'s Workspace>,
        /// What is in use now.
        now: &'s Workspace,
    },
    /// It has errors; this one goes on being used.
    Refused(&'s Workspace),
}

/// Where the page of a rules folder lies.
#[must_use]
pub fn path(rules: &Path) -> PathBuf {
    rules.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf).join("regler-status.html")
}

/// Writes the page; `minutes` are files that letters were made of, the newest first.
pub fn write(state: &State<'_>, problems: &[Problem], minutes: &[PathBuf], now: DateTime<Utc>) {
    let live = match state {
        State::Live { now, .. } => now,
        State::Refused(old) => old,
    };
    let target = path(&live.config.rules);
    let page = page(state, problems, minutes, now);
    let temporary = target.with_extension("html.ny");
    let written = std::fs::write(&temporary, page).and_then(|()| std::fs::rename(&temporary, &target));
    if let Err(error) = written {
        tracing::warn!("{} cannot be written: {error}", target.display());
    }
}

/// The newest files of the inbox.
#[must_use]
pub fn newest(inbox: &Path) -> Vec<PathBuf> {
    let mut files: Vec<(std::time::SystemTime, PathBuf)> = std::fs::read_dir(inbox)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let metadata = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some((metadata.modified().ok()?, entry.path()))
        })
        .collect();
    files.sort_by(|one, other| other.cmp(one));
    files.into_iter().map(|(_, path)| path).collect()
}

/// The page. Always Danish, as everything that secretaries read.
#[must_use]
pub fn page(state: &State<'_>, problems: &[Problem], minutes: &[PathBuf], now: DateTime<Utc>) -> String {
    let when = danish_time(now);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Reglerne</title><style>{STYLE}</style></head><body>\n<h1>Reglerne</h1>\n"
    );
    match state {
        State::Live { now, .. } => {
            let _ = writeln!(
                out,
                "<p class=\"ja\"><strong>Reglerne er i brug.</strong> De blev læst {when} og hedder {}.</p>",
                now.rules.version()
            );
        }
        State::Refused(old) => {
            let _ = writeln!(
                out,
                "<p class=\"nej\"><strong>Ændringen er ikke i brug.</strong> Der er fejl i filerne, som de så ud {when}. \
                 Indtil de er rettet, gælder de regler, der hedder {}.</p>",
                old.rules.version()
            );
        }
    }
    tell(&mut out, problems);
    if let State::Live { before: Some(before), now } = state {
        effect(&mut out, before, now, minutes);
    }
    out.push_str("</body></html>\n");
    out
}

fn tell(out: &mut String, problems: &[Problem]) {
    let of = |severity: Severity| problems.iter().filter(move |problem| problem.severity() == severity);
    for (severity, title) in [(Severity::Error, "Fejl"), (Severity::Warning, "Advarsler")] {
        if of(severity).next().is_none() {
            continue;
        }
        let _ = writeln!(out, "<h2>{title}</h2>");
        for problem in of(severity) {
            let _ = writeln!(out, "<pre>{}</pre>", html_escape(problem.to_terminal(Language::Danish).trim_end()));
        }
    }
    if problems.is_empty() {
        out.push_str("<p>Der er ingen fejl og ingen advarsler.</p>\n");
    }
}

fn effect(out: &mut String, before: &Workspace, now: &Workspace, minutes: &[PathBuf]) {
    out.push_str("<h2>Hvad ændringen gør ved de seneste breve</h2>\n");
    let mut compared = 0;
    let mut found: Vec<Moved> = Vec::new();
    for file in minutes {
        if compared == COMPARED {
            break;
        }
        let (Ok(old), Ok(new)) = (before.reading.minutes(file), now.reading.minutes(file)) else { continue };
        compared += 1;
        let (old_scored, new_scored) = (before.score(&old), now.score(&new));
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for audience in &now.config.audiences {
            let old_built = before.digest(&old, &old_scored, audience);
            let new_built = now.digest(&new, &new_scored, audience);
            let old = Side { rules: &before.rules, scored: &old_scored, built: &old_built };
            let new = Side { rules: &now.rules, scored: &new_scored, built: &new_built };
            found.extend(moved(&name, &audience.label, old, new));
        }
    }
    if found.is_empty() {
        let _ = writeln!(out, "<p>Ingen forskel i {compared} referater.</p>");
        return;
    }
    let mut last: Option<(String, String)> = None;
    for moved in found {
        let head = (moved.file.clone(), moved.audience.clone());
        if last.as_ref() != Some(&head) {
            if last.is_some() {
                out.push_str("</ul>\n");
            }
            let _ = writeln!(
                out,
                "<p><strong>{}</strong> <span class=\"sted\">{}</span></p>\n<ul>",
                html_escape(&moved.audience),
                html_escape(&moved.file)
            );
            last = Some(head);
        }
        // What a new privacy rule keeps back is not told here either.
        let hidden = !moved.enters && moved.now.as_deref().is_none_or(|now| now.starts_with("tilbageholdt"));
        let sign =
            if moved.enters { "<span class=\"ja\">kommer med</span>" } else { "<span class=\"nej\">falder ud</span>" };
        let _ = writeln!(
            out,
            "<li>{sign}: {} <span class=\"sted\">punkt {}</span></li>",
            if hidden { "En sætning, der nu er tilbageholdt.".to_owned() } else { html_escape(&moved.text) },
            moved.id.item
        );
    }
    out.push_str("</ul>\n");
}
