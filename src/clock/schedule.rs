//! When things are due: a cron expression in Danish civil time.
//!
//! The `cron` crate reads the expression but must not be asked about a time zone: on Europe/Copenhagen it skips 02:30 on the
//! day the clock goes forward and yields it twice when it goes back. So it counts civil time, labelled UTC, and the zone is
//! applied here: a time that does not exist becomes the first moment after the gap, a time that exists twice is the earlier
//! one. Only a schedule open at every hour also gets the second of the two, else "every quarter" would pause for an hour.
//!
//! Numbers for weekdays are refused: the crate counts Sunday as 1, everybody else's cron counts Monday as 1.

use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use cron::TimeUnitSpec;

use super::messages;
use crate::diagnostic::{Message, Problem};
use crate::text::Span;

/// How far civil time can be behind or ahead of itself over one change of the clock, with room to spare.
const REACH: Duration = Duration::hours(3);

/// Fields in the order of the crate: English name, Danish name, what may stand there.
const FIELDS: [(&str, &str, &str); 7] = [
    ("second", "sekund", "0-59"),
    ("minute", "minut", "0-59"),
    ("hour", "time", "0-23"),
    ("day of the month", "dag i måneden", "1-31"),
    ("month", "måned", "1-12"),
    ("weekday", "ugedag", "Mon, Tue, Wed, Thu, Fri, Sat, Sun"),
    ("year", "år", "1970-2100"),
];
const WEEKDAY: usize = 5;

/// A checked cron expression.
#[derive(Clone, Debug)]
pub struct Schedule {
    expression: String,
    civil: cron::Schedule,
    every_hour: bool,
}

/// What is wrong with an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.problem().sentence(crate::diagnostic::Language::English))]
pub struct ScheduleError {
    kind: Kind,
    span: Span,
    field: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Count(usize),
    Nickname,
    WeekdayDigits,
    Field(usize),
    Never,
}

impl ScheduleError {
    /// The bytes of the expression it is about.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// As a problem of the file the expression stands in, to be placed by the caller.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let message: &'static Message = match &self.kind {
            Kind::Count(_) => &messages::SCHEDULE_FIELDS,
            Kind::Nickname => &messages::SCHEDULE_NICKNAME,
            Kind::WeekdayDigits => &messages::SCHEDULE_WEEKDAY_DIGITS,
            Kind::Field(_) => &messages::SCHEDULE_FIELD,
            Kind::Never => &messages::SCHEDULE_NEVER,
        };
        let problem = Problem::new(message);
        let problem = match &self.kind {
            Kind::Count(found) => problem.with("found", found),
            Kind::Field(index) => {
                let (name, name_da, allowed) = FIELDS.get(*index).copied().unwrap_or_default();
                problem.with("name", name).with("name_da", name_da).with("allowed", allowed)
            }
            _ => problem,
        };
        problem.with("field", &self.field)
    }
}

impl Schedule {
    /// Reads minute, hour, day, month, weekday; with six fields seconds come first, with seven a year last.
    ///
    /// # Errors
    /// The first field that is wrong, with its place in the expression.
    pub fn parse(expression: &str) -> Result<Self, ScheduleError> {
        let fields = fields(expression);
        let whole = Span::new(0, expression.len()).trimmed(expression);
        let error = |kind, span: Span| Err(ScheduleError { kind, span, field: span.of(expression).to_owned() });
        if let Some(nickname) = fields.first().filter(|field| field.of(expression).starts_with('@')) {
            return error(Kind::Nickname, *nickname);
        }
        let skipped = match fields.len() {
            5 => 1,
            6 | 7 => 0,
            count => return error(Kind::Count(count), whole),
        };
        for (index, span) in fields.iter().enumerate().map(|(index, span)| (index + skipped, *span)) {
            let text = span.of(expression);
            if index == WEEKDAY && text.bytes().any(|byte| byte.is_ascii_digit()) {
                return error(Kind::WeekdayDigits, span);
            }
            // One field at a time among stars, so that the one at fault is known.
            let alone: Vec<&str> = (0..FIELDS.len()).map(|other| if other == index { text } else { "*" }).collect();
            if alone.join(" ").parse::<cron::Schedule>().is_err() {
                return error(Kind::Field(index), span);
            }
        }
        let texts: Vec<&str> = fields.iter().map(|span| span.of(expression)).collect();
        let complete = if skipped == 1 { format!("0 {}", texts.join(" ")) } else { texts.join(" ") };
        let Ok(civil) = complete.parse::<cron::Schedule>() else { return error(Kind::Count(fields.len()), whole) };
        if civil.after(&DateTime::UNIX_EPOCH).next().is_none() {
            return error(Kind::Never, whole);
        }
        let every_hour = civil.hours().is_all();
        Ok(Self { expression: whole.of(expression).to_owned(), civil, every_hour })
    }

