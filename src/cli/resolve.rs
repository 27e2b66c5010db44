//! `digest resolve`: a person says what became of letters that nobody can know about.
//!
//! When a connection breaks after the text was handed over, the recipient may have the letter or not. What then happens is
//! said by `mail.unknown` in the configuration; whatever that leaves to a person is decided here.

use std::io::Write;

use clap::Args;

use super::state::Decider;
use super::{Exit, state, workspace};
use crate::clock::danish_time;
use crate::store::{EditionKey, LetterEvent, LetterId, LetterRow, LetterState, Store, StoreError, mask};

/// Arguments of `digest resolve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Letters, by number; without any, those that need a decision are listed.
    #[arg(value_name = "LETTER", requires = "decision")]
    letters: Vec<i64>,
    #[command(flatten)]
    decision: Decision,
    #[command(flatten)]
    decider: Decider,
    /// List whole addresses, to ask the recipients.
    #[arg(long)]
    addresses: bool,
}

#[derive(Debug, Args)]
#[group(id = "decision", multiple = false)]
struct Decision {
    /// Send them again: the recipients did not get them.
    #[arg(long, requires = "letters")]
    resend: bool,
    /// Take them as sent: the recipients got them.
    #[arg(long, requires = "letters")]
    sent: bool,
}

pub(super) fn run(arguments: &super::Arguments, command: &Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let now = arguments.clock().now();
    let mut store = state::open(&workspace::config(arguments)?, now)?;
    if command.letters.is_empty() {
        return list(&mut store, command.addresses, out);
    }
    let by = command.decider.name()?;
    let event = if command.decision.resend { LetterEvent::ResolveResend } else { LetterEvent::ResolveSent };
    let mut exit = Exit::Fine;
    for letter in &command.letters {
        match store.resolve(LetterId(*letter), event, &by, now) {
            Ok(state) => writeln!(out, "letter {letter} is {state}, by {by}")?,
            Err(error @ (StoreError::NoLetter(_) | StoreError::Transition { .. })) => {
                eprintln!("digest: {error}; \"digest resolve\" lists those that need a decision");
                exit = Exit::Argument;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(exit)
}

/// All letters of unknown fate.
pub(super) fn unknown(store: &mut dyn Store) -> Result<Vec<(EditionKey, LetterRow)>, StoreError> {
    let mut found = Vec::new();
    for edition in store.editions()? {
        let letters = store.letters(edition.id)?.into_iter().filter(|letter| letter.state == LetterState::Unknown);
        found.extend(letters.map(|letter| (edition.key.clone(), letter)));
    }
    Ok(found)
}

fn list(store: &mut dyn Store, addresses: bool, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let found = unknown(store)?;
    if found.is_empty() {
        writeln!(out, "no letter needs a decision")?;
    }
    for (key, letter) in &found {
        let address = if addresses { letter.address.clone() } else { mask(&letter.address) };
        let reply = letter.last_reply.as_deref().unwrap_or_default();
        writeln!(out, "letter {} of {key} to {address}, {}: {reply}", letter.id, danish_time(letter.updated_at))?;
    }
    if !found.is_empty() {
        writeln!(out, "\nask the recipients, then: digest resolve LETTER... --sent or --resend")?;
    }
    Ok(Exit::Fine)
}
