//! The title of a document: kind, committee, day and place, in one line or several.
//!
//! "REFERAT KommuneMED d. 02-03-2022", "Byrådet – Referat", "24. juni 2025 - referat fra Økonomiudvalget", or "Referat" / "til
//! mødet i" / "Hovedudvalget" / "den 11. marts" set below each other: the lines are put together first.

use super::super::bodies::names_body;
use super::super::dialect::{Dialect, key};
use super::super::model::Kind;
use super::super::{closed, lines};
use super::times::times;
use super::{Head, label_of};
use crate::text::Span;
use crate::text::dates::dates;

/// How many lines at the top can be the title.
pub(super) const TITLE_LINES: usize = 14;

/// Puts lines together that are one title: a line goes on in small letters, or the one before ends in "i" or "den".
pub(super) fn joined(lines: &[&str], dialect: &Dialect) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for line in lines.iter().take(TITLE_LINES) {
        let is_label = label_of(line, dialect).is_some();
        let goes_on = titles.last().is_some_and(|last| {
            let small = line.starts_with(char::is_lowercase);
            let dangles =
                last.split_whitespace().next_back().is_some_and(|word| dialect.title_words.contains(&key(word)));
            (small || dangles) && is_title(last, dialect)
        });
        match titles.last_mut().filter(|_| goes_on && !is_label) {
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => titles.push((*line).to_owned()),
        }
    }
    titles
}

/// Kind, committee, day, times and place from a title line.
pub(super) fn read_title(line: &str, dialect: &Dialect, head: &mut Head) {
    if head.kind.is_some() || line.split_whitespace().count() > 30 {
        return;
    }
    let line = without_draft(line, dialect);
    let kind = match (kind_words(line, &dialect.minutes_words), kind_words(line, &dialect.agenda_words)) {
        // "Dagsorden med vedtagelser" are minutes: the longer words win.
        (Some(minutes), Some(agenda)) if agenda.len() > minutes.len() => Kind::Dagsorden,
        (Some(_), _) => Kind::Referat,
        (None, Some(_)) => Kind::Dagsorden,
        (None, None) => return,
    };
    head.kind = Some(kind);
    read_when_and_where(line, dialect, head);
    let named = committee_in(line, dialect).filter(|name| !super::is_draft(name, dialect));
    head.committee = head.committee.take().or(named);
}

/// Day, times and place from a line that has a full date: "… den 9. juni 2026 kl. 9.00 i Mødelokale C".
pub(super) fn read_when_and_where(line: &str, dialect: &Dialect, head: &mut Head) {
    let printed = dates(line);
    let Some(date) = printed.iter().find(|date| date.full().is_some()) else { return };
    head.date = head.date.or(date.full());
    let times = times(line);
    head.start = head.start.or(times.first().copied());
    head.end = head.end.or(times.get(1).copied());
    let behind = line.get(date.span.end()..).unwrap_or_default();
    head.place = head.place.take().or_else(|| place_in(behind, dialect));
}

/// What follows "i" or "på" behind day and time, to the end of the sentence.
fn place_in(behind: &str, dialect: &Dialect) -> Option<String> {
    let (_, place) = dialect
        .header
        .place_prepositions
        .iter()
        .filter_map(|word| behind.find(&format!(" {word} ")).map(|at| (at, word)))
        .min()
        .and_then(|(at, word)| Some((at, behind.get(at + word.len() + 2..)?)))?;
    let end = place.find(". ").unwrap_or(place.len());
    let place = place.get(..end)?.trim().trim_end_matches(['.', ',', ':']);
    (!place.is_empty() && place.split_whitespace().count() <= 8).then(|| place.to_owned())
}

/// Whether the line says what sort of document this is: "Referat fra møde i …".
pub(in crate::minutes) fn is_title(line: &str, dialect: &Dialect) -> bool {
    let line = without_draft(line, dialect);
    kind_words(line, &dialect.minutes_words).or_else(|| kind_words(line, &dialect.agenda_words)).is_some()
}

/// Whether the line begins with the word for an agenda: "Dagsorden til mødet den 3. september 2026".
pub(in crate::minutes) fn is_agenda_title(line: &str, dialect: &Dialect) -> bool {
    kind_words(line, &dialect.agenda_words).is_some_and(|span| span.start() == 0)
        && kind_words(line, &dialect.minutes_words).is_none()
}

/// The name of a committee on a line of its own.
pub(super) fn committee_line(line: &str, dialect: &Dialect) -> Option<String> {
    let group = lines::is_group(line, dialect) || closed::group(line, dialect).is_some();
    let fits = !group
        && label_of(line, dialect).is_none()
        && !lines::is_head_label(line, dialect)
        && !line.contains(": ")
        && !line.ends_with(':');
    if !fits || !names_body(line, dialect) {
        return None;
    }
    let line = without_draft(line, dialect);
    // Columns, and the municipality's name before the body's.
    let column = line.split(['\t', '|']).flat_map(|part| part.split("   ")).find(|part| names_body(part, dialect));
    let line = column.unwrap_or(line);
    let behind = dialect.municipality.iter().find_map(|word| {
        let at = line.find(&format!(" {word} "))?;
        line.get(at + word.len() + 2..).filter(|rest| names_body(rest, dialect))
    });
    committee_in(behind.unwrap_or(line), dialect)
}

