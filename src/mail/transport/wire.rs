//! The stream under an SMTP connection: TCP without Nagle's delay, plain or in TLS.
//!
//! Whoever makes the stream is handed in ([`Dial`]): the shipped way is TCP, and a test can put a stream in between that ends
//! the process at a chosen write.
//!
//! lettre connects by itself too, but leaves the delay on, which with its two writes per letter costs 40 ms each (23 letters
//! a second instead of thousands). It also reads ahead before STARTTLS and would take what an attacker put there as said in
//! TLS; here every reply before TLS is read byte by byte, so nothing can be left over.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

/// Replies before TLS are short; more is no mail server.
const LONGEST_REPLY: usize = 16 * 1024;

/// A connected stream, not protected yet.
pub type Stream = Box<dyn AsyncTokioStream>;

/// Makes connections to a relay.
pub trait Dial: Send + Sync + fmt::Debug {
    /// Connects.
    fn dial<'a>(&'a self, host: &'a str, port: u16) -> Pin<Box<dyn Future<Output = io::Result<Stream>> + Send + 'a>>;
}

/// Connects by TCP, without Nagle's delay.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tcp;

impl Dial for Tcp {
    fn dial<'a>(&'a self, host: &'a str, port: u16) -> Pin<Box<dyn Future<Output = io::Result<Stream>> + Send + 'a>> {
        Box::pin(async move {
            let stream = TcpStream::connect((host, port)).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Stream)
        })
    }
}

/// A connected stream for lettre.
pub(super) enum Wire {
    /// As it is.
    Plain(Stream),
    /// In TLS.
    Tls {
        /// The stream.
        stream: Box<TlsStream<Stream>>,
        /// Read before anything of the stream: the greeting, which after STARTTLS is not repeated though lettre waits for one.
        greeting: &'static [u8],
    },
}

impl Wire {
    /// TLS from the first byte.
    pub(super) async fn tls(stream: Stream, host: &str, config: Arc<ClientConfig>) -> io::Result<Self> {
        let stream = Box::new(handshake(stream, host, config).await?);
        Ok(Self::Tls { stream, greeting: b"" })
    }

    /// TLS after STARTTLS; a server that does not offer it is an error, never a plain connection.
    pub(super) async fn starttls(
        mut stream: Stream,
        host: &str,
        hello: &str,
        config: Arc<ClientConfig>,
    ) -> io::Result<Self> {
        expect(&read_reply(&mut stream).await?, "220")?;
        stream.write_all(format!("EHLO {hello}\r\n").as_bytes()).await?;
        let extensions = read_reply(&mut stream).await?;
        expect(&extensions, "250")?;
        let offered = extensions
            .lines()
            .any(|line| line.get(4..).is_some_and(|word| word.trim().eq_ignore_ascii_case("STARTTLS")));
        if !offered {
            return Err(io::Error::other("the server does not offer STARTTLS"));
        }
        stream.write_all(b"STARTTLS\r\n").await?;
        expect(&read_reply(&mut stream).await?, "220")?;
        let stream = Box::new(handshake(stream, host, config).await?);
        Ok(Self::Tls { stream, greeting: b"220 ready\r\n" })
    }
}

/// Authorities of the internet, and those of a file beside them.
pub(super) fn client_config(authorities: Option<&Path>) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = authorities {
        for certificate in CertificateDer::pem_file_iter(path).map_err(io::Error::other)? {
            roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
        }
    }
    // TLS 1.2 and 1.3.
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

async fn handshake(stream: Stream, host: &str, config: Arc<ClientConfig>) -> io::Result<TlsStream<Stream>> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    TlsConnector::from(config).connect(name, stream).await
}

fn expect(reply: &str, code: &str) -> io::Result<()> {
    if reply.starts_with(code) {
        Ok(())
    } else {
        Err(io::Error::other(format!("the server answered: {}", reply.trim())))
    }
}

/// One reply, all its lines, and not a byte more.
async fn read_reply(stream: &mut Stream) -> io::Result<String> {
    let mut reply = Vec::new();
    let mut line_start = 0;
    while reply.len() < LONGEST_REPLY {
        let byte = stream.read_u8().await?;
        reply.push(byte);
        if byte == b'\n' {
            // A hyphen behind the code says that more lines follow.
            if reply.get(line_start + 3) != Some(&b'-') {
                return Ok(String::from_utf8_lossy(&reply).into_owned());
            }
            line_start = reply.len();
        }
    }
    Err(io::Error::other("the server's reply is too long"))
}

impl fmt::Debug for Wire {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Plain(_) => "Wire(plain)",
            Self::Tls { .. } => "Wire(TLS)",
        })
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Plain(stream) => stream.peer_addr(),
            Self::Tls { stream, .. } => stream.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Tls { stream, greeting } => {
                if greeting.is_empty() {
                    return Pin::new(stream).poll_read(context, buffer);
                }
                let (now, later) = greeting.split_at(greeting.len().min(buffer.remaining()));
                buffer.put_slice(now);
                *greeting = later;
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Self::Tls { stream, .. } => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Tls { stream, .. } => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Tls { stream, .. } => Pin::new(stream).poll_shutdown(context),
        }
    }
}
