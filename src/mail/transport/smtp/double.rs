//! The relay as a scripted double: it answers, hesitates, refuses and hangs up on command, and keeps a ledger of what it
//! took.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use super::Security;

pub(super) const TEST_DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/mail/transport/testdata/");

/// What the double does instead of its usual answer.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Say(&'static str),
    HangUp,
    /// Takes the letter, then hangs up without a word, or in the middle of one.
    TakeAndHangUp(&'static str),
    Silence,
}

/// Once, at the first line that begins so; `.` is the end of the text, `connect` the greeting.
pub(super) type Fault = (&'static str, Act);

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) connections: usize,
    pub(super) commands: Vec<String>,
    pub(super) taken: Vec<(String, String)>,
    pub(super) faults: Vec<Fault>,
}

#[derive(Clone)]
pub(super) struct Double {
    pub(super) port: u16,
    pub(super) ledger: Arc<Mutex<Ledger>>,
}

impl Double {
    pub(super) async fn start(faults: &[Fault], security: Security) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let ledger = Arc::new(Mutex::new(Ledger { faults: faults.to_vec(), ..Ledger::default() }));
        let double = Self { port, ledger };
        let server = double.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let server = server.clone();
                server.ledger.lock().unwrap().connections += 1;
                tokio::spawn(async move {
                    match security {
                        Security::None => drop(server.serve(stream, true).await),
                        Security::Implicit => drop(server.serve(acceptor().accept(stream).await?, true).await),
                        Security::StartTls => {
                            let mut plain = BufReader::new(stream);
                            plain.write_all(b"220 double\r\n").await?;
                            for reply in ["250-double\r\n250-STARTTLS\r\n250 8BITMIME\r\n", "220 go ahead\r\n"] {
                                let mut line = String::new();
                                plain.read_line(&mut line).await?;
                                server.ledger.lock().unwrap().commands.push(format!("plain {}", line.trim_end()));
                                plain.write_all(reply.as_bytes()).await?;
                            }
                            drop(server.serve(acceptor().accept(plain.into_inner()).await?, false).await);
                        }
                    }
                    std::io::Result::Ok(())
                });
            }
        });
        double
    }

    pub(super) fn act(&self, line: &str) -> Option<Act> {
        let mut ledger = self.ledger.lock().unwrap();
        let at = ledger.faults.iter().position(|(start, _)| line.starts_with(start))?;
        Some(ledger.faults.remove(at).1)
    }

    pub(super) async fn serve(&self, stream: impl AsyncRead + AsyncWrite + Unpin, greet: bool) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        if greet {
            match self.act("connect") {
                None => stream.write_all(b"220 double\r\n").await?,
                Some(Act::Say(text)) => stream.write_all(format!("{text}\r\n").as_bytes()).await?,
                Some(_) => return Ok(()),
            }
        }
        let mut recipient = String::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_owned();
            self.ledger.lock().unwrap().commands.push(line.clone());
            let usual = match line.get(..4).unwrap_or_default() {
                "EHLO" => "250-double\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
                "AUTH" => "235 welcome",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                "RCPT" => {
                    recipient = line.trim_start_matches("RCPT TO:").trim_matches(['<', '>']).to_owned();
                    "250 ok"
                }
                _ => "250 ok",
            };
            match self.act(&line) {
                None => stream.write_all(format!("{usual}\r\n").as_bytes()).await?,
                Some(Act::Say(text)) => {
                    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
                    if text.starts_with("421") {
                        return Ok(());
                    }
                    continue;
                }
                Some(Act::Silence) => std::future::pending().await,
                Some(_) => return Ok(()),
            }
            match line.as_str() {
                "QUIT" => return Ok(()),
                "DATA" => {
                    let mut text = String::new();
                    loop {
                        let mut line = String::new();
                        if stream.read_line(&mut line).await? == 0 {
                            return Ok(());
                        }
                        if line == ".\r\n" {
                            break;
                        }
                        text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    }
                    let take = || self.ledger.lock().unwrap().taken.push((recipient.clone(), text.clone()));
                    match self.act(".") {
                        None => {
                            take();
                            stream.write_all(b"250 2.0.0 queued as 4711\r\n").await?;
                        }
                        Some(Act::Say(reply)) => {
                            stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
                            if reply.starts_with("421") {
                                return Ok(());
                            }
                        }
                        Some(Act::HangUp) => return Ok(()),
                        Some(Act::TakeAndHangUp(half)) => {
                            take();
                            stream.write_all(half.as_bytes()).await?;
                            return Ok(());
                        }
                        Some(Act::Silence) => {
                            take();
                            std::future::pending::<()>().await;
                        }
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn taken(&self) -> Vec<String> {
        self.ledger.lock().unwrap().taken.iter().map(|(recipient, _)| recipient.clone()).collect()
    }

    pub(super) fn commands(&self) -> String {
        self.ledger.lock().unwrap().commands.join("\n")
    }

    pub(super) fn connections(&self) -> usize {
        self.ledger.lock().unwrap().connections
    }
}

pub(super) fn acceptor() -> TlsAcceptor {
    let certificates = CertificateDer::pem_file_iter(format!("{TEST_DATA}relay.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(format!("{TEST_DATA}relay-key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates.map(Result::unwrap).collect(), key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
