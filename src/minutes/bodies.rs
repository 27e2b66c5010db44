//! Whose decision: the names of the committee whose minutes these are, with inflections and abbreviations.
//!
//! Several bodies decide on one case and their decisions stand side by side under equal-looking headings. A wrong yes
//! mails another body's words as the committee's own, so names must be equal but for the endings Danish gives them, and
//! an abbreviation must be made of the name's own initials.

use chrono::NaiveDate;

use super::dialect::Dialect;
use crate::text::dates::PrintedDate;

/// The meeting whose minutes these are: its decisions are the own ones.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnMeeting {
    /// The committee's names without endings.
    names: Vec<String>,
    /// Its names as initials: "ØU", "KFU".
    abbreviations: Vec<String>,
    /// Words that mean it without naming it, without endings: "udvalg", "møde".
    general: Vec<String>,
    pub date: Option<NaiveDate>,
}

impl OwnMeeting {
    /// The meeting of the committee with these names, on this day.
    pub fn new(names: &[&str], date: Option<NaiveDate>, dialect: &Dialect) -> Self {
        let bare_names: Vec<String> = names.iter().map(|name| bare(name)).filter(|name| !name.is_empty()).collect();
        // "Udvalgets beslutning", "Beslutning på mødet": the committee without its name.
        let of_name = |word: &String| {
            bare_names.iter().any(|name| name.ends_with(word.as_str()) || name.starts_with(word.as_str()))
        };
        let bodies = dialect.bodies.iter().map(|word| bare(word)).filter(of_name);
        // "SektorMED" for "SektorMED Ældre": the sort of committee it is, as it calls itself.
        let sorts = names.iter().filter_map(|name| {
            let (first, _) = name.trim().split_once(char::is_whitespace)?;
            names_body(first, dialect).then(|| bare(first))
        });
        let general = bodies.chain(dialect.own_meeting.iter().map(|word| bare(word))).chain(sorts).collect();
        Self {
            names: bare_names,
            general,
            abbreviations: names.iter().filter_map(|name| abbreviation(name, dialect)).collect(),
            date,
        }
    }

    /// Whether `body`, as printed in a heading, is this committee.
    pub fn owns(&self, body: &str) -> Owned {
        let own = bare(body);
        if own.is_empty() {
            return Owned::No;
        }
        if self.names.contains(&own) {
            return Owned::ByName;
        }
        let short = body.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let shouted = short.chars().count() <= 6 && !short.chars().any(char::is_lowercase);
        let loosely = (shouted && self.abbreviations.contains(&short)) || self.general.contains(&own);
        if loosely { Owned::Loosely } else { Owned::No }
    }

    /// Whether the line tells what this committee does: "HovedMED pegede på følgende:". The word behind the name has to be a verb
    /// by its ending, for "HovedMED og Byrådet:" is more than this committee.
    pub fn acts(&self, line: &str) -> bool {
        let ends: Vec<usize> = line.match_indices(' ').map(|(at, _)| at).collect();
        ends.iter().any(|end| {
            let (name, rest) = line.split_at_checked(*end).unwrap_or_default();
            let word = rest.split_whitespace().next().unwrap_or_default().trim_end_matches(':');
            let ending = ["de", "te", "er", "es"].iter().any(|end| word.ends_with(end));
            let verb = word.starts_with(char::is_lowercase) && word.chars().nth(4).is_some() && ending;
            verb && !matches!(word, "under" | "efter" | "eller") && self.owns(name) != Owned::No
        })
    }

    /// Whether dates printed in a heading can all mean this meeting's day; none printed can.
    pub fn may_be_on(&self, printed: &[PrintedDate]) -> bool {
        // Where the meeting's day is not known, a printed day may be any other.
        match self.date {
            Some(date) => printed.iter().all(|printed| printed.may_be(date)),
            None => printed.is_empty(),
        }
    }
}

/// Whether a body's name means the committee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owned {
    /// The name itself.
    ByName,
    /// Initials, "Udvalget", "mødet": unless the item has a heading with the name.
    Loosely,
    /// Another body.
    No,
}

