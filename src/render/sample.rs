//! Sample digests: one that has everything a letter can have, and one that has as little as a letter can have.
//!
//! Templates are checked against both before any real minutes come along. They are code and not files because the
//! check must not depend on what lies in a folder. Committee, places and people are invented.

use chrono::{NaiveDate, NaiveTime};

use crate::digest::{
    Agenda, AnswerWanted, AudienceId, By, Change, CorrectedItem, Correction, DateKind, Digest, DigestDate, DigestItem,
    DigestRequest, DigestTask, Held, LeftOut, Meeting, Objections, OpenKind, OpenMatter, Quote, Role, SideWords, Story,
};
use crate::minutes::{EntryId, ItemNumber, Outcome};

/// A digest with stories, gaps, lists, sub-headings, dates, all kinds of badges and something held back.
#[must_use]
pub fn sample_digest() -> Digest {
    Digest {
        audience: AudienceId("medarbejdere".to_owned()),
        meeting: Meeting { committee: Some("HovedMED".to_owned()), date: NaiveDate::from_ymd_opt(2026, 9, 16) },
        held: vec![Held { reason: "Sætningen omtaler en medarbejders orlov.".to_owned(), item: Some(ItemNumber(2)) }],
        stories: vec![
            Story {
                text: "Handleplanen er ikke et ansættelsesstop".to_owned(),
                items: vec![ItemNumber(6)],
                sentences: vec![id(6, 4), id(6, 3), id(6, 5)],
            },
            Story {
                text: "Nye vagter i hjemmeplejen".to_owned(),
                items: vec![ItemNumber(9)],
                sentences: vec![id(9, 0), id(9, 3)],
            },
        ],
        items: items(),
        dates: vec![
            DigestDate { kind: DateKind::Deadline, ..date((2026, 10, 15), None, "senest den 15. oktober 2026", 2) },
            date((2026, 11, 1), None, "den 1. november 2026", 2),
            DigestDate { kind: DateKind::Meeting, ..date((2026, 12, 9), None, "den 9. december 2026", 14) },
            date((2027, 3, 1), NaiveDate::from_ymd_opt(2027, 3, 19), "1. til 19. marts 2027", 13),
            DigestDate { date: None, ..date((2027, 8, 10), None, "efter sommerferien", 13) },
        ],
        requests: requests(),
        tasks: vec![DigestTask {
            item: ItemNumber(13),
            sentence: id(13, 1),
            sentences: vec![id(13, 1)],
            who: "HR & Løn".to_owned(),
            by: Some(By { date: NaiveDate::from_ymd_opt(2026, 11, 1), text: "inden den 1. november 2026".to_owned() }),
        }],
        open: vec![
            OpenMatter {
                since: NaiveDate::from_ymd_opt(2026, 6, 10).unwrap_or_default(),
                number: "7".to_owned(),
                title: "Parkering ved Børn & Unge".to_owned(),
                kind: OpenKind::Promise,
                text: Some("Centerchefen vender tilbage med et forslag til en ny p-ordning.".to_owned()),
            },
            OpenMatter {
                since: NaiveDate::from_ymd_opt(2026, 3, 4).unwrap_or_default(),
                number: "11".to_owned(),
                title: "Retningslinje for jubilæer".to_owned(),
                kind: OpenKind::Postponed,
                text: None,
            },
        ],
        words: 260,
        sides: SideWords::default(),
        left_out: LeftOut { sentences: 74, essential: Vec::new() },
    }
}

/// A correction with an item that says something else, a new one and a withdrawn one.
pub(super) fn sample_correction() -> Correction {
    let corrected =
        item(2, "Fridage", Outcome::Approved, vec![quote(2, 0, "Kutymefridagene ophører den 1. juni 2027.")]);
    let added =
        item(5, "Parkering", Outcome::None, vec![quote(5, 0, "Parkeringen bliver afgiftsbelagt i august 2027.")]);
    let entry = |change: Change, now: Option<&DigestItem>, before: &[&str]| CorrectedItem {
        printed: now.map_or_else(|| "9".to_owned(), |now| now.printed.clone()),
        title: now.map(|now| now.title.clone()).unwrap_or_default(),
        change,
        before: before.iter().map(|text| (*text).to_owned()).collect(),
        taken_out: change != Change::Added,
        now: now.cloned(),
    };
    let items = vec![
        entry(Change::Corrected, Some(&corrected), &["Kutymefridagene ophører den 1. maj 2027."]),
        entry(Change::Added, Some(&added), &[]),
        entry(Change::Withdrawn, None, &[]),
    ];
    let digest = Digest {
        items: vec![corrected, added],
        stories: Vec::new(),
        dates: Vec::new(),
        requests: Vec::new(),
        tasks: Vec::new(),
        open: Vec::new(),
        ..sample_digest()
    };
    Correction { digest, items }
}

