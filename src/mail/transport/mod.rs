//! Ways out: a folder, a relay, or the memory of a test.
//!
//! Handing over has two steps because the outbox must write down "this one may have been handed over" exactly between them:
//! [`Line::prepare`] does everything after which nobody has the letter yet (connecting, sender, recipient), and
//! [`Line::hand_over`] does the rest. What comes back says who is to blame and what is certain, not which call failed.

mod folder;
mod memory;
mod pace;
mod relay;
pub mod smtp;
mod verdict;
mod wire;

use std::fmt;
use std::time::Duration;

pub use folder::FolderTransport;
pub use memory::{MemoryTransport, Step};
pub use pace::Rate;
pub use relay::{Preset, Security, SmtpError, SmtpSettings, Timeouts};
pub use smtp::{SmtpLine, SmtpTransport};
pub use wire::{Dial, Stream, Tcp};

use tokio::sync::watch;

use super::address::Address;

/// A letter on its way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What its edition is called in file names.
    pub label: String,
    /// Its Message-ID, without brackets.
    pub message_id: String,
    /// The envelope's sender.
    pub from: Address,
    /// The envelope's only recipient.
    pub to: Address,
    /// The whole message, CRLF line ends.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Outgoing({}, {}, {} bytes)", self.to, self.message_id, self.bytes.len())
    }
}

/// What became of one try. Replies never hold the recipient's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Taken over.
    Accepted {
        /// What the relay said; it often names its queue entry.
        reply: String,
    },
    /// Refused for good, because of this recipient.
    RejectedRecipient {
        /// What the relay said.
        reply: String,
    },
    /// Refused for good, because of us: sign-in, policy, sender. No recipient is to suffer for it.
    RejectedSystem {
        /// What the relay said.
        reply: String,
    },
    /// Not taken now; this letter may be tried again.
    Temporary {
        /// What the relay said.
        reply: String,
    },
    /// Surely not taken, and no other letter would be now: no connection, a full disk.
    Unreachable {
        /// Why.
        reason: String,
    },
    /// The connection was lost after the text was begun and before an answer came.
    Unknown {
        /// How.
        reason: String,
    },
}

/// A way out.
#[derive(Debug)]
pub enum Transport {
    /// Files in a folder.
    Folder(FolderTransport),
    /// A relay.
    Smtp(Box<SmtpTransport>),
    /// Kept in memory, answers as scripted.
    Memory(MemoryTransport),
}

/// One connection of a way out.
#[derive(Debug)]
pub enum Line {
    /// Files in a folder.
    Folder(FolderTransport),
    /// A connection to a relay.
    Smtp(Box<SmtpLine>),
    /// Kept in memory, answers as scripted.
    Memory(MemoryTransport),
}

impl Transport {
    /// All connections that may be used beside each other; they connect with their first letter.
    pub fn lines(&mut self) -> Vec<Line> {
        match self {
            Self::Folder(folder) => vec![Line::Folder(folder.clone())],
            Self::Smtp(smtp) => smtp.lines().into_iter().map(|line| Line::Smtp(Box::new(line))).collect(),
            Self::Memory(memory) => vec![Line::Memory(std::mem::take(memory))],
        }
    }

    /// Takes connections back that are not used any more.
    pub fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines {
            if let (Self::Memory(memory), Line::Memory(back)) = (&mut *self, line) {
                *memory = back;
            }
        }
    }

    /// Whether letters go at a set pace, so that a connection may wait long before the next.
    #[must_use]
    pub fn is_paced(&self) -> bool {
        matches!(self, Self::Smtp(smtp) if smtp.is_paced())
    }

    /// How long the relay is thought to remember letters; none where they go at no set pace.
    #[must_use]
    pub fn counts_back(&self) -> Option<Duration> {
        match self {
            Self::Smtp(smtp) => smtp.pace().longest(),
            Self::Folder(_) | Self::Memory(_) => None,
        }
    }

    /// Counts letters that were handed over before this process began, each so long ago, the earliest first.
    pub fn remember(&self, ago: impl Iterator<Item = Duration>) {
        if let Self::Smtp(smtp) = self {
            smtp.pace().remember(ago);
        }
    }

    /// Hands over one letter that no outbox watches over, and takes leave.
    pub async fn deliver(&mut self, letter: &Outgoing) -> Delivery {
        let mut lines = self.lines();
        lines.truncate(1);
        let Some(line) = lines.first_mut() else {
            return Delivery::Unreachable { reason: "no connection is allowed".to_owned() };
        };
        let delivery = match line.prepare(letter).await {
            Ok(()) => line.hand_over(letter).await,
            Err(delivery) => delivery,
        };
        line.finish().await;
        self.give_back(lines);
        delivery
    }
}

impl Line {
    /// Waits until the pace allows another letter; says whether it does, or the wish to end came first.
    pub async fn turn(&mut self, halt: &mut watch::Receiver<bool>) -> bool {
        let Self::Smtp(smtp) = self else { return true };
        tokio::select! {
            () = smtp.turn() => true,
            _ = halt.wait_for(|halt| *halt) => false,
        }
    }

    /// Everything up to the point where the letter could be taken over.
    ///
    /// # Errors
    /// Why it cannot be; then it surely was not.
    pub async fn prepare(&mut self, letter: &Outgoing) -> Result<(), Delivery> {
        match self {
            Self::Folder(folder) => folder.prepare().await,
            Self::Smtp(smtp) => smtp.prepare(letter).await,
            Self::Memory(memory) => memory.prepare(),
        }
    }

    /// Hands over the letter prepared last.
    pub async fn hand_over(&mut self, letter: &Outgoing) -> Delivery {
        match self {
            Self::Folder(folder) => folder.hand_over(letter).await,
            Self::Smtp(smtp) => smtp.hand_over(letter).await,
            Self::Memory(memory) => memory.hand_over(letter),
        }
    }

    /// Takes leave of the relay. The next letter connects anew.
    pub async fn finish(&mut self) {
        if let Self::Smtp(smtp) = self {
            smtp.finish().await;
        }
    }
}
