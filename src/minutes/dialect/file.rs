//! What `dialekt/referater.toml` may hold: for its reader and, as a schema, for editors.

use super::read::{OUTCOMES, SECTION_KINDS};
use crate::tables::form::{Form, Key, Value, names};

/// `dialekt/referater.toml`.
pub static DIALECT_FILE: Form = Form::new(
    "Sådan ser et referat ud: overskrifter, nøgleord og faste vendinger.",
    &[
        Key::new("document", Value::Table(&DOCUMENT), "Ord i dokumentets hoved og på dets sider."),
        Key::new("header", Value::Table(&HEADER), "Nøgleord i linjerne før det første punkt."),
        Key::new("item", Value::Table(&ITEM), "Punkternes overskrifter, og hvad der står mellem dem og sagen."),
        Key::new("closed", Value::Table(&CLOSED), "Det, der lukker et punkt."),
        Key::new("stories", Value::Table(&STORIES), "Det faste punkt med historier til videreformidling."),
        Key::new("attendance", Value::Table(&ATTENDANCE), "Linjer om, hvem der kom og gik."),
        Key::new("attachment", Value::Table(&ATTACHMENT), "Linjer, der er navnet på et bilag."),
        Key::new("approval", Value::Table(&APPROVAL), "Referatets egen godkendelse."),
        Key::new("section", Value::Tables(&SECTION), "Afsnit med samme slags indhold."),
        Key::new("other_decision", Value::Table(&OTHER_DECISION), "Overskrifter over andre udvalgs beslutninger."),
        Key::new("subheading", Value::Table(&SUBHEADING), "Det, der skiller en mellemrubrik fra en sætning."),
        Key::new("clause", Value::Table(&CLAUSE), "Ord, der deler en sætning om en beslutning."),
        Key::new("outcome", Value::Tables(&OUTCOME), "Vendinger for det, der blev af et punkt."),
        Key::new("amended", Value::Table(&AMENDED), "Vendinger for en beslutning med ændringer."),
    ],
);

pub(super) static DOCUMENT: Form = Form::new(
    "Ord i dokumentets hoved og på dets sider.",
    &[
        Key::new("minutes", Value::Texts, "Ord for et referat."),
        Key::new("agenda", Value::Texts, "Ord for en dagsorden."),
        Key::new("title_words", Value::Texts, "Ord, som titlen kan have foran udvalgets navn."),
        Key::new("bodies", Value::Texts, "Ord, som udvalgs navne har i sig: udvalg, byråd, MED."),
        Key::new("municipality", Value::Texts, "Ordet efter et stednavn: Kommune."),
        Key::new("final", Value::Texts, "Ord foran »referat«, der gør det endeligt."),
        Key::new("draft", Value::Texts, "Ord, der siger, at referatet ikke er endeligt."),
        Key::new("noise", Value::Texts, "Linjer fra hjemmesider, der intet siger om mødet."),
        Key::new("contents", Value::Texts, "Overskrifter over indholdsfortegnelsen."),
        Key::new("attachment_lists", Value::Texts, "Overskrifter over en liste med alle bilag."),
        Key::new("back_matter", Value::Texts, "Overskrifter over underskrifter og andet, der ikke hører til et punkt."),
    ],
);

pub(super) static HEADER: Form = Form::new(
    "Nøgleord i linjerne før det første punkt.",
    &[
        Key::new("date", Value::Texts, "Foran mødets dag."),
        Key::new("place", Value::Texts, "Foran mødets sted."),
        Key::new("start", Value::Texts, "Foran tidspunktet, mødet begyndte."),
        Key::new("end", Value::Texts, "Foran tidspunktet, mødet sluttede."),
        Key::new("participants", Value::Texts, "Foran deltagerne."),
        Key::new("committee", Value::Texts, "Foran udvalgets navn."),
        Key::new("columns", Value::Texts, "Overskriften over navnene i en tabel med medlemmerne."),
        Key::new("came", Value::Texts, "Det, der i en tabel eller efter et navn siger, at vedkommende kom."),
        Key::new("away", Value::Texts, "Det, der siger, at vedkommende ikke kom."),
        Key::new("ignored", Value::Texts, "Nøgleord, hvis personer og datoer ikke er mødets."),
        Key::new("place_prepositions", Value::Texts, "Forholdsord foran stedet i en sætning: i, på."),
    ],
);

pub(super) static ITEM: Form = Form::new(
    "Punkternes overskrifter, og hvad der står mellem dem og sagen.",
    &[
        Key::new(
            "headings",
            Value::Texts,
            "Overskrifternes form med {number} eller {code} og {title}; uden {title} står titlen på linjen nedenunder.",
        ),
        Key::new("title_above", Value::Texts, "Former uden {title}, hvor titlen står på linjen ovenover."),
        Key::new("usual_titles", Value::Texts, "Titler, som de fleste møder har."),
        Key::new("labels", Value::Texts, "Oplysninger mellem overskriften og det første afsnit."),
        Key::new("title_labels", Value::Texts, "De af dem, der har titlen efter sig."),
        Key::new("groups", Value::Texts, "Overskrifter over flere punkter, der ikke lukker dem."),
        Key::new("case_numbers", Value::Texts, "Mønstre for sagsnumre; nummeret selv er (?P<case>…)."),
    ],
);

