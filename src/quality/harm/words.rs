//! The words by which the bench knows restrictions, contrasts, sides, intentions and private matters.
//!
//! They stand here and not in `rules/`: the rules are what is measured, and whoever takes a word out of one must not
//! silence the bench with it. Each is looked for in [`plain`] text: a blank before it begins a word, one behind ends it.

/// Lower case, everything but letters and digits as one blank, a blank at both ends.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            out.push(character);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// Whether a plain text has one of the words.
pub(super) fn has(plain: &str, words: &[&str]) -> bool {
    words.iter().any(|word| plain.contains(word))
}

/// Whether one of the words opens a plain text.
pub(super) fn opens(plain: &str, words: &[&str]) -> bool {
    words.iter().any(|word| plain.starts_with(word))
}

/// What opens a sentence that takes something back from the one before it.
pub(super) const RESTRICTING_OPENERS: &[&str] = &[
    " dog ",
    " det gælder dog",
    " det gælder ikke",
    " det gælder kun ",
    " det gælder alene ",
    " dette gælder ikke",
    " dette gælder kun ",
    " reglen gælder ikke",
    " reglen gælder kun ",
    " ordningen gælder ikke",
    " ordningen gælder kun ",
    " aftalen gælder ikke",
    " aftalen gælder kun ",
    " undtaget ",
    " undtagelse",
    " bortset fra ",
    " medmindre ",
    " kun hvis ",
    " det forudsætter",
    " det er en forudsætning",
    " forudsætningen er",
    " betingelsen er",
    " det er en betingelse",
    " derimod ",
    " til gengæld ",
    " omvendt ",
    " men ",
];

/// What takes something back wherever it stands in a sentence on the same matter as the one before.
pub(super) const RESTRICTING: &[&str] = &[
    " er undtaget",
    " gælder dog ",
    " gælder kun ",
    " gælder alene ",
    " gælder ikke ",
    " gælder først ",
    " omfatter ikke ",
    " ikke omfattet ",
    " kun hvis ",
    " kun når ",
    " gives kun ",
    " kan kun ",
    " kun godkendes ",
    " rækker kun ",
    " forudsætter ",
    " under forudsætning ",
    " betinget af ",
    " bortfalder ",
    " begrænset til ",
    " begrænses til ",
    " kræver dog ",
];

/// So many words of a sentence are its beginning, in which "dog" looks back.
pub(super) const BEGINNING: usize = 5;

/// The two halves of a matter that misleads when only one is told.
pub(super) const CONTRASTS: &[(&[&str], &[&str])] = &[
    (
        &[" med løn ", " ret til løn ", " fuld løn ", " betalt frihed ", " får løn "],
        &[" uden løn ", " ubetalt", " egen regning ", " ikke løn ", " trækkes i løn "],
    ),
    (&[" obligatorisk", " skal deltage "], &[" frivillig ", " frivilligt ", " valgfri"]),
    (&[" er tilladt ", " må gerne "], &[" ikke tilladt ", " forbudt ", " må ikke "]),
    (&[" holder lukket ", " er lukket "], &[" holder åbent ", " er åben "]),
    (&[" er omfattet ", " omfatter alle "], &[" ikke omfattet ", " omfatter ikke ", " undtaget "]),
];

/// Whose sentence tells the management's side.
pub(super) const MANAGEMENT: &[&str] = &[
    " ledelsen ",
    " ledelsens ",
    " ledelsesside",
    " direktionen ",
    " kommunaldirektør",
    " forvaltningen ",
    " direktøren ",
];

/// Whose sentence tells the employees' side.
pub(super) const EMPLOYEES: &[&str] = &[
    " medarbejderside",
    " medarbejderrepræsentant",
    " tillidsrepræsentant",
    " fællestillidsrepræsentant",
    " arbejdsmiljørepræsentant",
    " næstforperson",
    " næstformand",
    " faglige organisation",
    " b siden ",
    " foa ",
    " hk ",
    " bupl ",
    " dlf ",
    " 3f ",
    " dsr ",
];

/// What makes a participant one of the employees' side.
pub(super) const ELECTED: &[&str] = &[
    " valggruppe ",
    " amr ",
    " tr ",
    " ftr ",
    " foa ",
    " hk ",
    " bupl ",
    " dlf ",
    " 3f ",
    " dsr ",
    " medarbejderrepræsentant",
    " tillidsrepræsentant",
    " b siden ",
];

/// What makes one of the other side though a union stands beside the name.
pub(super) const NOT_ELECTED: &[&str] = &[" leder ", "chef ", "direktør ", " lederrepræsentant"];

