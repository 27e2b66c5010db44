//! The words that the exports of Danish committee systems use for what minutes have.
//!
//! Known from public importers: SBSYS (`Dagsorden`, `Møde`, `Dagsordenpunkt`), Acadre (`table`/`field` by name), eDoc
//! (`Meeting`, `MeetingAgendaItem`) and Fujitsu's eDoc (`Committee`, `AgendaElement`, `CasePresentation`). They are close
//! enough for one table of words; an export of another system that speaks alike is read too. What is not in the table and
//! holds text is not guessed at: it is left out with a warning, so that a person looks.

/// What an element or attribute is. Names are as [`super::tree`] levels them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An item of the agenda.
    Item,
    /// A group of items: its words may say that they are closed.
    GroupType,
    Number,
    Title,
    /// Says that its item may be read by all.
    Open,
    /// Says that it may not.
    Closed,
    Case,
    /// A section with a heading and a body of its own.
    Section,
    /// A container whose elements are named for the headings.
    Contents,
    /// A text without a heading.
    Body,
    Committee,
    Date,
    Start,
    EndDate,
    End,
    Place,
    Kind,
    /// Files, links, people who may see it: no text of the minutes.
    Skipped,
}

const ROLES: &[(Role, &[&str])] = &[
    (
        Role::Item,
        &[
            "dagsordenpunkt",
            "dagsordenspunkt",
            "agendaitem",
            "meetingagendaitem",
            "agendaelement",
            "agendapoint",
            "punkt",
        ],
    ),
    (Role::GroupType, &["agendatype"]),
    // Acadre keeps the number beside the item, in the element around both.
    (
        Role::Number,
        &["nummer", "nr", "punktnummer", "punktnr", "agendaitemnumber", "itemnumber", "serialno", "sort", "number"],
    ),
    (Role::Title, &["overskrift", "titel", "title", "name", "navn", "caption", "emne", "punkttitel", "subject"]),
    (
        Role::Open,
        &[
            "aaben",
            "aabent",
            "open",
            "isopen",
            "offentlig",
            "offentligt",
            "public",
            "ispublic",
            "accessispublic",
            "publishingtype",
            "publiceres",
            "access",
            "adgang",
            "openorclosed",
            "outputfilterispublic",
        ],
    ),
    (
        Role::Closed,
        &["lukket", "lukketpunkt", "closed", "isclosed", "fortrolig", "fortroligt", "confidential", "isconfidential"],
    ),
    (Role::Case, &["sagsnummer", "sagsnr", "sagnr", "casenumber", "caseno", "journalnummer", "journalnr"]),
    (Role::Section, &["casepresentation", "bullet", "felt", "afsnit", "section"]),
    (Role::Contents, &["indhold", "felter", "afsnitliste", "casepresentations", "sections"]),
    (
        Role::Body,
        &["fulltext", "content", "bulletcontent", "tekst", "text", "html", "body", "broedtekst", "indholdhtml"],
    ),
    (Role::Committee, &["udvalg", "committee", "udvalgsnavn", "committeename"]),
    (Role::Date, &["moededato", "meetingdate", "meetingdatetime", "date", "dato"]),
    (Role::Start, &["moedetid", "moedestart", "meetingtime", "starttidspunkt"]),
    (Role::EndDate, &["moedeslutdato", "enddatetime", "finish"]),
    (Role::End, &["moedesluttid", "moedeslut", "sluttidspunkt"]),
    (Role::Place, &["moedested", "meetinglocation", "location", "sted", "lokale"]),
    (Role::Kind, &["dagsordentype", "outputtypeenumname", "meetingstate", "type", "agendakind"]),
    (
        Role::Skipped,
        &[
            "bilag",
            "bilagsliste",
            "attachments",
            "attachment",
            "enclosure",
            "enclosures",
            "pdfdocument",
            "files",
            "filer",
            "links",
            "link",
            "bilagurl",
            "url",
            "ruleofspeaking",
            "comname",
            "participants",
            "meetingparticipants",
        ],
    ),
];

/// Headings that some exports have as names of elements, often with "HTML" or "tekst" at the end.
const HEADINGS: &[&str] = &[
    "beslutning",
    "beslutninger",
    "vedtagelse",
    "afgoerelse",
    "konklusion",
    "referat",
    "indstilling",
    "indstillinger",
    "indstillingogbeslutning",
    "sagsfremstilling",
    "fremstilling",
    "sagsbeskrivelse",
    "beskrivelse",
    "resume",
    "baggrund",
    "anledning",
    "formaal",
    "oekonomi",
    "lovgrundlag",
    "historik",
    "tidligerebehandling",
    "supplerendesagsfremstilling",
    "vurdering",
    "kommunikation",
    "hoering",
    "bemaerkninger",
    "afbud",
    "fravaerende",
    "droeftelse",
    "decision",
];

/// What a name means, if anything.
pub(super) fn role(name: &str) -> Option<Role> {
    ROLES.iter().find(|(_, names)| names.contains(&name)).map(|(role, _)| *role)
}

/// Whether an element is named for the heading of a section.
pub(super) fn is_heading(name: &str) -> bool {
    let bare = ["html", "tekst", "text"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    HEADINGS.contains(&bare)
}

/// Whether a flag says yes: `true`, Acadre's `1`, "Åben", eDoc's "SKAL PUBLICERES". Whatever else it says is no.
pub(super) fn is_yes(value: &str) -> bool {
    matches!(
        value.trim().to_lowercase().as_str(),
        "true"
            | "1"
            | "ja"
            | "yes"
            | "åben"
            | "åbent"
            | "open"
            | "public"
            | "offentlig"
            | "offentligt"
            | "skal publiceres"
    )
}

/// Whether a flag says no. What says neither is doubt.
pub(super) fn is_no(value: &str) -> bool {
    matches!(value.trim().to_lowercase().as_str(), "false" | "0" | "nej" | "no" | "åben" | "åbent" | "open")
}

/// The word of the kind of document: "Referat", "Minutes", "Referat endeligt godkendt".
pub(super) fn kind(value: &str) -> Option<&'static str> {
    let value = value.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| value.contains(word));
    if has(&["referat", "minutes", "protokol", "beslutning"]) {
        Some("Referat")
    } else if has(&["dagsorden", "agenda"]) {
        Some("Dagsorden")
    } else {
        None
    }
}

/// Whether the state of the document says that it is not final.
pub(super) fn is_draft(value: &str) -> bool {
    let value = value.to_lowercase();
    ["kladde", "udkast", "draft", "foreløbig", "ikke godkendt"].iter().any(|word| value.contains(word))
}
