//! Puts the lines of a file together to the parsed text, the same way for every format.
//!
//! Lines are joined where the page, not the writer, cut them: a long line that goes on without a blank line, and the two
//! halves of a sentence with a page break between. The parsed text has one newline between items of a list or rows of a
//! table and a blank line everywhere else, so that two formats of the same minutes give the same text.

use super::chrome::is_chrome;
use super::hyphens::{Hyphen, Vocabulary};
use super::landmarks::Landmarks;
use super::wraps::{self, Wraps};
use super::{Document, Line, LineKind, Position, Source, Warning};
use crate::text::Span;

/// A line as a reader found it, before joining.
#[derive(Clone, Debug)]
pub(super) struct RawLine {
    /// Its visible text, without markup, trimmed.
    pub text: String,
    /// What the layout says.
    pub kind: LineKind,
    /// All of it emphasised.
    pub emphasised: bool,
    /// Where it stood, or began.
    pub position: Position,
    /// Where its further pieces stood, where the reader joined lines itself: byte in `text` from which each place holds.
    pub pieces: Vec<(usize, Position)>,
    /// Whether blank lines or a page break stand before it.
    pub gap_before: bool,
}

/// From this length on a line that goes on in small letters was cut by the width of the page.
const FULL_LINE: usize = 50;
/// A line this long is hardly the lead-in of a list: "Direktionen indstiller,".
const LONG_LINE: usize = 60;
/// The first half of a sentence that a page break cut fills at least this much of a line.
const HALF_SENTENCE: usize = 30;

/// Joins lines that the page cut and lays out the parsed text.
pub(super) fn build(source: Source, raw: Vec<RawLine>, warnings: Vec<Warning>, landmarks: &dyn Landmarks) -> Document {
    let bytes = raw.iter().map(|line| line.text.len() + 2).sum();
    let wraps = Wraps::of(raw.iter().map(|line| (line.text.as_str(), line.kind, line.gap_before)));
    build_lines(source, raw.into_iter(), bytes, wraps, None, warnings, landmarks)
}

/// The same for lines that are made one by one, of about so many bytes together: a long text need not lie in memory twice.
pub(super) fn build_lines(
    source: Source,
    raw: impl ExactSizeIterator<Item = RawLine>,
    bytes: usize,
    wraps: Wraps,
    words: Option<Vocabulary>,
    warnings: Vec<Warning>,
    landmarks: &dyn Landmarks,
) -> Document {
    assemble(source, raw, bytes, words, warnings, |last, last_text, last_raw_length, next| {
        joins(last, last_text, last_raw_length, next, Some(wraps), landmarks)
    })
}

/// The same for formats that keep paragraphs whole: a gap is then the writer's and nothing is joined over it. Within a
/// paragraph a line break is the writer's too, unless it stands in the middle of a clause.
pub(super) fn build_paragraphs(
    source: Source,
    raw: Vec<RawLine>,
    warnings: Vec<Warning>,
    landmarks: &dyn Landmarks,
) -> Document {
    let bytes = raw.iter().map(|line| line.text.len() + 2).sum();
    assemble(source, raw.into_iter(), bytes, None, warnings, |last, last_text, last_raw_length, next| {
        let goes_on = next.text.starts_with(char::is_lowercase) && !last_text.ends_with(',');
        !next.gap_before && goes_on && joins(last, last_text, last_raw_length, next, None, landmarks)
    })
}

