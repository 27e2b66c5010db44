//! A relay that does what a script says and keeps a ledger of what it took: the ledger is what really happened.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use med_digest::store::ContentHash;

/// What the relay does instead of its usual answer.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Says something else and goes on; after 421 it hangs up.
    Say(&'static str),
    /// The same after a while.
    SayLate(Duration, &'static str),
    /// Says the usual thing byte by byte.
    Crumbs,
    /// Hangs up.
    HangUp,
    /// Takes the letter, says this much and hangs up.
    TakeAndHangUp(&'static str),
    /// Takes the letter and answers only after this long.
    TakeLate(Duration),
    /// Answers, but only after this long.
    Late(Duration),
}

/// The first line that begins so gets the act instead, once. `connect` is the greeting, `text` the first line of the text, `.` its
/// end.
pub type Fault = (&'static str, Act);

#[derive(Default)]
struct Inside {
    ledger: Vec<(String, ContentHash)>,
    faults: Vec<Fault>,
    lines: usize,
    /// Called with the number of each line of the conversation before it is answered.
    watch: Option<Box<dyn Fn(usize) + Send>>,
}

/// The relay. It runs until the process ends.
#[derive(Clone)]
pub struct Relay {
    pub port: u16,
    inside: Arc<Mutex<Inside>>,
}

impl Relay {
    pub fn start(faults: &[Fault]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Arc::new(Mutex::new(Inside { faults: faults.to_vec(), ..Inside::default() }));
        let relay = Self { port, inside };
        let server = relay.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = server.clone();
                std::thread::spawn(move || {
                    let _ = server.serve(stream);
                });
            }
        });
        relay
    }

    /// Who was handed which bytes, in order.
    pub fn ledger(&self) -> Vec<(String, ContentHash)> {
        self.inside.lock().unwrap().ledger.clone()
    }

    pub fn copies(&self, address: &str) -> usize {
        self.ledger().iter().filter(|(to, _)| to == address).count()
    }

    /// One that has taken these already.
    pub fn with_ledger(ledger: Vec<(String, ContentHash)>) -> Self {
        let relay = Self::start(&[]);
        relay.inside.lock().unwrap().ledger = ledger;
        relay
    }

    /// Calls this before each answer, with the number of lines heard so far.
    pub fn watch(&self, watch: impl Fn(usize) + Send + 'static) {
        let mut inside = self.inside.lock().unwrap();
        inside.lines = 0;
        inside.watch = Some(Box::new(watch));
    }

    fn act(&self, line: &str) -> Option<Act> {
        let mut inside = self.inside.lock().unwrap();
        let at = inside.faults.iter().position(|(start, _)| line.starts_with(start))?;
        Some(inside.faults.remove(at).1)
    }

    fn heard(&self) {
        let mut inside = self.inside.lock().unwrap();
        inside.lines += 1;
        if let Some(watch) = &inside.watch {
            watch(inside.lines);
        }
    }

    /// Says the usual thing or what the script wants; false to hang up.
    fn answer(&self, stream: &mut TcpStream, line: &str, usual: &str) -> std::io::Result<bool> {
        match self.act(line) {
            None => stream.write_all(usual.as_bytes())?,
            Some(Act::Say(text)) => {
                stream.write_all(format!("{text}\r\n").as_bytes())?;
                return Ok(!text.starts_with("421"));
            }
            Some(Act::SayLate(pause, text)) => {
                std::thread::sleep(pause);
                stream.write_all(format!("{text}\r\n").as_bytes())?;
                return Ok(!text.starts_with("421"));
            }
            Some(Act::Crumbs) => {
                for byte in usual.as_bytes() {
                    stream.write_all(&[*byte])?;
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
            Some(Act::Late(pause) | Act::TakeLate(pause)) => {
                std::thread::sleep(pause);
                stream.write_all(usual.as_bytes())?;
            }
            Some(Act::HangUp | Act::TakeAndHangUp(_)) => return Ok(false),
        }
        Ok(true)
    }

    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut out = stream.try_clone()?;
        let mut lines = BufReader::new(stream);
        if !self.answer(&mut out, "connect", "220 double\r\n")? {
            return Ok(());
        }
        let mut recipient = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            self.heard();
            let line = line.trim_end();
            let usual = match line.get(..4).unwrap_or_default() {
                "EHLO" => "250-double\r\n250 8BITMIME\r\n",
                "DATA" => "354 go on\r\n",
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            if let Some(address) = line.strip_prefix("RCPT TO:") {
                recipient = address.trim_matches(['<', '>']).to_owned();
            }
            let refused = matches!(self.peek(line), Some(Act::Say(_)));
            if !self.answer(&mut out, line, usual)? || line == "QUIT" {
                return Ok(());
            }
            if line == "DATA" && !refused && !self.text(&mut lines, &mut out, &recipient)? {
                return Ok(());
            }
        }
    }

    fn peek(&self, line: &str) -> Option<Act> {
        let inside = self.inside.lock().unwrap();
        inside.faults.iter().find(|(start, _)| line.starts_with(start)).map(|(_, act)| *act)
    }

    fn text(&self, lines: &mut BufReader<TcpStream>, out: &mut TcpStream, recipient: &str) -> std::io::Result<bool> {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 || self.act("text-").is_some() {
                return Ok(false);
            }
            if text.is_empty() && self.act("text").is_some() {
                return Ok(false);
            }
            if line == ".\r\n" {
                break;
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        self.heard();
        let hash = ContentHash::of(text.as_bytes());
        let take = || self.inside.lock().unwrap().ledger.push((recipient.to_owned(), hash.clone()));
        match self.peek(".") {
            Some(Act::TakeAndHangUp(said)) => {
                self.act(".");
                take();
                out.write_all(said.as_bytes())?;
                Ok(false)
            }
            Some(Act::Say(said)) if !said.starts_with('2') => self.answer(out, ".", ""),
            Some(Act::HangUp) => self.answer(out, ".", ""),
            _ => {
                take();
                self.answer(out, ".", "250 2.0.0 queued\r\n")
            }
        }
    }
}
