//! One connection at work: takes its letters in order, and asks before it hands one over.

use tokio::sync::{mpsc, watch};

use crate::mail::transport::{Delivery, Line, Outgoing};
use crate::store::LetterId;

/// A letter for a connection.
#[derive(Debug)]
pub(super) struct Job {
    pub id: LetterId,
    pub outgoing: Outgoing,
}

/// What a connection tells, always with what became of its letters since it last told something.
#[derive(Debug)]
pub(super) struct News {
    pub line: usize,
    /// In the order of its jobs; none where a letter was surely not begun and is not going to be.
    pub done: Vec<(LetterId, Option<Delivery>)>,
    /// The next letter is prepared and waits for the mark.
    pub asks: bool,
}

/// The ends of a connection's task.
pub(super) struct Ends {
    pub line: usize,
    pub jobs: mpsc::UnboundedReceiver<Job>,
    /// How many letters, the prepared one first, are written down as "may be handed over"; none to return it.
    pub marks: mpsc::UnboundedReceiver<usize>,
    pub news: mpsc::UnboundedSender<News>,
    /// Whether to end after the letter under way.
    pub halt: watch::Receiver<bool>,
}

/// A connection and what it has to tell.
struct Worker {
    line: Line,
    ends: Ends,
    /// How many letters, the next one first, may be handed over.
    marked: usize,
    done: Vec<(LetterId, Option<Delivery>)>,
}

/// Works until there are no more jobs to come, then takes leave of the relay.
pub(super) async fn work(line: Line, ends: Ends) -> Line {
    let mut worker = Worker { line, ends, marked: 0, done: Vec::new() };
    while let Some(job) = worker.next().await {
        let delivery = worker.handle(&job).await;
        worker.marked = worker.marked.saturating_sub(1);
        // Good news can wait for the next mark: each telling wakes the other side. All else it wants to know at once.
        let is_good = matches!(delivery, Some(Delivery::Accepted { .. }));
        worker.done.push((job.id, delivery));
        if !is_good && !worker.tell(false) {
            break;
        }
    }
    worker.line.finish().await;
    worker.line
}

impl Worker {
    /// The next job; before it waits for one, it tells what it has.
    async fn next(&mut self) -> Option<Job> {
        if let Ok(job) = self.ends.jobs.try_recv() {
            return Some(job);
        }
        if !self.done.is_empty() && !self.tell(false) {
            return None;
        }
        self.ends.jobs.recv().await
    }

    /// False where nobody listens because the pass was broken off; then nothing more may be handed over.
    fn tell(&mut self, asks: bool) -> bool {
        let done = std::mem::take(&mut self.done);
        self.ends.news.send(News { line: self.ends.line, done, asks }).is_ok()
    }

    /// None where the letter was not begun.
    async fn handle(&mut self, job: &Job) -> Option<Delivery> {
        if *self.ends.halt.borrow() || !self.line.turn(&mut self.ends.halt).await {
            return None;
        }
        // Up to here nobody can have anything, so there is nothing to wait for when the end is asked for.
        let prepared = tokio::select! {
            prepared = self.line.prepare(&job.outgoing) => prepared,
            _ = self.ends.halt.wait_for(|halt| *halt) => return None,
        };
        if let Err(delivery) = prepared {
            return Some(delivery);
        }
        if self.marked == 0 {
            if !self.tell(true) {
                return None;
            }
            self.marked = self.ends.marks.recv().await.filter(|marked| *marked > 0)?;
        }
        Some(self.line.hand_over(&job.outgoing).await)
    }
}
