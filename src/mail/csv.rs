//! A small reader of separated values that knows where every field stood.
//!
//! The `csv` crate gives no place of a field inside its line, and it lets an unclosed quotation mark swallow the rest of the
//! file: here a person on a list would silently get no mail.

use crate::text::Span;
use crate::text::encoding::{self, NotText};

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Without its quotation marks.
    pub value: String,
    /// As it stands in the text, without blanks around.
    pub span: Span,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Lines with at least one field that is not blank, comments left out.
    pub rows: Vec<Vec<Field>>,
    /// Quotation marks that are not closed.
    pub open_quotes: Vec<Span>,
}

/// Text from bytes as spreadsheets and editors write them, with one kind of line end: Excel for Mac ends its lines with a
/// lone carriage return.
///
/// # Errors
/// The offset of the first byte that text would not have.
pub(super) fn decode(bytes: &[u8]) -> Result<String, usize> {
    let text = encoding::decode(bytes).map_err(NotText::offset)?.text;
    // What is left of half a character.
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    match text.find('\u{fffd}').filter(|_| wide) {
        Some(at) => Err(at),
        None => Ok(text.replace("\r\n", "\n").replace('\r', "\n")),
    }
}

/// The separator: the one of `;`, tab and `,` that stands outside quotation marks on most lines.
fn separator(text: &str) -> char {
    let on_lines = |separator: char| {
        text.lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .filter(|line| line.split('"').step_by(2).any(|outside| outside.contains(separator)))
            .count()
    };
    // `max_by_key` takes the last of equals: the least likely comes first.
    [',', '\t', ';'].into_iter().max_by_key(|separator| on_lines(*separator)).unwrap_or(';')
}

/// Reads all rows. Excel's own first line `sep=;` is obeyed.
pub(super) fn read(text: &str) -> Table {
    let first = text.lines().next().unwrap_or_default();
    let stated = first
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|start| first.get(start.len()..))
        .and_then(|rest| rest.chars().next());
    let separator = stated.unwrap_or_else(|| separator(text));
    let mut table = Table::default();
    let mut at = if stated.is_some() { line_end(text, 0) } else { 0 };
    while at < text.len() {
        let line = text.get(at..line_end(text, at)).unwrap_or_default();
        if line.trim_start().starts_with('#') {
            at += line.len();
            continue;
        }
        let (row, end) = row(text, at, separator, &mut table.open_quotes);
        if row.iter().any(|field| !super::address::trim(&field.value).is_empty()) {
            table.rows.push(row);
        }
        at = end;
    }
    table
}

/// One past the newline of the line that holds `at`.
fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// The row that begins at `start`, and where the next one begins.
fn row(text: &str, start: usize, separator: char, open_quotes: &mut Vec<Span>) -> (Vec<Field>, usize) {
    let mut fields = Vec::new();
    let mut at = start;
    loop {
        let begin = at;
        let mut value = String::new();
        let blanks = text.get(at..).map_or(0, |rest| {
            rest.len() - rest.trim_start_matches(|blank| matches!(blank, ' ' | '\u{a0}') && blank != separator).len()
        });
        if text.get(at + blanks..).is_some_and(|rest| rest.starts_with('"')) {
            let quote = at + blanks;
            match quoted(text, quote) {
                Some((inside, end)) => {
                    value = inside;
                    at = end;
                }
                None => {
                    open_quotes.push(Span::new(quote, quote + 1));
                    at = quote + 1;
                }
            }
        }
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.find([separator, '\n']).unwrap_or(rest.len());
        let plain = rest.get(..length).unwrap_or_default();
        value.push_str(plain.strip_suffix('\r').unwrap_or(plain));
        at += length;
        fields.push(Field { value, span: Span::new(begin, at).trimmed(text) });
        match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(next) if next == separator => at += separator.len_utf8(),
            Some(_) => return (fields, at + 1),
            None => return (fields, at),
        }
    }
}

/// The inside of the quoted field that opens at `quote`, and where it ends; none where it does not end, or where it would
/// swallow another line's address.
fn quoted(text: &str, quote: usize) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut at = quote + 1;
    loop {
        let rest = text.get(at..)?;
        let end = rest.find('"')?;
        inside.push_str(rest.get(..end)?);
        at += end + 1;
        if !text.get(at..)?.starts_with('"') {
            break;
        }
        inside.push('"');
        at += 1;
    }
    (!(inside.contains('\n') && inside.contains('@'))).then_some((inside, at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<Vec<String>> {
        read(text).rows.into_iter().map(|row| row.into_iter().map(|field| field.value).collect()).collect()
    }

    #[test]
    fn quoted_fields_may_hold_separators_quotes_and_line_breaks() {
        let text = "\"a;b\";\"say \"\"x\"\"\"\r\n\"c\nd\";e\r\n";
        assert_eq!(values(text), [["a;b", "say \"x\""], ["c\nd", "e"]]);
    }

    #[test]
    fn the_separator_is_found_outside_quotation_marks() {
        assert_eq!(separator("\"a,b\";c\n\"d,e\";f\n"), ';');
        assert_eq!(separator("a\tb\nc\td\n"), '\t');
        assert_eq!(separator("a,b\n"), ',');
        assert_eq!(values("sep=,\na;x,b\n"), [["a;x", "b"]]);
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_the_next_line() {
        let table = read("\"Anna;anna@example.dk\nPer;per@example.dk\n\"Ida\";ida@example.dk\n");
        assert_eq!(table.open_quotes.len(), 1);
        assert_eq!(table.rows.len(), 3);
    }

    #[test]
    fn all_encodings_of_spreadsheets_give_the_same_text() {
        let text = "Søren;æøå";
        let utf16 = |little: bool| -> Vec<u8> {
            let units = Some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        let with_mark = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let western = b"S\xF8ren;\xE6\xF8\xE5".to_vec();
        for bytes in [text.as_bytes().to_vec(), with_mark, utf16(true), utf16(false), western] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        assert_eq!(decode(b"a\rb\r\nc").unwrap(), "a\nb\nc");
        assert_eq!(decode(b"ab\0c"), Err(2));
        assert!(decode(b"ab\x81c").is_err());
    }

    proptest::proptest! {
        #[test]
        fn every_field_lies_where_it_says(text in "[a@;,\"\n\r\t# ø]{0,40}") {
            for field in read(&text).rows.into_iter().flatten() {
                let span = field.span;
                proptest::prop_assert!(text.get(span.start()..span.end()).is_some());
            }
        }
    }
}
