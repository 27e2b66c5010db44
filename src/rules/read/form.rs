//! What may stand in a rule file, with the help that editors show. The reading code and the schema both go by it.

use super::super::feature::Feature;
use super::super::model::{Statement, Voice};
use super::{OUTCOMES, REACHES, SCOPES, example, kind};
use crate::language::lexicon::LIST;
use crate::tables::form::{Form, Key, Value, names};

/// The greatest weight, and with a minus the least.
pub(super) const WEIGHT_BOUND: i64 = 10;
/// The most a group may add or take.
const GROUP_BOUND: i64 = 1000;
/// The greatest bound of a counting feature.
const MOST_COUNTED: i64 = 10_000;

/// The keys that say what a rule does; a rule has one of them.
pub(super) const EFFECTS: [&str; 12] = [
    "weight",
    "withhold",
    "leans",
    "restricts",
    "qualifies",
    "promises",
    "limits",
    "one_side",
    "other_side",
    "statement",
    "voice",
    "hidden",
];

/// A rule file.
pub static FILE: Form = Form::new(
    "En regelfil: regler, grupper og ordlister.",
    &[
        Key::new("rule", Value::Tables(&RULE), "En regel: hvad den leder efter, og hvad en sætning får for det."),
        Key::new("group", Value::Tables(&GROUP), "En gruppe af regler, hvis point tilsammen har et loft og en bund."),
        Key::new("list", Value::Tables(&LIST), "En ordliste, som regler kan bruge med @ foran navnet."),
    ],
);

