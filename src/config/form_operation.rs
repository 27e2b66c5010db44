//! What may stand in the tables of `config.toml` about when and how the daemon works.

use crate::tables::form::{Form, Key, Value};

const DAYS: Value = Value::Number { least: 1, most: 36_500 };
const MINUTES: Value = Value::Number { least: 1, most: 100_000 };

/// `[calendar]`.
pub(super) static CALENDAR: Form = Form::new(
    "Hvornår der arbejdes. Weekender og lovens helligdage er regnet ud og skal ikke skrives.",
    &[
        Key::new("closed", Value::Texts, "Lokale fridage: »12-24« er hvert år, »2027-05-07« er én gang."),
        Key::new("half", Value::Texts, "Halve dage, skrevet på samme måde."),
        Key::new("day_begins", Value::Text, "Hvornår en arbejdsdag begynder: 08:00."),
        Key::new("day_ends", Value::Text, "Hvornår en arbejdsdag slutter: 16:00."),
        Key::new("half_day_ends", Value::Text, "Hvornår en halv dag slutter: 12:00."),
    ],
);

/// `[sending]`.
pub(super) static SENDING: Form = Form::new(
    "Hvornår breve må afleveres, og hvornår de er blevet for gamle.",
    &[
        Key::new("from", Value::Text, "Breve afleveres tidligst på dette klokkeslæt; kræver »until«."),
        Key::new("until", Value::Text, "Breve afleveres senest på dette klokkeslæt; kræver »from«."),
        Key::new("working_days", Value::YesNo, "true: Kun på arbejdsdage efter [calendar]."),
        Key::new(
            "catch_up_hours",
            Value::Number { least: 1, most: 8_760 },
            "Så mange timer efter sin tid sendes et brev endnu af sig selv. Derefter skal et menneske afgøre det.",
        ),
        Key::new("oldest_meeting_days", DAYS, "Breve om ældre møder sendes kun, når et menneske siger ja."),
    ],
);

/// `[approval]`.
pub(super) static APPROVAL: Form = Form::new(
    "Godkendelse af breve.",
    &[
        Key::new("to", Value::Texts, "Hvem der får en mail, når et brev venter på et ja: Navn <adresse@domæne>."),
        Key::new("expires_days", DAYS, "Så mange dage gælder et ja."),
    ],
);

/// `[retention]`.
pub(super) static RETENTION: Form = Form::new(
    "Hvor længe der gemmes noget om sendte breve.",
    &[
        Key::new("letters_days", DAYS, "Så mange dage gemmes brevenes tekst."),
        Key::new("status_days", DAYS, "Så mange dage gemmes, hvem der fik et brev og hvornår."),
    ],
);

/// `[health]`.
pub(super) static HEALTH: Form = Form::new(
    "Hvornår »digest health« melder fejl.",
    &[
        Key::new("inbox_minutes", MINUTES, "Så mange minutter må gå, uden at indbakken er læst."),
        Key::new("relay_minutes", MINUTES, "Så mange minutter må breve vente på postserveren."),
        Key::new("schedule_minutes", MINUTES, "Så mange minutter må gå, uden at tidsplanerne er set efter."),
    ],
);