fn assemble(
    source: Source,
    raw: impl ExactSizeIterator<Item = RawLine>,
    bytes: usize,
    words: Option<Vocabulary>,
    warnings: Vec<Warning>,
    joins: impl Fn(&Line, &str, usize, &RawLine) -> bool,
) -> Document {
    let mut text = String::with_capacity(bytes);
    let mut lines: Vec<Line> = Vec::with_capacity(raw.len());
    let mut last_raw_length = 0;
    let mut chrome_before = false;
    for mut next in raw {
        if is_chrome(&next.text) {
            chrome_before = true;
            continue;
        }
        next.gap_before |= std::mem::take(&mut chrome_before);
        let joins = lines.last().is_some_and(|last| {
            let last_text = last.span.of(&text);
            joins(last, last_text, last_raw_length, &next)
        });
        last_raw_length = next.text.chars().count();
        if joins && let Some(last) = lines.last_mut() {
            // "beslut-" / "ning"
            let start = match &words {
                Some(words) if text.ends_with('-') => words.join(&mut text, &next.text, Hyphen::Plain),
                _ => {
                    text.push(' ');
                    text.push_str(&next.text);
                    text.len() - next.text.len()
                }
            };
            last.origins.extend(origins(start, &next));
            last.span = Span::new(last.span.start(), text.len());
            continue;
        }
        if let Some(last) = lines.last() {
            let tight = !matches!(next.kind, LineKind::Plain | LineKind::Heading(_))
                && std::mem::discriminant(&last.kind) == std::mem::discriminant(&next.kind);
            text.push_str(if tight { "\n" } else { "\n\n" });
        }
        let start = text.len();
        text.push_str(&next.text);
        lines.push(Line {
            span: Span::new(start, text.len()),
            kind: next.kind,
            emphasised: next.emphasised,
            origins: origins(start, &next).collect(),
        });
    }
    if !text.is_empty() {
        text.push('\n');
    }
    Document { source, text: text.into(), lines, warnings, cpr_elsewhere: false }
}

/// The places of a line that begins at `start` of the parsed text.
fn origins(start: usize, line: &RawLine) -> impl Iterator<Item = (usize, Position)> {
    std::iter::once((start, line.position))
        .chain(line.pieces.iter().map(move |(offset, place)| (start + offset, *place)))
}

/// Whether `next` is the rest of what `last` began; `wraps` where lines may have been cut by the width of a page.
fn joins(
    last: &Line,
    last_text: &str,
    last_raw_length: usize,
    next: &RawLine,
    wraps: Option<Wraps>,
    landmarks: &dyn Landmarks,
) -> bool {
    // "videre med" / "Beslutning": before a capital such a word may end a line after all.
    let capital = next.text.starts_with(char::is_uppercase);
    let dangling = wraps.is_some() && wraps::dangles(last_text, &next.text) && !(capital && next.gap_before);
    let cut = dangling || wraps.is_some_and(|wraps| wraps.is_cut(last_raw_length, &next.text));
    // "… så også den" / "4. weekend er dækket": a number that counts something looks like a list item.
    let listed = !next.gap_before && matches!(next.kind, LineKind::ListItem { .. });
    let counted = listed
        && ((cut && goes_on_counting(last_text, next)) || (dangling && wraps::is_numbered(last_text, &next.text)));
    let plain = next.kind == LineKind::Plain || counted;
    if !plain || !matches!(last.kind, LineKind::Plain | LineKind::ListItem { .. }) {
        return false;
    }
    if is_contents_line(last_text) || is_contents_line(&next.text) || last.emphasised || next.emphasised {
        return false;
    }
    let Some(end) = last_text.trim_end_matches(['"', '”', '»', '\'', ')', ']']).chars().last() else { return false };
    if matches!(end, '.' | '!' | '?' | ':' | ';' | '…') && !dangling {
        return false;
    }
    let Some(first) = next.text.chars().find(|c| !matches!(c, '"' | '”' | '“' | '«' | '»' | '(' | '\'')) else {
        return false;
    };
    // "… indstiller," / "at sagen drøftes": a clause of its own, not a cut sentence, unless the line was full.
    let mid_line = last_raw_length >= FULL_LINE && (last_text.contains(". ") || last_raw_length >= LONG_LINE);
    let clause = next.text.starts_with("at ") && matches!(end, ',') && (next.gap_before || !(cut || mid_line));
    if clause {
        return false;
    }
    let goes_on = if next.gap_before {
        (first.is_lowercase() || dangling) && last_text.chars().count() >= HALF_SENTENCE
    } else {
        let opens = first.is_alphanumeric() || matches!(first, '§' | '–') || counted;
        (last_raw_length >= FULL_LINE && (first.is_lowercase() || first == '&')) || (cut && opens)
    };
    goes_on && !landmarks.begins(&next.text) && !landmarks.is_whole(last_text)
}

