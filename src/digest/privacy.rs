//! The guard that stands before any rule: a CPR number anywhere in the document stops every letter made of it.

use std::sync::LazyLock;

use regex::Regex;

/// Whether a text holds what may be a CPR number: six digits that are a day, and four more, with or without a hyphen or
/// blanks between. The check digit is not trusted: numbers issued since 2007 do without, and a typing error is no comfort.
#[must_use]
pub fn holds_cpr_number(text: &str) -> bool {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"([0-9]{2})([0-9]{2})[0-9]{2}[ \t\n]?[-–‐‑]?[ \t\n]?[0-9xX]{4}").ok());
    let Some(pattern) = NUMBER.as_ref() else { return true };
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| pattern.captures(rest)) {
        let Some(whole) = found.get(0) else { return true };
        let (start, end) = (from + whole.start(), from + whole.end());
        let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<u32>().ok()).unwrap_or(0);
        // Some numbers have 60 added to the day.
        let day = (1..=31).contains(&number(1)) || (61..=91).contains(&number(1));
        let month = (1..=12).contains(&number(2));
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if day && month && alone(before) && alone(after) {
            return true;
        }
        from = start + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cpr_number_is_found_in_any_form() {
        for text in
            ["CPR 010190-1234.", "nr. 0101901234", "010190 1234", "310156–xxxx", "(711290-1234)", "010190-\n1234"]
        {
            assert!(holds_cpr_number(text), "{text}");
        }
    }

    #[test]
    fn case_numbers_dates_telephones_and_amounts_are_none() {
        for text in [
            "81.38.04-P35-1-24",
            "18.06.2025",
            "tlf. 43 68 68 68",
            "1.250.000 kr.",
            "990190-1234",
            "12345678901234",
            "EAN 5798007000123",
        ] {
            assert!(!holds_cpr_number(text), "{text}");
        }
    }
}
