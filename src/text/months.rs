//! The names of the months, the one place where they stand.

/// In the calendar's order and lower case.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// The month, from 1, that a word names or shortens: its first three letters tell, in either case.
#[must_use]
pub fn month(word: &str) -> Option<u32> {
    let letters = word.get(..3)?;
    let place =
        MONTHS.iter().position(|name| name.get(..3).is_some_and(|begun| begun.eq_ignore_ascii_case(letters)))?;
    u32::try_from(place + 1).ok()
}
