//! What Word and Notepad make of a TOML file, undone where it has only one meaning.
//!
//! Word turns straight quotation marks into curly ones, a minus into a dash, blanks into non-breaking ones, and begins
//! `true` with a capital; a Danish keyboard writes 2,5. None of that is TOML, and all of it is clear to a reader. So the
//! text is mended before it is parsed, and every place in the mended text leads back to the text as it was saved: what is
//! told points at what the editor shows. A file that is TOML already keeps its meaning: outside strings and comments
//! nothing of this can stand in it, and a straight string is only closed elsewhere where TOML would refuse it.
//!
//! Widening the parser itself was rejected: it would be a second parser to keep, and other programs read these files.

use memchr::memchr2;

/// Quotation marks that stand for `"`.
const DOUBLE: [char; 8] = ['"', '“', '”', '„', '‟', '«', '»', '″'];
/// Quotation marks that stand for `'`.
const SINGLE: [char; 8] = ['\'', '‘', '’', '‚', '‛', '‹', '›', '′'];

/// A stretch of the mended text and the bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Its first byte in the mended text.
    start: usize,
    /// Its bytes in the source.
    from: usize,
    to: usize,
    /// Whether it is the source, byte by byte.
    copied: bool,
}

/// A text that a TOML parser can read, and the way back.
#[derive(Clone, Debug, Default)]
pub(super) struct Mended {
    pub text: String,
    pieces: Vec<Piece>,
}

impl Mended {
    /// The source bytes behind bytes of the mended text.
    pub(super) fn source(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.piece(start).map_or(0, |piece| match piece.copied {
            true => (piece.from + start - piece.start).min(piece.to),
            false => piece.from,
        });
        if end <= start {
            return (from, from);
        }
        let to = self.piece(end - 1).map_or(from, |piece| match piece.copied {
            true => (piece.from + end - piece.start).min(piece.to),
            false => piece.to,
        });
        (from, to.max(from))
    }

    /// The last piece that begins at or before a byte.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|piece| piece.start <= at);
        behind.checked_sub(1).and_then(|index| self.pieces.get(index))
    }

    fn copy(&mut self, source: &str, from: usize, to: usize) {
        let Some(text) = source.get(from..to).filter(|text| !text.is_empty()) else { return };
        match self.pieces.last_mut().filter(|last| last.copied && last.to == from) {
            Some(last) => last.to = to,
            None => self.pieces.push(Piece { start: self.text.len(), from, to, copied: true }),
        }
        self.text.push_str(text);
    }

    fn replace(&mut self, from: usize, to: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), from, to, copied: false });
            self.text.push_str(text);
        }
    }
}

/// Mends a text; one that needs nothing comes back as it is.
pub(super) fn mend(source: &str) -> Mended {
    let mut mender = Mender { source, at: 0, before: '\n', out: Mended::default() };
    mender.out.text.reserve(source.len());
    while mender.step() {}
    // The end of the text has a place too.
    let end = Piece { start: mender.out.text.len(), from: source.len(), to: source.len(), copied: true };
    mender.out.pieces.push(end);
    mender.out
}

struct Mender<'s> {
    source: &'s str,
    at: usize,
    /// The last character outside strings that was no blank.
    before: char,
    out: Mended,
}