/// Whether the number that `next` begins with belongs to the sentence of `last`: small letters behind it, no mark before.
fn goes_on_counting(last: &str, next: &RawLine) -> bool {
    let LineKind::ListItem { marker, .. } = next.kind else { return false };
    let numbered = next.text.starts_with(|c: char| c.is_ascii_digit());
    let small = next.text.get(marker..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    numbered && small && last.ends_with(char::is_alphanumeric)
}

/// "Budget 2026.....7": a line of a table of contents.
#[must_use]
pub fn is_contents_line(text: &str) -> bool {
    let text = text.trim_end();
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 4 {
        return false;
    }
    let before = text.get(..text.len() - digits).unwrap_or_default();
    let leaders = before.trim_end_matches(['.', ' ', '\u{a0}', '…', '_']);
    before.get(leaders.len()..).is_some_and(|dots| dots.matches(['.', '…', '_']).count() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Format;

    fn parsed(lines: &[(&str, bool)]) -> String {
        let raw = lines
            .iter()
            .enumerate()
            .map(|(number, (text, gap))| RawLine {
                text: (*text).into(),
                kind: LineKind::Plain,
                emphasised: false,
                position: Position { page: None, line: u32::try_from(number).unwrap_or_default() + 1 },
                pieces: Vec::new(),
                gap_before: *gap,
            })
            .collect();
        build(
            Source { file: "f".into(), format: Format::Text, sha256: String::new() },
            raw,
            Vec::new(),
            &crate::intake::NoLandmarks,
        )
        .text
        .to_string()
    }

    #[test]
    fn a_sentence_cut_by_a_page_break_is_joined_by_one_blank() {
        assert_eq!(
            parsed(&[("Frihed ud over det aftalte er noget, der skal træffes", false), ("beslutning om.", true)]),
            "Frihed ud over det aftalte er noget, der skal træffes beslutning om.\n"
        );
    }

    #[test]
    fn headings_sentences_and_clauses_of_their_own_are_not_joined() {
        assert_eq!(parsed(&[("Beslutning", false), ("udsat", true)]), "Beslutning\n\nudsat\n");
        assert_eq!(
            parsed(&[("Afdelingschefen for Børn og Unge indstiller,", false), ("at sagen drøftes", true)]),
            "Afdelingschefen for Børn og Unge indstiller,\n\nat sagen drøftes\n"
        );
        assert_eq!(
            parsed(&[("Sagen blev drøftet af udvalget og taget til efterretning.", false), ("den kommer igen", true)]),
            "Sagen blev drøftet af udvalget og taget til efterretning.\n\nden kommer igen\n"
        );
    }

    #[test]
    fn long_lines_without_a_blank_line_between_are_one_paragraph() {
        assert_eq!(
            parsed(&[
                ("Udvalget drøftede sagen, og der var enighed om, at den", false),
                ("Fælles HR laver et notat.", false)
            ]),
            "Udvalget drøftede sagen, og der var enighed om, at den Fælles HR laver et notat.\n"
        );
        assert_eq!(parsed(&[("Kort linje", false), ("Næste linje", false)]), "Kort linje\n\nNæste linje\n");
    }

    #[test]
    fn a_number_that_belongs_to_the_word_before_it_marks_no_list_item() {
        let raw = |text: &str, kind| RawLine {
            text: text.into(),
            kind,
            emphasised: false,
            position: Position { page: None, line: 1 },
            pieces: Vec::new(),
            gap_before: false,
        };
        let source = || Source { file: "f".into(), format: Format::Text, sha256: String::new() };
        let parsed = |first: &str, second: &str| {
            let lines = vec![raw(first, LineKind::Plain), raw(second, LineKind::ListItem { marker: 3, level: 0 })];
            build(source(), lines, Vec::new(), &crate::intake::NoLandmarks).text.to_string()
        };
        assert_eq!(
            parsed("Rundvisningen og afleveringen af nøgler sker i uge", "2. Derefter lukkes døren."),
            "Rundvisningen og afleveringen af nøgler sker i uge 2. Derefter lukkes døren.\n"
        );
        assert_eq!(
            parsed("Der er to ting at gøre i den uge:", "2. Døren"),
            "Der er to ting at gøre i den uge:\n\n2. Døren\n"
        );
    }

    #[test]
    fn contents_lines_are_known_by_their_leaders() {
        assert!(is_contents_line("Godkendelse af dagsorden.....3"));
        assert!(is_contents_line("Budget . . . . . 12"));
        assert!(!is_contents_line("Budget 2026"));
    }
}