/// The bytes of the longest of the words that stands in a title line: at its beginning, its end, or behind a date.
fn kind_words(line: &str, words: &[String]) -> Option<Span> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || line.split_whitespace().count() > 30 {
        return None;
    }
    let alone = |span: Span| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(lower.get(..span.start()).and_then(|before| before.chars().next_back()))
            && edge(lower.get(span.end()..).and_then(|after| after.chars().next()))
    };
    let found = words.iter().filter_map(|word| {
        let start = lower.find(word.as_str())?;
        Some(Span::new(start, start + word.len()))
    });
    // In the middle of a sentence the word means other minutes: "Godkendelse af referat fra sidste møde".
    let placed = |span: &Span| {
        let before = lower.get(..span.start()).unwrap_or_default().trim_end();
        let after =
            line.get(span.end()..).unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || c == '\u{0}');
        // "Byrådets referat", but not "Vejledning i at skrive referat".
        let named = line
            .get(..span.start())
            .and_then(|before| before.split_whitespace().next_back())
            .is_some_and(|word| word.starts_with(char::is_uppercase) || word.bytes().any(|byte| byte.is_ascii_digit()));
        let dated = dates(after).first().is_some_and(|date| date.span.start() == 0 && date.full().is_some());
        span.start() == 0
            || before.ends_with(['-', '–', '/', '•', ':', '|', ','])
            || (named && (after.is_empty() || dated))
    };
    found.filter(|span| alone(*span)).filter(placed).max_by_key(|span| span.len())
}

/// What remains of a title line without kind, date, time and the small words between.
fn committee_in(line: &str, dialect: &Dialect) -> Option<String> {
    let mut rest = line.to_owned();
    for date in dates(line).iter().rev() {
        rest.replace_range(date.span.start()..date.span.end(), "\u{0}");
    }
    let kind = kind_words(&rest, &dialect.minutes_words).or_else(|| kind_words(&rest, &dialect.agenda_words));
    if let Some(kind) = kind {
        rest.replace_range(kind.start()..kind.end(), "\u{0}");
    }
    rest.split(['\u{0}', '•', '|', '/'])
        .map(|part| without_small_words(part, dialect))
        .find(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 2)
        .map(|name| without_genitive(name, dialect).to_owned())
}

/// "Socialudvalgets", in "Socialudvalgets møde den …", is "Socialudvalget".
fn without_genitive<'p>(name: &'p str, dialect: &Dialect) -> &'p str {
    let lower = name.to_lowercase();
    let inflected = |body: &String| {
        let body = body.to_lowercase();
        lower.ends_with(&format!("{body}s"))
            || lower.ends_with(&format!("{body}ets"))
            || lower.ends_with(&format!("{body}'s"))
    };
    let bare = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).or_else(|| name.strip_suffix('s'));
    bare.filter(|_| dialect.bodies.iter().any(inflected)).unwrap_or(name)
}

/// "fra ordinært møde i HovedMED den" is "HovedMED".
fn without_small_words<'p>(part: &'p str, dialect: &Dialect) -> &'p str {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '.' | '(' | ')');
    let mut part = part.trim_matches(is_mark);
    loop {
        let lower = part.to_lowercase();
        let front = dialect.title_words.iter().find(|word| {
            lower.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_mark))
        });
        let back = dialect.title_words.iter().find(|word| {
            lower.strip_suffix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(is_mark))
        });
        let shorter = match (front, back) {
            _ if lower.len() != part.len() => part,
            (Some(word), _) => part.get(word.len()..).unwrap_or_default(),
            (None, Some(word)) => part.get(..part.len() - word.len()).unwrap_or_default(),
            (None, None) => part,
        };
        // "møde nr. 6"
        let number =
            shorter.rsplit_once(' ').filter(|(_, last)| last.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/'));
        let shorter = number.filter(|(before, _)| key(before).ends_with("nr")).map_or(shorter, |(before, _)| before);
        let shorter = shorter.trim_matches(is_mark);
        if shorter.len() == part.len() {
            return part;
        }
        part = shorter;
    }
}

/// "UDKAST: Referat …" and "Foreløbigt referat …" are titles of minutes; that they are a draft is read elsewhere.
fn without_draft<'l>(line: &'l str, dialect: &Dialect) -> &'l str {
    let mut rest = line;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | ',' | '(' | ')');
    while let Some((word, after)) = rest.split_once(is_mark) {
        let own = key(word);
        let status = dialect.draft_words.contains(&own) || dialect.final_words.contains(&own);
        if !word.is_empty() && !status && own != "til" {
            break;
        }
        rest = after;
    }
    rest.trim_start_matches(is_mark)
}
