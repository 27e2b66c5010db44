//! Whether a candidate ends its sentence: the first rule that applies decides.
//!
//! The order is the design; each rule takes away what the later ones would judge wrongly. What a rule is worth was
//! measured by leaving it out (errors on minutes, newspaper text and traps): next letter small 102, abbreviations that
//! never end 37, initials 22, numbers 10, abbreviations that may end 8.

use super::WordClasses;
use super::before::{Before, FAR, plain_word, previous, token};
use super::next::{Kind, Next, letters, opens_line};
use super::stops::{Mark, Stop};
use crate::text::months::MONTHS;

/// Currencies that follow an amount: "2 mio. EUR".
const CURRENCIES: [&str; 7] = ["CHF", "DKK", "EUR", "GBP", "NOK", "SEK", "USD"];

/// What addresses and names of files end in.
const ENDINGS: [&str; 23] = [
    "aspx", "com", "csv", "dk", "doc", "docx", "eu", "htm", "html", "info", "jpg", "md", "net", "nu", "org", "pdf",
    "png", "ppt", "pptx", "txt", "xls", "xlsx", "zip",
];

/// Whether the sentence `left`, from its first character to the terminator, ends here. `right` is the text behind the
/// closers; it begins with a blank.
pub(super) fn ends(left: &str, stop: &Stop, right: &str, classes: &WordClasses) -> bool {
    let next = Next::read(right);
    if matches!(next.kind, Kind::Nothing | Kind::Small | Kind::Joining) || left.ends_with(['(', '[']) {
        return false;
    }
    match stop.mark {
        Mark::Loud => return true,
        // Never before a number: contents lines lead with dots to theirs.
        Mark::Dots => return next.kind == Kind::Capital && !next.dash,
        Mark::FullStop => {}
    }
    let token = token(left);
    // The genitive in "cd's." is no letter of its own.
    if token.rest.strip_suffix(['\'', '’']).is_some_and(|word| word.ends_with(char::is_alphanumeric)) {
        return true;
    }
    match Shape::of(token.word) {
        Shape::Nothing => true,
        Shape::SlashDate => next.kind != Kind::Digit,
        Shape::Number(number) => number.ends(token, next, classes),
        Shape::Initials => initials_end(token, next, classes),
        Shape::SmallLetter => small_letter_ends(token, next, classes),
        Shape::Word => word_ends(token, stop, next, classes),
    }
}

/// Whether a sentence ends at a full stop with no blank behind it ("lukket.Der"). Only where both sides are plain words:
/// names of files, addresses and abbreviations are written so on purpose.
pub(super) fn ends_without_blank(left: &str, stop: &Stop, right: &str, classes: &WordClasses) -> bool {
    let mut chars = right.chars();
    if !chars.next().is_some_and(char::is_uppercase)
        || !chars.next().is_some_and(char::is_lowercase)
        || stop.closer.is_some()
        || stop.mark == Mark::Dots
    {
        return false;
    }
    let word = plain_word(left);
    word.chars().nth(2).is_some()
        && has_vowel(word)
        && !classes.never_end.contains(word)
        && !classes.may_end.contains(word)
        && !begins_address(right)
}

/// What a token looks like.
enum Shape<'t> {
    Nothing,
    SlashDate,
    Number(Number<'t>),
    Initials,
    SmallLetter,
    Word,
}

impl<'t> Shape<'t> {
    fn of(token: &'t str) -> Self {
        let mut chars = token.chars();
        let (Some(first), second) = (chars.next(), chars.next()) else { return Self::Nothing };
        if second.is_none() && first.is_lowercase() {
            return Self::SmallLetter;
        }
        let paragraph = token.starts_with('§');
        let figures = token.trim_start_matches('§');
        if figures.bytes().any(|byte| byte.is_ascii_digit()) {
            if figures.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')) {
                return Self::Number(Number { figures, paragraph });
            }
            if figures.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'/')) {
                return Self::SlashDate;
            }
        }
        if token.split(['.', '-']).all(is_single_capital) {
            return Self::Initials;
        }
        if token.contains(char::is_alphanumeric) { Self::Word } else { Self::Nothing }
    }
}

fn is_single_capital(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Letters from which on an ending is that of a definite noun and no part of a name: "Ledelsen", not "Jensen".
const DEFINITE: usize = 7;

/// Letters from which on "-er" is more likely that of a verb than part of a name.
const PRESENT: usize = 6;

/// No sentence is followed by more items than this, each with its number.
const MOST_INLINE_ITEMS: u32 = 20;

/// A token of digits, full stops and hyphens.
struct Number<'t> {
    figures: &'t str,
    /// `§` stands directly before it.
    paragraph: bool,
}

