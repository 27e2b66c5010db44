//! A relay, phase by phase.
//!
//! lettre's one call for a whole message gives the same error for a connection lost before the recipient was named and
//! after the message was accepted. So its connection is driven command by command: one recipient per transaction, a time
//! limit for each phase, and whatever happens between the first byte of the text and the relay's answer is
//! [`Delivery::Unknown`] unless the relay answered.
//!
//! lettre's pool of connections costs 40 ms a letter and hides that moment; here are as many [`SmtpLine`]s as the relay allows,
//! each with its own connection, and all of them keep the same pace.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::Error as LettreError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;

use super::pace::Pace;
use super::verdict::{Failure, NOBODY, Phase, redact, text_of, within};
use super::wire::{Dial, Tcp, Wire, client_config};
use super::{Delivery, Outgoing};
use crate::mail::Address;

pub use super::relay::{Preset, Security, SmtpError, SmtpSettings, Timeouts};

/// How long taking leave may take: a courtesy, the letters before it are already answered for.
const LEAVE: Duration = Duration::from_secs(5);

/// A relay that letters can be handed to.
pub struct SmtpTransport {
    relay: Arc<Relay>,
}

/// What all connections to a relay share.
struct Relay {
    settings: SmtpSettings,
    tls: Option<Arc<ClientConfig>>,
    dial: Box<dyn Dial>,
    pace: Pace,
}

/// One connection to a relay, kept between letters.
pub struct SmtpLine {
    relay: Arc<Relay>,
    session: Option<Session>,
}

struct Session {
    connection: AsyncSmtpConnection,
    /// A sender was named, and no text followed: RSET before the next.
    begun: bool,
}

impl fmt::Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.relay.settings.fmt(formatter)
    }
}

impl fmt::Debug for SmtpLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.relay.settings.fmt(formatter)
    }
}

impl SmtpTransport {
    /// Checks the settings; nothing is connected yet.
    ///
    /// # Errors
    /// [`SmtpError`] where letters or passwords would go unprotected.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        Self::over(settings, Box::new(Tcp))
    }

    /// The same over connections that somebody else makes.
    ///
    /// # Errors
    /// [`SmtpError`] where letters or passwords would go unprotected.
    pub fn over(settings: SmtpSettings, dial: Box<dyn Dial>) -> Result<Self, SmtpError> {
        settings.check()?;
        let tls = match settings.security {
            Security::None => None,
            _ => Some(client_config(settings.authorities.as_deref()).map_err(SmtpError::Authorities)?),
        };
        let pace = Pace::new(settings.rates.clone());
        Ok(Self { relay: Arc::new(Relay { settings, tls, dial, pace }) })
    }

    /// As many connections as are allowed; each connects with its first letter.
    pub(super) fn lines(&self) -> Vec<SmtpLine> {
        let count = self.relay.settings.connections.max(1);
        (0..count).map(|_| SmtpLine { relay: Arc::clone(&self.relay), session: None }).collect()
    }

    pub(super) fn is_paced(&self) -> bool {
        self.relay.pace.is_limited()
    }

    pub(super) fn pace(&self) -> &Pace {
        &self.relay.pace
    }
}

impl SmtpLine {
    pub(super) async fn turn(&self) {
        self.relay.pace.turn().await;
    }

    pub(super) async fn prepare(&mut self, letter: &Outgoing) -> Result<(), Delivery> {
        // A kept connection may have gone stale; then a fresh one deserves a try. Nothing was handed over yet.
        let reused = self.session.is_some();
        match self.begin(letter).await {
            Err(Delivery::Unreachable { .. }) if reused => self.begin(letter).await,
            other => other,
        }
    }

