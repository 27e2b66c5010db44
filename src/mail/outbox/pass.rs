//! One pass over what is due: the side that touches the state.
//!
//! It turns in a circle: hear what the connections have to tell, write all of it down in one commit together with the marks
//! that connections ask for, let them go on, give them new letters. While the disk is busy the connections go on with the
//! letters that were marked before. At no time are more letters marked and not settled than the policy's crash bound.

use std::collections::VecDeque;
use std::time::Duration as Span;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::line::{Ends, Job, News, work};
use super::plan::NOT_ALLOWED;
use super::policy::Policy;
use super::{OutboxError, Summary};
use crate::mail::address::Address;
use crate::mail::allow::Gate;
use crate::mail::transport::{Delivery, Line, Outgoing, Transport};
use crate::store::{
    Advanced, ClaimedLetter, ContentHash, EditionId, EditionKey, LetterEvent, LetterId, Step, Store, StoreError,
};

/// The fewest letters taken up at once: each time costs a commit, and a letter taken up is surely not sent.
const LEAST_CLAIM: usize = 32;
/// The wish to end is looked for at least this often.
const TICK: Span = Span::from_millis(100);
/// How long the end of a pass waits for connections.
const LAST_WAIT: Span = Span::from_secs(10);
/// Who holds an edition that the relay refuses.
const WHO: &str = "daemon";

/// What a pass goes by.
#[derive(Clone, Copy)]
pub struct Pass<'a> {
    /// The envelope's sender.
    pub from: &'a Address,
    /// Who may get mail now.
    pub gate: &'a Gate,
    /// How long and how often.
    pub policy: &'a Policy,
    /// The time, asked anew for each letter: a pass over a slow relay takes a while.
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// Whether to end after the letters under way. Dropping the future instead leaves those of unknown fate.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// Sends what is due, until nothing is, the policy's number is reached, the relay is out of reach or the pass is stopped.
///
/// # Errors
/// The store's; letters under way stay as far as they were written down, and the next pass sorts them out.
pub async fn deliver_due(
    store: &mut dyn Store,
    transport: &mut Transport,
    pass: Pass<'_>,
) -> Result<Summary, OutboxError> {
    let now = (pass.now)();
    let mut summary = Summary { recovered: store.recover(now)?, ..Summary::default() };
    summary.decided = store.decide_unknown(&pass.policy.unknown, now)?;
    store.no_later(now + pass.policy.longest_pause)?;
    let mut desk = Desk::new(store, pass, transport, summary);
    let result = desk.run().await;
    let Desk { store, mut tasks, mut ended, mut summary, lines, .. } = desk;
    // Without their jobs the tasks take leave of the relay and end; letters they still have are not begun any more.
    lines.iter().for_each(Connection::halt);
    drop(lines);
    let rest = async {
        while let Some(line) = tasks.join_next().await {
            ended.extend(line);
        }
    };
    // Only where the state broke away can a connection still be waiting for an answer, which nobody could write down.
    let _ = timeout(LAST_WAIT, rest).await;
    transport.give_back(ended);
    result?;
    summary.completed = store.close_settled((pass.now)())?;
    Ok(summary)
}

/// What the pass knows of a connection.
struct Connection {
    jobs: Option<mpsc::UnboundedSender<Job>>,
    marks: mpsc::UnboundedSender<usize>,
    halt: watch::Sender<bool>,
    /// Its letters in order, those that are marked first.
    queue: VecDeque<Under>,
    /// It waits for a mark.
    asks: bool,
    /// It got at least one letter as far as the relay's answer.
    proven: bool,
}

impl Connection {
    fn halt(&self) {
        self.halt.send_replace(true);
    }
}

/// A letter under way.
struct Under {
    letter: ClaimedLetter,
    marked: bool,
}

/// The pass at work.
struct Desk<'a> {
    store: &'a mut dyn Store,
    pass: Pass<'a>,
    lines: Vec<Connection>,
    tasks: JoinSet<Line>,
    /// Connections whose tasks are over.
    ended: Vec<Line>,
    news: mpsc::UnboundedReceiver<News>,
    halting: bool,
    summary: Summary,
    /// Changes to be written with the next commit, each with the letter and what is to be counted.
    steps: Vec<Step>,
    counts: Vec<Option<Count>>,
    /// Marked and not yet settled on the disk.
    open_marks: usize,
    crash_bound: usize,
    /// The most letters of one connection that one mark covers.
    cover: usize,
    left: usize,
    exhausted: bool,
    alive_at: Instant,
    sign_of_life: Span,
}