impl Number<'_> {
    /// Whether it can be an ordinal: one or two digits and nothing else. 8.00, 31.12 and 2019 are none.
    fn may_be_ordinal(&self) -> bool {
        self.figures.len() <= 2 && self.figures.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn ends(&self, token: Before<'_>, next: Next<'_>, classes: &WordClasses) -> bool {
        let previous = previous(token.rest);
        let after_ordinal_word = self.may_be_ordinal() && classes.ordinal_words.contains(previous.word);
        if next.kind == Kind::Digit {
            // A dash between two numbers makes a range.
            return next.counts() && !next.dash && !after_ordinal_word;
        }
        // A capital after a number begins a new sentence, but for dates typed with a capital.
        if opens_line(token.rest) || MONTHS.iter().any(|month| next.word().eq_ignore_ascii_case(month)) {
            return false;
        }
        // "1. - 2. Anbefalet.": numbers of points, answered behind them.
        if !token.rest.contains(char::is_alphabetic) {
            return false;
        }
        // "Ad 1. Godkendt.": the number of a point, answered behind it.
        if previous.word.eq_ignore_ascii_case("ad") && opens_sentence(previous) {
            return false;
        }
        if self.paragraph || classes.cardinal_nouns.contains(previous.word) {
            return true;
        }
        if self.may_number_an_item() && opens_inline_item(token.rest, previous, classes) {
            return false;
        }
        // Danish, unlike German, writes no capital after an ordinal, so a capital means a new sentence. Behind "den 3." may
        // stand a name ("Verdenskrig"), but no noun that is definite already ("hver 12. Ledelsen oplyste") and no verb
        // ("senest den 10. Opdager man fejl").
        let next = next.word();
        !after_ordinal_word || classes.function_words.contains(next) || is_definite(next) || is_present(next)
    }

    /// Whether an item in running text can have this number: "Året før: 38. Appen" counts something.
    fn may_number_an_item(&self) -> bool {
        self.figures.parse::<u32>().map_or(true, |number| number <= MOST_INLINE_ITEMS)
    }
}

/// A long word with the ending of a definite noun: "Ledelsen", "Udvalget", "Medarbejderne".
fn is_definite(word: &str) -> bool {
    word.chars().count() >= DEFINITE && ["en", "et", "erne", "ene"].iter().any(|ending| word.ends_with(ending))
}

/// A long word with the ending of a verb in the present: "Opdager", "Ønsker".
fn is_present(word: &str) -> bool {
    word.chars().count() >= PRESENT && word.ends_with("er")
}

/// Whether nothing stands before the word, or only the end of another sentence.
fn opens_sentence(word: Before<'_>) -> bool {
    let before = word.rest.trim_end();
    before.is_empty() || before.ends_with(['.', ':', ';', '!', '?', '\n'])
}

/// Whether a number is the marker of an item in running text: "Referat: 1. Godkendelse". A full stop before it that
/// belongs to an abbreviation ("stk. 1") makes none.
fn opens_inline_item(rest: &str, previous: Before<'_>, classes: &WordClasses) -> bool {
    if previous.stopped {
        return !is_abbreviation(previous.word, classes);
    }
    rest.trim_end().ends_with([':', ';', '!', '?', '.'])
}

/// H. · H.C. · U.S.A.
fn initials_end(token: Before<'_>, next: Next<'_>, classes: &WordClasses) -> bool {
    if next.kind == Kind::Capital && classes.function_words.contains(next.word()) {
        return true;
    }
    let before = previous(token.rest);
    let names_something = classes.label_nouns.contains(before.word)
        || classes.towns.contains(before.word)
        || (matches!(before.word, "og" | "eller") && is_single_capital(previous(before.rest).word));
    names_something && (next.kind != Kind::Digit || next.counts())
}

/// "litra a.", "a og b." and "det er alle enige i." end; any other single letter is part of an abbreviation written with blanks
/// ("m. v.").
fn small_letter_ends(token: Before<'_>, next: Next<'_>, classes: &WordClasses) -> bool {
    let before = previous(token.rest);
    if before.stopped {
        let spaced = format!("{}.{}", before.word, token.word);
        return classes.may_end.contains(&spaced) && may_end_ends(&spaced, before, next, classes);
    }
    // The preposition, left behind by what it governs: "Det gav hun ham ret i. Der …"
    let left_behind = token.word == "i" && before.word.chars().nth(1).is_some_and(char::is_alphabetic);
    (left_behind && next.kind == Kind::Capital)
        || (matches!(before.word, "litra" | "og") && (next.kind != Kind::Digit || next.counts()))
}

