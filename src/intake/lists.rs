//! Finds the marker of a list item, and tells "1. at sagen drøftes" from "1. maj er en fridag".

use crate::text::months::MONTHS;

/// Words beside the names of months that follow an ordinal: a number before them counts something and marks no list item.
const AFTER_ORDINALS: &[&str] = &[
    "kvartal",
    "halvår",
    "sygedag",
    "sygedage",
    "behandling",
    "stedfortræder",
    "viceborgmester",
    "klasse",
    "årgang",
    "gang",
    "gange",
    "dag",
    "dagen",
    "sal",
    "og",
    "til",
    "eller",
    "næstformand",
    "suppleant",
    "valgrunde",
    "etape",
    "fase",
];

const BULLETS: &[char] =
    &['-', '–', '—', '•', '·', '▪', '●', '○', '◦', '‣', '*', '■', '□', '►', '➢', '❖', '✓', '✔', '\u{2043}'];

/// Symbol fonts have their bullets in the private area, where no letter is.
fn is_symbol(character: char) -> bool {
    matches!(character, '\u{f000}'..='\u{f0ff}')
}

/// Bytes of the marker and the blanks behind it, when the line begins with one. `line` has no leading white space.
pub(super) fn marker(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let after_bullet = |rest: &str| -> Option<usize> {
        let text = rest.trim_start();
        (text.len() < rest.len() && !text.is_empty()).then(|| line.len() - text.len())
    };
    if BULLETS.contains(&first) || is_symbol(first) {
        return after_bullet(line.get(first.len_utf8()..)?);
    }
    if line.starts_with("o ") && line.chars().nth(2).is_some_and(char::is_uppercase) {
        return Some(2);
    }
    let body = line.strip_prefix('(').unwrap_or(line);
    let label = body.len() - body.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let (label, rest) = body.split_at_checked(label)?;
    let numbered = (1..=2).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic());
    let closing = rest.chars().next()?;
    let rest = rest.get(closing.len_utf8()..)?;
    match closing {
        ')' if numbered || lettered => after_bullet(rest),
        '.' if numbered && !line.starts_with('(') => {
            let next = rest.trim_start().split([' ', '-', ',', '.', ':']).next().unwrap_or_default();
            // "2. 6. og 14. dagen": a number behind the marker is another ordinal.
            // "1. at-punkt blev godkendt."
            let ordinal = next == "at" && rest.trim_start().starts_with("at-")
                || MONTHS.contains(&next)
                || AFTER_ORDINALS.contains(&next)
                || next.chars().next().is_some_and(|c| c.is_ascii_digit());
            if ordinal { None } else { after_bullet(rest) }
        }
        // A capital with a full stop is an initial far more often than a list marker.
        // "d. 15. september" is a day.
        '.' if label == "d" && rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) => None,
        '.' if lettered && label.chars().all(char::is_lowercase) => after_bullet(rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_numbers_and_letters_mark_items() {
        for (line, expected) in [
            ("- Ferie", 2),
            ("•\tFerie", 4),
            ("\u{f0d8} Ferie", 4),
            ("1. at sagen drøftes", 3),
            ("2) Løn", 3),
            ("a) Løn", 3),
            ("(3) Løn", 4),
        ] {
            assert_eq!(marker(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn ordinals_dates_and_dashes_without_a_blank_mark_none() {
        for line in [
            "1. maj er en fridag",
            "1. og 2. sygedag",
            "2. 6. og 14. dagen",
            "-5 pct.",
            "3 enheder",
            "A. Hansen kom",
            "d. 15. september",
            "1.",
            "- ",
        ] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
