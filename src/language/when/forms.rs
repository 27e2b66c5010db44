//! The forms in which a time is written, and the days they mean.
//!
//! Each form is found by a pattern of its own, because one pattern for all would have to be read as a whole to change a
//! part. Where no year is written, the time is the one that lies nearest after the meeting, or up to three months before
//! it, as in [`Day::resolve`]; what is told of the past is none.

use std::sync::LazyLock;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use regex::{Captures, Regex};

use crate::language::dates::{self, Day, MONTH};
use crate::text::Span;

/// What a piece of text says of a time, before it is known what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day, or a period of days.
    Day { first: Day, until: Option<Day> },
    /// Weeks of the standard calendar.
    Weeks { first: u32, last: u32, year: Option<i32> },
    /// Whole months: one, a quarter, a half-year.
    Months { first: u32, last: u32, year: Option<i32> },
    /// "primo", "medio", "ultimo" of a month or year: a day by convention.
    Edge { edge: Edge, month: Option<u32>, year: Option<i32> },
    /// "mandag".
    Weekday(Weekday),
    /// So many days after the meeting.
    After(u64),
    /// "næste uge".
    NextWeek,
    /// A meeting without a day.
    Meeting { next: bool },
    /// A day of the year that a phrase means, or only hints at.
    Named { date: NaiveDate, vague: bool, year_given: bool },
    /// Counted from something that no calendar knows: "tre uger før valget".
    Relative,
}

/// Where in a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    Middle,
    Last,
    /// "i slutningen af": no convention makes a day of it.
    Vague(u32),
}

/// The days behind a form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Resolved {
    pub day: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub around: Option<NaiveDate>,
    pub meeting: bool,
    pub next_meeting: bool,
}

impl Resolved {
    fn day(day: NaiveDate) -> Self {
        Self { day: Some(day), ..Self::default() }
    }

    fn period(first: NaiveDate, last: NaiveDate) -> Self {
        Self { day: Some(first), until: Some(last).filter(|last| *last > first), ..Self::default() }
    }

    fn around(day: NaiveDate) -> Self {
        Self { around: Some(day), ..Self::default() }
    }

    /// The last day it speaks of.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.until.or(self.day).or(self.around)
    }
}

/// Words before a date that belong to it.
static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)(?:^|[\s(»”])
        (?P<lead>(?:(?:ikke\s+senere\s+end|senest|allersenest|inden|fra\s+og\s+med|til\s+og\s+med|t\.o\.m\.|i\s+løbet\s+af|fra
        |indtil|før|efter|pr\.?|per|omkring|ca\.?|ved|i|til|på)\s+){0,2}
        (?:(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\s+)?(?:den\s+|d\.\s*)?)$",
    )
    .ok()
});

/// Where the words begin that belong to a date at the end of `before`.
pub(super) fn lead_start(before: &str) -> usize {
    let found = LEAD.as_ref().and_then(|lead| lead.captures(before)).and_then(|found| found.name("lead"));
    found.map_or(before.len(), |lead| lead.start())
}