    /// As it was written.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The next time strictly after this instant; none where a year field has run out.
    #[must_use]
    pub fn next_after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.earliest(instant, |candidate| candidate > instant)
    }

    /// This instant where it is a time of the schedule, else the next.
    #[must_use]
    pub fn first_at_or_after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.earliest(instant, |candidate| candidate >= instant)
    }

    fn earliest(&self, instant: DateTime<Utc>, fits: impl Fn(DateTime<Utc>) -> bool) -> Option<DateTime<Utc>> {
        let civil_now = instant.with_timezone(&Copenhagen).naive_local();
        let from = civil_now.checked_sub_signed(REACH).unwrap_or(civil_now).with_nanosecond(0)?;
        let mut best: Option<DateTime<Utc>> = None;
        for civil in self.civil.after(&from.and_utc()) {
            let (first, second) = moments(civil.naive_utc())?;
            // The first moments never go back, so nothing better can follow.
            if best.is_some_and(|best| first >= best) {
                break;
            }
            let second = second.filter(|_| self.every_hour);
            let found = [Some(first), second].into_iter().flatten().filter(|moment| fits(*moment)).min();
            best = [best, found].into_iter().flatten().min();
        }
        best
    }
}

/// The fields of an expression: its runs of non-blanks.
fn fields(expression: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in expression.char_indices().chain(Some((expression.len(), ' '))) {
        match (character.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(begin)) => {
                found.push(Span::new(begin, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The moments at which Danish clocks show this: the second only when they are put back over it.
pub(super) fn moments(civil: NaiveDateTime) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    let shown = Copenhagen.from_local_datetime(&civil);
    if let Some(first) = shown.earliest() {
        let first = first.to_utc();
        return Some((first, shown.latest().map(|second| second.to_utc()).filter(|second| *second != first)));
    }
    let minute = civil.with_second(0)?;
    (1..=24 * 60)
        .filter_map(|minutes| minute.checked_add_signed(Duration::minutes(minutes)))
        .find_map(|later| Copenhagen.from_local_datetime(&later).earliest())
        .map(|first| (first.to_utc(), None))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn times(expression: &str, from: &str, count: usize) -> Vec<String> {
        let schedule = Schedule::parse(expression).unwrap();
        let mut instant = at(from);
        (0..count)
            .map(|_| {
                instant = schedule.next_after(instant).unwrap();
                instant.with_timezone(&Copenhagen).format("%m-%d %H:%M %z").to_string()
            })
            .collect()
    }

    #[test]
    fn a_time_that_spring_skips_comes_once_right_after_the_gap() {
        assert_eq!(times("30 2 * * *", "2027-03-27T12:00:00+01:00", 2), ["03-28 03:00 +0200", "03-29 02:30 +0200"]);
    }

    #[test]
    fn a_time_that_autumn_repeats_comes_once() {
        assert_eq!(times("30 2 * * *", "2027-10-30T12:00:00+02:00", 2), ["10-31 02:30 +0200", "11-01 02:30 +0100"]);
    }

    #[test]
    fn every_quarter_runs_through_both_changes_of_the_clock() {
        assert_eq!(
            times("*/15 * * * *", "2027-03-28T01:40:00+01:00", 3),
            ["03-28 01:45 +0100", "03-28 03:00 +0200", "03-28 03:15 +0200"]
        );
        let autumn = times("*/30 * * * *", "2027-10-31T01:40:00+02:00", 5);
        assert_eq!(
            autumn,
            ["10-31 02:00 +0200", "10-31 02:30 +0200", "10-31 02:00 +0100", "10-31 02:30 +0100", "10-31 03:00 +0100"]
        );
    }

    #[test]
    fn weekdays_at_eight_keep_their_hour_over_the_change() {
        assert_eq!(
            times("0 8 * * Mon-Fri", "2027-03-26T08:00:00+01:00", 2),
            ["03-29 08:00 +0200", "03-30 08:00 +0200"]
        );
    }

    #[test]
    fn a_time_just_reached_counts_only_for_at_or_after() {
        let schedule = Schedule::parse("0 8 * * *").unwrap();
        let eight = at("2027-06-01T08:00:00+02:00");
        assert_eq!(schedule.first_at_or_after(eight), Some(eight));
        assert_eq!(schedule.next_after(eight), Some(at("2027-06-02T08:00:00+02:00")));
        let just_after = eight + Duration::milliseconds(1);
        assert_eq!(schedule.first_at_or_after(just_after), Some(at("2027-06-02T08:00:00+02:00")));
    }

    #[test]
    fn six_and_seven_fields_are_understood() {
        assert_eq!(times("30 0 8 * * *", "2027-06-01T07:00:00+02:00", 1), ["06-01 08:00 +0200"]);
        let once = Schedule::parse("0 0 8 1 6 * 2027").unwrap();
        assert_eq!(once.next_after(at("2027-06-01T08:00:00+02:00")), None);
    }

    #[test]
    fn a_wrong_expression_is_told_with_its_place() {
        let cases = [
            ("0 8 * *", "schedule-fields", "0 8 * *"),
            ("", "schedule-fields", ""),
            ("@daily", "schedule-nickname", "@daily"),
            ("0 8 * * 1-5", "schedule-weekday-digits", "1-5"),
            ("0 25 * * *", "schedule-field", "25"),
            ("0 8 * Foo *", "schedule-field", "Foo"),
            (" 61 8 * * * ", "schedule-field", "61"),
            ("*/0 8 * * *", "schedule-field", "*/0"),
            ("0 8-4000000000 * * *", "schedule-field", "8-4000000000"),
            ("0 8 31 Feb *", "schedule-never", "0 8 31 Feb *"),
            ("0 8 * * man-fre", "schedule-field", "man-fre"),
        ];
        for (expression, code, shown) in cases {
            let error = Schedule::parse(expression).unwrap_err();
            assert_eq!(error.problem().code(), code, "{expression}");
            assert_eq!(error.span().of(expression), shown, "{expression}");
            for language in [Language::Danish, Language::English] {
                let told = error.problem().sentence(language) + &error.problem().hint(language).unwrap();
                assert!(!told.contains('{'), "{told}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_expression_makes_it_panic(expression in "[-0-9*/,?@ A-Za-zæL#]{0,24}", from in 0_i64..4_000_000_000) {
            if let Ok(schedule) = Schedule::parse(&expression) {
                let from = DateTime::from_timestamp(from, 0).unwrap();
                if let Some(next) = schedule.next_after(from) {
                    proptest::prop_assert!(next > from);
                    proptest::prop_assert_eq!(schedule.first_at_or_after(next), Some(next));
                }
            }
        }

        #[test]
        fn the_next_time_is_never_more_than_a_day_and_an_hour_away_for_a_daily_schedule(
            minute in 0_u32..60, hour in 0_u32..24, from in 1_800_000_000_i64..1_900_000_000,
        ) {
            let schedule = Schedule::parse(&format!("{minute} {hour} * * *")).unwrap();
            let from = DateTime::from_timestamp(from, 0).unwrap();
            let next = schedule.next_after(from).unwrap();
            proptest::prop_assert!(next > from && next - from <= Duration::hours(25));
        }
    }
}