/// Which number of the summary a step adds to.
#[derive(Clone, Copy)]
enum Count {
    Sent,
    Rejected,
    Expired,
    Postponed,
    Unknown,
    Suppressed,
}

impl<'a> Desk<'a> {
    fn new(store: &'a mut dyn Store, pass: Pass<'a>, transport: &mut Transport, summary: Summary) -> Self {
        let lines = transport.lines();
        let sign_of_life = store.lease() / 3;
        let crash_bound = pass.policy.crash_bound.unwrap_or(lines.len()).max(1);
        let cover = if transport.is_paced() { 1 } else { (crash_bound / lines.len().max(1)).max(1) };
        let (sender, news) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        let mut connections = Vec::with_capacity(lines.len());
        for (number, line) in lines.into_iter().enumerate() {
            let (jobs, jobs_end) = mpsc::unbounded_channel();
            let (marks, marks_end) = mpsc::unbounded_channel();
            let (halt, halt_end) = watch::channel(false);
            let ends = Ends { line: number, jobs: jobs_end, marks: marks_end, news: sender.clone(), halt: halt_end };
            tasks.spawn(work(line, ends));
            connections.push(Connection {
                jobs: Some(jobs),
                marks,
                halt,
                queue: VecDeque::new(),
                asks: false,
                proven: false,
            });
        }
        Self {
            store,
            pass,
            lines: connections,
            tasks,
            ended: Vec::new(),
            news,
            halting: false,
            summary,
            steps: Vec::new(),
            counts: Vec::new(),
            open_marks: 0,
            crash_bound,
            cover,
            left: pass.policy.most_letters,
            exhausted: false,
            alive_at: Instant::now(),
            sign_of_life,
        }
    }

    async fn run(&mut self) -> Result<(), StoreError> {
        let mut quiet = false;
        loop {
            if !self.halting && (self.pass.stop)() {
                self.halt();
            }
            self.refill()?;
            let idle = self.lines.iter().all(|line| line.queue.is_empty());
            // Results wait for a mark to share the commit with: unwritten they count among the letters that a crash can make
            // of unknown fate, and that number is bounded anyway.
            if idle || quiet || self.lines.iter().any(|line| line.asks) {
                self.commit()?;
            }
            if idle {
                if self.exhausted || self.halting || self.left == 0 {
                    return Ok(());
                }
                continue;
            }
            if self.alive_at.elapsed() >= self.sign_of_life {
                self.store.renew()?;
                self.alive_at = Instant::now();
            }
            while let Some(ended) = self.tasks.try_join_next() {
                match ended {
                    Ok(line) => self.ended.push(line),
                    // It can tell nothing any more: its letters are sorted out by the next pass.
                    Err(_) => {
                        self.halt_for("a connection ended unexpectedly");
                        return Ok(());
                    }
                }
            }
            let news = timeout(TICK, self.news.recv()).await;
            quiet = news.is_err();
            if let Ok(Some(news)) = news {
                self.hear(news)?;
                while let Ok(news) = self.news.try_recv() {
                    self.hear(news)?;
                }
            }
        }
    }

    /// Lets every connection end after the letter under way.
    fn halt(&mut self) {
        self.halting = true;
        self.lines.iter().for_each(Connection::halt);
    }

    fn halt_for(&mut self, reason: &str) {
        self.summary.stopped.get_or_insert_with(|| reason.to_owned());
        self.halt();
    }

    /// Takes up letters where connections run dry, and shares them out.
    fn refill(&mut self) -> Result<(), StoreError> {
        let working = self.lines.iter().filter(|line| line.jobs.is_some()).count();
        let under_way: usize = self.lines.iter().map(|line| line.queue.len()).sum();
        let wanted = (self.cover * working).max(working);
        if self.exhausted || self.halting || self.left == 0 || under_way > wanted {
            return Ok(());
        }
        let most = wanted.max(LEAST_CLAIM).min(self.left);
        let claimed = self.store.claim_due(most, (self.pass.now)())?;
        self.exhausted = claimed.is_empty();
        self.left -= claimed.len().min(self.left);
        for letter in claimed {
            self.assign(letter);
        }
        Ok(())
    }

