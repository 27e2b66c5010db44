//! A relay, phase by phase.
//!
//! lettre's one call for a whole message gives the same error for a connection lost before the recipient was named and
//! after the message was accepted. So its connection is driven command by command: one recipient per transaction, a time
//! limit for each phase, and whatever happens between the first byte of the text and the relay's answer is
//! [`Delivery::Unknown`] unless the relay answered.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;

use super::verdict::{Failure, NOBODY, Phase, redact, text_of, within};
use super::wire::{Wire, client_config};
use super::{Delivery, Outgoing};
use crate::diagnostic::Problem;
use crate::mail::{Address, messages};

/// How the way to the relay is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte, usually port 465.
    Implicit,
    /// TLS after STARTTLS, required, usually port 587 or 25.
    #[default]
    StartTls,
    /// None; only to this machine itself.
    None,
}

/// How long each phase may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Connecting, TLS, greeting and sign-in together.
    pub connect: Duration,
    /// Each command.
    pub command: Duration,
    /// The text and the answer to its end. Long: giving up here makes a letter of unknown fate (RFC 5321 says 10 minutes).
    pub text: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(60), command: Duration::from_secs(120), text: Duration::from_secs(600) }
    }
}

/// A relay and how to talk to it.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is protected.
    pub security: Security,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// What this machine calls itself.
    pub hello: String,
    /// A PEM file of authorities to trust besides those of the internet.
    pub authorities: Option<PathBuf>,
    /// How long each phase may take.
    pub timeouts: Timeouts,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SmtpSettings({}:{}, {:?})", self.host, self.port, self.security)
    }
}

/// Why a relay cannot be used as configured.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// Unprotected to another machine.
    #[error("TLS can be switched off only for a relay on this machine, not for {0}")]
    TlsRequired(String),
    /// A password in the clear.
    #[error("user and password are sent only through TLS")]
    CredentialsWithoutTls,
    /// The file of authorities.
    #[error("the authorities cannot be read: {0}")]
    Authorities(std::io::Error),
}

impl SmtpError {
    /// As a problem of the configuration, to be placed by the caller.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::TlsRequired(host) => Problem::new(&messages::SMTP_TLS_REQUIRED).with("host", host),
            Self::CredentialsWithoutTls => Problem::new(&messages::SMTP_CREDENTIALS),
            Self::Authorities(error) => Problem::new(&messages::SMTP_AUTHORITIES).with("error", error),
        }
    }
}

/// One connection at a time, kept between letters.
pub struct SmtpTransport {
    settings: SmtpSettings,
    tls: Option<Arc<ClientConfig>>,
    session: Option<Session>,
}

struct Session {
    connection: AsyncSmtpConnection,
    /// A sender was named, and no text followed: RSET before the next.
    begun: bool,
}

impl fmt::Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(formatter)
    }
}

impl SmtpTransport {
    /// Checks the settings; connects with the first letter.
    ///
    /// # Errors
    /// [`SmtpError`] where letters or passwords would go unprotected.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        let tls = match settings.security {
            Security::None => {
                if settings.credentials.is_some() {
                    return Err(SmtpError::CredentialsWithoutTls);
                }
                let address = settings.host.trim_matches(['[', ']']).parse::<IpAddr>();
                if settings.host != "localhost" && !address.is_ok_and(|address| address.is_loopback()) {
                    return Err(SmtpError::TlsRequired(settings.host));
                }
                None
            }
            _ => Some(client_config(settings.authorities.as_deref()).map_err(SmtpError::Authorities)?),
        };
        Ok(Self { settings, tls, session: None })
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
            None => self.connect().await?,
        };
        let limit = self.settings.timeouts.command;
        let connection = &mut session.connection;
        if session.begun
            && let Err(failure) = within(limit, connection.command(Rset)).await
        {
            return Err(Delivery::Unreachable { reason: format!("RSET: {}", failure.text()) });
        }
        session.begun = true;
        let sender = lettre_address(&letter.from)?;
        let recipient = lettre_address(&letter.to)?;
        let result = match within(limit, connection.command(Mail::new(Some(sender), Vec::new()))).await {
            Err(failure) => Err((failure, Phase::Sender)),
            Ok(_) => within(limit, connection.command(Rcpt::new(recipient, Vec::new())))
                .await
                .map_err(|failure| (failure, Phase::Recipient)),
        };
        match result {
            Ok(_) => {
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
        let timeouts = self.settings.timeouts;
        match within(timeouts.command, session.connection.command(Data)).await {
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
        // From here on a lost connection leaves the letter's fate open; dropping it never sends the final dot.
        match within(timeouts.text, session.connection.message(&letter.bytes)).await {
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
            // Courtesy only: the letters before it are already answered for.
            let _ = timeout(Duration::from_secs(5), session.connection.quit()).await;
        }
    }

    async fn connect(&self) -> Result<Session, Delivery> {
        let place = format!("{}:{}", self.settings.host, self.settings.port);
        match timeout(self.settings.timeouts.connect, self.open()).await {
            Ok(Ok(connection)) => Ok(Session { connection, begun: false }),
            Ok(Err(delivery)) => Err(match delivery {
                Delivery::Unreachable { reason } => Delivery::Unreachable { reason: format!("{place}: {reason}") },
                other => other,
            }),
            Err(_) => Err(Delivery::Unreachable { reason: format!("{place}: no connection in time") }),
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Delivery> {
        let settings = &self.settings;
        let unreachable = |error: std::io::Error| Delivery::Unreachable { reason: error.to_string() };
        let host = settings.host.trim_matches(['[', ']']);
        let stream = TcpStream::connect((host, settings.port)).await.map_err(unreachable)?;
        stream.set_nodelay(true).map_err(unreachable)?;
        let wire = match (settings.security, &self.tls) {
            (Security::Implicit, Some(tls)) => Wire::tls(stream, host, tls.clone()).await.map_err(unreachable)?,
            (Security::StartTls, Some(tls)) => {
                Wire::starttls(stream, host, &settings.hello, tls.clone()).await.map_err(unreachable)?
            }
            // A name that once meant this machine may come to mean another.
            _ if stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback()) => Wire::Plain(stream),
            _ => return Err(Delivery::RejectedSystem { reply: "TLS is required".to_owned() }),
        };
        let hello = ClientId::Domain(settings.hello.clone());
        let answered = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello).await;
        let mut connection = answered.map_err(|error| Failure::of(&error).judge(Phase::Connect, NOBODY))?;
        if let Some((user, password)) = &settings.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let signed_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
            signed_in.map_err(|error| {
                if error.is_client() {
                    return Delivery::RejectedSystem { reply: error.to_string() };
                }
                Failure::of(&error).judge(Phase::SignIn, NOBODY)
            })?;
        }
        Ok(connection)
    }
}

fn lettre_address(address: &Address) -> Result<lettre::Address, Delivery> {
    let refused = || Delivery::RejectedRecipient { reply: "not a mail address".to_owned() };
    address.as_str().parse().map_err(|_| refused())
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
