//! `digest send`: a test letter, marked so, that touches neither outbox nor database.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::Args;

use super::Exit;
use super::run::transport;
use super::state::Glance;
use super::workspace::Workspace;
use crate::clock::danish_day;
use crate::daemon::{judge, release};
use crate::mail::{Address, Delivery, Mailbox, MessageId, Outgoing, Sender, message};
use crate::minutes::Minutes;
use crate::render::Letter;

/// Stands before the subject, so that nobody takes the letter for the real one.
const MARK: &str = "[PRØVE] ";

/// Arguments of `digest send`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The minutes.
    file: PathBuf,
    /// Who gets the test letter.
    #[arg(long, value_name = "ADDRESS")]
    to: String,
    /// Only the letter of this audience.
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let to = match Mailbox::parse(&command.to) {
        Ok(to) => to,
        Err(fault) => {
            eprintln!("digest: --to {:?}: {fault}; an address looks like this: name@example.com", command.to);
            return Ok(Exit::Argument);
        }
    };
    let workspace = Workspace::open(arguments)?;
    let audiences = workspace.audiences(command.audience.as_deref())?;
    let mut transport = transport(&workspace.config)?;
    if !workspace.config.gate.permits(to.address()) {
        eprintln!(
            "digest: the environment is not \"production\", and {} is not on the allow-list\n  --> {}: mail.allow\n  \
             = hint: add the address or *@domain to mail.allow",
            to.address(),
            workspace.config.file.display()
        );
        return Ok(Exit::Argument);
    }
    let minutes = match workspace.reading.minutes(&command.file) {
        Ok(minutes) => minutes,
        Err(error) => {
            eprintln!("digest: {error}");
            return Ok(Exit::Argument);
        }
    };
    let now = arguments.clock().now();
    let scored = workspace.score(&minutes);
    let mut known = Glance::at(&workspace.config);
    let memory = known.memory(&workspace, &minutes);
    let day = danish_day(now);
    let executor = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let executor = executor.context("the executor cannot be started")?;
    let mut exit = Exit::Fine;
    for audience in &audiences {
        let digest = workspace.digest_with(&minutes, &scored, audience, &memory).digest;
        if let Some(reason) = judge::hopeless(&digest) {
            eprintln!("digest: {}: no letter: {reason}", command.file.display());
            break;
        }
        let committee = release::committee_of(&workspace.config, &minutes);
        for held in release::reasons(committee, &minutes, &digest, &known.layouts, day).iter().chain(&digest.held) {
            eprintln!("digest: the letter to {} would be held: {}", audience.id, held.reason);
        }
        let letter = match workspace.letter(&digest, audience) {
            Ok(Some(letter)) => letter,
            Ok(None) => {
                eprintln!("digest: {}: no letter to {}: there is nothing to tell", command.file.display(), audience.id);
                continue;
            }
            Err(error) => {
                eprintln!("digest: {}: the letter cannot be made: {error}", command.file.display());
                exit = exit.max(Exit::Content);
                continue;
            }
        };
        let outgoing = outgoing(&workspace, &minutes, &letter, &audience.id.0, &to, now)?;
        match executor.block_on(transport.deliver(&outgoing)) {
            Delivery::Accepted { reply } => writeln!(out, "{}: {reply}", audience.id)?,
            Delivery::RejectedRecipient { reply }
            | Delivery::RejectedSystem { reply }
            | Delivery::Temporary { reply }
            | Delivery::Unreachable { reason: reply } => {
                eprintln!("digest: the letter to {} was not taken: {reply}", audience.id);
                exit = exit.max(Exit::Content);
            }
            Delivery::Unknown { reason } => {
                eprintln!("digest: the letter to {} may or may not have been taken: {reason}", audience.id);
                exit = exit.max(Exit::Content);
            }
        }
    }
    Ok(exit)
}

/// The marked message. Its identifier is of its own: a mail system drops what it has seen before, and a test letter must
/// never be the reason that it drops the real one.
fn outgoing(
    workspace: &Workspace,
    minutes: &Minutes,
    letter: &Letter,
    audience: &str,
    to: &Mailbox,
    now: DateTime<Utc>,
) -> anyhow::Result<Outgoing> {
    let mail = &workspace.config.mail;
    let marked = Letter { subject: format!("{MARK}{}", letter.subject), ..letter.clone() };
    let sender = Sender { from: mail.from.clone(), reply_to: mail.reply_to.clone(), list_id: None };
    let from: &Address = mail.from.address();
    let seed = format!("test\0{audience}\0{}\0{}\0{}", to.address().key(), now.to_rfc3339(), minutes.source.sha256);
    let id = MessageId::preview(&seed, from);
    let bytes = message::build(&marked, &sender, to, &id, now)?;
    Ok(Outgoing {
        label: format!("proeve-{audience}"),
        message_id: id.as_str().to_owned(),
        from: from.clone(),
        to: to.address().clone(),
        bytes,
    })
}
