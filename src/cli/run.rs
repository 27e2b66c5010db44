//! `digest run`: the daemon, or one pass of it.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use super::workspace::{Folders, Workspace};
use super::{Exit, state};
use crate::clock::Clock;
use crate::config::{Config, TransportChoice};
use crate::daemon::reload::Reload;
use crate::daemon::{Daemon, DaemonError, Stop};
use crate::mail::Environment;
use crate::mail::transport::{FolderTransport, SmtpTransport, Transport};
use crate::store::{EditionState, Ledger, SqliteStore, Store as _};

/// Arguments of `digest run`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Do what is due now and end.
    #[arg(long)]
    once: bool,
    /// Send what is released at once, whatever the schedules say.
    #[arg(long)]
    now: bool,
    /// At the very first start also read the files that are in the inbox already; without it they count as seen.
    #[arg(long)]
    include_existing: bool,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments) -> anyhow::Result<Exit> {
    let workspace = Workspace::open_checked(arguments)?;
    let clock = arguments.clock();
    log_to_stderr(&clock);
    if let Err(exit) = usable(&workspace.config) {
        return Ok(exit);
    }
    let opened = SqliteStore::open_exclusive(&workspace.config.database, clock.now())
        .and_then(|store| Ok(store.with_ledger(Ledger::open(&workspace.config.ledger)?)));
    let store = match opened {
        Ok(store) => store.with_lease(workspace.config.mail.lease),
        Err(error) => return Ok(state::unusable(&workspace.config, &error)),
    };
    let transport = transport(&workspace.config)?;
    let place = place(&workspace.config);
    tracing::info!(
        "running: minutes come from {}, letters go to {place}; rules {}, templates {}",
        workspace.config.inbox.folder.display(),
        workspace.rules.version(),
        workspace.templates.version()
    );
    if workspace.config.gate.environment != Environment::Production {
        tracing::info!("the environment is not \"production\": only addresses on the allow-list get letters");
    }
    let folders = Folders::of(arguments);
    let load = move |problems: &mut Vec<_>| Workspace::load_checked(folders.load(problems)?, problems);
    let reload = Reload::new(&workspace, Box::new(load));
    let mut daemon = Daemon::new(workspace, store, transport, clock)
        .immediately(command.now)
        .trusting_age(command.once)
        .with_reload(reload);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let result = runtime.context("the executor cannot be started")?.block_on(async {
        let stop = Stop::default();
        stop.on_signals().context("signals cannot be handled")?;
        anyhow::Ok(work(&mut daemon, command, &stop, &place).await)
    })?;
    Ok(result.unwrap_or_else(|error| {
        tracing::error!("{error}");
        Exit::Content
    }))
}

async fn work(
    daemon: &mut Daemon<SqliteStore>,
    command: &Arguments,
    stop: &Stop,
    place: &str,
) -> Result<Exit, DaemonError> {
    daemon.start(command.include_existing)?;
    if !command.once {
        tracing::info!("ready");
        daemon.serve(stop).await?;
        return Ok(Exit::Fine);
    }
    let report = daemon.once(stop).await?;
    tracing::info!("done: {} files read, {} letters sent to {place}", report.taken, report.sent);
    let held = daemon.store().editions()?.iter().filter(|edition| edition.state == EditionState::Held).count();
    if held > 0 {
        tracing::info!("{held} editions are held; \"digest status\" says why, \"digest approve\" lets them go");
    }
    if let Some(due) = daemon.next_due()? {
        tracing::info!("next due: {}", crate::clock::danish_time(due));
    }
    Ok(if report.stopped.is_some() { Exit::Content } else { Exit::Fine })
}

/// The way out that the configuration names.
pub(super) fn transport(config: &Config) -> Result<Transport, Exit> {
    match &config.mail.transport {
        TransportChoice::Folder(folder) => Ok(Transport::Folder(FolderTransport::new(folder))),
        TransportChoice::Smtp(settings) => match SmtpTransport::new(settings.as_ref().clone()) {
            Ok(smtp) => Ok(Transport::Smtp(Box::new(smtp))),
            Err(error) => {
                eprintln!("digest: {}: {error}", config.file.display());
                Err(Exit::Content)
            }
        },
    }
}

/// The way out, for people.
fn place(config: &Config) -> String {
    match &config.mail.transport {
        TransportChoice::Folder(folder) => format!("the folder {}", folder.display()),
        TransportChoice::Smtp(settings) => format!("{}:{}", settings.host, settings.port),
    }
}

/// Finds out before anything is stored whether inbox and outbox can be used.
fn usable(config: &Config) -> Result<(), Exit> {
    let mut exit = Exit::Fine;
    let mut tell = |folder: &Path, key: &str, what: &str, error: &std::io::Error, hint: &str| {
        let file = config.file.display();
        eprintln!("digest: {}: {what}: {error}\n  --> {file}: {key}\n  = hint: {hint}", folder.display());
        exit = Exit::Content;
    };
    let inbox = &config.inbox.folder;
    if let Err(error) = std::fs::read_dir(inbox) {
        tell(inbox, "inbox.folder", "the inbox cannot be read", &error, "make the folder, or name the right one");
    }
    if let TransportChoice::Folder(folder) = &config.mail.transport
        && let Err(error) = writable(folder)
    {
        let hint = "let the user who runs digest write there, or name another folder";
        tell(folder, "mail.folder", "letters cannot be written there", &error, hint);
    }
    if exit == Exit::Fine { Ok(()) } else { Err(exit) }
}

fn writable(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".digest-{}", std::process::id()));
    std::fs::File::create(&probe)?;
    std::fs::remove_file(&probe)
}

/// Danish time, as the schedules have it.
struct LogTime(Clock);

impl FormatTime for LogTime {
    fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
        write!(writer, "{}", crate::clock::danish_time_to_the_second(self.0.now()))
    }
}

/// What happens is told on standard error; `DIGEST_LOG` may say how much, as `warn` or `debug`.
fn log_to_stderr(clock: &Clock) {
    let filter = EnvFilter::try_from_env("DIGEST_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // Fails only where somebody else set it up already, who then hears it all.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .with_timer(LogTime(clock.clone()))
        .try_init();
}