impl Mender<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn copy(&mut self, length: usize) {
        self.out.copy(self.source, self.at, self.at + length);
        self.at += length;
    }

    fn replace(&mut self, length: usize, text: &str) {
        self.out.replace(self.at, self.at + length, text);
        self.at += length;
    }

    /// Takes the next token; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(next) = rest.chars().next() else { return false };
        let length = next.len_utf8();
        match next {
            '#' => {
                let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
                self.copy(end);
                return true;
            }
            '\r' if rest.get(1..).is_some_and(|behind| behind.starts_with('\n')) => self.copy(1),
            '\r' => self.replace(1, "\n"),
            _ if is_invisible(next) => self.replace(length, ""),
            ' ' | '\t' | '\n' => self.copy(1),
            _ if next.is_whitespace() => self.replace(length, " "),
            _ if DOUBLE.contains(&next) => self.string(next, &DOUBLE, '"'),
            _ if SINGLE.contains(&next) => self.string(next, &SINGLE, '\''),
            '–' | '—' | '−' | '‐' | '‑' => self.replace(length, "-"),
            '0'..='9' => self.number(),
            'T' | 'F' | 't' | 'f' if self.before == '=' => self.boolean(),
            _ => self.copy(length),
        }
        if next == '\n' || next == '\r' || !(next.is_whitespace() || is_invisible(next)) {
            self.before = if next == '\r' { '\n' } else { next };
        }
        true
    }

    /// A number: `2,5` behind an equals sign is 2.5, and `1.000.000` is a million.
    fn number(&mut self) {
        let rest = self.rest();
        let length = rest.find(|next: char| !(next.is_alphanumeric() || "_.,:+-".contains(next))).unwrap_or(rest.len());
        let token = rest.get(..length).unwrap_or_default().trim_end_matches(',');
        let is_value = matches!(self.before, '=' | '-' | '–' | '−' | '+');
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((whole, fraction)) = token.split_once(',').filter(|(a, b)| is_value && digits(a) && digits(b)) {
            let (whole, fraction) = (whole.len(), fraction.len());
            self.copy(whole);
            self.replace(1, ".");
            self.copy(fraction);
            return;
        }
        let groups: Vec<&str> = token.split('.').collect();
        let grouped = groups.len() > 2 && groups.iter().skip(1).all(|group| group.len() == 3);
        if is_value && grouped && groups.iter().all(|group| digits(group)) {
            let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            for (index, length) in lengths.into_iter().enumerate() {
                if index > 0 {
                    self.replace(1, "");
                }
                self.copy(length);
            }
            return;
        }
        // Digits only: what follows, a comma or a bracket, has its own meaning.
        let end = rest.find(|next: char| !next.is_ascii_alphanumeric()).unwrap_or(rest.len());
        self.copy(end);
    }

    /// `True` and `FALSE` as Word and Excel write them.
    fn boolean(&mut self) {
        let rest = self.rest();
        let end = rest.find(|next: char| !next.is_alphanumeric()).unwrap_or(rest.len());
        let lower = rest.get(..end).unwrap_or_default().to_lowercase();
        if lower == "true" || lower == "false" { self.replace(end, &lower) } else { self.copy(end) }
    }

    /// A string, whatever its quotation marks look like.
    fn string(&mut self, open: char, family: &[char], straight: char) {
        let rest = self.rest();
        let triple: String = [straight; 3].iter().collect();
        if open == straight && rest.starts_with(&triple) {
            let inside = rest.get(3..).unwrap_or_default();
            let end = inside.find(&triple).map_or(rest.len(), |end| {
                // Up to two more marks at the end belong to the string.
                let more = inside.get(end + 3..).unwrap_or_default();
                3 + end + 3 + more.len().min(2).min(more.len() - more.trim_start_matches(straight).len())
            });
            self.copy(end);
            return;
        }
        let line = rest.get(..memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default();
        let inside = line.get(open.len_utf8()..).unwrap_or_default();
        let Some((end, close)) = closing(inside, open == straight, family, straight) else {
            // Never closed: the parser says so, at this place.
            if open == straight {
                let length = line.len();
                self.copy(length);
            } else {
                self.replace(open.len_utf8(), &straight.to_string());
            }
            return;
        };
        let content = inside.get(..end).unwrap_or_default().to_owned();
        // Marks of the straight kind inside a curly string are part of the text.
        let curly = open != straight || close != straight;
        let as_basic = straight == '"' || (curly && content.contains('\''));
        let mark = if as_basic { "\"" } else { "'" };
        self.mark(open, straight, mark);
        // What stays as it is, is copied in stretches: hardly any string has something to mend.
        let mut same = 0;
        let mut after_backslash = false;
        for next in content.chars() {
            let escaped = match next {
                '"' if curly && open != '"' && as_basic && !after_backslash => Some("\\\""),
                '\\' if as_basic && straight == '\'' => Some("\\\\"),
                _ => None,
            };
            after_backslash = next == '\\' && straight == '"' && !after_backslash;
            let mended = match escaped {
                Some(text) => text,
                None if is_invisible(next) => "",
                None if next.is_whitespace() && next != ' ' && next != '\t' => " ",
                None => {
                    same += next.len_utf8();
                    continue;
                }
            };
            self.copy(std::mem::take(&mut same));
            self.replace(next.len_utf8(), mended);
        }
        self.copy(same);
        self.mark(close, straight, mark);
    }

    /// Takes a quotation mark that is to be `mark`.
    fn mark(&mut self, found: char, straight: char, mark: &str) {
        if found == straight && mark.starts_with(straight) {
            self.copy(1);
        } else {
            self.replace(found.len_utf8(), mark);
        }
    }
}

