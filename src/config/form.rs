//! What may stand in `config.toml`, with the help that editors show. The reading code and the schema both go by it.

use super::form_operation::{APPROVAL, CALENDAR, HEALTH, RETENTION, SENDING};
use super::mail::{PRESETS, SECURITIES, TRANSPORTS, UNKNOWN};
use super::read::{ENVIRONMENTS, LANGUAGES, RELEASES};
use crate::tables::form::{Form, Key, Value, names};

/// The whole file.
pub static FILE: Form = Form::new(
    "Indstillinger for digest. Stier, der ikke begynder med /, regnes fra denne fil.",
    &[
        Key::new(
            "language",
            Value::Choice(|| names(&LANGUAGES)),
            "Sproget i beskeder om fejl i regler, skabeloner, lister og denne fil.",
        ),
        Key::new(
            "environment",
            Value::Choice(|| names(&ENVIRONMENTS)),
            "trial: Kun adresser på listen »allow« får post. production: Alle på modtagerlisterne får post.",
        ),
        Key::new(
            "release",
            Value::Choice(|| names(&RELEASES)),
            "Hvornår et brev må sendes, uden at der bliver spørgt.",
        ),
        Key::new("rules", Value::Text, "Mappen med regler."),
        Key::new("templates", Value::Text, "Mappen med brevskabeloner."),
        Key::new("database", Value::Text, "Den database, som husker, hvad der er sendt."),
        Key::new(
            "ledger",
            Value::Text,
            "Den fil, hvor hvert afleveret brev skrives op for sig selv; helst på en anden disk end databasen.",
        ),
        Key::new(
            "examples",
            Value::Text,
            "Mappen med referater, som »digest check« prøver reglerne på; den må gerne mangle.",
        ),
        Key::new("intake", Value::Table(&INTAKE), "Læsning af filer."),
        Key::required("inbox", Value::Table(&INBOX), "Mappen, hvor referaterne lægges."),
        Key::required("mail", Value::Table(&MAIL), "Hvordan brevene sendes."),
        Key::new("calendar", Value::Table(&CALENDAR), "Hvornår der arbejdes."),
        Key::new("sending", Value::Table(&SENDING), "Hvornår breve må afleveres, og hvornår de er blevet for gamle."),
        Key::new("approval", Value::Table(&APPROVAL), "Godkendelse af breve."),
        Key::new("retention", Value::Table(&RETENTION), "Hvor længe der gemmes noget om sendte breve."),
        Key::new("health", Value::Table(&HEALTH), "Hvornår »digest health« melder fejl."),
        Key::required("schedule", Value::Tables(&SCHEDULE), "Tidsplaner for breve."),
        Key::required("audience", Value::Tables(&AUDIENCE), "Målgrupper: hvem der skrives til."),
        Key::new(
            "committee",
            Value::Tables(&COMMITTEE),
            "Udvalg. Referater fra et udvalg, der ikke står her, bliver aldrig sendt.",
        ),
    ],
);

/// `[intake]`.
pub(super) static INTAKE: Form = Form::new(
    "Læsning af filer.",
    &[Key::new("max_bytes", Value::Number { least: 1, most: i64::MAX }, "Større filer bliver afvist, før de læses.")],
);

/// `[inbox]`.
pub(super) static INBOX: Form = Form::new(
    "Mappen, hvor referaterne lægges.",
    &[
        Key::required("folder", Value::Text, "Mappen. Filerne bliver aldrig ændret eller slettet."),
        Key::new("every_seconds", Value::Number { least: 1, most: 86_400 }, "Hvor tit der ses efter nye filer."),
        Key::new(
            "settle_seconds",
            Value::Number { least: 0, most: 86_400 },
            "Hvor længe en fil skal have ligget urørt.",
        ),
    ],
);

/// `[mail]`.
pub(super) static MAIL: Form = Form::new(
    "Hvordan brevene sendes.",
    &[
        Key::required("from", Value::Text, "Afsender: Navn <adresse@domæne>."),
        Key::new("reply_to", Value::Text, "Hvor svar skal hen, hvis det er et andet sted."),
        Key::new(
            "allow",
            Value::Texts,
            "Hvem der må få post, når environment er »trial«: hele adresser eller *@domæne.",
        ),
        Key::new("folder", Value::Text, "Mappen til breve, når transport er »folder«."),
        Key::new("smtp", Value::Table(&SMTP), "Postserveren, når transport er »smtp«."),
        Key::new(
            "transport",
            Value::Choice(|| names(&TRANSPORTS)),
            "folder: Hvert brev lægges som en .eml-fil. smtp: Brevene sendes gennem postserveren.",
        ),
        Key::new(
            "unknown",
            Value::Choice(|| names(&UNKNOWN)),
            "Breve, som måske er afleveret: resend_once (send én gang til), hold (spørg) eller assume_sent (regn med det).",
        ),
        Key::new(
            "crash_bound",
            Value::Number { least: 1, most: 10_000 },
            "Hvor mange breve ét nedbrud højst må gøre uvisse. Flere går hurtigere. Uden: ét for hver forbindelse.",
        ),
        Key::new(
            "lease_seconds",
            Value::Number { least: 1, most: 3_600 },
            "Hvor længe efter et nedbrud de breve, der var i gang, venter på den, der havde dem.",
        ),
    ],
);

