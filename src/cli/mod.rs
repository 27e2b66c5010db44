//! The command line: one file per command; each wires the layers together and prints.
//!
//! JSON and letters go to standard output alone, progress and problems to standard error. A bad file is reported and the
//! others go on; the worst of all results is the exit code.

mod approve;
mod check;
mod confirm;
mod done;
mod edition;
mod eval;
mod explain;
mod follow_up;
mod harm;
mod health;
mod hold;
mod labelled;
mod ledger;
mod parse;
mod preview;
mod reading;
mod recall;
mod resolve;
mod rules;
mod run;
mod schema;
mod score;
mod send;
mod sentences;
mod state;
mod status;
mod trace;
mod work;
pub(crate) mod workspace;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Parser, Subcommand};

/// How a command ended; the highest of several wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Fine, also with warnings or a document held.
    #[default]
    Fine,
    /// Errors in content: rules, templates, recipients, configuration.
    Content,
    /// A named file or argument could not be used.
    Argument,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Content => 1,
            Exit::Argument => 2,
        })
    }
}

/// As an error: why a command ended so was told where it was found out, and nothing is left to do but to end.
impl std::error::Error for Exit {}

impl std::fmt::Display for Exit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{self:?}")
    }
}

/// Turns the minutes of a meeting into one letter per audience, word for word.
#[derive(Debug, Parser)]
#[command(name = "digest", version, max_term_width = 100)]
pub struct Arguments {
    /// The configuration; relative paths in it are relative to it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Rules folder, instead of the configured one.
    #[arg(long, global = true, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Templates folder, instead of the configured one.
    #[arg(long, global = true, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The time that counts as now: for tests, which must not depend on the day they run.
    #[arg(long, global = true, hide = true, value_name = "RFC3339", value_parser = state::instant)]
    at: Option<DateTime<Utc>>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show how minutes are read: items, sections, sentences.
    Parse(parse::Arguments),
    /// Show the sentences of any plain text.
    Sentences(sentences::Arguments),
    /// Show every sentence of minutes with its score and the reasons.
    Score(score::Arguments),
    /// Explain a sentence or an item: what hit, what almost did, the sum, the verdict.
    Explain(explain::Arguments),
    /// List, measure, compare and begin rules.
    #[command(subcommand)]
    Rules(rules::Command),
    /// Show what would be mailed, without touching any state.
    Preview(preview::Arguments),
    /// Check configuration, rules with their examples, templates and recipient lists.
    Check(check::Arguments),
    /// Print the JSON Schema of a file that people edit, for editors.
    Schema(schema::Arguments),
    /// Measure the letters against labelled minutes.
    Eval(eval::Arguments),
    /// Read new minutes and send letters, until stopped or just once.
    Run(run::Arguments),
    /// Show what was read, what goes out when, what is held and why.
    Status(status::Arguments),
    /// Let a held edition go.
    Approve(approve::Arguments),
    /// Say that minutes of a new layout are read right.
    Confirm(confirm::Arguments),
    /// Stop an edition.
    Hold(hold::Arguments),
    /// Say what became of letters that may or may not have arrived.
    Resolve(resolve::Arguments),
    /// Say that a letter was looked at whose minutes were corrected later.
    Done(done::Arguments),
    /// Say of what a committee has to come back to whether it is still open.
    FollowUp(follow_up::Arguments),
    /// Send a test letter, marked so, without touching the outbox.
    Send(send::Arguments),
    /// Say who was sent a sentence, when, in which letter.
    Trace(trace::Arguments),
    /// Stop a letter and ask those who have it to delete it.
    Recall(recall::Arguments),
    /// Compare the database with the ledger of what was handed over.
    Ledger(ledger::Arguments),
    /// Say in one line whether the daemon does its work, for monitoring; not 0 where it does not.
    Health,
}

/// Runs the command line and returns its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Argument.into() } else { Exit::Fine.into() };
        }
    };
    let mut out = std::io::stdout().lock();
    let result = run(&arguments, &mut out).and_then(|exit| {
        out.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit.into(),
        // A reader that has seen enough, such as `head`, is no failure.
        Err(error) if is_broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => match error.downcast::<Exit>() {
            Ok(told) => told.into(),
            Err(error) => {
                eprintln!("digest: {error:#}");
                Exit::Argument.into()
            }
        },
    }
}

fn run(arguments: &Arguments, out: &mut dyn std::io::Write) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Parse(command) => parse::run(arguments, command, out),
        Command::Sentences(command) => sentences::run(arguments, command, out),
        Command::Score(command) => score::run(arguments, command, out),
        Command::Explain(command) => explain::run(arguments, command, out),
        Command::Rules(command) => rules::run(arguments, command, out),
        Command::Preview(command) => preview::run(arguments, command, out),
        Command::Check(command) => check::run(arguments, command, out),
        Command::Schema(command) => schema::run(command, out),
        Command::Eval(command) => eval::run(arguments, command, out),
        Command::Run(command) => run::run(arguments, command),
        Command::Status(command) => status::run(arguments, command, out),
        Command::Approve(command) => approve::run(arguments, command, out),
        Command::Confirm(command) => confirm::run(arguments, command, out),
        Command::Done(command) => done::run(arguments, command, out),
        Command::FollowUp(command) => follow_up::run(arguments, command, out),
        Command::Hold(command) => hold::run(arguments, command, out),
        Command::Resolve(command) => resolve::run(arguments, command, out),
        Command::Send(command) => send::run(arguments, command, out),
        Command::Trace(command) => trace::run(arguments, command, out),
        Command::Recall(command) => recall::run(arguments, command, out),
        Command::Ledger(command) => ledger::run(arguments, command, out),
        Command::Health => health::run(arguments, out),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