/// Where a string ends in what stands behind its opening mark, and with which mark.
///
/// A straight string ends at its straight mark, as TOML says, unless something stands behind it that cannot stand behind a
/// string; then, and for a curly one, it ends at the first mark that a comma, a bracket or the end of the line follows.
fn closing(inside: &str, straight_open: bool, family: &[char], straight: char) -> Option<(usize, char)> {
    let mut escaped = false;
    let mut likely = None;
    for (at, next) in inside.char_indices() {
        let is_escaped = escaped && straight == '"';
        escaped = next == '\\' && !is_escaped;
        if !family.contains(&next) || (is_escaped && next == straight) {
            continue;
        }
        let ends = ends_a_string(inside.get(at + next.len_utf8()..).unwrap_or_default());
        if straight_open && next == straight {
            return if ends { Some((at, next)) } else { likely.or(Some((at, next))) };
        }
        if ends && likely.is_none() {
            likely = Some((at, next));
        }
        if likely.is_some() && !straight_open {
            break;
        }
    }
    likely
}

/// Whether what follows can stand behind a string.
fn ends_a_string(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|next: char| next != '\n' && (next.is_whitespace() || is_invisible(next)));
    rest.chars().next().is_none_or(|next| matches!(next, ',' | ']' | '}' | '#' | '=' | '.'))
}

/// Whether a character shows nothing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        mend(text).text
    }

    #[test]
    fn toml_stays_as_it_is() {
        for text in [
            "a = \"Han sagde ”ja” til »det«.\"\nb = ['\\d+', \"x\\\"”\", '”, ']\n# “en” kommentar \u{a0}\n",
            "a = \"\"\"\n“x”\r\n\"\"\"\"\"\nb = '''x'''\nc = 1_000\nd = 2026-01-02\n",
            "[[rule]]\n\"ø\".b = { c = [1,5], d = 0.5 }\r\n",
            "a = [\"x”, y\", \"z\"]\n",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn curly_quotation_marks_are_string_marks() {
        for text in ["“løn”", "”løn”", "„løn“", "»løn«", "«løn»", "\"løn”", "“løn\"", "„løn”"]
        {
            assert_eq!(mended(&format!("a = [{text}, {text}]\nb = {text}\n")), "a = [\"løn\", \"løn\"]\nb = \"løn\"\n");
        }
        for text in ["‘\\d+’", "’\\d+’", "'\\d+’", "‚\\d+‘"] {
            assert_eq!(mended(&format!("a = {text}\n")), "a = '\\d+'\n");
        }
    }

    #[test]
    fn quotation_marks_inside_a_curly_string_stay_in_it() {
        assert_eq!(mended("a = “Han sagde \"ja\" til det.”\n"), "a = \"Han sagde \\\"ja\\\" til det.\"\n");
        assert_eq!(mended("a = “Han sagde ”ja” til det.”\n"), "a = \"Han sagde ”ja” til det.\"\n");
        assert_eq!(mended("a = ’TR'er\\d’\n"), "a = \"TR'er\\\\d\"\n");
    }

    #[test]
    fn blanks_dashes_numbers_and_invisible_signs_are_mended() {
        assert_eq!(mended("\u{200b}a\u{a0}=\u{a0}–3\u{200b}\n"), "a = -3\n");
        assert_eq!(mended("a = −2,5\nb = { c = 2,0, d = 1 }\n"), "a = -2.5\nb = { c = 2.0, d = 1 }\n");
        assert_eq!(mended("a = 100.000.000\nb = 1.000\n"), "a = 100000000\nb = 1.000\n");
        assert_eq!(mended("a = True\nb = FALSE\n"), "a = true\nb = false\n");
        assert_eq!(mended("a = \"uden\u{a0}lø\u{ad}n\"\n"), "a = \"uden løn\"\n");
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        assert_eq!(mended("a = 1\rb = \"x\"\r# c\rd = 2"), "a = 1\nb = \"x\"\n# c\nd = 2");
    }

    #[test]
    fn places_lead_back_to_what_was_saved() {
        let source = "a = “løn”, \u{200b}“ferie”";
        let mended = mend(source);
        let start = mended.text.find("ferie").unwrap();
        let (from, to) = mended.source(start - 1, start + "ferie".len() + 1);
        assert_eq!(&source[from..to], "“ferie”");
        assert_eq!(mended.source(mended.text.len(), mended.text.len()), (source.len(), source.len()));
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_every_place_lies_in_the_source(source in "[a=\\[\\]{},\"'“”»«’‘\\\\ \u{a0}\u{200b}\r\n#0-9.–T]{0,60}") {
            let mended = mend(&source);
            for (at, next) in mended.text.char_indices() {
                let (from, to) = mended.source(at, at + next.len_utf8());
                proptest::prop_assert!(source.get(from..to).is_some(), "{at} {from}..{to}");
            }
        }
    }
}
