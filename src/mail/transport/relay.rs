//! A relay and how to talk to it.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::Rate;
use crate::diagnostic::Problem;
use crate::mail::messages;

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

impl Security {
    /// The port that goes with it.
    #[must_use]
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Implicit => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// What is usual for a kind of relay; every value can be set otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name in the configuration.
    pub name: &'static str,
    /// The relay, where all of the kind have the same.
    pub host: Option<&'static str>,
    /// How it is protected.
    pub security: Security,
    /// Its port.
    pub port: u16,
    /// The most connections beside each other.
    pub connections: usize,
    /// How many letters it takes in which time.
    pub rates: &'static [Rate],
    /// Whether it wants user and password.
    pub signs_in: bool,
}

impl Preset {
    /// All of them.
    pub const ALL: &'static [Self; 3] = &[
        // A tenant's mailbox: thirty messages a minute, three connections; more is answered with 4.3.2 or 4.7.x.
        Self {
            name: "microsoft365",
            host: Some("smtp.office365.com"),
            security: Security::StartTls,
            port: 587,
            connections: 3,
            rates: &[Rate { letters: 30, within: Duration::from_secs(60) }],
            signs_in: true,
        },
        // The organisation's own relay, which knows this machine by its address. Gentle, since it has other senders too.
        Self {
            name: "inside",
            host: None,
            security: Security::StartTls,
            port: 25,
            connections: 4,
            rates: &[Rate { letters: 50, within: Duration::from_secs(1) }],
            signs_in: false,
        },
        // A provider of bulk mail with user and password.
        Self {
            name: "provider",
            host: None,
            security: Security::Implicit,
            port: 465,
            connections: 4,
            rates: &[Rate { letters: 10, within: Duration::from_secs(1) }],
            signs_in: true,
        },
    ];
}

/// How long each phase may take. They are RFC 5321's, but for the connection, of which nothing is lost by asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Connecting.
    pub connect: Duration,
    /// Agreeing on TLS, with the commands before it.
    pub tls: Duration,
    /// The greeting and its answer.
    pub greeting: Duration,
    /// Signing in.
    pub sign_in: Duration,
    /// Each command about sender and recipient.
    pub command: Duration,
    /// The go-ahead for the text.
    pub data: Duration,
    /// Sending the text, before the ten minutes below.
    pub text: Duration,
    /// The answer to its end. Long: giving up here makes a letter of unknown fate.
    pub dot: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(60),
            tls: seconds(60),
            greeting: seconds(300),
            sign_in: seconds(120),
            command: seconds(300),
            data: seconds(120),
            text: seconds(180),
            dot: seconds(600),
        }
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
    /// The most connections beside each other.
    pub connections: usize,
    /// How many letters may begin in which time.
    pub rates: Vec<Rate>,
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

impl SmtpSettings {
    /// Refuses what would send letters or passwords unprotected.
    pub(super) fn check(&self) -> Result<(), SmtpError> {
        if self.security != Security::None {
            return Ok(());
        }
        if self.credentials.is_some() {
            return Err(SmtpError::CredentialsWithoutTls);
        }
        let address = self.host.trim_matches(['[', ']']).parse::<IpAddr>();
        if self.host != "localhost" && !address.is_ok_and(|address| address.is_loopback()) {
            return Err(SmtpError::TlsRequired(self.host.clone()));
        }
        Ok(())
    }
}