/// `[mail.smtp]`.
pub(super) static SMTP: Form = Form::new(
    "Postserveren.",
    &[
        Key::new(
            "preset",
            Value::Choice(|| names(&PRESETS)),
            "Det sædvanlige for microsoft365, inside (jeres egen, uden adgangskode) eller provider; alt kan ændres nedenfor.",
        ),
        Key::new("host", Value::Text, "Serverens navn; microsoft365 har sit eget."),
        Key::new(
            "tls",
            Value::Choice(|| names(&SECURITIES)),
            "starttls (port 587), implicit (port 465) eller none (port 25, kun samme maskine).",
        ),
        Key::new("port", Value::Number { least: 1, most: 65_535 }, "Porten, hvis den er en anden."),
        Key::new("user", Value::Text, "Brugernavn; så skal der også være en »password_file«."),
        Key::new("password_file", Value::Text, "En fil, der kun indeholder adgangskoden."),
        Key::new("connections", Value::Number { least: 1, most: 64 }, "Det største antal forbindelser på én gang."),
        Key::new("per_second", Value::Number { least: 1, most: 100_000 }, "Det største antal breve i sekundet."),
        Key::new("per_minute", Value::Number { least: 1, most: 1_000_000 }, "Det største antal breve i minuttet."),
        Key::new("hello", Value::Text, "Det navn, programmet melder sig med."),
        Key::new("authorities", Value::Text, "En fil med certifikater, hvis serverens er udstedt af kommunen selv."),
    ],
);

/// `[[schedule]]`.
pub(super) static SCHEDULE: Form = Form {
    help: "En tidsplan.",
    keys: &[
        Key::required("id", Value::Text, "Tidsplanens navn: a til z, tal og bindestreger."),
        Key::new("cron", Value::Text, "Minut, time, dag, måned, ugedag (Mon til Sun), i dansk tid: 0 8 * * Mon-Fri."),
        Key::new(
            "working_days_after",
            Value::Number { least: 0, most: 60 },
            "Så mange arbejdsdage efter frigivelsen; 0 er samme dag.",
        ),
        Key::new("at", Value::Text, "Klokkeslættet sammen med »working_days_after«: 08:00."),
    ],
    one_of: &["cron", "working_days_after"],
    some_of: &[],
};

/// `[[audience]]`.
pub(super) static AUDIENCE: Form = Form::new(
    "En målgruppe.",
    &[
        Key::required("id", Value::Text, "Målgruppens navn, som regler bruger: a til z, tal og bindestreger."),
        Key::required("label", Value::Text, "Det, brevene kalder den."),
        Key::new("words", Value::Number { least: 20, most: 10_000 }, "Det største antal ord, der citeres i et brev."),
        Key::new(
            "least_score",
            Value::Number { least: -100, most: 100 },
            "En sætning med en lavere score bliver ikke citeret for sin egen skyld.",
        ),
        Key::new("after", Value::Text, "Den målgruppe, hvis brev om samme møde skal være helt afsluttet først."),
        Key::new(
            "after_working_hours",
            Value::Number { least: 0, most: 1_000 },
            "Så mange arbejdstimer efter, at brevet til målgruppen i »after« er afsluttet.",
        ),
        Key::new(
            "unknown",
            Value::Choice(|| names(&UNKNOWN)),
            "Det samme som »unknown« under [mail], men for denne målgruppe.",
        ),
        Key::new(
            "sections",
            Value::Choices(|| super::read::SECTIONS.to_vec()),
            "Afsnit for sig selv: requests (bestillinger til andre udvalg), tasks (hvem gør hvad), open (stadig åbent).",
        ),
        Key::new(
            "both_sides",
            Value::YesNo,
            "false: Brevet fortæller ikke, når medarbejdersiden havde bemærkninger til det, der citeres; det bliver skrevet i loggen.",
        ),
    ],
);

/// `[[committee]]`.
pub(super) static COMMITTEE: Form = Form::new(
    "Et udvalg.",
    &[
        Key::required("id", Value::Text, "Udvalgets navn i programmet: a til z, tal og bindestreger."),
        Key::required("name", Value::Text, "Udvalgets navn, som det står i referatet."),
        Key::new("names", Value::Texts, "Andre navne og forkortelser, som referaterne bruger."),
        Key::new(
            "release",
            Value::Choice(|| names(&RELEASES)),
            "Hvornår dette udvalgs breve må sendes, uden at der bliver spørgt.",
        ),
        Key::new("approvers", Value::Texts, "Hvem der får en mail, når et af udvalgets breve venter på et ja."),
        Key::new(
            "agenda",
            Value::YesNo,
            "true: Dagsordener bliver til et brev om det kommende møde med de åbne punkters titler.",
        ),
        Key::new("confirmed", Value::Texts, "Referater, hvis læsning er set på forhånd, ved filens SHA-256."),
        Key::required("schedule", Value::Text, "Den tidsplan, brevene sendes efter."),
        Key::new("list", Value::Tables(&LIST), "Modtagerlister, én for hver målgruppe."),
    ],
);

/// `[[committee.list]]`.
pub(super) static LIST: Form = Form::new(
    "En modtagerliste.",
    &[
        Key::required("audience", Value::Text, "Målgruppen."),
        Key::required("recipients", Value::Text, "Filen med modtagere: CSV fra Excel eller en adresse på hver linje."),
    ],
);