    async fn begin(&mut self, letter: &Outgoing) -> Result<(), Delivery> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => self.relay.connect().await?,
        };
        let limit = self.relay.settings.timeouts.command;
        let connection = &mut session.connection;
        if session.begun
            && let Err(failure) = within(limit, connection.command(Rset)).await
        {
            return Err(Delivery::Unreachable { reason: format!("RSET: {}", failure.text()) });
        }
        session.begun = true;
        let sender = lettre_address(&letter.from)?;
        let recipient = lettre_address(&letter.to)?;
        let result = match agreed(limit, connection.command(Mail::new(Some(sender), Vec::new()))).await {
            Err(failure) => Err((failure, Phase::Sender)),
            Ok(()) => agreed(limit, connection.command(Rcpt::new(recipient, Vec::new())))
                .await
                .map_err(|failure| (failure, Phase::Recipient)),
        };
        match result {
            Ok(()) => {
                self.session = Some(session);
                Ok(())
            }
            Err((failure, phase)) => {
                if failure.leaves_connection() {
                    self.session = Some(session);
                }
                Err(failure.judge(phase, &letter.to))
            }
        }
    }

    pub(super) async fn hand_over(&mut self, letter: &Outgoing) -> Delivery {
        let Some(mut session) = self.session.take() else {
            return Delivery::Unreachable { reason: "not connected".to_owned() };
        };
        let timeouts = self.relay.settings.timeouts;
        match within(timeouts.data, session.connection.command(Data)).await {
            Ok(response) if response.has_code(354) => {}
            // Dropping the connection here sends no text, so nothing can have been taken.
            Ok(response) => {
                return Delivery::Unreachable { reason: format!("unexpected answer to DATA: {}", text_of(&response)) };
            }
            Err(failure) => {
                if failure.leaves_connection() {
                    self.session = Some(session);
                }
                return failure.judge(Phase::Data, &letter.to);
            }
        }
        // lettre ends every text with a line end of its own.
        let text = letter.bytes.strip_suffix(b"\r\n").unwrap_or(&letter.bytes);
        // From here on a lost connection leaves the letter's fate open; dropping it never sends the final dot.
        match within(timeouts.text + timeouts.dot, session.connection.message(text)).await {
            Ok(response) if response.code().severity == Severity::PositiveCompletion => {
                session.begun = false;
                self.session = Some(session);
                Delivery::Accepted { reply: redact(&text_of(&response), &letter.to) }
            }
            Ok(response) => {
                Delivery::Unknown { reason: format!("unexpected answer to the text: {}", text_of(&response)) }
            }
            Err(Failure::Lost(reason)) => Delivery::Unknown { reason },
            Err(failure) => {
                if failure.leaves_connection() {
                    session.begun = false;
                    self.session = Some(session);
                }
                failure.judge(Phase::Text, &letter.to)
            }
        }
    }

    pub(super) async fn finish(&mut self) {
        if let Some(mut session) = self.session.take() {
            let _ = timeout(LEAVE, session.connection.quit()).await;
        }
    }
}

impl Relay {
    async fn connect(&self) -> Result<Session, Delivery> {
        let place = format!("{}:{}", self.settings.host, self.settings.port);
        let connection = self.open().await.map_err(|delivery| match delivery {
            Delivery::Unreachable { reason } => Delivery::Unreachable { reason: format!("{place}: {reason}") },
            other => other,
        })?;
        Ok(Session { connection, begun: false })
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Delivery> {
        let settings = &self.settings;
        let timeouts = settings.timeouts;
        let host = settings.host.trim_matches(['[', ']']);
        let stream = in_time(timeouts.connect, "no connection", self.dial.dial(host, settings.port)).await?;
        let wire = match (settings.security, &self.tls) {
            (Security::Implicit, Some(tls)) => {
                in_time(timeouts.tls, "no TLS", Wire::tls(stream, host, tls.clone())).await?
            }
            (Security::StartTls, Some(tls)) => {
                let agreed = Wire::starttls(stream, host, &settings.hello, tls.clone());
                in_time(timeouts.tls, "no TLS", agreed).await?
            }
            // A name that once meant this machine may come to mean another.
            _ if stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback()) => Wire::Plain(stream),
            _ => return Err(Delivery::RejectedSystem { reply: "TLS is required".to_owned() }),
        };
        let hello = ClientId::Domain(settings.hello.clone());
        let greeted = within(timeouts.greeting, AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello));
        let mut connection = greeted.await.map_err(|failure| failure.judge(Phase::Connect, NOBODY))?;
        if let Some((user, password)) = &settings.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            match timeout(timeouts.sign_in, connection.auth(&mechanisms, &credentials)).await {
                Ok(Ok(_)) => {}
                // The relay offers no way to sign in that we know.
                Ok(Err(error)) if error.is_client() => {
                    return Err(Delivery::RejectedSystem { reply: error.to_string() });
                }
                Ok(Err(error)) => return Err(Failure::of(&error).judge(Phase::SignIn, NOBODY)),
                Err(_) => return Err(late("no answer to the sign-in")),
            }
        }
        Ok(connection)
    }
}

fn late(what: &str) -> Delivery {
    Delivery::Unreachable { reason: format!("{what} in time") }
}

async fn in_time<T>(limit: Duration, what: &str, work: impl Future<Output = io::Result<T>>) -> Result<T, Delivery> {
    match timeout(limit, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Delivery::Unreachable { reason: error.to_string() }),
        Err(_) => Err(late(what)),
    }
}

/// An answer that agrees; one that asks for more, where nothing more is to come, is no answer of a mail server.
async fn agreed(limit: Duration, answer: impl Future<Output = Result<Response, LettreError>>) -> Result<(), Failure> {
    let response = within(limit, answer).await?;
    if response.code().severity == Severity::PositiveCompletion {
        return Ok(());
    }
    Err(Failure::Lost(format!("unexpected answer: {}", text_of(&response))))
}

fn lettre_address(address: &Address) -> Result<lettre::Address, Delivery> {
    let refused = || Delivery::RejectedRecipient { reply: "not a mail address".to_owned() };
    address.as_str().parse().map_err(|_| refused())
}

#[cfg(test)]
mod double;
#[cfg(test)]
mod tests;
