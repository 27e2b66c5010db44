//! The wish to end: asked for once, seen everywhere, fulfilled between two letters.

use std::io;
use std::sync::Arc;

use tokio::sync::watch;

/// Handed to whatever may have to end.
#[derive(Clone, Debug)]
pub struct Stop {
    asked: Arc<watch::Sender<bool>>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { asked: Arc::new(watch::Sender::new(false)) }
    }
}

impl Stop {
    /// Asks everybody to end.
    pub fn ask(&self) {
        self.asked.send_replace(true);
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.asked.borrow()
    }

    /// Waits until somebody asks.
    pub async fn wait(&self) {
        // The sender lives as long as this does, so the wait can only end with the wish.
        let _ = self.asked.subscribe().wait_for(|asked| *asked).await;
    }

    /// From here on SIGTERM and SIGINT ask to end. To be called on an executor; the handlers are there when it returns.
    ///
    /// # Errors
    /// When the system does not let the signals be handled.
    #[cfg(unix)]
    pub fn on_signals(&self) -> io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let stop = self.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            stop.ask();
        });
        Ok(())
    }

    /// From here on Ctrl-C asks to end.
    ///
    /// # Errors
    /// Never; the signature is that of other systems.
    #[cfg(not(unix))]
    pub fn on_signals(&self) -> io::Result<()> {
        let stop = self.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.ask();
            }
        });
        Ok(())
    }
}