/// An agenda with a time and a place.
pub(super) fn sample_agenda() -> Agenda {
    Agenda {
        meeting: sample_digest().meeting,
        start: NaiveTime::from_hms_opt(9, 30, 0),
        place: Some("Mødelokale 2, rådhuset".to_owned()),
        items: vec![("1".to_owned(), "Budget 2027".to_owned()), ("2".to_owned(), "Eventuelt".to_owned())],
    }
}

/// A digest of one sentence, without committee, date, outcome, stories or dates.
pub(super) fn minimal_digest() -> Digest {
    Digest {
        audience: AudienceId("tillidsvalgte".to_owned()),
        meeting: Meeting { committee: None, date: None },
        held: Vec::new(),
        stories: Vec::new(),
        items: vec![item(1, "Eventuelt", Outcome::None, vec![quote(1, 0, "Kantinen lukker den 30. november 2026.")])],
        dates: Vec::new(),
        requests: Vec::new(),
        tasks: Vec::new(),
        open: Vec::new(),
        words: 6,
        sides: SideWords::default(),
        left_out: LeftOut { sentences: 0, essential: Vec::new() },
    }
}

fn items() -> Vec<DigestItem> {
    let doctor = "Løn ved lægebesøg og behandlinger";
    let closing = "Lukkedage mellem jul og nytår";
    vec![
        item(
            2,
            "Orientering fra forperson og næstforperson",
            Outcome::Noted,
            vec![
                under(
                    doctor,
                    quote(
                        2,
                        5,
                        "Planlagte besøg hos læge, tandlæge og fysioterapeut lægges uden for arbejdstiden, og hvis det \
                         ikke kan lade sig gøre, er fraværet uden løn.",
                    ),
                ),
                under(
                    doctor,
                    quote(
                        2,
                        6,
                        "Det gælder dog ikke ved akut opstået sygdom og ved undersøgelser på sygehus, hvor medarbejderen \
                         har ret til løn, men hvor tiden skal registreres som sygdom.",
                    ),
                ),
                under(
                    doctor,
                    after_gap(quote(
                        2,
                        8,
                        "Medarbejderrepræsentanterne gjorde opmærksom på, at ansatte i vagtplan sjældent kan vælge \
                         tidspunktet selv, og at reglen derfor rammer skævt.",
                    )),
                ),
                under(
                    closing,
                    after_gap(quote(
                        2,
                        12,
                        "Der lægges op til, at rådhuset holder lukket den 28., 29. og 30. december 2026.",
                    )),
                ),
                under(
                    closing,
                    quote(2, 13, "Medarbejderne skal bruge ferie, flekstid eller afspadsering på de tre dage."),
                ),
            ],
        ),
        item(
            6,
            "Opfølgning på handleplanen for økonomien 2026",
            Outcome::Discussed,
            vec![
                role(Role::Story, quote(6, 3, "Der er ikke tale om et ansættelsesstop.")),
                role(
                    Role::Story,
                    quote(
                        6,
                        4,
                        "En ledig stilling kan genbesættes, når centerchefen har godkendt det, og når der er sikret \
                         lønmidler i hele 2027.",
                    ),
                ),
                role(Role::Story, quote(6, 5, "Det gælder dog ikke stillinger i plejen.")),
                quote(
                    6,
                    6,
                    "Medarbejdersiden kritiserede, at stillinger i administrationen står tomme i op til fire måneder.",
                ),
                after_gap(role(Role::Context, quote(6, 10, "Handleplanen medfører også:"))),
                bullet(quote(6, 11, "at der ikke bruges vikarer fra private bureauer på hverdage")),
                bullet(after_gap(quote(6, 13, "at overarbejde som hovedregel afspadseres og ikke udbetales"))),
            ],
        ),
        DigestItem {
            amended: true,
            ..item(
                8,
                "Proces for eventuelle personalereduktioner & omplaceringer",
                Outcome::Approved,
                vec![
                    bullet(quote(8, 1, "De fælles kriterier blev godkendt.")),
                    after_gap(quote(
                        8,
                        2,
                        "Ledelsen vurderer, at budget 2027 ikke udløser reglerne om masseafskedigelse.",
                    )),
                ],
            )
        },
        item(
            9,
            "Ændret arbejdstid i hjemmeplejen",
            Outcome::Recommended,
            vec![
                role(
                    Role::Story,
                    quote(9, 0, "Fra den 1. februar 2027 arbejder hjemmeplejen i faste teams med en ny vagtplan."),
                ),
                role(Role::Story, after_gap(quote(9, 3, "Den ugentlige arbejdstid er uændret."))),
            ],
        ),
        item(
            12,
            "Nedlæggelse af seniorpuljen",
            Outcome::Rejected,
            vec![quote(12, 0, "Forslaget blev forkastet, fordi \"puljen\" bruges < 1 gang om året.")],
        ),
        item(
            13,
            "Trivselsmåling og APV 2027",
            Outcome::None,
            vec![
                quote(13, 0, "Målingen gennemføres i perioden 1. til 19. marts 2027."),
                quote(13, 1, "HR & Løn udarbejder en vejledning inden den 1. november 2026."),
                after_gap(quote(
                    13,
                    5,
                    "De lokale MED-udvalg bedes sende forslag til spørgsmål senest den 15. oktober 2026.",
                )),
                quote(13, 6, "Forslagene samles af referencegruppen."),
            ],
        ),
        item(
            14,
            "Temadrøftelse - seniorliv og fastholdelse",
            Outcome::Postponed,
            vec![quote(14, 0, "Punktet blev udsat til mødet den 9. december 2026 på grund af tidsnød.")],
        ),
    ]
}

