//! The form of an item's heading: "Punkt {number}: {title}", "{number}. {title}", "Pkt. {number}".
//!
//! Forms are matched by hand instead of by patterns: every line of a document is tried against all of them, and a
//! secretary who adds one writes it as it looks in the minutes. A form without {title} has its title on the next line.

use super::without_blanks_before;
use crate::diagnostic::{Place, Problem};
use crate::minutes::messages;
use crate::tables::Located;

/// Where the title of a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TitlePlace {
    /// On the heading's own line.
    Here,
    /// On a line below.
    Below,
    /// On the line above.
    Above,
}

/// A form, ready to be compared with lines.
#[derive(Clone, Debug)]
pub(crate) struct HeadingForm {
    /// As written in the dialect.
    pub template: String,
    /// Where the title is.
    pub title: TitlePlace,
    /// It says a word such as "Punkt"; a bare number says little.
    pub worded: bool,
    /// It says that the item is closed: "LP 3: …".
    pub closed: bool,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// In lower case; a hyphen is any dash.
    Literal(String),
    Blank,
    /// Colon, full stop or dash behind the number of a worded form: which of them hardly matters to the writer.
    Mark,
    Number,
    /// A number with the committee's letters or the year: "KFU-96/06-B", "04/14".
    Code,
    Title,
}

/// What a form finds in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found<'l> {
    /// The number as printed.
    pub printed: &'l str,
    /// The title, where it is on the line.
    pub title: Option<&'l str>,
}

impl HeadingForm {
    /// Reads a form as written; `above` says that the title of a form without {title} is on the line before.
    pub(super) fn read(text: &Located<String>, above: bool, problems: &mut Vec<Problem>) -> Option<Self> {
        let form = Self::new(&text.value, above);
        if form.is_none() {
            problems.push(bad_template(&text.place));
        }
        form
    }