pub(super) static CLOSED: Form = Form::new(
    "Det, der lukker et punkt; er der tvivl, er det lukket.",
    &[
        Key::new("words", Value::Texts, "Ord, der lukker et punkt, hvor de end står i titlen."),
        Key::new("phrases", Value::Texts, "Flere ord sammen, der gør det samme."),
        Key::new("open_phrases", Value::Texts, "Vendinger med et af ordene, som intet lukker."),
        Key::new("lines", Value::Texts, "En linje for sig selv i punktet eller ordene efter et kolon."),
        Key::new("open_lines", Value::Texts, "Linjer, der siger det modsatte."),
        Key::new("open_labels", Value::Texts, "Spørgsmål, hvor et nej lukker: Offentlighed."),
        Key::new("no", Value::Texts, "Ord for nej."),
        Key::new("yes", Value::Texts, "Ord og tegn for ja."),
        Key::new("headings", Value::Texts, "Overskrifters form, der i sig selv lukker punktet."),
        Key::new("groups", Value::Texts, "Overskrifter over flere punkter, der alle er lukkede."),
        Key::new("open_groups", Value::Texts, "Overskrifter, hvorunder punkterne er åbne igen."),
        Key::new("sentence_words", Value::Texts, "Ord, som en sætning skal have, før mønstrene prøves."),
        Key::new("sentences", Value::Texts, "Mønstre for sætninger, der lukker et punkt."),
    ],
);

pub(super) static STORIES: Form = Form::new(
    "Det faste punkt med historier til videreformidling.",
    &[Key::new("titles", Value::Texts, "Punktets titler.")],
);

pub(super) static ATTENDANCE: Form = Form::new(
    "Linjer om, hvem der kom og gik.",
    &[
        Key::new("headings", Value::Texts, "Overskrifter over sådanne linjer inde i en beslutning."),
        Key::new("words", Value::Texts, "Ord, som en linje skal have, før mønstrene prøves."),
        Key::new("patterns", Value::Texts, "Mønstre for sådanne linjer."),
    ],
);

pub(super) static ATTACHMENT: Form = Form::new(
    "Linjer, der er navnet på et bilag.",
    &[
        Key::new("words", Value::Texts, "Ord, som en linje skal have, før mønstrene prøves."),
        Key::new("patterns", Value::Texts, "Mønstre for sådanne linjer."),
    ],
);

pub(super) static APPROVAL: Form = Form::new(
    "Referatets egen godkendelse.",
    &[
        Key::new("patterns", Value::Texts, "Mønstre for en sætning, der siger, at referatet er godkendt."),
        Key::new("head_patterns", Value::Texts, "Mønstre for det samme ved siden af titlen."),
        Key::new("draft_patterns", Value::Texts, "Mønstre for en sætning, der siger, at det endnu ikke er det."),
        Key::new("roles", Value::Texts, "Hverv for dem, der godkender."),
    ],
);

pub(super) static SECTION: Form = Form::new(
    "Afsnit med samme slags indhold.",
    &[
        Key::required("kind", Value::Choice(|| names(SECTION_KINDS)), "Hvad afsnittene rummer."),
        Key::new(
            "strong",
            Value::YesNo,
            "Om overskriften også begynder et nyt afsnit inde i en beslutning; ja, når der intet står.",
        ),
        Key::new("inline", Value::YesNo, "Om teksten kan stå efter overskriften på samme linje."),
        Key::new("value_below", Value::YesNo, "Om linjen nedenunder er en oplysning og ingen overskrift."),
        Key::new("headings", Value::Texts, "Overskrifterne."),
    ],
);

pub(super) static OTHER_DECISION: Form = Form::new(
    "Overskrifter over andre udvalgs beslutninger.",
    &[
        Key::new("words", Value::Texts, "Ord for en beslutning."),
        Key::new("prepositions", Value::Texts, "Ord mellem det og udvalgets navn."),
        Key::new("not_in_name", Value::Texts, "Ord, som intet udvalgs navn har."),
        Key::new("own_meeting", Value::Texts, "Ord for udvalget selv uden dets navn: mødet."),
    ],
);

pub(super) static SUBHEADING: Form = Form::new(
    "Det, der skiller en mellemrubrik fra en sætning.",
    &[Key::new("verbs", Value::Texts, "Ord, som kun sætninger har.")],
);

pub(super) static CLAUSE: Form = Form::new(
    "Ord, der deler en sætning om en beslutning.",
    &[
        Key::new("apart", Value::Texts, "Sætninger, der begynder sådan, handler om noget andet end punktet."),
        Key::new("subordinate", Value::Texts, "Ord, der efter et komma begynder en bisætning."),
        Key::new(
            "opening",
            Value::Texts,
            "Ord, der begynder en bisætning forrest; det besluttede står efter dens komma.",
        ),
    ],
);

pub(super) static OUTCOME: Form = Form::new(
    "Vendinger for det, der blev af et punkt.",
    &[
        Key::required("outcome", Value::Choice(|| names(OUTCOMES)), "Hvad der blev af det."),
        Key::new("words", Value::Texts, "Bogstaver, som en sætning skal have, før mønstrene prøves."),
        Key::new("patterns", Value::Texts, "Mønstre for sådanne sætninger."),
    ],
);

pub(super) static AMENDED: Form = Form::new(
    "Vendinger for en beslutning med ændringer.",
    &[
        Key::new("patterns", Value::Texts, "Mønstre for sådanne sætninger."),
        Key::new("unless", Value::Texts, "Mønstre for sætninger, der kun ligner."),
    ],
);
