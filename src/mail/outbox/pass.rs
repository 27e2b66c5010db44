//! One pass over what is due: the side that touches the state.
//!
//! It turns in a circle: hear what the connections have to tell, write all of it down in one commit together with the marks
//! that connections ask for, let them go on, give them new letters. While the disk is busy the connections go on with the
//! letters that were marked before. At no time are more letters marked and not settled than the policy's crash bound.

mod judge;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration as Span;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use self::judge::Count;
use super::line::{Ends, Job, Mark, News, work};
use super::plan::NOT_ALLOWED;
use super::policy::Policy;
use super::{OutboxError, Summary};
use crate::mail::address::Address;
use crate::mail::allow::Gate;
use crate::mail::transport::{Line, Outgoing, Transport};
use crate::store::{Advanced, ClaimedLetter, ContentHash, EditionKey, LetterEvent, LetterId, Step, Store, StoreError};

/// The fewest letters taken up at once: each time costs a commit, and a letter taken up is surely not sent.
const LEAST_CLAIM: usize = 32;
/// The wish to end is looked for at least this often.
const TICK: Span = Span::from_millis(100);
/// How long the end of a pass waits for connections.
const LAST_WAIT: Span = Span::from_secs(10);

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
    marks: mpsc::UnboundedSender<Vec<Mark>>,
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
    /// It was to be marked and could not be: its edition is held, or the claim is another's.
    refused: bool,
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
    /// Recipients refused one after the other, nobody accepted in between.
    refused_in_a_row: usize,
    alive_at: Instant,
    sign_of_life: Span,
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
            let (news, reserve) = (sender.clone(), cover / 2);
            let ends = Ends { line: number, jobs: jobs_end, marks: marks_end, reserve, news, halt: halt_end };
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
            refused_in_a_row: 0,
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
                self.hear(news);
                while let Ok(news) = self.news.try_recv() {
                    self.hear(news);
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
        // As many again as one mark covers: what a connection has done it tells only now and then.
        let wanted = 2 * self.cover * working;
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
            line.queue.push_back(Under { letter, marked: false, refused: false });
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
        let mut asked: Vec<(usize, LetterId)> = Vec::new();
        for (number, line) in self.lines.iter().enumerate().filter(|(_, line)| line.asks && !self.halting) {
            let marked = line.queue.iter().filter(|under| under.marked).count();
            let unmarked = line.queue.iter().filter(|under| !under.marked && !under.refused);
            let more = unmarked.take(self.cover.saturating_sub(marked).min(free));
            let before = asked.len();
            asked.extend(more.map(|under| (number, under.letter.id)));
            free -= asked.len() - before;
        }
        let mark = |(_, letter): &(usize, LetterId)| Step { letter: *letter, event: LetterEvent::ReachDot, note: None };
        steps.extend(asked.iter().map(mark));
        if steps.is_empty() {
            return Ok(());
        }
        let outcome = self.store.advance(&steps, (self.pass.now)())?;
        self.alive_at = Instant::now();
        self.count(outcome.get(..settled).unwrap_or_default());
        let mut answers: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        for ((number, id), outcome) in asked.into_iter().zip(outcome.get(settled..).unwrap_or_default()) {
            let marked = matches!(outcome, Advanced::To(_));
            self.open_marks += usize::from(marked);
            let queue = self.lines.get_mut(number).map(|line| line.queue.iter_mut());
            if let Some(under) = queue.and_then(|mut queue| queue.find(|under| under.letter.id == id)) {
                under.marked = marked;
                under.refused = !marked;
            }
            answers.entry(number).or_default().push((id, marked));
        }
        for (number, marks) in answers {
            if let Some(line) = self.lines.get_mut(number) {
                line.asks = false;
                let _ = line.marks.send(marks);
            }
        }
        Ok(())
    }

    fn hear(&mut self, news: News) {
        for (id, delivery) in news.done {
            let Some(under) = self.take(news.line, id) else { continue };
            match delivery {
                Some(delivery) => self.judge(news.line, &under.letter, delivery),
                None => self.note(id, LetterEvent::GiveBack, None, None),
            }
        }
        if let Some(line) = self.lines.get_mut(news.line) {
            line.asks |= news.asks;
        }
    }

    /// Takes a letter off the queue of its connection.
    fn take(&mut self, line: usize, id: LetterId) -> Option<Under> {
        let line = self.lines.get_mut(line)?;
        let under = line.queue.pop_front_if(|under| under.letter.id == id)?;
        // On the disk the mark is open until the next commit, which closes it before it sets new ones.
        self.open_marks -= usize::from(under.marked);
        Some(under)
    }
}

/// An edition in file names: `2027-03-04-hovedudvalg-medarbejdere`, with the revision where there is more than one.
fn label(key: &EditionKey) -> String {
    let revision = if key.revision > 1 { format!("-{}", key.revision) } else { String::new() };
    format!("{}-{}-{}{revision}", key.meeting_date, key.committee, key.audience)
}
