//! The numbers in a line that stands on many pages: whether they stay, count the pages, or mean something.

/// A line's words with its numbers taken out, and the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// In lower case, each number a `#`.
    pub words: String,
    pub numbers: Vec<u64>,
}

impl Pattern {
    pub fn of(text: &str) -> Self {
        let (mut words, mut numbers) = (String::with_capacity(text.len()), Vec::new());
        // "iii", "- iv -", "Side ii": Roman numbers only where nearly nothing else stands, for "i" is a word too.
        let roman = text.split_whitespace().count() <= 3;
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                words.push(' ');
            }
            if roman && let Some(number) = roman_number(word) {
                words.push('#');
                numbers.push(number);
                continue;
            }
            let mut number: Option<u64> = None;
            for character in word.chars() {
                if let Some(digit) = character.to_digit(10) {
                    number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u64::from(digit)));
                    continue;
                }
                if let Some(number) = number.take() {
                    words.push('#');
                    numbers.push(number);
                }
                words.extend(character.to_lowercase());
            }
            if let Some(number) = number {
                words.push('#');
                numbers.push(number);
            }
        }
        Self { words, numbers }
    }

    /// "3", "- 3 -", "3/29", "Side 3 af 29", "sidenr. 1043": nothing but a page number.
    pub fn is_page_number(&self) -> bool {
        let signs =
            |c: char| matches!(c, '-' | '–' | '—' | '|' | '(' | ')' | '[' | ']' | '.' | ':' | '~') || c.is_whitespace();
        let core = self.words.trim_matches(signs);
        let core = PAGE_WORDS.iter().find_map(|word| core.strip_prefix(word)).unwrap_or(core).trim_start_matches(signs);
        let Some(rest) = core.strip_prefix('#') else { return false };
        let rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        ["/", "af", "of", "ud af", "|", ":"]
            .iter()
            .any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.trim_start() == "#"))
    }

    /// Whether it says that it is a page number.
    pub fn names_pages(&self) -> bool {
        PAGE_WORDS.iter().any(|word| self.words.trim_start_matches(['-', '–', '|', ' ']).starts_with(word))
    }
}

/// How a page number may be called.
const PAGE_WORDS: &[&str] = &["sidenummer", "sidenr.", "sidetal", "side nr.", "side", "page", "pag.", "s."];

/// What the numbers of one pattern do from page to page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Constant,
    /// One of them counts the pages, perhaps anew in each part; the others stay, or change where it starts anew.
    Counting,
    Free,
}

/// Of the numbers on each page, by page, ascending.
pub(super) fn course(pages: &[(u32, &[u64])]) -> Course {
    let (mut steps, mut restarts) = (0, 0);
    for pair in pages.windows(2) {
        let [(page, numbers), (next, others)] = pair else { continue };
        if numbers == others {
            if steps + restarts > 0 {
                return Course::Free;
            }
            continue;
        }
        let apart = u64::from(next.saturating_sub(*page));
        let moved: Vec<bool> = numbers.iter().zip(*others).map(|(a, b)| a != b).collect();
        let counts = numbers.iter().zip(*others).any(|(a, b)| a.checked_add(apart) == Some(*b));
        if counts && moved.iter().filter(|moved| **moved).count() == 1 {
            steps += 1;
        } else if others.contains(&1) {
            restarts += 1;
        } else {
            return Course::Free;
        }
    }
    let all = pages.len().saturating_sub(1);
    match () {
        () if steps + restarts == 0 => Course::Constant,
        () if steps + restarts == all && steps >= restarts => Course::Counting,
        () => Course::Free,
    }
}

/// "iv" is 4; small or large, up to a hundred.
fn roman_number(word: &str) -> Option<u64> {
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let word = if word.chars().all(char::is_uppercase) { word.to_lowercase() } else { word.to_owned() };
    let values: Vec<u64> = word.chars().map(value).collect::<Option<_>>()?;
    let sum = values.iter().zip(values.iter().skip(1).chain([&0]));
    let number = sum.fold(0_i64, |sum, (this, next)| {
        let this_signed = i64::try_from(*this).unwrap_or(0);
        if this < next { sum - this_signed } else { sum + this_signed }
    });
    u64::try_from(number).ok().filter(|number| (1..=300).contains(number) && values.len() < 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Course {
        let patterns: Vec<Pattern> = texts.iter().map(|text| Pattern::of(text)).collect();
        let pages: Vec<(u32, &[u64])> = (1..).zip(patterns.iter().map(|pattern| pattern.numbers.as_slice())).collect();
        course(&pages)
    }

    #[test]
    fn page_numbers_are_known_in_all_their_dress() {
        for text in ["3", "- 3 -", "3/29", "Side 3 af 29", "sidenr. 1043", "iv", "[ 12 ]", "Side: 4", "3 | 9", "S. 4"] {
            assert!(Pattern::of(text).is_page_number(), "{text}");
        }
        for text in ["3 enheder", "Punkt 3", "2026-03", "Sag 3", "Beslutning", "kl. 9.30"] {
            assert!(!Pattern::of(text).is_page_number(), "{text}");
        }
    }

    #[test]
    fn numbers_that_count_the_pages_are_told_from_numbers_that_mean_something() {
        assert_eq!(of(&["Side 1 af 3", "Side 2 af 3", "Side 3 af 3"]), Course::Counting);
        assert_eq!(of(&["sidenr. 1043", "sidenr. 1044"]), Course::Counting);
        assert_eq!(of(&["iii", "iv", "v"]), Course::Counting);
        assert_eq!(of(&["Side 1 af 2", "Side 2 af 2", "Side 1 af 3", "Side 2 af 3", "Side 3 af 3"]), Course::Counting);
        assert_eq!(of(&["Møde 12-03-2026", "Møde 12-03-2026"]), Course::Constant);
        assert_eq!(of(&["Sag 17", "Sag 19", "Sag 22"]), Course::Free);
        assert_eq!(of(&["5", "5", "6"]), Course::Free);
    }
}
