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

/// What a connection tells.
#[derive(Debug)]
pub(super) enum News {
    /// The next letter is prepared and waits for the mark.
    Ready { line: usize },
    /// A letter was surely not begun and is not going to be.
    Returned { line: usize, id: LetterId },
    /// What became of a letter.
    Done { line: usize, id: LetterId, delivery: Delivery },
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

/// Works until there are no more jobs to come, then takes leave of the relay.
pub(super) async fn work(mut line: Line, mut ends: Ends) -> Line {
    let mut marked = 0_usize;
    while let Some(job) = ends.jobs.recv().await {
        let number = ends.line;
        let news = match handle(&mut line, &job, &mut marked, &mut ends).await {
            Some(delivery) => News::Done { line: number, id: job.id, delivery },
            None => News::Returned { line: number, id: job.id },
        };
        marked = marked.saturating_sub(1);
        // Nobody listens when the pass was broken off; then nothing more may be handed over.
        if ends.news.send(news).is_err() {
            break;
        }
    }
    line.finish().await;
    line
}

/// None where the letter was not begun.
async fn handle(line: &mut Line, job: &Job, marked: &mut usize, ends: &mut Ends) -> Option<Delivery> {
    if *ends.halt.borrow() || !line.turn(&mut ends.halt).await {
        return None;
    }
    // Up to here nobody can have anything, so there is nothing to wait for when the end is asked for.
    let prepared = tokio::select! {
        prepared = line.prepare(&job.outgoing) => prepared,
        _ = ends.halt.wait_for(|halt| *halt) => return None,
    };
    if let Err(delivery) = prepared {
        return Some(delivery);
    }
    if *marked == 0 {
        ends.news.send(News::Ready { line: ends.line }).ok()?;
        *marked = ends.marks.recv().await.filter(|marked| *marked > 0)?;
    }
    Some(line.hand_over(&job.outgoing).await)
}