    fn new(template: &str, above: bool) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = template.trim();
        while !rest.is_empty() {
            let numbered = matches!(parts.last(), Some(Part::Number | Part::Code));
            let worded = matches!(parts.first(), Some(Part::Literal(_)));
            let (part, length) = if rest.starts_with("{number}") {
                (Part::Number, "{number}".len())
            } else if rest.starts_with("{code}") {
                (Part::Code, "{code}".len())
            } else if rest.starts_with("{title}") {
                (Part::Title, "{title}".len())
            } else if numbered && worded && rest.trim_start_matches([' ', ':', '.', '-', '–']).starts_with("{title}")
            {
                let mark = rest.len() - rest.trim_start_matches([' ', ':', '.', '-', '–']).len();
                (Part::Mark, mark)
            } else if rest.starts_with(char::is_whitespace) {
                (Part::Blank, rest.len() - rest.trim_start().len())
            } else {
                let end = rest.find(|c: char| c == '{' || c.is_whitespace()).filter(|end| *end > 0);
                let word = rest.get(..end.unwrap_or(rest.len()))?;
                (Part::Literal(word.to_lowercase()), word.len())
            };
            if length == 0 {
                return None;
            }
            // "Punkt {number} {title}" allows what "Punkt {number}: {title}" does.
            let blank_behind_number = part == Part::Blank && numbered && worded;
            parts.push(if blank_behind_number { Part::Mark } else { part });
            rest = rest.get(length..)?;
        }
        // Behind a number a code only says more of the meeting: "Nr. 12 BR 3/26."
        let numbers = parts.iter().filter(|part| **part == Part::Number).count();
        let numbers = if numbers == 0 { parts.iter().filter(|part| **part == Part::Code).count() } else { numbers };
        let titles = parts.iter().filter(|part| **part == Part::Title).count();
        let title = match (titles, above) {
            (1, _) => TitlePlace::Here,
            (0, true) => TitlePlace::Above,
            (0, false) => TitlePlace::Below,
            _ => return None,
        };
        let ends_well = titles == 0 || parts.last() == Some(&Part::Title);
        let worded = matches!(parts.first(), Some(Part::Literal(_)));
        // A bare number alone on its line is a page number, a table cell, anything.
        (numbers == 1 && ends_well && (worded || titles == 1)).then(|| Self {
            template: template.to_owned(),
            title,
            worded,
            closed: false,
            parts,
        })
    }

    /// The same form, of closed items.
    pub(super) fn closing(self) -> Self {
        Self { closed: true, ..self }
    }

    /// Whether a line with this first letter may have this form; each line is tried against some fifty.
    fn may_begin(&self, first: char) -> bool {
        match self.parts.first() {
            Some(Part::Literal(word)) => word.chars().next().is_none_or(|wanted| same(first, wanted)),
            Some(Part::Number) => first.is_ascii_digit(),
            Some(Part::Code) => first.is_ascii_digit() || first.is_uppercase() || matches!(first, '-' | '/'),
            _ => true,
        }
    }

    /// Number and title, where `line` has this form.
    pub(crate) fn find<'l>(&self, line: &'l str) -> Option<Found<'l>> {
        if !self.may_begin(line.trim_start().chars().next()?) {
            return None;
        }
        let mut rest = line.trim();
        let (mut printed, mut title) = (None, None);
        for (index, part) in self.parts.iter().enumerate() {
            match part {
                Part::Literal(word) => rest = without_prefix(rest, word)?,
                Part::Blank => {
                    let trimmed = rest.trim_start();
                    if trimmed.len() == rest.len() {
                        return None;
                    }
                    rest = trimmed;
                }
                Part::Mark => {
                    let trimmed =
                        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–'));
                    if trimmed.len() == rest.len() && !trimmed.is_empty() {
                        return None;
                    }
                    rest = trimmed;
                }
                Part::Number => {
                    // "3a" has a letter; "38Godkendelse" has none.
                    let glued = self.parts.get(index + 1) == Some(&Part::Title);
                    let length = number_length(rest, glued)?;
                    let (number, after) = rest.split_at_checked(length)?;
                    printed = Some(number);
                    rest = after;
                }
                Part::Code => {
                    let length = code_length(rest)?;
                    let (code, after) = rest.split_at_checked(length)?;
                    printed = printed.or(Some(code));
                    rest = after;
                }
                Part::Title => {
                    let found = rest.trim();
                    if found.is_empty() {
                        return None;
                    }
                    title = Some(found);
                    rest = "";
                }
            }
        }
        rest.trim().is_empty().then_some(Found { printed: printed?, title })
    }
}

/// The forms that a line with some first letter may have, so that most lines are compared with few or none.
#[derive(Debug, Default)]
pub(super) struct FormsByFirst {
    /// The places of the forms for each letter of ASCII.
    ascii: Vec<Vec<u16>>,
    /// The places of all.
    all: Vec<u16>,
}

impl FormsByFirst {
    pub fn of(forms: &[HeadingForm]) -> Self {
        let places = || (0_u16..).zip(forms);
        let ascii = (0_u8..128).map(char::from);
        let fitting =
            |first: char| places().filter(|(_, form)| form.may_begin(first)).map(|(place, _)| place).collect();
        Self { ascii: ascii.map(fitting).collect(), all: places().map(|(place, _)| place).collect() }
    }

    /// The places of the forms that a line may have, in their order.
    pub fn of_line(&self, line: &str) -> &[u16] {
        let first = without_blanks_before(line).bytes().next();
        first.map_or(&[], |first| self.ascii.get(usize::from(first)).unwrap_or(&self.all))
    }
}

/// `rest` without a word that it begins with, letters in either case and any dash for a hyphen.
fn without_prefix<'l>(rest: &'l str, word: &str) -> Option<&'l str> {
    let mut left = rest.char_indices();
    for wanted in word.chars() {
        let (_, found) = left.next()?;
        if !same(found, wanted) {
            return None;
        }
    }
    rest.get(left.next().map_or(rest.len(), |(at, _)| at)..)
}

