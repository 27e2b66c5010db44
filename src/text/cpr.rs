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
    places(text).next().is_some()
}

/// Where in a text a CPR number may begin, in bytes.
#[must_use]
pub fn cpr_places(text: &str) -> Vec<usize> {
    places(text).collect()
}

/// Numbers are looked for at digits alone, and most digits are told apart by the sign behind them: every file is searched
/// whole, and most of it is letters.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.as_bytes().get(from..)?;
            let at = from + rest.iter().position(|byte| may_begin_digit(*byte))?;
            from = at + 1;
            if let Some(number) = number_at(text, at)
                && stands_alone(&number, text)
            {
                from = number.end;
                return Some(at);
            }
        }
    })
}

/// Whether a byte is a digit or the first of those that [`kind`] knows beyond ASCII.
fn may_begin_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, 0xD9 | 0xEF | 0xF0)
}

/// The signs of a text that are seen, from a place on; soft hyphens and signs without width are read by nobody.
fn seen(text: &str, from: usize) -> impl Iterator<Item = (usize, char)> {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().filter(|(_, sign)| !is_invisible(*sign)).map(move |(at, sign)| (from + at, sign))
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

/// What has the form of a CPR number.
struct Number {
    start: usize,
    /// Behind its last digit.
    end: usize,
    /// Nothing stands between its digits.
    solid: bool,
}

/// The number that begins at `start`, where one does: a day, a month and a year, and four more digits.
fn number_at(text: &str, start: usize) -> Option<Number> {
    let mut signs = seen(text, start).map(|(at, sign)| (at + sign.len_utf8(), kind(sign))).peekable();
    let mut grouped = false;
    let mut pair = |inner: bool| -> Option<u32> {
        // "01.01.90-1234", "01-01-90-1234"
        if inner && signs.next_if(|(_, kind)| matches!(kind, Sign::Point | Sign::Hyphen)).is_some() {
            grouped = true;
        }
        let (Some((_, Sign::Digit(tens))), Some((_, Sign::Digit(ones)))) = (signs.next(), signs.next()) else {
            return None;
        };
        Some(tens * 10 + ones)
    };
    let day = pair(false)?;
    // Some numbers have 60 added to the day.
    if !((1..=31).contains(&day) || (61..=91).contains(&day)) || !(1..=12).contains(&pair(true)?) {
        return None;
    }
    pair(true)?;
    let (mut between, mut hyphens) = (0, 0);
    while let Some((_, kind)) = signs.next_if(|(_, kind)| matches!(kind, Sign::Blank | Sign::Hyphen)) {
        between += 1;
        hyphens += usize::from(kind == Sign::Hyphen);
        // A date before a blank and a number is a date; a date before a hyphen and four digits is not.
        if between > MOST_BETWEEN || hyphens > 1 {
            return None;
        }
    }
    if grouped && hyphens == 0 {
        return None;
    }
    let (mut digits, mut hidden, mut end) = (0, 0, start);
    for (behind, kind) in signs.take(4) {
        digits += usize::from(matches!(kind, Sign::Digit(_)));
        hidden += usize::from(kind == Sign::Hidden);
        end = behind;
    }
    let hidden = hidden == 4 && (between > 0 || !grouped);
    (digits == 4 || hidden).then_some(Number { start, end, solid: between == 0 && !grouped })
}

/// Whether the number is no part of a longer one, nor named as an account.
fn stands_alone(number: &Number, text: &str) -> bool {
    let before = text.get(..number.start).unwrap_or_default();
    let mut before_it = before.chars().rev().filter(|sign| !is_invisible(*sign));
    let mut behind_it = seen(text, number.end).map(|(_, sign)| sign);
    let digit = |sign: Option<char>| sign.is_some_and(|sign| matches!(kind(sign), Sign::Digit(_)));
    // "2025-010203-1234", "01-0203-1234-5", "A0101901234B"
    let goes_on = |next: Option<char>, further: Option<char>| {
        let joins = next.is_some_and(|sign| matches!(kind(sign), Sign::Hyphen | Sign::Point));
        next.is_some_and(char::is_alphanumeric) || (joins && digit(further))
    };
    if goes_on(before_it.next(), before_it.next()) || goes_on(behind_it.next(), behind_it.next()) {
        return false;
    }
    let told = before.trim_end_matches([' ', ':', '\u{a0}', '.', '\t']);
    let told: String =
        told.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    let account = ["konto", "kontonr", "kontonummer", "bankkonto", "konto nr"].iter().any(|word| told.ends_with(word));
    // The registration number of a bank stands before its account number.
    let bank = {
        let digits = told.chars().rev().take_while(char::is_ascii_digit).count();
        digits == 4 && (told.contains("reg") || told.contains("konto"))
    };
    !(number.solid && (account || bank) && !told.contains("nemkonto"))
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