/// One pattern, and what its parts mean.
struct Form {
    pattern: Regex,
    read: fn(&Captures<'_>) -> Vec<When>,
    /// A bare "november" or "1/12" is a date only behind "i", "den", "senest" or the like.
    needs_lead: bool,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |source: &str, needs_lead: bool, read: fn(&Captures<'_>) -> Vec<When>| {
        let source = source.replace("MONTH", MONTH).replace("NUMBER", NUMBER);
        Regex::new(&format!("(?i){source}")).ok().map(|pattern| Form { pattern, read, needs_lead })
    };
    [
        form(
            r"\buge(?:rne)?\s(?P<a>[0-9]{1,2})(?:\s?(?:-|–|og|til)\s?(?:uge\s)?(?P<b>[0-9]{1,2}))?(?:(?:,\s?|\s|/)(?:i\s)?(?P<y>20[0-9]{2}))?\b",
            false,
            weeks,
        ),
        form(
            r"\b(?P<n>[1-4]\.|første|andet|tredje|fjerde)\s?(?P<what>kvartal|halvår)(?:\s(?:af\s|i\s)?(?P<y>20[0-9]{2}))?\b",
            false,
            quarters,
        ),
        form(
            r"\b(?P<e>primo|medio|ultimo|starten af|begyndelsen af|midten af|slutningen af|udgangen af)\s(?:(?P<m>MONTH)(?:\s(?P<y>20[0-9]{2}))?|(?P<only>20[0-9]{2}))\b",
            false,
            edges,
        ),
        form(r"\b(?P<m>MONTH)\s(?P<y>20[0-9]{2})\b", false, months),
        form(r"\b(?P<m>MONTH)\b", true, months),
        form(
            r"\b(?P<list>(?:[0-9]{1,2}\.\s?,\s?)+[0-9]{1,2}\.\s?(?:og|eller)\s?(?:den\s|d\.\s?)?[0-9]{1,2})\.\s?(?P<m>MONTH)(?:\s(?P<y>20[0-9]{2}))?\b",
            false,
            days_of_a_month,
        ),
        form(r"\b(?P<d>[0-9]{1,2})/(?P<m2>[0-9]{1,2})\b", true, day_and_month),
        form(r"\b(?P<d>[0-9]{1,2})\.(?P<m2>[0-9]{1,2})\b\.?", true, day_and_month),
        form(r"\b(?P<w>mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\b", false, weekday),
        form(r"\bi (?P<o>over)?morgen\b", false, |found| vec![When::After(1 + u64::from(found.name("o").is_some()))]),
        form(r"\b(?:næste|kommende) uge\b", false, |_| vec![When::NextWeek]),
        form(r"\bom\s(?:NUMBER)\s(?:dage|uger|måneder|dag|uge|måned)\b", false, |_| vec![When::Relative]),
        form(
            r"\b(?:NUMBER)\s(?:dage|uger|måneder|dag|uge|måned)\s(?:før|efter|inden)\b(?:\s[^\s,.;:()]+){0,4}",
            false,
            |_| vec![When::Relative],
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
});

const NUMBER: &str = "[0-9]{1,3}|en|et|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|tolv|fjorten";

/// Everything in `text` that looks like a time, with its place; places may overlap.
pub(super) fn find(text: &str) -> Vec<(Span, When)> {
    let mut found: Vec<(Span, When)> = Vec::new();
    for mention in dates::dates(text) {
        if let Some(first) = mention.day {
            found.push((mention.span.trimmed(text), When::Day { first, until: mention.until }));
        }
    }
    for form in FORMS.iter() {
        for captures in form.pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let span = Span::new(whole.start(), whole.end());
            let before = text.get(..span.start()).unwrap_or_default();
            let after = text.get(span.end()..).unwrap_or_default();
            if form.needs_lead && lead_start(before) == before.len() || is_part_of_more(before, after) {
                continue;
            }
            for when in (form.read)(&captures) {
                let of_weekday = matches!(when, When::Weekday(_)) && !is_one_weekday(before, after);
                if !of_weekday {
                    found.push((span, when));
                }
            }
        }
    }
    found
}

/// "12.30-13.00", "3/4-5", "maj-mødet": the match is a piece of something else.
fn is_part_of_more(before: &str, after: &str) -> bool {
    let mut signs = after.chars();
    let goes_on = matches!(signs.next(), Some('-' | '/' | '.' | ',' | ':' | '%'))
        && signs.next().is_some_and(char::is_alphanumeric);
    let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let clock = word.starts_with("kl");
    let counted = after.trim_start().starts_with("pct") || after.trim_start().starts_with("tid");
    goes_on || clock || counted || before.ends_with(['-', '/', '§', '.', ','])
}

/// "mandag" is one day; "hver mandag", "mandag den 5." and "mandag til fredag" are not.
fn is_one_weekday(before: &str, after: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let next = after.split_whitespace().next().unwrap_or_default().to_lowercase();
    let dated = matches!(next.as_str(), "den" | "d." | "til" | "og" | "eller" | "i" | "morgen" | "aften")
        || next.starts_with(|sign: char| sign.is_ascii_digit());
    !matches!(last.as_str(), "hver" | "anden" | "om" | "hvert" | "tredje" | "sidste" | "enkelte" | "og" | "til")
        && !dated
}

/// The span with a year that follows it.
pub(super) fn with_year(text: &str, span: Span) -> Span {
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s(?:i\s)?20[0-9]{2}\b").ok());
    let after = text.get(span.end()..).unwrap_or_default();
    let year = YEAR.as_ref().and_then(|year| year.find(after));
    year.map_or(span, |year| Span::new(span.start(), span.end() + year.end()))
}

/// A fixed day of the year; the next one, unless the words name a year.
pub(super) fn of_year(words: &str, month: u32, day: u32, vague: bool, meeting: NaiveDate) -> Option<When> {
    let year = words.split_whitespace().next_back().and_then(|last| last.parse::<i32>().ok());
    let date = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
        None => (meeting.year()..=meeting.year() + 1)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|date| *date > meeting)?,
    };
    Some(When::Named { date, vague, year_given: year.is_some() })
}

