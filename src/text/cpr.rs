//! Numbers that may be CPR numbers, in any text.
//!
//! The check digit is not trusted: numbers issued since 2007 do without, and a typing error is no comfort. Nor are the
//! signs around the digits: what a person reads as one number is one, whether a hyphen, a narrow blank, the end of a line
//! or of a table cell stands in it. It stands this low because the readers of files ask it too, about what they leave out.

/// Signs that may stand between the date and the last four digits.
const MOST_BETWEEN: usize = 6;

/// A sign of the text that matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit(u32),
    /// Stands for a digit that somebody made unreadable.
    Hidden,
    Blank,
    Hyphen,
    Point,
    Other,
}

/// Whether a text holds what may be a CPR number.
#[must_use]
pub fn holds_cpr_number(text: &str) -> bool {
    !cpr_places(text).is_empty()
}

/// Where in a text a CPR number may begin, in bytes.
#[must_use]
pub fn cpr_places(text: &str) -> Vec<usize> {
    // Soft hyphens and signs without width are read by nobody.
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(_, sign)| !is_invisible(*sign)).collect();
    let kinds: Vec<Sign> = signs.iter().map(|(_, sign)| kind(*sign)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < kinds.len() {
        match number_at(&kinds, at) {
            Some(end) if stands_alone(&signs, &kinds, at, end, text) => {
                found.extend(signs.get(at).map(|(start, _)| *start));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{34f}')
}

fn kind(sign: char) -> Sign {
    let code = u32::from(sign);
    match sign {
        '0'..='9' => Sign::Digit(code - u32::from('0')),
        // Full width, and the digits of mathematical alphabets, which word processors offer as "bold".
        '\u{ff10}'..='\u{ff19}' => Sign::Digit(code - 0xff10),
        '\u{1d7ce}'..='\u{1d7ff}' => Sign::Digit((code - 0x1d7ce) % 10),
        '\u{660}'..='\u{669}' => Sign::Digit(code - 0x660),
        'x' | 'X' | '*' | '•' | '█' => Sign::Hidden,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '_' | '~' | '·' => {
            Sign::Hyphen
        }
        '.' | '/' => Sign::Point,
        '|' => Sign::Blank,
        sign if sign.is_whitespace() => Sign::Blank,
        _ => Sign::Other,
    }
}

/// Where a number that begins at `at` ends, where one does: a day, a month and a year, and four more digits.
fn number_at(kinds: &[Sign], at: usize) -> Option<usize> {
    let mut next = at;
    let mut pair = |inner: bool| -> Option<u32> {
        // "01.01.90-1234", "01-01-90-1234"
        if inner && matches!(kinds.get(next), Some(Sign::Point | Sign::Hyphen)) {
            next += 1;
        }
        let (Some(Sign::Digit(tens)), Some(Sign::Digit(ones))) = (kinds.get(next), kinds.get(next + 1)) else {
            return None;
        };
        next += 2;
        Some(tens * 10 + ones)
    };
    let (day, month, _) = (pair(false)?, pair(true)?, pair(true)?);
    let grouped = next > at + 6;
    // Some numbers have 60 added to the day.
    if !((1..=31).contains(&day) || (61..=91).contains(&day)) || !(1..=12).contains(&month) {
        return None;
    }
    let between = kinds.get(next..)?.iter().take_while(|kind| matches!(kind, Sign::Blank | Sign::Hyphen)).count();
    let hyphens = kinds.get(next..next + between)?.iter().filter(|kind| **kind == Sign::Hyphen).count();
    // A date before a blank and a number is a date; a date before a hyphen and four digits is not.
    if between > MOST_BETWEEN || hyphens > 1 || (grouped && hyphens == 0) {
        return None;
    }
    let last = kinds.get(next + between..next + between + 4)?;
    let digits = last.iter().all(|kind| matches!(kind, Sign::Digit(_)));
    let hidden = last.iter().all(|kind| *kind == Sign::Hidden);
    (digits || (hidden && between > 0) || (hidden && !grouped)).then_some(next + between + 4)
}

/// Whether the number is no part of a longer one, nor named as an account.
fn stands_alone(signs: &[(usize, char)], kinds: &[Sign], at: usize, end: usize, text: &str) -> bool {
    let sign = |place: usize| signs.get(place).map(|(_, sign)| *sign);
    let kind = |place: usize| kinds.get(place).copied();
    let digit = |place: Option<usize>| place.and_then(kind).is_some_and(|kind| matches!(kind, Sign::Digit(_)));
    let joins =
        |place: Option<usize>| place.and_then(kind).is_some_and(|kind| matches!(kind, Sign::Hyphen | Sign::Point));
    let letter = |place: Option<usize>| place.and_then(sign).is_some_and(char::is_alphanumeric);
    let (before, after) = (at.checked_sub(1), Some(end));
    if letter(before) || letter(after) {
        return false;
    }
    // "2025-010203-1234", "01-0203-1234-5"
    if (joins(before) && digit(at.checked_sub(2))) || (joins(after) && digit(Some(end + 1))) {
        return false;
    }
    let solid = end == at + 10;
    let start = signs.get(at).map_or(0, |(start, _)| *start);
    let told = text.get(..start).unwrap_or_default().trim_end_matches([' ', ':', '\u{a0}', '.', '\t']);
    let told: String =
        told.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    let account = ["konto", "kontonr", "kontonummer", "bankkonto", "konto nr"].iter().any(|word| told.ends_with(word));
    // The registration number of a bank stands before its account number.
    let bank = {
        let digits = told.chars().rev().take_while(char::is_ascii_digit).count();
        digits == 4 && (told.contains("reg") || told.contains("konto"))
    };
    !(solid && (account || bank) && !told.contains("nemkonto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cpr_number_is_found_in_any_form() {
        for text in [
            "CPR 010190-1234.",
            "nr. 0101901234",
            "010190 1234",
            "010190 - 1234",
            "310156–xxxx",
            "010190-****",
            "(711290-1234)",
            "010190-\n1234",
            "010190\n1234",
            "010190\u{a0}1234",
            "010190\u{2009}1234",
            "010190\u{202f}-\u{202f}1234",
            "010190\u{2011}1234",
            "010190\u{2212}1234",
            "010190\u{2014}1234",
            "01\u{ad}0190-12\u{ad}34",
            "0101\u{200b}90\u{200b}1234",
            "010190\u{feff}-1234",
            "０１０１９０－１２３４",
            "010190\t1234",
            "| 010190 | 1234 |",
            "01.01.90-1234",
            "01-01-90-1234",
            "cpr.nr.:010190-1234",
            "cpr=010190-1234,",
            "010190-0000",
        ] {
            assert!(holds_cpr_number(text), "{text:?}");
        }
    }

    #[test]
    fn case_numbers_dates_telephones_accounts_and_amounts_are_none() {
        for text in [
            "81.38.04-P35-1-24",
            "00.22.04-A00-1-25",
            "18.06.2025",
            "18.06.25 kl. 1430",
            "18.06.25 1430",
            "tlf. 43 68 68 68",
            "+45 43686868",
            "004543686868",
            "1.250.000 kr.",
            "990190-1234",
            "011390-1234",
            "12345678901234",
            "EAN 5798007000123",
            "EAN 5798 0070 0012 3",
            "CVR 29189846",
            "CVR-nr. 29 18 98 46",
            "Reg. 2345 konto 0102031234",
            "kontonr. 0102031234",
            "reg.nr. 2345 0102031234",
            "2025-010203-1234",
            "24-010125-1234",
            "Sag 2024-12345",
            "S2025-010101-12",
            "010125-310725",
            "uge 10-12 2025",
            "KLE 01.02.03-1-24",
            "A0101901234B",
            "15. juni 2025 1234",
        ] {
            assert!(!holds_cpr_number(text), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_number_that_begins_with_a_day_is_found_whatever_its_check_digit(
            day in 1_u32..=31, month in 1_u32..=12, year in 0_u32..100, rest in 0_u32..10_000,
            between in "[ \u{a0}\u{2009}\n\t]{0,2}[-\u{2010}-\u{2014}]?[ \u{a0}\n]{0,2}",
        ) {
            let number = format!("Hun hedder {day:02}{month:02}{year:02}{between}{rest:04}.");
            proptest::prop_assert!(holds_cpr_number(&number), "{:?}", number);
        }

        #[test]
        fn any_text_is_searched_without_panic(text in "\\PC*") {
            let _ = holds_cpr_number(&text);
        }
    }
}
