//! One connection at work: takes its letters in order, and asks before it hands one over.

use std::collections::BTreeMap;

use tokio::sync::{mpsc, watch};

use crate::mail::transport::{Delivery, Line, Outgoing};
use crate::store::LetterId;

/// A letter for a connection.
#[derive(Debug)]
pub(super) struct Job {
    pub id: LetterId,
    pub outgoing: Outgoing,
}

/// Whether a letter may be handed over.
pub(super) type Mark = (LetterId, bool);

/// What a connection tells, always with what became of its letters since it last told something.
#[derive(Debug)]
pub(super) struct News {
    pub line: usize,
    /// In the order of its jobs; none where a letter was surely not begun and is not going to be.
    pub done: Vec<(LetterId, Option<Delivery>)>,
    /// It waits for marks, or will soon.
    pub asks: bool,
}

/// The ends of a connection's task.
pub(super) struct Ends {
    pub line: usize,
    pub jobs: mpsc::UnboundedReceiver<Job>,
    /// Letters that are written down as "may be handed over", and others that must not be.
    pub marks: mpsc::UnboundedReceiver<Vec<Mark>>,
    /// How many marks are to be in hand at least: fewer, and it asks for more while it goes on with these.
    pub reserve: usize,
    pub news: mpsc::UnboundedSender<News>,
    /// Whether to end after the letter under way.
    pub halt: watch::Receiver<bool>,
}

/// A connection and what it has to tell.
struct Worker {
    line: Line,
    ends: Ends,
    /// What it was told of its next letters.
    marks: BTreeMap<LetterId, bool>,
    /// It has asked for more.
    asked: bool,
    done: Vec<(LetterId, Option<Delivery>)>,
}

/// Works until there are no more jobs to come, then takes leave of the relay.
pub(super) async fn work(line: Line, ends: Ends) -> Line {
    let mut worker = Worker { line, ends, marks: BTreeMap::new(), asked: false, done: Vec::new() };
    while let Some(job) = worker.next().await {
        let delivery = worker.handle(&job).await;
        worker.marks.remove(&job.id);
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
        if !self.is_marked(job.id).await? {
            return None;
        }
        Some(self.line.hand_over(&job.outgoing).await)
    }

    /// Whether a letter may be handed over; none where nobody says so any more. While there are few marks left it asks for more,
    /// and the disk works on them beside the letters that are marked.
    async fn is_marked(&mut self, id: LetterId) -> Option<bool> {
        loop {
            while let Ok(marks) = self.ends.marks.try_recv() {
                self.asked = false;
                self.marks.extend(marks);
            }
            if !self.asked && (self.marks.len() <= self.ends.reserve || !self.marks.contains_key(&id)) {
                self.asked = true;
                if !self.tell(true) {
                    return None;
                }
            }
            if let Some(marked) = self.marks.get(&id) {
                return Some(*marked);
            }
            let marks = tokio::select! {
                marks = self.ends.marks.recv() => marks?,
                _ = self.ends.halt.wait_for(|halt| *halt) => return None,
            };
            self.asked = false;
            self.marks.extend(marks);
        }
    }
}