fn number(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name).and_then(|part| part.as_str().parse().ok())
}

fn year(found: &Captures<'_>, name: &str) -> Option<i32> {
    found.name(name).and_then(|part| part.as_str().parse().ok())
}

fn month(found: &Captures<'_>) -> Option<u32> {
    found.name("m").and_then(|name| dates::month_number(name.as_str()))
}

fn weeks(found: &Captures<'_>) -> Vec<When> {
    let first = number(found, "a").filter(|week| (1..=53).contains(week));
    let last = number(found, "b").or(first);
    let pair = first.zip(last).filter(|(first, last)| first <= last && *last <= 53);
    pair.map(|(first, last)| When::Weeks { first, last, year: year(found, "y") }).into_iter().collect()
}

fn quarters(found: &Captures<'_>) -> Vec<When> {
    let part = match found.name("n").map(|part| part.as_str().to_lowercase()).as_deref() {
        Some("1." | "første") => 1,
        Some("2." | "andet") => 2,
        Some("3." | "tredje") => 3,
        Some("4." | "fjerde") => 4,
        _ => return Vec::new(),
    };
    let length =
        if found.name("what").is_some_and(|what| what.as_str().eq_ignore_ascii_case("kvartal")) { 3 } else { 6 };
    let last = part * length;
    if last > 12 {
        return Vec::new();
    }
    vec![When::Months { first: last - length + 1, last, year: year(found, "y") }]
}

fn edges(found: &Captures<'_>) -> Vec<When> {
    let word = found.name("e").map(|word| word.as_str().to_lowercase()).unwrap_or_default();
    let edge = match word.as_str() {
        "primo" => Edge::First,
        "medio" => Edge::Middle,
        "ultimo" | "udgangen af" => Edge::Last,
        "midten af" => Edge::Vague(15),
        "slutningen af" => Edge::Vague(25),
        _ => Edge::Vague(5),
    };
    vec![When::Edge { edge, month: month(found), year: year(found, "y").or_else(|| year(found, "only")) }]
}

fn months(found: &Captures<'_>) -> Vec<When> {
    let year = if found.name("y").is_some() { year(found, "y") } else { None };
    month(found).map(|month| When::Months { first: month, last: month, year }).into_iter().collect()
}

/// "den 28., 29. og 30. december": a period where the days are neighbours, else one date each.
fn days_of_a_month(found: &Captures<'_>) -> Vec<When> {
    let (Some(list), Some(month)) = (found.name("list"), month(found)) else { return Vec::new() };
    let year = if found.name("y").is_some() { year(found, "y") } else { None };
    let days: Vec<Day> = list
        .as_str()
        .split(|sign: char| !sign.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .filter(|day| NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, *day).is_some())
        .map(|day| Day { day, month, year })
        .collect();
    let neighbours = days.windows(2).all(|pair| matches!(pair, [one, next] if one.day + 1 == next.day));
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if neighbours => vec![When::Day { first: *first, until: Some(*last) }],
        _ => days.into_iter().map(|first| When::Day { first, until: None }).collect(),
    }
}

fn day_and_month(found: &Captures<'_>) -> Vec<When> {
    let (Some(day), Some(month)) = (number(found, "d"), number(found, "m2")) else { return Vec::new() };
    let exists = NaiveDate::from_ymd_opt(2024, month, day).is_some();
    if exists { vec![When::Day { first: Day { day, month, year: None }, until: None }] } else { Vec::new() }
}

fn weekday(found: &Captures<'_>) -> Vec<When> {
    let day = match found.name("w").map(|word| word.as_str().to_lowercase()).as_deref() {
        Some("mandag") => Weekday::Mon,
        Some("tirsdag") => Weekday::Tue,
        Some("onsdag") => Weekday::Wed,
        Some("torsdag") => Weekday::Thu,
        Some("fredag") => Weekday::Fri,
        Some("lørdag") => Weekday::Sat,
        Some("søndag") => Weekday::Sun,
        _ => return Vec::new(),
    };
    vec![When::Weekday(day)]
}