/// Whether a short line has a word such as "udvalg" in it. One in capitals, such as "MED", wants capitals in the line.
pub(super) fn names_body(line: &str, dialect: &Dialect) -> bool {
    let has = |word: &str| {
        let lower = word.to_lowercase();
        dialect.bodies.iter().any(|body| {
            let word = if body.chars().all(char::is_uppercase) { word } else { lower.as_str() };
            // "Ældrerådets bemærkninger"
            let bare = word.strip_suffix(['s', 'S']).unwrap_or(word);
            word.starts_with(body.as_str()) || word.ends_with(body.as_str()) || bare.ends_with(body.as_str())
        })
    };
    line.split_whitespace().count() <= 12 && line.split(|c: char| !c.is_alphanumeric()).any(has)
}

/// How names of committees are compared: letters and digits alone, "og" and "&" alike, without genitive and article.
pub(super) fn bare(name: &str) -> String {
    let whole = body_key(name);
    let stem = whole.strip_suffix('s').unwrap_or(&whole);
    let stem = stem.strip_suffix("et").or_else(|| stem.strip_suffix("en")).unwrap_or(stem);
    if stem.chars().count() > 2 { stem.to_owned() } else { whole }
}

/// Letters and digits alone, "og" and "&" alike.
pub(super) fn body_key(name: &str) -> String {
    name.to_lowercase().replace('&', " og ").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// "Kultur- og Fritidsudvalget" is "KFU": the initials of its words and of the sort of body it is.
fn abbreviation(name: &str, dialect: &Dialect) -> Option<String> {
    let mut initials = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase)) {
        initials.extend(word.chars().next());
        let lower = word.to_lowercase();
        let kind = dialect.bodies.iter().filter_map(|body| {
            let rest = lower.strip_suffix(body.to_lowercase().as_str())?;
            (!rest.is_empty()).then_some(body)
        });
        // The longest: "bestyrelsen" rather than "en".
        initials.extend(kind.max_by_key(|body| body.len()).and_then(|body| body.to_uppercase().chars().next()));
    }
    (initials.chars().count() >= 2).then_some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, body: &str) -> bool {
        let dialect = Dialect::shipped();
        OwnMeeting::new(&[name], None, &dialect).owns(body) != Owned::No
    }

    #[test]
    fn a_committee_is_known_with_endings_and_by_its_initials() {
        for (name, body) in [
            ("Økonomiudvalget", "Økonomiudvalgets"),
            ("Byrådet", "Byråd"),
            ("Byrådet", "BR"),
            ("Kommunalbestyrelsen", "KB"),
            ("Kultur- og Fritidsudvalget", "KFU"),
            ("Kultur- og Fritidsudvalget", "Kultur & Fritidsudvalg"),
            ("Kultur- og Fritidsudvalget", "Udvalget"),
            ("Økonomiudvalget", "ØU"),
            ("HovedMED", "mødet"),
        ] {
            assert!(own(name, body), "{name}: {body}");
        }
    }

    #[test]
    fn a_committee_that_does_something_heads_no_decision_of_another_one() {
        let dialect = Dialect::shipped();
        let acts = |name: &str, line: &str| OwnMeeting::new(&[name], None, &dialect).acts(line);
        for (name, line) in [
            ("HovedMED", "HovedMED pegede på følgende:"),
            ("SektorMED Ældre", "SektorMED ønsker disse historier fortalt:"),
            ("AfdelingsMED Børn og Unge", "AfdelingsMED Børn & Unge valgte:"),
        ] {
            assert!(acts(name, line), "{name}: {line}");
        }
        for (name, line) in [
            ("HovedMED", "Byrådet pegede på følgende:"),
            ("HovedMED", "HovedMED og Byrådet:"),
            ("HovedMED", "HovedMED den 3. maj:"),
            ("Udvalget for Teknik", "Udvalget for Social og Sundhed:"),
            ("OmrådeMED Børn", "OmrådeMED Ældre valgte:"),
        ] {
            assert!(!acts(name, line), "{name}: {line}");
        }
    }

    #[test]
    fn other_bodies_are_not_the_committee() {
        for (name, body) in [
            ("Økonomiudvalget", "Socialudvalget"),
            ("Økonomiudvalget", "SU"),
            ("HovedMED", "AfdelingsMED"),
            ("HovedMED", "Direktionen"),
            ("Byrådet", "Udvalget"),
            ("Socialudvalget", "Børne- og Socialudvalget"),
        ] {
            assert!(!own(name, body), "{name}: {body}");
        }
    }
}
