//! What can be wrong with what the configuration tells the daemon.

use crate::diagnostic::{Message, Severity};

/// All of them, for the test that keeps both languages alike.
pub static ALL: &[&Message] = &[
    &SCHEDULE_FIELDS,
    &SCHEDULE_NICKNAME,
    &SCHEDULE_WEEKDAY_DIGITS,
    &SCHEDULE_FIELD,
    &SCHEDULE_NEVER,
    &DAY,
    &TIME_OF_DAY,
];

/// Not five, six or seven fields.
pub static SCHEDULE_FIELDS: Message = Message {
    code: "schedule-fields",
    severity: Severity::Error,
    danish: "Tidsplanen har {found} felter; der skal være fem.",
    danish_hint: "Skriv minut, time, dag, måned og ugedag, for eksempel »0 8 * * Mon-Fri« for hverdage klokken 8.",
    english: "The schedule has {found} fields; it needs five.",
    english_hint: "Write minute, hour, day, month and weekday, for example \"0 8 * * Mon-Fri\" for weekdays at 8.",
};

/// `@daily` and its like.
pub static SCHEDULE_NICKNAME: Message = Message {
    code: "schedule-nickname",
    severity: Severity::Error,
    danish: "Forkortelser som »{field}« kan ikke bruges i en tidsplan.",
    danish_hint: "Skriv minut, time, dag, måned og ugedag, for eksempel »0 8 * * Mon-Fri« for hverdage klokken 8.",
    english: "Nicknames such as \"{field}\" cannot be used in a schedule.",
    english_hint: "Write minute, hour, day, month and weekday, for example \"0 8 * * Mon-Fri\" for weekdays at 8.",
};

/// A number in the weekday field.
pub static SCHEDULE_WEEKDAY_DIGITS: Message = Message {
    code: "schedule-weekday-digits",
    severity: Severity::Error,
    danish: "Ugedage skrives ikke med tal, men her står »{field}«.",
    danish_hint: "Skriv de engelske forkortelser, for eksempel »Mon-Fri« eller »Tue,Thu«: et tal betyder ikke det samme overalt.",
    english: "Weekdays are not written as numbers, but here is \"{field}\".",
    english_hint: "Write names, for example \"Mon-Fri\" or \"Tue,Thu\": numbers do not mean the same everywhere.",
};

/// A field that is not understood.
pub static SCHEDULE_FIELD: Message = Message {
    code: "schedule-field",
    severity: Severity::Error,
    danish: "»{field}« kan ikke stå i feltet {name_da}.",
    danish_hint: "Her kan stå {allowed}, *, */n, a-b eller flere med komma imellem.",
    english: "\"{field}\" cannot stand in the field {name}.",
    english_hint: "Possible here: {allowed}, *, */n, a-b, or several separated by commas.",
};

/// A day that never comes.
pub static SCHEDULE_NEVER: Message = Message {
    code: "schedule-never",
    severity: Severity::Error,
    danish: "Tidsplanen »{field}« indtræffer aldrig.",
    danish_hint: "Se efter, om dagen findes i måneden: 31. februar kommer ikke.",
    english: "The schedule \"{field}\" never comes.",
    english_hint: "Check that the day exists in the month: 31 February does not come.",
};

/// Not a day of the calendar.
pub static DAY: Message = Message {
    code: "bad-day",
    severity: Severity::Error,
    danish: "»{value}« er ikke en dag i kalenderen.",
    danish_hint: "Skriv måned og dag for en dag hvert år, for eksempel »12-24«, eller en hel dato, for eksempel »2027-05-07«.",
    english: "\"{value}\" is no day of the calendar.",
    english_hint: "Write month and day for a day of every year, such as \"12-24\", or a whole date, such as \"2027-05-07\".",
};

/// Not a time of the day.
pub static TIME_OF_DAY: Message = Message {
    code: "bad-time",
    severity: Severity::Error,
    danish: "»{value}« er ikke et klokkeslæt.",
    danish_hint: "Skriv timer og minutter, for eksempel »08:00«.",
    english: "\"{value}\" is no time of the day.",
    english_hint: "Write hours and minutes, such as \"08:00\".",
};