fn id(item: u32, index: usize) -> EntryId {
    EntryId { item: ItemNumber(item), index }
}

fn item(number: u32, title: &str, outcome: Outcome, sentences: Vec<Quote>) -> DigestItem {
    DigestItem {
        number: ItemNumber(number),
        printed: number.to_string(),
        title: title.to_owned(),
        outcome,
        amended: false,
        objections: Objections::Noted,
        sentences,
    }
}

fn quote(item: u32, index: usize, text: &str) -> Quote {
    Quote {
        id: id(item, index),
        text: text.to_owned(),
        role: Role::Pick,
        gap_before: false,
        subheading: None,
        bullet: false,
        statement: None,
    }
}

fn under(heading: &str, quote: Quote) -> Quote {
    Quote { subheading: Some(heading.to_owned()), ..quote }
}

fn after_gap(quote: Quote) -> Quote {
    Quote { gap_before: true, ..quote }
}

fn bullet(quote: Quote) -> Quote {
    Quote { bullet: true, ..quote }
}

fn role(role: Role, quote: Quote) -> Quote {
    Quote { role, ..quote }
}

/// One that the section holds with its answer, one without, and one that only names its item.
fn requests() -> Vec<DigestRequest> {
    let request = |item, sentence, sentences: Vec<EntryId>, who: &str| DigestRequest {
        item: ItemNumber(item),
        sentence,
        sentences,
        who: who.to_owned(),
        answer: None,
        by: None,
    };
    vec![
        DigestRequest { answer: Some(AnswerWanted::No), ..request(8, id(8, 1), Vec::new(), "arbejdsmiljøgrupperne") },
        DigestRequest {
            answer: Some(AnswerWanted::Yes),
            by: Some(By {
                date: NaiveDate::from_ymd_opt(2026, 10, 15),
                text: "senest den 15. oktober 2026".to_owned(),
            }),
            ..request(13, id(13, 5), vec![id(13, 5)], "De lokale MED-udvalg")
        },
    ]
}

fn date((year, month, day): (i32, u32, u32), until: Option<NaiveDate>, text: &str, item: u32) -> DigestDate {
    DigestDate {
        date: NaiveDate::from_ymd_opt(year, month, day),
        until,
        text: text.to_owned(),
        item: ItemNumber(item),
        sentence: id(item, 0),
        kind: DateKind::Date,
    }
}