    /// Gives a letter to the connection with the fewest, unless it must not go.
    fn assign(&mut self, letter: ClaimedLetter) {
        let permitted = Address::parse(&letter.address).ok().filter(|address| self.pass.gate.permits(address));
        let Some(to) = permitted else {
            // The gate may have been closed since planning.
            self.note(letter.id, LetterEvent::Suppress, Some(NOT_ALLOWED.to_owned()), Some(Count::Suppressed));
            return;
        };
        let bytes = [&letter.head[..], &letter.body].concat();
        if letter.sha256.as_ref().is_some_and(|frozen| *frozen != ContentHash::of(&bytes)) {
            self.hold(letter.edition, &format!("Brev {} er ikke længere, som det blev frosset.", letter.id));
            self.note(letter.id, LetterEvent::GiveBack, None, None);
            return;
        }
        let outgoing = Outgoing {
            label: label(&letter.key),
            message_id: letter.message_id.clone(),
            from: self.pass.from.clone(),
            to,
            bytes,
        };
        let job = Job { id: letter.id, outgoing };
        let free = self.lines.iter_mut().filter(|line| line.jobs.is_some()).min_by_key(|line| line.queue.len());
        let Some(line) = free else {
            self.note(letter.id, LetterEvent::GiveBack, None, None);
            return;
        };
        if line.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok()) {
            line.queue.push_back(Under { letter, marked: false });
        }
    }

    fn note(&mut self, letter: LetterId, event: LetterEvent, note: Option<String>, count: Option<Count>) {
        self.steps.push(Step { letter, event, note });
        self.counts.push(count);
    }

    /// Writes down what was heard, and the marks that are asked for, and lets the connections go on.
    fn commit(&mut self) -> Result<(), StoreError> {
        let settled = self.steps.len();
        let mut steps = std::mem::take(&mut self.steps);
        let mut free = self.crash_bound.saturating_sub(self.open_marks);
        let mut grants: Vec<(usize, usize)> = Vec::new();
        let mut refused: Vec<usize> = Vec::new();
        for (number, line) in self.lines.iter_mut().enumerate().filter(|(_, line)| line.asks) {
            if self.halting {
                refused.push(number);
                continue;
            }
            let cover = self.cover.min(free).min(line.queue.len());
            if cover == 0 {
                continue;
            }
            free -= cover;
            let marks = line.queue.iter().take(cover);
            steps.extend(marks.map(|under| Step { letter: under.letter.id, event: LetterEvent::ReachDot, note: None }));
            grants.push((number, cover));
        }
        if !steps.is_empty() {
            let outcome = self.store.advance(&steps, (self.pass.now)())?;
            self.alive_at = Instant::now();
            self.count(outcome.get(..settled).unwrap_or_default());
            let mut marked = outcome.get(settled..).unwrap_or_default().iter();
            for (number, cover) in &grants {
                let Some(line) = self.lines.get_mut(*number) else { continue };
                // Only an unbroken run from the first one may go: a letter that was kept must not be handed over.
                let outcomes: Vec<bool> =
                    marked.by_ref().take(*cover).map(|each| matches!(each, Advanced::To(_))).collect();
                let granted = outcomes.iter().take_while(|done| **done).count();
                for (under, done) in line.queue.iter_mut().zip(&outcomes) {
                    under.marked = *done;
                    self.open_marks += usize::from(*done);
                }
                line.asks = false;
                // Zero sends the letter back.
                let _ = line.marks.send(granted);
            }
        }
        for number in refused {
            if let Some(line) = self.lines.get_mut(number) {
                line.asks = false;
                let _ = line.marks.send(0);
            }
        }
        Ok(())
    }

    fn count(&mut self, outcome: &[Advanced]) {
        for (count, outcome) in std::mem::take(&mut self.counts).into_iter().zip(outcome) {
            let (Some(count), Advanced::To(_)) = (count, outcome) else { continue };
            let counter = match count {
                Count::Sent => &mut self.summary.sent,
                Count::Rejected => &mut self.summary.rejected,
                Count::Expired => &mut self.summary.expired,
                Count::Postponed => &mut self.summary.postponed,
                Count::Unknown => &mut self.summary.unknown,
                Count::Suppressed => &mut self.summary.suppressed,
            };
            *counter += 1;
        }
    }

    fn hear(&mut self, news: News) -> Result<(), StoreError> {
        match news {
            News::Ready { line } => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.asks = true;
                }
            }
            News::Returned { line, id } => {
                if self.take(line, id).is_some() {
                    self.note(id, LetterEvent::GiveBack, None, None);
                }
            }
            News::Done { line, id, delivery } => {
                if let Some(under) = self.take(line, id) {
                    self.judge(line, &under.letter, delivery)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a letter off the queue of its connection.
    fn take(&mut self, line: usize, id: LetterId) -> Option<Under> {
        let line = self.lines.get_mut(line)?;
        let under = line.queue.pop_front_if(|under| under.letter.id == id)?;
        // On the disk the mark is open until the next commit, which closes it before it sets new ones.
        self.open_marks -= usize::from(under.marked);
        Some(under)
    }

    /// Says what is to be written down about a letter.
    fn judge(&mut self, line: usize, letter: &ClaimedLetter, delivery: Delivery) -> Result<(), StoreError> {
        let now = (self.pass.now)();
        let policy = self.pass.policy;
        let (again, again_count) = if policy.gives_up(now - letter.first_attempt_at, letter.attempt) {
            (LetterEvent::Expire, Count::Expired)
        } else {
            (LetterEvent::Retry(now + policy.pause_after(letter.attempt)), Count::Postponed)
        };
        let proven = !matches!(delivery, Delivery::Unreachable { .. } | Delivery::RejectedSystem { .. });
        if let Some(line) = self.lines.get_mut(line) {
            line.proven |= proven;
        }
        let (event, note, count) = match delivery {
            Delivery::Accepted { reply } => (LetterEvent::Accept, reply, Count::Sent),
            Delivery::RejectedRecipient { reply } => (LetterEvent::Refuse, reply, Count::Rejected),
            Delivery::Unknown { reason } => (LetterEvent::LoseTrack, reason, Count::Unknown),
            Delivery::Temporary { reply } => (again, reply, again_count),
            Delivery::RejectedSystem { reply } => {
                // Nobody is to suffer for what we did: the letter waits as it was, behind an edition that a person lets go.
                self.hold(letter.edition, &format!("Postserveren afviser os: {reply}"));
                self.halt_for(&reply);
                (LetterEvent::Retry(now), reply, Count::Postponed)
            }
            Delivery::Unreachable { reason } => {
                if self.retire(line) {
                    (LetterEvent::Retry(now), reason, Count::Postponed)
                } else {
                    self.halt_for(&reason);
                    (again, reason, again_count)
                }
            }
        };
        self.note(letter.id, event, Some(note), Some(count));
        Ok(())
    }

    /// Lets a connection go that the relay does not want beside the others; not the last one that is of use.
    fn retire(&mut self, number: usize) -> bool {
        let others =
            self.lines.iter().enumerate().any(|(each, line)| each != number && line.jobs.is_some() && line.proven);
        if !others || self.lines.get(number).is_none_or(|line| line.proven) {
            return false;
        }
        if let Some(line) = self.lines.get_mut(number) {
            line.jobs = None;
            line.halt();
        }
        true
    }

    fn hold(&mut self, edition: EditionId, reason: &str) {
        if self.summary.held.contains(&edition) {
            return;
        }
        match self.store.hold(edition, reason, WHO, (self.pass.now)()) {
            Ok(()) => self.summary.held.push(edition),
            // Held or cancelled by a person a moment ago.
            Err(error) => tracing::debug!("edition {edition} is not held: {error}"),
        }
    }
}

/// An edition in file names: `2027-03-04-hovedudvalg-medarbejdere`, with the revision where there is more than one.
fn label(key: &EditionKey) -> String {
    let revision = if key.revision > 1 { format!("-{}", key.revision) } else { String::new() };
    format!("{}-{}-{}{revision}", key.meeting_date, key.committee, key.audience)
}
