//! Where a child process kills itself: the n-th commit or the n-th write to the relay, before it or after it.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use med_digest::mail::transport::{Dial, Stream, Tcp};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes of the state, each of which is synced.
    Commit,
    /// Writes to the relay.
    Write,
}

/// A point in the life of the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub kind: Kind,
    /// Counted from one.
    pub nth: usize,
    pub before: bool,
}

/// Counts, and kills at the point, if there is one.
#[derive(Debug, Default)]
pub struct Kill {
    pub point: Option<Point>,
    pub commits: AtomicUsize,
    pub writes: AtomicUsize,
}

impl Kill {
    fn now(&self, kind: Kind, nth: usize, before: bool) {
        if self.point == Some(Point { kind, nth, before }) {
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL).unwrap();
            // The signal may take a moment, in which nothing more may happen.
            loop {
                std::thread::sleep(std::time::Duration::from_secs(1));
            }
        }
    }

    pub fn around_commit<T>(&self, work: impl FnOnce() -> T) -> T {
        let nth = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        self.now(Kind::Commit, nth, true);
        let result = work();
        self.now(Kind::Commit, nth, false);
        result
    }
}

/// TCP whose writes are counted.
#[derive(Debug)]
pub struct CountedTcp(pub Arc<Kill>);

impl Dial for CountedTcp {
    fn dial<'a>(&'a self, host: &'a str, port: u16) -> Pin<Box<dyn Future<Output = io::Result<Stream>> + Send + 'a>> {
        Box::pin(async move {
            let inner = Tcp.dial(host, port).await?;
            Ok(Box::new(Counted { inner, kill: Arc::clone(&self.0) }) as Stream)
        })
    }
}

struct Counted {
    inner: Stream,
    kill: Arc<Kill>,
}

impl fmt::Debug for Counted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Counted")
    }
}

impl AsyncTokioStream for Counted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.peer_addr()
    }
}

impl AsyncRead for Counted {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let nth = this.kill.writes.fetch_add(1, Ordering::SeqCst) + 1;
        this.kill.now(Kind::Write, nth, true);
        let written = Pin::new(&mut this.inner).poll_write(context, bytes);
        this.kill.now(Kind::Write, nth, false);
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(context)
    }
}
