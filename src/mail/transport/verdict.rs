//! What a relay's answer means: who is to blame, and what is certain.

use std::error::Error as _;
use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::Error as LettreError;
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;

use super::Delivery;
use crate::mail::Address;

/// What became of one command.
pub(super) enum Failure {
    /// The relay said no; the connection may go on.
    Refused { code: u16, reply: String },
    /// No answer, or none that can be understood; the connection is useless.
    Lost(String),
}

/// Where in the conversation the relay said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Connect,
    SignIn,
    Sender,
    Recipient,
    Data,
    Text,
}

/// Stands for the recipient where none was named yet.
pub(super) const NOBODY: Option<&Address> = None;

impl Failure {
    pub(super) fn of(error: &LettreError) -> Self {
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        match error.status() {
            Some(code) => {
                let code = code.to_string();
                Self::Refused { code: code.parse().unwrap_or(0), reply: format!("{code} {said}").trim_end().to_owned() }
            }
            None => Self::Lost(error.to_string()),
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Refused { reply, .. } => reply,
            Self::Lost(reason) => reason,
        }
    }

    /// 421 announces that the relay hangs up.
    pub(super) fn leaves_connection(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if *code != 421)
    }

    /// Who is to blame, for a letter that surely was not taken.
    pub(super) fn judge<'a>(self, phase: Phase, to: impl Into<Option<&'a Address>>) -> Delivery {
        let (code, reply) = match self {
            Self::Lost(reason) => return Delivery::Unreachable { reason },
            Self::Refused { code, reply } => (code, reply),
        };
        let reply = match to.into() {
            Some(to) => redact(&reply, to),
            None => reply,
        };
        match (code, phase) {
            (421, Phase::Text) => Delivery::Temporary { reply },
            (421, _) | (..=499, Phase::Connect | Phase::SignIn | Phase::Sender) => {
                Delivery::Unreachable { reason: reply }
            }
            (..=499, _) => Delivery::Temporary { reply },
            (_, Phase::Recipient | Phase::Data | Phase::Text) if is_recipients_fault(code, &reply, phase) => {
                Delivery::RejectedRecipient { reply }
            }
            _ => Delivery::RejectedSystem { reply },
        }
    }
}

/// Whether a refusal is about the recipient. The enhanced code decides where there is one: 5.1 is the address, 5.2 the
/// mailbox; all else is about us, the message or the relay. Without one the plain code does.
fn is_recipients_fault(code: u16, reply: &str, phase: Phase) -> bool {
    let enhanced = reply.split_whitespace().nth(1).and_then(|word| word.strip_prefix("5."));
    match enhanced.and_then(|rest| rest.split_once('.')) {
        Some((subject, detail)) if detail.starts_with(|digit: char| digit.is_ascii_digit()) => match subject {
            // 5.1.7 and 5.1.8 are about the sender's address.
            "1" => !matches!(detail, "7" | "8"),
            "2" => true,
            // How a Microsoft 365 tenant refuses an address that its directory does not have, and others a mailbox that is
            // not there; said of the text, the same codes are about the message.
            "4" | "5" => {
                phase == Phase::Recipient && code == 550 && matches!((subject, detail), ("4", "1") | ("5", "0"))
            }
            _ => false,
        },
        _ => matches!(code, 550..=553 | 556),
    }
}

/// A reply without the recipient's address, which relays like to repeat: it is kept and shown.
pub(super) fn redact(reply: &str, to: &Address) -> String {
    let (lower, wanted) = (reply.to_ascii_lowercase(), to.key());
    let mut redacted = String::with_capacity(reply.len());
    let mut from = 0;
    for (at, found) in lower.match_indices(&wanted) {
        redacted.push_str(reply.get(from..at).unwrap_or_default());
        redacted.push_str(&to.to_string());
        from = at + found.len();
    }
    redacted.push_str(reply.get(from..).unwrap_or_default());
    redacted
}

pub(super) fn text_of(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), lines.join(" ")).trim_end().to_owned()
}

pub(super) async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = Result<T, LettreError>>,
) -> Result<T, Failure> {
    match timeout(limit, answer).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(Failure::of(&error)),
        Err(_) => Err(Failure::Lost(format!("no answer within {} seconds", limit.as_secs()))),
    }
}