/// What makes it a concern or a demand.
pub(super) const OBJECTING: &[&str] = &[
    " bekymr",
    " kritis",
    " kritik",
    " protest",
    " imod ",
    " modstand ",
    " forbehold",
    " kræve",
    " indsigelse",
    " utilfreds",
    " uenig",
    " beklage",
    " betænkelig",
    " savne",
    " uheldig",
    " undrer ",
    " undrede ",
    " undren ",
    " advar",
    " frarå",
    " efterlys",
    " ikke støtte ",
    " ikke anbefale ",
    " mindretalsudtalelse",
    " ført til referat",
    " er for lille ",
    " er for kort ",
    " er for få ",
    " ikke er nogen til ",
];

/// What makes an objection none.
pub(super) const NOT_OBJECTING: &[&str] = &[
    " ingen indsigelse",
    " ikke bekymr",
    " ingen bekymr",
    " ingen forbehold",
    " ikke imod ",
    " tage imod ",
    " tog imod ",
];

/// What is not settled yet.
pub(super) const INTENDING: &[&str] = &[
    " påtænk",
    " lægges op til ",
    " lægger op til ",
    " lagt op til ",
    " forvent",
    " ventes ",
    " foreslår ",
    " foreslås ",
    " foreslog ",
    " overvej",
    " vil undersøge ",
    " ønsker at ",
    " skal beslutte ",
    " ikke besluttet ",
    " endnu ikke ",
    " indstiller ",
    " er i høring ",
    " afventer ",
    " skal behandles ",
    " formentlig ",
];

/// What tells that something was settled.
pub(super) const SETTLING: &[&str] = &[
    " der nedsættes ",
    "beslut",
    "vedtog",
    "vedtag",
    "godkend",
    "tiltråd",
    "tiltræd",
    " tilslut",
    " er indgået ",
    " enedes ",
    " aftal",
    " enig",
    " valgt",
    " udpeg",
    "fastsat",
    "fastlag",
    "stadfæst",
    "forkast",
    " følges ",
    " fulgt ",
    " imødekom",
    " bevilg",
    " sagde ja til ",
    " sagt ja til ",
    " er opsagt ",
    " sluttede op om ",
    " taget af bordet ",
];

/// What befalls one person and is nobody else's business.
pub(super) const PRIVATE: &[&str] = &[
    " er sygemeldt ",
    " blev sygemeldt ",
    " har været sygemeldt ",
    " er langtidssyg",
    " på barsel ",
    " barselsorlov ",
    " barselsvikar",
    " er gravid ",
    " har orlov ",
    " er opsagt ",
    " er afskediget ",
    " blev afskediget ",
    " blev fyret ",
    " er bortvist ",
    " blev bortvist ",
    " har opsagt sin ",
    " sagt sin stilling op ",
    " sin opsigelse ",
    " gået på pension ",
    " går på pension ",
    " har fået barn ",
    " har født ",
    " er afgået ved døden ",
    " er død ",
    " tjenstlig samtale ",
    " tjenstlig advarsel ",
    " har forladt ",
];

/// The same where it befalls many: "Lene Holm vurderede, at så mange går på pension, at ingen afskediges" tells nothing of her.
pub(super) const OF_MANY: &[&str] = &[
    " mange går på pension ",
    " flere går på pension ",
    " nogle går på pension ",
    " folk går på pension ",
    " rejser eller går på pension ",
    " arbejdet går ikke på pension ",
    " arbejdet ikke går på pension ",
    " arbejdet jo ikke går på pension ",
];

/// Pronouns for one person.
pub(super) const ONE: &[&str] = &[" hun ", " han ", " hendes ", " hans ", " vedkommende "];

/// What makes a sentence a rule for everybody and not a matter of one person.
pub(super) const GENERAL: &[&str] =
    &[" hvis ", " når ", " alle ", " medarbejdere ", " ansatte ", " ingen ", " tr erne "];

/// Bodies whose decisions are not a MED committee's.
pub(super) const BODIES: &[&str] = &[
    "direktion",
    "direktørforum",
    "byråd",
    "kommunalbestyrelse",
    "økonomiudvalg",
    "regionsråd",
    "magistrat",
    "chefforum",
];

/// What says in so many words that minutes are not final.
pub(super) const DRAFT: &[&str] = &[
    " udkast til referat ",
    " foreløbigt referat ",
    " referatet er foreløbigt ",
    " ikke godkendt referat ",
    " kladde til referat ",
];