/// One `[[rule]]`.
pub(super) static RULE: Form = Form {
    help: "En regel.",
    keys: &[
        Key::required("id", Value::Text, "Reglens navn, som kun bruges én gang: små bogstaver, tal og bindestreger."),
        Key::required("label", Value::Text, "Det, man ser i forklaringer."),
        Key::new("group", Value::Text, "Den gruppe, reglen hører til."),
        Key::new(
            "phrases",
            Value::Texts,
            "Ord og vendinger, i alle bøjninger; * for resten af et ord, = for netop den form, @ for en liste.",
        ),
        Key::new("near", Value::Table(&NEAR), "Et ord fra »of« og et fra »and«, nær hinanden."),
        Key::new(
            "pattern",
            Value::Text,
            "Et regulært udtryk, i enkelte anførselstegn; kræver en begrundelse i »reason«.",
        ),
        Key::new("reason", Value::Text, "Hvorfor ord ikke er nok, så der skal et mønster til."),
        Key::new("feature", Value::Choice(|| names(&Feature::ALL)), "Et kendetegn ved sætningen."),
        Key::new(
            "at_least",
            Value::Number { least: 0, most: MOST_COUNTED },
            "Det mindste antal, for kendetegn, der tæller.",
        ),
        Key::new(
            "at_most",
            Value::Number { least: 0, most: MOST_COUNTED },
            "Det største antal, for kendetegn, der tæller.",
        ),
        Key::new("combination", Value::Table(&COMBINATION), "Andre regler, lister og kendetegn sat sammen."),
        Key::new("unless", Value::TextsOr(&EXCEPTION), "Undtagelser: står et af disse ord der, gælder reglen ikke."),
        Key::new("where", Value::Table(&CONDITION), "Hvor reglen gælder; alt, hvad der står, skal passe."),
        Key::new(
            "scope",
            Value::Choice(|| names(&SCOPES)),
            "sentence: sætningen alene. unit: også dem, den støtter sig på.",
        ),
        Key::new(
            "weight",
            Value::NumberForEach { least: -WEIGHT_BOUND, most: WEIGHT_BOUND },
            "Point, hele tal fra -10 til 10: ét tal for alle, eller { medarbejdere = 3, tillidsvalgte = 2 }.",
        ),
        Key::new(
            "withhold",
            Value::YesOrTexts,
            "true: Sætningen er privat og bliver aldrig citeret. En liste af målgrupper: Den kommer ikke i deres breve.",
        ),
        Key::new("leans", Value::YesNo, "true: Sætningen kan ikke stå uden den foregående."),
        Key::new(
            "restricts",
            Value::YesNo,
            "true: Sætningen begrænser den foregående (»dog«, »undtaget«); ingen af dem bliver citeret uden den anden.",
        ),
        Key::new(
            "qualifies",
            Value::YesNo,
            "true: Sætningen tager noget af det, der lige er sagt, og kan selv stå alene; den foregående bliver ikke citeret uden den.",
        ),
        Key::new(
            "promises",
            Value::YesNo,
            "true: Sætningen siger, hvad nogen må, får eller har; står der en grænse lige efter (limits), bliver den ikke citeret uden grænsen.",
        ),
        Key::new(
            "limits",
            Value::YesNo,
            "true: Sætningen er en grænse (hvem, hvornår, hvor meget), når den før lover noget (promises); ellers står den for sig selv.",
        ),
        Key::new(
            "one_side",
            Value::Text,
            "Den ene side af en modsætning, fx »loen-ved-fravaer«: bliver ikke citeret uden en sætning fra den anden side.",
        ),
        Key::new("other_side", Value::Text, "Den anden side af modsætningen med samme navn."),
        Key::new(
            "statement",
            Value::Choice(|| names(&Statement::ALL)),
            "Hvad slags udsagn sætningen er; siger flere regler noget, gælder det mest forsigtige.",
        ),
        Key::new(
            "voice",
            Value::Choice(|| names(&Voice::ALL)),
            "Hvis ord sætningen gengiver; siger flere regler noget, går en indvending forud, derpå medarbejderne og ledelsen. fortsat: Det siger den, der taler ved siden af.",
        ),
        Key::new("hidden", Value::YesNo, "true: Reglen giver ikke selv point; den er en del af andre."),
        Key::new(
            "max_hits",
            Value::Number { least: 1, most: 100 },
            "Hvor mange gange reglen højst tæller i én sætning; ellers én.",
        ),
        Key::new("instead_of", Value::Texts, "Regler, der ikke tæller i samme sætning, når denne gør."),
        Key::new("trial", Value::YesNo, "true: Reglen er på prøve; den vises, men tæller ikke."),
        Key::new("enabled", Value::YesNo, "false: Reglen er slået fra."),
        Key::new(
            "rare",
            Value::YesNo,
            "true: Reglen er til noget sjældent; skriv hvorfor i »note«. Så bliver der ikke advaret, når eksemplerne ikke har det.",
        ),
        Key::new(
            "essential",
            Value::YesNo,
            "true: Det, reglen finder, må ikke mangle i brevet. Sætningen går forud for lidt bedre, og er der alligevel ikke plads, får den, der godkender, det at vide.",
        ),
        Key::new("note", Value::Text, "En bemærkning til den, der læser reglen."),
        Key::required(
            "hits",
            Value::TextsOr(&EXAMPLE),
            "Mindst én sætning, reglen skal ramme, med to stjerner om de ord, den finder.",
        ),
        Key::required(
            "misses",
            Value::TextsOr(&EXAMPLE),
            "Mindst én sætning, der ligner, men som reglen ikke må ramme.",
        ),
    ],
    one_of: &kind::KINDS,
    some_of: &EFFECTS,
};

/// One `[[group]]`.
pub(super) static GROUP: Form = Form::new(
    "En gruppe af regler.",
    &[
        Key::required("id", Value::Text, "Gruppens navn: små bogstaver, tal og bindestreger."),
        Key::required("label", Value::Text, "Det, man ser i forklaringer."),
        Key::new(
            "cap",
            Value::Number { least: -GROUP_BOUND, most: GROUP_BOUND },
            "Loftet: det mest, gruppen kan give en sætning.",
        ),
        Key::new(
            "floor",
            Value::Number { least: -GROUP_BOUND, most: GROUP_BOUND },
            "Bunden: det mest, gruppen kan trække fra, fx -5.",
        ),
    ],
);