fn word_ends(token: Before<'_>, stop: &Stop, next: Next<'_>, classes: &WordClasses) -> bool {
    let word = token.word;
    let begins_clearly = || next.kind == Kind::Capital && classes.function_words.contains(next.word());
    if word == "Kr"
        || (next.kind == Kind::Digit && (word.eq_ignore_ascii_case("ad") || word.eq_ignore_ascii_case("min")))
    {
        return false;
    }
    // "(ca. 5 min.) Maria …": the full stop is the abbreviation's, the bracket ends nothing.
    if matches!(stop.closer, Some(')' | ']')) && (word.eq_ignore_ascii_case("min") || is_listed(word, classes)) {
        return begins_clearly();
    }
    // Of "inkl./ekskl." and "EAN-nr." the last part counts.
    let last = word.rsplit(['/', '-']).next().filter(|last| *last != word);
    let mut parts = [Some(word), last].into_iter().flatten();
    if let Some(listed) = parts.clone().find(|part| classes.may_end.contains(part)) {
        return may_end_ends(listed, previous(token.rest), next, classes);
    }
    if parts.any(|part| classes.never_end.contains(part)) {
        // "HR", "KL" and "PR" are names in capitals that abbreviations share their letters with; in a line all in capitals
        // nothing tells them apart.
        return is_shouted(word) && next.kind == Kind::Capital && !is_shouted(next.word());
    }
    if word.contains('.') && !is_address(word) {
        let short = word.split('.').all(|part| part.chars().nth(4).is_none());
        return !short || begins_clearly();
    }
    next.kind != Kind::Digit || has_vowel(word) || word.chars().nth(5).is_some()
}

/// An abbreviation that may end a sentence does so before a capital; before a number only some do, and those that close
/// an amount when the number begins a new count ("3 mia. kr. 12 kommuner", not "kr. 500").
fn may_end_ends(word: &str, before: Before<'_>, next: Next<'_>, classes: &WordClasses) -> bool {
    match next.kind {
        Kind::Capital => !CURRENCIES.contains(&next.word()),
        Kind::Digit => {
            classes.may_end_before_number.contains(word)
                || (next.counts()
                    && (before.word.ends_with(|c: char| c.is_ascii_digit()) || classes.may_end.contains(before.word)))
        }
        Kind::Nothing | Kind::Small | Kind::Joining | Kind::Symbol => false,
    }
}

/// Whether the word is written in two capitals or more.
fn is_shouted(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase)
}

fn is_listed(word: &str, classes: &WordClasses) -> bool {
    classes.never_end.contains(word) || classes.may_end.contains(word)
}

/// Whether a full stop behind `word` belongs to the word. (Cardinal nouns have been asked for before.)
fn is_abbreviation(word: &str, classes: &WordClasses) -> bool {
    let mut chars = word.chars();
    let letter = chars.next().is_some_and(char::is_alphabetic);
    let single = letter && chars.next().is_none();
    single || is_listed(word, classes) || word.eq_ignore_ascii_case("ad") || word.eq_ignore_ascii_case("min")
}

fn has_vowel(word: &str) -> bool {
    word.chars().flat_map(char::to_lowercase).any(|c| {
        matches!(
            c,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å' | 'é' | 'è' | 'ê' | 'á' | 'à' | 'ä' | 'ö' | 'ü' | 'ó'
        )
    })
}

/// www.fjordby.dk, info@fjordby.dk, Notat.docx.
fn is_address(token: &str) -> bool {
    let last = token.rsplit('.').next().unwrap_or_default();
    token.contains('@') || token.starts_with("www.") || ENDINGS.iter().any(|ending| last.eq_ignore_ascii_case(ending))
}

/// Whether the text up to the next blank is part of an address or of the name of a file.
fn begins_address(right: &str) -> bool {
    let first = letters(right);
    let mut last = ' ';
    ENDINGS.iter().any(|ending| first.eq_ignore_ascii_case(ending))
        || right.chars().take(FAR).take_while(|c| !c.is_whitespace()).any(|c| {
            let tied = matches!(last, '.' | ':') && (c.is_lowercase() || c.is_ascii_digit() || c == '/');
            last = c;
            tied || c == '@'
        })
}