/// Whether a letter is the wanted one, in either case and any dash for a hyphen.
fn same(found: char, wanted: char) -> bool {
    if found.is_ascii() {
        return found.to_ascii_lowercase() == wanted;
    }
    found == wanted || found.to_lowercase().eq(std::iter::once(wanted)) || (wanted == '-' && found == '–')
}

/// Bytes of "3", "03", "3.2" or "3a" at the beginning.
fn number_length(text: &str, glued: bool) -> Option<usize> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut length = digits(text);
    if length == 0 || length > 4 {
        return None;
    }
    while let Some(next) = text.get(length..).and_then(|rest| rest.strip_prefix('.')) {
        match digits(next) {
            0 => break,
            more => length += 1 + more,
        }
    }
    let mut after = text.get(length..)?.chars();
    let letter = after.next().is_some_and(|c| c.is_ascii_lowercase());
    let alone = after.next().is_none_or(|c| !c.is_alphanumeric());
    Some(if letter && alone && !glued { length + 1 } else { length })
}

/// Bytes of "KFU-96/06-B" or "04/14": digits with a slash among them, perhaps letters before and behind.
fn code_length(text: &str) -> Option<usize> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let code = text.get(..end)?.trim_end_matches([':', '.', ',']);
    let fits = code.chars().all(|c| c.is_ascii_digit() || c.is_uppercase() || matches!(c, '-' | '/'));
    let slash = code.split_once('/').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
    });
    (fits && slash && code.len() <= 16).then_some(code.len())
}

fn bad_template(place: &Place) -> Problem {
    Problem::new(&messages::BAD_TEMPLATE).at(place)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found<'l>(template: &str, line: &'l str) -> Option<(&'l str, &'l str)> {
        let form = HeadingForm::new(template, false).unwrap();
        form.find(line).map(|found| (found.printed, found.title.unwrap_or("-")))
    }

    #[test]
    fn a_worded_form_takes_any_mark_behind_the_number() {
        for line in ["Punkt 3: Løn", "PUNKT 3 Løn", "Punkt 3. Løn", "Punkt 3 – Løn", "punkt  3 :  Løn"] {
            assert_eq!(found("Punkt {number}: {title}", line), Some(("3", "Løn")), "{line}");
        }
        assert_eq!(found("Pkt. {number}", "Pkt. 42"), Some(("42", "-")));
        assert_eq!(found("Pkt. {number}", "Pkt. 42 Løn"), None);
        assert_eq!(found("Punkt: {number}", "Punkt: 172"), Some(("172", "-")));
        assert_eq!(found("Nr.{number} - {title}", "Nr.143 - Budget"), Some(("143", "Budget")));
    }

    #[test]
    fn a_bare_number_takes_its_own_mark_only() {
        assert_eq!(found("{number}. {title}", "49. Løn"), Some(("49", "Løn")));
        assert_eq!(found("{number}. {title}", "49 Løn"), None);
        assert_eq!(found("{number} {title}", "07 Løn"), Some(("07", "Løn")));
        assert_eq!(found("{number}{title}", "38Godkendelse"), Some(("38", "Godkendelse")));
        assert_eq!(found("{number} : {title}", "1 : Godkendelse"), Some(("1", "Godkendelse")));
        assert_eq!(found("{code} {title}", "KFU-96/06-B Haller"), Some(("KFU-96/06-B", "Haller")));
        assert_eq!(found("{code} {title}", "og/eller noget"), None);
        assert_eq!(found("{number}. {title}", "3a. Løn"), Some(("3a", "Løn")));
        assert_eq!(found("{number}. {title}", "12345. Løn"), None);
    }

    #[test]
    fn a_form_without_number_or_with_a_bare_number_alone_is_none() {
        for template in ["Punkt", "{title}", "{number}", "{number} {number} {title}", "{title} {number}", ""] {
            assert!(HeadingForm::new(template, false).is_none(), "{template}");
        }
    }
}
