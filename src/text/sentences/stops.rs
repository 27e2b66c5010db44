//! The candidates: runs of `.`, `!`, `?`, `…` with what closes behind them.

use memchr::{Memchr, Memchr3, memchr_iter, memchr3_iter};

/// What a run of terminators says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// One full stop: may belong to an abbreviation, a number, an initial.
    FullStop,
    /// Two or more full stops, or an ellipsis.
    Dots,
    /// A question or exclamation mark is among them.
    Loud,
}

/// One candidate, in bytes of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// First byte of the run.
    pub start: usize,
    /// One past the closers.
    pub end: usize,
    /// What the run says.
    pub mark: Mark,
    /// The first closer behind the run.
    pub closer: Option<char>,
}

/// Whether `c` ends sentences.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Whether `c` may stand between a full stop and the blank: quotation marks, brackets, Markdown emphasis.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '«' | '\'' | '’' | ')' | ']' | '}' | '*' | '_')
}

/// The first byte of `…`.
const ELLIPSIS_LEAD: u8 = 0xe2;

fn next_ellipsis(others: &mut Memchr<'_>, text: &str) -> Option<usize> {
    others.find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('…')))
}

/// Walks over the candidates of a text from left to right.
#[derive(Debug)]
pub(super) struct Stops<'t> {
    text: &'t str,
    ascii: Memchr3<'t>,
    next_ascii: Option<usize>,
    /// Where an ellipsis may be: its first byte, which it shares with dashes and quotation marks.
    others: Memchr<'t>,
    next_ellipsis: Option<usize>,
    /// No candidate before this is given any more.
    at: usize,
}

impl<'t> Stops<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut ascii = memchr3_iter(b'.', b'!', b'?', text.as_bytes());
        let mut others = memchr_iter(ELLIPSIS_LEAD, text.as_bytes());
        let (next_ascii, next_ellipsis) = (ascii.next(), next_ellipsis(&mut others, text));
        Self { text, ascii, next_ascii, others, next_ellipsis, at: 0 }
    }

    /// Leaves out the candidates that begin before `at`.
    pub(super) fn skip_to(&mut self, at: usize) {
        self.at = self.at.max(at);
    }

    /// The next candidate; the following call begins behind its run, so the walk always ends.
    pub(super) fn next(&mut self) -> Option<Stop> {
        while self.next_ascii.is_some_and(|found| found < self.at) {
            self.next_ascii = self.ascii.next();
        }
        while self.next_ellipsis.is_some_and(|found| found < self.at) {
            self.next_ellipsis = next_ellipsis(&mut self.others, self.text);
        }
        let start = match (self.next_ascii, self.next_ellipsis) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => one.or(other)?,
        };
        let stop = self.read(start);
        self.at = stop.end;
        Some(stop)
    }

    fn read(&self, start: usize) -> Stop {
        let run = self.text.get(start..).unwrap_or_default();
        let mut rest = run;
        let (mut count, mut loud, mut ellipsis) = (0_usize, false, false);
        loop {
            let mut chars = rest.chars();
            match chars.next() {
                Some(c) if is_stop(c) => {
                    count += 1;
                    loud |= matches!(c, '!' | '?');
                    ellipsis |= c == '…';
                    rest = chars.as_str();
                }
                // ". . ." is an ellipsis that was set wide.
                Some(' ') if count > 0 && rest.starts_with(" .") => rest = chars.as_str(),
                _ => break,
            }
        }
        let behind = rest.trim_start_matches(is_closer);
        let mark = match (loud, ellipsis || count > 1) {
            (true, _) => Mark::Loud,
            (false, true) => Mark::Dots,
            (false, false) => Mark::FullStop,
        };
        let closer = rest.chars().next().filter(|c| is_closer(*c));
        Stop { start, end: start + (run.len() - behind.len()), mark, closer }
    }
}