/// `near = { … }`.
pub(super) static NEAR: Form = Form::new(
    "To ord nær hinanden.",
    &[
        Key::required("of", Value::Texts, "Det ene ord: et af disse."),
        Key::required("and", Value::Texts, "Det andet ord: et af disse."),
        Key::required(
            "within",
            Value::Number { least: 1, most: 100 },
            "Hvor mange ord længere fremme det andet højst må stå; lige ved siden af er 1.",
        ),
        Key::new(
            "order",
            Value::Choice(|| names(&kind::ORDERS)),
            "forward: Ordet fra »and« skal komme sidst. any: Rækkefølgen er ligegyldig.",
        ),
        Key::new("not_across", Value::Texts, "Ord, der ikke må stå mellem de to."),
    ],
);

/// `combination = { … }`.
pub(super) static COMBINATION: Form = Form {
    help: "Andre regler sat sammen: regler ved deres id, lister og kendetegn med @ foran.",
    keys: &[
        Key::new("all", Value::Texts, "Alle disse skal ramme."),
        Key::new("any", Value::Texts, "Mindst én af disse skal ramme, eller så mange, som at_least siger."),
        Key::new("none", Value::Texts, "Ingen af disse må ramme."),
        Key::new(
            "at_least",
            Value::Number { least: 1, most: MOST_COUNTED },
            "Hvor mange i »any« der skal ramme; ellers én.",
        ),
    ],
    one_of: &[],
    some_of: &["all", "any"],
};

/// An entry of `unless`.
pub(super) static EXCEPTION: Form = Form::new(
    "En undtagelse med sin rækkevidde.",
    &[
        Key::required("phrase", Value::Text, "Ordene, som i »phrases«."),
        Key::new(
            "reach",
            Value::Choice(|| names(&REACHES)),
            "match: Undtagelsen deler et ord med det fundne. clause: Den står mellem de samme kommaer. sentence: Den står et sted i sætningen.",
        ),
    ],
);

/// `where = { … }`.
pub(super) static CONDITION: Form = Form::new(
    "Hvor reglen gælder.",
    &[
        Key::new("item", Value::Texts, "Punktets titel; * står for hvad som helst."),
        Key::new("subheading", Value::Texts, "Underoverskriften over sætningen; * står for hvad som helst."),
        Key::new("committee", Value::Texts, "Udvalgets navn; * står for hvad som helst."),
        Key::new("outcome", Value::Choices(|| names(&OUTCOMES)), "Hvad der blev af punktet."),
        Key::new("stories", Value::YesNo, "true: kun punktet med historier til videreformidling. false: alle andre."),
    ],
);

/// An entry of `hits` or `misses`.
pub(super) static EXAMPLE: Form = Form::new(
    "En sætning, og hvor den står.",
    &[
        Key::required("text", Value::Text, "Sætningen, i »hits« med to stjerner om de ord, der skal findes."),
        Key::new("before", Value::Text, "Sætningen før, som den støtter sig på."),
        Key::new("item", Value::Text, "Punktets titel."),
        Key::new("subheading", Value::Text, "Underoverskriften."),
        Key::new("committee", Value::Text, "Udvalget."),
        Key::new("participant", Value::Text, "En, der deltager i mødet: fornavn og efternavn."),
        Key::new("outcome", Value::Choice(|| names(&OUTCOMES)), "Hvad der blev af punktet."),
        Key::new(
            "kind",
            Value::Choice(|| names(&example::KINDS)),
            "Slags: almindelig sætning, punkt i en liste, linje i en tabel, indledning.",
        ),
        Key::new("stories", Value::YesNo, "true: Sætningen står i punktet med historier."),
    ],
);