impl When {
    /// The days meant at a meeting on this day; none where the words tell of the past. `lead` are the words before it, `over`
    /// whether the clause tells of the past.
    pub fn resolve(&self, lead: &str, over: bool, meeting: NaiveDate) -> Option<Resolved> {
        if over && !self.has_year() {
            return None;
        }
        let earliest = meeting.checked_sub_months(Months::new(3))?;
        let years = |from: NaiveDate| from.year()..=from.year() + 2;
        match *self {
            Self::Day { first, until } => {
                let day = first.resolve(meeting)?;
                // The end of a period is the first such day behind its beginning.
                let last = until.and_then(|last| match last.year {
                    Some(_) => last.resolve(meeting),
                    None => years(day)
                        .filter_map(|year| NaiveDate::from_ymd_opt(year, last.month, last.day))
                        .find(|last| *last >= day),
                });
                Some(last.map_or(Resolved::day(day), |last| Resolved::period(day, last)))
            }
            Self::Weeks { first, last, year } => {
                let monday = |year| NaiveDate::from_isoywd_opt(year, first, Weekday::Mon);
                let start = match year {
                    Some(year) => monday(year)?,
                    None => years(earliest).filter_map(monday).find(|day| *day >= earliest)?,
                };
                let days = u64::from(last - first) * 7 + 6;
                Some(Resolved::period(start, start.checked_add_days(Days::new(days))?))
            }
            // "Sygefraværet i tal: 2. kvartal 13,1 dage": without a year and without a word of time it may be any.
            Self::Months { first, last, year: None } if first != last && lead.is_empty() => None,
            Self::Months { first, last, year } => {
                let start = |year| NaiveDate::from_ymd_opt(year, first, 1);
                let start = match year {
                    Some(year) => start(year)?,
                    None => years(earliest).filter_map(start).find(|day| *day >= earliest)?,
                };
                if lead.to_lowercase().trim() == "fra" || lead.to_lowercase().starts_with("fra og med") {
                    return Some(Resolved::day(start));
                }
                Some(Resolved::period(start, last_of_month(start.year(), last)?))
            }
            Self::Edge { edge, month, year } => {
                let end = month.unwrap_or(12);
                let day = |year| match (edge, month) {
                    (Edge::First, _) => NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1),
                    (Edge::Middle, Some(month)) => NaiveDate::from_ymd_opt(year, month, 15),
                    (Edge::Middle, None) => NaiveDate::from_ymd_opt(year, 7, 1),
                    (Edge::Last, _) => last_of_month(year, end),
                    (Edge::Vague(day), Some(month)) => NaiveDate::from_ymd_opt(year, month, day),
                    (Edge::Vague(day), None) => NaiveDate::from_ymd_opt(year, 1 + (day - 5) / 2, 1),
                };
                let date = match year {
                    Some(year) => day(year)?,
                    None => years(earliest).filter_map(day).find(|date| *date >= earliest)?,
                };
                let vague = matches!(edge, Edge::Vague(_)) || (edge == Edge::Middle && month.is_none());
                Some(if vague { Resolved::around(date) } else { Resolved::day(date) })
            }
            Self::Weekday(weekday) => {
                let ahead = (1..=7).filter_map(|days| meeting.checked_add_days(Days::new(days)));
                ahead.into_iter().find(|day| day.weekday() == weekday).map(Resolved::day)
            }
            Self::After(days) => meeting.checked_add_days(Days::new(days)).map(Resolved::day),
            Self::NextWeek => {
                let monday =
                    NaiveDate::from_isoywd_opt(meeting.iso_week().year(), meeting.iso_week().week(), Weekday::Mon)?
                        .checked_add_days(Days::new(7))?;
                Some(Resolved::period(monday, monday.checked_add_days(Days::new(6))?))
            }
            Self::Meeting { next } => Some(Resolved { meeting: true, next_meeting: next, ..Resolved::default() }),
            Self::Named { date, vague, .. } => Some(if vague { Resolved::around(date) } else { Resolved::day(date) }),
            Self::Relative => Some(Resolved::default()),
        }
    }

    fn has_year(&self) -> bool {
        match self {
            Self::Day { first, until } => first.year.is_some() || until.is_some_and(|until| until.year.is_some()),
            Self::Weeks { year, .. } | Self::Months { year, .. } | Self::Edge { year, .. } => year.is_some(),
            Self::Named { year_given, .. } => *year_given,
            // "Udsat til næste møde" is told in the past and lies ahead.
            Self::Meeting { .. } => true,
            _ => false,
        }
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}
